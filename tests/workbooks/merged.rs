//! Cells merged over rows. The same sheet lies as `merged-in-binary` and `merged-in-open-document` in `fixtures/malls`:
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

use super::{HEADER, read, saved};
use rust_xlsxwriter::{Format, Workbook};

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
    let (orders, tally) = read(&saved(&mut book, folder.path())).expect("an export");
    assert_eq!((tally.files[0].rows, tally.files[0].used), (3, 3), "{:?}", tally.files[0]);
    let goods: Vec<(&str, i64)> = orders.iter().map(|order| (order.number.as_str(), order.goods().0)).collect();
    assert_eq!(goods, [(FIRST, 2500), (SECOND, 300)]);
}
