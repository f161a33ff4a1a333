//! Workbooks: xlsx, xlsm, xlsb, xls and ods become the text of their sheets.
//!
//! Cells are streamed, never held as a whole. What a file claims about itself is checked before it is opened: sizes
//! of the parts that stay in memory, how far they expand, how many strings there are. The archive reader in turn
//! lets no part grow beyond what it claims.

use super::claims::SMALL;
use super::compound;
use super::error::Error;
use super::map::Layouts;
use super::merged::{Merged, may_be_merged};
use super::ods;
use super::sheet::{Ended, Sheet, Stop};
use super::xlsb_merged;
use calamine::{Data, DataRef, Reader, Xls, Xlsb, XlsbError, Xlsx, XlsxError};
use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

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
        let book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|error| self.refused(&error))?;
        let names = book.sheet_names();
        let book = RefCell::new(book);
        for name in names {
            match book.borrow_mut().worksheet_cells_reader(&name) {
                Ok(_) => {}
                // A drawing, or a dialog.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                // Its part is gone, or broken: nobody knows what it held.
                Err(_) => return Err(self.damaged()),
            }
            let mut rows = |take: &mut Take<'_>| {
                let mut book = book.borrow_mut();
                let mut cells = book.worksheet_cells_reader(&name).map_err(|_| Stop::Damaged)?;
                while let Some(cell) = cells.next_cell().map_err(|_| Stop::Damaged)? {
                    take(cell.get_position(), cell.get_value())?;
                }
                Ok(())
            };
            let merged = || {
                let all = may_be_filled.then(|| book.borrow_mut().merge_cells_by_sheet_name(&name).ok())??;
                Merged::of(&all)
            };
            let done = self.sheet_with_merged(&name, from_1904, &mut rows, &merged)?;
            if done.is_break() {
                return Ok(done);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn xlsb(&mut self, file: File) -> Step {
        let again = file.try_clone().ok();
        let mut book: Xlsb<_> = Xlsb::new(BufReader::new(file)).map_err(|error| self.refused(&error))?;
        for name in book.sheet_names() {
            match book.worksheet_cells_reader(&name) {
                Ok(_) => {}
                Err(XlsbError::FileNotFound(_) | XlsbError::Zip(_)) => return Err(self.damaged()),
                Err(_) => continue,
            }
            let mut rows = |take: &mut Take<'_>| {
                let mut cells = book.worksheet_cells_reader(&name).map_err(|_| Stop::Damaged)?;
                while let Some(cell) = cells.next_cell().map_err(|_| Stop::Damaged)? {
                    take(cell.get_position(), cell.get_value())?;
                }
                Ok(())
            };
            let merged = || Merged::of(&xlsb_merged::of_sheet(again.as_ref()?, &name)?);
            let done = self.sheet_with_merged(&name, false, &mut rows, &merged)?;
            if done.is_break() {
                return Ok(done);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Writes one sheet, and once more with its merged cells where something is missing: they stand behind all others.
    fn sheet_with_merged(
        &mut self,
        name: &str,
        from_1904: bool,
        rows: &mut Rows<'_>,
        merged: &dyn Fn() -> Option<Merged>,
    ) -> Step {
        let room = self.room;
        let done = self.sheet(name, from_1904, rows)?;
        if done.is_break() || !self.has_gaps {
            return Ok(done);
        }
        let Some(merged) = merged() else { return Ok(done) };
        self.found.pop();
        self.room = room;
        self.sheet(name, from_1904, &mut |take| merged.fill(rows, take))
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
