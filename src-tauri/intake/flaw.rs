//! What spoils a whole row, whatever its cells say: the file ends in it, it holds bytes that are no text, or its text is
//! written otherwise than that of the file.

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
    /// It is of UTF-8 in a file that is not: two files were put together.
    OtherEncoding,
}

impl Flaw {
    /// What is wrong with the bytes of a row of a file that writes its text so.
    pub(crate) fn of(record: &ByteRecord, encoding: Encoding) -> Option<Flaw> {
        match () {
            () if record.iter().any(has_zero) => Some(Flaw::NotText),
            () if is_other(record, encoding) => Some(Flaw::OtherEncoding),
            () => None,
        }
    }

    /// The column it is in, what kind of problem it is, and what stands there.
    pub(crate) fn told(self, record: &ByteRecord, headers: &[String], encoding: Encoding) -> Fault {
        let (kind, place) = match self {
            Flaw::CutShort => (ProblemKind::CutShort, record.len().saturating_sub(1)),
            Flaw::NotText => (ProblemKind::NotText, record.iter().position(has_zero).unwrap_or(0)),
            Flaw::OtherEncoding => {
                (ProblemKind::OtherEncoding, record.iter().position(|cell| !cell.is_ascii()).unwrap_or(0))
            }
        };
        let encoding = if self == Flaw::OtherEncoding { Encoding::Utf8 } else { encoding };
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

/// Whether a row is of UTF-8 in a file that is of CP932. A text of that stops being one of UTF-8 with its first kana or
/// kanji, so that few bytes of a row are looked at.
pub(crate) fn is_other(record: &ByteRecord, encoding: Encoding) -> bool {
    /// What half-width kana can make by chance has two bytes.
    const ENOUGH: usize = 4;
    let is_long = |c: &char| c.len_utf8() > 2;
    encoding == Encoding::Cp932
        && std::str::from_utf8(record.bytes()).is_ok_and(|text| text.chars().filter(is_long).count() >= ENOUGH)
}
