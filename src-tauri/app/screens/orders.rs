//! What the screen of orders is asked and answers.

use super::OrderAnswer;
use crate::insight::{Band, Scope};
use crate::shop::{CustomerId, Day, Yen};
use serde::{Deserialize, Serialize};

/// What the list of orders is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct OrdersQuery {
    /// As everywhere; its period restricts the list, the twelve months that end at `as_of` when it has none.
    pub scope: Scope,
    /// Whose orders: the people behind a figure, as in the list of customers. `profit:…` is the orders behind the step
    /// themselves, not all of their buyers'.
    pub people: Option<String>,
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Which of them.
    pub part: OrdersPart,
    /// From 0.
    pub page: u32,
}

/// Which orders are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum OrdersPart {
    /// Those that count as sales.
    #[default]
    Sales,
    /// Of them those on the customer's first purchase day.
    First,
    /// Of them those on later days.
    Later,
    /// Of them those the mall has not confirmed yet.
    Provisional,
    /// Cancelled or returned: in no figure.
    LeftOut,
}

/// A page of orders, newest first, and their sums over all pages.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OrdersPage {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// First day listed.
    pub from: Option<Day>,
    /// Last day listed.
    pub to: Option<Day>,
    /// Which orders.
    pub part: OrdersPart,
    /// Orders that match; parts of split orders are rows of their own.
    pub total: u32,
    /// Of them parts of split orders, which count with the order they were split from; of sales alone.
    pub split_count: u32,
    /// Buyers of them.
    pub customer_count: u32,
    /// Σ price before the shop coupon × quantity.
    pub goods: Yen,
    /// Σ net sales.
    pub net_sales: Yen,
    /// Σ contribution margin as a range; nothing for what is no sale.
    pub contribution_margin: Option<Band>,
    /// Cancelled and returned orders of the same question.
    pub left_out_count: u32,
    /// From 0.
    pub page: u32,
    /// Rows per page.
    pub page_size: u32,
    /// Whose orders, in words; empty for everybody's.
    pub people_label: String,
    /// This page.
    pub rows: Vec<OrderAnswer>,
}
