//! Who leads a customer that is written as several people: the one with the smallest buyer of all.
//!
//! Whoever else is of such a customer is found by an index of few rows; a leader's row says nothing of the others, so that
//! the buyers of everybody asked about would have to be fetched. Some may stand here who lead nobody any more.

use super::Error;
use super::rows::Rows;
use rusqlite::Connection;

/// Notes leaders.
pub(super) fn note(connection: &Connection, mut people: Vec<i64>) -> Result<(), Error> {
    people.sort_unstable();
    people.dedup();
    let mut rows = Rows::new(connection, "insert or ignore into customer_heads (person_key)", 1, 32)?;
    people.into_iter().try_for_each(|person| rows.add([person.into()]))?;
    rows.write()
}

/// Forgets all of them, before everybody is decided about anew.
pub(super) fn forget_all(connection: &Connection) -> Result<(), Error> {
    connection.execute("delete from customer_heads", [])?;
    Ok(())
}

/// Forgets somebody who is gone.
pub(super) fn forget(connection: &Connection, person: i64) -> Result<(), Error> {
    connection.prepare_cached("delete from customer_heads where person_key = ?1")?.execute([person])?;
    Ok(())
}
