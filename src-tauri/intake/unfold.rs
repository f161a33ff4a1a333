//! What a file holds: workbooks, archives and text of other encodings become plain tables in a folder.
//!
//! A CSV as the malls write it is its own table. Everything else is written out once, as UTF-8 with commas, and read
//! from there as any CSV: one way of reading, one set of rules, memory that does not grow with the file. The folder
//! belongs to the caller and should go with the reading; what is written to it never holds a column nobody reads.

use super::claims;
use super::encoding::{Guess, guess};
use super::error::Error;
use super::map::Layouts;
use super::saved::{keep_stated, keep_time};
use super::table::PIECE;
use super::workbook::{self, Book};
use encoding_rs::{Encoding, SHIFT_JIS};
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::ZipArchive;

/// Files of an archive that are looked at.
const MAX_MEMBERS: usize = 500;

/// A table inside a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Which table of the file: name of the archive's file, of the sheet where a workbook has several; empty when the
    /// file holds but this one.
    pub name: String,
    /// Where it can be read.
    pub path: PathBuf,
    /// Where the bytes lie that it was written out of: a workbook, a text of another encoding. Nothing when they are its own.
    pub made_of: Option<PathBuf>,
}

/// Why a table of a file was not taken.
#[derive(Debug)]
pub struct Refused {
    /// Which table, as in `Table::name`.
    pub name: String,
    /// Why.
    pub error: Error,
}

/// The tables of a file, in its order; at least one entry. A CSV is handed back as it is, anything else is written
/// into `folder`. Of a workbook only the sheets with the header of an export are taken, if there is one. Nothing when
/// `go_on` said stop; it is asked about every 4,096 rows.
pub fn tables(
    path: &Path,
    folder: &Path,
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Option<Vec<Result<Table, Refused>>> {
    tables_as(path, folder, Layouts::default(), go_on)
}

/// The same, for other layouts too.
pub(crate) fn tables_as(
    path: &Path,
    folder: &Path,
    layouts: Layouts,
    go_on: &mut dyn FnMut() -> ControlFlow<()>,
) -> Option<Vec<Result<Table, Refused>>> {
    let mut found = Found { folder, layouts, tables: Vec::new(), go_on };
    let opened = found.look(path, path, "", Inside::Nothing);
    match opened {
        Ok(ControlFlow::Continue(())) => Some(found.tables),
        Ok(ControlFlow::Break(())) => None,
        Err(error) => Some(vec![Err(Refused { name: String::new(), error })]),
    }
}

/// The one table of a file, and the folder it was written to, if it was.
pub(crate) fn only_table(path: &Path, layouts: Layouts) -> Result<(PathBuf, Option<TempDir>), Error> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    if matches!(guess_of(path).map_err(unreadable)?, Guess::Text(_) | Guess::Binary) {
        return Ok((path.to_owned(), None));
    }
    let folder = tempfile::tempdir().map_err(unreadable)?;
    let mut found = tables_as(path, folder.path(), layouts, &mut || ControlFlow::Continue(())).unwrap_or_default();
    match (found.len(), found.pop()) {
        (1, Some(Ok(table))) => Ok((table.path, Some(folder))),
        (1, Some(Err(refused))) => Err(refused.error),
        _ => Err(Error::SeveralTables { path: path.to_owned() }),
    }
}

/// What a file lies in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Archive,
}

struct Found<'a> {
    folder: &'a Path,
    layouts: Layouts,
    tables: Vec<Result<Table, Refused>>,
    go_on: &'a mut dyn FnMut() -> ControlFlow<()>,
}

impl Found<'_> {
    /// Looks at the file at `path`; errors speak of `shown`.
    fn look(&mut self, path: &Path, shown: &Path, name: &str, inside: Inside) -> Result<ControlFlow<()>, Error> {
        let unreadable = |source| Error::Unreadable { path: shown.to_owned(), source };
        match guess_of(path).map_err(unreadable)? {
            Guess::Text(_) | Guess::Binary => {
                self.tables.push(Ok(Table { name: name.to_owned(), path: path.to_owned(), made_of: None }));
                Ok(ControlFlow::Continue(()))
            }
            Guess::Other(encoding) => self.transcode(path, shown, name, encoding).map_err(unreadable),
            Guess::Compound => self.workbook(path, shown, name, Book::Xls),
            Guess::Zip => {
                let file = File::open(path).map_err(unreadable)?;
                let damaged = |_| Error::DamagedContainer { path: shown.to_owned() };
                let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
                match workbook::kind(&archive) {
                    Some(book) => {
                        claims::check(&mut archive, shown)?;
                        drop(archive);
                        self.workbook(path, shown, name, book)
                    }
                    None if inside == Inside::Archive => Err(Error::NestedArchive { path: shown.to_owned() }),
                    None => self.archive(&mut archive, path, shown),
                }
            }
        }
    }

    fn archive(
        &mut self,
        archive: &mut ZipArchive<BufReader<File>>,
        path: &Path,
        shown: &Path,
    ) -> Result<ControlFlow<()>, Error> {
        claims::check_ratio(archive, shown)?;
        let members: Vec<(usize, String)> = (0..archive.len())
            .filter_map(|index| {
                let member = archive.by_index_raw(index).ok()?;
                let name = member_name(member.name_raw());
                // A folder is nothing but its name.
                let is_folder = member.size() == 0 && name.ends_with('/');
                let last = name.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                (!is_folder && !is_of_the_system(&name, last)).then(|| (index, last.to_owned()))
            })
            .collect();
        if members.is_empty() {
            return Err(Error::Empty { path: shown.to_owned() });
        }
        if members.len() > MAX_MEMBERS {
            return Err(Error::DamagedContainer { path: shown.to_owned() });
        }
        for (index, name) in members {
            let place = self.place(&name);
            let taken = place.and_then(|place| {
                let failed = |_| Error::DamagedContainer { path: PathBuf::from(&name) };
                let mut member =
                    archive.by_index(index).map_err(|_| Error::DamagedContainer { path: place.clone() })?;
                let mut file = File::create(&place).map_err(failed)?;
                io::copy(&mut member, &mut file).map_err(failed)?;
                keep_stated(member.last_modified(), path, &file).map_err(failed)?;
                Ok(place)
            });
            let looked = taken.and_then(|place| self.look(&place, &place, &name, Inside::Archive));
            match looked {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return Ok(ControlFlow::Break(())),
                Err(error) => self.tables.push(Err(Refused { name, error })),
            }
            if (self.go_on)().is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn workbook(&mut self, path: &Path, shown: &Path, name: &str, book: Book) -> Result<ControlFlow<()>, Error> {
        let place = self.place(&shown.file_name().unwrap_or_default().to_string_lossy())?;
        let sheets = match workbook::unfold(path, shown, book, &place, self.layouts, self.go_on)? {
            ControlFlow::Continue(sheets) => sheets,
            ControlFlow::Break(()) => return Ok(ControlFlow::Break(())),
        };
        let several = sheets.len() > 1;
        for sheet in sheets {
            let name = match (name, several) {
                (name, false) => name.to_owned(),
                ("", true) => sheet.name,
                (name, true) => format!("{name} {}", sheet.name),
            };
            keep_time(path, &sheet.path).map_err(|source| Error::Unreadable { path: shown.to_owned(), source })?;
            self.tables.push(Ok(Table { name, path: sheet.path, made_of: Some(path.to_owned()) }));
        }
        Ok(ControlFlow::Continue(()))
    }

    fn transcode(
        &mut self,
        path: &Path,
        shown: &Path,
        name: &str,
        encoding: &'static Encoding,
    ) -> io::Result<ControlFlow<()>> {
        let place = self
            .place(&shown.file_name().unwrap_or_default().to_string_lossy())
            .map_err(|_| io::Error::from(io::ErrorKind::Other))?;
        let mut file = File::open(path)?;
        let mut out = BufWriter::with_capacity(PIECE, File::create(&place)?);
        out.write_all(UTF_8_MARK)?;
        let mut decoder = encoding.new_decoder_with_bom_removal();
        let mut bytes = vec![0u8; PIECE];
        let mut text = String::with_capacity(2 * PIECE);
        loop {
            let count = file.read(&mut bytes)?;
            let mut rest = &bytes[..count];
            loop {
                let (result, read, _) = decoder.decode_to_string(rest, &mut text, count == 0);
                rest = &rest[read..];
                out.write_all(text.as_bytes())?;
                text.clear();
                if result == encoding_rs::CoderResult::InputEmpty {
                    break;
                }
            }
            if count == 0 {
                break;
            }
            if (self.go_on)().is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        out.flush()?;
        keep_time(path, &place)?;
        self.tables.push(Ok(Table { name: name.to_owned(), path: place, made_of: Some(path.to_owned()) }));
        Ok(ControlFlow::Continue(()))
    }

    /// A new place in the folder whose last part is like this name.
    fn place(&self, name: &str) -> Result<PathBuf, Error> {
        let plain: String =
            name.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c }).collect();
        let plain: String = plain.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
        let unwritable = |source| Error::Unreadable { path: PathBuf::from(name), source };
        let entries = fs::read_dir(self.folder).map_err(unwritable)?.count();
        let folder = self.folder.join(entries.to_string());
        fs::create_dir(&folder).map_err(unwritable)?;
        Ok(folder.join(if plain.trim_matches('.').is_empty() { "table".to_owned() } else { plain }))
    }
}

/// The name of an archive's file, `/` between its parts. One without a mark is of UTF-8 where it can be: what else is
/// written so is hardly ever text. Otherwise it is of the Windows of the country (CP932), as Japanese zippers write it;
/// there the second byte of 表 or ソ is that of `\`, so that only a decoded name has parts.
fn member_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => Cow::Borrowed(name),
        Err(_) => match SHIFT_JIS.decode_without_bom_handling_and_without_replacement(raw) {
            Some(name) => name,
            None => String::from_utf8_lossy(raw),
        },
    };
    name.replace('\\', "/")
}

/// Whether a file of an archive is none the owner put there: what systems keep beside files. A table of that kind of name
/// is the owner's all the same, unless it is the shadow of another (`._`).
fn is_of_the_system(name: &str, last: &str) -> bool {
    let is_table = last
        .rsplit_once('.')
        .is_some_and(|(front, kind)| !front.is_empty() && TABLES.iter().any(|table| kind.eq_ignore_ascii_case(table)));
    name.starts_with("__MACOSX/") || last.starts_with("._") || last.starts_with('.') && !is_table
}

/// How names of tables end.
const TABLES: [&str; 9] = ["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods"];

/// The mark of UTF-8, with which every written table begins.
pub(crate) const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";

fn guess_of(path: &Path) -> io::Result<Guess> {
    // Looked at before it is opened: a pipe would be waited for, and a device never ends.
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(if about.is_dir() { io::ErrorKind::IsADirectory } else { io::ErrorKind::InvalidInput }.into());
    }
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    Read::by_ref(&mut file).take(8_192).read_to_end(&mut head)?;
    if head.is_ascii() {
        // It says nothing of what follows.
        Read::by_ref(&mut file).take(PIECE as u64).read_to_end(&mut head)?;
    }
    // Which of the texts it is, is decided later from more of it.
    Ok(guess(&head, head.len() as u64 >= about.len()))
}
