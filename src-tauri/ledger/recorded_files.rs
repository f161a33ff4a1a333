//! The files of a recording, one after the other: each is complete or left out, and all are confirmed at once.

use super::batches::{NewBatch, insert_files};
use super::compare::{Outcome, settle};
use super::latest::Latest;
use super::marks::Marks;
use super::products::Products;
use super::recording::Recording;
use super::sightings::Sightings;
use super::stated::Stating;
use super::stores::Stores;
use super::stretches::Stretches;
use super::words::Words;
use super::{Counts, Error, brought, buyers};
use crate::shop::{Mall, Moment};
use rusqlite::params;

/// What there was before the file at hand.
#[derive(Default)]
pub(super) struct Before {
    next_order_id: i64,
    buyers: buyers::Mark,
    marks: Marks,
}

/// Whether anything refers to a row that is not there.
const ANY_BROKEN: &str = "
    select exists (select 1 from pragma_foreign_key_check)
        or exists (select 1 from order_lines where product_id not in (select product_id from products))
        or exists (select 1 from order_rows where buyer_id not in (select buyer_id from buyer_rows))
        or exists (select 1 from order_rows where batch_id not in (select batch_id from batches))";

impl Recording<'_> {
    /// Begins a file; `profile` and `mall` are what it is.
    pub fn begin(&mut self, profile: &str, mall: Mall) -> Result<(), Error> {
        if self.is_of_several {
            self.transaction.execute_batch("savepoint file")?;
        }
        self.before = Before {
            next_order_id: self.next_order_id,
            buyers: self.buyers.mark(),
            marks: Marks::now(self.connection)?,
        };
        self.transaction.execute(
            "insert into batches (profile, mall, recorded_at, newest_at, orders_new, orders_updated, orders_unchanged)
             values (?1, ?2, 0, 0, 0, 0, 0)",
            params![profile, mall.word()],
        )?;
        self.batch_id = self.transaction.last_insert_rowid();
        self.stores = Stores::default();
        self.latest = Latest::default();
        self.counts = Counts::default();
        Ok(())
    }

    /// The file at hand is complete; answers its batch's number and what became of its orders.
    pub fn end(&mut self, batch: &NewBatch) -> Result<(i64, Counts), Error> {
        self.statements.lines.write()?;
        let transaction = &self.transaction;
        self.sightings.write(transaction, self.batch_id)?;
        transaction
            .prepare_cached("update batches set newest_at = ?2, saved_ms = ?3 where batch_id = ?1")?
            .execute([self.batch_id, batch.newest_at.0, batch.saved_ms])?;
        for name in self.contested.drain(..) {
            let outcome = if settle(transaction, &name)? { Outcome::Updated } else { Outcome::Unchanged };
            self.counts.add(outcome);
        }
        self.buyers.keep_given(transaction, self.batch_id)?;
        transaction.execute(
            "update batches set first_at = ?2, last_at = ?3, recorded_at = ?4, orders_new = ?5, orders_updated = ?6,
                orders_unchanged = ?7 where batch_id = ?1",
            params![
                self.batch_id,
                batch.first_at.map(|m: Moment| m.0),
                batch.last_at.map(|m| m.0),
                batch.recorded_at.0,
                self.counts.orders_new as i64,
                self.counts.orders_updated as i64,
                self.counts.orders_unchanged as i64
            ],
        )?;
        insert_files(transaction, self.batch_id, &batch.files)?;
        let marks = Marks { orders_to: self.next_order_id - 1, ..self.before.marks };
        marks.keep(transaction, self.batch_id)?;
        if self.is_of_several {
            transaction.execute_batch("release file")?;
        }
        self.any_recorded = true;
        Ok((self.batch_id, self.counts))
    }

    /// Leaves the file at hand out, as if it had never begun; `stating` is what has made its orders. Of a recording of a
    /// single file nothing may follow but its end.
    pub fn leave(&mut self, stating: &mut Stating) -> Result<(), Error> {
        if !self.is_of_several {
            return Ok(());
        }
        self.statements.lines.forget();
        self.transaction.execute_batch("rollback to file; release file")?;
        self.next_order_id = self.before.next_order_id;
        let kept = self.buyers.forget_since(&self.before.buyers);
        stating.forget_from(kept);
        // What these have met they ask for again.
        (self.products, self.words) = (Products::default(), Words::default());
        (self.sightings, self.stretches) = (Sightings::default(), Stretches::default());
        self.contested.clear();
        Ok(())
    }

    /// Confirms all files at once, if any was recorded.
    pub fn finish(mut self) -> Result<(), Error> {
        if !self.any_recorded {
            return Ok(());
        }
        self.met = None;
        let transaction = &self.transaction;
        let indexes = self.indexes.take();
        self.buyers.join(transaction, || indexes.map_or(Ok(()), |indexes| indexes.put_back(transaction)))?;
        brought::settle_people(transaction)?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        if cfg!(debug_assertions) {
            let broken: bool = transaction.query_row(ANY_BROKEN, [], |row| row.get(0))?;
            assert!(!broken, "a recording refers to a row that is not there");
        }
        self.transaction.commit()?;
        Ok(())
    }
}
