//! Tables their owner describes: what is read of them, and what is wrong with a description.

#[path = "map/remembered.rs"]
mod remembered;
#[path = "map/saved_again.rs"]
mod saved_again;

use otokui_lib::app::screens::{ExportFormat, FileAnswer, FileState};
use otokui_lib::app::{Language, Session, Watch, export, imports, orders, overview};
use otokui_lib::insight::Scope;
use otokui_lib::intake::{Error, Layouts, MapError, Parts, ProblemKind, ReadError, Tally};
use otokui_lib::shop::{Mall, Order, OrderStatus, Yen};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

const FULL: &str = r#"{"mall": "own", "columns": {"order_number": "Order ID", "ordered_at": "Date",
    "customer_key": "Customer", "item_code": "SKU", "item_name": "Name", "quantity": "Qty", "unit_price": "Price",
    "order_total": "Total"}, "date_format": "%Y-%m-%d"}"#;

const DATE_AND_TOTAL: &str = r#"{"columns": {"ordered_at": "日付", "order_total": "金額"}}"#;

/// A folder to write tables to.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).expect("a folder to write to");
        path
    }
}

fn layouts(map: &str) -> Layouts {
    Layouts::with_map(map).expect("a description")
}

fn read(map: &str, path: &Path) -> Result<(Vec<Order>, Tally), Error> {
    let mut orders = Vec::new();
    let mut sink = |order| -> Result<(), Infallible> {
        orders.push(order);
        Ok(())
    };
    match layouts(map).read(&Parts::Complete(path.to_owned()), &mut sink, &mut |_, _| ControlFlow::Continue(())) {
        Ok(tally) => {
            for file in &tally.files {
                assert_eq!(file.rows, file.used + file.skipped + file.problem_rows, "{file:?}");
            }
            Ok((orders, tally))
        }
        Err(ReadError::Intake(error)) => Err(error),
        Err(ReadError::Sink(never)) => match never {},
        Err(ReadError::Cancelled | ReadError::Scattered) => unreachable!("nobody cancelled"),
    }
}

fn read_text(map: &str, text: &str) -> (Vec<Order>, Tally) {
    let place = Place::new();
    read(map, &place.file("table.csv", text)).expect("the described table")
}

fn session(map: &str) -> Session {
    let mut session = Session::in_memory(Language::English).expect("memory");
    session.layouts = layouts(map);
    session
}

fn record(session: &mut Session, path: &Path) -> FileAnswer {
    let watch = Watch::new(Box::new(|_| {}));
    imports::record(session, &[path.to_owned()], &watch).expect("an answer").remove(0)
}

fn counts(answer: &FileAnswer) -> (u64, u64, u64) {
    (answer.orders_new, answer.orders_updated, answer.orders_unchanged)
}

#[test]
fn a_table_is_read_as_its_owner_describes_it() {
    let (orders, tally) = read_text(
        FULL,
        "My shop\nOrder ID,Date,Customer,SKU,Name,Qty,Price,Total\n\
         A-1,2026-03-01,c1,S1,Soap,2,\"1,200\",9999\n\
         A-1,2026-03-01,c1,S2,Towel,1,¥800,9999\n\
         \n\
         A-2,2026-03-02,c2,S1,Soap,,1200.00,\n\
         A-3,2026-03-03,c2,S1,Soap,1,-500,\n\
         A-4,,c2,S1,Soap,1,500,\n\
         ,2026-03-05,c2,S1,Soap,1,500,\n\
         合計,,,,,,,99999\n",
    );
    let seen: Vec<_> = orders.iter().map(|o| (&*o.number, o.ordered_on().to_string(), o.goods())).collect();
    assert_eq!(
        seen,
        [("A-1", "2026-03-01".to_owned(), Yen(3_200)), ("A-2", "2026-03-02".to_owned(), Yen(1_200))],
        "unit price × pieces wins over the total; no quantity is one piece"
    );
    let first = &orders[0];
    assert_eq!((first.mall, first.status, first.time_known), (Mall::Own, OrderStatus::Shipped, false));
    assert_eq!(
        first.lines.iter().map(|l| (&*l.item_code, &*l.item_name)).collect::<Vec<_>>(),
        [("S1", "Soap"), ("S2", "Towel")]
    );
    let file = &tally.files[0];
    assert_eq!((file.rows, file.used, file.skipped, file.problem_rows), (8, 3, 1, 4));
    let kinds: Vec<_> = file.problems.iter().map(|p| (p.row, &*p.column, p.kind)).collect();
    assert_eq!(
        kinds,
        [
            (7, "Price", ProblemKind::BadNumber),
            (8, "Date", ProblemKind::BadDate),
            (9, "Order ID", ProblemKind::MissingOrderNumber),
            (10, "Order ID", ProblemKind::TotalRow)
        ]
    );
    assert!(!tally.is_store_unknown());
}

#[test]
fn a_total_counts_once_an_order() {
    let map = r#"{"columns": {"order_number": "No", "ordered_at": "Date", "order_total": "Total", "item_code": "SKU",
        "quantity": "Qty", "postage": "Postage", "points_used": "Points", "shop_coupon": "Coupon"}}"#;
    let (orders, _) = read_text(
        map,
        "No;Date;SKU;Qty;Total;Postage;Points;Coupon\n1;2026/3/1;A;1;5,000円;600;-50;100\n1;2026/3/1;B;2;5,000円;600;-50;100\n\
         2;2026/3/2;A;3;3000;;;\n3;2026/3/3;A;3;1000.5;;;\n",
    );
    let seen = orders.iter().map(|o| (o.lines.len(), &*o.lines[0].item_code, o.lines[0].quantity, o.goods()));
    assert_eq!(
        seen.collect::<Vec<_>>(),
        [
            (1, "", 1, Yen(5_000)),
            (1, "A", 3, Yen(3_000)),
            // 1000.5 is 1001, which three pieces do not divide.
            (1, "A", 1, Yen(1_001))
        ]
    );
    let first = &orders[0];
    assert_eq!((first.postage_charged, first.points_used, first.shop_coupon), (Yen(600), Yen(50), Yen(100)));
    assert_eq!(first.net_sales(), Yen(4_900));
}

#[test]
fn what_is_counted_once_an_order_and_differs_between_its_rows_is_named() {
    let map =
        r#"{"columns": {"order_number": "No", "ordered_at": "Date", "order_total": "Total", "points_used": "Points"}}"#;
    let (orders, tally) = read_text(
        map,
        "No,Date,Total,Points\n1,2026/3/1,5000,\n1,2026/3/1,3000,\n2,2026/3/2,1000,30\n2,2026/3/2,1000.00,30円\n2,2026/3/2,,40\n",
    );
    let seen: Vec<_> = orders.iter().map(|o| (o.goods(), o.points_used)).collect();
    assert_eq!(seen, [(Yen(5_000), Yen::ZERO), (Yen(1_000), Yen(30))]);
    let file = &tally.files[0];
    let named: Vec<_> = file.warnings.iter().map(|p| (p.row, &*p.column, p.kind, &*p.found)).collect();
    assert_eq!(
        named,
        [(3, "Total", ProblemKind::OrderDiffers, "3000"), (6, "Points", ProblemKind::OrderDiffers, "40")]
    );
    assert_eq!((file.rows, file.used, file.problem_rows, file.warning_rows), (5, 5, 0, 2));
}

#[test]
fn one_unreadable_row_withholds_its_order_whole() {
    let (orders, tally) = read_text(
        FULL,
        "Order ID,Date,Customer,SKU,Name,Qty,Price,Total\nA,2026-03-01,c,S1,,1,100,\nB,2026-03-01,c,S1,,1,100,\n\
         A,2026-03-01,c,S2,,1,cheap,\nB,2026-03-01,c,S3,,1,,\n",
    );
    assert!(orders.is_empty());
    let kinds: Vec<_> = tally.files[0].problems.iter().map(|p| (p.row, p.kind)).collect();
    assert_eq!(
        kinds,
        [
            (2, ProblemKind::OrderIncomplete),
            (3, ProblemKind::OrderIncomplete),
            (4, ProblemKind::BadNumber),
            (5, ProblemKind::MissingValue)
        ]
    );
}

#[test]
fn without_order_numbers_each_row_is_an_order_and_stays_the_same() {
    let place = Place::new();
    // Two rows alike are two orders; the second file overlaps, writes otherwise, and has one more.
    let first = place.file("a.csv", "日付,金額\n2026/03/01,1200\n2026/03/01,1200\n2026/03/02,800\n合計,3200\n");
    let again = place.file(
        "b.csv",
        "金額\t日付\t備考\n1200\t2026-03-01\tx\n¥1,200\t2026年3月1日\t\n800\t20260302\t\n500\t2026-03-03\t\n",
    );
    let mut session = session(DATE_AND_TOTAL);
    let answer = record(&mut session, &first);
    assert_eq!((answer.state, counts(&answer)), (FileState::Recorded, (3, 0, 0)), "{}", answer.message);
    assert_eq!((answer.rows, answer.used, answer.problem_rows), (4, 3, 1));
    assert_eq!(answer.profile.as_deref(), Some("mapped"));
    assert_eq!(record(&mut session, &first).state, FileState::AlreadyImported);
    assert_eq!(counts(&record(&mut session, &again)), (1, 0, 3));
    let numbers: BTreeSet<_> = orders::all(&session).expect("orders").into_iter().map(|o| o.order_number).collect();
    assert_eq!(numbers.len(), 4);
    let screen = overview::screen(&session, &Scope::default()).expect("an overview");
    assert_eq!((screen.answer.order_count, screen.answer.net_sales), (4, Yen(3_700)));
    assert_eq!(screen.answer.customer_count, 4, "nothing says that two of them are one person");
}

#[test]
fn a_status_that_changed_is_no_new_order() {
    let map = r#"{"columns": {"ordered_at": "Date", "order_total": "Total", "status": "State"},
        "statuses": {"Void": "cancelled"}}"#;
    let place = Place::new();
    let mut session = session(map);
    let placed = place.file("a.csv", "Date,Total,State\n2026-03-01,100,Processing\n2026-03-02,100,\n");
    let void = place.file("b.csv", "Date,Total,State\n2026-03-01,100,VOID\n2026-03-02,100,\n2026-03-04,100,?\n");
    assert_eq!(counts(&record(&mut session, &placed)), (2, 0, 0));
    let answer = record(&mut session, &void);
    assert_eq!((counts(&answer), &*answer.problems[0].kind), ((0, 1, 1), "unknown_status"));
    let screen = overview::screen(&session, &Scope::default()).expect("an overview");
    assert_eq!(screen.answer.order_count, 1);
}

#[test]
fn a_customer_key_says_who_it_is_by_itself() {
    let map = r#"{"columns": {"order_number": "No", "ordered_at": "Date", "order_total": "Total",
        "customer_key": "Who", "buyer_name": "Name", "mail": "Mail"}}"#;
    let place = Place::new();
    let mut session = session(map);
    // 7 married and changed her name; two of one name are two, and so are two who share a mailbox.
    let first = place.file(
        "a.csv",
        "No,Date,Total,Who,Name,Mail\n1,2026-03-01,100,7,田中,home@example.jp\n2,2026-03-02,100,7,佐藤,\n\
         3,2026-03-03,100,8,田中,home@example.jp\n",
    );
    let second = place.file("b.csv", "No,Date,Total,Who,Name,Mail\n4,2026-04-01,100,８,田中,\n5,2026-04-01,100,9,,\n");
    record(&mut session, &first);
    record(&mut session, &second);
    let of = |number: &str| {
        let all = orders::all(&session).expect("orders");
        all.into_iter().find(|o| o.order_number == number).expect("recorded").customer_id
    };
    assert_eq!(of("1"), of("2"));
    assert_ne!(of("1"), of("3"));
    assert_eq!(of("3"), of("4"));
    let screen = overview::screen(&session, &Scope::default()).expect("an overview");
    assert_eq!(screen.answer.customer_count, 3);

    // Written out and read back, here and in a new ledger, they are the same three.
    let out = place.0.path().join("out");
    let watch = Watch::silent();
    let (_, paths) = export::write(&mut session, &out, ExportFormat::Csv, true, &watch).expect("an export");
    let table = paths.iter().find(|path| layouts(map).inspect(path).is_ok()).expect("the table of orders");
    assert_eq!(counts(&record(&mut session, table)), (0, 0, 5));
    let mut copy = Session::in_memory(Language::English).expect("memory");
    assert_eq!(counts(&record(&mut copy, table)), (5, 0, 0));
    for session in [&session, &copy] {
        let screen = overview::screen(session, &Scope::default()).expect("an overview");
        assert_eq!(screen.answer.customer_count, 3);
    }
}

#[test]
fn a_date_is_read_in_the_form_the_owner_says() {
    for (format, written, expected) in [
        ("%d/%m/%Y", "03/04/2026", "2026-04-03T00:00:00"),
        ("%m/%d/%y %H:%M", "04/03/26 9:05", "2026-04-03T09:05:00"),
        ("%b %d, %Y", "Apr 3, 2026", "2026-04-03T00:00:00"),
        ("%Y年%m月%d日", "２０２６年４月３日", "2026-04-03T00:00:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-04-02T20:00:00-0400", "2026-04-03T09:00:00"),
        // A day of a workbook comes in this form whatever its cell looked like.
        ("%d/%m/%Y", "2026-04-03", "2026-04-03T00:00:00"),
    ] {
        let map = format!(r#"{{"columns": {{"ordered_at": "D", "order_total": "T"}}, "date_format": "{format}"}}"#);
        let (orders, _) = read_text(&map, &format!("D\tT\n{written}\t1\n"));
        assert_eq!(orders.first().map(|o| o.ordered_at.to_string()).as_deref(), Some(expected), "{format}");
    }
    let map = r#"{"columns": {"ordered_at": "D", "order_total": "T"}, "date_format": "%Y-%d-%m"}"#;
    let (orders, tally) = read_text(map, "D,T\n2026-01-13,1\n");
    assert!(orders.is_empty(), "the thirteenth month is no January");
    assert_eq!(tally.files[0].problems[0].kind, ProblemKind::BadDate);
}

#[test]
fn the_same_rows_are_the_same_orders_in_every_kind_of_file() {
    let place = Place::new();
    let csv = place.file("a.csv", "\u{feff}日 付,金額\n2026/03/01,1200\n2026/03/02,800.5\n");
    let (cp932, _, _) =
        encoding_rs::SHIFT_JIS.encode("日付,金額,備考\r\n2026/03/01,\"1,200\",髙\r\n2026/03/02,801,\r\n");
    let cp932 = place.file("b.csv", cp932);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let day = rust_xlsxwriter::Format::new().set_num_format("d/m/yyyy");
    sheet.write_string(0, 0, "売上").expect("a cell");
    for (column, header) in ["金額", "日付"].into_iter().enumerate() {
        sheet.write_string(2, column as u16, header).expect("a cell");
    }
    for (row, (serial, yen)) in [(46_082.0, 1_200.0), (46_083.0, 800.5)].into_iter().enumerate() {
        sheet.write_number(3 + row as u32, 0, yen).expect("a cell");
        sheet.write_number_with_format(3 + row as u32, 1, serial, &day).expect("a cell");
    }
    let book = place.file("c.xlsx", book.save_to_buffer().expect("a workbook"));
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("d.csv", zip::write::SimpleFileOptions::default()).expect("an archive");
    std::io::Write::write_all(&mut archive, "日付,金額\n2026-3-1,1200\n2026-3-2,801\n".as_bytes()).expect("memory");
    let archive = place.file("d.zip", archive.finish().expect("an archive").into_inner());
    let mut session = session(DATE_AND_TOTAL);
    assert_eq!(counts(&record(&mut session, &csv)), (2, 0, 0));
    for path in [cp932, book, archive] {
        let answer = record(&mut session, &path);
        assert_eq!(counts(&answer), (0, 0, 2), "{}: {}", answer.file, answer.message);
    }
}

#[test]
fn an_export_of_a_mall_is_read_as_such_beside_a_description() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shops/one-file/rakuten_orders.csv");
    let inspection = layouts(DATE_AND_TOTAL).inspect(&fixture).expect("an export");
    assert_eq!(inspection.profile.id, "rakuten-order-current");
}

#[test]
fn a_described_column_that_is_not_there_is_named() {
    let place = Place::new();
    let path = place.file("a.csv", "Order ID,Date,Customer,SKU,Name,Price,Total\nA,2026-03-01,c,S,N,1,1\n");
    let error = read(FULL, &path).expect_err("a column is missing");
    assert!(matches!(&error, Error::MissingColumns { missing, .. } if *missing == ["Qty"]), "{error:?}");
    let answer = record(&mut session(FULL), &path);
    assert_eq!(answer.state, FileState::Refused);
    assert!(answer.message.contains("Qty") && answer.message.contains("MAP.json"), "{}", answer.message);
}

#[test]
fn a_wrong_description_is_refused_with_its_place() {
    let error = |json: &str| Layouts::with_map(json).expect_err(json);
    assert!(matches!(error("{\n \"mall\": own}"), MapError::NotJson { line: 2, .. }));
    assert_eq!(error("[]"), MapError::NotAnObject { place: String::new() });
    assert_eq!(error(r#"{"columns": {"order_total": "T"}}"#), MapError::NoDate);
    assert_eq!(error("{}"), MapError::NoDate);
    assert_eq!(error(r#"{"columns": {"ordered_at": "D"}}"#), MapError::NoAmount);
    assert!(matches!(error(r#"{"columns": {"qty": "D"}}"#), MapError::UnknownKey { place, known }
        if place == "columns.qty" && known.contains(&"quantity")));
    assert!(matches!(error(r#"{"colums": {}}"#), MapError::UnknownKey { place, .. } if place == "colums"));
    assert_eq!(error(r#"{"columns": {"quantity": 3}}"#), MapError::NotAText { place: "columns.quantity".into() });
    assert!(matches!(error(r#"{"mall": "amazon"}"#), MapError::UnknownWord { place, .. } if place == "mall"));
    for format in ["%Q", "%m/%d", "day", "%H:%M", "%"] {
        let json = format!(r#"{{"columns": {{"ordered_at": "D", "order_total": "T"}}, "date_format": "{format}"}}"#);
        assert_eq!(error(&json), MapError::BadDateFormat { found: format.into() });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No row is lost, whatever stands in the cells, with and without order numbers.
    #[test]
    fn no_row_is_lost(
        rows in proptest::collection::vec(
            ("(1|2|A-3|合計|)", "(2026-03-01|2026-13-01|x|)", "(100|-5|1\\.5|x|)", "(2|-1|q|)", "(900|-9999|)"), 0..12),
        numbered in any::<bool>(),
    ) {
        let number = if numbered { r#""order_number": "No", "# } else { "" };
        let map = format!(
            r#"{{"columns": {{{number}"ordered_at": "D", "unit_price": "P", "quantity": "Q", "order_total": "T"}}}}"#
        );
        let mut text = String::from("No,D,P,Q,T\n");
        for (no, d, p, q, t) in &rows {
            text += &format!("{no},{d},{p},{q},{t}\n");
        }
        let (orders, tally) = read_text(&map, &text);
        let file = &tally.files[0];
        prop_assert_eq!(file.rows, rows.len() as u64);
        prop_assert_eq!(file.problems.len() as u64, file.problem_rows);
        prop_assert!(numbered || orders.len() as u64 == file.used);
        prop_assert!(orders.iter().all(|order| order.goods() >= Yen::ZERO && !order.number.is_empty()));
    }
}
