//! Which order numbers are beyond all that the ledger has: a mall numbers its orders as they come, so those of a new month need not
//! be looked up one by one.

use super::Error;
use super::digits::Kept;
use rusqlite::Connection;
use rusqlite::types::Value;
use rustc_hash::FxHashMap;

/// The greatest number of each store before the file at hand, in which an order comes once.
#[derive(Default)]
pub(super) struct Latest {
    /// Nothing where a number is kept as text, or there is none.
    of_store: FxHashMap<i64, Option<i64>>,
}

impl Latest {
    /// Whether an order of this store may have this number; false is certain.
    pub(super) fn may_hold(
        &mut self,
        connection: &Connection,
        store_id: i64,
        number: &Kept<'_>,
    ) -> Result<bool, Error> {
        let Some(number) = number.whole() else { return Ok(true) };
        let latest = match self.of_store.get(&store_id) {
            Some(latest) => *latest,
            None => {
                // Texts come after all numbers.
                let greatest: Value = connection
                    .prepare_cached("select max(number) from order_rows where store_id = ?1")?
                    .query_row([store_id], |row| row.get(0))?;
                let latest = if let Value::Integer(number) = greatest { Some(number) } else { None };
                self.of_store.insert(store_id, latest);
                latest
            }
        };
        Ok(latest.is_none_or(|latest| number <= latest))
    }
}
