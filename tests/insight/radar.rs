//! Who is due: windows worked by hand, and once per customer and item.

use super::items::{kinds, of_any, stocked};
use super::*;
use otokui_lib::insight::category::Categories;
use otokui_lib::insight::radar::{Radar, RadarBasis, radar};
use proptest::prelude::*;

fn radar_of(history: &History, as_of: &str) -> Radar {
    radar(Some(&view(history, as_of)), &kinds(), None, |_| true)
}

/// Ten people buy A on 2025-01-01 and again: five after 20 days, five after 40; on 2025-03-01 three buy it once more.
fn coffee() -> String {
    let mut lines = String::new();
    (1..=10).for_each(|c| lines += &format!("{c} 2025-01-01 A\n"));
    (1..=5).for_each(|c| lines += &format!("{c} 2025-01-21 A\n"));
    (6..=10).for_each(|c| lines += &format!("{c} 2025-02-10 A\n"));
    lines + "11 2025-03-01 A\n12 2025-03-10 A\n13 2025-03-01 A2\n14 2025-03-20 C\n"
}

#[test]
fn the_window_is_the_middle_half_of_the_items_gaps() {
    let history = stocked(&coffee());
    // As of 2025-03-20. 23 purchases of A; ten were followed by another: five after 20 days, five after 40.
    // Waiting: 1–5 for 58 days, 6–10 for 38, 11 for 19, 12 for 10, 13 for 9.5 → 10 (two bags for 19 days).
    // Day 20: 23 − 3 = 20 at risk, 5 back: S = 3/4. Day 40: 20 − 5 − 5 (those of 38 days) = 10, 5 back: S = 3/8.
    // Share back 1/4, then 5/8. Of those who return: 2/5 by day 20, all by day 40. So 25 %: 20, 50 %: 40, 75 %: 40.
    let found = radar_of(&history, "2025-03-20");
    let listed: Vec<(i64, String, String)> = found
        .entries
        .iter()
        .map(|entry| (entry.customer_id.0, entry.window_from.to_string(), entry.window_to.to_string()))
        .collect();
    // The week is 03-21 … 03-27. 6–10 (02-10): 03-02 … 03-22, still open. 11 (03-01): 03-21 … 04-10. 1–5: 02-10 …
    // 03-02, over. 12: 03-30 …, later. 13: two bags last twice as long: 04-10 …, later. 14: C has no curve.
    let mut expected: Vec<(i64, String, String)> =
        (6..=10).map(|c| (c, "2025-03-02".to_owned(), "2025-03-22".to_owned())).collect();
    expected.push((11, "2025-03-21".to_owned(), "2025-04-10".to_owned()));
    assert_eq!(listed, expected);
    let first = &found.entries[0];
    assert_eq!((first.due_on, first.basis, first.return_count), (day("2025-03-21"), RadarBasis::Item, 10));
    assert_eq!(first.expected_on, day("2025-03-22"));
    close(first.back_by_then, 5.0 / 8.0);
    // Days: 6 rows on 03-21 and 03-22, then only 11.
    let due: Vec<u32> = found.days.iter().map(|day| day.due_count).collect();
    assert_eq!(due, [6, 6, 1, 1, 1, 1, 1]);
    assert_eq!(found.days.iter().map(|day| day.new_count).sum::<u32>(), found.total);
    assert_eq!((found.total, found.customer_count, found.curve_count), (6, 6, 1));
    let due: Vec<(&str, u32, u32)> =
        found.items.iter().map(|row| (&*row.item.item_code, row.customer_count, row.quantity)).collect();
    assert_eq!(due, [("A", 6, 6)], "six people, each with one bag last time");
}

#[test]
fn one_item_or_some_people_can_be_asked_for() {
    let history = stocked(&coffee());
    let view = view(&history, "2025-03-20");
    assert_eq!(radar(Some(&view), &kinds(), Some("C"), |_| true).total, 0);
    assert_eq!(radar(Some(&view), &kinds(), Some("rakuten:A"), |_| true).total, 6);
    assert_eq!(radar(Some(&view), &kinds(), None, |place| place == 5).entries[0].customer_id, CustomerId(6));
}

#[test]
fn without_an_items_curve_the_categorys_counts_then_the_shops() {
    // Thirty people buy A and come for B after 30 days, both coffee: neither item is bought again, coffee is.
    // 31 buys coffee 27 days before as_of, 32 buys D, which has no category, 27 days before; 33 gets C delivered.
    let mut lines = String::new();
    (1..=30).for_each(|c| lines += &format!("{c} 2025-01-01 A\n{c} 2025-01-31 B\n"));
    lines += "31 2025-04-03 B2\n32 2025-04-03 D\n33 2025-04-03 C\n33 2025-04-13 C*\n";
    let history = stocked(&lines);
    let found = radar_of(&history, "2025-04-30");
    let listed: Vec<_> = found.entries.iter().map(|e| (e.customer_id.0, e.basis, e.category.as_deref())).collect();
    // Everybody returns after 30 days: due on 2025-05-03 for 31 (a category is not scaled by pieces), 32 and 33.
    let expected =
        [(31, RadarBasis::Category, Some("coffee")), (32, RadarBasis::Shop, None), (33, RadarBasis::Shop, None)];
    assert_eq!(listed, expected);
    assert!(found.entries.iter().all(|entry| entry.due_on == day("2025-05-03")));
    assert_eq!(found.entries[0].quantity, 2);
    // Without categories all three go by the shop's curve.
    let found = radar(Some(&view(&history, "2025-04-30")), &Categories::default(), None, |_| true);
    assert!(found.entries.iter().all(|entry| entry.basis == RadarBasis::Shop) && found.total == 3);
}

#[test]
fn a_delivery_comes_by_itself() {
    let history = stocked(&(coffee() + "11 2025-03-05 A*\n"));
    let found = radar_of(&history, "2025-03-20");
    assert!(
        found.entries.iter().all(|entry| entry.customer_id != CustomerId(11)),
        "the next one comes by subscription"
    );
}

#[test]
fn too_few_returns_give_nobody() {
    let history = stocked("1 2025-01-01 A\n1 2025-01-11 A\n2 2025-01-05 A");
    let found = radar_of(&history, "2025-01-15");
    assert_eq!((found.total, found.curve_count, found.days.len()), (0, 0, 7));
    assert_eq!(radar(None, &kinds(), None, |_| true), Radar::default());
}

proptest! {
    #[test]
    fn each_customer_stands_once_per_item(
        orders in prop::collection::vec((1..12i64, 0..200i32, 0..4u32, 1..4u32), 80..300)
    ) {
        let history = of_any(&orders);
        let found = radar(View::new(&history, &Scope::default()).as_ref(), &kinds(), None, |_| true);
        let key = |entry: &otokui_lib::insight::radar::RadarEntry| {
            (entry.customer_id, entry.item.as_ref().map(|item| item.item_code.clone()))
        };
        let mut keys: Vec<_> = found.entries.iter().map(key).collect();
        let count = keys.len();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), count);
        let as_of = found.as_of.expect("orders");
        // The coming week first, then the nearest ones, each by its days.
        let place = |entry: &otokui_lib::insight::radar::RadarEntry| {
            ((entry.expected_on - (as_of + 1)).div_euclid(7).abs(), entry.expected_on)
        };
        prop_assert!(found.entries.is_sorted_by_key(place));
        for entry in &found.entries {
            prop_assert!(entry.window_from <= entry.expected_on && entry.expected_on <= entry.window_to);
            prop_assert!(entry.due_on > as_of && entry.due_on <= as_of + 7 && entry.due_on >= entry.window_from);
            prop_assert!(entry.window_to >= entry.due_on && entry.last_purchase_on <= as_of);
        }
    }
}
