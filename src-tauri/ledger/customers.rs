//! Customers: names, and finding them.

use super::batches::{mall_of, text};
use super::digits::written_order_number;
use super::{Error, Ledger};
use crate::shop::{Buyer, CustomerId, Mall, Moment};
use rusqlite::params_from_iter;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

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

impl Ledger {
    /// Names as last written, family and given name with a space; of everybody when `customers` is nothing.
    pub fn names(&self, customers: Option<&[CustomerId]>) -> Result<FxHashMap<CustomerId, String>, Error> {
        let Some(customers) = customers else {
            return self.names_by(include_str!("queries/names_of_customers.sql"), None);
        };
        // Most are always written alike: only who is not needs their newest order looked for.
        let mut statement = self.connection.prepare_cached(include_str!("queries/names_written.sql"))?;
        let mut rows = statement.query([json_list(customers)])?;
        let mut names: FxHashMap<CustomerId, String> = FxHashMap::default();
        let mut several: Vec<CustomerId> = Vec::new();
        while let Some(row) = rows.next()? {
            let customer = CustomerId(row.get(0)?);
            if names.insert(customer, name(row)?).is_some() {
                several.push(customer);
            }
        }
        if !several.is_empty() {
            names.extend(self.names_by(include_str!("queries/names_of_these.sql"), Some(&several))?);
        }
        Ok(names)
    }

    /// [`Ledger::names`] of customers who each have an order that counts: who is written in one way only is written so
    /// there, whichever it is. Only of the others orders are looked at.
    pub fn names_of_buyers(&self, customers: &[CustomerId]) -> Result<FxHashMap<CustomerId, String>, Error> {
        // Beside each other in the file: the way down to one is nearly that to the one before.
        let mut ascending = customers.to_vec();
        ascending.sort_unstable();
        let mut statement = self.connection.prepare_cached(include_str!("queries/names_of_buyers.sql"))?;
        let mut rows = statement.query([json_list(&ascending)])?;
        // Nothing for who is written without a name.
        let mut written: FxHashMap<CustomerId, Option<String>> = FxHashMap::default();
        let mut several: Vec<CustomerId> = Vec::new();
        while let Some(row) = rows.next()? {
            let (customer, name) = (CustomerId(row.get(0)?), named(row)?);
            match written.entry(customer) {
                Entry::Occupied(known) if *known.get() != name => several.push(customer),
                Entry::Occupied(_) => {}
                Entry::Vacant(place) => drop(place.insert(name)),
            }
        }
        several.iter().for_each(|customer| drop(written.remove(customer)));
        let mut names: FxHashMap<CustomerId, String> =
            written.into_iter().filter_map(|(customer, name)| Some((customer, name?))).collect();
        if !several.is_empty() {
            names.extend(self.names(Some(&several))?);
        }
        Ok(names)
    }

    fn names_by(&self, sql: &str, customers: Option<&[CustomerId]>) -> Result<FxHashMap<CustomerId, String>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement
            .query_map(params_from_iter(customers.map(json_list)), |row| Ok((CustomerId(row.get(0)?), name(row)?)))?;
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
        let mut found: Vec<CustomerId> = rows.collect::<rusqlite::Result<_>>()?;
        found.extend(self.of_numbers(text)?);
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Customers of whom an order number holds the text, whatever the case of its letters.
    fn of_numbers(&self, text: &str) -> Result<Vec<CustomerId>, Error> {
        let text = text.to_ascii_lowercase();
        let mut statement = self.connection.prepare_cached(include_str!("queries/numbers_of_customers.sql"))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let mall = mall_of(row.get_ref(1)?.as_str().unwrap_or_default());
            let store = row.get_ref(2)?.as_str().unwrap_or_default();
            let mut number = written_order_number(mall, store, row.get_ref(3)?)?;
            number.make_ascii_lowercase();
            if number.contains(&text) {
                found.push(CustomerId(row.get(0)?));
            }
        }
        Ok(found)
    }
}

/// Family and given name of a row that begins with a customer.
fn name(row: &rusqlite::Row<'_>) -> rusqlite::Result<String> {
    let (family, given) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
    Ok(format!("{family} {given}").trim().to_owned())
}

/// The same; nothing where neither is stated.
fn named(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<String>> {
    let is_empty = row.get_ref(1)?.as_str()?.is_empty() && row.get_ref(2)?.as_str()?.is_empty();
    if is_empty { Ok(None) } else { name(row).map(Some) }
}

/// For `json_each`, which keeps one prepared statement for lists of any length.
pub(super) fn json_list(customers: &[CustomerId]) -> String {
    let ids: Vec<String> = customers.iter().map(ToString::to_string).collect();
    format!("[{}]", ids.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_asked_for_are_found_by_index() {
        let ledger = Ledger::open_in_memory().expect("memory");
        for query in [
            include_str!("queries/names_of_buyers.sql"),
            include_str!("queries/names_of_these.sql"),
            include_str!("queries/names_written.sql"),
        ] {
            let mut plan = ledger.connection.prepare(&format!("explain query plan {query}")).expect("a query");
            let steps = plan.query_map(["[1, 2]"], |row| row.get(3)).expect("a plan");
            let steps: Vec<String> = steps.map(|step| step.expect("a step")).collect();
            let scanned: Vec<&String> = steps.iter().filter(|step| step.starts_with("SCAN")).collect();
            assert!(matches!(&scanned[..], [asked] if asked.starts_with("SCAN asked")), "{query}: {steps:?}");
        }
    }

    #[test]
    fn orders_of_a_buyer_are_found_by_the_index_of_the_first_and_that_of_the_later_ones() {
        let ledger = Ledger::open_in_memory().expect("memory");
        for query in [
            include_str!("queries/names_of_these.sql"),
            include_str!("queries/names_written.sql"),
            include_str!("queries/orders_of_customers.sql"),
            include_str!("queries/spellings_of_customer.sql"),
        ] {
            let mut plan = ledger.connection.prepare(&format!("explain query plan {query}")).expect("a query");
            let nothing = rusqlite::params_from_iter(vec![rusqlite::types::Null; plan.parameter_count()]);
            let steps = plan.query_map(nothing, |row| row.get::<_, String>(3)).expect("a plan");
            let steps: Vec<String> = steps.map(|step| step.expect("a step")).collect();
            for index in [" orders_of_buyer (buyer_id=?", " later_orders_of_buyer (buyer_id=?"] {
                assert!(steps.iter().any(|step| step.contains(index)), "{query}: {steps:?}");
            }
        }
    }
}
