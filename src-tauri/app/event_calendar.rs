//! The event calendar as the owner sees and changes it; every change can be undone.

use super::catalogue::Catalogue;
use super::clock;
use super::error::Error;
use super::events;
use super::screens::{EventOrigin, EventRuleAnswer, EventRuleChange, EventRules, EventSwitch, NewEventRule};
use super::session::Session;
use super::words;
use crate::insight::History;
use crate::insight::calendar::{Calendar, EventRule, Time, When};
use crate::ledger::event_changes::{EventChange, EventChangeKind};
use crate::shop::{Day, Mall, Moment};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a name.
const LONGEST_NAME: usize = 60;
/// Windows of one rule.
const MOST_WINDOWS: usize = 200;
const OWN: &str = "own-";

/// The rules as they hold, as `otokui events` prints them.
pub fn answer(session: &Session) -> Result<EventRules, Error> {
    let changes = session.ledger.event_changes()?;
    let before = known(session)?;
    let (calendar, off) = events::with_changes(before.clone(), &changes);
    let history = session.history()?;
    let asked = Asked { before: &before, changes: &changes, catalogue: &session.catalogue, history: &history };
    let on = calendar.rules.iter().map(|rule| asked.rule(rule, false));
    let mut rules: Vec<EventRuleAnswer> = on.chain(off.iter().map(|rule| asked.rule(rule, true))).collect();
    let place: BTreeMap<String, usize> =
        before.rules.iter().enumerate().map(|(place, rule)| (rule.key.clone(), place)).collect();
    rules.sort_by_key(|rule| {
        let place = place.get(&rule.key).copied().unwrap_or(usize::MAX);
        // Imported windows stand oldest first in the calendar.
        let place = if rule.origin == EventOrigin::Imported { usize::MAX - 1 - place } else { place };
        (rule.mall, rule.origin as u8, place, rule.key.clone())
    });
    let finding = asked.finding(&rules);
    let changes = changes.iter().rev().map(|change| asked.change(change)).collect();
    Ok(EventRules { rules, changes, finding })
}

/// Adds a rule, or changes the one it names, and answers how the rules hold then.
pub fn set(session: &mut Session, new: &NewEventRule) -> Result<EventRules, Error> {
    let name = new.name.trim();
    let bad = |what: &str| Error::BadQuestion(format!("{name} {what}"));
    if let Some(what) = fault(name, new.mall, &new.when, (new.from, new.until)) {
        return Err(bad(what));
    }
    let changes = session.ledger.event_changes()?;
    let current = match &new.key {
        Some(key) => Some(current(session, &changes, key)?),
        None => None,
    };
    if current.as_ref().is_some_and(|rule| rule.mall != new.mall) {
        return Err(bad("mall"));
    }
    let now = clock::now();
    let key = match &new.key {
        Some(key) => key.clone(),
        None => {
            let own = changes.iter().filter_map(|change| change.rule_key.strip_prefix(OWN)?.parse::<u32>().ok());
            format!("{OWN}{}", own.max().unwrap_or(0) + 1)
        }
    };
    let rule = EventRule {
        key: key.clone(),
        mall: new.mall,
        name: name.to_owned(),
        when: new.when.clone(),
        from: new.from,
        until: new.until,
        gives_way: Vec::new(),
        checked_on: current.as_ref().map_or(session.today, |rule| rule.checked_on),
        remarks: current.as_ref().map(|rule| rule.remarks.clone()).unwrap_or_default(),
        source: current.map(|rule| rule.source).unwrap_or_default(),
    };
    let text = serde_json::to_string(&rule).map_err(|_| bad("rule"))?;
    session.ledger.change_event(&key, &EventChangeKind::Set(text), now)?;
    answer(session)
}

/// Whether the owner could have said this of a rule.
pub(super) fn is_acceptable(rule: &EventRule) -> bool {
    fault(&rule.name, rule.mall, &rule.when, (rule.from, rule.until)).is_none()
}

/// What is wrong with what is said of a rule.
fn fault(name: &str, mall: Mall, when: &When, (from, until): (Option<Day>, Option<Day>)) -> Option<&'static str> {
    let windows = if let When::Windows(windows) = when { windows.len() } else { 0 };
    match () {
        () if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) => {
            Some("name")
        }
        () if mall == Mall::Own || !when.is_sound() || windows > MOST_WINDOWS => Some("when"),
        () if from.zip(until).is_some_and(|(from, until)| from > until) => Some("from"),
        () => None,
    }
}

/// Switches a rule off or on, or takes the owner's changes of it away, and answers how the rules hold then.
pub fn switch(session: &mut Session, key: &str, to: EventSwitch) -> Result<EventRules, Error> {
    let changes = session.ledger.event_changes()?;
    current(session, &changes, key)?;
    let kind = match to {
        EventSwitch::Off => EventChangeKind::Off,
        EventSwitch::On => EventChangeKind::On,
        // Nothing stands behind a rule of the owner's own: it is switched off, and stays in the list.
        EventSwitch::Default if key.starts_with(OWN) => EventChangeKind::Off,
        EventSwitch::Default => EventChangeKind::Default,
    };
    session.ledger.change_event(key, &kind, clock::now())?;
    answer(session)
}

/// Takes a change back, the newest when none is named, and answers how the rules hold then.
pub fn undo(session: &mut Session, change_id: Option<i64>) -> Result<EventRules, Error> {
    if session.ledger.undo_event(change_id, clock::now())?.is_none() {
        return Err(Error::NothingToUndo);
    }
    answer(session)
}

/// The calendar before the owner's changes.
fn known(session: &Session) -> Result<Calendar, Error> {
    Ok(events::with_campaigns(events::calendar(), &session.ledger.campaigns()?, session.today))
}

/// The rule with this key as it holds, on or off.
fn current(session: &Session, changes: &[EventChange], key: &str) -> Result<EventRule, Error> {
    let (calendar, off) = events::with_changes(known(session)?, changes);
    let found = calendar.rules.into_iter().chain(off).find(|rule| rule.key == key);
    found.ok_or_else(|| Error::BadQuestion(key.to_owned()))
}

/// What an answer is made from.
struct Asked<'a> {
    before: &'a Calendar,
    changes: &'a [EventChange],
    catalogue: &'a Catalogue,
    history: &'a History,
}

impl Asked<'_> {
    fn rule(&self, rule: &EventRule, is_off: bool) -> EventRuleAnswer {
        let before = self.before.rules.iter().find(|known| known.key == rule.key);
        let origin = match before {
            None => EventOrigin::Own,
            Some(known) if known.key.starts_with("imported-") => EventOrigin::Imported,
            Some(_) => EventOrigin::BuiltIn,
        };
        EventRuleAnswer {
            key: rule.key.clone(),
            mall: rule.mall,
            name: rule.name.clone(),
            when: rule.when.clone(),
            when_label: when_label(&rule.when, self.catalogue),
            from: rule.from,
            until: rule.until,
            origin,
            is_off,
            is_changed: before.is_some_and(|known| known != rule),
            gives_way_count: rule.gives_way.len() as u32,
            // A change by the owner keeps what was said when it was made; a rule of ours says what is known now.
            source: before.unwrap_or(rule).source.clone(),
            remarks: before
                .unwrap_or(rule)
                .remarks
                .iter()
                .map(|remark| self.catalogue.word(&format!("events-remark-{}", remark.word())))
                .collect(),
            checked_on: rule.checked_on,
            order_count: self.orders_in(rule),
        }
    }

    fn orders_in(&self, rule: &EventRule) -> u32 {
        let (Some(first), Some(last)) = (self.history.first_day(), self.history.last_day()) else { return 0 };
        let alone = Calendar { rules: vec![rule.clone()] };
        let days = alone.days(first, last);
        let orders = &self.history.orders;
        let is_in = |o: &usize| {
            orders.mall[*o] == rule.mall
                && !orders.split[*o]
                && days.is_event(rule.mall, orders.ordered_at[*o], orders.time_known[*o]) == Some(true)
        };
        (0..orders.order.len()).filter(is_in).count() as u32
    }

    fn change(&self, change: &EventChange) -> EventRuleChange {
        let set = |text: &str| serde_json::from_str::<EventRule>(text).ok();
        let earlier = self
            .changes
            .iter()
            .filter(|other| other.rule_key == change.rule_key && other.change_id <= change.change_id);
        let mut named = earlier.filter_map(|other| match &other.kind {
            EventChangeKind::Set(text) => set(text).map(|rule| rule.name),
            EventChangeKind::Off | EventChangeKind::On | EventChangeKind::Default => None,
        });
        let before = self.before.rules.iter().find(|rule| rule.key == change.rule_key).map(|rule| rule.name.clone());
        let name = named.next_back().or(before.clone()).unwrap_or_else(|| change.rule_key.clone());
        let named = [("name", name.into())];
        let label = match &change.kind {
            EventChangeKind::Off => self.catalogue.text("events-changed-off", &named),
            EventChangeKind::On => self.catalogue.text("events-changed-on", &named),
            EventChangeKind::Default => self.catalogue.text("events-changed-default", &named),
            EventChangeKind::Set(text) => {
                let when = set(text).map(|rule| when_label(&rule.when, self.catalogue)).unwrap_or_default();
                let [(_, name)] = named;
                let first = !self
                    .changes
                    .iter()
                    .any(|other| other.rule_key == change.rule_key && other.change_id < change.change_id);
                let key = if before.is_none() && first { "events-changed-added" } else { "events-changed-set" };
                self.catalogue.text(key, &[("name", name), ("when", when.into())])
            }
        };
        EventRuleChange {
            change_id: change.change_id,
            changed_at: change.changed_at,
            key: change.rule_key.clone(),
            label,
            undone_at: change.undone_at,
        }
    }

    fn finding(&self, rules: &[EventRuleAnswer]) -> String {
        let on = rules.iter().filter(|rule| !rule.is_off).count();
        let count = |origin| rules.iter().filter(|rule| !rule.is_off && rule.origin == origin).count();
        let malls: BTreeSet<Mall> = self.history.items.iter().map(|item| item.mall).collect();
        let said = self.catalogue.text(
            "finding-events",
            &[
                ("rules", on.into()),
                ("imported", count(EventOrigin::Imported).into()),
                ("own", count(EventOrigin::Own).into()),
            ],
        );
        let import = malls.contains(&Mall::Rakuten) && count(EventOrigin::Imported) == 0;
        let todo = if import { self.catalogue.word("finding-events-import") } else { String::new() };
        words::sentences(&[said, todo], self.catalogue.language)
    }
}

/// 「毎月5・15・25日」.
fn when_label(when: &When, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    let list =
        |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(&catalogue.word("events-comma"));
    let time = |time: &Time| String::from(*time);
    let at = |at: Moment| {
        let second = at.second_of_day();
        let (hour, minute) = (second / 3_600, second / 60 % 60);
        format!("{} {hour}:{minute:02}", words::day(at.day(), language))
    };
    match when {
        When::DaysOfMonth(days) => catalogue.text("events-when-days", &[("days", list(days).into())]),
        When::Weekday(weekday) => {
            let name = catalogue.word(&format!("weekday-{weekday}"));
            catalogue.text("events-when-weekday", &[("weekday", name.into())])
        }
        When::MonthIsDay => catalogue.word("events-when-month-is-day"),
        When::InMonths { months, from_day, from_time, to_day, to_time } => catalogue.text(
            "events-when-months",
            &[
                ("months", list(months).into()),
                ("from", (*from_day).into()),
                ("begins", time(from_time).into()),
                ("to", (*to_day).into()),
                ("ends", time(to_time).into()),
            ],
        ),
        When::Windows(windows) => match windows.as_slice() {
            [one] => {
                catalogue.text("events-when-window", &[("begins", at(one.from).into()), ("ends", at(one.to).into())])
            }
            several => {
                let ends = several.iter().map(|w| w.from.day()).min().zip(several.iter().map(|w| w.to.day()).max());
                let (first, last) = ends.unwrap_or_default();
                catalogue.text(
                    "events-when-windows",
                    &[
                        ("count", several.len().into()),
                        ("first", words::day(first, language).into()),
                        ("last", words::day(last, language).into()),
                    ],
                )
            }
        },
    }
}
