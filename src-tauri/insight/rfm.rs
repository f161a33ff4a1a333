//! Ten groups of customers by recency, frequency and value.
//!
//! R relative to the shop's own median repurchase gap (until 100 customers have come back: 30/90/180/365
//! days), F in absolute bands 1 / 2 / 3 / 4–5 / 6+ purchase days, M by percentile of value within the shop.
//! FM = (F + M) / 2 rounded half up (after Shopify). A group is a region of the fixed 5 × 5 table R × FM.
//! Thresholds the owner has typed take the place of these ([`GroupRules`], part of the view).
//!
//! Subscription deliveries: their money is value and their day keeps a customer recent (who is still delivered to
//! has not gone away), but they are no purchase days of F and make no gap.

mod class;
mod rules;
mod table;

pub use class::CustomerClass;
pub use rules::{CpmPreset, FEW, GroupRules, RANKED};
pub(crate) use rules::{ENOUGH_RETURNED, GAPS, PRESET_DAYS};
pub(crate) use table::GroupsOn;
pub use table::{CellRow, GroupCounts, GroupRow, Groups, MoveRow, OtherCustomer, groups, groups_between};

use super::history::View;
use super::standing::Standing;
use super::value;
use crate::shop::Yen;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The ten groups, best first; each customer is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum GroupKey {
    /// 最優良: R5, FM4–5.
    Champions,
    /// 優良: R3–4, FM4–5.
    Loyal,
    /// 有望: R4–5, FM2–3.
    Promising,
    /// 新規: R5, FM1.
    New,
    /// 育成中: R4, FM1.
    Nurturing,
    /// 要注意: R3, FM3.
    NeedsAttention,
    /// 離反予備: R3, FM1–2.
    AboutToLapse,
    /// 離反しそうな優良: R1–2, FM5.
    CoolingBest,
    /// 離反リスク: R1–2, FM3–4.
    AtRisk,
    /// 休眠: R1–2, FM1–2.
    Dormant,
}

impl GroupKey {
    /// All ten, best first.
    pub const ALL: [GroupKey; 10] = [
        GroupKey::Champions,
        GroupKey::Loyal,
        GroupKey::Promising,
        GroupKey::New,
        GroupKey::Nurturing,
        GroupKey::NeedsAttention,
        GroupKey::AboutToLapse,
        GroupKey::CoolingBest,
        GroupKey::AtRisk,
        GroupKey::Dormant,
    ];

    /// The word on the wire, in addresses and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            GroupKey::Champions => "champions",
            GroupKey::Loyal => "loyal",
            GroupKey::Promising => "promising",
            GroupKey::New => "new",
            GroupKey::Nurturing => "nurturing",
            GroupKey::NeedsAttention => "needs_attention",
            GroupKey::AboutToLapse => "about_to_lapse",
            GroupKey::CoolingBest => "cooling_best",
            GroupKey::AtRisk => "at_risk",
            GroupKey::Dormant => "dormant",
        }
    }

    /// The group of one cell of the table; `recency` and `fm` are 1–5.
    pub fn of_cell(recency: u8, fm: u8) -> GroupKey {
        match (recency, fm) {
            (5, 4 | 5) => GroupKey::Champions,
            (3 | 4, 4 | 5) => GroupKey::Loyal,
            (4 | 5, 2 | 3) => GroupKey::Promising,
            (5, _) => GroupKey::New,
            (4, _) => GroupKey::Nurturing,
            (3, 3) => GroupKey::NeedsAttention,
            (3, _) => GroupKey::AboutToLapse,
            (_, 5) => GroupKey::CoolingBest,
            (_, 3 | 4) => GroupKey::AtRisk,
            _ => GroupKey::Dormant,
        }
    }
}

impl fmt::Display for GroupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for GroupKey {
    type Err = ();
    fn from_str(text: &str) -> Result<GroupKey, ()> {
        GroupKey::ALL.into_iter().find(|g| g.word() == text).ok_or(())
    }
}

/// Recency, frequency, value and their mix, each 1–5, 5 best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RfmScore {
    /// How long ago the last purchase was.
    pub recency: u8,
    /// How many purchase days.
    pub frequency: u8,
    /// How much value.
    pub monetary: u8,
    /// (frequency + monetary) / 2, rounded half up.
    pub fm: u8,
}

/// Where the scores change, in force for this answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Thresholds {
    /// Largest recency_days of scores 5, 4, 3, 2.
    pub recency_days: [f64; 4],
    /// Whether recency follows the shop's own gap (at least 100 customers have come back) or the preset days.
    pub recency_from_own_gap: bool,
    /// Whether the owner has typed the days.
    pub recency_typed: bool,
    /// The shop's median days between purchases, if anybody came back.
    pub median_gap_days: Option<f64>,
    /// Customers with at least two purchase days.
    pub returned_count: u32,
    /// Smallest purchase-day counts of scores 2, 3, 4, 5.
    pub order_count: [u32; 4],
    /// Smallest value of scores 2, 3, 4, 5.
    pub monetary: [Yen; 4],
    /// Shares of customers below these values, whole per cent.
    pub monetary_percent: [u32; 4],
}

/// What "value" is in an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ValueBasis {
    /// Less than 80 % of goods have a known cost.
    #[default]
    NetSales,
    /// At least 80 % of goods have a known cost.
    ContributionMargin,
}

/// Thresholds in force and the scores, one per place in `view.customers`.
pub fn scores(view: &View<'_>) -> (Thresholds, Vec<RfmScore>) {
    let scored = scored(view);
    (scored.thresholds.clone(), scored.scores.clone())
}

/// Everybody at `as_of`, by place.
#[derive(Debug)]
pub(crate) struct Scored {
    pub standing: Standing,
    pub thresholds: Thresholds,
    pub scores: Vec<RfmScore>,
}

/// [`scores`] and what they come from.
pub(crate) fn scored(view: &View<'_>) -> Arc<Scored> {
    let work_out = || {
        let values = value::per_purchase(view, value::basis(view));
        let standing = Standing::at(view, &values, view.as_of);
        let thresholds = standing.thresholds();
        let scores = all_scores(&standing, &thresholds);
        Arc::new(Scored { standing, thresholds, scores })
    };
    let kept = view.worked_out().scored.or(work_out);
    // Other rules may be tried out on the same columns.
    if kept.standing.rules == view.rules { kept.clone() } else { work_out() }
}

impl Thresholds {
    /// The score of a customer with these measures.
    pub fn score(&self, recency_days: i32, order_count: u32, value: Yen) -> RfmScore {
        let one_and = |passed: usize| 1 + passed as u8;
        let recency = one_and(self.recency_days.iter().filter(|&&most| f64::from(recency_days) <= most).count());
        let frequency = one_and(self.order_count.iter().filter(|&&least| order_count >= least).count());
        let monetary = one_and(self.monetary.iter().filter(|&&least| value >= least).count());
        RfmScore::of(recency, frequency, monetary)
    }
}

impl RfmScore {
    /// From the three scores, each 1–5.
    pub fn of(recency: u8, frequency: u8, monetary: u8) -> RfmScore {
        RfmScore { recency, frequency, monetary, fm: (frequency + monetary).div_ceil(2) }
    }

    /// The group of its cell.
    pub fn group(&self) -> GroupKey {
        GroupKey::of_cell(self.recency, self.fm)
    }
}

fn all_scores(standing: &Standing, thresholds: &Thresholds) -> Vec<RfmScore> {
    (0..standing.value.len())
        .map(|place| thresholds.score(standing.recency_days(place), standing.order_count[place], standing.value[place]))
        .collect()
}
