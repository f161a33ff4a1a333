//! A list that its owner keeps, corrects and gives again: of what two versions of it say, the one that was saved last counts.

use super::{Place, counts, layouts, record, session};
use otokui_lib::app::screens::ExportFormat;
use otokui_lib::app::{Session, Watch, export, imports, nameless, orders, overview};
use otokui_lib::insight::Scope;
use otokui_lib::shop::{OrderStatus, Yen};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// Orders of one day, each of so many pieces for 100 yen.
fn list(pieces: u32) -> Vec<[String; 4]> {
    let order = |number: u32| [format!("A-{number}"), "2026-03-01".to_owned(), pieces.to_string(), "100".to_owned()];
    (0..24).map(order).collect()
}

const HEADERS: [&str; 4] = ["Order ID", "Date", "Qty", "Price"];

const MAP: &str =
    r#"{"columns": {"order_number": "Order ID", "ordered_at": "Date", "quantity": "Qty", "unit_price": "Price"}}"#;

fn csv(pieces: u32) -> String {
    let rows = list(pieces).into_iter().map(|row| row.join(",") + "\n");
    std::iter::once(HEADERS.join(",") + "\n").chain(rows).collect()
}

fn workbook(pieces: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let headers = HEADERS.map(str::to_owned);
    for (row, cells) in std::iter::once(headers).chain(list(pieces)).enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// An archive that says of its file that it was saved in this year.
fn archive(pieces: u32, year: u16) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let saved = zip::DateTime::from_date_and_time(year, 3, 5, 10, 0, 0).expect("a moment");
    let options = zip::write::SimpleFileOptions::default().last_modified_time(saved);
    archive.start_file("list.csv", options).expect("an archive");
    std::io::Write::write_all(&mut archive, csv(pieces).as_bytes()).expect("memory");
    archive.finish().expect("an archive").into_inner()
}

/// As if last written to at this moment, in milliseconds since 1970.
fn saved(path: PathBuf, at: u64) -> PathBuf {
    let file = File::options().write(true).open(&path).expect("the file");
    file.set_modified(UNIX_EPOCH + Duration::from_millis(at)).expect("a file of ours");
    path
}

fn before_1970(path: PathBuf) -> PathBuf {
    let file = File::options().write(true).open(&path).expect("the file");
    file.set_modified(UNIX_EPOCH - Duration::from_secs(60)).expect("a file of ours");
    path
}

/// Saved a second after 1970 began.
fn earlier_with(place: &Place, pieces: u32) -> PathBuf {
    saved(place.file("old.csv", csv(pieces)), 1_000)
}

fn goods(session: &Session) -> Vec<Yen> {
    orders::all(session).expect("orders").iter().map(|order| order.goods).collect()
}

/// The later version counts, whichever is imported first, and what was before it comes back with it taken back.
fn the_later_counts(earlier: &Path, later: &Path) {
    for is_turned in [false, true] {
        let mut session = session(MAP);
        let files = if is_turned { [later, earlier] } else { [earlier, later] };
        assert_eq!(counts(&record(&mut session, files[0])), (24, 0, 0));
        let preview =
            imports::preview(&session, &[files[1].to_owned()], &Watch::silent()).expect("a preview").files.remove(0);
        let second = record(&mut session, files[1]);
        assert_eq!(counts(&second), if is_turned { (0, 0, 24) } else { (0, 24, 0) }, "{}", files[1].display());
        assert_eq!(counts(&preview), counts(&second), "{}", files[1].display());
        assert_eq!(goods(&session), [Yen(300); 24], "{}", files[1].display());
        imports::undo(&mut session, second.batch_id.expect("it was recorded")).expect("undone");
        assert_eq!(goods(&session), if is_turned { [Yen(300); 24] } else { [Yen(100); 24] });
    }
}

/// 2026-03-05 10:00:00 in Japan.
const MORNING: u64 = 1_772_672_400_000;

#[test]
fn of_two_versions_of_a_list_the_one_saved_last_counts() {
    let place = Place::new();
    let earlier = saved(place.file("earlier.csv", csv(1)), MORNING);
    the_later_counts(&earlier, &saved(place.file("later.csv", csv(3)), MORNING + 86_400_000));
    the_later_counts(&earlier, &saved(place.file("later.xlsx", workbook(3)), MORNING + 3_600_000));
    the_later_counts(&earlier, &saved(place.file("soon.csv", csv(3)), MORNING + 500));
    // From before 1970, as some systems say where they do not know: as good as unknown.
    the_later_counts(&before_1970(place.file("unknown.csv", csv(1))), &earlier_with(&place, 3));
    the_later_counts(&before_1970(place.file("unknown.xlsx", workbook(1))), &earlier_with(&place, 3));
}

#[test]
fn a_file_of_an_archive_was_saved_when_the_archive_says() {
    let place = Place::new();
    // The archive with the earlier list was made last.
    let later = saved(place.file("later.zip", archive(3, 2026)), MORNING);
    let earlier = saved(place.file("earlier.zip", archive(1, 2025)), MORNING + 3_600_000);
    the_later_counts(&earlier, &later);
    // The archive states 10:00:00 by the clock on the wall, which is that of Japan.
    the_later_counts(&saved(place.file("before.csv", csv(1)), MORNING - 1), &later);
    let at_ten = place.file("at_ten.zip", archive(1, 2026));
    the_later_counts(&at_ten, &saved(place.file("after.csv", csv(3)), MORNING + 1));
}

const SAID: &str = r#"{"mall": "MALL", "columns": {"order_number": "Order ID", "ordered_at": "Date", "quantity": "Qty",
    "unit_price": "Price", "status": "Status"}, "statuses": {"ok": "shipped", "void": "cancelled"}}"#;

const SAID_HEADERS: &str = "Order ID,Date,Qty,Price,Status\n";

fn said(mall: &str) -> Session {
    session(&SAID.replace("MALL", mall))
}

/// What counts of each order after importing both files, and again after importing them the other way round.
fn both_ways(mall: &str, files: [&Path; 2]) -> Vec<(String, Yen, OrderStatus)> {
    let [one, other] = [[files[0], files[1]], [files[1], files[0]]].map(|files| {
        let mut session = said(mall);
        for file in files {
            let preview = imports::preview(&session, &[file.to_owned()], &Watch::silent()).expect("a preview");
            assert_eq!(counts(&preview.files[0]), counts(&record(&mut session, file)), "{}", file.display());
        }
        let orders = orders::all(&session).expect("orders");
        let mut said: Vec<_> = orders.iter().map(|o| (o.order_number.to_string(), o.goods, o.status)).collect();
        said.sort_by(|a, b| a.0.cmp(&b.0));
        said
    });
    assert_eq!(one, other, "whichever comes first");
    one
}

#[test]
fn a_correction_counts_though_its_list_ends_earlier() {
    let place = Place::new();
    let whole = format!("{SAID_HEADERS}A-1,2026-03-01,1,100,void\nA-2,2026-03-02,1,100,ok\nA-3,2026-03-09,1,100,ok\n");
    let some = format!("{SAID_HEADERS}A-1,2026-03-01,1,100,ok\nA-2,2026-03-02,3,100,ok\n");
    let whole = saved(place.file("whole.csv", whole), MORNING);
    let some = saved(place.file("some.csv", some), MORNING + 60_000);
    let order = |number: &str, goods, status| (number.to_owned(), Yen(goods), status);
    // Cancelled by mistake, three pieces instead of one; what the second does not name stays.
    assert_eq!(
        both_ways("own", [&whole, &some]),
        [
            order("A-1", 100, OrderStatus::Shipped),
            order("A-2", 300, OrderStatus::Shipped),
            order("A-3", 100, OrderStatus::Shipped)
        ]
    );
    // Of orders of a mall a cancellation is final, and the table with the newer last order was made later.
    assert_eq!(
        both_ways("yahoo", [&whole, &some]),
        [
            order("A-1", 100, OrderStatus::Cancelled),
            order("A-2", 100, OrderStatus::Shipped),
            order("A-3", 100, OrderStatus::Shipped)
        ]
    );
}

#[test]
fn what_was_written_out_is_as_new_as_the_list_that_says_the_same() {
    let place = Place::new();
    let newer = saved(place.file("newer.csv", csv(3)), MORNING);
    let older = saved(place.file("older.csv", csv(1)), MORNING - 1);
    let mut first = session(MAP);
    record(&mut first, &newer);
    let out = place.0.path().join("out");
    let (_, paths) = export::write(&mut first, &out, ExportFormat::Csv, true, &Watch::silent()).expect("an export");
    let table = paths.iter().find(|path| layouts(MAP).inspect(path).is_ok()).expect("the table of orders");
    let mut copy = session(MAP);
    assert_eq!(counts(&record(&mut copy, table)), (24, 0, 0));
    assert_eq!(counts(&record(&mut copy, &newer)), (0, 0, 24));
    assert_eq!(counts(&record(&mut copy, &older)), (0, 0, 24));
    assert_eq!(goods(&copy), [Yen(300); 24]);
}

#[test]
fn a_list_taken_back_takes_what_only_it_names() {
    let place = Place::new();
    let whole = format!("{SAID_HEADERS}A-1,2026-03-01,1,100,ok\nA-2,2026-03-02,1,100,ok\nA-3,2026-03-03,1,100,ok\n");
    let without = format!("{SAID_HEADERS}A-1,2026-03-01,1,100,ok\nA-2,2026-03-02,3,100,ok\n");
    let mut session = said("own");
    let first = record(&mut session, &saved(place.file("whole.csv", whole), MORNING));
    record(&mut session, &saved(place.file("without.csv", without), MORNING + 1));
    assert_eq!(goods(&session).len(), 3, "a row deleted from a list deletes no order");
    imports::undo(&mut session, first.batch_id.expect("it was recorded")).expect("undone");
    let mut left = goods(&session);
    left.sort_unstable();
    assert_eq!(left, [Yen(100), Yen(300)]);
}

/// What counts after a list with a column for the customer, and one saved later without it, whichever comes first.
fn after_a_list_without_customers(begin: fn(&mut Session)) {
    let place = Place::new();
    let with = "Order ID,Date,Qty,Price,Customer\nA-1,2026-03-01,1,100,c1\nA-2,2026-03-02,1,100,c1\n";
    let without = "Order ID,Date,Qty,Price\nA-1,2026-03-01,3,100\nA-2,2026-03-02,1,100\n";
    let with = saved(place.file("with.csv", with), MORNING);
    let without = saved(place.file("without.csv", without), MORNING + 60_000);
    let map_with = MAP.replace("{\"columns\": {", "{\"columns\": {\"customer_key\": \"Customer\", ");
    for is_turned in [false, true] {
        let mut session = session(MAP);
        begin(&mut session);
        for is_with in [!is_turned, is_turned] {
            session.layouts = layouts(if is_with { &map_with } else { MAP });
            record(&mut session, if is_with { &with } else { &without });
        }
        let overview = overview::screen(&session, &Scope::default()).expect("an overview").answer;
        assert_eq!((overview.order_count, overview.customer_count), (2, 1), "turned: {is_turned}");
        assert_eq!(goods(&session), [Yen(100); 2], "turned: {is_turned}");
    }
}

#[test]
fn a_list_without_customers_replaces_none_with_them() {
    after_a_list_without_customers(|_| ());
    after_a_list_without_customers(|session| {
        nameless::begin(session).expect("an empty ledger");
    });
}

#[test]
fn customers_of_a_list_written_out_are_known_again_by_the_list() {
    let place = Place::new();
    let map = MAP.replace("{\"columns\": {", "{\"columns\": {\"customer_key\": \"Customer\", ");
    let headers = "Order ID,Date,Qty,Price,Customer\n";
    let list = place.file("list.csv", format!("{headers}A-1,2026-03-01,1,100,c1\n"));
    let next = place.file("next.csv", format!("{headers}A-2,2026-04-01,1,100,c1\n"));
    let mut first = session(&map);
    record(&mut first, &list);
    let out = place.0.path().join("out");
    let (_, paths) = export::write(&mut first, &out, ExportFormat::Csv, true, &Watch::silent()).expect("an export");
    let table = paths.iter().find(|path| layouts(&map).inspect(path).is_ok()).expect("the table of orders");
    let mut copy = session(&map);
    let customers = |session: &Session| {
        let screen = overview::screen(session, &Scope::default()).expect("an overview");
        screen.answer.customer_count
    };
    record(&mut copy, table);
    record(&mut copy, &next);
    assert_eq!(customers(&copy), 2, "what the list calls them is not written out");
    assert_eq!(counts(&record(&mut copy, &list)), (0, 0, 1));
    assert_eq!(customers(&copy), 1);
}
