//! What the screen 取り込み receives.

use super::exports::ExportEntry;
use super::maps::{MapOffer, RememberedMap};
use super::privacy::Privacy;
use crate::intake::side::Kind;
use crate::shop::{Day, Mall, Moment};
use serde::Serialize;

/// What a drop or choice of files would do. Nothing is written yet.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Preview {
    /// Names this drop when it is recorded.
    pub token: u64,
    /// In the order of the drop.
    pub files: Vec<FileAnswer>,
    /// Whether recording would change anything.
    pub can_record: bool,
    /// Some file states bare order numbers, and the owner has not yet said which store they are of.
    pub needs_store: bool,
}

/// One file of an import.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FileAnswer {
    /// Its name without the folder.
    pub file: String,
    /// What its rows are; nothing for orders and for a file that is not known.
    pub kind: Option<Kind>,
    /// `rakuten-order-current`, `yahoo-order`, `yahoo-item`, …; nothing when it is no export we know.
    pub profile: Option<String>,
    /// What it is, in words.
    pub profile_label: String,
    /// Which mall.
    pub mall: Option<Mall>,
    /// First order day in it.
    pub from: Option<Day>,
    /// Last order day in it.
    pub to: Option<Day>,
    /// Data rows; `rows = used + skipped + problem_rows`.
    pub rows: u64,
    /// Rows that are part of an order.
    pub used: u64,
    /// Rows the layout says to leave out (blank rows).
    pub skipped: u64,
    /// Rows that could not be used.
    pub problem_rows: u64,
    /// Orders the ledger does not have.
    pub orders_new: u64,
    /// Orders that differ from the ledger.
    pub orders_updated: u64,
    /// Orders as the ledger has them.
    pub orders_unchanged: u64,
    /// Rows taken from a file without orders; 0 for orders.
    pub entries: u64,
    /// The columns of a cost list, for choosing others; nothing for every other file.
    pub columns: Option<ColumnChoice>,
    /// The first rows of a table no mall writes, for saying what its columns mean; nothing for every other file.
    pub map: Option<MapOffer>,
    /// What happened, or would happen.
    pub state: FileState,
    /// The sentence for the owner: what it is, period, counts, or why it was refused and what to do.
    pub message: String,
    /// The first 200; `problem_rows` counts all.
    pub problems: Vec<ProblemAnswer>,
    /// The batch it became; nothing before it is recorded.
    pub batch_id: Option<i64>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Only in a preview: it can be recorded.
    Ready,
    /// In the ledger now.
    Recorded,
    /// The same bytes were recorded before, or stand earlier among the files given.
    AlreadyImported,
    /// Half of a pair; the other half completes it.
    WaitingForPair,
    /// A cost list whose columns the owner has to point at first.
    NeedsColumns,
    /// Known, and nothing this version uses; nothing is recorded of it.
    Unused,
    /// Like orders, but of no mall: the owner has to say first what its columns mean.
    NeedsMap,
    /// Not taken.
    #[default]
    Refused,
}

/// What the owner sees when asked which columns of a list hold item codes and costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ColumnChoice {
    /// The list's headers in its order; blank ones too.
    pub headers: Vec<String>,
    /// The first five rows under them; a row may be shorter or longer than the header.
    pub rows: Vec<Vec<String>>,
    /// Header of the column with item codes, as read or as guessed; empty when there is no idea.
    pub code: String,
    /// Header of the column with costs, likewise.
    pub cost: String,
}

/// A row that could not be used, or was used and had better be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ProblemAnswer {
    /// Row in the file as a spreadsheet counts it: the header is row 1.
    pub row: u64,
    /// Header of the column; empty when it is about the whole row.
    pub column: String,
    /// `bad_date`, `bad_number`, `missing_order_number`, …
    pub kind: String,
    /// What stood there.
    pub found: String,
    /// Place and remedy in words.
    pub message: String,
    /// The row was used all the same, and had better be looked at.
    pub is_used: bool,
}

/// Progress of a running import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Progress {
    /// Bytes read so far, over all files.
    pub done: u64,
    /// Bytes in all.
    pub total: u64,
    /// Rows read so far.
    pub rows: u64,
    /// Estimated seconds left; nothing in the first moments.
    pub seconds_left: Option<u32>,
}

/// One import of the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ImportAnswer {
    /// Its number.
    pub batch_id: i64,
    /// What its rows are; nothing for orders.
    pub kind: Option<Kind>,
    /// Files it consists of (two for a Yahoo pair).
    pub files: Vec<String>,
    /// SHA-256 of each file's bytes (of a sheet its workbook's), hexadecimal, in the order of `files`.
    pub sha256: Vec<String>,
    /// Layout.
    pub profile: String,
    /// Layout in words.
    pub profile_label: String,
    /// Which mall.
    pub mall: Mall,
    /// First order day.
    pub from: Option<Day>,
    /// Last order day.
    pub to: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// Data rows.
    pub rows: u64,
    /// Used rows.
    pub used: u64,
    /// Left-out rows.
    pub skipped: u64,
    /// Rows with problems.
    pub problem_rows: u64,
    /// Rows that the list of problems names: of each file at most 1,000 with problems, and 1,000 that were used all the same.
    pub named_rows: u64,
    /// New orders.
    pub orders_new: u64,
    /// Changed orders.
    pub orders_updated: u64,
    /// Orders as they were.
    pub orders_unchanged: u64,
    /// Rows recorded from a file without orders; 0 for orders.
    pub entries: u64,
}

/// The screen 取り込み.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Imports {
    /// Newest first.
    pub imports: Vec<ImportAnswer>,
    /// Halves that wait for their pair.
    pub waiting: Vec<WaitingHalf>,
    /// Whole exports that were written, newest first.
    pub exports: Vec<ExportEntry>,
    /// What the owner has said of tables no mall writes, newest first.
    pub maps: Vec<RememberedMap>,
    /// The Yahoo store that files with bare order numbers are of; empty as long as the owner has not said.
    pub store: String,
    /// Whether names are kept.
    pub privacy: Privacy,
}

/// The rows of an import that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Problems {
    /// The import.
    pub batch_id: i64,
    /// All of them; at most the first 1,000 of each file are listed.
    pub problem_rows: u64,
    /// By file and row.
    pub problems: Vec<FileProblem>,
}

/// A row that could not be used, and its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FileProblem {
    /// Without its folder.
    pub file: String,
    /// Where, what and why.
    #[serde(flatten)]
    #[cfg_attr(test, ts(flatten))]
    pub problem: ProblemAnswer,
}

/// Half of a pair, kept until the other half comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct WaitingHalf {
    /// Its number.
    pub waiting_id: i64,
    /// File name.
    pub file: String,
    /// Layout in words.
    pub profile_label: String,
}
