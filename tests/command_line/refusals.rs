//! What cannot be done: one sentence, the right exit code, the rest of the work done.

use super::{Ran, int, list, otokui, shop};
use std::path::{Path, PathBuf};

/// A ledger's path in a new folder, and files written beside it.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        Place { folder: tempfile::tempdir().expect("a folder") }
    }

    fn ledger(&self) -> PathBuf {
        self.folder.path().join("shop.ledger")
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("a folder to write to");
        path
    }

    fn import(&self, file: &Path) -> Ran {
        otokui("import --ledger L", &self.ledger(), &[file])
    }
}

#[test]
fn a_file_that_is_no_export_is_refused_with_a_sentence() {
    let place = Place::new();
    place.import(&place.file("空.csv", b"")).failed_saying("空.csv");
    place.import(&place.file("blank.csv", b" \r\n\r\n")).failed_saying("blank.csv");
    place.import(&place.file("other.csv", b"a,b,c\r\n1,2,3\r\n")).failed_saying("other.csv");
    place.import(&place.file("picture.png", &[0x89, b'P', b'N', b'G', 0, 0, 1])).failed_saying("picture.png");
    place.import(&place.file("book.xlsx", b"PK\x03\x04rest of a workbook")).failed_saying("book.xlsx");
    place.import(&place.folder.path().join("not-there.csv")).failed_saying("not-there.csv");
    place.import(place.folder.path()).failed_saying("");
    let imports = otokui("imports --json --ledger L", &place.ledger(), &[]).succeeded().json();
    assert!(list(&imports, "").is_empty(), "nothing was recorded");
}

#[test]
fn a_refused_file_does_not_keep_the_others_from_being_recorded() {
    let place = Place::new();
    let bad = place.file("other.csv", b"a,b,c\r\n1,2,3\r\n");
    let good = shop().file("rakuten_orders.csv");
    let ran = otokui("import --json --ledger L", &place.ledger(), &[&bad, &good]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let answer = ran.json();
    assert_eq!(answer["files"][0]["state"], "refused");
    assert_eq!(answer["files"][1]["state"], "recorded");
    assert!(ran.err.contains("other.csv") && ran.err.lines().count() == 1, "{ran:?}");
}

#[test]
fn halves_that_do_not_belong_together_are_refused() {
    let place = Place::new();
    let orders = shop().file("yahoo_order.csv");
    let other = tempfile::tempdir().expect("a folder");
    otokui("sample --orders 60 --seed 9 --out", Path::new(""), &[other.path()]).succeeded();
    let items = std::fs::read(other.path().join("yahoo_item.csv")).expect("the half");
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&items);
    let text = text.replace("komorebi-sample-1", "other-shop-9");
    let items = place.file("other_items.csv", &encoding_rs::SHIFT_JIS.encode(&text).0);
    let ran = otokui("import --json --ledger L", &place.ledger(), &[&orders, &items]);
    let answer = ran.json();
    let states: Vec<&str> = list(&answer, "files").iter().filter_map(|file| file["state"].as_str()).collect();
    assert!(!states.contains(&"recorded"), "{answer}");
    assert_eq!(ran.code, i32::from(states.contains(&"refused")), "{states:?}");
}

#[test]
fn an_unreadable_date_is_told_with_its_place_and_the_rest_is_recorded() {
    let place = Place::new();
    let bytes = std::fs::read(shop().file("rakuten_orders.csv")).expect("the export");
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let (mut number, mut moments) = (0, Vec::new());
    let mut first = String::new();
    for (at, row) in reader.records().enumerate() {
        let mut row: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
        if at == 0 {
            moments = (0..row.len()).filter(|at| ["注文日時", "注文日"].contains(&&*row[*at])).collect();
            number = row.iter().position(|cell| cell == "注文番号").expect("a column");
        }
        if at == 1 {
            first.clone_from(&row[number]);
        }
        // On every row of the order: what an order states once may be read from any of them.
        if at > 0 && row[number] == first {
            moments.iter().for_each(|moment| row[*moment] = "2026/13/01".to_owned());
        }
        writer.write_record(&row).expect("memory");
    }
    let text = String::from_utf8(writer.into_inner().expect("memory")).expect("text");
    let file = place.file("damaged.csv", &encoding_rs::SHIFT_JIS.encode(&text).0);
    let ran = otokui("import --json --ledger L", &place.ledger(), &[&file]).succeeded();
    let answer = ran.json();
    let file = &answer["files"][0];
    assert!(int(&file["problem_rows"]) >= 1, "{answer}");
    assert_eq!(int(&file["rows"]), int(&file["used"]) + int(&file["skipped"]) + int(&file["problem_rows"]));
    let problem = &list(file, "problems")[0];
    super::has(
        problem,
        &[("row", "int"), ("column", "text"), ("kind", "text"), ("found", "text"), ("message", "text")],
    );
    assert_eq!(
        (int(&problem["row"]), &problem["kind"], &problem["found"]),
        (2, &"bad_date".into(), &"2026/13/01".into())
    );
    assert_eq!(problem["column"], "注文日時");
    assert!(int(&file["orders_new"]) > 500, "the others are recorded");
}

#[test]
fn a_ledger_that_is_none_is_refused_and_not_touched() {
    let place = Place::new();
    let text = place.file("notes.txt", &b"these are notes and no ledger ".repeat(40));
    let short = place.file("short.txt", b"notes");
    for (path, content) in [(&text, std::fs::read(&text)), (&short, std::fs::read(&short))] {
        let before = content.expect("the file");
        for line in ["overview --json --ledger L", "orders --ledger L", "imports --ledger L"] {
            otokui(line, path, &[]).failed_saying("");
        }
        otokui("import --ledger L", path, &[&shop().file("rakuten_orders.csv")]).failed_saying("");
        assert!(std::fs::read(path).expect("the file") == before, "{} is not touched", path.display());
    }
    let nowhere = place.folder.path().join("no/such/folder/shop.ledger");
    otokui("overview --json --ledger L", &nowhere, &[]).failed_saying("no/such/folder");
    otokui("import --ledger L", &nowhere, &[&shop().file("rakuten_orders.csv")]).failed_saying("no/such/folder");
    otokui("overview --ledger L", place.folder.path(), &[]).failed_saying("");
}

#[test]
fn a_question_about_nothing_is_a_failure_and_a_wrong_one_a_mistake() {
    let ledger = shop().ledger();
    otokui("customer 99999999 --json --ledger L", &ledger, &[]).failed_saying("99999999");
    otokui("undo 99999999 --ledger L", &ledger, &[]).failed_saying("99999999");
    otokui("customers --people group:nobody --json --ledger L", &ledger, &[]).failed_saying("group:nobody");
    otokui("overview --from 2026-02-01 --to 2026-01-01 --json --ledger L", &ledger, &[]).failed_saying("2026-02-01");
    for line in [
        "",
        "sales --ledger L",
        "overview",
        "overview --ledger L --as-of 2026-02-30",
        "overview --ledger L --as-of yesterday",
        "overview --ledger L --mall amazon",
        "overview --ledger L --group everybody",
        "cohorts --ledger L --measure joy",
        "import --ledger L",
        "customer --ledger L",
        "sample --orders many --out x",
        "overview --ledger L --lang fr",
    ] {
        let ran = otokui(line, &ledger, &[]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "`{line}` is wrong usage: {ran:?}");
        assert!(!ran.err.is_empty(), "`{line}`");
    }
    for line in ["--help", "--version", "import --help"] {
        let ran = otokui(line, &ledger, &[]).succeeded();
        assert!(!ran.out.is_empty() && ran.err.is_empty(), "`{line}` is asked for: {ran:?}");
    }
}

#[test]
fn a_ledger_that_is_missing_or_empty_has_no_numbers() {
    let place = Place::new();
    for noun in ["imports", "orders", "customers", "overview", "undo 1"] {
        otokui(&format!("{noun} --ledger L"), &place.ledger(), &[]).failed_saying("shop.ledger");
        assert!(!place.ledger().exists(), "only an import makes a ledger");
    }
    // An import makes one, even if it takes nothing.
    place.import(&place.file("empty.csv", b"")).failed_saying("empty.csv");
    for noun in ["imports", "orders", "customers"] {
        let answer = otokui(&format!("{noun} --json --ledger L"), &place.ledger(), &[]).succeeded().json();
        assert!(list(&answer, "").is_empty(), "{noun}: {answer}");
    }
    for noun in ["overview", "groups", "cohorts", "ltv", "actions"] {
        let answer = otokui(&format!("{noun} --json --ledger L"), &place.ledger(), &[]).succeeded().json();
        assert!(answer["as_of"].is_null(), "{noun}: {answer}");
        let said = otokui(&format!("{noun} --ledger L"), &place.ledger(), &[]).succeeded();
        assert!(!said.out.trim().is_empty(), "{noun} says that there is nothing");
    }
    let out = place.folder.path().join("report");
    otokui("report --ledger L --out", &place.ledger(), &[&out]).succeeded();
    let file = place.file("in-the-way", b"x");
    otokui("report --ledger L --out", &place.ledger(), &[&file]).failed_saying("in-the-way");
    otokui("sample --orders 10 --out", Path::new(""), &[&file]).failed_saying("in-the-way");
}
