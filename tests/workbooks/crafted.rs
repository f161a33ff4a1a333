//! Workbooks written part by part: days counted from 1904, and files made to do harm.

use super::{HEADER, read};
use otokui_lib::intake::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook of one sheet, part by part.
fn crafted(folder: &Path, strings: &str, sheet: &str, workbook_attributes: &str) -> PathBuf {
    let path = folder.join("crafted.xlsx");
    let mut zip = ZipWriter::new(std::fs::File::create(&path).expect("a file"));
    let parts = [
        ("[Content_Types].xml", r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned()),
        ("_rels/.rels", r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
        ("xl/workbook.xml", format!(r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{workbook_attributes}<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#)),
        ("xl/_rels/workbook.xml.rels", r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned()),
        ("xl/styles.xml", r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>"#.to_owned()),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("finished");
    path
}

fn sheet(rows: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn text_row(row: u32, cells: &[&str]) -> String {
    let cells = cells.iter().map(|cell| format!(r#"<c t="inlineStr"><is><t>{cell}</t></is></c>"#));
    format!(r#"<row r="{row}">{}</row>"#, cells.collect::<String>())
}

const NUMBER: &str = "500001-20260301-0000000001";

#[test]
fn days_count_from_1900_or_1904() {
    let folder = tempfile::tempdir().expect("a folder");
    // 2026-03-01 10:00:00 in either count, as a day and as a bare number.
    for (attributes, days) in [("", 46_082.416_666_666_664), (r#"<workbookPr date1904="1"/>"#, 44_620.416_666_666_664)]
    {
        for style in [0, 1] {
            let row = format!(
                r#"<row r="2"><c t="inlineStr"><is><t>{NUMBER}</t></is></c><c><v>700</v></c><c><v>2</v></c><c><v>1000</v></c><c s="{style}"><v>{days}</v></c></row>"#
            );
            let path = crafted(folder.path(), "<sst/>", &sheet(&(text_row(1, &HEADER) + &row)), attributes);
            let (orders, _) = read(&path).expect("an export");
            assert_eq!(orders[0].ordered_at.to_string(), "2026-03-01T10:00:00", "{attributes} {style}");
        }
    }
}

#[test]
fn a_workbook_that_lies_is_refused_before_it_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = sheet(&(text_row(1, &HEADER) + &text_row(2, &[NUMBER, "700", "1", "100"])));
    let damaged = |path: &Path| {
        let error = read(path).expect_err("made to do harm");
        assert!(matches!(error, Error::DamagedContainer { .. }), "{error}");
    };
    // Four billion strings in a few bytes.
    for count in ["4294967295", "99999999999999999999999"] {
        damaged(&crafted(
            folder.path(),
            &format!(r#"<sst count="1" uniqueCount="{count}"><si><t>a</t></si></sst>"#),
            &whole,
            "",
        ));
    }
    // A part that expands as no real one does.
    damaged(&crafted(folder.path(), &format!("<sst><!--{}--></sst>", " ".repeat(20 << 20)), &whole, ""));
    // An entity of one's own.
    let bomb = r#"<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">]><sst><si><t>&a;</t></si></sst>"#;
    damaged(&crafted(folder.path(), bomb, &whole, ""));
    // Text right of the widest table, in a row of orders.
    let wide = r#"<row r="2"><c r="XFD2" t="inlineStr"><is><t>a</t></is></c></row>"#;
    damaged(&crafted(folder.path(), "<sst/>", &sheet(&(text_row(1, &HEADER) + wide)), ""));
    // A cell longer than a spreadsheet allows.
    let long = text_row(2, &[&format!("{NUMBER}{}", "1234567".repeat(20_000))]);
    damaged(&crafted(folder.path(), "<sst/>", &sheet(&(text_row(1, &HEADER) + &long)), ""));
    // Rows that run backwards.
    let backwards = text_row(5, &[NUMBER, "700", "1", "100"]) + &text_row(3, &[NUMBER, "700", "1", "100"]);
    damaged(&crafted(folder.path(), "<sst/>", &sheet(&(text_row(1, &HEADER) + &backwards)), ""));
    // A string that is not there.
    let missing = r#"<row r="2"><c t="s"><v>77</v></c></row>"#;
    let path = crafted(folder.path(), "<sst/>", &sheet(&(text_row(1, &HEADER) + missing)), "");
    assert!(read(&path).is_err() || read(&path).is_ok_and(|(orders, _)| orders.is_empty()));
}

#[test]
fn one_space_in_the_last_cell_costs_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = text_row(1, &HEADER)
        + &text_row(2, &[NUMBER, "700", "1", "100"])
        + r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>"#;
    let (orders, tally) = read(&crafted(folder.path(), "<sst/>", &sheet(&rows), "")).expect("an export");
    assert_eq!((orders.len(), tally.files[0].rows), (1, 1), "a space is no row");
}

#[test]
fn a_workbook_that_lacks_the_part_of_a_sheet_is_damaged_not_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = text_row(1, &HEADER) + &text_row(2, &[NUMBER, "700", "1", "100"]);
    let whole = crafted(folder.path(), "<sst/>", &sheet(&rows), "");
    let mut parts = zip::ZipArchive::new(std::fs::File::open(&whole).expect("a file")).expect("an archive");
    let path = folder.path().join("torn.xlsx");
    let mut torn = ZipWriter::new(std::fs::File::create(&path).expect("a file"));
    for index in 0..parts.len() {
        let part = parts.by_index_raw(index).expect("a part");
        if part.name().expect("a name") != "xl/worksheets/sheet1.xml" {
            torn.raw_copy_file(part).expect("written");
        }
    }
    torn.finish().expect("finished");
    let error = read(&path).expect_err("its only sheet is gone");
    assert!(matches!(error, Error::DamagedContainer { .. }), "{error}");
}
