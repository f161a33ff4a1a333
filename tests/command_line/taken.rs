//! `taken` and `contacts`: what was done, and who has not bought.

use super::{has, int, list, otokui, shop};
use serde_json::Value;
use std::path::Path;

#[test]
fn what_a_card_says_is_recorded_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("copy.ledger");
    std::fs::copy(shop().ledger(), &ledger).expect("a copy");
    let ask = |line: &str| otokui(line, &ledger, &[]).succeeded().json();
    let actions = ask("actions --ledger L --json");
    assert_eq!((int(&actions["taken_count"]), int(&actions["resting_count"])), (0, 0));
    let card = &list(&actions, "cards")[0];
    let (key, people) = (card["key"].as_str().expect("a key"), list(card, "customer_ids").to_vec());
    let as_of = actions["as_of"].as_str().expect("a day");
    let taken = int(&ask(&format!("taken --ledger L --json record {key} --on {as_of} --channel other"))["taken_id"]);
    let all = ask("taken --ledger L --json");
    let record = &list(&all, "")[0];
    has(
        record,
        &[
            ("taken_id", "int"),
            ("recorded_at", "moment"),
            ("taken_on", "day"),
            ("key", "text"),
            ("trigger", "text"),
            ("title", "text"),
            ("channel", "text"),
            ("channel_name", "text"),
            ("people_count", "int"),
            ("customer_count", "int"),
            ("free_on", "day"),
            ("customer_ids", "list"),
            ("proposed", "object"),
        ],
    );
    assert!(record["mall"].is_null(), "another way is nobody's tool");
    assert_eq!(record["customer_ids"].as_array(), Some(&people));
    let after = ask("actions --ledger L --json");
    assert!(list(&after, "cards").iter().all(|card| card["key"] != key), "its people have just been reached");
    assert_eq!(int(&after["resting_count"]) as usize, people.len());
    let page = ask(&format!("customer {} --ledger L --json", people[0]));
    assert_eq!(page["taken"][0]["taken_on"], as_of);
    let behind = ask(&format!("customers --ledger L --json --people taken:{taken}"));
    assert_eq!(list(&behind, "").len(), people.len());
    let said = otokui("taken --ledger L --lang en", &ledger, &[]).succeeded();
    assert!(said.out.contains("Another way") && said.out.contains(as_of), "{}", said.out);
    ask(&format!("taken undo {taken} --ledger L --json"));
    assert_eq!(ask("actions --ledger L --json")["cards"], actions["cards"], "as if it had never been recorded");
    otokui("taken --ledger L record nothing", &ledger, &[]).failed_saying("nothing");
    otokui(&format!("taken --ledger L record {key} --on 2999-01-01"), &ledger, &[]).failed_saying("2999");
    otokui("taken --ledger L remove 99", &ledger, &[]).failed_saying("99");
    assert_eq!(otokui("taken record a", Path::new(""), &[]).code, 2, "no ledger");
}

#[test]
fn who_has_not_bought_is_written_down_and_tied() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("copy.ledger");
    std::fs::copy(shop().ledger(), &ledger).expect("a copy");
    let ask = |line: &str, more: &[&Path]| otokui(line, &ledger, more).succeeded().json();
    let prospects = || {
        let groups = ask("groups --ledger L --json", &[]);
        let of =
            list(&groups, "classes").iter().find(|row| row["key"] == "prospect").map(|row| int(&row["customer_count"]));
        of.expect("the class is there")
    };
    assert_eq!(prospects(), 0);
    let line = "contacts --ledger L --json add asked --mall rakuten --on 2026-01-05 --name";
    let contact = int(&ask(line, &[Path::new("ribbon lady")])["contact_id"]);
    assert_eq!(prospects(), 1);
    let all = |of: &str| -> Value { ask("contacts --ledger L --json", &[])[of].clone() };
    has(
        &all("contacts")[0],
        &[
            ("contact_id", "int"),
            ("written_at", "moment"),
            ("mall", "text"),
            ("kind", "text"),
            ("contact_on", "day"),
            ("name", "text"),
            ("note", "text"),
            ("customer_ids", "list"),
            ("customer_name", "text"),
            ("class", "text"),
        ],
    );
    assert_eq!((all("names_kept"), &all("contacts")[0]["class"]), (Value::Bool(true), &Value::from("prospect")));
    ask(&format!("contacts --ledger L --json tie {contact} 1"), &[]);
    assert_eq!((&all("contacts")[0]["class"], prospects()), (&Value::from("bought"), 0));
    ask(&format!("contacts undo {contact} --ledger L --json"), &[]);
    assert_eq!(prospects(), 1);
    let said = otokui("contacts --ledger L --lang en", &ledger, &[]).succeeded();
    assert!(said.out.contains("ribbon lady") && said.out.contains("Prospects"), "{}", said.out);
    ask(&format!("contacts remove {contact} --ledger L --json"), &[]);
    assert_eq!(all("contacts").as_array().map(Vec::len), Some(0));
    otokui("contacts --ledger L untie 99", &ledger, &[]).failed_saying("99");
    otokui(&format!("contacts --ledger L tie {contact} 999999"), &ledger, &[]).failed_saying(&contact.to_string());
    assert_eq!(otokui("contacts --ledger L add dreamt --mall own", &ledger, &[]).code, 2, "no such kind");
}
