//! How long a customer is left alone after an action: they are in one at a time, and hear once a week at most.

use crate::shop::Day;

/// Days between two messages to the same person, at least.
pub const CONTACT_DAYS: u32 = 7;

/// The first day at whose end somebody may be proposed again: when the action's result window is over, and never within
/// a week of it.
///
/// An action of 1 March with a window of 30 days is judged by what is bought up to 31 March; from that day on its people
/// are free.
pub fn free_on(taken_on: Day, window_days: u32) -> Day {
    taken_on + window_days.max(CONTACT_DAYS) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_holds_its_people_for_its_window_and_a_week_at_least() {
        let check = |on: &str, window, expected: &str| {
            assert_eq!(free_on(on.parse().expect("a day"), window).to_string(), expected);
        };
        // 1 March + 30 days = 31 March.
        check("2026-03-01", 30, "2026-03-31");
        check("2026-02-20", 14, "2026-03-06");
        // A shorter window would let them hear twice a week.
        check("2026-03-01", 3, "2026-03-08");
    }
}
