//! Every noun's answer: fields and types of the contract, filters, and that asking changes nothing.

use super::{has, int, list, otokui, shop};
use std::collections::BTreeSet;
use std::path::Path;

const NOUNS: [&str; 14] = [
    "imports",
    "overview",
    "groups",
    "cohorts",
    "ltv",
    "gaps",
    "growth-map",
    "actions",
    "customers",
    "orders",
    "basis",
    "profit",
    "settings",
    "identity",
];

#[test]
fn every_noun_answers_in_words_and_in_one_json_document() {
    let shop = shop();
    for noun in NOUNS.into_iter().chain(["customer 1"]) {
        let said = otokui(&format!("{noun} --ledger L"), &shop.ledger(), &[]).succeeded();
        assert!(!said.out.trim().is_empty(), "{noun} says nothing");
        assert!(serde_json::from_str::<serde_json::Value>(&said.out).is_err(), "{noun} without --json is for people");
        assert_eq!(said.err, "", "{noun}");
        let english = otokui(&format!("{noun} --lang en --ledger L"), &shop.ledger(), &[]).succeeded();
        assert_eq!(english.err, "", "{noun}");
        let json = otokui(&format!("{noun} --ledger L --json"), &shop.ledger(), &[]).succeeded();
        json.json();
        assert_eq!(json.err, "", "{noun}");
    }
}

#[test]
fn import_answers_for_every_file() {
    let answer = shop().imported.json();
    let files = list(&answer, "files");
    assert_eq!(files.len(), 3);
    for file in files {
        has(
            file,
            &[
                ("file", "text"),
                ("profile", "text"),
                ("mall", "text"),
                ("from", "day"),
                ("to", "day"),
                ("rows", "int"),
                ("used", "int"),
                ("skipped", "int"),
                ("problem_rows", "int"),
                ("orders_new", "int"),
                ("orders_updated", "int"),
                ("orders_unchanged", "int"),
                ("state", "text"),
                ("problems", "list"),
            ],
        );
        assert_eq!(file["state"], "recorded");
        assert_eq!(
            int(&file["rows"]),
            int(&file["used"]) + int(&file["skipped"]) + int(&file["problem_rows"]),
            "{file}"
        );
    }
    let new: i64 = files.iter().map(|file| int(&file["orders_new"])).sum();
    assert_eq!(new, 900, "an order of a pair is counted once");
}

#[test]
fn imports_lists_batches() {
    let answer = shop().ask("imports");
    let batches = list(&answer, "");
    assert_eq!(batches.len(), 2, "a file, and a pair");
    for batch in batches {
        has(
            batch,
            &[
                ("batch_id", "int"),
                ("files", "list"),
                ("mall", "text"),
                ("recorded_at", "moment"),
                ("from", "day"),
                ("to", "day"),
                ("orders_new", "int"),
                ("orders_updated", "int"),
                ("orders_unchanged", "int"),
            ],
        );
        assert_eq!(int(&batch["rows"]), int(&batch["used"]) + int(&batch["skipped"]) + int(&batch["problem_rows"]));
    }
    assert!(int(&batches[0]["batch_id"]) > int(&batches[1]["batch_id"]), "newest first");
}

#[test]
fn orders_has_the_fields_of_the_contract() {
    let answer = shop().ask("orders");
    let orders = list(&answer, "");
    assert_eq!(orders.len(), 900);
    for order in orders {
        has(
            order,
            &[
                ("mall", "text"),
                ("store", "text"),
                ("order_number", "text"),
                ("ordered_at", "moment"),
                ("status", "text"),
                ("is_sale", "bool"),
                ("provisional", "bool"),
                ("customer_id", "int"),
                ("goods", "int"),
                ("net_sales", "int"),
                ("points_used", "int"),
                ("shop_coupon", "int"),
                ("mall_coupon", "int"),
                ("postage_charged", "int"),
                ("contribution_margin", "int?"),
                ("event", "bool?"),
                ("full_value", "bool?"),
                ("lines", "list"),
            ],
        );
        assert!(["placed", "shipped", "cancelled", "returned"].contains(&order["status"].as_str().unwrap_or("")));
        let lines = list(order, "lines");
        for line in lines {
            has(
                line,
                &[
                    ("item_code", "text"),
                    ("sku", "text"),
                    ("item_name", "text"),
                    ("quantity", "int"),
                    ("unit_price", "int"),
                    ("goods", "int"),
                ],
            );
        }
        let goods: i64 = lines.iter().map(|line| int(&line["goods"])).sum();
        assert_eq!(int(&order["goods"]), goods, "goods are the sum of the lines: {order}");
    }
}

#[test]
fn overview_has_the_fields_of_the_contract_and_agrees_with_the_orders() {
    let answer = shop().ask("overview --from 2000-01-01");
    has(
        &answer,
        &[
            ("as_of", "day"),
            ("from", "day?"),
            ("to", "day?"),
            ("order_count", "int"),
            ("customer_count", "int"),
            ("net_sales", "int"),
            ("contribution_margin", "band?"),
            ("known_cost_share", "rate"),
            ("average_order_value", "int?"),
            ("repeat_share", "rate?"),
            ("f2", "object"),
            ("new_vs_existing", "object"),
            ("previous_year", "object?"),
        ],
    );
    has(&answer["f2"], &[("90", "interval?"), ("180", "interval?"), ("365", "interval?")]);
    let orders = shop().ask("orders");
    let sales = list(&orders, "").iter().filter(|order| order["is_sale"] == true);
    let net_sales: i64 = sales.map(|order| int(&order["net_sales"])).sum();
    assert_eq!(int(&answer["net_sales"]), net_sales, "sales are the sum of the orders");
}

#[test]
fn groups_cohorts_and_ltv_have_the_fields_of_the_contract() {
    let groups = shop().ask("groups");
    has(&groups, &[("thresholds", "object"), ("groups", "list"), ("moves", "list")]);
    assert_eq!(list(&groups, "groups").len(), 10);
    for group in list(&groups, "groups") {
        has(
            group,
            &[
                ("key", "text"),
                ("label", "text"),
                ("customer_count", "int"),
                ("value", "int"),
                ("value_share", "number?"),
                ("median_recency_days", "number?"),
            ],
        );
        assert_ne!(group["label"], "", "{group}");
    }
    let people: i64 = list(&groups, "groups").iter().map(|group| int(&group["customer_count"])).sum();
    let customers = shop().ask("customers");
    assert_eq!(people, list(&customers, "").len() as i64, "each customer is in one group");

    let cohorts = shop().ask("cohorts");
    has(&cohorts, &[("measure", "text"), ("cohorts", "list"), ("weighted_mean", "list")]);
    for cohort in list(&cohorts, "cohorts") {
        has(cohort, &[("key", "month"), ("customer_count", "int"), ("cells", "list")]);
        for cell in list(cohort, "cells") {
            has(cell, &[("period", "int"), ("value", "number"), ("n", "int"), ("open", "bool")]);
        }
    }
    for by in ["quarter", "week", "first_mall", "first_item", "first_category", "incentive"] {
        let parted = shop().ask(&format!("cohorts --by {by}"));
        let people: i64 = list(&parted, "cohorts").iter().map(|cohort| int(&cohort["customer_count"])).sum();
        assert_eq!(people, list(&customers, "").len() as i64, "each customer is in one cohort by {by}");
        let largest = &list(&parted, "cohorts")[0];
        let listed = shop().ask(&format!("customers --people {}", largest["people"].as_str().expect("text")));
        assert_eq!(list(&listed, "").len() as i64, int(&largest["customer_count"]), "its people by {by}");
        let curves = shop().ask(&format!("ltv --by {by} --value net_sales"));
        assert_eq!((curves["by"].as_str(), curves["value"].as_str()), (Some(by), Some("net_sales")));
        assert_eq!(list(&curves, "curves").len(), list(&parted, "cohorts").len() + 1, "all, then each");
    }
    let people: i64 = list(&cohorts, "cohorts").iter().map(|cohort| int(&cohort["customer_count"])).sum();
    assert_eq!(people, list(&customers, "").len() as i64, "each customer is in one cohort");
    for measure in ["cumulative_retention", "orders_per_customer", "net_sales", "cumulative_net_sales"] {
        assert_eq!(shop().ask(&format!("cohorts --measure {measure}"))["measure"], measure);
    }

    let ltv = shop().ask("ltv");
    has(&ltv, &[("value", "text"), ("curves", "list"), ("headline", "object"), ("trend", "list")]);
    has(&ltv["headline"], &[("12m", "interval?"), ("24m", "interval?")]);
    for curve in list(&ltv, "curves") {
        has(curve, &[("key", "text"), ("points", "list")]);
        for point in list(curve, "points") {
            has(point, &[("day", "int"), ("value", "number"), ("low", "number"), ("high", "number"), ("n", "int")]);
        }
    }

    let map = shop().ask("growth-map");
    has(&map, &[("value", "text"), ("stages", "list"), ("arrows", "list"), ("assets", "object")]);
    let people: i64 = list(&map, "stages").iter().map(|stage| int(&stage["customer_count"])).sum();
    assert_eq!(people, list(&customers, "").len() as i64, "each customer stands at one place");
    for arrow in list(&map, "arrows") {
        has(arrow, &[("key", "text"), ("rate", "interval?"), ("worth", "interval?"), ("base_count", "int")]);
    }
}

#[test]
fn customers_and_one_customer_have_the_fields_of_the_contract() {
    let fields = [
        ("customer_id", "int"),
        ("display_name", "text"),
        ("malls", "list"),
        ("order_count", "int"),
        ("first_purchase_on", "day"),
        ("last_purchase_on", "day"),
        ("recency_days", "int"),
        ("net_sales", "int"),
        ("contribution_margin", "int?"),
        ("group", "text"),
        ("next_purchase_from", "day?"),
        ("next_purchase_to", "day?"),
    ];
    let customers = shop().ask("customers");
    let rows = list(&customers, "");
    rows.iter().for_each(|row| has(row, &fields));
    let ids: Vec<i64> = rows.iter().map(|row| int(&row["customer_id"])).collect();
    assert!(ids.is_sorted(), "a stated order");
    let id = ids[ids.len() / 2];
    let one = shop().ask(&format!("customer {id}"));
    has(
        &one,
        &[
            ("customer", "object"),
            ("orders", "list"),
            ("group_history", "list"),
            ("notes", "list"),
            ("actions", "list"),
            ("items", "list"),
            ("next", "object?"),
            ("reviews", "list"),
            ("known_cost_share", "rate"),
            ("names_kept", "bool"),
        ],
    );
    has(&one["customer"], &fields);
    assert!(list(&one, "orders").iter().all(|order| int(&order["customer_id"]) == id));
}

#[test]
fn actions_have_the_fields_of_the_contract() {
    let answer = shop().ask("actions");
    has(&answer, &[("week_of", "day"), ("cards", "list")]);
    let customers = shop().ask("customers");
    let known: BTreeSet<i64> = list(&customers, "").iter().map(|row| int(&row["customer_id"])).collect();
    for card in list(&answer, "cards") {
        has(
            card,
            &[
                ("key", "text"),
                ("trigger", "text"),
                ("group", "text?"),
                ("customer_ids", "list"),
                ("evidence", "object"),
                ("channel", "text"),
                ("words", "object"),
                ("cost", "int"),
                ("worth", "band"),
                ("lift_source", "text"),
                ("due_on", "day"),
                ("rule_note", "text"),
                ("conditions", "list"),
            ],
        );
        assert!(list(card, "customer_ids").iter().all(|id| known.contains(&int(id))), "{card}");
        let key = card["key"].as_str().unwrap_or_default();
        let people =
            otokui("customers --json --ledger L --people", &shop().ledger(), &[Path::new(&format!("action:{key}"))]);
        assert_eq!(list(&people.succeeded().json(), "").len(), list(card, "customer_ids").len(), "{key}");
    }
}

#[test]
fn filters_change_what_they_should() {
    let all = shop().ask("overview --from 2000-01-01");
    let early = shop().ask("overview --from 2000-01-01 --as-of 2025-12-31");
    assert_eq!(early["as_of"], "2025-12-31");
    assert!(int(&early["order_count"]) < int(&all["order_count"]));

    let june = shop().ask("overview --from 2026-06-01 --to 2026-06-30");
    assert_eq!((&june["from"], &june["to"]), (&"2026-06-01".into(), &"2026-06-30".into()));
    let orders = shop().ask("orders");
    let in_june = list(&orders, "").iter().filter(|order| {
        order["is_sale"] == true && order["ordered_at"].as_str().is_some_and(|at| at.starts_with("2026-06"))
    });
    let sales: i64 = in_june.map(|order| int(&order["net_sales"])).sum();
    assert_eq!(int(&june["net_sales"]), sales);

    let of = |mall: &str| int(&shop().ask(&format!("overview --from 2000-01-01 --mall {mall}"))["net_sales"]);
    assert_eq!(of("rakuten") + of("yahoo"), int(&all["net_sales"]), "the malls add up");
    assert!(of("rakuten") > 0 && of("yahoo") > 0);
    let rakuten = shop().ask("customers --mall rakuten");
    assert!(list(&rakuten, "").iter().all(|row| list(row, "malls").iter().any(|mall| mall == "rakuten")));

    let groups = shop().ask("groups");
    for group in list(&groups, "groups").iter().filter(|group| int(&group["customer_count"]) > 0) {
        let key = group["key"].as_str().unwrap_or_default();
        let people = shop().ask(&format!("customers --people group:{key}"));
        assert_eq!(list(&people, "").len() as i64, int(&group["customer_count"]), "the people behind {key}");
        let filtered = shop().ask(&format!("customers --group {key}"));
        assert!(list(&filtered, "").iter().all(|row| row["group"] == key), "{key}");
        assert_eq!(list(&filtered, "").len() as i64, int(&group["customer_count"]), "{key}");
    }

    let item = list(&orders, "").iter().find_map(|order| list(order, "lines")[0]["item_code"].as_str());
    let some = shop().ask(&format!("overview --from 2000-01-01 --item {}", item.expect("a line has an item")));
    assert!(int(&some["order_count"]) > 0 && int(&some["order_count"]) < int(&all["order_count"]));
}

#[test]
fn asking_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("copy.ledger");
    std::fs::copy(shop().ledger(), &ledger).expect("a copy");
    let before = std::fs::read(&ledger).expect("the ledger");
    let mut first = Vec::new();
    for round in 0..2 {
        for (at, noun) in NOUNS.into_iter().chain(["customer 1"]).enumerate() {
            let ran = otokui(&format!("{noun} --ledger L --json"), &ledger, &[]).succeeded();
            match round {
                0 => first.push(ran.out),
                _ => assert_eq!(ran.out, first[at], "{noun} answers the same twice"),
            }
        }
    }
    otokui("report --ledger L --out", &ledger, &[&folder.path().join("report")]).succeeded();
    assert!(std::fs::read(&ledger).expect("the ledger") == before, "the file is the same, byte by byte");
    let left: BTreeSet<String> = std::fs::read_dir(folder.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    let columns = "copy.ledger.columns".to_owned();
    let expected = ["copy.ledger".to_owned(), columns, "report".to_owned()].into();
    assert_eq!(left, expected, "nothing but its columns is left beside it");
}
