//! Ledgers of small shops, made the way an owner makes them: by importing files.
#![allow(dead_code)]

use otokui_lib::app::screens::{FileAnswer, FileState, OrderAnswer};
use otokui_lib::app::{Language, Session, Watch, imports, orders};
use otokui_lib::shop::CustomerId;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The project's fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// An empty ledger in memory.
pub fn empty() -> Session {
    Session::in_memory(Language::Japanese).expect("memory")
}

/// Imports files that must all be taken.
pub fn import(session: &mut Session, files: &[PathBuf]) -> Vec<FileAnswer> {
    let answers = imports::record(session, files, &Watch::silent()).expect("an import");
    for answer in &answers {
        assert_ne!(answer.state, FileState::Refused, "{}: {}", answer.file, answer.message);
    }
    answers
}

/// `tests/fixtures/shops/one-file`.
pub fn one_file() -> Vec<PathBuf> {
    let folder = fixtures().join("shops/one-file");
    ["rakuten_orders.csv", "yahoo_order.csv", "yahoo_item.csv"].map(|name| folder.join(name)).to_vec()
}

/// Every file of `tests/fixtures/shops/monthly`, by name.
pub fn monthly() -> Vec<PathBuf> {
    let folder = fixtures().join("shops/monthly");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the fixture is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "truth_orders.csv"))
        .collect();
    files.sort();
    files
}

/// The sample shop, its mall files only.
pub fn sample(orders: u32, folder: &Path) -> Vec<PathBuf> {
    otokui_lib::sample::write(orders, 1, folder).expect("a folder to write to");
    ["rakuten_orders.csv", "yahoo_order.csv", "yahoo_item.csv"].map(|name| folder.join(name)).to_vec()
}

/// What the ledger says about orders and people, without the numbers it gave them itself: every order by number, with
/// the orders of the same person.
pub fn said(session: &Session) -> BTreeMap<String, (OrderAnswer, Vec<String>)> {
    let all = orders::all(session).expect("orders");
    let mut of_customer: BTreeMap<CustomerId, Vec<String>> = BTreeMap::new();
    for order in &all {
        of_customer.entry(order.customer_id).or_default().push(order.order_number.clone());
    }
    of_customer.values_mut().for_each(|numbers| numbers.sort());
    all.into_iter()
        .map(|order| {
            let together = of_customer[&order.customer_id].clone();
            (order.order_number.clone(), (OrderAnswer { customer_id: CustomerId(0), ..order }, together))
        })
        .collect()
}

/// These columns of every row of a table, as text, sorted.
pub fn rows_of(connection: &Connection, table: &str, columns: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("select {columns} from {table}")).expect("a table");
    let count = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            (0..count).map(|at| row.get_ref(at).map(|value| format!("{value:?}"))).collect::<Result<Vec<_>, _>>()
        })
        .expect("rows");
    let mut rows: Vec<String> = rows.map(|row| row.expect("a row").join("|")).collect();
    rows.sort();
    rows
}

/// Values people are found by, with the `person_key`, of those in runs.
pub fn values_in_runs(connection: &Connection) -> Vec<(i64, i64)> {
    let mut values = Vec::new();
    let mut runs = connection.prepare("select first_key, entries from person_key_runs").expect("runs");
    let mut runs = runs.query([]).expect("runs");
    while let Some(run) = runs.next().expect("a run") {
        let (mut value, entries): (i64, Vec<u8>) = (run.get(0).expect("a number"), run.get(1).expect("bytes"));
        let mut entries = &entries[..];
        while !entries.is_empty() {
            let digits = 1 + entries.iter().position(|byte| *byte < 128).expect("a last digit");
            let more = entries[..digits].iter().rev().fold(0u64, |more, byte| more << 7 | u64::from(byte & 127));
            let (person, rest) = entries[digits..].split_first_chunk().expect("a person");
            value = value.wrapping_add(more as i64);
            values.push((value, i64::from_le_bytes(*person)));
            entries = rest;
        }
    }
    values.sort_unstable();
    values
}

/// The same of everybody, later people included.
pub fn values_of_people(connection: &Connection) -> Vec<(i64, i64)> {
    let mut values = values_in_runs(connection);
    let mut newer = connection.prepare("select identity_key, person_key from newer_person_keys").expect("a table");
    values.extend(
        newer.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows").map(|row| row.expect("a row")),
    );
    values.sort_unstable();
    values
}
