//! How texts that are made of digits are kept: as numbers, which take less than half the room. What is made otherwise is
//! kept as it is written. The views of `migrations/0020_compact.sql` write them out in the same way.

use super::Error;
use crate::shop::{Day, Mall, Text};
use compact_str::format_compact;
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

/// What stands in the ledger for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept<'t> {
    Number(i64),
    Bytes([u8; 16]),
    Text(&'t str),
}

impl Kept<'_> {
    /// The number, where it is one.
    pub(super) fn whole(&self) -> Option<i64> {
        match self {
            Kept::Number(number) => Some(*number),
            Kept::Bytes(_) | Kept::Text(_) => None,
        }
    }

    /// On its own.
    pub(super) fn value(self) -> Value {
        match self {
            Kept::Number(number) => Value::Integer(number),
            Kept::Bytes(bytes) => Value::Blob(bytes.to_vec()),
            Kept::Text(text) => Value::Text(text.to_owned()),
        }
    }
}

impl ToSql for Kept<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Kept::Number(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Kept::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Kept::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// One more than the largest number of eleven digits.
const PHONES: i64 = 100_000_000_000;
/// One more than the largest serial of a Rakuten number.
const SERIALS: i64 = 10_000_000_000;
/// 2000-01-01, from which the days of Rakuten's numbers are counted, and the last day that is one.
const DAYS: (i32, i32) = (10_957, 47_481);

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A telephone number of ten or eleven digits, whole or in three groups.
pub(super) fn phone(text: &str) -> Kept<'_> {
    packed_phone(text).map_or(Kept::Text(text), Kept::Number)
}

fn packed_phone(text: &str) -> Option<i64> {
    let (mut digits, mut number, mut groups, mut group) = (0i64, 0i64, [0i64; 2], 0);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if digits < 11 => {
                (digits, number) = (digits + 1, number * 10 + i64::from(byte - b'0'));
            }
            // Where the second group begins, and then the third.
            b'-' if group < 2 => {
                groups[group] = digits - groups[0];
                group += 1;
            }
            _ => return None,
        }
    }
    let [first, second] = groups;
    let is_grouped = group == 2 && (1..10).contains(&first) && (1..10).contains(&second) && first + second < digits;
    (digits >= 10 && (group == 0 || is_grouped)).then_some(((first * 10 + second) * 2 + digits - 10) * PHONES + number)
}

/// The telephone number as it was written.
pub(super) fn written_phone(kept: ValueRef<'_>) -> Result<Text, Error> {
    let ValueRef::Integer(kept) = kept else { return written(kept) };
    let width = if (kept / PHONES) % 2 == 0 { 10 } else { 11 };
    let digits = format_compact!("{:0width$}", kept % PHONES);
    let (first, second) = (kept / PHONES / 20, kept / PHONES / 2 % 10);
    if first == 0 {
        return Ok(digits);
    }
    let (first, second) = (usize::try_from(first), usize::try_from(second));
    let (Ok(first), Ok(second)) = (first, second) else { return Err(Error::Damaged) };
    match (digits.get(..first), digits.get(first..first + second), digits.get(first + second..)) {
        (Some(first), Some(second), Some(third)) => Ok(format_compact!("{first}-{second}-{third}")),
        _ => Err(Error::Damaged),
    }
}

/// A postal code of seven digits.
pub(super) fn postal_code(text: &str) -> Kept<'_> {
    match text.parse() {
        Ok(number) if text.len() == 7 && all_digits(text) => Kept::Number(number),
        _ => Kept::Text(text),
    }
}

/// The postal code as it was written.
pub(super) fn written_postal_code(kept: ValueRef<'_>) -> Result<Text, Error> {
    match kept {
        ValueRef::Integer(number) => Ok(format_compact!("{number:07}")),
        kept => written(kept),
    }
}

/// A mail address, as masked by a mall: 32 hexadecimal digits, and the end that many have in common.
pub(super) fn mail(text: &str) -> (Kept<'_>, Option<&str>) {
    let whole = (Kept::Text(text), None);
    let Some((digits, end)) = text.split_at_checked(32).filter(|(_, end)| !end.is_empty()) else { return whole };
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        let [Some(high), Some(low)] = [hexadecimal(pair[0]), hexadecimal(pair[1])] else { return whole };
        *byte = high << 4 | low;
    }
    (Kept::Bytes(bytes), Some(end))
}

fn hexadecimal(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// The mail address as it was written.
pub(super) fn written_mail(kept: ValueRef<'_>, end: ValueRef<'_>) -> Result<Text, Error> {
    let ValueRef::Blob(bytes) = kept else { return written(kept) };
    let mut mail = Text::with_capacity(64);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            mail.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    mail.push_str(end.as_str_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default());
    Ok(mail)
}

fn written(kept: ValueRef<'_>) -> Result<Text, Error> {
    kept.as_str().map(Text::from).map_err(|_| Error::Damaged)
}

/// The number of an order of this store: Rakuten's `store-yyyymmdd-serial` with a serial of ten digits, Yahoo's
/// `store-digits`.
pub(super) fn order_number<'t>(mall: Mall, store: &str, text: &'t str) -> Kept<'t> {
    let rest = text.strip_prefix(store).and_then(|rest| rest.strip_prefix('-')).filter(|_| !store.is_empty());
    let packed = match (mall, rest) {
        (Mall::Rakuten, Some(rest)) => dated(rest),
        (Mall::Yahoo, Some(rest)) => plain(rest),
        _ => None,
    };
    packed.map_or(Kept::Text(text), Kept::Number)
}

/// What an order of any store with this number may be kept as.
pub(super) fn order_numbers(text: &str) -> [Value; 3] {
    let of_rakuten = text.len().checked_sub(19).and_then(|at| text.get(at..)).and_then(dated);
    let of_yahoo = text.rsplit_once('-').and_then(|(_, rest)| plain(rest));
    let number = |packed: Option<i64>| packed.map_or(Value::Null, Value::Integer);
    [Value::Text(text.to_owned()), number(of_rakuten), number(of_yahoo)]
}

fn dated(rest: &str) -> Option<i64> {
    let (day, serial) = rest.split_once('-').filter(|(day, serial)| (day.len(), serial.len()) == (8, 10))?;
    if !all_digits(day) || !all_digits(serial) {
        return None;
    }
    let Day(day) = Day::from_ymd(day[..4].parse().ok()?, day[4..6].parse().ok()?, day[6..].parse().ok()?)?;
    let (first, last) = DAYS;
    (first..=last).contains(&day).then_some(())?;
    Some(i64::from(day - first) * SERIALS + serial.parse::<i64>().ok()?)
}

fn plain(rest: &str) -> Option<i64> {
    (rest.len() < 16 && all_digits(rest) && !rest.starts_with('0')).then(|| rest.parse().ok()).flatten()
}

/// The number of an order of this store as the mall writes it.
pub(super) fn written_order_number(mall: Mall, store: &str, kept: ValueRef<'_>) -> Result<Text, Error> {
    match (mall, kept) {
        (Mall::Rakuten, ValueRef::Integer(number)) => {
            let day = i32::try_from(number / SERIALS).map_err(|_| Error::Damaged)?;
            let (year, month, day) = Day(day.saturating_add(DAYS.0)).ymd();
            Ok(format_compact!("{store}-{year:04}{month:02}{day:02}-{:010}", number % SERIALS))
        }
        (_, ValueRef::Integer(number)) => Ok(format_compact!("{store}-{number}")),
        (_, kept) => written(kept),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;
    use rusqlite::params;

    /// A buyer and an order with these, as the views write them out.
    fn viewed(ledger: &Ledger, postal_code: &str, phone_number: &str, address: &str) -> [String; 3] {
        let (kept, end) = mail(address);
        let connection = &ledger.connection;
        connection.execute_batch("delete from buyer_rows; delete from mail_ends").expect("nobody");
        if let Some(end) = end {
            connection.execute("insert into mail_ends values (1, ?1)", [end]).expect("an end");
        }
        connection
            .execute(
                "insert into buyer_rows values (1, 1, 1, 1, 1, 0, 0, ?1, ?2, ?3, ?4, '', '', '', '', '')",
                params![super::postal_code(postal_code), phone(phone_number), kept, end.map(|_| 1)],
            )
            .expect("a buyer");
        let sql = "select postal_code, phone, mail from buyers";
        connection.query_row(sql, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).expect("one buyer")
    }

    fn decoded(kept: Kept<'_>, written: fn(ValueRef<'_>) -> Result<Text, Error>) -> Text {
        written(ValueRef::from(&kept.value())).expect("what was kept")
    }

    #[test]
    fn what_is_kept_as_a_number_is_written_out_as_it_was() {
        let ledger = Ledger::open_in_memory().expect("memory");
        let phones = [
            ("090-1234-5678", true),
            ("03-1234-5678", true),
            ("0467-22-3333", true),
            ("0123456789", true),
            ("00000000000", true),
            ("0-1-23456789", true),
            ("", false),
            ("-090-12345678", false),
            ("090--12345678", false),
            ("090-12345678", false),
            ("090-1234-567-8", false),
            ("090-1234-5678-", false),
            ("090-1234-567a", false),
            ("123456789", false),
            ("123456789012", false),
            ("０９０１２３４５６７８", false),
            ("+8190-1234-567", false),
        ];
        for (text, is_number) in phones {
            assert_eq!(matches!(phone(text), Kept::Number(_)), is_number, "{text}");
            assert_eq!(decoded(phone(text), written_phone), text);
            assert_eq!(viewed(&ledger, "", text, "")[1], text);
        }
        for (text, is_number) in
            [("0600001", true), ("", false), ("060-0001", false), ("060000", false), ("+600001", false)]
        {
            assert_eq!(matches!(postal_code(text), Kept::Number(_)), is_number, "{text}");
            assert_eq!(decoded(postal_code(text), written_postal_code), text);
            assert_eq!(viewed(&ledger, text, "", "")[0], text);
        }
        let digits = "0123456789abcdef0123456789abcdef";
        for (text, end) in [
            (format!("{digits}s1@example.jp"), Some("s1@example.jp")),
            (digits.to_owned(), None),
            (format!("{}s1@example.jp", digits.to_uppercase()), None),
            (format!("{}あ@example.jp", &digits[..31]), None),
            ("taro@example.jp".to_owned(), None),
            (String::new(), None),
        ] {
            let (kept, found) = mail(&text);
            assert_eq!(found, end, "{text}");
            let (kept, found) = (kept.value(), found.map(|end| Value::Text(end.to_owned())).unwrap_or(Value::Null));
            assert_eq!(written_mail((&kept).into(), (&found).into()).expect("what was kept"), text);
            assert_eq!(viewed(&ledger, "", "", &text)[2], text);
        }
    }

    #[test]
    fn numbers_of_orders_are_kept_by_their_day_and_written_out_as_they_were() {
        let ledger = Ledger::open_in_memory().expect("memory");
        ledger
            .connection
            .execute_batch(
                "insert into stores values (1, 'rakuten', '999901'), (2, 'yahoo', 'tea-shop'), (3, 'own', '');",
            )
            .expect("stores");
        let numbers = [
            (Mall::Rakuten, "999901", 1, "999901-20240229-0000100008", true),
            (Mall::Rakuten, "999901", 1, "999901-20000101-9999999999", true),
            (Mall::Rakuten, "999901", 1, "999901-20991231-0000000000", true),
            (Mall::Rakuten, "999901", 1, "999901-21000101-0000000000", false),
            (Mall::Rakuten, "999901", 1, "999901-19991231-0000000001", false),
            (Mall::Rakuten, "999901", 1, "999901-20230229-0000100008", false),
            (Mall::Rakuten, "999901", 1, "999902-20240229-0000100008", false),
            (Mall::Rakuten, "999901", 1, "999901-20240229-000010000", false),
            (Mall::Rakuten, "999901", 1, "999901-2024022９-000010000", false),
            (Mall::Yahoo, "tea-shop", 2, "tea-shop-10000123", true),
            (Mall::Yahoo, "tea-shop", 2, "tea-shop-0123", false),
            (Mall::Yahoo, "tea-shop", 2, "10000123", false),
            (Mall::Yahoo, "", 3, "10000123", false),
            (Mall::Own, "", 3, "-123", false),
        ];
        for (mall, store, store_id, text, is_number) in numbers {
            let kept = order_number(mall, store, text);
            assert_eq!(matches!(kept, Kept::Number(_)), is_number, "{text}");
            let value = kept.value();
            assert_eq!(written_order_number(mall, store, (&value).into()).expect("what was kept"), text);
            assert!(order_numbers(text).contains(&value), "{text} is looked for as it is kept");
            ledger.connection.execute_batch("delete from order_rows").expect("none");
            ledger.connection.execute_batch("pragma foreign_keys = off").expect("no buyer is asked for");
            ledger
                .connection
                .execute(
                    "insert into order_rows values (1, ?1, ?2, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, null, ?2)",
                    params![store_id, value],
                )
                .expect("an order");
            let viewed: (String, String) = ledger
                .connection
                .query_row("select number, parent_number from orders", [], |row| Ok((row.get(0)?, row.get(1)?)))
                .expect("one order");
            assert_eq!(viewed, (text.to_owned(), text.to_owned()));
        }
        // The day comes first: numbers of a month lie together.
        let [older, newer] = ["20240131-9999999999", "20240201-0000000001"].map(dated);
        assert!(older < newer);
    }
}
