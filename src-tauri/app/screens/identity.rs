//! What the screen of people answers: pairs to look at, decisions made, and what they would change.

use crate::insight::Interval;
use crate::shop::{CustomerId, Day, Mall, Moment, Yen};
use serde::Serialize;

/// Who may be the same person, what the owner has decided, and how much hangs on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Identity {
    /// People with an order that counts as a sale.
    pub customer_count: u32,
    /// Pairs that wait for a decision; `likely_pairs` may hold the first of them only.
    pub pair_count: u32,
    /// Pairs that may be one person, those most worth deciding first: by score, then by orders.
    pub likely_pairs: Vec<LikelyPair>,
    /// People who are in such a pair.
    pub uncertain_count: u32,
    /// The same as a share of `customer_count`, 0–1; nothing for an empty ledger.
    pub uncertain_share: Option<f64>,
    /// What the figures would be if every such pair were one person.
    pub sensitivity: IdentitySensitivity,
    /// The owner's decisions that stand, newest first.
    pub decisions: Vec<IdentityDecision>,
    /// How often one person moves, changes phone, marries or mistypes: what is assumed, what this ledger shows, what is used.
    pub habits: Vec<IdentityHabit>,
    /// Whether that was learned from this ledger, and from how many pairs. Empty where nobody is or names are not kept.
    pub habits_sentence: String,
    /// Where no names are kept: that it is so, and what it costs. Empty otherwise.
    pub nameless: String,
}

/// How probable it is that one person shows two ways of writing a field that compare like this.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct IdentityHabit {
    /// `name`, `phone`, `address`.
    pub field: String,
    /// `equal`, `different` and levels of each field in between.
    pub level: String,
    /// Assumed beforehand, 0–1.
    pub prior: f64,
    /// Pairs of this ledger that show it.
    pub seen: u32,
    /// Pairs that tell of the field: those whom one mail address shows to be one person, and another field to have changed.
    pub of: u32,
    /// What is used: the prior, halved or doubled once or twice where the pairs say so.
    pub used: f64,
}

/// Two customers who may be one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LikelyPair {
    /// One of them.
    pub a: CustomerId,
    /// The other.
    pub b: CustomerId,
    /// How sure it is that they are one: log2 of the odds. 0 is even, 3 is eight to one.
    pub score: f64,
    /// The same as a probability, 0–1.
    pub probability: f64,
    /// Field by field what both say, in the order in which people look at it.
    pub evidence: Vec<IdentityEvidence>,
    /// In a sentence what speaks for it and what against it.
    pub summary: String,
    /// Orders of both together.
    pub order_count: u32,
    /// What is known of `a`.
    pub left: PairSide,
    /// What is known of `b`.
    pub right: PairSide,
}

/// A field of both sides, and how they compare.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct IdentityEvidence {
    /// `name`, `kana`, `phone`, `mail`, `postal_code`, `address`.
    pub field: String,
    /// `equal`, `near`, `different`, `missing` (on either side), `nothing` (different, but that means nothing).
    pub level: String,
    /// As `a` writes it; empty when not stated.
    pub left: String,
    /// As `b` writes it; empty when not stated.
    pub right: String,
    /// The comparison in words.
    pub words: String,
}

/// One side of a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PairSide {
    /// The customer.
    pub customer_id: CustomerId,
    /// As last written.
    pub display_name: String,
    /// Malls with orders, in the malls' order.
    pub malls: Vec<Mall>,
    /// Orders, sale or not.
    pub order_count: u32,
    /// Sum of the sales.
    pub net_sales: Yen,
    /// The newest orders, newest first, at most five.
    pub orders: Vec<PairOrder>,
}

/// An order as the comparison shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PairOrder {
    /// Number at the mall.
    pub order_number: String,
    /// Which mall.
    pub mall: Mall,
    /// Day of the order.
    pub ordered_on: Day,
    /// Goods before coupons.
    pub goods: Yen,
    /// Names of the goods.
    pub items: Vec<String>,
}

/// A decision of the owner that stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct IdentityDecision {
    /// Its number, for taking it back.
    pub decision_id: i64,
    /// `join` (one person), `apart` (two people), `separate` (an order is somebody else's).
    pub kind: String,
    /// When.
    pub decided_at: Moment,
    /// What was decided, in a sentence.
    pub sentence: String,
    /// The customers it is about, as they are numbered now; empty while none of their orders is in the ledger.
    pub customer_ids: Vec<CustomerId>,
    /// The order a `separate` is about.
    pub order_number: Option<String>,
}

/// What the figures hang on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct IdentitySensitivity {
    /// People as they are counted now: no likely pair is one person.
    pub customer_count_now: u32,
    /// People if every likely pair were one person.
    pub customer_count_all_joined: u32,
    /// Buyers of the last twelve months with an earlier purchase ÷ buyers, now.
    pub repeat_share_now: Option<f64>,
    /// The same if every likely pair were one person.
    pub repeat_share_all_joined: Option<f64>,
    /// F2(180) now.
    pub f2_180_now: Option<Interval>,
    /// F2(180) if every likely pair were one person.
    pub f2_180_all_joined: Option<Interval>,
    /// The sentence that says it.
    pub sentence: String,
}

/// One way a customer is written in the orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Spelling {
    /// Where.
    pub mall: Mall,
    /// Family and given name; empty when not stated.
    pub name: String,
    /// The same in kana.
    pub kana: String,
    /// As written.
    pub phone: String,
    /// Seven digits.
    pub postal_code: String,
    /// Prefecture, town, street and building in one piece.
    pub address: String,
    /// A mail address; of several one.
    pub mail: String,
    /// Different mail addresses: a mall that masks them may give a new one with every order.
    pub mail_count: u32,
    /// Orders written so, sale or not.
    pub order_count: u32,
    /// Day of the first.
    pub first_on: Day,
    /// Day of the last.
    pub last_on: Day,
}
