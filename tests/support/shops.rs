//! Ledgers of small shops, made the way an owner makes them: by importing files.
#![allow(dead_code)]

use otokui_lib::app::screens::{FileAnswer, FileState};
use otokui_lib::app::{Language, Session, Watch, imports};
use std::path::{Path, PathBuf};

/// The project's fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// An empty ledger in memory.
pub fn empty() -> Session {
    Session::in_memory(Language::Japanese).expect("memory")
}

/// Imports files that must all be taken.
pub fn import(session: &mut Session, files: &[PathBuf]) -> Vec<FileAnswer> {
    let answers = imports::record(session, files, &Watch::silent()).expect("an import");
    for answer in &answers {
        assert_ne!(answer.state, FileState::Refused, "{}: {}", answer.file, answer.message);
    }
    answers
}

/// `tests/fixtures/shops/one-file`.
pub fn one_file() -> Vec<PathBuf> {
    let folder = fixtures().join("shops/one-file");
    ["rakuten_orders.csv", "yahoo_order.csv", "yahoo_item.csv"].map(|name| folder.join(name)).to_vec()
}

/// Every file of `tests/fixtures/shops/monthly`, by name.
pub fn monthly() -> Vec<PathBuf> {
    let folder = fixtures().join("shops/monthly");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the fixture is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "truth_orders.csv"))
        .collect();
    files.sort();
    files
}

/// The sample shop, its mall files only.
pub fn sample(orders: u32, folder: &Path) -> Vec<PathBuf> {
    otokui_lib::sample::write(orders, 1, folder).expect("a folder to write to");
    ["rakuten_orders.csv", "yahoo_order.csv", "yahoo_item.csv"].map(|name| folder.join(name)).to_vec()
}
