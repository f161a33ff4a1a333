//! Files around tables: workbooks as spreadsheets write them, archives, and files made to do harm.

#[path = "workbooks/crafted.rs"]
mod crafted;
#[path = "workbooks/merged.rs"]
mod merged;
#[path = "workbooks/names.rs"]
mod names;
#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::FileState;
use otokui_lib::app::{Watch, imports, orders, stores};
use otokui_lib::intake::{self, Error, Parts, ReadError, Tally};
use otokui_lib::shop::{Buyer, Order};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use std::convert::Infallible;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn read(path: &Path) -> Result<(Vec<Order>, Tally), Error> {
    let mut orders = Vec::new();
    let mut sink = |order| -> Result<(), Infallible> {
        orders.push(order);
        Ok(())
    };
    match intake::read(&Parts::Complete(path.to_owned()), &mut sink, &mut |_, _| ControlFlow::Continue(())) {
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

/// The rows of a CSV in CP932.
fn rows_of(path: &Path) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).expect("the fixture is there");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&*bytes);
    let text = |cell: &[u8]| encoding_rs::SHIFT_JIS.decode_without_bom_handling(cell).0.into_owned();
    reader.byte_records().map(|record| record.expect("a table").iter().map(text).collect()).collect()
}

fn shop_rows() -> Vec<Vec<String>> {
    rows_of(&shops::fixtures().join("shops/one-file/rakuten_orders.csv"))
}

/// Writes a cell as a spreadsheet takes it from a CSV: numbers become numbers, days become days.
fn write_as_opened(sheet: &mut Worksheet, row: u32, column: u16, text: &str) {
    let (day, moment) = (Format::new().set_num_format("yyyy/m/d"), Format::new().set_num_format("yyyy/m/d h:mm"));
    let time = Format::new().set_num_format("h:mm:ss");
    let is_number = !text.is_empty() && text.len() < 16 && text.parse::<f64>().is_ok_and(f64::is_finite);
    let serial = |text: &str| {
        let moment: otokui_lib::shop::Moment = text.replace(' ', "T").parse().ok()?;
        Some(moment.0 as f64 / 86_400.0 + 25_569.0)
    };
    let clock = |text: &str| {
        let parts: Vec<u32> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let [hour, minute, second] = parts[..] else { return None };
        Some(f64::from(hour * 3600 + minute * 60 + second) / 86_400.0)
    };
    let written = if is_number {
        sheet.write_number(row, column, text.parse::<f64>().expect("a number"))
    } else if let Some(days) = serial(text) {
        sheet.write_number_with_format(row, column, days, &moment)
    } else if let Some(days) = serial(&format!("{text} 00:00:00")) {
        sheet.write_number_with_format(row, column, days, &day)
    } else if let Some(days) = clock(text) {
        sheet.write_number_with_format(row, column, days, &time)
    } else if text.is_empty() {
        Ok(&mut *sheet)
    } else {
        sheet.write_string(row, column, text)
    };
    written.expect("a cell");
}

fn write_table(sheet: &mut Worksheet, first_row: u32, rows: &[Vec<String>]) {
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            write_as_opened(sheet, first_row + row as u32, column as u16, text);
        }
    }
}

/// One buyer of this shop typed a digit too few (`03-001-7606`); nobody can say which.
fn mistyped_phone_is_none(buyer: &mut Buyer) {
    if buyer.phone == "03-001-7606" || buyer.phone == "03-0001-7606" {
        buyer.phone.clear();
    }
}

fn saved(book: &mut Workbook, folder: &Path) -> PathBuf {
    let path = folder.join("受注.xlsx");
    book.save(&path).expect("saved");
    path
}

#[test]
fn a_csv_saved_as_a_workbook_gives_the_same_orders() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut book = Workbook::new();
    write_table(book.add_worksheet(), 0, &shop_rows());
    let (saved, tally) = read(&saved(&mut book, folder.path())).expect("an export");
    let (csv, _) = read(&shops::fixtures().join("shops/one-file/rakuten_orders.csv")).expect("an export");
    assert_eq!(tally.files[0].warning_rows, 0);
    assert_eq!(csv.len(), saved.len());
    for (mut csv, mut saved) in csv.into_iter().zip(saved) {
        for buyer in [&mut csv, &mut saved].into_iter().flat_map(|order| {
            std::iter::once(&mut order.buyer).chain(order.ship_tos.iter_mut().map(|parcel| &mut parcel.recipient))
        }) {
            mistyped_phone_is_none(buyer);
        }
        assert_eq!(csv, saved, "zeros, days and amounts come back");
    }
}

#[test]
fn what_owners_do_to_a_workbook_changes_no_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = shop_rows();
    rows.truncate(40);
    let mut book = Workbook::new();
    let memo = book.add_worksheet().set_name("メモ").expect("a name");
    memo.write_string(0, 0, "3月の受注").expect("a cell");
    let sheet = book.add_worksheet().set_name("受注").expect("a name");
    sheet.merge_range(0, 0, 0, 5, "2026年3月の受注", &Format::new()).expect("merged");
    sheet.write_string(1, 0, "RMSから").expect("a cell");
    write_table(sheet, 3, &rows);
    let place = |header: &str| rows[0].iter().position(|h| h == header).expect("a column") as u16;
    sheet.set_column_hidden(place("個数")).expect("hidden");
    // A formula counts with its last result.
    let pieces = rows[1][usize::from(place("個数"))].clone();
    sheet.write_formula(4, place("個数"), Formula::new("=1*1").set_result(pieces)).expect("a formula");
    let last = 3 + rows.len() as u32;
    sheet.write_string(last, 0, "合計").expect("a cell");
    sheet.write_number(last, place("請求金額"), 1_000_000).expect("a cell");
    sheet.write_string(last + 2, 160, "最後の覚え書き").expect("a cell");
    let (orders, tally) = read(&saved(&mut book, folder.path())).expect("an export");
    let file = &tally.files[0];
    assert_eq!((file.used, file.skipped), (39, 1), "one row between the total and the note is blank");
    let problems: Vec<(u64, &str)> = file.problems.iter().map(|p| (p.row, p.kind.word())).collect();
    assert_eq!(problems, [(u64::from(last) + 1, "total_row"), (u64::from(last) + 3, "missing_order_number")]);
    let csv = folder.path().join("export.csv");
    let mut writer = csv::Writer::from_path(&csv).expect("a file");
    rows.iter().for_each(|row| writer.write_record(row).expect("written"));
    writer.flush().expect("written");
    for (mut order, mut plain) in orders.into_iter().zip(read(&csv).expect("an export").0) {
        for order in [&mut order, &mut plain] {
            mistyped_phone_is_none(&mut order.buyer);
            order.ship_tos.iter_mut().for_each(|parcel| mistyped_phone_is_none(&mut parcel.recipient));
        }
        assert_eq!(order, plain);
    }
}

#[test]
fn a_code_that_became_a_day_is_named_and_its_order_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = shop_rows();
    rows.truncate(3);
    let code = rows[0].iter().position(|h| h == "商品管理番号").expect("a column");
    rows[1][code] = "2026-01-02".to_owned();
    let mut book = Workbook::new();
    write_table(book.add_worksheet(), 0, &rows);
    let (_, tally) = read(&saved(&mut book, folder.path())).expect("an export");
    let warning = &tally.files[0].warnings[0];
    assert_eq!(
        (warning.row, &*warning.column, warning.kind.word(), &*warning.found),
        (2, "商品管理番号", "damaged_code", "2026-01-02")
    );
    assert_eq!(tally.files[0].used, 2);
}

const HEADER: [&str; 5] = ["注文番号", "ステータス", "個数", "単価", "注文日時"];

/// An archive of these files.
fn archive(path: &Path, members: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(std::fs::File::create(path).expect("a file"));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("finished");
}

#[test]
fn an_archive_is_what_is_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = shops::fixtures().join("shops/one-file");
    let file = |name: &str| std::fs::read(shop.join(name)).expect("there");
    let (rakuten, orders_half, lines_half) =
        (file("rakuten_orders.xlsx"), file("yahoo_order.csv"), file("yahoo_item.csv"));
    let inner = folder.path().join("inner.zip");
    archive(&inner, &[("a.csv", b"a")]);
    let path = folder.path().join("受注.zip");
    archive(
        &path,
        &[
            ("2026/rakuten_orders.xlsx", &rakuten),
            ("2026/yahoo_item.csv", &lines_half),
            ("2026/yahoo_order.csv", &orders_half),
            ("__MACOSX/._yahoo_order.csv", b"x"),
            (".DS_Store", b"x"),
            ("inner.zip", &std::fs::read(&inner).expect("there")),
            ("読んでください.txt", "はじめに".as_bytes()),
            ("../../outside.csv", b"a,b\n1,2\n"),
        ],
    );
    let mut session = shops::empty();
    let answers = imports::record(&mut session, std::slice::from_ref(&path), &Watch::silent()).expect("an import");
    let said: Vec<(&str, FileState)> = answers.iter().map(|answer| (&*answer.file, answer.state)).collect();
    assert_eq!(
        said,
        [
            ("受注.zip (rakuten_orders.xlsx)", FileState::Recorded),
            ("受注.zip (yahoo_item.csv)", FileState::Recorded),
            ("受注.zip (yahoo_order.csv)", FileState::Recorded),
            ("受注.zip (inner.zip)", FileState::Refused),
            ("受注.zip (読んでください.txt)", FileState::Refused),
            ("受注.zip (outside.csv)", FileState::Refused),
        ]
    );
    assert!(
        !folder.path().parent().is_some_and(|above| above.join("outside.csv").exists()),
        "nothing is written outside"
    );
    let mut plain = shops::empty();
    shops::import(&mut plain, &shops::one_file());
    let numbers = |session| {
        orders::all(session).expect("orders").into_iter().map(|o| (o.order_number, o.net_sales)).collect::<Vec<_>>()
    };
    let (mut a, mut b) = (numbers(&session), numbers(&plain));
    a.sort();
    b.sort();
    assert_eq!(a, b, "the same orders as from the plain files");
    let again = imports::record(&mut session, &[path], &Watch::silent()).expect("an import");
    assert!(again.iter().take(3).all(|answer| answer.state == FileState::AlreadyImported), "twice is once");
}

#[test]
fn each_sheet_with_orders_is_read_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = shops::fixtures().join("shops/one-file");
    let mut book = Workbook::new();
    for (name, file) in [("楽天", "rakuten_orders.csv"), ("Orders", "yahoo_order.csv"), ("Items", "yahoo_item.csv")] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        write_table(sheet, 0, &rows_of(&shop.join(file)));
    }
    book.add_worksheet().set_name("メモ").expect("a name").write_string(0, 0, "覚え書き").expect("a cell");
    let path = saved(&mut book, folder.path());
    assert!(matches!(intake::inspect(&path), Err(Error::SeveralTables { .. })), "one table is asked for");
    let mut session = shops::empty();
    let answers = imports::record(&mut session, &[path], &Watch::silent()).expect("an import");
    let said: Vec<(&str, FileState)> = answers.iter().map(|answer| (&*answer.file, answer.state)).collect();
    let recorded = FileState::Recorded;
    assert_eq!(
        said,
        [("受注.xlsx (楽天)", recorded), ("受注.xlsx (Orders)", recorded), ("受注.xlsx (Items)", recorded)]
    );
    assert_eq!(orders::all(&session).expect("orders").len(), 201);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_workbook_and_its_csv_count_the_same_rows(
        cells in prop::collection::vec((0u32..12, 0u16..8, "[ -~あ-ん\n]{0,12}|500001-20260301-000000000[0-9]|700|合計"), 0..60),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut rows = vec![vec![String::new(); 8]; 13];
        for (column, header) in HEADER.iter().enumerate() {
            rows[0][column] = (*header).to_owned();
        }
        for (row, column, text) in cells {
            // Excel knows no text that is empty or begins with a space of its own making.
            rows[row as usize + 1][column as usize] = text;
        }
        while rows.last().is_some_and(|row| row.iter().all(|cell| cell.trim().is_empty())) {
            rows.pop();
        }
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row as u32, column as u16, text).expect("a cell");
            }
        }
        let csv = folder.path().join("export.csv");
        let mut writer = csv::Writer::from_path(&csv).expect("a file");
        rows.iter().for_each(|row| writer.write_record(row).expect("written"));
        writer.flush().expect("written");
        drop(writer);
        let (from_csv, csv_tally) = read(&csv).expect("an export");
        let (from_book, book_tally) = read(&saved(&mut book, folder.path())).expect("an export");
        prop_assert_eq!(from_csv, from_book);
        let (csv_file, book_file) = (&csv_tally.files[0], &book_tally.files[0]);
        prop_assert_eq!(
            (csv_file.rows, csv_file.used, csv_file.skipped, csv_file.problem_rows),
            (book_file.rows, book_file.used, book_file.skipped, book_file.problem_rows)
        );
        prop_assert_eq!(&csv_file.problems, &book_file.problems);
    }

    #[test]
    fn any_bytes_in_a_workbook_are_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40), which in 0usize..4) {
        let name = ["old-workbook/export.xls", "binary-workbook/export.xlsb", "open-document/export.ods", "../../shops/one-file/rakuten_orders.xlsx"][which];
        let mut bytes = std::fs::read(shops::fixtures().join("malls/rakuten-order-current").join(name)).expect("there");
        for (index, byte) in changes {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("export");
        std::fs::write(&path, bytes).expect("written");
        // Counted or refused; what matters is that it ends.
        let _ = read(&path);
    }
}

#[test]
fn orders_with_bare_numbers_are_of_the_store_the_owner_names() {
    let folder = shops::fixtures().join("malls/yahoo-order/bare-only");
    let files = ["orders.csv", "lines.csv"].map(|name| folder.join(name));
    let mut unnamed = shops::empty();
    let said = shops::import(&mut unnamed, &files);
    assert!(said[0].message.contains("ストアアカウント"), "the owner is asked: {}", said[0].message);
    let mut named = shops::empty();
    let watch = Watch::silent();
    let asked = imports::preview(&named, &files, &watch).expect("a preview");
    assert!(asked.needs_store && imports::imports(&named).expect("an answer").store.is_empty());
    assert!(stores::name(&mut named, "見本の店").is_err(), "no account");
    stores::name(&mut named, "Shop-A").expect("an account");
    assert!(!imports::preview(&named, &files, &watch).expect("a preview").needs_store, "asked once");
    assert_eq!(imports::imports(&named).expect("an answer").store, "shop-a");
    let said = shops::import(&mut named, &files);
    assert!(said[0].message.contains("「shop-a」の注文"), "{}", said[0].message);
    let all = orders::all(&named).expect("orders");
    assert!(!all.is_empty() && all.iter().all(|order| order.order_number.starts_with("shop-a-")));
}

#[test]
fn a_list_whose_columns_were_pointed_at_is_read_to_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in ["品", "値段"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, header).expect("a cell");
    }
    for row in 1..=800u32 {
        sheet.write_string(row, 0, format!("item-{row}")).expect("a cell");
        sheet.write_number(row, 1, f64::from(row)).expect("a cell");
    }
    let list = folder.path().join("list.xlsx");
    book.save(&list).expect("written");
    let mut session = shops::empty();
    imports::choose_columns(&mut session, std::slice::from_ref(&list), None, "品", "値段").expect("both are there");
    let answer = shops::import(&mut session, &[list]).remove(0);
    // Nothing in its headers says that it is a list of costs; what was said once does.
    assert_eq!((answer.state, answer.used, answer.problem_rows), (FileState::Recorded, 800, 0), "{}", answer.message);
}
