//! What the filter offers: items and categories, found by a part of their names.

use super::error::Error;
use super::screens::{FilterChoices, FilterItem};
use super::session::Session;

/// Items that are offered.
const ITEMS: usize = 100;

/// Items whose name, code or category holds `search` (all for nothing), those with most orders first, of equal ones by mall and code; and
/// the categories that hold it.
pub fn choices(session: &Session, search: &str) -> Result<FilterChoices, Error> {
    let history = session.history()?;
    let search = search.trim().to_lowercase();
    let is_found = |text: &str| search.is_empty() || text.to_lowercase().contains(&search);
    let mut order_counts = vec![0_u32; history.items.len()];
    for o in 0..history.orders.order.len() {
        let lines = history.lines_of(o);
        for (place, line) in lines.iter().enumerate() {
            // An item twice in an order is in one order.
            if !lines[..place].iter().any(|before| before.item == line.item) {
                order_counts[line.item as usize] += 1;
            }
        }
    }
    let found = |item: &usize| {
        let named = &history.items[*item];
        order_counts[*item] > 0 && (is_found(&named.name) || is_found(&named.code))
    };
    let mut items: Vec<usize> = (0..history.items.len()).filter(found).collect();
    items.sort_by(|&a, &b| {
        let name = |item: usize| (history.items[item].mall, &history.items[item].code);
        order_counts[b].cmp(&order_counts[a]).then_with(|| name(a).cmp(&name(b)))
    });
    let item_count = items.len() as u32;
    items.truncate(ITEMS);
    let choice = |item: usize| {
        let named = &history.items[item];
        FilterItem {
            key: format!("{}:{}", named.mall, named.code),
            mall: named.mall,
            item_code: named.code.clone(),
            item_name: named.name.clone(),
            order_count: order_counts[item],
        }
    };
    Ok(FilterChoices {
        items: items.into_iter().map(choice).collect(),
        item_count,
        categories: history.categories.names.iter().filter(|name| is_found(name)).take(ITEMS).cloned().collect(),
    })
}
