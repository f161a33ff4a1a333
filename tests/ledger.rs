//! What the ledger promises: complete or not at all, twice is once, any order of imports, exact undo, the truth.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::FileState;
use otokui_lib::app::{Error, Language, Session, Watch, imports, orders, overview};
use otokui_lib::insight::Scope;
use otokui_lib::ledger;
use otokui_lib::shop::{Mall, Yen};
use shops::{empty, import, monthly, one_file, rows_of, said};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Truth = BTreeMap<String, BTreeMap<String, String>>;

fn truth(folder: &str) -> Truth {
    let path = shops::fixtures().join("shops").join(folder).join("truth_orders.csv");
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().expect("a header").split(',').collect();
    lines
        .map(|line| {
            let row: BTreeMap<String, String> =
                head.iter().zip(line.split(',')).map(|(h, c)| ((*h).to_owned(), c.to_owned())).collect();
            (row["order_no"].clone(), row)
        })
        .collect()
}

/// Every order, yen and status of the truth. `net` there is goods + postage after refunds, or 0 when cancelled or
/// returned; ours is goods − shop coupon and an order that is no sale keeps its amounts (see `tests/intake.rs`).
fn assert_is_the_truth(session: &Session, truth: &Truth, later_than_every_export: &[&str]) {
    let all = orders::all(session).expect("orders");
    assert_eq!(all.len(), truth.len(), "every order, once");
    for order in all {
        let row = &truth[&order.order_number];
        let number = &order.order_number;
        if later_than_every_export.contains(&&**number) {
            continue;
        }
        let yen = |column: &str| Yen(row[column].parse().expect("yen"));
        assert_eq!(order.mall.word(), row["mall"], "{number}");
        assert_eq!(order.ordered_at.to_string(), row["ordered_at"], "{number}");
        assert_eq!(order.goods, yen("goods"), "{number}");
        assert_eq!(order.points_used, yen("point"), "{number}");
        assert_eq!(order.shop_coupon + order.mall_coupon, yen("coupon"), "{number}");
        assert_eq!(order.net_sales, order.goods - order.shop_coupon, "{number}");
        assert_eq!(order.lines.len().to_string(), row["lines"], "{number}");
        assert_eq!(order.is_sale, row["status"] != "900", "{number}: status {}", row["status"]);
    }
}

#[test]
fn a_shop_in_one_file_is_its_truth() {
    let mut session = empty();
    import(&mut session, &one_file());
    assert_is_the_truth(&session, &truth("one-file"), &[]);
}

/// Partly returned after the last export that has them.
const LATER: [&str; 2] = ["otokui-lab-10000579", "otokui-lab-10000793"];

#[test]
fn months_in_any_order_give_the_same_ledger_with_the_newest_status() {
    let files = monthly();
    let mut expected = None;
    let forwards = files.clone();
    let backwards: Vec<PathBuf> = files.iter().rev().cloned().collect();
    // Every fifth file in turn: months and halves of pairs come thoroughly mixed.
    let mixed: Vec<PathBuf> = (0..5).flat_map(|start| files.iter().skip(start).step_by(5).cloned()).collect();
    for order in [forwards, backwards, mixed] {
        let mut session = empty();
        // One at a time: a Yahoo half waits for its other half.
        for file in &order {
            import(&mut session, std::slice::from_ref(file));
        }
        let waiting = imports::imports(&session).expect("imports").waiting;
        assert!(waiting.is_empty(), "every half has found its other half: {waiting:?}");
        assert_is_the_truth(&session, &truth("monthly"), &LATER);
        let said = said(&session);
        assert_eq!(*expected.get_or_insert(said.clone()), said, "the order of imports makes no difference");
    }
    let mut session = empty();
    import(&mut session, &files);
    assert_eq!(expected, Some(said(&session)), "all at once is the same");
}

#[test]
fn the_same_file_again_changes_nothing() {
    let mut session = empty();
    import(&mut session, &one_file());
    let before = said(&session);
    let version = otokui_lib::app::start::start(&session).expect("start").ledger_version;
    for answer in import(&mut session, &one_file()) {
        assert_eq!(answer.state, FileState::AlreadyImported);
    }
    assert_eq!(said(&session), before);
    assert_eq!(otokui_lib::app::start::start(&session).expect("start").ledger_version, version);
}

/// A copy of the fixture's Rakuten file with `change` made to its text.
fn changed(folder: &Path, name: &str, change: impl Fn(&str) -> String) -> PathBuf {
    let bytes = std::fs::read(one_file().remove(0)).expect("the fixture");
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
    let text = change(&text);
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!lost, "the fixture is CP932");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a folder to write to");
    path
}

#[test]
fn a_later_export_updates_a_status() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = empty();
    import(&mut session, &one_file()[..1]);
    let number = "412345-20230711-0000100156";
    assert!(said(&session)[number].0.is_sale);
    // One row: the order is cancelled now.
    let later = changed(folder.path(), "later.csv", |text| {
        text.replace(&format!("\"{number}\",\"700\""), &format!("\"{number}\",\"900\""))
    });
    let preview = imports::preview(&session, std::slice::from_ref(&later), &Watch::silent()).expect("a preview");
    let orders = preview.files[0].orders_unchanged + 1;
    assert_eq!((preview.files[0].orders_new, preview.files[0].orders_updated), (0, 1));
    let answer = import(&mut session, &[later]).remove(0);
    assert_eq!((answer.orders_new, answer.orders_updated, answer.orders_unchanged + 1), (0, 1, orders));
    assert!(!said(&session)[number].0.is_sale);
    // And back: without the later import the order is a sale again.
    imports::undo(&mut session, answer.batch_id.expect("a batch")).expect("undo");
    assert!(said(&session)[number].0.is_sale);
}

#[test]
fn undoing_any_import_is_as_if_it_had_never_been() {
    let files = monthly();
    let rakuten: Vec<PathBuf> =
        files.iter().filter(|f| f.to_string_lossy().contains("rakuten_orders")).take(5).cloned().collect();
    // What stands when file `left_out` was never imported.
    let without = |left_out: usize| {
        let mut session = empty();
        for (at, file) in rakuten.iter().enumerate() {
            if at != left_out {
                import(&mut session, std::slice::from_ref(file));
            }
        }
        said(&session)
    };
    for undone in 0..rakuten.len() {
        let mut session = empty();
        let mut batches = Vec::new();
        for file in &rakuten {
            batches.extend(import(&mut session, std::slice::from_ref(file)).remove(0).batch_id);
        }
        imports::undo(&mut session, batches[undone]).expect("undo");
        assert_eq!(said(&session), without(undone), "file {undone}");
    }
    // All of them, the middle one first: nothing is left.
    let mut session = empty();
    let mut batches: Vec<i64> =
        rakuten.iter().filter_map(|file| import(&mut session, std::slice::from_ref(file)).remove(0).batch_id).collect();
    batches.swap(0, 2);
    for batch in batches {
        imports::undo(&mut session, batch).expect("undo");
    }
    assert!(said(&session).is_empty());
    assert!(imports::imports(&session).expect("imports").imports.is_empty());
    assert!(matches!(imports::undo(&mut session, 99), Err(Error::Ledger(ledger::Error::NoSuchBatch(99)))));
}

#[test]
fn undoing_the_newest_import_restores_the_tables_row_by_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.ledger");
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    import(&mut session, &monthly()[..12]);
    let before = dump(&path);
    let batches: Vec<i64> = import(&mut session, &monthly()[12..]).into_iter().filter_map(|a| a.batch_id).collect();
    let mut batches: Vec<i64> = batches.into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    assert_ne!(dump(&path), before);
    batches.reverse();
    for batch in batches {
        imports::undo(&mut session, batch).expect("undo");
    }
    let after = dump(&path);
    for (table, rows) in &before {
        // The filter of people's values may hold some that have gone.
        if !["ledger_version", "person_filter"].contains(&table.as_str()) {
            assert_eq!(&after[table], rows, "{table}");
        }
    }
}

/// Every row of every table, as text, sorted.
fn dump(path: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = rusqlite::Connection::open(path).expect("the ledger");
    let mut tables = connection.prepare("select name from sqlite_schema where type = 'table'").expect("a schema");
    let names: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("tables").map(|name| name.expect("a name")).collect();
    let mut dump: BTreeMap<String, Vec<String>> =
        names.into_iter().map(|name| (name.clone(), rows_of(&connection, &name, "*"))).collect();
    // Where a run begins and ends says nothing.
    let values = shops::values_in_runs(&connection).into_iter().map(|value| format!("{value:?}"));
    dump.insert("person_key_runs".to_owned(), values.collect());
    dump
}

#[test]
fn a_half_waits_and_its_pair_is_recorded_whole() {
    let files = one_file();
    for (first, second) in [(1, 2), (2, 1)] {
        let mut session = empty();
        let answer = import(&mut session, &files[first..=first]).remove(0);
        assert_eq!(answer.state, FileState::WaitingForPair);
        assert_eq!(imports::imports(&session).expect("imports").waiting.len(), 1);
        assert!(said(&session).is_empty(), "a half is no order");
        let preview = imports::preview(&session, &files[second..=second], &Watch::silent()).expect("a preview");
        assert_eq!(preview.files[0].orders_new, 64, "the file that completes the pair carries its orders");
        let answer = import(&mut session, &files[second..=second]).remove(0);
        assert_eq!((answer.state, answer.orders_new), (FileState::Recorded, 64));
        assert!(imports::imports(&session).expect("imports").waiting.is_empty());
        assert_eq!(said(&session).len(), 64);
        // Taken back, the half waits as it did before.
        imports::undo(&mut session, answer.batch_id.expect("a batch")).expect("undo");
        assert!(said(&session).is_empty());
        assert_eq!(imports::imports(&session).expect("imports").waiting.len(), 1);
    }
}

#[test]
fn a_wrong_half_is_refused_with_a_reason_and_the_rest_is_recorded() {
    // The items of another month share no order with this month's orders.
    let folder = shops::fixtures().join("shops/monthly");
    let files = [folder.join("yahoo_order_20240805.csv"), folder.join("yahoo_item_20250630.csv"), one_file().remove(0)];
    let mut session = empty();
    let answers = imports::record(&mut session, &files, &Watch::silent()).expect("answers");
    assert_eq!(answers[0].state, FileState::Refused);
    assert_eq!(answers[1].state, FileState::Refused);
    assert!(answers[0].message.contains("同じ注文がほとんどありません"), "{}", answers[0].message);
    assert_eq!(answers[2].state, FileState::Recorded);
    assert!(said(&session).values().all(|(order, _)| order.mall == Mall::Rakuten));
}

#[test]
fn a_row_that_cannot_be_read_is_told_with_its_place_and_the_others_are_recorded() {
    let folder = tempfile::tempdir().expect("a folder");
    let damaged =
        changed(folder.path(), "damaged.csv", |text| {
            // Row 2 of the file: the first order.
            text.replacen("\"2023-07-11 17:28:18\",\"2023-07-11\"", "\"2023-13-11 17:28:18\",\"2023-13-11\"", 1)
                .replacen("412345-20230711-0000100156", "412345-20231311-0000100156", 1)
        });
    let mut session = empty();
    let answer = import(&mut session, &[damaged]).remove(0);
    assert_eq!((answer.problem_rows, answer.rows), (1, answer.used + answer.skipped + 1));
    let problem = &answer.problems[0];
    assert_eq!((problem.row, &*problem.kind), (2, "bad_date"));
    assert!(problem.message.contains("2行目"), "{}", problem.message);
    assert!(problem.message.contains("2023-13-11"), "{}", problem.message);
    assert_eq!(said(&session).len(), 136, "137 orders of the file, less the one without a day");
}

#[test]
fn stopping_an_import_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.ledger");
    let files = shops::sample(2_000, folder.path());
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    import(&mut session, &one_file()[..1]);
    let before = dump(&path);
    // Stopped at the very first step, and at a step of the second job, when the first is already recorded.
    for at_step in [1, 2] {
        let steps = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
        let watch = std::sync::Arc::new(std::sync::OnceLock::<Watch>::new());
        let (counted, stopped) = (steps.clone(), watch.clone());
        let _ = watch.set(Watch::new(Box::new(move |_| {
            if counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1 == at_step
                && let Some(watch) = stopped.get()
            {
                watch.cancel();
            }
        })));
        let watch = watch.get().expect("just set");
        watch_until_cancelled(&mut session, &files, watch);
        let after = dump(&path);
        for (table, rows) in &before {
            if table != "ledger_version" {
                assert_eq!(&after[table], rows, "{table} after stopping at step {at_step}");
            }
        }
    }
}

fn watch_until_cancelled(session: &mut Session, files: &[PathBuf], watch: &Watch) {
    let answer = imports::record(session, files, watch);
    assert!(watch.is_cancelled(), "there were enough steps to stop at");
    assert!(matches!(answer, Err(Error::Cancelled)), "{answer:?}");
}

#[test]
fn sales_add_up_from_the_orders() {
    let mut session = empty();
    import(&mut session, &monthly());
    let scope = Scope { from: "2000-01-01".parse().ok(), ..Scope::default() };
    let overview = overview::answer(&session, &scope).expect("an answer");
    let sales: Yen = orders::all(&session)
        .expect("orders")
        .into_iter()
        .filter(|order| order.is_sale)
        .map(|order| order.net_sales)
        .sum();
    assert_eq!(overview.net_sales, sales);
    assert_eq!(overview.months.iter().map(|month| month.net_sales).sum::<Yen>(), sales);
}

#[test]
fn a_foreign_or_newer_file_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "this is no database, but it is long enough to look like a page of one ".repeat(20))
        .expect("a folder to write to");
    let before = std::fs::read(&path).expect("the file");
    let error = Session::open(&path, Language::Japanese).err().expect("refused");
    assert!(matches!(error, Error::Ledger(ledger::Error::Foreign { .. })), "{error:?}");
    assert_eq!(std::fs::read(&path).expect("the file"), before);

    let path = folder.path().join("other.db");
    let other = rusqlite::Connection::open(&path).expect("a database");
    other.execute_batch("create table addresses (name text)").expect("a table");
    drop(other);
    let error = Session::open(&path, Language::Japanese).err().expect("refused");
    assert!(matches!(error, Error::Ledger(ledger::Error::Foreign { .. })), "{error:?}");

    let path = folder.path().join("newer.ledger");
    drop(Session::open(&path, Language::Japanese).expect("a ledger"));
    let newer = rusqlite::Connection::open(&path).expect("the ledger");
    newer.pragma_update(None, "user_version", 999).expect("a number");
    drop(newer);
    let before = std::fs::read(&path).expect("the file");
    let error = Session::open(&path, Language::Japanese).err().expect("refused");
    assert!(matches!(error, Error::Ledger(ledger::Error::Newer { .. })), "{error:?}");
    assert_eq!(std::fs::read(&path).expect("the file"), before, "not touched");
}

#[test]
fn the_schema_is_the_recorded_one_and_sqlite_is_new_enough() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.ledger");
    drop(Session::open(&path, Language::Japanese).expect("a ledger"));
    let connection = rusqlite::Connection::open(&path).expect("the ledger");
    let mut statement = connection
        .prepare("select sql from sqlite_schema where sql is not null order by type desc, name")
        .expect("a schema");
    let schema: Vec<String> =
        statement.query_map([], |row| row.get(0)).expect("rows").map(|sql| sql.expect("text")).collect();
    let schema = schema.join(";\n\n") + ";\n";
    golden("schema/ledger.sql", &schema);
    // The corruption of a WAL that is reset was mended in 3.51.3 (https://www.sqlite.org/wal.html).
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("OTOKUI_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        std::fs::write(&path, text).expect("a folder to write to");
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, recorded, "{name} differs; look at it, then rewrite it with OTOKUI_BLESS=1");
}
