//! Shopping events of the two malls, as far as this invented shop's buyers know them.
//!
//! Rules after `mall-exports.md` §8, the same as the calendar the product comes with: fixed days of the month, the
//! quarterly sale, and the marathons whose dates are known.

use super::dice::Dice;
use crate::shop::{Day, Mall, Moment};

/// Whether this moment lies inside an event of this mall.
pub(crate) fn is_event(mall: Mall, at: Moment) -> bool {
    let day = at.day();
    let (year, month, date) = day.ymd();
    match mall {
        Mall::Rakuten => date.is_multiple_of(5) || date == 1 || date == 18 || is_sale(at),
        Mall::Yahoo => {
            let doubled = matches!(date, 11 | 22) || date == month;
            let campaign = matches!((year, month, date), (2024, 10, 15..=17) | (2025, 12, 1));
            matches!(date, 5 | 15 | 25) || day.weekday() == 6 || doubled || campaign
        }
        Mall::Own => false,
    }
}

/// Whether a Rakuten sale is on: スーパーSALE or お買い物マラソン.
pub(crate) fn is_sale(at: Moment) -> bool {
    let (year, month, _) = at.day().ymd();
    windows(year, month).iter().any(|(start, end)| (*start..=*end).contains(&at))
}

/// The sale's name at this moment, for the coupons; empty when none is on.
pub(crate) fn sale_name(at: Moment) -> &'static str {
    let (_, month, _) = at.day().ymd();
    match (is_sale(at), month % 3) {
        (false, _) => "",
        (true, 0) => "楽天スーパーSALE",
        (true, _) => "お買い物マラソン",
    }
}

/// Sale windows that begin in this month, first and last second.
fn windows(year: i32, month: u32) -> Vec<(Moment, Moment)> {
    let window = |first: u32, last: u32| {
        let day = |date| Day::from_ymd(year, month, date).unwrap_or_default();
        (day(first).at(20, 0, 0), day(last).at(1, 59, 59))
    };
    match (year, month) {
        (_, 3 | 6 | 9 | 12) => vec![window(4, 11)],
        (2025, 4) => vec![window(4, 10)],
        (2025, 7) => vec![window(11, 18)],
        (2025, 8) => vec![window(2, 9)],
        (2026, 2) => vec![window(4, 10), window(19, 23)],
        _ => Vec::new(),
    }
}

/// A moment of this day at which people shop: some at noon, most in the evening, in a sale's first hours.
pub(crate) fn shopping_moment(day: Day, mall: Mall, wants_event: bool, dice: &mut Dice) -> Moment {
    const HOURS: [f64; 24] = [
        3.0, 1.5, 0.7, 0.4, 0.3, 0.5, 1.0, 2.0, 3.0, 3.5, 4.0, 4.2, 5.0, 4.2, 3.6, 3.6, 3.6, 3.8, 4.2, 5.0, 7.0, 8.0,
        7.5, 5.5,
    ];
    let mut at = day.start();
    for _ in 0..40 {
        let hour = dice.weighted(HOURS.iter().copied()) as u32;
        at = day.at(hour, dice.below(60) as u32, dice.below(60) as u32);
        if !wants_event || is_event(mall, at) {
            break;
        }
    }
    at
}

/// Whether some hour of this day lies inside an event of this mall.
pub(crate) fn has_event(mall: Mall, day: Day) -> bool {
    [day.at(12, 0, 0), day.at(21, 0, 0), day.at(1, 0, 0)].into_iter().any(|at| is_event(mall, at))
}

/// Point multiplier the shop offers on an item at this moment; 1 is its base.
///
/// Raised for a third of the items on event days and for all in the shop's own weeks (20th to 24th of
/// February, May, August and November).
pub(crate) fn point_multiplier(mall: Mall, at: Moment, item: usize) -> u16 {
    let (_, month, date) = at.day().ymd();
    if month % 3 == 2 && (20..=24).contains(&date) {
        return 3;
    }
    if !is_event(mall, at) || !(item + month as usize).is_multiple_of(3) {
        return 1;
    }
    if mall == Mall::Rakuten && is_sale(at) { 10 } else { 5 }
}

/// How much is bought on this day against an ordinary one: December, gift months, a slow February.
pub(crate) fn season(day: Day) -> f64 {
    let (_, month, date) = day.ymd();
    match month {
        12 if date <= 25 => 1.9,
        12 => 1.1,
        11 => 1.25,
        7 => 1.3,
        5 => 1.1,
        1 | 2 => 0.8,
        8 => 0.85,
        _ => 1.0,
    }
}

/// Whether gifts are sent around this day: お中元, お歳暮, 母の日, 敬老の日.
pub(crate) fn is_gift_season(day: Day) -> bool {
    matches!(day.ymd(), (_, 7, 1..=14) | (_, 12, 1..=20) | (_, 5, 1..=9) | (_, 9, 8..=15))
}

/// The paper put on a gift of this day (のし).
pub(crate) fn gift_occasion(day: Day) -> &'static str {
    match day.ymd().1 {
        7 => "御中元",
        12 => "御歳暮",
        5 => "母の日",
        9 => "敬寿",
        _ => "内祝",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_sale_begins_in_the_evening_and_ends_after_midnight() {
        assert!(!is_event(Mall::Rakuten, at("2025-09-04T19:59:59")));
        assert!(is_event(Mall::Rakuten, at("2025-09-04T20:00:00")));
        assert!(is_event(Mall::Rakuten, at("2025-09-11T01:59:59")));
        assert!(!is_event(Mall::Rakuten, at("2025-09-11T02:00:00")));
    }

    #[test]
    fn each_mall_has_its_own_days() {
        assert!(
            is_event(Mall::Rakuten, at("2026-04-18T09:00:00")) && !is_event(Mall::Yahoo, at("2026-04-18T09:00:00"))
        );
        assert!(
            is_event(Mall::Yahoo, at("2026-04-22T09:00:00")) && !is_event(Mall::Rakuten, at("2026-04-22T09:00:00"))
        );
        assert!(is_event(Mall::Yahoo, at("2026-04-19T09:00:00")), "a Sunday");
    }
}
