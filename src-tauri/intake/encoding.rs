//! Bytes become text: UTF-8, UTF-8 with BOM, CP932.
//!
//! The encoding is decided once per file from its first mebibyte, or from the first that is not all ASCII. Cells are found
//! on bytes before they are decoded: no CP932 trail byte (0x40–0xFC) is a comma, a tab, a quotation mark or a line end.

use super::table::PIECE;
use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Read};

/// How a file writes its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8 without BOM.
    Utf8,
    /// UTF-8 with BOM, as Excel saves 「CSV UTF-8」.
    Utf8Bom,
    /// Windows-31J, as the malls write it; also taken for pure ASCII.
    Cp932,
}

/// What the first bytes of a file say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guess {
    /// Text of this encoding.
    Text(Encoding),
    /// UTF-16 by its BOM, low byte first.
    Utf16Le,
    /// UTF-16 by its BOM, high byte first.
    Utf16Be,
    /// A zip container: a workbook or an archive.
    Zip,
    /// The container of old Office files, and of those with a password.
    Compound,
    /// No text.
    Binary,
}

/// Decides from the head of a file; `whole` says that the head is all of it.
pub(crate) fn guess(head: &[u8], whole: bool) -> Guess {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => return Guess::Text(Encoding::Utf8Bom),
        [0xFF, 0xFE, ..] => return Guess::Utf16Le,
        [0xFE, 0xFF, ..] => return Guess::Utf16Be,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => return Guess::Zip,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Guess::Compound,
        _ => {}
    }
    if head.contains(&0) {
        return match () {
            () if is_utf_16(head, UTF_16LE) => Guess::Utf16Le,
            () if is_utf_16(head, UTF_16BE) => Guess::Utf16Be,
            () if is_damaged_text(head) => guess_text(head, whole),
            () => Guess::Binary,
        };
    }
    guess_text(head, whole)
}

/// The same of what is text.
fn guess_text(head: &[u8], whole: bool) -> Guess {
    if head.is_ascii() {
        return Guess::Text(Encoding::Cp932);
    }
    match std::str::from_utf8(head) {
        Ok(_) => Guess::Text(Encoding::Utf8),
        // Cut inside a character: the head ends there, the file does not.
        Err(error) if error.error_len().is_none() && !whole => Guess::Text(Encoding::Utf8),
        Err(_) if is_mostly_utf8(head) => Guess::Text(Encoding::Utf8),
        Err(_) => Guess::Text(Encoding::Cp932),
    }
}

/// Likewise of a file that has been read up to the end of its head; a head of ASCII alone says nothing of what follows, so
/// that it is read on.
pub(crate) fn guess_on(head: &[u8], whole: bool, mut rest: impl Read) -> io::Result<Guess> {
    let guessed = guess(head, whole);
    if whole || guessed != Guess::Text(Encoding::Cp932) || !head.is_ascii() {
        return Ok(guessed);
    }
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        piece.clear();
        let count = rest.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        if let Some(first) = piece.iter().position(|byte| !byte.is_ascii()) {
            // As much again, should the piece end soon.
            piece.drain(..first);
            rest.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
            return Ok(match guess(&piece, false) {
                Guess::Text(Encoding::Utf8 | Encoding::Utf8Bom) => Guess::Text(Encoding::Utf8),
                _ => guessed,
            });
        }
        if count < PIECE {
            return Ok(guessed);
        }
    }
}

/// A text to its end without the sign (Ctrl-Z) by which DOS, and what is older than Windows, ends a file.
pub(crate) fn without_end_mark(text: &[u8]) -> &[u8] {
    const END: u8 = 0x1a;
    let end = text.iter().rposition(|byte| *byte != END).map_or(0, |last| last + 1);
    &text[..end]
}

/// Whether a text without its mark is UTF-16: it has line ends, and nothing that no text has. Of bytes that are no text
/// some are half a character, or a sign that only machines use.
fn is_utf_16(head: &[u8], encoding: &'static encoding_rs::Encoding) -> bool {
    let even = &head[..head.len().min(LOOKED_AT_FOR_UTF_16) & !1];
    // A pair may be cut at the end.
    let Some(text) =
        encoding.decode_without_bom_handling_and_without_replacement(&even[..even.len().saturating_sub(2)])
    else {
        return false;
    };
    let is_odd = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n') || ('\u{e000}'..='\u{f8ff}').contains(&c);
    text.contains(['\n', '\r']) && text.contains([',', '\t', ';']) && !text.contains(is_odd)
}

/// Whether bytes with zeros among them are a text in which something was lost: nothing else in them is no text, and its
/// first line, the header of a table, is whole or the zeros are few. UTF-16 has one in every separator and digit.
fn is_damaged_text(head: &[u8]) -> bool {
    let is_sign = |byte: &u8| matches!(byte, 1..=8 | 11 | 12 | 14..=0x19 | 0x1b..=0x1f | 0x7f);
    let zeros = |bytes: &[u8]| memchr::memchr_iter(0, bytes).count();
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    !head.iter().any(is_sign) && (!line.is_empty() && zeros(line) == 0 || zeros(head) * 50 <= head.len())
}

/// How much of a text without a mark is looked at, in bytes.
const LOOKED_AT_FOR_UTF_16: usize = 8 << 10;

/// Whether a text is UTF-8 but for a few characters that something cut in the middle, such as the end of a long cell or
/// half an emoji. Text of CP932 has hardly a character that is one of UTF-8 as well.
fn is_mostly_utf8(head: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in head.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 20 * broken
}

impl Encoding {
    /// Bytes of the mark at the start of the file.
    pub(crate) fn bom_bytes(self) -> u64 {
        if self == Encoding::Utf8Bom { 3 } else { 0 }
    }

    /// The text of a cell; bytes that are none become U+FFFD.
    pub(crate) fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Encoding::Cp932 => SHIFT_JIS.decode_without_bom_handling(bytes).0,
            Encoding::Utf8 | Encoding::Utf8Bom => String::from_utf8_lossy(bytes),
        }
    }

    /// The bytes of a word as a file writes it.
    pub(crate) fn bytes(self, word: &str) -> Cow<'_, [u8]> {
        match self {
            Encoding::Cp932 => SHIFT_JIS.encode(word).0,
            Encoding::Utf8 | Encoding::Utf8Bom => Cow::Borrowed(word.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_dependent_characters_are_read() {
        let bytes = [0x87, 0x40, 0x87, 0x8A, 0xFB, 0xFC, 0xED, 0x95];
        assert_eq!(Encoding::Cp932.text(&bytes), "①㈱髙﨑", "NEC and IBM rows of CP932");
    }

    #[test]
    fn a_head_cut_inside_a_character_is_still_utf8() {
        let text = "注文番号".as_bytes();
        assert_eq!(guess(&text[..text.len() - 1], false), Guess::Text(Encoding::Utf8));
        assert_eq!(guess(&text[..text.len() - 1], true), Guess::Text(Encoding::Cp932));
    }

    #[test]
    fn a_head_of_ascii_alone_says_nothing_of_what_follows() {
        let name = "山田太郎";
        let guessed = |head: usize, before: usize, name: &[u8]| {
            let rest = [&vec![b'a'; before][..], name, b"\n1,2\n"].concat();
            guess_on(&vec![b','; head], false, &rest[..]).expect("memory")
        };
        for before in [0, 7, PIECE - 1, PIECE, 3 * PIECE + 5] {
            assert_eq!(guessed(10, before, name.as_bytes()), Guess::Text(Encoding::Utf8), "{before}");
            let bytes = Encoding::Cp932.bytes(name);
            assert_eq!(guessed(10, before, &bytes), Guess::Text(Encoding::Cp932), "{before}");
            assert_eq!(guessed(10, before, b""), Guess::Text(Encoding::Cp932), "ASCII to its end");
        }
    }

    #[test]
    fn what_is_no_text_is_said() {
        assert_eq!(guess(&[0xFF, 0xFE, b'a', 0], true), Guess::Utf16Le);
        assert_eq!(guess(b"PK\x03\x04....", true), Guess::Zip);
        assert_eq!(guess(&[1, 2, 0, 3], true), Guess::Binary);
    }

    #[test]
    fn half_a_character_does_not_make_another_encoding_of_a_file() {
        // 24 sound characters, and the first three of the four bytes of an emoji.
        let mut text = "注文番号,ステータス,注文日時,個数,単価,商品名\n".as_bytes().to_vec();
        text.extend_from_slice(&"😀".as_bytes()[..3]);
        text.extend_from_slice(b",1\n");
        assert_eq!(guess(&text, true), Guess::Text(Encoding::Utf8));
        let japanese = "注文番号,ステータス,髙﨑①\n見本の茶,東京都千代田区\n";
        assert_eq!(guess(&Encoding::Cp932.bytes(japanese), true), Guess::Text(Encoding::Cp932));
    }

    #[test]
    fn a_text_in_which_bytes_were_lost_is_one_all_the_same() {
        let lost = |text: &str| guess(&Encoding::Cp932.bytes(text), true);
        assert_eq!(lost("a,b\nc\0,d\n"), Guess::Text(Encoding::Cp932));
        assert_eq!(
            lost(&format!("注文番号,状態\n{}", "\0".repeat(900))),
            Guess::Text(Encoding::Cp932),
            "a lost sector"
        );
        assert_eq!(lost(&format!("注文\0番号{}", ",状態".repeat(50))), Guess::Text(Encoding::Cp932), "in the header");
        assert_eq!(guess("注文番号,状態\n\x001,2\n".as_bytes(), true), Guess::Text(Encoding::Utf8));
        assert_eq!(lost("a\0,\0b\0\n1\0,\x002\0\n"), Guess::Binary, "zeros all over");
        assert_eq!(lost("a,b\n\u{1}\0\n"), Guess::Binary, "a sign that only machines use");
    }

    #[test]
    fn utf_16_is_known_without_its_mark() {
        let text = "注文番号\tステータス\r\n400001-20260301-0000000001\t700\r\n";
        let low_first: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let high_first: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(guess(&low_first, true), Guess::Utf16Le);
        assert_eq!(guess(&high_first, true), Guess::Utf16Be);
    }
}
