//! What the malls charged and paid.

use super::batches::mall_of;
use super::beside::Place;
use super::{Error, Ledger};
use crate::shop::beside::Fee;
use crate::shop::{Day, Mall, Yen};
use rusqlite::{Transaction, params};

/// A settlement line with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFee {
    /// The line.
    pub fee: Fee,
    /// The import it is from.
    pub batch_id: i64,
    /// Its row in the file.
    pub row: u64,
}

pub(super) fn insert(transaction: &Transaction<'_>, place: &Place, fee: &Fee) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "insert into fees (batch_id, row_number, entry_key, content_hash, mall, document, order_number, from_day,
                to_day, direction, fee_group, name, note, amount, tax, amount_with_tax, occurrence)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            place.batch_id,
            place.row,
            place.key,
            place.content,
            fee.mall.word(),
            fee.document,
            fee.order_number,
            fee.from.0,
            fee.to.0,
            fee.direction,
            fee.group,
            fee.name,
            fee.note,
            fee.amount.0,
            fee.tax.map(|yen| yen.0),
            fee.amount_with_tax.map(|yen| yen.0),
            fee.occurrence
        ])?;
    Ok(())
}

impl Ledger {
    /// Every settlement line, by mall and day. A line that several files state is there once.
    pub fn fees(&self) -> Result<Vec<StoredFee>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select f.mall, f.document, f.order_number, f.from_day, f.to_day, f.direction, f.fee_group, f.name, f.note,
                f.amount, f.tax, f.amount_with_tax, f.occurrence, f.batch_id, f.row_number
             from fees f
             where not exists (
                select 1 from fees newer where newer.entry_key = f.entry_key and newer.batch_id > f.batch_id)
             order by f.mall, f.from_day, f.batch_id, f.row_number",
        )?;
        let rows = statement.query_map([], |row| {
            let yen =
                |index: usize| -> rusqlite::Result<Option<Yen>> { Ok(row.get::<_, Option<i64>>(index)?.map(Yen)) };
            Ok(StoredFee {
                fee: Fee {
                    mall: mall_of(row.get_ref(0)?.as_str().unwrap_or_default()),
                    document: row.get(1)?,
                    order_number: row.get(2)?,
                    from: Day(row.get(3)?),
                    to: Day(row.get(4)?),
                    direction: row.get(5)?,
                    group: row.get(6)?,
                    name: row.get(7)?,
                    note: row.get(8)?,
                    amount: Yen(row.get(9)?),
                    tax: yen(10)?,
                    amount_with_tax: yen(11)?,
                    occurrence: row.get(12)?,
                },
                batch_id: row.get(13)?,
                row: row.get::<_, i64>(14)? as u64,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Orders that settlements name: mall, number as the settlement writes it, order id.
    pub fn orders_of_fees(&self) -> Result<Vec<(Mall, String, i64)>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/orders_of_fees.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok((mall_of(row.get_ref(0)?.as_str().unwrap_or_default()), row.get(1)?, row.get(2)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
