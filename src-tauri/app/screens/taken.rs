//! Actions the owner has carried out, as the screens and the command line see them.

use crate::insight::actions::Trigger;
use crate::insight::rfm::{GroupKey, ValueBasis};
use crate::insight::{Band, Scope};
use crate::shop::{CustomerId, Day, Mall, Moment, Yen};
use serde::{Deserialize, Serialize};

/// What has been carried out, beside the cards.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TakenSoFar {
    /// Customers on no card because an action has just reached them.
    pub resting_count: u32,
    /// Recorded actions in all.
    pub taken_count: u32,
    /// The newest of them, 20 at most.
    pub taken: Vec<TakenRow>,
}

/// One recorded action.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TakenRow {
    /// Its number.
    pub taken_id: i64,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// The day it was carried out.
    pub taken_on: Day,
    /// The card's stable name.
    pub key: String,
    /// The rule that found it.
    pub trigger: Trigger,
    /// The card's title.
    pub title: String,
    /// The tool's key: `r-mail`, …, `other`; nothing when it was not said.
    pub channel: Option<String>,
    /// Its name, and in words when it was not said.
    pub channel_name: String,
    /// The mall of the tool, if it is one's.
    pub mall: Option<Mall>,
    /// People it went to, as they were counted then.
    pub people_count: u32,
    /// People they are now.
    pub customer_count: u32,
    /// Its people are on no card until this day.
    pub free_on: Day,
}

/// One recorded action with its people and with what was proposed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TakenAction {
    /// What was done.
    #[serde(flatten)]
    pub row: TakenRow,
    /// The item it was about, if any.
    pub item_code: Option<String>,
    /// The group most of its people were in, if the rule is about one.
    pub group: Option<GroupKey>,
    /// Whom it went to, as they are numbered now, ascending.
    pub customer_ids: Vec<CustomerId>,
    /// What the card said then.
    pub proposed: Proposed,
}

/// What a card said on the day its action was recorded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Proposed {
    /// Measured at the end of this day.
    pub as_of: Day,
    /// People on the card.
    pub people_count: u32,
    /// People like these in the past.
    pub past_count: u32,
    /// Those of them who bought within the window without any action.
    pub past_bought: u32,
    /// Days in which the result shows.
    pub window_days: u32,
    /// Relative lift assumed, low.
    pub lift_low: f64,
    /// Relative lift assumed, high.
    pub lift_high: f64,
    /// What value was.
    pub value_basis: ValueBasis,
    /// Typical value of one purchase.
    pub typical_value: Yen,
    /// Cost of reaching everybody on the card once.
    pub cost: Yen,
    /// What it was thought to bring.
    pub worth: Band,
}

/// 「やった」: an action was carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct NewTakenAction {
    /// As the card was asked for.
    pub scope: Scope,
    /// The card's stable name.
    pub key: String,
    /// The day; today when absent.
    pub on: Option<Day>,
    /// The tool's key, or `other`; not said when absent.
    pub channel: Option<String>,
    /// Only people of the card whom this mall's tools reach; everybody when absent.
    pub mall: Option<Mall>,
    /// Only these people of the card; everybody when absent.
    pub customer_ids: Option<Vec<CustomerId>>,
}
