//! What "value" means: contribution margin where enough costs are known, else net sales.

use super::history::View;
use super::reckoner::Reckoner;
use super::rfm::ValueBasis;
use crate::shop::Yen;
use std::borrow::Cow;

/// Share of goods with a known cost from which value is the contribution margin.
pub const ENOUGH_KNOWN: f64 = 0.8;

/// Goods of the orders `orders` whose cost is known ÷ their goods, 0–1; 0 without goods.
pub(crate) fn known_cost_share(view: &View<'_>, orders: impl Iterator<Item = usize>) -> f64 {
    let columns = &view.history.orders;
    let (mut known, mut all) = (0, 0);
    for o in orders {
        all += columns.goods.at(o).0;
        known += columns.margin.at(o).map_or(0, |margin| margin.known_goods.0);
    }
    if all > 0 { known as f64 / all as f64 } else { 0.0 }
}

/// [`known_cost_share`] of every order in scope: what decides what value is.
pub fn known_share(view: &View<'_>) -> f64 {
    known_cost_share(view, (0..view.included.len()).filter(|&o| view.included[o]))
}

/// Whether a cost of goods is known anywhere: lets a ledger without costs skip the question.
pub(crate) fn any_known(view: &View<'_>) -> bool {
    let history = view.history;
    let known = || history.orders.margin.iter().flatten().any(|margin| margin.known_goods != Yen::ZERO);
    *history.any_cost_known.or(known)
}

/// Share of the period's goods with a known cost, and the items that sold most without one: index into
/// `History::items` and goods, largest first, of equal ones by place.
pub fn missing_costs(view: &View<'_>) -> (f64, Vec<(u32, Yen)>) {
    let history = view.history;
    let (start, end) = (view.from.start(), (view.to + 1).start());
    let mut missing = vec![Yen::ZERO; history.items.len()];
    let (mut known, mut all) = (0, 0);
    let mut reckoner = Reckoner::new(history);
    for o in (0..view.included.len()).filter(|&o| view.included[o]) {
        if !(start..end).contains(&history.orders.ordered_at[o]) {
            continue;
        }
        let (goods, of_order) =
            (history.orders.goods.at(o), history.orders.margin.at(o).unwrap_or_default().known_goods);
        all += goods.0;
        known += of_order.0;
        let Some(reckoner) = reckoner.as_mut().filter(|_| goods != of_order) else { continue };
        for (line, parts) in history.lines_of(o).iter().zip(reckoner.lines(o)) {
            missing[line.item as usize] += line.goods - parts.known_goods;
        }
    }
    let mut missing: Vec<(u32, Yen)> = (0..).zip(missing).filter(|(_, goods)| *goods > Yen::ZERO).collect();
    missing.sort_by_key(|(item, goods)| (-goods.0, *item));
    (if all > 0 { known as f64 / all as f64 } else { 0.0 }, missing)
}

/// What "value" is in this view: the margin when at least 80 % of goods in scope have a known cost.
pub fn basis(view: &View<'_>) -> ValueBasis {
    let work_out = || match any_known(view) && known_share(view) >= ENOUGH_KNOWN {
        true => ValueBasis::ContributionMargin,
        false => ValueBasis::NetSales,
    };
    *view.worked_out().basis.or(work_out)
}

/// The value of each purchase, in the order of `view.purchases`.
///
/// By margin, an order of which all goods have a known cost counts with the middle of its range (fees may be ranges
/// until the owner has confirmed them); any other with the margin rate of those (Σ margin ÷ Σ net sales), rounded to the
/// yen: unknown is never 0.
pub(crate) fn per_purchase<'v>(view: &'v View<'_>, basis: ValueBasis) -> Cow<'v, [Yen]> {
    if basis == ValueBasis::NetSales {
        return Cow::Borrowed(&view.purchases.net_sales);
    }
    Cow::Borrowed(view.worked_out().values.or(|| by_margin(view)))
}

fn by_margin(view: &View<'_>) -> Vec<Yen> {
    let columns = &view.history.orders;
    let known = |o: usize| {
        columns.margin.at(o).filter(|margin| margin.known_goods == columns.goods.at(o)).map(|margin| margin.middle())
    };
    let (mut margin, mut sales) = (0, 0);
    for o in (0..view.included.len()).filter(|&o| view.included[o]) {
        if let Some(known) = known(o) {
            margin += known.0;
            sales += columns.net_sales[o].0;
        }
    }
    let rate = if sales == 0 { 0.0 } else { margin as f64 / sales as f64 };
    let worth = |o: usize| known(o).unwrap_or_else(|| Yen::rounded_half_away(columns.net_sales[o].as_f64() * rate));
    (0..view.purchases.day.len()).map(|p| view.orders_of(p).map(worth).sum()).collect()
}
