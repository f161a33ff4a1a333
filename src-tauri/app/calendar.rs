//! The event calendar that comes with the program: `assets/events.json`, with its sources.

use crate::insight::calendar::Calendar;

/// The rules Otokui knows; a test reads the file.
pub fn built_in() -> Calendar {
    serde_json::from_str(include_str!("../../assets/events.json")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::Mall;

    #[test]
    fn the_calendar_reads_and_knows_both_malls() {
        let calendar = built_in();
        let fifth = "2026-05-05T12:00:00".parse().expect("a moment");
        assert_eq!(calendar.is_event(Mall::Rakuten, fifth, true), Some(true));
        assert_eq!(calendar.is_event(Mall::Yahoo, fifth, true), Some(true));
        let plain = "2026-05-07T12:00:00".parse().expect("a moment");
        assert_eq!(calendar.is_event(Mall::Rakuten, plain, true), Some(false));
    }
}
