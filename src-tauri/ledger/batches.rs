//! Imports: what was recorded, from which files, with which problems.

use super::privacy::is_nameless;
use super::{Error, Ledger};
use crate::shop::{Mall, Moment, Text};
use rusqlite::{Transaction, params};

/// What a finished recording states about itself.
#[derive(Clone, Debug, Default)]
pub struct NewBatch {
    /// First order moment of the files; nothing when no order was taken.
    pub first_at: Option<Moment>,
    /// Last order moment.
    pub last_at: Option<Moment>,
    /// The newest moment any order states.
    pub newest_at: Moment,
    /// When its file was last written to, in milliseconds since 1970 UTC, where nothing in it says which of two is the
    /// newer; else 0.
    pub saved_ms: i64,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// One file, or the two of a pair.
    pub files: Vec<NewFile>,
}

/// One file of a batch; `rows_total = rows_used + rows_skipped + rows_problem`.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Without its folder.
    pub file_name: String,
    /// What names its bytes.
    pub digests: Digests,
    /// Layout.
    pub profile: String,
    /// Data rows.
    pub rows_total: u64,
    /// Rows that are part of a recorded order.
    pub rows_used: u64,
    /// Blank rows.
    pub rows_skipped: u64,
    /// Rows that could not be used.
    pub rows_problem: u64,
    /// Where and why.
    pub problems: Vec<StoredProblem>,
}

/// What tells the bytes of a file from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digests {
    /// How many there are.
    pub bytes: u64,
    /// What people compare.
    pub sha256: [u8; 32],
    /// What finds them again.
    pub blake3: [u8; 32],
    /// SHA-256 of the file that a table was written out of: what people compare then. Nothing where it is the file.
    pub of_file: Option<[u8; 32]>,
}

/// That a file was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedBefore {
    /// In which import.
    pub batch_id: i64,
    /// When.
    pub at: Moment,
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProblem {
    /// As a spreadsheet counts: the header is row 1.
    pub row_number: u64,
    /// Header of the column; empty for the whole row.
    pub column_name: String,
    /// `bad_date`, …
    pub kind: String,
    /// What stood there.
    pub found: String,
}

/// One recorded import.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its number.
    pub batch_id: i64,
    /// Layout.
    pub profile: String,
    /// Which mall.
    pub mall: Mall,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// First order moment.
    pub first_at: Option<Moment>,
    /// Last order moment.
    pub last_at: Option<Moment>,
    /// What became of its orders.
    pub counts: super::Counts,
    /// Rows of a file without orders; 0 for order files.
    pub entries: u64,
    /// In the order of recording; problems left out.
    pub files: Vec<BatchFile>,
}

/// One file of a recorded import.
#[derive(Clone, Debug)]
pub struct BatchFile {
    /// Without its folder.
    pub file_name: String,
    /// Of its bytes, or of the workbook's or archived file's that holds it.
    pub sha256: [u8; 32],
    /// Layout.
    pub profile: String,
    /// Data rows.
    pub rows_total: u64,
    /// Used rows.
    pub rows_used: u64,
    /// Left-out rows.
    pub rows_skipped: u64,
    /// Rows with problems.
    pub rows_problem: u64,
    /// Rows the list of problems names: not all where there are very many, and such as were used besides.
    pub rows_named: u64,
}

pub(super) fn insert_files(transaction: &Transaction<'_>, batch_id: i64, files: &[NewFile]) -> Result<(), Error> {
    // What stood in a cell may be anybody's name: columns slip.
    let keeps_names = !is_nameless(transaction)?;
    for (position, file) in files.iter().enumerate() {
        transaction.execute(
            "insert into batch_files (batch_id, position, file_name, sha256, profile, rows_total, rows_used,
                rows_skipped, rows_problem, bytes, blake3, file_sha256)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                batch_id,
                position as i64,
                file.file_name,
                file.digests.sha256,
                file.profile,
                file.rows_total as i64,
                file.rows_used as i64,
                file.rows_skipped as i64,
                file.rows_problem as i64,
                file.digests.bytes as i64,
                file.digests.blake3,
                file.digests.of_file
            ],
        )?;
        transaction.execute(
            "update waiting_halves set batch_id = ?1 where sha256 = ?2",
            params![batch_id, file.digests.sha256],
        )?;
        let mut insert = transaction.prepare_cached(
            "insert into problems (batch_id, position, row_number, column_name, kind, found)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for problem in &file.problems {
            insert.execute(params![
                batch_id,
                position as i64,
                problem.row_number as i64,
                problem.column_name,
                problem.kind,
                if keeps_names { &*problem.found } else { "" }
            ])?;
        }
    }
    Ok(())
}

impl Ledger {
    /// All imports, newest first.
    pub fn batches(&self) -> Result<Vec<Batch>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select batch_id, profile, mall, recorded_at, first_at, last_at, orders_new, orders_updated,
                orders_unchanged, entries
             from batches order by batch_id desc",
        )?;
        let mut files = self.connection.prepare_cached(
            "select file_name, profile, rows_total, rows_used, rows_skipped, rows_problem, coalesce(file_sha256, sha256),
                (select count(*) from problems p where p.batch_id = f.batch_id and p.position = f.position)
             from batch_files f where batch_id = ?1 order by position",
        )?;
        let mut rows = statement.query([])?;
        let mut batches = Vec::new();
        while let Some(row) = rows.next()? {
            let batch_id: i64 = row.get(0)?;
            let count = |index: usize| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(index)? as u64) };
            batches.push(Batch {
                batch_id,
                profile: row.get(1)?,
                mall: mall_of(&row.get::<_, String>(2)?),
                recorded_at: Moment(row.get(3)?),
                first_at: row.get::<_, Option<i64>>(4)?.map(Moment),
                last_at: row.get::<_, Option<i64>>(5)?.map(Moment),
                counts: super::Counts { orders_new: count(6)?, orders_updated: count(7)?, orders_unchanged: count(8)? },
                entries: count(9)?,
                files: files.query_map([batch_id], file_of_row)?.collect::<rusqlite::Result<_>>()?,
            });
        }
        Ok(batches)
    }

    /// Whether a recorded file may have so many bytes.
    pub fn may_hold(&self, bytes: u64) -> Result<bool, Error> {
        let asked = "select exists (select 1 from batch_files where bytes = ?1 or bytes is null)";
        Ok(self.connection.prepare_cached(asked)?.query_row([bytes as i64], |row| row.get(0))?)
    }

    /// Whether files were recorded by a program that did not keep their length and BLAKE3.
    pub fn holds_files_without_blake3(&self) -> Result<bool, Error> {
        let asked = "select exists (select 1 from batch_files where blake3 is null)";
        Ok(self.connection.prepare_cached(asked)?.query_row([], |row| row.get(0))?)
    }

    /// When a file with these bytes was recorded; nothing when it was not, or before BLAKE3 was kept.
    pub fn recorded_blake3(&self, blake3: &[u8; 32]) -> Result<Option<RecordedBefore>, Error> {
        self.recorded("f.blake3 = ?1", blake3)
    }

    /// When a file with these bytes was recorded; nothing when it was not.
    pub fn recorded_sha256(&self, sha256: &[u8; 32]) -> Result<Option<RecordedBefore>, Error> {
        self.recorded("f.sha256 = ?1", sha256)
    }

    /// Whether any order an import states says how it was paid, or of an affiliate: programs before those columns did not
    /// read them.
    pub fn says_how_paid(&self, batch_id: i64) -> Result<bool, Error> {
        let asked = include_str!("queries/says_how_paid.sql");
        Ok(self.connection.prepare_cached(asked)?.query_row([batch_id], |row| row.get(0))?)
    }

    fn recorded(&self, condition: &str, digest: &[u8; 32]) -> Result<Option<RecordedBefore>, Error> {
        let asked = format!(
            "select b.batch_id, b.recorded_at from batch_files f join batches b on b.batch_id = f.batch_id where {condition}"
        );
        Ok(super::compare::optional(
            self.connection.prepare_cached(&asked)?.query_row(params![digest], |row| {
                Ok(RecordedBefore { batch_id: row.get(0)?, at: Moment(row.get(1)?) })
            }),
        )?)
    }

    /// The problems of a batch, file by file, at most `limit`.
    pub fn problems(&self, batch_id: i64, limit: u32) -> Result<Vec<(String, StoredProblem)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select f.file_name, p.row_number, p.column_name, p.kind, p.found
             from problems p
             join batch_files f on f.batch_id = p.batch_id and f.position = p.position
             where p.batch_id = ?1 order by p.position, p.row_number limit ?2",
        )?;
        let rows = statement.query_map(params![batch_id, limit], |row| {
            Ok((
                row.get(0)?,
                StoredProblem {
                    row_number: row.get::<_, i64>(1)? as u64,
                    column_name: row.get(2)?,
                    kind: row.get(3)?,
                    found: row.get(4)?,
                },
            ))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn file_of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<BatchFile> {
    let count = |index: usize| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(index)? as u64) };
    Ok(BatchFile {
        file_name: row.get(0)?,
        sha256: row.get(6)?,
        profile: row.get(1)?,
        rows_total: count(2)?,
        rows_used: count(3)?,
        rows_skipped: count(4)?,
        rows_problem: count(5)?,
        rows_named: count(7)?,
    })
}

/// A text of a row.
pub(super) fn text(row: &rusqlite::Row<'_>, place: usize) -> rusqlite::Result<Text> {
    Ok(row.get_ref(place)?.as_str()?.into())
}

/// The mall of a stored word; the schema holds no other words than ours.
pub(super) fn mall_of(word: &str) -> Mall {
    word.parse().unwrap_or(Mall::Own)
}
