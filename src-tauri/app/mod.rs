//! One file per screen: what the window and the command line may ask for.
//!
//! Answers are plain values; words come from the catalogue, time comes in here and nowhere below.

pub mod actions;
pub mod catalogue;
pub mod channels;
pub mod events;
pub mod screens;
pub mod words;
