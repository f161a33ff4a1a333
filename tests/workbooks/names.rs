//! Names of an archive's files, as zippers write them.

use super::{archive, shops};
use otokui_lib::app::screens::FileState;
use otokui_lib::app::{Watch, imports};
use std::path::Path;

/// An archive whose names are these bytes, without the mark of UTF-8.
fn archive_of_bytes(path: &Path, members: &[(&[u8], &[u8])]) {
    // Names of ASCII, as long, are put in their place: one in front of the file, one in the list at the end.
    let stand_ins: Vec<String> =
        members.iter().enumerate().map(|(at, (name, _))| format!("{at:Z>width$}", width = name.len())).collect();
    let written: Vec<(&str, &[u8])> = stand_ins.iter().zip(members).map(|(name, (_, of))| (&**name, *of)).collect();
    archive(path, &written);
    let mut bytes = std::fs::read(path).expect("written");
    for (stand_in, (name, _)) in stand_ins.iter().zip(members) {
        let found = |bytes: &[u8]| bytes.windows(name.len()).position(|at| at == stand_in.as_bytes());
        let mut times = 0;
        while let Some(at) = found(&bytes) {
            bytes[at..at + name.len()].copy_from_slice(name);
            times += 1;
        }
        assert_eq!(times, 2, "{stand_in}");
    }
    std::fs::write(path, bytes).expect("written");
}

const ROWS: &str = "注文番号,ステータス,個数,単価\n";

fn rows(number: u32) -> Vec<u8> {
    format!("{ROWS}500001-20260301-{number:010},700,1,100\n").into_bytes()
}

/// What is said of each file of an archive with these names.
fn said(names: &[&[u8]]) -> Vec<(String, FileState)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.zip");
    let files: Vec<Vec<u8>> = (1..).take(names.len()).map(rows).collect();
    let members: Vec<(&[u8], &[u8])> = names.iter().zip(&files).map(|(name, of)| (*name, &**of)).collect();
    archive_of_bytes(&path, &members);
    let answers = imports::record(&mut shops::empty(), &[path], &Watch::silent()).expect("an import");
    answers.into_iter().map(|answer| (answer.file, answer.state)).collect()
}

fn recorded(names: &[&str]) -> Vec<(String, FileState)> {
    names.iter().map(|name| (format!("a.zip ({name})"), FileState::Recorded)).collect()
}

#[test]
fn a_name_of_japanese_windows_is_whole() {
    let cp932 = |name: &str| encoding_rs::SHIFT_JIS.encode(name).0.into_owned();
    // 表 is 95 5C, ソ 83 5C, 十 8F 5C, 予 97 5C: the second byte is that of a backslash.
    assert_eq!(cp932("表"), [0x95, 0x5C]);
    let names = ["受注一覧表.csv", "ソース.csv", "十月の予定.csv", "3月受注.csv"];
    let bytes = names.map(cp932);
    assert_eq!(said(&[&bytes[0], &bytes[1], &bytes[2], &bytes[3]]), recorded(&names));
    // Windows puts a backslash of its own between folder and file; a name may end in such a byte as well.
    let folded = [cp932("予定表\\3月表.csv"), cp932("受注表")];
    assert_eq!(said(&[&folded[0], &folded[1]]), recorded(&["3月表.csv", "受注表"]));
}

#[test]
fn a_name_of_utf_8_needs_no_mark() {
    // As macOS writes names; and bytes that are neither: a lead byte without its second.
    assert_eq!(said(&["受注表.csv".as_bytes(), b"a\x81.csv"]), recorded(&["受注表.csv", "a\u{fffd}.csv"]));
}

#[test]
fn a_table_with_a_hidden_name_does_not_vanish() {
    // What systems keep beside files is left out; a table of the owner's is not.
    let names: [&[u8]; 5] = [b".orders.csv", b".DS_Store", b"__MACOSX/._a.csv", b"._a.csv", b"a.csv"];
    assert_eq!(said(&names), recorded(&[".orders.csv", "a.csv"]));
}
