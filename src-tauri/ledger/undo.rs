//! Taking an import back, exactly, whichever came after it.

use super::compare::{OrderName, settle};
use super::marks::Marks;
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
        let marks = Marks::of(&transaction, batch_id)?;
        let touched = touched_orders(&transaction, batch_id, &marks)?;
        stretches::forget(&transaction, batch_id)?;
        transaction.execute("delete from sightings where batch_id = ?1", [batch_id])?;
        // What another import stated in the same way stays, as that import's.
        let passed_on = stated_elsewhere(&transaction, batch_id, &marks)?;
        for (order_id, other) in &passed_on {
            transaction
                .prepare_cached("update order_rows set batch_id = ?2 where order_id = ?1")?
                .execute([order_id, other])?;
            sightings::forget(&transaction, *other, *order_id)?;
        }
        let buyers = buyers_of(&transaction, batch_id, &marks)?;
        transaction.execute(&format!("delete from order_rows where {OF_BATCH}"), of_batch(batch_id, &marks))?;
        for order in touched {
            settle(&transaction, &order)?;
        }
        leavers::forget(&transaction, batch_id, buyers)?;
        transaction.execute(
            "delete from products where product_id > ?1
                and product_id not in (select product_id from order_lines where order_id > ?2)",
            [marks.products, marks.orders],
        )?;
        transaction.execute(
            "delete from stores where not exists (select 1 from order_rows o where o.store_id = stores.store_id)",
            [],
        )?;
        words::forget_unused(&transaction, &marks)?;
        marks.sink(&transaction, &passed_on)?;
        transaction.execute("delete from batches where batch_id = ?1", params![batch_id])?;
        brought::settle(&transaction)?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        transaction.commit()?;
        Ok(())
    }
}

/// Holds of the orders of a batch, which lie between its marks.
const OF_BATCH: &str = "order_id > ?2 and order_id <= ?3 and batch_id = ?1";

fn of_batch(batch_id: i64, marks: &Marks) -> [i64; 3] {
    [batch_id, marks.orders, marks.orders_to]
}

fn touched_orders(transaction: &Transaction<'_>, batch_id: i64, marks: &Marks) -> Result<Vec<OrderName>, Error> {
    let mut statement = transaction.prepare(&format!(
        "select store_id, number from order_rows where {OF_BATCH}
         union
         select o.store_id, o.number from sightings s
         join order_rows o on o.order_id between s.block << 5 and (s.block << 5) + 31
         where s.batch_id = ?1 and s.orders >> (o.order_id & 31) & 1"
    ))?;
    let orders = statement.query_map(of_batch(batch_id, marks), OrderName::of_row)?;
    Ok(orders.collect::<rusqlite::Result<_>>()?)
}

/// What the batch was the first to say and another one says as well, with the first of those.
fn stated_elsewhere(transaction: &Transaction<'_>, batch_id: i64, marks: &Marks) -> Result<Vec<(i64, i64)>, Error> {
    let mut statement = transaction.prepare(&format!(
        "select o.order_id, min(s.batch_id) from (select order_id from order_rows where {OF_BATCH}) o
         cross join sightings s on s.block = o.order_id >> 5 and s.orders >> (o.order_id & 31) & 1
         group by o.order_id"
    ))?;
    let statements = statement.query_map(of_batch(batch_id, marks), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(statements.collect::<rusqlite::Result<_>>()?)
}

/// Whose orders the batch's are.
fn buyers_of(transaction: &Transaction<'_>, batch_id: i64, marks: &Marks) -> Result<Vec<i64>, Error> {
    let mut statement =
        transaction.prepare(&format!("select distinct buyer_id from order_rows where {OF_BATCH} order by buyer_id"))?;
    let buyers = statement.query_map(of_batch(batch_id, marks), |row| row.get(0))?;
    Ok(buyers.collect::<rusqlite::Result<_>>()?)
}
