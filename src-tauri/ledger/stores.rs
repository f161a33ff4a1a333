//! Shops at the malls, each once.

use super::Error;
use super::compare::optional;
use crate::shop::{Mall, Text};
use rusqlite::{Connection, params};

/// Stores met in a file, with their rows; nothing for those the ledger does not know.
#[derive(Default)]
pub(super) struct Stores {
    met: Vec<(Mall, Text, Option<i64>)>,
    /// Made just now: the ledger knows no order of theirs.
    made: Vec<(Mall, Text, i64)>,
}

impl Stores {
    /// The row of a store; nothing when the ledger did not know it when it was first asked for.
    pub(super) fn id(&mut self, connection: &Connection, mall: Mall, store: &Text) -> Result<Option<i64>, Error> {
        if let Some((_, _, id)) = self.met.iter().find(|(of, name, _)| *of == mall && name == store) {
            return Ok(*id);
        }
        let found: Option<i64> = optional(
            connection
                .prepare_cached("select store_id from stores where mall = ?1 and account = ?2")?
                .query_row(params![mall.word(), store.as_str()], |row| row.get(0)),
        )?;
        self.met.push((mall, store.clone(), found));
        Ok(found)
    }

    /// The row of a store, made when it is new. What it was asked for before, `id` answers as before: a recording has an
    /// order at most once, so there is none of this store to be looked for.
    pub(super) fn made(&mut self, connection: &Connection, mall: Mall, store: &Text) -> Result<i64, Error> {
        if let Some(id) = self.id(connection, mall, store)? {
            return Ok(id);
        }
        if let Some((_, _, id)) = self.made.iter().find(|(of, name, _)| *of == mall && name == store) {
            return Ok(*id);
        }
        connection
            .prepare_cached("insert into stores (mall, account) values (?1, ?2)")?
            .execute(params![mall.word(), store.as_str()])?;
        let id = connection.last_insert_rowid();
        self.made.push((mall, store.clone(), id));
        Ok(id)
    }
}
