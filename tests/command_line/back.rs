//! The noun about coming back: fields, sums that agree, and the people behind each number.

use super::{Path, has, int, list, otokui, shop};

/// How many people an address names.
fn people(of: &str) -> i64 {
    let said = otokui("customers --json --ledger L --people", &shop().ledger(), &[Path::new(of)]).succeeded();
    list(&said.json(), "").len() as i64
}

#[test]
fn gaps_have_their_fields_and_open_their_people() {
    let answer = shop().ask("gaps");
    has(
        &answer,
        &[
            ("as_of", "day"),
            ("from", "day"),
            ("to", "day"),
            ("f", "object"),
            ("steps", "list"),
            ("bin_days", "int"),
            ("months", "list"),
            ("new_vs_existing", "object"),
            ("other_definitions", "list"),
        ],
    );
    let overview = shop().ask("overview");
    for step in 2..=5 {
        for days in ["90", "180", "365"] {
            let row = &answer["f"][format!("f{step}")][days];
            has(
                row,
                &[("share", "interval?"), ("return_count", "int"), ("open_count", "int"), ("year_before", "interval?")],
            );
            assert_eq!(people(&format!("step:{step}:{days}:back")), int(&row["return_count"]), "F{step}({days})");
            assert_eq!(people(&format!("step:{step}:{days}:open")), int(&row["open_count"]), "F{step}({days})");
            if step == 2 {
                assert_eq!(row["share"], overview["f2"][days], "the overview says the same");
            }
        }
    }
    let steps = list(&answer, "steps");
    assert_eq!(steps.iter().map(|row| int(&row["step"])).collect::<Vec<_>>(), [2, 3, 4, 5]);
    for row in steps {
        has(
            row,
            &[
                ("customer_count", "int"),
                ("return_count", "int"),
                ("waiting_count", "int"),
                ("lower_days", "int?"),
                ("median_days", "int?"),
                ("upper_days", "int?"),
                ("due", "object?"),
                ("curve", "list"),
                ("histogram", "list"),
                ("beyond_count", "int"),
            ],
        );
        let step = int(&row["step"]);
        assert_eq!(people(&format!("gap:{step}:0:9999")), int(&row["return_count"]), "all gaps of step {step}");
        assert_eq!(people(&format!("waiting:{step}:0:9999")), int(&row["waiting_count"]), "all who wait for {step}");
        for bin in list(row, "histogram") {
            has(bin, &[("from_day", "int"), ("to_day", "int"), ("return_count", "int"), ("cumulative_share", "rate")]);
        }
    }
    let due = &steps[0]["due"];
    let address = format!("waiting:2:{}:{}", due["from_day"], due["to_day"]);
    assert_eq!(people(&address), int(&due["customer_count"]), "whom to expect now");
    let (from, to) = (answer["from"].as_str().unwrap_or_default(), answer["to"].as_str().unwrap_or_default());
    let definitions = list(&answer, "other_definitions");
    assert_eq!(definitions.len(), 8);
    for row in definitions {
        has(
            row,
            &[
                ("key", "text"),
                ("mall", "text?"),
                ("back_count", "int"),
                ("customer_count", "int"),
                ("share", "interval?"),
                ("label", "text"),
                ("definition", "text"),
                ("difference", "text"),
                ("source", "text"),
            ],
        );
        let key = row["key"].as_str().unwrap_or_default();
        assert_eq!(people(&format!("counted:{key}:{from}:{to}")), int(&row["back_count"]), "{key}");
        let is_ours = key.starts_with("otokui");
        assert_eq!(row["difference"] == "" && row["source"] == "", is_ours, "{key} says where it is from");
    }
}

#[test]
fn bars_have_the_width_that_is_asked_for() {
    for (width, bars) in [(5, 72), (10, 36), (30, 12)] {
        let answer = shop().ask(&format!("gaps --bins {width}"));
        assert_eq!(int(&answer["bin_days"]), width);
        assert_eq!(list(&list(&answer, "steps")[0], "histogram").len(), bars);
    }
    let said = otokui("gaps --ledger L --bins 7", &shop().ledger(), &[]);
    said.failed_saying("7");
}
