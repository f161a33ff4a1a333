//! Reads a file of whole orders, one order after the other.

use super::assemble::{Assembled, Row, complete};
use super::course::{Course, Looked, Scattered, Turn};
use super::error::{Error, ReadError};
use super::flaw::Flaw;
use super::map::Layouts;
use super::mapped;
use super::profile::{Field, Part};
use super::record::ByteRecord;
use super::saved::saved;
use super::sink::Sink;
use super::stretches::AtHand;
use super::survey::{Survey, Surveyed, number_hash};
use super::table::{Layout, Table, layout};
use super::{FileTally, Tally};
use crate::shop::StretchHash;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::ControlFlow;
use std::path::Path;

/// Rows between two ticks.
pub(crate) const TICK_ROWS: u64 = 4_096;

/// What is met in a file, in its order.
pub(crate) enum Met<'r> {
    /// All rows of one order.
    Order(&'r [Row]),
    /// A stretch that is known, by its place.
    Known(usize),
    /// What comes from here on is one stretch.
    Begin,
    /// This stretch is over, and nothing but orders stood in it.
    End(StretchHash),
}

/// Takes what is met.
pub(crate) type Take<'a, E> = dyn FnMut(Met<'_>, &mut FileTally) -> Result<(), ReadError<E>> + 'a;

pub(crate) fn read<E>(
    path: &Path,
    layouts: Layouts,
    sink: &mut dyn Sink<E>,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Tally, ReadError<E>> {
    let layout = layout(path, layouts)?;
    if layout.profile.part != Part::Complete {
        return Err(Error::HalfAlone { path: path.to_owned(), part: layout.profile.part }.into());
    }
    let is_numberless = mapped::is_numberless(&layout);
    let wants_stretches = sink.wants_stretches();
    let is_unseen = sink.may_begin_again() && is_all_new(&layout, sink)?;
    let surveyed = match is_numberless || is_unseen {
        true => Surveyed::default(),
        false => Survey::of(path, &layout, wants_stretches, &mut || tick(0, 0))?.ok_or(ReadError::Cancelled)?,
    };
    let stretches = &surveyed.stretches;
    let known = match stretches.is_empty() {
        true => Vec::new(),
        false => sink.known(stretches.iter().map(|stretch| stretch.hash).collect()).map_err(ReadError::Sink)?,
    };
    let mut tally = Tally::of(&layout);
    if layout.profile.is_mapped() {
        let since = saved(path).map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
        tally.saved_ms = i64::try_from(since.as_millis()).unwrap_or(0);
    }
    let mut file = FileTally::new(path);
    let mut seen = mapped::Seen::default();
    let mut at_hand = AtHand::default();
    let mut take = |met: Met<'_>, file: &mut FileTally| {
        let rows = match met {
            Met::Order(rows) => rows,
            Met::Begin => {
                at_hand.begin();
                return sink.begin().map_err(ReadError::Sink);
            }
            Met::End(hash) => {
                return match at_hand.end() {
                    Some(stretch) => sink.end(hash, stretch).map_err(ReadError::Sink),
                    None => Ok(()),
                };
            }
            Met::Known(place) => {
                if let Some(stretch) = &known[place] {
                    file.used += stretch.rows;
                    tally.repeat(stretch);
                }
                return sink.repeat(place).map_err(ReadError::Sink);
            }
        };
        let assembled = match layout.profile.is_mapped() {
            true => mapped::complete(&layout, rows, &mut seen),
            false => complete(&layout, rows),
        };
        match assembled {
            Assembled::Whole { order, older, contradicted, warnings } => {
                let used = rows.len() as u64 - older - contradicted.len() as u64;
                at_hand.add(&order, used, used == rows.len() as u64 && warnings.is_empty());
                contradicted.into_iter().for_each(|problem| file.problem(problem));
                warnings.into_iter().for_each(|warning| file.warn(warning));
                file.used += used;
                file.skipped += older;
                tally.count(&order);
                sink.take(*order).map_err(ReadError::Sink)?;
            }
            Assembled::Withheld { problems, older } => {
                at_hand.spoil();
                file.skipped += older;
                problems.into_iter().for_each(|problem| file.problem(problem));
            }
        }
        Ok(())
    };
    let looked = match is_unseen {
        true => Looked::Nowhere { wants_stretches },
        false => Looked::Through(&surveyed, &known),
    };
    match is_numberless {
        true => mapped::each_row(path, &layout, &mut file, tick, &mut take)?,
        false => each_order(path, &layout, &looked, &mut file, tick, &mut take)?,
    }
    file.finish();
    tally.files.push(file);
    Ok(tally)
}

/// Whether nothing of the file is known, as far as a glance tells: there is little to gain from looking through it first.
fn is_all_new<E>(layout: &Layout, sink: &mut dyn Sink<E>) -> Result<bool, ReadError<E>> {
    if !sink.may_know() || !sink.wants_stretches() {
        return Ok(true);
    }
    let Some(glance) = Survey::glance(layout)? else { return Ok(false) };
    Ok(sink.known(glance).map_err(ReadError::Sink)?.iter().all(Option::is_none))
}

/// Hands over the rows of each order, all of them at once: first the orders whose rows stand together, in file
/// order, then the others. Counts rows, and rows of no order. Stretches that are known are not read. A file that was not
/// looked through must have none of the others.
pub(crate) fn each_order<E>(
    path: &Path,
    layout: &Layout,
    looked: &Looked<'_>,
    file: &mut FileTally,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    take: &mut Take<E>,
) -> Result<(), ReadError<E>> {
    let none = FxHashSet::default();
    let scattered = if let Looked::Through(surveyed, _) = looked { &surveyed.scattered } else { &none };
    let mut gathered = Gathered::default();
    let mut table = Table::open(path, layout)?;
    let mut course = Course::new(looked, layout, &mut table);
    // The rows of the order at hand, and one more to read into; records are used again and again.
    let mut group = vec![Row::default()];
    let mut count = 0;
    let (mut rows, mut ticks) = (0u64, 0);
    let mut current: Vec<u8> = Vec::new();
    loop {
        if rows / TICK_ROWS > ticks {
            ticks = rows / TICK_ROWS;
            if tick(table.bytes(), rows).is_break() {
                return Err(ReadError::Cancelled);
            }
        }
        let (at, blank) = (table.end_line()?, table.blank());
        if let Some((place, length, its_rows)) = course.known(at) {
            // An order begins where a stretch does: the one at hand is whole.
            if count > 0 {
                finish(layout, &group[..count], scattered, &mut gathered, file, take)?;
                count = 0;
            }
            if let Some(over) = course.end(at) {
                take(Met::End(over), file)?;
            }
            take(Met::Known(place), file)?;
            table.skip(length, its_rows)?;
            rows += its_rows;
            continue;
        }
        let Some(row) = table.next(&mut group[count].record)? else { break };
        rows += 1;
        // Blank lines stood here, not the row.
        let at = Some(at).filter(|_| table.blank() == blank);
        if at.is_none() {
            course.leave();
        }
        group[count].row = row;
        group[count].flaw = table.flaw(&group[count].record, &layout.columns.headers);
        let record = &group[count].record;
        // The beginning of a number is taken for that of the order above: one that may lack a row is no order.
        let goes_on = count > 0 && group[count].flaw == Some(Flaw::CutShort) && is_beginning(layout, record, &current);
        let Some(key) = (if goes_on { Some(&[][..]) } else { layout.key(record) }) else {
            stray(layout, row, record, file);
            course.leave();
            continue;
        };
        if !goes_on && (count == 0 || current != key) {
            current.clear();
            current.extend_from_slice(key);
            if count > 0 {
                finish(layout, &group[..count], scattered, &mut gathered, file, take)?;
                group.swap(0, count);
                count = 0;
            }
            let Turn { over, begins } =
                course.order(&current, at, &mut table).map_err(|Scattered| ReadError::Scattered)?;
            if let Some(over) = over {
                take(Met::End(over), file)?;
            }
            if begins {
                take(Met::Begin, file)?;
            }
        }
        count += 1;
        if group.len() == count {
            group.push(Row::default());
        }
    }
    if count > 0 {
        finish(layout, &group[..count], scattered, &mut gathered, file, take)?;
    }
    for rows in &gathered.orders {
        take(Met::Order(rows), file)?;
    }
    file.rows += rows + table.blank();
    file.skipped += table.blank();
    // The last rows too, so that whoever listens ends at the end.
    if tick(table.bytes(), rows).is_break() { Err(ReadError::Cancelled) } else { Ok(()) }
}

/// Whether a row in which the file ends has no more than the beginning of this order number.
fn is_beginning(layout: &Layout, record: &ByteRecord, number: &[u8]) -> bool {
    let place = layout.columns.place(Field::OrderNumber);
    let said = layout.cell(record, Field::OrderNumber).trim_ascii();
    place == record.len().checked_sub(1) && !said.is_empty() && number.starts_with(said)
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
    take(Met::Order(rows), file)
}
