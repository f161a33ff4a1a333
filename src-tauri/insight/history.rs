//! The orders that count as sales, as columns sorted by customer and time.

use crate::shop::{CustomerId, Day, Mall, Moment, Yen};
use serde::Serialize;

use super::category::Categories;
use super::margin::{Inputs, Margin};
use super::rates::Costs;
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
}

/// Something worked out when it is first asked for. It says nothing that the rest does not, so it never tells two apart.
#[derive(Clone, Debug)]
pub struct Once<T>(OnceLock<T>);

impl<T> Once<T> {
    pub(super) fn or(&self, work_out: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(work_out)
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
    /// Per item of the history whether it is asked for; nothing where all are. Orders hold other items besides.
    pub wanted: Option<Vec<bool>>,
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
        let wanted = history.wanted(scope);
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
            wanted,
            rules: history.rules,
        };
        view.make_room();
        for customer in 0..history.customers.len() as u32 {
            view.add(customer);
        }
        (!view.customers.is_empty()).then_some(view)
    }

    /// For as many purchases as there are orders in scope, so that columns grow without being moved.
    fn make_room(&mut self) {
        let most = self.included.iter().filter(|included| **included).count();
        let columns = &mut self.purchases;
        columns.day.reserve_exact(most);
        columns.net_sales.reserve_exact(most);
        columns.order_count.reserve_exact(most);
        columns.fresh.reserve_exact(most);
        columns.order_from.reserve_exact(most);
        columns.order_to.reserve_exact(most);
        let customers = most.min(self.history.customers.len());
        self.customers.reserve_exact(customers);
        self.starts.reserve_exact(customers + 1);
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
            wanted: self.wanted.clone(),
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

    /// The same view with only those customers whose first purchase lies in these days; nothing when there are none.
    pub fn won_in(&self, from: Day, to: Day) -> Option<View<'h>> {
        let days = &self.purchases.day;
        let view = self.only(|place| (from..=to).contains(&days[self.starts[place] as usize]));
        (!view.customers.is_empty()).then_some(view)
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
mod scope;
#[cfg(test)]
mod tests;

pub use builder::HistoryBuilder;
pub use scope::{Compare, Scope};
