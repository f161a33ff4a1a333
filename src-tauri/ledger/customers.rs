//! Customers: names, and finding them.

use super::{Error, Ledger};
use crate::shop::CustomerId;
use rustc_hash::FxHashMap;

impl Ledger {
    /// Names as last written, family and given name with a space; of everybody when `customers` is nothing.
    pub fn names(&self, customers: Option<&[CustomerId]>) -> Result<FxHashMap<CustomerId, String>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/names_of_customers.sql"))?;
        let rows = statement.query_map([customers.map(json_list)], |row| {
            let (family, given): (String, String) = (row.get(1)?, row.get(2)?);
            Ok((CustomerId(row.get(0)?), format!("{family} {given}").trim().to_owned()))
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
