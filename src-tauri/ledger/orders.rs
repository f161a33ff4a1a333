//! Orders as they stand, sale or not, for lists and drill-down.

use super::batches::mall_of;
use super::digits::written_order_number;
use super::{Error, Ledger};
use crate::shop::{CustomerId, Mall, Moment, OrderStatus, Payment, Yen};
use rusqlite::params;
use rustc_hash::FxHashMap;

/// One order in the statement that counts.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct StoredOrder {
    pub order_id: i64,
    pub mall: Mall,
    pub store: String,
    pub number: String,
    pub ordered_at: Moment,
    pub time_known: bool,
    pub status: OrderStatus,
    pub provisional: bool,
    pub customer_id: CustomerId,
    pub goods: Yen,
    pub net_sales: Yen,
    pub points_used: Yen,
    pub shop_coupon: Yen,
    pub mall_coupon: Yen,
    pub postage_charged: Yen,
    pub point_multiplier: u16,
    pub prefecture: String,
    pub payment: Option<Payment>,
    pub affiliate: Option<bool>,
    pub lines: Vec<StoredLine>,
}

/// One product in it.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct StoredLine {
    pub item_code: String,
    pub sku: String,
    pub item_name: String,
    pub quantity: i64,
    pub unit_price: Yen,
}

/// An order that is no sale, or not yet surely one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SetApart {
    pub order_id: i64,
    pub number: String,
    pub status: OrderStatus,
    pub provisional: bool,
    pub mall: Mall,
    pub ordered_at: Moment,
    pub customer_id: CustomerId,
    /// The shop's codes of the items in it.
    pub item_codes: Vec<String>,
}

impl Ledger {
    /// Orders of these customers, newest first; of everybody when `customers` is nothing.
    pub fn orders(&self, customers: Option<&[CustomerId]>) -> Result<Vec<StoredOrder>, Error> {
        self.orders_of(customers, None)
    }

    /// These orders, newest first.
    pub fn orders_named(&self, orders: &[i64]) -> Result<Vec<StoredOrder>, Error> {
        // Beside each other in the file: the way down to one is nearly that to the one before.
        let mut ascending = orders.to_vec();
        ascending.sort_unstable();
        self.orders_of(None, Some(&ascending))
    }

    fn orders_of(&self, customers: Option<&[CustomerId]>, named: Option<&[i64]>) -> Result<Vec<StoredOrder>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/orders_of_customers.sql"))?;
        let named =
            named.map(|orders| format!("[{}]", orders.iter().map(i64::to_string).collect::<Vec<_>>().join(",")));
        let mut rows = statement.query(params![customers.map(super::customers::json_list), named])?;
        let mut lines = self.connection.prepare_cached(
            "select p.code, p.sku, p.name, l.quantity, l.unit_price
             from order_lines l join products p on p.product_id = l.product_id
             where l.order_id = ?1 order by l.position",
        )?;
        let mut orders = Vec::new();
        while let Some(row) = rows.next()? {
            let order_id: i64 = row.get(0)?;
            let (mall, store) = (mall_of(row.get_ref(1)?.as_str().unwrap_or_default()), row.get::<_, String>(2)?);
            orders.push(StoredOrder {
                order_id,
                mall,
                number: written_order_number(mall, &store, row.get_ref(3)?)?.into(),
                store,
                ordered_at: Moment(row.get(4)?),
                time_known: row.get(5)?,
                status: status_of(row.get_ref(6)?.as_str().unwrap_or_default()),
                provisional: row.get(7)?,
                customer_id: CustomerId(row.get(8)?),
                goods: Yen(row.get(9)?),
                net_sales: Yen(row.get(10)?),
                points_used: Yen(row.get(11)?),
                shop_coupon: Yen(row.get(12)?),
                mall_coupon: Yen(row.get(13)?),
                postage_charged: Yen(row.get(14)?),
                point_multiplier: row.get(15)?,
                prefecture: row.get(16)?,
                payment: payment_of(row, 17)?,
                affiliate: row.get(18)?,
                lines: lines
                    .query_map([order_id], |line| {
                        Ok(StoredLine {
                            item_code: line.get(0)?,
                            sku: line.get(1)?,
                            item_name: line.get(2)?,
                            quantity: line.get(3)?,
                            unit_price: Yen(line.get(4)?),
                        })
                    })?
                    .collect::<rusqlite::Result<_>>()?,
            });
        }
        Ok(orders)
    }

    /// Orders that are cancelled, returned or not yet confirmed, newest first.
    pub fn orders_set_apart(&self) -> Result<Vec<SetApart>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/orders_set_apart.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok(SetApart {
                order_id: row.get(0)?,
                status: status_of(row.get_ref(1)?.as_str().unwrap_or_default()),
                provisional: row.get(2)?,
                mall: mall_of(row.get_ref(3)?.as_str().unwrap_or_default()),
                ordered_at: Moment(row.get(4)?),
                customer_id: CustomerId(row.get(5)?),
                number: row.get(6)?,
                item_codes: Vec::new(),
            })
        })?;
        let mut apart: Vec<SetApart> = rows.collect::<rusqlite::Result<_>>()?;
        let place_of: FxHashMap<i64, usize> =
            apart.iter().enumerate().map(|(place, order)| (order.order_id, place)).collect();
        let mut statement = self.connection.prepare_cached(include_str!("queries/items_set_apart.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(&place) = place_of.get(&row.get(0)?) {
                apart[place].item_codes.push(row.get(1)?);
            }
        }
        Ok(apart)
    }

    /// The malls' numbers of these orders, by id.
    pub fn order_numbers(&self, orders: &[i64]) -> Result<Vec<(i64, String)>, Error> {
        let list = orders.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let mut statement = self.connection.prepare_cached(
            "select order_id, number from orders where order_id in (select value from json_each(?1)) order by order_id",
        )?;
        let rows = statement.query_map([format!("[{list}]")], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// How an order was paid, from its column; nothing for a number of a later program.
pub(super) fn payment_of(row: &rusqlite::Row<'_>, place: usize) -> rusqlite::Result<Option<Payment>> {
    Ok(row.get::<_, Option<i64>>(place)?.and_then(|number| Payment::of_number(u8::try_from(number).ok()?)))
}

/// The status of a stored word; the schema holds no other words.
pub(super) fn status_of(word: &str) -> OrderStatus {
    match word {
        "shipped" => OrderStatus::Shipped,
        "cancelled" => OrderStatus::Cancelled,
        "returned" => OrderStatus::Returned,
        _ => OrderStatus::Placed,
    }
}
