//! What spoils a whole row, whatever its cells say: the file ends in it, or it holds bytes that are no text.

use super::assemble::Fault;
use super::encoding::Encoding;
use super::problem::{ProblemKind, shown};
use super::record::ByteRecord;
use super::table::Layout;

/// The byte no text has. Where a disk or a transfer has lost something, it often stands in its place.
const ZERO: u8 = 0;

/// How such a byte is shown.
const SHOWN_ZERO: &str = "␀";

/// Why nothing of a row is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// The file ends in it: what its last cell holds is not all of it.
    CutShort,
    /// Something else stood where a byte of it is zero, nobody knows what and how much.
    NotText,
}

impl Flaw {
    /// The column it is in, what kind of problem it is, and what stands there.
    pub(crate) fn told(self, record: &ByteRecord, headers: &[String], encoding: Encoding) -> Fault {
        let (kind, place) = match self {
            Flaw::CutShort => (ProblemKind::CutShort, record.len().saturating_sub(1)),
            Flaw::NotText => (ProblemKind::NotText, record.iter().position(has_zero).unwrap_or(0)),
        };
        let column = headers.get(place).cloned().unwrap_or_default();
        let found = encoding.text(record.get(place).unwrap_or_default()).replace('\0', SHOWN_ZERO);
        Fault { column, kind, found: shown(found.trim()) }
    }
}

impl Layout {
    /// What is wrong with a whole row.
    pub(crate) fn flaw(&self, record: &ByteRecord, flaw: Flaw) -> Fault {
        flaw.told(record, &self.columns.headers, self.encoding)
    }
}

/// Whether bytes hold one that no text has.
pub(crate) fn has_zero(bytes: &[u8]) -> bool {
    memchr::memchr(ZERO, bytes).is_some()
}
