//! People who have shown interest in the shop, as the owner writes them down.

use super::day::Day;
use super::order::Mall;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How somebody showed interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// Asked the shop something.
    Asked,
    /// Wrote a review.
    Reviewed,
    /// Marked an item or the shop.
    Favourited,
    /// In any other way, such as a card left at a fair.
    Other,
}

impl ContactKind {
    /// All four, in their order on the screen.
    pub const ALL: [ContactKind; 4] =
        [ContactKind::Asked, ContactKind::Reviewed, ContactKind::Favourited, ContactKind::Other];

    /// The word on the wire, in the ledger and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            ContactKind::Asked => "asked",
            ContactKind::Reviewed => "reviewed",
            ContactKind::Favourited => "favourited",
            ContactKind::Other => "other",
        }
    }

    /// Whether it makes somebody who has not bought a prospect (見込み): asked, reviewed or favourited.
    pub fn is_interest(self) -> bool {
        self != ContactKind::Other
    }
}

impl fmt::Display for ContactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for ContactKind {
    type Err = ();
    fn from_str(text: &str) -> Result<ContactKind, ()> {
        ContactKind::ALL.into_iter().find(|kind| kind.word() == text).ok_or(())
    }
}

/// A contact as it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    /// Where.
    pub mall: Mall,
    /// How.
    pub kind: ContactKind,
    /// The day of it.
    pub on: Day,
    /// A name, or what the owner calls them; empty when nobody is named.
    pub name: String,
    /// What to remember; empty for nothing.
    pub note: String,
}
