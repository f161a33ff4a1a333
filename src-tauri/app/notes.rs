//! What the owner notes about customers.

use super::clock::now;
use super::error::Error;
use super::screens::Note;
use super::session::Session;
use crate::ledger::notes::StoredNote;
use crate::shop::CustomerId;

/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 2_000;

/// Every note, the newest first, as `otokui notes` prints them.
pub fn all(session: &Session) -> Result<Vec<Note>, Error> {
    Ok(session.ledger.notes(None)?.into_iter().map(note).collect())
}

/// Notes about one customer, the newest first.
pub(super) fn of_customer(session: &Session, customer: CustomerId) -> Result<Vec<Note>, Error> {
    Ok(session.ledger.notes(Some(customer))?.into_iter().map(note).collect())
}

/// Writes a note about a customer; answers its number.
pub fn add(session: &mut Session, customer: CustomerId, text: &str) -> Result<i64, Error> {
    let added = session.ledger.add_note(customer, checked(text)?, now())?;
    added.ok_or(Error::NoCustomer(customer.0))
}

/// Changes what a note says.
pub fn change(session: &mut Session, note_id: i64, text: &str) -> Result<(), Error> {
    found(note_id, session.ledger.change_note(note_id, checked(text)?, now())?)
}

/// Removes a note; [`undo`] brings it back.
pub fn remove(session: &mut Session, note_id: i64) -> Result<(), Error> {
    found(note_id, session.ledger.change_note(note_id, "", now())?)
}

/// Takes the last change of a note back, its removal too.
pub fn undo(session: &mut Session, note_id: i64) -> Result<(), Error> {
    found(note_id, session.ledger.undo_note(note_id, now())?)
}

fn checked(text: &str) -> Result<&str, Error> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_NOTE { Err(Error::BadNote) } else { Ok(text) }
}

fn found(note_id: i64, is_there: bool) -> Result<(), Error> {
    if is_there { Ok(()) } else { Err(Error::NoNote(note_id)) }
}

fn note(stored: StoredNote) -> Note {
    Note {
        note_id: stored.note_id,
        written_at: stored.written_at,
        changed_at: stored.changed_at,
        text: stored.text,
        customer_ids: stored.customers,
    }
}
