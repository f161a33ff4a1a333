//! A CSV file becomes rows that know their position.
//!
//! Rows are counted as a spreadsheet counts them: by record, a cell with line breaks is one row, a blank line is
//! one too, and the first record of the file is row 1. Cells stay bytes until somebody needs their text.

use super::damage::is_power_of_ten;
use super::encoding::{Encoding, Guess, guess_on, without_end_mark};
use super::error::Error;
use super::fit::names_orders;
use super::flaw::{Flaw, has_zero, is_other};
use super::map::Layouts;
use super::number::is_rakuten_number;
use super::payment::PaymentWords;
use super::person::Run;
use super::profile::{Columns, Field, Fit, Profile, fit};
use super::record::{ByteRecord, Finder, Next, Records};
use super::stretches::Stretches;
use super::unfold::only_table;
use crate::shop::StretchHash;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tempfile::TempDir;
use xxhash_rust::xxh3::Xxh3;

/// The largest CSV that is read: three million lines of the widest layout. Reading streams, so size costs time, not
/// memory.
pub const MAX_BYTES: u64 = 4 << 30;

/// The longest row that is read.
pub const MAX_ROW_BYTES: u64 = 1 << 20;

/// How much is read at once, and how much the encoding is decided from.
pub(crate) const PIECE: usize = 1 << 20;

/// How many records are searched for the header: owners put titles above it.
pub(crate) const HEADER_WITHIN: usize = 15;

/// Rows under the header whose order numbers are looked at before anything is read.
pub(crate) const LOOKED_AT: usize = 100;

/// What a file is and where its columns are.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) profile: &'static Profile,
    pub(crate) encoding: Encoding,
    pub(crate) columns: Columns,
    pub(crate) payments: PaymentWords,
    pub(crate) bytes: u64,
    pub(crate) person_run: Option<Run>,
    pub(crate) delimiter: u8,
    /// Records above the header.
    above: usize,
    /// Where the text lies: the file itself, or what was written of it.
    text: PathBuf,
    /// Goes with the last layout of it.
    _folder: Option<Rc<TempDir>>,
}

/// Finds out what a file is from its head. A workbook is written out for it.
pub(crate) fn layout(path: &Path, layouts: Layouts) -> Result<Layout, Error> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    let (text_path, folder) = only_table(path, layouts)?;
    let mut file = File::open(&text_path).map_err(unreadable)?;
    let about = file.metadata().map_err(unreadable)?;
    if about.is_dir() {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    let bytes = about.len();
    let mut head = Vec::with_capacity(PIECE.min(usize::try_from(bytes).unwrap_or(PIECE)));
    file.by_ref().take(PIECE as u64).read_to_end(&mut head).map_err(unreadable)?;
    let whole = head.len() as u64 >= bytes;
    let encoding = match guess_on(&head, whole, &mut file).map_err(unreadable)? {
        Guess::Text(encoding) => encoding,
        Guess::Zip | Guess::Compound | Guess::Other(_) | Guess::Binary => {
            return Err(Error::NotAnExport { path: path.to_owned(), found: Vec::new() });
        }
    };
    if bytes > MAX_BYTES {
        return Err(Error::TooLarge { path: path.to_owned(), bytes, limit: MAX_BYTES });
    }
    let text = &head[encoding.bom_bytes() as usize..];
    let text = if whole { without_end_mark(text) } else { text };
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty { path: path.to_owned() });
    }
    let mut nearly = None;
    let mut found = Vec::new();
    for &delimiter in encoding.separators() {
        let mut reader = Records::new(text, delimiter);
        let mut record = ByteRecord::new();
        for above in 0..HEADER_WITHIN {
            if !reader.read(&mut record) {
                break;
            }
            let cells: Vec<String> = record.iter().map(|cell| encoding.text(cell).trim().to_owned()).collect();
            match fit(&cells, layouts) {
                Fit::Is(profile, columns) => {
                    let layout = Layout {
                        profile,
                        encoding,
                        payments: PaymentWords::new(profile, encoding),
                        bytes,
                        person_run: Run::of(&columns),
                        columns: *columns,
                        delimiter,
                        above,
                        text: text_path,
                        _folder: folder.map(Rc::new),
                    };
                    return match layout.damaged_number(reader) {
                        Some((column, found)) => Err(Error::DamagedNumbers { path: path.to_owned(), column, found }),
                        None => Ok(layout),
                    };
                }
                Fit::Nearly(profile, missing) if nearly.is_none() => nearly = Some((profile, missing)),
                Fit::Thin(profile, columns, missing)
                    if nearly.is_none() && names_orders(profile, &columns, &reader) =>
                {
                    nearly = Some((profile, missing));
                }
                // Rows of orders, and nothing above them that could be a header.
                _ if found.is_empty() && nearly.is_none() && cells.iter().any(|c| is_rakuten_number(c.as_bytes())) => {
                    return Err(Error::NoHeader { path: path.to_owned() });
                }
                _ if found.is_empty() => {
                    found = cells
                        .into_iter()
                        .filter(|cell| !cell.is_empty())
                        .take(10)
                        .map(|c| super::problem::shown(&c))
                        .collect();
                }
                _ => {}
            }
        }
    }
    Err(match nearly {
        Some((profile, missing)) => Error::MissingColumns { path: path.to_owned(), profile: &profile.id, missing },
        None => Error::NotAnExport { path: path.to_owned(), found },
    })
}

impl Layout {
    /// The first order number of these rows that a spreadsheet made a power of ten, with its header; nothing when one
    /// of the rows has a number that is whole.
    fn damaged_number(&self, mut rows: Records<'_>) -> Option<(String, String)> {
        let mut record = ByteRecord::new();
        let mut first = None;
        for _ in 0..LOOKED_AT {
            if !rows.read(&mut record) {
                break;
            }
            if self.key(&record).is_some() {
                return None;
            }
            let damaged = |field: &Field| is_power_of_ten(&self.text(&record, *field));
            let field = [Field::OrderNumber, Field::OrderId].into_iter().find(damaged);
            first = first.or(field.map(|f| (self.columns.header(f).to_owned(), self.text(&record, f).to_string())));
        }
        first
    }

    /// What decides how its rows are read, as a number: this program, the layout, the headers, how text is written.
    pub(crate) fn reading(&self) -> u64 {
        let mut hasher = Xxh3::new();
        let encoding = [self.encoding as u8, self.delimiter];
        let headers = self.columns.headers.iter().map(String::as_bytes);
        let said = [super::READING.as_bytes(), self.profile.id.as_bytes(), &encoding];
        for said in said.into_iter().chain(headers) {
            hasher.update(&(said.len() as u64).to_le_bytes());
            hasher.update(said);
        }
        hasher.digest()
    }

    /// Where the text of the table lies.
    pub(crate) fn text_path(&self) -> &Path {
        &self.text
    }
}

/// The rows under the header.
pub(crate) struct Table {
    path: PathBuf,
    file: File,
    /// What has been read; the rows not yet handed out stand from `at` to `end`.
    piece: Vec<u8>,
    at: usize,
    end: usize,
    /// The file has no more.
    is_last: bool,
    /// The piece has bytes that no text has.
    has_zeros: bool,
    finder: Finder,
    encoding: Encoding,
    /// What the columns are called.
    headers: ByteRecord,
    /// The record read last, counted with blank lines.
    row: u64,
    /// Blank lines under the header so far, as far as a row follows them.
    blank: u64,
    /// Bytes of the file up to `at`.
    bytes: u64,
    /// What finds its stretches while it is read, and how much of the piece has passed there.
    stretches: Option<(Stretches, usize)>,
}

impl Table {
    /// Opens the file at its first row under the header.
    pub(crate) fn open(path: &Path, layout: &Layout) -> Result<Table, Error> {
        Table::open_under(path, &layout.text, layout.encoding, layout.delimiter, layout.above)
    }

    /// The same for a reader that found the header itself, under `above` other records.
    /// `text` is where the table can be read, `path` the file that errors speak of.
    pub(crate) fn open_under(
        path: &Path,
        text: &Path,
        encoding: Encoding,
        delimiter: u8,
        above: usize,
    ) -> Result<Table, Error> {
        let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
        let mut file = File::open(text).map_err(unreadable)?;
        let bytes = encoding.bom_bytes();
        file.seek(SeekFrom::Start(bytes)).map_err(unreadable)?;
        let mut table = Table {
            path: path.to_owned(),
            file,
            piece: vec![0; PIECE],
            at: 0,
            end: 0,
            is_last: false,
            has_zeros: false,
            finder: Finder::new(delimiter),
            encoding,
            headers: ByteRecord::new(),
            row: 0,
            blank: 0,
            bytes,
            stretches: None,
        };
        let mut record = ByteRecord::new();
        for _ in 0..=above {
            table.next(&mut record)?;
        }
        table.headers = record;
        table.blank = 0;
        Ok(table)
    }

    /// Reads the next record; its row, or nothing at the end.
    pub(crate) fn next(&mut self, record: &mut ByteRecord) -> Result<Option<u64>, Error> {
        loop {
            match self.finder.next(&self.piece[self.at..self.end], self.is_last, record) {
                Next::Row { length, blank } => {
                    self.advance(length);
                    self.blank += blank;
                    self.row += blank + 1;
                    if record.is_longer_than(MAX_ROW_BYTES) {
                        return Err(self.too_long(self.row, record));
                    }
                    return Ok(Some(self.row));
                }
                Next::Cut(done) => {
                    self.advance(done);
                    self.read_on()?;
                }
                Next::End => return Ok(None),
            }
        }
    }

    /// What spoils all of the row read last.
    pub(crate) fn flaw(&self, record: &ByteRecord, headers: &[String]) -> Option<Flaw> {
        match () {
            () if self.has_zeros && record.iter().any(has_zero) => Some(Flaw::NotText),
            () if self.is_cut(record, headers) => Some(Flaw::CutShort),
            () if is_other(record, self.encoding) => Some(Flaw::OtherEncoding),
            () => None,
        }
    }

    /// Whether the file ends in the row read last: in a quoted cell, or before the last of its columns without a line end.
    fn is_cut(&self, record: &ByteRecord, headers: &[String]) -> bool {
        if !self.is_last || self.at < self.end {
            return false;
        }
        let columns = headers.iter().rposition(|header| !header.trim().is_empty()).map_or(0, |last| last + 1);
        let is_ended = self.piece[..self.end].last().is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        self.finder.is_open() || !is_ended && record.len() < columns
    }

    /// Goes to the end of the line end behind the last row; where that is in the file.
    pub(crate) fn end_line(&mut self) -> Result<u64, Error> {
        if self.finder.is_after_return() {
            if self.at == self.end && !self.is_last {
                self.read_on()?;
            }
            if self.piece[self.at..self.end].first() == Some(&b'\n') {
                self.advance(1);
            }
            self.finder.end_line();
        }
        Ok(self.bytes)
    }

    /// From here on what is read may be cut into stretches.
    pub(crate) fn find_stretches(&mut self, layout: &Layout) {
        self.stretches = Some((Stretches::new(layout.reading()), self.at));
    }

    /// Cuts before the row read last, which begins at this place of the file with an order of this day; the stretch that
    /// ends there.
    pub(crate) fn cut(&mut self, at: u64, day: [u8; 4]) -> Option<StretchHash> {
        let (stretches, passed) = self.stretches.as_mut()?;
        let begin = self.at - (self.bytes - at) as usize;
        stretches.pass(&self.piece[*passed..begin]);
        *passed = begin;
        stretches.cut(at, day).map(|stretch| stretch.hash)
    }

    /// Leaves out the next `length` bytes, which are `rows` whole rows and end where another begins.
    pub(crate) fn skip(&mut self, length: u64, rows: u64) -> Result<(), Error> {
        let here = length.min((self.end - self.at) as u64);
        self.advance(here as usize);
        if here < length {
            let unreadable = |source| Error::Unreadable { path: self.path.clone(), source };
            self.file.seek_relative((length - here) as i64).map_err(unreadable)?;
            self.bytes += length - here;
        }
        self.finder.end_line();
        self.row += rows;
        Ok(())
    }

    fn advance(&mut self, bytes: usize) {
        self.at += bytes;
        self.bytes += bytes as u64;
    }

    /// Reads the next piece behind what is left of the last, unless a row does not end, before it fills the memory.
    fn read_on(&mut self) -> Result<(), Error> {
        if let Some((stretches, passed)) = &mut self.stretches {
            stretches.pass(&self.piece[*passed..self.at]);
            *passed = 0;
        }
        self.piece.copy_within(self.at..self.end, 0);
        (self.at, self.end) = (0, self.end - self.at);
        if self.end as u64 > LONGEST_WRITTEN_ROW {
            let mut record = ByteRecord::new();
            // As if the file ended here.
            self.finder.next(&self.piece[..self.end], true, &mut record);
            return Err(self.too_long(self.row + 1, &record));
        }
        // A long row; others leave nearly all of the piece free.
        if self.end + PIECE / 2 > self.piece.len() {
            self.piece.resize(self.end + PIECE, 0);
        }
        while self.end < self.piece.len() {
            let unreadable = |source| Error::Unreadable { path: self.path.clone(), source };
            match self.file.read(&mut self.piece[self.end..]) {
                Ok(0) => {
                    self.is_last = true;
                    self.end = without_end_mark(&self.piece[..self.end]).len();
                    break;
                }
                Ok(count) => self.end += count,
                Err(source) if source.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(unreadable(source)),
            }
        }
        self.has_zeros = has_zero(&self.piece[..self.end]);
        Ok(())
    }

    /// Blank lines so far.
    pub(crate) fn blank(&self) -> u64 {
        self.blank
    }

    /// Bytes of the file read so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    fn too_long(&self, row: u64, record: &ByteRecord) -> Error {
        let longest = record.iter().map(<[u8]>::len).enumerate().max_by_key(|(_, length)| *length);
        let place = longest.map_or(0, |(place, _)| place);
        let header = self.headers.get(place).map(|header| self.encoding.text(header).trim().to_owned());
        let column = header.filter(|header| !header.is_empty()).unwrap_or_else(|| format!("#{}", place + 1));
        let (path, is_open) = (self.path.clone(), self.finder.is_open());
        Error::RowTooLong { path, row, column, is_open, limit: MAX_ROW_BYTES }
    }
}

/// Bytes that a row of `MAX_ROW_BYTES` can take when all of it is doubled quotation marks.
const LONGEST_WRITTEN_ROW: u64 = 3 * MAX_ROW_BYTES;
