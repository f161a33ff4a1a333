//! The arithmetic of the figures: shops worked by hand, sums that must agree, a published shop.

#[path = "insight/acquired.rs"]
mod acquired;
#[path = "insight/back.rs"]
mod back;
#[path = "insight/cdnow.rs"]
mod cdnow;
#[path = "insight/cohorts.rs"]
mod cohorts;
#[path = "insight/filters.rs"]
mod filters;
#[path = "insight/groups.rs"]
mod groups;
#[path = "insight/growth.rs"]
mod growth;
#[path = "insight/items.rs"]
mod items;
#[path = "insight/margins.rs"]
mod margins;
#[path = "insight/multipliers.rs"]
mod multipliers;
#[path = "insight/one_customer.rs"]
mod one_customer;
#[path = "insight/people.rs"]
mod people;
#[path = "insight/period.rs"]
mod period;
#[path = "insight/points.rs"]
mod points;
#[path = "insight/properties.rs"]
mod properties;
#[path = "insight/radar.rs"]
mod radar;
#[path = "insight/types.rs"]
mod types;

use otokui_lib::insight::history::{History, HistoryBuilder, OrderRow, View};
use otokui_lib::insight::margin::Margin;
use otokui_lib::insight::{Interval, Scope};
use otokui_lib::shop::{CustomerId, Day, Mall, Month, Yen};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn order(number: i64, customer: i64, on: Day, yen: i64) -> OrderRow {
    OrderRow {
        order: number,
        customer: CustomerId(customer),
        ordered_at: on.at(12, 0, 0),
        time_known: true,
        mall: Mall::Rakuten,
        goods: Yen(yen),
        net_sales: Yen(yen),
        margin: None,
        shop_coupon: Yen::ZERO,
        paid_by_mall: Yen::ZERO,
        mall_coupon: Yen::ZERO,
        point_multiplier: 1,
        split: false,
        subscription: false,
        gift: false,
    }
}

fn history_of(orders: impl IntoIterator<Item = OrderRow>) -> History {
    let mut builder = HistoryBuilder::default();
    orders.into_iter().for_each(|row| builder.push(row, &[]));
    builder.finish(Vec::new())
}

/// One line per order: customer, day, yen.
fn shop(lines: &str) -> History {
    let orders = lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate().map(|(number, line)| {
        let mut words = line.split_whitespace();
        let mut next = || words.next().expect("customer, day, yen");
        let customer = next().parse().expect("a customer");
        let on = day(next());
        order(number as i64 + 1, customer, on, next().parse().expect("yen"))
    });
    history_of(orders.collect::<Vec<_>>())
}

fn view<'h>(history: &'h History, as_of: &str) -> View<'h> {
    View::new(history, &Scope { as_of: Some(day(as_of)), ..Scope::default() }).expect("orders in scope")
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6 * expected.abs().max(1.0), "found {found}, worked out {expected}");
}

/// Value, and n.
fn check_interval(found: Option<Interval>, value: f64, n: u32) {
    let found = found.expect("somebody is behind it");
    close(found.value, value);
    assert_eq!(found.n, n);
    assert!(found.low <= found.value && found.value <= found.high, "an interval holds its value: {found:?}");
}
