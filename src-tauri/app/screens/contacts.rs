//! People who have shown interest, entered by the owner.

use crate::shop::{ContactKind, CustomerId, Day, Mall, Moment};
use serde::{Deserialize, Serialize};

/// What the owner has written down.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Contacts {
    /// The newest day first.
    pub contacts: Vec<Contact>,
    /// Whether the ledger keeps names; where it does not, neither name nor note is taken.
    pub names_kept: bool,
}

/// One contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Contact {
    /// Its number.
    pub contact_id: i64,
    /// When it was written down.
    pub written_at: Moment,
    /// Where.
    pub mall: Mall,
    /// How.
    pub kind: ContactKind,
    /// The day of it.
    pub contact_on: Day,
    /// A name, or what the owner calls them; empty when nobody is named.
    pub name: String,
    /// What to remember; empty for nothing.
    pub note: String,
    /// Who of the customers it is, as they are numbered now; empty while the owner has not said.
    pub customer_ids: Vec<CustomerId>,
    /// Their name, or a number where none is kept; empty without one.
    pub customer_name: String,
    /// The class such a contact counts in; somebody with several is in one class all the same.
    pub class: ContactClass,
}

/// Where a contact counts, by all orders of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ContactClass {
    /// 見込み.
    Prospect,
    /// その他.
    Other,
    /// Has bought: in the class of their group.
    Bought,
}

/// A contact as it is entered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(deny_unknown_fields)]
pub struct NewContactEntry {
    /// Where.
    pub mall: Mall,
    /// How.
    pub kind: ContactKind,
    /// The day; today when absent.
    pub on: Option<Day>,
    /// A name, or what the owner calls them.
    #[serde(default)]
    pub name: String,
    /// What to remember.
    #[serde(default)]
    pub note: String,
}
