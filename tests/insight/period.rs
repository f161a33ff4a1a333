//! Overview, F2 and lifetime value of one small shop, seen at the end of 2025-06-30.

use super::*;
use otokui_lib::insight::lifetime_value::{self, lifetime_value};
use otokui_lib::insight::overview::overview;
use otokui_lib::insight::rfm::ValueBasis;
use otokui_lib::insight::{Band, repeat, stats};

const SHOP: &str = "
    1 2024-01-10 1000
    1 2024-03-10 2000
    1 2025-02-10 3000
    2 2024-02-05 4000
    3 2024-07-01 500
    3 2024-07-01 700
    3 2024-12-01 800
    4 2025-01-15 2500
    4 2025-02-14 1500
    5 2025-03-01 6000
    6 2025-05-20 900
    6 2025-06-10 1100
    7 2025-06-30 3300";

#[test]
fn sums_of_the_last_twelve_months() {
    let history = shop(SHOP);
    let view = View::new(&history, &Scope::default()).expect("orders");
    let found = overview(Some(&view));
    assert_eq!((found.from, found.to), (Some(day("2024-07-01")), Some(day("2025-06-30"))));
    // Customer 1: one order 3,000; 3: three orders 500 + 700 + 800; 4: 2,500 + 1,500; 5: 6,000; 6: 900 + 1,100;
    // 7: 3,300. 10 orders, 6 people, 3,000 + 2,000 + 4,000 + 6,000 + 2,000 + 3,300 = 20,300; ÷ 10 = 2,030.
    assert_eq!((found.order_count, found.customer_count), (10, 6));
    assert_eq!((found.net_sales, found.average_order_value), (Yen(20_300), Some(Yen(2_030))));
    // Came back: 1 (earlier purchases before the period), 3, 4 and 6 (inside it); not 5 and 7.
    close(found.repeat_share.expect("buyers"), 4.0 / 6.0);
    check_interval(found.repeat_share_interval, 4.0 / 6.0, 6);
    // First days: 3 (1,200 in two orders), 4 (2,500), 5 (6,000), 6 (900), 7 (3,300): 13,900 ÷ 6 = 2,316.7.
    let new = found.new_vs_existing.new;
    assert_eq!((new.customer_count, new.order_count, new.net_sales), (5, 6, Yen(13_900)));
    assert_eq!(new.average_order_value, Some(Yen(2_317)));
    // Later days: 1 (3,000), 3 (800), 4 (1,500), 6 (1,100): 6,400 ÷ 4 = 1,600.
    let existing = found.new_vs_existing.existing;
    assert_eq!((existing.customer_count, existing.order_count, existing.net_sales), (4, 4, Yen(6_400)));
    assert_eq!(existing.average_order_value, Some(Yen(1_600)));
    assert_eq!(found.previous_year, None, "the ledger begins in January 2024, the year before in July 2023");
    assert_eq!((found.contribution_margin, found.known_cost_share), (None, 0.0));
}

#[test]
fn a_period_beside_the_same_one_a_year_before() {
    let history = shop(SHOP);
    let scope = Scope { from: Some(day("2025-02-01")), to: Some(day("2025-03-31")), ..Scope::default() };
    let view = View::new(&history, &scope).expect("orders");
    let found = overview(Some(&view));
    // 3,000 (customer 1), 1,500 (4, back), 6,000 (5, new).
    assert_eq!((found.order_count, found.net_sales), (3, Yen(10_500)));
    close(found.repeat_share.expect("buyers"), 2.0 / 3.0);
    // February and March 2024: 4,000 (2, new), 2,000 (1, back).
    let before = found.previous_year.expect("the ledger reaches back");
    assert_eq!((before.from, before.to), (day("2024-02-01"), day("2024-03-31")));
    assert_eq!((before.order_count, before.customer_count, before.net_sales), (2, 2, Yen(6_000)));
    assert_eq!(before.average_order_value, Some(Yen(3_000)));
    close(before.repeat_share.expect("buyers"), 0.5);
}

#[test]
fn a_period_that_ends_with_february_ends_with_it_a_year_before() {
    let history = shop(SHOP);
    let scope = Scope { from: Some(day("2025-02-01")), to: Some(day("2025-02-28")), ..Scope::default() };
    let view = View::new(&history, &scope).expect("orders");
    let before = overview(Some(&view)).previous_year.expect("the ledger reaches back");
    assert_eq!(before.to, day("2024-02-29"), "2024 is a leap year");
}

#[test]
fn months_of_the_overview() {
    let history = shop(SHOP);
    let view = View::new(&history, &Scope::default()).expect("orders");
    let months = overview(Some(&view)).months;
    // The period touches July 2024 to June 2025; thirteen months for the lines make it June 2024.
    assert_eq!((months.len(), months[0].month), (13, month("2024-06")));
    assert_eq!(months[0].order_count, 0);
    let february = months.iter().find(|row| row.month == month("2025-02")).expect("February");
    // 3,000 by customer 1 and 1,500 by customer 4, both back. A year before: customer 2's 4,000.
    assert_eq!((february.order_count, february.customer_count, february.new_customer_count), (2, 2, 0));
    assert_eq!((february.new_net_sales, february.existing_net_sales), (Yen(0), Yen(4_500)));
    assert_eq!(february.net_sales_year_before, Some(Yen(4_000)));
    close(february.repeat_share.expect("buyers"), 1.0);
    let january = months.iter().find(|row| row.month == month("2025-01")).expect("January");
    assert_eq!(january.net_sales_year_before, None, "the ledger begins on 10 January 2024");
    // June: 1,100 by customer 6 (first in May), 3,300 by customer 7 (new). as_of is its last day: it is over.
    let june = &months[12];
    assert_eq!((june.net_sales, june.new_net_sales, june.new_customer_count), (Yen(4_400), Yen(3_300), 1));
    assert!(!june.open);
    close(june.repeat_share.expect("buyers"), 0.5);
    let view = super::view(&history, "2025-06-29");
    assert!(overview(Some(&view)).months.last().expect("June").open, "one day is missing");
}

#[test]
fn a_young_ledger_has_no_months_before_its_first_order() {
    let history = shop("1 2025-05-20 900\n 1 2025-06-10 1100");
    let view = View::new(&history, &Scope::default()).expect("orders");
    let months: Vec<Month> = overview(Some(&view)).months.iter().map(|row| row.month).collect();
    assert_eq!(months, [month("2025-05"), month("2025-06")]);
}

#[test]
fn f2_counts_only_who_has_had_the_time() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    // 90: first purchase up to 1 April 2025: customers 1 to 5. Back within 90 days: 1 (10 January to 10 March 2024:
    // 21 + 29 + 10 = 60 days) and 4 (30 days); 3 took 153 days. Customer 6 was back after 21 days, but has been a
    // customer for 41 days only: not counted either way.
    check_interval(repeat::f2(&view, 90), 2.0 / 5.0, 5);
    // 180: first purchase up to 1 January 2025: 1, 2, 3; back: 1 and 3.
    check_interval(repeat::f2(&view, 180), 2.0 / 3.0, 3);
    // 365: first purchase up to 30 June 2024: 1 and 2 (customer 3 has had 364 days); back: 1.
    check_interval(repeat::f2(&view, 365), 1.0 / 2.0, 2);
    let found = overview(Some(&view));
    assert_eq!(found.f2["180"], repeat::f2(&view, 180));
    // A year before, first purchase up to 1 April 2024: 1 and 2; back: 1.
    check_interval(found.f2_90_year_before, 0.5, 2);
}

#[test]
fn a_subscription_delivery_is_no_second_purchase() {
    let first = order(1, 1, day("2024-01-01"), 1_000);
    let delivery = OrderRow { subscription: true, ..order(2, 1, day("2024-02-01"), 1_000) };
    let history = history_of([first, delivery]);
    let view = view(&history, "2024-12-31");
    check_interval(repeat::f2(&view, 90), 0.0, 1);
    let found = overview(Some(&view));
    assert_eq!(found.net_sales, Yen(2_000), "its money counts");
    assert_eq!(found.repeat_share, Some(0.0));
    assert_eq!(found.new_vs_existing.existing.net_sales, Yen(1_000));
}

#[test]
fn a_split_order_counts_once_and_all_its_money() {
    let part = OrderRow { split: true, ..order(2, 1, day("2025-01-01"), 500) };
    let history = history_of([order(1, 1, day("2025-01-01"), 1_500), part]);
    let view = view(&history, "2025-01-31");
    let found = overview(Some(&view));
    assert_eq!((found.order_count, found.net_sales, found.average_order_value), (1, Yen(2_000), Some(Yen(2_000))));
}

#[test]
fn lifetime_value_at_each_age() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    let found = lifetime_value(Some(&view));
    assert_eq!(found.value, ValueBasis::NetSales);
    let keys: Vec<&str> = found.curves.iter().map(|curve| curve.key.as_str()).collect();
    assert_eq!(keys, ["all", "2025", "2024"]);
    let all = &found.curves[0];
    // Day 0, all seven: 1,000 + 4,000 + 1,200 + 2,500 + 6,000 + 900 + 3,300 = 18,900 ÷ 7.
    // Day 30, 1 to 6: customer 4's second is on day 30 and counts, 6's on day 21:
    //   1,000 + 4,000 + 1,200 + 4,000 + 6,000 + 2,000 = 18,200 ÷ 6.
    // Day 60, 1 to 5: 1's second is on day 60: 3,000 + 4,000 + 1,200 + 4,000 + 6,000 = 18,200 ÷ 5; so on days 90
    // and 120 (customer 5 has been one for 121 days). Day 150: four people, the curve ends.
    let expected = [(0, 2_700.0, 7), (30, 18_200.0 / 6.0, 6), (60, 3_640.0, 5), (90, 3_640.0, 5), (120, 3_640.0, 5)];
    assert_eq!(all.points.len(), expected.len());
    for (point, (day, value, n)) in all.points.iter().zip(expected) {
        assert_eq!((point.day, point.n), (day, n));
        close(point.value, value);
        assert!(point.low < Some(value) && Some(value) < point.high, "people differ: {point:?}");
    }
    assert_eq!((found.curves[1].customer_count, found.curves[1].points.len()), (4, 0), "four people make no curve");
    assert_eq!(found.curves[2].customer_count, 3);
}

#[test]
fn lifetime_value_of_twelve_months() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    let found = lifetime_value(Some(&view));
    // 365 days: customers 1 (1,000 + 2,000; the 3,000 came on day 397) and 2 (4,000): 3,500. Draws of two from two
    // give 3,000, 3,500 and 4,000 in 1 : 2 : 1, so 5 % and 95 % lie at the ends.
    let expected = Interval { value: 3_500.0, low: 3_000.0, high: 4_000.0, n: 2 };
    assert_eq!(found.headline["12m"], Some(expected));
    assert_eq!(found.headline["24m"], None, "nobody has been a customer for two years");
    assert_eq!(lifetime_value::after_days(&view, 365), Some(expected));
    assert_eq!(overview(Some(&view)).ltv_12m, Some(expected));
}

#[test]
fn lifetime_value_by_the_month_of_the_first_purchase() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    let trend = lifetime_value(Some(&view)).trend;
    let rows: Vec<_> = trend.iter().map(|r| (r.month.to_string(), r.ltv_90, r.ltv_180, r.ltv_365)).collect();
    let row = |month: &str, a, b, c| (month.to_owned(), a, b, c);
    assert_eq!(
        rows,
        [
            row("2024-01", Some(3_000.0), Some(3_000.0), Some(3_000.0)),
            row("2024-02", Some(4_000.0), Some(4_000.0), Some(4_000.0)),
            // 800 on day 153; the 365th day is tomorrow.
            row("2024-07", Some(1_200.0), Some(2_000.0), None),
            row("2025-01", Some(4_000.0), None, None),
            row("2025-03", Some(6_000.0), None, None),
            row("2025-05", None, None, None),
            row("2025-06", None, None, None),
        ]
    );
}

#[test]
fn a_margin_is_the_value_once_enough_costs_are_known() {
    let known = |number, customer, yen, margin| OrderRow {
        margin: Some(Margin::exact(Yen(yen), Yen(margin))),
        ..order(number, customer, day("2024-01-01"), yen)
    };
    // Goods 8,000 of 10,000 known = 80 %: margin it is. Known rate 2,400 ÷ 8,000 = 30 %, so the unknown 2,000 yen
    // count as 600: (1,600 + 800 + 600) ÷ 3 = 1,000.
    let enough = [known(1, 1, 5_000, 1_600), known(2, 2, 3_000, 800), order(3, 3, day("2024-01-01"), 2_000)];
    let history = history_of(enough);
    let view = view(&history, "2024-12-31");
    let found = lifetime_value(Some(&view));
    assert_eq!(found.value, ValueBasis::ContributionMargin);
    check_interval(found.headline["12m"], 1_000.0, 3);
    let found = overview(Some(&view));
    assert_eq!(found.contribution_margin, None, "one cost is unknown");
    close(found.known_cost_share, 0.8);

    let history = history_of([known(1, 1, 5_000, 1_600), known(2, 2, 3_000, 800)]);
    let view = super::view(&history, "2024-12-31");
    let found = overview(Some(&view));
    assert_eq!(found.contribution_margin, Some(Band { low: Yen(2_400), high: Yen(2_400) }));

    let history = history_of([known(1, 1, 7_999, 1_600), order(2, 2, day("2024-01-01"), 2_001)]);
    let view = super::view(&history, "2024-12-31");
    assert_eq!(lifetime_value(Some(&view)).value, ValueBasis::NetSales, "79.99 % is not 80 %");
}

#[test]
fn an_empty_ledger_has_an_empty_overview() {
    let history = history_of([]);
    let view = View::new(&history, &Scope::default());
    let found = overview(view.as_ref());
    assert_eq!((found.as_of, found.order_count, found.average_order_value), (None, 0, None));
    assert_eq!(found.f2["90"], None);
    assert!(found.months.is_empty());
    let found = lifetime_value(view.as_ref());
    assert!(found.curves.is_empty() && found.trend.is_empty());
    assert_eq!(found.headline["12m"], None);
}

#[test]
fn a_period_without_orders_has_no_averages() {
    let history = shop(SHOP);
    let scope = Scope { from: Some(day("2024-09-01")), to: Some(day("2024-09-30")), ..Scope::default() };
    let view = View::new(&history, &scope).expect("orders");
    let found = overview(Some(&view));
    assert_eq!((found.order_count, found.average_order_value, found.repeat_share), (0, None, None));
    assert_eq!(found.repeat_share_interval, None);
}

#[test]
fn a_day_in_the_future_measures_from_there() {
    let history = shop(SHOP);
    let view = view(&history, "2026-06-30");
    // All but customer 7 (365 days exactly: counted too) have had a year: seven people, back: 1, 3, 4, 6.
    check_interval(repeat::f2(&view, 365), 4.0 / 7.0, 7);
    let found = overview(Some(&view));
    assert_eq!(found.order_count, 0, "nothing was ordered from July 2025 on");
    assert_eq!(found.previous_year.map(|year| year.net_sales), Some(Yen(20_300)));
}

#[test]
fn wilson_interval_of_two_in_five() {
    // z = 1.6449, z² = 2.7057, z²/n = 0.54114. Centre (0.4 + 0.27057) ÷ 1.54114 = 0.43511;
    // half 1.6449 × √(0.24 ÷ 5 + 0.54114 ÷ 20) ÷ 1.54114 = 1.6449 × 0.273966 ÷ 1.54114 = 0.29241.
    let found = Interval::of_share(2, 5).expect("five people");
    assert!((found.low - 0.14270).abs() < 1e-4 && (found.high - 0.72752).abs() < 1e-4, "{found:?}");
    assert_eq!(Interval::of_share(0, 0), None);
    let nobody = Interval::of_share(0, 10).expect("ten people");
    // 0.27057 ÷ 1.27057 = 0.21295.
    assert!(nobody.low == 0.0 && (nobody.high - 0.21295).abs() < 1e-4, "{nobody:?}");
}

#[test]
fn quantiles_lie_between_neighbours() {
    // Four numbers: the 25 % quantile is at place 0.75, so 1 + 0.75 × (2 − 1).
    let numbers = [1.0, 2.0, 4.0, 8.0];
    assert_eq!(stats::quantile(&numbers, 0.25), Some(1.75));
    assert_eq!(stats::quantile(&numbers, 0.5), Some(3.0));
    assert_eq!(stats::quantile_of_counts(&[0, 1, 1, 0, 1, 0, 0, 0, 1], 0.25), Some(1.75));
    assert_eq!(stats::median_of(&mut [8, 1, 4, 2]), Some(3.0));
    assert_eq!(stats::median_of(&mut [8, 1, 4]), Some(4.0));
    assert_eq!((stats::quantile(&[], 0.5), stats::median_of(&mut [])), (None, None));
    assert_eq!(stats::quantile_of_counts(&[0, 0], 0.5), None);
}

#[test]
fn the_ltv_of_a_year_before_is_of_those_who_had_had_a_year_by_then() {
    // As of 2026-02-28: 1, 2 and 3 have been customers for 365 days (3 for 409). Within them: 1,500 (the order of March 2025 comes on
    // the 416th day), 2,000 and 3,000.
    let history = shop(
        "1 2024-01-10 1000
         1 2024-06-01 500
         1 2025-03-01 9000
         2 2024-03-01 2000
         3 2025-01-15 3000
         4 2025-06-01 7000
         4 2026-02-28 100",
    );
    let found = overview(Some(&View::new(&history, &Scope::default()).expect("orders")));
    check_interval(found.ltv_12m, 6_500.0 / 3.0, 3);
    // On 2025-02-28 customer 1 had been there for 415 days, 2 for 364: not yet.
    check_interval(found.ltv_12m_year_before, 1_500.0, 1);
    let young = super::view(&history, "2025-02-01");
    assert_eq!(
        overview(Some(&young)).ltv_12m_year_before,
        None,
        "in February 2024 nobody had been a customer for a year"
    );
}
