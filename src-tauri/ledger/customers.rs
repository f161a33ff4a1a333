//! Customers: names, and finding them.

use super::batches::{mall_of, text};
use super::orders::status_of;
use super::{Error, Ledger};
use crate::shop::{Buyer, CustomerId, Mall, Moment, OrderStatus};
use rusqlite::{params, params_from_iter};
use rustc_hash::FxHashMap;

/// One way a customer is written in the orders, whatever the mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSpelling {
    /// Where.
    pub mall: Mall,
    /// As written; of several mail addresses one.
    pub buyer: Buyer,
    /// Different mail addresses.
    pub mail_count: u32,
    /// Orders written so, sale or not.
    pub order_count: u32,
    /// The first of them.
    pub first_at: Moment,
    /// The last.
    pub last_at: Moment,
}

/// A customer none of whose orders counts as a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithoutSale {
    /// Who.
    pub customer_id: CustomerId,
    /// Number of the newest order.
    pub number: String,
    /// Where it was placed.
    pub mall: Mall,
    /// Cancelled or returned.
    pub status: OrderStatus,
    /// When.
    pub ordered_at: Moment,
}

impl Ledger {
    /// Customers with orders before a moment, and at a mall if one is named, of which none counts as a sale; newest first.
    pub fn without_sale(&self, before: Moment, mall: Option<Mall>) -> Result<Vec<WithoutSale>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/customers_without_sale.sql"))?;
        let rows = statement.query_map(params![before.0, mall.map(Mall::word)], |row| {
            Ok(WithoutSale {
                customer_id: CustomerId(row.get(0)?),
                number: row.get(1)?,
                mall: mall_of(row.get_ref(2)?.as_str().unwrap_or_default()),
                status: status_of(row.get_ref(3)?.as_str().unwrap_or_default()),
                ordered_at: Moment(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Names as last written, family and given name with a space; of everybody when `customers` is nothing.
    pub fn names(&self, customers: Option<&[CustomerId]>) -> Result<FxHashMap<CustomerId, String>, Error> {
        let sql = match customers {
            None => include_str!("queries/names_of_customers.sql"),
            Some(_) => include_str!("queries/names_of_these.sql"),
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(customers.map(json_list)), |row| {
            let (family, given): (String, String) = (row.get(1)?, row.get(2)?);
            Ok((CustomerId(row.get(0)?), format!("{family} {given}").trim().to_owned()))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How a customer is written, the way of the newest order first.
    pub fn spellings(&self, customer: CustomerId) -> Result<Vec<StoredSpelling>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/spellings_of_customer.sql"))?;
        let rows = statement.query_map([customer.0], |row| {
            let mall: String = row.get(0)?;
            let buyer = Buyer {
                family_name: text(row, 1)?,
                given_name: text(row, 2)?,
                family_kana: text(row, 3)?,
                given_kana: text(row, 4)?,
                postal_code: text(row, 5)?,
                prefecture: text(row, 6)?,
                city: text(row, 7)?,
                street: text(row, 8)?,
                phone: text(row, 9)?,
                mail: text(row, 10)?,
            };
            Ok(StoredSpelling {
                mall: mall_of(&mall),
                buyer,
                mail_count: row.get(11)?,
                order_count: row.get(12)?,
                first_at: Moment(row.get(13)?),
                last_at: Moment(row.get(14)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Customers whose name, kana or order number holds the text, ascending.
    pub fn search(&self, text: &str) -> Result<Vec<CustomerId>, Error> {
        let mut pattern = String::from("%");
        for c in text.chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push('%');
        let mut statement = self.connection.prepare_cached(include_str!("queries/search_customers.sql"))?;
        let rows = statement.query_map([pattern], |row| row.get(0).map(CustomerId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// For `json_each`, which keeps one prepared statement for lists of any length.
pub(super) fn json_list(customers: &[CustomerId]) -> String {
    let ids: Vec<String> = customers.iter().map(ToString::to_string).collect();
    format!("[{}]", ids.join(","))
}
