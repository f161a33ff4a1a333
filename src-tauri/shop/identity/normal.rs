//! The form in which names, phones, mails and addresses are compared.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// NFKC. Most names are in it already: kanji, and kana with their marks in one character.
pub fn compared(text: &str) -> Cow<'_, str> {
    match text.chars().all(is_compared) {
        true => Cow::Borrowed(text),
        false if text.chars().all(is_narrowed) => Cow::Owned(text.chars().map(narrowed).collect()),
        false => Cow::Owned(text.nfkc().collect()),
    }
}

/// Stands in NFKC as it is, whatever follows that does or that `narrowed` makes so.
pub(super) fn is_compared(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{7e}' | '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | 'ー')
}

/// The NFKC of it is what `narrowed` says.
pub(super) fn is_narrowed(c: char) -> bool {
    is_compared(c) || matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}')
}

/// Letters, digits and marks of double width, as addresses have them, in single width; the rest as it is.
pub(super) fn narrowed(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// NFKC, lower case, no spaces.
pub fn mail(mail: &str) -> String {
    let mail = compared(mail);
    if mail.is_ascii() {
        return mail.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    }
    mail.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Digits only, after NFKC; `+81 90…` becomes `090…`.
pub fn phone(phone: &str) -> String {
    let text = compared(phone);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("81") {
        Some(rest) if text.trim_start().starts_with('+') => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    }
}

/// What `phone` and `dialled` make of a number as it is written.
pub fn number(written: &str) -> Option<u64> {
    usual_number(written.as_bytes()).or_else(|| dialled(&phone(written)))
}

/// Whether a number goes with its owner, not with a home: 050 to 090.
pub fn is_carried(number: u64) -> bool {
    matches!(number / 100_000_000, 1_050 | 1_060 | 1_070 | 1_080 | 1_090)
}

/// The same for a number as nearly all are written; nothing for any other.
fn usual_number(written: &[u8]) -> Option<u64> {
    let mut digits = [0; 11];
    let mut count = 0;
    for byte in written.iter().filter(|byte| **byte != b'-') {
        let place = digits.get_mut(count).filter(|_| byte.is_ascii_digit())?;
        *place = *byte;
        count += 1;
    }
    let digits = &digits[..count];
    if count < 10 || !digits.starts_with(b"0") || digits.starts_with(b"0081") || digits.starts_with(b"0720") {
        return None;
    }
    let tail = &digits[count - 8..];
    if tail.iter().all(|digit| *digit == tail[0]) || is_counted_up(digits) {
        return None;
    }
    Some(digits.iter().fold(1, |number, digit| 10 * number + u64::from(digit - b'0')))
}

/// Ten or eleven digits, and not a filler such as 000-0000-0000 or the mall's dummy 999-9999-9999.
pub fn is_usable_phone(digits: &str) -> bool {
    (10..=11).contains(&digits.len()) && {
        let tail = &digits.as_bytes()[digits.len() - 8..];
        tail.iter().any(|d| *d != tail[0])
    }
}

/// The digits as people of today would dial them: a zero that a spreadsheet dropped comes back, and numbers from
/// before Tokyo (1991), Osaka (1999) and its north-east (1998) were lengthened get their new digit.
/// Nothing for what can be nobody's number.
pub fn dialled(digits: &str) -> Option<u64> {
    let mut digits = digits.trim_start_matches("0081").to_owned();
    if !digits.starts_with('0') && (9..=10).contains(&digits.len()) {
        digits.insert(0, '0');
    }
    if digits.len() == 9 {
        if let Some(rest) = digits.strip_prefix("03") {
            digits = format!("033{rest}");
        } else if let Some(rest) = digits.strip_prefix("06") {
            digits = format!("066{rest}");
        }
    } else if digits.len() == 10
        && let Some(rest) = digits.strip_prefix("0720")
    {
        digits = format!("0728{rest}");
    }
    // Nine digits are too few today; two people who write the same nine still write the same.
    let usable = if digits.len() == 9 { is_usable_phone(&format!("0{digits}")) } else { is_usable_phone(&digits) };
    let counted = digits.starts_with('0') && usable && !is_counted_up(digits.as_bytes());
    // A one in front keeps the leading zeros.
    if counted { format!("1{digits}").parse().ok() } else { None }
}

/// 01234567890, 1234567890 and the like: typed to get past the form.
fn is_counted_up(digits: &[u8]) -> bool {
    digits[digits.len() - 8..].windows(2).all(|pair| (pair[0] + 1 - b'0') % 10 == pair[1] - b'0')
}

/// NFKC, no spaces, variants of the same name character made one.
pub fn name(name: &str) -> String {
    compared(name).chars().filter(|c| !c.is_whitespace()).map(plain_variant).collect()
}

/// Full-width katakana without spaces, from half-width or hiragana.
pub fn kana(kana: &str) -> String {
    compared(kana).chars().filter(|c| !c.is_whitespace()).map(katakana).collect()
}

/// Hiragana as katakana.
pub fn katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        _ => c,
    }
}

/// The common form of a name character that people and malls write in several ways.
///
/// Variants as the Ministry of Justice lists them for family registers (戸籍統一文字), those that occur in names.
pub fn plain_variant(c: char) -> char {
    match c {
        '髙' => '高',
        '﨑' | '嵜' | '碕' => '崎',
        '邊' | '邉' => '辺',
        '齋' | '齊' | '斉' => '斎',
        '澤' => '沢',
        '廣' => '広',
        '濱' | '濵' => '浜',
        '櫻' => '桜',
        '嶋' | '嶌' => '島',
        '德' => '徳',
        '眞' => '真',
        '國' => '国',
        '𠮷' => '吉',
        '冨' => '富',
        '栁' => '柳',
        '籐' => '藤',
        '惠' => '恵',
        '龍' => '竜',
        '瀨' => '瀬',
        '凜' => '凛',
        '壽' => '寿',
        '榮' => '栄',
        '條' => '条',
        '萬' => '万',
        '學' => '学',
        '實' => '実',
        '藏' => '蔵',
        '槇' => '槙',
        '遙' => '遥',
        '彌' => '弥',
        '禮' => '礼',
        '曾' => '曽',
        '舘' => '館',
        '靜' => '静',
        '圓' => '円',
        '關' => '関',
        '薮' => '藪',
        '桒' => '桑',
        '兒' => '児',
        '豐' => '豊',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_that_need_no_table_are_those_of_the_table() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_narrowed(*c)) {
            let text = format!("{c}か{c}");
            assert_eq!(compared(&text), text.nfkc().collect::<String>(), "{c}");
            assert!(is_compared(narrowed(c)), "{c}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_read_at_once_as_it_is_read_step_by_step(
            written in "(0|00|0081|0720|81|)[0-9]{0,3}-?[0-9]{2,4}-?[0-9]{3,5}|0[0-9]0-0000-0000|0[0-9]{2}12345678",
        ) {
            prop_assert_eq!(number(&written), dialled(&phone(&written)), "{}", written);
        }
    }
}
