//! The one filter: every noun obeys it, and the people of a figure stay as many; a period beside another one.

use super::*;

#[test]
fn a_period_means_the_same_everywhere() {
    let period = "--from 2026-01-01 --to 2026-06-30";
    let overview = shop().ask(&format!("overview {period}"));
    let buyers = shop().ask(&format!("customers {period}"));
    assert_eq!(list(&buyers, "").len() as i64, int(&overview["customer_count"]), "who bought in it");
    assert!(int(&overview["customer_count"]) > 0);

    // Groups are those of its last day, and so are their people.
    let groups = shop().ask(&format!("groups {period}"));
    assert_eq!(groups["as_of"], "2026-06-30");
    for group in list(&groups, "groups") {
        let key = group["key"].as_str().unwrap_or_default();
        let people = shop().ask(&format!("customers {period} --people group:{key}"));
        assert_eq!(list(&people, "").len() as i64, int(&group["customer_count"]), "{key}");
    }

    // LTV and cohorts are those of the customers won in it.
    let won = int(&overview["new_vs_existing"]["new"]["customer_count"]);
    let cohorts = shop().ask(&format!("cohorts {period}"));
    assert_eq!(list(&cohorts, "cohorts").iter().map(|row| int(&row["customer_count"])).sum::<i64>(), won);
    let ltv = shop().ask(&format!("ltv {period}"));
    assert_eq!(int(&list(&ltv, "curves")[0]["customer_count"]), won);
}

#[test]
fn an_item_or_a_category_acts_on_every_noun() {
    let items = shop().ask("items --from 2000-01-01");
    let first = &list(&items, "items")[0];
    let name =
        format!("{}:{}", first["mall"].as_str().unwrap_or_default(), first["item_code"].as_str().unwrap_or_default());
    let profit = shop().ask(&format!("profit --from 2000-01-01 --item {name}"));
    let goods = list(&profit, "steps").iter().find(|step| step["key"] == "goods").map(|step| int(&step["low"]));
    assert_eq!(goods, Some(int(&first["goods"])), "the waterfall of an item is of its lines alone");
    let buyers = shop().ask(&format!("customers --item {name}"));
    assert_eq!(list(&buyers, "").len() as i64, int(&first["buyer_count"]));
    let one = shop().ask(&format!("items --from 2000-01-01 --item {name}"));
    assert_eq!(list(&one, "items"), std::slice::from_ref(first), "the same row, alone");
    for noun in ["overview", "groups", "ltv", "cohorts", "profit", "customers", "items", "radar", "actions"] {
        let none = otokui(&format!("{noun} --category nothing-of-the-kind --ledger L --json"), &shop().ledger(), &[]);
        none.succeeded().json();
    }
    assert_eq!(int(&shop().ask("overview --category nothing-of-the-kind")["order_count"]), 0);
    assert_eq!(list(&shop().ask("customers --category nothing-of-the-kind"), "").len(), 0);
}

#[test]
fn a_comparison_that_means_nothing_is_refused_and_says_why() {
    let refused = [
        ("actions", "今週すること"),
        ("radar", "これから7日間"),
        ("next-items", "--item CODE"),
        ("customer 1", "--people"),
        ("basis", "overview --compare"),
        ("profit --step points", "profit --compare"),
    ];
    for (noun, why) in refused {
        let ran = otokui(&format!("{noun} --compare previous_year --ledger L"), &shop().ledger(), &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{noun}: {ran:?}");
        assert!(ran.err.contains("--compare") && ran.err.contains(why), "{noun}: {ran:?}");
        let english = otokui(&format!("--lang en {noun} --compare previous_year --ledger L"), &shop().ledger(), &[]);
        assert!(
            english.err.contains("has no meaning here") && !english.err.contains("compare-"),
            "{noun}: {english:?}"
        );
    }
    for noun in COMPARED {
        otokui(&format!("{noun} --compare previous_year --ledger L"), &shop().ledger(), &[]).succeeded();
    }
}

/// The nouns that hold two periods against each other.
const COMPARED: [&str; 13] = [
    "overview",
    "profit",
    "groups",
    "gaps",
    "cohorts",
    "ltv",
    "growth-map",
    "items",
    "next-items --item cf-006",
    "points",
    "customers",
    "customers --people group:loyal",
    "orders",
];

#[test]
fn what_stands_beside_is_what_the_noun_itself_answers() {
    let (now, then) = ("--from 2026-01-01 --to 2026-06-30", "--from 2025-01-01 --to 2025-06-30");
    let number = |row: &Value, side: &str| row[side].as_f64();
    let row = |comparison: &Value, key: &str| {
        list(comparison, "rows").iter().find(|row| row["key"] == key).cloned().unwrap_or_else(|| panic!("no {key}"))
    };
    let beside = |noun: &str| shop().ask(&format!("{noun} {now} --compare previous_year"))["comparison"].clone();

    // Orders: the sales among them, added up.
    let sum = |period: &str, ids: Option<&[i64]>| -> f64 {
        let orders = shop().ask(&format!("orders {period}"));
        let is_meant = |order: &&Value| {
            order["is_sale"] == true && ids.is_none_or(|ids| ids.contains(&int(&order["customer_id"])))
        };
        list(&orders, "").iter().filter(is_meant).map(|order| int(&order["net_sales"]) as f64).sum()
    };
    let found = row(&beside("orders"), "net_sales");
    assert_eq!((number(&found, "value"), number(&found, "other")), (Some(sum(now, None)), Some(sum(then, None))));

    // Some people: what the same people bought then.
    let loyal = "customers --people group:loyal";
    let people = shop().ask(&format!("{loyal} {now}"));
    let ids: Vec<i64> = list(&people, "").iter().map(|row| int(&row["customer_id"])).collect();
    assert!(!ids.is_empty());
    let found = row(&beside(loyal), "net_sales");
    assert_eq!(
        (number(&found, "value"), number(&found, "other")),
        (Some(sum(now, Some(&ids))), Some(sum(then, Some(&ids))))
    );

    // Points: the sums of either period.
    let sums = |period: &str| shop().ask(&format!("points {period}"))["incentives"]["incentives"].as_f64();
    let found = row(&beside("points"), "incentives");
    assert_eq!((number(&found, "value"), number(&found, "other")), (sums(now), sums(then)));

    // One item: its row in the list of items.
    let goods = |period: &str| {
        let items = shop().ask(&format!("items {period} --item rakuten:cf-006"));
        list(&items, "items").first().map_or(0.0, |row| int(&row["goods"]) as f64)
    };
    let found = row(&beside("next-items --item rakuten:cf-006"), "goods");
    assert_eq!((number(&found, "value"), number(&found, "other")), (Some(goods(now)), Some(goods(then))));

    // The growth map: that of the other day.
    let whole = shop().ask("growth-map --compare 2025-01-01..2025-06-30");
    let then = shop().ask("growth-map --as-of 2025-06-30");
    for stage in list(&then, "stages") {
        let found = row(&whole["comparison"], stage["key"].as_str().unwrap_or_default());
        assert_eq!(number(&found, "other"), stage["customer_count"].as_f64(), "{stage:?}");
    }
}

#[test]
fn another_period_stands_beside() {
    let asked = "overview --from 2026-04-01 --to 2026-06-30";
    let beside = shop().ask(&format!("{asked} --compare previous_year"));
    assert_eq!(beside["answer"], shop().ask(asked), "the answer itself stays as it is");
    let comparison = &beside["comparison"];
    assert_eq!((&comparison["other_from"], &comparison["other_to"]), (&"2025-04-01".into(), &"2025-06-30".into()));
    let before = shop().ask("overview --from 2025-04-01 --to 2025-06-30");
    let row = |key: &str| list(comparison, "rows").iter().find(|row| row["key"] == key).expect("a row");
    for key in ["net_sales", "order_count", "customer_count"] {
        assert_eq!(row(key)["value"].as_f64(), beside["answer"][key].as_f64(), "{key}");
        assert_eq!(row(key)["other"].as_f64(), before[key].as_f64(), "{key}");
    }
    let other = shop().ask(&format!("{asked} --compare 2025-04-01..2025-06-30"));
    assert_eq!(other["comparison"]["rows"], comparison["rows"], "the same days by name");

    for noun in COMPARED {
        let line = format!("{noun} --from 2026-04-01 --to 2026-06-30 --compare previous_year --ledger L");
        let said = otokui(&line, &shop().ledger(), &[]).succeeded().out;
        assert!(said.contains("去年の同じ時期"), "{noun}\n{said}");
    }
    // Before the ledger begins there is nothing to compare with, and that is said.
    let none = shop().ask(&format!("{asked} --compare 1999-01-01..1999-03-31"));
    assert_eq!(list(&none["comparison"], "rows").len(), 0);
    assert!(none["comparison"]["finding"].as_str().is_some_and(|said| said.contains("ありません")));
    for wrong in ["last_year", "2026-01-01", "2026-03-01..2026-01-01"] {
        assert_eq!(otokui(&format!("{asked} --compare {wrong} --ledger L"), &shop().ledger(), &[]).code, 2, "{wrong}");
    }
}

#[test]
fn the_report_says_what_it_is_restricted_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = "report --ledger L --from 2026-04-01 --to 2026-06-30 --mall yahoo --compare previous_year --out";
    otokui(line, &shop().ledger(), &[folder.path()]).succeeded();
    let page = std::fs::read_to_string(folder.path().join("otokui-report.html")).expect("a page");
    for part in
        ["2026/04/01〜2026/06/30", "絞り込み：Yahoo!ショッピング。", "去年の同じ時期（2025年4月1日〜2025年6月30日）"]
    {
        assert!(page.contains(part), "{part} is missing");
    }
    let buyers = shop().ask("customers --from 2026-04-01 --to 2026-06-30 --mall yahoo");
    let listed = std::fs::read_to_string(folder.path().join("customers.csv")).expect("a list");
    assert_eq!(listed.lines().count() - 1, list(&buyers, "").len(), "the list obeys as the screen does");
}
