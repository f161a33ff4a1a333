//! Rows that contradict each other are named when a file is imported, and afterwards.

use super::{int, list, otokui};
use std::path::Path;

#[test]
fn what_contradicts_itself_is_named_at_once_and_in_the_history() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("L");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/malls/rakuten-order-current");
    let file = fixtures.join("rows-that-contradict/export.csv");
    let answer = otokui("import --json --ledger L", &ledger, &[&file]).succeeded().json();
    let told = &list(&answer, "files")[0];
    let kinds = |of: &serde_json::Value| -> Vec<(i64, String, bool)> {
        let row = |problem: &serde_json::Value| {
            let kind = problem["kind"].as_str().expect("a word").to_owned();
            (int(&problem["row"]), kind, problem["is_used"].as_bool().expect("yes or no"))
        };
        list(of, "problems").iter().map(row).collect()
    };
    let expected =
        [(2, "conflict", false), (6, "date_differs", false), (14, "date_differs", false), (5, "order_differs", true)];
    let expected: Vec<_> = expected.map(|(row, kind, is_used)| (row, kind.to_owned(), is_used)).into();
    assert_eq!(kinds(told), expected, "{told}");
    // Row 5 is used: of the 13, 8 are, 2 are older or equal copies, 3 are not used.
    let counts = ["rows", "used", "skipped", "problem_rows"].map(|count| int(&told[count]));
    assert_eq!(counts, [13, 8, 2, 3], "{told}");
    let messages: String = list(told, "problems").iter().filter_map(|problem| problem["message"].as_str()).collect();
    for part in ["2行目（個数「1」）", "注文番号の日付", "ポイント利用額（「300」）"] {
        assert!(messages.contains(part), "{part}: {messages}");
    }
    let history = otokui("imports --json --ledger L", &ledger, &[]).succeeded().json();
    let import = &list(&history, "")[0];
    assert_eq!((int(&import["problem_rows"]), int(&import["named_rows"])), (3, 4), "{import}");
    let listed = otokui(&format!("problems {} --json --ledger L", import["batch_id"]), &ledger, &[]).succeeded().json();
    let mut by_row = expected.clone();
    by_row.sort();
    assert_eq!(kinds(&listed), by_row, "{listed}");
    // The date 73 years ahead has moved nothing: the latest order is of the first of January after.
    let overview = otokui("overview --json --ledger L", &ledger, &[]).succeeded().json();
    assert_eq!(overview["as_of"], "2027-01-01", "{overview}");
}

#[test]
fn orders_of_a_day_yet_to_come_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = |year: u32| {
        let file = folder.path().join(format!("{year}.csv"));
        let text = format!(
            "Id,OrderStatus,OrderTime,ItemId,UnitPrice,QuantityDetail,UsePoint,TotalMallCouponDiscount\n\
            mihon-1,5,{year}/03/01 10:00:00,L1=tea,L1=1000,L1=1,0,0\n"
        );
        std::fs::write(&file, text).expect("a folder to write to");
        let answer =
            otokui("import --json --ledger L", &folder.path().join(year.to_string()), &[&file]).succeeded().json();
        let told = &list(&answer, "files")[0];
        assert_eq!(told["state"], "recorded", "{told}");
        told["message"].as_str().expect("words").contains("今日より先の日付")
    };
    assert!(said(2098));
    assert!(!said(2026), "long past");
}
