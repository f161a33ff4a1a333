//! What "value" means: contribution margin where enough costs are known, else net sales.

use super::history::View;
use super::rfm::ValueBasis;
use crate::shop::Yen;
use std::borrow::Cow;

/// Share of goods with a known cost from which value is the contribution margin.
const ENOUGH_KNOWN: f64 = 0.8;

/// Goods of the orders `orders` whose margin is known ÷ their goods, 0–1; 0 without goods.
pub(crate) fn known_cost_share(view: &View<'_>, orders: impl Iterator<Item = usize>) -> f64 {
    let columns = &view.history.orders;
    let (mut known, mut all) = (0, 0);
    for o in orders {
        all += columns.goods[o].0;
        known += if columns.margin[o].is_some() { columns.goods[o].0 } else { 0 };
    }
    if all > 0 { known as f64 / all as f64 } else { 0.0 }
}

/// Whether any order of the history has a margin at all: lets a ledger without costs skip the question.
pub(crate) fn any_known(view: &View<'_>) -> bool {
    view.history.orders.margin.iter().any(Option::is_some)
}

/// What "value" is in this view: the margin when at least 80 % of goods in scope have a known cost.
pub fn basis(view: &View<'_>) -> ValueBasis {
    let in_scope = || (0..view.included.len()).filter(|&o| view.included[o]);
    if any_known(view) && known_cost_share(view, in_scope()) >= ENOUGH_KNOWN {
        ValueBasis::ContributionMargin
    } else {
        ValueBasis::NetSales
    }
}

/// The value of each purchase, in the order of `view.purchases`.
///
/// By margin, an order whose cost is unknown counts with the margin rate of the known ones
/// (Σ margin ÷ Σ net sales), rounded to the yen: unknown is never 0.
pub(crate) fn per_purchase<'v>(view: &'v View<'_>, basis: ValueBasis) -> Cow<'v, [Yen]> {
    if basis == ValueBasis::NetSales {
        return Cow::Borrowed(&view.purchases.net_sales);
    }
    let columns = &view.history.orders;
    let (mut margin, mut sales) = (0, 0);
    for o in (0..view.included.len()).filter(|&o| view.included[o]) {
        if let Some(known) = columns.margin[o] {
            margin += known.0;
            sales += columns.net_sales[o].0;
        }
    }
    let rate = if sales == 0 { 0.0 } else { margin as f64 / sales as f64 };
    let worth =
        |o: usize| columns.margin[o].unwrap_or_else(|| Yen::rounded_half_away(columns.net_sales[o].as_f64() * rate));
    Cow::Owned((0..view.purchases.day.len()).map(|p| view.orders_of(p).map(worth).sum()).collect())
}
