//! A table that is no export of a mall, with a description of its columns.

use super::otokui;
use otokui_lib::app::screens::MapDocument;
use otokui_lib::app::{Language, Session, maps};
use std::path::Path;

#[test]
fn a_described_table_is_imported_and_measured() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a folder to write to");
        path
    };
    let ledger = folder.path().join("own.ledger");
    let table = file("own.csv", "Day,Sum,Who\n2026-03-01,1200,a\n2026-03-05,800,b\n2026-04-01,500,a\n");
    let wrong = file("wrong.json", r#"{"columns": {"ordered_at": "Day", "order_total": "Sum", "who": "Who"}}"#);
    let ran = otokui("import --ledger L --json --map", &ledger, &[&wrong, &table]).failed_saying("columns.who");
    assert!(ran.err.contains("wrong.json") && ran.err.contains("customer_key"), "{ran:?}");
    assert!(!ledger.exists(), "a wrong description makes no ledger");
    otokui("import --ledger L --json --map", &ledger, &[&folder.path().join("none.json"), &table])
        .failed_saying("none.json");

    let map = file("map.json", r#"{"columns": {"ordered_at": "Day", "order_total": "Sum", "customer_key": "Who"}}"#);
    let answer = otokui("import --ledger L --json --map", &ledger, &[&map, &table]).succeeded().json();
    let recorded = &answer["files"][0];
    assert_eq!((&recorded["state"], &recorded["profile"]), (&"recorded".into(), &"mapped".into()), "{recorded}");
    assert_eq!((&recorded["mall"], &recorded["orders_new"]), (&"own".into(), &3.into()), "{recorded}");
    let overview = otokui("overview --json --ledger L", &ledger, &[]).succeeded().json();
    assert_eq!(overview["order_count"], 3, "{overview}");
    assert_eq!(overview["customer_count"], 2, "{overview}");
    assert_eq!(overview["net_sales"], 2_500, "{overview}");
    // It is remembered for the header row: the file is known without it, and so is the next one.
    let next = file("next.csv", "Day,Sum,Who\n2026-05-02,300,b\n");
    let answer = otokui("import --ledger L --json", &ledger, &[&table, &next]).succeeded().json();
    let states = [0, 1].map(|place| answer["files"][place]["state"].clone());
    assert_eq!(states, ["already_imported", "recorded"], "{answer}");
    // Another header row is nothing Otokui knows; it says what would help.
    let other = file("other.csv", "Day,Total,Who\n2026-05-01,1,a\n");
    otokui("import --ledger L", &ledger, &[&other]).failed_saying("other.csv");
    let ran = otokui("import --ledger L --json", &ledger, &[&other]);
    assert!(ran.code == 1 && ran.err.contains("--map"), "{ran:?}");
    assert_eq!(ran.json()["files"][0]["state"], "needs_map");

    // What was said in the window counts here too.
    let mut session = Session::open(&ledger, Language::English).expect("the ledger");
    let said: MapDocument = serde_json::from_value(serde_json::json!({
        "mall": "own", "columns": {"ordered_at": "Day", "order_total": "Total", "customer_key": "Who"}
    }))
    .expect("a description");
    maps::accept(&mut session, std::slice::from_ref(&other), 0, 0, &said).expect("accepted");
    drop(session);
    let answer = otokui("import --ledger L --json", &ledger, &[&other]).succeeded().json();
    let recorded = &answer["files"][0];
    assert_eq!((&recorded["state"], &recorded["profile"]), (&"recorded".into(), &"mapped".into()), "{recorded}");
    assert_eq!(recorded["orders_new"], 1, "{recorded}");
}

#[test]
fn the_store_of_bare_order_numbers_is_named_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("own.ledger");
    let bare = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join("malls/yahoo-order/bare-only");
    let files = [bare.join("orders.csv"), bare.join("lines.csv")];
    let files = [&*files[0], &*files[1]];
    otokui("import --ledger L --store 見本の店", &ledger, &files).failed_saying("見本の店");
    otokui("import --ledger L --store shop-a", &ledger, &files).succeeded();
    otokui("undo --ledger L 1", &ledger, &[]).succeeded();
    otokui("import --ledger L", &ledger, &files).succeeded();
    let orders = otokui("orders --json --ledger L", &ledger, &[]).succeeded().json();
    let orders = orders.as_array().expect("a list");
    assert!(!orders.is_empty() && orders.iter().all(|order| order["store"] == "shop-a"), "{orders:?}");
}
