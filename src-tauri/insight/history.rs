//! The orders that count as sales, as columns sorted by customer and time.

use crate::shop::{CustomerId, Day, Mall, Moment, Yen};
use serde::Serialize;

use super::category::Categories;
use super::margin::{Inputs, Margin};
use super::rates::Costs;
use super::reckoner::Raised;
use super::rfm::GroupRules;
use std::sync::{Arc, OnceLock};

/// One order as the ledger states it; pushed once into the columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrderRow {
    /// The ledger's order id.
    pub order: i64,
    /// Who bought.
    pub customer: CustomerId,
    /// When.
    pub ordered_at: Moment,
    /// Whether the time of day is known.
    pub time_known: bool,
    /// Where.
    pub mall: Mall,
    /// Price before the shop coupon × quantity.
    pub goods: Yen,
    /// Goods − shop coupon − shop's discount − refunds.
    pub net_sales: Yen,
    /// Contribution margin as a range, once costs have been put together.
    pub margin: Option<Margin>,
    /// The shop's coupon.
    pub shop_coupon: Yen,
    /// Points, mall coupon and gift cards.
    pub paid_by_mall: Yen,
    /// The mall's coupon, also part of `paid_by_mall`.
    pub mall_coupon: Yen,
    /// Largest point multiplier on a line (1 = none).
    pub point_multiplier: u16,
    /// Part of another order: its money counts, its count does not.
    pub split: bool,
    /// n-th delivery of a subscription with n ≥ 2: money counts, it is no fresh decision.
    pub subscription: bool,
    /// Sent to somebody else.
    pub gift: bool,
}

/// One product of an order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineRow {
    /// Index into `History::items`.
    pub item: u32,
    /// Pieces.
    pub quantity: u32,
    /// Price before the shop coupon × quantity.
    pub goods: Yen,
}

/// A product, one per mall and code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Where it is sold.
    pub mall: Mall,
    /// The shop's code.
    pub code: String,
    /// Its name, as last seen.
    pub name: String,
}

impl Item {
    /// Whether this code, or mall and code (`rakuten:beans-200`), means it.
    pub fn is_named(&self, name: &str) -> bool {
        let of_mall = name.strip_prefix(self.mall.word()).and_then(|rest| rest.strip_prefix(':'));
        self.code == name || of_mall == Some(&*self.code)
    }
}

/// All orders that count as sales, as columns sorted by customer, moment and order id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Ascending; a customer's place here is its dense index.
    pub customers: Vec<CustomerId>,
    /// Orders of dense customer `c` are `starts[c]..starts[c + 1]`.
    pub starts: Vec<u32>,
    /// One entry per order.
    pub orders: Orders,
    /// Lines of order `o` are `line_starts[o]..line_starts[o + 1]`.
    pub line_starts: Vec<u32>,
    /// One entry per line.
    pub lines: Vec<LineRow>,
    /// What lines point at.
    pub items: Vec<Item>,
    /// What kind of thing each of them is, as far as item files say it.
    pub categories: Categories,
    /// What margins need to know besides, order by order and line by line.
    pub inputs: Inputs,
    /// What selling costs; nothing when nobody has put it together.
    pub costs: Option<Arc<Costs>>,
    /// How customers are put into groups.
    pub rules: GroupRules,
    /// Whether a cost of goods is known anywhere; looked up once.
    pub any_cost_known: Once<bool>,
    /// The first and the last order day; looked up once.
    pub ends: Once<Option<(Day, Day)>>,
    /// Orders from the newest to the oldest; sorted once.
    pub by_age: Once<Vec<u32>>,
    /// What raised multipliers cost; worked out once.
    pub(crate) raised: Once<Raised>,
}

/// Something worked out when it is first asked for. It says nothing that the rest does not, so it never tells two apart.
#[derive(Clone, Debug)]
pub struct Once<T>(OnceLock<T>);

impl<T> Once<T> {
    pub(super) fn or(&self, work_out: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(work_out)
    }

    /// Nothing until it has been asked for.
    pub(super) fn known(&self) -> Option<&T> {
        self.0.get()
    }
}

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once(OnceLock::new())
    }
}

impl<T> PartialEq for Once<T> {
    fn eq(&self, _: &Once<T>) -> bool {
        true
    }
}

/// Order columns, all of one length; units as in [`OrderRow`].
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Orders {
    pub order: Vec<i64>,
    pub customer: Vec<CustomerId>,
    pub ordered_at: Vec<Moment>,
    pub time_known: Vec<bool>,
    pub mall: Vec<Mall>,
    pub goods: Vec<Yen>,
    pub net_sales: Vec<Yen>,
    pub margin: Vec<Option<Margin>>,
    pub shop_coupon: Vec<Yen>,
    pub paid_by_mall: Vec<Yen>,
    pub mall_coupon: Vec<Yen>,
    pub point_multiplier: Vec<u16>,
    pub split: Vec<bool>,
    pub subscription: Vec<bool>,
    pub gift: Vec<bool>,
}

impl History {
    /// The last order day, the usual `as_of`; nothing for an empty history.
    pub fn last_day(&self) -> Option<Day> {
        self.ends().map(|(_, last)| last)
    }

    /// The first order day.
    pub fn first_day(&self) -> Option<Day> {
        self.ends().map(|(first, _)| first)
    }

    fn ends(&self) -> Option<(Day, Day)> {
        let moments = || self.orders.ordered_at.iter();
        *self.ends.or(|| Some((moments().min()?.day(), moments().max()?.day())))
    }

    /// Orders by moment, then id, the newest first.
    pub fn newest_first(&self) -> &[u32] {
        self.by_age.or(|| {
            let Orders { ordered_at, order, .. } = &self.orders;
            let mut sorted: Vec<(Moment, i64, u32)> =
                (0..).zip(ordered_at.iter().zip(order)).map(|(o, (at, order))| (*at, *order, o)).collect();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            sorted.into_iter().map(|(.., o)| o).collect()
        })
    }

    /// Lines of the order at index `order`.
    pub fn lines_of(&self, order: usize) -> &[LineRow] {
        &self.lines[self.line_range(order)]
    }

    /// Per item whether the item and the category of `scope` mean it; nothing where neither is asked for.
    pub fn wanted(&self, scope: &Scope) -> Option<Vec<bool>> {
        if scope.item.is_none() && scope.category.is_none() {
            return None;
        }
        let category = scope.category.as_ref().map(|name| self.categories.number(name));
        let wanted = |(place, item): (usize, &Item)| {
            let in_category = || self.categories.of_item.get(place).copied().flatten();
            scope.item.as_ref().is_none_or(|name| item.is_named(name))
                && category.is_none_or(|number| number.is_some() && in_category() == number)
        };
        Some(self.items.iter().enumerate().map(wanted).collect())
    }

    /// Places of the lines of the order at index `order`.
    pub fn line_range(&self, order: usize) -> std::ops::Range<usize> {
        self.line_starts[order] as usize..self.line_starts[order + 1] as usize
    }
}

mod builder;
mod held;
mod scope;
#[cfg(test)]
mod tests;
mod view;

pub use builder::HistoryBuilder;
pub(crate) use held::{Held, Pieces};
pub use scope::{Compare, Scope};
pub use view::{KeptView, Purchases, View, ViewColumns};
