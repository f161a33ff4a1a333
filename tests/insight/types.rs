//! Lapse states with their dates, CPM types, wide classes: shops worked by hand.

use super::*;
use otokui_lib::insight::cpm::{CpmKey, types};
use otokui_lib::insight::lapse::{LapseState, dates};
use otokui_lib::insight::people::{People, rows, select};
use otokui_lib::insight::rfm::{CpmPreset, CustomerClass, GroupKey, groups};

/// Thirty people who came back once, after 10, 11, … 39 days: the second purchase is on 1 March 2025.
///
/// Nobody waits at the first step, so the share back by day d is (d − 9) ÷ 30: half of them by day 24, 80 % by day 33.
/// 1.25 × 24 = 30. The second step has no returns and borrows the pooled curve, in which 30 wait as well; with `as_of`
/// 1 March they wait for 0 days and are at risk on no day, so the curve is the same.
fn returned() -> Vec<OrderRow> {
    let back = day("2025-03-01");
    (0..30)
        .flat_map(|n| [order(n * 2 + 1, n + 1, back - (10 + n as i32), 1_000), order(n * 2 + 2, n + 1, back, 1_000)])
        .collect()
}

#[test]
fn each_customer_has_the_days_on_which_the_state_changes() {
    let history = history_of(returned());
    let first = view(&history, "2025-03-01");
    let found = dates(&first)[0].expect("thirty returns");
    // From 1 March: 24 days, 30 days, 33 days.
    let expected = ["2025-03-25", "2025-03-31", "2025-04-03"].map(day);
    assert_eq!([found.soon_on, found.attention_on, found.lapse_on], expected);
    for (on, state) in [
        ("2025-03-24", LapseState::Active),
        ("2025-03-25", LapseState::Soon),
        ("2025-03-30", LapseState::Soon),
        ("2025-03-31", LapseState::Attention),
        ("2025-04-02", LapseState::Attention),
        ("2025-04-03", LapseState::Lapsed),
        ("2026-04-03", LapseState::Lapsed),
    ] {
        assert_eq!(found.state(day(on)), state, "{on}");
    }
    let row = rows(&first).remove(0);
    assert_eq!((row.lapse_state, row.lapse_on), (Some(LapseState::Active), Some(expected[2])));
    assert_eq!((row.soon_on, row.attention_on), (Some(expected[0]), Some(expected[1])));
}

#[test]
fn who_still_waits_pushes_the_days_out() {
    // As above, and ten people who bought once, 25 days before 1 March, and wait. Up to day 24 forty are at risk; the
    // ten leave on day 25. Share staying after day 24: 25/40 (15 of 40 have returned); from day 25 on 15 of 25 others are
    // at risk (day 25's return is among 25: the ten count as waiting through that day): 25/40 × 24/25 = 24/40, then
    // 14 left with no other waiting: each return takes 24/40 ÷ 14 … down to nothing on day 39.
    // Everybody returns in the end, so half is a staying share of 20/40: 24/40 × k/14 ≤ 1/2 for k ≤ 11.67, that is 11
    // left, three returns after day 25: day 28. 80 %: k ≤ 4.67, four left, ten returns after day 25: day 35.
    let waiting = (0..10).map(|n| order(1_000 + n, 100 + n, day("2025-03-01") - 25, 1_000));
    let history = history_of(returned().into_iter().chain(waiting));
    let view = view(&history, "2025-03-01");
    let found = dates(&view)[30].expect("thirty returns");
    let bought = day("2025-03-01") - 25;
    // 1.25 × 28 = 35 as well.
    assert_eq!([found.soon_on, found.attention_on, found.lapse_on], [bought + 28, bought + 35, bought + 35]);
    assert_eq!(found.state(day("2025-03-01")), LapseState::Active, "25 days");
    let table = groups(Some(&view)).lapse;
    let step = &table.steps[0];
    assert_eq!((step.step, step.soon_days, step.attention_days, step.lapse_days), (Some(1), 28, 35, 35));
    assert_eq!((step.return_count, step.start_count), (30, 40));
    assert_eq!(table.steps.len(), 2, "the second step has no returns and borrows the last entry");
    assert_eq!(table.steps[1].step, None);
}

#[test]
fn without_thirty_returns_nobody_lapses() {
    let history = history_of(returned().into_iter().take(58));
    let view = view(&history, "2026-03-01");
    assert!(dates(&view).iter().all(Option::is_none) && types(&view).iter().all(Option::is_none));
    let found = groups(Some(&view));
    let too_few = found.lapse.too_few.expect("29 returns");
    assert_eq!((too_few.have, too_few.need), (29, 30));
    assert!(found.cpm.too_few.is_some() && found.cpm.types.is_empty() && found.lapse.states.is_empty());
}

#[test]
fn a_subscriber_who_is_delivered_to_has_not_lapsed() {
    let delivery = OrderRow { subscription: true, ..order(999, 1, day("2025-04-20"), 500) };
    let history = history_of(returned().into_iter().chain([delivery]));
    let found = rows(&view(&history, "2025-04-21"));
    assert_eq!((found[0].lapse_state, found[1].lapse_state), (Some(LapseState::Active), Some(LapseState::Lapsed)));
}

/// Nine people, classic lines: 70,000 yen, 90 and 210 days from the first purchase to the last, 240 days since.
const NINE: &str = "
    1 2025-06-01 90000
    2 2024-06-01 90000
    3 2025-03-03 1000
    3 2025-05-31 99000
    4 2025-03-02 30000
    4 2025-05-31 39999
    5 2025-03-02 30000
    5 2025-05-31 40000
    6 2024-11-03 30000
    6 2025-05-31 40000
    7 2024-11-02 30000
    7 2025-05-31 40000
    8 2024-07-01 35000
    8 2024-11-02 35000
    9 2024-07-01 35000
    9 2024-11-03 35000";

#[test]
fn ten_types_by_the_classic_lines() {
    let history = shop(NINE);
    let mut view = view(&history, "2025-06-30");
    view.rules.cpm = CpmPreset::Classic;
    use CpmKey::{
        ExcellentActive, FashionActive, FashionLapsed, FirstActive, FirstLapsed, SteadyActive, ToddlingActive,
    };
    let found: Vec<CpmKey> = types(&view).into_iter().map(|key| key.expect("classic lines need no returns")).collect();
    assert_eq!(
        found,
        [
            FirstActive,     // one purchase, 29 days ago; the line is nothing to it
            FirstLapsed,     // one purchase, 394 days ago
            ToddlingActive,  // 89 days from 3 March to 31 May
            SteadyActive,    // 90 days, 69,999 yen
            FashionActive,   // 90 days, 70,000 yen
            FashionActive,   // 209 days from 3 November
            ExcellentActive, // 210 days from 2 November
            FashionLapsed,   // 124 days; last bought on 2 November, 240 days ago
            FashionActive,   // 125 days; 239 days ago
        ]
    );
    let table = groups(Some(&view)).cpm;
    assert_eq!((table.line, table.lapse_days, table.preset), (Yen(70_000), Some(240), CpmPreset::Classic));
    assert_eq!(table.types.iter().map(|row| row.customer_count).sum::<u32>(), 9);
    let fashion = table.types.iter().find(|row| row.key == "fashion_active").expect("ten types");
    // 70,000 + 70,000 + 70,000 of 90,000 × 2 + 100,000 + 69,999 + 70,000 × 5 = 699,999.
    assert_eq!((fashion.customer_count, fashion.value, fashion.few), (3, Yen(210_000), true));
    close(fashion.value_share.expect("value"), 210_000.0 / 699_999.0);
    let chosen = select(&view, &"cpm:fashion_active".parse::<People>().expect("people"));
    assert_eq!(chosen, [false, false, false, false, true, true, false, false, true]);
}

#[test]
fn the_line_is_seven_average_orders() {
    // Thirty people with two orders of 1,000 each, 10 to 39 days apart; one with 6,999, and one with 14,023, each in
    // two purchases 100 days apart. Sales 60,000 + 6,999 + 14,023 = 81,022 in 64 orders: 1,265.97 an order, rounded
    // 1,266; seven of them 8,861.78, rounded 8,862.
    let more = [
        order(1_001, 101, day("2024-11-21"), 999),
        order(1_002, 101, day("2025-03-01"), 6_000),
        order(1_003, 102, day("2024-11-21"), 4_023),
        order(1_004, 102, day("2025-03-01"), 10_000),
    ];
    let history = history_of(returned().into_iter().chain(more));
    let view = view(&history, "2025-03-01");
    let table = groups(Some(&view)).cpm;
    assert_eq!((table.line, table.average_order_value, table.lapse_days), (Yen(8_862), Some(Yen(1_266)), None));
    let found = types(&view);
    use CpmKey::{FashionActive, SteadyActive, ToddlingActive};
    assert_eq!(found[0], Some(ToddlingActive));
    assert_eq!(found[30..], [Some(SteadyActive), Some(FashionActive)], "100 days, below and above the line");
}

#[test]
fn classes_are_wider_than_groups() {
    let sleeping = GroupKey::ALL.into_iter().filter(|group| CustomerClass::of(*group) == CustomerClass::Sleeping);
    use GroupKey::{AtRisk, CoolingBest, Dormant};
    assert_eq!(sleeping.collect::<Vec<_>>(), [CoolingBest, AtRisk, Dormant]);
    let history = shop(super::groups::SHOP);
    let view = view(&history, "2025-06-30");
    // One 最優良, 新規, 有望 and 離反予備, one 離反リスク.
    let found: Vec<_> = groups(Some(&view)).classes.into_iter().map(|row| (row.key, row.customer_count)).collect();
    assert_eq!(found, [("best".to_owned(), 1), ("customer".to_owned(), 3), ("sleeping".to_owned(), 1)]);
    let chosen = select(&view, &"class:customer".parse::<People>().expect("people"));
    assert_eq!(chosen, [false, true, true, false, true]);
}

#[test]
fn people_behind_moves() {
    let history = shop(super::groups::SHOP);
    let check = |people: &str, expected: &[i64]| {
        let view = view(&history, "2025-06-30");
        let chosen = select(&view, &people.parse().expect("people"));
        let ids: Vec<i64> = (0..chosen.len()).filter(|&place| chosen[place]).map(|place| view.id(place).0).collect();
        assert_eq!(ids, expected, "{people}");
        assert_eq!(people.parse::<People>().map(|people| people.to_string()), Ok(people.to_owned()));
    };
    // As in the moves of the shop of five: at the end of May 1 最優良, 3 有望, 4 要注意, 5 離反予備.
    check("moved:2025-05-31:2025-06-30:needs_attention:at_risk", &[4]);
    check("moved:2025-05-31:2025-06-30:none:new", &[2]);
    check("group_at:2025-05-31:needs_attention", &[4]);
    check("moved_class:2025-05-31:2025-06-30:customer:sleeping", &[4]);
    check("moved_class:2025-05-31:2025-06-30:customer:any", &[3, 4, 5]);
    check("moved_class:2025-05-31:2025-06-30:any:customer", &[2, 3, 5]);
    check("moved_class:2025-05-31:2025-06-30:none:customer", &[2]);
    check("lapse:soon", &[]);
}
