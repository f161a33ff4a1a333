//! The beginning of a table, for an owner who says what its columns mean.
//!
//! Nothing is known of the table: which mark parts its cells, which row is the header. Both are guessed from its first
//! rows; the owner may name another header row.

use super::encoding::{Encoding, Guess, guess, without_end_mark};
use super::error::{Error, ReadError};
use super::guess::{Guessed, guessed, is_known_name, is_value};
use super::map::{Layouts, fingerprint};
use super::record::{ByteRecord, Records};
use super::sheet::OPENING_ROWS;
use super::table::{HEADER_WITHIN, MAX_BYTES, PIECE};
use super::{Parts, Tally};
use crate::shop::Order;
use std::fs::File;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// The columns of the widest table that is looked at.
const MAX_COLUMNS: usize = 300;

/// The first rows of a table.
#[derive(Clone, Debug)]
pub struct Opening {
    encoding: Encoding,
    /// The rows as they stand in the file, from its first byte on.
    bytes: Vec<u8>,
    /// Whether these are all its rows.
    is_whole: bool,
    /// Their cells, blank rows left out.
    rows: Vec<Vec<String>>,
    /// How many cells most rows have.
    width: usize,
}

impl Opening {
    /// The first rows of the text at `path`; nothing for what is no table of two columns or more.
    pub fn of(path: &Path) -> Result<Option<Opening>, Error> {
        let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
        let file = File::open(path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if about.is_dir() || about.len() > MAX_BYTES {
            return Ok(None);
        }
        let mut head = Vec::new();
        file.take(PIECE as u64).read_to_end(&mut head).map_err(unreadable)?;
        let is_whole = head.len() as u64 >= about.len();
        if is_whole {
            head.truncate(without_end_mark(&head).len());
        }
        let Guess::Text(encoding) = guess(&head, is_whole) else { return Ok(None) };
        let cut = encoding.separators().iter().map(|delimiter| cut(&head, encoding, *delimiter, is_whole));
        let best = cut.filter(|cut| cut.width > 1).max_by_key(|cut| (cut.regular, cut.width));
        Ok(best.filter(|cut| cut.rows.len() > 1).map(|cut| {
            head.truncate(cut.bytes);
            Opening { encoding, bytes: head, is_whole: is_whole && !cut.stopped, rows: cut.rows, width: cut.width }
        }))
    }

    /// Rows among which the header may be, from 0.
    pub fn header_rows(&self) -> usize {
        self.rows.len().min(HEADER_WITHIN).min(self.rows.len() - 1)
    }

    /// The row that is most likely the header: names of columns, not values.
    pub fn header_row(&self) -> usize {
        let likely = |row: &Vec<String>| {
            let filled: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
            let names = filled.iter().filter(|cell| is_known_name(cell)).count() as i64;
            let values = filled.iter().filter(|cell| is_value(cell)).count() as i64;
            let full = i64::from(2 * filled.len() >= self.width);
            (filled.len() > 1).then_some(full * 3 + names * 3 - values * 2)
        };
        let rows = self.rows[..self.header_rows()].iter().map(likely).enumerate();
        // Of equally likely ones the first.
        rows.filter_map(|(at, likely)| Some((likely?, std::cmp::Reverse(at)))).max().map_or(0, |(_, at)| at.0)
    }

    /// The cells of a row that may be the header.
    pub fn headers(&self, header_row: usize) -> &[String] {
        self.rows.get(header_row).map_or(&[], Vec::as_slice)
    }

    /// The name of this header row, by which what is said of it is remembered.
    pub fn fingerprint(&self, header_row: usize) -> String {
        fingerprint(self.headers(header_row))
    }

    /// The rows under it.
    pub fn rows(&self, header_row: usize) -> &[Vec<String>] {
        self.rows.get(header_row + 1..).unwrap_or_default()
    }

    /// What its columns probably mean.
    pub fn guess(&self, header_row: usize) -> Guessed {
        guessed(self.headers(header_row), self.rows(header_row))
    }

    /// Whether nothing comes after these rows.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Reads these rows as the owner describes them. Each order goes to the sink.
    pub fn read(&self, layouts: Layouts, sink: &mut dyn FnMut(Order)) -> Result<Tally, Error> {
        let failed = |source| Error::Unreadable { path: "".into(), source };
        let mut file = tempfile::NamedTempFile::new().map_err(failed)?;
        file.write_all(&self.bytes).and_then(|()| file.flush()).map_err(failed)?;
        let mut take = |order| -> Result<(), std::convert::Infallible> {
            sink(order);
            Ok(())
        };
        let parts = Parts::Complete(file.path().to_owned());
        match layouts.read(&parts, &mut take, &mut |_, _| ControlFlow::Continue(())) {
            Ok(tally) => Ok(tally),
            Err(ReadError::Intake(error)) => Err(error),
            Err(ReadError::Sink(never)) => match never {},
            Err(ReadError::Cancelled | ReadError::Scattered) => Ok(Tally::default()),
        }
    }

    /// How its text is written.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }
}

/// A head cut at one mark.
struct Cut {
    rows: Vec<Vec<String>>,
    /// How many bytes of the head they are.
    bytes: usize,
    /// There are more rows in the head.
    stopped: bool,
    width: usize,
    /// Rows with that many cells.
    regular: usize,
}

fn cut(head: &[u8], encoding: Encoding, delimiter: u8, is_whole: bool) -> Cut {
    let bom = encoding.bom_bytes() as usize;
    let mut reader = Records::new(&head[bom..], delimiter);
    let mut record = ByteRecord::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut bytes, mut stopped) = (bom, false);
    while reader.read(&mut record) {
        let end = head.len() - reader.left();
        // The last row of a head that is not the whole file may be half a row.
        if rows.len() >= OPENING_ROWS || (end >= head.len() && !is_whole) || record.len() > MAX_COLUMNS {
            stopped = true;
            break;
        }
        bytes = end;
        if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
            rows.push(record.iter().map(|cell| encoding.text(cell).trim().to_owned()).collect());
        }
    }
    let mut counts = std::collections::BTreeMap::new();
    for row in &rows {
        *counts.entry(row.len()).or_insert(0usize) += 1;
    }
    let (width, regular) = counts.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or_default();
    Cut { rows, bytes, stopped, width, regular }
}
