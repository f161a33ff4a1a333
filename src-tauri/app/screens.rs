//! What each screen of the window receives: the answer, its figures, its finding in words.
//!
//! The command line prints `answer` alone.

mod basis;
mod contacts;
mod customer;
mod exports;
mod filter;
mod groups;
mod identity;
mod imports;
mod maps;
mod orders;
mod points;
mod privacy;
mod settings;
mod start;
mod taken;

pub use basis::{Basis, Counted};
pub use contacts::{Contact, ContactClass, Contacts, NewContactEntry};
pub use customer::{CustomerMore, CustomerReview, Note};
pub use exports::{ExportAnswer, ExportEntry, ExportFormat};
pub use filter::{FilterChoices, FilterItem};
pub use groups::{GroupsQuery, RulesDraft};
pub use identity::{
    Identity, IdentityDecision, IdentityEvidence, IdentityHabit, IdentitySensitivity, LikelyPair, PairOrder, PairSide,
    Spelling,
};
pub use imports::{
    ColumnChoice, FileAnswer, FileProblem, FileState, ImportAnswer, Imports, Preview, ProblemAnswer, Problems,
    Progress, WaitingHalf,
};
pub use maps::{DateChoice, MapColumn, MapDocument, MapOffer, MapOrder, MapPreview, RememberedMap, StatusWord};
pub use orders::{OrdersPage, OrdersPart, OrdersQuery};
pub use points::{EventOrigin, EventRuleAnswer, EventRuleChange, EventRules, EventSwitch, NewEventRule};
pub use privacy::{NamelessBegun, Privacy};
pub use settings::{
    CostLists, MissingCost, NewSetting, ProfitOrder, ProfitOrders, Setting, SettingChange, SettingChoice, SettingForm,
    SettingStep, SettingUnit, Settings,
};
pub use start::Start;
pub use taken::{NewTakenAction, Proposed, TakenAction, TakenRow, TakenSoFar};

use crate::chart::Figure;
use crate::insight::actions::Trigger;
use crate::insight::people::CustomerRow;
use crate::insight::rfm::{GroupKey, ValueBasis};
use crate::insight::{Band, Interval};
use crate::shop::{CustomerId, Day, Mall, Moment, OrderStatus, Payment, Yen};
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

/// The screen 今週.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Actions {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// Monday of the week after which the cards are named.
    pub week_of: Option<Day>,
    /// What the worth and the typical value of the cards are: margin where enough costs are known, else net sales.
    pub value_basis: ValueBasis,
    /// Ranked by the middle of their worth; the first three are "this week".
    pub cards: Vec<Card>,
    /// What the last import changed; nothing before the second import.
    pub changes: Option<Changes>,
    /// What has been carried out.
    #[serde(flatten)]
    pub so_far: TakenSoFar,
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
    /// Its key: `r-mail`, `insert`, …
    pub key: String,
    /// Which mall.
    pub mall: Mall,
    /// People of the card this mall's tools reach.
    pub customer_count: u32,
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
    /// Share of them who may be the same person as another customer, 0–1; nothing when nobody matches.
    pub uncertain_share: Option<f64>,
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
    /// By dependence on events; those of whom nothing can be said come last.
    Dependence,
    /// By the first day of 離脱; all have one or nobody.
    Lapse,
}

/// A page of the radar.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RadarPage {
    /// From 0.
    pub page: u32,
    /// Rows per page.
    pub page_size: u32,
    /// Its `entries` are this page's, everything else is of all pages.
    pub radar: crate::insight::radar::Radar,
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
    /// The ways this customer is written, that of the newest order first.
    pub spellings: Vec<Spelling>,
    /// Group at each month end since the first purchase, oldest first.
    pub group_history: Vec<GroupAt>,
    /// Keys of the cards that hold this customer now.
    pub actions: Vec<CardName>,
    /// The owner's notes, the newest first.
    pub notes: Vec<Note>,
    /// Items, next purchase, reviews.
    #[serde(flatten)]
    pub more: CustomerMore,
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
    /// How it was paid; nothing where no export says so.
    pub payment: Option<Payment>,
    /// Whether it came through an affiliate; nothing where no export says so.
    pub affiliate: Option<bool>,
    /// What is left after all costs; nothing while a cost is unknown.
    pub contribution_margin: Option<Yen>,
    /// The same as a range; nothing for an order that is no sale.
    pub contribution_margin_band: Option<Band>,
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
    /// What is left of the line after its share of all costs, as a range; nothing for a cancelled line or order.
    pub contribution_margin_band: Option<Band>,
}
