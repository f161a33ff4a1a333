//! On which days, and at what hours, a mall held a shopping event.
//!
//! Rules are values, read by `app` from data with their source, and may be added to; a rule holds from a stated
//! day on. Days of both malls overlap (5, 15, 25), so everything here is asked per mall.

use crate::shop::{Day, Mall, Moment};
use serde::{Deserialize, Serialize};

const LAST_SECOND: u32 = 86_399;

/// The events of all malls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// In any order; a day under several rules is an event day.
    pub rules: Vec<EventRule>,
}

/// One event that comes again, or a list of its windows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRule {
    /// Stable name: `rakuten-5-0`.
    pub key: String,
    /// Whose event.
    pub mall: Mall,
    /// The event's own name, as the mall writes it.
    pub name: String,
    /// When.
    pub when: When,
    /// First day on which the rule is known to hold; absent: as far back as ledgers reach.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day on which it held; absent: still holds.
    #[serde(default)]
    pub until: Option<Day>,
    /// Days, first and last, on which another rule states this event's exact windows and this one gives way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gives_way: Vec<(Day, Day)>,
    /// Where it is described: addresses, no sentences.
    pub source: String,
    /// What is to be kept in mind about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// The day on which somebody last looked there.
    pub checked_on: Day,
}

/// What a source does not tell, or what was assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// No source says since when it has been held.
    FirstDayUnknown,
    /// It comes irregularly; only windows that were found are listed.
    Incomplete,
    /// Some windows state no times; the usual ones stand in.
    UsualTimes,
    /// The days are those of recent years.
    RecentYears,
}

impl Remark {
    /// Its word in the catalogue, after `events-remark-`.
    pub fn word(self) -> &'static str {
        match self {
            Remark::FirstDayUnknown => "first-day-unknown",
            Remark::Incomplete => "incomplete",
            Remark::UsualTimes => "usual-times",
            Remark::RecentYears => "recent-years",
        }
    }
}

/// The shape of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum When {
    /// These days of every month, the whole day.
    DaysOfMonth(Vec<u32>),
    /// This day of the week, the whole day; 0 Monday … 6 Sunday.
    Weekday(u32),
    /// Days whose number is that of their month (1/1, 2/2 … 12/12), the whole day.
    MonthIsDay,
    /// In each of these months from a day and time to a day and time.
    InMonths {
        /// 1–12.
        months: Vec<u32>,
        /// Day of the month.
        from_day: u32,
        /// First second, `HH:MM`.
        from_time: Time,
        /// Day of the same month.
        to_day: u32,
        /// Last minute, `HH:MM`, to its last second.
        to_time: Time,
    },
    /// These windows, ends included.
    Windows(Vec<Window>),
}

/// From the first to the last second of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, rename = "EventWindow"))]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// First second.
    pub from: Moment,
    /// Last second.
    pub to: Moment,
}

/// A time of day to the minute, `HH:MM` when written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
#[serde(try_from = "String", into = "String")]
pub struct Time {
    /// 0–23.
    pub hour: u32,
    /// 0–59.
    pub minute: u32,
}

impl TryFrom<String> for Time {
    type Error = String;
    fn try_from(text: String) -> Result<Time, String> {
        let parts = text.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
        match parts {
            Some((hour, minute)) if hour < 24 && minute < 60 => Ok(Time { hour, minute }),
            _ => Err(format!("not a time of day: {text}")),
        }
    }
}

impl From<Time> for String {
    fn from(time: Time) -> String {
        format!("{:02}:{:02}", time.hour, time.minute)
    }
}

impl When {
    /// Whether it names days there are, windows that end after they begin, and no two windows on one day.
    pub fn is_sound(&self) -> bool {
        match self {
            When::DaysOfMonth(days) => !days.is_empty() && days.iter().all(|day| (1..=31).contains(day)),
            When::Weekday(weekday) => *weekday < 7,
            When::MonthIsDay => true,
            When::InMonths { months, from_day, from_time, to_day, to_time } => {
                let days = [from_day, to_day].iter().all(|day| (1..=31).contains(*day));
                let in_order = (from_day, from_time) <= (to_day, to_time);
                !months.is_empty() && months.iter().all(|month| (1..=12).contains(month)) && days && in_order
            }
            When::Windows(windows) => {
                let mut days: Vec<(Day, Day)> = windows.iter().map(|w| (w.from.day(), w.to.day())).collect();
                days.sort_unstable();
                let apart = days.windows(2).all(|two| two[0].1 < two[1].0);
                !windows.is_empty() && windows.iter().all(|window| window.from <= window.to) && apart
            }
        }
    }
}

impl EventRule {
    /// Which seconds of the day lie in the event, first and last; nothing when none do.
    fn seconds_of(&self, day: Day) -> Option<(u32, u32)> {
        let (_, month, date) = day.ymd();
        self.seconds_on(day, month, date)
    }

    /// The same of a day whose month and date are known.
    fn seconds_on(&self, day: Day, month: u32, date: u32) -> Option<(u32, u32)> {
        if self.from.is_some_and(|from| day < from) || self.until.is_some_and(|until| day > until) {
            return None;
        }
        if self.gives_way.iter().any(|(first, last)| (*first..=*last).contains(&day)) {
            return None;
        }
        let whole = |on: bool| on.then_some((0, LAST_SECOND));
        match &self.when {
            When::DaysOfMonth(days) => whole(days.contains(&date)),
            When::Weekday(weekday) => whole(day.weekday() == *weekday),
            When::MonthIsDay => whole(month == date),
            When::InMonths { months, from_day, from_time, to_day, to_time } => {
                let first = if date == *from_day { from_time.hour * 3600 + from_time.minute * 60 } else { 0 };
                let last = if date == *to_day { to_time.hour * 3600 + to_time.minute * 60 + 59 } else { LAST_SECOND };
                (months.contains(&month) && (*from_day..=*to_day).contains(&date)).then_some((first, last))
            }
            When::Windows(windows) => {
                // Windows of one event do not share a day.
                let window = windows.iter().find(|w| w.from.day() <= day && day <= w.to.day())?;
                let first = if window.from.day() == day { window.from.second_of_day() } else { 0 };
                let last = if window.to.day() == day { window.to.second_of_day() } else { LAST_SECOND };
                Some((first, last))
            }
        }
    }
}

impl Calendar {
    /// Whether the moment lies in an event of the mall; nothing when the time of day is not known and only part
    /// of the day does. The shop's own list has no events.
    pub fn is_event(&self, mall: Mall, moment: Moment, time_known: bool) -> Option<bool> {
        let second = moment.second_of_day();
        let mut unclear = false;
        for (first, last) in self.spans(mall, moment.day()) {
            if (first, last) == (0, LAST_SECOND) || (time_known && (first..=last).contains(&second)) {
                return Some(true);
            }
            unclear |= !time_known;
        }
        (!unclear).then_some(false)
    }

    /// Whether the moment lies in the event with this key; nothing when the time of day is not known and only part of
    /// the day does. Another mall's order lies in none.
    pub fn is_in(&self, key: &str, mall: Mall, moment: Moment, time_known: bool) -> Option<bool> {
        let of_key = self.rules.iter().filter(|rule| rule.key == key && rule.mall == mall && mall != Mall::Own);
        let mut unclear = false;
        for (first, last) in of_key.filter_map(|rule| rule.seconds_of(moment.day())) {
            let inside = (first..=last).contains(&moment.second_of_day());
            if (first, last) == (0, LAST_SECOND) || (time_known && inside) {
                return Some(true);
            }
            unclear |= !time_known;
        }
        (!unclear).then_some(false)
    }

    /// Rules with an event on any day from `from` to `to`, in their order.
    pub fn between(&self, from: Day, to: Day) -> impl Iterator<Item = &EventRule> {
        self.rules.iter().filter(move |rule| (from.0..=to.0).any(|day| rule.seconds_of(Day(day)).is_some()))
    }

    /// Names of the events of a mall that touch the day, in the order of the rules.
    pub fn names_on(&self, mall: Mall, day: Day) -> Vec<&str> {
        let of_mall = self.rules.iter().filter(|rule| rule.mall == mall && mall != Mall::Own);
        of_mall.filter(|rule| rule.seconds_of(day).is_some()).map(|rule| rule.name.as_str()).collect()
    }

    /// The same answers as [`Calendar::is_event`], looked up once for every day from `from` to `to`.
    pub fn days(&self, from: Day, to: Day) -> EventDays<'_> {
        let count = (to - from + 1).max(0) as usize;
        let mut days = EventDays { calendar: self, from, count, kinds: Vec::new(), starts: vec![0], spans: Vec::new() };
        // In the order of their numbers.
        for mall in [Mall::Rakuten, Mall::Yahoo, Mall::Own] {
            for day in from.0..=to.0 {
                let begin = days.spans.len();
                days.spans.extend(self.spans(mall, Day(day)));
                let kind = match &days.spans[begin..] {
                    [] => DayKind::Plain,
                    spans if spans.contains(&(0, LAST_SECOND)) => DayKind::Event,
                    _ => DayKind::Partly,
                };
                days.kinds.push(kind);
                days.starts.push(days.spans.len() as u32);
            }
        }
        days
    }

    fn spans(&self, mall: Mall, day: Day) -> impl Iterator<Item = (u32, u32)> {
        let of_mall = self.rules.iter().filter(move |rule| rule.mall == mall && mall != Mall::Own);
        let (_, month, date) = day.ymd();
        of_mall.filter_map(move |rule| rule.seconds_on(day, month, date))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DayKind {
    Plain,
    Event,
    /// Only some of its seconds lie in an event.
    Partly,
}

/// A calendar laid out day by day, for asking about every order.
#[derive(Clone, Debug)]
pub struct EventDays<'c> {
    calendar: &'c Calendar,
    from: Day,
    count: usize,
    /// Mall by mall the days.
    kinds: Vec<DayKind>,
    /// Likewise where the spans of each begin, and where the last ones end.
    starts: Vec<u32>,
    /// Seconds of a day that lie in an event, first and last.
    spans: Vec<(u32, u32)>,
}

impl EventDays<'_> {
    /// As [`Calendar::is_event`].
    pub fn is_event(&self, mall: Mall, moment: Moment, time_known: bool) -> Option<bool> {
        self.is_event_on(mall, moment.day(), || (moment, time_known))
    }

    /// The same of a moment on this day, which is asked for, with whether its time is known, where the day does not say it
    /// already. Most days do, and without a branch: whether an order was on an event cannot be foreseen.
    pub fn is_event_on(&self, mall: Mall, day: Day, moment: impl FnOnce() -> (Moment, bool)) -> Option<bool> {
        let of_mall = usize::try_from(day - self.from).ok().filter(|&place| place < self.count);
        let Some(place) = of_mall.map(|place| mall as usize * self.count + place) else {
            let (moment, time_known) = moment();
            return self.calendar.is_event(mall, moment, time_known);
        };
        if self.kinds[place] == DayKind::Partly {
            let (moment, time_known) = moment();
            let second = moment.second_of_day();
            let spans = &self.spans[self.starts[place] as usize..self.starts[place + 1] as usize];
            return time_known.then(|| spans.iter().any(|(first, last)| (first..=last).contains(&&second)));
        }
        Some(self.kinds[place] == DayKind::Event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(mall: Mall, when: When) -> EventRule {
        EventRule {
            key: "a-rule".into(),
            mall,
            name: "A rule".into(),
            when,
            from: None,
            until: None,
            gives_way: Vec::new(),
            source: "invented".into(),
            remarks: Vec::new(),
            checked_on: Day(20_000),
        }
    }

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn check(calendar: &Calendar, mall: Mall, at: &str, time_known: bool, expected: Option<bool>) {
        let at = moment(at);
        assert_eq!(calendar.is_event(mall, at, time_known), expected, "{at} {mall}");
        let days = calendar.days(at.day() - 3, at.day());
        assert_eq!(days.is_event(mall, at, time_known), expected, "day by day, {at} {mall}");
    }

    #[test]
    fn the_last_night_of_a_sale_is_unclear_without_a_time() {
        let sale = When::InMonths {
            months: vec![3, 6, 9, 12],
            from_day: 4,
            from_time: Time { hour: 20, minute: 0 },
            to_day: 11,
            to_time: Time { hour: 1, minute: 59 },
        };
        let calendar = Calendar { rules: vec![rule(Mall::Rakuten, sale)] };
        check(&calendar, Mall::Rakuten, "2025-09-04T19:59:59", true, Some(false));
        check(&calendar, Mall::Rakuten, "2025-09-04T20:00:00", true, Some(true));
        check(&calendar, Mall::Rakuten, "2025-09-11T01:59:59", true, Some(true));
        check(&calendar, Mall::Rakuten, "2025-09-11T02:00:00", true, Some(false));
        check(&calendar, Mall::Rakuten, "2025-09-11T00:00:00", false, None);
        check(&calendar, Mall::Rakuten, "2025-09-07T00:00:00", false, Some(true));
        check(&calendar, Mall::Rakuten, "2025-08-07T00:00:00", false, Some(false));
        check(&calendar, Mall::Yahoo, "2025-09-07T00:00:00", false, Some(false));
    }

    #[test]
    fn a_whole_day_event_is_clear_even_inside_an_unclear_one() {
        let window = Window { from: moment("2026-02-04T20:00:00"), to: moment("2026-02-10T01:59:59") };
        let rules =
            vec![rule(Mall::Rakuten, When::Windows(vec![window])), rule(Mall::Rakuten, When::DaysOfMonth(vec![10]))];
        let calendar = Calendar { rules };
        check(&calendar, Mall::Rakuten, "2026-02-10T00:00:00", false, Some(true));
        check(&calendar, Mall::Rakuten, "2026-02-04T00:00:00", false, None);
    }

    #[test]
    fn a_rule_holds_from_its_day_on() {
        let mut sunday = rule(Mall::Yahoo, When::Weekday(6));
        sunday.from = "2025-06-01".parse().ok();
        let calendar = Calendar { rules: vec![sunday, rule(Mall::Own, When::MonthIsDay)] };
        check(&calendar, Mall::Yahoo, "2025-05-25T10:00:00", true, Some(false));
        check(&calendar, Mall::Yahoo, "2025-06-01T10:00:00", true, Some(true));
        check(&calendar, Mall::Own, "2025-05-05T10:00:00", true, Some(false));
    }

    #[test]
    fn a_calendar_reads_what_it_writes() {
        let when = When::InMonths {
            months: vec![3],
            from_day: 4,
            from_time: Time { hour: 20, minute: 0 },
            to_day: 11,
            to_time: Time { hour: 1, minute: 59 },
        };
        let calendar = Calendar { rules: vec![rule(Mall::Rakuten, when), rule(Mall::Yahoo, When::MonthIsDay)] };
        let text = serde_json::to_string(&calendar).expect("plain values");
        assert_eq!(serde_json::from_str::<Calendar>(&text).expect("what was written"), calendar);
    }
}
