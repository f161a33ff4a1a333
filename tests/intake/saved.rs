//! Tables as people write them and programs save them: what is certain is read as it is meant.

use super::damaged::{HEADER, read_bytes, read_table, row};
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

#[test]
fn an_id_with_a_point_is_that_id() {
    let header = HEADER.replace("個数", "個数,商品明細ID,送付先ID");
    let line = |id: &str, parcel: &str| row(1).replace("1000,1\n", &format!("1000,1,{id},{parcel}\n"));
    // One line twice, as two programs write it, and another.
    let table = format!("{header}{}{}{}", line("1.0", "7.0"), line("1", "7"), line("2", "7.0"));
    let (orders, problems, _) = read_table(table.as_bytes());
    assert_eq!(problems, Vec::new());
    let ids: Vec<(&str, &str)> = orders[0].lines.iter().map(|line| (&*line.line_key, &*line.ship_to_key)).collect();
    assert_eq!(ids, [("1", "7"), ("2", "7")]);
    assert_eq!(orders[0].ship_tos.iter().map(|parcel| &*parcel.ship_to_key).collect::<Vec<_>>(), ["7"]);
}

#[test]
fn a_time_nobody_can_read_is_told_and_the_day_counts() {
    let header = HEADER.replace("注文日時", "注文日,注文時間");
    let at = |number: u32, time: &str| row(number).replace("2026-03-01 10:00:00", &format!("2026-03-01,{time}"));
    let times = ["10:00", "24:00", "", "25:00", "########", "午後3時"];
    let rows: String = times.iter().zip(1..).map(|(time, number)| at(number, time)).collect();
    let (orders, tally) = read_bytes(format!("{header}{rows}").as_bytes()).expect("it can be read");
    let known: Vec<(String, bool)> =
        orders.iter().map(|order| (order.ordered_at.to_string(), order.time_known)).collect();
    let expected = [
        ("2026-03-01T10:00:00", true),
        // The end of a day is the beginning of the next.
        ("2026-03-02T00:00:00", true),
        ("2026-03-01T00:00:00", false),
        ("2026-03-01T00:00:00", false),
        ("2026-03-01T00:00:00", false),
        ("2026-03-01T15:00:00", true),
    ];
    assert_eq!(known, expected.map(|(at, is_known)| (at.to_owned(), is_known)));
    let told: Vec<_> =
        tally.files[0].warnings.iter().map(|told| (told.row, told.kind, &*told.column, &*told.found)).collect();
    let of = |row, found| (row, ProblemKind::TimeUnknown, "注文時間", found);
    assert_eq!((told, tally.files[0].problem_rows), (vec![of(5, "25:00"), of(6, "########")], 0));
}

#[test]
fn a_day_that_differs_is_shown_as_its_own_row_states_it() {
    // The first row of the order states none.
    let table = format!(
        "{HEADER}{}{}",
        row(1).replace("2026-03-01 10:00:00", ""),
        row(1).replace("2026-03-01 10", "2016-03-01 10")
    );
    let (_, tally) = read_bytes(table.as_bytes()).expect("it can be read");
    let found: Vec<&str> = tally.files[0].problems.iter().map(|problem| &*problem.found).collect();
    assert_eq!(found, ["2016-03-01 10:00:00"; 2]);
}
