//! Where the scores changed at every month end, by what was known then.
//!
//! Between two of their purchases nothing about a customer changes but the thresholds: customers are walked through one by one,
//! in stretches of month ends, and nobody is looked at month by month.

use super::history::View;
use super::months::Months;
use super::ranks::{self, BUCKETS, bucket_of};
use super::rfm::Thresholds;
use super::standing;
use crate::shop::{Day, Yen};
use std::ops::Range;

/// Every month end since the first purchase of a view, oldest first, and `as_of`.
#[derive(Debug)]
pub(crate) struct MonthEnds {
    months: Months,
    /// The days.
    pub on: Vec<Day>,
    /// Where the scores change on each.
    pub thresholds: Vec<Thresholds>,
    /// Customers by then.
    pub customer_count: Vec<u32>,
}

/// Month ends on which a customer stands alike.
pub(crate) struct Stretch {
    /// As places of `on`.
    pub ends: Range<usize>,
    /// Last purchase day, subscription deliveries included.
    pub last_on: Day,
    /// Purchase days that were a fresh decision.
    pub order_count: u32,
    /// Value so far.
    pub value: i64,
}

/// What a month changed.
#[derive(Default)]
struct Change {
    customers: u32,
    returned: u32,
    /// How often each gap in days ended.
    gaps: Vec<u32>,
    /// How many customers more stand in each bucket of value.
    moved: Vec<i32>,
}

impl MonthEnds {
    /// `values` are those of `view.purchases`.
    pub fn of(view: &View<'_>, values: &[Yen]) -> MonthEnds {
        let months = Months::of(view);
        let count = (view.as_of.month().0 - months.first.0) as usize + 1;
        let on = (0..count).map(|number| months.first.plus(number as i32).last().min(view.as_of)).collect();
        let mut ends = MonthEnds { months, on, thresholds: Vec::new(), customer_count: Vec::new() };
        let changes = ends.changes(view, values);
        let (mut customers, mut returned, mut gaps, mut counts) = (0, 0, Vec::new(), vec![0_u32; BUCKETS]);
        let mut found: Vec<[(usize, usize); 4]> = Vec::with_capacity(count);
        for change in &changes {
            customers += change.customers;
            returned += change.returned;
            gaps.resize(change.gaps.len().max(gaps.len()), 0);
            gaps.iter_mut().zip(&change.gaps).for_each(|(sum, more)| *sum += more);
            counts.iter_mut().zip(&change.moved).for_each(|(sum, more)| *sum = sum.wrapping_add_signed(*more));
            found.push(ranks::buckets_at(&counts, ranks::places(customers as usize, &view.rules)));
            ends.customer_count.push(customers);
            ends.thresholds.push(standing::thresholds(&gaps, returned, [Yen::ZERO; 4], &view.rules));
        }
        let monetary = ends.values_at(view, values, &found);
        ends.thresholds.iter_mut().zip(monetary).for_each(|(thresholds, monetary)| thresholds.monetary = monetary);
        ends
    }

    /// The stretches of the customer at `place`, oldest first; none before the first purchase.
    pub fn stretches(&self, view: &View<'_>, values: &[Yen], place: usize) -> impl Iterator<Item = Stretch> {
        let (day, fresh) = (&view.purchases.day, &view.purchases.fresh);
        let Range { start: mut p, end } = view.purchases_of(place);
        let (mut order_count, mut value) = (0, 0);
        let mut begin = self.months.number(day[p]);
        std::iter::from_fn(move || {
            if p == end {
                return None;
            }
            let from = begin;
            while p < end && begin == from {
                order_count += u32::from(fresh[p]);
                value += values[p].0;
                p += 1;
                begin = if p < end { self.months.number(day[p]) } else { self.on.len() };
            }
            Some(Stretch { ends: from..begin, last_on: day[p - 1], order_count, value })
        })
    }

    /// The same stretches, newest first, of who has made so many fresh purchases of so much value by `as_of`.
    pub fn stretches_back(
        &self,
        view: &View<'_>,
        values: &[Yen],
        place: usize,
        (mut order_count, mut value): (u32, i64),
    ) -> impl Iterator<Item = Stretch> {
        let (day, fresh) = (&view.purchases.day, &view.purchases.fresh);
        let Range { start, end: mut p } = view.purchases_of(place);
        let mut end = self.on.len();
        std::iter::from_fn(move || {
            if p == start {
                return None;
            }
            let begin = self.months.number(day[p - 1]);
            let stretch = Stretch { ends: begin..end, last_on: day[p - 1], order_count, value };
            while p > start && self.months.number(day[p - 1]) == begin {
                p -= 1;
                order_count -= u32::from(fresh[p]);
                value -= values[p].0;
            }
            end = begin;
            Some(stretch)
        })
    }

    fn changes(&self, view: &View<'_>, values: &[Yen]) -> Vec<Change> {
        let (day, fresh) = (&view.purchases.day, &view.purchases.fresh);
        let mut changes: Vec<Change> = Vec::new();
        changes.resize_with(self.on.len(), || Change { moved: vec![0; BUCKETS], ..Change::default() });
        for place in 0..view.customers.len() {
            let mut before: Option<Day> = None;
            let mut has_returned = false;
            for p in view.purchases_of(place).filter(|&p| fresh[p]) {
                let change = &mut changes[self.months.number(day[p])];
                match before {
                    None => change.customers += 1,
                    Some(before) => {
                        standing::count_gap(&mut change.gaps, day[p] - before);
                        change.returned += u32::from(!has_returned);
                        has_returned = true;
                    }
                }
                before = Some(day[p]);
            }
            let mut left = None;
            for stretch in self.stretches(view, values, place) {
                let moved = &mut changes[stretch.ends.start].moved;
                let bucket = bucket_of(stretch.value);
                moved[bucket] += 1;
                if let Some(left) = left.replace(bucket) {
                    moved[left] -= 1;
                }
            }
        }
        changes
    }

    /// The values at these places within buckets, by month end.
    fn values_at(&self, view: &View<'_>, values: &[Yen], found: &[[(usize, usize); 4]]) -> Vec<[Yen; 4]> {
        // Per bucket at which month ends its values are wanted, and in which list.
        let mut wanted: Vec<Vec<(usize, usize)>> = vec![Vec::new(); BUCKETS];
        for (end, buckets) in found.iter().enumerate() {
            for (k, (bucket, _)) in buckets.iter().enumerate() {
                if wanted[*bucket].last().is_none_or(|(before, _)| *before != end) {
                    wanted[*bucket].push((end, end * 4 + k));
                }
            }
        }
        let mut lists: Vec<Vec<i64>> = vec![Vec::new(); found.len() * 4];
        for place in 0..view.customers.len() {
            for stretch in self.stretches(view, values, place) {
                let wanted = &wanted[bucket_of(stretch.value)];
                for (_, list) in wanted.iter().filter(|(end, _)| stretch.ends.contains(end)) {
                    lists[*list].push(stretch.value);
                }
            }
        }
        let at = |(end, buckets): (usize, &[(usize, usize); 4])| {
            buckets.map(|(bucket, place)| {
                let list = wanted[bucket].iter().find(|(of, _)| *of == end).map_or(0, |(_, list)| *list);
                Yen(*lists[list].select_nth_unstable(place).1)
            })
        };
        found.iter().enumerate().map(at).collect()
    }
}
