//! What every figure rests on: the definitions in force, and what was left out.

use crate::insight::rfm::{Thresholds, ValueBasis};
use crate::shop::Day;
use serde::Serialize;

/// What 「計算のしかた」 says besides the formula.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Basis {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// Orders of the period that sums are taken over.
    pub period: Option<Counted>,
    /// Orders from the first one to `as_of`, which groups, cohorts and gaps look at.
    pub ever: Option<Counted>,
    /// What value is: margin where enough costs are known, else net sales.
    pub value_basis: ValueBasis,
    /// Share of all goods with a known cost, which decides it, 0–1; nothing without orders.
    pub known_cost_share: Option<f64>,
    /// Rates and costs the owner has not confirmed.
    pub unconfirmed_count: u32,
    /// Where the scores of the groups change; nothing without orders.
    pub thresholds: Option<Thresholds>,
    /// Customers who may be the same person as another.
    pub uncertain_count: u32,
    /// The same as a share of the customers, 0–1; nothing without customers.
    pub uncertain_share: Option<f64>,
}

/// Orders of some days, and those among them that are treated otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Counted {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Orders that count as sales; parts of split orders count with the order they were split from.
    pub order_count: u32,
    /// Buyers of them.
    pub customer_count: u32,
    /// Left out: cancelled.
    pub cancelled_count: u32,
    /// Left out: returned as a whole.
    pub returned_count: u32,
    /// Counted though the mall has not confirmed them yet.
    pub provisional_count: u32,
    /// Parts of split orders: their money counts, they are no orders of their own.
    pub split_count: u32,
    /// Deliveries of subscriptions from the second on: their money counts, they are no coming back.
    pub subscription_count: u32,
    /// Their time of day is not stated: on the last night of an event they count neither way.
    pub time_unknown_count: u32,
}
