//! How the owner reads tables that no mall writes, by header row.

use super::{Error, Ledger};
use crate::shop::Moment;
use rusqlite::params;

/// A description the owner gave of tables with one header row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RememberedMap {
    /// Of the header row.
    pub fingerprint: String,
    /// The file it was made for, without its folder.
    pub file_name: String,
    /// The header row, as a JSON array of texts.
    pub headers: String,
    /// The description, as JSON.
    pub map: String,
    /// When it was last changed.
    pub remembered_at: Moment,
}

impl Ledger {
    /// Every description, the newest first.
    pub fn remembered_maps(&self) -> Result<Vec<RememberedMap>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select fingerprint, file_name, headers, map, remembered_at from remembered_maps
                 order by remembered_at desc, fingerprint",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(RememberedMap {
                fingerprint: row.get(0)?,
                file_name: row.get(1)?,
                headers: row.get(2)?,
                map: row.get(3)?,
                remembered_at: Moment(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Remembers a description; a later one of the same header row replaces an earlier one.
    pub fn remember_map(&mut self, map: &RememberedMap) -> Result<(), Error> {
        self.connection.execute(
            "insert or replace into remembered_maps (fingerprint, file_name, headers, map, remembered_at)
                 values (?1, ?2, ?3, ?4, ?5)",
            params![map.fingerprint, map.file_name, map.headers, map.map, map.remembered_at.0],
        )?;
        Ok(())
    }

    /// Forgets a description; whether there was one. What was recorded with it stays.
    pub fn forget_map(&mut self, fingerprint: &str) -> Result<bool, Error> {
        Ok(self.connection.execute("delete from remembered_maps where fingerprint = ?1", [fingerprint])? > 0)
    }
}
