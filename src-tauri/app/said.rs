//! What an export says that the owner had told Otokui, before it is taken: each value is held against what this program
//! would have accepted from the owner, and a ledger without names is handed none.

use super::error::Error;
use super::event_calendar::is_acceptable;
use super::maps;
use super::nameless;
use super::notes::LONGEST_NOTE;
use super::rates::{Rates, rates};
use super::session::Session;
use super::{contacts, stores, taken};
use crate::insight::actions::Trigger;
use crate::insight::calendar::EventRule;
use crate::insight::rfm::GroupKey;
use crate::intake::side::{Field, Inspection, SideTally};
use crate::shop::nameless::NamelessKey;
use crate::shop::said::{Named, Said, SaidEvent, SaidMap, SaidTaken};
use crate::shop::{Beside, Mall};

/// Leaves out what nobody could have told Otokui, as problems; what a ledger without names does not take is skipped.
/// Answers how many notes that were.
pub(super) fn check(session: &Session, inspection: &Inspection, tally: &mut SideTally) -> Result<u64, Error> {
    if !tally.entries.iter().any(|(_, entry)| matches!(entry, Beside::Said(_))) {
        return Ok(0);
    }
    let rates = rates();
    tally.refuse(inspection, &|entry| match entry {
        Beside::Said(said) => fault(said, &rates),
        _ => None,
    });
    if session.ledger.nameless()?.is_none() {
        return Ok(0);
    }
    if tally.entries.iter_mut().any(|(_, entry)| names_own_orders(entry)) {
        let secret = nameless::secret(session)?;
        for (_, entry) in &mut tally.entries {
            secret.iter().for_each(|secret| take_names_of_numbers(entry, secret));
        }
    }
    // What the shop writes about a customer may name them.
    Ok(tally.skip(&|entry| matches!(entry, Beside::Said(Said::Note(_)))))
}

/// The column of what nobody could have said, and what stands there.
fn fault(said: &Said, rates: &Rates) -> Option<(Field, String)> {
    let bad = |is_bad: bool, field: Field, found: &str| is_bad.then(|| (field, found.to_owned()));
    match said {
        Said::Setting(said) => match rates.setting(&said.setting) {
            None => Some((Field::SettingKey, said.setting.clone())),
            Some(definition) => {
                let value = said.value.as_deref()?;
                bad(definition.read(value).is_none(), Field::SettingValue, value)
            }
        },
        Said::Event(said) => bad(!is_rule(said), Field::Rule, said.rule.as_deref().unwrap_or_default()),
        Said::Note(said) => bad(said.text.chars().count() > LONGEST_NOTE, Field::NoteText, &said.text),
        Said::Map(said) => bad(!is_map(said), Field::Map, &said.map),
        Said::Columns(said) => bad(!is_fingerprint(&said.fingerprint), Field::Fingerprint, &said.fingerprint),
        Said::Store(said) => bad(!stores::is_account(said.mall, &said.store), Field::Store, &said.store),
        Said::Taken(said) => taken_fault(said),
        Said::Contact(said) => bad(said.name.chars().count() > contacts::LONGEST_NAME, Field::Name, &said.name)
            .or_else(|| bad(said.note.chars().count() > contacts::LONGEST_NOTE, Field::Note, &said.note)),
        Said::Decision(_) => None,
    }
}

/// An action is one of a rule Otokui has, by a tool it knows.
fn taken_fault(said: &SaidTaken) -> Option<(Field, String)> {
    if !taken::is_channel(&said.channel, said.mall) {
        return Some((Field::Channel, said.channel.clone()));
    }
    let proposed = &said.proposed;
    let is_sound = Trigger::of_word(&proposed.rule).is_some()
        && !proposed.action_key.is_empty()
        && proposed.window_days > 0
        && taken::is_basis(&proposed.value_basis)
        && proposed.group.as_ref().is_none_or(|group| group.parse::<GroupKey>().is_ok());
    (!is_sound).then(|| (Field::Proposal, proposed.action_key.clone()))
}

fn is_rule(said: &SaidEvent) -> bool {
    let Some(text) = &said.rule else { return true };
    serde_json::from_str::<EventRule>(text).is_ok_and(|rule| rule.key == said.rule_key && is_acceptable(&rule))
}

fn is_map(said: &SaidMap) -> bool {
    let headers: Vec<String> = serde_json::from_str(&said.headers).unwrap_or_default();
    let is_its_own = crate::intake::fingerprint(&headers) == said.fingerprint;
    is_its_own && maps::document(&said.map).is_some_and(|map| maps::is_acceptable(&map, &headers))
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn names_own_orders(entry: &mut Beside) -> bool {
    let Beside::Said(said) = entry else { return false };
    said.named_mut().iter().any(|named| matches!(named, Named::Order(Mall::Own, ..)))
}

/// The number made for an order of a table without numbers is another one where no names are kept.
fn take_names_of_numbers(entry: &mut Beside, secret: &NamelessKey) {
    let Beside::Said(said) = entry else { return };
    for named in said.named_mut() {
        if let Named::Order(_, _, number) = named
            && let Some(keyed) = secret.keyed_number(number)
        {
            *number = keyed.to_string();
        }
    }
}
