//! What the waterfall can be restricted to besides the filters of the bar: campaigns that took place, items that sold.

use super::error::Error;
use super::screens::{ProfitChoices, ProfitItem};
use super::session::{Session, view};
use crate::insight::Scope;
use crate::insight::calendar::EventRule;
use crate::insight::profit::ProfitEvent;
use crate::shop::Mall;
use rustc_hash::FxHashMap;

/// Items that are offered.
const ITEMS: usize = 200;

/// The campaigns of the period's malls that took place in it, in the calendar's order, and the items in most orders.
/// The scope's item does not restrict: it is one of the choices.
pub fn answer(session: &Session, scope: &Scope) -> Result<ProfitChoices, Error> {
    let scope = Scope { item: None, ..scope.clone() };
    let history = session.history()?;
    let Some(view) = view(&history, &scope)? else { return Ok(ProfitChoices::default()) };
    let (start, end) = (view.from.start(), (view.to + 1).start());
    let mut malls: Vec<Mall> = Vec::new();
    // Code, orders and the item that names it.
    let mut found: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
    let columns = &history.orders;
    for o in (0..view.included.len()).filter(|&o| view.included[o] && (start..end).contains(&columns.ordered_at[o])) {
        if !malls.contains(&columns.mall[o]) {
            malls.push(columns.mall[o]);
        }
        let lines = history.lines_of(o);
        for (place, line) in lines.iter().enumerate() {
            // An item twice in an order is in one order.
            if !lines[..place].iter().any(|before| before.item == line.item) {
                found.entry(&history.items[line.item as usize].code).or_insert((0, line.item)).0 += 1;
            }
        }
    }
    let calendar = session.calendar()?;
    // Without a time of day an order of that day is inside, or nobody knows: the event touches the day.
    let touches = |rule: &EventRule, day| calendar.is_in(&rule.key, rule.mall, day, false) != Some(false);
    let took_place = |rule: &&EventRule| {
        malls.contains(&rule.mall) && (view.from.0..=view.to.0).any(|day| touches(rule, crate::shop::Day(day).start()))
    };
    let mut events: Vec<ProfitEvent> = Vec::new();
    for rule in calendar.rules.iter().filter(took_place) {
        if !events.iter().any(|event| event.key == rule.key) {
            events.push(ProfitEvent { key: rule.key.clone(), mall: rule.mall, name: rule.name.clone() });
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
    Ok(ProfitChoices { events, items, item_count })
}
