//! The same file given again, under another name or in another workbook: it is known, and what is said of it is true.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::FileState;
use otokui_lib::app::{Session, Watch, imports};
use otokui_lib::intake::Layouts;
use std::path::{Path, PathBuf};

/// One order of Rakuten, paid so.
fn export(folder: &Path, name: &str, payment: &str) -> PathBuf {
    let head = "注文番号,ステータス,注文日時,注文者姓,注文者名,商品管理番号,商品名,単価,個数,支払方法名";
    let row = format!("500001-20260301-0000000001,700,2026-03-01 10:00:00,見本,春,cup-1,Cup,1000,1,{payment}");
    let path = folder.join(name);
    std::fs::write(&path, format!("{head}\r\n{row}\r\n")).expect("a folder to write to");
    path
}

#[test]
fn the_advice_to_import_again_is_given_only_where_it_helps() {
    let folder = tempfile::tempdir().expect("a folder");
    let (known, unknown) =
        (export(folder.path(), "a.csv", "クレジットカード"), export(folder.path(), "b.csv", "見たことのない払い方"));
    let renamed = folder.path().join("renamed.csv");
    std::fs::copy(&known, &renamed).expect("a copy");
    for (first, again) in [(&known, &renamed), (&unknown, &unknown)] {
        let mut session = shops::empty();
        assert_eq!(shops::import(&mut session, std::slice::from_ref(first))[0].state, FileState::Recorded);
        let said = shops::import(&mut session, std::slice::from_ref(again)).remove(0);
        assert_eq!(said.state, FileState::AlreadyImported);
        assert!(said.message.ends_with("取り込み済みです。変更はありません。"), "{}", said.message);
    }
    // A ledger of a program that did not read the column yet; the name the file has now says nothing of it.
    let place = folder.path().join("shop.ledger");
    let open = || otokui_lib::app::Session::open(&place, otokui_lib::app::Language::Japanese).expect("a ledger");
    shops::import(&mut open(), std::slice::from_ref(&known));
    let connection = rusqlite::Connection::open(&place).expect("a ledger");
    connection.execute("update order_states set payment = null", []).expect("a column");
    drop(connection);
    let said = shops::import(&mut open(), &[renamed]).remove(0);
    assert!(said.message.contains("もう一度取り込むと読みます"), "{}", said.message);
}

#[test]
fn what_map_says_is_remembered_for_its_header_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = |name: &str, day: u8| {
        let path = folder.path().join(name);
        let rows = format!("Order ID,Ｄａｔｅ,SKU,Total\r\nA-{day},2026-03-0{day},cup-1,1200\r\n");
        std::fs::write(&path, rows).expect("a folder to write to");
        path
    };
    let (first, second) = (table("first.csv", 1), table("second.csv", 2));
    let mut session = shops::empty();
    let states = |session: &mut Session, path: &Path| {
        let answers = imports::record(session, &[path.to_owned()], &Watch::silent()).expect("an import");
        (answers[0].state, answers[0].orders_new)
    };
    assert_eq!(states(&mut session, &first), (FileState::NeedsMap, 0));
    // No mall is named, and the headers not quite as they stand.
    let map = r#"{"columns": {"order_number": "Order ID", "ordered_at": "Date", "item_code": "SKU", "order_total": "Total"}}"#;
    session.layouts = Layouts::with_map(map).expect("a description");
    assert_eq!(states(&mut session, &first), (FileState::Recorded, 1));
    session.layouts = Layouts::default();
    assert_eq!(states(&mut session, &first), (FileState::AlreadyImported, 0), "without being told again");
    assert_eq!(states(&mut session, &second), (FileState::Recorded, 1));
    // As the window would have kept it.
    let kept = imports::imports(&session).expect("imports").maps;
    assert_eq!((kept.len(), kept[0].offer.map.columns["ordered_at"].as_str()), (1, "Ｄａｔｅ"));
}
