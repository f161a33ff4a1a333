//! One customer: what they bought and when they are expected, worked by hand.

use super::items::{kinds, stocked};
use super::*;
use otokui_lib::insight::one_customer::{OneCustomer, one_customer};
use otokui_lib::insight::radar::RadarBasis;

fn of(history: &History, as_of: &str, customer: i64) -> OneCustomer {
    let view = view(history, as_of);
    let place = (0..view.customers.len()).find(|&place| view.id(place).0 == customer).expect("a customer");
    one_customer(&view, &kinds(), place)
}

/// Ten people buy A on 2025-01-01 and again: five after 20 days, five after 40 (a quarter of those who return by day 20,
/// half and three quarters by day 40, see `radar.rs`); customer 11 besides.
fn coffee(eleven: &str) -> String {
    let mut lines = String::new();
    (1..=10).for_each(|c| lines += &format!("{c} 2025-01-01 A\n"));
    (1..=5).for_each(|c| lines += &format!("{c} 2025-01-21 A\n"));
    (6..=10).for_each(|c| lines += &format!("{c} 2025-02-10 A\n"));
    lines + eleven
}

#[test]
fn items_are_counted_by_day_and_piece_the_newest_first() {
    // A on two days, one and two bags; C once, later, with a bag of A: 3 days of A in all, 1 + 2 + 1 = 4 bags.
    let history = stocked(&coffee("11 2025-02-01 A\n11 2025-02-20 A2\n11 2025-03-01 CA\n"));
    let found = of(&history, "2025-03-20", 11);
    let rows: Vec<(&str, u32, u32, String, String)> = found
        .items
        .iter()
        .map(|row| (&*row.item.item_code, row.times, row.quantity, row.first_on.to_string(), row.last_on.to_string()))
        .collect();
    // Both were bought last on 03-01; 400 yen of A are more than 100 of C.
    let day = |text: &str| text.to_owned();
    let expected =
        [("A", 3, 4, day("2025-02-01"), day("2025-03-01")), ("C", 1, 1, day("2025-03-01"), day("2025-03-01"))];
    assert_eq!(rows, expected);
    assert!(found.items[0].due.is_some(), "A was bought again ten times");
    assert_eq!(found.items[1].due, None, "nobody bought C again");
    // What is not in the data yet is not counted: as of 02-10 only the first bag.
    assert_eq!(of(&history, "2025-02-10", 11).items[0].quantity, 1);
}

#[test]
fn the_window_is_that_of_the_item_before_the_shop() {
    // 11 buys A on 03-01: between 20 and 40 days later, 03-21 … 04-10. Nothing of the shop's own curve is asked: it has
    // ten returns, and thirty are needed.
    let history = stocked(&coffee("11 2025-03-01 A\n12 2025-03-05 C\n"));
    let next = of(&history, "2025-03-20", 11).next.expect("a window");
    assert_eq!((next.from, next.to, next.basis), (day("2025-03-21"), day("2025-04-10"), RadarBasis::Item));
    assert_eq!(next.item.map(|item| item.item_code), Some("A".to_owned()));
    assert_eq!(next.return_count, 10);
    assert_eq!(of(&history, "2025-03-20", 12).next, None, "too few have come back to say anything of C");
}

#[test]
fn a_window_that_is_over_is_still_said_and_an_open_one_comes_first() {
    // 1 bought A last on 01-21: 02-10 … 03-02, over on 03-20, and nothing else is expected of them.
    let history = stocked(&coffee("11 2025-03-01 A\n"));
    let late = of(&history, "2025-03-20", 1).next.expect("a window");
    assert_eq!((late.from, late.to), (day("2025-02-10"), day("2025-03-02")));
    assert!(late.to < day("2025-03-20"));
    // On the last day of the window it is open.
    let open = of(&history, "2025-03-02", 1).next.expect("a window");
    assert_eq!(open.to, day("2025-03-02"));
}

#[test]
fn without_costs_nothing_of_the_goods_has_a_known_one() {
    let history = stocked(&coffee(""));
    close(of(&history, "2025-03-20", 1).known_cost_share, 0.0);
}
