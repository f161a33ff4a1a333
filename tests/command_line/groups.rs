//! `groups` and what hangs on it: moves, thresholds tried out and kept, types, dates.

use super::*;
use std::collections::BTreeSet;

#[test]
fn groups_say_who_moved_between_any_two_months() {
    let known = shop().ask("groups");
    let history = list(&known, "history");
    let ends: Vec<&str> = history.iter().filter_map(|row| row["on"].as_str()).collect();
    let (from, to) = (&ends[ends.len() - 6][..7], &ends[ends.len() - 3][..7]);
    let found = shop().ask(&format!("groups --moves-from {from} --moves-to {to}"));
    assert_eq!(
        (&found["moves_from"], &found["moves_to"]),
        (&history[ends.len() - 6]["on"], &history[ends.len() - 3]["on"])
    );
    for (end, row) in [("from", &history[ends.len() - 6]), ("to", &history[ends.len() - 3])] {
        for (place, group) in list(&known, "groups").iter().enumerate() {
            let moves = list(&found, "moves").iter().filter(|row| row[end] == group["key"]);
            let people: i64 = moves.map(|row| int(&row["customer_count"])).sum();
            assert_eq!(people, int(&row["counts"][place]), "{end} {}", group["key"]);
        }
    }
    let row = list(&found, "moves").iter().find(|row| row["from"] != row["to"]).expect("somebody moved");
    let word = |key: &str| row[key].as_str().unwrap_or("none").to_owned();
    let days = format!("{}:{}", ends[ends.len() - 6], ends[ends.len() - 3]);
    let people = shop().ask(&format!("customers --people moved:{days}:{}:{}", word("from"), word("to")));
    assert_eq!(list(&people, "").len() as i64, int(&row["customer_count"]));
    otokui("groups --ledger L --moves-from 2026-06 --moves-to 2026-03", &shop().ledger(), &[]).failed_saying("2026-06");
}

#[test]
fn thresholds_are_tried_out_and_nothing_is_kept() {
    let known = shop().ask("groups");
    let tried = shop().ask("groups --recency 1/2/3/4");
    assert_eq!(tried["thresholds"]["recency_days"], serde_json::json!([1.0, 2.0, 3.0, 4.0]));
    assert!(int(&tried["moved_by_rules"]) > 0 && known["moved_by_rules"].is_null());
    assert_eq!(shop().ask("groups"), known);
    otokui("groups --ledger L --recency 4/3/2/1", &shop().ledger(), &[]).failed_saying("4/3/2/1");
}

#[test]
fn customers_have_their_type_and_their_dates() {
    let customers = shop().ask("customers");
    let known = shop().ask("groups");
    for row in list(&customers, "") {
        has(
            row,
            &[
                ("group", "text"),
                ("cpm", "text?"),
                ("lapse_state", "text?"),
                ("lapse_on", "day?"),
                ("soon_on", "day?"),
                ("attention_on", "day?"),
                ("previous_group", "text?"),
                ("group_changed_on", "day?"),
            ],
        );
    }
    for (field, rows) in [("cpm", &known["cpm"]["types"]), ("lapse_state", &known["lapse"]["states"])] {
        for row in rows.as_array().expect("a list") {
            let people = list(&customers, "").iter().filter(|customer| customer[field] == row["key"]).count();
            assert_eq!(people as i64, int(&row["customer_count"]), "{field} {}", row["key"]);
        }
    }
    let (classes, all) = (list(&known, "classes"), int(&known["customer_count"]));
    let buyers = classes.iter().filter(|row| row["key"] != "other").map(|row| int(&row["customer_count"])).sum::<i64>();
    assert_eq!(buyers, all);
    // Everybody else: all of whose orders were cancelled or returned.
    let orders = shop().ask("orders");
    let who = |sale: bool| -> BTreeSet<i64> {
        let orders = list(&orders, "").iter().filter(|order| order["is_sale"] == sale);
        orders.map(|order| int(&order["customer_id"])).collect()
    };
    let others: BTreeSet<i64> = who(false).difference(&who(true)).copied().collect();
    assert!(!others.is_empty(), "the sample shop has people who cancelled their only order");
    let other = classes.iter().find(|row| row["key"] == "other").expect("the class その他");
    assert_eq!(int(&other["customer_count"]), others.len() as i64);
    let named: BTreeSet<i64> = list(&known, "others").iter().map(|row| int(&row["customer_id"])).collect();
    assert_eq!(named, others);
}
