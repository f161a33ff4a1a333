//! The same file given again, under another name or in another workbook: it is known, and what is said of it is true.

#[path = "support/shops.rs"]
mod shops;

use otokui_lib::app::screens::FileState;
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
