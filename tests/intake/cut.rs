//! Files whose download broke off: what of the last row is there may be half of it.

use super::{assert_no_row_is_lost, fixtures, read};
use otokui_lib::intake::{Parts, ProblemKind};
use otokui_lib::shop::Order;

/// Reads the table cut off at every seventh place, which over the rows are places of all kinds. No order of it is another one than in the whole table, but for those that lack
/// rows because the cut is at the end of a line, which nobody can see; every other cut is a problem, but where nothing is left of
/// the row: of what breaks off in its order number, that this is none.
fn check(table: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.csv");
    let read_all = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("a folder to write to");
        read(&Parts::Complete(path.clone()))
    };
    let (whole, tally) = read_all(table).expect("it can be read");
    assert!(whole.len() > 1 && tally.files[0].problem_rows == 0, "the whole table is as it should be");
    let header = table.iter().position(|byte| *byte == b'\n').expect("a header") + 1;
    let of = |order: &Order| whole.iter().find(|other| other.number == order.number);
    let (mut named, mut empty) = (0, 0);
    for cut in (header..table.len()).step_by(7) {
        let begun = table[..cut].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        if begun.iter().all(|byte| *byte == b'"') {
            continue;
        }
        let (orders, tally) = read_all(&table[..cut]).unwrap_or_else(|error| panic!("cut at {cut}: {error:?}"));
        assert_no_row_is_lost(&tally);
        let is_whole_row = table[cut - 1] == b'\n' || table[cut] == b'\n' || table[cut] == b'\r';
        // Behind the last separator stands nothing: so does the last row of some tables.
        let ends_empty = table[cut - 1] == b',' && tally.files[0].problem_rows == 0;
        if is_whole_row || ends_empty {
            empty += usize::from(ends_empty);
            continue;
        }
        for order in &orders {
            assert_eq!(Some(order), of(order), "cut at {cut}");
        }
        assert!(tally.files[0].problem_rows > 0, "cut at {cut}: {tally:?}");
        named += usize::from(tally.files[0].problems.iter().any(|problem| problem.kind == ProblemKind::CutShort));
    }
    assert!(named > 150, "{named} cuts were named");
    assert!(empty <= whole.iter().map(|order| order.lines.len()).sum(), "at most one in a row: {empty}");
}

#[test]
fn a_table_that_breaks_off_in_a_row_says_so_and_takes_nothing_half() {
    let folder = fixtures().join("malls/rakuten-order-current");
    check(&std::fs::read(folder.join("current-layout/export.csv")).expect("the fixture is there"));
    check(&std::fs::read(folder.join("two-ship-tos/export.csv")).expect("the fixture is there"));
}

#[test]
fn a_last_row_without_a_line_end_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.csv");
    let table = "注文番号,ステータス,注文日時,商品管理番号,商品名,商品毎税込価格,個数\n\
                 123456-20260301-0000000001,500,2026-03-01 10:00:00,cup,見本の湯のみ,1000,12";
    std::fs::write(&path, table).expect("a folder to write to");
    let (orders, tally) = read(&Parts::Complete(path.clone())).expect("it can be read");
    assert_eq!((orders[0].lines[0].quantity, tally.files[0].problem_rows), (12, 0));
    // Two cells are missing, and no line end tells that this is all.
    std::fs::write(&path, &table[..table.len() - ",1000,12".len()]).expect("a folder to write to");
    let (orders, tally) = read(&Parts::Complete(path)).expect("it can be read");
    let problem = &tally.files[0].problems[0];
    assert!(orders.is_empty());
    assert_eq!((problem.row, problem.kind, &*problem.column), (2, ProblemKind::CutShort, "商品名"));
}
