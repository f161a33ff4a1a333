//! Indexes of an empty ledger are made after its rows: sorting once costs less than finding a place for every row.

use super::{Error, USUAL_CACHE};
use rusqlite::Connection;

/// Definitions of indexes that were taken away inside the running transaction.
pub(super) struct SetAside(Vec<String>);

/// Takes the indexes of orders, lines and buyers away; for tables without rows.
pub(super) fn set_aside(connection: &Connection) -> Result<SetAside, Error> {
    let mut statement = connection.prepare(
        "select name, sql from sqlite_schema
         where type = 'index' and sql is not null and tbl_name in ('orders', 'order_lines', 'buyers')
         order by name",
    )?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexes: Vec<(String, String)> = found.collect::<rusqlite::Result<_>>()?;
    for (name, _) in &indexes {
        connection.execute_batch(&format!("drop index {name}"))?;
    }
    Ok(SetAside(indexes.into_iter().map(|(_, sql)| sql).collect()))
}

/// SQLite sorts as much in memory as its cache may have, beside the cache: with the usual one a quarter of the peak, and
/// no sooner done.
const CACHE_OF_SORTING: &str = "-8192";

/// Which indexes are made again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those that say whose a buyer is: they wait until that is written.
    OfCustomers,
    /// All others.
    Others,
}

impl SetAside {
    /// Makes these again, exactly as they were.
    pub(super) fn put_back(&self, connection: &Connection, wanted: Wanted) -> Result<(), Error> {
        connection.pragma_update(None, "cache_size", CACHE_OF_SORTING)?;
        for sql in self.0.iter().filter(|sql| sql.contains("customer_id") == (wanted == Wanted::OfCustomers)) {
            connection.execute_batch(sql)?;
        }
        connection.pragma_update(None, "cache_size", USUAL_CACHE)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;
    use crate::shop::Mall;

    fn schema(ledger: &Ledger) -> Vec<String> {
        let mut statement = ledger
            .connection
            .prepare("select sql from sqlite_schema where sql is not null order by name")
            .expect("a schema");
        statement.query_map([], |row| row.get(0)).expect("rows").map(|sql| sql.expect("text")).collect()
    }

    #[test]
    fn indexes_come_back_as_they_were_and_references_are_checked_again() {
        let mut ledger = Ledger::open_in_memory().expect("memory");
        let before = schema(&ledger);
        let indexes = set_aside(&ledger.connection).expect("an empty ledger");
        assert!(schema(&ledger).len() + 4 < before.len(), "they are away");
        for wanted in [Wanted::Others, Wanted::OfCustomers] {
            indexes.put_back(&ledger.connection, wanted).expect("no rows");
        }
        assert_eq!(schema(&ledger), before);

        drop(ledger.record("rakuten-order-current", Mall::Rakuten).expect("a recording"));
        assert_eq!(schema(&ledger), before, "a recording that was dropped never happened");
        let checked: bool =
            ledger.connection.pragma_query_value(None, "foreign_keys", |row| row.get(0)).expect("a pragma");
        assert!(checked);
    }

    #[test]
    fn a_first_recording_leaves_the_journal_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = Ledger::open(&folder.path().join("shop.ledger")).expect("a new ledger");
        let mode = |ledger: &Ledger| -> String {
            ledger.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("a pragma")
        };
        let recording = ledger.record("rakuten-order-current", Mall::Rakuten).expect("a recording");
        assert_eq!(recording.journal(), "delete");
        drop(recording);
        assert_eq!(mode(&ledger), "wal");
    }
}
