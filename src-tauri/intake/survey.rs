//! Which orders have rows that do not stand together.
//!
//! Rows of one order are consecutive as the malls write them, but not after a spreadsheet has sorted them. The
//! orders must be known before the first is handed out, so a first pass looks at the order numbers alone. Where the
//! number is the first column, as the malls write it, the pass need not find cells at all: it looks behind every
//! line end. A line break inside a cell can then show it a number that is no row's; this only makes an order
//! wait to the end of the file, never the opposite.

use super::error::Error;
use super::number::is_rakuten_number;
use super::profile::Field;
use super::record::ByteRecord;
use super::table::{Layout, Table};
use crate::shop::Mall;
use rustc_hash::FxHashSet;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Longest start of a line that can hold an order number, with quotation marks.
const NUMBER_WITHIN: usize = 80;

/// Hashes of the order numbers whose rows do not stand together.
pub(crate) struct Survey {
    finished: FxHashSet<u64>,
    scattered: FxHashSet<u64>,
    current: Option<u64>,
}

impl Survey {
    /// Looks through the file. Nothing when `tick` said stop.
    pub(crate) fn of(
        path: &Path,
        layout: &Layout,
        tick: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<FxHashSet<u64>>, Error> {
        let mut survey = Survey { finished: FxHashSet::default(), scattered: FxHashSet::default(), current: None };
        let is_first = layout.profile.mall == Mall::Rakuten
            && !layout.profile.is_mapped()
            && layout.columns.place(Field::OrderNumber) == Some(0);
        let gone = match is_first {
            true => survey.look_behind_line_ends(layout.text_path(), tick)?,
            false => survey.look_at_keys(path, layout, tick)?,
        };
        Ok(gone.is_continue().then_some(survey.scattered))
    }

    fn row_of(&mut self, number: &[u8]) {
        let hash = number_hash(number);
        if self.current == Some(hash) {
            return;
        }
        if let Some(last) = self.current.replace(hash) {
            self.finished.insert(last);
        }
        if self.finished.contains(&hash) {
            self.scattered.insert(hash);
        }
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
                self.row_of(key);
            }
            if row.is_multiple_of(4096) && tick().is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn look_behind_line_ends(
        &mut self,
        path: &Path,
        tick: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Error> {
        let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(unreadable)?;
        let mut piece = vec![0u8; 1 << 20];
        // Bytes at the start of the piece left over from the one before: the beginning of its last line.
        let mut kept = 0;
        loop {
            let count = file.read(&mut piece[kept..]).map_err(unreadable)?;
            let end = kept + count;
            let mut at = 0;
            while let Some(line_end) = memchr::memchr2(b'\n', b'\r', &piece[at..end]) {
                at += line_end + 1;
                if end - at < NUMBER_WITHIN && count > 0 {
                    // The number may be cut; look again when more has been read.
                    at -= 1;
                    break;
                }
                self.line(&piece[at..end]);
            }
            if count == 0 {
                return Ok(ControlFlow::Continue(()));
            }
            if tick().is_break() {
                return Ok(ControlFlow::Break(()));
            }
            let keep_from = if end - at <= NUMBER_WITHIN { at } else { end };
            piece.copy_within(keep_from..end, 0);
            kept = end - keep_from;
        }
    }

    /// The start of a line, which may be the start of a row.
    fn line(&mut self, line: &[u8]) {
        let mut number = [0u8; NUMBER_WITHIN];
        let mut length = 0;
        for byte in line.iter().take(NUMBER_WITHIN) {
            match byte {
                b',' | b'\t' | b'\n' | b'\r' => break,
                b'"' => {}
                _ => {
                    number[length] = *byte;
                    length += 1;
                }
            }
        }
        let number = number[..length].trim_ascii();
        if is_rakuten_number(number) {
            self.row_of(number);
        }
    }
}

/// A hash of an order number's bytes; 64 bits are far beyond the orders of any file.
pub(crate) fn number_hash(number: &[u8]) -> u64 {
    xxh3_64(number)
}
