//! What the owner has told Otokui: settings, who is who, notes, the event calendar, and how files are read. One value per
//! row of Otokui's own export, so that a ledger made from it knows as much.

use super::contact::ContactKind;
use super::day::{Day, Moment};
use super::money::Yen;
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
    /// What was carried out, and whom it went to.
    Taken(Box<SaidTaken>),
    /// Who has shown interest.
    Contact(SaidContact),
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

/// An action that was carried out, with some of the people it went to: one that went to many is said in several parts,
/// alike but for the people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidTaken {
    /// Number in the ledger it was written from.
    pub number: i64,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// The day it was carried out.
    pub on: Day,
    /// By which tool; empty when it was not said.
    pub channel: String,
    /// The mall of the tool, if it is one's.
    pub mall: Option<Mall>,
    /// People it went to in all, as they were counted then.
    pub people_count: u32,
    /// What the card said then.
    pub proposed: SaidProposal,
    /// How many people the parts before this one name.
    pub people_before: u32,
    /// People of this part; each by one order for each way they are written.
    pub people: Vec<Vec<Named>>,
    /// Which of several equal actions recorded in one second; the first is 0.
    pub occurrence: u32,
}

/// What a card proposed when its action was recorded. Words are those of the rules, groups and bases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaidProposal {
    /// The card's stable name.
    pub action_key: String,
    /// The rule that found it.
    pub rule: String,
    /// The item it was about, if any: mall, code, name.
    pub item: Option<(Mall, String, String)>,
    /// The group most of them were in, if the rule is about one.
    pub group: Option<String>,
    /// The last day it knew of.
    pub as_of: Day,
    /// People on the card.
    pub people_count: u32,
    /// People like these in the past.
    pub past_count: u32,
    /// Those of them who bought within the window without any action.
    pub past_bought: u32,
    /// Days in which the result shows.
    pub window_days: u32,
    /// Relative lift assumed, low and high, in millionths.
    pub lift_millionths: (u32, u32),
    /// What value was: `net_sales` or `contribution_margin`.
    pub value_basis: String,
    /// Typical value of one purchase.
    pub typical_value: Yen,
    /// Cost of reaching everybody on the card once.
    pub cost: Yen,
    /// What it was thought to bring, low and high.
    pub worth: (Yen, Yen),
}

/// Somebody who has shown interest, as the owner wrote it down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidContact {
    /// Number in the ledger it was written from.
    pub number: i64,
    /// When it was written down.
    pub written_at: Moment,
    /// Where.
    pub mall: Mall,
    /// How.
    pub kind: ContactKind,
    /// The day of it.
    pub on: Day,
    /// A name, or what the owner calls them; empty where it is not said.
    pub name: String,
    /// What to remember; empty for nothing.
    pub note: String,
    /// Whether the owner has said who of the customers it is.
    pub is_tied: bool,
    /// Who that is.
    pub who: Vec<Named>,
    /// Which of several equal ones of one second; the first is 0.
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
    /// Everybody it names, one name after the other.
    pub fn named_mut(&mut self) -> Vec<&mut Named> {
        match self {
            Said::Decision(said) => said.sides.iter_mut().flatten().collect(),
            Said::Note(said) => said.about.iter_mut().collect(),
            Said::Taken(said) => said.people.iter_mut().flatten().collect(),
            Said::Contact(said) => said.who.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    /// What it is about: equal for two rows that say the same thing happened, wherever they stand. What the owner did
    /// to it later is no part of it. Two things of one second are two where what was said of them cannot change later
    /// and differs.
    pub fn key(&self) -> String {
        let word = |mall: &Option<Mall>| mall.map_or("", Mall::word);
        let (kind, about, at) = match self {
            Said::Setting(said) => {
                let value = said.value.as_ref().map_or(String::new(), |value| format!("={value}"));
                let from = said.holds_from.map(|day| day.to_string()).unwrap_or_default();
                ("setting", vec![said.setting.clone(), value, from], Some((said.changed_at, said.occurrence)))
            }
            Said::Event(said) => {
                let about = vec![said.rule_key.clone(), said.what.clone(), said.rule.clone().unwrap_or_default()];
                ("event", about, Some((said.changed_at, said.occurrence)))
            }
            Said::Decision(said) => ("decision", vec![said.kind.clone()], Some((said.decided_at, said.occurrence))),
            Said::Note(said) => ("note", Vec::new(), Some((said.written_at, said.occurrence))),
            Said::Taken(said) => {
                let numbers = format!("{} {} {}", said.on, said.people_count, said.people_before);
                let about =
                    vec![said.proposed.action_key.clone(), said.channel.clone(), word(&said.mall).into(), numbers];
                ("taken", about, Some((said.recorded_at, said.occurrence)))
            }
            Said::Contact(said) => {
                let about = vec![said.mall.to_string(), said.kind.to_string(), said.on.to_string()];
                ("contact", about, Some((said.written_at, said.occurrence)))
            }
            Said::Map(said) => ("map", vec![said.fingerprint.clone()], None),
            Said::Columns(said) => ("columns", vec![said.fingerprint.clone()], None),
            Said::Store(said) => ("store", vec![said.mall.to_string()], None),
        };
        let at = at.map(|(at, occurrence)| format!("{at} {occurrence}")).unwrap_or_default();
        [kind, &about.join("\u{1f}"), &at].join("\u{1f}")
    }

    /// Says which of several of one second it is; of what has no second that says nothing.
    pub fn set_occurrence(&mut self, to: u32) {
        match self {
            Said::Setting(said) => said.occurrence = to,
            Said::Event(said) => said.occurrence = to,
            Said::Decision(said) => said.occurrence = to,
            Said::Note(said) => said.occurrence = to,
            Said::Taken(said) => said.occurrence = to,
            Said::Contact(said) => said.occurrence = to,
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
            // Equal keys say all there is to say but the people.
            (Said::Decision(_), Said::Decision(_)) | (Said::Taken(_), Said::Taken(_)) => true,
            (Said::Contact(one), Said::Contact(other)) => {
                (&one.name, &one.note, one.is_tied) == (&other.name, &other.note, other.is_tied)
            }
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
