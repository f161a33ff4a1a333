//! A ledger as a program left it before `0019_local.sql`, `0020_compact.sql` and `0023_less_room.sql`, brought up to date: it says the same, and
//! taking an import back leaves what importing the others leaves.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::{Language, Session, imports};
use rusqlite::Connection;
use shops::{empty, import, monthly, rows_of, said, values_of_people};
use std::path::{Path, PathBuf};

/// Steps of the schema an older program knew.
const STEPS: [&str; 18] = [
    include_str!("../src-tauri/ledger/migrations/0001_orders.sql"),
    include_str!("../src-tauri/ledger/migrations/0002_exports.sql"),
    include_str!("../src-tauri/ledger/migrations/0003_side_files.sql"),
    include_str!("../src-tauri/ledger/migrations/0004_remembered.sql"),
    include_str!("../src-tauri/ledger/migrations/0005_settings.sql"),
    include_str!("../src-tauri/ledger/migrations/0006_identity.sql"),
    include_str!("../src-tauri/ledger/migrations/0007_smaller.sql"),
    include_str!("../src-tauri/ledger/migrations/0008_privacy.sql"),
    include_str!("../src-tauri/ledger/migrations/0009_joined.sql"),
    include_str!("../src-tauri/ledger/migrations/0010_event_rules.sql"),
    include_str!("../src-tauri/ledger/migrations/0011_notes.sql"),
    include_str!("../src-tauri/ledger/migrations/0012_digests.sql"),
    include_str!("../src-tauri/ledger/migrations/0013_newer_person_keys.sql"),
    include_str!("../src-tauri/ledger/migrations/0014_brought.sql"),
    include_str!("../src-tauri/ledger/migrations/0015_taken.sql"),
    include_str!("../src-tauri/ledger/migrations/0016_payment.sql"),
    include_str!("../src-tauri/ledger/migrations/0017_version.sql"),
    include_str!("../src-tauri/ledger/migrations/0018_brought_actions.sql"),
];

/// Writes down at `old`, as the older program would, what the ledger at `now` says.
fn as_before(now: &Path, old: &Path) {
    let connection = Connection::open(old).expect("a new file");
    connection.pragma_update(None, "foreign_keys", "OFF").expect("a pragma");
    STEPS.iter().for_each(|step| connection.execute_batch(step).expect("a step"));
    connection.execute("attach ?1 as now", [now.to_str().expect("a path in Unicode")]).expect("the ledger");
    let names = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).expect("a question");
        statement.query_map([], |row| row.get(0)).expect("names").map(|name| name.expect("text")).collect()
    };
    let tables = names("select name from main.sqlite_schema where type = 'table' and name <> 'ledger_version'");
    for table in tables {
        let there = names(&format!("select name from pragma_table_info('{table}', 'now')"));
        let columns = names(&format!("select name from pragma_table_info('{table}', 'main')"));
        // Hashes of numbers, which nothing but an index of then was for, are said no more.
        // Rows of their own then, many to a row now.
        if table == "person_keys" {
            let mut insert = connection.prepare("insert into main.person_keys values (?1, ?2)").expect("a table");
            let then = Connection::open(now).expect("the ledger");
            for (value, person) in values_of_people(&then) {
                insert.execute([value, person]).expect("a row");
            }
            continue;
        }
        if table == "newer_person_keys" {
            continue;
        }
        let values: Vec<&str> =
            columns.iter().map(|column| if there.contains(column) { column.as_str() } else { "0" }).collect();
        assert!(!there.is_empty(), "{table} is still there, as a table or as a view");
        let (from, values) = match table.as_str() {
            // One row each then, thirty-two to a row now.
            "sightings" => (
                "now.sightings s join now.order_rows o on o.order_id between s.block << 5 and (s.block << 5) + 31
                 where s.orders >> (o.order_id & 31) & 1"
                    .to_owned(),
                vec!["s.batch_id", "o.order_id"],
            ),
            _ => (format!("now.{table}"), values),
        };
        let written = connection.execute_batch(&format!(
            "delete from main.{table};
             insert into main.{table} ({}) select {} from {from};",
            columns.join(", "),
            values.join(", ")
        ));
        written.unwrap_or_else(|error| panic!("{table}: {error}"));
    }
    connection.pragma_update(None, "user_version", STEPS.len() as i64).expect("a pragma");
    connection.pragma_update(None, "application_id", 0x4F54_4B55).expect("a pragma");
}

/// All that is said of orders and people, but for where newer people are looked for.
fn rows(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).expect("the ledger");
    let of_buyers =
        "buyer_id, buyer_hash, mall, family_name, given_name, family_kana, given_kana, postal_code, prefecture,
        city, street, phone, mail, customer_id, person_key, is_separated";
    let tables =
        [("orders", "*"), ("order_lines", "*"), ("ship_tos", "*"), ("buyers", of_buyers), ("likely_pairs", "*")];
    let values = values_of_people(&connection).into_iter().map(|value| format!("{value:?}"));
    tables.iter().flat_map(|(table, columns)| rows_of(&connection, table, columns)).chain(values).collect()
}

#[test]
fn imports_of_an_older_program_are_taken_back_as_if_they_had_never_been() {
    let files: Vec<PathBuf> =
        monthly().into_iter().filter(|file| file.to_string_lossy().contains("rakuten_orders")).take(2).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let [now, old] = ["now.ledger", "old.ledger"].map(|name| folder.path().join(name));
    let mut session = Session::open(&now, Language::Japanese).expect("a ledger");
    let batches: Vec<i64> = (files.iter())
        .map(|file| import(&mut session, std::slice::from_ref(file)).remove(0).batch_id.expect("a batch"))
        .collect();
    let before = said(&session);
    drop(session);
    as_before(&now, &old);
    for (undone, other) in [(0, 1), (1, 0)] {
        let path = folder.path().join(format!("without-{undone}.ledger"));
        std::fs::copy(&old, &path).expect("a copy");
        let mut session = Session::open(&path, Language::Japanese).expect("it is brought up to date");
        assert_eq!(said(&session), before);
        assert!(rows(&path) == rows(&now), "row by row");
        imports::undo(&mut session, batches[undone]).expect("undo");
        let mut alone = empty();
        import(&mut alone, &files[other..=other]);
        assert!(!said(&alone).is_empty() && said(&alone).len() < before.len(), "each has orders of its own");
        assert_eq!(said(&session), said(&alone), "import {undone} taken back");
        // And it takes further ones.
        import(&mut session, &files[undone..=undone]);
        assert_eq!(said(&session), before, "import {undone} once more");
    }
}
