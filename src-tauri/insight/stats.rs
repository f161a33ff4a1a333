//! Rates, means and their honest ranges.

use crate::shop::Yen;
use serde::Serialize;

/// A measured value with its interval and the number of people behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Interval {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// People (or orders) it rests on.
    pub n: u32,
}

/// A range of yen when a single number would pretend to know more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Band {
    /// At least.
    pub low: Yen,
    /// At most.
    pub high: Yen,
}

/// Instead of a number nobody should trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TooFew {
    /// How many there are.
    pub have: u32,
    /// How many it takes.
    pub need: u32,
}
