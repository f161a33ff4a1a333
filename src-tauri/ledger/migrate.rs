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
    M::up(include_str!("migrations/0007_smaller.sql")),
    M::up(include_str!("migrations/0008_privacy.sql")),
    M::up(include_str!("migrations/0009_joined.sql")),
    M::up(include_str!("migrations/0010_event_rules.sql")),
    M::up(include_str!("migrations/0011_notes.sql")),
    M::up(include_str!("migrations/0012_digests.sql")),
    M::up(include_str!("migrations/0013_newer_person_keys.sql")),
    M::up(include_str!("migrations/0014_brought.sql")),
    M::up(include_str!("migrations/0015_taken.sql")),
    M::up(include_str!("migrations/0016_payment.sql")),
    M::up(include_str!("migrations/0017_version.sql")),
    M::up(include_str!("migrations/0018_brought_actions.sql")),
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

/// Runs what is missing, each step all-or-nothing; references are checked afterwards only.
pub(super) fn run(connection: &mut Connection) -> Result<(), Error> {
    // A step that makes a table anew drops the old one: what refers to it must not go with it.
    connection.pragma_update(None, "foreign_keys", "OFF")?;
    MIGRATIONS.to_latest(connection)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // Asking a question leaves the file as it is, byte by byte.
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_of_an_older_program_keeps_every_row() {
        let mut connection = Connection::open_in_memory().expect("memory");
        Migrations::from_slice(&STEPS[..3]).to_latest(&mut connection).expect("an older program");
        connection
            .execute_batch(
                "insert into stores values (1, 'rakuten', '999901');
                 insert into batches values (1, 'p', 'rakuten', 0, 0, 0, 0, 1, 0, 0, 0);
                 insert into batch_files values (1, 0, 'a.csv', x'00', 'p', 1, 1, 0, 0);
                 insert into buyers values (1, 7, 'rakuten', 'a', '', '', '', '', '', '', '', '', '', 1);
                 insert into products values (1, 7, 'rakuten', 'tea', '', 'Tea', '');
                 insert into orders values (5, 7, 1, 'n', 8, 1, 1, 1, 0, 1, 0, 'returned', 700, 0, 2, 3, 10, 1, 2, 3, 4, 5,
                    6, 7, 8, 9, null, 'm', 11, 12, 'coupon', 13, 1);
                 insert into order_lines values (5, 0, '30000001', '0123', 1, 1, 10, null, 1), (5, 1, '#2', '', 1, 1, 0, 80, 1);
                 insert into ship_tos values (5, 0, '0123', 0, 0, 'b', '', '', '', '', '', '');
                 insert into sightings values (1, 5);",
            )
            .expect("rows of an older program");
        run(&mut connection).expect("the steps that are missing");
        let text = |sql: &str| -> String { connection.query_row(sql, [], |row| row.get(0)).expect("one row") };
        let lines = "select group_concat(typeof(line_key) || line_key || typeof(ship_to_key) || ship_to_key, ' ')
                     from order_lines";
        assert_eq!(text(lines), "integer30000001text0123 text#2text");
        let order =
            "select concat_ws(',', order_id, status, goods, wrapping_charged, coalesce(billed, '-'), parent_number,
                     parent_key, shop_coupon_name, is_gift) from orders";
        assert_eq!(text(order), "5,returned,10,9,-,m,11,coupon,1");
        assert_eq!(
            text("select typeof(payment) || ' ' || typeof(affiliate) from orders"),
            "null null",
            "not said, not no"
        );
        assert_eq!(text("select count(*) || '' from ship_tos join sightings using (order_id)"), "1");
        let broken = text("select count(*) || '' from pragma_foreign_key_check");
        assert_eq!(broken, "0");
        connection.execute("delete from orders", []).expect("no reference holds them");
        assert_eq!(text("select count(*) || '' from order_lines"), "0", "references are checked again");
    }
}
