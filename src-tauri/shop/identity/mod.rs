//! When two buyers are one person: evidence of what they write, weighed.
//!
//! In: buyers as exports write them. Out: values to look them up by, and for two of them how likely they are one
//! person. Whose orders these are and what the owner has decided is the ledger's business.
//!
//! The score follows Fellegi and Sunter, *A Theory for Record Linkage* (1969): for every field, how probable is what
//! we see if both are one person, against how probable it is if they are not. Departing from the plain form, there are
//! two kinds of others: strangers, who share a value by chance (the rarer the value in this ledger, the less so), and
//! people of one household or office, who share phone, address and mailbox without being one. What is probable if both are
//! one is a prior that the ledger corrects (`habits`), once enough of its people are known to be one by their mail address.

pub mod closure;
pub mod evidence;
pub mod habits;
pub mod keys;
pub mod normal;
pub mod person;
pub mod place;
pub mod profiles;
pub mod score;

pub use evidence::{Field, Level, Profile};
pub use habits::{Habit, Habits, Tally};
pub use keys::Keys;
pub use profiles::Profiles;
pub use score::{Commonness, Verdict, Weights};
