//! What a whole export writes, and what it leaves behind when it cannot.

#[path = "support/exports.rs"]
mod exports;
#[path = "support/shops.rs"]
mod shops;

use exports::{orders_file, written};
use otokui_lib::app::screens::{ExportFormat, NewContactEntry};
use otokui_lib::app::{Error, Language, Session, Watch, contacts, customers, export, imports, notes};
use otokui_lib::insight::Scope;
use otokui_lib::shop::{ContactKind, Mall};
use shops::{empty, import, one_file};
use std::path::{Path, PathBuf};

#[test]
fn the_same_ledger_is_written_with_the_same_bytes() {
    let mut session = empty();
    import(&mut session, &one_file());
    let folders = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
    let bytes = folders.each_ref().map(|folder| {
        std::fs::read(orders_file(&written(&mut session, folder.path(), ExportFormat::Csv, true))).expect("a file")
    });
    assert!(bytes[0] == bytes[1]);
    let exports = imports::imports(&session).expect("imports").exports;
    assert_eq!(exports.len(), 2, "the list of exports keeps both");
    assert!(exports[0].with_names && exports[0].format == "csv" && exports[0].orders == 201, "{:?}", exports[0]);
}

/// Whether any byte of the file says this name; a workbook and Parquet hold their text in pieces of their own.
fn says(folder: &Path, word: &str) -> bool {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("a file");
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                return true;
            }
        }
    }
    false
}

#[test]
fn without_names_nobody_is_named_and_with_names_every_file_says_so() {
    let mut session = empty();
    import(&mut session, &one_file());
    let names: Vec<String> = customers::all(&session, &Scope::default(), None)
        .expect("customers")
        .into_iter()
        .flat_map(|row| row.display_name.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| name.chars().count() > 1)
        .collect();
    let formats: &[ExportFormat] =
        if cfg!(feature = "parquet") { &[ExportFormat::Csv, ExportFormat::Parquet] } else { &[ExportFormat::Csv] };
    for format in formats {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = written(&mut session, folder.path(), *format, true);
        assert!(says(folder.path(), &names[0]));
        let said = |path: &PathBuf| path.to_string_lossy().contains("個人情報を含みます");
        assert_eq!(paths.iter().filter(|path| said(path)).count(), 3, "orders, customers, rows not read: {paths:?}");
        let folder = tempfile::tempdir().expect("a folder");
        written(&mut session, folder.path(), *format, false);
        for name in &names {
            assert!(!says(folder.path(), name), "{name} in {format:?}");
        }
    }
}

#[test]
fn the_workbook_has_its_sheets_and_the_other_formats_their_files() {
    let mut session = empty();
    import(&mut session, &one_file());
    let folder = tempfile::tempdir().expect("a folder");
    let paths = written(&mut session, folder.path(), ExportFormat::Xlsx, true);
    assert_eq!(paths.len(), 1);
    assert!(std::fs::read(&paths[0]).expect("a file").starts_with(b"PK"));
    let paths = written(&mut session, folder.path(), ExportFormat::Csv, false);
    let mut files: Vec<String> = paths
        .iter()
        .map(|path| path.strip_prefix(folder.path()).expect("inside").to_string_lossy().replace('\\', "/"))
        .collect();
    files.sort();
    assert_eq!(
        files,
        ["lists/about.csv", "lists/customers.csv", "lists/imports.csv", "lists/problems.csv", "otokui-orders.csv"]
    );
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_every_row_with_its_types() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let mut session = empty();
    import(&mut session, &one_file());
    let folder = tempfile::tempdir().expect("a folder");
    let csv = orders_file(&written(&mut session, folder.path(), ExportFormat::Csv, true));
    let rows = exports::without_keys(&csv).len();
    let file = orders_file(&written(&mut session, folder.path(), ExportFormat::Parquet, true));
    let reader = SerializedFileReader::new(std::fs::File::open(file).expect("a file")).expect("Parquet");
    assert_eq!(reader.metadata().file_metadata().num_rows(), rows as i64);
    let row = reader.get_row_iter(None).expect("rows").next().expect("a row").expect("a row");
    let field = |name: &str| row.get_column_iter().find(|(column, _)| *column == name).expect("a column").1.clone();
    assert!(matches!(field("order_number"), Field::Str(_)), "{row}");
    assert!(matches!(field("ordered_at"), Field::TimestampMillis(_)), "{row}");
    assert!(matches!(field("shop_coupon"), Field::Long(_)), "{row}");
}

#[test]
fn stopping_an_export_leaves_nothing_behind() {
    let mut session = empty();
    import(&mut session, &one_file());
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        let watch = Watch::silent();
        watch.cancel();
        let answer = export::write(&mut session, &out, format, true, &watch);
        assert!(matches!(answer, Err(Error::Cancelled)), "{answer:?}");
        assert!(!out.exists(), "not even the folder");
    }
    assert!(imports::imports(&session).expect("imports").exports.is_empty());
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let mut session = empty();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a-file");
    std::fs::write(&file, "no folder").expect("a folder to write to");
    let error = export::write(&mut session, &file.join("inside"), ExportFormat::Csv, true, &Watch::silent())
        .expect_err("a file is no folder");
    let answer = error.answer(&session.catalogue);
    assert!(answer.message.contains("a-file"), "{}", answer.message);
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "no folder");
}

#[test]
fn the_schema_in_the_documentation_is_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.md");
    let session = Session::in_memory(Language::English).expect("memory");
    let schema = export::schema_as_markdown(&session);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let (intro, recorded) = text.split_once("<!-- columns -->\n").expect("the mark stands in docs/export.md");
    if std::env::var_os("OTOKUI_BLESS").is_some() {
        std::fs::write(&path, format!("{intro}<!-- columns -->\n{schema}")).expect("a folder to write to");
    } else {
        assert_eq!(recorded, schema, "look at it, then rewrite it with OTOKUI_BLESS=1");
    }
}

#[test]
fn notes_are_written_with_names_only() {
    let mut session = empty();
    import(&mut session, &one_file());
    let customer = customers::all(&session, &Scope::default(), None).expect("customers")[0].customer_id;
    notes::add(&mut session, customer, "prefers the morning").expect("a note");
    let who = NewContactEntry {
        mall: Mall::Own,
        kind: ContactKind::Asked,
        on: None,
        name: "ribbon lady".into(),
        note: String::new(),
    };
    contacts::add(&mut session, &who).expect("a contact");
    let folder = tempfile::tempdir().expect("a folder");
    written(&mut session, &folder.path().join("with"), ExportFormat::Csv, true);
    let paths = written(&mut session, &folder.path().join("without"), ExportFormat::Csv, false);
    assert!(says(&folder.path().join("with"), "prefers the morning"));
    assert!(!says(&folder.path().join("without"), "prefers the morning"));
    assert!(!paths.iter().any(|path| path.to_string_lossy().contains("notes")), "no empty list either");
    assert!(says(&folder.path().join("with/lists"), "ribbon lady"));
    assert!(!says(&folder.path().join("without"), "ribbon lady"));
    let list = paths
        .iter()
        .find(|path| path.ends_with("lists/contacts.csv"))
        .expect("that somebody asked is written all the same");
    let rows = std::fs::read_to_string(list).expect("a file");
    assert_eq!(rows.lines().count(), 2, "the head and a row: {rows}");
}

#[test]
fn a_text_too_long_for_a_cell_says_that_it_is_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "注文番号,ステータス,注文日時,注文者姓,注文者名,商品管理番号,商品名,単価,個数";
    let row = |day: u8, length: usize| {
        let name = "茶".repeat(length);
        format!("500001-2026030{day}-0000000001,700,2026-03-0{day} 10:00:00,見本,春,cup-{day},{name},1000,1\r\n")
    };
    let path = folder.path().join("export.csv");
    // A cell holds 32,767 characters: the first just fits, of the second 32,766 stay and the mark.
    std::fs::write(&path, format!("{head}\r\n{}{}", row(1, 32_767), row(2, 32_768))).expect("a folder to write to");
    let mut session = empty();
    import(&mut session, &[path]);
    let book = written(&mut session, folder.path(), ExportFormat::Xlsx, true).remove(0);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(book).expect("a file")).expect("a workbook");
    let mut text = String::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part of it");
        std::io::Read::read_to_string(&mut part, &mut text).expect("UTF-8");
    }
    let has = |length: usize, end: &str| text.contains(&format!(">{}{end}<", "茶".repeat(length)));
    assert!(has(32_767, "") && has(32_766, "…"));
}
