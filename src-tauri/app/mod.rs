//! One file per screen: what the window and the command line may ask for.
//!
//! Answers are plain values; words come from the catalogue, time comes in here and nowhere below.

pub mod actions;
mod calendar;
pub mod catalogue;
pub mod cohorts;
pub mod customers;
mod drop;
pub mod error;
mod figures;
pub mod groups;
pub mod imports;
mod intake_words;
pub mod lifetime_value;
pub mod orders;
pub mod overview;
pub mod report;
pub mod screens;
mod session;
pub mod start;
mod watch;
pub mod words;

pub use catalogue::Language;
pub use error::{Code, Error, ErrorAnswer};
pub use session::Session;
pub use watch::Watch;
