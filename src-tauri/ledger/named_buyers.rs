//! What names buyers by hash, and so outlives their rows: it goes along when a buyer gets another hash.

use super::Error;
use rusqlite::{Connection, params};

/// Tables of what is said about buyers, with what one row of them is about besides the buyer.
const SAID_OF: [(&str, &[&str]); 3] =
    [("noted_buyers", &["note_id"]), ("taken_buyers", &["taken_id", "place"]), ("contact_buyers", &["contact_id"])];

/// A buyer is written under another hash from now on: what is said about nobody else who is there is said of it too.
pub(super) fn follow(connection: &Connection, old_hash: i64, new_hash: i64) -> Result<(), Error> {
    for (table, about) in SAID_OF {
        let listed = |before: &str| about.iter().map(|column| format!("{before}{column}")).collect::<Vec<_>>();
        let same: Vec<String> = about.iter().map(|column| format!("other.{column} = t.{column}")).collect();
        let sql = format!(
            "insert or ignore into {table} ({}, buyer_hash)
             select {}, ?2 from {table} t
             where t.buyer_hash = ?1 and not exists (
                select 1 from {table} other cross join buyer_rows b
                on
                    (b.buyer_hash = other.buyer_hash and b.is_newer = 0 or b.buyer_hash = other.buyer_hash and b.is_newer = 1) where {})",
            listed("").join(", "),
            listed("t.").join(", "),
            same.join(" and ")
        );
        connection.prepare_cached(&sql)?.execute(params![old_hash, new_hash])?;
    }
    Ok(())
}

/// A buyer is called by another hash everywhere; decisions too.
pub(super) fn rename(connection: &Connection, old_hash: i64, new_hash: i64) -> Result<(), Error> {
    for table in SAID_OF.iter().map(|(table, _)| *table).chain(["decided_buyers"]) {
        let sql = format!("update or ignore {table} set buyer_hash = ?2 where buyer_hash = ?1");
        connection.prepare_cached(&sql)?.execute([old_hash, new_hash])?;
    }
    Ok(())
}
