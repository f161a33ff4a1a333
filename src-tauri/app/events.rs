//! The malls' shopping events, as far as they are known: `assets/events.json`, part of the program, and beside them
//! the exact windows of the mall's own campaign file, once the owner has imported one.
//!
//! Campaigns that last for weeks are left out: a month of them is no event day.

use crate::insight::calendar::{Calendar, EventRule, When, Window};
use crate::shop::Day;
use crate::shop::beside::Campaign;

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
            checked_on,
        });
    }
    calendar
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::Mall;

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
}
