//! What lowering a point multiplier by one would save, and how many orders the shop's own past says it may cost.

use super::calendar::EventDays;
use super::history::View;
use super::point_people::PointPeople;
use super::reckoner::RaisedLine;
use super::rfm::ValueBasis;
use super::stats::{Band, TooFew, Z_90};
use super::value;
use crate::shop::{Day, Mall, Moment, Yen};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// Days at each of the two multipliers it takes to compare them.
pub const DAYS_NEEDED: u32 = 10;
const MILLION: i64 = 1_000_000;

/// Lowering one multiplier by one, over the orders of a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct WhatIf {
    /// The multiplier asked about, else the commonest raised one of the period.
    pub multiplier: u32,
    /// One less.
    pub lowered_to: u32,
    /// Every raised multiplier of the period, lowest first.
    pub levels: Vec<MultiplierRow>,
    /// Orders of the period with a line at this multiplier.
    pub order_count: u32,
    /// Their buyers.
    pub customer_count: u32,
    /// Net sales of these orders.
    pub net_sales: Yen,
    /// Saved for sure: one per cent of what the mall counts points on, of the lines at this multiplier.
    pub saved: Yen,
    /// The multiplier its days are compared with: one less, or the base where that has too few days.
    pub compared_with: Option<u32>,
    /// Days whose first order at a mall was at this multiplier, up to `as_of`.
    pub day_count: u32,
    /// The same of the multiplier it is compared with.
    pub compared_day_count: u32,
    /// Instead of what is at risk, where either has too few days.
    pub too_few: Option<TooFew>,
    /// Orders of the period that may stay away; from 0 where the past shows no difference for certain.
    pub orders_at_risk: Option<OrderBand>,
    /// What these are worth together.
    pub worth_at_risk: Option<Band>,
    /// What one order of this multiplier is worth on average.
    pub worth_per_order: Yen,
    /// Whether worth is net sales or contribution margin.
    pub value: ValueBasis,
    /// Lost orders whose worth is what is saved; nothing when an order is worth nothing.
    pub break_even_orders: Option<f64>,
    /// The buyers.
    pub people: String,
}

/// A range of orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OrderBand {
    /// At least.
    pub low: u32,
    /// At most.
    pub high: u32,
}

/// What one raised multiplier costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MultiplierRow {
    /// Times.
    pub multiplier: u32,
    /// Orders of the period with a line at it.
    pub order_count: u32,
    /// Their buyers.
    pub customer_count: u32,
    /// What the raise above one cost.
    pub points: Yen,
    /// The buyers.
    pub people: String,
}

#[derive(Default)]
struct Level {
    orders: Vec<usize>,
    millionths: i64,
}

/// What raised multipliers cost in the orders of the period by the customers at these places, line by line.
pub(crate) fn raised_lines<'v>(view: &'v View<'_>, people: &'v [u32]) -> impl Iterator<Item = RaisedLine> + 'v {
    let history = view.history;
    let days = view.from.start()..(view.to + 1).start();
    let orders_of = |&place: &u32| {
        let customer = view.customers[place as usize] as usize;
        history.starts[customer]..history.starts[customer + 1]
    };
    let mut people = people.iter().map(orders_of).peekable();
    let is_meant = move |line: &RaisedLine| {
        // Orders ascend with customers.
        while people.next_if(|orders| orders.end <= line.order).is_some() {}
        let o = line.order as usize;
        let is_theirs = people.peek().is_some_and(|orders| orders.start <= line.order);
        is_theirs && view.included[o] && days.contains(&history.orders.ordered_at[o])
    };
    history.raised().of_orders(0..u32::MAX).iter().copied().filter(is_meant)
}

/// Lowers `multiplier` by one, over orders of the period by the customers at the places `people`, which ascend. Nothing while
/// the period knows no raised multiplier.
pub(crate) fn what_if(
    view: &View<'_>,
    events: &EventDays<'_>,
    multiplier: Option<u16>,
    people: &[u32],
) -> Option<WhatIf> {
    let history = view.history;
    let mut levels: FxHashMap<u16, Level> = FxHashMap::default();
    for RaisedLine { order, times, millionths } in raised_lines(view, people) {
        let level = levels.entry(times).or_default();
        level.millionths += millionths;
        if level.orders.last() != Some(&(order as usize)) {
            level.orders.push(order as usize);
        }
    }
    let levels: BTreeMap<u16, Level> = levels.into_iter().collect();
    let most = levels.iter().max_by_key(|(times, level)| (level.orders.len(), std::cmp::Reverse(**times)));
    let commonest = *most?.0;
    let times = multiplier.filter(|&times| times > 1).unwrap_or(commonest);
    let people = |times: u16| PointPeople::Multiplier(view.from, view.to, times).to_string();
    // Orders ascend with customers.
    let buyers = |level: &Level| {
        level.orders.chunk_by(|&a, &b| history.orders.customer[a] == history.orders.customer[b]).count() as u32
    };
    let rows = levels.iter().map(|(&times, level)| MultiplierRow {
        multiplier: u32::from(times),
        order_count: level.orders.len() as u32,
        customer_count: buyers(level),
        points: Yen((level.millionths + MILLION / 2).div_euclid(MILLION)),
        people: people(times),
    });
    let none = Level::default();
    let asked = levels.get(&times).unwrap_or(&none);
    let order_count = asked.orders.len() as u32;
    let net_sales: Yen = asked.orders.iter().map(|&o| history.orders.net_sales[o]).sum();
    // A multiplier above 101 is a slip; the rate itself is capped there as well.
    let one = asked.millionths / i64::from(times.min(101) - 1);
    let saved = Yen((one + MILLION / 2).div_euclid(MILLION));
    let basis = value::basis(view);
    let worth = |o: usize| match basis {
        ValueBasis::ContributionMargin => history.orders.margin[o].map(|margin| margin.middle()),
        ValueBasis::NetSales => Some(history.orders.net_sales[o]),
    };
    let known: Vec<Yen> = asked.orders.iter().filter_map(|&o| worth(o)).collect();
    let worth_per_order = match known.len() {
        0 => Yen::ZERO,
        n => Yen::rounded_half_away(known.iter().copied().sum::<Yen>().as_f64() / n as f64),
    };
    let past = Past::of(view, events).compare(times);
    let part = |share: f64| f64::from(order_count) * share;
    let orders_at_risk = past.lost.map(|(low, high)| OrderBand {
        low: part(low).floor() as u32,
        high: part(high).ceil().min(f64::from(order_count)) as u32,
    });
    let worth_of = |orders: u32| Yen(worth_per_order.0 * i64::from(orders));
    Some(WhatIf {
        multiplier: u32::from(times),
        lowered_to: u32::from(times - 1),
        levels: rows.collect(),
        order_count,
        customer_count: buyers(asked),
        net_sales,
        saved,
        compared_with: past.lost.is_some().then_some(u32::from(past.with)),
        day_count: past.days,
        compared_day_count: past.with_days,
        too_few: past.lost.is_none().then_some(TooFew { have: past.days.min(past.with_days), need: DAYS_NEEDED }),
        worth_at_risk: orders_at_risk.map(|band| Band { low: worth_of(band.low), high: worth_of(band.high) }),
        orders_at_risk,
        worth_per_order,
        value: basis,
        break_even_orders: (worth_per_order > Yen::ZERO).then(|| saved.as_f64() / worth_per_order.as_f64()),
        people: people(times),
    })
}

/// Days of each mall with orders, by the multiplier of the day's first order.
///
/// Where only some items are raised, the first order is raised by chance, whether many follow or few; going by the
/// commonest or the highest multiplier of the day would make days with few or with many orders look raised. Days without
/// an order show no multiplier and are left out on both sides.
struct Past {
    /// Orders of each day, by stratum (mall, event day or not) and multiplier.
    days: FxHashMap<(u8, u16), Vec<u32>>,
}

/// What a comparison of two multipliers says.
struct Compared {
    with: u16,
    days: u32,
    with_days: u32,
    /// Share of orders lost per step down, at least and at most.
    lost: Option<(f64, f64)>,
}

const MALLS: [Mall; 3] = [Mall::Rakuten, Mall::Yahoo, Mall::Own];
const STRATA: u8 = 6;

impl Past {
    fn of(view: &View<'_>, events: &EventDays<'_>) -> Past {
        let orders = &view.history.orders;
        let (first, last) = (view.reaches_back_to, view.as_of);
        let width = (last - first + 1).max(0) as usize;
        // Per mall and day its first order, as moment and index, and how many there are.
        let mut by_day = vec![((Moment(i64::MAX), u32::MAX), 0_u32); MALLS.len() * width];
        let counted = view.included.iter().zip(&orders.split).zip(&orders.subscription);
        for (o, ((included, split), subscription)) in (0..).zip(counted) {
            if !included | split | subscription {
                continue;
            }
            let i = o as usize;
            let at = orders.ordered_at[i];
            let (earliest, count) = &mut by_day[orders.mall[i] as usize * width + (at.day() - first) as usize];
            if at < earliest.0 || at == earliest.0 && orders.order[i] < orders.order[earliest.1 as usize] {
                *earliest = (at, o);
            }
            *count += 1;
        }
        let mut days: FxHashMap<(u8, u16), Vec<u32>> = FxHashMap::default();
        for (mall, of_mall) in MALLS.into_iter().zip(by_day.chunks_exact(width.max(1))) {
            for (day, ((_, earliest), count)) in (first.0..).zip(of_mall).filter(|(_, (_, count))| *count > 0) {
                let times = orders.point_multiplier[*earliest as usize].max(1);
                let on_event = events.is_event(mall, Day(day).at(12, 0, 0), true) == Some(true);
                let stratum = mall as u8 * 2 + u8::from(on_event);
                days.entry((stratum, times)).or_default().push(*count);
            }
        }
        // Sums of broken numbers hang on their order.
        days.values_mut().for_each(|list| list.sort_unstable());
        Past { days }
    }

    fn compare(&self, times: u16) -> Compared {
        let one_less = self.between(times, times - 1, 1);
        if one_less.lost.is_some() || times == 2 { one_less } else { self.between(times, 1, times - 1) }
    }

    /// The rate ratio of orders per day, both multipliers on the same kind of days of the same mall, after
    /// Mantel–Haenszel (Greenland & Robins, "Estimation of a common effect parameter from sparse follow-up data",
    /// Biometrics 41, 1985), its variance widened by how much more than chance the days differ; `steps` lie between.
    fn between(&self, times: u16, with: u16, steps: u16) -> Compared {
        let none = Vec::new();
        let of = |stratum: u8, times: u16| self.days.get(&(stratum, times)).unwrap_or(&none);
        let mut found = Compared { with, days: 0, with_days: 0, lost: None };
        let (mut above, mut below, mut variance, mut differ, mut free) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for stratum in 0..STRATA {
            let (raised, base) = (of(stratum, times), of(stratum, with));
            found.days += raised.len() as u32;
            found.with_days += base.len() as u32;
            if raised.is_empty() || base.is_empty() {
                continue;
            }
            let (a, b) = (f64::from(raised.iter().sum::<u32>()), f64::from(base.iter().sum::<u32>()));
            let (days, base_days) = (raised.len() as f64, base.len() as f64);
            let all = days + base_days;
            above += a * base_days / all;
            below += b * days / all;
            variance += (a + b) * days * base_days / (all * all);
            for (list, mean) in [(raised, a / days), (base, b / base_days)] {
                differ += list.iter().map(|&x| (f64::from(x) - mean).powi(2) / mean).sum::<f64>();
                free += list.len() as f64 - 1.0;
            }
        }
        if found.days.min(found.with_days) >= DAYS_NEEDED && above > 0.0 && below > 0.0 {
            let ratio = (above / below).ln();
            let wider = if free > 0.0 { (differ / free).max(1.0) } else { 1.0 };
            let half = Z_90 * (wider * variance / (above * below)).sqrt();
            let lost = |log: f64| (1.0 - (-log / f64::from(steps)).exp()).clamp(0.0, 1.0);
            found.lost = Some((lost(ratio - half), lost(ratio + half)));
        }
        found
    }
}
