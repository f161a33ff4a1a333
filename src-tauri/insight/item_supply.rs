//! How long what somebody asks about lasts: until the same is bought again, and until anything is.

use super::gap::Counts;
use super::gap_table::{self, GapTable};
use super::history::View;
use crate::shop::Day;
use serde::Serialize;

/// Largest number of pieces with a row of its own.
const QUANTITIES: usize = 4;

/// Pieces of one purchase, and how long they last.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct QuantityRow {
    /// Pieces; 4 stands for four or more.
    pub quantity: u32,
    /// Purchases of so many pieces.
    pub purchase_count: u32,
    /// Of them followed by another of the same.
    pub return_count: u32,
    /// Median days of those who return; nothing under 10 returns.
    pub median_days: Option<u32>,
}

/// Days after purchases of what is asked about.
pub(crate) struct Gaps {
    pub again: GapTable,
    pub any: GapTable,
    pub usual_quantity: Option<u32>,
    pub by_quantity: Vec<QuantityRow>,
}

/// One day on which it was bought.
struct Supply {
    quantity: u32,
    subscription: bool,
    /// Days to the next day with it, and whether that came by subscription.
    again: (u32, Option<bool>),
    /// Days to the next fresh purchase, or those waited so far.
    any: (u32, bool),
}

/// As in [`super::item_gap`]: what comes by subscription neither starts nor ends a gap.
pub(crate) fn gaps(view: &View<'_>, wanted: &[bool]) -> Gaps {
    let supplies = supplies(view, wanted);
    let mut quantities: Vec<u32> = supplies.iter().map(|supply| supply.quantity).collect();
    let middle = quantities.len() / 2;
    let usual = if quantities.is_empty() { None } else { Some(*quantities.select_nth_unstable(middle).1) };
    let (mut again, mut any) = (Counts::default(), Counts::default());
    let mut by_quantity: [Counts; QUANTITIES] = Default::default();
    for supply in supplies.iter().filter(|supply| !supply.subscription) {
        any.add(supply.any.0, supply.any.1);
        let (days, next) = supply.again;
        if next == Some(true) {
            continue;
        }
        let scale = f64::from(usual.unwrap_or(1)) / f64::from(supply.quantity);
        again.add((f64::from(days) * scale).round() as u32, next.is_some());
        by_quantity[(supply.quantity as usize).min(QUANTITIES) - 1].add(days, next.is_some());
    }
    let rows = (1..).zip(&by_quantity).map(|(quantity, counts)| {
        let table = gap_table::table(counts);
        let (purchase_count, return_count) = (table.purchase_count, table.return_count);
        QuantityRow { quantity, purchase_count, return_count, median_days: table.median_days }
    });
    Gaps {
        by_quantity: rows.filter(|row| row.purchase_count > 0).collect(),
        again: gap_table::table(&again),
        any: gap_table::table(&any),
        usual_quantity: usual,
    }
}

fn supplies(view: &View<'_>, wanted: &[bool]) -> Vec<Supply> {
    let (history, held) = (view.history, view.held());
    let mut found: Vec<Supply> = Vec::new();
    for place in 0..view.customers.len() {
        let mut last: Option<(Day, usize)> = None;
        let purchases = view.purchases_of(place);
        for p in purchases.clone() {
            if !held.items_of(p).iter().any(|&item| wanted[item as usize]) {
                continue;
            }
            let day = view.purchases.day[p];
            let (mut quantity, mut subscription) = (0, true);
            for o in view.orders_of(p) {
                let lines = history.lines_of(o).iter().filter(|line| wanted[line.item as usize]);
                let pieces: u32 = lines.map(|line| line.quantity).sum();
                quantity += pieces;
                subscription &= pieces == 0 || history.orders.subscription[o];
            }
            if quantity == 0 {
                continue;
            }
            if let Some((before, at)) = last {
                found[at].again = ((day - before).max(0) as u32, Some(subscription));
            }
            last = Some((day, found.len()));
            let so_far = (view.as_of - day).max(0) as u32;
            let next = (p + 1..purchases.end).find(|&later| view.purchases.fresh[later]);
            let days = next.map_or(so_far, |later| (view.purchases.day[later] - day) as u32);
            found.push(Supply { quantity, subscription, again: (so_far, None), any: (days, next.is_some()) });
        }
    }
    found
}
