//! What the owner notes about customers. A note names buyers by content, as decisions do, so that no import, no undo
//! and no decision about who is who loses it.

use super::{Error, Ledger, brought};
use crate::shop::{CustomerId, Moment};
use rusqlite::{TransactionBehavior, params};

/// A note that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredNote {
    /// Its number.
    pub note_id: i64,
    /// When it was written.
    pub written_at: Moment,
    /// When it was changed last; as `written_at` when it never was.
    pub changed_at: Moment,
    /// What it says.
    pub text: String,
    /// Customers it is about, as they are numbered now, ascending. Usually one; several after a decision that two
    /// are two, none while the import they came with is taken back.
    pub customers: Vec<CustomerId>,
}

impl Ledger {
    /// Notes about this customer, the newest first; all notes when `customer` is nothing.
    pub fn notes(&self, customer: Option<CustomerId>) -> Result<Vec<StoredNote>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select n.note_id, n.written_at, n.changed_at, n.note from notes n
             where n.note <> '' and (?1 is null or exists (
                select 1 from noted_buyers t cross join buyer_rows b
                on (b.buyer_hash = t.buyer_hash and b.is_newer = 0 or b.buyer_hash = t.buyer_hash and b.is_newer = 1)
                where t.note_id = n.note_id and b.customer_id = ?1))
             order by n.written_at desc, n.note_id desc",
        )?;
        let mut about = self.connection.prepare_cached(
            "select distinct b.customer_id from noted_buyers t cross join buyer_rows b
                on (b.buyer_hash = t.buyer_hash and b.is_newer = 0 or b.buyer_hash = t.buyer_hash and b.is_newer = 1)
             where t.note_id = ?1 order by 1",
        )?;
        let mut rows = statement.query([customer.map(|id| id.0)])?;
        let mut notes = Vec::new();
        while let Some(row) = rows.next()? {
            let note_id: i64 = row.get(0)?;
            notes.push(StoredNote {
                note_id,
                written_at: Moment(row.get(1)?),
                changed_at: Moment(row.get(2)?),
                text: row.get(3)?,
                customers: about
                    .query_map([note_id], |row| row.get(0).map(CustomerId))?
                    .collect::<rusqlite::Result<_>>()?,
            });
        }
        Ok(notes)
    }

    /// Writes a note about a customer. Answers its number; nothing when there is no such customer.
    pub fn add_note(&mut self, customer: CustomerId, text: &str, at: Moment) -> Result<Option<i64>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "insert into notes (written_at, changed_at, note, note_before) values (?1, ?1, ?2, '')",
            params![at.0, text],
        )?;
        let note_id = transaction.last_insert_rowid();
        let buyers = transaction.execute(
            "insert or ignore into noted_buyers (note_id, buyer_hash)
             select ?1, buyer_hash from buyer_rows where
                 (buyer_id = ?2 or customer_id = ?2 and customer_id <> buyer_id)
                 and customer_id = ?2",
            params![note_id, customer.0],
        )?;
        if buyers == 0 {
            return Ok(None);
        }
        transaction.commit()?;
        Ok(Some(note_id))
    }

    /// Changes what a note says; an empty text removes it. False when no note of this number stands.
    pub fn change_note(&mut self, note_id: i64, text: &str, at: Moment) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        brought::let_go(&transaction, note_id)?;
        let changed = transaction.execute(
            // Later than it was written, even in the same second: an export tells a changed note from another one by that.
            "update notes set note_before = note, note = ?2, changed_at = max(?3, written_at + 1)
             where note_id = ?1 and note <> ''",
            params![note_id, text, at.0],
        )?;
        transaction.commit()?;
        Ok(changed > 0)
    }

    /// Takes the last change of a note back: writing it, changing it or removing it. False when there is no such note.
    pub fn undo_note(&mut self, note_id: i64, at: Moment) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        brought::let_go(&transaction, note_id)?;
        let changed = transaction.execute(
            "update notes set note = note_before, note_before = note, changed_at = max(?2, written_at + 1)
             where note_id = ?1",
            params![note_id, at.0],
        )?;
        transaction.commit()?;
        Ok(changed > 0)
    }
}
