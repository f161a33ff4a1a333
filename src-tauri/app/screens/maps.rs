//! What an owner sees and says who tells what the columns of a table mean.

use super::ProblemAnswer;
use crate::shop::{Day, Mall, Moment, OrderStatus, Yen};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the columns of a table mean: the document of `--map`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct MapDocument {
    /// Whose orders they are.
    pub mall: Mall,
    /// Header by what it means: `ordered_at`, `order_number`, `quantity`, …
    pub columns: BTreeMap<String, String>,
    /// How days are written, as strftime does; nothing for the usual forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(as = "Option<String>", optional = nullable))]
    pub date_format: Option<String>,
    /// Words of the status column and what they mean.
    #[serde(default)]
    pub statuses: BTreeMap<String, OrderStatus>,
}

/// The first rows of a table and what its columns probably mean, for the owner to say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MapOffer {
    /// The row taken for the header, from 0; blank rows not counted.
    pub header_row: usize,
    /// The beginnings of the rows that may be the header.
    pub header_rows: Vec<String>,
    /// In the order of the table.
    pub columns: Vec<MapColumn>,
    /// The first rows under the header, long cells cut; a row may be shorter or longer than the header.
    pub rows: Vec<Vec<String>>,
    /// The guess, or what the owner said before.
    pub map: MapDocument,
    /// The owner has said it before.
    pub is_remembered: bool,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MapColumn {
    /// As the table writes it.
    pub header: String,
    /// Whether it can be chosen: it has a name that no column before it has.
    pub is_named: bool,
    /// How its values read as days, the likeliest first; empty when they do not.
    pub dates: Vec<DateChoice>,
    /// Its different values, when they may be statuses, with what they usually mean.
    pub words: Vec<StatusWord>,
}

/// A way to read the days of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DateChoice {
    /// As strftime writes it; nothing for the usual forms.
    pub form: Option<String>,
    /// A value of the column.
    pub found: String,
    /// The day it then means.
    pub reads_as: Day,
}

/// A word that may be a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StatusWord {
    /// As the table writes it.
    pub word: String,
    /// What it usually means; nothing when the owner has to say.
    pub status: Option<OrderStatus>,
}

/// What the first rows of a table are, read as a description says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MapPreview {
    /// What has to be said before anything can be read; empty when it was read.
    pub missing: String,
    /// The first orders.
    pub orders: Vec<MapOrder>,
    /// All orders of the rows that were looked at.
    pub order_count: u64,
    /// Rows that were looked at; `rows = used + skipped + problem_rows`.
    pub rows: u64,
    /// Whether these are all rows of the table.
    pub is_whole: bool,
    /// Rows that are part of an order.
    pub used: u64,
    /// Rows left out.
    pub skipped: u64,
    /// Rows that could not be used.
    pub problem_rows: u64,
    /// The first of them.
    pub problems: Vec<ProblemAnswer>,
}

/// One order of a table that is being described.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MapOrder {
    /// As the table writes it; empty when it has no numbers.
    pub number: String,
    /// When it was placed.
    pub ordered_at: Moment,
    /// Whether the time of day is stated.
    pub time_known: bool,
    /// Name, or else mail, phone or number of the customer; empty when none is stated.
    pub customer: String,
    /// Names of its items, or their codes.
    pub items: Vec<String>,
    /// Pieces of all of them.
    pub pieces: i64,
    /// What its goods cost.
    pub total: Yen,
    /// How far it got.
    pub status: OrderStatus,
}

/// A description the owner gave of tables with one header row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RememberedMap {
    /// Names it.
    pub fingerprint: String,
    /// The file it was made for.
    pub file: String,
    /// Its columns and what they mean; the table is not kept, so it has no rows.
    pub offer: MapOffer,
    /// When it was last changed.
    pub remembered_at: Moment,
}
