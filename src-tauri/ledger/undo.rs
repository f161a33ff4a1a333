//! Taking an import back, exactly, whichever came after it.

use super::compare::{OrderName, settle};
use super::{Error, Ledger, brought, leavers, sightings, stretches, words};
use rusqlite::{Transaction, TransactionBehavior, params};

impl Ledger {
    /// Takes the batch back: afterwards the ledger says what it would say had the batch never been recorded.
    pub fn undo(&mut self, batch_id: i64) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let known: bool =
            transaction
                .query_row("select exists (select 1 from batches where batch_id = ?1)", [batch_id], |row| row.get(0))?;
        if !known {
            return Err(Error::NoSuchBatch(batch_id));
        }
        let touched = touched_orders(&transaction, batch_id)?;
        stretches::forget(&transaction, batch_id)?;
        transaction.execute("delete from sightings where batch_id = ?1", [batch_id])?;
        // What another import stated in the same way stays, as that import's.
        for (order_id, other) in stated_elsewhere(&transaction, batch_id)? {
            transaction
                .prepare_cached("update order_rows set batch_id = ?2 where order_id = ?1")?
                .execute([order_id, other])?;
            sightings::forget(&transaction, other, order_id)?;
        }
        transaction.execute("delete from order_rows where batch_id = ?1", [batch_id])?;
        for order in touched {
            settle(&transaction, &order)?;
        }
        leavers::forget(&transaction, batch_id)?;
        transaction.execute("delete from products where product_id not in (select product_id from order_lines)", [])?;
        transaction.execute(
            "delete from stores where not exists (select 1 from order_rows o where o.store_id = stores.store_id)",
            [],
        )?;
        words::forget_unused(&transaction)?;
        transaction.execute("delete from batches where batch_id = ?1", params![batch_id])?;
        brought::settle(&transaction)?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        transaction.commit()?;
        Ok(())
    }
}

fn touched_orders(transaction: &Transaction<'_>, batch_id: i64) -> Result<Vec<OrderName>, Error> {
    let mut statement = transaction.prepare(
        "select store_id, number from order_rows where batch_id = ?1
         union
         select o.store_id, o.number from sightings s
         join order_rows o on o.order_id between s.block << 5 and (s.block << 5) + 31
         where s.batch_id = ?1 and s.orders >> (o.order_id & 31) & 1",
    )?;
    let orders = statement.query_map([batch_id], OrderName::of_row)?;
    Ok(orders.collect::<rusqlite::Result<_>>()?)
}

/// What the batch was the first to say and another one says as well, with the first of those.
fn stated_elsewhere(transaction: &Transaction<'_>, batch_id: i64) -> Result<Vec<(i64, i64)>, Error> {
    let mut statement = transaction.prepare(
        "select o.order_id, min(s.batch_id) from order_rows o
         join sightings s on s.block = o.order_id >> 5 and s.orders >> (o.order_id & 31) & 1
         where o.batch_id = ?1 group by o.order_id",
    )?;
    let statements = statement.query_map([batch_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(statements.collect::<rusqlite::Result<_>>()?)
}
