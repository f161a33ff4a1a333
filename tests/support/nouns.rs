//! What a ledger answers to every noun, as JSON.
#![allow(dead_code)]

use otokui_lib::app::{
    Session, cohorts, coming_back, contacts, customers, event_calendar, groups, growth_map, identity, imports, items,
    lifetime_value, next_items, notes, orders, overview, points, profit, radar, reconciliation, settings, taken,
    this_week,
};
use otokui_lib::insight::Scope;
use otokui_lib::insight::cohort::Measure;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

fn json(answer: &impl Serialize) -> Value {
    serde_json::to_value(answer).expect("an answer is JSON")
}

/// Every noun but those about imports, exports and problems, by its name.
pub fn nouns(session: &Session) -> BTreeMap<&'static str, Value> {
    let scope = Scope::default();
    let mut nouns = said(session);
    nouns.extend([
        ("customers", json(&customers::all(session, &scope, None).expect("customers"))),
        ("overview", json(&overview::screen(session, &scope).expect("overview"))),
        ("groups", json(&groups::screen(session, &scope).expect("groups").answer)),
        ("cohorts", json(&cohorts::screen(session, &scope, Measure::Retention).expect("cohorts").answer)),
        ("ltv", json(&lifetime_value::screen(session, &scope).expect("ltv").answer)),
        ("gaps", json(&coming_back::all(session, &scope, 30).expect("gaps").answer)),
        ("growth map", json(&growth_map::answer(session, &scope).expect("growth map"))),
        ("actions", json(&this_week::screen(session, &scope).expect("actions").answer)),
        ("items", json(&items::all(session, &scope).expect("items").answer)),
        ("next items", json(&next_items::screen(session, &scope, None).expect("next items").answer)),
        ("radar", json(&radar::all(session, &scope).expect("radar").answer)),
        ("profit", json(&profit::answer(session, &scope, None).expect("profit"))),
        ("points", json(&points::all(session, &scope, None).expect("points").answer)),
        ("reconciliation", json(&reconciliation::answer(session).expect("reconciliation"))),
    ]);
    nouns
}

/// Those that answer what the owner has said, and the orders.
pub fn said(session: &Session) -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("orders", json(&orders::all(session).expect("orders"))),
        ("settings", json(&settings::answer(session).expect("settings"))),
        ("events", json(&event_calendar::answer(session).expect("events"))),
        ("notes", json(&notes::all(session).expect("notes"))),
        ("taken", json(&taken::all(session).expect("taken"))),
        ("contacts", json(&contacts::answer(session).expect("contacts"))),
        ("identity", json(&identity::full_screen(session).expect("identity").answer)),
        ("how files are read", {
            let imports = imports::imports(session).expect("imports");
            serde_json::json!([imports.maps, imports.store])
        }),
    ])
}

/// Fails with the first place at which the two differ.
#[track_caller]
pub fn assert_same(left: &BTreeMap<&'static str, Value>, right: &BTreeMap<&'static str, Value>, why: &str) {
    for (noun, answer) in left {
        let (text, other) = (answer.to_string(), right[noun].to_string());
        if text != other {
            let at = text.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
            let around = |text: &str| {
                let bytes = &text.as_bytes()[at.saturating_sub(300).min(text.len())..(at + 200).min(text.len())];
                String::from_utf8_lossy(bytes).into_owned()
            };
            panic!("{why}: {noun} differs at byte {at}:\n{}\n{}", around(&text), around(&other));
        }
    }
}
