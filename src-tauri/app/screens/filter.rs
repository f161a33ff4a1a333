//! What the filter offers.

use crate::shop::Mall;
use serde::Serialize;

/// Items and categories to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FilterChoices {
    /// Those with most orders first; at most 100.
    pub items: Vec<FilterItem>,
    /// How many there are.
    pub item_count: u32,
    /// By name; none while no item file says them.
    pub categories: Vec<String>,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FilterItem {
    /// Mall and code: what a scope names it by.
    pub key: String,
    /// Where it is sold.
    pub mall: Mall,
    /// The shop's code.
    pub item_code: String,
    /// Its name, as last seen.
    pub item_name: String,
    /// Orders that hold it.
    pub order_count: u32,
}
