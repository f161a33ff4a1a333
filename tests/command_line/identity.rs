//! The noun `identity`: its fields, and decisions from the command line.

use super::{Shop, has, int, list, otokui, shop};
use serde_json::Value;
use std::path::Path;

#[test]
fn identity_has_the_fields_of_the_contract() {
    let answer = shop().ask("identity");
    has(
        &answer,
        &[
            ("customer_count", "int"),
            ("pair_count", "int"),
            ("likely_pairs", "list"),
            ("uncertain_count", "int"),
            ("uncertain_share", "rate"),
            ("sensitivity", "object"),
            ("decisions", "list"),
            ("habits", "list"),
            ("habits_sentence", "text"),
        ],
    );
    has(
        &answer["sensitivity"],
        &[
            ("customer_count_now", "int"),
            ("customer_count_all_joined", "int"),
            ("repeat_share_now", "rate?"),
            ("repeat_share_all_joined", "rate?"),
            ("f2_180_now", "interval?"),
            ("f2_180_all_joined", "interval?"),
            ("sentence", "text"),
        ],
    );
    for habit in list(&answer, "habits") {
        let fields =
            [("field", "text"), ("level", "text"), ("prior", "rate"), ("seen", "int"), ("of", "int"), ("used", "rate")];
        has(habit, &fields);
        assert_eq!(habit["prior"], habit["used"], "so few of the sample shop tell of it that they change nothing");
    }
    assert_eq!(shop().ask("overview")["uncertain_share"].as_f64(), Some(0.0), "the sample shop leaves nobody in doubt");
}

/// Hanako, and somebody of another family name with her given name and telephone who lives elsewhere.
fn in_doubt() -> Shop {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "\u{feff}注文番号,ステータス,注文日時,商品管理番号,個数,単価,注文者姓,注文者名,注文者電話番号1,注文者郵便番号1,注文者住所それ以降の住所\n\
        400001-20260301-0000000001,700,2026-03-01 10:00:00,a,1,1000,見本,花子,090-0246-1357,1540001,池尻3-4-5\n\
        400001-20260302-0000000002,700,2026-03-02 10:00:00,a,1,1000,例示,花子,090-0246-1357,5300001,梅田1-2-3\n";
    let file = folder.path().join("orders.csv");
    std::fs::write(&file, text).expect("written");
    let imported = otokui("import --ledger L --json", &folder.path().join("shop.ledger"), &[&file]).succeeded();
    Shop { folder, imported }
}

#[test]
fn an_owner_decides_from_the_command_line() {
    let shop = in_doubt();
    let ask = || shop.ask("identity");
    let pair = list(&ask(), "likely_pairs")[0].clone();
    has(&pair, &[("a", "int"), ("b", "int"), ("score", "number"), ("probability", "rate"), ("evidence", "list")]);
    for row in list(&pair, "evidence") {
        has(row, &[("field", "text"), ("level", "text"), ("left", "text"), ("right", "text"), ("words", "text")]);
    }
    let (a, b) = (int(&pair["a"]), int(&pair["b"]));
    let counts = |answer: &Value| (int(&answer["customer_count"]), int(&answer["pair_count"]));
    assert_eq!(counts(&ask()), (2, 1));

    let apart = int(&shop.ask(&format!("identity apart {a} {b}"))["decision_id"]);
    assert_eq!(counts(&ask()), (2, 0), "not asked again");
    shop.ask(&format!("identity undo {apart}"));
    assert_eq!(counts(&ask()), (2, 1));
    // Options may stand before the decision as well.
    let joined = otokui(&format!("identity --ledger L --json join {a} {b}"), &shop.ledger(), &[]).succeeded().json();
    assert_eq!(counts(&ask()), (1, 0));
    assert_eq!(list(&ask(), "decisions")[0]["decision_id"], joined["decision_id"]);
    let separated = shop.ask("identity separate 400001-20260302-0000000002");
    assert_eq!(counts(&ask()).0, 2, "the order is a customer of its own, though both were joined");
    shop.ask(&format!("identity undo {}", int(&separated["decision_id"])));
    shop.ask(&format!("identity undo {}", int(&joined["decision_id"])));
    assert_eq!(counts(&ask()), (2, 1));
    let said = otokui("identity --ledger L --lang en", &shop.ledger(), &[]).succeeded();
    assert!(said.out.contains("The same phone number."), "{}", said.out);
}

#[test]
fn decisions_about_what_is_not_there_are_refused() {
    let shop = in_doubt();
    let refused = |line: &str, part: &str| {
        otokui(&format!("identity {line} --ledger L"), &shop.ledger(), &[]).failed_saying(part);
    };
    refused("join 1 99", "99");
    refused("separate 400001-20260302-0000000009", "0000000009");
    refused("undo 7", "7");
    assert_eq!(otokui("identity", Path::new(""), &[]).code, 2, "no ledger");
    assert_eq!(otokui("identity join 1 --ledger L", &shop.ledger(), &[]).code, 2, "one customer");
}
