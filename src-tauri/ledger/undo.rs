//! Taking an import back, exactly, whichever came after it.

use super::compare::settle;
use super::{Error, Ledger, brought, leavers};
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
        transaction.execute("delete from sightings where batch_id = ?1", [batch_id])?;
        // What another import stated in the same way stays, as that import's.
        transaction.execute(
            "update orders set batch_id = (select min(s.batch_id) from sightings s where s.order_id = orders.order_id)
             where batch_id = ?1 and exists (select 1 from sightings s where s.order_id = orders.order_id)",
            [batch_id],
        )?;
        transaction.execute(
            "delete from sightings where exists (
                select 1 from orders o where o.order_id = sightings.order_id and o.batch_id = sightings.batch_id)",
            [],
        )?;
        transaction.execute("delete from orders where batch_id = ?1", [batch_id])?;
        for key in touched {
            settle(&transaction, key)?;
        }
        leavers::forget(&transaction, batch_id)?;
        transaction.execute("delete from products where product_id not in (select product_id from order_lines)", [])?;
        transaction.execute(
            "delete from stores where not exists (select 1 from orders o where o.store_id = stores.store_id)",
            [],
        )?;
        transaction.execute("delete from batches where batch_id = ?1", params![batch_id])?;
        brought::settle(&transaction)?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        transaction.commit()?;
        Ok(())
    }
}

fn touched_orders(transaction: &Transaction<'_>, batch_id: i64) -> Result<Vec<i64>, Error> {
    let mut statement = transaction.prepare(
        "select order_key from orders where batch_id = ?1
         union
         select o.order_key from sightings s join orders o on o.order_id = s.order_id where s.batch_id = ?1",
    )?;
    let keys = statement.query_map([batch_id], |row| row.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}
