//! Who comes back, worked out by hand for eight customers seen at the end of 2025-12-31, and what holds for any shop.

use super::properties::orders;
use super::*;
use otokui_lib::insight::coming_back::{ComingBack, coming_back};
use otokui_lib::insight::gap_steps::BinDays;
use otokui_lib::insight::other_definitions::Definition;
use otokui_lib::insight::overview::overview;
use otokui_lib::insight::people::{People, select};
use proptest::prelude::*;

/// Days between: customer 1 60, 60, 268; 2 180; 4 30; 5 122; 7 30; 8 745. 3 waits since 578 days, 6 since 60.
const SHOP: &str = "
    1 2024-01-10 1000
    1 2024-03-10 2000
    1 2024-05-09 1500
    1 2025-02-01 3000
    2 2024-02-01 4000
    2 2024-07-30 1000
    3 2024-06-01 500
    4 2025-01-15 2500
    4 2025-02-14 1500
    5 2025-08-01 6000
    5 2025-12-01 2000
    6 2025-11-01 900
    7 2025-11-20 1100
    7 2025-12-20 1300
    8 2023-06-01 700
    8 2025-06-15 2200";

fn found(history: &History) -> ComingBack {
    coming_back(Some(&view(history, "2025-12-31")), BinDays::Ten)
}

fn count(history: &History, people: &str) -> usize {
    let people: People = people.parse().expect("an address");
    assert_eq!(people.to_string().parse::<People>(), Ok(people.clone()), "an address is read as it is written");
    select(&view(history, "2025-12-31"), &people).iter().filter(|&&yes| yes).count()
}

#[test]
fn only_those_who_had_the_time_are_counted() {
    let history = shop(SHOP);
    let answer = found(&history);
    // (step, days), came back, had the time, had it not.
    //
    // F2(90): had the time 1, 2, 3, 4, 5, 8; back 1 (60) and 4 (30). 6 and 7 began 60 and 41 days ago, and 7 is left out
    // although it is back. F2(180): 1, 2, 3, 4, 8; back 1, 2 (on the last day) and 4. F2(365): 1, 2, 3, 8; back 1 and 2.
    // F3(90) from the second purchase: 1, 2, 4, 8 had the time, 1 (60) is back; 5 and 7 have not. F3(365): 1 and 2, 1 is back.
    // F4: 1 alone, 268 days after the third. F5: 1 alone, not back.
    let expected = [
        ("f2", "90", 2, 6, 2),
        ("f2", "180", 3, 5, 3),
        ("f2", "365", 2, 4, 4),
        ("f3", "90", 1, 4, 2),
        ("f3", "365", 1, 2, 4),
        ("f4", "90", 0, 1, 0),
        ("f4", "365", 1, 1, 0),
        ("f5", "90", 0, 1, 0),
    ];
    for (step, days, back, had_time, open) in expected {
        let row = &answer.f[step][days];
        assert_eq!((row.return_count, row.open_count), (back, open), "{step}({days})");
        check_interval(row.share, f64::from(back) / f64::from(had_time), had_time);
        let address = |whom| format!("step:{}:{days}:{whom}", &step[1..]);
        let people = ["back", "observed", "open"].map(|whom| count(&history, &address(whom)) as u32);
        assert_eq!(people, [back, had_time, open], "the people behind {step}({days})");
    }
    // At the end of 2024: 1, 2, 3 and 8 had had 90 days, 1 was back within them.
    check_interval(answer.f["f2"]["90"].year_before, 0.25, 4);
    assert_eq!(answer.f["f5"]["90"].year_before, None, "nobody had bought four times by then");
}

#[test]
fn the_way_to_the_second_purchase() {
    let history = shop(SHOP);
    let answer = found(&history);
    let step = &answer.steps[0];
    assert_eq!((step.step, step.customer_count, step.return_count, step.waiting_count), (2, 8, 6, 2));
    // Day 30: 2 of 8 back: 6/8 stay. Day 60: 1 of 6: 5/8; then the one since 60 days leaves. Four are still waited for
    // from day 61: under five, the curve ends.
    let rows: Vec<(u32, u32)> = step.curve.iter().map(|point| (point.day, point.at_risk)).collect();
    assert_eq!(rows, [(0, 8), (15, 8), (30, 8), (45, 6), (60, 6)]);
    close(step.curve[2].share, 0.25);
    close(step.curve[4].share, 0.375);
    let bars: Vec<(u32, u32)> = step.histogram.iter().map(|bar| (bar.to_day, bar.return_count)).collect();
    for (to_day, people) in [(30, 2), (60, 1), (130, 1), (180, 1), (200, 0)] {
        assert!(bars.contains(&(to_day, people)), "{people} back in the ten days to {to_day}");
    }
    close(step.histogram[5].cumulative_share, 3.0 / 6.0);
    assert_eq!((step.histogram.len(), step.beyond_count), (36, 1), "customer 8 after 745 days");
    assert_eq!((step.median_days, step.due), (None, None), "six returns");
    assert_eq!([count(&history, "gap:2:1:60"), count(&history, "gap:2:61:999")], [3, 3]);
    assert_eq!([count(&history, "waiting:2:50:70"), count(&history, "waiting:2:61:999")], [1, 1], "6, and 3");
    let later: Vec<(u32, u32, u32)> =
        answer.steps.iter().map(|step| (step.step, step.customer_count, step.return_count)).collect();
    assert_eq!(later, [(2, 8, 6), (3, 6, 1), (4, 1, 1), (5, 1, 0)]);
}

#[test]
fn months_and_both_sides() {
    let history = shop(SHOP);
    let answer = found(&history);
    let row = |text: &str| answer.months.iter().find(|row| row.month == month(text)).expect("a month");
    // December: 5 and 7, both back. November: 6 and 7, both new. February: 1 and 4, both back; a year before 2, new.
    let december = row("2025-12");
    assert_eq!((december.customer_count, december.return_count, december.open), (2, 2, false));
    assert_eq!((december.order_count, december.existing_order_count), (2, 2));
    assert_eq!((december.net_sales, december.existing_net_sales), (Yen(3_300), Yen(3_300)));
    assert_eq!(count(&history, "back:2025-12"), 2);
    let november = row("2025-11");
    check_interval(november.repeat_share, 0.0, 2);
    assert_eq!((november.order_count, november.existing_order_count, november.existing_net_sales), (2, 0, Yen::ZERO));
    check_interval(row("2025-02").repeat_share, 1.0, 2);
    check_interval(row("2025-02").share_year_before, 0.0, 1);
    assert_eq!(december.share_year_before, None, "nobody bought in December 2024");
    let sides = &answer.new_vs_existing;
    // New in 2025: 2,500 + 6,000 + 900 + 1,100 = 10,500 in 4 orders. Existing: 3,000 + 1,500 + 2,000 + 1,300 + 2,200
    // = 10,000 in 5.
    assert_eq!((sides.new.customer_count, sides.new.order_count, sides.new.net_sales), (4, 4, Yen(10_500)));
    assert_eq!((sides.existing.customer_count, sides.existing.order_count), (5, 5));
    let average = |side: &otokui_lib::insight::new_existing::CustomerSide| side.average_order_value;
    assert_eq!((average(&sides.new), average(&sides.existing)), (Some(Yen(2_625)), Some(Yen(2_000))));
    close(sides.average_order_value_ratio.expect("both sides"), 2_000.0 / 2_625.0);
    assert_eq!((sides.new.margin_per_order, sides.margin_per_order_ratio), (None, None), "no cost is known");
    assert_eq!(
        [count(&history, "new:2025-01-01:2025-12-31"), count(&history, "existing:2025-01-01:2025-12-31")],
        [4, 5]
    );
    // A first year that ended in 2025: 1 bought three times in it, 2 twice, 3 once: 6 ÷ 3. The first year of 8 was over
    // before 2025, in which it bought once.
    let yearly = |side: &otokui_lib::insight::new_existing::CustomerSide| side.orders_per_year.expect("watched a year");
    assert_eq!((yearly(&sides.new).value, yearly(&sides.new).n), (2.0, 3));
    assert_eq!((yearly(&sides.existing).value, yearly(&sides.existing).n), (1.0, 1));
    close(sides.orders_per_year_ratio.expect("both sides"), 0.5);
}

#[test]
fn the_same_orders_by_the_definitions_of_others() {
    // In 2025 bought 1, 4, 5, 6, 7 and 8.
    let expected = [
        (Definition::OtokuiRepeat, 5, 6), // all but 6
        (Definition::OtokuiF2, 3, 5),     // as above
        (Definition::RKarte, 2, 6),       // 1 and 8 had bought before 2025
        (Definition::StoreCreator, 0, 0), // nothing was bought at Yahoo
        (Definition::Futureshop, 6, 8),   // 1, 2, 4, 5, 7, 8 twice since 2023
        (Definition::Shopify, 5, 6),      // all but 6 have two orders
        (Definition::AllSoFar, 5, 8),     // all but 6, of everybody
        (Definition::FirstTimers, 3, 4),  // of 4, 5, 6 and 7 all but 6
    ];
    let check = |history: &History, expected: &[(Definition, u32, u32)]| {
        let rows = found(history).other_definitions;
        for &(key, back, customers) in expected {
            let row = rows.iter().find(|row| row.key == key).expect("every definition");
            assert_eq!((row.back_count, row.customer_count), (back, customers), "{key}");
            assert_eq!(row.share.map(|share| share.n), (customers > 0).then_some(customers), "{key}");
            let address = format!("counted:{key}:2025-01-01:2025-12-31");
            assert_eq!(count(history, &address) as u32, back, "the people of {key}");
            let among = address.replace("counted", "among");
            assert_eq!(count(history, &among) as u32, customers, "whom {key} counts them among");
        }
    };
    check(&shop(SHOP), &expected);
    // The same orders at Yahoo: the year before the first order of 2025 holds an earlier one of customer 1 alone; 8 had
    // bought two years before.
    let at_yahoo = shop(SHOP);
    let rows = (0..at_yahoo.orders.order.len()).map(|o| OrderRow {
        mall: Mall::Yahoo,
        ..order(
            at_yahoo.orders.order.at(o),
            at_yahoo.orders.customer.at(o).0,
            at_yahoo.orders.ordered_at[o].day(),
            at_yahoo.orders.net_sales[o].0,
        )
    });
    check(&history_of(rows), &[(Definition::StoreCreator, 1, 6), (Definition::RKarte, 0, 0)]);
    // Two orders on one day: one purchase here, two orders at others.
    let twice = shop("1 2025-03-01 1000\n1 2025-03-01 500\n2 2025-03-02 900");
    check(
        &twice,
        &[
            (Definition::OtokuiRepeat, 0, 2),
            (Definition::Futureshop, 1, 2),
            (Definition::Shopify, 1, 2),
            (Definition::FirstTimers, 0, 2),
        ],
    );
}

#[test]
fn an_empty_ledger_says_nothing() {
    let empty = coming_back(None, BinDays::Five);
    assert_eq!((empty.as_of, empty.bin_days, empty.f["f5"]["365"].share), (None, 5, None));
    assert!(empty.steps.is_empty() && empty.months.is_empty() && empty.other_definitions.is_empty());
}

#[test]
fn an_address_that_says_nothing_is_refused() {
    for text in ["step:1:90:back", "step:2:x:back", "gap:2:1", "back:2025-13", "counted:nobody:2025-01-01:2025-12-31"] {
        assert_eq!(text.parse::<People>(), Err(()), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn more_time_never_brings_fewer_of_the_same_people_back(orders in orders(), step in 2_u32..6) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let chosen = |days: u32, whom: &str| {
            select(&view, &format!("step:{step}:{days}:{whom}").parse().expect("an address"))
        };
        // Everybody who has had 180 days has had 90, and who came back within 90 came back within 180.
        let (observed, back) = (chosen(180, "observed"), chosen(180, "back"));
        for (place, (early, early_time)) in chosen(90, "back").into_iter().zip(chosen(90, "observed")).enumerate() {
            prop_assert!(!observed[place] || early_time);
            prop_assert!(!(observed[place] && early) || back[place]);
        }
    }

    #[test]
    fn coming_back_agrees_with_the_overview_and_with_itself(orders in orders()) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let (found, whole) = (coming_back(Some(&view), BinDays::Five), overview(Some(&view)));
        for (days, share) in &whole.f2 {
            prop_assert_eq!(found.f["f2"][days].share, *share);
        }
        prop_assert_eq!(found.f["f2"]["90"].year_before, whole.f2_90_year_before);
        let of = |key| found.other_definitions.iter().find(|row| row.key == key).and_then(|row| row.share);
        prop_assert_eq!(of(Definition::OtokuiRepeat), whole.repeat_share_interval);
        prop_assert_eq!(of(Definition::OtokuiF2), whole.f2["180"]);
        let (new, existing) = (&found.new_vs_existing.new, &found.new_vs_existing.existing);
        let sums = &whole.new_vs_existing;
        prop_assert_eq!((new.order_count, new.net_sales), (sums.new.order_count, sums.new.net_sales));
        prop_assert_eq!((existing.customer_count, existing.net_sales), (sums.existing.customer_count, sums.existing.net_sales));
        let months = || found.months.iter().zip(&whole.months);
        prop_assert_eq!(found.months.len(), whole.months.len());
        for (row, other) in months() {
            prop_assert_eq!((row.month, row.customer_count, row.net_sales), (other.month, other.customer_count, other.net_sales));
            prop_assert_eq!(row.existing_net_sales, other.existing_net_sales);
            prop_assert_eq!(row.repeat_share.map(|share| share.value), other.repeat_share);
            let back = select(&view, &format!("back:{}", row.month).parse().expect("an address"));
            prop_assert_eq!(back.iter().filter(|&&yes| yes).count() as u32, row.return_count);
        }
        for (place, step) in found.steps.iter().enumerate() {
            prop_assert_eq!(step.return_count + step.waiting_count, step.customer_count);
            let bars: u32 = step.histogram.iter().map(|bar| bar.return_count).sum();
            prop_assert_eq!(bars + step.beyond_count, step.return_count);
            if let Some(next) = found.steps.get(place + 1) {
                prop_assert_eq!(next.customer_count, step.return_count, "who came back waits for the next");
            }
            for pair in step.curve.windows(2) {
                prop_assert!(pair[0].at_risk >= pair[1].at_risk, "numbers at risk fall");
                prop_assert!(pair[0].share <= pair[1].share + 1e-12, "nobody who came back goes away again");
            }
            prop_assert!(step.curve.iter().all(|p| p.low <= p.share + 1e-9 && p.share <= p.high + 1e-9));
        }
    }
}
