//! Brings a ledger up to this program's schema; refuses a newer or foreign file without touching it.

use super::Error;
use rusqlite::{Connection, TransactionBehavior};
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
    M::up(include_str!("migrations/0019_local.sql")),
    M::up(include_str!("migrations/0020_compact.sql")),
    M::up(include_str!("migrations/0021_month.sql")),
    M::up(include_str!("migrations/0022_stretches.sql")),
    M::up(include_str!("migrations/0023_less_room.sql")),
    M::up(include_str!("migrations/0024_marks.sql")),
    M::up(include_str!("migrations/0025_habits.sql")),
    M::up(include_str!("migrations/0026_means_and_filter.sql")),
    M::up(include_str!("migrations/0027_file_sha256.sql")),
    M::up(include_str!("migrations/0028_filter_in_order.sql")),
    M::up(include_str!("migrations/0029_saved_ms.sql")),
];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// What all steps make of nothing, for a new ledger: making tables that later steps make anew takes several times as long.
/// Written by `OTOKUI_BLESS=1 cargo test --lib ledger::migrate`.
const WHOLE: &str = include_str!("whole.sql");

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
    begin_new(connection)?;
    MIGRATIONS.to_latest(connection)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    // Asking a question leaves the file as it is, byte by byte.
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION_ID {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(())
}

/// Makes everything at once where there is nothing yet.
fn begin_new(connection: &mut Connection) -> Result<(), Error> {
    const IS_NEW: &str =
        "select not exists (select 1 from sqlite_schema) and user_version = 0 from pragma_user_version";
    // Looked at again when nobody else can write: two programs may begin at once.
    if !connection.query_row(IS_NEW, [], |row| row.get(0))? {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if transaction.query_row(IS_NEW, [], |row| row.get(0))? {
        transaction.execute_batch(WHOLE)?;
        transaction.pragma_update(None, "user_version", STEPS.len() as i64)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Statements that make what stands in a ledger, in the order in which it was made.
    fn statements(connection: &Connection) -> String {
        let texts = |sql: &str| -> Vec<String> {
            let mut statement = connection.prepare(sql).expect("a question");
            statement.query_map([], |row| row.get(0)).expect("rows").map(|text| text.expect("text")).collect()
        };
        let mut all =
            texts("select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by rowid");
        for table in texts("select name from sqlite_schema where type = 'table' order by rowid") {
            let columns = texts(&format!("select name from pragma_table_info('{table}') order by cid"));
            // Drawn by chance for every ledger.
            let values = columns.iter().map(|name| if name == "stamp" { "'randomblob(16)'" } else { name });
            let values: Vec<String> =
                values.map(|name| if name.contains('(') { name.into() } else { format!("quote({name})") }).collect();
            all.extend(texts(&format!(
                "select 'insert into {table} ({}) values (' || concat_ws(', ', {}) || ')' from {table}",
                columns.join(", "),
                values.join(", ")
            )));
        }
        all.join(";\n\n") + ";\n"
    }

    #[test]
    fn a_new_ledger_is_what_all_steps_make_of_nothing() {
        let mut steps = Connection::open_in_memory().expect("memory");
        MIGRATIONS.to_latest(&mut steps).expect("all steps");
        let expected = statements(&steps);
        if std::env::var_os("OTOKUI_BLESS").is_some() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/ledger/whole.sql");
            std::fs::write(
                path,
                format!(
                    "-- What all migrations make of nothing; written by a test (`ledger/migrate.rs`).\n\n{expected}"
                ),
            )
            .expect("a folder to write to");
            return;
        }
        let mut new = Connection::open_in_memory().expect("memory");
        run(&mut new).expect("a new ledger");
        assert_eq!(statements(&new), expected, "OTOKUI_BLESS=1 writes `whole.sql` anew");
        let number = |connection: &Connection, pragma: &str| -> i64 {
            connection.pragma_query_value(None, pragma, |row| row.get(0)).expect("a number")
        };
        assert_eq!(number(&new, "user_version"), number(&steps, "user_version"));
        let stamp = |connection: &Connection| -> Vec<u8> {
            connection.query_row("select stamp from ledger_version", [], |row| row.get(0)).expect("a stamp")
        };
        assert!(stamp(&new).len() == 16 && stamp(&new) != stamp(&steps), "by chance");
    }

    #[test]
    fn a_ledger_of_an_older_program_keeps_every_row() {
        let mut connection = Connection::open_in_memory().expect("memory");
        Migrations::from_slice(&STEPS[..3]).to_latest(&mut connection).expect("an older program");
        connection
            .execute_batch(
                "insert into stores values (1, 'rakuten', '999901');
                 insert into batches values (1, 'p', 'rakuten', 0, 0, 0, 0, 1, 0, 0, 0);
                 insert into batch_files values (1, 0, 'a.csv', x'00', 'p', 1, 1, 0, 0);
                 insert into buyers values (1, 7, 'rakuten', 'a', 'b', 'ア', 'ビ', '0600001', '北海道', '札幌市', '1-2', '011-222-3333',
                    '0123456789abcdef0123456789abcdefs1@example.jp', 1),
                    (2, 8, 'rakuten', 'c', '', '', '', '060-0001', '', '', '', '０１１', 'c@example.jp', 2);
                 insert into products values (1, 7, 'rakuten', 'tea', '', 'Tea', '');
                 insert into orders values (5, 7, 1, 'n', 8, 1, 1, 1, 0, 1, 0, 'returned', 700, 0, 2, 3, 10, 1, 2, 3, 4, 5,
                    6, 7, 8, 9, null, 'm', 11, 12, 'coupon', 13, 1),
                    (6, 9, 1, '999901-20240229-0000100008', 10, 0, 1, 2, 1709200800, 0, 1709200860, 'placed', 100, 1, 0, 3,
                    1000, 0, 0, 0, 0, 0, 0, 500, 0, 0, 1501, '999901-20230230-0000100008', 12, 0, '', 1, 0);
                 insert into order_lines values (5, 0, '30000001', '0123', 1, 1, 10, null, 1), (5, 1, '#2', '', 1, 1, 0, 80, 1);
                 insert into ship_tos values (5, 0, '0123', 0, 0, 'b', '', '', '', '', '', ''),
                    (6, 0, '20000001', 1, 30, 'r', 'k', '9000012', '沖縄県', '那覇市', 's', '09012345678');
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
                     shop_coupon_name, is_gift) from orders where order_id = 5";
        assert_eq!(text(order), "5,returned,10,9,-,m,coupon,1");
        // Said as before, whether it is kept as a number now or not: there is no 30 February.
        let order =
            "select concat_ws(',', number, status, status_code, provisional, phase, coverage, ordered_at, time_known,
                     newest_at, billed, parent_number, point_multiplier, is_gift) from orders where order_id = 6";
        assert_eq!(
            text(order),
            "999901-20240229-0000100008,placed,100,1,0,7,1709200800,0,1709200860,1501,999901-20230230-0000100008,1,0"
        );
        // 2024-02-29 is day 8,825 since 2000-01-01; of what the buyer pays 1,000 + 500 follow from the other amounts.
        let kept = "select concat_ws(',', number, typeof(parent_number), newest_after, billed_besides, is_set_apart)
                    from order_rows where order_id = 6";
        assert_eq!(text(kept), "88250000100008,text,60,1,1");
        let buyer =
            "select group_concat(concat_ws(',', buyer_id, mall, family_name, given_name, family_kana, given_kana,
                     postal_code, prefecture, city, street, phone, mail, customer_id), ' ') from buyers";
        assert_eq!(
            text(buyer),
            "1,rakuten,a,b,ア,ビ,0600001,北海道,札幌市,1-2,011-222-3333,0123456789abcdef0123456789abcdefs1@example.jp,1 \
             2,rakuten,c,,,,060-0001,,,,０１１,c@example.jp,2"
        );
        // Ten digits in groups of 3, 3 and 4; bytes as hexadecimal digits.
        assert_eq!(
            text("select concat_ws(',', postal_code, phone, hex(mail)) from buyer_rows where buyer_id = 1"),
            "600001,6600112223333,0123456789ABCDEF0123456789ABCDEF"
        );
        let parcel =
            "select concat_ws(',', ship_to_key, same_as_buyer, postage, recipient_name, recipient_kana, postal_code,
                      prefecture, city, street, phone) from ship_tos where order_id = 6";
        assert_eq!(text(parcel), "20000001,1,30,r,k,9000012,沖縄県,那覇市,s,09012345678");
        assert_eq!(
            text("select typeof(payment) || ' ' || typeof(affiliate) from orders limit 1"),
            "null null",
            "not said, not no"
        );
        // Order 5 is bit 5 of the first thirty-two.
        assert_eq!(text("select block || ' ' || batch_id || ' ' || orders from sightings"), "0 1 32");
        assert_eq!(text("select count(*) || '' from ship_tos where order_id = 5"), "1");
        let broken = text("select count(*) || '' from pragma_foreign_key_check");
        assert_eq!(broken, "0");
        connection.execute("delete from order_rows", []).expect("no reference holds them");
        assert_eq!(text("select count(*) || '' from order_lines"), "0", "references are checked again");
    }
}
