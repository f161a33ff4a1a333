//! Whole exports, written and looked at.
#![allow(dead_code)]

use otokui_lib::app::screens::ExportFormat;
use otokui_lib::app::{Session, Watch, export};
use std::path::{Path, PathBuf};

/// Writes everything into the folder.
pub fn written(session: &mut Session, folder: &Path, format: ExportFormat, with_names: bool) -> Vec<PathBuf> {
    export::write(session, folder, format, with_names, &Watch::silent()).expect("an export").1
}

/// The file from which the ledger can be made again.
pub fn orders_file(paths: &[PathBuf]) -> PathBuf {
    let is = |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("otokui-orders"));
    paths.iter().find(is).expect("the file of orders").clone()
}

/// The file without the column of customer keys.
pub fn without_keys(file: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(file).expect("a file");
    let at = reader.headers().expect("heads").iter().position(|head| head == "顧客キー").expect("the column");
    let cells = |row: csv::StringRecord| {
        row.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, cell)| cell.to_owned()).collect()
    };
    reader.records().map(|row| cells(row.expect("a row"))).collect()
}
