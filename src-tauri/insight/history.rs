//! The orders that count as sales, as columns sorted by customer and time.

use crate::shop::{CustomerId, Day, Mall, Moment, Yen};
use serde::{Deserialize, Serialize};

use super::margin::{Inputs, Margin};
use super::rates::Costs;
use super::rfm::{GroupKey, GroupRules};
use std::sync::Arc;

/// What the owner is looking at. Absent fields do not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// The day everything is measured at the end of; the last order day when absent.
    pub as_of: Option<Day>,
    /// First day of the period a screen sums over.
    pub from: Option<Day>,
    /// Last day of that period.
    pub to: Option<Day>,
    /// Only this mall's orders.
    pub mall: Option<Mall>,
    /// Only orders that hold this item code.
    pub item: Option<String>,
    /// Only customers who are in this group at `as_of`.
    pub group: Option<GroupKey>,
}

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
    /// What margins need to know besides, order by order and line by line.
    pub inputs: Inputs,
    /// What selling costs; nothing when nobody has put it together.
    pub costs: Option<Arc<Costs>>,
    /// How customers are put into groups.
    pub rules: GroupRules,
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
    pub point_multiplier: Vec<u16>,
    pub split: Vec<bool>,
    pub subscription: Vec<bool>,
    pub gift: Vec<bool>,
}

impl History {
    /// The last order day, the usual `as_of`; nothing for an empty history.
    pub fn last_day(&self) -> Option<Day> {
        self.orders.ordered_at.iter().max().map(|m| m.day())
    }

    /// The first order day.
    pub fn first_day(&self) -> Option<Day> {
        self.orders.ordered_at.iter().min().map(|m| m.day())
    }

    /// Lines of the order at index `order`.
    pub fn lines_of(&self, order: usize) -> &[LineRow] {
        &self.lines[self.line_range(order)]
    }

    /// Places of the lines of the order at index `order`.
    pub fn line_range(&self, order: usize) -> std::ops::Range<usize> {
        self.line_starts[order] as usize..self.line_starts[order + 1] as usize
    }
}

/// Purchases of the customers in scope, up to the end of `as_of`: one entry per customer-day.
///
/// Mall and item restrict the orders, so that "first purchase" is the first one in scope; `from`–`to` is only
/// the period that sums are taken over and restricts nothing here.
#[derive(Clone, Debug, PartialEq)]
pub struct View<'h> {
    /// Where it comes from.
    pub history: &'h History,
    /// Measured at the end of this day.
    pub as_of: Day,
    /// First order day of the whole history: how far back the ledger reaches.
    pub reaches_back_to: Day,
    /// First day of the period: as asked, else the day after `as_of` − 12 months.
    pub from: Day,
    /// Last day of the period: as asked, never after `as_of`.
    pub to: Day,
    /// Dense customer indices with a purchase in scope, ascending.
    pub customers: Vec<u32>,
    /// Purchases of `customers[i]` are `starts[i]..starts[i + 1]`, oldest first.
    pub starts: Vec<u32>,
    /// One entry per customer-day.
    pub purchases: Purchases,
    /// Per order of the history: in scope.
    pub included: Vec<bool>,
    /// How customers are put into groups: those of the history, unless others are tried out.
    pub rules: GroupRules,
}

/// Purchase columns, all of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Purchases {
    /// The day.
    pub day: Vec<Day>,
    /// Σ net sales of the day.
    pub net_sales: Vec<Yen>,
    /// Orders of the day, parts of split orders not counted.
    pub order_count: Vec<u32>,
    /// A decision to buy: false on later days that hold subscription deliveries only.
    pub fresh: Vec<bool>,
    /// Orders of the day lie in `order_from..order_to` of the history (look at `included`).
    pub order_from: Vec<u32>,
    /// End of that range.
    pub order_to: Vec<u32>,
}

impl<'h> View<'h> {
    /// What `scope` leaves of the history, its `group` aside (groups need this view first; see [`View::only`]).
    /// Nothing when no order is in scope.
    pub fn new(history: &'h History, scope: &Scope) -> Option<View<'h>> {
        let reaches_back_to = history.first_day()?;
        let as_of = scope.as_of.or(history.last_day())?;
        let to = scope.to.unwrap_or(as_of).min(as_of);
        let from = scope.from.unwrap_or_else(|| to.plus_months(-12) + 1);
        let end = (as_of + 1).start();
        let wanted: Option<Vec<bool>> =
            scope.item.as_ref().map(|code| history.items.iter().map(|item| item.code == *code).collect());
        let included: Vec<bool> = (0..history.orders.order.len())
            .map(|o| {
                history.orders.ordered_at[o] < end
                    && scope.mall.is_none_or(|mall| history.orders.mall[o] == mall)
                    && wanted
                        .as_ref()
                        .is_none_or(|wanted| history.lines_of(o).iter().any(|line| wanted[line.item as usize]))
            })
            .collect();
        let mut view = View {
            history,
            as_of,
            reaches_back_to,
            from,
            to,
            customers: Vec::new(),
            starts: vec![0],
            purchases: Purchases::default(),
            included,
            rules: history.rules,
        };
        for customer in 0..history.customers.len() as u32 {
            view.add(customer);
        }
        (!view.customers.is_empty()).then_some(view)
    }

    fn add(&mut self, customer: u32) {
        let orders = &self.history.orders;
        let columns = &mut self.purchases;
        let before = columns.day.len();
        let range = self.history.starts[customer as usize]..self.history.starts[customer as usize + 1];
        for o in range {
            let i = o as usize;
            if !self.included[i] {
                continue;
            }
            let day = orders.ordered_at[i].day();
            let first = columns.day.len() == before;
            if first || columns.day.last() != Some(&day) {
                columns.day.push(day);
                columns.net_sales.push(Yen::ZERO);
                columns.order_count.push(0);
                columns.fresh.push(first);
                columns.order_from.push(o);
                columns.order_to.push(o);
            }
            let p = columns.day.len() - 1;
            columns.net_sales[p] += orders.net_sales[i];
            columns.order_count[p] += u32::from(!orders.split[i]);
            columns.fresh[p] |= !orders.subscription[i];
            columns.order_to[p] = o + 1;
        }
        if columns.day.len() > before {
            self.customers.push(customer);
            self.starts.push(columns.day.len() as u32);
        }
    }

    /// The same view with only those customers for whose place in `customers` `keep` says yes.
    pub fn only(&self, keep: impl Fn(usize) -> bool) -> View<'h> {
        let mut view = View {
            customers: Vec::new(),
            starts: vec![0],
            purchases: Purchases::default(),
            included: self.included.clone(),
            ..*self
        };
        for (place, &customer) in self.customers.iter().enumerate() {
            if keep(place) {
                view.add(customer);
            } else {
                let range = self.history.starts[customer as usize]..self.history.starts[customer as usize + 1];
                range.for_each(|o| view.included[o as usize] = false);
            }
        }
        view
    }

    /// Places of the purchases of the customer at `place`.
    pub fn purchases_of(&self, place: usize) -> std::ops::Range<usize> {
        self.starts[place] as usize..self.starts[place + 1] as usize
    }

    /// Customer id at `place`.
    pub fn id(&self, place: usize) -> CustomerId {
        self.history.customers[self.customers[place] as usize]
    }

    /// Orders in scope of the purchase `p`, as indices into the history.
    pub fn orders_of(&self, p: usize) -> impl Iterator<Item = usize> + '_ {
        (self.purchases.order_from[p] as usize..self.purchases.order_to[p] as usize).filter(|&o| self.included[o])
    }
}

mod builder;
#[cfg(test)]
mod tests;

pub use builder::HistoryBuilder;
