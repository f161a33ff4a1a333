//! A first import is written while its preview stands: what the yes makes of that is what an import records, and a no, a
//! change or a failure in between leaves no trace and loses nothing.

#[path = "support/nouns.rs"]
mod nouns;
#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::{FileAnswer, FileState, NewContactEntry, Preview};
use otokui_lib::app::{Error, Language, Session, Watch, contacts, draft, imports, nameless, overview, profit, stores};
use otokui_lib::insight::Scope;
use otokui_lib::shop::{ContactKind, Mall};
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// A new shop in a folder of its own.
struct Shop {
    folder: TempDir,
    session: Session,
}

impl Shop {
    fn new() -> Shop {
        let folder = tempfile::tempdir().expect("a folder");
        let session = Session::open(&folder.path().join("shop.ledger"), Language::Japanese).expect("a new ledger");
        Shop { folder, session }
    }

    fn ledger(&self) -> PathBuf {
        self.folder.path().join("shop.ledger")
    }

    /// The draft of the last preview, if there is one.
    fn draft(&self) -> Option<Connection> {
        Some(Connection::open(draft::name(&self.session)?).expect("a draft"))
    }

    fn preview(&mut self, files: &[PathBuf]) -> Preview {
        draft::preview(&mut self.session, files, &Watch::silent()).expect("a preview")
    }

    fn record(&mut self, files: &[PathBuf]) -> Vec<FileAnswer> {
        imports::record(&mut self.session, files, &Watch::silent()).expect("an import")
    }

    /// What lies beside the ledger and what SQLite and the columns keep there.
    fn traces(&self) -> Vec<String> {
        traces(self.folder.path())
    }

    /// Changes the draft behind its back.
    fn mark(&self, sql: &str) {
        self.draft().expect("a draft").execute_batch(sql).expect("a draft with rows");
    }
}

fn traces(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("readable").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let usual = ["", "-wal", "-shm", ".columns"].map(|ending| format!("shop.ledger{ending}"));
    names.filter(|name| !usual.contains(name) && !name.ends_with(".csv")).collect()
}

/// Every row of every table, but for chance and the clock.
fn rows(ledger: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = Connection::open(ledger).expect("a ledger");
    let mut tables = connection.prepare("select name from sqlite_schema where type = 'table'").expect("a schema");
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).expect("names").map(|n| n.expect("text")).collect();
    names.into_iter().map(|name| (name.clone(), rows_of(&connection, &name))).collect()
}

fn rows_of(connection: &Connection, table: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("select * from {table}")).expect("a table");
    let by_chance = ["stamp", "recorded_at"];
    let columns: Vec<usize> = (0..statement.column_count())
        .filter(|at| !by_chance.contains(&statement.column_name(*at).expect("a column")))
        .collect();
    let said = |value: ValueRef<'_>| match value {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        value => format!("{value:?}"),
    };
    let rows = statement
        .query_map([], |row| columns.iter().map(|at| row.get_ref(*at).map(said)).collect::<Result<Vec<_>, _>>());
    rows.expect("rows").map(|row| row.expect("values").join(" ")).collect()
}

/// The same drop into two new shops, one of which has no draft: both say the same before, and are the same afterwards.
#[track_caller]
fn assert_same(files: &[PathBuf], before: impl Fn(&mut Session)) {
    let (mut plain, mut drafted) = (Shop::new(), Shop::new());
    before(&mut plain.session);
    before(&mut drafted.session);
    let of_plain = imports::preview(&plain.session, files, &Watch::silent()).expect("a preview");
    let of_drafted = drafted.preview(files);
    assert_eq!(of_drafted.files, of_plain.files);
    assert_eq!((of_drafted.can_record, of_drafted.needs_store), (of_plain.can_record, of_plain.needs_store));
    let recorded = plain.record(files);
    assert_eq!(drafted.record(files), recorded);
    let history = drafted.session.history().expect("a history");
    assert_eq!(history, plain.session.history().expect("a history"));
    let answers = [&plain, &drafted].map(|shop| nouns::said(&shop.session));
    assert_eq!(answers[1], answers[0]);
    let ledgers = [&plain, &drafted].map(Shop::ledger);
    let (Shop { session: plain, folder: _one }, Shop { session: drafted, folder: other }) = (plain, drafted);
    drop((plain, drafted));
    assert_eq!(traces(other.path()), [""; 0]);
    let [plain, drafted] = ledgers.map(|ledger| rows(&ledger));
    for (table, rows) in &plain {
        assert_eq!(drafted.get(table), Some(rows), "{table}");
    }
}

/// Files of the fixtures of this layout.
fn of_layout(layout: &str) -> Vec<PathBuf> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a fixture") {
            let path = entry.expect("readable").path();
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() => below(&path, found),
                Some("csv" | "xlsx" | "txt" | "tsv") => found.push(path),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    below(&shops::fixtures().join("malls").join(layout), &mut found);
    found.sort();
    found
}

#[test]
fn what_a_draft_becomes_is_what_an_import_records() {
    let folder = tempfile::tempdir().expect("a folder");
    let sample = otokui_lib::sample::write(150, 1, folder.path()).expect("a sample");
    let damaged = folder.path().join("damaged.xlsx");
    std::fs::write(&damaged, b"PK\x03\x04 and no more").expect("a file");
    let half = sample.iter().find(|path| path.ends_with("yahoo_item.csv")).expect("a half").clone();
    let drops = [
        shops::one_file(),
        shops::monthly(),
        sample.clone(),
        // A damaged file, a file twice, a half that waits.
        vec![damaged, sample[0].clone(), sample[0].clone(), half],
        of_layout("rakuten-order-current"),
        [of_layout("yahoo-order"), of_layout("yahoo-item"), of_layout("item-costs")].concat(),
        [of_layout("rakuten-order-legacy"), of_layout("otokui-taken"), of_layout("otokui-notes")].concat(),
    ];
    for files in &drops {
        assert_same(files, |_| ());
    }
    assert_same(&drops[2], |session| stores::name(session, "shop-a").expect("an account"));
}

#[test]
fn the_first_figures_are_worked_out_before_the_yes() {
    let mut shop = Shop::new();
    // More lines than are handed from thread to thread together.
    let files = otokui_lib::sample::write(4_000, 1, shop.folder.path()).expect("a sample");
    shop.preview(&files);
    shop.record(&files);
    let read = shop.session.history().expect("a history");
    let figures = draft::figures(&shop.session).expect("a history").expect("what was worked out");
    assert!(draft::figures(&shop.session).expect("a history").is_none(), "they are given once");
    let ledger = shop.ledger();
    let Shop { session, folder: _kept } = shop;
    drop(session);
    otokui_lib::app::columns::remove(&ledger);
    let again = Session::open_existing(&ledger, Language::Japanese).expect("the ledger");
    assert_eq!(again.history().expect("a history"), read);
    assert!(read.lines.len() > 4_096, "several pieces: {}", read.lines.len());
    let scope = Scope::default();
    assert_eq!(figures.overview, overview::screen(&again, &scope).expect("an answer"));
    assert_eq!(figures.profit, profit::screen(&again, &scope, None).expect("an answer"));
    assert!(draft::figures(&again).expect("a history").is_none(), "nothing was drafted here");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any files of a shop, in any order.
    #[test]
    fn so_is_any_drop(files in prop::sample::subsequence(shops::monthly(), 1..=5).prop_shuffle()) {
        assert_same(&files, |_| ());
    }
}

#[test]
fn the_draft_itself_is_what_is_recorded_at_the_moment_of_the_yes() {
    let mut shop = Shop::new();
    let before = rows(&shop.ledger());
    let preview = shop.preview(&shops::one_file());
    assert!(preview.can_record && shop.draft().is_some());
    assert_eq!(rows(&shop.ledger()), before, "nothing of it is in the ledger");
    assert!(shop.traces().is_empty(), "nor beside it: {:?}", shop.traces());
    // What only the draft says is in the ledger afterwards; when the files were read is not.
    shop.mark("update products set variation = 'marked'; update batches set recorded_at = 5");
    let answers = shop.record(&shops::one_file());
    assert!(answers.iter().all(|answer| answer.state == FileState::Recorded));
    let connection = Connection::open(shop.ledger()).expect("a ledger");
    let asked = "select (select count(*) from products where variation <> 'marked') ||
        (select count(*) from batches where recorded_at = 5) || (select journal_mode from pragma_journal_mode)";
    let told: String = connection.query_row(asked, [], |row| row.get(0)).expect("a row");
    assert_eq!(told, "00wal");
    // The next import has orders to go by, and no draft.
    let months = shops::monthly();
    shop.preview(&months[..1]);
    assert!(shop.record(&months[..1])[0].batch_id.is_some());
    shop.preview(&months[1..2]);
    assert!(shop.draft().is_none());
}

#[test]
fn a_no_another_drop_and_the_end_leave_nothing() {
    let (mut shop, months) = (Shop::new(), shops::monthly());
    let before = rows(&shop.ledger());
    shop.preview(&shops::one_file());
    let first = draft::name(&shop.session).expect("a draft").to_owned();
    draft::forget(&mut shop.session);
    assert!(shop.draft().is_none());
    // Nobody holds its memory: under its name there is nothing any more.
    let tables = "select count(*) from sqlite_schema";
    let left = Connection::open(&first).expect("memory").query_row(tables, [], |row| row.get::<_, i64>(0));
    assert_eq!(left.expect("a count"), 0);
    shop.preview(&shops::one_file());
    shop.preview(&months[..1]);
    shop.mark("update products set variation = 'marked'");
    assert_eq!(rows(&shop.ledger()), before);
    // The first drop after all: the draft is of the second.
    shop.record(&shops::one_file());
    assert!(shop.traces().is_empty(), "{:?}", shop.traces());
    assert!(!rows(&shop.ledger())["products"].concat().contains("marked"));
    assert_same(&shops::one_file(), |_| ());
    let mut shop = Shop::new();
    shop.preview(&shops::one_file());
    let Shop { folder, session } = shop;
    drop(session);
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("readable").file_name()).collect();
    assert_eq!(left, ["shop.ledger"]);
}

#[test]
fn a_file_that_changes_before_the_yes_is_read_again() {
    let mut shop = Shop::new();
    let file = shop.folder.path().join("orders.csv");
    let text = |orders: u32| {
        let row = |number: u32| format!("400001-20260301-{number:010},700,2026-03-01 10:00:00,a,1,1500\r\n");
        "注文番号,ステータス,注文日時,商品管理番号,個数,単価\r\n".to_owned()
            + &(1..=orders).map(row).collect::<String>()
    };
    std::fs::write(&file, text(2)).expect("a file");
    let files = [file.clone()];
    assert_eq!(shop.preview(&files).files[0].orders_new, 2);
    std::fs::write(&file, text(3)).expect("a file");
    assert_eq!(shop.record(&files)[0].orders_new, 3);
    assert!(shop.traces().is_empty());
    // One that is gone is told as ever.
    let mut shop = Shop::new();
    shop.preview(&files);
    std::fs::remove_file(&file).expect("it was there");
    assert_eq!(shop.record(&files)[0].state, FileState::Refused);
}

#[test]
fn a_ledger_that_changes_before_the_yes_keeps_its_change() {
    let months = shops::monthly();
    let other = |shop: &Shop| Session::open(&shop.ledger(), Language::Japanese).expect("the same ledger");
    // Somebody else imports meanwhile.
    let mut shop = Shop::new();
    shop.preview(&months[..1]);
    shops::import(&mut other(&shop), &months[1..2]);
    shop.record(&months[..1]);
    assert_eq!(imports::imports(&shop.session).expect("imports").imports.len(), 2);
    // Something is said on which no figure hangs.
    let mut shop = Shop::new();
    shop.preview(&months[..1]);
    let (mall, kind) = (Mall::Rakuten, ContactKind::Asked);
    let contact = NewContactEntry { mall, kind, on: None, name: "見本 問".into(), note: String::new() };
    contacts::add(&mut other(&shop), &contact).expect("a contact");
    shop.record(&months[..1]);
    assert_eq!(contacts::answer(&shop.session).expect("contacts").contacts.len(), 1);
    // Somebody only reads, and goes on reading what was there.
    let mut shop = Shop::new();
    shop.preview(&months[..1]);
    let reader = Connection::open(shop.ledger()).expect("the same ledger");
    let count =
        || -> i64 { reader.query_row("select count(*) from order_rows", [], |row| row.get(0)).expect("a count") };
    reader.execute_batch("begin").expect("a transaction");
    assert_eq!(count(), 0);
    shop.mark("update products set variation = 'marked'");
    assert_eq!(shop.record(&months[..1])[0].state, FileState::Recorded);
    assert_eq!(count(), 0);
    reader.execute_batch("commit").expect("a transaction");
    assert!(count() > 0);
    assert!(!rows(&shop.ledger())["products"].concat().contains("marked"), "recorded the ordinary way");
}

#[test]
fn what_cannot_be_recorded_is_not_drafted() {
    // Nothing that could be recorded.
    let mut shop = Shop::new();
    let files = [shops::fixtures().join("malls/rakuten-order-current/no-orders/export.csv")];
    assert!(!shop.preview(&files).can_record);
    assert!(shop.draft().is_none());
}

#[test]
fn a_preview_that_is_stopped_leaves_nothing() {
    let mut shop = Shop::new();
    let files = shops::sample(4_000, shop.folder.path());
    let running: Arc<OnceLock<Arc<Watch>>> = Arc::default();
    let stop = Arc::clone(&running);
    let watch = Arc::new(Watch::new(Box::new(move |progress| {
        if progress.rows > 2_000 {
            stop.get().expect("it runs").cancel();
        }
    })));
    running.set(Arc::clone(&watch)).unwrap_or_else(|_| panic!("it is set once"));
    let stopped = draft::preview(&mut shop.session, &files, &watch);
    assert!(matches!(stopped, Err(Error::Cancelled)));
    assert!(shop.draft().is_none());
    assert!(imports::imports(&shop.session).expect("imports").imports.is_empty());
}

#[test]
fn where_no_names_are_kept_a_draft_holds_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = shops::sample(60, folder.path());
    let in_file = |path: &Path| {
        let bytes = std::fs::read(path).expect("a ledger");
        bytes.windows(5).any(|text| text == b"@fw.r" || text == b"examp")
    };
    let in_draft = |shop: &Shop| {
        let any = "select exists (select 1 from buyers where family_name || mail <> '')";
        shop.draft().expect("a draft").query_row(any, [], |row| row.get::<_, bool>(0)).expect("an answer")
    };
    // Chosen while the preview stands: what there was goes, and all is read again. No file has had names.
    let mut shop = Shop::new();
    shop.preview(&files);
    assert!(in_draft(&shop), "this finds names");
    assert!(!in_file(&shop.ledger()) && shop.traces().is_empty());
    nameless::begin(&mut shop.session).expect("an empty ledger");
    assert!(shop.draft().is_none());
    shop.record(&files);
    assert!(!in_file(&shop.ledger()));
    // Chosen before: the draft has keys as well.
    let mut shop = Shop::new();
    nameless::begin(&mut shop.session).expect("an empty ledger");
    let preview = shop.preview(&files);
    assert!(!in_draft(&shop));
    shop.mark("update products set variation = 'marked'");
    let recorded = shop.record(&files);
    let counts = |files: &[FileAnswer]| files.iter().map(|file| file.orders_new).collect::<Vec<_>>();
    assert_eq!(counts(&recorded), counts(&preview.files));
    assert!(!in_file(&shop.ledger()));
    assert!(rows(&shop.ledger())["products"].concat().contains("marked"), "it is the draft");
}

#[test]
fn a_table_whose_columns_are_told_and_a_store_that_is_named_are_read_again() {
    // Bare order numbers: nothing can be recorded before the store has a name, so nothing is kept.
    let mut shop = Shop::new();
    let files: Vec<PathBuf> = shops::one_file();
    let bare = shops::fixtures().join("malls/yahoo-order");
    assert!(bare.is_dir());
    let folder = tempfile::tempdir().expect("a folder");
    let sheets = [
        "OrderId,OrderTime,OrderStatus,BillName,BillPhoneNumber,TotalPrice\r\n101,2026/05/01 12:00:00,2,見本 春,0312345678,1500\r\n",
        "OrderId,LineId,ItemId,Title,Quantity,UnitPrice,OriginalPrice,CouponDiscount\r\n101,1,cup-1,Cup,1,1500,1500,0\r\n",
    ];
    let pair = ["orders.csv", "items.csv"].map(|name| folder.path().join(name));
    pair.iter().zip(sheets).for_each(|(path, sheet)| std::fs::write(path, sheet).expect("a file"));
    let preview = shop.preview(&pair);
    assert!(preview.needs_store && shop.draft().is_none());
    stores::name(&mut shop.session, "shop-a").expect("an account");
    assert!(!shop.preview(&pair).needs_store);
    assert!(shop.draft().is_some());
    // Another name after the preview: the draft is of the first.
    stores::name(&mut shop.session, "shop-b").expect("an account");
    shop.record(&pair);
    let stores = rows(&shop.ledger())["stores"].concat();
    assert!(stores.contains("shop-b") && !stores.contains("shop-a"), "{stores}");
    // A list of orders of no mall beside an export: one waits for its owner, the other is recorded.
    let mut shop = Shop::new();
    let own = folder.path().join("own.csv");
    std::fs::write(&own, "受注番号,受注日,お客様名,商品名,数量,単価\r\nA-1,2026/05/01,見本 春,茶,1,500\r\n")
        .expect("a file");
    let drop = [files[0].clone(), own];
    let states = |files: &[FileAnswer]| files.iter().map(|file| file.state).collect::<Vec<_>>();
    assert_eq!(states(&shop.preview(&drop).files), [FileState::Ready, FileState::NeedsMap]);
    assert_eq!(states(&shop.record(&drop)), [FileState::Recorded, FileState::NeedsMap]);
}
