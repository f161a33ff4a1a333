//! The malls' shopping events, as far as they are known: `assets/events.json`, part of the program.
//!
//! Campaigns that last for weeks are left out: a month of them is no event day.

use crate::insight::calendar::Calendar;

/// The built-in event rules of all malls, each with its source and the day it was checked.
pub fn calendar() -> Calendar {
    serde_json::from_str(include_str!("../../assets/events.json")).expect("our own file, read by the test below")
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
