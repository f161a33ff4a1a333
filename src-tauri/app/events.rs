//! The malls' shopping events, as far as they are known: `assets/events.json`, part of the program, and beside them
//! the exact windows of the mall's own campaign file, once the owner has imported one.
//!
//! Campaigns that last for weeks are left out: a month of them is no event day. The owner's own changes come last.

use crate::insight::calendar::{Calendar, EventRule, When, Window};
use crate::ledger::event_changes::{EventChange, EventChangeKind};
use crate::shop::Day;
use crate::shop::beside::Campaign;
use std::collections::BTreeSet;

/// The longest campaign that makes its days event days. A super sale has a week and two hours.
const LONGEST_DAYS: i32 = 10;

/// Days around an exact window on which a built-in rule of the same event gives way: the built-in one knows the days
/// of most years, the window those of this year.
const AROUND_DAYS: i32 = 3;

/// The built-in event rules of all malls, each with its source and the day it was checked.
pub fn calendar() -> Calendar {
    serde_json::from_str(include_str!("../../assets/events.json")).expect("our own file, read by the test below")
}

/// The built-in rules and these windows. Where a window is of an event that a built-in rule knows by name, that rule
/// gives way around it, so that no day is an event by two accounts of the same event.
pub fn with_campaigns(mut calendar: Calendar, campaigns: &[Campaign], checked_on: Day) -> Calendar {
    let built_in = calendar.rules.len();
    for campaign in campaigns {
        let (first, last) = (campaign.begins_at.day(), campaign.ends_at.day());
        if last - first >= LONGEST_DAYS {
            continue;
        }
        for rule in calendar.rules[..built_in].iter_mut().filter(|rule| rule.mall == campaign.mall) {
            if campaign.is_of(&rule.name) {
                let around = match rule.when {
                    When::InMonths { .. } | When::Windows(_) => AROUND_DAYS,
                    When::DaysOfMonth(_) | When::Weekday(_) | When::MonthIsDay => 0,
                };
                rule.gives_way.push((first + -around, last + around));
            }
        }
        calendar.rules.push(EventRule {
            key: format!("imported-{}", campaign.begins_at),
            mall: campaign.mall,
            name: campaign.name.clone(),
            when: When::Windows(vec![Window { from: campaign.begins_at, to: campaign.ends_at }]),
            from: None,
            until: None,
            gives_way: Vec::new(),
            source: campaign.kind.clone(),
            remarks: Vec::new(),
            checked_on,
        });
    }
    calendar
}

/// The calendar as the owner's changes make it, and besides it the rules they have switched off, as they would be.
///
/// A change of a rule that is no longer there (its import was undone) waits until it is there again.
pub fn with_changes(mut calendar: Calendar, changes: &[EventChange]) -> (Calendar, Vec<EventRule>) {
    let known = calendar.clone();
    let mut off: BTreeSet<&str> = BTreeSet::new();
    for change in changes.iter().filter(|change| change.undone_at.is_none()) {
        let place = calendar.rules.iter().position(|rule| rule.key == change.rule_key);
        match &change.kind {
            EventChangeKind::Off => {
                off.insert(&change.rule_key);
            }
            EventChangeKind::On => {
                off.remove(&*change.rule_key);
            }
            EventChangeKind::Set(text) => {
                // What cannot be read is of a newer program: the rule stays as it is.
                let Ok(mut rule) = serde_json::from_str::<EventRule>(text) else { continue };
                // Exact windows of the same event count more, those imported later too.
                let before = known.rules.iter().find(|rule| rule.key == change.rule_key);
                rule.gives_way = before.map(|rule| rule.gives_way.clone()).unwrap_or_default();
                off.remove(&*change.rule_key);
                match place {
                    Some(place) => calendar.rules[place] = rule,
                    None => calendar.rules.push(rule),
                }
            }
            EventChangeKind::Default => {
                off.remove(&*change.rule_key);
                let before = known.rules.iter().find(|rule| rule.key == change.rule_key);
                match (place, before) {
                    (Some(place), Some(before)) => calendar.rules[place] = before.clone(),
                    (Some(place), None) => drop(calendar.rules.remove(place)),
                    (None, _) => {}
                }
            }
        }
    }
    let (switched_off, on) = calendar.rules.into_iter().partition(|rule| off.contains(&*rule.key));
    (Calendar { rules: on }, switched_off)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::{Mall, Moment};

    #[test]
    fn the_built_in_events_are_those_of_their_mall() {
        let calendar = calendar();
        let check = |mall, at: &str, expected| {
            assert_eq!(calendar.is_event(mall, at.parse().expect("a moment"), true), expected, "{at} {mall}");
        };
        check(Mall::Rakuten, "2025-09-06T12:00:00", Some(true)); // スーパーSALE
        check(Mall::Rakuten, "2025-10-20T23:59:59", Some(true)); // 0のつく日
        check(Mall::Rakuten, "2025-10-01T00:00:00", Some(true)); // ワンダフルデー
        check(Mall::Rakuten, "2026-02-23T01:59:59", Some(true)); // マラソン, last second
        check(Mall::Rakuten, "2026-02-23T02:00:00", Some(false));
        check(Mall::Yahoo, "2025-10-20T12:00:00", Some(false)); // 20 is Rakuten's
        check(Mall::Yahoo, "2025-10-19T12:00:00", Some(true)); // a Sunday
        check(Mall::Yahoo, "2025-10-10T12:00:00", Some(true)); // ゾロ目
        check(Mall::Own, "2025-10-05T12:00:00", Some(false));
        assert!(calendar.rules.iter().all(|rule| !rule.source.is_empty()), "every rule names its source");
    }

    fn change(change_id: i64, key: &str, kind: EventChangeKind, undone: bool) -> EventChange {
        EventChange {
            change_id,
            changed_at: Moment(0),
            rule_key: key.into(),
            kind,
            undone_at: undone.then_some(Moment(1)),
        }
    }

    #[test]
    fn changes_hold_one_after_the_other_and_undone_ones_do_not() {
        let built_in = calendar();
        let wonderful = built_in.rules.iter().find(|rule| rule.key == "rakuten-wonderful-day").expect("built in");
        let second = EventRule { when: When::DaysOfMonth(vec![2]), ..wonderful.clone() };
        let set = EventChangeKind::Set(serde_json::to_string(&second).expect("plain values"));
        // Second of the month from change 1 on, off from 2, on again from 3, as built in from 4.
        let key = "rakuten-wonderful-day";
        let mut changes = vec![
            change(1, key, set, false),
            change(2, key, EventChangeKind::Off, false),
            change(3, key, EventChangeKind::On, false),
            change(4, key, EventChangeKind::Default, false),
        ];
        let check = |changes: &[EventChange], on_first, on_second| {
            let calendar = with_changes(built_in.clone(), changes).0;
            let is_event = |at: &str| calendar.is_event(Mall::Rakuten, at.parse().expect("a moment"), true);
            // November 2025 has no sale around its first days.
            assert_eq!(is_event("2025-11-01T12:00:00"), Some(on_first), "{changes:?}");
            assert_eq!(is_event("2025-11-02T12:00:00"), Some(on_second), "{changes:?}");
        };
        check(&changes[..0], true, false);
        check(&changes[..1], false, true);
        check(&changes[..2], false, false);
        check(&changes[..3], false, true);
        check(&changes, true, false);
        changes[3].undone_at = Some(Moment(9));
        check(&changes, false, true);
        changes[0].undone_at = Some(Moment(9));
        check(&changes, true, false);
    }
}
