//! What each screen of the window receives: the answer, its figures, its finding in words.
//!
//! The command line prints `answer` alone.

use crate::chart::Figure;
use crate::insight::actions::Trigger;
use crate::insight::people::CustomerRow;
use crate::insight::rfm::GroupKey;
use crate::insight::{Band, Interval};
use crate::shop::{CustomerId, Day, Mall, Moment, OrderStatus, Yen};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An answer with its figures and the sentence that says what it means.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Screen<T> {
    /// The same document as `otokui <noun> --json`.
    pub answer: T,
    /// By name (`months`, `map`, `curves`, `heat`, `timeline`, …); absent when there is too little data.
    pub figures: BTreeMap<String, Figure>,
    /// One or two sentences in the owner's language; empty for an empty ledger.
    pub finding: String,
}

/// What the window knows before any screen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Start {
    /// No orders yet.
    pub empty: bool,
    /// The invented shop is open, not the owner's ledger.
    pub is_sample: bool,
    /// Last order day in the ledger.
    pub last_day: Option<Day>,
    /// First order day in the ledger.
    pub first_day: Option<Day>,
    /// Malls with orders.
    pub malls: Vec<Mall>,
    /// Grows with every change of the ledger; answers of another version are stale.
    pub ledger_version: i64,
}

/// The screen 今週.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Actions {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// Monday of the week after which the cards are named.
    pub week_of: Option<Day>,
    /// Ranked by the middle of their worth; the first three are "this week".
    pub cards: Vec<Card>,
    /// What the last import changed; nothing before the second import.
    pub changes: Option<Changes>,
}

/// One action card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Card {
    /// Stable name: `f2_window`, `replenishment:<item code>`, …
    pub key: String,
    /// The rule that found it.
    pub trigger: Trigger,
    /// The group it is about, if it is about one.
    pub group: Option<GroupKey>,
    /// Among the three of this week.
    pub this_week: bool,
    /// A verb as title: 「そろそろ切れるコーヒー豆を知らせる」.
    pub title: String,
    /// One sentence that says whom and why, with its numbers.
    pub why: String,
    /// Who, ascending.
    pub customer_ids: Vec<CustomerId>,
    /// The figures behind `why`.
    pub evidence: Evidence,
    /// What the mall offers to reach them, one per mall concerned.
    pub channels: Vec<Channel>,
    /// Same as `channels`, first one's name; kept for the command line.
    pub channel: String,
    /// Templates with placeholders.
    pub words: Words,
    /// Cost of reaching them once.
    pub cost: Yen,
    /// Expected additional value, as a range.
    pub worth: Band,
    /// Where the assumed lift comes from, in words.
    pub lift_source: String,
    /// Last day on which it makes sense.
    pub due_on: Day,
    /// Whose job it is (店長 / 販促 / 発送).
    pub whose_job: String,
    /// What would make the card wrong, in words.
    pub caution: String,
    /// The rule of the malls the text keeps to, with the day it was checked, in words.
    pub rule_note: String,
    /// Conditions the mall's own segment tool understands, in words, one per line.
    pub conditions: Vec<String>,
}

/// The numbers behind a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Evidence {
    /// People in the audience.
    pub customer_count: u32,
    /// How many of such people buy anyway within `window_days`, from the shop's own past.
    pub base_rate: Interval,
    /// Days the base rate speaks of.
    pub window_days: u32,
    /// Assumed relative lift, low.
    pub lift_low: f64,
    /// Assumed relative lift, high.
    pub lift_high: f64,
    /// Typical value of one purchase.
    pub typical_value: Yen,
    /// The product it is about, if any.
    pub item_code: Option<String>,
    /// Its name.
    pub item_name: Option<String>,
}

/// A tool of the mall that reaches people.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Channel {
    /// Which mall.
    pub mall: Mall,
    /// The tool's name.
    pub name: String,
    /// What it costs, in words.
    pub tariff: String,
}

/// Texts to copy.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Words {
    /// Subject line.
    pub subject: String,
    /// Mail body.
    pub body: String,
    /// Short text for LINE.
    pub line: String,
    /// Text of an insert in the parcel.
    pub insert: String,
}

/// What changed since before the newest import.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Changes {
    /// The last order day before the newest import.
    pub since: Day,
    /// People whose first purchase came in.
    pub new_customers: u32,
    /// People who bought again.
    pub came_back: u32,
    /// People who moved into 要注意, 離反予備, 離反しそうな優良 or 離反リスク.
    pub became_at_risk: u32,
}

/// A page of the customer list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CustomersPage {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// Customers that match.
    pub total: u32,
    /// Their net sales.
    pub net_sales: Yen,
    /// From 0.
    pub page: u32,
    /// Rows per page.
    pub page_size: u32,
    /// Who is listed, in words (「グループ：最優良」); empty for everybody.
    pub people_label: String,
    /// This page.
    pub rows: Vec<CustomerRow>,
}

/// What the customer list is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct CustomersQuery {
    /// As everywhere.
    pub scope: crate::insight::Scope,
    /// `group:champions`, `cohort:2025-01:3`, … ; everybody when absent.
    pub people: Option<String>,
    /// Part of a name, a customer number or an order number.
    pub search: Option<String>,
    /// Order of the rows; ties by customer id.
    pub sort: CustomerSort,
    /// Largest first.
    pub descending: bool,
    /// From 0.
    pub page: u32,
}

/// Columns the customer list sorts by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CustomerSort {
    /// By id.
    #[default]
    Customer,
    /// By group, best first.
    Group,
    /// By purchase days.
    OrderCount,
    /// By Σ net sales.
    NetSales,
    /// By last purchase day.
    LastPurchase,
    /// By first purchase day.
    FirstPurchase,
}

/// One customer's page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CustomerPage {
    /// Measured at the end of this day.
    pub as_of: Day,
    /// The row of the list.
    pub customer: CustomerRow,
    /// Prefecture of the newest order; empty when the ledger holds none.
    pub prefecture: String,
    /// Newest first.
    pub orders: Vec<OrderAnswer>,
    /// Group at each month end since the first purchase, oldest first.
    pub group_history: Vec<GroupAt>,
    /// Keys of the cards that hold this customer now.
    pub actions: Vec<CardName>,
    /// The owner's notes; none yet in this version.
    pub notes: Vec<String>,
}

/// A card's key and title.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CardName {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
}

/// The group on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GroupAt {
    /// A month end, or `as_of`.
    pub on: Day,
    /// The group then.
    pub group: GroupKey,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OrderAnswer {
    /// Where.
    pub mall: Mall,
    /// The shop at that mall.
    pub store: String,
    /// The mall's order number.
    pub order_number: String,
    /// When.
    pub ordered_at: Moment,
    /// How far it got.
    pub status: OrderStatus,
    /// Counts in sales.
    pub is_sale: bool,
    /// Not yet confirmed by the mall.
    pub provisional: bool,
    /// Who.
    pub customer_id: CustomerId,
    /// Price before the shop coupon × quantity.
    pub goods: Yen,
    /// Goods − shop coupon − discounts − refunds.
    pub net_sales: Yen,
    /// Points the buyer used.
    pub points_used: Yen,
    /// The shop's coupon.
    pub shop_coupon: Yen,
    /// The mall's coupon.
    pub mall_coupon: Yen,
    /// Delivery the buyer paid.
    pub postage_charged: Yen,
    /// What is left after all costs; nothing while a cost is unknown.
    pub contribution_margin: Option<Yen>,
    /// On an event day of its mall; nothing when the time is unclear.
    pub event: Option<bool>,
    /// No event day, no coupon, no raised multiplier; nothing when unclear.
    pub full_value: Option<bool>,
    /// Products.
    pub lines: Vec<LineAnswer>,
}

/// One product of an order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LineAnswer {
    /// The shop's code.
    pub item_code: String,
    /// The variant.
    pub sku: String,
    /// Its name.
    pub item_name: String,
    /// Pieces.
    pub quantity: i64,
    /// Before the shop coupon.
    pub unit_price: Yen,
    /// `unit_price × quantity`.
    pub goods: Yen,
}

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
}

/// One file of an import.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FileAnswer {
    /// Its name without the folder.
    pub file: String,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Only in a preview: it can be recorded.
    Ready,
    /// In the ledger now.
    Recorded,
    /// The same bytes were recorded before.
    AlreadyImported,
    /// Half of a pair; the other half completes it.
    WaitingForPair,
    /// Not taken.
    Refused,
}

/// A row that could not be used.
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
    /// Files it consists of (two for a Yahoo pair).
    pub files: Vec<String>,
    /// SHA-256 of each file's bytes, hexadecimal, in the order of `files`.
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
    /// New orders.
    pub orders_new: u64,
    /// Changed orders.
    pub orders_updated: u64,
    /// Orders as they were.
    pub orders_unchanged: u64,
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
}

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
