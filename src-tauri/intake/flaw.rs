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
    /// It is of UTF-8 in a file of CP932, or the other way round: two files were put together.
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
        let encoding = match (self, encoding) {
            (Flaw::OtherEncoding, Encoding::Cp932) => Encoding::Utf8,
            (Flaw::OtherEncoding, _) => Encoding::Cp932,
            _ => encoding,
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

/// Characters of UTF-8, or bytes that are none, which nothing makes by chance: half an emoji has three.
const ENOUGH: usize = 4;

/// Whether a row is of UTF-8 in a file of CP932, or the other way round.
pub(crate) fn is_other(record: &ByteRecord, encoding: Encoding) -> bool {
    let bytes = record.bytes();
    match (encoding, std::str::from_utf8(bytes)) {
        // CP932 stops being UTF-8 with its first kana or kanji, so that few bytes of a row are looked at. What half-width
        // kana can make by chance has two bytes.
        (Encoding::Cp932, Ok(text)) => text.chars().filter(|c| c.len_utf8() > 2).count() >= ENOUGH,
        // A few characters that something cut do not make a row of CP932.
        (Encoding::Utf8 | Encoding::Utf8Bom, Err(_)) => {
            let (mut sound, mut broken) = (0, 0);
            for chunk in bytes.utf8_chunks() {
                sound += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
                broken += chunk.invalid().len();
            }
            broken >= ENOUGH && broken > sound && !Encoding::Cp932.text(bytes).contains('\u{fffd}')
        }
        _ => false,
    }
}
