//! How far the tables went when an import began, so that taking it back looks at what came since, and at nothing before.
//!
//! Rows are numbered as they come. What an import was the first to say has larger numbers than all there was before, and so
//! has whoever says it. Where rows go, the marks of all other imports sink to those of the import they go with: what it
//! brought may be somebody else's alone from then on. Where that cannot be told, the marks go.

use super::Error;
use super::compare::optional;
use rusqlite::{Connection, params};

/// The largest numbers before an import, and the last of its orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) orders: i64,
    pub(super) orders_to: i64,
    pub(super) buyers: i64,
    pub(super) products: i64,
    pub(super) states: i64,
    pub(super) places: i64,
    pub(super) mail_ends: i64,
}

/// Nothing came before.
impl Default for Marks {
    fn default() -> Marks {
        Marks { orders: 0, orders_to: i64::MAX, buyers: 0, products: 0, states: 0, places: 0, mail_ends: 0 }
    }
}

const NOW: &str = "
    select coalesce((select max(order_id) from order_rows), 0), coalesce((select max(buyer_id) from buyer_rows), 0),
        coalesce((select max(product_id) from products), 0), coalesce((select max(state_id) from order_states), 0),
        coalesce((select max(place_id) from places), 0), coalesce((select max(mail_end_id) from mail_ends), 0)";
const SINK: &str = "
    update batch_marks set orders_before = min(orders_before, ?1), buyers_before = min(buyers_before, ?2),
        products_before = min(products_before, ?3), states_before = min(states_before, ?4),
        places_before = min(places_before, ?5), mail_ends_before = min(mail_ends_before, ?6)";

impl Marks {
    /// How far the tables go now.
    pub(super) fn now(connection: &Connection) -> Result<Marks, Error> {
        Ok(connection.prepare_cached(NOW)?.query_row([], |row| {
            Ok(Marks {
                orders: row.get(0)?,
                orders_to: i64::MAX,
                buyers: row.get(1)?,
                products: row.get(2)?,
                states: row.get(3)?,
                places: row.get(4)?,
                mail_ends: row.get(5)?,
            })
        })?)
    }

    /// Keeps them as those of a batch.
    pub(super) fn keep(&self, connection: &Connection, batch_id: i64) -> Result<(), Error> {
        connection
            .prepare_cached("insert or replace into batch_marks values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                batch_id,
                self.orders,
                self.orders_to,
                self.buyers,
                self.products,
                self.states,
                self.places,
                self.mail_ends
            ])?;
        Ok(())
    }

    /// Those of a batch; where they are not known, the ones of a batch before which nothing came.
    pub(super) fn of(connection: &Connection, batch_id: i64) -> Result<Marks, Error> {
        let found = connection.query_row(
            "select orders_before, orders_to, buyers_before, products_before, states_before, places_before,
                mail_ends_before from batch_marks where batch_id = ?1",
            [batch_id],
            |row| {
                Ok(Marks {
                    orders: row.get(0)?,
                    orders_to: row.get(1)?,
                    buyers: row.get(2)?,
                    products: row.get(3)?,
                    states: row.get(4)?,
                    places: row.get(5)?,
                    mail_ends: row.get(6)?,
                })
            },
        );
        Ok(optional(found)?.unwrap_or_default())
    }

    /// The rows of the batch these are of go, but for those that others state: of them it is told who has them now.
    pub(super) fn sink(&self, connection: &Connection, passed_on: &[(i64, i64)]) -> Result<(), Error> {
        connection.execute(
            SINK,
            params![self.orders, self.buyers, self.products, self.states, self.places, self.mail_ends],
        )?;
        let mut widen = connection
            .prepare_cached("update batch_marks set orders_to = ?2 where batch_id = ?1 and orders_to < ?2")?;
        for (order_id, other) in passed_on {
            widen.execute([other, order_id])?;
        }
        Ok(())
    }

    /// Forgets those of all batches: rows have gone that were of none of them.
    pub(super) fn forget_all(connection: &Connection) -> Result<(), Error> {
        connection.execute("delete from batch_marks", [])?;
        Ok(())
    }
}
