//! A way of writing days that somebody states, as strftime does: `%d/%m/%Y`.

use super::day::{Day, JAPAN_AHEAD_SECONDS, Moment};
use chrono::format::{Item, Numeric, Parsed, StrftimeItems, parse};
use chrono::{DateTime, Datelike, Timelike};
use std::fmt::Write;

/// A form in which whole days can be written and read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateForm(String);

impl DateForm {
    /// The form, if it names year, month and day and nothing unknown.
    pub fn new(format: &str) -> Option<DateForm> {
        let form = DateForm(format.to_owned());
        let probe = DateTime::parse_from_rfc3339("2026-03-04T13:45:07+09:00").ok()?;
        if StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) {
            return None;
        }
        let mut text = String::new();
        write!(text, "{}", probe.format(format)).ok()?;
        let (at, _) = form.read(&text)?;
        (Some(at.day()) == Day::from_ymd(2026, 3, 4)).then_some(form)
    }

    /// The moment a text of this form means, and whether it states the time of day. Another offset is brought to
    /// Japan time. Nothing for another form and for years in which nobody sold by mail on a screen.
    pub fn read(&self, text: &str) -> Option<(Moment, bool)> {
        let mut parsed = Parsed::new();
        parse(&mut parsed, text, StrftimeItems::new(&self.0)).ok()?;
        let date = parsed.to_naive_date().ok().filter(|date| (1997..=2100).contains(&date.year()))?;
        let day = Day::from_ymd(date.year(), date.month(), date.day())?;
        let Ok(time) = parsed.to_naive_time() else { return Some((day.start(), false)) };
        let shift =
            parsed.to_fixed_offset().map_or(0, |offset| JAPAN_AHEAD_SECONDS - i64::from(offset.local_minus_utc()));
        Some((Moment(day.start().0 + i64::from(time.num_seconds_from_midnight()) + shift), true))
    }

    /// Whether a day in the order year, month, day would read as another one: the day stands between the two.
    pub fn is_year_day_month(&self) -> bool {
        let place = |wanted: Numeric| {
            StrftimeItems::new(&self.0).position(|item| matches!(item, Item::Numeric(n, _) if n == wanted))
        };
        let places = (place(Numeric::Year), place(Numeric::Day), place(Numeric::Month));
        matches!(places, (Some(year), Some(day), Some(month)) if year < day && day < month)
    }
}
