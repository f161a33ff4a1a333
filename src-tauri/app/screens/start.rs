//! What stands before every screen.

use crate::shop::{Day, Mall};
use serde::Serialize;

/// What the window knows before any screen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Start {
    /// No orders yet.
    pub empty: bool,
    /// The invented shop is open, not the owner's ledger.
    pub is_sample: bool,
    /// Last order day in the ledger.
    pub last_day: Option<Day>,
    /// First order day in the ledger.
    pub first_day: Option<Day>,
    /// Malls with orders.
    pub malls: Vec<Mall>,
    /// Grows with every change of the ledger; answers of another version are stale.
    pub ledger_version: i64,
    /// Where the log is; nothing where none is kept.
    pub log_file: Option<String>,
}
