//! Tables that programs and people have damaged a little: what is certain is read, what is not is named with its row.

use super::{assert_no_row_is_lost, read};
use otokui_lib::intake::{Error, Parts, ProblemKind, Tally};
use otokui_lib::shop::{Order, Yen};

pub(super) fn read_bytes(table: &[u8]) -> Result<(Vec<Order>, Tally), Error> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.csv");
    std::fs::write(&path, table).expect("a folder to write to");
    let read = read(&Parts::Complete(path));
    if let Ok((_, tally)) = &read {
        assert_no_row_is_lost(tally);
    }
    read
}

/// The orders of a table that can be read, and its problems as row, kind and column.
pub(super) fn read_table(table: &[u8]) -> (Vec<Order>, Vec<(u64, ProblemKind, String)>, u64) {
    let (orders, tally) = read_bytes(table).expect("it can be read");
    let problems = tally.files[0].problems.iter().map(|p| (p.row, p.kind, p.column.clone())).collect();
    (orders, problems, tally.files[0].rows)
}

pub(super) const HEADER: &str = "注文番号,ステータス,注文日時,商品管理番号,商品名,商品毎税込価格,個数\n";

/// A row of an order of its own.
pub(super) fn row(number: u32) -> String {
    format!("123456-20260301-{number:010},500,2026-03-01 10:00:00,cup,見本の湯のみ,1000,1\n")
}

#[test]
fn the_mark_by_which_dos_ends_a_file_is_no_row() {
    let whole = format!("{HEADER}{}{}", row(1), row(2));
    for end in ["\u{1a}", "\u{1a}\u{1a}"] {
        for table in [format!("{whole}{end}"), format!("{}{end}", whole.trim_end())] {
            let (orders, problems, rows) = read_table(table.as_bytes());
            assert_eq!((orders.len(), rows, problems), (2, 2, Vec::new()), "{table:?}");
            assert_eq!(orders[1].lines[0].quantity, 1);
        }
    }
    // Anywhere else it is a sign in a text, or a row that says nothing.
    let (orders, problems, rows) = read_table(format!("{HEADER}\u{1a}\n{}", row(1)).as_bytes());
    assert_eq!((orders.len(), rows, problems.len()), (1, 2, 1));
    let error = read_bytes(b"\x1a").expect_err("nothing is in it");
    assert!(matches!(error, Error::Empty { .. }), "{error}");
}

#[test]
fn a_row_in_which_bytes_were_lost_is_named_wherever_it_stands() {
    let rows = |numbers: std::ops::Range<u32>| numbers.map(row).collect::<String>();
    // Two pieces of the file and more: the head of it says nothing about its end.
    let table = format!("{HEADER}{}{}{}", rows(0..30_000), row(30_000).replace("cup", "c\0p"), rows(30_001..30_010));
    let (orders, problems, rows_of_file) = read_table(table.as_bytes());
    assert_eq!((orders.len(), rows_of_file), (30_009, 30_010));
    assert_eq!(problems, [(30_002, ProblemKind::NotText, "商品管理番号".to_owned())]);
    for (from, to, column) in
        [("123456-", "12345\0-", "注文番号"), (",500,", ",5\x000,", "ステータス"), (",1\n", ",1\0\n", "個数")]
    {
        let table = format!("{HEADER}{}{}", row(1).replace(from, to), row(2));
        let (orders, problems, _) = read_table(table.as_bytes());
        assert_eq!(orders.len(), 1, "{to:?}");
        assert_eq!(problems, [(2, ProblemKind::NotText, column.to_owned())], "{to:?}");
    }
    // A sector of a disk: the end of one row and the beginning of another are gone with the line end between them.
    let lost = format!("{}{}{}", &row(1)[..40], "\0".repeat(512), &row(2)[50..]);
    let (orders, problems, rows_of_file) = read_table(format!("{HEADER}{lost}{}", row(3)).as_bytes());
    assert_eq!((orders.len(), rows_of_file, problems.len()), (1, 2, 1));
    assert_eq!(problems[0].1, ProblemKind::NotText);
}

#[test]
fn amounts_below_zero_are_read_as_accountants_write_them() {
    for text in ["(500)", "（500）", "△500", "▲500", "−500", "－500", "-500", "(¥500)", "(500円)", "\"(5,00)\""]
    {
        let table = format!(
            "注文番号,ステータス,注文日時,商品管理番号,商品名,商品毎税込価格,個数,送料合計\n{},{text}\n",
            row(1).trim_end()
        );
        let (orders, problems, _) = read_table(table.as_bytes());
        assert_eq!(problems, Vec::new(), "{text}");
        assert_eq!(orders[0].postage_charged, Yen(-500), "{text}");
    }
    for text in ["(500", "500)", "-(500)", "(-500)", "()", "((500))"] {
        let table = format!("{HEADER}{}", row(1).replace("1000", text));
        let (orders, problems, _) = read_table(table.as_bytes());
        assert_eq!((orders.len(), problems[0].1), (0, ProblemKind::BadNumber), "{text}");
    }
}

#[test]
fn a_whole_number_may_have_a_point_and_zeros_behind_it() {
    for text in ["500.0", "500.00", "５００．０"] {
        let (orders, problems, _) =
            read_table(format!("{HEADER}{}", row(1).replace(",500,", &format!(",{text},"))).as_bytes());
        assert_eq!(problems, Vec::new(), "{text}");
        assert_eq!(orders[0].status_code, 500, "{text}");
    }
    for text in ["500.5", "500.", ".0", "5.0E2"] {
        let (orders, problems, _) =
            read_table(format!("{HEADER}{}", row(1).replace(",500,", &format!(",{text},"))).as_bytes());
        assert_eq!((orders.len(), problems[0].1), (0, ProblemKind::UnknownStatus), "{text}");
    }
}

#[test]
fn a_moment_that_cannot_be_read_is_taken_from_the_columns_beside_it() {
    let table = |at: &str, on: &str, time: &str| {
        format!(
            "注文番号,ステータス,注文日時,注文日,注文時間,商品名,商品毎税込価格,個数\n\
             123456-20260301-0000000001,500,{at},{on},{time},見本の湯のみ,1000,1\n"
        )
    };
    for (at, on, time, expected, time_known) in [
        ("########", "2026-03-02", "10:05:06", "2026-03-02T10:05:06", true),
        ("########", "2026/3/2", "", "2026-03-02T00:00:00", false),
        ("", "2026-03-02", "10:05:06", "2026-03-02T10:05:06", true),
        ("2026-03-01 10:00:00", "########", "########", "2026-03-01T10:00:00", true),
    ] {
        let (orders, problems, _) = read_table(table(at, on, time).as_bytes());
        assert_eq!(problems, Vec::new(), "{at} {on} {time}");
        assert_eq!((orders[0].ordered_at.to_string(), orders[0].time_known), (expected.to_owned(), time_known));
    }
    // The number holds a day, but what stood in the columns said more.
    for (at, on, time) in [("########", "", ""), ("########", "########", "10:00:00"), ("", "########", "")] {
        let (_, tally) = read_bytes(table(at, on, time).as_bytes()).expect("it can be read");
        let problem = &tally.files[0].problems[0];
        assert_eq!((problem.kind, &*problem.found), (ProblemKind::BadDate, "########"), "{at} {on} {time}");
    }
}

#[test]
fn files_put_together_are_read_as_far_as_they_are_written_alike() {
    let table = |between: &str, number: &str| {
        format!("{HEADER}{}{between}{HEADER}{}", row(1), row(2).replace("123456-", number))
    };
    for (between, number) in
        [("\u{feff}", "123456-"), ("\u{1a}", "123456-"), ("\u{feff}", "\u{feff}\"123456-"), ("", "\u{3000}123456-")]
    {
        let (orders, tally) = read_bytes(
            table(between, number)
                .replace("0000000002,", if number.contains('"') { "0000000002\"," } else { "0000000002," })
                .as_bytes(),
        )
        .expect("it can be read");
        let file = &tally.files[0];
        assert_eq!((orders.len(), file.rows, file.skipped, file.problem_rows), (2, 3, 1, 0), "{between:?} {number:?}");
        assert_eq!(orders[1].number, "123456-20260301-0000000002");
    }
    // The same order once more behind a mark: one order, whichever way its rows are found.
    let (orders, problems, _) = read_table(format!("{HEADER}{}{}\u{feff}{}", row(1), row(2), row(1)).as_bytes());
    assert_eq!((orders.len(), problems.len()), (2, 0));
    assert_eq!(orders.iter().map(|order| order.lines.len()).sum::<usize>(), 3);

    let cp932 = encoding_rs::SHIFT_JIS.encode(&format!("{HEADER}{}", row(1))).0.into_owned();
    let (orders, problems, rows) = read_table(&[&cp932, row(2).as_bytes(), HEADER.as_bytes()].concat());
    assert_eq!((orders.len(), rows), (1, 3));
    let kinds = [(3, ProblemKind::OtherEncoding, "商品名"), (4, ProblemKind::OtherEncoding, "注文番号")];
    assert_eq!(problems, kinds.map(|(row, kind, column)| (row, kind, column.to_owned())));

    let utf8 = format!("\u{feff}{HEADER}{}", row(2));
    let (orders, problems, rows) = read_table(&[utf8.as_bytes(), &cp932].concat());
    assert_eq!((orders.len(), rows), (1, 3));
    let kinds = [(3, ProblemKind::OtherEncoding, "注文番号"), (4, ProblemKind::OtherEncoding, "商品名")];
    assert_eq!(problems, kinds.map(|(row, kind, column)| (row, kind, column.to_owned())));
}

#[test]
fn a_bare_order_number_of_yahoo_may_have_a_point_and_a_zero_behind_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let [orders, lines] = ["orders.csv", "lines.csv"].map(|name| folder.path().join(name));
    std::fs::write(
        &orders,
        "OrderId,OrderTime,OrderStatus,TotalPrice\n10001.0,2026/3/1 10:00,5.0,1000\ns-10002.0,2026/3/1 10:00,5,1000\n",
    )
    .expect("a folder to write to");
    std::fs::write(&lines, "OrderId,LineId,ItemId,Title,Quantity,UnitPrice\n10001,1,cup,見本の湯のみ,1.0,1000.0\n")
        .expect("a folder to write to");
    let (read, tally) = read(&Parts::Pair { orders, lines }).expect("it can be read");
    assert_no_row_is_lost(&tally);
    assert_eq!((read.len(), &*read[0].number, read[0].status_code), (1, "10001", 5));
    // A name before the digits is no number: whoever wrote that meant something else.
    assert_eq!(tally.files[0].problems[0].kind, ProblemKind::BadOrderNumber);
}
