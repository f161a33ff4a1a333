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
fn a_comparison_that_would_change_nothing_is_refused() {
    let asked = "growth-map|gaps|actions|next-items|radar|customer 1|orders|basis|points|profit --step points";
    for noun in asked.split('|') {
        let ran = otokui(&format!("{noun} --compare previous_year --ledger L"), &shop().ledger(), &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{noun}: {ran:?}");
        assert!(ran.err.contains("--compare"), "{noun}: {ran:?}");
    }
    for noun in ["overview", "profit", "groups", "cohorts", "ltv", "items", "customers"] {
        otokui(&format!("{noun} --compare previous_year --ledger L"), &shop().ledger(), &[]).succeeded();
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

    for noun in ["overview", "profit", "groups", "ltv", "cohorts", "items", "customers"] {
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
