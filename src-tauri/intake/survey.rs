//! Which orders have rows that do not stand together.
//!
//! Rows of one order are consecutive as the malls write them, but not after a spreadsheet has sorted them. The
//! orders must be known before the first is handed out, so a first pass looks at the order numbers alone. Where the
//! number is the first column, as the malls write it, the pass need not find cells at all: it looks behind every
//! line end. A line break inside a cell can then show it a number that is no row's; this only makes an order
//! wait to the end of the file, never the opposite. In passing such a file is cut into stretches, for whoever may know
//! some of them already. Who knows none, or none of those at a glance, and can begin again when such rows turn up, does
//! without this pass (`course`).

use super::error::Error;
use super::number::{bare, is_rakuten_number, rakuten_parts};
use super::profile::Field;
use super::record::ByteRecord;
use super::stretches::{Stretch, Stretches};
use super::table::{Layout, Table};
use crate::shop::{Mall, StretchHash};
use rustc_hash::FxHashSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Longest start of a line that can hold an order number, with quotation marks.
const NUMBER_WITHIN: usize = 80;
/// Bytes at a glance, some hundred orders: who downloads a period again has what was known at its beginning, in its middle or
/// at its end. Tests see files that are longer.
const GLANCE: u64 = if cfg!(debug_assertions) { 96 << 10 } else { 512 << 10 };
/// Of a file no longer than so many glances they would not be worth it.
const GLANCES: u64 = 4;

/// What is known of a file before its first order is handed out.
#[derive(Default)]
pub(crate) struct Surveyed {
    /// Hashes of the order numbers whose rows do not stand together.
    pub(crate) scattered: FxHashSet<u64>,
    /// Its stretches, in the order of the file; none where orders do not stand together.
    pub(crate) stretches: Vec<Stretch>,
}

/// Order numbers as a file says them.
#[derive(Default)]
pub(crate) struct Numbers {
    finished: FxHashSet<u64>,
    /// Hashes of those whose rows do not stand together.
    pub(crate) scattered: FxHashSet<u64>,
    current: Option<u64>,
}

impl Numbers {
    /// A row with this number; its hash, when an order begins with it.
    pub(crate) fn row_of(&mut self, number: &[u8]) -> Option<u64> {
        let hash = number_hash(number);
        if self.current == Some(hash) {
            return None;
        }
        if let Some(last) = self.current.replace(hash) {
            self.finished.insert(last);
        }
        if self.finished.contains(&hash) {
            self.scattered.insert(hash);
        }
        Some(hash)
    }
}

/// Looks at the order numbers of a file.
pub(crate) struct Survey {
    separator: u8,
    numbers: Numbers,
    stretches: Option<Stretches>,
    found: Vec<Stretch>,
}

impl Survey {
    fn new(layout: &Layout, wants_stretches: bool) -> Survey {
        let stretches = wants_stretches.then(|| Stretches::new(layout.reading()));
        Survey { separator: layout.delimiter, numbers: Numbers::default(), stretches, found: Vec::new() }
    }

    /// Looks through the file, for stretches too where they are wanted. Nothing when `tick` said stop.
    pub(crate) fn of(
        path: &Path,
        layout: &Layout,
        wants_stretches: bool,
        tick: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Surveyed>, Error> {
        let mut survey = Survey::new(layout, wants_stretches);
        let gone = match begins_with_number(layout) {
            true => {
                let unreadable = |source| Error::Unreadable { path: layout.text_path().to_owned(), source };
                let file = File::open(layout.text_path()).map_err(unreadable)?;
                survey.look_behind_line_ends(file, 0, tick).map_err(unreadable)?
            }
            false => survey.look_at_keys(path, layout, tick)?,
        };
        if gone.is_break() {
            return Ok(None);
        }
        let (scattered, mut stretches) = (survey.numbers.scattered, survey.found);
        if !scattered.is_empty() {
            stretches.clear();
        }
        Ok(Some(Surveyed { scattered, stretches }))
    }

    /// Stretches in a few places of the file; nothing where it is so short that it may as well be looked through for them.
    pub(crate) fn glance(layout: &Layout) -> Result<Option<Vec<StretchHash>>, Error> {
        if !begins_with_number(layout) {
            return Ok(Some(Vec::new()));
        }
        let unreadable = |source| Error::Unreadable { path: layout.text_path().to_owned(), source };
        let mut file = File::open(layout.text_path()).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        if length <= GLANCES * GLANCE {
            return Ok(None);
        }
        let mut hashes = Vec::new();
        for at in [0, length / 2, length - GLANCE] {
            let mut survey = Survey::new(layout, true);
            file.seek(SeekFrom::Start(at)).map_err(unreadable)?;
            let piece = Read::by_ref(&mut file).take(GLANCE);
            let _ = survey.look_behind_line_ends(piece, at, &mut || ControlFlow::Continue(())).map_err(unreadable)?;
            hashes.extend(survey.found.iter().map(|stretch| stretch.hash));
        }
        Ok(Some(hashes))
    }

    fn look_at_keys(
        &mut self,
        path: &Path,
        layout: &Layout,
        tick: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Error> {
        let mut table = Table::open(path, layout)?;
        let mut record = ByteRecord::new();
        while let Some(row) = table.next(&mut record)? {
            if let Some(key) = layout.key(&record) {
                self.numbers.row_of(key);
            }
            if row.is_multiple_of(4096) && tick().is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Looks at text that begins at this place of the file.
    fn look_behind_line_ends(
        &mut self,
        mut text: impl Read,
        at: u64,
        tick: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> std::io::Result<ControlFlow<()>> {
        let mut piece = vec![0u8; 1 << 20];
        // Bytes at the start of the piece left over from the one before: the beginning of its last line.
        let mut kept = 0;
        // Where in the file the piece begins.
        let mut before = at;
        loop {
            let count = text.read(&mut piece[kept..])?;
            let end = kept + count;
            let (mut at, mut passed) = (0, 0);
            while let Some(line_end) = memchr::memchr2(b'\n', b'\r', &piece[at..end]) {
                at += line_end + 1;
                if end - at < NUMBER_WITHIN && count > 0 {
                    // The number may be cut; look again when more has been read.
                    at -= 1;
                    break;
                }
                if let Some(day) = self.line(&piece[at..end])
                    && let Some(stretches) = &mut self.stretches
                {
                    stretches.pass(&piece[passed..at]);
                    self.found.extend(stretches.cut(before + at as u64, day));
                    passed = at;
                }
            }
            if count == 0 {
                return Ok(ControlFlow::Continue(()));
            }
            if tick().is_break() {
                return Ok(ControlFlow::Break(()));
            }
            let keep_from = if end - at <= NUMBER_WITHIN { at } else { end };
            if let Some(stretches) = &mut self.stretches {
                stretches.pass(&piece[passed..keep_from]);
            }
            piece.copy_within(keep_from..end, 0);
            kept = end - keep_from;
            before += keep_from as u64;
        }
    }

    /// The start of a line, which may be the start of a row; the day of its order, when a stretch begins there.
    fn line(&mut self, line: &[u8]) -> Option<[u8; 4]> {
        let mut number = [0u8; NUMBER_WITHIN];
        let mut length = 0;
        for byte in line.iter().take(NUMBER_WITHIN) {
            match *byte {
                b'\n' | b'\r' => break,
                byte if byte == self.separator => break,
                // Around a cell, and before one that says it is text.
                b'"' | b'=' => {}
                byte => {
                    number[length] = byte;
                    length += 1;
                }
            }
        }
        let number = number[..length].trim_ascii();
        let number = if is_rakuten_number(number) { number } else { bare(number) };
        let day = cut_day(number)?;
        self.numbers.row_of(number).filter(|hash| Stretches::begins(*hash)).map(|_| day)
    }
}

/// Whether every row begins with an order number that says its day, so that the file can be cut into stretches.
pub(crate) fn begins_with_number(layout: &Layout) -> bool {
    layout.profile.mall == Mall::Rakuten
        && !layout.profile.is_mapped()
        && layout.columns.place(Field::OrderNumber) == Some(0)
}

/// The day of an order as its number says it: eight digits in four bytes, in their order.
pub(crate) fn cut_day(number: &[u8]) -> Option<[u8; 4]> {
    let (_, day) = rakuten_parts(number)?;
    Some([0, 2, 4, 6].map(|at| (day[at] - b'0') << 4 | (day[at + 1] - b'0')))
}

/// A hash of an order number's bytes; 64 bits are far beyond the orders of any file.
pub(crate) fn number_hash(number: &[u8]) -> u64 {
    xxh3_64(number)
}
