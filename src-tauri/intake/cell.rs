//! Cells become numbers and moments. Works on bytes: digits need no decoding.

use super::encoding::Encoding;
use super::profile::MomentForm;
use super::spoken;
use crate::shop::{Day, JAPAN_AHEAD_SECONDS, Moment};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Beyond any amount of one order; keeps sums far from overflow.
const MAX_YEN: i64 = 1_000_000_000;

/// Amounts from here down mean "not fixed yet" (`-9999` today, `-99999` in older exports).
const NOT_FIXED: i64 = -9_999;

/// The years in which a mall can have sold something.
const YEARS: std::ops::RangeInclusive<i32> = 1997..=2100;

/// A text that is not what its column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// Whole number; nothing for an empty cell. Takes `1,234`, `¥1,234`, `1234円`, `1234.00`, full-width digits, and what is
/// below zero as accountants write it: `(500)`, `△500`.
pub(crate) fn whole(bytes: &[u8], encoding: Encoding) -> Result<Option<i64>, Unreadable> {
    match plain_whole(bytes) {
        Some(number) => Ok(Some(number)),
        None if bytes.is_empty() => Ok(None),
        None => written_whole(&normal(bytes, encoding)),
    }
}

/// Words for a piece of something, as people write them behind how many there are.
const COUNTERS: [&str; 11] = ["個", "点", "枚", "本", "袋", "箱", "セット", "台", "足", "着", "冊"];

/// How many pieces: a whole number, and one with such a word behind it. `10個入` is not ten of a thing but one of ten, or
/// several: nobody knows.
pub(crate) fn pieces(bytes: &[u8], encoding: Encoding) -> Result<Option<i64>, Unreadable> {
    whole(bytes, encoding).or_else(|unreadable| {
        let text = normal(bytes, encoding);
        let number = COUNTERS.iter().find_map(|word| text.strip_suffix(word)).ok_or(unreadable)?;
        plain_whole(without_zeros(&number.trim_end().replace(',', "")).as_bytes()).map(Some).ok_or(unreadable)
    })
}

/// An amount; nothing for an empty cell and for "not fixed yet".
pub(crate) fn yen(bytes: &[u8], encoding: Encoding) -> Result<Option<i64>, Unreadable> {
    match whole(bytes, encoding)? {
        Some(amount) if amount <= NOT_FIXED => Ok(None),
        Some(amount) if amount.abs() > MAX_YEN => Err(Unreadable),
        amount => Ok(amount),
    }
}

/// A rate in thousandths: `0.1`, `10%` and `10` are 100; nothing for an empty cell.
pub(crate) fn permille(bytes: &[u8], encoding: Encoding) -> Result<Option<u16>, Unreadable> {
    match bytes {
        b"" => return Ok(None),
        b"0.1" => return Ok(Some(100)),
        b"0.08" => return Ok(Some(80)),
        _ => {}
    }
    let text = normal(bytes, encoding);
    if text.is_empty() {
        return Ok(None);
    }
    let (digits, percent) = text.strip_suffix('%').map_or((&*text, false), |digits| (digits, true));
    let rate: f64 = digits.parse().map_err(|_| Unreadable)?;
    let permille = if percent || rate >= 1.0 { rate * 10.0 } else { rate * 1000.0 };
    // Any sales tax there ever was, with room above.
    if (0.0..=500.0).contains(&permille) { Ok(Some(permille.round() as u16)) } else { Err(Unreadable) }
}

/// A moment and whether its time of day is stated; nothing for an empty cell.
pub(crate) fn moment(
    bytes: &[u8],
    encoding: Encoding,
    forms: &[MomentForm],
) -> Result<Option<(Moment, bool)>, Unreadable> {
    if bytes.is_empty() {
        return Ok(None);
    }
    if let Some(at) = usual(bytes) {
        return Ok(Some((at, true)));
    }
    let text: Cow<'_, str> = match std::str::from_utf8(bytes) {
        Ok(text) if bytes.is_ascii() => Cow::Borrowed(text.trim()),
        _ => normal(bytes, encoding),
    };
    if text.is_empty() {
        return Ok(None);
    }
    let read = |form: &MomentForm| match form {
        MomentForm::Separated => separated(&text),
        MomentForm::Compact => compact(&text),
    };
    let spoken = || separated(&spoken::plain(&text)?).filter(|_| forms.contains(&MomentForm::Separated));
    forms.iter().find_map(read).or_else(spoken).map(Some).ok_or(Unreadable)
}

/// A time of day alone, in seconds.
pub(crate) fn time_of_day(bytes: &[u8], encoding: Encoding) -> Option<i64> {
    let text = normal(bytes, encoding);
    clock(&text).or_else(|| clock(&spoken::plain_time(&text)?))
}

/// Seconds since the epoch in UTC, as a moment on the Japanese wall clock.
pub(crate) fn epoch(seconds: i64) -> Option<Moment> {
    let moment = Moment(seconds.checked_add(JAPAN_AHEAD_SECONDS)?);
    // 1997 to 2100, by seconds, so that the day is surely one the calendar has.
    (852_076_800..4_133_980_800).contains(&moment.0).then_some(moment)
}

/// The moment a spreadsheet's number of days means.
pub(crate) fn serial_moment(days: f64, from_1904: bool) -> Option<Moment> {
    // Day 0 of 1900 is 1899-12-30, for the calendar of spreadsheets has a day too many in 1900.
    let zero = if from_1904 { Day::from_ymd(1904, 1, 1) } else { Day::from_ymd(1899, 12, 30) }?;
    Some(Moment(zero.start().0 + (days * 86_400.0).round() as i64))
}

/// NFKC and trimmed.
pub(crate) fn normal(bytes: &[u8], encoding: Encoding) -> Cow<'static, str> {
    let text: String = encoding.text(bytes).nfkc().collect();
    Cow::Owned(text.trim().to_owned())
}

/// Plain ASCII digits with an optional minus, up to 15: nearly every cell.
pub(crate) fn plain_whole(bytes: &[u8]) -> Option<i64> {
    let (digits, negative) = bytes.strip_prefix(b"-").map_or((bytes, false), |digits| (digits, true));
    if digits.is_empty() || digits.len() > 15 {
        return None;
    }
    let mut number = 0i64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(byte - b'0');
    }
    Some(if negative { -number } else { number })
}

fn written_whole(text: &str) -> Result<Option<i64>, Unreadable> {
    if text.is_empty() {
        return Ok(None);
    }
    let bracketed = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).map(str::trim);
    let text = bracketed.unwrap_or(text);
    let text = text.strip_suffix('円').unwrap_or(text);
    let text: String = text.chars().filter(|c| !matches!(c, ',' | '¥' | '\\' | ' ')).collect();
    let text = text.replace(['−', '▲', '△'], "-");
    let number = plain_whole(without_zeros(&text).as_bytes()).ok_or(Unreadable)?;
    match bracketed {
        // A sign inside would say it twice.
        Some(_) if text.starts_with('-') => Err(Unreadable),
        Some(_) => Ok(Some(-number)),
        None => Ok(Some(number)),
    }
}

/// `700.0`, which a program makes of `700`, without what says nothing.
pub(crate) fn without_zeros(number: &str) -> &str {
    match number.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        _ => number,
    }
}

/// `2026-03-01 10:00:00` with any of the usual marks, as nearly every cell has it; nothing for all else.
fn usual(bytes: &[u8]) -> Option<Moment> {
    let [y1, y2, y3, y4, b'-' | b'/', m1, m2, b'-' | b'/', d1, d2, b' ', h1, h2, b':', n1, n2, b':', s1, s2] = bytes
    else {
        return None;
    };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let two = |a, b| Some(digit(a)? * 10 + digit(b)?);
    let day = day_of(two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?)?;
    let (hour, minute, second) = (two(h1, h2)?, two(n1, n2)?, two(s1, s2)?);
    (hour < 24 && minute < 60 && second < 60).then(|| day.at(hour, minute, second))
}

/// Date, then optionally a space or `T`, time, and offset.
fn separated(text: &str) -> Option<(Moment, bool)> {
    let mut rest = text;
    let year = number(&mut rest, 4..=4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
    rest = &rest[mark.len_utf8()..];
    let month = number(&mut rest, 1..=2)?;
    rest = rest.strip_prefix(if mark == '年' { '月' } else { mark })?;
    let day = number(&mut rest, 1..=2)?;
    if mark == '年' {
        rest = rest.strip_prefix('日')?;
    }
    let day = day_of(year, month, day)?;
    if rest.is_empty() {
        return Some((day.start(), false));
    }
    let time = rest.strip_prefix(['T', ' ', '\t'])?.trim();
    // Offsets: the mall's own +09:00 changes nothing; another one is brought to Japan time.
    let (time, shift) = match time.strip_suffix('Z') {
        Some(time) => (time, JAPAN_AHEAD_SECONDS),
        None => match time.rfind(['+', '-']) {
            Some(at) => {
                let sign = if time[at..].starts_with('+') { 1 } else { -1 };
                (&time[..at], JAPAN_AHEAD_SECONDS - sign * offset(&time[at + 1..])?)
            }
            None => (time, 0),
        },
    };
    Some((Moment(day.start().0 + clock(time)? + shift), true))
}

fn compact(text: &str) -> Option<(Moment, bool)> {
    if !matches!(text.len(), 8 | 12 | 14) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range).map_or(Some(0), |digits| digits.parse::<u32>().ok());
    let day = day_of(part(0..4)?, part(4..6)?, part(6..8)?)?;
    let (hour, minute, second) = (part(8..10)?, part(10..12)?, part(12..14)?);
    (hour < 24 && minute < 60 && second < 60).then(|| (day.at(hour, minute, second), text.len() > 8))
}

/// `H:MM`, `HH:MM:SS`, `HH:MM:SS.fff`, in seconds.
fn clock(text: &str) -> Option<i64> {
    let mut rest = text;
    let hour = number(&mut rest, 1..=2)?;
    rest = rest.strip_prefix(':')?;
    let minute = number(&mut rest, 1..=2)?;
    let mut second = 0;
    if let Some(tail) = rest.strip_prefix(':') {
        rest = tail;
        second = number(&mut rest, 1..=2)?;
        if let Some(fraction) = rest.strip_prefix('.') {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    // The end of the day has two names.
    let is_end = (hour, minute, second) == (24, 0, 0);
    (rest.is_empty() && (hour < 24 || is_end) && minute < 60 && second < 60)
        .then(|| i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
}

/// `09:00`, `0900` or `09`, in seconds.
fn offset(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hour: i64 = digits.get(..2)?.parse().ok()?;
    let minute: i64 = digits.get(2..).filter(|m| !m.is_empty()).map_or(Some(0), |m| m.parse().ok())?;
    (hour <= 14 && minute < 60).then_some(hour * 3600 + minute * 60)
}

/// Takes as many digits as allowed off the front.
fn number(rest: &mut &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let count = rest.bytes().take(*digits.end()).take_while(u8::is_ascii_digit).count();
    if count < *digits.start() {
        return None;
    }
    let (number, tail) = rest.split_at(count);
    *rest = tail;
    number.parse().ok()
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Day> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Day::from_ymd(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMS: [MomentForm; 2] = [MomentForm::Separated, MomentForm::Compact];

    fn at(text: &str) -> Option<(String, bool)> {
        let read = moment(text.as_bytes(), Encoding::Utf8, &FORMS).ok().flatten();
        read.map(|(moment, time_known)| (moment.to_string(), time_known))
    }

    #[test]
    fn a_moment_is_read_in_every_form_an_export_has() {
        for text in [
            "2026-03-01 10:00:00",
            "2026/3/1 10:00",
            "2026/03/01 10:00:00",
            "2026-03-01T10:00:00+09:00",
            "2026-03-01T01:00:00Z",
            "20260301100000",
            "202603011000",
            "２０２６／３／１ １０：００",
            "2026年3月1日 10:00",
            "2026-03-01T10:00:00.000+0900",
            "2026/3/1 10:00:00 AM",
            "2026/3/1 午前10:00",
            "令和8年3月1日 10時00分",
            "R8.3.1 10:00:00",
            "2026年3月1日(日) 10時0分0秒",
            "2026/3/1（日） 午前10:00",
        ] {
            assert_eq!(at(text), Some(("2026-03-01T10:00:00".into(), true)), "{text}");
        }
        for text in ["2026-03-01", "2026/3/1", "20260301", "2026年3月1日", "R08/03/01", "令和8年3月1日", "2026/3/1(日)"]
        {
            assert_eq!(at(text), Some(("2026-03-01T00:00:00".into(), false)), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_not_guessed() {
        for text in [
            "2026-13-01",
            "2026-02-30 10:00",
            "########",
            "46082.4",
            "3/1/2026",
            "お届け日指定なし",
            "2026-03-01 25:00",
            "20261301",
            "0000-00-00 00:00:00",
            "2026-03-01 13:00:00 AM",
            "令和0年3月1日",
            "8年3月1日",
            "昭和64年1月7日",
            "2026/3/1(本)",
        ] {
            assert_eq!(moment(text.as_bytes(), Encoding::Utf8, &FORMS), Err(Unreadable), "{text}");
        }
        assert_eq!(moment(b"  ", Encoding::Utf8, &FORMS), Ok(None));
    }

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        let yen = |text: &str| yen(text.as_bytes(), Encoding::Utf8);
        for text in ["12800", "12,800", "¥12,800", "12800円", "12800.00", "１２８００", " 12800 "] {
            assert_eq!(yen(text), Ok(Some(12_800)), "{text}");
        }
        assert_eq!(yen("-9999"), Ok(None), "not fixed yet is no number");
        assert_eq!(yen("-99999"), Ok(None));
        assert_eq!(yen("-500"), Ok(Some(-500)));
        for text in ["1.28E+04", "12.5", "未定", "9999999999", "2未満", "--5", "99999999999999999999"] {
            assert_eq!(yen(text), Err(Unreadable), "{text}");
        }
    }

    #[test]
    fn pieces_may_be_counted_with_a_word() {
        let pieces = |text: &str| pieces(text.as_bytes(), Encoding::Utf8);
        for text in
            ["2", "2個", "２点", "2 枚", "２本", "2.0個", "2袋", "2箱", "2ｾｯﾄ", "2セット", "2台", "2足", "2着", "2冊"]
        {
            assert_eq!(pieces(text), Ok(Some(2)), "{text}");
        }
        assert_eq!((pieces("1,200個"), pieces("0個"), pieces("")), (Ok(Some(1_200)), Ok(Some(0)), Ok(None)));
        for text in ["10個入", "個", "2個3個", "2.5本", "約2個", "2ダース", "2個セット", "(2)個", "2円個"]
        {
            assert_eq!(pieces(text), Err(Unreadable), "{text}");
        }
    }

    #[test]
    fn a_tax_rate_is_read_as_share_or_percent() {
        let rate = |text: &str| permille(text.as_bytes(), Encoding::Utf8);
        for (text, expected) in [("0.1", 100), ("0.08", 80), ("10", 100), ("8%", 80), ("0", 0)] {
            assert_eq!(rate(text), Ok(Some(expected)), "{text}");
        }
        assert_eq!(rate("NaN"), Err(Unreadable));
        assert_eq!(rate(""), Ok(None));
    }

    #[test]
    fn the_epoch_is_read_on_the_japanese_clock() {
        assert_eq!(epoch(1_688_816_438).map(|m| m.to_string()), Some("2023-07-08T20:40:38".into()));
        assert_eq!(epoch(i64::MAX), None);
    }
}
