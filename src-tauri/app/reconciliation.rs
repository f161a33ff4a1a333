//! The mall's own counts of new and repeat buyers beside ours, and why they differ.

use super::error::Error;
use super::session::Session;
use super::words;
use crate::insight::{Scope, View, overview};
use crate::shop::beside::MallCount;
use crate::shop::{Day, Mall, Month};
use fluent_bundle::FluentValue;
use serde::Serialize;
use std::collections::BTreeMap;

/// Months a mall looks back for an earlier purchase; before the ledger is that old it knows fewer earlier purchases.
const LOOKS_BACK_MONTHS: i32 = 24;

/// A shop may go this long without an order at the end of a month; a longer silence is a file that ends there.
const QUIET_DAYS: i32 = 3;

/// The counts of every month that a mall's file states, newest first, malls in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Reconciliation {
    /// One per mall and month.
    pub months: Vec<ReconciledMonth>,
    /// What it comes to, in a sentence; that there is nothing to compare when no file was imported.
    pub finding: String,
}

/// One month of one mall.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ReconciledMonth {
    /// Whose counts.
    pub mall: Mall,
    /// Which month.
    pub month: Month,
    /// The mall's file states days, added up here; a buyer of two days is counted twice then.
    pub of_days: bool,
    /// Days the mall's counts cover.
    pub days_count: u32,
    /// New buyers as the mall counts them; nothing when it hides the number.
    pub mall_new_count: Option<i64>,
    /// Repeat buyers as the mall counts them.
    pub mall_repeat_count: Option<i64>,
    /// Customers whose first purchase at this mall lies in the month.
    pub new_customer_count: u32,
    /// Customers of the month who had bought at this mall before it.
    pub repeat_customer_count: u32,
    /// Why the two differ, in a sentence.
    pub explanation: String,
}

/// Everything the malls' files state, beside what the ledger says of the same months and mall.
pub fn answer(session: &Session) -> Result<Reconciliation, Error> {
    let stated = stated_months(&session.ledger.mall_counts()?);
    let history = session.history()?;
    let mut months = Vec::new();
    for mall in [Mall::Rakuten, Mall::Yahoo] {
        // Every month, not only the last twelve.
        let scope = Scope { mall: Some(mall), from: history.first_day(), ..Scope::default() };
        let view = View::new(&history, &scope);
        let ours: BTreeMap<Month, (u32, u32)> = overview::overview(view.as_ref())
            .months
            .into_iter()
            .map(|row| (row.month, (row.new_customer_count, row.customer_count - row.new_customer_count)))
            .collect();
        let days = || history.orders.mall.iter().zip(&history.orders.ordered_at).filter(|(of, _)| **of == mall);
        let covered = days().map(|(_, at)| at.day()).min().zip(days().map(|(_, at)| at.day()).max());
        for ((_, month), stated) in stated.iter().filter(|((of, _), _)| *of == mall).rev() {
            let (new_customer_count, repeat_customer_count) = ours.get(month).copied().unwrap_or_default();
            let mut row = ReconciledMonth {
                mall,
                month: *month,
                of_days: stated.of_days,
                days_count: stated.days_count,
                mall_new_count: stated.new,
                mall_repeat_count: stated.repeat,
                new_customer_count,
                repeat_customer_count,
                explanation: String::new(),
            };
            row.explanation = explanation(session, &row, covered);
            months.push(row);
        }
    }
    let finding = finding(session, &months);
    Ok(Reconciliation { months, finding })
}

/// What a mall states of a month.
#[derive(Clone, Copy, Debug, Default)]
struct Stated {
    of_days: bool,
    days_count: u32,
    new: Option<i64>,
    repeat: Option<i64>,
}

/// A month's own file is better than the sum of its days: a day's buyers may be the same people.
fn stated_months(counts: &[MallCount]) -> BTreeMap<(Mall, Month), Stated> {
    let mut months: BTreeMap<(Mall, Month), Stated> = BTreeMap::new();
    for count in counts.iter().filter(|count| !count.of_month) {
        let stated = months.entry((count.mall, count.from.month())).or_insert(Stated {
            of_days: true,
            days_count: 0,
            new: Some(0),
            repeat: Some(0),
        });
        stated.days_count += 1;
        // One hidden day hides the sum.
        stated.new = stated.new.zip(count.new_buyers).map(|(sum, day)| sum + day);
        stated.repeat = stated.repeat.zip(count.repeat_buyers).map(|(sum, day)| sum + day);
    }
    for count in counts.iter().filter(|count| count.of_month) {
        let month = count.from.month();
        let days_count = (month.last() - month.first() + 1) as u32;
        let stated = Stated { of_days: false, days_count, new: count.new_buyers, repeat: count.repeat_buyers };
        months.insert((count.mall, month), stated);
    }
    months
}

/// The first reason that explains the difference, from what is certain to what is general.
fn explanation(session: &Session, row: &ReconciledMonth, covered: Option<(Day, Day)>) -> String {
    let catalogue = &session.catalogue;
    let say = |key: &str, day: Option<Day>| {
        let day = day.map(words::short_day).unwrap_or_default();
        let days: FluentValue<'_> = i64::from(row.days_count).into();
        catalogue.text(key, &[("day", day.into()), ("days", days)])
    };
    let (Some(new), Some(repeat)) = (row.mall_new_count, row.mall_repeat_count) else {
        return say("reconciliation-hidden", None);
    };
    let (ours_new, ours_repeat) = (i64::from(row.new_customer_count), i64::from(row.repeat_customer_count));
    if (new, repeat) == (ours_new, ours_repeat) {
        return say("reconciliation-same", None);
    }
    let Some((first, last)) = covered.filter(|(first, last)| *first <= row.month.last() && row.month.first() <= *last)
    else {
        return say("reconciliation-no-orders", None);
    };
    if first > row.month.first() {
        return say("reconciliation-begins-inside", Some(first));
    }
    if last + QUIET_DAYS < row.month.last() {
        return say("reconciliation-ends-inside", Some(last));
    }
    if row.of_days && i64::from(row.days_count) < i64::from(row.month.last() - row.month.first() + 1) {
        return say("reconciliation-days-missing", None);
    }
    if ours_new > new && row.month < first.month().plus(LOOKS_BACK_MONTHS) {
        return say("reconciliation-young-ledger", Some(first));
    }
    if row.of_days && repeat > ours_repeat {
        return say("reconciliation-days-added", None);
    }
    if ours_new > new {
        return say("reconciliation-ours-more-new", None);
    }
    say("reconciliation-people", None)
}

fn finding(session: &Session, months: &[ReconciledMonth]) -> String {
    let catalogue = &session.catalogue;
    // A month whose numbers the mall hides says less than an older one.
    let stated = |row: &ReconciledMonth| row.mall_new_count.zip(row.mall_repeat_count);
    let Some(latest) = months.iter().max_by_key(|row| (stated(row).is_some(), row.month)) else {
        return catalogue.word("reconciliation-none");
    };
    let month: FluentValue<'_> = words::month(latest.month, catalogue.language).into();
    let Some((mall_new, mall_repeat)) = stated(latest) else {
        return catalogue.text("reconciliation-finding-hidden", &[("month", month)]);
    };
    catalogue.text(
        "reconciliation-finding",
        &[
            ("month", month),
            ("mall_new", words::grouped(mall_new).into()),
            ("mall_repeat", words::grouped(mall_repeat).into()),
            ("new", words::grouped(i64::from(latest.new_customer_count)).into()),
            ("repeat", words::grouped(i64::from(latest.repeat_customer_count)).into()),
            ("why", latest.explanation.clone().into()),
        ],
    )
}
