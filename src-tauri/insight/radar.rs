//! 再購入レーダー: who is due in the coming days, and for what.

use super::category::{Categories, NONE};
use super::gap::{self, Counts, GapCurve, RETURNS_NEEDED};
use super::history::View;
use super::item_gap;
use super::items::ItemName;
use super::next_item;
use crate::shop::{CustomerId, Day};
use serde::Serialize;

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
    let Some(view) = view else { return Radar::default() };
    let only = only.map(|name| next_item::items_named(view, name));
    gather(Found { view, only, week_only: true, entries: Vec::new() }, categories, keep)
}

/// Every window of the customer at `place`, over or not, by its first day, then item before category before shop.
pub fn expected(view: &View<'_>, categories: &Categories, place: usize) -> Vec<RadarEntry> {
    let found = Found { view, only: None, week_only: false, entries: Vec::new() };
    let mut entries = gather(found, categories, |other| other == place).entries;
    entries.sort_by_key(|entry| (entry.window_from, entry.basis, entry.window_to));
    entries
}

fn gather(mut found: Found<'_, '_>, categories: &Categories, keep: impl Fn(usize) -> bool) -> Radar {
    let view = found.view;
    let gaps = item_gap::item_gaps(view);
    let mut has_curve = vec![false; view.history.items.len()];
    gaps.items.iter().for_each(|gap| has_curve[gap.item as usize] = true);
    for (gap, supplies) in gaps.with_supplies() {
        for supply in supplies.filter(|s| s.next.is_none() && !s.subscription && keep(s.place as usize)) {
            let bought = Bought { item: gap.item, quantity: supply.quantity, on: supply.day };
            let scale = f64::from(supply.quantity) / f64::from(gap.usual_quantity);
            found.add(supply.place as usize, RadarBasis::Item, &gap.curve, scale, bought);
        }
    }
    let labels = categories.labels(view.history);
    let curves = Curves { of_category: category_curves(view, &labels, categories.names.len()), has_curve, labels };
    let shop = gap::curves(view);
    let mut last_of: Vec<LastOf> = Vec::new();
    for place in (0..view.customers.len()).filter(|&place| keep(place)) {
        curves.without_own(view, place, &mut last_of);
        for last in last_of.iter().filter(|last| !last.has_own) {
            let Some(curve) = &curves.of_category[last.category as usize] else { continue };
            if let Some(entry) = found.add(place, RadarBasis::Category, curve, 1.0, last.bought) {
                entry.category = Some(categories.names[last.category as usize].clone());
            }
        }
        let mut fresh = view.purchases_of(place).filter(|&p| view.purchases.fresh[p]);
        let number = fresh.clone().count();
        if let (Some(bought), Some(curve)) =
            (fresh.next_back().and_then(|p| curves.uncovered(view, p)), shop.of(number))
        {
            found.add(place, RadarBasis::Shop, curve, 1.0, bought);
        }
    }
    let of_categories = curves.of_category.iter().flatten().count() as u32;
    let of_shop = u32::from(shop.of(0).is_some());
    found.finish(gaps.items.len() as u32 + of_categories + of_shop)
}

/// What was bought last.
#[derive(Clone, Copy)]
struct Bought {
    item: u32,
    quantity: u32,
    on: Day,
}

/// The last day on which a customer bought out of a category.
struct LastOf {
    category: u32,
    bought: Bought,
    goods: i64,
    /// Something bought that day has a curve of its own.
    has_own: bool,
}

struct Curves {
    of_category: Vec<Option<GapCurve>>,
    has_curve: Vec<bool>,
    /// Category of each item.
    labels: Vec<u32>,
}

impl Curves {
    /// Per category the customer's last purchase out of it, by category.
    fn without_own(&self, view: &View<'_>, place: usize, last_of: &mut Vec<LastOf>) {
        last_of.clear();
        if self.of_category.iter().all(Option::is_none) {
            return;
        }
        for p in view.purchases_of(place) {
            let on = view.purchases.day[p];
            for o in view.orders_of(p).filter(|&o| !view.history.orders.subscription[o]) {
                for line in view.history.lines_of(o) {
                    let category = self.labels[line.item as usize];
                    if category == NONE {
                        continue;
                    }
                    let bought = Bought { item: line.item, quantity: line.quantity, on };
                    let has_own = self.has_curve[line.item as usize];
                    match last_of.iter_mut().find(|last| last.category == category) {
                        None => last_of.push(LastOf { category, bought, goods: line.goods.0, has_own }),
                        Some(last) if last.bought.on < on => {
                            *last = LastOf { category, bought, goods: line.goods.0, has_own }
                        }
                        Some(last) => {
                            last.has_own |= has_own;
                            if line.goods.0 > last.goods {
                                (last.bought, last.goods) = (bought, line.goods.0);
                            }
                        }
                    }
                }
            }
        }
        last_of.sort_by_key(|last| last.category);
    }

    /// The dearest item of a purchase of which nothing has a curve of its own or of its category.
    fn uncovered(&self, view: &View<'_>, p: usize) -> Option<Bought> {
        let lines = || view.orders_of(p).flat_map(|o| view.history.lines_of(o));
        let covered = |item: u32| {
            let category = self.labels[item as usize];
            self.has_curve[item as usize] || (category != NONE && self.of_category[category as usize].is_some())
        };
        if lines().any(|line| covered(line.item)) {
            return None;
        }
        let dearest = lines().max_by_key(|line| (line.goods, std::cmp::Reverse(line.item)));
        let on = view.purchases.day[p];
        Some(dearest.map_or(Bought { item: NONE, quantity: 0, on }, |line| {
            let (item, quantity) = (line.item, line.quantity);
            Bought { item, quantity, on }
        }))
    }
}

/// Days from one purchase out of each category to the same customer's next; nothing under 30 returns.
fn category_curves(view: &View<'_>, labels: &[u32], count: usize) -> Vec<Option<GapCurve>> {
    let mut counts = vec![Counts::default(); count];
    let mut last: Vec<(u32, Day)> = Vec::new();
    if count == 0 {
        return Vec::new();
    }
    for place in 0..view.customers.len() {
        last.clear();
        for p in view.purchases_of(place) {
            let day = view.purchases.day[p];
            for o in view.orders_of(p).filter(|&o| !view.history.orders.subscription[o]) {
                for category in view.history.lines_of(o).iter().map(|line| labels[line.item as usize]) {
                    match last.iter_mut().find(|known| known.0 == category) {
                        _ if category == NONE => {}
                        None => last.push((category, day)),
                        Some(known) if known.1 < day => {
                            counts[category as usize].add((day - known.1) as u32, true);
                            known.1 = day;
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        for &(category, day) in &last {
            counts[category as usize].add((view.as_of - day).max(0) as u32, false);
        }
    }
    counts.iter().map(|counts| Some(counts.curve()).filter(|curve| curve.returns >= RETURNS_NEEDED)).collect()
}

struct Found<'v, 'h> {
    view: &'v View<'h>,
    /// Per item whether it is asked for; nothing for all.
    only: Option<Vec<bool>>,
    /// Windows that do not touch the coming week are left out.
    week_only: bool,
    entries: Vec<(u32, RadarEntry)>,
}

impl Found<'_, '_> {
    /// Lists them when the window and the coming week share a day.
    fn add(
        &mut self,
        place: usize,
        basis: RadarBasis,
        curve: &GapCurve,
        scale: f64,
        bought: Bought,
    ) -> Option<&mut RadarEntry> {
        let (lower, middle, upper) = (curve.quantile(0.25)?, curve.median()?, curve.quantile(0.75)?);
        let after = |days: u32| bought.on + (f64::from(days) * scale).round() as i32;
        let (window_from, window_to) = (after(lower), after(upper));
        let tomorrow = self.view.as_of + 1;
        let is_asked_for = |only: &Vec<bool>| bought.item != NONE && only[bought.item as usize];
        if !self.only.as_ref().is_none_or(is_asked_for) {
            return None;
        }
        if self.week_only && (window_from > self.view.as_of + AHEAD_DAYS || window_to < tomorrow) {
            return None;
        }
        let entry = RadarEntry {
            due_on: window_from.max(tomorrow),
            customer_id: self.view.id(place),
            display_name: String::new(),
            basis,
            item: (bought.item != NONE).then(|| ItemName::of(self.view.history, bought.item)),
            category: None,
            quantity: bought.quantity,
            last_purchase_on: bought.on,
            window_from,
            expected_on: after(middle),
            window_to,
            back_by_then: curve.share_by(upper),
            return_count: curve.returns,
        };
        self.entries.push((bought.item, entry));
        self.entries.last_mut().map(|(_, entry)| entry)
    }

    fn finish(self, curve_count: u32) -> Radar {
        let mut entries = self.entries;
        entries.sort_by(|(item, a), (other, b)| {
            let key = |entry: &RadarEntry| (entry.due_on, entry.basis, entry.window_to, entry.customer_id);
            key(a).cmp(&key(b)).then_with(|| item.cmp(other))
        });
        let items = most_due(self.view, &entries);
        let entries: Vec<RadarEntry> = entries.into_iter().map(|(_, entry)| entry).collect();
        let mut customers: Vec<CustomerId> = entries.iter().map(|entry| entry.customer_id).collect();
        customers.sort_unstable();
        customers.dedup();
        let on_day = |on: Day| RadarDay {
            on,
            new_count: entries.iter().filter(|entry| entry.due_on == on).count() as u32,
            due_count: entries.iter().filter(|e| (e.window_from..=e.window_to).contains(&on)).count() as u32,
        };
        Radar {
            as_of: Some(self.view.as_of),
            total: entries.len() as u32,
            customer_count: customers.len() as u32,
            curve_count,
            days: (1..=AHEAD_DAYS).map(|ahead| on_day(self.view.as_of + ahead)).collect(),
            items,
            entries,
        }
    }
}

/// The items most rows speak of.
fn most_due(view: &View<'_>, entries: &[(u32, RadarEntry)]) -> Vec<RadarItem> {
    let mut sums = vec![(0_u32, 0_u32); view.history.items.len()];
    for (item, entry) in entries.iter().filter(|(_, entry)| entry.basis == RadarBasis::Item) {
        let sum = &mut sums[*item as usize];
        *sum = (sum.0 + 1, sum.1 + entry.quantity);
    }
    let mut due: Vec<u32> = (0..sums.len() as u32).filter(|&item| sums[item as usize].0 > 0).collect();
    due.sort_by_key(|&item| (std::cmp::Reverse(sums[item as usize].0), item));
    due.truncate(ITEMS);
    let row = |item: u32| {
        let (customer_count, quantity) = sums[item as usize];
        RadarItem { item: ItemName::of(view.history, item), customer_count, quantity }
    };
    due.into_iter().map(row).collect()
}
