//! Shops at the malls, each once.

use super::Error;
use super::compare::optional;
use crate::shop::{Mall, Text};
use rusqlite::{Connection, params};

/// Stores met in a file, with their rows; nothing for those the ledger does not know.
#[derive(Default)]
pub(super) struct Stores(Vec<(Mall, Text, Option<i64>)>);

impl Stores {
    /// The row of a store; nothing when the ledger does not know it.
    pub(super) fn id(&mut self, connection: &Connection, mall: Mall, store: &Text) -> Result<Option<i64>, Error> {
        if let Some((_, _, id)) = self.0.iter().find(|(of, name, _)| *of == mall && name == store) {
            return Ok(*id);
        }
        let found: Option<i64> = optional(
            connection
                .prepare_cached("select store_id from stores where mall = ?1 and account = ?2")?
                .query_row(params![mall.word(), store.as_str()], |row| row.get(0)),
        )?;
        self.0.push((mall, store.clone(), found));
        Ok(found)
    }

    /// The row of a store, made when it is new.
    pub(super) fn made(&mut self, connection: &Connection, mall: Mall, store: &Text) -> Result<i64, Error> {
        if let Some(id) = self.id(connection, mall, store)? {
            return Ok(id);
        }
        connection
            .prepare_cached("insert into stores (mall, account) values (?1, ?2)")?
            .execute(params![mall.word(), store.as_str()])?;
        let id = connection.last_insert_rowid();
        self.0.retain(|(of, name, _)| *of != mall || name != store);
        self.0.push((mall, store.clone(), Some(id)));
        Ok(id)
    }
}
