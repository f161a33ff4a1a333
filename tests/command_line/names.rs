//! A ledger without names on the command line: switched on once, asked for its code, gone on with a new one.

use super::otokui;
use std::path::{Path, PathBuf};

fn files() -> (tempfile::TempDir, PathBuf, [PathBuf; 3]) {
    let folder = tempfile::tempdir().expect("a folder");
    otokui("sample --orders 60 --seed 5 --out", Path::new(""), &[folder.path()]).succeeded();
    let ledger = folder.path().join("shop.ledger");
    let files = ["rakuten_orders.csv", "yahoo_order.csv", "yahoo_item.csv"].map(|name| folder.path().join(name));
    (folder, ledger, files)
}

/// The code in what was said: 13 groups of four.
fn code(said: &str) -> String {
    let is_code = |word: &&str| word.split('-').filter(|group| group.len() == 4).count() == 13;
    said.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').find(is_code).expect("a code").to_owned()
}

#[test]
fn names_are_left_out_from_the_first_import_on() {
    let (_folder, ledger, [rakuten, order, item]) = files();
    let first = otokui("import --ledger L --no-names --json", &ledger, &[&rakuten]).succeeded();
    let code = code(&first.err);
    assert_eq!(first.json()["files"][0]["state"], "recorded", "stdout is one document all the same");
    // The next import asks for the code, and takes it.
    otokui("import --ledger L", &ledger, &[&order, &item]).failed_saying("復元コードが必要です");
    let wrong = format!("import --ledger L --recovery-code {}", "0000-".repeat(13).trim_end_matches('-'));
    otokui(&wrong, &ledger, &[&order, &item]).failed_saying("このデータのものではありません");
    let right = format!("import --ledger L --recovery-code {}", code.to_lowercase());
    otokui(&right, &ledger, &[&order, &item]).succeeded();
    let customers = otokui("customers --ledger L --json", &ledger, &[]).succeeded().json();
    let names = customers.as_array().expect("a list").iter().map(|row| row["display_name"].as_str().expect("a text"));
    assert!(names.clone().count() > 10 && names.clone().all(|name| name.starts_with("お客様 ")), "{customers}");
    let settings = otokui("settings --ledger L --json", &ledger, &[]).succeeded().json();
    assert_eq!(settings["privacy"]["names_kept"], false);
    let identity = otokui("identity --ledger L --json", &ledger, &[]).succeeded().json();
    assert!(identity["nameless"].as_str().expect("a text").contains("見直すことはできません"));
    assert_eq!(identity["pair_count"], 0);
    // No store keeps the secret here, so the code cannot be shown again.
    otokui("settings recovery-code --ledger L", &ledger, &[]).failed_saying("復元コードが必要です");
    let export = otokui("export --ledger L --json --out", &ledger, &[&ledger.with_file_name("out")]).succeeded();
    assert_eq!(export.json()["export"]["with_names"], false);
}

#[test]
fn a_lost_code_is_given_up_for_a_new_one() {
    let (_folder, ledger, [rakuten, order, item]) = files();
    let first = otokui("import --ledger L --no-names", &ledger, &[&rakuten]).succeeded();
    let second = otokui("import --ledger L --new-key", &ledger, &[&order, &item]).succeeded();
    assert_ne!(code(&first.err), code(&second.err));
    let settings = otokui("settings --ledger L --json", &ledger, &[]).succeeded().json();
    assert_eq!(settings["privacy"]["new_secrets"], 1);
    let old = format!("import --ledger L --recovery-code {}", code(&first.err));
    otokui(&old, &ledger, &[&rakuten]).failed_saying("このデータのものではありません");
}

#[test]
fn names_that_are_kept_are_told_so() {
    let (_folder, ledger, [rakuten, order, item]) = files();
    otokui("import --ledger L", &ledger, &[&rakuten]).succeeded();
    for option in ["--no-names", "--new-key", "--recovery-code 0000"] {
        let line = format!("import --ledger L {option}");
        otokui(&line, &ledger, &[&order, &item]).failed_saying("お名前を保存しています");
    }
    let settings = otokui("settings --ledger L", &ledger, &[]).succeeded();
    assert!(settings.out.starts_with("お名前を保存する設定です。"), "{}", settings.out);
}
