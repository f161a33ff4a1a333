//! What the malls themselves counted.

use super::batches::mall_of;
use super::beside::Place;
use super::{Error, Ledger};
use crate::shop::beside::MallCount;
use crate::shop::{Day, Yen};
use rusqlite::{Transaction, params};

pub(super) fn insert(transaction: &Transaction<'_>, place: &Place, count: &MallCount) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "insert into mall_counts (batch_id, row_number, entry_key, content_hash, mall, from_day, of_month, sales,
                orders, visitors, new_buyers, repeat_buyers, new_sales, repeat_sales, new_orders, repeat_orders)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            place.batch_id,
            place.row,
            place.key,
            place.content,
            count.mall.word(),
            count.from.0,
            count.of_month,
            count.sales.map(|yen| yen.0),
            count.orders,
            count.visitors,
            count.new_buyers,
            count.repeat_buyers,
            count.new_sales.map(|yen| yen.0),
            count.repeat_sales.map(|yen| yen.0),
            count.new_orders,
            count.repeat_orders
        ])?;
    Ok(())
}

impl Ledger {
    /// Every count that counts: months and days, each oldest first.
    pub fn mall_counts(&self) -> Result<Vec<MallCount>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select c.mall, c.from_day, c.of_month, c.sales, c.orders, c.visitors, c.new_buyers, c.repeat_buyers,
                c.new_sales, c.repeat_sales, c.new_orders, c.repeat_orders
             from mall_counts c
             where not exists (
                select 1 from mall_counts newer where newer.entry_key = c.entry_key and newer.batch_id > c.batch_id)
             order by c.mall, c.of_month desc, c.from_day",
        )?;
        let rows = statement.query_map([], |row| {
            let yen =
                |index: usize| -> rusqlite::Result<Option<Yen>> { Ok(row.get::<_, Option<i64>>(index)?.map(Yen)) };
            Ok(MallCount {
                mall: mall_of(row.get_ref(0)?.as_str().unwrap_or_default()),
                from: Day(row.get(1)?),
                of_month: row.get(2)?,
                sales: yen(3)?,
                orders: row.get(4)?,
                visitors: row.get(5)?,
                new_buyers: row.get(6)?,
                repeat_buyers: row.get(7)?,
                new_sales: yen(8)?,
                repeat_sales: yen(9)?,
                new_orders: row.get(10)?,
                repeat_orders: row.get(11)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
