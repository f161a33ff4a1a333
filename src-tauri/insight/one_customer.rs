//! One customer's items, value so far and next purchase.

use super::category::Categories;
use super::history::View;
use super::items::ItemName;
use super::radar::{self, RadarBasis, RadarEntry};
use super::value;
use crate::shop::{Day, Yen};
use serde::Serialize;
use std::collections::BTreeMap;

/// An item that a customer has bought, in orders that count as sales up to `as_of`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BoughtItem {
    /// It.
    pub item: ItemName,
    /// Purchase days on which it was bought or delivered.
    pub times: u32,
    /// Pieces in all.
    pub quantity: u32,
    /// Price before the shop coupon × quantity, summed.
    pub goods: Yen,
    /// First such day.
    pub first_on: Day,
    /// Last such day.
    pub last_on: Day,
    /// When it is expected again by the item's own gaps; nothing where too few have bought it again, and for what comes
    /// by subscription.
    pub due: Option<DueWindow>,
}

/// Days between which a purchase is expected: 25–75 % of a gap curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DueWindow {
    /// First day.
    pub from: Day,
    /// Half of those who return had returned.
    pub expected_on: Day,
    /// Last day.
    pub to: Day,
    /// Whose curve it is.
    pub basis: RadarBasis,
    /// What is expected, where the curve is an item's.
    pub item: Option<ItemName>,
    /// Out of what, where it is a category's.
    pub category: Option<String>,
    /// Returns behind the curve.
    pub return_count: u32,
}

/// What the page of one customer says besides its row.
#[derive(Clone, Debug, PartialEq)]
pub struct OneCustomer {
    /// By last day, the newest first, then by goods, the most first, then by mall and code.
    pub items: Vec<BoughtItem>,
    /// The next purchase; nothing while no curve has enough returns.
    pub next: Option<DueWindow>,
    /// Share of the customer's goods with a known cost, 0–1.
    pub known_cost_share: f64,
}

/// The customer at `place`.
///
/// The next purchase is the window that begins first among those not over at `as_of`, of equal ones that of an item
/// before a category's before the shop's; when all are over the one that ended last: they are late.
pub fn one_customer(view: &View<'_>, categories: &Categories, place: usize) -> OneCustomer {
    let windows = radar::expected(view, categories, place);
    let open = windows.iter().find(|entry| entry.window_to >= view.as_of);
    let next = open.or_else(|| windows.iter().max_by_key(|entry| (entry.window_to, std::cmp::Reverse(entry.basis))));
    let orders = view.purchases_of(place).flat_map(|p| view.orders_of(p));
    OneCustomer {
        items: items(view, place, &windows),
        next: next.map(DueWindow::of),
        known_cost_share: value::known_cost_share(view, orders),
    }
}

impl DueWindow {
    fn of(entry: &RadarEntry) -> DueWindow {
        DueWindow {
            from: entry.window_from,
            expected_on: entry.expected_on,
            to: entry.window_to,
            basis: entry.basis,
            item: entry.item.clone().filter(|_| entry.basis == RadarBasis::Item),
            category: entry.category.clone(),
            return_count: entry.return_count,
        }
    }
}

fn items(view: &View<'_>, place: usize, windows: &[RadarEntry]) -> Vec<BoughtItem> {
    let mut bought: BTreeMap<u32, BoughtItem> = BTreeMap::new();
    for p in view.purchases_of(place) {
        let on = view.purchases.day[p];
        let lines = view.orders_of(p).flat_map(|o| view.history.lines_of(o));
        for line in lines.filter(|line| line.quantity > 0) {
            let row = bought.entry(line.item).or_insert_with(|| BoughtItem {
                item: ItemName::of(view.history, line.item),
                times: 0,
                quantity: 0,
                goods: Yen::ZERO,
                first_on: on,
                last_on: on,
                due: None,
            });
            // Purchase days come oldest first: a new day is another time.
            row.times += u32::from(row.times == 0 || row.last_on != on);
            row.last_on = on;
            row.quantity += line.quantity;
            row.goods += line.goods;
        }
    }
    let mut rows: Vec<BoughtItem> = bought.into_values().collect();
    for row in &mut rows {
        let own = |entry: &&RadarEntry| entry.basis == RadarBasis::Item && entry.item.as_ref() == Some(&row.item);
        row.due = windows.iter().find(own).map(DueWindow::of);
    }
    rows.sort_by(|a, b| {
        let name = |row: &BoughtItem| (row.item.mall, row.item.item_code.clone());
        (b.last_on, b.goods).cmp(&(a.last_on, a.goods)).then_with(|| name(a).cmp(&name(b)))
    });
    rows
}
