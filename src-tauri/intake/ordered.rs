//! When an order was placed.

use super::assemble::{Fault, Row};
use super::cell;
use super::problem::ProblemKind;
use super::profile::{Field, MomentForm};
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::{Mall, Moment};

/// When it was ordered, and whether the time of day is stated.
///
/// The best column that states something counts. A text in it that is no date is a fault: what stands there was
/// damaged, and a date taken from elsewhere would hide it. The date inside a Rakuten order number serves where no
/// column states one; a date far from it was changed by hand or by a spreadsheet.
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
    for field in [Field::OrderedAt, Field::OrderedOn] {
        match layout.moment(rows, field)? {
            Some((at, _)) if is_far(layout, &rows[0].record, field, at, in_number) => {
                return Err(layout.fault(&rows[0].record, field, ProblemKind::DateDiffers));
            }
            Some((at, true)) => return Ok((at, true)),
            Some((at, false)) => {
                return Ok(time().map_or((at, false), |seconds| (Moment(at.day().start().0 + seconds), true)));
            }
            None => {}
        }
    }
    let in_number = in_number.and_then(|day| compact(layout, day)).map(|at| (at, false));
    let stated = [Field::OrderedAt, Field::OrderedEpoch, Field::OrderedOn];
    let field = stated.into_iter().find(|f| layout.columns.place(*f).is_some()).unwrap_or(Field::OrderNumber);
    in_number.ok_or_else(|| layout.fault(&rows[0].record, field, ProblemKind::BadDate))
}

/// The day in a Rakuten order number as it is written.
fn day_in_number<'n>(layout: &Layout, store: &str, number: &'n str) -> Option<&'n [u8]> {
    let from = store.len() + 1;
    number.as_bytes().get(from..from + 8).filter(|_| layout.profile.mall == Mall::Rakuten)
}

fn compact(layout: &Layout, day: &[u8]) -> Option<Moment> {
    cell::moment(day, layout.encoding, &[MomentForm::Compact]).ok().flatten().map(|(at, _)| at)
}

/// Whether an order was placed a year or more from the day in its number.
fn is_far(layout: &Layout, record: &ByteRecord, field: Field, at: Moment, in_number: Option<&[u8]>) -> bool {
    const YEAR: i32 = 366;
    let Some(day) = in_number else { return false };
    // Nearly every order: both begin with the same year.
    !layout.cell(record, field).starts_with(&day[..4])
        && compact(layout, day).is_some_and(|day| (at.day() - day.day()).abs() >= YEAR)
}
