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
mod fingerprint;
mod group_rules;
mod group_words;
pub mod groups;
mod halves;
pub mod identity;
pub mod imports;
mod intake_words;
mod item_words;
pub mod items;
mod kept;
pub mod lifetime_value;
mod map_offers;
pub mod maps;
pub mod nameless;
pub mod next_items;
pub mod orders;
pub mod overview;
mod problems;
pub mod profit;
pub mod radar;
mod rates;
pub mod reconciliation;
mod relay;
pub mod report;
pub mod screens;
mod secret_store;
mod session;
pub mod settings;
mod side_files;
pub mod sold_items;
pub mod start;
pub mod stores;
pub mod this_week;
mod watch;
pub mod words;

pub use catalogue::Language;
pub use error::{Code, Error, ErrorAnswer};
pub use session::Session;
pub use watch::Watch;
