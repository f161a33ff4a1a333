//! Files as owners have them: named anyhow, sorted, cut down, given twice, half by half.

use super::{has, int, list, otokui, shop};
use encoding_rs::SHIFT_JIS;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The Rakuten export of the shop as text cells, header first.
fn cells() -> Vec<Vec<String>> {
    let bytes = std::fs::read(shop().file("rakuten_orders.csv")).expect("the export");
    let (text, _, damaged) = SHIFT_JIS.decode(&bytes);
    assert!(!damaged);
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.into_records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

fn written(path: &Path, rows: &[Vec<String>]) {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).expect("memory"));
    let text = String::from_utf8(writer.into_inner().expect("memory")).expect("text");
    std::fs::write(path, SHIFT_JIS.encode(&text).0).expect("a folder to write to");
}

/// The orders of a file alone, without what depends on who else is in the ledger.
fn orders_of(file: &Path, ledger: &Path) -> Vec<Value> {
    let ran = otokui("import --json --ledger L", ledger, &[file]).succeeded().json();
    assert_eq!(ran["files"][0]["state"], "recorded", "{ran}");
    assert_eq!(ran["files"][0]["problem_rows"], 0, "{ran}");
    let mut answer = otokui("orders --json --ledger L", ledger, &[]).succeeded().json();
    let orders = answer.as_array_mut().expect("a list");
    for order in orders.iter_mut() {
        order["customer_id"] = Value::Null;
        // Lines may come in another order.
        order["lines"].as_array_mut().expect("lines").sort_by_key(|line| line.to_string());
    }
    orders.sort_by_key(|order| order["order_number"].to_string());
    std::mem::take(orders)
}

#[test]
fn a_file_sorted_and_saved_by_a_spreadsheet_says_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let expected = orders_of(&shop().file("rakuten_orders.csv"), &folder.path().join("a"));
    let mut rows = cells();
    let header = rows.remove(0);
    let at = |name: &str| header.iter().position(|cell| cell == name).expect("a column");
    let (name, moment) = (at("商品名"), at("注文日時"));
    rows.sort_by(|a, b| (&a[name], &b[0]).cmp(&(&b[name], &a[0])));
    for row in &mut rows {
        // `2026-03-01 09:05:00` becomes `2026/3/1 9:05:00`.
        let (day, time) = row[moment].split_once(' ').expect("date and time");
        let day: Vec<&str> = day.split('-').map(|part| part.trim_start_matches('0')).collect();
        row[moment] = format!("{} {}", day.join("/"), time.strip_prefix('0').unwrap_or(time));
    }
    rows.insert(0, header);
    let sorted = folder.path().join("並べ替え.csv");
    written(&sorted, &rows);
    let found = orders_of(&sorted, &folder.path().join("b"));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
}

#[test]
fn columns_are_found_by_name_wherever_they_stand() {
    let folder = tempfile::tempdir().expect("a folder");
    let expected = orders_of(&shop().file("rakuten_orders.csv"), &folder.path().join("a"));
    let reversed: Vec<Vec<String>> = cells().into_iter().map(|row| row.into_iter().rev().collect()).collect();
    let path = folder.path().join("reversed.csv");
    written(&path, &reversed);
    assert!(orders_of(&path, &folder.path().join("b")) == expected, "the columns in reverse");

    let rows = cells();
    let kept: Vec<usize> =
        ["個数", "商品毎税込価格", "注文日時", "ステータス", "商品管理番号", "注文番号", "注文者メールアドレス"]
            .iter()
            .map(|name| rows[0].iter().position(|cell| cell == name).expect("a column"))
            .collect();
    let subset: Vec<Vec<String>> = rows.iter().map(|row| kept.iter().map(|at| row[*at].clone()).collect()).collect();
    let path = folder.path().join("subset.csv");
    written(&path, &subset);
    let found = orders_of(&path, &folder.path().join("c"));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        for field in ["order_number", "ordered_at", "status", "goods"] {
            assert_eq!(found[field], expected[field]);
        }
    }
}

#[test]
fn a_template_without_the_status_is_taken_and_says_what_cannot_be_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("L");
    let malls = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/malls/rakuten-order-current");
    let case = |name: &str| malls.join(name).join("export.csv");
    let file = case("template-without-status");
    let answer = otokui("import --json --ledger L", &ledger, &[&file]).succeeded().json();
    assert_eq!(answer["files"][0]["orders_new"], 2, "{answer}");
    let message = answer["files"][0]["message"].as_str().expect("a sentence");
    assert!(message.contains("ステータスの列がない"), "{message}");
    // An export that states it says nothing of the kind.
    let with = otokui("import --json --ledger L", &folder.path().join("M"), &[&case("current-layout")]).succeeded();
    let message = with.json()["files"][0]["message"].to_string();
    assert!(!message.contains("ステータスの列がない"), "{message}");
}

#[test]
fn a_file_may_be_named_anyhow() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["1月 分 (2).csv", "髙﨑商店.csv", "注文📦#1.csv", "-x.csv", "..csv", "か\u{3099}.csv"] {
        let home = folder.path().join(format!("山田 太郎 {name}"));
        std::fs::create_dir(&home).expect("a folder");
        let file = home.join(name);
        std::fs::copy(shop().file("rakuten_orders.csv"), &file).expect("a copy");
        let ledger = home.join("店 📦.ledger");
        let answer = otokui("import --json --ledger L", &ledger, &[&file]).succeeded().json();
        assert_eq!(answer["files"][0]["file"], name);
        assert_eq!(answer["files"][0]["state"], "recorded", "{answer}");
    }
}

#[test]
fn importing_again_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    std::fs::copy(shop().ledger(), &ledger).expect("a copy");
    let before = otokui("orders --json --ledger L", &ledger, &[]).out;
    let files = shop().files();
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let again = otokui("import --json --ledger L", &ledger, &paths).succeeded().json();
    assert!(list(&again, "files").iter().all(|file| file["state"] == "already_imported"), "{again}");
    assert_eq!(otokui("orders --json --ledger L", &ledger, &[]).out, before);
    assert_eq!(list(&otokui("imports --json --ledger L", &ledger, &[]).json(), "").len(), 2);
}

#[test]
fn a_half_waits_for_the_other_and_undo_takes_the_pair_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let [_, orders, items] = shop().files();
    let first = otokui("import --json --ledger L", &ledger, &[&items]).succeeded().json();
    assert_eq!(first["files"][0]["state"], "waiting_for_pair", "{first}");
    assert_eq!(otokui("orders --json --ledger L", &ledger, &[]).succeeded().json(), Value::Array(Vec::new()));
    let second = otokui("import --json --ledger L", &ledger, &[&orders]).succeeded().json();
    assert_eq!(second["files"][0]["state"], "recorded", "{second}");
    let taken = list(&otokui("orders --json --ledger L", &ledger, &[]).succeeded().json(), "").len() as i64;
    assert_eq!(int(&second["files"][0]["orders_new"]), taken);
    let batch = int(&otokui("imports --json --ledger L", &ledger, &[]).json()[0]["batch_id"]);
    let undone = otokui(&format!("undo {batch} --json --ledger L"), &ledger, &[]).succeeded().json();
    assert_eq!(undone["batch_id"], batch);
    assert_eq!(otokui("orders --json --ledger L", &ledger, &[]).succeeded().json(), Value::Array(Vec::new()));
}

#[test]
fn undo_restores_the_answers_exactly() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("shop.ledger");
    let [rakuten, orders, items] = shop().files();
    otokui("import --ledger L", &ledger, &[&rakuten]).succeeded();
    let nouns = ["orders", "customers", "overview", "groups", "cohorts", "ltv", "imports"];
    let all = || nouns.map(|noun| otokui(&format!("{noun} --json --ledger L"), &ledger, &[]).succeeded().out);
    let before = all();
    otokui("import --ledger L", &ledger, &[&orders, &items]).succeeded();
    assert!(all() != before);
    let batch = int(&otokui("imports --json --ledger L", &ledger, &[]).json()[0]["batch_id"]);
    otokui(&format!("undo {batch} --ledger L"), &ledger, &[]).succeeded();
    for (noun, (after, before)) in nouns.iter().zip(all().iter().zip(&before)) {
        assert!(after == before, "{noun} after undo");
    }
    otokui(&format!("undo {batch} --ledger L"), &ledger, &[]).failed_saying(&batch.to_string());
}

#[test]
fn everything_is_written_out_and_comes_in_again() {
    let shop = shop();
    let folder = tempfile::tempdir().expect("a folder");
    let ask = |noun: &str, ledger: &Path| otokui(&format!("{noun} --ledger L --json"), ledger, &[]).succeeded().json();
    for (format, orders) in
        [("csv", "otokui-orders_個人情報を含みます.csv"), ("xlsx", "otokui-export_個人情報を含みます.xlsx")]
    {
        let out = folder.path().join(format);
        let line = format!("export --ledger L --format {format} --json --out");
        let answer = otokui(&line, &shop.ledger(), &[&out]).succeeded().json();
        let fields = [("export_id", "int"), ("written_at", "moment"), ("format", "text"), ("with_names", "bool")];
        has(&answer["export"], &fields);
        has(&answer["export"], &[("folder", "text"), ("orders", "int")]);
        assert_eq!(list(&answer, "files").len(), if format == "csv" { 5 } else { 1 });
        assert_eq!(answer["export"]["with_names"], true, "everything is everything unless asked otherwise");
        let again = folder.path().join(format!("{format}.ledger"));
        let imported = otokui("import --ledger L --json", &again, &[&out.join(orders)]).succeeded().json();
        assert_eq!(
            (&imported["files"][0]["state"], &imported["files"][0]["problem_rows"]),
            (&"recorded".into(), &0.into())
        );
        for noun in ["orders", "customers", "overview", "groups", "cohorts", "ltv", "actions"] {
            assert_eq!(ask(noun, &again), ask(noun, &shop.ledger()), "{noun} from {format}");
        }
    }
    let batch = int(&list(&ask("imports", &shop.ledger()), "")[0]["batch_id"]);
    let problems = shop.ask(&format!("problems {batch}"));
    has(&problems, &[("batch_id", "int"), ("problem_rows", "int"), ("problems", "list")]);
}

#[test]
fn the_history_names_a_workbook_by_its_own_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = folder.path().join("L");
    let fixture = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let book = fixture("malls/rakuten-order-current/open-document/export.ods");
    // The same table as text of UTF-16, little end first, with its mark.
    let table = std::fs::read(fixture("malls/rakuten-order-current/template-without-status/export.csv"));
    let text = folder.path().join("text.txt");
    let table = SHIFT_JIS.decode(&table.expect("an export")).0.replace("\"", "").replace(',', "\t");
    let bytes: Vec<u8> = std::iter::once(0xFEFF).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    std::fs::write(&text, bytes).expect("a folder to write to");
    for file in [&book, &text] {
        let bytes = std::fs::read(file).expect("a file");
        let own: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        otokui("import --json --ledger L", &ledger, &[file]).succeeded();
        let history = otokui("imports --json --ledger L", &ledger, &[]).succeeded().json();
        assert_eq!(history[0]["sha256"][0].as_str(), Some(&*own), "{history}");
        // By whichever it is known again.
        let again = otokui("import --json --ledger L", &ledger, &[file]).succeeded().json();
        assert_eq!(again["files"][0]["state"], "already_imported", "{again}");
    }
}
