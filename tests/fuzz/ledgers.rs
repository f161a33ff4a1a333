//! The ledger's file damaged, and whole imports: sound, or a sentence, and a refused file is as it was.
//!
//! A damaged ledger is written as a list of damages to a sound one, so that an input is short and readable:
//! `cut N`, `set AT HEX`, `fill AT COUNT BYTE`, `swap PAGE PAGE`, `wild COLUMN VALUE ROW`. Anything else is the file itself.

use super::mutation::Chance;
use super::seeds;
use super::targets::Place;
use otokui_lib::app::screens::CustomersQuery;
use otokui_lib::app::{
    Error, Language, Session, Watch, cohorts, customers, groups, growth_map, imports, lifetime_value, orders, overview,
    reconciliation, start, this_week,
};
use otokui_lib::insight::Scope;
use otokui_lib::insight::cohort::Measure;
use otokui_lib::shop::CustomerId;
use std::path::Path;
use std::sync::LazyLock;

/// SQLite's smallest step of a file, as the ledger is made.
const PAGE: usize = 4_096;

/// First words of a line that is a damage.
const DAMAGES: [&str; 5] = ["cut", "set", "fill", "swap", "wild"];

/// Values no ledger of ours holds.
const WILD: [&str; 10] = [
    "9223372036854775807",
    "-9223372036854775808",
    "-1",
    "0",
    "4294967296",
    "1e308",
    "null",
    "'x'",
    "x'ff00'",
    "253402300800",
];

/// A ledger with orders of both malls and files beside them.
static SOUND: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sound");
    let mut session = Session::open(&path, Language::Japanese).expect("a new ledger");
    imports::record(&mut session, &seeds::a_bit_of_everything(), &Watch::silent()).expect("an import");
    drop(session);
    std::fs::read(path).expect("a ledger")
});

/// A list of damages.
pub fn damage(chance: &mut Chance) -> Vec<u8> {
    let pages = 120;
    let mut text = String::new();
    for _ in 0..1 + chance.below(4) {
        let at = chance.below(pages) * PAGE + if chance.below(2) == 0 { chance.below(128) } else { chance.below(PAGE) };
        let line = match chance.below(9) {
            0 => format!("cut {}", chance.below(pages) * PAGE + [0, 0, 1, PAGE / 2][chance.below(4)]),
            1 => format!("set {} {:02x}", chance.below(100), chance.below(256)),
            2 => format!("set {at} {:08x}", chance.below(1 << 32)),
            3 => format!("fill {at} {} {:02x}", chance.below(3 * PAGE), [0, 255, chance.below(256)][chance.below(3)]),
            4 => format!("swap {} {}", chance.below(pages), chance.below(pages)),
            _ => format!("wild {} {} {}", chance.below(300), chance.below(WILD.len()), chance.below(4)),
        };
        text += &line;
        text.push('\n');
    }
    text.into_bytes()
}

fn damaged(place: &Path, script: &str) -> Option<()> {
    let mut bytes = SOUND.clone();
    let numbers = |line: &str| -> Vec<usize> { line.split(' ').skip(1).filter_map(|word| word.parse().ok()).collect() };
    // Values first: they need a file that can still be opened.
    std::fs::write(place, &bytes).ok()?;
    for line in script.lines().filter(|line| line.starts_with("wild")) {
        if let [column, value, row] = numbers(line)[..] {
            make_wild(place, column, WILD[value % WILD.len()], row);
        }
    }
    if script.contains("wild") {
        bytes = std::fs::read(place).ok()?;
    }
    for line in script.lines() {
        let mut words = line.split(' ').skip(1);
        match (line.split(' ').next()?, &numbers(line)[..]) {
            ("cut", [length, ..]) => bytes.truncate(*length),
            ("set", [at, ..]) => {
                let hex = words.nth(1)?;
                for (place, digits) in hex.as_bytes().chunks_exact(2).enumerate() {
                    let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
                    if let Some(old) = bytes.get_mut(at + place) {
                        *old = byte;
                    }
                }
            }
            ("fill", [at, count, ..]) => {
                let byte = u8::from_str_radix(words.nth(2)?, 16).ok()?;
                bytes.iter_mut().skip(*at).take(*count).for_each(|old| *old = byte);
            }
            ("swap", [one, two]) if (one.max(two) + 1) * PAGE <= bytes.len() && one != two => {
                let first = bytes[one * PAGE..][..PAGE].to_vec();
                let second = bytes[two * PAGE..][..PAGE].to_vec();
                bytes[one * PAGE..][..PAGE].copy_from_slice(&second);
                bytes[two * PAGE..][..PAGE].copy_from_slice(&first);
            }
            _ => {}
        }
    }
    std::fs::write(place, bytes).ok()
}

/// Puts a value into a column, counted over all tables, past every check that the schema has.
fn make_wild(path: &Path, column: usize, value: &str, row: usize) -> Option<()> {
    let ledger = rusqlite::Connection::open(path).ok()?;
    ledger.pragma_update(None, "ignore_check_constraints", "on").ok()?;
    let mut columns = ledger
        .prepare("select t.name, c.name from pragma_table_list t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%' order by 1, 2")
        .ok()?;
    let named = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let columns: Vec<(String, String)> = columns.query_map([], named).ok()?.filter_map(Result::ok).collect();
    let (table, name) = &columns[column % columns.len().max(1)];
    let which = if row == 0 { String::new() } else { format!(" where rowid = {row}") };
    ledger.execute(&format!("update or ignore \"{table}\" set \"{name}\" = {value}{which}"), []).ok()?;
    let _ = ledger.pragma_update(None, "wal_checkpoint", "TRUNCATE");
    Some(())
}

/// Opens the file as a ledger, asks every question, and imports into it.
pub fn opening(place: &Place, bytes: &[u8]) {
    let path = place.folder("ledger").join("shop.otokui");
    let script = std::str::from_utf8(bytes).ok();
    let script = script.filter(|text| DAMAGES.iter().any(|word| text.starts_with(word)));
    match script {
        Some(script) => drop(damaged(&path, script)),
        None => std::fs::write(&path, bytes).expect("a folder of ours"),
    }
    let before = std::fs::read(&path).unwrap_or_default();
    match Session::open_existing(&path, Language::Japanese) {
        Ok(mut session) => {
            ask(&session);
            // A recording of a test build ends where references were broken before.
            if !is_whole(&path) {
                return;
            }
            let more = seeds::one_more_file();
            match imports::record(&mut session, &[more], &Watch::silent()) {
                Ok(answers) => assert!(!answers.is_empty(), "every file has an answer"),
                Err(error) => hold(&session, &error),
            }
        }
        Err(error) => {
            let catalogue = otokui_lib::app::catalogue::Catalogue::new(Language::Japanese);
            assert!(!error.answer(&catalogue).message.is_empty(), "a refusal says why");
            let after = std::fs::read(&path).unwrap_or_default();
            assert!(before == after, "a refused file is as it was: {error}");
        }
    }
}

/// Whether every row that is referred to is there.
fn is_whole(path: &Path) -> bool {
    let broken = |ledger: rusqlite::Connection| {
        // The product of a line is no declared reference.
        ledger.query_row(
            "select exists (select 1 from pragma_foreign_key_check)
                or exists (select 1 from order_lines where product_id not in (select product_id from products))",
            [],
            |row| row.get::<_, bool>(0),
        )
    };
    rusqlite::Connection::open(path).and_then(broken).is_ok_and(|broken| !broken)
}

fn hold(session: &Session, error: &Error) {
    assert!(!error.answer(&session.catalogue).message.is_empty(), "a failure says what happened");
}

/// Every question the screens ask.
fn ask(session: &Session) {
    let scope = Scope::default();
    let query = CustomersQuery {
        scope: scope.clone(),
        people: None,
        search: None,
        sort: Default::default(),
        descending: true,
        page: 0,
    };
    let answers = [
        start::start(session).err(),
        overview::screen(session, &scope).err(),
        groups::screen(session, &scope).err(),
        cohorts::screen(session, &scope, Measure::default()).err(),
        lifetime_value::screen(session, &scope).err(),
        growth_map::screen(session, &scope).err(),
        this_week::screen(session, &scope).err(),
        customers::page(session, &query).err(),
        customers::customer(session, CustomerId(1), &scope).err(),
        orders::all(session).err(),
        imports::imports(session).err(),
        imports::problems(session, 1).err(),
        reconciliation::answer(session).err(),
    ];
    answers.iter().flatten().for_each(|error| hold(session, error));
}

/// A file dropped on the window: looked at, recorded, asked about, taken back.
pub fn import(place: &Place, bytes: &[u8]) {
    let files = [place.file("dropped", bytes)];
    let mut session = Session::in_memory(Language::Japanese).expect("memory");
    let watch = Watch::silent();
    let preview = imports::preview(&session, &files, &watch);
    let recorded = imports::record(&mut session, &files, &watch);
    match (preview, recorded) {
        (Ok(preview), Ok(recorded)) => {
            for (before, after) in preview.files.iter().zip(&recorded) {
                assert_eq!(before.rows, before.used + before.skipped + before.problem_rows, "{}", before.message);
                let counts = |answer: &otokui_lib::app::screens::FileAnswer| {
                    (answer.rows, answer.used, answer.problem_rows, answer.orders_new, answer.entries)
                };
                assert_eq!(counts(before), counts(after), "what was promised is what is done");
                assert!(!after.message.is_empty(), "every file has a sentence");
            }
            ask(&session);
            for batch in recorded.iter().filter_map(|answer| answer.batch_id) {
                imports::undo(&mut session, batch).expect("what was recorded can be taken back");
            }
            assert!(orders::all(&session).expect("an answer").is_empty(), "nothing of it stays");
        }
        (preview, recorded) => {
            preview.err().iter().chain(recorded.err().iter()).for_each(|error| hold(&session, error));
        }
    }
}
