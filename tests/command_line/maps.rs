//! A table that is no export of a mall, with a description of its columns.

use super::otokui;

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
    // Without the description the table is nothing Otokui knows.
    otokui("import --ledger L", &ledger, &[&file("other.csv", "Day,Sum,Who\n2026-05-01,1,a\n")])
        .failed_saying("other.csv");
}
