//! Every order as the ledger keeps it, to be written out again.

use super::batches::{mall_of, text};
use super::content::{MEANS, key_of};
use super::digits::written_order_number;
use super::orders::{payment_of, status_of};
use super::{Error, Ledger};
use crate::shop::{Buyer, CustomerId, Moment, Order, OrderLine, ShipTo, Text, Yen};
use rusqlite::{Connection, Row};
use std::ops::ControlFlow;

impl Ledger {
    /// How many orders count, sale or not.
    pub fn order_count(&self) -> Result<u64, Error> {
        let count: i64 =
            self.connection.query_row("select count(*) from orders where is_current = 1", [], |row| row.get(0))?;
        Ok(count as u64)
    }

    /// A number for what the ledger says of orders and of who is who: another content, another number.
    pub fn content_mark(&self) -> Result<u64, Error> {
        let mut statement = self.connection.prepare_cached(
            "select s.mall, s.account, o.number, o.content_hash, b.customer_id
             from order_rows o cross join buyer_rows b on b.buyer_id = o.buyer_id
             cross join stores s on s.store_id = o.store_id
             where o.is_current = 1 order by o.order_id",
        )?;
        let mut mark = xxhash_rust::xxh3::Xxh3::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (mall, store) = (mall_of(row.get_ref(0)?.as_str().unwrap_or_default()), row.get_ref(1)?);
            let store = store.as_str().unwrap_or_default();
            let key = key_of(mall, store, &written_order_number(mall, store, row.get_ref(2)?)?);
            for number in [key, row.get(3)?, row.get(4)?] {
                mark.update(&number.to_le_bytes());
            }
        }
        Ok(mark.digest())
    }

    /// Hands every order that counts to `take`, in the order in which they were first recorded, until it says stop.
    ///
    /// Recorded anew, such an order has the content it has here. A recipient's name stands whole in `family_name`,
    /// the kana likewise; the only parcel of an order that goes to the buyer's own address is left out.
    pub fn every_order<E: From<Error>>(
        &self,
        mut take: impl FnMut(&Order, CustomerId) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        each_statement(&self.connection, None, |_, order, customer| take(&order, customer))
    }
}

/// Hands every order that counts to `take`, or every statement of every order of one store, with its id.
pub(super) fn each_statement<E: From<Error>>(
    connection: &Connection,
    store_id: Option<i64>,
    mut take: impl FnMut(i64, Order, CustomerId) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    let failed = |error: rusqlite::Error| E::from(Error::from(error));
    let prepare = |sql: &str| connection.prepare_cached(sql).map_err(failed);
    let mut orders = prepare(include_str!("queries/every_order.sql"))?;
    let mut lines = prepare(include_str!("queries/every_line.sql"))?;
    let mut parcels = prepare(include_str!("queries/every_parcel.sql"))?;
    let mut orders = orders.query([store_id]).map_err(failed)?;
    while let Some(row) = orders.next().map_err(failed)? {
        let order_id: i64 = row.get(0).map_err(failed)?;
        let mut order = order_of_row(row).map_err(failed)?;
        order.lines = lines.query_map([order_id], line_of_row).and_then(Iterator::collect).map_err(failed)?;
        order.ship_tos = parcels.query_map([order_id], parcel_of_row).and_then(Iterator::collect).map_err(failed)?;
        let customer = row.get(1).map(CustomerId).map_err(failed)?;
        if take(order_id, order, customer)?.is_break() {
            break;
        }
    }
    Ok(())
}

fn order_of_row(row: &Row<'_>) -> rusqlite::Result<Order> {
    let yen = |place: usize| row.get(place).map(Yen);
    Ok(Order {
        mall: mall_of(row.get_ref(2)?.as_str()?),
        store: text(row, 3)?,
        number: text(row, 4)?,
        ordered_at: Moment(row.get(5)?),
        time_known: row.get(6)?,
        means_known: row.get::<_, i64>(36)? & MEANS != 0,
        status: status_of(row.get_ref(7)?.as_str()?),
        provisional: row.get(8)?,
        status_code: row.get(9)?,
        newest_at: Moment(row.get(10)?),
        shop_coupon: yen(11)?,
        shop_discount: yen(12)?,
        refund: yen(13)?,
        mall_coupon: yen(14)?,
        points_used: yen(15)?,
        gift_card: yen(16)?,
        postage_charged: yen(17)?,
        cod_charged: yen(18)?,
        wrapping_charged: yen(19)?,
        payment: payment_of(row, 34)?,
        affiliate: row.get(35)?,
        billed: row.get::<_, Option<i64>>(20)?.map(Yen),
        parent_number: row.get_ref(21)?.as_str_or_null()?.map(Text::from),
        subscription_delivery: row.get(22)?,
        shop_coupon_name: text(row, 23)?,
        buyer: Buyer {
            family_name: text(row, 24)?,
            given_name: text(row, 25)?,
            family_kana: text(row, 26)?,
            given_kana: text(row, 27)?,
            postal_code: text(row, 28)?,
            prefecture: text(row, 29)?,
            city: text(row, 30)?,
            street: text(row, 31)?,
            phone: text(row, 32)?,
            mail: text(row, 33)?,
        },
        customer_key: Text::default(),
        keyed: None,
        lines: Vec::new(),
        ship_tos: Vec::new(),
    })
}

fn line_of_row(row: &Row<'_>) -> rusqlite::Result<OrderLine> {
    Ok(OrderLine {
        line_key: text(row, 1)?,
        ship_to_key: text(row, 2)?,
        item_code: text(row, 3)?,
        sku: text(row, 4)?,
        item_name: text(row, 5)?,
        variation: text(row, 6)?,
        quantity: row.get(7)?,
        unit_price: Yen(row.get(8)?),
        tax_permille: row.get(9)?,
        point_multiplier: row.get(10)?,
    })
}

fn parcel_of_row(row: &Row<'_>) -> rusqlite::Result<ShipTo> {
    Ok(ShipTo {
        ship_to_key: text(row, 1)?,
        same_as_buyer: row.get(2)?,
        postage: Yen(row.get(3)?),
        recipient: Buyer {
            family_name: text(row, 4)?,
            family_kana: text(row, 5)?,
            postal_code: text(row, 6)?,
            prefecture: text(row, 7)?,
            city: text(row, 8)?,
            street: text(row, 9)?,
            phone: text(row, 10)?,
            ..Buyer::default()
        },
    })
}
