//! Windows of expected purchases, and what they are counted from where an item has none of its own.

use super::category::{CategoryCurves, NONE};
use super::gap::GapCurve;
use super::history::View;
use crate::shop::Day;
use std::sync::Arc;

/// What a curve says of the next purchase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub lower: u32,
    pub middle: u32,
    pub upper: u32,
    pub back_by_then: f64,
    pub returns: u32,
}

impl Window {
    pub fn of(curve: &GapCurve) -> Option<Window> {
        let (lower, middle, upper) = (curve.quantile(0.25)?, curve.median()?, curve.quantile(0.75)?);
        Some(Window { lower, middle, upper, back_by_then: curve.share_by(upper), returns: curve.returns })
    }
}

/// What was bought last.
#[derive(Clone, Copy)]
pub(crate) struct Bought {
    pub item: u32,
    pub quantity: u32,
    pub on: Day,
}

/// The last day on which a customer bought out of a category.
pub(crate) struct LastOf {
    pub category: u32,
    pub bought: Bought,
    goods: i64,
    /// Something bought that day has a curve of its own.
    pub has_own: bool,
}

/// The curves there are, and what stands in where an item has none.
pub(crate) struct Curves {
    pub of_category: Arc<CategoryCurves>,
    has_curve: Vec<bool>,
    /// Category of each item.
    labels: Vec<u32>,
    /// Per category whether its window stands in for that of an item.
    stands_in: Vec<bool>,
    /// What was bought out of categories before this day is not due.
    earliest: Day,
}

impl Curves {
    pub fn of(
        of_category: Arc<CategoryCurves>,
        windows: &[Option<Window>],
        has_curve: Vec<bool>,
        labels: Vec<u32>,
        earliest: Day,
    ) -> Curves {
        let mut stands_in = vec![false; of_category.curves.len()];
        for (&label, _) in labels.iter().zip(&has_curve).filter(|(label, own)| **label != NONE && !**own) {
            stands_in[label as usize] = windows[label as usize].is_some();
        }
        Curves { of_category, has_curve, labels, stands_in, earliest }
    }

    /// Per category that stands in for items the customer's last purchase out of it, by category.
    pub fn without_own(&self, view: &View<'_>, place: usize, last_of: &mut Vec<LastOf>) {
        last_of.clear();
        if !self.stands_in.contains(&true) {
            return;
        }
        for p in view.purchases_of(place).filter(|&p| view.purchases.day[p] >= self.earliest) {
            let on = view.purchases.day[p];
            for o in view.orders_of(p).filter(|&o| !view.history.orders.subscription[o]) {
                for line in view.history.lines_of(o) {
                    let category = self.labels[line.item as usize];
                    if category == NONE || !self.stands_in[category as usize] {
                        continue;
                    }
                    let bought = Bought { item: line.item, quantity: line.quantity, on };
                    let has_own = self.has_curve[line.item as usize];
                    match last_of.iter_mut().find(|last| last.category == category) {
                        None => last_of.push(LastOf { category, bought, goods: line.goods.0, has_own }),
                        Some(last) if last.bought.on < on => {
                            *last = LastOf { category, bought, goods: line.goods.0, has_own }
                        }
                        Some(last) => {
                            last.has_own |= has_own;
                            if line.goods.0 > last.goods {
                                (last.bought, last.goods) = (bought, line.goods.0);
                            }
                        }
                    }
                }
            }
        }
        last_of.sort_by_key(|last| last.category);
    }

    /// The dearest item of a purchase of which nothing has a curve of its own or of its category.
    pub fn uncovered(&self, view: &View<'_>, p: usize) -> Option<Bought> {
        let lines = || view.orders_of(p).flat_map(|o| view.history.lines_of(o));
        let covered = |item: u32| {
            let category = self.labels[item as usize];
            self.has_curve[item as usize] || (category != NONE && self.of_category.curves[category as usize].is_some())
        };
        if lines().any(|line| covered(line.item)) {
            return None;
        }
        let dearest = lines().max_by_key(|line| (line.goods, std::cmp::Reverse(line.item)));
        let on = view.purchases.day[p];
        Some(dearest.map_or(Bought { item: NONE, quantity: 0, on }, |line| {
            let (item, quantity) = (line.item, line.quantity);
            Bought { item, quantity, on }
        }))
    }
}
