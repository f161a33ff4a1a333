//! One file per screen: what the window and the command line may ask for.
//!
//! Answers are plain values; words come from the catalogue, time comes in here and nowhere below.

pub mod actions;
pub mod catalogue;
mod changes;
pub mod channels;
mod clock;
pub mod cohorts;
mod costs;
pub mod customers;
mod drop;
pub mod error;
pub mod events;
pub mod export;
pub mod groups;
pub mod identity;
pub mod imports;
mod intake_words;
mod kept;
pub mod lifetime_value;
pub mod orders;
pub mod overview;
pub mod profit;
mod rates;
pub mod reconciliation;
pub mod report;
pub mod screens;
mod session;
pub mod settings;
mod side_files;
pub mod sold_items;
pub mod start;
pub mod this_week;
mod watch;
pub mod words;

pub use catalogue::Language;
pub use error::{Code, Error, ErrorAnswer};
pub use session::Session;
pub use watch::Watch;
