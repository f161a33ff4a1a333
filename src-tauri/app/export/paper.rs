//! What the three formats have in common: tables of typed cells, written beside and renamed when all is well.

use super::super::error::Error;
use crate::shop::{Day, Moment};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    /// Tax included.
    Yen,
    /// Yen as the file states them: with or without tax.
    Amount,
    /// 1 or 0.
    Flag,
    Day,
    Moment,
}

/// One column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Stable name: the column of the Parquet file.
    pub(super) id: &'static str,
    /// As the sheet's head says it.
    pub(super) head: String,
    pub(super) kind: Kind,
}

/// One table, without its rows.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Name of the file, without ending; lists for people stand in a folder of their own.
    pub(super) file: String,
    /// Name of the sheet.
    pub(super) sheet: String,
    pub(super) columns: Vec<Column>,
    /// Names and addresses are in it, and it has to say so.
    pub(super) personal: bool,
}

/// One cell; `Empty` is unknown, not zero.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(i64),
    Day(Day),
    Moment(Moment),
}

impl Cell {
    pub(super) fn day(day: Option<Day>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Cell {
        Cell::Number(i64::from(flag))
    }
}

/// What rows are written on: CSV, workbook, Parquet.
pub(super) trait Paper {
    /// Ends the table at hand and begins the next.
    fn table(&mut self, table: &Table) -> Result<(), Error>;
    /// Rows that stay together.
    fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<(), Error>;
    /// Ends the last table.
    fn finish(&mut self) -> Result<(), Error>;
}

/// Files in the making. They get their names together, and leave nothing behind if they do not.
pub(super) struct Stage {
    folder: PathBuf,
    files: Vec<(PathBuf, PathBuf)>,
    folders: Vec<PathBuf>,
}

impl Stage {
    /// Makes the folder when it is not there.
    pub(super) fn new(folder: &Path) -> Result<Stage, Error> {
        let mut stage = Stage { folder: folder.to_owned(), files: Vec::new(), folders: Vec::new() };
        stage.make_folder(folder)?;
        Ok(stage)
    }

    /// A new file, `name` with `/` between folder and file.
    pub(super) fn file(&mut self, name: &str) -> Result<BufWriter<File>, Error> {
        let path = name.split('/').fold(self.folder.clone(), |path, part| path.join(part));
        if let Some(folder) = path.parent() {
            self.make_folder(folder)?;
        }
        let mut beside = path.clone().into_os_string();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        let file = File::create(&beside).map_err(|source| unwritable(&path, source))?;
        self.files.push((beside, path));
        Ok(BufWriter::with_capacity(1 << 18, file))
    }

    /// Where the newest file will stand, for what is said when it cannot be written.
    pub(super) fn newest(&self) -> &Path {
        self.files.last().map_or(&self.folder, |(_, path)| path)
    }

    /// Gives all files their names; what stood under such a name is replaced.
    pub(super) fn name_all(mut self) -> Result<Vec<PathBuf>, Error> {
        for (beside, path) in &self.files {
            // Windows lets nobody flush a file who may not write to it.
            File::options()
                .write(true)
                .open(beside)
                .and_then(|file| file.sync_all())
                .and_then(|()| std::fs::rename(beside, path))
                .map_err(|source| unwritable(path, source))?;
        }
        self.folders.clear();
        Ok(std::mem::take(&mut self.files).into_iter().map(|(_, path)| path).collect())
    }

    fn make_folder(&mut self, folder: &Path) -> Result<(), Error> {
        if !folder.is_dir() {
            std::fs::create_dir_all(folder).map_err(|source| unwritable(folder, source))?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        for (beside, _) in &self.files {
            let _ = std::fs::remove_file(beside);
        }
        // Only what was made for this export, and only while it is empty.
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

pub(super) fn unwritable(path: &Path, source: io::Error) -> Error {
    Error::Write { path: path.display().to_string(), source }
}
