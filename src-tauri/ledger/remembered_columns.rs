//! The columns of free-form lists that the owner pointed at, by header row.

use super::compare::optional;
use super::{Error, Ledger};
use rusqlite::params;

impl Ledger {
    /// Code and cost header that the owner pointed at for this header row.
    pub fn remembered_columns(&self, fingerprint: &str) -> Result<Option<(String, String)>, Error> {
        Ok(optional(
            self.connection
                .prepare_cached("select code_header, cost_header from remembered_columns where fingerprint = ?1")?
                .query_row([fingerprint], |row| Ok((row.get(0)?, row.get(1)?))),
        )?)
    }

    /// Remembers them; a later choice replaces an earlier one.
    pub fn remember_columns(&mut self, fingerprint: &str, code: &str, cost: &str) -> Result<(), Error> {
        self.connection.execute(
            "insert or replace into remembered_columns (fingerprint, code_header, cost_header) values (?1, ?2, ?3)",
            params![fingerprint, code, cost],
        )?;
        Ok(())
    }

    /// Fingerprints of all header rows the owner pointed in.
    pub fn pointed_headers(&self) -> Result<Vec<String>, Error> {
        let mut statement =
            self.connection.prepare_cached("select fingerprint from remembered_columns order by fingerprint")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
