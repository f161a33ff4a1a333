//! Whether names are kept.

use serde::Serialize;

/// Whether names are kept, and what the owner has to say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Privacy {
    /// Names, addresses, phones and mails are kept as the malls write them.
    pub names_kept: bool,
    /// It is still to be chosen: the ledger has no orders.
    pub can_choose: bool,
    /// Names are not kept, and the secret is not at hand: the recovery code is wanted before the next import.
    pub code_wanted: bool,
    /// How often a lost secret was given up for a new one.
    pub new_secrets: u32,
    /// What it means and costs; empty where names are kept.
    pub sentence: String,
}

/// What is said once when names are no longer kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NamelessBegun {
    /// The secret in letters: 13 groups of four.
    pub recovery_code: String,
    /// The system keeps the secret; the code is for the day it does not.
    pub is_kept_by_system: bool,
}
