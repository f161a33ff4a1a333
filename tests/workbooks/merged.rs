//! Cells merged over rows, in each kind of workbook that is not read whole. Each test writes the same sheet:
//!
//! ```text
//!    title over two rows and all columns
//!    (under it)
//!    注文番号  ステータス  個数  単価  注文日時
//!    …01       700         2     1000  10:00      two lines of one order, of which number, status and
//!    (…01)     (700)       1     500   (10:00)    day are merged: 2 × 1000 + 1 × 500 = 2500
//!    …02       700         1     300   11:00
//!    (…02)                                        an empty row under a merged number is none
//! ```

use super::{HEADER, archive, read, saved};
use rust_xlsxwriter::{Format, Workbook};
use std::path::Path;

const FIRST: &str = "400001-20260301-0000000001";
const SECOND: &str = "400001-20260301-0000000002";

/// Row and column from 0, and the text.
const CELLS: [(u32, u32, &str); 11] = [
    (0, 0, "3月の受注"),
    (3, 0, FIRST),
    (3, 1, "700"),
    (3, 2, "2"),
    (3, 3, "1000"),
    (3, 4, "2026-03-01 10:00:00"),
    (4, 2, "1"),
    (4, 3, "500"),
    (5, 0, SECOND),
    (5, 1, "700"),
    (5, 2, "1"),
];
const MORE: [(u32, u32, &str); 2] = [(5, 3, "300"), (5, 4, "2026-03-01 11:00:00")];

/// First row, last row, first column, last column.
const MERGED: [[u32; 4]; 5] = [[0, 1, 0, 4], [3, 4, 0, 0], [3, 4, 1, 1], [3, 4, 4, 4], [5, 6, 0, 0]];

/// Every cell in the order of rows.
fn cells() -> Vec<(u32, u32, &'static str)> {
    let header = HEADER.iter().zip(0..).map(|(header, column)| (2, column, *header));
    let mut cells: Vec<_> = CELLS.into_iter().chain(MORE).chain(header).collect();
    cells.sort();
    cells
}

fn assert_two_orders(path: &Path) {
    let (orders, tally) = read(path).expect("an export");
    assert_eq!((tally.files[0].rows, tally.files[0].used), (3, 3), "{:?}", tally.files[0]);
    let goods: Vec<(&str, i64)> = orders.iter().map(|order| (order.number.as_str(), order.goods().0)).collect();
    assert_eq!(goods, [(FIRST, 2500), (SECOND, 300)]);
}

#[test]
fn what_is_merged_over_rows_belongs_to_all_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, column, text) in cells() {
        sheet.write_string(row, column as u16, text).expect("a cell");
    }
    for [top, bottom, left, right] in MERGED {
        let text = cells().iter().find(|(row, column, _)| (*row, *column) == (top, left)).map_or("", |cell| cell.2);
        sheet.merge_range(top, left as u16, bottom, right as u16, text, &Format::new()).expect("merged");
    }
    assert_two_orders(&saved(&mut book, folder.path()));
}

/// One record of a binary workbook: [MS-XLSB] 2.1.4.
fn record(kind: u32, body: &[u8]) -> Vec<u8> {
    let mut bytes = match kind {
        0..=0x7F => vec![kind as u8],
        _ => vec![kind as u8 | 0x80, (kind >> 7) as u8],
    };
    let length = body.len();
    bytes.extend(if length < 0x80 { vec![length as u8] } else { vec![length as u8 | 0x80, (length >> 7) as u8] });
    bytes.extend(body);
    bytes
}

fn numbers(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = numbers(&[units.len() as u32]);
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

#[test]
fn a_binary_workbook_says_what_is_merged_behind_its_cells() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheets = |name: &str, id: &str| record(156, &[numbers(&[0, 1]), wide(id), wide(name)].concat());
    let (begin, end) =
        ([record(131, &[]), record(153, &[0; 12]), record(143, &[])], [record(144, &[]), record(132, &[])]);
    let book = [begin.concat(), sheets("メモ", "rId2"), sheets("3月", "rId1"), end.concat()];
    let dimension = record(148, &numbers(&[0, 6, 0, 4]));
    let mut sheet = [record(129, &[]), dimension.clone(), record(145, &[])].concat();
    let mut at = None;
    for (row, column, text) in cells() {
        if at != Some(row) {
            at = Some(row);
            sheet.extend(record(0, &[numbers(&[row, 0, 0, 0]), vec![0]].concat()));
        }
        sheet.extend(record(6, &[numbers(&[column, 0]), wide(text)].concat()));
    }
    sheet.extend(record(146, &[]));
    sheet.extend(record(177, &numbers(&[MERGED.len() as u32])));
    for merged in MERGED {
        sheet.extend(record(176, &numbers(&merged)));
    }
    sheet.extend([record(178, &[]), record(130, &[])].concat());
    let memo = [record(129, &[]), dimension, record(145, &[]), record(146, &[]), record(130, &[])].concat();
    let relation =
        |id: u8| format!(r#"<Relationship Id="rId{id}" Type="worksheet" Target="worksheets/sheet{id}.bin"/>"#);
    let relations = format!("<?xml version=\"1.0\"?><Relationships>{}{}</Relationships>", relation(1), relation(2));
    let path = folder.path().join("export.xlsb");
    archive(
        &path,
        &[
            ("[Content_Types].xml", br#"<?xml version="1.0"?><Types/>"#),
            ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
            ("xl/workbook.bin", &book.concat()),
            ("xl/worksheets/sheet1.bin", &sheet),
            ("xl/worksheets/sheet2.bin", &memo),
        ],
    );
    assert_two_orders(&path);
}

#[test]
fn an_open_document_says_at_a_cell_how_far_it_reaches() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = String::new();
    for row in 0..=6 {
        rows += "<table:table-row>";
        for column in 0..5 {
            let text = cells().iter().find(|cell| (cell.0, cell.1) == (row, column)).map(|cell| cell.2);
            let merged = MERGED.iter().find(|[top, _, left, _]| (*top, *left) == (row, column));
            let spanned = merged.map_or(String::new(), |[top, bottom, left, right]| {
                let (tall, broad) = (bottom - top + 1, right - left + 1);
                format!(r#" table:number-columns-spanned="{broad}" table:number-rows-spanned="{tall}""#)
            });
            rows += &match text {
                Some(text) => {
                    format!(
                        r#"<table:table-cell office:value-type="string"{spanned}><text:p>{text}</text:p></table:table-cell>"#
                    )
                }
                None => "<table:covered-table-cell/>".to_owned(),
            };
        }
        rows += "</table:table-row>";
    }
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="3月">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let path = folder.path().join("export.ods");
    archive(
        &path,
        &[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())],
    );
    assert_two_orders(&path);
}
