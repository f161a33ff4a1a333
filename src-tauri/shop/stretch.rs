//! A stretch of an export: rows of orders that stand side by side, known again by their bytes.

use super::{Moment, Text};

/// Names the bytes of a stretch as this program reads them under these headers: the day its first order was numbered, and a
/// hash.
pub type StretchHash = [u8; 16];

/// What was read of a stretch of which every row was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its rows.
    pub rows: u64,
    /// Its orders, each complete.
    pub orders: u64,
    /// The earliest moment one of them was ordered.
    pub first_at: Moment,
    /// The latest.
    pub last_at: Moment,
    /// The latest event of one of them.
    pub newest_at: Moment,
    /// The one store they are all of; never empty.
    pub store: Text,
}
