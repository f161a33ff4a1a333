//! What the history of orders says.
//!
//! In: columns of orders that count as sales, read once from the ledger. Out: plain tables.
//! This room never reads a file or a clock and knows no words; definitions are those of the figures'
//! help texts, one function each.

pub mod acquired;
pub mod actions;
pub mod assets;
pub mod attachment;
pub mod back_people;
pub(crate) mod balance;
pub mod basket;
pub mod calendar;
pub mod category;
pub mod cohort;
pub mod coming_back;
pub mod cpm;
pub mod crowd;
pub mod customer_rows;
pub mod dependence;
pub(crate) mod draws;
pub mod exit_path;
pub mod gap;
pub mod gap_steps;
pub mod gap_table;
pub mod group_people;
pub mod group_story;
pub mod growth;
pub mod growth_people;
pub mod history;
pub mod incentive;
pub mod item_gap;
pub(crate) mod item_pairs;
pub mod item_people;
pub mod item_supply;
pub mod items;
pub mod lapse;
pub mod lifetime_value;
pub mod margin;
pub(crate) mod month_ends;
pub(crate) mod months;
pub mod new_existing;
pub(crate) mod new_item;
pub mod next_item;
pub mod one_customer;
pub mod other_definitions;
pub mod overview;
pub mod people;
pub(crate) mod periods;
pub mod plane_rows;
pub mod point_people;
pub mod point_rows;
pub mod points;
pub mod profit;
pub mod prospects;
pub mod radar;
pub(crate) mod radar_windows;
pub(crate) mod ranks;
pub mod rates;
pub mod reckoner;
pub mod repeat;
pub mod rest;
pub mod rfm;
pub mod settlement;
pub mod shares;
pub(crate) mod standing;
pub mod stats;
pub(crate) mod triggers;
pub mod value;
pub mod what_if;
pub mod won;
pub(crate) mod years;

pub use history::{History, Scope, View};
pub use stats::{Band, Interval, TooFew};
