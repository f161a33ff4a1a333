//! The nouns about items: fields, sums that agree, and the people behind each number.

use super::{Path, Value, has, int, list, otokui, shop};

const ROW: [(&str, &str); 17] = [
    ("mall", "text"),
    ("item_code", "text"),
    ("item_name", "text"),
    ("category", "text?"),
    ("goods", "int"),
    ("quantity", "int"),
    ("customer_count", "int"),
    ("buyer_count", "int"),
    ("again_count", "int"),
    ("again_180", "interval?"),
    ("usual_quantity", "int?"),
    ("lower_days", "int?"),
    ("median_days", "int?"),
    ("upper_days", "int?"),
    ("first_count", "int"),
    ("f2_180", "interval?"),
    ("ltv_365", "interval?"),
];

fn key(item: &Value) -> String {
    format!("{}:{}", item["mall"].as_str().unwrap_or_default(), item["item_code"].as_str().unwrap_or_default())
}

/// How many people an address names.
fn people(of: &str) -> i64 {
    let said = otokui("customers --json --ledger L --people", &shop().ledger(), &[Path::new(of)]).succeeded();
    list(&said.json(), "").len() as i64
}

#[test]
fn items_have_their_fields_and_agree_with_the_orders() {
    let answer = shop().ask("items --from 2000-01-01");
    has(
        &answer,
        &[
            ("as_of", "day"),
            ("from", "day"),
            ("to", "day"),
            ("value", "text"),
            ("item_count", "int"),
            ("f2_180", "interval?"),
            ("ltv_365", "interval?"),
            ("items", "list"),
            ("baskets", "list"),
            ("involvement", "object?"),
        ],
    );
    let rows = list(&answer, "items");
    assert_eq!(rows.len() as i64, int(&answer["item_count"]), "the command line lists them all");
    rows.iter().for_each(|row| has(row, &ROW));
    let orders = shop().ask("orders");
    let sales = list(&orders, "").iter().filter(|order| order["is_sale"] == true);
    let sold: i64 = sales.flat_map(|order| list(order, "lines")).map(|line| int(&line["goods"])).sum();
    assert_eq!(rows.iter().map(|row| int(&row["goods"])).sum::<i64>(), sold, "goods are those of the lines");
    let top = rows.iter().max_by_key(|row| int(&row["first_count"])).expect("items");
    assert_eq!(people(&format!("item_all:{}", key(top))), int(&top["buyer_count"]));
    assert_eq!(people(&format!("item_again:{}", key(top))), int(&top["again_count"]));
    assert_eq!(people(&format!("item_first:{}", key(top))), int(&top["first_count"]));
    let (from, to) = (&answer["from"], &answer["to"]);
    let during = format!("item:{}:{}:{}", from.as_str().unwrap_or_default(), to.as_str().unwrap_or_default(), key(top));
    assert_eq!(people(&during), int(&top["customer_count"]));
    let one = shop().ask(&format!("items --from 2000-01-01 --item {}", key(top)));
    assert_eq!(list(&one, "items"), &vec![top.clone()], "asked for alone it says the same");
}

#[test]
fn next_items_have_their_fields_and_their_people() {
    let rows = shop().ask("items");
    let top = list(&rows, "items").iter().max_by_key(|row| int(&row["buyer_count"])).expect("items").clone();
    let answer = shop().ask(&format!("next-items --item {}", key(&top)));
    for name in ["purchase_count", "again_count", "other_count", "none_count"] {
        assert!(answer[name].is_u64(), "{name}");
    }
    let parts = ["again_count", "other_count", "none_count"].map(|name| int(&answer[name])).into_iter().sum::<i64>();
    assert_eq!(parts, int(&answer["purchase_count"]));
    has(
        &answer["again"],
        &[("purchase_count", "int"), ("return_count", "int"), ("median_days", "int?"), ("points", "list")],
    );
    assert_eq!(answer["items"][0]["median_days"], answer["again"]["median_days"], "both count the same gaps");
    let next = list(&answer, "next");
    assert!(!next.is_empty(), "the item that sells best has successors");
    for row in next {
        has(
            row,
            &[
                ("item", "object"),
                ("count", "int"),
                ("share", "interval"),
                ("base_share", "number"),
                ("lift", "interval"),
            ],
        );
        let of = format!("next:{},{}", key(&top), key(&row["item"]));
        assert_eq!(people(&of), int(&row["customer_count"]), "{of}");
        if int(&row["count"]) < 3 {
            break;
        }
    }
    for pair in list(&shop().ask("next-items"), "pairs") {
        has(
            pair,
            &[("item", "object"), ("next", "object"), ("count", "int"), ("share", "interval"), ("lift", "interval")],
        );
        assert!(int(&pair["count"]) >= 10, "{pair}");
    }
    let nothing = shop().ask("next-items --item no-such-code");
    assert_eq!((&nothing["items"], &nothing["purchase_count"]), (&serde_json::json!([]), &0.into()));
}

#[test]
fn the_radar_lists_everybody_who_is_due_once_per_item() {
    let answer = shop().ask("radar");
    let entries = list(&answer, "entries");
    assert_eq!(entries.len() as i64, int(&answer["total"]));
    assert_eq!(list(&answer, "days").len(), 7);
    let mut keys: Vec<String> = Vec::new();
    for entry in entries {
        has(
            entry,
            &[
                ("due_on", "day"),
                ("customer_id", "int"),
                ("display_name", "text"),
                ("basis", "text"),
                ("item", "object?"),
                ("category", "text?"),
                ("quantity", "int"),
                ("last_purchase_on", "day"),
                ("window_from", "day"),
                ("expected_on", "day"),
                ("window_to", "day"),
                ("back_by_then", "number"),
                ("return_count", "int"),
            ],
        );
        assert_ne!(entry["display_name"], "", "{entry}");
        keys.push(format!("{} {}", entry["customer_id"], key(&entry["item"])));
    }
    assert!(!keys.is_empty(), "a usual shop has somebody due");
    let count = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), count);
    // Groups pick rows without changing them.
    let mut of_groups = 0;
    for group in list(&shop().ask("groups"), "groups") {
        let key = group["key"].as_str().unwrap_or_default();
        let rows = shop().ask(&format!("radar --group {key}"));
        of_groups += int(&rows["total"]);
        assert!(list(&rows, "entries").iter().all(|row| entries.contains(row)), "{key}");
    }
    assert_eq!(of_groups, count as i64, "each customer is in one group");
}

#[test]
fn each_answers_in_words_in_both_languages_and_the_same_twice() {
    for noun in ["items", "next-items", "next-items --item cf-001", "next-items --category x", "radar"] {
        let said = otokui(&format!("{noun} --ledger L"), &shop().ledger(), &[]).succeeded();
        assert!(!said.out.trim().is_empty() && said.err.is_empty(), "{noun}: {said:?}");
        assert!(serde_json::from_str::<Value>(&said.out).is_err(), "{noun} without --json is for people");
        let english = otokui(&format!("{noun} --lang en --ledger L"), &shop().ledger(), &[]).succeeded();
        assert_ne!(english.out, said.out, "{noun}");
        assert_eq!(shop().ask(noun), shop().ask(noun), "{noun}");
    }
}
