//! A workbook of 100,000 rows and 158 columns, beside a bare scan of its cells by the library that opens it.
//!
//! `cargo bench --bench workbook` runs each in a process of its own, three times in turn, and prints the least processor
//! time (user and system), product ÷ scan, and peak memory. It reads `/proc`, so it says something on Linux only.
#![allow(clippy::print_stdout)]

use calamine::{Reader, Xlsx, open_workbook};
use otokui_lib::app::{Language, Session, Watch, imports};
use otokui_lib::intake::{self, Parts};
use rustc_hash::FxHashMap;
use std::convert::Infallible;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ROWS: usize = 100_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, what, path] = &arguments[..]
        && !what.starts_with('-')
    {
        run(what, Path::new(path));
        println!("{} {}", ticks(), peak_mib());
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export.xlsx");
    write(&path);
    println!("{ROWS} rows, {} MB", path.metadata().expect("there").len() / 1_000_000);
    let mut best: FxHashMap<&str, (u64, u64)> = FxHashMap::default();
    for _ in 0..3 {
        for what in WHATS {
            let own =
                Command::new(&arguments[0]).args([what, &path.display().to_string()]).output().expect("a process");
            let said = String::from_utf8_lossy(&own.stdout);
            let mut said = said.split_whitespace().map(|number| number.parse::<u64>().unwrap_or(0));
            let used = (said.next().unwrap_or(0), said.next().unwrap_or(0));
            best.entry(what).and_modify(|best| *best = (*best).min(used)).or_insert(used);
        }
    }
    for what in WHATS {
        let (ticks, mib) = best[what];
        let ratio = ticks as f64 / best["scan"].0.max(1) as f64;
        println!("{what:8} {:6.2} s  ÷ scan {ratio:4.2}  peak {mib} MiB", ticks as f64 / 100.0);
    }
}

const WHATS: [&str; 4] = ["scan", "unfold", "read", "record"];

fn run(what: &str, path: &Path) {
    let go_on = || ControlFlow::Continue(());
    match what {
        "scan" => {
            let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
            let name = book.sheet_names()[0].clone();
            let mut cells = book.worksheet_cells_reader(&name).expect("a sheet");
            while let Some(cell) = cells.next_cell().expect("a cell") {
                black_box(cell);
            }
        }
        "unfold" => {
            let folder = tempfile::tempdir().expect("a folder");
            black_box(intake::tables(path, folder.path(), &mut { go_on }));
        }
        "read" => {
            let parts = Parts::Complete(path.to_owned());
            let take = &mut |order| -> Result<(), Infallible> {
                black_box(order);
                Ok(())
            };
            intake::read(&parts, take, &mut |_, _| go_on()).expect("an export");
        }
        _ => {
            let folder = tempfile::tempdir().expect("a folder");
            let mut session = Session::open(&folder.path().join("a.otokui"), Language::Japanese).expect("a ledger");
            imports::record(&mut session, &[PathBuf::from(path)], &Watch::silent()).expect("an import");
        }
    }
}

/// The shop of the fixtures, over and over, with order numbers and lines of their own.
fn write(path: &Path) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shops/one-file/rakuten_orders.csv");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(fixture).expect("the fixture is there");
    let text = |cell: &[u8]| encoding_rs::SHIFT_JIS.decode_without_bom_handling(cell).0.into_owned();
    let table: Vec<Vec<String>> =
        reader.byte_records().map(|record| record.expect("a table").iter().map(text).collect()).collect();
    let mut zip = ZipWriter::new(BufWriter::new(std::fs::File::create(path).expect("a file")));
    let part = |zip: &mut ZipWriter<_>, name: &str| {
        zip.start_file(name, SimpleFileOptions::default().compression_level(Some(1)).large_file(true)).expect("a part");
    };
    let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let rels = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{relationships}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    for (name, text) in [
        ("[Content_Types].xml", format!(r#"<Types xmlns="{package}/content-types"/>"#)),
        ("_rels/.rels", rels("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns:r="{relationships}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
    ] {
        part(&mut zip, name);
        zip.write_all(text.as_bytes()).expect("written");
    }
    let mut strings: FxHashMap<String, usize> = FxHashMap::default();
    part(&mut zip, "xl/worksheets/sheet1.xml");
    zip.write_all(b"<worksheet><sheetData>").expect("written");
    for row in 0..=ROWS {
        let cells = if row == 0 { &table[0] } else { &table[1 + (row - 1) % (table.len() - 1)] };
        let round = (row.max(1) - 1) / (table.len() - 1);
        write!(zip, r#"<row r="{}">"#, row + 1).expect("written");
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let own = match column {
                _ if row == 0 => cell.clone(),
                0 => format!("{}{round:03}", cell),
                47 => format!("{round}{cell}"),
                _ => cell.clone(),
            };
            let at = name_of(column);
            let is_number = row > 0 && own.len() < 12 && own.parse::<u64>().is_ok() && !own.starts_with('0');
            if is_number {
                write!(zip, r#"<c r="{at}{}"><v>{own}</v></c>"#, row + 1).expect("written");
            } else {
                let next = strings.len();
                let string = *strings.entry(own).or_insert(next);
                write!(zip, r#"<c r="{at}{}" t="s"><v>{string}</v></c>"#, row + 1).expect("written");
            }
        }
        zip.write_all(b"</row>").expect("written");
    }
    zip.write_all(b"</sheetData></worksheet>").expect("written");
    let mut strings: Vec<(String, usize)> = strings.into_iter().collect();
    strings.sort_by_key(|(_, place)| *place);
    part(&mut zip, "xl/sharedStrings.xml");
    write!(zip, r#"<sst uniqueCount="{}">"#, strings.len()).expect("written");
    for (text, _) in strings {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        write!(zip, r#"<si><t xml:space="preserve">{text}</t></si>"#).expect("written");
    }
    zip.write_all(b"</sst>").expect("written");
    zip.finish().expect("finished").flush().expect("written");
}

fn name_of(column: usize) -> String {
    let letter = |n: usize| char::from(b'A' + n as u8);
    if column < 26 { letter(column).into() } else { [letter(column / 26 - 1), letter(column % 26)].iter().collect() }
}

/// The most memory this process has had, in MiB; 0 where the system does not say.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Processor time of this process, user and system, in hundredths of a second.
fn ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}
