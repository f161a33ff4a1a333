//! Answers about files that hold no orders, no known table, or no names.

use super::*;

#[test]
fn files_besides_orders_are_answered() {
    let malls = shops::fixtures().join("malls");
    let file = |profile: &str, case: &str| malls.join(profile).join(case).join("export.csv");
    let files = [
        file("item-costs", "usual"),
        file("item-costs", "asked-about"),
        file("rakuten-review", "usual"),
        file("rakuten-dd-store", "sixty-eight-columns"),
        file("yahoo-item-report", "usual"),
        file("rakuten-daily-report", "usual"),
    ];
    let (mut session, _folder) = shop(24);
    check("beside.preview", &imports::preview(&session, &files, &Watch::silent()).expect("a preview"));
    imports::record(&mut session, &files, &Watch::silent()).expect("recorded");
    let known = imports::imports(&session).expect("an answer");
    check("beside.imports", &known);
    let costs = known.imports.iter().find(|import| import.profile == "item-costs").expect("recorded");
    check("beside.problems", &imports::problems(&session, costs.batch_id).expect("an answer"));
    check("beside.reconciliation", &reconciliation::answer(&session).expect("an answer"));
}

#[test]
fn a_table_of_no_mall_is_answered() {
    let files = [
        shops::fixtures().join("shops/own-cart/orders.csv"),
        shops::fixtures().join("malls/item-costs/usual/export.csv"),
    ];
    let (mut session, _folder) = shop(24);
    let preview = imports::preview(&session, &files, &Watch::silent()).expect("a preview");
    check("map.preview", &preview);
    let mut map = preview.files[0].map.clone().expect("an offer").map;
    check("map.map_preview", &maps::preview(&session, &files, 0, 0, &map).expect("an answer"));
    check("map.map_table", &maps::table(&session, &files, 0, 0).expect("an answer"));
    map.statuses.insert("お届け待ち".to_owned(), OrderStatus::Placed);
    maps::accept(&mut session, &files, 0, 0, &map).expect("accepted");
    check("map.accept_map", &imports::preview(&session, &files, &Watch::silent()).expect("a preview"));
    check("map.record", &imports::record(&mut session, &files, &Watch::silent()).expect("recorded"));
    check("map.imports", &imports::imports(&session).expect("an answer"));
}

#[test]
fn a_file_that_names_no_store_is_answered() {
    let folder = shops::fixtures().join("malls/yahoo-order/bare-only");
    let files = ["orders.csv", "lines.csv"].map(|name| folder.join(name));
    let mut session = shop(24).0;
    check("store.preview", &imports::preview(&session, &files, &Watch::silent()).expect("a preview"));
    stores::name(&mut session, "mihon-store").expect("an account");
    check("store.choose_store", &imports::preview(&session, &files, &Watch::silent()).expect("a preview"));
    check("store.record", &imports::record(&mut session, &files, &Watch::silent()).expect("recorded"));
    check("store.imports", &imports::imports(&session).expect("an answer"));
}

#[test]
fn a_ledger_without_names_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let open = || Session::open(&ledger, Language::Japanese).expect("a ledger");
    let mut session = open();
    nameless::begin(&mut session).expect("an empty ledger");
    check("nameless.imports", &imports::imports(&session).expect("an answer"));
    drop(session);
    check("code.imports", &imports::imports(&open()).expect("an answer"));
}
