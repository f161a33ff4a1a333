//! Products: one row per distinct way of writing one.

use super::Error;
use super::compare::optional;
use crate::shop::{Mall, OrderLine};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

/// Products met in a recording.
#[derive(Default)]
pub(super) struct Products {
    ids: FxHashMap<i64, i64>,
}

impl Products {
    /// The row of this line's product, made when it is new.
    /// `hash` is its product hash.
    pub(super) fn id(
        &mut self,
        connection: &Connection,
        mall: Mall,
        line: &OrderLine,
        hash: i64,
    ) -> Result<i64, Error> {
        if let Some(id) = self.ids.get(&hash) {
            return Ok(*id);
        }
        let found = optional(
            connection
                .prepare_cached("select product_id from products where product_hash = ?1")?
                .query_row([hash], |row| row.get(0)),
        )?;
        let id = match found {
            Some(id) => id,
            None => {
                connection
                    .prepare_cached(
                        "insert into products (product_hash, mall, code, sku, name, variation)
                         values (?1, ?2, ?3, ?4, ?5, ?6)",
                    )?
                    .execute(params![
                        hash,
                        mall.word(),
                        &*line.item_code,
                        &*line.sku,
                        &*line.item_name,
                        &*line.variation
                    ])?;
                connection.last_insert_rowid()
            }
        };
        self.ids.insert(hash, id);
        Ok(id)
    }
}
