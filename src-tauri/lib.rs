//! Otokui: from a mall's order files to what a shop owner can do next.
//!
//! The rooms, in floor order. A room may use the rooms above it in this list only as far as
//! `ARCHITECTURE.md` allows; `tests/house.rs` reads the `use` lines and says which sentence was broken.

/// What an order *is*: money, days, orders, people. Knows nothing of ours.
pub mod shop;

/// Export files become orders and problems. Never writes, never decides what is new.
pub mod intake;

/// The one SQLite file. The only room with SQL.
pub mod ledger;

/// Pure arithmetic over the history of orders. No file, no clock, no words.
pub mod insight;

/// Figures as SVG text with their hit regions. Nothing is computed while drawing.
pub mod chart;

/// One file per screen: what the window and the command line may ask for.
pub mod app;

/// An invented shop of any size, written as the malls write their exports.
pub mod sample;

/// The same answers without a window.
pub mod cli;

/// The window: app's answers as Tauri commands, dropped files as previews.
#[cfg(feature = "desktop")]
pub mod desktop;
