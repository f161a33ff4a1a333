//! New customers against those who had bought before: what an order brings, what is left of it, how often they buy.

use super::history::View;
use super::overview::{self, SideSums};
use super::stats::Band;
use super::value;
use crate::shop::{Day, Yen};
use serde::Serialize;

/// Days of a customer's year.
const YEAR: i32 = 365;

/// New against existing, in the period of the view.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NewAgainstExisting {
    /// Purchases on the customer's first purchase day.
    pub new: CustomerSide,
    /// Purchases on any later day.
    pub existing: CustomerSide,
    /// Existing ÷ new of the average order value.
    pub average_order_value_ratio: Option<f64>,
    /// Existing ÷ new of what is left of an order, a range while some costs are unknown.
    pub margin_per_order_ratio: Option<RatioBand>,
    /// Existing ÷ new of the orders per year.
    pub orders_per_year_ratio: Option<f64>,
}

/// One side.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CustomerSide {
    /// Buyers of the period.
    pub customer_count: u32,
    /// Their orders in it.
    pub order_count: u32,
    /// Goods − shop coupons − discounts − refunds.
    pub net_sales: Yen,
    /// Net sales ÷ orders.
    pub average_order_value: Option<Yen>,
    /// What is left after all costs ÷ orders; nothing while no cost of goods is known.
    pub margin_per_order: Option<Band>,
    /// Orders of one buyer within one year; nothing while nobody has been watched for a whole year.
    pub orders_per_year: Option<YearlyOrders>,
}

/// How often people buy in a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct YearlyOrders {
    /// Orders ÷ buyers.
    pub value: f64,
    /// Buyers.
    pub n: u32,
}

/// A ratio between two bands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RatioBand {
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
}

/// New against existing in the view's period; customers, orders and yen are those of the overview.
///
/// Orders per year compare a whole year with a whole year, and nobody is on both sides. The new are watched in the first
/// 365 days from their first purchase, itself included; those count whose first year ended within the 365 days that end with the
/// period. The existing are those whose first year was over before these 365 days began, and who bought in them.
pub fn against(view: &View<'_>) -> NewAgainstExisting {
    let sums = overview::sums(view, view.from, view.to);
    let [margin_new, margin_existing] = margins(view);
    let [year_new, year_existing] = yearly(view, view.to);
    let side = |sums: SideSums, margin: Option<Band>, orders_per_year| {
        let orders = u64::from(sums.order_count);
        let each = |sum: Yen| sum.divided_rounded(orders);
        CustomerSide {
            customer_count: sums.customer_count,
            order_count: sums.order_count,
            net_sales: sums.net_sales,
            average_order_value: each(sums.net_sales),
            margin_per_order: margin.and_then(|band| Some(Band { low: each(band.low)?, high: each(band.high)? })),
            orders_per_year,
        }
    };
    let new = side(sums.new, margin_new, year_new);
    let existing = side(sums.existing, margin_existing, year_existing);
    let ratio = |a: Yen, b: Yen| (b > Yen::ZERO).then(|| a.as_f64() / b.as_f64());
    let values = existing.average_order_value.zip(new.average_order_value);
    let bands = existing.margin_per_order.zip(new.margin_per_order).filter(|(a, _)| a.low >= Yen::ZERO);
    let years = existing.orders_per_year.zip(new.orders_per_year);
    NewAgainstExisting {
        average_order_value_ratio: values.and_then(|(a, b)| ratio(a, b)),
        margin_per_order_ratio: bands
            .and_then(|(a, b)| Some(RatioBand { low: ratio(a.low, b.high)?, high: ratio(a.high, b.low)? })),
        orders_per_year_ratio: years.map(|(a, b)| a.value / b.value),
        new,
        existing,
    }
}

/// Margin of the period's orders on first purchase days, and on later ones; nothing where no cost of goods is known.
fn margins(view: &View<'_>) -> [Option<Band>; 2] {
    let zero = Some(Band { low: Yen::ZERO, high: Yen::ZERO });
    if !value::any_known(view) {
        return [None; 2];
    }
    let columns = &view.history.orders;
    let (mut bands, mut known) = ([zero; 2], [false; 2]);
    for place in 0..view.customers.len() {
        let purchases = view.purchases_of(place);
        let first = purchases.start;
        for p in purchases.filter(|&p| (view.from..=view.to).contains(&view.purchases.day[p])) {
            let side = usize::from(p != first);
            for o in view.orders_of(p) {
                let margin = columns.margin.at(o);
                known[side] |= margin.is_some_and(|margin| margin.known_goods != Yen::ZERO);
                bands[side] = bands[side]
                    .zip(margin)
                    .map(|(sum, more)| Band { low: sum.low + more.low, high: sum.high + more.high });
            }
        }
    }
    [bands[0].filter(|_| known[0]), bands[1].filter(|_| known[1])]
}

/// Orders per buyer of one year: of the new, and of the existing.
fn yearly(view: &View<'_>, to: Day) -> [Option<YearlyOrders>; 2] {
    let columns = &view.purchases;
    let year = to - (YEAR - 1)..=to;
    let (mut people, mut orders) = ([0_u32; 2], [0_u32; 2]);
    for place in 0..view.customers.len() {
        let first = columns.day[view.purchases_of(place).start];
        let of = |from: Day, to: Day| {
            let inside = view.purchases_of(place).filter(|&p| (from..=to).contains(&columns.day[p]));
            inside.map(|p| columns.order_count[p]).sum::<u32>()
        };
        let end = first + (YEAR - 1);
        let (side, bought) = if year.contains(&end) {
            (0, of(first, end))
        } else if first < *year.start() {
            (1, of(*year.start(), to))
        } else {
            continue;
        };
        people[side] += u32::from(bought > 0);
        orders[side] += bought;
    }
    [0, 1].map(|side| {
        let n = people[side];
        (n > 0).then(|| YearlyOrders { value: f64::from(orders[side]) / f64::from(n), n })
    })
}
