//! What is looked at: the one filter of every screen.

use super::super::rfm::GroupKey;
use crate::shop::{Day, Mall};
use serde::{Deserialize, Serialize};

/// What the owner is looking at. Absent fields do not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// The day everything is measured at the end of; the last order day when absent.
    pub as_of: Option<Day>,
    /// First day of the period a screen sums over.
    pub from: Option<Day>,
    /// Last day of that period.
    pub to: Option<Day>,
    /// Only this mall's orders.
    pub mall: Option<Mall>,
    /// Only orders that hold this item: its code, or mall and code (`rakuten:beans-200`).
    pub item: Option<String>,
    /// Only orders that hold an item of this category of the item files.
    pub category: Option<String>,
    /// Only customers who are in this group at `as_of`.
    pub group: Option<GroupKey>,
    /// What the period is held against, where an answer can say it.
    pub compare: Option<Compare>,
}

/// What a period is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Compare {
    /// The same days a year before.
    PreviousYear,
    /// Any other days.
    Period {
        /// The first.
        from: Day,
        /// The last.
        to: Day,
    },
}

impl Scope {
    /// Whether a period is asked for; without one a screen shows its own.
    pub fn has_period(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// The same without its items: every order of it, whatever is in it.
    pub fn of_all_items(&self) -> Scope {
        Scope { item: None, category: None, ..self.clone() }
    }
}
