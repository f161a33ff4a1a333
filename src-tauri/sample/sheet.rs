//! A CSV file under its header: cells are set by name and stay until they are set again.
//!
//! Every field is quoted, quotes inside are doubled, lines end in CRLF. (Quoting is ten lines; the `csv` crate
//! belongs to the room that reads.)

use encoding_rs::SHIFT_JIS;
use std::collections::HashMap;
use std::fmt::{Display, Write as _};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How text becomes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Windows-31J, as the malls write.
    Cp932,
    /// UTF-8 with a byte order mark, as a spreadsheet saves.
    Utf8WithMark,
    /// UTF-8.
    Utf8,
}

/// One file being written.
pub(crate) struct Sheet {
    out: BufWriter<File>,
    encoding: Encoding,
    places: HashMap<&'static str, usize>,
    cells: Vec<String>,
    line: Vec<u8>,
    /// CP932 bytes of each character met so far, high byte first; 0 for not yet asked.
    known: Vec<u16>,
}

impl Sheet {
    /// Creates the file and writes its header.
    pub(crate) fn create(path: &Path, encoding: Encoding, header: &[&'static str]) -> io::Result<Sheet> {
        let mut sheet = Sheet {
            out: BufWriter::with_capacity(1 << 17, File::create(path)?),
            encoding,
            places: header.iter().enumerate().map(|(place, name)| (*name, place)).collect(),
            cells: header.iter().map(|name| (*name).to_owned()).collect(),
            line: Vec::with_capacity(4_096),
            known: vec![0; 1 << 16],
        };
        if encoding == Encoding::Utf8WithMark {
            sheet.out.write_all("\u{feff}".as_bytes())?;
        }
        sheet.write_row()?;
        sheet.cells.iter_mut().for_each(String::clear);
        Ok(sheet)
    }

    /// Sets the cell of this row and of those that follow.
    pub(crate) fn set(&mut self, column: &'static str, value: impl Display) {
        let place = self.places.get(column);
        debug_assert!(place.is_some(), "no column {column}");
        if let Some(cell) = place.and_then(|place| self.cells.get_mut(*place)) {
            cell.clear();
            // Writing into a String cannot fail.
            let _ = write!(cell, "{value}");
        }
    }

    /// Writes the row as it stands.
    pub(crate) fn write_row(&mut self) -> io::Result<()> {
        self.line.clear();
        let Sheet { line, cells, known, encoding, .. } = self;
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                line.push(b',');
            }
            line.push(b'"');
            match encoding {
                Encoding::Cp932 => cell.chars().for_each(|c| push_cp932(line, c, known)),
                _ => cell.bytes().for_each(|byte| {
                    line.push(byte);
                    if byte == b'"' {
                        line.push(byte);
                    }
                }),
            }
            line.push(b'"');
        }
        line.extend_from_slice(b"\r\n");
        self.out.write_all(line)
    }

    /// Writes what is still in memory.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The encoder looks every kanji up in a long table; most are the same few, so their bytes are kept.
fn push_cp932(line: &mut Vec<u8>, c: char, known: &mut [u16]) {
    match c {
        '"' => line.extend_from_slice(b"\"\""),
        '\0'..='\u{7f}' => line.push(c as u8),
        _ => {
            let mut text = [0; 4];
            let kept = known.get(c as usize).copied().unwrap_or(0);
            if kept == 0 {
                let (bytes, _, _) = SHIFT_JIS.encode(c.encode_utf8(&mut text));
                line.extend_from_slice(&bytes);
                if let ([one] | [0, one], Some(place)) = (&*bytes, known.get_mut(c as usize)) {
                    *place = u16::from(*one);
                } else if let ([high, low], Some(place)) = (&*bytes, known.get_mut(c as usize)) {
                    *place = u16::from_be_bytes([*high, *low]);
                }
            } else if let [0, low] = kept.to_be_bytes() {
                line.push(low);
            } else {
                line.extend_from_slice(&kept.to_be_bytes());
            }
        }
    }
}
