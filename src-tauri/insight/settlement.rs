//! What the malls really charged, put to the orders it was charged for.

use super::margin::Step;
use super::rates::{SETTLED_STEPS, Settled};
use super::shares::share_out;
use crate::shop::{Day, Mall, Yen};

/// A line of a settlement that belongs into a step of the waterfall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Whose settlement.
    pub mall: Mall,
    /// One of [`SETTLED_STEPS`].
    pub step: Step,
    /// The order it names, as a place in the list of orders; nothing for what is charged for a period.
    pub order: Option<u32>,
    /// First day of the period.
    pub from: Day,
    /// Last day of the period.
    pub to: Day,
    /// Charged, tax included; below zero when given back.
    pub amount: Yen,
}

/// What sharing a charge out needs to know of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charged {
    /// The same whatever was imported first: decides between equal remainders.
    pub order_key: i64,
    /// Where it was sold.
    pub mall: Mall,
    /// When it was placed.
    pub on: Day,
    /// What a charge for a period is shared out by.
    pub net_sales: Yen,
}

/// What was charged for each order: a list, and for each order its place in the list plus one, 0 when no settlement
/// speaks of it.
///
/// Where a settlement names the order, that order was charged what it says, and nothing for those other steps that the
/// same mall's settlements charge by order (an order without an affiliate line had no affiliate). What is charged for a
/// period is shared out over the orders placed in it that no line of the step names, by net sales, by largest
/// remainder, so that it adds up to the yen. A charge for a period without sales belongs to no order and is left out, and
/// so is one for a period of which the list evidently holds a part only: those orders would bear the others' charges.
pub fn settle(orders: &[Charged], stated: &[Stated]) -> (Vec<Settled>, Vec<u32>) {
    let mut places = vec![0; orders.len()];
    let mut settled: Vec<Settled> = Vec::new();
    let step_of = |step: Step| SETTLED_STEPS.iter().position(|s| *s == step);
    let mut add = |order: usize, step: usize, amount: Yen| {
        if places[order] == 0 {
            settled.push(Settled::default());
            places[order] = settled.len() as u32;
        }
        let sum = &mut settled[places[order] as usize - 1].0[step];
        *sum = Some(sum.unwrap_or_default() + amount);
    };
    let mut by_order = [[false; SETTLED_STEPS.len()]; 3];
    let mut named: Vec<u32> = Vec::new();
    for line in stated {
        if let (Some(order), Some(step)) = (line.order, step_of(line.step)) {
            by_order[line.mall as usize][step] = true;
            add(order as usize, step, line.amount);
            named.push(order);
        }
    }
    named.sort_unstable();
    named.dedup();
    for &order in &named {
        for (step, _) in by_order[orders[order as usize].mall as usize].iter().enumerate().filter(|(_, yes)| **yes) {
            add(order as usize, step, Yen::ZERO);
        }
    }
    let mut periods: Vec<(Mall, usize, Day, Day, Yen)> = stated
        .iter()
        .filter(|line| line.order.is_none())
        .filter_map(|line| Some((line.mall, step_of(line.step)?, line.from, line.to, line.amount)))
        .collect();
    periods.sort_unstable_by_key(|&(mall, step, from, to, _)| (mall, step, from, to));
    let mut sorted: Vec<u32> = if periods.is_empty() { Vec::new() } else { (0..orders.len() as u32).collect() };
    sorted.sort_unstable_by_key(|&o| (orders[o as usize].mall, orders[o as usize].on, orders[o as usize].order_key));
    for lines in periods.chunk_by(|a, b| (a.0, a.1, a.2, a.3) == (b.0, b.1, b.2, b.3)) {
        let (mall, step, from, to, _) = lines[0];
        let total: Yen = lines.iter().map(|line| line.4).sum();
        let start = sorted.partition_point(|&o| (orders[o as usize].mall, orders[o as usize].on) < (mall, from));
        let end = sorted.partition_point(|&o| (orders[o as usize].mall, orders[o as usize].on) <= (mall, to));
        if is_cut(orders, &sorted, (mall, from, to), start..end.max(start)) {
            continue;
        }
        let is_named = |order: u32| named.binary_search(&order).is_ok() && by_order[mall as usize][step];
        let of_period: Vec<u32> =
            sorted[start..end.max(start)].iter().copied().filter(|&order| !is_named(order)).collect();
        let weights: Vec<i64> = of_period.iter().map(|&order| orders[order as usize].net_sales.0.max(0)).collect();
        if weights.iter().all(|&weight| weight == 0) {
            continue;
        }
        for (order, part) in of_period.iter().zip(share_out(total.0, &weights)) {
            add(*order as usize, step, Yen(part));
        }
    }
    (settled, places)
}

/// So many orders missing at the pace of those that are there are no chance: a quiet week of a small shop is less.
const EVIDENTLY_MISSING: f64 = 20.0;

/// Whether the mall's orders begin so late in the period, or end so early, that some were never imported. `of_period` is
/// where its orders stand in `sorted`, which is by mall and day.
fn is_cut(
    orders: &[Charged],
    sorted: &[u32],
    (mall, from, to): (Mall, Day, Day),
    of_period: std::ops::Range<usize>,
) -> bool {
    let day = |place: usize| orders[sorted[place] as usize].on;
    let is_there = |place: Option<usize>| {
        place.and_then(|place| sorted.get(place)).is_some_and(|&order| orders[order as usize].mall == mall)
    };
    if of_period.is_empty() {
        return false;
    }
    let (first, last) = (day(of_period.start), day(of_period.end - 1));
    let pace = of_period.len() as f64 / f64::from(last - first + 1);
    let missing = |days: i32| f64::from(days) * pace >= EVIDENTLY_MISSING;
    let begins_here = !is_there(of_period.start.checked_sub(1));
    let ends_here = !is_there(Some(of_period.end));
    (begins_here && missing(first - from)) || (ends_here && missing(to - last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_that_is_there_in_part_charges_nobody() {
        // Two orders a day from the 20th to the 30th; of the 19 days before, 38 orders are missing at that pace.
        let order = |number: i32| Charged {
            order_key: i64::from(number),
            mall: Mall::Rakuten,
            on: Day(20 + number / 2),
            net_sales: Yen(1_000),
        };
        let late: Vec<Charged> = (0..22).map(order).collect();
        let charge = Stated {
            mall: Mall::Rakuten,
            step: Step::MallFee,
            order: None,
            from: Day(1),
            to: Day(30),
            amount: Yen(2_200),
        };
        assert_eq!(settle(&late, &[charge]).0, [], "the others' charges are not theirs");
        // Of one order a day 19 are missing: a shop that opened, or had a quiet time, is believed. 2,200 over 11 orders.
        let few: Vec<Charged> = late.iter().copied().step_by(2).collect();
        let (settled, places) = settle(&few, &[charge]);
        assert_eq!(settled[places[0] as usize - 1].of(Step::MallFee), Some(Yen(200)));
        // One order of another month says that the days before were imported: 2,200 over 22 orders.
        let known = [&late[..], &[Charged { order_key: 99, on: Day(0), ..late[0] }]].concat();
        let (settled, places) = settle(&known, &[charge]);
        assert_eq!(settled[places[0] as usize - 1].of(Step::MallFee), Some(Yen(100)));
        assert_eq!(places[22], 0, "not of the period");
        // Orders up to the 11th only, two a day: 19 days, 38 orders are missing behind.
        let early: Vec<Charged> = late.iter().map(|order| Charged { on: order.on + -19, ..*order }).collect();
        assert_eq!(settle(&early, &[charge]).0, []);
    }

    #[test]
    fn a_period_adds_up_and_a_named_order_is_charged_what_is_said() {
        let order = |order_key, day, yen| Charged { order_key, mall: Mall::Yahoo, on: Day(day), net_sales: Yen(yen) };
        let orders = [order(5, 1, 1_000), order(3, 2, 1_000), order(9, 2, 1_000), order(1, 40, 500)];
        let line = |step, order, amount| Stated {
            mall: Mall::Yahoo,
            step,
            order,
            from: Day(1),
            to: Day(30),
            amount: Yen(amount),
        };
        let stated = [
            line(Step::Points, Some(0), 11),
            line(Step::Affiliate, Some(3), 7),
            line(Step::MallFee, None, 60),
            line(Step::MallFee, None, 40),
        ];
        let (settled, places) = settle(&orders, &stated);
        let of = |order: usize, step| settled[places[order] as usize - 1].of(step).map(|yen| yen.0);
        assert_eq!(of(0, Step::Points), Some(11));
        assert_eq!(of(0, Step::Affiliate), Some(0), "named, but not for this");
        assert_eq!(of(3, Step::Points), Some(0));
        assert_eq!(of(0, Step::PaymentFee), None, "no settlement speaks of payment");
        // 100 over three equal orders: the odd yen goes to the first day, then to the smallest key.
        assert_eq!([0, 1, 2].map(|order| of(order, Step::MallFee)), [Some(34), Some(33), Some(33)]);
        assert_eq!(of(3, Step::MallFee), None, "outside the period");
    }
}
