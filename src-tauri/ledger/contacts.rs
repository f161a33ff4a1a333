//! People who have shown interest, entered by the owner, and who of the customers they are where that has been said.
//! The tie names buyers by content, as notes do. A ledger that keeps no names takes neither a name nor a note.

use super::batches::mall_of;
use super::privacy::is_nameless;
use super::{Error, Ledger};
use crate::shop::{ContactKind, CustomerId, Day, Moment, NewContact};
use rusqlite::{TransactionBehavior, params};

/// A contact that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredContact {
    /// Its number.
    pub contact_id: i64,
    /// When it was written down.
    pub written_at: Moment,
    /// What was entered.
    pub contact: NewContact,
    /// Whether the owner has said who of the customers it is.
    pub is_tied: bool,
    /// Who that is now, ascending: usually one; several after a decision that two are two, none while the import they
    /// came with is taken back.
    pub customers: Vec<CustomerId>,
}

impl Ledger {
    /// All contacts, the newest day first.
    pub fn contacts(&self) -> Result<Vec<StoredContact>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select contact_id, written_at, mall, kind, contact_on, name, note, tied from contacts
             where removed = 0 order by contact_on desc, contact_id desc",
        )?;
        let mut who = self.connection.prepare_cached(
            "select distinct b.customer_id from contact_buyers t cross join buyer_rows b
                on (b.buyer_hash = t.buyer_hash and b.is_newer = 0 or b.buyer_hash = t.buyer_hash and b.is_newer = 1)
             where t.contact_id = ?1 order by 1",
        )?;
        let mut rows = statement.query([])?;
        let mut contacts = Vec::new();
        while let Some(row) = rows.next()? {
            let (contact_id, is_tied): (i64, bool) = (row.get(0)?, row.get(7)?);
            let customers = who.query_map([contact_id], |row| row.get(0).map(CustomerId))?;
            contacts.push(StoredContact {
                contact_id,
                written_at: Moment(row.get(1)?),
                contact: NewContact {
                    mall: mall_of(row.get_ref(2)?.as_str().unwrap_or_default()),
                    kind: row.get_ref(3)?.as_str().unwrap_or_default().parse().unwrap_or(ContactKind::Other),
                    on: Day(row.get(4)?),
                    name: row.get(5)?,
                    note: row.get(6)?,
                },
                is_tied,
                customers: if is_tied { customers.collect::<rusqlite::Result<_>>()? } else { Vec::new() },
            });
        }
        Ok(contacts)
    }

    /// Writes a contact down; answers its number. Refuses a name or a note where no names are kept.
    pub fn add_contact(&mut self, new: &NewContact, at: Moment) -> Result<i64, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_nameless(&transaction)? && !(new.name.is_empty() && new.note.is_empty()) {
            return Err(Error::Names);
        }
        transaction.execute(
            "insert into contacts (written_at, mall, kind, contact_on, name, note, removed, removed_before, tied, tied_before)
             values (?1, ?2, ?3, ?4, ?5, ?6, 0, 1, 0, 0)",
            params![at.0, new.mall.word(), new.kind.word(), new.on.0, new.name, new.note],
        )?;
        let contact_id = transaction.last_insert_rowid();
        transaction.commit()?;
        Ok(contact_id)
    }

    /// Removes a contact. False when none of this number stands.
    pub fn remove_contact(&mut self, contact_id: i64) -> Result<bool, Error> {
        let changed = self.connection.execute(
            "update contacts set removed_before = 0, removed = 1, tied_before = tied, is_brought = 0 where contact_id = ?1 and removed = 0",
            [contact_id],
        )?;
        Ok(changed > 0)
    }

    /// A contact is this customer. False when no contact of this number stands untied, nothing when there is no such
    /// customer.
    pub fn tie_contact(&mut self, contact_id: i64, customer: CustomerId) -> Result<Option<bool>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = transaction.execute(
            "update contacts set tied_before = 0, tied = 1, removed_before = 0, is_brought = 0
             where contact_id = ?1 and removed = 0 and tied = 0",
            [contact_id],
        )?;
        if changed == 0 {
            return Ok(Some(false));
        }
        transaction.execute("delete from contact_buyers where contact_id = ?1", [contact_id])?;
        let buyers = transaction.execute(
            "insert into contact_buyers (contact_id, buyer_hash)
             select ?1, buyer_hash from buyer_rows where
                 (buyer_id = ?2 or customer_id = ?2 and customer_id <> buyer_id)
                 and customer_id = ?2",
            params![contact_id, customer.0],
        )?;
        if buyers == 0 {
            return Ok(None);
        }
        transaction.commit()?;
        Ok(Some(true))
    }

    /// A contact is no customer after all. False when no tied contact of this number stands.
    pub fn untie_contact(&mut self, contact_id: i64) -> Result<bool, Error> {
        let changed = self.connection.execute(
            "update contacts set tied_before = 1, tied = 0, removed_before = 0, is_brought = 0
             where contact_id = ?1 and removed = 0 and tied = 1",
            [contact_id],
        )?;
        Ok(changed > 0)
    }

    /// Takes the last change of a contact back: writing it down, removing, tying or untying it. False when there is none.
    pub fn undo_contact(&mut self, contact_id: i64) -> Result<bool, Error> {
        let changed = self.connection.execute(
            "update contacts set removed = removed_before, removed_before = removed, tied = tied_before, tied_before = tied,
                is_brought = 0
             where contact_id = ?1",
            [contact_id],
        )?;
        Ok(changed > 0)
    }
}
