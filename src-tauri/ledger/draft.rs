//! A draft: a copy of a ledger without orders in memory, in which an import is written before its owner has said yes.
//! Thrown away, or copied over the ledger as it is: page by page, in one transaction.

use super::{Error, Ledger, USUAL_CACHE};
use crate::shop::Moment;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use xxhash_rust::xxh3::Xxh3;

/// A ledger larger than this is not copied for a draft: it holds whole halves of pairs.
const LARGEST: i64 = 16 << 20;

/// Everything the tables of a ledger say, as a number; of two ledgers that say the same it is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents(u128);

/// The memory of a draft: SQLite keeps it as long as a connection is open to it, and this is one.
#[derive(Debug)]
pub struct DraftMemory {
    name: String,
    _held: Mutex<Connection>,
}

impl DraftMemory {
    fn new() -> Result<DraftMemory, Error> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("file:/draft-{}?vfs=memdb", NEXT.fetch_add(1, Ordering::Relaxed));
        let held = Mutex::new(opened(&name, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?);
        Ok(DraftMemory { name, _held: held })
    }

    /// By which SQLite finds it within this program.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One more connection to it.
    pub(super) fn open(&self, access: OpenFlags) -> Result<Connection, Error> {
        opened(&self.name, access)
    }
}

impl Ledger {
    /// A copy of this ledger in memory, to be written in and thrown away, and what it says so far. Nothing when there are
    /// orders in it, or when it is large.
    pub fn draft(&self) -> Result<Option<(Ledger, Arc<DraftMemory>, Contents)>, Error> {
        let (has_orders, bytes): (bool, i64) = self.connection.query_row(
            "select exists (select 1 from order_rows) or exists (select 1 from buyer_rows),
                (select page_count from pragma_page_count) * (select page_size from pragma_page_size)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if has_orders || bytes > LARGEST {
            return Ok(None);
        }
        let memory = Arc::new(DraftMemory::new()?);
        // Not page by page: memory that others find by name has no write-ahead log, which the ledger's first page asks for.
        self.connection.execute("vacuum into ?1", [memory.name()])?;
        let connection = memory.open(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.set_prepared_statement_cache_capacity(64);
        for (pragma, value) in
            [("trusted_schema", "OFF"), ("cell_size_check", "ON"), ("foreign_keys", "ON"), ("cache_size", USUAL_CACHE)]
        {
            connection.pragma_update(None, pragma, value)?;
        }
        let contents = contents(&connection)?;
        let ledger = Ledger { connection, path: None, memory: Some(Arc::clone(&memory)) };
        Ok(Some((ledger, memory, contents)))
    }

    /// Becomes what the draft says, its batches recorded at this moment; only if this ledger says exactly what the draft
    /// was made of, and nobody else is at it. Answers whether it did; if not, it is as it was.
    pub fn take_draft(
        &mut self,
        draft: &DraftMemory,
        made_of: Contents,
        batches: &[i64],
        recorded_at: Moment,
    ) -> Result<bool, Error> {
        let from = draft.open(OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mode = |connection: &Connection| -> Result<String, Error> {
            Ok(connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?)
        };
        let was_logged = mode(&self.connection)? == "wal";
        if was_logged {
            // As `Unguarded`: the log would hold all there will be once more. Somebody else who reads prevents it.
            let _ = self.connection.pragma_update(None, "journal_mode", "DELETE");
        }
        let taken = match mode(&self.connection)?.as_str() {
            "wal" => Ok(false),
            _ => self.take_alone(&from, made_of, batches, recorded_at),
        };
        // Outside a transaction these cannot fail; reading lets others in again.
        let _ = self.connection.pragma_update(None, "locking_mode", "NORMAL");
        let _ = self.version();
        if was_logged {
            let _ = self.connection.pragma_update(None, "journal_mode", "WAL");
        }
        // Every page went through memory.
        self.forget_pages();
        taken
    }

    /// From the look at what it says to the last page nobody else gets at the ledger.
    fn take_alone(
        &mut self,
        from: &Connection,
        made_of: Contents,
        batches: &[i64],
        recorded_at: Moment,
    ) -> Result<bool, Error> {
        self.connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        if contents(&transaction)? != made_of {
            return Ok(false);
        }
        transaction.commit()?;
        if Backup::new(from, &mut self.connection)?.step(-1)? != StepResult::Done {
            return Ok(false);
        }
        let transaction = self.connection.transaction()?;
        for batch in batches {
            transaction
                .prepare_cached("update batches set recorded_at = ?2 where batch_id = ?1")?
                .execute(params![batch, recorded_at.0])?;
        }
        transaction.commit()?;
        Ok(true)
    }
}

fn opened(name: &str, access: OpenFlags) -> Result<Connection, Error> {
    let flags = access | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(name, flags).map_err(|source| Error::open(Path::new(name), source))
}

/// Some tables change without the ledger's version: what figures do not hang on.
fn contents(connection: &Connection) -> Result<Contents, Error> {
    let mut schema = connection.prepare("select type, name, coalesce(sql, '') from sqlite_schema order by name")?;
    let named = schema.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let named: Vec<(String, String, String)> = named.collect::<rusqlite::Result<_>>()?;
    let mut columns = connection.prepare("select name from pragma_table_info(?1) order by cid")?;
    let mut hash = Xxh3::new();
    let mut add = |tag: u8, bytes: &[u8]| {
        hash.update(&[tag]);
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    for (kind, name, sql) in named {
        add(b'd', name.as_bytes());
        add(b'd', sql.as_bytes());
        if kind != "table" {
            continue;
        }
        let columns = columns.query_map([&name], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        let mut table = connection.prepare(&format!("select \"{}\" from \"{name}\"", columns.join("\", \"")))?;
        let mut rows = table.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns.len() {
                match row.get_ref(column)? {
                    ValueRef::Null => add(b'n', &[]),
                    ValueRef::Integer(number) => add(b'i', &number.to_le_bytes()),
                    ValueRef::Real(number) => add(b'r', &number.to_bits().to_le_bytes()),
                    ValueRef::Text(text) => add(b't', text),
                    ValueRef::Blob(bytes) => add(b'b', bytes),
                }
            }
        }
    }
    Ok(Contents(hash.digest128()))
}
