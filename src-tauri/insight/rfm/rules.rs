//! Where the scores change unless the owner says otherwise, and what the owner may say.

use serde::{Deserialize, Serialize};

/// Fewer people than this are shown as a count only.
pub const FEW: u32 = 5;
/// Fewer people than this get intervals and no rank.
pub const RANKED: u32 = 30;
/// Customers who must have come back before recency follows the shop's own gap.
pub(crate) const ENOUGH_RETURNED: u32 = 100;
/// Largest recency of scores 5, 4, 3, 2 until then.
pub(crate) const PRESET_DAYS: [f64; 4] = [30.0, 90.0, 180.0, 365.0];
/// The same in median gaps.
pub(crate) const GAPS: [f64; 4] = [1.0, 1.5, 2.0, 3.0];

/// How customers are put into groups: what the owner has typed, else the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GroupRules {
    /// Largest recency_days of scores 5, 4, 3, 2, rising; nothing: from the shop's own gap, or the preset days.
    pub recency_days: Option<[u32; 4]>,
    /// Smallest purchase-day counts of scores 2, 3, 4, 5, rising.
    pub order_count: [u32; 4],
    /// Shares of customers below scores 2, 3, 4, 5, whole per cent, rising.
    pub monetary_percent: [u32; 4],
    /// Which lines part the CPM types.
    pub cpm: CpmPreset,
}

impl Default for GroupRules {
    fn default() -> GroupRules {
        GroupRules {
            recency_days: None,
            order_count: [2, 3, 4, 6],
            monetary_percent: [20, 40, 60, 80],
            cpm: CpmPreset::Own,
        }
    }
}

/// The lines of the CPM types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CpmPreset {
    /// Seven average orders (after MakeRepeater), and the day by which 80 % of returners had returned.
    #[default]
    Own,
    /// 70,000 yen and 240 days.
    Classic,
}
