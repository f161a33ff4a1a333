//! Reviews, and the orders they belong to.

use super::batches::mall_of;
use super::beside::Place;
use super::{Error, Ledger};
use crate::shop::beside::Review;
use crate::shop::{CustomerId, Moment};
use rusqlite::{Transaction, params};

/// A review with the order it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReview {
    /// The review.
    pub review: Review,
    /// Its order; nothing when the ledger does not have it.
    pub order_id: Option<i64>,
    /// Who wrote it; nothing without an order.
    pub customer_id: Option<CustomerId>,
}

pub(super) fn insert(transaction: &Transaction<'_>, place: &Place, review: &Review) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "insert into reviews (batch_id, row_number, entry_key, content_hash, mall, of_shop, order_number,
                item_code, item_name, posted_at, time_known, stars, title, body)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            place.batch_id,
            place.row,
            place.key,
            place.content,
            review.mall.word(),
            review.of_shop,
            review.order_number,
            review.item_code,
            review.item_name,
            review.posted_at.0,
            review.time_known,
            review.stars,
            review.title,
            review.body
        ])?;
    Ok(())
}

impl Ledger {
    /// Every review that counts, oldest first. A bare Yahoo number meets the order with the same digits when only
    /// one store has it.
    pub fn reviews(&self) -> Result<Vec<StoredReview>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/reviews.sql"))?;
        let rows = statement.query_map([], |row| {
            Ok(StoredReview {
                review: Review {
                    mall: mall_of(row.get_ref(0)?.as_str().unwrap_or_default()),
                    of_shop: row.get(1)?,
                    order_number: row.get(2)?,
                    item_code: row.get(3)?,
                    item_name: row.get(4)?,
                    posted_at: Moment(row.get(5)?),
                    time_known: row.get(6)?,
                    stars: row.get(7)?,
                    title: row.get(8)?,
                    body: row.get(9)?,
                },
                order_id: row.get(10)?,
                customer_id: row.get::<_, Option<i64>>(11)?.map(CustomerId),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
