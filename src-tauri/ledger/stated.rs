//! What follows from an order alone, worked out before the ledger is asked, and so on any thread.

use super::content::{buyer_hash, content_hash, order_key, product_hash};
use crate::shop::Order;
use rustc_hash::FxHashMap;

/// A complete order and what it is known by.
pub struct Stated {
    pub(super) order: Order,
    pub(super) key: i64,
    pub(super) content: i64,
    /// Of the buyer as the order writes them.
    pub(super) buyer: i64,
    /// The how many-th buyer of the file it is, counted from 0, where that is counted.
    pub(super) buyer_place: Option<u32>,
    /// Of each line.
    pub(super) products: Vec<i64>,
}

/// Works out what the orders of a recording's files are known by.
pub struct Stating {
    /// Buyers met, numbered as they come; nothing where most are known to the ledger. Who they are as people is worked out by
    /// whoever records them: the reader has more to do.
    pub(super) met: Option<FxHashMap<i64, u32>>,
}

impl Stating {
    /// Forgets the buyers from the how many-th on, counted from 0.
    pub(super) fn forget_from(&mut self, place: u32) {
        self.met.iter_mut().for_each(|met| met.retain(|_, of| *of < place));
    }

    /// Takes a complete order, as the ledger shall keep it.
    pub fn of(&mut self, order: Order) -> Stated {
        let (key, content, buyer) = (order_key(&order), content_hash(&order), buyer_hash(&order));
        let buyer_place = self.met.as_mut().map(|met| {
            let next = met.len() as u32;
            *met.entry(buyer).or_insert(next)
        });
        let mall = order.mall.word();
        let products = order.lines.iter().map(|line| product_hash(mall, line)).collect();
        Stated { order, key, content, buyer, buyer_place, products }
    }
}
