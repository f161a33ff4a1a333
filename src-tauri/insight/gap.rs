//! Days between purchases, with those who have not come back yet counted as such.
//!
//! Kaplan–Meier curves (Kaplan and Meier 1958) of the days from one fresh purchase to the next, per order step
//! and pooled. Subscription deliveries are no fresh decision and end no gap. Items have theirs in `item_gap`.

use super::history::View;
use crate::shop::Day;
use std::sync::Arc;

/// Returns below which a curve is not shown and a step borrows the pooled curve.
pub const RETURNS_NEEDED: u32 = 30;

/// Steps with a curve of their own; later steps use the pooled curve.
pub(super) const STEPS: usize = 24;

/// Share of those waiting who have come back by each day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GapCurve {
    /// Days on which somebody came back, ascending, with the share back by then (0–1, rising).
    pub points: Vec<(u32, f64)>,
    /// Gaps that ended in a purchase.
    pub returns: u32,
    /// Gaps in all, those still open at `as_of` included.
    pub starts: u32,
}

impl GapCurve {
    /// Share back by the end of `days`, 0–1.
    pub fn share_by(&self, days: u32) -> f64 {
        let after = self.points.partition_point(|&(day, _)| day <= days);
        if after == 0 { 0.0 } else { self.points[after - 1].1 }
    }

    /// The day by which this share of *those who return at all* had returned; nothing when nobody has.
    ///
    /// "At all" is what the curve has seen so far: its last point counts as everybody.
    pub fn quantile(&self, share: f64) -> Option<u32> {
        let &(last, all) = self.points.last()?;
        let wanted = share * all - 1e-12;
        let first = self.points.partition_point(|&(_, back)| back < wanted);
        Some(self.points.get(first).map_or(last, |&(day, _)| day))
    }

    /// Median days of those who return.
    pub fn median(&self) -> Option<u32> {
        self.quantile(0.5)
    }

    /// The day by which 80 % of those who return had returned: later than this counts as lapsed.
    pub fn lapse(&self) -> Option<u32> {
        self.quantile(0.8)
    }
}

/// Gap lengths counted by day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(super) returned: Vec<u32>,
    pub(super) waiting: Vec<u32>,
}

impl Counts {
    pub fn add(&mut self, days: u32, returned: bool) {
        let column = if returned { &mut self.returned } else { &mut self.waiting };
        let place = days as usize;
        if column.len() <= place {
            column.resize(place + 1, 0);
        }
        column[place] += 1;
    }

    fn append(&mut self, other: &Counts) {
        for (to, from) in [(&mut self.returned, &other.returned), (&mut self.waiting, &other.waiting)] {
            if to.len() < from.len() {
                to.resize(from.len(), 0);
            }
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        }
    }

    pub fn clear(&mut self) {
        self.returned.clear();
        self.waiting.clear();
    }

    /// Whoever is still waiting on the day of another's return counts as waiting through that day.
    pub fn curve(&self) -> GapCurve {
        let returns: u32 = self.returned.iter().sum();
        let starts = returns + self.waiting.iter().sum::<u32>();
        let mut points = Vec::new();
        let mut at_risk = starts;
        let mut staying = 1.0;
        let waiting = self.waiting.iter().chain(std::iter::repeat(&0));
        for ((day, &back), waiting) in (0..).zip(&self.returned).zip(waiting) {
            if back > 0 {
                staying *= 1.0 - f64::from(back) / f64::from(at_risk);
                points.push((day, 1.0 - staying));
            }
            at_risk -= back + waiting;
        }
        GapCurve { points, returns, starts }
    }
}

/// The shop's gap curves by order step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GapCurves {
    /// Curve of step n → n + 1 at place n − 1, its own people only.
    pub steps: Vec<GapCurve>,
    /// All steps together.
    pub pooled: GapCurve,
}

impl GapCurves {
    /// The curve to use for somebody with `purchases` fresh purchases: their step's, or the pooled one where
    /// fewer than 30 have made that step. Nothing while fewer than 30 have come back in all.
    pub fn of(&self, purchases: usize) -> Option<&GapCurve> {
        let own = purchases.checked_sub(1).and_then(|place| self.steps.get(place));
        own.filter(|curve| curve.returns >= RETURNS_NEEDED)
            .or(Some(&self.pooled))
            .filter(|curve| curve.returns >= RETURNS_NEEDED)
    }
}

/// The gap curves of the view, measured at the end of `as_of`.
pub fn curves(view: &View<'_>) -> Arc<GapCurves> {
    let work_out = || {
        let (steps, mut pooled) = counts(view);
        steps.iter().for_each(|counts| pooled.append(counts));
        Arc::new(GapCurves { steps: steps.iter().map(Counts::curve).collect(), pooled: pooled.curve() })
    };
    view.worked_out().curves.or(work_out).clone()
}

/// The gaps of step n → n + 1 at place n − 1, and those of all later steps together.
pub(super) fn counts(view: &View<'_>) -> (Vec<Counts>, Counts) {
    let mut steps: Vec<Counts> = Vec::new();
    let mut later = Counts::default();
    for place in 0..view.customers.len() {
        let mut before: Option<Day> = None;
        let mut step = 0;
        let mut end = |step: usize, days: i32, returned: bool| {
            if step > STEPS {
                later.add(days.max(0) as u32, returned);
                return;
            }
            if steps.len() < step {
                steps.resize_with(step, Counts::default);
            }
            steps[step - 1].add(days.max(0) as u32, returned);
        };
        for p in view.purchases_of(place).filter(|&p| view.purchases.fresh[p]) {
            let day = view.purchases.day[p];
            if let Some(before) = before {
                end(step, day - before, true);
            }
            before = Some(day);
            step += 1;
        }
        if let Some(before) = before {
            end(step, view.as_of - before, false);
        }
    }
    (steps, later)
}

/// Days after the last fresh purchase between which the next one is expected, of who has made none so far, one, two, …;
/// whoever has made more shares the last entry. The 25 % and 75 % quantile of those who return, of that order step;
/// nothing while fewer than 30 purchases were a coming back.
pub(crate) fn windows(curves: &GapCurves) -> Vec<Option<(i32, i32)>> {
    let quartiles = |purchases: usize| {
        let curve = curves.of(purchases)?;
        Some((curve.quantile(0.25)? as i32, curve.quantile(0.75)? as i32))
    };
    // Later steps share the pooled curve.
    (0..=STEPS + 1).map(quartiles).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::insight::history::{History, HistoryBuilder, Item, LineRow, OrderRow, Scope};
    use crate::shop::{CustomerId, Mall, Yen};

    /// Orders as (customer, day number, pieces of item 0); as_of is the last day.
    pub(in crate::insight) fn shop(orders: &[(i64, i32, u32)]) -> History {
        let mut builder = HistoryBuilder::default();
        for (number, &(customer, day, quantity)) in orders.iter().enumerate() {
            let row = OrderRow {
                order: number as i64,
                customer: CustomerId(customer),
                ordered_at: Day(20_000 + day).at(12, 0, 0),
                time_known: true,
                mall: Mall::Rakuten,
                goods: Yen(1000),
                net_sales: Yen(1000),
                margin: None,
                shop_coupon: Yen::ZERO,
                paid_by_mall: Yen::ZERO,
                mall_coupon: Yen::ZERO,
                point_multiplier: 1,
                split: false,
                subscription: false,
                gift: false,
            };
            builder.push(row, &[LineRow { item: 0, quantity, goods: Yen(1000) }]);
        }
        builder.finish(vec![Item { mall: Mall::Rakuten, code: "beans".into(), name: "Beans".into() }])
    }

    pub(in crate::insight) fn view(history: &History) -> View<'_> {
        View::new(history, &Scope::default()).expect("orders")
    }

    #[test]
    fn those_who_still_wait_are_not_thrown_away() {
        // Five first purchases. Gaps: 10 (back), 20 (back), 15 (waiting), 30 (back), 40 (waiting; as_of = day 40).
        // Day 10: 5 at risk, 1 back: S = 4/5. Day 15: one leaves waiting. Day 20: 3 at risk: S = 4/5·2/3 = 8/15.
        // Day 30: 2 at risk: S = 8/15·1/2 = 4/15. Share back: 1/5, 7/15, 11/15.
        let history = shop(&[
            (1, 0, 1),
            (1, 10, 1),
            (2, 0, 1),
            (2, 20, 1),
            (3, 25, 1),
            (4, 5, 1),
            (4, 35, 1),
            (5, 0, 1),
            (6, 40, 1),
        ]);
        let step = curves(&view(&history)).steps[0].clone();
        // Customer 6 bought on as_of itself: waiting for 0 days, at risk on no day.
        assert_eq!((step.returns, step.starts), (3, 6));
        let expected = [(10, 1.0 / 5.0), (20, 7.0 / 15.0), (30, 11.0 / 15.0)];
        for (point, expected) in step.points.iter().zip(expected) {
            assert_eq!(point.0, expected.0);
            assert!((point.1 - expected.1).abs() < 1e-12, "{point:?}");
        }
        // Of those who return (11/15 = 1): 3/11 by day 10, 7/11 by day 20.
        assert_eq!(step.quantile(0.25), Some(10));
        assert_eq!(step.median(), Some(20));
        assert_eq!(step.lapse(), Some(30));
        assert!((step.share_by(25) - 7.0 / 15.0).abs() < 1e-12);
        assert_eq!(step.share_by(9), 0.0);
    }

    #[test]
    fn too_few_returns_give_no_window() {
        let history = shop(&[(1, 0, 1), (1, 10, 1), (2, 0, 1)]);
        assert!(windows(&curves(&view(&history))).iter().all(Option::is_none));
    }

    #[test]
    fn a_step_with_few_returns_borrows_the_pooled_curve() {
        // 30 people come back after 10 days, once; as_of is day 40.
        let mut orders: Vec<(i64, i32, u32)> = (1..=30).flat_map(|c| [(c, 0, 1), (c, 10, 1)]).collect();
        orders.push((31, 40, 1));
        let history = shop(&orders);
        let view = view(&history);
        let windows = windows(&curves(&view));
        assert_eq!(windows[2], Some((10, 10)), "step 2 has no returns and borrows");
        assert_eq!(windows[1], Some((10, 10)), "step 1 has 30 returns");
        assert_eq!(curves(&view).of(2).map(|curve| curve.returns), Some(30));
    }
}
