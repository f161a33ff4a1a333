//! How many people keep an item in mind.

use super::batches::mall_of;
use super::beside::Place;
use super::{Error, Ledger};
use crate::shop::Day;
use crate::shop::beside::Favourite;
use rusqlite::{Transaction, params};

pub(super) fn insert(transaction: &Transaction<'_>, place: &Place, favourite: &Favourite) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "insert into favourites (batch_id, row_number, entry_key, content_hash, mall, code, sku, name, from_day,
                to_day, total, added, visitors) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            place.batch_id,
            place.row,
            place.key,
            place.content,
            favourite.mall.word(),
            favourite.code,
            favourite.sku,
            favourite.name,
            favourite.from.map(|day| day.0),
            favourite.to.map(|day| day.0),
            favourite.total,
            favourite.added,
            favourite.visitors
        ])?;
    Ok(())
}

impl Ledger {
    /// Favourites per item and period, by mall, code and period; a file without a period counts until a newer one.
    pub fn favourites(&self) -> Result<Vec<Favourite>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select f.mall, f.code, f.sku, f.name, f.from_day, f.to_day, f.total, f.added, f.visitors
             from favourites f
             where not exists (
                select 1 from favourites newer where newer.entry_key = f.entry_key and newer.batch_id > f.batch_id)
             order by f.mall, f.code, f.sku, f.from_day",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Favourite {
                mall: mall_of(row.get_ref(0)?.as_str().unwrap_or_default()),
                code: row.get(1)?,
                sku: row.get(2)?,
                name: row.get(3)?,
                from: row.get::<_, Option<i32>>(4)?.map(Day),
                to: row.get::<_, Option<i32>>(5)?.map(Day),
                total: row.get(6)?,
                added: row.get(7)?,
                visitors: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
