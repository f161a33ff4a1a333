//! Brings a ledger up to this program's schema; refuses a newer or foreign file without touching it.

use super::Error;
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::path::Path;

/// "OTKU": marks a SQLite file as a ledger of Otokui.
const APPLICATION_ID: i32 = 0x4F54_4B55;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("migrations/0001_orders.sql")),
    M::up(include_str!("migrations/0002_exports.sql")),
    M::up(include_str!("migrations/0003_side_files.sql")),
    M::up(include_str!("migrations/0004_remembered.sql")),
    M::up(include_str!("migrations/0005_settings.sql")),
    M::up(include_str!("migrations/0006_identity.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// Refuses what is not ours to write, before anything is written.
pub(super) fn check(connection: &Connection, path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path else { return Ok(()) };
    let number = |pragma: &str| -> Result<i32, Error> {
        connection.pragma_query_value(None, pragma, |row| row.get(0)).map_err(|source| Error::open(path, source))
    };
    let application = number("application_id")?;
    let version = number("user_version")?;
    let tables: i32 = connection
        .query_row("select count(*) from sqlite_schema", [], |row| row.get(0))
        .map_err(|source| Error::open(path, source))?;
    if application != APPLICATION_ID && (application != 0 || version != 0 || tables != 0) {
        return Err(Error::Foreign { path: path.to_owned() });
    }
    if usize::try_from(version).unwrap_or(usize::MAX) > STEPS.len() {
        return Err(Error::Newer { path: path.to_owned() });
    }
    Ok(())
}

/// Runs what is missing, each step all-or-nothing.
pub(super) fn run(connection: &mut Connection) -> Result<(), Error> {
    MIGRATIONS.to_latest(connection)?;
    // Asking a question leaves the file as it is, byte by byte.
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(())
}
