//! Reads a file of whole orders, one order after the other.

use super::assemble::{Assembled, Row, complete};
use super::error::{Error, ReadError};
use super::map::Layouts;
use super::mapped;
use super::profile::Part;
use super::record::ByteRecord;
use super::survey::{Survey, number_hash};
use super::table::{Layout, Table, layout};
use super::{FileTally, Tally};
use crate::shop::Order;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::ControlFlow;
use std::path::Path;

/// Rows between two ticks.
pub(crate) const TICK_ROWS: u64 = 4_096;

/// Takes the rows of one order.
pub(crate) type Take<'a, E> = dyn FnMut(&[Row], &mut FileTally) -> Result<(), ReadError<E>> + 'a;

pub(crate) fn read<E>(
    path: &Path,
    layouts: Layouts,
    sink: &mut dyn FnMut(Order) -> Result<(), E>,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Tally, ReadError<E>> {
    let layout = layout(path, layouts)?;
    if layout.profile.part != Part::Complete {
        return Err(Error::HalfAlone { path: path.to_owned(), part: layout.profile.part }.into());
    }
    let mut tally = Tally { is_status_unknown: layout.states_no_status(), ..Tally::default() };
    let mut file = FileTally::new(path);
    let mut seen = mapped::Seen::default();
    let mut take = |rows: &[Row], file: &mut FileTally| {
        let assembled = match layout.profile.is_mapped() {
            true => mapped::complete(&layout, rows, &mut seen),
            false => complete(&layout, rows),
        };
        match assembled {
            Assembled::Whole { order, older, warnings } => {
                warnings.into_iter().for_each(|warning| file.warn(warning));
                file.used += rows.len() as u64 - older;
                file.skipped += older;
                tally.count(&order);
                sink(*order).map_err(ReadError::Sink)?;
            }
            Assembled::Withheld { problems, older } => {
                file.skipped += older;
                problems.into_iter().for_each(|problem| file.problem(problem));
            }
        }
        Ok(())
    };
    match mapped::is_numberless(&layout) {
        true => mapped::each_row(path, &layout, &mut file, tick, &mut take)?,
        false => each_order(path, &layout, &mut file, tick, &mut take)?,
    }
    file.finish();
    tally.files.push(file);
    Ok(tally)
}

/// Hands over the rows of each order, all of them at once: first the orders whose rows stand together, in file
/// order, then the others. Counts rows, and rows of no order.
pub(crate) fn each_order<E>(
    path: &Path,
    layout: &Layout,
    file: &mut FileTally,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    take: &mut Take<E>,
) -> Result<(), ReadError<E>> {
    let scattered = Survey::of(path, layout, &mut || tick(0, 0))?.ok_or(ReadError::Cancelled)?;
    let mut gathered = Gathered::default();
    let mut table = Table::open(path, layout)?;
    // The rows of the order at hand, and one more to read into; records are used again and again.
    let mut group = vec![Row::default()];
    let mut count = 0;
    let mut rows = 0u64;
    let mut current: Vec<u8> = Vec::new();
    while let Some(row) = table.next(&mut group[count].record)? {
        rows += 1;
        if rows.is_multiple_of(TICK_ROWS) && tick(table.bytes(), rows).is_break() {
            return Err(ReadError::Cancelled);
        }
        group[count].row = row;
        let record = &group[count].record;
        let Some(key) = layout.key(record) else {
            stray(layout, row, record, file);
            continue;
        };
        if count == 0 || current != key {
            current.clear();
            current.extend_from_slice(key);
            if count > 0 {
                finish(layout, &group[..count], &scattered, &mut gathered, file, take)?;
                group.swap(0, count);
                count = 0;
            }
        }
        count += 1;
        if group.len() == count {
            group.push(Row::default());
        }
    }
    if count > 0 {
        finish(layout, &group[..count], &scattered, &mut gathered, file, take)?;
    }
    for rows in &gathered.orders {
        take(rows, file)?;
    }
    file.rows += rows + table.blank();
    file.skipped += table.blank();
    // The last rows too, so that whoever listens ends at the end.
    if tick(table.bytes(), rows).is_break() { Err(ReadError::Cancelled) } else { Ok(()) }
}

/// Counts a row that belongs to no order.
pub(crate) fn stray(layout: &Layout, row: u64, record: &ByteRecord, file: &mut FileTally) {
    match layout.stray(row, record) {
        Some(problem) => file.problem(problem),
        None => file.skipped += 1,
    }
}

/// Orders whose rows do not stand together, by first row.
#[derive(Default)]
struct Gathered {
    places: FxHashMap<u64, usize>,
    orders: Vec<Vec<Row>>,
}

fn finish<E>(
    layout: &Layout,
    rows: &[Row],
    scattered: &FxHashSet<u64>,
    gathered: &mut Gathered,
    file: &mut FileTally,
    take: &mut Take<E>,
) -> Result<(), ReadError<E>> {
    if !scattered.is_empty() {
        let hash = number_hash(layout.key(&rows[0].record).unwrap_or_default());
        if scattered.contains(&hash) {
            let place = *gathered.places.entry(hash).or_insert(gathered.orders.len());
            if place == gathered.orders.len() {
                gathered.orders.push(Vec::new());
            }
            gathered.orders[place].extend_from_slice(rows);
            return Ok(());
        }
    }
    take(rows, file)
}
