//! What every purchase holds, item by item: what all questions about items go through.

use super::{LineRow, View, ViewColumns};
use crate::shop::Yen;
use std::ops::Range;

/// The items of all purchases of a view, as columns of one length: by purchase, within one ascending, all lines of an item
/// together.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Held {
    starts: Vec<u32>,
    /// Index into `History::items`.
    pub item: Vec<u32>,
    /// Pieces.
    pub quantity: Vec<u32>,
    /// Price before the shop coupon × quantity.
    pub goods: Vec<Yen>,
    /// All of it came by subscription.
    pub subscription: Vec<bool>,
}

impl Held {
    pub(super) fn of(view: &View<'_>) -> Held {
        let history = view.history;
        let columns: &ViewColumns = view;
        let purchases = columns.purchases.day.len();
        let mut held = Held::default();
        held.make_room(purchases, history.lines.len());
        let mut lines: Vec<(LineRow, bool)> = Vec::new();
        for p in 0..purchases {
            held.starts.push(held.item.len() as u32);
            lines.clear();
            for o in columns.orders_of(p) {
                let subscription = history.orders.subscription[o];
                lines.extend(history.lines_of(o).iter().map(|&line| (line, subscription)));
            }
            if lines.len() > 1 {
                lines.sort_unstable_by_key(|(line, _)| line.item);
            }
            let begin = held.item.len();
            for &(line, subscription) in &lines {
                match held.item[begin..].last() {
                    Some(&before) if before == line.item => held.join(line, subscription),
                    _ => held.push(line, subscription),
                }
            }
        }
        held.starts.push(held.item.len() as u32);
        held
    }

    fn make_room(&mut self, purchases: usize, lines: usize) {
        self.starts.reserve_exact(purchases + 1);
        self.item.reserve_exact(lines);
        self.quantity.reserve_exact(lines);
        self.goods.reserve_exact(lines);
        self.subscription.reserve_exact(lines);
    }

    fn push(&mut self, line: LineRow, subscription: bool) {
        self.item.push(line.item);
        self.quantity.push(line.quantity);
        self.goods.push(line.goods);
        self.subscription.push(subscription);
    }

    /// Adds another line of the last item.
    fn join(&mut self, line: LineRow, subscription: bool) {
        let last = self.item.len() - 1;
        self.quantity[last] = self.quantity[last].saturating_add(line.quantity);
        self.goods[last] += line.goods;
        self.subscription[last] &= subscription;
    }

    /// Places of what the purchase `p` holds.
    pub fn range_of(&self, p: usize) -> Range<usize> {
        self.starts[p] as usize..self.starts[p + 1] as usize
    }

    /// The items of the purchase `p`.
    pub fn items_of(&self, p: usize) -> &[u32] {
        &self.item[self.range_of(p)]
    }
}
