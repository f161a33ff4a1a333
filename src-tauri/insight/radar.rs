//! 再購入レーダー: who is due in the coming days, and for what.

use super::category::{self, Categories, NONE};
use super::gap;
use super::history::View;
use super::item_gap;
use super::items::ItemName;
use super::next_item;
use super::radar_windows::{Bought, Curves, LastOf, Window};
use super::stats::rounded;
use crate::shop::{CustomerId, Day};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// Days after `as_of` that the list looks ahead.
pub const AHEAD_DAYS: i32 = 7;
/// Items that are added up.
const ITEMS: usize = 30;

/// Everybody whose expected window and the coming week share a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Radar {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// Rows in all; `entries` may be one page of them.
    pub total: u32,
    /// Customers in them.
    pub customer_count: u32,
    /// Gap curves with enough returns: of items, of categories, and the shop's.
    pub curve_count: u32,
    /// The seven days after `as_of`.
    pub days: Vec<RadarDay>,
    /// What is due most, by rows whose window comes from the item itself; at most 30, ties by item.
    pub items: Vec<RadarItem>,
    /// By `due_on`, then item before category before shop, then end of the window, then customer and item.
    pub entries: Vec<RadarEntry>,
}

/// One of the coming days.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RadarDay {
    /// The day.
    pub on: Day,
    /// Rows whose `due_on` it is.
    pub new_count: u32,
    /// Rows whose window holds it.
    pub due_count: u32,
}

/// What is due of one item.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RadarItem {
    /// It.
    pub item: ItemName,
    /// Customers due for it.
    pub customer_count: u32,
    /// Pieces they bought last time.
    pub quantity: u32,
}

/// Whose gap curve a window comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum RadarBasis {
    /// The item's, bought again at least 10 times.
    Item,
    /// Its category's, bought from again at least 30 times.
    Category,
    /// The shop's at this customer's number of purchases.
    Shop,
}

/// One customer and what they are expected to buy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RadarEntry {
    /// First of the coming days inside the window.
    pub due_on: Day,
    /// Who; once per item, or once per category, or once.
    pub customer_id: CustomerId,
    /// Name as last written; filled in by `app`.
    pub display_name: String,
    /// Where the window comes from.
    pub basis: RadarBasis,
    /// What they bought; the dearest where it was several.
    pub item: Option<ItemName>,
    /// Its category, where `basis` is that.
    pub category: Option<String>,
    /// Pieces of it.
    pub quantity: u32,
    /// When.
    pub last_purchase_on: Day,
    /// Day by which a quarter of those who return had returned.
    pub window_from: Day,
    /// Half of them.
    pub expected_on: Day,
    /// Three quarters of them.
    pub window_to: Day,
    /// Share of all such purchases that were followed by another within the window's end, 0–1: how sure it is at all.
    pub back_by_then: f64,
    /// Returns behind the curve.
    pub return_count: u32,
}

/// Who is due in the seven days after `as_of`, of those places `keep` says yes to; only for the item `only` (its code,
/// or mall and code) where one is given.
///
/// The window is the 25–75 % of the gap curve from the last purchase, scaled to the pieces bought: the curve of the
/// item; where the item has none that of its category; where that has none either the shop's. Curves are everybody's.
/// Subscription deliveries come by themselves and are not listed.
pub fn radar(
    view: Option<&View<'_>>,
    categories: &Categories,
    only: Option<&str>,
    keep: impl Fn(usize) -> bool,
) -> Radar {
    let only = only.zip(view).map(|(name, view)| next_item::items_named(view, name));
    page(view, categories, only, keep, 0..usize::MAX)
}

/// The same for the items `only` says yes to, with these of its rows alone; everything else is of all rows.
pub fn page(
    view: Option<&View<'_>>,
    categories: &Categories,
    only: Option<Vec<bool>>,
    keep: impl Fn(usize) -> bool,
    rows: Range<usize>,
) -> Radar {
    let Some(view) = view else { return Radar::default() };
    gather(Found { view, only, week_only: true, due: Vec::new() }, categories, None, keep, rows)
}

/// Every window of the customer at `place`, over or not, by its first day, then item before category before shop.
pub fn expected(view: &View<'_>, categories: &Categories, place: usize) -> Vec<RadarEntry> {
    let mut bought = vec![false; view.history.items.len()];
    let orders = view.purchases_of(place).flat_map(|p| view.orders_of(p));
    orders.flat_map(|o| view.history.lines_of(o)).for_each(|line| bought[line.item as usize] = true);
    let found = Found { view, only: None, week_only: false, due: Vec::new() };
    let mut entries = gather(found, categories, Some(&bought), |other| other == place, 0..usize::MAX).entries;
    entries.sort_by_key(|entry| (entry.window_from, entry.basis, entry.window_to));
    entries
}

/// `bought` says which items those to keep have bought at all, where they are few: other curves need not be drawn.
fn gather(
    mut found: Found<'_, '_>,
    categories: &Categories,
    bought: Option<&[bool]>,
    keep: impl Fn(usize) -> bool,
    rows: Range<usize>,
) -> Radar {
    let view = found.view;
    let gaps = match bought.filter(|_| item_gap::known(view).is_none()) {
        None => item_gap::item_gaps(view),
        Some(bought) => Arc::new(item_gap::item_gaps_of(view, |item| bought[item as usize])),
    };
    let mut has_curve = vec![false; view.history.items.len()];
    gaps.items.iter().for_each(|gap| has_curve[gap.item as usize] = true);
    let is_asked = |item: u32| bought.is_none_or(|bought| bought[item as usize]);
    for (gap, supplies) in gaps.with_supplies().filter(|(gap, _)| is_asked(gap.item)) {
        let Some(window) = Window::of(&gap.curve) else { continue };
        for supply in supplies.filter(|s| s.next.is_none() && !s.subscription && keep(s.place as usize)) {
            let bought = Bought { item: gap.item, quantity: supply.quantity, on: supply.day };
            let scale = f64::from(supply.quantity) / f64::from(gap.usual_quantity);
            found.add(supply.place, RadarBasis::Item, NONE, &window, scale, bought);
        }
    }
    let labels = categories.labels(view.history);
    let of_category = category::curves(view, &labels, categories.names.len(), bought);
    let windows: Vec<Option<Window>> =
        of_category.curves.iter().map(|curve| curve.as_ref().and_then(Window::of)).collect();
    let curves = Curves::of(of_category, &windows, has_curve, labels, found.earliest(&windows));
    let shop = gap::curves(view);
    let of_shop: Vec<Option<Window>> =
        (0..=gap::STEPS + 1).map(|number| shop.of(number).and_then(Window::of)).collect();
    let mut last_of: Vec<LastOf> = Vec::new();
    for place in (0..view.customers.len()).filter(|&place| keep(place)) {
        curves.without_own(view, place, &mut last_of);
        for last in last_of.iter().filter(|last| !last.has_own) {
            let Some(window) = &windows[last.category as usize] else { continue };
            found.add(place as u32, RadarBasis::Category, last.category, window, 1.0, last.bought);
        }
        let mut fresh = view.purchases_of(place).filter(|&p| view.purchases.fresh[p]);
        // Later steps share the pooled curve.
        let Some(window) = &of_shop[fresh.clone().count().min(gap::STEPS + 1)] else { continue };
        let last = fresh.next_back().filter(|&p| found.is_due(view.purchases.day[p], window, 1.0));
        if let Some(bought) = last.and_then(|p| curves.uncovered(view, p)) {
            found.add(place as u32, RadarBasis::Shop, NONE, window, 1.0, bought);
        }
    }
    let of_categories = curves.of_category.curves.iter().flatten().count() as u32;
    let curve_count = gaps.items.len() as u32 + of_categories + u32::from(shop.of(0).is_some());
    found.finish(curve_count, categories, rows)
}

struct Found<'v, 'h> {
    view: &'v View<'h>,
    /// Per item whether it is asked for; nothing for all.
    only: Option<Vec<bool>>,
    /// Windows that do not touch the coming week are left out.
    week_only: bool,
    due: Vec<Due>,
}

/// A row before it has its names.
#[derive(Clone, Copy, Debug)]
struct Due {
    on: Day,
    basis: RadarBasis,
    window_to: Day,
    place: u32,
    item: u32,
    category: u32,
    quantity: u32,
    bought_on: Day,
    window_from: Day,
    expected_on: Day,
    back_by_then: f64,
    returns: u32,
}

impl Found<'_, '_> {
    /// First and last day of the window after a purchase.
    fn window_after(on: Day, window: &Window, scale: f64) -> (Day, Day) {
        let after = |days: u32| on + rounded(f64::from(days) * scale);
        (after(window.lower), after(window.upper))
    }

    /// Whether the window and the coming week share a day, where that is asked for.
    fn is_due(&self, on: Day, window: &Window, scale: f64) -> bool {
        let (from, to) = Self::window_after(on, window, scale);
        !self.week_only || (from <= self.view.as_of + AHEAD_DAYS && to > self.view.as_of)
    }

    /// What was bought before this day is due by none of these windows.
    fn earliest(&self, windows: &[Option<Window>]) -> Day {
        let longest = windows.iter().flatten().map(|window| window.upper).max().unwrap_or(0);
        if self.week_only { self.view.as_of + 1 - longest as i32 } else { Day(i32::MIN) }
    }

    /// Lists what is due.
    fn add(&mut self, place: u32, basis: RadarBasis, category: u32, window: &Window, scale: f64, bought: Bought) {
        let is_asked_for = |only: &Vec<bool>| bought.item != NONE && only[bought.item as usize];
        if !self.is_due(bought.on, window, scale) || !self.only.as_ref().is_none_or(is_asked_for) {
            return;
        }
        let (window_from, window_to) = Self::window_after(bought.on, window, scale);
        self.due.push(Due {
            on: window_from.max(self.view.as_of + 1),
            basis,
            window_to,
            place,
            item: bought.item,
            category,
            quantity: bought.quantity,
            bought_on: bought.on,
            window_from,
            expected_on: bought.on + rounded(f64::from(window.middle) * scale),
            back_by_then: window.back_by_then,
            returns: window.returns,
        });
    }

    fn finish(self, curve_count: u32, categories: &Categories, rows: Range<usize>) -> Radar {
        let Found { view, mut due, .. } = self;
        // Who is expected in the coming week first, then the nearest weeks, before and after alike. Places ascend with
        // customers; each has a category once.
        let weeks_off = |due: &Due| (due.expected_on - (view.as_of + 1)).div_euclid(AHEAD_DAYS).unsigned_abs();
        let key =
            |due: &Due| (weeks_off(due), due.expected_on, due.basis, due.window_to, due.place, due.item, due.category);
        let end = rows.end.min(due.len());
        if end < due.len() {
            due.select_nth_unstable_by_key(end, key);
        }
        due[..end].sort_unstable_by_key(key);
        let mut has_any = vec![false; view.customers.len()];
        let mut days: Vec<RadarDay> =
            (1..=AHEAD_DAYS).map(|ahead| RadarDay { on: view.as_of + ahead, new_count: 0, due_count: 0 }).collect();
        for due in &due {
            has_any[due.place as usize] = true;
            for day in &mut days {
                day.new_count += u32::from(due.on == day.on);
                day.due_count += u32::from(due.window_from <= day.on && day.on <= due.window_to);
            }
        }
        let entry = |due: &Due| RadarEntry {
            due_on: due.on,
            customer_id: view.id(due.place as usize),
            display_name: String::new(),
            basis: due.basis,
            item: (due.item != NONE).then(|| ItemName::of(view.history, due.item)),
            category: categories.names.get(due.category as usize).cloned(),
            quantity: due.quantity,
            last_purchase_on: due.bought_on,
            window_from: due.window_from,
            expected_on: due.expected_on,
            window_to: due.window_to,
            back_by_then: due.back_by_then,
            return_count: due.returns,
        };
        Radar {
            as_of: Some(view.as_of),
            total: due.len() as u32,
            customer_count: has_any.iter().filter(|any| **any).count() as u32,
            curve_count,
            days,
            items: most_due(view, &due),
            entries: due[rows.start.min(end)..end].iter().map(entry).collect(),
        }
    }
}

/// The items most rows speak of.
fn most_due(view: &View<'_>, due: &[Due]) -> Vec<RadarItem> {
    let mut sums = vec![(0_u32, 0_u32); view.history.items.len()];
    for due in due.iter().filter(|due| due.basis == RadarBasis::Item) {
        let sum = &mut sums[due.item as usize];
        *sum = (sum.0 + 1, sum.1 + due.quantity);
    }
    let mut due: Vec<u32> = (0..sums.len() as u32).filter(|&item| sums[item as usize].0 > 0).collect();
    due.sort_by_key(|&item| (std::cmp::Reverse(sums[item as usize].0), item));
    due.truncate(ITEMS);
    let row = |(item, (customer_count, quantity))| RadarItem {
        item: ItemName::of(view.history, item),
        customer_count,
        quantity,
    };
    due.into_iter().map(|item| row((item, sums[item as usize]))).collect()
}
