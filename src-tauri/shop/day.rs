//! Japan calendar days, months and moments. No time zone: the malls write Japan time without an offset.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

/// A calendar day, as the number of days since 1970-01-01. On the wire `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
pub struct Day(pub i32);

/// A calendar month, as year × 12 + (month − 1). On the wire `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
pub struct Month(pub i32);

/// A moment to the second, as seconds since 1970-01-01 00:00:00 on the Japanese wall clock.
/// On the wire `YYYY-MM-DDTHH:MM:SS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
pub struct Moment(pub i64);

/// A text that is no day, month or moment of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day: {0}")]
pub struct NotADay(pub String);

/// How far the clocks of Japan are ahead of UTC, in seconds, summer and winter.
pub const JAPAN_AHEAD_SECONDS: i64 = 9 * 3600;

const EPOCH_FROM_CE: i32 = 719_163;
const DAY_SECONDS: i64 = 86_400;

impl Day {
    /// The day with these numbers, if the calendar has it.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(|d| Day(d.num_days_from_ce() - EPOCH_FROM_CE))
    }

    /// Year, month 1–12, day of month.
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    /// The month this day lies in.
    pub fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        Month(year * 12 + month as i32 - 1)
    }

    /// 0 Monday … 6 Sunday.
    pub fn weekday(self) -> u32 {
        self.date().weekday().num_days_from_monday()
    }

    /// The same day of the month, `months` later; the last day of that month where it has fewer days.
    pub fn plus_months(self, months: i32) -> Day {
        let (_, _, day) = self.ymd();
        let month = self.month().plus(months);
        month.first().max(Day(month.first().0 + day as i32 - 1).min(month.last()))
    }

    /// The first moment of the day.
    pub fn start(self) -> Moment {
        Moment(i64::from(self.0) * DAY_SECONDS)
    }

    /// The moment at this hour, minute and second of the day.
    pub fn at(self, hour: u32, minute: u32, second: u32) -> Moment {
        Moment(self.start().0 + i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
    }

    fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0 + EPOCH_FROM_CE).unwrap_or(NaiveDate::MAX)
    }
}

impl Month {
    /// The month with these numbers; `month` is 1–12.
    pub fn from_ym(year: i32, month: u32) -> Option<Month> {
        (1..=12).contains(&month).then(|| Month(year * 12 + month as i32 - 1))
    }

    /// Year and month 1–12.
    pub fn ym(self) -> (i32, u32) {
        (self.0.div_euclid(12), self.0.rem_euclid(12) as u32 + 1)
    }

    /// `months` later.
    pub fn plus(self, months: i32) -> Month {
        Month(self.0 + months)
    }

    /// Its first day.
    pub fn first(self) -> Day {
        let (year, month) = self.ym();
        Day::from_ymd(year, month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last(self) -> Day {
        Day(self.plus(1).first().0 - 1)
    }
}

impl Moment {
    /// The day this moment lies in.
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(DAY_SECONDS) as i32)
    }

    /// Seconds since the start of its day.
    pub fn second_of_day(self) -> u32 {
        self.0.rem_euclid(DAY_SECONDS) as u32
    }
}

impl Add<i32> for Day {
    type Output = Day;
    fn add(self, days: i32) -> Day {
        Day(self.0 + days)
    }
}

impl Sub<i32> for Day {
    type Output = Day;
    fn sub(self, days: i32) -> Day {
        Day(self.0 - days)
    }
}

/// Days from the other day to this one.
impl Sub for Day {
    type Output = i32;
    fn sub(self, other: Day) -> i32 {
        self.0 - other.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.ym();
        write!(f, "{year:04}-{month:02}")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.second_of_day();
        write!(f, "{}T{:02}:{:02}:{:02}", self.day(), second / 3600, second / 60 % 60, second % 60)
    }
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Day, NotADay> {
        let not = || NotADay(text.to_owned());
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().ok_or_else(not);
        let (year, month, day) = (next()?, next()?, next()?);
        if year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return Err(not());
        }
        let number = |digits: &str| digits.parse::<u32>().map_err(|_| not());
        Day::from_ymd(number(year)? as i32, number(month)?, number(day)?).ok_or_else(not)
    }
}

impl FromStr for Month {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Month, NotADay> {
        format!("{text}-01").parse::<Day>().map(Day::month).map_err(|_| NotADay(text.to_owned()))
    }
}

impl FromStr for Moment {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Moment, NotADay> {
        let not = || NotADay(text.to_owned());
        let (day, time) = text.split_once('T').ok_or_else(not)?;
        let day: Day = day.parse()?;
        let parts: Vec<u32> = time.split(':').map(|p| p.parse().map_err(|_| not())).collect::<Result<_, _>>()?;
        match parts[..] {
            [h, m, s] if h < 24 && m < 60 && s < 60 => Ok(day.at(h, m, s)),
            _ => Err(not()),
        }
    }
}

macro_rules! text_on_the_wire {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}
text_on_the_wire!(Day, Month, Moment);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_what_it_writes() {
        for text in ["1970-01-01", "2024-02-29", "2025-12-31"] {
            assert_eq!(text.parse::<Day>().map(|d| d.to_string()), Ok(text.to_owned()));
        }
        assert!("2025-02-29".parse::<Day>().is_err(), "2025 is no leap year");
        assert!("2026-13-01".parse::<Day>().is_err());
        assert!("26-1-1".parse::<Day>().is_err());
    }

    #[test]
    fn a_month_later_than_the_31st_is_the_last_of_a_short_month() {
        let day: Day = "2025-01-31".parse().expect("a day");
        assert_eq!(day.plus_months(1).to_string(), "2025-02-28");
        assert_eq!(day.plus_months(-12).to_string(), "2024-01-31");
        assert_eq!("2024-02-29".parse::<Day>().expect("a day").plus_months(-12).to_string(), "2023-02-28");
    }

    #[test]
    fn a_moment_knows_its_day() {
        let moment: Moment = "2025-06-05T23:59:58".parse().expect("a moment");
        assert_eq!(moment.day().to_string(), "2025-06-05");
        assert_eq!(moment.to_string(), "2025-06-05T23:59:58");
    }
}
