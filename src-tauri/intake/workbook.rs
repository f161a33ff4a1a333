//! Workbooks: xlsx, xlsm, xlsb, xls and ods become the text of their sheets.
//!
//! Cells are streamed, never held as a whole. What a file claims about itself is checked before it is opened: sizes
//! of the parts that stay in memory, how far they expand, how many strings there are. The archive reader in turn
//! lets no part grow beyond what it claims.

use super::compound;
use super::error::Error;
use super::map::Layouts;
use super::merged::{Merged, may_be_merged};
use super::ods;
use super::sheet::{Ended, Sheet, Stop};
use calamine::{Data, DataRef, Reader, Xls, Xlsb, Xlsx};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// What the parts that stay in memory may measure together: strings, styles, names. Sheets are streamed.
const MAX_KEPT_BYTES: u64 = 256 << 20;

/// What the table of strings may measure, as it is written.
const MAX_STRINGS_BYTES: u64 = 160 << 20;

/// What all sheets together may measure, as they are written.
const MAX_SHEETS_BYTES: u64 = 4 << 30;

/// How far a part may expand; real sheets stay below 60.
const MAX_RATIO: u64 = 200;

/// Parts that expand far, but to something small, harm nobody.
const SMALL: u64 = 1 << 20;

/// The shortest string a table can hold takes at least this many bytes there.
const BYTES_OF_A_STRING: u64 = 8;

/// What the text of a workbook may measure beyond `SMALL`, for each byte of the file; that of real ones is ten to
/// thirty times as long. Repeated rows and strings that many cells share let a file of two kilobytes ask for
/// hundreds of gigabytes of text.
const TEXT_PER_BYTE: u64 = 200;

/// Rows between two questions whether to go on.
const TICK_ROWS: u32 = 4_096;

/// Which kind of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Book {
    /// xlsx and xlsm.
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

/// A sheet that has been written out.
pub(crate) struct Unfolded {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// Which workbook an archive is; nothing for an archive of files.
pub(crate) fn kind<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<Book> {
    let has = |name: &str| archive.file_names().flatten().any(|n| n.replace('\\', "/").eq_ignore_ascii_case(name));
    match () {
        () if has("xl/workbook.xml") => Some(Book::Xlsx),
        () if has("xl/workbook.bin") => Some(Book::Xlsb),
        () if has("mimetype") && has("content.xml") => Some(Book::Ods),
        () => None,
    }
}

/// Refuses a workbook that claims more than any real one holds.
pub(crate) fn check<R: Read + Seek>(archive: &mut ZipArchive<R>, shown: &Path) -> Result<(), Error> {
    check_ratio(archive, shown)?;
    let damaged = || Error::DamagedContainer { path: shown.to_owned() };
    let (mut kept, mut sheets) = (0u64, 0u64);
    for index in 0..archive.len() {
        let (name, size) = {
            let part = archive.by_index_raw(index).map_err(|_| damaged())?;
            (part.name().map_err(|_| damaged())?.replace('\\', "/").to_ascii_lowercase(), part.size())
        };
        match () {
            () if name.starts_with("xl/worksheets/") || name == "content.xml" => sheets = sheets.saturating_add(size),
            () => kept = kept.saturating_add(size),
        }
        if name.ends_with("sharedstrings.xml") || name.ends_with("sharedstrings.bin") {
            let mut head = Vec::new();
            let part = archive.by_index(index).map_err(|_| damaged())?;
            part.take(4_096).read_to_end(&mut head).map_err(|_| damaged())?;
            if claimed_strings(&head).is_some_and(|claimed| claimed > size / BYTES_OF_A_STRING + 1) {
                return Err(damaged());
            }
            if size > MAX_STRINGS_BYTES {
                return Err(Error::TooLarge { path: shown.to_owned(), bytes: size, limit: MAX_STRINGS_BYTES });
            }
        }
    }
    for (bytes, limit) in [(kept, MAX_KEPT_BYTES), (sheets, MAX_SHEETS_BYTES)] {
        if bytes > limit {
            return Err(Error::TooLarge { path: shown.to_owned(), bytes, limit });
        }
    }
    Ok(())
}

/// Refuses an archive whose parts expand as no real one does, or to more than is read of any file.
pub(crate) fn check_ratio<R: Read + Seek>(archive: &mut ZipArchive<R>, shown: &Path) -> Result<(), Error> {
    let mut sum = 0u64;
    for index in 0..archive.len() {
        let damaged = |_| Error::DamagedContainer { path: shown.to_owned() };
        let part = archive.by_index_raw(index).map_err(damaged)?;
        sum = sum.saturating_add(part.size());
        if part.encrypted() {
            return Err(Error::Locked { path: shown.to_owned() });
        }
        if part.size() > SMALL && part.size() / part.compressed_size().max(1) > MAX_RATIO {
            return Err(Error::DamagedContainer { path: shown.to_owned() });
        }
    }
    let limit = MAX_SHEETS_BYTES + MAX_KEPT_BYTES;
    if sum > limit { Err(Error::TooLarge { path: shown.to_owned(), bytes: sum, limit }) } else { Ok(()) }
}

/// The number of strings a table of strings claims to hold.
fn claimed_strings(head: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(head);
    let start = text.find("uniqueCount")?;
    let digits = text[start + "uniqueCount".len()..].trim_start_matches([' ', '=', '"', '\'', '\t', '\n', '\r']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    // More digits than a number has are surely a lie.
    Some(digits[..end].parse().unwrap_or(u64::MAX))
}

/// Writes the sheets with the header of an export beside `place`; without one, the first rows of the longest sheet, so
/// that whoever reads it says what is missing, or what its columns are.
pub(crate) fn unfold(
    path: &Path,
    shown: &Path,
    book: Book,
    place: &Path,
    layouts: Layouts,
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<ControlFlow<(), Vec<Unfolded>>, Error> {
    let bytes = std::fs::metadata(path).map_or(0, |about| about.len());
    let room = SMALL + bytes.saturating_mul(TEXT_PER_BYTE);
    let mut work = Work {
        shown,
        place,
        layouts,
        go_on,
        rows: 0,
        room,
        found: Vec::new(),
        headless: None,
        sheets: 0,
        has_gaps: false,
    };
    // The library counts on what the file says of itself in places; a wrong word there must not end the program.
    let opened = catch_unwind(AssertUnwindSafe(|| work.book(path, book)));
    match opened {
        Ok(Ok(ControlFlow::Continue(()))) => {}
        Ok(Ok(ControlFlow::Break(()))) => return Ok(ControlFlow::Break(())),
        Ok(Err(error)) => return Err(error),
        Err(_) => return Err(Error::DamagedContainer { path: shown.to_owned() }),
    }
    let headless = work.headless.filter(|_| work.found.is_empty());
    work.found.extend(headless.map(|(_, sheet)| sheet));
    if work.found.is_empty() {
        Err(Error::Empty { path: shown.to_owned() })
    } else {
        Ok(ControlFlow::Continue(work.found))
    }
}

struct Work<'a> {
    shown: &'a Path,
    place: &'a Path,
    layouts: Layouts,
    go_on: &'a mut dyn FnMut() -> ControlFlow<()>,
    rows: u32,
    /// Bytes of text that may still be written.
    room: u64,
    found: Vec<Unfolded>,
    /// The longest sheet without a header, and its rows.
    headless: Option<(usize, Unfolded)>,
    sheets: usize,
    /// The sheet read last has rows that name no order.
    has_gaps: bool,
}

type Step = Result<ControlFlow<()>, Error>;

impl Work<'_> {
    fn book(&mut self, path: &Path, book: Book) -> Step {
        let open = || File::open(path).map_err(|source| Error::Unreadable { path: self.shown.to_owned(), source });
        match book {
            Book::Xlsx => self.xlsx(open()?),
            Book::Xlsb => self.xlsb(open()?),
            Book::Xls => self.xls(open()?),
            Book::Ods => {
                let file = open()?;
                ods::sheets(file, &mut |name, rows| self.sheet(name, false, rows)).map_err(|_| self.damaged())?
            }
        }
    }

    fn xlsx(&mut self, file: File) -> Step {
        let from_1904 = counts_from_1904(&file);
        let may_be_filled = may_be_merged(&file);
        let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|error| self.refused(&error))?;
        for name in book.sheet_names() {
            let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
            let room = self.room;
            let mut done = self.sheet(&name, from_1904, &mut |take| {
                while let Some(cell) = cells.next_cell().map_err(|_| Stop::Damaged)? {
                    take(cell.get_position(), cell.get_value())?;
                }
                Ok(())
            })?;
            drop(cells);
            // Merged cells stand behind all others, so they are looked for only where something is missing.
            if done.is_continue()
                && self.has_gaps
                && may_be_filled
                && let Some(merged) = book.merge_cells_by_sheet_name(&name).ok().and_then(|all| Merged::of(&all))
                && let Ok(mut cells) = book.worksheet_cells_reader(&name)
            {
                self.found.pop();
                self.room = room;
                done = self.sheet(&name, from_1904, &mut |take| {
                    let mut rows = |take: &mut Take<'_>| {
                        while let Some(cell) = cells.next_cell().map_err(|_| Stop::Damaged)? {
                            take(cell.get_position(), cell.get_value())?;
                        }
                        Ok(())
                    };
                    merged.fill(&mut rows, take)
                })?;
            }
            if done.is_break() {
                return Ok(done);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn xlsb(&mut self, file: File) -> Step {
        let mut book: Xlsb<_> = Xlsb::new(BufReader::new(file)).map_err(|error| self.refused(&error))?;
        for name in book.sheet_names() {
            let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
            let done = self.sheet(&name, false, &mut |take| {
                while let Some(cell) = cells.next_cell().map_err(|_| Stop::Damaged)? {
                    take(cell.get_position(), cell.get_value())?;
                }
                Ok(())
            })?;
            if done.is_break() {
                return Ok(done);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The old format is small by nature (65,536 rows) and is read whole by the library, after a look at its extent.
    fn xls(&mut self, file: File) -> Step {
        match compound::check(&file) {
            compound::Looks::Workbook => {}
            compound::Looks::Locked => return Err(Error::Locked { path: self.shown.to_owned() }),
            compound::Looks::TooWide | compound::Looks::Damaged => return Err(self.damaged()),
        }
        let mut book: Xls<_> = Xls::new(BufReader::new(file)).map_err(|error| self.refused(&error))?;
        for name in book.sheet_names() {
            let Ok(range) = book.worksheet_range(&name) else { continue };
            let (top, left) = range.start().unwrap_or_default();
            let merged = book.merge_cells_by_sheet_name(&name).ok().and_then(|all| Merged::of(&all));
            let done = self.sheet(&name, false, &mut |take| {
                let mut rows = |take: &mut Take<'_>| {
                    for (row, column, value) in range.used_cells() {
                        let at = (top + row as u32, left + column as u32);
                        take(at, &borrowed(value))?;
                    }
                    Ok(())
                };
                match &merged {
                    Some(merged) => merged.fill(&mut rows, take),
                    None => rows(take),
                }
            })?;
            if done.is_break() {
                return Ok(done);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Writes one sheet; `rows` hands its cells over.
    fn sheet(&mut self, name: &str, from_1904: bool, rows: &mut Rows<'_>) -> Step {
        let unwritable = |source| Error::Unreadable { path: self.shown.to_owned(), source };
        let folder = self.place.with_file_name(self.sheets.to_string());
        std::fs::create_dir(&folder).map_err(unwritable)?;
        let path = folder.join(self.place.file_name().unwrap_or_default());
        self.sheets += 1;
        let mut sheet = Sheet::new(File::create(&path).map_err(unwritable)?, from_1904, self.layouts, self.room)
            .map_err(|stop| self.stopped(stop))?;
        let (mut row, mut broken) = (0, false);
        let read = rows(&mut |at, value| {
            if at.0 != row {
                row = at.0;
                self.rows += 1;
                if self.rows.is_multiple_of(TICK_ROWS) && (self.go_on)().is_break() {
                    broken = true;
                    return Err(Stop::Damaged);
                }
            }
            sheet.cell(at.0, at.1, value)
        });
        if broken {
            return Ok(ControlFlow::Break(()));
        }
        match read {
            Ok(()) | Err(Stop::NoHeader) => {}
            Err(stop) => return Err(self.stopped(stop)),
        }
        let unfolded = Unfolded { name: name.to_owned(), path };
        let (ended, room) = sheet.finish().map_err(|stop| self.stopped(stop))?;
        self.room = room;
        match ended {
            Ended::WithHeader { has_gaps } => {
                self.has_gaps = has_gaps;
                self.found.push(unfolded);
            }
            Ended::WithoutHeader { rows } => {
                self.has_gaps = false;
                // The longest one, of equals the first: notes are shorter than what they are about.
                if self.headless.as_ref().is_none_or(|(most, _)| rows > *most) {
                    self.headless = Some((rows, unfolded));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn damaged(&self) -> Error {
        Error::DamagedContainer { path: self.shown.to_owned() }
    }

    fn stopped(&self, stop: Stop) -> Error {
        match stop {
            Stop::Unwritable(source) => Error::Unreadable { path: self.shown.to_owned(), source },
            Stop::Damaged | Stop::NoHeader => self.damaged(),
        }
    }

    fn refused(&self, error: &dyn std::error::Error) -> Error {
        // The library has a kind of its own for each format.
        if error.to_string().to_ascii_lowercase().contains("password") {
            Error::Locked { path: self.shown.to_owned() }
        } else {
            self.damaged()
        }
    }
}

/// Takes a cell at (row, column), from 0.
pub(crate) type Take<'t> = dyn FnMut((u32, u32), &DataRef<'_>) -> Result<(), Stop> + 't;

/// Hands the cells of a sheet over.
pub(crate) type Rows<'r> = dyn FnMut(&mut Take<'_>) -> Result<(), Stop> + 'r;

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(at) => DataRef::DateTime(*at),
        Data::DateTimeIso(text) | Data::DurationIso(text) => DataRef::SharedString(text),
        Data::Error(error) => DataRef::Error(error.clone()),
        _ => DataRef::Empty,
    }
}

/// Whether bare numbers in columns of days count from 1904, as workbooks of old Macs do.
fn counts_from_1904(file: &File) -> bool {
    let stated = || {
        let mut archive = ZipArchive::new(BufReader::new(file.try_clone().ok()?)).ok()?;
        let mut text = String::new();
        archive.by_name("xl/workbook.xml").ok()?.take(1 << 20).read_to_string(&mut text).ok()?;
        let start = text.find("date1904=")? + "date1904=".len();
        let stated = text[start..].trim_start_matches(['"', '\'']);
        Some(stated.starts_with('1') || stated.starts_with("true"))
    };
    stated().unwrap_or(false)
}
