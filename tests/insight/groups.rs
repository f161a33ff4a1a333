//! Groups of a shop of five, seen at the end of 2025-06-30 and a month before.

use super::*;
use otokui_lib::insight::people;
use otokui_lib::insight::rfm::{GroupKey, RfmScore, groups, scores};

pub(crate) const SHOP: &str = "
    1 2025-01-05 1000
    1 2025-02-05 1000
    1 2025-03-05 1000
    1 2025-04-05 1000
    1 2025-05-05 1000
    1 2025-06-20 1000
    2 2025-06-25 500
    3 2025-01-15 800
    3 2025-03-01 800
    3 2025-04-15 800
    4 2024-12-02 9000
    5 2024-11-10 450
    5 2025-01-10 450";

fn score(recency: u8, frequency: u8, monetary: u8, fm: u8) -> RfmScore {
    RfmScore { recency, frequency, monetary, fm }
}

#[test]
fn five_customers_in_five_groups() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    let (thresholds, found) = scores(&view);
    // Gaps: 31, 28, 31, 30, 46 (customer 1), 45, 45 (3), 61 (5); ascending 28 30 31 31 45 45 46 61, median 38.
    // Three people have come back, far from 100: preset days.
    assert_eq!((thresholds.median_gap_days, thresholds.returned_count), (Some(38.0), 3));
    assert_eq!((thresholds.recency_days, thresholds.recency_from_own_gap), ([30.0, 90.0, 180.0, 365.0], false));
    // Values ascending 500, 900, 2,400, 6,000, 9,000: of five, scores 2 to 5 start at the second to the fifth.
    assert_eq!(thresholds.monetary, [Yen(900), Yen(2_400), Yen(6_000), Yen(9_000)]);
    assert_eq!(
        found,
        [
            score(5, 5, 4, 5), // 10 days, 6 purchases, 6,000; (5 + 4) ÷ 2 = 4.5, half up
            score(5, 1, 1, 1), // 5 days, 1, 500
            score(4, 3, 3, 3), // 76 days, 3, 2,400
            score(2, 1, 5, 3), // 210 days, 1, 9,000
            score(3, 2, 2, 2), // 171 days, 2, 900
        ]
    );
    let groups: Vec<GroupKey> = found.iter().map(RfmScore::group).collect();
    use GroupKey::{AboutToLapse, AtRisk, Champions, New, Promising};
    assert_eq!(groups, [Champions, New, Promising, AtRisk, AboutToLapse]);
}

#[test]
fn groups_add_up_and_say_who_moved() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    let found = groups(Some(&view));
    assert_eq!((found.customer_count, found.value), (5, Yen(18_800)));
    assert_eq!(found.groups.iter().map(|row| row.key).collect::<Vec<_>>(), GroupKey::ALL);
    let at_risk = found.groups.iter().find(|row| row.key == GroupKey::AtRisk).expect("ten rows");
    assert_eq!((at_risk.customer_count, at_risk.value, at_risk.few), (1, Yen(9_000), true));
    close(at_risk.value_share.expect("value"), 9_000.0 / 18_800.0);
    assert_eq!(at_risk.median_recency_days, Some(210.0));
    // End of May: customer 1 26 days ago, 5 purchases (F4), 5,000; 3 46 days ago; 4 180 days ago, so still R3;
    // 5 141 days ago; 2 not yet there. Values 900, 2,400, 5,000, 9,000; of four, scores 2 to 5 start at numbers
    // 0, 1, 2, 3 (⌊0.8⌋, ⌊1.6⌋, ⌊2.4⌋, ⌊3.2⌋): M is 2, 3, 4, 5. FM of 1: 4; of 3: 3; of 4: 3; of 5: 2.
    assert_eq!(found.previous_on, Some(day("2025-05-31")));
    assert_eq!(at_risk.previous_count, Some(0));
    let moves: Vec<_> = found.moves.iter().map(|row| (row.from, row.to, row.customer_count)).collect();
    use GroupKey::{AboutToLapse, AtRisk, Champions, NeedsAttention, Promising};
    assert_eq!(
        moves,
        [
            (Champions, Champions, 1),
            (Promising, Promising, 1),
            (NeedsAttention, AtRisk, 1),
            (AboutToLapse, AboutToLapse, 1)
        ]
    );
    assert_eq!(found.cells.len(), 25);
    assert_eq!((found.cells[4].recency, found.cells[4].fm, found.cells[4].customer_count), (5, 5, 1));
}

#[test]
fn a_month_end_is_compared_with_the_one_before() {
    let history = shop(SHOP);
    assert_eq!(groups(Some(&view(&history, "2025-05-31"))).previous_on, Some(day("2025-04-30")));
    let young = groups(Some(&view(&history, "2024-11-30")));
    assert_eq!(young.previous_on, None, "nobody had bought by the end of October");
    assert!(young.moves.is_empty() && young.groups.iter().all(|row| row.previous_count.is_none()));
}

#[test]
fn history_of_one_customers_groups() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    let found = people::group_history(&view, 3);
    let days: Vec<String> = found.iter().map(|(on, _)| on.to_string()).collect();
    assert_eq!(
        days,
        ["2024-12-31", "2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30"]
    );
    // End of 2024: 29 days ago (R5), one purchase, the larger value of two (450, 9,000: scores 4 and 5 start at
    // number ⌊1.2⌋ = ⌊1.6⌋ = 1, so M5): FM3. Then as in the moves above.
    assert_eq!(found[0].1, GroupKey::Promising);
    assert_eq!(found[5].1, GroupKey::NeedsAttention);
    assert_eq!(found[6].1, GroupKey::AtRisk);
}

#[test]
fn recency_follows_the_shop_once_a_hundred_came_back() {
    let orders = |people: i64| {
        (1..=people).flat_map(|customer| {
            let first = order(customer, customer, day("2025-01-01"), 1_000);
            [first, order(customer + 1_000, customer, day("2025-02-10"), 1_000)]
        })
    };
    let history = history_of(orders(99));
    assert!(!scores(&view(&history, "2025-06-30")).0.recency_from_own_gap);
    let history = history_of(orders(100));
    // 1 January to 10 February: 40 days. Scores end at 40, 60, 80 and 120 days.
    let (thresholds, _) = scores(&view(&history, "2025-06-30"));
    assert_eq!((thresholds.recency_days, thresholds.returned_count), ([40.0, 60.0, 80.0, 120.0], 100));
    for (as_of, recency) in
        [("2025-03-22", 5), ("2025-03-23", 4), ("2025-04-12", 3), ("2025-06-10", 2), ("2025-06-11", 1)]
    {
        assert_eq!(scores(&view(&history, as_of)).1[0].recency, recency, "{as_of}");
    }
}

#[test]
fn equal_values_share_the_best_score() {
    let history = shop("1 2025-06-01 700\n 2 2025-06-02 700\n 3 2025-06-03 700");
    let (_, found) = scores(&view(&history, "2025-06-30"));
    assert!(found.iter().all(|score| score.monetary == 5));
}

#[test]
fn one_customer_is_a_shop() {
    let history = shop("1 2025-06-01 700");
    let found = groups(Some(&view(&history, "2025-06-01")));
    assert_eq!((found.customer_count, found.value, found.previous_on), (1, Yen(700), None));
    assert_eq!(found.thresholds.median_gap_days, None);
    // R5, F1, M5: FM3.
    assert_eq!(found.groups[GroupKey::Promising as usize].customer_count, 1);
}

#[test]
fn without_value_there_are_no_shares() {
    let history = shop("1 2025-06-01 0");
    let found = groups(Some(&view(&history, "2025-06-01")));
    assert!(found.groups.iter().all(|row| row.value_share.is_none()));
}

#[test]
fn a_delivery_keeps_a_subscriber_recent_but_is_no_purchase_of_f() {
    let deliveries = (1..=5).map(|month| {
        let on = day("2025-01-01").plus_months(month);
        OrderRow { subscription: true, ..order(1 + i64::from(month), 1, on, 1_000) }
    });
    let history = history_of([order(1, 1, day("2025-01-01"), 1_000)].into_iter().chain(deliveries));
    let (thresholds, found) = scores(&view(&history, "2025-06-10"));
    assert_eq!(found[0], score(5, 1, 5, 3));
    assert_eq!((thresholds.returned_count, thresholds.median_gap_days), (0, None));
}

#[test]
fn an_empty_ledger_has_no_groups() {
    let found = groups(None);
    assert!(found.as_of.is_none() && found.groups.is_empty() && found.cells.is_empty() && found.moves.is_empty());
}
