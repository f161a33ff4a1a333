//! What may be changed from the command line.

use super::values::mall;
use crate::app::Error;
use crate::app::screens::NewEventRule;
use crate::insight::calendar::{Time, When, Window};
use crate::shop::{Day, Mall, Moment};
use clap::{Args, Subcommand};

/// A change of settings.
#[derive(Debug, Subcommand)]
pub(super) enum SettingsChange {
    /// Set one: a rate in per cent (3.5 or 2.5-3.5), an amount in yen (650 or 200-1000), or a word
    Set {
        /// Which, from the list
        key: String,
        /// To what; `default` takes the owner's value back
        value: String,
        /// First day on which it holds (YYYY-MM-DD); from the beginning when left out
        #[arg(long)]
        from: Option<Day>,
    },
    /// Confirm settings as they hold; all that are open when none is named
    Confirm {
        /// Which, from the list
        keys: Vec<String>,
    },
    /// Print the recovery code of a ledger that keeps no names, where the system keeps the secret
    RecoveryCode,
    /// Take a change back
    Undo {
        /// Its number, from the list; the newest when left out
        change: Option<i64>,
    },
}

/// What to decide about who is who.
#[derive(Debug, Subcommand)]
pub(super) enum IdentityDecision {
    /// Two customers are one person
    Join {
        /// customer_id of one
        a: i64,
        /// customer_id of the other
        b: i64,
    },
    /// Two customers are two people: never ask again
    Apart {
        /// customer_id of one
        a: i64,
        /// customer_id of the other
        b: i64,
    },
    /// An order is somebody else's: it becomes a customer of its own
    Separate {
        /// Number of the order
        order: String,
    },
    /// Take a decision back
    Undo {
        /// decision_id, from `identity`
        decision: i64,
    },
}

/// A change of the event calendar.
#[derive(Debug, Subcommand)]
pub(super) enum EventsChange {
    /// The list
    List,
    /// Add a rule of your own
    Add {
        /// Whose event: rakuten, yahoo
        #[arg(long, value_parser = mall)]
        mall: Mall,
        /// Its name
        #[arg(long)]
        name: String,
        #[command(flatten)]
        days: EventDaysAsked,
    },
    /// Write a rule anew: its days, and from when until when it holds
    Change {
        /// Which, from the list
        key: String,
        /// Another name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        days: EventDaysAsked,
    },
    /// Switch a rule off: it makes no event days
    Remove {
        /// Which, from the list
        key: String,
    },
    /// Switch it on again
    Restore {
        /// Which, from the list
        key: String,
    },
    /// Take your changes of a rule away
    Default {
        /// Which, from the list
        key: String,
    },
    /// Take a change back
    Undo {
        /// Its number, from the list; the newest when left out
        change: Option<i64>,
    },
}

/// On which days an event is held; one way of saying it.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct EventDaysAsked {
    /// Days of every month: 5,15,25
    #[arg(long, value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=31), group = "which")]
    days: Vec<u32>,
    /// Day of the week: 0 Monday … 6 Sunday
    #[arg(long, value_parser = clap::value_parser!(u32).range(0..=6), group = "which")]
    weekday: Option<u32>,
    /// Days whose number is that of their month: 1/1, 2/2 … 12/12
    #[arg(long, group = "which")]
    month_is_day: bool,
    /// In these months, from a day and time to another: 3,6,9,12:4T20:00:11T01:59
    #[arg(long, value_parser = in_months, group = "which", value_name = "MONTHS:DAYTHH:MM:DAYTHH:MM")]
    in_months: Option<When>,
    /// Exact windows, first and last second: 2026-03-04T20:00:00/2026-03-11T01:59:59
    #[arg(long, value_parser = window, group = "which", value_name = "FIRST/LAST")]
    window: Vec<Window>,
    /// First day on which it holds (YYYY-MM-DD)
    #[arg(long)]
    from: Option<Day>,
    /// Last day on which it holds (YYYY-MM-DD)
    #[arg(long)]
    until: Option<Day>,
}

impl EventDaysAsked {
    /// The rule they make.
    pub(super) fn rule(&self, key: Option<String>, mall: Mall, name: String) -> Result<NewEventRule, Error> {
        let when = if !self.days.is_empty() {
            When::DaysOfMonth(self.days.clone())
        } else if let Some(weekday) = self.weekday {
            When::Weekday(weekday)
        } else if self.month_is_day {
            When::MonthIsDay
        } else if let Some(in_months) = &self.in_months {
            in_months.clone()
        } else if !self.window.is_empty() {
            When::Windows(self.window.clone())
        } else {
            return Err(Error::BadQuestion("--days --weekday --month-is-day --in-months --window".to_owned()));
        };
        Ok(NewEventRule { key, mall, name, when, from: self.from, until: self.until })
    }
}

fn window(text: &str) -> Result<Window, String> {
    let ends = text
        .split_once('/')
        .and_then(|(from, to)| Some(Window { from: from.parse::<Moment>().ok()?, to: to.parse::<Moment>().ok()? }));
    ends.ok_or_else(|| "like 2026-03-04T20:00:00/2026-03-11T01:59:59".to_owned())
}

fn in_months(text: &str) -> Result<When, String> {
    let read = || {
        let (months, rest) = text.split_once(':')?;
        let months = months.split(',').map(|month| month.parse().ok()).collect::<Option<Vec<u32>>>()?;
        // 4T20:00:11T01:59
        let (from_day, rest) = rest.split_once('T')?;
        let (begins, rest) = rest.split_at_checked(5)?;
        let (to_day, ends) = rest.strip_prefix(':')?.split_once('T')?;
        let time = |text: &str| Time::try_from(text.to_owned()).ok();
        Some(When::InMonths {
            months,
            from_day: from_day.parse().ok()?,
            from_time: time(begins)?,
            to_day: to_day.parse().ok()?,
            to_time: time(ends)?,
        })
    };
    read().ok_or_else(|| "like 3,6,9,12:4T20:00:11T01:59".to_owned())
}
