//! Why a file was not taken at all. What is wrong inside a file is a `Problem`, not an error.

use super::profile::Part;
use std::io;
use std::path::PathBuf;

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system does not hand the file over.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Nothing in it, or only blank lines.
    #[error("empty: {}", path.display())]
    Empty {
        /// Which file.
        path: PathBuf,
    },
    /// Text or bytes that are no order export of a mall.
    #[error("no order export: {}", path.display())]
    NotAnExport {
        /// Which file.
        path: PathBuf,
        /// The first headers found, at most ten; empty for a file that is no table.
        found: Vec<String>,
    },
    /// Rows of an export whose header row is gone.
    #[error("no header row: {}", path.display())]
    NoHeader {
        /// Which file.
        path: PathBuf,
    },
    /// An export whose template leaves out what an order cannot do without.
    #[error("columns missing in {}: {}", path.display(), missing.join(", "))]
    MissingColumns {
        /// Which file.
        path: PathBuf,
        /// Id of the profile it nearly is.
        profile: &'static str,
        /// Headers to add to the template; alternatives joined by `/`.
        missing: Vec<String>,
    },
    /// A spreadsheet turned the order numbers into powers of ten; their digits are gone.
    #[error("order numbers damaged in {}: {found}", path.display())]
    DamagedNumbers {
        /// Which file.
        path: PathBuf,
        /// Header of the column.
        column: String,
        /// The first of them.
        found: String,
    },
    /// A workbook or archive that does not hold together, or claims more than any real one holds.
    #[error("damaged workbook or archive: {}", path.display())]
    DamagedContainer {
        /// Which file.
        path: PathBuf,
    },
    /// A workbook or archive with a password.
    #[error("protected by a password: {}", path.display())]
    Locked {
        /// Which file.
        path: PathBuf,
    },
    /// An archive inside an archive.
    #[error("an archive inside an archive: {}", path.display())]
    NestedArchive {
        /// Which file.
        path: PathBuf,
    },
    /// Several tables where one was expected; `tables` hands out each.
    #[error("several tables in {}", path.display())]
    SeveralTables {
        /// Which file.
        path: PathBuf,
    },
    /// Beyond the size of any real export.
    #[error("too large: {} has {bytes} bytes, limit {limit}", path.display())]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// What is taken.
        limit: u64,
    },
    /// A row is longer than any real one: a cell of it is, or a quotation mark is not closed.
    #[error("row {row} of {} is longer than {limit} bytes", path.display())]
    RowTooLong {
        /// Which file.
        path: PathBuf,
        /// Row as a spreadsheet counts it.
        row: u64,
        /// Header of its longest cell, or the number of that cell where it has none (`#12`).
        column: String,
        /// No mark closes that cell as far as the file was read.
        is_open: bool,
        /// What is taken.
        limit: u64,
    },
    /// A half of a pair where a whole export was expected.
    #[error("half of a pair: {}", path.display())]
    HalfAlone {
        /// Which file.
        path: PathBuf,
        /// Which half it is.
        part: Part,
    },
    /// Two files given as a pair that are not an orders half and a lines half.
    #[error("not two halves: {} and {}", first.display(), second.display())]
    NotTwoHalves {
        /// One file.
        first: PathBuf,
        /// What it is.
        first_part: Part,
        /// The other file.
        second: PathBuf,
        /// What it is.
        second_part: Part,
    },
    /// An orders half and a lines half without one common order: of different periods or stores.
    #[error("no common order: {} and {}", orders.display(), lines.display())]
    NotAPair {
        /// The orders half.
        orders: PathBuf,
        /// The lines half.
        lines: PathBuf,
    },
}

/// Why reading ended before the end of the file.
#[derive(Debug, thiserror::Error)]
pub enum ReadError<E> {
    /// The file.
    #[error(transparent)]
    Intake(#[from] Error),
    /// The sink did not take an order.
    #[error("an order was not taken")]
    Sink(E),
    /// `tick` said stop.
    #[error("cancelled")]
    Cancelled,
    /// Rows of one order do not stand together, which was not looked for because whoever takes the orders
    /// [may begin again](super::Sink::may_begin_again).
    #[error("rows of one order do not stand together")]
    Scattered,
}

impl<E> ReadError<E> {
    /// The same with what the sink's error becomes.
    pub fn map_sink<F>(self, of: impl FnOnce(E) -> F) -> ReadError<F> {
        match self {
            ReadError::Intake(error) => ReadError::Intake(error),
            ReadError::Sink(error) => ReadError::Sink(of(error)),
            ReadError::Cancelled => ReadError::Cancelled,
            ReadError::Scattered => ReadError::Scattered,
        }
    }
}
