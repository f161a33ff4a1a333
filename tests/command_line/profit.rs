//! `profit` and `settings`: the fields, what filters do, and how settings are changed and taken back.

use super::{has, int, list, otokui, shop};
use std::path::Path;

/// A copy of the shop's ledger that may be changed, with the costs of its items.
fn copy(folder: &Path) -> std::path::PathBuf {
    let ledger = folder.join("copy.ledger");
    std::fs::copy(shop().ledger(), &ledger).expect("a copy");
    let costs = shop().folder.path().join("item_costs.csv");
    otokui("import --ledger L --json", &ledger, &[&costs]).succeeded();
    ledger
}

#[test]
fn profit_has_its_fields_and_its_steps_open_to_orders() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = copy(folder.path());
    let ask = |line: &str| otokui(&format!("{line} --ledger L --json"), &ledger, &[]).succeeded().json();
    let answer = ask("profit --from 2000-01-01");
    has(
        &answer,
        &[
            ("as_of", "day"),
            ("from", "day"),
            ("to", "day"),
            ("event", "text?"),
            ("order_count", "int"),
            ("net_sales", "int"),
            ("contribution_margin", "band"),
            ("known_cost_share", "rate"),
            ("settled_share", "rate"),
            ("unconfirmed_count", "int"),
            ("steps", "list"),
        ],
    );
    let steps = list(&answer, "steps");
    assert_eq!(steps.len(), 14);
    for step in steps {
        let fields = [("label", "text"), ("is_sum", "bool"), ("low", "int"), ("high", "int"), ("order_count", "int")];
        has(step, &fields);
        let key = step["key"].as_str().expect("a word");
        let orders = ask(&format!("profit --from 2000-01-01 --step {key}"));
        has(
            &orders,
            &[("step", "text"), ("label", "text"), ("total", "int"), ("split_count", "int"), ("orders", "list")],
        );
        assert_eq!(orders["low"], step["low"], "{key}");
        assert_eq!(int(&orders["total"]) - int(&orders["split_count"]), int(&step["order_count"]), "{key}");
        let people = ask(&format!("customers --from 2000-01-01 --people profit:{key}"));
        assert_eq!(list(&people, "").is_empty(), int(&step["order_count"]) == 0, "{key}");
    }
    let orders = ask("orders");
    let sum: i64 = list(&orders, "")
        .iter()
        .filter(|order| order["is_sale"] == true)
        .map(|order| int(&order["contribution_margin_band"]["low"]))
        .sum();
    assert_eq!(int(&answer["contribution_margin"]["low"]), sum, "the waterfall is the sum of its orders");
    let of = |mall: &str| int(&ask(&format!("profit --from 2000-01-01 --mall {mall}"))["contribution_margin"]["high"]);
    assert_eq!(of("rakuten") + of("yahoo"), int(&answer["contribution_margin"]["high"]), "the malls add up");
    let event = ask("profit --from 2000-01-01 --event rakuten-5-0");
    assert!(int(&event["order_count"]) > 0 && int(&event["order_count"]) < int(&answer["order_count"]));
    assert_eq!(event["event"], "rakuten-5-0");
    otokui("profit --ledger L --event no-such", &ledger, &[]).failed_saying("no-such");
    assert_eq!(otokui("profit --ledger L --step nothing", &ledger, &[]).code, 2);
}

#[test]
fn settings_are_listed_set_confirmed_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = copy(folder.path());
    let ask = |line: &str| otokui(&format!("{line} --ledger L --json"), &ledger, &[]).succeeded().json();
    let answer = ask("settings");
    has(&answer, &[("settings", "list"), ("unconfirmed_count", "int"), ("cost_lists", "object"), ("changes", "list")]);
    for setting in list(&answer, "settings") {
        let words = [("key", "text"), ("label", "text"), ("explanation", "text"), ("form", "text"), ("value", "text?")];
        has(setting, &words);
        has(setting, &[("in_use", "bool"), ("confirmed", "bool"), ("holds_from", "day?"), ("steps", "list")]);
    }
    let value = |answer: &serde_json::Value, key: &str| {
        let setting =
            list(answer, "settings").iter().find(|setting| setting["key"] == key).expect("the setting").clone();
        (setting["value"].clone(), setting["confirmed"].clone())
    };
    let before = ask("profit");
    let set = ask("settings set postage 580");
    assert_eq!(value(&set, "postage"), ("580".into(), true.into()));
    ask("settings set rakuten.payment_fee 2.8% --from 2026-01-01");
    let after = ask("profit");
    assert_ne!(after["contribution_margin"], before["contribution_margin"], "every figure follows");
    ask("settings undo");
    ask("settings undo 1");
    assert_eq!(ask("profit"), before, "and comes back");
    let confirmed = ask("settings confirm rakuten.points");
    assert_eq!(value(&confirmed, "rakuten.points"), ("1".into(), true.into()));
    assert_eq!(ask("settings confirm")["unconfirmed_count"], 0);
    assert_eq!(value(&ask("settings set rakuten.points default"), "rakuten.points"), ("1".into(), false.into()));
    otokui("settings set postage much --ledger L", &ledger, &[]).failed_saying("postage much");
    otokui("settings undo 999 --ledger L", &ledger, &[]).failed_saying("元に戻せる設定");
    let said = otokui("settings --ledger L set postage 600", &ledger, &[]).succeeded();
    assert!(said.out.contains("600円") && said.out.contains("postage"), "{}", said.out);
    assert_eq!(otokui("settings", &ledger, &[]).code, 2, "no ledger is named");
}
