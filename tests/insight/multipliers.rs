//! Lower multipliers, worked by hand; and what always holds of points.

use super::points::{answered, select_count, told};
use super::*;
use otokui_lib::insight::dependence::{Prior, Tally};
use otokui_lib::insight::people::People;
use proptest::prelude::*;

/// `orders` on each of twenty plain January and February days at a multiplier.
fn days_at(times: u32, orders: u32, month: u32, first: &mut i64) -> String {
    let mut lines = String::new();
    for date in 8..28 {
        for _ in 0..orders {
            *first += 1;
            lines += &format!("{first} 2025-{month:02}-{date:02} x{times}\n");
        }
    }
    lines
}

#[test]
fn a_lower_multiplier_saves_one_per_cent_and_may_cost_what_the_past_shows() {
    // Twenty days with six orders at 3, twenty with four at 2: a ratio of 6 : 4, so one third less. No day differs from its
    // like, the spread is chance's: var = (120 + 80) × 20 × 20 ÷ 40² ÷ (120 × 20 ÷ 40 × 80 × 20 ÷ 40) = 50 ÷ 2,400 = 1 ÷ 48.
    // ln 1.5 ± 1.6449 ÷ √48 = 0.40547 ± 0.23742: lost 1 − e^−0.16805 = 0.15469 to 1 − e^−0.64289 = 0.47423.
    let mut first = 0;
    let history = told(&(days_at(3, 6, 1, &mut first) + &days_at(2, 4, 2, &mut first)));
    let found = answered(&history, "2025-02-28").what_if.expect("raised multipliers");
    assert_eq!((found.multiplier, found.lowered_to, found.order_count, found.customer_count), (3, 2, 120, 120));
    // 1 % of 120 × 1,100; the raise of two costs twice that, at 2 one per cent of 80 × 1,100.
    assert_eq!((found.saved, found.net_sales), (Yen(1_320), Yen(132_000)));
    let levels: Vec<(u32, u32, Yen)> =
        found.levels.iter().map(|row| (row.multiplier, row.order_count, row.points)).collect();
    assert_eq!(levels, [(2, 80, Yen(880)), (3, 120, Yen(2_640))]);
    assert_eq!((found.compared_with, found.day_count, found.compared_day_count), (Some(2), 20, 20));
    let risk = found.orders_at_risk.expect("twenty days each");
    // 120 × 0.15469 = 18.6 → 18; 120 × 0.47423 = 56.9 → 57.
    assert_eq!((risk.low, risk.high), (18, 57));
    let worth = found.worth_at_risk.expect("worth");
    assert_eq!((worth.low, worth.high, found.worth_per_order), (Yen(19_800), Yen(62_700), Yen(1_100)));
    close(found.break_even_orders.expect("an order is worth something"), 1.2);
    // The twelve months begin on the day after 28 February 2024.
    assert_eq!(found.people, "multiplier:2024-02-29:2025-02-28:3");
}

#[test]
fn the_past_of_a_few_days_says_nothing() {
    let mut first = 0;
    let history = told(&(days_at(3, 2, 1, &mut first) + "900 2025-02-06\n"));
    let found = answered(&history, "2025-02-28").what_if.expect("a raised multiplier");
    assert_eq!((found.orders_at_risk, found.worth_at_risk, found.compared_with), (None, None, None));
    assert_eq!(found.too_few.map(|few| (few.have, few.need)), Some((1, 10)));
    assert_eq!(found.saved, Yen(440), "1 % of 40 × 1,100 is saved all the same");
    assert_eq!(answered(&told("1 2025-01-06\n"), "2025-01-31").what_if, None);
}

proptest! {
    #[test]
    fn shrinkage_lies_between_the_prior_and_the_own_share(
        rows in proptest::collection::vec((2u32..12, 0.0f64..1.0, 0.02f64..0.98), 1..60),
    ) {
        let rows: Vec<Tally> = rows
            .into_iter()
            .map(|(n, share, expected)| Tally {
                purchases: n,
                on_events: (f64::from(n) * share).round() as u32,
                expected: f64::from(n) * expected,
                unclear: 0,
            })
            .collect();
        let prior = Prior::fit(rows.iter());
        for row in &rows {
            let (own, mean, found) = (row.share().expect("purchases"), prior.mean(row), prior.posterior(row));
            prop_assert!(own.min(mean) - 1e-9 <= found && found <= own.max(mean) + 1e-9, "{row:?} {prior:?}");
            prop_assert!(found < 1.0, "nobody is certain: {row:?} {prior:?}");
        }
    }

    #[test]
    fn bands_part_all_customers_and_the_plane_all_that_are_judged(
        orders in proptest::collection::vec((1i64..25, 0i32..400, 0u8..5), 1..150),
    ) {
        let lines: String = orders
            .iter()
            .map(|(customer, days, kind)| {
                let on = if *kind == 0 { day("2024-12-22") } else { day("2024-11-01") + *days };
                let more = ["dated", "", "coupon", "x5", "yahoo"][usize::from(*kind)];
                format!("{customer} {on} {more}\n")
            })
            .collect();
        let history = told(&lines);
        let found = answered(&history, "2025-12-31");
        let customers = history.customers.len() as u32;
        prop_assert_eq!(found.bands.iter().map(|row| row.customer_count).sum::<u32>(), customers);
        let judged: u32 = found.bands[..5].iter().map(|row| row.customer_count).sum();
        prop_assert_eq!(judged, found.customer_count);
        prop_assert_eq!(found.plane.iter().map(|cell| cell.customer_count).sum::<u32>(), judged);
        prop_assert_eq!(found.quarters.iter().map(|row| row.customer_count).sum::<u32>(), judged);
        prop_assert_eq!(found.groups.iter().map(|row| row.customer_count).sum::<u32>(), customers);
        prop_assert_eq!(found.cohorts.iter().map(|row| row.customer_count).sum::<u32>(), customers);
        prop_assert!(found.customers.iter().all(|row| row.purchase_count >= 2));
        // The people behind a number are that number.
        for row in &found.bands {
            let Ok(People::Points(people)) = row.people.parse() else { return Err(TestCaseError::fail("people")) };
            prop_assert_eq!(select_count(&history, people), row.customer_count as usize);
        }
    }

    #[test]
    fn a_shop_where_everybody_buys_evenly_shows_no_dependence(
        people in 30usize..60, purchases in 1u32..5, share in 0u32..5,
    ) {
        // One-time buyers and everybody else: the same share of four on events.
        let expected = f64::from(share.min(4)) / 4.0;
        let rows: Vec<Tally> = (0..people)
            .map(|_| Tally {
                purchases: purchases * 4,
                on_events: purchases * share.min(4),
                expected: f64::from(purchases * 4) * expected,
                unclear: 0,
            })
            .collect();
        let prior = Prior::fit(rows.iter());
        for row in &rows {
            let dependence = prior.dependence(row).expect("purchases");
            prop_assert!(dependence.abs() < 0.01, "{dependence} {prior:?}");
        }
    }
}
