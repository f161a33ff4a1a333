//! Which rows of an order are older copies of others: a file made of two exports holds an order twice.

use super::assemble::{Row, status};
use super::cell;
use super::damage::is_cut_down;
use super::flaw::Flaw;
use super::profile::Field;
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::{Moment, Order};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;

/// The rows of an order that count, and those that do not.
pub(crate) struct Copies<'r> {
    pub(crate) kept: Vec<&'r Row>,
    /// Rows left out that are as new as the one that stands for them, each with that one.
    pub(crate) rivals: Vec<(&'r Row, &'r Row)>,
}

/// The rows of the newest copy of the order.
///
/// A file made of two exports holds an order twice; its line ids then repeat. The copy in which the order is furthest on
/// counts, then the one with the newest event, of equal ones the last. Without line ids every row is a line, and so is one
/// whose ids a spreadsheet has cut down: what is left of them says nothing about which line it is.
pub(crate) fn newest_copy<'r>(layout: &Layout, rows: &'r [Row]) -> Copies<'r> {
    let mut seen = FxHashSet::default();
    let key = |row: &'r Row| {
        let (line, parcel) = (layout.id(&row.record, Field::LineKey), layout.id(&row.record, Field::ShipToKey));
        Some((line, parcel)).filter(|_| !line.is_empty() && !is_cut_down(line) && !is_cut_down(parcel))
    };
    // No copy counts before one of which nobody knows what it said: it is no order then.
    let is_flawed = || rows.iter().any(|row| row.flaw.is_some());
    if rows.len() < 2 || is_flawed() || rows.iter().all(|row| key(row).is_none_or(|key| seen.insert(key))) {
        return Copies { kept: rows.iter().collect(), rivals: Vec::new() };
    }
    let newest: Vec<Newness> = rows.iter().map(|row| newness(layout, row)).collect();
    let latest = newest.iter().max().copied();
    let mut taken: FxHashMap<_, &Row> = FxHashMap::default();
    let (mut kept, mut rivals) = (Vec::new(), Vec::new());
    for (row, _) in rows.iter().zip(&newest).rev().filter(|(_, at)| Some(**at) == latest) {
        let instead = key(row).and_then(|key| match taken.entry(key) {
            Entry::Occupied(taken) => Some(*taken.get()),
            Entry::Vacant(free) => {
                free.insert(row);
                None
            }
        });
        match instead {
            Some(instead) => rivals.push((row, instead)),
            None => kept.push(row),
        }
    }
    kept.reverse();
    Copies { kept, rivals }
}

/// The newest row among several of one order in an orders half; of equal ones the last, and the last in any case where the
/// file ends in it.
pub(crate) fn newest_row<'r>(layout: &Layout, rows: &'r [Row]) -> Option<&'r Row> {
    match rows {
        [row] => Some(row),
        [.., row] if row.flaw == Some(Flaw::CutShort) => Some(row),
        rows => rows.iter().max_by_key(|row| newness(layout, row)),
    }
}

/// The rows left out that are as new as the one that stands for them, each with that one.
pub(crate) fn rivals_of<'r>(layout: &Layout, rows: &'r [Row], kept: &'r Row) -> Vec<(&'r Row, &'r Row)> {
    if rows.len() < 2 {
        return Vec::new();
    }
    let newest = newness(layout, kept);
    let is_rival = |row: &&Row| row.row != kept.row && newness(layout, row) == newest;
    rows.iter().filter(is_rival).map(|row| (row, kept)).collect()
}

/// How far on the order is in a row, and the latest moment that the row states of it: as the ledger ranks what several
/// exports say. Yahoo empties moments when it cancels, so they come second.
pub(crate) type Newness = (u8, Option<Moment>);

pub(crate) fn newness(layout: &Layout, row: &Row) -> Newness {
    let phase =
        status(layout, &[row]).map_or(0, |(status, _, code)| Order::phase_of(layout.profile.mall, status, code));
    (phase, newest_event(layout, &row.record))
}

/// The latest moment that a row states of its order.
pub(crate) fn newest_event(layout: &Layout, record: &ByteRecord) -> Option<Moment> {
    let cells = layout.columns.events.iter().filter_map(|place| record.get(*place));
    let read = |bytes: &[u8]| cell::moment(bytes, layout.encoding, &layout.profile.moments).ok().flatten();
    cells.filter_map(read).map(|(at, _)| at).max()
}
