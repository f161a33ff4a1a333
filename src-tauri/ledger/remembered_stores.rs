//! The store of a mall that the owner has named, and the orders recorded before it had a name.

use super::compare::{OrderName, optional, settle};
use super::content::{buyer_hash, content_hash, order_key};
use super::decisions::{move_order, separated_orders};
use super::digits::order_number;
use super::everything::each_statement;
use super::leavers;
use super::named_buyers;
use super::people;
use super::privacy::is_nameless;
use super::{Error, Ledger, sightings};
use crate::shop::{Mall, Order};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::ops::ControlFlow;

impl Ledger {
    /// The store that files of this mall are of when they do not say; nothing as long as the owner has not said.
    pub fn remembered_store(&self, mall: Mall) -> Result<Option<String>, Error> {
        Ok(optional(
            self.connection
                .prepare_cached("select store from remembered_stores where mall = ?1")?
                .query_row([mall.word()], |row| row.get(0)),
        )?)
    }

    /// Remembers it; a later name replaces an earlier one. Orders recorded without a store become this store's, as if it
    /// had been named before they were recorded; orders that have one keep it.
    pub fn remember_store(&mut self, mall: Mall, store: &str) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "insert or replace into remembered_stores (mall, store) values (?1, ?2)",
            params![mall.word(), store],
        )?;
        let nameless = optional(transaction.query_row(
            "select store_id from stores where mall = ?1 and account = ''",
            [mall.word()],
            |row| row.get(0),
        ))?;
        if let Some(nameless) = nameless.filter(|_| mall == Mall::Yahoo && !store.is_empty()) {
            carry_over(&transaction, nameless, store)?;
            transaction.execute("update ledger_version set version = version + 1", [])?;
        }
        Ok(transaction.commit()?)
    }
}

/// A statement about an order of the nameless store, and what it is under its new name.
struct Renamed {
    order_id: i64,
    number: String,
    parent_number: Option<String>,
    /// Nothing where it stays: of an order's numbers only that of its origin is part of what it says, and without the names
    /// it was recorded with it cannot be worked out again.
    content: Option<i64>,
    /// Before and after.
    keys: [i64; 2],
    /// The number before; `number` is the one after.
    old_number: String,
    /// Likewise; equal but for a buyer of whom nothing is known, who goes by the number of the order.
    buyers: [i64; 2],
}

impl Renamed {
    fn new(order_id: i64, mut order: Order, store: &str, is_nameless: bool) -> Renamed {
        let (key, buyer, parent) = (order_key(&order), buyer_hash(&order), order.parent_number.clone());
        let old_number = order.number.to_string();
        order.name_store(store);
        Renamed {
            order_id,
            content: (parent != order.parent_number && !is_nameless).then(|| content_hash(&order)),
            keys: [key, order_key(&order)],
            old_number,
            buyers: [buyer, buyer_hash(&order)],
            number: order.number.to_string(),
            parent_number: order.parent_number.map(String::from),
        }
    }

    /// What its statements are found by afterwards.
    fn name(&self, store_id: i64, store: &str) -> OrderName {
        OrderName { store_id, number: order_number(Mall::Yahoo, store, &self.number).value() }
    }
}

/// Makes every statement about an order of the nameless store one about the named store's. No stretch holds one: its
/// orders have a store.
fn carry_over(transaction: &Transaction<'_>, nameless: i64, store: &str) -> Result<(), Error> {
    let mut renamed = Vec::new();
    let is_nameless = is_nameless(transaction)?;
    each_statement(transaction, Some(nameless), |order_id, order, _| {
        renamed.push(Renamed::new(order_id, order, store, is_nameless));
        Ok::<_, Error>(ControlFlow::Continue(()))
    })?;
    let account = params![Mall::Yahoo.word(), store];
    transaction.execute("insert or ignore into stores (mall, account) values (?1, ?2)", account)?;
    let of_account = "select store_id from stores where mall = ?1 and account = ?2";
    let store_id: i64 = transaction.query_row(of_account, account, |row| row.get(0))?;
    let separated = separated_orders(transaction)?;
    let mut apart = Vec::new();
    for order in &renamed {
        let [old_key, key] = order.keys;
        if separated.contains(&old_key) {
            // Back to the buyer it would have; set apart again below, under its new number.
            move_order(transaction, old_key, &order.old_number, false)?;
            transaction.execute(
                "update identity_decisions set order_key = ?2, order_number = ?3 where order_key = ?1",
                params![old_key, key, order.number],
            )?;
            apart.push(order);
        }
        rename_buyer(transaction, order)?;
        rename_order(transaction, store_id, store, order)?;
    }
    for order in &renamed {
        settle(transaction, &order.name(store_id, store))?;
    }
    for order in apart {
        move_order(transaction, order.keys[1], &order.number, true)?;
    }
    transaction.execute("delete from stores where store_id = ?1", [nameless])?;
    leavers::delete_without_order(transaction)?;
    people::rebuild(transaction)
}

fn rename_buyer(connection: &Connection, order: &Renamed) -> Result<(), Error> {
    let [old_hash, hash] = order.buyers;
    let goes_by_number: bool = connection.query_row(
        "select b.buyer_hash = ?2 from order_rows o join buyer_rows b on b.buyer_id = o.buyer_id where o.order_id = ?1",
        [order.order_id, old_hash],
        |row| row.get(0),
    )?;
    if hash == old_hash || !goes_by_number {
        return Ok(());
    }
    connection.execute(
        "update buyer_rows set buyer_hash = ?2
         where (buyer_hash = ?1 and is_newer = 0 or buyer_hash = ?1 and is_newer = 1)
            and not exists (select 1 from buyer_rows where
                (buyer_hash = ?2 and is_newer = 0 or buyer_hash = ?2 and is_newer = 1))",
        [old_hash, hash],
    )?;
    connection.execute(
        "update order_rows set buyer_id = (select buyer_id from buyer_rows where
            (buyer_hash = ?2 and is_newer = 0 or buyer_hash = ?2 and is_newer = 1)) where order_id = ?1",
        [order.order_id, hash],
    )?;
    named_buyers::rename(connection, old_hash, hash)
}

/// Writes a statement under its new number; where another file states the same, its imports become further witnesses.
fn rename_order(connection: &Connection, store_id: i64, store: &str, order: &Renamed) -> Result<(), Error> {
    let name = order.name(store_id, store);
    let of_row = "select content_hash from order_rows where order_id = ?1";
    let stored: i64 = connection.query_row(of_row, [order.order_id], |row| row.get(0))?;
    let content = order.content.unwrap_or(stored);
    let same: Option<i64> = optional(connection.query_row(
        "select order_id from order_rows where number = ?3 and store_id = ?1 and content_hash = ?2",
        params![store_id, content, name.number],
        |row| row.get(0),
    ))?;
    let Some(same) = same else {
        connection.execute(
            "update order_rows set store_id = ?2, number = ?3, content_hash = ?4, parent_number = ?5,
                is_current = is_current and not exists (
                    select 1 from order_rows o where o.number = ?3 and o.store_id = ?2 and o.is_current = 1)
             where order_id = ?1",
            params![
                order.order_id,
                store_id,
                name.number,
                content,
                order.parent_number.as_ref().map(|parent| order_number(Mall::Yahoo, store, parent))
            ],
        )?;
        return Ok(());
    };
    let batch_of = |order_id: i64| -> Result<i64, Error> {
        Ok(connection.query_row("select batch_id from order_rows where order_id = ?1", [order_id], |row| row.get(0))?)
    };
    let witnesses = sightings::witnesses(connection, order.order_id)?;
    for batch_id in witnesses.iter().copied() {
        sightings::forget(connection, batch_id, order.order_id)?;
    }
    let first = batch_of(same)?;
    for batch_id in witnesses.into_iter().chain([batch_of(order.order_id)?]).filter(|batch_id| *batch_id != first) {
        sightings::witness(connection, batch_id, same)?;
    }
    connection.execute("delete from order_rows where order_id = ?1", [order.order_id])?;
    Ok(())
}
