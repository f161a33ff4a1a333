//! Which cells of a binary workbook's sheet are merged; calamine does not read them.
//!
//! Source: [MS-XLSB], Excel Binary File Format: 2.1.4 Record, 2.4.304 BrtBundleSh, 2.4.704 BrtMergeCell.

use calamine::Dimensions;
use quick_xml::events::Event;
use quick_xml::name::QName;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use zip::ZipArchive;

/// A sheet of the book: its relation and its name.
const BUNDLE_SHEET: u32 = 156;
const MERGE_CELL: u32 = 176;

/// Records of a sheet that are looked through: some for every cell of the longest table by hand.
const MOST_RECORDS: u32 = 20_000_000;

/// Merged cells beyond which nobody has made them by hand.
const MOST_MERGED: usize = 100_001;

/// The longest record that is looked into; relation and name have at most 255 letters each.
const LONGEST: usize = 2_048;

/// The merged cells of the sheet of this name; nothing where the book does not say so as a book does.
pub(super) fn of_sheet(file: &File, name: &str) -> Option<Vec<Dimensions>> {
    let mut archive = ZipArchive::new(BufReader::new(file.try_clone().ok()?)).ok()?;
    let mut relation = None;
    each_record(BufReader::new(archive.by_name("xl/workbook.bin").ok()?), |kind, body| {
        if kind == BUNDLE_SHEET && relation.is_none() {
            let (id, rest) = wide_string(body.get(8..)?)?;
            relation = (wide_string(rest)?.0 == name).then_some(id);
        }
        Some(())
    })?;
    let part = target(&mut archive, &relation?)?;
    let mut merged = Vec::new();
    each_record(BufReader::with_capacity(64 << 10, archive.by_name(&part).ok()?), |kind, body| {
        if kind == MERGE_CELL {
            let at = |place: usize| Some(u32::from_le_bytes(body.get(place * 4..place * 4 + 4)?.try_into().ok()?));
            merged.push(Dimensions::new((at(0)?, at(2)?), (at(1)?, at(3)?)));
        }
        (merged.len() < MOST_MERGED).then_some(())
    })?;
    Some(merged)
}

/// Where in the archive the sheet of this relation lies.
fn target<R: Read + std::io::Seek>(archive: &mut ZipArchive<R>, relation: &str) -> Option<String> {
    let relations = archive.by_name("xl/_rels/workbook.bin.rels").ok()?;
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(relations));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Start(start) | Event::Empty(start)
                if start.local_name().as_ref() == QName("Relationship").local_name().as_ref() =>
            {
                let stated = |key: &str| {
                    let value = start.try_get_attribute(key).ok()??;
                    Some(value.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
                };
                if stated("Id")? == relation {
                    let target = stated("Target")?;
                    return Some(match target.strip_prefix('/') {
                        Some(whole) => whole.to_owned(),
                        None => format!("xl/{target}"),
                    });
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Hands over kind and beginning of each record, as long as something comes back.
fn each_record(mut from: impl BufRead, mut take: impl FnMut(u32, &[u8]) -> Option<()>) -> Option<()> {
    let mut body = Vec::new();
    for _ in 0..MOST_RECORDS {
        if from.fill_buf().ok()?.is_empty() {
            return Some(());
        }
        let (kind, length) = (number(&mut from, 2)?, number(&mut from, 4)? as usize);
        body.clear();
        from.by_ref().take(length.min(LONGEST) as u64).read_to_end(&mut body).ok()?;
        let rest = (length - length.min(LONGEST)) as u64;
        let passed = std::io::copy(&mut from.by_ref().take(rest), &mut std::io::sink()).ok()?;
        if body.len() as u64 + passed < length as u64 {
            return None;
        }
        take(kind, &body)?;
    }
    None
}

/// A number of seven bits a byte, the low ones first; the highest bit says that another byte follows.
fn number(from: &mut impl Read, most: u32) -> Option<u32> {
    let mut whole = 0;
    for place in 0..most {
        let mut byte = [0];
        from.read_exact(&mut byte).ok()?;
        whole |= u32::from(byte[0] & 0x7F) << (7 * place);
        if byte[0] < 0x80 {
            break;
        }
    }
    Some(whole)
}

/// A text that states its length in letters of two bytes, and what follows it.
fn wide_string(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_at_checked(4)?;
    let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
    let (text, rest) = rest.split_at_checked(length.checked_mul(2)?)?;
    let units = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), rest))
}
