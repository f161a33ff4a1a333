//! Which rows of an order are older copies of others: a file made of two exports holds an order twice.

use super::assemble::Row;
use super::cell;
use super::damage::is_cut_down;
use super::flaw::Flaw;
use super::profile::Field;
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::Moment;
use rustc_hash::FxHashSet;

/// The rows of the newest copy of the order.
///
/// A file made of two exports holds an order twice; its line ids then repeat. The copy with the newest event
/// counts, of equal ones the last. Without line ids every row is a line, and so is one whose ids a spreadsheet has cut
/// down: what is left of them says nothing about which line it is.
pub(crate) fn newest_copy<'r>(layout: &Layout, rows: &'r [Row]) -> Vec<&'r Row> {
    let mut seen = FxHashSet::default();
    let key = |row: &'r Row| {
        let line = layout.cell(&row.record, Field::LineKey).trim_ascii();
        let parcel = layout.cell(&row.record, Field::ShipToKey);
        Some((line, parcel)).filter(|_| !line.is_empty() && !is_cut_down(line) && !is_cut_down(parcel.trim_ascii()))
    };
    // No copy counts before one of which nobody knows what it said: it is no order then.
    let is_flawed = || rows.iter().any(|row| row.flaw.is_some());
    if rows.len() < 2 || is_flawed() || rows.iter().all(|row| key(row).is_none_or(|key| seen.insert(key))) {
        return rows.iter().collect();
    }
    let newest: Vec<Option<Moment>> = rows.iter().map(|row| newest_event(layout, &row.record)).collect();
    let latest = newest.iter().max().copied().flatten();
    let mut taken = FxHashSet::default();
    let of_latest = rows.iter().zip(&newest).filter(|(_, at)| **at == latest).map(|(row, _)| row);
    let mut kept: Vec<&Row> = of_latest.rev().filter(|row| key(row).is_none_or(|key| taken.insert(key))).collect();
    kept.reverse();
    kept
}

/// The newest row among several of one order in an orders half; of equal ones the last, and the last in any case where the
/// file ends in it.
pub(crate) fn newest_row<'r>(layout: &Layout, rows: &'r [Row]) -> Option<&'r Row> {
    match rows {
        [row] => Some(row),
        [.., row] if row.flaw == Some(Flaw::CutShort) => Some(row),
        rows => rows.iter().max_by_key(|row| newest_event(layout, &row.record)),
    }
}

/// The latest moment that a row states of its order.
pub(crate) fn newest_event(layout: &Layout, record: &ByteRecord) -> Option<Moment> {
    let cells = layout.columns.events.iter().filter_map(|place| record.get(*place));
    let read = |bytes: &[u8]| cell::moment(bytes, layout.encoding, &layout.profile.moments).ok().flatten();
    cells.filter_map(read).map(|(at, _)| at).max()
}
