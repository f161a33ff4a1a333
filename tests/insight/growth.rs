//! The growth map and the table of assets of eight customers, seen on 2025-12-31; the year before ends on 2024-12-31,
//! the one before that on 2024-01-01 (365 days each).

use super::*;
use otokui_lib::insight::growth::{Arrow, GrowthMap, Stage, growth_map};
use otokui_lib::insight::people::{People, select};
use otokui_lib::insight::repeat;

const EIGHT: &str = "
    1 2024-03-01 100
    1 2024-06-01 200
    1 2024-09-01 300
    1 2025-02-01 400
    2 2024-05-01 500
    3 2024-02-01 100
    3 2025-03-01 150
    4 2023-06-01 100
    4 2025-05-01 250
    5 2023-06-01 100
    6 2025-06-01 300
    7 2023-10-01 100
    7 2023-12-01 100
    7 2024-02-01 100
    7 2024-04-01 100
    7 2024-06-01 100
    7 2024-08-01 100
    7 2025-01-10 700
    8 2023-11-01 100
    8 2024-01-01 100
    8 2024-03-01 100
    8 2024-05-01 100
    8 2024-07-01 100
    8 2024-09-01 100";

const NOW: &str = "2025-12-31";

/// The eight, so many times over.
fn times(count: i64) -> History {
    let one = shop(EIGHT);
    let orders = (0..count).flat_map(|copy| {
        let columns = &one.orders;
        (0..columns.order.len()).map(move |o| {
            let on = columns.ordered_at[o].day();
            order(copy * 100 + o as i64, columns.customer.at(o).0 + copy * 10, on, columns.net_sales[o].0)
        })
    });
    history_of(orders.collect::<Vec<_>>())
}

fn map(history: &History) -> GrowthMap {
    growth_map(Some(&view(history, NOW)))
}

fn people(history: &History, text: &str) -> Vec<i64> {
    let view = view(history, NOW);
    let people: People = text.parse().expect("people");
    assert_eq!(people.to_string(), text);
    let chosen = select(&view, &people);
    (0..chosen.len()).filter(|&place| chosen[place]).map(|place| view.id(place).0).collect()
}

#[test]
fn everybody_stands_at_one_place() {
    let history = shop(EIGHT);
    let found = map(&history);
    let rows: Vec<_> = found.stages.iter().map(|row| (row.key, row.customer_count, row.year_value.0)).collect();
    let expected = [
        (Stage::New, 1, 300),
        (Stage::F2, 1, 150),
        (Stage::Settled, 1, 400),
        (Stage::Best, 1, 700),
        (Stage::Lapsed, 3, 0),
        (Stage::Returned, 1, 250),
    ];
    assert_eq!(rows, expected);
    let of = |stage: &str| people(&history, &format!("growth:stage:{stage}"));
    assert_eq!([of("new"), of("f2"), of("settled"), of("best")], [[6], [3], [1], [7]]);
    assert_eq!((of("lapsed"), of("returned")), (vec![2, 5, 8], vec![4]), "4 bought after a year and a half");
}

/// Made, asked, worth, how many come to it in a year.
fn check(arrow: Arrow, made: u32, n: u32, worth: f64, base: u32) {
    let found = map(&shop(EIGHT));
    let row = &found.arrows[arrow as usize];
    assert_eq!((row.key, row.made_count, row.base_count), (arrow, made, base));
    check_interval(row.rate, f64::from(made) / f64::from(n), n);
    close(row.worth.expect("somebody made it").value, worth);
    close(row.gain.expect("somebody made it").value, 0.01 * f64::from(base) * worth);
}

#[test]
fn f2_of_the_map_is_f2_of_the_shop() {
    // Asked: all but 6, who is 213 days old. Made: 1, 7, 8; 3 came back after 394 days, 4 after 700.
    // The year from the second purchase: 1: 200 + 300 + 400; 7: five times 100; 8: five times 100, to 2024-12-31.
    check(Arrow::F2, 3, 7, 1_900.0 / 3.0, 1);
    let history = shop(EIGHT);
    assert_eq!(map(&history).arrows[0].rate, repeat::f2(&view(&history, NOW), 365));
    assert_eq!(people(&history, "growth:of:f2"), [1, 2, 3, 4, 5, 7, 8]);
    assert_eq!(people(&history, "growth:made:f2"), [1, 7, 8]);
}

#[test]
fn settled_and_best_are_the_third_and_the_sixth_purchase() {
    // Asked: 1, 7, 8; the second purchases of 3 and 4 lie within the year. From the third on: 1: 300 + 400; 7: four times
    // 100 + 700 (2025-01-10 is within 365 days of 2024-02-01); 8: four times 100.
    check(Arrow::Settled, 3, 3, 2_200.0 / 3.0, 2);
    // Of the three with a third purchase 7 and 8 made the sixth. From it on: 7: 100 + 700; 8: 100. Nobody's third lies in
    // the last year.
    check(Arrow::Best, 2, 3, 450.0, 0);
}

#[test]
fn leaving_and_coming_back_are_of_a_year_ago() {
    // Best and active on 2024-12-31: 7 and 8. 8 has not bought since; 7, who stayed, brought 700.
    check(Arrow::Lapsed, 1, 2, 700.0, 1);
    // Lapsed on 2024-12-31: 4 and 5. 4 came back with 250. Lapsed today: 2, 5, 8.
    check(Arrow::Returned, 1, 2, 250.0, 3);
    let history = shop(EIGHT);
    assert_eq!(people(&history, "growth:of:lapsed"), [7, 8]);
    assert_eq!(people(&history, "growth:made:lapsed"), [8]);
    assert_eq!(people(&history, "growth:of:returned"), [4, 5]);
}

#[test]
fn the_bottleneck_is_the_largest_gain_among_those_that_enough_people_carry() {
    assert_eq!(map(&shop(EIGHT)).bottleneck, None, "a handful is not ranked");
    // Twenty times: F2 0.2 × 633.3 = 126.7; settled 0.4 × 733.3 = 293.3; best 0, as nobody comes to it; lapsed and
    // returned rest on 20 people's worth.
    let found = map(&times(20));
    assert_eq!(found.bottleneck, Some(Arrow::Settled));
    close(found.arrows[1].gain.expect("people").value, 0.4 * 2_200.0 / 3.0);
}

#[test]
fn the_table_of_assets() {
    let history = shop(EIGHT);
    let found = map(&history).assets;
    let days: Vec<String> = found.years.iter().map(|year| year.on.to_string()).collect();
    assert_eq!(days, ["2024-01-01", "2024-12-31", "2025-12-31"], "the ledger begins on 2023-06-01");
    let counts: Vec<_> = found
        .years
        .iter()
        .map(|year| (year.active_count, year.lapsed_count, year.new_count, year.value.0, year.existing_value.0))
        .collect();
    // Up to 2024-01-01: 4, 5, 7, 8, all new. Up to 2024-12-31: 1, 2, 3, 7, 8; 4 and 5 have lapsed.
    assert_eq!(counts, [(4, 0, 4, 600, 0), (5, 2, 3, 2_000, 800), (5, 3, 1, 1_800, 1_500)]);
    let last = &found.years[2];
    // Of 1, 2, 3, 7, 8 stayed 1, 3, 7; of those new then 1 and 3 of three, of the others 7 of two; of 4 and 5 returned 4.
    check_interval(last.retention, 3.0 / 5.0, 5);
    check_interval(last.new_retention, 2.0 / 3.0, 3);
    check_interval(last.old_retention, 0.5, 2);
    check_interval(last.return_rate, 0.5, 2);
    check_interval(found.years[1].retention, 0.5, 4);
    assert_eq!(
        (found.years[1].return_rate, found.years[0].retention),
        (None, None),
        "nobody had lapsed, nobody was there"
    );
    assert_eq!(people(&history, &last.people), [1, 3, 4, 6, 7]);
    assert_eq!(people(&history, &last.kept_people), [1, 3, 7]);
    assert_eq!(people(&history, &last.returned_people), [4]);
    assert_eq!(people(&history, &found.years[1].lapsed_people), [4, 5]);
    let too_few = found.too_few.expect("five are too few");
    assert_eq!((too_few.have, too_few.need, found.projection.len()), (5, 30, 0));
}

#[test]
fn the_projection_follows_newcomers_and_the_others_apart() {
    let found = map(&times(20)).assets;
    assert!(!found.one_retention && !found.returns_unknown && found.too_few.is_none());
    // Today 20 new, 80 others, 60 lapsed. 20 × 2⁄3 + 80 × 1⁄2 + 60 × 1⁄2 = 83.3; then 83.3 × 1⁄2 + 76.7 × 1⁄2 = 80, and so on.
    // Value per head: 20 × 1,500 by 20 × 4 who were active and not new: 375.
    let people: Vec<f64> = found.projection.iter().map(|year| year.active.value).collect();
    people.iter().zip([250.0 / 3.0, 80.0, 80.0, 80.0, 80.0]).for_each(|(found, expected)| close(*found, expected));
    let total = found.five_years.expect("a projection");
    check_interval(found.five_years, 375.0 * (250.0 / 3.0 + 320.0), 160);
    for year in &found.projection {
        close(year.value.value, 375.0 * year.active.value);
        assert!(year.active.low < year.active.value && year.active.value < year.active.high, "chance is in the range");
    }
    assert_eq!(found.projection[4].on.to_string(), (day(NOW) + 5 * 365).to_string());
    assert!(total.low > 0.0);
    assert_eq!(found.five_years, map(&times(20)).assets.five_years, "the seed is fixed");
    // A year ago: all 80 of 2024-01-01 were new then and half of them stayed; 100 active, of whom 50 were expected. 80 came.
    // Value per head 20 × 800 by 40.
    let backtest = found.backtest.expect("two years");
    assert_eq!((backtest.cut_on.to_string(), backtest.actual_active), ("2024-12-31".to_owned(), 80));
    check_interval(Some(backtest.predicted_active), 50.0, 140);
    close(backtest.predicted_value.value, 50.0 * 400.0);
    assert_eq!(backtest.actual_value, Yen(30_000));
}

#[test]
fn few_old_customers_share_the_retention_of_all() {
    // Ten times: 20 were no longer new, too few for a rate of their own. (10 + 40) × 3⁄5 + 30 × 1⁄2 = 45, then
    // 45 × 3⁄5 + 35 × 1⁄2 = 44.5.
    let found = map(&times(10)).assets;
    assert!(found.one_retention);
    close(found.projection[0].active.value, 45.0);
    close(found.projection[1].active.value, 44.5);
}

#[test]
fn nobody_lapsed_a_year_ago_leaves_returns_out() {
    // Forty people of spring 2024, half of whom come again in 2025.
    let orders = (1..=40).flat_map(|customer: i64| {
        let again = (customer % 2 == 0).then(|| order(100 + customer, customer, day("2025-04-01"), 50));
        std::iter::once(order(customer, customer, day("2024-04-01"), 100)).chain(again)
    });
    let found = map(&history_of(orders)).assets;
    assert!(found.returns_unknown && found.one_retention && found.backtest.is_none());
    close(found.projection[0].active.value, 10.0);
    close(found.projection[0].value.value, 500.0);
}

#[test]
fn an_empty_ledger_has_no_map() {
    let found = growth_map(None);
    assert!(found.as_of.is_none() && found.stages.is_empty() && found.arrows.is_empty() && found.bottleneck.is_none());
    assert!(found.assets.years.is_empty() && found.assets.projection.is_empty());
}
