//! What the owner has told Otokui goes out with the orders and comes in again: settings, who is who, notes, the event
//! calendar, how files are read.

#[path = "support/exports.rs"]
mod exports;
#[path = "support/nouns.rs"]
mod nouns;
#[path = "export_said/owner.rs"]
mod owner;
#[path = "export_said/same_second.rs"]
mod same_second;
#[path = "support/shops.rs"]
mod shops;

use exports::written;
use nouns::{assert_same, nouns, said};
use otokui_lib::app::screens::{ExportFormat, FileAnswer, FileState};
use otokui_lib::app::{
    Language, Session, Watch, contacts, customers, identity, imports, nameless, notes, orders, settings, taken,
};
use otokui_lib::insight::Scope;
use otokui_lib::shop::CustomerId;
use owner::{described, orders_of_the_shop, set, shop};
use serde_json::Value;
use shops::{empty, fixtures, import};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn ours(paths: &[PathBuf]) -> Vec<PathBuf> {
    let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().filter(|path| name(path).starts_with("otokui-")).cloned().collect()
}

/// The texts of what the owner said, by file.
fn texts(paths: &[PathBuf]) -> BTreeMap<String, String> {
    let of = [
        "otokui-notes",
        "otokui-decisions",
        "otokui-setting-changes",
        "otokui-event-changes",
        "otokui-taken",
        "otokui-contacts",
        "otokui-readings",
    ];
    let mut texts = BTreeMap::new();
    for path in paths {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if of.iter().any(|table| name.starts_with(table)) {
            texts.insert(name, std::fs::read_to_string(path).expect("a text"));
        }
    }
    texts
}

/// Every row of the ledger that is no import's, sorted; the version and the list of exports apart.
fn rows(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).expect("the ledger");
    let tables: Vec<String> = connection
        .prepare("select name from sqlite_schema where type = 'table' order by name")
        .and_then(|mut tables| tables.query_map([], |row| row.get(0))?.collect())
        .expect("tables");
    // Where a run begins and ends says nothing.
    let values = shops::values_in_runs(&connection).into_iter();
    let mut rows: Vec<String> = values.map(|value| format!("person_keys {value:?}")).collect();
    let other = ["exports", "ledger_version", "person_key_runs", "sqlite_sequence"];
    for table in tables.iter().filter(|name| !other.contains(&name.as_str())) {
        let mut statement = connection.prepare(&format!("select * from {table}")).expect("a table");
        let columns = statement.column_count();
        let found = statement
            .query_map([], |row| (0..columns).map(|at| row.get_ref(at).map(|cell| format!("{cell:?}"))).collect())
            .expect("rows");
        rows.extend(
            found.map(|row: rusqlite::Result<Vec<String>>| format!("{table} {}", row.expect("a row").join("|"))),
        );
    }
    rows.sort();
    rows
}

/// Nobody is asked about a file of these kinds.
fn knows_files(session: &Session) {
    let files = [described("list"), described("table"), fixtures().join("malls/yahoo-order/bare-only/orders.csv")];
    let preview = imports::preview(session, &files, &Watch::silent()).expect("a preview");
    let states: Vec<FileState> = preview.files.iter().map(|file| file.state).collect();
    assert_eq!(states, [FileState::Ready, FileState::Ready, FileState::WaitingForPair], "{:?}", preview.files);
    assert!(!preview.needs_store && !session.store_name.is_empty());
}

#[test]
fn an_export_makes_a_ledger_again_that_knows_what_the_owner_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut session = shop(&at("shop.ledger"), folder.path());
    let before = nouns(&session);
    knows_files(&session);
    for noun in ["decisions", "likely_pairs"] {
        assert!(!before["identity"][noun].as_array().expect("a list").is_empty(), "{noun}: there is something to lose");
    }
    let csv = written(&mut session, &at("csv"), ExportFormat::Csv, true);
    let first = texts(&csv);
    assert_eq!(first.len(), 7, "{:?}", first.keys());
    let is_gone = |text: &str| ["消したメモ", "消した方"].iter().any(|gone| text.contains(gone));
    assert!(first.iter().all(|(name, text)| !is_gone(text) && !name.contains("problems")));
    let xlsx = written(&mut session, &at("xlsx"), ExportFormat::Xlsx, true);
    for (name, files) in [("csv", ours(&csv)), ("xlsx", xlsx)] {
        let mut again = empty();
        let taken = import(&mut again, &files);
        assert_eq!(taken.len(), 8, "{name}: the orders and seven tables");
        for answer in &taken {
            assert_eq!(answer.state, FileState::Recorded, "{}: {}", answer.file, answer.message);
            assert_eq!((answer.rows, answer.problem_rows), (answer.used, 0), "{}: {:?}", answer.file, answer.problems);
        }
        assert_same(&before, &nouns(&again), name);
        knows_files(&again);
        let second = texts(&written(&mut again, &at(&format!("{name}-again")), ExportFormat::Csv, true));
        assert_eq!(second, first, "{name}: out again it is the same, byte for byte");
        for answer in taken.iter().rev() {
            imports::undo(&mut again, answer.batch_id.expect("a batch")).expect("undone");
        }
        assert_same(&said(&empty()), &said(&again), "nothing stays");
        assert!(again.store_name.is_empty());
    }
}

#[test]
fn tables_may_come_in_any_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shop(&folder.path().join("shop.ledger"), folder.path());
    let before = nouns(&session);
    let mut files = ours(&written(&mut session, &folder.path().join("csv"), ExportFormat::Csv, true));
    // The orders last: until then nobody whom decisions and notes name is there.
    files.sort_by_key(|path| path.to_string_lossy().contains("otokui-orders"));
    let mut again = empty();
    for file in files {
        import(&mut again, &[file]);
    }
    let mut after = nouns(&again);
    // Whose order was set apart when it came is numbered as it came.
    for noun in ["identity", "notes"] {
        assert_eq!(texts_of(&before[noun]), texts_of(&after[noun]), "{noun}");
    }
    for noun in ["settings", "events", "overview", "cohorts", "how files are read"] {
        let (left, right) = (before[noun].clone(), after.remove(noun).expect("an answer"));
        assert_eq!(left, right, "{noun}");
    }
}

/// The sentences of an answer without numbers, sorted.
fn texts_of(answer: &Value) -> Vec<String> {
    let mut found = Vec::new();
    fn walk(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.values().for_each(|value| walk(value, found)),
            Value::Array(values) => values.iter().for_each(|value| walk(value, found)),
            Value::String(text) => found.push(text.chars().filter(|c| !c.is_ascii_digit()).collect()),
            _ => {}
        }
    }
    walk(answer, &mut found);
    found.sort();
    found
}

#[test]
fn where_it_came_from_it_changes_nothing_and_taken_back_neither() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.ledger");
    let mut session = shop(&path, folder.path());
    let before = (nouns(&session), rows(&path));
    for with_names in [true, false] {
        let files = ours(&written(&mut session, &folder.path().join("out"), ExportFormat::Csv, with_names));
        let is_said = |answer: &FileAnswer| answer.profile.as_deref() != Some("otokui-orders");
        let preview = imports::preview(&session, &files, &Watch::silent()).expect("a preview");
        for file in preview.files.iter().filter(|file| is_said(file)) {
            assert!(file.message.contains("新しく加わるもの 0件、変わるもの 0件"), "{}: {}", file.file, file.message);
        }
        let taken = import(&mut session, &files);
        assert_same(&before.0, &nouns(&session), "imported");
        for answer in taken {
            imports::undo(&mut session, answer.batch_id.expect("a batch")).expect("undone");
        }
        assert_eq!(rows(&path), before.1, "row by row");
    }
}

#[test]
fn what_was_decided_here_counts_more_and_stays_when_the_import_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let mut session = shop(&at("shop.ledger"), folder.path());
    let files = ours(&written(&mut session, &at("out"), ExportFormat::Csv, true));
    // The same orders, and an owner who has said a little, some of it otherwise.
    let mut here = Session::open(&at("here.ledger"), Language::Japanese).expect("a ledger");
    import(&mut here, &orders_of_the_shop(folder.path()));
    let decided = identity::screen(&session).expect("identity").answer.decisions;
    let joined = decided.iter().find(|decision| decision.decision_id == 1).expect("the first decision");
    let both: Vec<CustomerId> = {
        let mut of: BTreeMap<CustomerId, u32> = BTreeMap::new();
        orders::all(&here).expect("orders").iter().for_each(|order| *of.entry(order.customer_id).or_default() += 1);
        of.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id).take(2).collect()
    };
    assert!(joined.kind == "join" && joined.customer_ids.contains(&both[0]), "{joined:?}");
    identity::apart(&mut here, both[0], both[1]).expect("a decision");
    set(&mut here, "rakuten.system_fee", Some("6%"), None);
    notes::add(&mut here, both[0], "ここで書いた").expect("a note");
    let (before, rows_before) = (said(&here), rows(&at("here.ledger")));
    let taken = import(&mut here, &files);
    let after = identity::screen(&here).expect("identity").answer.decisions;
    let stands = |kind: &str| after.iter().filter(|decision| decision.kind == kind).count();
    assert_eq!((stands("join"), stands("apart"), stands("separate")), (1, 3, 1), "not the one decided otherwise");
    let fee = |session: &Session| {
        let settings = settings::answer(session).expect("settings").settings;
        let fee = settings.into_iter().find(|setting| setting.key == "rakuten.system_fee").expect("the fee");
        fee.steps.into_iter().map(|step| (step.from.map(|day| day.to_string()), step.value)).collect::<Vec<_>>()
    };
    let from_april = (Some("2026-04-01".to_owned()), "5".to_owned());
    assert_eq!(fee(&here), [(None, "6".to_owned()), from_april.clone()], "6 % was said here, from April on nothing");
    assert_eq!(notes::all(&here).expect("notes").len(), 3);
    // Taken back now and then: the newest of this ledger first.
    settings::undo(&mut here, None).expect("undone");
    assert_eq!(fee(&here), [(None, "4".to_owned()), from_april]);
    set(&mut here, "rakuten.system_fee", Some("6%"), None);
    for answer in &taken {
        imports::undo(&mut here, answer.batch_id.expect("a batch")).expect("undone");
    }
    let (mut left, mut right) = (before, said(&here));
    // The settings were changed since.
    for nouns in [&mut left, &mut right] {
        nouns.remove("settings");
    }
    assert_same(&left, &right, "taken back");
    let people = |rows: Vec<String>| -> Vec<String> {
        let tables =
            ["buyers", "person_keys", "likely_pairs", "identity_decisions", "decided_buyers", "notes", "brought"];
        rows.into_iter().filter(|row| tables.iter().any(|table| row.starts_with(&format!("{table} ")))).collect()
    };
    assert_eq!(people(rows(&at("here.ledger"))), people(rows_before), "row by row");
}

/// The same file in other bytes.
fn copied(file: &Path, folder: &Path) -> PathBuf {
    let copy = folder.join(file.file_name().expect("a name"));
    std::fs::write(&copy, [&std::fs::read(file).expect("a file")[..], b"\r\n"].concat()).expect("written");
    copy
}

#[test]
fn what_the_owner_changes_of_it_becomes_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shop(&folder.path().join("shop.ledger"), folder.path());
    let files = ours(&written(&mut session, &folder.path().join("out"), ExportFormat::Csv, true));
    let path = folder.path().join("again.ledger");
    let mut again = Session::open(&path, Language::Japanese).expect("a ledger");
    let taken = import(&mut again, &files);
    let all = notes::all(&again).expect("notes");
    notes::change(&mut again, all[0].note_id, "書き直した").expect("changed");
    notes::remove(&mut again, all[1].note_id).expect("removed");
    let join = identity::screen(&again).expect("identity").answer.decisions;
    let join = join.iter().find(|decision| decision.kind == "join").expect("a join").decision_id;
    identity::undo(&mut again, join).expect("undone");
    let done = taken::all(&again).expect("taken")[0].row.taken_id;
    taken::remove(&mut again, done).expect("removed");
    let tied = contacts::answer(&again).expect("contacts").contacts;
    let tied = tied.iter().find(|contact| !contact.customer_ids.is_empty()).expect("a tied one").contact_id;
    contacts::untie(&mut again, tied).expect("untied");
    let before = said(&again);
    // The same export once more, in other bytes: what was changed stays changed.
    let more: Vec<PathBuf> = files.iter().map(|file| copied(file, folder.path())).collect();
    let twice = import(&mut again, &more);
    assert_same(&before, &said(&again), "imported once more");
    for answer in taken.iter().chain(&twice) {
        imports::undo(&mut again, answer.batch_id.expect("a batch")).expect("undone");
    }
    let left: Vec<String> = notes::all(&again).expect("notes").into_iter().map(|note| note.text).collect();
    assert_eq!(left, ["書き直した"], "the owner's own word goes with no import");
    let kept = contacts::answer(&again).expect("contacts").contacts;
    assert_eq!(kept.iter().map(|contact| contact.contact_id).collect::<Vec<_>>(), [tied], "untied here, so it stays");
    assert!(taken::all(&again).expect("taken").is_empty(), "removed here");
    assert!(rows(&path).iter().all(|row| !row.starts_with("brought ")));
}

#[test]
fn without_names_no_note_and_no_fingerprint_goes_out_and_everything_else_comes_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shop(&folder.path().join("shop.ledger"), folder.path());
    let files = written(&mut session, &folder.path().join("out"), ExportFormat::Csv, false);
    let first = texts(&files);
    assert_eq!(first.len(), 6, "{:?}", first.keys());
    assert!(!first["otokui-decisions.csv"].contains('#'));
    let mut again = empty();
    import(&mut again, &ours(&files));
    let (mut left, mut right) = (nouns(&session), nouns(&again));
    for overview in [&mut left, &mut right].map(|nouns| nouns.get_mut("overview").expect("an answer")) {
        // Of people without names nobody is in doubt.
        overview["answer"]["uncertain_share"] = Value::Null;
        overview["finding"] = Value::Null;
    }
    for noun in ["settings", "events", "overview", "cohorts", "how files are read"] {
        assert!(left[noun] == right[noun], "{noun}");
    }
    let kinds = |nouns: &BTreeMap<&str, Value>| -> Vec<String> {
        let decisions = nouns["identity"]["decisions"].as_array().expect("a list").iter();
        decisions
            .map(|decision| format!("{} {}", decision["kind"], decision["customer_ids"].as_array().map_or(0, Vec::len)))
            .collect()
    };
    assert_eq!(kinds(&left), kinds(&right), "who is who is decided alike");
    assert_eq!(right["notes"], Value::Array(Vec::new()));
}

#[test]
fn a_ledger_without_names_takes_what_was_decided_and_no_notes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shop(&folder.path().join("shop.ledger"), folder.path());
    let files = ours(&written(&mut session, &folder.path().join("out"), ExportFormat::Csv, true));
    let mut again = empty();
    nameless::begin(&mut again).expect("an empty ledger");
    let taken = import_most(&mut again, &files);
    let notes_file = taken.iter().find(|answer| answer.profile.as_deref() == Some("otokui-notes")).expect("the notes");
    assert_eq!((notes_file.state, notes_file.rows, notes_file.skipped), (FileState::Refused, 2, 2), "{notes_file:?}");
    assert!(notes_file.message.contains("メモ2件は取り込みません"), "{}", notes_file.message);
    assert!(notes::all(&again).expect("notes").is_empty());
    let contacts = |session: &Session| contacts::answer(session).expect("contacts").contacts;
    let words: Vec<String> = contacts(&again).into_iter().map(|contact| contact.name + &contact.note).collect();
    assert_eq!(words, ["", ""], "two showed interest, and nobody is named");
    let reached = |session: &Session| taken::all(session).expect("taken").remove(0).customer_ids.len();
    assert_eq!(reached(&again), reached(&session));
    let people = |session: &Session| {
        let decisions = identity::screen(session).expect("identity").answer.decisions;
        let all = customers::all(session, &Scope::default(), None).expect("customers").len();
        (all, decisions.iter().map(|d| (d.kind.clone(), d.customer_ids.len())).collect::<Vec<_>>())
    };
    assert_eq!(people(&again).1, people(&session).1, "named by their orders, the same people are meant");
    assert_eq!(
        settings::answer(&again).expect("settings").changes,
        settings::answer(&session).expect("settings").changes
    );
    // Out of it, and into another one with another secret.
    let out = ours(&written(&mut again, &folder.path().join("nameless"), ExportFormat::Csv, true));
    let mut third = empty();
    nameless::begin(&mut third).expect("an empty ledger");
    import(&mut third, &out);
    assert_eq!(people(&third), people(&again));
    assert_eq!((contacts(&third).len(), reached(&third)), (2, reached(&session)));
}

fn import_most(session: &mut Session, files: &[PathBuf]) -> Vec<FileAnswer> {
    imports::record(session, files, &Watch::silent()).expect("an import")
}

#[test]
fn what_somebody_has_written_into_the_tables_is_a_problem_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shop(&folder.path().join("shop.ledger"), folder.path());
    let first = texts(&written(&mut session, &folder.path().join("out"), ExportFormat::Csv, false));
    let check = |table: &str, before: &str, after: &str, column: &str, found: &str| {
        let text = &first[&format!("otokui-{table}.csv")];
        assert!(text.contains(before), "{table}: {before} in {text}");
        let path = folder.path().join(format!("otokui-{table}.csv"));
        std::fs::write(&path, text.replacen(before, after, 1)).expect("written");
        let mut again = empty();
        let answer = import_most(&mut again, &[path]).remove(0);
        assert_eq!((answer.problem_rows, answer.rows), (1, answer.used + 1), "{table}: {:?}", answer.problems);
        let problem = &answer.problems[0];
        assert_eq!((&*problem.kind, &*problem.column), ("not_as_written", column), "{table}: {problem:?}");
        assert!(problem.found.contains(found) && problem.message.contains("行目"), "{table}: {problem:?}");
    };
    check("setting-changes", "rakuten.system_fee", "rakuten.no_such_fee", "設定の名札", "rakuten.no_such_fee");
    check("setting-changes", "\"700\"", "\"たくさん\"", "設定した値", "たくさん");
    check("event-changes", "\"\"days_of_month\"\":[3]", "\"\"days_of_month\"\":[33]", "イベントの内容", "33");
    check("event-changes", "\"オフ\"", "\"けす\"", "変更", "けす");
    check("decisions", "\"別の人\"", "\"他人\"", "判断", "他人");
    check("decisions", "\"rakuten:", "\"rakuten", "お客様の受注", "rakuten");
    check("taken", "\"other\"", "\"hatogaki\"", "届け方の名札", "hatogaki");
    check("taken", "\"\"value_basis\"\":\"\"", "\"\"value_basis\"\":\"\"un", "提案の内容", "");
    check("contacts", "\"問い合わせ\"", "\"うわさ\"", "きっかけ", "うわさ");
    check("readings", "\"mihon-store\"", "\"見本の店\"", "店舗", "見本の店");
    check("readings", "\"\"columns\"\"", "\"\"colums\"\"", "列の意味", "colums");
}
