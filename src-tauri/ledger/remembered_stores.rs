//! The store of a mall that the owner has named.

use super::compare::optional;
use super::{Error, Ledger};
use crate::shop::Mall;
use rusqlite::params;

impl Ledger {
    /// The store that files of this mall are of when they do not say; nothing as long as the owner has not said.
    pub fn remembered_store(&self, mall: Mall) -> Result<Option<String>, Error> {
        Ok(optional(
            self.connection
                .prepare_cached("select store from remembered_stores where mall = ?1")?
                .query_row([mall.word()], |row| row.get(0)),
        )?)
    }

    /// Remembers it; a later name replaces an earlier one, and orders recorded before keep theirs.
    pub fn remember_store(&mut self, mall: Mall, store: &str) -> Result<(), Error> {
        self.connection.execute(
            "insert or replace into remembered_stores (mall, store) values (?1, ?2)",
            params![mall.word(), store],
        )?;
        Ok(())
    }
}
