//! Points and the event calendar: fields, sums that agree, the people behind the numbers, changes and their undo.

use super::{Path, Value, has, int, list, otokui, shop};

/// How many people an address names.
fn people(of: &Value) -> i64 {
    let of = of.as_str().expect("people");
    let said = otokui("customers --json --ledger L --people", &shop().ledger(), &[Path::new(of)]).succeeded();
    list(&said.json(), "").len() as i64
}

#[test]
fn points_have_their_fields_and_agree_with_orders_and_customers() {
    let answer = shop().ask("points --from 2000-01-01");
    has(
        &answer,
        &[
            ("as_of", "day"),
            ("from", "day"),
            ("to", "day"),
            ("value", "text"),
            ("repeat", "object?"),
            ("incentives", "object"),
            ("prior", "object"),
            ("bands", "list"),
            ("groups", "list"),
            ("items", "list"),
            ("cohorts", "list"),
            ("first_orders", "list"),
            ("exit", "object"),
            ("plane", "list"),
            ("quarters", "list"),
            ("what_if", "object?"),
            ("customers", "list"),
            ("customer_count", "int"),
        ],
    );
    let orders = shop().ask("orders");
    let sales = || list(&orders, "").iter().filter(|order| order["is_sale"] == true);
    let count = |field: &str| sales().filter(|order| order[field] == true).count() as i64;
    let sums = &answer["incentives"];
    assert_eq!(int(&sums["full_value_count"]), count("full_value"), "full-value orders are those of `orders`");
    assert_eq!(int(&sums["event_count"]), count("event"));
    let customers = shop().ask("customers");
    let rows = list(&customers, "");
    let judged = rows.iter().filter(|row| !row["dependence"].is_null()).count() as i64;
    assert_eq!(int(&answer["customer_count"]), judged);
    assert_eq!(list(&answer, "customers").len() as i64, judged, "the command line lists them all");
    for row in list(&answer, "customers") {
        let same = rows.iter().find(|other| other["customer_id"] == row["customer_id"]).expect("a customer");
        assert_eq!(row["dependence"], same["dependence"]);
        assert!(int(&same["order_count"]) >= 2, "who bought once is not judged: {row}");
    }
    let all: i64 = list(&answer, "bands").iter().map(|row| int(&row["customer_count"])).sum();
    assert_eq!(all, rows.len() as i64, "each customer is in one band");
    for row in list(&answer, "bands").iter().chain(list(&answer, "quarters")).chain(list(&answer, "first_orders")) {
        assert_eq!(people(&row["people"]), int(&row["customer_count"]), "{row}");
    }
    let exit = &answer["exit"];
    assert_eq!(people(&exit["people"]), int(&exit["customer_count"]));
    assert_eq!(people(&exit["left_people"]), int(&exit["left_count"]));
    assert_eq!(people(&exit["event_only_people"]), int(&exit["event_only_count"]));
}

#[test]
fn a_multiplier_can_be_typed() {
    let lowest = shop().ask("points --from 2000-01-01");
    for level in list(&lowest["what_if"], "levels") {
        let times = int(&level["multiplier"]);
        let found = &shop().ask(&format!("points --from 2000-01-01 --multiplier {times}"))["what_if"];
        assert_eq!((int(&found["multiplier"]), int(&found["lowered_to"])), (times, times - 1));
        assert_eq!(found["order_count"], level["order_count"]);
        assert_eq!(people(&found["people"]), int(&found["customer_count"]));
        // The raise of `times` − 1 costs that many per cent; rounding to the yen aside.
        assert!((int(&found["saved"]) * (times - 1) - int(&level["points"])).abs() <= times, "{found} {level}");
    }
    for wrong in ["1", "0", "101", "x"] {
        let said = otokui(&format!("points --ledger L --multiplier {wrong}"), &shop().ledger(), &[]);
        assert_eq!(said.code, 2, "{wrong} is no multiplier to lower");
    }
}

#[test]
fn the_calendar_is_changed_and_undone_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("copy.ledger");
    std::fs::copy(shop().ledger(), &ledger).expect("copied");
    let ask = |line: &str| otokui(&format!("{line} --ledger L --json"), &ledger, &[]).succeeded().json();
    let before = (ask("events list"), ask("points"), ask("orders"));
    let rules = list(&before.0, "rules");
    rules.iter().for_each(|rule| {
        has(
            rule,
            &[
                ("key", "text"),
                ("when_label", "text"),
                ("source", "text"),
                ("remarks", "list"),
                ("checked_on", "day"),
                ("order_count", "int"),
            ],
        )
    });
    let added = ask("events add --mall rakuten --name thanks --days 7,8 --from 2025-06-01");
    assert_eq!(list(&added, "rules").len(), rules.len() + 1);
    let own = list(&added, "rules").iter().find(|rule| rule["key"] == "own-1").expect("the owner's rule");
    assert_eq!((&own["origin"], &own["from"]), (&"own".into(), &"2025-06-01".into()));
    ask(
        "events change own-1 --window 2025-07-01T20:00:00/2025-07-03T01:59:59 --window 2025-08-01T00:00:00/2025-08-02T23:59:59",
    );
    ask("events change rakuten-super-sale --in-months 3,6,9,12:4T20:00:11T01:59 --until 2026-06-30");
    ask("events remove rakuten-5-0");
    let changed = ask("events");
    let off = |answer: &Value| list(answer, "rules").iter().filter(|rule| rule["is_off"] == true).count();
    assert_eq!((off(&changed), list(&changed, "changes").len()), (1, 4));
    assert_ne!(ask("points"), before.1, "every figure is worked out anew");
    assert_ne!(ask("orders"), before.2);
    ask("events restore rakuten-5-0");
    ask("events default rakuten-super-sale");
    for _ in 0..6 {
        ask("events undo");
    }
    assert_eq!(list(&ask("events"), "rules"), rules, "as it was");
    assert_eq!(ask("points"), before.1);
    assert_eq!(otokui("events undo --ledger L", &ledger, &[]).code, 1, "nothing is left to undo");
    for wrong in [
        "events add --mall own --name x --days 5",
        "events add --mall rakuten --name x",
        "events remove no-such-rule",
        "events change no-such-rule --days 5",
        "events add --mall rakuten --name x --days 5 --from 2026-01-02 --until 2026-01-01",
        "events add --mall rakuten --name x --window 2026-01-03T00:00:00/2026-01-02T00:00:00",
    ] {
        assert_eq!(otokui(&format!("{wrong} --ledger L"), &ledger, &[]).code, 1, "{wrong}");
    }
    assert_eq!(otokui("events add --mall rakuten --name x --days 32 --ledger L", &ledger, &[]).code, 2);
}
