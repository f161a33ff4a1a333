//! When an order was placed.

use super::assemble::{Fault, Row};
use super::cell;
use super::encoding::Encoding;
use super::problem::{Problem, ProblemKind};
use super::profile::{Field, MomentForm};
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::{Day, Mall, Moment, Order};

/// When it was ordered, and whether the time of day is stated.
///
/// The best column that states one counts, so that a spreadsheet's `########` in one of them does no harm. A text that is
/// no date, and no date in a column beside it, is a fault: the date inside a Rakuten order number, which has no time,
/// would hide that it was damaged. That one serves where no column states anything, and tells what `26/3/1`, `3/1/2026` and
/// a spreadsheet's number of days mean; a date far from it was changed by hand or by a spreadsheet.
pub(crate) fn ordered_at(layout: &Layout, rows: &[&Row], store: &str, number: &str) -> Result<(Moment, bool), Fault> {
    let in_number = day_in_number(layout, store, number);
    if let Ok(Some(seconds)) = layout.number(rows, Field::OrderedEpoch)
        && let Some(at) = cell::epoch(seconds)
    {
        return Ok((at, true));
    }
    let time = || {
        let place = layout.columns.place(Field::OrderedTime)?;
        rows.iter().filter_map(|row| row.record.get(place)).find_map(|bytes| cell::time_of_day(bytes, layout.encoding))
    };
    let stating = |field| {
        let states = |row: &&&Row| !layout.cell(&row.record, field).trim_ascii().is_empty();
        &rows.iter().find(states).unwrap_or(&rows[0]).record
    };
    let mut damaged = None;
    for field in [Field::OrderedAt, Field::OrderedOn] {
        let stated = match layout.moment(rows, field) {
            Ok(stated) => stated,
            Err(fault) => {
                let text = layout.text(stating(field), field);
                let agreed = in_number.and_then(|day| agreeing(&text, compact(layout, day)?.day()));
                if agreed.is_none() {
                    damaged = damaged.or(Some(fault));
                }
                agreed
            }
        };
        match stated {
            Some((at, _)) if is_far(layout, stating(field), field, at, in_number) => {
                return Err(layout.fault(stating(field), field, ProblemKind::DateDiffers));
            }
            Some((at, true)) => return Ok((at, true)),
            Some((at, false)) => {
                return Ok(time().map_or((at, false), |seconds| (Moment(at.day().start().0 + seconds), true)));
            }
            None => {}
        }
    }
    if let Some(fault) = damaged {
        return Err(fault);
    }
    let in_number = in_number.and_then(|day| compact(layout, day)).map(|at| (at, false));
    let stated = [Field::OrderedAt, Field::OrderedEpoch, Field::OrderedOn];
    let field = stated.into_iter().find(|f| layout.columns.place(*f).is_some()).unwrap_or(Field::OrderNumber);
    in_number.ok_or_else(|| layout.fault(&rows[0].record, field, ProblemKind::BadDate))
}

/// The problem of an order that states a time of day which nobody can read.
pub(crate) fn unread_time(layout: &Layout, rows: &[&Row], order: &Order) -> Option<Problem> {
    let place = layout.columns.place(Field::OrderedTime).filter(|_| !order.time_known)?;
    let is_unread = |row: &&&Row| {
        let cell = row.record.get(place).unwrap_or_default();
        !cell.trim_ascii().is_empty() && cell::time_of_day(cell, layout.encoding).is_none()
    };
    let row = rows.iter().find(is_unread)?;
    let fault = layout.fault(&row.record, Field::OrderedTime, ProblemKind::TimeUnknown);
    Some(layout.problem(row.row, &fault, &order.number))
}

/// The day in a Rakuten order number as it is written.
fn day_in_number<'n>(layout: &Layout, store: &str, number: &'n str) -> Option<&'n [u8]> {
    let from = store.len() + 1;
    number.as_bytes().get(from..from + 8).filter(|_| layout.profile.mall == Mall::Rakuten)
}

fn compact(layout: &Layout, day: &[u8]) -> Option<Moment> {
    cell::moment(day, layout.encoding, &[MomentForm::Compact]).ok().flatten().map(|(at, _)| at)
}

/// A moment of this day, of a text that could be of several, in whichever way it is of this one: the year of two digits or
/// behind, or all of it the number of days that a spreadsheet counts.
fn agreeing(text: &str, day: Day) -> Option<(Moment, bool)> {
    if let Ok(days) = text.parse::<f64>() {
        // Beyond the next century no number is of days.
        let days = Some(days).filter(|days| (1.0..100_000.0).contains(days))?;
        let counted = [false, true].map(|from_1904| cell::serial_moment(days, from_1904));
        return counted.into_iter().flatten().find(|at| at.day() == day).map(|at| (at, days.fract() != 0.0));
    }
    let (date, time) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let mut parts: Vec<u32> = date.split(['/', '-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.sort_unstable();
    let (year, month, of_month) = day.ymd();
    let year = u32::try_from(year).ok()?;
    let is_of = |year: u32| {
        let mut known = [year, month, of_month];
        known.sort_unstable();
        parts == known
    };
    if !is_of(year) && !is_of(year % 100) {
        return None;
    }
    match time.trim() {
        "" => Some((day.start(), false)),
        time => Some((Moment(day.start().0 + cell::time_of_day(time.as_bytes(), Encoding::Utf8)?), true)),
    }
}

/// Whether an order was placed a year or more from the day in its number.
fn is_far(layout: &Layout, record: &ByteRecord, field: Field, at: Moment, in_number: Option<&[u8]>) -> bool {
    const YEAR: i32 = 366;
    let Some(day) = in_number else { return false };
    // Nearly every order: both begin with the same year.
    !layout.cell(record, field).starts_with(&day[..4])
        && compact(layout, day).is_some_and(|day| (at.day() - day.day()).abs() >= YEAR)
}
