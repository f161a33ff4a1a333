//! Cells of a sheet that lie under a merged one: a spreadsheet shows its value for all of them and keeps it in the first.
//!
//! An owner who merges what is the same for several lines of an order, such as its number, leaves the other rows without
//! it. Only rows with something else in them are filled, so that a merged title makes no rows.

use super::sheet::{MAX_COLUMNS, Stop};
use super::workbook::{Rows, Take};
use calamine::{DataRef, Dimensions};
use rustc_hash::FxHashMap;
use std::fs::File;
use std::io::BufReader;
use zip::ZipArchive;

/// Merged cells beyond any sheet that somebody made by hand.
const MOST: usize = 100_000;

/// Sheets that are looked through for them measure no more than this, as they are written: each is held as a number.
const MAX_MERGED_BYTES: u64 = 64 << 20;

/// The last row of each merged cell that spans rows, by where it begins.
pub(crate) struct Merged(FxHashMap<(u32, u32), u32>);

impl Merged {
    /// Nothing where no cell spans rows, or more do than anybody merges.
    pub(crate) fn of(all: &[Dimensions]) -> Option<Merged> {
        let spans = all.iter().filter(|of| of.end.0 > of.start.0 && of.start.1 < MAX_COLUMNS);
        let spans: FxHashMap<_, _> = spans.take(MOST + 1).map(|of| (of.start, of.end.0)).collect();
        (!spans.is_empty() && spans.len() <= MOST).then_some(Merged(spans))
    }

    /// Hands the cells of a sheet over, with those under a merged one.
    pub(crate) fn fill(&self, rows: &mut Rows<'_>, take: &mut Take<'_>) -> Result<(), Stop> {
        // By column: up to which row it is filled, and with what.
        let mut open: FxHashMap<u32, (u32, DataRef<'static>)> = FxHashMap::default();
        let mut at_row = None;
        rows(&mut |(row, column), value| {
            if matches!(value, DataRef::Empty) {
                return Ok(());
            }
            if at_row != Some(row) {
                at_row = Some(row);
                open.retain(|_, (last, _)| *last >= row);
                for (column, (_, value)) in &open {
                    take((row, *column), value)?;
                }
            }
            if let Some(last) = self.0.get(&(row, column)) {
                open.insert(column, (*last, owned(value)));
            }
            // What stands in a cell by itself counts: the later of two at one place does.
            take((row, column), value)
        })
    }
}

fn owned(value: &DataRef<'_>) -> DataRef<'static> {
    match value {
        DataRef::SharedString(text) => DataRef::String((*text).to_owned()),
        DataRef::String(text) => DataRef::String(text.clone()),
        DataRef::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        DataRef::DurationIso(text) => DataRef::DurationIso(text.clone()),
        DataRef::Int(number) => DataRef::Int(*number),
        DataRef::Float(number) => DataRef::Float(*number),
        DataRef::DateTime(at) => DataRef::DateTime(*at),
        DataRef::Bool(flag) => DataRef::Bool(*flag),
        DataRef::Error(error) => DataRef::Error(error.clone()),
        DataRef::Empty => DataRef::Empty,
    }
}

/// Whether the sheets of an xlsx are small enough to be looked through for merged cells.
pub(crate) fn may_be_merged(file: &File) -> bool {
    let Ok(file) = file.try_clone() else { return false };
    let Ok(mut archive) = ZipArchive::new(BufReader::new(file)) else { return false };
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index_raw(index) else { return false };
        let is_sheet = part.name().is_ok_and(|name| name.to_ascii_lowercase().starts_with("xl/worksheets/"));
        if is_sheet && part.size() > MAX_MERGED_BYTES {
            return false;
        }
    }
    true
}
