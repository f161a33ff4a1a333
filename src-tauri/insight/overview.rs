//! The shop in one screen: sums of a period, the same period a year before, and its months.

use super::stats::{Band, Interval};
use crate::shop::{Day, Month, Yen};
use serde::Serialize;
use std::collections::BTreeMap;

/// Sums of a period, the same period a year before, and the months.
///
/// Without a stated period it is the twelve months that end at `as_of`. Split orders count once.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Overview {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// First day of the period.
    pub from: Option<Day>,
    /// Last day of the period.
    pub to: Option<Day>,
    /// Orders that count as sales.
    pub order_count: u32,
    /// Buyers of the period.
    pub customer_count: u32,
    /// Goods − shop coupons − discounts − refunds.
    pub net_sales: Yen,
    /// What is left after all costs; a band while some are unknown, nothing while none is known.
    pub contribution_margin: Option<Band>,
    /// Share of goods with a known cost, 0–1.
    pub known_cost_share: f64,
    /// Net sales ÷ orders, rounded.
    pub average_order_value: Option<Yen>,
    /// Buyers of the period with an earlier purchase ÷ buyers of the period.
    pub repeat_share: Option<f64>,
    /// The same with its interval.
    pub repeat_share_interval: Option<Interval>,
    /// Keys "90", "180", "365": share of first-timers, first purchase at least that many days before
    /// `as_of`, who bought a second time within that window. Nothing where nobody has matured.
    pub f2: BTreeMap<String, Option<Interval>>,
    /// F2(90) of those who matured by the same day a year before.
    pub f2_90_year_before: Option<Interval>,
    /// Net sales per customer within 365 days of the first purchase (LTV(365)), with its interval.
    pub ltv_12m: Option<Interval>,
    /// First-time buyers against those who had bought before.
    pub new_vs_existing: NewVsExisting,
    /// The same sums, twelve months earlier; nothing unless the ledger reaches back over that whole period.
    pub previous_year: Option<Totals>,
    /// Oldest first; the months the period touches, and for the lines on the cards never fewer than the last 13
    /// that the ledger has.
    pub months: Vec<MonthRow>,
}

/// Sums of one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Totals {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Orders that count as sales.
    pub order_count: u32,
    /// Buyers.
    pub customer_count: u32,
    /// Net sales.
    pub net_sales: Yen,
    /// Net sales ÷ orders.
    pub average_order_value: Option<Yen>,
    /// Buyers with an earlier purchase ÷ buyers.
    pub repeat_share: Option<f64>,
}

/// First purchases of the period against later ones.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NewVsExisting {
    /// Orders on the customer's first purchase day.
    pub new: Side,
    /// Orders on any later purchase day.
    pub existing: Side,
}

/// One side of new against existing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Side {
    /// Buyers.
    pub customer_count: u32,
    /// Orders.
    pub order_count: u32,
    /// Net sales.
    pub net_sales: Yen,
    /// Net sales ÷ orders.
    pub average_order_value: Option<Yen>,
}

/// One calendar month.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MonthRow {
    /// Which.
    pub month: Month,
    /// Not over at `as_of`.
    pub open: bool,
    /// Orders that count as sales.
    pub order_count: u32,
    /// Buyers.
    pub customer_count: u32,
    /// Buyers whose first purchase lies in the month.
    pub new_customer_count: u32,
    /// Net sales.
    pub net_sales: Yen,
    /// Net sales on first purchase days.
    pub new_net_sales: Yen,
    /// The rest of net sales.
    pub existing_net_sales: Yen,
    /// Buyers with an earlier purchase ÷ buyers.
    pub repeat_share: Option<f64>,
    /// Net sales of the same month a year before; nothing where the ledger does not cover that whole month.
    pub net_sales_year_before: Option<Yen>,
}
