//! Tables as people write them and programs save them: what is certain is read as it is meant.

use super::damaged::{HEADER, read_table, row};
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
