//! What every purchase holds, item by item: what all questions about items go through.

use super::{LineRow, View, ViewColumns};
use std::ops::Range;

/// The items of all purchases of a view, as columns of one length: by purchase, within one ascending, all lines of an item
/// together.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Held {
    starts: Vec<u32>,
    /// Index into `History::items`.
    pub item: Vec<u32>,
    pieces: Vec<Pieces>,
}

/// Pieces of one item in one purchase, up to two thousand millions, and whether all came by subscription.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pieces(u32);

impl Pieces {
    /// Not one.
    pub const NONE: Pieces = Pieces(0);

    fn new(quantity: u32, subscription: bool) -> Pieces {
        Pieces(quantity.min(u32::MAX >> 1) << 1 | u32::from(subscription))
    }

    /// How many.
    pub fn quantity(self) -> u32 {
        self.0 >> 1
    }

    /// All of them came by subscription.
    pub fn subscription(self) -> bool {
        self.0 & 1 == 1
    }
}

impl Held {
    pub(super) fn of(view: &View<'_>) -> Held {
        let history = view.history;
        let columns: &ViewColumns = view;
        let purchases = columns.purchases.day.len();
        let mut held = Held::default();
        held.starts.reserve_exact(purchases + 1);
        held.item.reserve_exact(history.lines.len());
        held.pieces.reserve_exact(history.lines.len());
        let mut lines: Vec<(LineRow, bool)> = Vec::new();
        for p in 0..purchases {
            held.starts.push(held.item.len() as u32);
            let (from, to) = (columns.purchases.order_from[p] as usize, columns.purchases.order_to[p] as usize);
            // Most purchases are one order of one line.
            if to - from == 1
                && let [line] = history.lines_of(from)
            {
                held.push(*line, history.orders.subscription[from]);
                continue;
            }
            lines.clear();
            for o in columns.orders_of(p) {
                let subscription = history.orders.subscription[o];
                lines.extend(history.lines_of(o).iter().map(|&line| (line, subscription)));
            }
            lines.sort_unstable_by_key(|(line, _)| line.item);
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

    fn push(&mut self, line: LineRow, subscription: bool) {
        self.item.push(line.item);
        self.pieces.push(Pieces::new(line.quantity, subscription));
    }

    /// Adds another line of the last item.
    fn join(&mut self, line: LineRow, subscription: bool) {
        if let Some(last) = self.pieces.last_mut() {
            *last = Pieces::new(last.quantity().saturating_add(line.quantity), last.subscription() && subscription);
        }
    }

    /// Places of what the purchase `p` holds.
    pub fn range_of(&self, p: usize) -> Range<usize> {
        self.starts[p] as usize..self.starts[p + 1] as usize
    }

    /// The items of the purchase `p`.
    pub fn items_of(&self, p: usize) -> &[u32] {
        &self.item[self.range_of(p)]
    }

    /// The items of the purchase `p` with their pieces.
    pub fn pieces_of(&self, p: usize) -> impl Iterator<Item = (u32, Pieces)> + '_ {
        let range = self.range_of(p);
        self.item[range.clone()].iter().copied().zip(self.pieces[range].iter().copied())
    }

    /// Everything, purchase by purchase.
    pub fn all(&self) -> impl Iterator<Item = (u32, Pieces)> + '_ {
        self.item.iter().copied().zip(self.pieces.iter().copied())
    }
}
