//! The items the waterfall can be restricted to: those that sold in the period.

use super::error::Error;
use super::screens::{ProfitItem, ProfitItems};
use super::session::{Session, view};
use crate::insight::Scope;
use rustc_hash::FxHashMap;

/// Items that are offered.
const ITEMS: usize = 200;

/// Items of the period's orders, those in most orders first; of equal ones by code. The scope's own item does not
/// restrict: it is one of the choices.
pub fn answer(session: &Session, scope: &Scope) -> Result<ProfitItems, Error> {
    let scope = Scope { item: None, ..scope.clone() };
    let history = session.history()?;
    let Some(view) = view(&history, &scope)? else { return Ok(ProfitItems::default()) };
    let (start, end) = (view.from.start(), (view.to + 1).start());
    // By code: orders, and the item that names it.
    let mut found: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
    let columns = &history.orders;
    for o in (0..view.included.len()).filter(|&o| view.included[o] && (start..end).contains(&columns.ordered_at[o])) {
        let lines = history.lines_of(o);
        for (place, line) in lines.iter().enumerate() {
            // An item twice in an order is in one order.
            if !lines[..place].iter().any(|before| before.item == line.item) {
                found.entry(&history.items[line.item as usize].code).or_insert((0, line.item)).0 += 1;
            }
        }
    }
    let mut items: Vec<ProfitItem> = found
        .into_iter()
        .map(|(code, (order_count, item))| ProfitItem {
            item_code: code.to_owned(),
            item_name: history.items[item as usize].name.clone(),
            order_count,
        })
        .collect();
    items.sort_by(|a, b| b.order_count.cmp(&a.order_count).then_with(|| a.item_code.cmp(&b.item_code)));
    let item_count = items.len() as u32;
    items.truncate(ITEMS);
    Ok(ProfitItems { items, item_count })
}
