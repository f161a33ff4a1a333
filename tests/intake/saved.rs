//! Tables as people write them and programs save them: what is certain is read as it is meant.

use super::damaged::{HEADER, read_table, row};
use encoding_rs::{EUC_JP, ISO_2022_JP};
use otokui_lib::intake::ProblemKind;

#[test]
fn pieces_may_be_counted_with_a_word() {
    for (text, quantity) in [("2個", 2), ("１２点", 12), ("3 枚", 3), ("4セット", 4), ("0本", 0)] {
        let table = format!("{HEADER}{}", row(1).replace("1000,1\n", &format!("1000,{text}\n")));
        let (orders, problems, _) = read_table(table.as_bytes());
        assert_eq!(problems, Vec::new(), "{text}");
        assert_eq!(orders[0].lines[0].quantity, quantity, "{text}");
    }
    for text in ["10個入", "2ダース", "個", "1.5本", "-2個"] {
        let table = format!("{HEADER}{}", row(1).replace("1000,1\n", &format!("1000,{text}\n")));
        let (orders, problems, _) = read_table(table.as_bytes());
        assert_eq!((orders.len(), problems), (0, vec![(2, ProblemKind::BadNumber, "個数".to_owned())]), "{text}");
    }
}

#[test]
fn the_same_pieces_with_a_word_and_without_are_no_contradiction() {
    let table = |again: &str| {
        let line = |quantity: &str| {
            format!("123456-20260301-0000000001,500,2026-03-01 10:00:00,cup,見本の湯のみ,1000,{quantity},1\n")
        };
        format!("{}{}{}", HEADER.replace("個数", "個数,商品明細ID"), line("2"), line(again))
    };
    let (orders, problems, _) = read_table(table("2個").as_bytes());
    assert_eq!((orders[0].lines.len(), orders[0].lines[0].quantity, problems), (1, 2, Vec::new()));
    let (_, problems, _) = read_table(table("3個").as_bytes());
    assert_eq!(problems, [(2, ProblemKind::Conflict, "個数".to_owned())]);
}

/// A table of which the second line of an order stands behind another order.
fn scattered() -> String {
    format!("{HEADER}{}{}{}", row(1), row(2), row(1).replace("cup", "pot"))
}

/// The same with each cell written so.
fn written(table: &str, separator: &str, cell: impl Fn(&str) -> String) -> String {
    let line = |line: &str| line.split(',').map(&cell).collect::<Vec<_>>().join(separator);
    table.lines().map(|of| line(of) + "\r\n").collect()
}

#[test]
fn rows_of_one_order_are_one_order_whatever_stands_between_their_cells() {
    for separator in [",", "\t", ";", "|"] {
        for mark in ["", "\""] {
            let table = written(&scattered(), separator, |cell| format!("{mark}{cell}{mark}"));
            let (orders, problems, rows) = read_table(table.as_bytes());
            assert_eq!((orders.len(), problems, rows), (2, Vec::new(), 3), "{table}");
            assert_eq!(orders.iter().map(|order| order.lines.len()).sum::<usize>(), 3, "{table}");
        }
    }
}

#[test]
fn numbers_said_to_be_text_are_those_numbers() {
    let plain = read_table(scattered().as_bytes());
    assert_eq!(plain.0.len(), 2);
    let said = |cell: &str| format!("=\"{cell}\"");
    assert_eq!(read_table(written(&scattered(), ",", said).as_bytes()), plain);
    assert_eq!(read_table(written(&scattered(), ",", |cell| format!("\"=\"\"{cell}\"\"\"")).as_bytes()), plain);
}

#[test]
fn tables_of_older_programs_are_read() {
    let plain = read_table(scattered().as_bytes());
    assert_eq!(plain.0[0].lines[0].item_name, "見本の湯のみ");
    for encoding in [EUC_JP, ISO_2022_JP] {
        assert_eq!(read_table(&encoding.encode(&scattered()).0), plain, "{}", encoding.name());
    }
}
