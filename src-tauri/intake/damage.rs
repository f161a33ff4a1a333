//! What a spreadsheet does to a table it opens and saves: zeros gone from the front, codes become dates and powers of
//! ten. What is certain is put back; the rest is recognised, so that nobody takes it for what it was.

use super::cell;
use super::encoding::Encoding;
use super::profile::MomentForm;
use crate::shop::Text;
use compact_str::format_compact;

/// Digits that became `1.23E+11`.
pub(crate) fn is_power_of_ten(text: &str) -> bool {
    // Nearly no text gets further.
    let Some(mark) = memchr::memchr2(b'E', b'e', text.as_bytes()) else { return false };
    let (front, power) = (&text[..mark], &text[mark + 1..]);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, rest) = front.split_once('.').unwrap_or((front, "0"));
    digits(whole) && whole.len() == 1 && digits(rest) && power.strip_prefix('+').is_some_and(digits)
}

/// Digits of an id that became `1.23E+11`: what is left of them names nothing. Nearly no id has the sign there.
pub(crate) fn is_cut_down(id: &[u8]) -> bool {
    let is_power = id.len() > 3 && id[id.len() - 3] == b'+';
    is_power && std::str::from_utf8(id).is_ok_and(is_power_of_ten)
}

/// A code that became a date (`1-2` as `1月2日` or `2026/1/2`) or a power of ten (`10e5` as `1.00E+06`).
pub(crate) fn is_damaged_code(code: &str) -> bool {
    if !code.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    is_power_of_ten(code) || is_month_and_day(code) || is_day(code)
}

fn is_month_and_day(code: &str) -> bool {
    let parts = code.strip_suffix('日').and_then(|rest| rest.split_once('月'));
    parts.is_some_and(|(month, day)| {
        let within = |text: &str, most: u8| text.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number));
        within(month, 12) && within(day, 31)
    })
}

fn is_day(code: &str) -> bool {
    // Marks of a date at its usual places; most codes end here.
    let marked = code.len() <= 19 && code.as_bytes().get(4).is_some_and(|mark| matches!(mark, b'-' | b'/'));
    marked && matches!(cell::moment(code.as_bytes(), Encoding::Utf8, &[MomentForm::Separated]), Ok(Some(_)))
}

/// Puts the zeros back that a spreadsheet took from the three parts of a phone number.
///
/// Only where the first part lacks its leading zero: then each part has been taken for a number. Numbers in Japan
/// have ten digits, those of mobile phones eleven, and end in four (`0120` and `0570`: in three).
pub(crate) fn phone_parts(parts: [Text; 3]) -> [Text; 3] {
    let [area, middle, end] = &parts;
    let digits = |part: &Text| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    if area.starts_with('0') || ![area, middle, end].into_iter().all(digits) {
        return parts;
    }
    let area = format_compact!("0{area}");
    let (middle_digits, end_digits) = match &*area {
        "020" | "050" | "060" | "070" | "080" | "090" => (4, 4),
        "0120" | "0570" => (3, 3),
        "0800" => (3, 4),
        _ => (6usize.saturating_sub(area.len()), 4),
    };
    if middle.len() > middle_digits || end.len() > end_digits {
        return parts;
    }
    let (middle, end) = (format_compact!("{middle:0>middle_digits$}"), format_compact!("{end:0>end_digits$}"));
    [area, middle, end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_became_something_else_is_recognised() {
        for code in ["1月2日", "2026/1/2", "2026-10-01", "1.23E+11", "1E+10"] {
            assert!(is_damaged_code(code), "{code}");
        }
        for code in ["1-2", "10-1", "3/4", "A-2026/1/2", "4901234567890", "13月2日", "2026-13-01", "10e5", "1E10", ""]
        {
            assert!(!is_damaged_code(code), "{code}");
        }
    }

    #[test]
    fn an_id_without_its_digits_names_nothing() {
        for id in ["1.23E+11", "1.23457E+11", "1E+10"] {
            assert!(is_cut_down(id.as_bytes()), "{id}");
        }
        for id in ["", "+12", "123456789", "A+12", "1.2+11", "E+11", "１E+11"] {
            assert!(!is_cut_down(id.as_bytes()), "{id}");
        }
    }

    #[test]
    fn zeros_of_a_phone_number_come_back() {
        for (parts, whole) in [
            (["3", "12", "345"], "03-0012-0345"),
            (["90", "1234", "56"], "090-1234-0056"),
            (["985", "22", "1"], "0985-22-0001"),
            (["120", "1", "23"], "0120-001-023"),
            (["03", "0012", "0345"], "03-0012-0345"),
            (["9012345678", "", ""], "9012345678--"),
        ] {
            assert_eq!(phone_parts(parts.map(Text::from)).join("-"), whole);
        }
    }
}
