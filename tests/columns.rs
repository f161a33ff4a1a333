//! The columns beside a ledger: with them, without them, with damaged ones and with somebody else's, every answer is the same.

#[path = "support/shops.rs"]
mod shops;
#[path = "identity/town.rs"]
mod town;

use otokui_lib::app::columns::path_of;
use otokui_lib::app::screens::{CustomersQuery, EventSwitch, NewSetting};
use otokui_lib::app::{
    Language, Session, customers, event_calendar, groups, identity, imports, items, lifetime_value, overview, points,
    profit, settings, start, this_week,
};
use otokui_lib::insight::Scope;
use proptest::prelude::*;
use std::path::{Path, PathBuf};

/// What screens say, start included.
fn said(session: &Session) -> String {
    let scope = Scope::default();
    let json = |answer: &dyn Fn() -> serde_json::Result<String>| answer().expect("an answer is JSON");
    [
        json(&|| serde_json::to_string(&start::start(session).expect("an answer"))),
        json(&|| serde_json::to_string(&overview::answer(session, &scope).expect("an answer"))),
        json(&|| serde_json::to_string(&groups::answer(session, &scope).expect("an answer"))),
        json(&|| serde_json::to_string(&profit::answer(session, &scope, None).expect("an answer"))),
        json(&|| serde_json::to_string(&items::answer(session, &scope).expect("an answer"))),
        json(&|| serde_json::to_string(&lifetime_value::answer(session, &scope).expect("an answer"))),
        json(&|| serde_json::to_string(&points::all(session, &scope, None).expect("an answer").answer)),
        json(&|| serde_json::to_string(&this_week::answer(session, &scope).expect("an answer"))),
        json(&|| serde_json::to_string(&customers::page(session, &CustomersQuery::default()).expect("an answer").rows)),
    ]
    .join("\n")
}

fn open(ledger: &Path) -> Session {
    let mut session = Session::open(ledger, Language::Japanese).expect("a ledger");
    session.today = "2026-11-21".parse().expect("a day");
    session
}

/// What a program says that has only the ledger, and nothing beside it.
fn said_without(ledger: &Path) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy.ledger");
    std::fs::copy(ledger, &copy).expect("a copy");
    said(&open(&copy))
}

fn columns(ledger: &Path) -> Vec<u8> {
    std::fs::read(path_of(ledger)).expect("columns beside the ledger")
}

/// A ledger of the shop of three files, closed; nothing beside it.
fn shop(folder: &Path) -> PathBuf {
    let ledger = folder.join("shop.ledger");
    shops::import(&mut open(&ledger), &shops::one_file());
    otokui_lib::app::columns::remove(&ledger);
    ledger
}

#[test]
fn whoever_reads_everything_leaves_the_columns_and_the_next_one_leaves_them_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = shop(folder.path());
    assert!(!path_of(&ledger).exists());
    let first = said(&open(&ledger));
    let left = columns(&ledger);
    assert_eq!(said(&open(&ledger)), first);
    assert_eq!(columns(&ledger), left, "they are read, not written");
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).expect("a folder").map(|f| f.expect("a file").file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().ends_with("-new")), "{names:?}");
}

#[test]
fn a_ledger_without_orders_has_no_columns() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("empty.ledger");
    said(&open(&ledger));
    assert!(!path_of(&ledger).exists());
}

#[test]
fn an_import_taken_back_takes_the_columns_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = shop(folder.path());
    let mut session = open(&ledger);
    said(&session);
    imports::undo(&mut session, 1).expect("an undo");
    drop(session);
    assert!(!path_of(&ledger).exists(), "what was taken back stands nowhere");
    assert_eq!(said(&open(&ledger)), said_without(&ledger));
}

#[test]
fn a_ledger_brought_back_from_a_copy_is_not_answered_from_what_came_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let months = shops::monthly();
    shops::import(&mut open(&ledger), &months[..1]);
    let copy = folder.path().join("copy.ledger");
    std::fs::copy(&ledger, &copy).expect("a copy");
    shops::import(&mut open(&ledger), &months[1..2]);
    said(&open(&ledger));
    // The same number of changes from the same beginning, and another content.
    std::fs::copy(&copy, &ledger).expect("the copy brought back");
    shops::import(&mut open(&ledger), &months[2..3]);
    assert!(path_of(&ledger).exists());
    assert_eq!(said(&open(&ledger)), said_without(&ledger));
}

#[test]
fn damaged_columns_are_left_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let files = shops::sample(1_500, &folder.path().join("exports"));
    shops::import(&mut open(&ledger), &files);
    let without = said_without(&ledger);
    let short = |session: &Session| {
        let scope = Scope::default();
        let start = start::start(session).expect("an answer");
        serde_json::to_string(&(start, overview::answer(session, &scope).expect("an answer"))).expect("JSON")
    };
    let sound = short(&open(&ledger));
    let left = columns(&ledger);
    assert!(left.len() > 20_000, "{} bytes", left.len());
    let check = |damaged: &[u8], why: &str| {
        std::fs::write(path_of(&ledger), damaged).expect("a folder to write to");
        assert_eq!(short(&open(&ledger)), sound, "{why}");
        assert_eq!(columns(&ledger), left, "{why}: they are made anew");
    };
    for length in (0..left.len()).step_by(4_096).chain([1, left.len() - 1]) {
        check(&left[..length], &format!("cut at {length}"));
    }
    for at in (0..left.len()).step_by(left.len() / 40) {
        let mut damaged = left.clone();
        damaged[at] ^= 1 << (at % 8);
        check(&damaged, &format!("byte {at} is another one"));
    }
    check(&[&left[..], b"\0"].concat(), "one byte too many");
    check(&vec![0; left.len()], "nothing but zeros");
    assert_eq!(said(&open(&ledger)), without);
}

#[test]
fn a_folder_that_cannot_take_them_is_no_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = shop(folder.path());
    let without = said_without(&ledger);
    // Something else stands where they would be.
    std::fs::create_dir(path_of(&ledger)).expect("a folder");
    assert_eq!(said(&open(&ledger)), without);
    assert_eq!(said(&open(&ledger)), without);
}

#[test]
fn one_program_records_while_another_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let months = shops::monthly();
    shops::import(&mut open(&ledger), &months[..1]);
    let fits = |session: &Session| {
        let start = start::start(session).expect("an answer");
        let answer = overview::answer(session, &Scope::default()).expect("an answer");
        start.last_day.is_some() && answer.as_of.is_some()
    };
    std::thread::scope(|threads| {
        let recorder = threads.spawn(|| {
            let mut session = open(&ledger);
            for file in &months[1..4] {
                shops::import(&mut session, std::slice::from_ref(file));
                said(&session);
            }
        });
        let stays_open = open(&ledger);
        while !recorder.is_finished() {
            assert!(fits(&open(&ledger)) && fits(&stays_open));
        }
        recorder.join().expect("the imports");
        assert_eq!(said(&stays_open), said_without(&ledger), "who was there before sees what was recorded meanwhile");
    });
    assert_eq!(said(&open(&ledger)), said_without(&ledger));
}

/// Something an owner does.
#[derive(Clone, Debug)]
enum Deed {
    Import(usize),
    UndoNewest,
    Set(&'static str, &'static str),
    UndoSetting,
    Join,
    Apart,
    Separate,
    UndoDecision,
    SwitchEvent,
    UndoEvent,
}

fn do_it(session: &mut Session, deed: &Deed, files: &[PathBuf]) {
    // What cannot be done now is refused, which changes nothing.
    let pair = |session: &Session| {
        let pairs = identity::screen(session).expect("an answer").answer.likely_pairs;
        pairs.first().map(|pair| (pair.a, pair.b, pair.left.orders[0].order_number.clone()))
    };
    match deed {
        Deed::Import(file) => drop(shops::import(session, &files[file % files.len()..][..1])),
        Deed::UndoNewest => {
            let newest = imports::imports(session).expect("an answer").imports.first().map(|batch| batch.batch_id);
            newest.into_iter().for_each(|batch| imports::undo(session, batch).expect("an undo"));
        }
        Deed::Set(key, value) => {
            let new = NewSetting { key: (*key).into(), value: Some((*value).into()), ..NewSetting::default() };
            settings::change(session, &[new]).expect("settings");
        }
        Deed::UndoSetting => drop(settings::undo(session, None)),
        Deed::Join => drop(pair(session).map(|(a, b, _)| identity::join(session, a, b))),
        Deed::Apart => drop(pair(session).map(|(a, b, _)| identity::apart(session, a, b))),
        Deed::Separate => drop(pair(session).map(|(.., order)| identity::separate(session, &order))),
        Deed::UndoDecision => {
            let decisions = identity::screen(session).expect("an answer").answer.decisions;
            drop(decisions.first().map(|decision| identity::undo(session, decision.decision_id)));
        }
        Deed::SwitchEvent => drop(event_calendar::switch(session, "rakuten-5-0", EventSwitch::Off)),
        Deed::UndoEvent => drop(event_calendar::undo(session, None)),
    }
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        4 => (0..6_usize).prop_map(Deed::Import),
        1 => Just(Deed::UndoNewest),
        1 => Just(Deed::Set("rakuten.payment_fee", "3.0")),
        1 => Just(Deed::Set("groups.frequency", "2/4/6/8")),
        1 => Just(Deed::Set("postage", "600")),
        1 => Just(Deed::UndoSetting),
        1 => Just(Deed::Join),
        1 => Just(Deed::Apart),
        1 => Just(Deed::Separate),
        1 => Just(Deed::UndoDecision),
        1 => Just(Deed::SwitchEvent),
        1 => Just(Deed::UndoEvent),
    ];
    prop::collection::vec(deed, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("OTOKUI_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(6),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn with_columns_is_as_without_whatever_was_done(deeds in deeds()) {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut files, _) = town::write(22, 60, folder.path());
        files.extend(shops::monthly().into_iter().filter(|file| file.to_string_lossy().contains("rakuten_orders")).take(4));
        let ledger = folder.path().join("shop.ledger");
        for deed in &deeds {
            let mut session = open(&ledger);
            // Before as well: what was read before the change must not stand after it.
            said(&session);
            do_it(&mut session, deed, &files);
            let same_program = said(&session);
            drop(session);
            let without = said_without(&ledger);
            prop_assert_eq!(&same_program, &without, "{:?}: in the program that did it", deed);
            prop_assert_eq!(&said(&open(&ledger)), &without, "{:?}: in the next one", deed);
            prop_assert_eq!(&said(&open(&ledger)), &without, "{:?}: and in the one after, from the columns", deed);
        }
    }
}
