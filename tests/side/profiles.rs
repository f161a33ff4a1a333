//! Every layout of files besides orders, on its fixtures and on anything.

use super::shops::fixtures;
use otokui_lib::intake::side::{self, Pointed, SideProfile};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the fixtures are there");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).filter(|p| p.is_dir()).collect();
    found.sort();
    found
}

fn nothing_remembered(_: &str) -> Option<Pointed> {
    None
}

#[test]
fn every_side_profile_reads_its_fixtures() {
    for profile in SideProfile::all() {
        let cases = folders(&fixtures().join("malls").join(&profile.id));
        assert!(!cases.is_empty(), "{} has no fixture", profile.id);
        for case in cases {
            check(profile, &case);
        }
    }
}

/// Reads a case and compares what its `expected.json` states; what it does not state is free.
fn check(profile: &SideProfile, case: &Path) {
    let place = case.display().to_string();
    let text = std::fs::read_to_string(case.join("expected.json")).expect("every case has an expected.json");
    let expected: Value = serde_json::from_str(&text).expect("valid JSON");
    assert!(expected["why"].is_string(), "{place}: a case says why it is there");
    let path = case.join("export.csv");
    assert!(otokui_lib::intake::inspect(&path).is_err(), "{place} holds no orders");
    let inspection = side::inspect(&path, &nothing_remembered).expect("readable").expect("a file we know");
    assert_eq!(inspection.profile.id, profile.id, "{place}");
    let mut actual = json!({
        "needs_columns": inspection.needs_columns, "first_rows": inspection.first_rows,
        "pointed": inspection.pointed.as_ref().map(|p| [&p.code, &p.cost]),
    });
    if !inspection.needs_columns {
        let tally = side::read(&path, &inspection, &mut |_, _| ControlFlow::Continue(())).expect("readable");
        let file = &tally.file;
        assert_eq!(file.rows, file.used + file.skipped + file.problem_rows, "{place}: a row is never lost");
        let problems = file.problems.iter().map(|problem| {
            json!({"row": problem.row, "column": problem.column, "kind": problem.kind.word(), "found": problem.found})
        });
        actual["file"] = json!({
            "rows": file.rows, "used": file.used, "skipped": file.skipped, "problems": problems.collect::<Value>(),
        });
        actual["from"] = json!(tally.from);
        actual["to"] = json!(tally.to);
        actual["entries"] = json!(tally.entries);
    }
    assert_holds(&expected, &actual, &place);
}

/// What is expected stands in what came; lists have equal length.
fn assert_holds(expected: &Value, actual: &Value, place: &str) {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            for (key, value) in expected.iter().filter(|(key, _)| *key != "why") {
                let came = actual.get(key).unwrap_or(&Value::Null);
                assert_holds(value, came, &format!("{place} {key}"));
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            assert_eq!(expected.len(), actual.len(), "{place}: came {actual:#?}");
            for (index, (value, came)) in expected.iter().zip(actual).enumerate() {
                assert_holds(value, came, &format!("{place} {index}"));
            }
        }
        _ => assert_eq!(expected, actual, "{place}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever stands in the cells, every row is used, skipped or a problem.
    #[test]
    fn no_row_of_a_side_file_is_lost(
        which in 0..SideProfile::all().len(),
        rows in proptest::collection::vec(
            proptest::collection::vec(
                prop_oneof![
                    Just(String::new()), "[0-9]{1,4}", "2026/0[1-9]/1[0-9]( 1[0-9]:00:00)?", "[a-z\"\n,あ合計-]{0,6}",
                    Just("すべて".to_owned()), Just("2未満".to_owned()),
                ],
                0..12,
            ),
            0..12,
        ),
    ) {
        let profile = &SideProfile::all()[which];
        let headers: Vec<&str> = profile.columns.values().filter_map(|names| names.first()).map(|s| &**s).collect();
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let line = |cells: Vec<String>| cells.iter().map(|c| cell(c)).collect::<Vec<_>>().join(",");
        let mut text = line(headers.iter().map(|h| (*h).to_owned()).collect());
        for row in rows {
            text += "\n";
            text += &line(row);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("export.csv");
        std::fs::write(&path, &text).expect("written");
        let inspection = side::inspect(&path, &nothing_remembered).expect("readable").expect("its own headers");
        prop_assert_eq!(&inspection.profile.id, &profile.id);
        let tally = side::read(&path, &inspection, &mut |_, _| ControlFlow::Continue(())).expect("readable");
        let file = &tally.file;
        prop_assert_eq!(file.rows, file.used + file.skipped + file.problem_rows);
        prop_assert_eq!(file.used, tally.entries.len() as u64);
    }
}

#[test]
fn the_samples_cost_list_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    super::shops::sample(24, folder.path());
    let mut session = super::empty();
    let answers = super::import(&mut session, &[folder.path().join("item_costs.csv")]);
    assert_eq!(answers[0].state, super::FileState::Recorded);
    assert_eq!((answers[0].problem_rows, answers[0].mall), (0, None));
    assert!(answers[0].message.starts_with("原価表です（"), "{}", answers[0].message);
    assert!(answers[0].message.contains("不明"), "the newest items have no cost yet: {}", answers[0].message);
}
