//! Rows of customers and the people behind a figure.

use super::*;
use otokui_lib::insight::people::{People, rows, select};
use otokui_lib::insight::rfm::GroupKey;

/// Ids of those who are meant.
fn check(history: &History, as_of: &str, people: &str, expected: &[i64]) {
    let view = view(history, as_of);
    let chosen = select(&view, &people.parse().expect("people"));
    assert_eq!(chosen.len(), view.customers.len(), "one answer per place");
    let ids: Vec<i64> = (0..chosen.len()).filter(|&place| chosen[place]).map(|place| view.id(place).0).collect();
    assert_eq!(ids, expected, "{people}");
}

#[test]
fn a_row_says_what_one_customer_did() {
    let at_yahoo = OrderRow { mall: Mall::Yahoo, ..order(1, 8, day("2025-01-05"), 1_000) };
    let delivery = OrderRow { subscription: true, ..order(4, 8, day("2025-05-01"), 300) };
    let orders = [at_yahoo, order(2, 8, day("2025-02-04"), 2_000), order(3, 8, day("2025-03-26"), 500), delivery];
    let history = history_of(orders);
    let row = rows(&view(&history, "2025-05-11")).remove(0);
    assert_eq!((row.customer_id, row.malls.to_vec()), (CustomerId(8), vec![Mall::Rakuten, Mall::Yahoo]));
    assert_eq!((row.order_count, row.net_sales), (3, Yen(3_800)), "the delivery is money, not a purchase day");
    assert_eq!((row.first_purchase_on, row.last_purchase_on), (day("2025-01-05"), day("2025-05-01")));
    // Gaps of 30 and 50 days; the delivery ten days ago makes none.
    assert_eq!((row.recency_days, row.median_gap_days), (10, Some(40.0)));
    assert_eq!(row.contribution_margin, None);
}

#[test]
fn a_customers_margin_is_known_when_every_order_says_it() {
    let known = |number, yen| OrderRow {
        margin: Some(Margin::exact(Yen(1_000), Yen(yen))),
        ..order(number, 1, day("2025-01-05"), 1_000)
    };
    let history = history_of([known(1, 300), known(2, 200)]);
    assert_eq!(rows(&view(&history, "2025-01-05"))[0].contribution_margin, Some(Yen(500)));
    let history = history_of([known(1, 300), order(2, 1, day("2025-01-05"), 1_000)]);
    assert_eq!(rows(&view(&history, "2025-01-05"))[0].contribution_margin, None);
}

#[test]
fn people_behind_groups_and_cells() {
    let history = shop(super::groups::SHOP);
    check(&history, "2025-06-30", "group:champions", &[1]);
    check(&history, "2025-06-30", "group:loyal", &[]);
    check(&history, "2025-06-30", "cell:2:3", &[4]);
    check(&history, "2025-06-30", "action:f2_window", &[]);
    let rows = rows(&view(&history, "2025-06-30"));
    assert_eq!(rows[3].group, GroupKey::AtRisk);
}

#[test]
fn people_behind_months_and_cohorts() {
    let history = shop(
        "1 2025-01-05 100
         1 2025-01-20 50
         1 2025-03-10 200
         2 2025-01-31 300
         3 2025-03-02 400
         3 2025-03-30 400",
    );
    check(&history, "2025-04-30", "month:2025-01", &[1, 2]);
    check(&history, "2025-04-30", "month:2025-01:new", &[1, 2]);
    check(&history, "2025-04-30", "month:2025-01:existing", &[1]);
    check(&history, "2025-04-30", "month:2025-03", &[1, 3]);
    check(&history, "2025-04-30", "month:2025-03:new", &[3]);
    check(&history, "2025-04-30", "month:2025-03:existing", &[1, 3]);
    check(&history, "2025-04-30", "cohort:2025-01", &[1, 2]);
    check(&history, "2025-04-30", "cohort:2025-01:1", &[]);
    check(&history, "2025-04-30", "cohort:2025-01:2", &[1]);
    check(&history, "2025-04-30", "cohort:2025-01:4000000000", &[]);
    // 30 April is 59 days after 2 March and 89 after 31 January.
    check(&history, "2025-04-30", "observed:59", &[1, 2, 3]);
    check(&history, "2025-04-30", "observed:60", &[1, 2]);
    check(&history, "2025-04-30", "observed:4000000000", &[]);
}

#[test]
fn people_read_what_they_write() {
    for text in ["group:new", "cell:5:4", "cohort:2025-01", "cohort:2025-01:3", "month:2025-03:new", "observed:30"] {
        assert_eq!(text.parse::<People>().map(|people| people.to_string()), Ok(text.to_owned()));
    }
}
