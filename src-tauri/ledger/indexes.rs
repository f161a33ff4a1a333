//! Indexes of an empty ledger are made after its rows: sorting once costs less than finding a place for every row.

use super::{Error, USUAL_CACHE};
use rusqlite::Connection;

/// Definitions of indexes that were taken away inside the running transaction.
pub(super) struct SetAside(Vec<String>);

/// Those that hold every order or buyer of a first import. The others hold few of them or none: going over all rows once more
/// for them, when nothing else is left to do, would take longer than asking of each row as it comes.
const OF_ALL: &str = "name in ('orders_of_buyer', 'buyers_by_hash', 'buyers_by_person')";

/// Takes the indexes of all orders and buyers away; for tables without rows. That by which an order is found `stays` where
/// several files follow each other, which may say the same orders.
pub(super) fn set_aside(connection: &Connection, stays: bool) -> Result<SetAside, Error> {
    let of_orders = if stays { "" } else { "or name = 'orders_by_number'" };
    take_away(connection, &format!("({OF_ALL} {of_orders})"))
}

/// Takes all indexes away of which this holds.
fn take_away(connection: &Connection, which: &str) -> Result<SetAside, Error> {
    let mut statement = connection.prepare(&format!(
        "select name, sql from sqlite_schema where type = 'index' and sql is not null and {which} order by name"
    ))?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexes: Vec<(String, String)> = found.collect::<rusqlite::Result<_>>()?;
    for (name, _) in &indexes {
        connection.execute_batch(&format!("drop index {name}"))?;
    }
    Ok(SetAside(indexes.into_iter().map(|(_, sql)| sql).collect()))
}

/// So few newer buyers stay by themselves however small the ledger is.
const FEW_NEWER: i64 = 20_000;
/// When newer buyers are this part of all people they join the others: until then a file touches at most so many pages of
/// their indexes, and making the large ones anew is spread over so many people.
const NEWER_PART: i64 = 10;

/// Has the newer buyers found among all others once they have become many; `people` is how many there are.
pub(super) fn gather_newer(connection: &Connection, people: i64) -> Result<(), Error> {
    let newer: i64 =
        connection.query_row("select count(*) from buyer_rows where is_newer = 1", [], |row| row.get(0))?;
    if newer <= FEW_NEWER.max(people / NEWER_PART) {
        return Ok(());
    }
    let indexes = take_away(connection, "tbl_name = 'buyer_rows' and sql like '%is_newer = %'")?;
    connection.execute("update buyer_rows set is_newer = 0 where is_newer = 1", [])?;
    indexes.0.iter().try_for_each(|sql| connection.execute_batch(sql))?;
    Ok(())
}

/// SQLite sorts as much at once as its cache may have, beside the cache: with the usual one a quarter of the peak, and no
/// sooner done. What fills this is sorted by a thread of its own while the table is read on.
const CACHE_OF_SORTING: &str = "-1024";
/// Such threads.
const SORTERS: u8 = 1;

impl SetAside {
    /// Makes them again, exactly as they were.
    pub(super) fn put_back(&self, connection: &Connection) -> Result<(), Error> {
        connection.pragma_update(None, "cache_size", CACHE_OF_SORTING)?;
        connection.pragma_update(None, "threads", SORTERS)?;
        self.0.iter().try_for_each(|sql| connection.execute_batch(sql))?;
        connection.pragma_update(None, "threads", 0)?;
        connection.pragma_update(None, "cache_size", USUAL_CACHE)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;

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
        for (stays, away) in [(false, 4), (true, 3)] {
            let indexes = set_aside(&ledger.connection, stays).expect("an empty ledger");
            assert_eq!(schema(&ledger).len() + away, before.len(), "they are away");
            indexes.put_back(&ledger.connection).expect("no rows");
            assert_eq!(schema(&ledger), before);
        }

        drop(ledger.record(1).expect("a recording"));
        assert_eq!(schema(&ledger), before, "a recording that was dropped never happened");
        let checked: bool =
            ledger.connection.pragma_query_value(None, "foreign_keys", |row| row.get(0)).expect("a pragma");
        assert!(checked);
    }

    #[test]
    fn newer_buyers_join_the_others_once_they_are_many() {
        let ledger = Ledger::open_in_memory().expect("memory");
        let connection = &ledger.connection;
        let (schema_before, few) = (schema(&ledger), FEW_NEWER);
        let newer = |connection: &Connection| -> i64 {
            connection
                .query_row("select count(*) from buyer_rows where is_newer = 1", [], |row| row.get(0))
                .expect("a count")
        };
        connection
            .execute(
                "with recursive n (n) as (values (1) union all select n + 1 from n where n < ?1)
                 insert into buyer_rows
                 select n, n * 7, n * 5, 1, n, 0, 1, '', '', '', null, '', '', '', '', '' from n",
                [few + 1],
            )
            .expect("buyers");
        // One more than stay by themselves in a small ledger, and less than a tenth of all.
        gather_newer(connection, (few + 2) * NEWER_PART).expect("a large ledger");
        assert_eq!(newer(connection), few + 1);
        gather_newer(connection, few).expect("a small ledger");
        assert_eq!((newer(connection), schema(&ledger)), (0, schema_before));
        connection.execute("delete from buyer_rows where buyer_id > 3", []).expect("fewer");
        connection.execute("update buyer_rows set is_newer = 1 where buyer_id = 3", []).expect("one newer");
        gather_newer(connection, 3).expect("few");
        assert_eq!(newer(connection), 1);
        // Both kinds are found, each through its index.
        for (hash, id) in [(7, 1), (21, 3)] {
            let sql = "select buyer_id from buyer_rows
                where (buyer_hash = ?1 and is_newer = 0 or buyer_hash = ?1 and is_newer = 1)";
            let found: i64 = connection.query_row(sql, [hash], |row| row.get(0)).expect("a buyer");
            assert_eq!(found, id);
            let plan: String =
                connection.query_row(&format!("explain query plan {sql}"), [hash], |row| row.get(3)).expect("a plan");
            assert_eq!(plan, "MULTI-INDEX OR", "no buyer is looked for among all");
        }
    }

    #[test]
    fn a_first_recording_leaves_the_journal_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = Ledger::open(&folder.path().join("shop.ledger")).expect("a new ledger");
        let mode = |ledger: &Ledger| -> String {
            ledger.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("a pragma")
        };
        let recording = ledger.record(1).expect("a recording");
        assert_eq!(recording.journal(), "delete");
        drop(recording);
        assert_eq!(mode(&ledger), "wal");
    }
}
