//! Why the ledger could not answer.

use std::path::{Path, PathBuf};

/// A failure of the ledger; nothing was changed by the call that returns it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened.
    #[error("the ledger cannot be opened: {path}")]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The file is a database of something else, or no database.
    #[error("not a ledger of Otokui: {path}")]
    Foreign {
        /// Which.
        path: PathBuf,
    },
    /// The file was made by a newer program; it was not touched.
    #[error("the ledger was made by a newer version: {path}")]
    Newer {
        /// Which.
        path: PathBuf,
    },
    /// No batch has this number.
    #[error("there is no import {0}")]
    NoSuchBatch(i64),
    /// Amounts add up beyond what a ledger holds.
    #[error("an amount is out of range")]
    OutOfRange,
    /// A row speaks of another that is not there: something else than Otokui has written to the file.
    #[error("the ledger is damaged")]
    Damaged,
    /// Names were to be written into a ledger that keeps none, or keys into one that does.
    #[error("this ledger keeps no names, or what came has none")]
    Names,
    /// Somebody said stop; nothing of it was kept.
    #[error("stopped")]
    Stopped,
    /// Migration failed; the file is as it was.
    #[error("the ledger could not be brought up to date")]
    Migration(#[from] rusqlite_migration::Error),
    /// SQLite said no.
    #[error("the ledger failed")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => Error::Stopped,
            _ => Error::Sqlite(error),
        }
    }
}

impl Error {
    /// An error while opening; tells a foreign file from an unreadable one.
    pub(crate) fn open(path: &Path, source: rusqlite::Error) -> Error {
        match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Error::Foreign { path: path.to_owned() },
            _ => Error::Open { path: path.to_owned(), source },
        }
    }

    /// SQLite's extended number of the failure; nothing when it was not SQLite's.
    pub fn number(&self) -> Option<i32> {
        match self {
            Error::Sqlite(e) | Error::Open { source: e, .. } => e.sqlite_error().map(|error| error.extended_code),
            _ => None,
        }
    }

    /// The disk is full.
    pub fn is_disk_full(&self) -> bool {
        matches!(self, Error::Sqlite(e) | Error::Open { source: e, .. }
            if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull))
    }

    /// Another program holds the file.
    pub fn is_busy(&self) -> bool {
        matches!(self, Error::Sqlite(e) | Error::Open { source: e, .. }
            if matches!(e.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)))
    }
}
