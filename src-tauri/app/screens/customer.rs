//! What the page of one customer shows beside the orders.

use crate::insight::one_customer::{BoughtItem, DueWindow};
use crate::shop::{Mall, Moment};
use serde::Serialize;

/// What is known of one customer beyond the row of the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CustomerMore {
    /// What they bought, the newest first.
    pub items: Vec<BoughtItem>,
    /// When they are expected: by the gaps of an item, else of a category, else of the shop. Nothing while too few have
    /// come back.
    pub next: Option<DueWindow>,
    /// Share of their goods with a known cost, 0–1: how much of the margin is known.
    pub known_cost_share: f64,
    /// Their reviews, the newest first.
    pub reviews: Vec<CustomerReview>,
    /// Recorded actions that reached them, the newest day first.
    pub taken: Vec<super::TakenRow>,
    /// Whether the ledger keeps names; where it does not, notes should hold none either.
    pub names_kept: bool,
}

/// A review of one of their orders.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CustomerReview {
    /// Where.
    pub mall: Mall,
    /// About the shop, not about an item.
    pub of_shop: bool,
    /// The order it belongs to.
    pub order_number: String,
    /// The item, where it is about one.
    pub item_name: String,
    /// When.
    pub posted_at: Moment,
    /// 1–5, 5 best; nothing when the mall does not say.
    pub stars: Option<i64>,
    /// Its title.
    pub title: String,
    /// What it says; empty in a ledger that keeps no names.
    pub body: String,
}

/// A note of the owner's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Note {
    /// Its number.
    pub note_id: i64,
    /// When it was written.
    pub written_at: Moment,
    /// When it was changed last.
    pub changed_at: Moment,
    /// What it says.
    pub text: String,
    /// Customers it is about, ascending; several after a decision that two are two.
    pub customer_ids: Vec<crate::shop::CustomerId>,
}
