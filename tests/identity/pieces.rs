//! Who is who is the same whichever way it is worked out: at once, file by file, and after files are taken back.

use super::{shops, town};
use otokui_lib::app::{Language, Session, imports, orders};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a ledger says about people, without its own numbers: tables whose keys are made of content, line by line, and
/// the orders of each customer.
pub fn people(path: &Path) -> BTreeMap<&'static str, BTreeSet<String>> {
    let connection = rusqlite::Connection::open(path).expect("the ledger");
    let mut said: BTreeMap<&str, BTreeSet<String>> = [
        ("count", "select 'people ' || people from people_count"),
        ("habits", "select field || ' ' || level || ' ' || pair_count from habits"),
        ("pairs", "select first_person || ' ' || second_person || ' ' || score from likely_pairs"),
        ("buyers", "select buyer_hash || ' ' || person_key from buyers"),
    ]
    .into_iter()
    .map(|(name, sql)| {
        let mut rows = connection.prepare(sql).expect("a table");
        let rows = rows.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a text")).collect();
        (name, rows)
    })
    .collect();
    let values = shops::values_of_people(&connection).into_iter();
    said.insert("values", values.map(|(value, person)| format!("{value} {person}")).collect());
    let session = Session::open(path, Language::Japanese).expect("a ledger");
    let mut of: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for order in orders::all(&session).expect("orders") {
        of.entry(order.customer_id.0).or_default().insert(order.order_number);
    }
    said.insert("customers", of.into_values().map(|numbers| format!("{numbers:?}")).collect());
    said
}

/// Makes the ledger decide about everybody when it is opened next, as one that an older program wrote.
pub fn forget_people(path: &Path) {
    let connection = rusqlite::Connection::open(path).expect("the ledger");
    connection.execute("update buyer_rows set person_key = 0", []).expect("written");
}

/// A file with the rows of the pieces that are chosen.
fn file(folder: &Path, pieces: &[Vec<String>], header: &str, which: &[usize]) -> PathBuf {
    let name = which.iter().map(usize::to_string).collect::<Vec<_>>().join("-");
    let path = folder.join(format!("{name}.csv"));
    let rows: Vec<&str> = which.iter().flat_map(|at| &pieces[*at]).map(String::as_str).collect();
    std::fs::write(&path, format!("{header}\n{}\n", rows.join("\n"))).expect("a folder to write to");
    path
}

/// A ledger into which the file was imported alone.
fn at_once(
    folder: &Path,
    pieces: &[Vec<String>],
    header: &str,
    which: &[usize],
) -> BTreeMap<&'static str, BTreeSet<String>> {
    let path = folder.join("at-once.ledger");
    let _ = std::fs::remove_file(&path);
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    shops::import(&mut session, &[file(folder, pieces, header, which)]);
    drop(session);
    people(&path)
}

#[test]
fn a_town_in_pieces_is_the_town_at_once() {
    const PIECES: usize = 8;
    let folder = tempfile::tempdir().expect("a folder");
    let (files, _) = town::write(31, 2_400, folder.path());
    let text = std::fs::read_to_string(&files[0]).expect("a file");
    let mut rows = text.lines();
    let header = rows.next().expect("a header").to_owned();
    let mut pieces = vec![Vec::new(); PIECES];
    // The first piece is half of the town; the others come to a ledger that knows many of their people.
    for (at, row) in rows.enumerate() {
        pieces[if at % 2 == 0 { 0 } else { 1 + at / 2 % (PIECES - 1) }].push(row.to_owned());
    }
    let path = folder.path().join("shop.ledger");
    let mut batches = Vec::new();
    let mut standing: Vec<usize> = Vec::new();
    let step = |what: &dyn Fn(&mut Session) -> Option<i64>| {
        let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
        what(&mut session)
    };
    for at in 0..PIECES {
        let part = file(folder.path(), &pieces, &header, &[at]);
        batches.extend(step(&|session| shops::import(session, std::slice::from_ref(&part)).remove(0).batch_id));
        standing.push(at);
        if at % 3 == 1 || at + 1 == PIECES {
            let (now, whole) = (people(&path), at_once(folder.path(), &pieces, &header, &standing));
            assert!(
                whole["pairs"].len() > 1 && whole["values"].len() > 1_000,
                "there is something to compare: {} {}",
                whole["pairs"].len(),
                whole["values"].len()
            );
            for (what, rows) in &whole {
                assert!(now[what] == *rows, "{what} after {} files: {:?}", at + 1, differing(&now[what], rows));
            }
        }
    }
    for taken in [2, 7, 0, 4] {
        step(&|session| imports::undo(session, batches[taken]).map(|_| None).expect("undo"));
        standing.retain(|at| *at != taken);
        let (now, whole) = (people(&path), at_once(folder.path(), &pieces, &header, &standing));
        for (what, rows) in &whole {
            assert!(now[what] == *rows, "{what} without file {taken}: {:?}", differing(&now[what], rows));
        }
    }
}

/// A few rows that only one of them has.
fn differing(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Vec<String> {
    a.symmetric_difference(b).take(4).cloned().collect()
}
