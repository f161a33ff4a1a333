//! What to do next, for whom, why, and what it is worth.

use super::rfm::GroupKey;
use super::stats::{Band, Interval};
use crate::shop::{CustomerId, Day, Yen};
use serde::Serialize;

/// The rules that find an audience, in the order in which a customer is given to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// First-time buyers whose second purchase is due before the window in which people come back closes.
    F2Window,
    /// Their item is used up soon, by the shop's own gap curve of that item.
    Replenishment,
    /// 離反しそうな優良.
    BestCooling,
    /// Bought only on event days, now ready for a full-value offer.
    EventOnly,
    /// High involvement, and an item that is new in the shop.
    NewItem,
}

impl Trigger {
    /// All five, in priority order.
    pub const ALL: [Trigger; 5] =
        [Trigger::F2Window, Trigger::Replenishment, Trigger::BestCooling, Trigger::EventOnly, Trigger::NewItem];

    /// The word on the wire, in addresses and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Trigger::F2Window => "f2_window",
            Trigger::Replenishment => "replenishment",
            Trigger::BestCooling => "best_cooling",
            Trigger::EventOnly => "event_only",
            Trigger::NewItem => "new_item",
        }
    }
}

/// One suggestion, without words.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `f2_window`, `replenishment:<item code>`, … ; stable from week to week.
    pub key: String,
    /// The rule that found it.
    pub trigger: Trigger,
    /// The item it is about, if any: index into `History::items`.
    pub item: Option<u32>,
    /// Who, ascending; nobody is in two findings.
    pub customers: Vec<CustomerId>,
    /// The group most of them are in, if the rule is about a group.
    pub group: Option<GroupKey>,
    /// How likely such people buy within `window_days` without any action, from the shop's own past.
    pub base_rate: Interval,
    /// Days the base rate and the worth speak of.
    pub window_days: u32,
    /// Typical value of one such purchase (median).
    pub typical_value: Yen,
    /// Relative lift assumed, low and high (0.05 = five per cent more of them buy).
    pub lift: (f64, f64),
    /// Cost of reaching them once.
    pub cost: Yen,
    /// customers × base rate × lift × typical value − cost, low and high ends combined cautiously.
    pub worth: Band,
    /// Last day on which it still makes sense.
    pub due_on: Day,
    /// A day count the words mention (the window, the usual gap, …).
    pub evidence_days: u32,
    /// A people count the words mention (how many the rate was learnt from, …).
    pub evidence_count: u32,
}
