//! Lists an owner has written or downloaded without a word for the cost, and codes a spreadsheet has changed.

use crate::shops;
use otokui_lib::app::screens::FileState;
use otokui_lib::app::{Watch, imports};
use std::path::PathBuf;

fn written(folder: &std::path::Path, text: &str) -> PathBuf {
    let path = folder.join("list.csv");
    std::fs::write(&path, text).expect("a folder to write to");
    path
}

#[test]
fn an_order_managers_list_can_be_taken_for_costs_when_its_owner_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = "JAN,管理番号,商品番号,SKU管理番号,商品名,販売価格,単価,在庫数\r\n4901234567894,jam-01,jam-01,normal-inventory,りんごジャム,1000,420,3\r\n";
    for (text, guessed) in [(list, ("商品番号", "単価")), ("コード,値段\r\njam-01,400\r\n", ("コード", "値段"))]
    {
        let files = [written(folder.path(), text)];
        let mut session = shops::empty();
        let asked = imports::preview(&session, &files, &Watch::silent()).expect("a preview").files.remove(0);
        let columns = asked.columns.expect("columns to choose from");
        assert_eq!((asked.state, &*columns.code, &*columns.cost), (FileState::NeedsColumns, guessed.0, guessed.1));
        imports::choose_columns(&mut session, &files, Some(0), guessed.0, guessed.1).expect("two columns");
        let taken = shops::import(&mut session, &files).remove(0);
        assert_eq!((taken.state, taken.entries), (FileState::Recorded, 1));
    }
}

#[test]
fn a_code_that_a_spreadsheet_changed_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "商品コード,原価\r\n1月2日,10\r\n4.90E+12,10\r\n2026/1/2,5\r\njam-01,400\r\n";
    let taken = shops::import(&mut shops::empty(), &[written(folder.path(), text)]).remove(0);
    // All four are taken; the first three no shop has ever called an item.
    let named: Vec<_> = taken.problems.iter().map(|p| (p.row, &*p.kind, &*p.found)).collect();
    let damaged = "damaged_code";
    assert_eq!(named, [(2, damaged, "1月2日"), (3, damaged, "4.90E+12"), (4, damaged, "2026/1/2")]);
    assert_eq!((taken.used, taken.problem_rows, taken.entries), (4, 0, 4));
    assert!(taken.message.contains("3行"), "{}", taken.message);
}
