//! The whole ledger goes out and comes in again, and says the same.

#[path = "support/exports.rs"]
mod exports;
#[path = "support/shops.rs"]
mod shops;

use exports::{orders_file, without_keys, written};
use otokui_lib::app::screens::{ExportFormat, FileState};
use otokui_lib::app::{Language, Session, customers, groups, imports, orders, overview};
use otokui_lib::insight::Scope;
use serde_json::Value;
use shops::{empty, import, monthly, one_file};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Everything the ledger answers, as JSON, with customers named by the first of their orders.
fn answers(session: &Session) -> BTreeMap<&'static str, Value> {
    let scope = Scope::default();
    let json = |answer: &dyn erased::Answer| answer.json();
    let all = orders::all(session).expect("orders");
    let mut first: BTreeMap<i64, String> = BTreeMap::new();
    for order in &all {
        let number = format!("{}:{}", order.mall, order.order_number);
        let known = first.entry(order.customer_id.0).or_insert_with(|| number.clone());
        *known = known.clone().min(number);
    }
    let mut answers = BTreeMap::from([
        ("orders", json(&all)),
        ("customers", json(&customers::all(session, &scope, None).expect("customers"))),
        ("overview", json(&overview::answer(session, &scope).expect("overview"))),
        ("groups", json(&groups::screen(session, &scope).expect("groups").answer)),
        (
            "cohorts",
            json(
                &otokui_lib::app::cohorts::screen(session, &scope, otokui_lib::insight::cohort::Measure::Retention)
                    .expect("cohorts")
                    .answer,
            ),
        ),
        ("ltv", json(&otokui_lib::app::lifetime_value::screen(session, &scope).expect("ltv").answer)),
        ("actions", json(&otokui_lib::app::this_week::screen(session, &scope).expect("actions").answer)),
    ]);
    for answer in answers.values_mut() {
        rename(answer, &first);
    }
    let mut order = Vec::new();
    if let Some(Value::Array(rows)) = answers.get_mut("customers") {
        order = rows.iter().map(|row| row["customer_id"].clone()).collect();
        rows.sort_by_key(|row| row["customer_id"].to_string());
    }
    answers.insert("order of customers", order.into());
    answers
}

#[test]
fn customers_keep_their_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    let export = |name: &str, rows: &str| {
        let path = folder.path().join(name);
        let head = "注文番号,ステータス,注文日時,発送完了報告日時,商品管理番号,個数,単価,注文者姓,注文者名\n";
        std::fs::write(&path, format!("{head}{rows}")).expect("written");
        path
    };
    // The first customer's order is stated anew after the second customer's has come.
    let old = "300,2026-03-01 10:00:00,,a,1,1000,見本,花子\n";
    let new = "500,2026-03-01 10:00:00,2026-03-02 10:00:00,a,1,1000,見本,花子\n";
    let other = "500,2026-03-01 11:00:00,2026-03-01 12:00:00,a,1,1000,例示,次郎\n";
    let first = format!("400001-20260301-0000000001,{old}400001-20260301-0000000002,{other}");
    let mut session = empty();
    import(&mut session, &[export("first.csv", &first)]);
    import(&mut session, &[export("second.csv", &format!("400001-20260301-0000000001,{new}"))]);
    let numbered = |session: &Session| -> Vec<(String, i64)> {
        let all = orders::all(session).expect("orders");
        let mut all: Vec<(String, i64)> =
            all.into_iter().map(|order| (order.order_number.to_string(), order.customer_id.0)).collect();
        all.sort();
        all
    };
    let before = numbered(&session);
    assert_eq!(before.iter().map(|(_, customer)| *customer).collect::<Vec<_>>(), [1, 2]);
    let mut again = empty();
    import(&mut again, &[orders_file(&written(&mut session, &folder.path().join("out"), ExportFormat::Csv, true))]);
    assert_eq!(numbered(&again), before);
}

mod erased {
    /// Any answer, as JSON.
    pub trait Answer {
        fn json(&self) -> serde_json::Value;
    }
    impl<T: serde::Serialize> Answer for T {
        fn json(&self) -> serde_json::Value {
            serde_json::to_value(self).expect("an answer is JSON")
        }
    }
}

fn rename(value: &mut Value, first: &BTreeMap<i64, String>) {
    let name = |id: &Value| id.as_i64().and_then(|id| first.get(&id)).map_or(Value::Null, |name| name.clone().into());
    match value {
        Value::Object(fields) => {
            for (field, value) in fields.iter_mut() {
                match (&**field, &mut *value) {
                    ("customer_id", id) => *id = name(id),
                    ("customer_ids", Value::Array(ids)) => {
                        ids.iter_mut().for_each(|id| *id = name(id));
                        ids.sort_by_key(ToString::to_string);
                    }
                    _ => rename(value, first),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| rename(value, first)),
        _ => {}
    }
}

fn without_bands(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("low");
            fields.remove("high");
            fields.values_mut().for_each(without_bands);
        }
        Value::Array(values) => values.iter_mut().for_each(without_bands),
        _ => {}
    }
}

fn assert_same(left: &Session, right: &Session, without_names: bool) {
    let (mut left, mut right) = (answers(left), answers(right));
    if without_names {
        for answers in [&mut left, &mut right] {
            answers.values_mut().for_each(forget_names);
        }
    }
    if left.remove("order of customers") != right.remove("order of customers") {
        // Bands are drawn by lot, customer by customer in the order of their numbers.
        for answers in [&mut left, &mut right] {
            for noun in ["ltv", "groups"] {
                answers.get_mut(noun).into_iter().for_each(without_bands);
            }
        }
    }
    for (noun, answer) in &left {
        let (text, other) = (answer.to_string(), right[noun].to_string());
        if text != other {
            let at = text.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
            let around = |text: &str| text.chars().skip(at.saturating_sub(200)).take(300).collect::<String>();
            panic!("{noun} differs at byte {at}:\n{}\n{}", around(&text), around(&other));
        }
    }
}

/// Names that are shown, wherever they stand.
fn forget_names(answer: &mut Value) {
    match answer {
        Value::Object(fields) => {
            if let Some(name) = fields.get_mut("display_name") {
                *name = Value::Null;
            }
            fields.values_mut().for_each(forget_names);
        }
        Value::Array(rows) => rows.iter_mut().for_each(forget_names),
        _ => {}
    }
}

fn shops() -> Vec<(Session, tempfile::TempDir)> {
    let shop = |files: Vec<PathBuf>, folder| {
        let mut session = empty();
        import(&mut session, &files);
        (session, folder)
    };
    let folder = tempfile::tempdir().expect("a folder");
    let sample = shops::sample(400, folder.path());
    vec![
        shop(one_file(), tempfile::tempdir().expect("a folder")),
        shop(monthly(), tempfile::tempdir().expect("a folder")),
        shop(sample, folder),
    ]
}

#[test]
fn an_export_makes_the_same_ledger_again() {
    for (mut session, _files) in shops() {
        for with_names in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            let file = orders_file(&written(&mut session, folder.path(), ExportFormat::Csv, with_names));
            let mut again = empty();
            let answer = import(&mut again, std::slice::from_ref(&file)).remove(0);
            assert_eq!((answer.state, answer.problem_rows), (FileState::Recorded, 0), "{}", answer.message);
            assert_eq!(answer.rows, answer.used);
            assert_same(&session, &again, !with_names);
            if with_names {
                // And out again: byte for byte what came in, but for the numbers of customers.
                let second = tempfile::tempdir().expect("a folder");
                let file_again = orders_file(&written(&mut again, second.path(), ExportFormat::Csv, true));
                assert_eq!(without_keys(&file), without_keys(&file_again));
            }
        }
    }
}

#[test]
fn importing_an_export_into_the_same_ledger_changes_nothing_and_undoing_it_neither() {
    for (mut session, _files) in shops() {
        for with_names in [true, false] {
            let before = answers(&session);
            let folder = tempfile::tempdir().expect("a folder");
            let file = orders_file(&written(&mut session, folder.path(), ExportFormat::Csv, with_names));
            let answer = import(&mut session, std::slice::from_ref(&file)).remove(0);
            assert_eq!((answer.orders_new, answer.orders_updated), (0, 0), "{}", answer.message);
            assert_eq!(answers(&session), before, "names: {with_names}");
            imports::undo(&mut session, answer.batch_id.expect("a batch")).expect("undo");
            assert_eq!(answers(&session), before, "after undo, names: {with_names}");
        }
    }
}

/// A Rakuten file with these orders: digits, status, family name, phone, mail.
fn rakuten(folder: &Path, name: &str, orders: &[(u32, u16, &str, &str, &str)]) -> PathBuf {
    let mut text = String::from(
        "\u{feff}注文番号,ステータス,注文日時,発送完了報告日時,商品管理番号,個数,単価,税込別,注文者姓,注文者名,注文者電話番号1,注文者メールアドレス\r\n",
    );
    for (digits, status, family, phone, mail) in orders {
        let sent = if *status >= 500 { "2026-03-05 10:00:00" } else { "" };
        text += &format!(
            "400001-20260301-{digits:010},{status},2026-03-01 10:00:{digits:02},{sent},tea,1,1000,1,{family},花子,{phone},{mail}\r\n"
        );
    }
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a folder to write to");
    path
}

/// Orders of one person, by number.
fn together(session: &Session) -> Vec<Vec<String>> {
    let mut people: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for order in orders::all(session).expect("orders") {
        people.entry(order.customer_id.0).or_default().push(order.order_number);
    }
    people.values_mut().for_each(|numbers| numbers.sort());
    let mut people: Vec<Vec<String>> = people.into_values().collect();
    people.sort();
    people
}

#[test]
fn who_is_who_survives_even_where_the_evidence_was_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    // Order 1 is first stated with the phone of order 2 and the mail of order 3, later with neither.
    let first = rakuten(
        folder.path(),
        "first.csv",
        &[
            (1, 100, "山田", "090-1111-2222", "a@example.jp"),
            (2, 500, "山田", "090-1111-2222", ""),
            (3, 500, "山川", "", "a@example.jp"),
        ],
    );
    let later = rakuten(folder.path(), "later.csv", &[(1, 500, "山本", "", "")]);
    let mut session = empty();
    import(&mut session, &[first, later]);
    assert_eq!(together(&session).len(), 2, "2 and 3 are one person by what was replaced; 1 is now somebody else");
    for with_names in [true, false] {
        let out = folder.path().join(with_names.to_string());
        let file = orders_file(&written(&mut session, &out, ExportFormat::Csv, with_names));
        let mut again = empty();
        import(&mut again, &[file]);
        assert_eq!(together(&again), together(&session), "names: {with_names}");
    }
}

#[test]
fn what_an_export_says_about_people_is_taken_back_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = rakuten(
        folder.path(),
        "first.csv",
        &[
            (1, 100, "山田", "090-1111-2222", "a@example.jp"),
            (2, 500, "山田", "090-1111-2222", ""),
            (3, 500, "山川", "", "a@example.jp"),
        ],
    );
    let alone = rakuten(
        folder.path(),
        "alone.csv",
        &[(2, 500, "山田", "090-1111-2222", ""), (3, 500, "山川", "", "a@example.jp")],
    );
    let mut whole = empty();
    import(&mut whole, &[first]);
    let export = orders_file(&written(&mut whole, folder.path(), ExportFormat::Csv, true));
    let path = folder.path().join("shop.ledger");
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    import(&mut session, &[alone]);
    let before = (together(&session), rows_of(&path));
    assert_eq!(before.0.len(), 2, "nothing joins 2 and 3 yet");
    let answer = import(&mut session, &[export]).remove(0);
    assert_eq!(together(&session).len(), 1, "the export knows that all are one");
    imports::undo(&mut session, answer.batch_id.expect("a batch")).expect("undo");
    assert_eq!((together(&session), rows_of(&path)), before, "row by row");
}

/// Every row about people, sorted.
fn rows_of(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).expect("the ledger");
    let values = shops::values_of_people(&connection).into_iter();
    let mut rows: Vec<String> = values.map(|(value, person)| format!("values {value}|{person}")).collect();
    for (table, columns) in
        [("buyers", 16), ("people_count", 2), ("likely_pairs", 3), ("given_keys", 3), ("orders", 33), ("sightings", 3)]
    {
        let mut statement = connection.prepare(&format!("select * from {table}")).expect("a table");
        let found = statement
            .query_map([], |row| {
                let cells: Result<Vec<String>, _> =
                    (0..columns).map(|at| row.get_ref(at).map(|value| format!("{value:?}"))).collect();
                Ok(format!("{table} {}", cells?.join("|")))
            })
            .expect("rows");
        rows.extend(found.map(|row| row.expect("a row")));
    }
    rows.sort();
    rows
}

#[test]
fn a_row_that_was_lost_withholds_its_order_and_an_older_copy_is_left_out() {
    let mut session = empty();
    import(&mut session, &one_file());
    let folder = tempfile::tempdir().expect("a folder");
    let file = orders_file(&written(&mut session, folder.path(), ExportFormat::Csv, true));
    let text = std::fs::read_to_string(&file).expect("a file");
    let mut rows: Vec<&str> = text.split("\r\n").collect();
    let of_two = rows.iter().position(|row| row.contains(",2,2,")).expect("an order of two rows");
    let lost = rows.remove(of_two);
    let damaged = folder.path().join("damaged.csv");
    std::fs::write(&damaged, rows.join("\r\n")).expect("a folder to write to");
    let mut again = empty();
    let answer = import(&mut again, &[damaged]).remove(0);
    assert_eq!((answer.problem_rows, answer.rows), (1, answer.used + 1), "{:?}", answer.problems);
    assert_eq!(answer.problems[0].kind, "order_incomplete");
    let problems = imports::problems(&again, answer.batch_id.expect("a batch")).expect("problems");
    assert_eq!((problems.problem_rows, problems.problems.len()), (1, 1));
    let list = folder.path().join("problems.csv");
    imports::save_problems(&again, problems.batch_id, &list).expect("a file");
    assert!(std::fs::read_to_string(&list).expect("a file").contains("damaged.csv"));
    // The whole file twice, one after the other.
    rows.insert(of_two, lost);
    let twice = folder.path().join("twice.csv");
    std::fs::write(&twice, format!("{text}{}", rows[1..].join("\r\n"))).expect("a folder to write to");
    let mut again = empty();
    let answer = import(&mut again, &[twice]).remove(0);
    assert_eq!((answer.problem_rows, answer.used), (0, answer.skipped), "{}", answer.message);
    assert_same(&session, &again, false);
}
