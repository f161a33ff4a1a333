//! What the owner has told Otokui: settings, who is who, notes, the event calendar, and how files are read. One value per
//! row of Otokui's own export, so that a ledger made from it knows as much.

use super::day::{Day, Moment};
use super::order::Mall;
use serde::{Deserialize, Serialize};

/// One thing the owner has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// What a setting was set to.
    Setting(SaidSetting),
    /// What became of a rule of the event calendar.
    Event(SaidEvent),
    /// Who is who.
    Decision(SaidDecision),
    /// What was noted about a customer.
    Note(SaidNote),
    /// What the columns of a table mean.
    Map(SaidMap),
    /// Which columns of a list hold codes and costs.
    Columns(SaidColumns),
    /// Whose files without a store are.
    Store(SaidStore),
}

/// One setting in one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidSetting {
    /// Number of the change in the ledger it was written from; settings that were changed together share it.
    pub number: i64,
    /// When.
    pub changed_at: Moment,
    /// Which setting.
    pub setting: String,
    /// To what; nothing: back to the default.
    pub value: Option<String>,
    /// First day on which it holds; nothing: from the beginning.
    pub holds_from: Option<Day>,
    /// When it was taken back, if it was.
    pub undone_at: Option<Moment>,
    /// Which of several changes of this setting in one second; the first is 0.
    pub occurrence: u32,
}

/// One change of one rule of the event calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidEvent {
    /// Number of the change in the ledger it was written from.
    pub number: i64,
    /// When.
    pub changed_at: Moment,
    /// Which rule.
    pub rule_key: String,
    /// `set`, `off`, `on`, `default`.
    pub what: String,
    /// Of a `set`: the rule, in its own form.
    pub rule: Option<String>,
    /// When it was taken back, if it was.
    pub undone_at: Option<Moment>,
    /// Which of several changes of this rule in one second; the first is 0.
    pub occurrence: u32,
}

/// A decision about who is who. People are named by their orders, which mean the same in every ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidDecision {
    /// Number in the ledger it was written from.
    pub number: i64,
    /// When.
    pub decided_at: Moment,
    /// `join`, `apart`, `separate`.
    pub kind: String,
    /// Both sides; of a `separate` the one order.
    pub sides: [Vec<Named>; 2],
    /// Which of several decisions of this kind in one second; the first is 0.
    pub occurrence: u32,
}

/// A note about a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidNote {
    /// Number in the ledger it was written from.
    pub number: i64,
    /// When it was written.
    pub written_at: Moment,
    /// When it was changed last.
    pub changed_at: Moment,
    /// What it says.
    pub text: String,
    /// Whom it is about.
    pub about: Vec<Named>,
    /// Which of several notes of one second; the first is 0.
    pub occurrence: u32,
}

/// What the columns of a table mean that no mall writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SaidMap {
    /// Of the header row.
    pub fingerprint: String,
    pub file_name: String,
    /// A JSON array of texts.
    pub headers: String,
    /// The description, as JSON.
    pub map: String,
    pub remembered_at: Moment,
}

/// Which columns of a list with this header row hold codes and costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SaidColumns {
    pub fingerprint: String,
    pub code_header: String,
    pub cost_header: String,
}

/// Whose files are that do not say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SaidStore {
    pub mall: Mall,
    pub store: String,
}

/// The buyer of an order, as a decision or a note names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// Mall, store and number of one of their orders.
    Order(Mall, String, String),
    /// The hash by which a ledger finds them, of a buyer none of whose orders counts in it.
    Hash(i64),
}

impl Named {
    /// As a cell holds it: the order's key, `rakuten:999901:…`, or `#` and sixteen digits.
    pub fn text(&self) -> String {
        match self {
            Named::Order(mall, store, number) => format!("{mall}:{store}:{number}"),
            Named::Hash(hash) => format!("#{hash:016x}"),
        }
    }

    /// What such a text names; nothing for another text.
    pub fn of(text: &str) -> Option<Named> {
        if let Some(digits) = text.strip_prefix('#') {
            let is_hash = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            return u64::from_str_radix(digits, 16).ok().filter(|_| is_hash).map(|hash| Named::Hash(hash as i64));
        }
        let (mall, rest) = text.split_once(':')?;
        let (store, number) = rest.split_once(':')?;
        let named = Named::Order(mall.parse().ok()?, store.to_owned(), number.to_owned());
        (!number.is_empty()).then_some(named)
    }
}

impl Said {
    /// What it is about: equal for two rows that say the same thing happened, wherever they stand. What the owner did
    /// to it later is no part of it.
    pub fn key(&self) -> String {
        let (kind, about, at) = match self {
            Said::Setting(said) => ("setting", &*said.setting, Some((said.changed_at, said.occurrence))),
            Said::Event(said) => ("event", &*said.rule_key, Some((said.changed_at, said.occurrence))),
            Said::Decision(said) => ("decision", &*said.kind, Some((said.decided_at, said.occurrence))),
            Said::Note(said) => ("note", "", Some((said.written_at, said.occurrence))),
            Said::Map(said) => ("map", &*said.fingerprint, None),
            Said::Columns(said) => ("columns", &*said.fingerprint, None),
            Said::Store(said) => ("store", said.mall.word(), None),
        };
        let at = at.map(|(at, occurrence)| format!("{at} {occurrence}")).unwrap_or_default();
        [kind, about, &at].join("\u{1f}")
    }

    /// Says which of several of one second it is; of what has no second that says nothing.
    pub fn set_occurrence(&mut self, to: u32) {
        match self {
            Said::Setting(said) => said.occurrence = to,
            Said::Event(said) => said.occurrence = to,
            Said::Decision(said) => said.occurrence = to,
            Said::Note(said) => said.occurrence = to,
            Said::Map(_) | Said::Columns(_) | Said::Store(_) => {}
        }
    }

    /// Whether two that have one key say the same; numbers are each ledger's own, and so is by which of their orders
    /// people are named.
    pub fn says_the_same(&self, other: &Said) -> bool {
        match (self, other) {
            (Said::Setting(one), Said::Setting(other)) => {
                SaidSetting { number: 0, ..one.clone() } == SaidSetting { number: 0, ..other.clone() }
            }
            (Said::Event(one), Said::Event(other)) => {
                SaidEvent { number: 0, ..one.clone() } == SaidEvent { number: 0, ..other.clone() }
            }
            (Said::Decision(_), Said::Decision(_)) => true,
            (Said::Note(one), Said::Note(other)) => (one.changed_at, &one.text) == (other.changed_at, &other.text),
            (one, other) => one == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_text_names_is_written_as_it_was() {
        for text in ["rakuten:999901:400001-20260301-0000000001", "yahoo::10001", "own:店:a:b", "#00000000000000ff"] {
            assert_eq!(Named::of(text).map(|named| named.text()).as_deref(), Some(text));
        }
        assert_eq!(Named::of("#ffffffffffffffff"), Some(Named::Hash(-1)));
        for text in ["", "rakuten", "rakuten:1", "rakuten:1:", "amazon:1:2", "#ff", "#+0000000000000ff"] {
            assert_eq!(Named::of(text), None, "{text}");
        }
    }
}
