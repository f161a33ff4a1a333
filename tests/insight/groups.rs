//! Groups of a shop of five, seen at the end of 2025-06-30 and a month before.

use super::*;
use otokui_lib::insight::group_story::{group_history, story};
use otokui_lib::insight::people::rows;
use otokui_lib::insight::rfm::{GroupKey, GroupRules, RfmScore, groups, groups_between, scores};

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
    use GroupKey::{AboutToLapse, AtRisk, Champions, NeedsAttention, New, Promising};
    assert_eq!(
        moves,
        [
            (Some(Champions), Champions, 1),
            (Some(Promising), Promising, 1),
            (Some(NeedsAttention), AtRisk, 1),
            (Some(AboutToLapse), AboutToLapse, 1),
            (None, New, 1), // customer 2 came in June
        ]
    );
    assert_eq!((found.moves_from, found.moves_to), (Some(day("2025-05-31")), Some(day("2025-06-30"))));
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
    let found = group_history(&view, 3);
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

#[test]
fn moves_between_any_two_days_count_who_came() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    // End of 2024: customer 4 is 有望 (as above); customer 5 bought 51 days ago (R4), once (F1), the smaller value
    // of two (scores 2 and 3 start at numbers ⌊0.4⌋ = ⌊0.8⌋ = 0, 4 and 5 at number 1: M3): FM (1 + 3) ÷ 2 = 2, 有望 too.
    // End of May: 1 最優良, 3 有望, 4 要注意, 5 離反予備; 1 and 3 came after 2024.
    let found = groups_between(Some(&view), Some((day("2024-12-31"), day("2025-05-31"))));
    use GroupKey::{AboutToLapse, Champions, NeedsAttention, Promising};
    let moves: Vec<_> = found.moves.iter().map(|row| (row.from, row.to, row.customer_count)).collect();
    assert_eq!(
        moves,
        [
            (Some(Promising), NeedsAttention, 1),
            (Some(Promising), AboutToLapse, 1),
            (None, Champions, 1),
            (None, Promising, 1)
        ]
    );
    assert_eq!((found.moves_from, found.moves_to), (Some(day("2024-12-31")), Some(day("2025-05-31"))));
    assert_eq!(found.previous_on, Some(day("2025-05-31")), "what changed since last month stays as it is");
}

#[test]
fn every_month_end_is_kept_and_says_since_when() {
    let history = shop(SHOP);
    let view = view(&history, "2025-06-30");
    let story = story(&view);
    let days: Vec<String> = story.counts.iter().map(|row| row.on.to_string()).collect();
    assert_eq!((days.len(), &*days[0], &*days[7]), (8, "2024-11-30", "2025-06-30"));
    assert_eq!(story.counts.iter().map(|row| row.customer_count).collect::<Vec<_>>(), [1, 2, 4, 4, 4, 4, 4, 5]);
    // Customer 4 was 要注意 at the end of May and is 離反リスク at the end of June; 2 has only ever been 新規.
    let rows = rows(&view);
    let change = |place: usize| rows[place].previous_group.zip(rows[place].group_changed_on);
    assert_eq!(change(3), Some((GroupKey::NeedsAttention, day("2025-06-30"))));
    assert_eq!(change(1), None);
}

#[test]
fn typed_thresholds_take_the_place_of_the_shops_own() {
    let history = shop(SHOP);
    let mut view = view(&history, "2025-06-30");
    view.rules = GroupRules {
        recency_days: Some([5, 9, 76, 171]),
        order_count: [3, 4, 5, 7],
        monetary_percent: [10, 50, 70, 90],
        ..view.rules
    };
    let (thresholds, found) = scores(&view);
    assert_eq!((thresholds.recency_days, thresholds.recency_typed), ([5.0, 9.0, 76.0, 171.0], true));
    assert!(!thresholds.recency_from_own_gap);
    // Values ascending 500, 900, 2,400, 6,000, 9,000: numbers ⌊0.5⌋, ⌊2.5⌋, ⌊3.5⌋, ⌊4.5⌋ = 0, 2, 3, 4.
    assert_eq!(thresholds.monetary, [Yen(500), Yen(2_400), Yen(6_000), Yen(9_000)]);
    assert_eq!(
        found,
        [
            score(3, 4, 4, 4), // 10 days, 6 purchases, 6,000
            score(5, 1, 2, 2), // 5 days, 1, 500; (1 + 2) ÷ 2 = 1.5, half up
            score(3, 2, 3, 3), // 76 days, 3, 2,400
            score(1, 1, 5, 3), // 210 days, 1, 9,000
            score(2, 1, 2, 2), // 171 days, 2, 900
        ]
    );
}

#[test]
fn few_people_get_an_interval_and_no_rank() {
    // Seven first purchases of 100, on 1 to 7 June, seen on 10 June: 3 to 9 days ago, R5 F1 M5 (all equal), FM 3: 有望.
    let lines: Vec<String> = (1..=7).map(|c| format!("{c} 2025-06-0{c} 100")).collect();
    let history = shop(&lines.join("\n"));
    let found = groups(Some(&view(&history, "2025-06-10")));
    let row = &found.groups[GroupKey::Promising as usize];
    assert_eq!((row.customer_count, row.few, row.ranked), (7, false, false));
    // n = 7: P(X = 0) = 1/128 = 0.8 %, P(X ≤ 1) = 8/128 = 6.3 %: from the smallest to the largest.
    check_interval(row.median_recency_interval, 6.0, 7);
    let interval = row.median_recency_interval.expect("seven people");
    assert_eq!((interval.low, interval.high), (3.0, 9.0));
    // Everybody is in this group, so every draw has all the value in it.
    let share = row.value_share_interval.expect("seven people");
    assert_eq!((share.value, share.low, share.high, share.n), (1.0, 1.0, 1.0, 7));
    let nobody = &found.groups[GroupKey::Dormant as usize];
    assert!(nobody.few && nobody.median_recency_interval.is_none() && nobody.value_share_interval.is_none());
}
