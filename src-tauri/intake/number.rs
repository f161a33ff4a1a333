//! How the malls number their orders.

use crate::shop::{Mall, Text};

/// `<shop>-<YYYYMMDD>-<digits>`, as Rakuten numbers its orders.
pub(crate) fn is_rakuten_number(number: &[u8]) -> bool {
    rakuten_parts(number).is_some()
}

/// Shop and date digits of a Rakuten order number.
pub(crate) fn rakuten_parts(number: &[u8]) -> Option<(&[u8], &[u8])> {
    let last = number.iter().rposition(|b| *b == b'-')?;
    let (front, tail) = (&number[..last], &number[last + 1..]);
    let middle = front.iter().rposition(|b| *b == b'-')?;
    let (shop, date) = (&front[..middle], &front[middle + 1..]);
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (date.len() == 8
        && digits(date)
        && digits(tail)
        && !shop.is_empty()
        && shop.iter().all(plain)
        && number.len() <= 64)
        .then_some((shop, date))
}

/// A number, or its header, without what programs leave around it: the marks by which a file begins and ends where two were
/// put together, quotation marks behind those, a spreadsheet's apostrophe, spaces of any width. What is left of another text
/// may be half a character.
pub(crate) fn bare(text: &[u8]) -> &[u8] {
    // The mark of UTF-8, Ctrl-Z, a wide space in CP932 and in UTF-8, one that does not break.
    const AROUND: [&[u8]; 8] =
        [b"\xEF\xBB\xBF", b"\x1a", b"\x81\x40", "\u{3000}".as_bytes(), "\u{a0}".as_bytes(), b"\"", b"'", b" "];
    let mut text = text.trim_ascii();
    while let Some(rest) = AROUND.iter().find_map(|mark| text.strip_prefix(*mark).or_else(|| text.strip_suffix(*mark)))
    {
        text = rest.trim_ascii();
    }
    text
}

/// Whether this mall numbers its orders so.
pub(crate) fn is_number_of(mall: Mall, number: &[u8]) -> bool {
    if mall == Mall::Rakuten { is_rakuten_number(number) } else { store_and_digits(number).is_some() }
}

/// Store and digits of a Yahoo order id: `store-10001234`, or the digits alone with an empty store.
pub(crate) fn store_and_digits(id: &[u8]) -> Option<(&str, &str)> {
    let id = std::str::from_utf8(id).ok().filter(|id| id.len() <= 64)?;
    let (store, digits) = id.rsplit_once('-').unwrap_or(("", id));
    let plain = store.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let numbered = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (plain && numbered && !id.starts_with('-')).then_some((store, digits))
}

/// An id of digits without the point that a program of numbers with points leaves behind it: `10001234.0`.
pub(crate) fn whole_id(id: &[u8]) -> &[u8] {
    id.strip_suffix(b".0").filter(|digits| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)).unwrap_or(id)
}

/// What names a Yahoo order in a cell, also where a program has made a number with a point of it.
pub(crate) fn yahoo_key(cell: &[u8]) -> Option<&[u8]> {
    let named = |key: &[u8]| store_and_digits(key).is_some();
    if named(cell) {
        return Some(cell);
    }
    Some(whole_id(bare(cell))).filter(|number| named(number))
}

/// A Yahoo order number as shown: with its store where the store is known.
pub(crate) fn full_number(store: &str, digits: &str) -> Text {
    if store.is_empty() { digits.into() } else { [store, "-", digits].into_iter().collect() }
}

/// The order this one was split from, in the form of our own numbers; nothing when it names itself.
pub(crate) fn parent_number(stated: &str, store: &str, own: &str) -> Option<Text> {
    let (parent_store, digits) = store_and_digits(stated.as_bytes())?;
    let number = full_number(if parent_store.is_empty() { store } else { parent_store }, digits);
    (number != own).then_some(number)
}
