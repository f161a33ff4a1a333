//! The one SQLite file.
//!
//! In: orders, complete, with their lines. Out: rows of a stated grain. This room decides what is new, what
//! changed and, by the weights of `shop::identity` and the owner's decisions, who is the same person; it computes no
//! figures.

pub mod batches;
pub mod beside;
mod brought;
mod brought_people;
mod brought_taken;
mod buyers;
mod campaigns;
mod common_names;
pub mod compare;
pub mod contacts;
mod content;
pub mod customers;
pub mod decisions;
mod digits;
mod draft;
pub mod error;
pub mod event_changes;
mod everything;
mod everything_beside;
pub mod exports;
mod favourites;
pub mod fees;
mod filter;
mod habits;
mod heads;
pub mod history;
mod indexes;
pub mod item_categories;
pub mod item_costs;
mod latest;
mod leavers;
pub mod likely;
mod mall_counts;
mod marks;
mod migrate;
mod named_buyers;
mod neighbours;
mod newcomers;
pub mod notes;
pub mod orders;
mod people;
pub mod privacy;
mod products;
mod recorded_files;
mod recording;
mod remembered_columns;
pub mod remembered_maps;
mod remembered_stores;
pub mod reviews;
mod rows;
mod runs;
mod said;
mod said_taken;
pub mod settings;
mod shaken;
mod sightings;
pub mod stated;
mod stoppable;
mod stores;
mod stretches;
pub mod taken;
mod undo;
mod unguarded;
mod values;
pub mod waiting;
mod words;

pub use batches::{Batch, BatchFile, Digests, NewBatch, NewFile, RecordedBefore, StoredProblem};
pub use beside::BesideCounts;
pub use compare::{Comparison, Outcome};
pub use decisions::{DecisionKind, StoredDecision};
pub use draft::{Contents, DraftMemory};
pub use error::Error;
pub use everything_beside::EverythingBeside;
pub use likely::StoredPair;
pub use privacy::Nameless;
pub use recording::{Counts, Recording};

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Pages SQLite keeps, in KiB with a minus.
const USUAL_CACHE: &str = "-32768";

/// An open ledger; one owner writes.
pub struct Ledger {
    connection: Connection,
    path: Option<PathBuf>,
    /// Of a draft: where another connection finds it.
    memory: Option<Arc<DraftMemory>>,
}

/// Which state of which ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    schema: i64,
    version: i64,
    /// By chance, with every change.
    drawn: [u8; 16],
}

impl Stamp {
    /// To be held against those of another time.
    pub fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.schema.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.version.to_le_bytes());
        bytes[16..].copy_from_slice(&self.drawn);
        bytes
    }
}

impl Ledger {
    /// Opens or makes the ledger at `path`. Refuses a file that is no ledger of ours and one of a newer program.
    pub fn open(path: &Path) -> Result<Ledger, Error> {
        let connection =
            Connection::open_with_flags(path, OpenFlags::default()).map_err(|source| Error::open(path, source))?;
        Ledger::prepare(connection, Some(path.to_owned()))
    }

    /// A ledger that lives as long as the value, for tests.
    pub fn open_in_memory() -> Result<Ledger, Error> {
        Ledger::prepare(Connection::open_in_memory()?, None)
    }

    /// Where the file is; nothing for one in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Grows with every change.
    pub fn version(&self) -> Result<i64, Error> {
        Ok(self.connection.query_row("select version from ledger_version", [], |row| row.get(0))?)
    }

    /// Another one for every state of every ledger: what the ledger says changes only together with it.
    pub fn stamp(&self) -> Result<Stamp, Error> {
        let schema: i64 = self.connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let (version, drawn): (i64, Vec<u8>) = self
            .connection
            .prepare_cached("select version, stamp from ledger_version")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let drawn: [u8; 16] = drawn.try_into().map_err(|_| Error::Damaged)?;
        Ok(Stamp { schema, version, drawn })
    }

    /// Lets the questions go that have been asked, and the pages; the next question needs few of them.
    pub fn rest(&self) {
        self.connection.flush_prepared_statement_cache();
        self.forget_pages();
    }

    /// Lets the pages go that are kept in memory; the next question reads those it needs.
    fn forget_pages(&self) {
        let _ = self.connection.pragma_update(None, "shrink_memory", "1");
    }

    fn prepare(mut connection: Connection, path: Option<PathBuf>) -> Result<Ledger, Error> {
        connection.set_prepared_statement_cache_capacity(64);
        migrate::check(&connection, path.as_deref())?;
        for (pragma, value) in [
            ("journal_mode", "WAL"),
            ("synchronous", "FULL"),
            ("trusted_schema", "OFF"),
            ("cell_size_check", "ON"),
            ("secure_delete", "ON"),
            ("busy_timeout", "5000"),
            ("cache_size", USUAL_CACHE),
        ] {
            connection.pragma_update(None, pragma, value)?;
        }
        // A network drive refuses WAL; then the classic journal is the safe one.
        let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        if path.is_some() && mode != "wal" {
            connection.pragma_update(None, "journal_mode", "DELETE")?;
        }
        migrate::run(&mut connection)?;
        decide_anew(&mut connection)?;
        Ok(Ledger { connection, path, memory: None })
    }
}

/// A ledger of an older program does not say who its buyers are as people, or what they tell of their habits.
fn decide_anew(connection: &mut Connection) -> Result<(), Error> {
    let undecided: bool = connection.query_row(
        "select exists (select 1 from buyer_rows where
            (person_key = 0 and is_newer = 0 or person_key = 0 and is_newer = 1))",
        [],
        |row| row.get(0),
    )?;
    let is_untold: bool = connection.query_row(
        "select not exists (select 1 from habits) and exists (select 1 from buyer_rows)",
        [],
        |row| row.get(0),
    )?;
    if undecided || is_untold {
        let transaction = connection.transaction()?;
        match undecided {
            true => people::rebuild(&transaction)?,
            false => people::decide_again(&transaction)?,
        }
        transaction.execute("update ledger_version set version = version + 1", [])?;
        transaction.commit()?;
    }
    Ok(())
}

impl Drop for Ledger {
    fn drop(&mut self) {
        // Leaves one tidy file behind; another reader may prevent it, which does no harm.
        let _ = self.connection.pragma_update(None, "wal_checkpoint", "TRUNCATE");
    }
}
