//! Bytes become text: UTF-8, UTF-8 with BOM, CP932. What is of UTF-16, EUC-JP or ISO-2022-JP is known, and written anew first
//! (`unfold`).
//!
//! The encoding is decided once per file from its first mebibyte, or from the first that is not all ASCII. Cells are found
//! on bytes before they are decoded: no CP932 trail byte (0x40–0xFC) is a comma, a tab, a quotation mark or a line end.

use super::table::PIECE;
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};
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
    /// Text of an encoding that is none of those a table is read in.
    Other(&'static encoding_rs::Encoding),
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
        [0xFF, 0xFE, ..] => return Guess::Other(UTF_16LE),
        [0xFE, 0xFF, ..] => return Guess::Other(UTF_16BE),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => return Guess::Zip,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Guess::Compound,
        _ => {}
    }
    if head.contains(&0) {
        return match () {
            () if is_utf_16(head, UTF_16LE) => Guess::Other(UTF_16LE),
            () if is_utf_16(head, UTF_16BE) => Guess::Other(UTF_16BE),
            () if is_damaged_text(head) => guess_text(head, whole),
            () => Guess::Binary,
        };
    }
    guess_text(head, whole)
}

/// The same of what is text.
fn guess_text(head: &[u8], whole: bool) -> Guess {
    if head.is_ascii() {
        let is_switched = |at: usize| Signs::of(some_lines(&head[at..]), ISO_2022_JP).broken == 0;
        return match memchr::memmem::find(head, TO_KANJI).is_some_and(is_switched) {
            true => Guess::Other(ISO_2022_JP),
            false => Guess::Text(Encoding::Cp932),
        };
    }
    match std::str::from_utf8(head) {
        Ok(_) => Guess::Text(Encoding::Utf8),
        // Cut inside a character: the head ends there, the file does not.
        Err(error) if error.error_len().is_none() && !whole => Guess::Text(Encoding::Utf8),
        Err(_) => {
            let foreign = head.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
            match some_lines(&head[foreign..]) {
                text if is_mostly_utf8(text) => Guess::Text(Encoding::Utf8),
                text if is_euc(text) => Guess::Other(EUC_JP),
                _ => Guess::Text(Encoding::Cp932),
            }
        }
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
    text.contains(['\n', '\r']) && text.contains([',', '\t', ';', '|']) && !text.contains(is_odd)
}

/// Whether bytes with zeros among them are a text in which something was lost: nothing else in them is no text, and its
/// first line, the header of a table, is whole or the zeros are few. UTF-16 has one in every separator and digit.
fn is_damaged_text(head: &[u8]) -> bool {
    let is_sign = |byte: &u8| matches!(byte, 1..=8 | 11 | 12 | 14..=0x19 | 0x1b..=0x1f | 0x7f);
    let zeros = |bytes: &[u8]| memchr::memchr_iter(0, bytes).count();
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    !head.iter().any(is_sign) && (!line.is_empty() && zeros(line) == 0 || zeros(head) * 50 <= head.len())
}

/// Whether a text is EUC-JP: nearly all of it can be, and as CP932 it is broken or half-width katakana, among which nobody
/// writes so many of the two signs (､ and ･) that are half of every other kana here.
fn is_euc(head: &[u8]) -> bool {
    let (high, odd) = head.iter().filter(|byte| !byte.is_ascii()).fold((0usize, 0usize), |(high, odd), byte| {
        (high + 1, odd + usize::from(!matches!(byte, 0x8E | 0x8F | 0xA1..=0xFE)))
    });
    // Nearly every table of CP932.
    if 20 * odd > high {
        return false;
    }
    let (euc, cp932) = (Signs::of(head, EUC_JP), Signs::of(head, SHIFT_JIS));
    let is_certain = euc.broken == 0 && cp932.broken > 0;
    let is_likely = 2 * (cp932.broken + cp932.half_width) > cp932.all && 10 * euc.kana >= euc.all;
    20 * euc.broken <= euc.all && (is_certain || is_likely)
}

/// What a text is made of beyond ASCII.
#[derive(Default)]
struct Signs {
    all: usize,
    /// None of the encoding.
    broken: usize,
    half_width: usize,
    kana: usize,
}

impl Signs {
    fn of(text: &[u8], encoding: &'static encoding_rs::Encoding) -> Signs {
        let decoded = encoding.decode_without_bom_handling(text).0;
        decoded.chars().filter(|c| !c.is_ascii()).fold(Signs::default(), |signs, c| Signs {
            all: signs.all + 1,
            broken: signs.broken + usize::from(c == char::REPLACEMENT_CHARACTER),
            half_width: signs.half_width + usize::from(('｡'..='ﾟ').contains(&c)),
            kana: signs.kana + usize::from(('ぁ'..='ヿ').contains(&c)),
        })
    }
}

/// As much of a text as tells its encoding, whole lines where it has some.
fn some_lines(text: &[u8]) -> &[u8] {
    let text = &text[..text.len().min(LOOKED_AT)];
    &text[..memchr::memrchr2(b'\n', b'\r', text).unwrap_or(text.len())]
}

/// How much that is, in bytes.
const LOOKED_AT: usize = 64 << 10;

/// What of ISO-2022-JP stands before characters that are not ASCII.
const TO_KANJI: &[u8] = b"\x1b$";

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
    /// What parts the cells of a table, as far as nothing else begins or ends with the byte: that of `|` is half of ポ in CP932.
    pub(crate) fn separators(self) -> &'static [u8] {
        if self == Encoding::Cp932 { b",\t;" } else { b",\t;|" }
    }

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
    use proptest::prelude::*;

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
        assert_eq!(guess(&[0xFF, 0xFE, b'a', 0], true), Guess::Other(UTF_16LE));
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
        assert_eq!(guess(&low_first, true), Guess::Other(UTF_16LE));
        assert_eq!(guess(&high_first, true), Guess::Other(UTF_16BE));
    }

    #[test]
    fn what_older_programs_write_is_known() {
        let table = "注文番号,商品名,氏名\n1,見本のﾄﾘｰﾄﾒﾝﾄ①,髙﨑\n".repeat(200);
        // Without what the encoding has not.
        let plain = table.replace(['①', '髙', '﨑'], "々");
        for encoding in [EUC_JP, ISO_2022_JP] {
            let (bytes, _, is_lossy) = encoding.encode(&plain);
            assert!(!is_lossy, "{}", encoding.name());
            assert_eq!(guess(&bytes, true), Guess::Other(encoding));
            for cut in [bytes.len() - 1, bytes.len() - 2, 1001, 1002, 1003] {
                assert_eq!(guess(&bytes[..cut], false), Guess::Other(encoding), "{cut}");
            }
        }
        assert_eq!(guess(&Encoding::Cp932.bytes(&table), true), Guess::Text(Encoding::Cp932));
        for short in ["商品コード,原価\n茶-30,500\n", "あ,い", "ポイント利用額\n"] {
            assert_eq!(guess(&EUC_JP.encode(short).0, true), Guess::Other(EUC_JP), "{short}");
        }
        for half_width in ["ﾁｭｳﾓﾝﾊﾞﾝｺﾞｳ,ｽﾃｰﾀｽ\n", "ﾎﾟｲﾝﾄ･ｸｰﾎﾟﾝ,ｽﾃｰﾀｽ,ｼｮｳﾋﾝ\n"]
        {
            assert_eq!(guess(&Encoding::Cp932.bytes(half_width), true), Guess::Text(Encoding::Cp932), "{half_width}");
        }
        assert_eq!(guess(b"\x1b[0mlog\n1,2\n", true), Guess::Text(Encoding::Cp932), "another switch");
    }

    proptest! {
        #[test]
        fn text_of_cp932_is_never_taken_for_another(
            text in "[ぁ-んァ-ヶ一-龠ｦ-ﾟa-z,\n]{0,80}",
            broken in proptest::option::of((0usize..200, any::<u8>())),
        ) {
            let (bytes, _, _) = SHIFT_JIS.encode(&text);
            let mut bytes = bytes.into_owned();
            if let Some((at, byte)) = broken && !bytes.is_empty() {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            // Enough of a table that a byte lost in it cannot make it another.
            bytes.extend_from_slice(&SHIFT_JIS.encode("\n注文番号,ステータス,ポイント利用額\n").0);
            prop_assert_ne!(guess(&bytes, true), Guess::Other(EUC_JP));
        }
    }
}
