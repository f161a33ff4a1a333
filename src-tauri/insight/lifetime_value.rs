//! What a customer brings within t days of the first purchase.

use super::rfm::ValueBasis;
use super::stats::Interval;
use crate::shop::{Day, Month};
use serde::Serialize;
use std::collections::BTreeMap;

/// LTV(t) curves, the headline values and their trend.
///
/// LTV(t) = Σ value within t days of the first purchase ÷ customers, over customers observed ≥ t days only;
/// t = 0, 30, … 720. Intervals: bootstrap over customers, 1,000 draws, fixed seed, 90 %.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LifetimeValue {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// Net sales or contribution margin.
    pub value: ValueBasis,
    /// First "all", then up to three recent acquisition years, newest first (keys "2025", "2024", …).
    pub curves: Vec<Curve>,
    /// Keys "12m" (day 360 rounded to LTV(365)) and "24m" (LTV(730)); nothing where nobody is observed that long.
    pub headline: BTreeMap<String, Option<Interval>>,
    /// LTV(90), LTV(180), LTV(365) by acquisition month, oldest first.
    pub trend: Vec<TrendRow>,
}

/// One curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Curve {
    /// "all", or the acquisition year.
    pub key: String,
    /// Customers in the curve at day 0.
    pub customer_count: u32,
    /// By day; ends where fewer than 5 customers are observed.
    pub points: Vec<CurvePoint>,
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CurvePoint {
    /// Days since the first purchase.
    pub day: u32,
    /// Yen per customer.
    pub value: f64,
    /// 90 % interval.
    pub low: f64,
    /// 90 % interval.
    pub high: f64,
    /// Customers observed that long.
    pub n: u32,
}

/// LTV of one acquisition month; each value only once all of the month's customers are observed that long.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TrendRow {
    /// The month of the first purchase.
    pub month: Month,
    /// Customers acquired.
    pub customer_count: u32,
    /// LTV(90).
    pub ltv_90: Option<f64>,
    /// LTV(180).
    pub ltv_180: Option<f64>,
    /// LTV(365).
    pub ltv_365: Option<f64>,
}
