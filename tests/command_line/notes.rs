//! `notes`, and what `orders` and `basis` say of a filter.

use super::{has, int, list, otokui, shop};
use serde_json::Value;
use std::path::Path;

#[test]
fn an_owner_keeps_notes_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("copy.ledger");
    std::fs::copy(shop().ledger(), &ledger).expect("a copy");
    let ask = |line: &str, more: &[&Path]| otokui(line, &ledger, more).succeeded().json();
    let all = || ask("notes --ledger L --json", &[]);
    assert_eq!(list(&all(), "").len(), 0);
    let added = ask("notes --ledger L --json add 1", &[Path::new("asks for a receipt")]);
    let note = int(&added["note_id"]);
    has(
        &list(&all(), "")[0],
        &[
            ("note_id", "int"),
            ("written_at", "moment"),
            ("changed_at", "moment"),
            ("text", "text"),
            ("customer_ids", "list"),
        ],
    );
    let text_of = |answer: &Value| answer["notes"][0]["text"].as_str().unwrap_or_default().to_owned();
    assert_eq!(text_of(&ask("customer 1 --ledger L --json", &[])), "asks for a receipt");
    ask(&format!("notes --ledger L --json change {note}"), &[Path::new("asks for two receipts")]);
    assert_eq!(text_of(&ask("customer 1 --ledger L --json", &[])), "asks for two receipts");
    // Options may stand behind the change as well.
    ask(&format!("notes remove {note} --ledger L --json"), &[]);
    assert_eq!(list(&all(), "").len(), 0);
    ask(&format!("notes undo {note} --ledger L --json"), &[]);
    let said = otokui("notes --ledger L --lang en", &ledger, &[]).succeeded();
    assert!(said.out.contains("asks for two receipts"), "{}", said.out);
    let kept = otokui("notes --ledger L --lang en add 1", &ledger, &[Path::new("a second")]).succeeded();
    assert!(kept.err.contains("takes it back"), "{}", kept.err);
    otokui("notes --ledger L remove 99", &ledger, &[]).failed_saying("99");
    otokui("notes --ledger L add 999999", &ledger, &[Path::new("a")]).failed_saying("999999");
    otokui("notes --ledger L add 1", &ledger, &[Path::new(" ")]).failed_saying("2000");
    assert_eq!(otokui("notes add 1 a", Path::new(""), &[]).code, 2, "no ledger");
}

#[test]
fn orders_can_be_filtered_and_what_is_left_out_is_counted() {
    let shop = shop();
    let all = shop.ask("orders");
    let yahoo = shop.ask("orders --mall yahoo");
    let of_yahoo = list(&all, "").iter().filter(|order| order["mall"] == "yahoo").count();
    assert_eq!(list(&yahoo, "").len(), of_yahoo, "sales and others alike");
    let day = |order: &Value| order["ordered_at"].as_str().unwrap_or_default()[..10].to_owned();
    let spring = shop.ask("orders --from 2026-03-01 --to 2026-05-31");
    let in_spring = list(&all, "")
        .iter()
        .filter(|order| ("2026-03-01".to_owned().."2026-06-01".to_owned()).contains(&day(order)))
        .count();
    assert!(in_spring > 0 && list(&spring, "").len() == in_spring);
    let basis = shop.ask("basis --from 2026-03-01 --to 2026-05-31");
    has(
        &basis,
        &[
            ("as_of", "day"),
            ("period", "object"),
            ("ever", "object"),
            ("value_basis", "text"),
            ("known_cost_share", "rate"),
            ("unconfirmed_count", "int"),
            ("thresholds", "object"),
            ("uncertain_count", "int"),
            ("uncertain_share", "rate"),
        ],
    );
    let is_sale = |order: &&Value| order["is_sale"] == true;
    let counted = |key: &str| int(&basis["period"][key]) as usize;
    assert_eq!(counted("order_count") + counted("split_count"), list(&spring, "").iter().filter(is_sale).count());
    let left_out = list(&spring, "").iter().filter(|order| order["is_sale"] == false).count();
    assert_eq!(counted("cancelled_count") + counted("returned_count"), left_out);
}
