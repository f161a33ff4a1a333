//! Whole exports that were written.

use super::{Error, Ledger};
use crate::shop::Moment;
use rusqlite::params;

/// One export of the whole ledger.
#[derive(Clone, Debug)]
pub struct StoredExport {
    /// Its number.
    pub export_id: i64,
    /// When it was written.
    pub written_at: Moment,
    /// `xlsx`, `csv`, `parquet`.
    pub format: String,
    /// Names, addresses, phones and mails are in it.
    pub with_names: bool,
    /// Name of the folder, not where it is.
    pub folder_name: String,
    /// Orders in it.
    pub orders: u64,
}

impl Ledger {
    /// Notes that an export was written; no answer changes by it, so the version stays. Answers its number.
    pub fn note_export(&mut self, export: &StoredExport) -> Result<i64, Error> {
        self.connection.execute(
            "insert into exports (written_at, format, with_names, folder_name, orders) values (?1, ?2, ?3, ?4, ?5)",
            params![export.written_at.0, export.format, export.with_names, export.folder_name, export.orders as i64],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// All exports, newest first.
    pub fn exports(&self) -> Result<Vec<StoredExport>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select export_id, written_at, format, with_names, folder_name, orders from exports
             order by export_id desc",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(StoredExport {
                export_id: row.get(0)?,
                written_at: Moment(row.get(1)?),
                format: row.get(2)?,
                with_names: row.get(3)?,
                folder_name: row.get(4)?,
                orders: row.get::<_, i64>(5)? as u64,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
