//! What the screen グループ is asked.

use crate::insight::Scope;
use crate::insight::rfm::CpmPreset;
use crate::shop::Month;
use serde::Deserialize;

/// The groups, the months to compare, and thresholds to try out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct GroupsQuery {
    /// As everywhere; a group asked for restricts nothing.
    pub scope: Scope,
    /// Moves from the end of this month; with `to`, else since the last month end.
    pub from: Option<Month>,
    /// Moves to the end of this month, or to the day everything is measured on if that is earlier.
    pub to: Option<Month>,
    /// Thresholds that are only tried out; nothing is kept.
    pub rules: Option<RulesDraft>,
}

/// Thresholds as they are typed; what is absent stays as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct RulesDraft {
    /// Largest days since the last purchase of scores 5, 4, 3, 2: `30/90/180/365`, or `own`.
    pub recency: Option<String>,
    /// Smallest purchase-day counts of scores 2, 3, 4, 5: `2/3/4/6`.
    pub frequency: Option<String>,
    /// Per cent of customers below scores 2, 3, 4, 5: `20/40/60/80`.
    pub monetary: Option<String>,
    /// The lines of the CPM types.
    pub cpm: Option<CpmPreset>,
}
