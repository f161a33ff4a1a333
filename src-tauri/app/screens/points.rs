//! The event calendar as the owner sees and changes it.

use crate::insight::calendar::When;
use crate::shop::{Day, Mall, Moment};
use serde::{Deserialize, Serialize};

/// Every event rule, and what the owner has changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EventRules {
    /// By mall, the program's own first, then imported windows (newest first), then the owner's.
    pub rules: Vec<EventRuleAnswer>,
    /// Every change, newest first.
    pub changes: Vec<EventRuleChange>,
    /// What it comes to, in a sentence.
    pub finding: String,
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum EventOrigin {
    /// Part of the program.
    BuiltIn,
    /// From the mall's own campaign file.
    Imported,
    /// The owner's.
    Own,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EventRuleAnswer {
    /// Stable name.
    pub key: String,
    /// Whose event.
    pub mall: Mall,
    /// Its name.
    pub name: String,
    /// When.
    pub when: When,
    /// The same in words.
    pub when_label: String,
    /// First day on which it holds; absent: as far back as the ledger reaches.
    pub from: Option<Day>,
    /// Last day on which it held; absent: still holds.
    pub until: Option<Day>,
    /// Where it comes from.
    pub origin: EventOrigin,
    /// The owner has switched it off.
    pub is_off: bool,
    /// The owner has changed it.
    pub is_changed: bool,
    /// Exact windows that were imported of it, around which it gives way.
    pub gives_way_count: u32,
    /// Where it is described: addresses; empty for the owner's own.
    pub source: String,
    /// What that leaves open, a sentence each.
    pub remarks: Vec<String>,
    /// The day on which somebody last looked there; of the owner's own, on which it was written.
    pub checked_on: Day,
    /// Orders of the ledger that count as sales and lie in it for certain.
    pub order_count: u32,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EventRuleChange {
    /// Its number.
    pub change_id: i64,
    /// When.
    pub changed_at: Moment,
    /// Which rule.
    pub key: String,
    /// What was changed, in words.
    pub label: String,
    /// When it was taken back, if it was.
    pub undone_at: Option<Moment>,
}

/// A rule as the owner writes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(deny_unknown_fields)]
pub struct NewEventRule {
    /// The rule to change; a new one when absent.
    pub key: Option<String>,
    /// Whose event: Rakuten's or Yahoo's.
    pub mall: Mall,
    /// Its name.
    pub name: String,
    /// When.
    pub when: When,
    /// First day on which it holds.
    pub from: Option<Day>,
    /// Last day on which it holds.
    pub until: Option<Day>,
}

/// What to do with a rule that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum EventSwitch {
    /// It makes no event days.
    Off,
    /// It does again.
    On,
    /// Back to what the program or the import says.
    Default,
}
