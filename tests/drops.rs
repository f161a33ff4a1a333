//! What a drop of files comes to where something is amiss: a half that ends in the middle, the same file twice, a folder,
//! and orders recorded before their store had a name, which become that store's as if it had been named first,
//! an import that is stopped at its very end.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::{FileAnswer, FileState};
use otokui_lib::app::{Language, Session, Watch, identity, imports, nameless, stores};
use otokui_lib::intake::{Layouts, Parts};
use otokui_lib::ledger::{self, Ledger, NewBatch};
use otokui_lib::shop::{Mall, Order};
use shops::said;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A Yahoo pair: number, buyer, status and what it was split from; one line of 1,500 yen each. With `store` the
/// numbers name it.
fn pair(folder: &Path, name: &str, store: Option<&str>, rows: &[(u32, &str, u8, Option<u32>)]) -> [PathBuf; 2] {
    let id = |number: u32| store.map_or(String::new(), |store| format!(",{store}-{number}"));
    let head = if store.is_some() { ",Id" } else { "" };
    let mut sheets = [
        format!("OrderId,OrderTime,OrderStatus,ParentOrderId,BillName,BillPhoneNumber,TotalPrice{head}\r\n"),
        format!("OrderId,LineId,ItemId,Title,Quantity,UnitPrice,OriginalPrice,CouponDiscount{head}\r\n"),
    ];
    for (number, buyer, status, parent) in rows {
        let phone = if buyer.is_empty() { "" } else { "0312345678" };
        let parent = parent.map_or(String::new(), |parent| parent.to_string());
        let end = id(*number);
        sheets[0] += &format!("{number},2026/05/01 12:00:00,{status},{parent},{buyer},{phone},1500{end}\r\n");
        sheets[1] += &format!("{number},1,cup-1,Cup,1,1500,1500,0{end}\r\n");
    }
    let paths = ["orders", "items"].map(|half| folder.join(format!("{name}-{half}.csv")));
    for (path, sheet) in paths.iter().zip(&sheets) {
        std::fs::write(path, sheet).expect("a folder to write to");
    }
    paths
}

/// Four imports of one store: bare numbers, a later export of some of them, the first again with the store in the
/// numbers (row by row the same orders), and one where the order of an unknown buyer has got on.
fn imports_of(folder: &Path) -> [[PathBuf; 2]; 4] {
    // 104 was split from 101; of 103 nobody is named.
    let first =
        [(101, "見本 春", 2, None), (102, "見本 夏", 2, None), (103, "", 2, None), (104, "見本 春", 2, Some(101))];
    let later = [(102, "見本 夏", 5, None), (103, "", 2, None), (105, "見本 秋", 2, None)];
    let further = [(103, "", 4, None), (104, "見本 春", 5, Some(101))];
    [
        pair(folder, "first", None, &first),
        pair(folder, "later", None, &later),
        pair(folder, "named", Some("shop-a"), &first),
        pair(folder, "further", Some("shop-a"), &further),
    ]
}

/// The four imports, with the store named before the one at `named_at` (4: after all), and their batches.
fn ledger(files: &[[PathBuf; 2]; 4], named_at: usize) -> (Session, Vec<i64>) {
    let mut session = shops::empty();
    let mut batches = Vec::new();
    for (at, files) in files.iter().enumerate() {
        if at == named_at {
            stores::name(&mut session, "shop-a").expect("an account");
        }
        batches.extend(shops::import(&mut session, files).remove(0).batch_id);
    }
    if named_at == 4 {
        stores::name(&mut session, "shop-a").expect("an account");
    }
    (session, batches)
}

#[test]
fn naming_the_store_late_is_as_if_it_had_been_named_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = imports_of(folder.path());
    let (first, _) = ledger(&files, 0);
    let expected = said(&first);
    assert_eq!(expected.len(), 5, "101 to 105, each once");
    assert!(expected.keys().all(|number| number.starts_with("shop-a-")));
    assert!(!expected["shop-a-103"].0.is_sale, "cancelled in the last import");
    for named_at in 1..=4 {
        let (late, _) = ledger(&files, named_at);
        assert_eq!(said(&late), expected, "named before import {named_at}");
        // Every file again, in other bytes: nothing is new, nothing changes.
        let mut late = late;
        for [orders, items] in &files {
            for path in [orders, items] {
                let text = std::fs::read_to_string(path).expect("there");
                std::fs::write(path.with_extension("txt"), text + "\r\n").expect("a folder to write to");
            }
            let again = [orders, items].map(|path| path.with_extension("txt"));
            assert_eq!(shops::import(&mut late, &again)[0].orders_new, 0);
        }
        assert_eq!(said(&late), expected, "named before import {named_at}, imported again");
    }
}

#[test]
fn imports_from_before_the_name_can_be_taken_back_in_any_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = imports_of(folder.path());
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2], [0, 2, 1, 3], [2, 3, 0, 1]];
    for order in orders {
        for named_at in 1..=4 {
            let ((mut first, of_first), (mut late, of_late)) = (ledger(&files, 0), ledger(&files, named_at));
            for at in order {
                imports::undo(&mut first, of_first[at]).expect("undo");
                imports::undo(&mut late, of_late[at]).expect("undo");
                assert_eq!(said(&late), said(&first), "{order:?} up to {at}, named before import {named_at}");
            }
            assert!(said(&late).is_empty());
        }
    }
}

#[test]
fn without_names_the_orders_get_their_store_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let [first, later, named, _] = imports_of(folder.path());
    let mut session = shops::empty();
    nameless::begin(&mut session).expect("an empty ledger");
    for files in [&first, &later] {
        shops::import(&mut session, files);
    }
    stores::name(&mut session, "shop-a").expect("an account");
    let answer = shops::import(&mut session, &named).remove(0);
    assert_eq!((answer.orders_new, said(&session).len()), (0, 5));
    // 101, whose number alone has changed, is the same order; so it outlives the import it came with.
    let batches = imports::imports(&session).expect("imports").imports;
    imports::undo(&mut session, batches.last().expect("the first").batch_id).expect("undo");
    assert_eq!(said(&session).len(), 5);
}

#[test]
fn an_order_set_apart_stays_so_under_its_new_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let [first, _, named, _] = imports_of(folder.path());
    let mut late = shops::empty();
    shops::import(&mut late, &first);
    let decision = identity::separate(&mut late, "102").expect("an order");
    let lone = said(&late)["102"].1.clone();
    assert_eq!(lone, ["102"]);
    stores::name(&mut late, "shop-a").expect("an account");
    shops::import(&mut late, &named);
    assert_eq!(said(&late)["shop-a-102"].1, ["shop-a-102"]);
    // Taking the decision back leaves what would stand without it.
    identity::undo(&mut late, decision).expect("undo");
    let mut plain = shops::empty();
    stores::name(&mut plain, "shop-a").expect("an account");
    shops::import(&mut plain, &first);
    assert_eq!(said(&late), said(&plain));
    // Another store's orders with the same digits are others.
    let other = pair(folder.path(), "other", Some("shop-b"), &[(101, "見本 冬", 2, None)]);
    assert_eq!(shops::import(&mut plain, &other)[0].orders_new, 1);
    stores::name(&mut plain, "shop-b").expect("an account");
    assert!(said(&plain).contains_key("shop-a-102"), "what has a store keeps it");
}

#[test]
fn a_half_that_cannot_be_read_to_its_end_is_refused_and_the_rest_is_recorded() {
    let folder = tempfile::tempdir().expect("a folder");
    let half = folder.path().join("orders.csv");
    // A quotation mark that never ends: more than a row may hold.
    let text = format!("OrderId,OrderTime,OrderStatus,TotalPrice\r\n1,2026/05/01 12:00:00,2,\"{}", "9".repeat(2 << 20));
    std::fs::write(&half, text).expect("a folder to write to");
    let mut session = shops::empty();
    let files = [half.clone(), shops::one_file()[0].clone(), shops::one_file()[0].clone(), folder.path().to_owned()];
    let preview = imports::preview(&session, &files, &Watch::silent()).expect("one bad half stops nothing");
    let states = |answers: &[FileAnswer]| answers.iter().map(|answer| answer.state).collect::<Vec<_>>();
    let expected = |done| [FileState::Refused, done, FileState::AlreadyImported, FileState::Refused];
    assert_eq!(states(&preview.files), expected(FileState::Ready));
    assert!(preview.files[0].message.contains("引用符"), "{}", preview.files[0].message);
    // Nothing was recorded before: the second copy says only that there are two.
    assert!(preview.files[2].message.contains("同じ内容"), "{}", preview.files[2].message);
    assert!(preview.files[3].message.contains("フォルダー"), "{}", preview.files[3].message);
    let answers = imports::record(&mut session, &files, &Watch::silent()).expect("an import");
    assert_eq!(states(&answers), expected(FileState::Recorded));
}

#[test]
fn an_import_that_is_stopped_after_the_last_row_leaves_nothing_either() {
    // What comes then, indexes and who is who, takes seconds where there are a million orders.
    let folder = tempfile::tempdir().expect("a folder");
    otokui_lib::sample::write(5_000, 1, folder.path()).expect("a sample");
    let export = Parts::Complete(folder.path().join("rakuten_orders.csv"));
    let mut ledger = Ledger::open(&folder.path().join("shop.ledger")).expect("a new ledger");
    let stop = Arc::new(AtomicBool::new(false));
    let mut recording = ledger.record(1).expect("a recording");
    recording.begin("rakuten-order-current", Mall::Rakuten).expect("a file");
    recording.stop_with(Arc::clone(&stop)).expect("a recording");
    let mut stating = recording.stating();
    let mut take = |order: Order| recording.add(&stating.of(order));
    Layouts::default()
        .read::<ledger::Error>(&export, &mut take, &mut |_, _| ControlFlow::Continue(()))
        .expect("the sample can be read");
    recording.end(&NewBatch::default()).expect("nobody has said stop");
    stop.store(true, Ordering::Relaxed);
    assert!(matches!(recording.finish(), Err(ledger::Error::Stopped)));
    assert!(ledger.batches().expect("a ledger").is_empty());
    // Neither a journal nor a handler is left: the next one is recorded.
    let mut recording = ledger.record(1).expect("a recording");
    recording.begin("rakuten-order-current", Mall::Rakuten).expect("a file");
    recording.end(&NewBatch::default()).expect("nobody says stop any more");
    recording.finish().expect("likewise");
}

#[test]
fn a_file_that_an_older_program_recorded_is_known_again() {
    let folder = tempfile::tempdir().expect("a folder");
    otokui_lib::sample::write(60, 1, folder.path()).expect("a sample");
    let (ledger, export) = (folder.path().join("shop.ledger"), folder.path().join("rakuten_orders.csv"));
    let state = |path: &Path| {
        let session = Session::open(&ledger, Language::Japanese).expect("a ledger");
        let preview = imports::preview(&session, &[path.to_owned()], &Watch::silent()).expect("a preview");
        preview.files[0].state
    };
    let mut session = Session::open(&ledger, Language::Japanese).expect("a new ledger");
    imports::record(&mut session, std::slice::from_ref(&export), &Watch::silent()).expect("an import");
    drop(session);
    assert_eq!(state(&export), FileState::AlreadyImported);
    let connection = rusqlite::Connection::open(&ledger).expect("a ledger");
    let forgotten = connection.execute("update batch_files set bytes = null, blake3 = null", []).expect("a column");
    assert_eq!(forgotten, 1);
    drop(connection);
    assert_eq!(state(&export), FileState::AlreadyImported, "by SHA-256");
    // As long as it, and another one.
    let other = folder.path().join("other.csv");
    let mut bytes = std::fs::read(&export).expect("a file");
    let quote = bytes.iter().rposition(|byte| *byte == b'"').expect("all is quoted");
    bytes.splice(quote - 1..quote, *b" ");
    std::fs::write(&other, &bytes).expect("a file");
    assert_eq!(bytes.len() as u64, std::fs::metadata(&export).expect("a file").len());
    assert_eq!(state(&other), FileState::Ready);
}

#[test]
fn every_value_is_one_its_column_may_have() {
    // A recording does not look at ranges itself.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.ledger");
    let mut session = Session::open(&path, Language::Japanese).expect("a ledger");
    for file in shops::monthly() {
        shops::import(&mut session, &[file]);
    }
    shops::import(&mut session, &shops::sample(200, folder.path()));
    drop(session);
    let connection = rusqlite::Connection::open(&path).expect("the ledger");
    let sound =
        || -> String { connection.query_row("pragma integrity_check", [], |row| row.get(0)).expect("an answer") };
    assert_eq!(sound(), "ok");
    connection
        .execute_batch(
            "pragma ignore_check_constraints = on; update order_states set phase = 3 where state_id = 1;
                        pragma ignore_check_constraints = off",
        )
        .expect("a value out of its range");
    assert_eq!(sound(), "CHECK constraint failed in order_states", "it would be seen");
}

#[test]
fn an_export_without_orders_and_a_row_without_end_are_named_as_what_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = shops::empty();
    let path = shops::fixtures().join("malls/rakuten-order-current/no-orders/export.csv");
    let answers = imports::record(&mut session, &[path], &Watch::silent()).expect("an answer");
    assert_eq!(answers[0].state, FileState::Refused);
    assert!(answers[0].message.contains("受注が1件もありません"), "{}", answers[0].message);
    // Row 1 is the header; the second order's row is longer than any.
    let long = folder.path().join("long.csv");
    let row = |number: u32, remark: &str| format!("400001-20260301-{number:010},700,2026-03-01,1,1000,{remark}\n");
    let text =
        format!("注文番号,ステータス,注文日,個数,単価,コメント\n{}{}", row(1, "x"), row(2, &"x".repeat(1 << 20)));
    std::fs::write(&long, text).expect("written");
    let answers = imports::record(&mut session, &[long], &Watch::silent()).expect("an answer");
    assert!(answers[0].message.contains("の3行目の「コメント」が長すぎます"), "{}", answers[0].message);
}

/// The rows of orders numbered so, all of one buyer and shipped.
fn month(numbers: std::ops::RangeInclusive<u32>) -> Vec<(u32, &'static str, u8, Option<u32>)> {
    numbers.map(|number| (number, "見本 春", 5, None)).collect()
}

fn states(answers: &[FileAnswer]) -> Vec<(FileState, u64)> {
    answers.iter().map(|answer| (answer.state, answer.orders_new)).collect()
}

#[test]
fn two_months_in_one_half_and_month_by_month_in_the_other_are_one_import() {
    let folder = tempfile::tempdir().expect("a folder");
    let january = pair(folder.path(), "jan", None, &month(101..=110));
    let february = pair(folder.path(), "feb", None, &month(111..=120));
    let both = pair(folder.path(), "both", None, &month(101..=120));
    // One kind whole, the other by the month, either way round: 10 orders a month are 20, told by the first orders half.
    for (whole, by_month) in [(0, 1), (1, 0)] {
        let files = [&both[whole], &january[by_month], &february[by_month]].map(Clone::clone);
        let mut together = shops::empty();
        let answers = shops::import(&mut together, &files);
        let new: u64 = answers.iter().map(|answer| answer.orders_new).sum();
        assert!(answers.iter().all(|answer| answer.state == FileState::Recorded && answer.problem_rows == 0));
        assert_eq!((new, said(&together).len()), (20, 20));
        // One after the other, in every order: the first two wait, and say so.
        for [first, second, third] in [[0, 1, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut later = shops::empty();
            for at in [first, second] {
                assert_eq!(states(&shops::import(&mut later, &files[at..=at])), [(FileState::WaitingForPair, 0)]);
            }
            assert_eq!(states(&shops::import(&mut later, &files[third..=third])), [(FileState::Recorded, 20)]);
            assert_eq!(said(&later), said(&together), "{first} {second} {third}");
            let listed = imports::imports(&later).expect("imports");
            assert_eq!((listed.imports[0].files.len(), listed.waiting.len()), (3, 0), "one import of three files");
            imports::undo(&mut later, listed.imports[0].batch_id).expect("undo");
            assert!(said(&later).is_empty());
        }
    }
}

#[test]
fn a_month_that_is_missing_is_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let months = [("jan", 101..=110), ("feb", 111..=120), ("mar", 121..=130)];
    let [january, february, march] = months.map(|(name, numbers)| pair(folder.path(), name, None, &month(numbers)));
    let all = pair(folder.path(), "all", None, &month(101..=130));
    let mut session = shops::empty();
    // 20 of 30 orders are fewer than four of five: the items of March are not there.
    let answers = shops::import(&mut session, &[all[0].clone(), january[1].clone(), february[1].clone()]);
    assert!(answers.iter().all(|answer| answer.state == FileState::WaitingForPair));
    assert_eq!(imports::imports(&session).expect("imports").waiting.len(), 3);
    // A pair beside them is a pair as ever.
    let other = pair(folder.path(), "apr", None, &month(131..=140));
    assert_eq!(states(&shops::import(&mut session, &other)), [(FileState::Recorded, 10), (FileState::Recorded, 0)]);
    assert_eq!(states(&shops::import(&mut session, &march[1..])), [(FileState::Recorded, 30)]);
    assert_eq!(said(&session).len(), 40);
}

#[test]
fn an_order_in_two_orders_halves_counts_as_the_newer_states_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let items = pair(folder.path(), "all", None, &month(101..=120));
    let early = pair(folder.path(), "early", None, &month(101..=112));
    // 112 was cancelled (4) by the time of the second download.
    let mut rows = month(112..=120);
    rows[0].2 = 4;
    let late = pair(folder.path(), "late", None, &rows);
    let mut session = shops::empty();
    let answers = shops::import(&mut session, &[early[0].clone(), late[0].clone(), items[1].clone()]);
    // 12 and 9 rows say 20 orders: one row of the first is older.
    let rows: Vec<_> = answers.iter().map(|a| (a.rows, a.used, a.skipped, a.problem_rows)).collect();
    assert_eq!(rows, [(12, 11, 1, 0), (9, 9, 0, 0), (20, 20, 0, 0)]);
    assert_eq!(answers[0].orders_new, 20);
    assert!(!said(&session)["112"].0.is_sale);
}

#[test]
fn a_half_that_was_recorded_completes_the_one_that_came_too_late() {
    let folder = tempfile::tempdir().expect("a folder");
    let january = pair(folder.path(), "jan", None, &month(101..=110));
    let february = pair(folder.path(), "feb", None, &month(111..=120));
    let both = pair(folder.path(), "both", None, &month(101..=120));
    let mut session = shops::empty();
    let answers = shops::import(&mut session, &[both[0].clone(), january[1].clone()]);
    assert_eq!((answers[0].orders_new, answers[0].problem_rows), (10, 10), "the orders of February lack their items");
    assert_eq!(shops::import(&mut session, &february[1..])[0].state, FileState::WaitingForPair);
    assert_eq!(states(&shops::import(&mut session, &both[..1])), [(FileState::Recorded, 10)]);
    assert_eq!(said(&session).len(), 20);
    assert_eq!(states(&shops::import(&mut session, &both[..1])), [(FileState::AlreadyImported, 0)]);
    // Each import is taken back by itself.
    let listed = imports::imports(&session).expect("imports");
    assert_eq!(listed.imports.iter().map(|import| import.files.len()).collect::<Vec<_>>(), [1, 2]);
    imports::undo(&mut session, listed.imports[1].batch_id).expect("undo");
    assert_eq!(said(&session).len(), 10);
}
