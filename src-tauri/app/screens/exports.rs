//! What the whole export answers.

use crate::shop::Moment;
use serde::{Deserialize, Serialize};

/// How a whole ledger is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// One workbook.
    Xlsx,
    /// A file for each table, UTF-8.
    Csv,
    /// A file for each table, typed columns.
    Parquet,
}

impl ExportFormat {
    /// The word on the wire, on the command line and in the ledger.
    pub fn word(self) -> &'static str {
        match self {
            ExportFormat::Xlsx => "xlsx",
            ExportFormat::Csv => "csv",
            ExportFormat::Parquet => "parquet",
        }
    }
}

impl std::str::FromStr for ExportFormat {
    type Err = ();
    fn from_str(text: &str) -> Result<ExportFormat, ()> {
        let all = [ExportFormat::Xlsx, ExportFormat::Csv, ExportFormat::Parquet];
        all.into_iter().find(|format| format.word() == text).ok_or(())
    }
}

/// What a whole export wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ExportAnswer {
    /// As the list of exports keeps it.
    pub export: ExportEntry,
    /// Names of the files, without folders.
    pub files: Vec<String>,
}

/// One whole export that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ExportEntry {
    /// Its number.
    pub export_id: i64,
    /// When.
    pub written_at: Moment,
    /// `xlsx`, `csv`, `parquet`.
    pub format: String,
    /// Names, addresses, phones and mails are in it.
    pub with_names: bool,
    /// Name of the folder, not where it is.
    pub folder: String,
    /// Orders in it.
    pub orders: u64,
}
