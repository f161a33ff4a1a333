//! Inputs nobody meant, made from some that somebody did. The same seed and round make the same input.

use super::targets::Target;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// How inputs of a target are changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Bytes and words anywhere.
    Text,
    /// The same, mostly inside one member of a zip container.
    Archive,
    /// Mostly a list of damages to a sound ledger (`ledgers.rs`).
    Damage,
}

/// Words that mean something to a parser.
const WORDS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b"\r\n",
    b"\n",
    b"\r",
    b",",
    b"\t",
    b";",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    // Lead bytes of CP932, trail bytes that look like ASCII, what is neither.
    b"\x81",
    b"\x83\x5C",
    b"\x95\x5C",
    b"\xFC\x4B",
    b"\x80",
    b"\xA0",
    b"\xFF",
    b"\x8F\x22",
    b"\xE3\x81",
    b"\xF0\x9F\x98\x80",
    b"L1=",
    b"&L2=",
    b"L1=1&L2=2",
    b"&L99999999999999999999=",
    b"&L=",
    b"L0=&L0=",
    b"-9999",
    b"-99999",
    b"-0",
    b"0",
    b"1",
    b"99999999999999999999",
    b"9223372036854775807",
    b"-9223372036854775808",
    b"999999999999999",
    b"1000000000",
    b"1000000",
    b"4294967295",
    b"4294967296",
    b"65535",
    b"65536",
    b"2147483647",
    b"1e308",
    b"-1e-308",
    b"NaN",
    b"inf",
    b"1.0",
    b"0.10",
    b"100%",
    b"1,234",
    b"\\1,234",
    "１２３４円".as_bytes(),
    "▲１".as_bytes(),
    "−１".as_bytes(),
    "¥".as_bytes(),
    b"2026-02-30",
    b"2026/3/1 25:00",
    b"20260301",
    b"20260301100000",
    b"0000-00-00",
    b"9999-12-31",
    b"1997-01-01T00:00:00-14:00",
    b"2100-12-31 23:59:59Z",
    "2026年3月1日".as_bytes(),
    b"+09:00",
    b"T",
    b"%Y-%m-%d",
    b"%s",
    b"%+",
    b"%",
    b"%-",
    b"%:::z",
    b"%.9f",
    b"500001-20260301-0000000001",
    b"shop-10001234",
    b"-1",
    b"1.23E+11",
    b"1E+10",
    "合計".as_bytes(),
    b"\x8D\x87\x8C\x76",
    b"090-1234-5678",
    b"0120",
    b"+81",
    b"\xEF\xBD\xB6\xEF\xBE\x9E",
    "髙﨑".as_bytes(),
    "\u{e0100}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{fdfa}".as_bytes(),
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"null",
    b"true",
    b"\\u0000",
    b"\\ud800",
    b"\"columns\"",
    b"\"order_total\"",
    b"\"ordered_at\"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x01\x02",
    b"PK\x06\x06",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    b"\xFF\xFF\xFF\xFF",
    b"\xFF\xFF\xFF\x7F",
    b"\x00\x00\x00\x80",
    b"<",
    b">",
    b"/>",
    b"&",
    b"&amp;",
    b"&#0;",
    b"&#x10FFFF;",
    b"&#xD800;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<?xml version=\"1.0\"?>",
    b"<!DOCTYPE a [<!ENTITY a \"b\">]>&a;",
    b" r=\"1048577\"",
    b" r=\"A1\"",
    b" r=\"XFD1048576\"",
    b" r=\"ZZZZZZZZ99999999999\"",
    b" r=\"\"",
    b" t=\"s\"",
    b" t=\"e\"",
    b" t=\"d\"",
    b" s=\"4294967295\"",
    b"<c t=\"s\"><v>99999</v></c>",
    b"<c t=\"inlineStr\"><is><t>",
    b"<row>",
    b"</row>",
    b"uniqueCount=\"4294967295\"",
    b"count=\"-1\"",
    b"date1904=\"1\"",
    b"date1904=",
    b"<mergeCell ref=\"A1:XFD1048576\"/>",
    b" table:number-rows-repeated=\"4294967295\"",
    b" table:number-rows-repeated=\"10000\"",
    b" table:number-columns-repeated=\"4294967295\"",
    b" text:c=\"4294967295\"",
    b" office:value-type=\"date\"",
    b" office:value-type=\"float\"",
    b" office:value=\"1e999\"",
    b"<table:table>",
    b"</table:table>",
    b"<text:p>",
    b"<office:annotation>",
    b"\x09\x08",
    b"\x85\x00",
    b"\xFC\x00",
    b"\x3C\x00",
    b"\x00\x02",
    b"\x0A\x00\x00\x00",
    b"\x2F\x00",
];

/// The longest input.
const LONGEST: usize = 96 << 10;

/// Chance that falls the same way every time.
pub struct Chance(ChaCha8Rng);

impl Chance {
    fn of(name: &str, seed: u64, round: u64) -> Chance {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..].iter_mut().zip(name.bytes()).for_each(|(place, byte)| *place = byte);
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(round);
        Chance(stream)
    }

    /// From 0 up to `below`, which counts as 1 when it is 0.
    pub fn below(&mut self, below: usize) -> usize {
        (self.0.next_u64() % below.max(1) as u64) as usize
    }

    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn byte(&mut self) -> u8 {
        self.0.next_u32() as u8
    }
}

/// The input of a round.
pub fn input(target: &Target, seeds: &[Vec<u8>], seed: u64, round: u64) -> Vec<u8> {
    let mut chance = Chance::of(target.name, seed, round);
    let base = &seeds[chance.below(seeds.len())];
    let other = &seeds[chance.below(seeds.len())];
    match target.form {
        Form::Archive if !chance.one_in(4) => inside(base, &mut chance).unwrap_or_else(|| base.clone()),
        Form::Damage if !chance.one_in(8) => super::ledgers::damage(&mut chance),
        _ => changed(base, other, &mut chance),
    }
}

/// One member of an archive changed, or two.
fn inside(archive: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).ok()?;
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).ok()?;
        let name = member.name().ok()?.to_string();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).ok()?;
        members.push((name, bytes));
    }
    for _ in 0..1 + usize::from(chance.one_in(4)) {
        // Larger members hold the tables; small ones say what everything means. Both get their share.
        if members.is_empty() {
            break;
        }
        let place = chance.below(members.len());
        let other = members[chance.below(members.len())].1.clone();
        members[place].1 = changed(&members[place].1, &other, chance);
        match chance.below(24) {
            0 => drop(members.remove(place)),
            1 => members[place].0 = format!("../{}", members[place].0),
            2 => members[place].0.make_ascii_uppercase(),
            _ => {}
        }
    }
    let method = if chance.one_in(8) { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    Some(zipped(&members, method))
}

/// An archive of these members; of two with one name the first.
pub fn zipped(members: &[(String, Vec<u8>)], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        if zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).is_ok() {
            zip.write_all(bytes).expect("memory takes it");
        }
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// The bytes, changed in one place or in several.
fn changed(base: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = base.to_vec();
    let mut times = 1;
    while times < 12 && !chance.one_in(3) {
        times += 1;
    }
    for _ in 0..times {
        change(&mut bytes, other, chance);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let far = if chance.one_in(8) { usize::MAX } else { 16 };
    let until = at + chance.below(far.min(bytes.len() - at) + 1);
    let word = WORDS[chance.below(WORDS.len())];
    match chance.below(14) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 if at < bytes.len() => bytes[at] = chance.byte(),
        2 => drop(bytes.drain(at..until)),
        3 => {
            let piece = bytes[at..until].to_vec();
            let times = if chance.one_in(16) { chance.below(2_000) } else { chance.below(4) };
            let piece = piece.repeat(times.min(LONGEST / piece.len().max(1)));
            drop(bytes.splice(at..at, piece));
        }
        4 | 5 => drop(bytes.splice(at..at, word.iter().copied())),
        6 => drop(bytes.splice(at..(at + word.len()).min(bytes.len()), word.iter().copied())),
        7 => bytes.truncate(at),
        8 if !other.is_empty() => {
            let start = chance.below(other.len());
            let end = start + chance.below(other.len() - start) + 1;
            drop(bytes.splice(at..until, other[start..end.min(other.len())].iter().copied()));
        }
        9 => {
            let random: Vec<u8> = (0..chance.below(24)).map(|_| chance.byte()).collect();
            drop(bytes.splice(at..until, random));
        }
        // A cell, an attribute, a number: what stands between two marks.
        10 | 11 => {
            let mark =
                |byte: &u8| matches!(byte, b',' | b'\t' | b'\n' | b'\r' | b'"' | b'<' | b'>' | b'&' | b'=' | b';');
            let start = bytes[..at].iter().rposition(mark).map_or(0, |place| place + 1);
            let end = bytes[at..].iter().position(mark).map_or(bytes.len(), |place| at + place);
            drop(bytes.splice(start..end, word.iter().copied()));
        }
        12 => {
            let digits = bytes[at..].iter().position(u8::is_ascii_digit).map(|place| at + place);
            if let Some(start) = digits {
                let end = bytes[start..].iter().position(|b| !b.is_ascii_digit()).map_or(bytes.len(), |n| start + n);
                drop(bytes.splice(start..end, word.iter().copied()));
            }
        }
        // Two lines change places.
        _ => {
            let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
            let (one, two) = (chance.below(lines.len()), chance.below(lines.len()));
            lines.swap(one, two);
            *bytes = lines.join(&b'\n');
        }
    }
}
