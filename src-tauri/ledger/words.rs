//! What stands in many rows and is kept once: places, ends of mail addresses, states of orders.

use super::Error;
use super::compare::optional;
use super::content::coverage;
use super::marks::Marks;
use crate::shop::{Mall, Order, OrderStatus, Payment, Text};
use rusqlite::{Connection, Transaction, params};
use rustc_hash::FxHashMap;

/// What a recording has met of them, with their rows.
#[derive(Default)]
pub(super) struct Words {
    places: FxHashMap<(Mall, Text, Text), i64>,
    mail_ends: FxHashMap<Text, i64>,
    /// By the shop's coupon, for most orders have none and none of them need be copied to be found.
    states: FxHashMap<Text, FxHashMap<State, i64>>,
}

/// What an order has in common with many others, besides the name of the shop's coupon.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    status: OrderStatus,
    status_code: i64,
    provisional: bool,
    phase: u8,
    coverage: i64,
    time_known: bool,
    payment: Option<u8>,
    affiliate: Option<bool>,
    point_multiplier: u16,
    is_gift: bool,
    subscription_delivery: u32,
    cod_charged: i64,
    wrapping_charged: i64,
}

const STATE: &str = "status = ?1 and status_code = ?2 and provisional = ?3 and phase = ?4 and coverage = ?5
    and time_known = ?6 and payment is ?7 and affiliate is ?8 and point_multiplier = ?9 and is_gift = ?10
    and subscription_delivery = ?11 and cod_charged = ?12 and wrapping_charged = ?13 and shop_coupon_name = ?14";
const INSERT_STATE: &str = "
    insert into order_states (status, status_code, provisional, phase, coverage, time_known, payment, affiliate,
        point_multiplier, is_gift, subscription_delivery, cod_charged, wrapping_charged, shop_coupon_name)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

impl Words {
    /// The row of a place, made when it is new.
    pub(super) fn place(
        &mut self,
        connection: &Connection,
        mall: Mall,
        prefecture: &Text,
        city: &Text,
    ) -> Result<i64, Error> {
        let place = (mall, prefecture.clone(), city.clone());
        if let Some(id) = self.places.get(&place) {
            return Ok(*id);
        }
        let values = params![mall.word(), prefecture.as_str(), city.as_str()];
        connection
            .prepare_cached("insert or ignore into places (mall, prefecture, city) values (?1, ?2, ?3)")?
            .execute(values)?;
        let id = connection
            .prepare_cached("select place_id from places where mall = ?1 and prefecture = ?2 and city = ?3")?
            .query_row(values, |row| row.get(0))?;
        self.places.insert(place, id);
        Ok(id)
    }

    /// The row of the end of a mail address, made when it is new.
    pub(super) fn mail_end(&mut self, connection: &Connection, end: &str) -> Result<i64, Error> {
        if let Some(id) = self.mail_ends.get(end) {
            return Ok(*id);
        }
        connection.prepare_cached("insert or ignore into mail_ends (mail_end) values (?1)")?.execute([end])?;
        let id = connection
            .prepare_cached("select mail_end_id from mail_ends where mail_end = ?1")?
            .query_row([end], |row| row.get(0))?;
        self.mail_ends.insert(end.into(), id);
        Ok(id)
    }

    /// The row of the state an order is in, made when it is new.
    pub(super) fn state(&mut self, connection: &Connection, order: &Order) -> Result<i64, Error> {
        let state = State {
            status: order.status,
            status_code: i64::from(order.status_code),
            provisional: order.provisional,
            phase: order.phase(),
            coverage: coverage(order),
            time_known: order.time_known,
            payment: order.payment.map(Payment::number),
            affiliate: order.affiliate,
            point_multiplier: order.lines.iter().map(|line| line.point_multiplier).max().unwrap_or(1),
            is_gift: order.is_gift(),
            subscription_delivery: order.subscription_delivery,
            cod_charged: order.cod_charged.0,
            wrapping_charged: order.wrapping_charged.0,
        };
        let coupon = order.shop_coupon_name.as_str();
        if let Some(id) = self.states.get(coupon).and_then(|states| states.get(&state)) {
            return Ok(*id);
        }
        let values = params![
            status_word(state.status),
            state.status_code,
            state.provisional,
            state.phase,
            state.coverage,
            state.time_known,
            state.payment,
            state.affiliate,
            state.point_multiplier,
            state.is_gift,
            state.subscription_delivery,
            state.cod_charged,
            state.wrapping_charged,
            coupon,
        ];
        let of_state = format!("select state_id from order_states where {STATE}");
        let found = optional(connection.prepare_cached(&of_state)?.query_row(values, |row| row.get(0)))?;
        let id = match found {
            Some(id) => id,
            None => {
                connection.prepare_cached(INSERT_STATE)?.execute(values)?;
                connection.last_insert_rowid()
            }
        };
        self.states.entry(order.shop_coupon_name.clone()).or_default().insert(state, id);
        Ok(id)
    }
}

fn status_word(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Placed => "placed",
        OrderStatus::Shipped => "shipped",
        OrderStatus::Cancelled => "cancelled",
        OrderStatus::Returned => "returned",
    }
}

/// Forgets what no row says any more, of what has come since the marks.
pub(super) fn forget_unused(transaction: &Transaction<'_>, marks: &Marks) -> Result<(), Error> {
    transaction.execute(
        "delete from order_states where state_id > ?1
            and state_id not in (select state_id from order_rows where order_id > ?2)",
        [marks.states, marks.orders],
    )?;
    transaction.execute(
        "delete from places where place_id > ?1 and place_id not in (
            select place_id from buyer_rows where buyer_id > ?2
            union select place_id from parcel_rows where order_id > ?3)",
        [marks.places, marks.buyers, marks.orders],
    )?;
    transaction.execute(
        "delete from mail_ends where mail_end_id > ?1 and mail_end_id not in (
            select mail_end_id from buyer_rows where buyer_id > ?2 and mail_end_id is not null)",
        [marks.mail_ends, marks.buyers],
    )?;
    Ok(())
}
