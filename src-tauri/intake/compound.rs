//! A look into an xls before the library opens it: how wide and how long its sheets are.
//!
//! The library lays a sheet out whole, from its first cell to its last, so two cells far apart would ask for
//! gigabytes. Only the chain of sectors of the workbook and the places of its cells are read here.

use super::sheet::MAX_COLUMNS;
use std::collections::HashSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// The largest xls that is read; 65,536 rows of the widest layout are about as much.
const MAX_BYTES: u64 = 128 << 20;

/// What an xls looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    /// A workbook of sheets that can be laid out.
    Workbook,
    /// Protected by a password.
    Locked,
    /// Cells beyond the widest table.
    TooWide,
    /// No workbook, or a chain that does not hold.
    Damaged,
}

/// Looks through the file.
pub(crate) fn check(file: &File) -> Looks {
    look(file).unwrap_or(Looks::Damaged)
}

fn look(mut file: &File) -> Option<Looks> {
    if file.metadata().ok()?.len() > MAX_BYTES {
        return Some(Looks::TooWide);
    }
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.read_to_end(&mut bytes).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    let sector_bits = u32::from(short(&bytes, 30)?);
    if !matches!(sector_bits, 9 | 12) {
        return None;
    }
    let size = 1usize << sector_bits;
    let sector = |number: u32| bytes.get((number as usize + 1).checked_mul(size)?..)?.get(..size);
    // Where the parts of the sector table lie: the first 109 in the head, the rest in a chain of their own.
    let mut table_sectors: Vec<u32> = (0..109).filter_map(|n| long(&bytes, 76 + 4 * n)).filter(|s| *s < LAST).collect();
    let mut next = long(&bytes, 68)?;
    let mut met = HashSet::new();
    while next < LAST && met.insert(next) {
        let part = sector(next)?;
        table_sectors.extend((0..size / 4 - 1).filter_map(|n| long(part, 4 * n)).filter(|s| *s < LAST));
        next = long(part, size - 4)?;
    }
    let mut table = Vec::new();
    for number in table_sectors {
        table.extend(sector(number)?.chunks_exact(4).filter_map(|four| long(four, 0)));
    }
    let chain = |start: u32| {
        let (mut at, mut found, mut met) = (start, Vec::new(), HashSet::new());
        while at < LAST {
            if !met.insert(at) {
                return None;
            }
            found.extend_from_slice(sector(at)?);
            at = *table.get(at as usize)?;
        }
        Some(found)
    };
    let directory = chain(long(&bytes, 48)?)?;
    let mut workbook = None;
    for entry in directory.chunks_exact(128) {
        let length = usize::from(short(entry, 64)?).saturating_sub(2).min(64);
        let units: Vec<u16> = entry[..length].chunks_exact(2).filter_map(|two| short(two, 0)).collect();
        match &*String::from_utf16_lossy(&units) {
            "EncryptedPackage" => return Some(Looks::Locked),
            "Workbook" | "Book" => workbook = Some((long(entry, 116)?, long(entry, 120)? as usize)),
            _ => {}
        }
    }
    let (start, length) = workbook?;
    // Shorter streams lie elsewhere; no workbook is that short.
    if length < 4_096 {
        return None;
    }
    let stream = chain(start)?;
    Some(extent(stream.get(..length.min(stream.len()))?))
}

/// Sector numbers from here on end a chain.
const LAST: u32 = 0xFFFF_FFFA;

/// Cells all sheets may take together when they are laid out; 65,536 rows of the widest layout are ten million.
const MAX_AREA: u64 = 20_000_000;

/// Whether every cell lies inside the widest table, and all sheets in what can be laid out.
fn extent(stream: &[u8]) -> Looks {
    let mut at = 0;
    let mut area = 0u64;
    // First and last row and column of the sheet at hand.
    let mut sheet: Option<[u16; 4]> = None;
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let body = stream.get(at + 4..at + 4 + usize::from(length)).unwrap_or_default();
        at += 4 + usize::from(length);
        // Cells of every kind begin with row and column; those of several end with their last column.
        let last_column = match kind {
            START_OF_SHEET => {
                area += laid_out(sheet.take());
                None
            }
            FILE_PASS if short(body, 0) != Some(0) => return Looks::Locked,
            // What the sheet says of its extent; the library makes room for it.
            DIMENSIONS if !is_sane(body).unwrap_or(false) => return Looks::Damaged,
            FORMULA | NUMBER | LABEL | BOOLEAN | SHARED_LABEL | RK | RICH_LABEL => short(body, 2),
            SEVERAL_RK => short(body, 2).max(short(body, body.len().saturating_sub(2))),
            _ => None,
        };
        let (Some(row), Some(column), Some(last)) = (short(body, 0), short(body, 2), last_column) else { continue };
        if u32::from(last) >= MAX_COLUMNS {
            return Looks::TooWide;
        }
        let [top, bottom, left, right] = sheet.unwrap_or([row, row, column, last]);
        sheet = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
    }
    if area + laid_out(sheet) > MAX_AREA { Looks::TooWide } else { Looks::Workbook }
}

fn laid_out(sheet: Option<[u16; 4]>) -> u64 {
    sheet.map_or(0, |[top, bottom, left, right]| (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1))
}

const FORMULA: u16 = 0x0006;
const FILE_PASS: u16 = 0x002F;
const SEVERAL_RK: u16 = 0x00BD;
const RICH_LABEL: u16 = 0x00D6;
const SHARED_LABEL: u16 = 0x00FD;
const DIMENSIONS: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOLEAN: u16 = 0x0205;
const RK: u16 = 0x027E;
const START_OF_SHEET: u16 = 0x0809;

/// Rows and columns a sheet claims: first and one past the last.
fn is_sane(body: &[u8]) -> Option<bool> {
    let (first_row, row_end, column_end) = match body.len() {
        10 => (short(body, 0)?.into(), short(body, 2)?.into(), short(body, 6)?),
        _ => (long(body, 0)?, long(body, 4)?, short(body, 10)?),
    };
    Some(first_row <= row_end && row_end <= 65_536 && u32::from(column_end) <= MAX_COLUMNS)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
