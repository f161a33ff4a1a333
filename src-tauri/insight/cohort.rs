//! Customers by month of first purchase, and what they did in the months after.

use crate::shop::{Day, Month};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What a cell of the cohort table shows, per customer of the cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share who bought in month k after the first, 0–1; month 0 is 1.
    #[default]
    Retention,
    /// Share who bought again at least once in months 1 to k, 0–1; month 0 is 0.
    CumulativeRetention,
    /// Purchase days in month k, per customer.
    OrdersPerCustomer,
    /// Purchase days in months 0 to k, per customer.
    CumulativeOrdersPerCustomer,
    /// Net sales in month k, per customer, yen.
    NetSales,
    /// Net sales in months 0 to k, per customer, yen.
    CumulativeNetSales,
}

impl Measure {
    /// All, in the order in which they are offered.
    pub const ALL: [Measure; 6] = [
        Measure::Retention,
        Measure::CumulativeRetention,
        Measure::OrdersPerCustomer,
        Measure::CumulativeOrdersPerCustomer,
        Measure::NetSales,
        Measure::CumulativeNetSales,
    ];

    /// The word on the wire and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Retention => "retention",
            Measure::CumulativeRetention => "cumulative_retention",
            Measure::OrdersPerCustomer => "orders_per_customer",
            Measure::CumulativeOrdersPerCustomer => "cumulative_orders_per_customer",
            Measure::NetSales => "net_sales",
            Measure::CumulativeNetSales => "cumulative_net_sales",
        }
    }

    /// Whether the values are rates 0–1.
    pub fn is_rate(self) -> bool {
        matches!(self, Measure::Retention | Measure::CumulativeRetention)
    }
}

impl FromStr for Measure {
    type Err = ();
    fn from_str(text: &str) -> Result<Measure, ()> {
        Measure::ALL.into_iter().find(|m| m.word() == text).ok_or(())
    }
}

/// The cohort table of one measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Cohorts {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// What the cells show.
    pub measure: Measure,
    /// Oldest first; months without first purchases are left out.
    pub cohorts: Vec<CohortRow>,
    /// Per period over the closed cells, weighted by people.
    pub weighted_mean: Vec<MeanCell>,
}

/// One month's first-time buyers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CohortRow {
    /// The month of their first purchase.
    pub key: Month,
    /// How many.
    pub customer_count: u32,
    /// Period 0 (the first month) up to the month of `as_of`.
    pub cells: Vec<CohortCell>,
}

/// One cohort in one month after its first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CohortCell {
    /// Months after the month of the first purchase.
    pub period: u32,
    /// The measure.
    pub value: f64,
    /// People of the cohort who bought in this month (retention) or again so far (cumulative retention).
    pub customer_count: u32,
    /// The month is not over at `as_of`: shown as unfinished, left out of means.
    pub open: bool,
}

/// A mean over cohorts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MeanCell {
    /// Months after the first.
    pub period: u32,
    /// Weighted by people.
    pub value: f64,
    /// People in the closed cells.
    pub n: u32,
}
