//! What an archive claims about itself, checked before it is opened.

use super::error::Error;
use std::io::{Read, Seek};
use std::path::Path;
use zip::ZipArchive;

/// What the parts that stay in memory may measure together: strings, styles, names. Sheets are streamed.
const MAX_KEPT_BYTES: u64 = 256 << 20;

/// What the table of strings may measure, as it is written.
const MAX_STRINGS_BYTES: u64 = 160 << 20;

/// What all sheets together may measure, as they are written.
const MAX_SHEETS_BYTES: u64 = 4 << 30;

/// How far a part may expand; real sheets stay below 60.
const MAX_RATIO: u64 = 200;

/// The shortest string a table can hold takes at least this many bytes there.
const BYTES_OF_A_STRING: u64 = 8;

/// Parts that expand far, but to something small, harm nobody.
pub(crate) const SMALL: u64 = 1 << 20;

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
