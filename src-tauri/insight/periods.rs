//! The months, quarters or weeks in which customers are followed after their first purchase.

use super::acquired::By;
use super::history::View;
use crate::shop::{Day, Month};

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Month,
    Quarter,
    Week,
}

impl Unit {
    /// Days before the Monday on or before 1970-01-01, a Thursday.
    const MONDAY: i32 = 3;

    /// The number of the stretch in which a day lies.
    pub fn number(self, day: Day) -> i32 {
        match self {
            Unit::Month => day.month().0,
            Unit::Quarter => {
                let (year, month) = day.month().ym();
                year * 4 + (month as i32 - 1) / 3
            }
            Unit::Week => (day.0 + Unit::MONDAY).div_euclid(7),
        }
    }

    /// First day of a stretch.
    pub fn first(self, number: i32) -> Day {
        match self {
            Unit::Month => Month(number).first(),
            Unit::Quarter => {
                let month = Month::from_ym(number.div_euclid(4), number.rem_euclid(4) as u32 * 3 + 1);
                month.unwrap_or_default().first()
            }
            Unit::Week => Day(number * 7 - Unit::MONDAY),
        }
    }

    /// As it stands in answers and addresses.
    pub fn key(self, number: i32) -> String {
        match self {
            Unit::Month => Month(number).to_string(),
            Unit::Quarter => format!("{:04}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
            Unit::Week => self.first(number).to_string(),
        }
    }
}

/// The periods of a parting from the first purchase of a view to `as_of`, counted from 0.
#[derive(Debug)]
pub(crate) struct Periods {
    unit: Unit,
    /// The number of the first one among all of its unit.
    first: i32,
    start: Day,
    by_day: Vec<u32>,
    /// How many, that of `as_of` included.
    pub count: usize,
    /// Those that are over at the end of `as_of`.
    pub over: usize,
}

impl Periods {
    /// The periods in which the parts of `by` are followed.
    pub fn of(view: &View<'_>, by: By) -> Periods {
        let unit = by.unit();
        let start = view.purchases.day.iter().copied().fold(view.as_of, Day::min);
        let first = unit.number(start);
        let (mut by_day, mut number) = (Vec::with_capacity((view.as_of - start + 1) as usize), first);
        let mut next = unit.first(first + 1);
        for day in start.0..=view.as_of.0 {
            if Day(day) == next {
                number += 1;
                next = unit.first(number + 1);
            }
            by_day.push((number - first) as u32);
        }
        let count = (number - first + 1) as usize;
        let over = if next == view.as_of + 1 { count } else { count - 1 };
        Periods { unit, first, start, by_day, count, over }
    }

    /// The period of this number, as it stands in answers and addresses.
    pub fn key(&self, number: usize) -> String {
        self.unit.key(self.first + number as i32)
    }

    /// The number of the period in which a purchase day of the view lies.
    pub fn number(&self, day: Day) -> usize {
        self.by_day[(day - self.start) as usize] as usize
    }

    /// In how many periods somebody who began on this day is followed: parts of the calendar in all that have begun,
    /// as all its people are in the same one; everybody else in those that are over.
    pub fn followed(&self, first: Day, by: By) -> usize {
        let until = if by.is_calendar() { self.count } else { self.over };
        until.saturating_sub(self.number(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_weeks_have_their_first_days() {
        let check = |unit: Unit, day: &str, key: &str, first: &str| {
            let day: Day = day.parse().expect("a day");
            let number = unit.number(day);
            assert_eq!((unit.key(number), unit.first(number).to_string()), (key.to_owned(), first.to_owned()), "{day}");
        };
        check(Unit::Quarter, "2024-12-31", "2024-Q4", "2024-10-01");
        check(Unit::Quarter, "2025-01-01", "2025-Q1", "2025-01-01");
        check(Unit::Quarter, "2025-06-30", "2025-Q2", "2025-04-01");
        // 2025-01-06 was a Monday.
        check(Unit::Week, "2025-01-05", "2024-12-30", "2024-12-30");
        check(Unit::Week, "2025-01-06", "2025-01-06", "2025-01-06");
        check(Unit::Week, "2025-01-12", "2025-01-06", "2025-01-06");
        check(Unit::Month, "2025-02-28", "2025-02", "2025-02-01");
    }
}
