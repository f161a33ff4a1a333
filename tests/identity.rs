//! Who is one person: each kind of hard case by hand, whole shops whose truth is known, and what the owner decides.

#[path = "identity/cases.rs"]
mod cases;
#[path = "identity/decisions.rs"]
mod decisions;
#[path = "identity/habits.rs"]
mod habits;
#[path = "identity/ledgers.rs"]
mod ledgers;
#[path = "identity/measure.rs"]
mod measure;
#[path = "identity/notes.rs"]
mod notes;
#[path = "identity/pieces.rs"]
mod pieces;
#[path = "support/shops.rs"]
mod shops;
#[path = "identity/town.rs"]
mod town;
#[path = "identity/truth.rs"]
mod truth;
