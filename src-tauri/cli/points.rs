//! Points and events on the command line.

use super::Document;
use super::changes::EventsChange;
use crate::app::screens::{EventRules, EventSwitch, Screen};
use crate::app::{Error, Session, event_calendar, words};
use crate::insight::Interval;
use crate::insight::points::Points;

impl Document for EventRules {
    type Answer = EventRules;
    fn document(&self) -> &Self::Answer {
        self
    }
}

/// Changes the calendar, if anything is to be changed, and answers how it holds then.
pub(super) fn events(session: &mut Session, change: Option<&EventsChange>) -> Result<EventRules, Error> {
    match change {
        None | Some(EventsChange::List) => event_calendar::answer(session),
        Some(EventsChange::Add { mall, name, days }) => {
            event_calendar::set(session, &days.rule(None, *mall, name.clone())?)
        }
        Some(EventsChange::Change { key, name, days }) => {
            let known = event_calendar::answer(session)?.rules.into_iter().find(|rule| rule.key == *key);
            let known = known.ok_or_else(|| Error::BadQuestion(key.clone()))?;
            let name = name.clone().unwrap_or(known.name);
            event_calendar::set(session, &days.rule(Some(key.clone()), known.mall, name)?)
        }
        Some(EventsChange::Remove { key }) => event_calendar::switch(session, key, EventSwitch::Off),
        Some(EventsChange::Restore { key }) => event_calendar::switch(session, key, EventSwitch::On),
        Some(EventsChange::Default { key }) => event_calendar::switch(session, key, EventSwitch::Default),
        Some(EventsChange::Undo { change }) => event_calendar::undo(session, *change),
    }
}

/// The rules, one a line, and the newest changes.
pub(super) fn rules(session: &Session, rules: &EventRules) -> String {
    let mut text = format!("{}\n", rules.finding);
    for rule in &rules.rules {
        let off = if rule.is_off { session.catalogue.word("events-off") } else { String::new() };
        text += &format!("{:<24} {:<8} {}  {} {off}\n", rule.key, rule.mall.to_string(), rule.name, rule.when_label);
    }
    for change in rules.changes.iter().filter(|change| change.undone_at.is_none()).take(10) {
        text += &format!("{:>4}  {}\n", change.change_id, change.label);
    }
    text
}

/// The finding, the bands and what a lower multiplier would save.
pub(super) fn points(session: &Session, screen: &Screen<Points>) -> String {
    let catalogue = &session.catalogue;
    let answer = &screen.answer;
    let mut text = format!("{}\n", screen.finding);
    for row in &answer.bands {
        let band = catalogue.word(&format!("dependence-{}", row.band.word().replace('_', "-")));
        text += &format!("{:>8}  {band}\n", words::grouped(i64::from(row.customer_count)));
    }
    let share = |share: &Option<Interval>| share.map_or("-".to_owned(), |share| words::percent(share.value));
    for row in &answer.first_orders {
        let first = catalogue.word(&format!("first-order-{}", row.first.word().replace('_', "-")));
        text +=
            &format!("{:>8}  F2 {:>6}  {first}\n", words::grouped(i64::from(row.customer_count)), share(&row.f2_180));
    }
    if let Some(what_if) = &answer.what_if {
        let saved = words::yen(what_if.saved, catalogue.language);
        let args = [
            ("times", what_if.multiplier.into()),
            ("lowered", what_if.lowered_to.into()),
            ("saved", saved.into()),
            ("orders", what_if.order_count.into()),
        ];
        text += &format!("{}\n", catalogue.text("cli-what-if", &args));
    }
    text
}
