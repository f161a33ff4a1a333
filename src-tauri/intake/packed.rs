//! Lines of an order in one row: `L1=…&L2=…`, as a Yahoo template writes the fields of lines into the order file.

use super::assemble::Fault;
use super::line::{Line, line};
use super::problem::ProblemKind;
use super::profile::Field;
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::Text;

/// Fields of a line that can be packed.
const FIELDS: [Field; 12] = [
    Field::LineKey,
    Field::ItemCode,
    Field::ItemName,
    Field::Sku,
    Field::SkuText,
    Field::OptionNames,
    Field::Options,
    Field::Quantity,
    Field::Price,
    Field::UnitPrice,
    Field::UnitCoupon,
    Field::TaxRate,
];

/// Lines beyond any order; each is compared with each, so that more would take minutes.
const MAX_LINES: usize = 1_000;

/// Whether the row holds its lines packed.
pub(crate) fn is_packed(layout: &Layout, record: &ByteRecord) -> bool {
    [Field::Quantity, Field::Price, Field::UnitPrice, Field::ItemCode]
        .into_iter()
        .any(|field| !split(layout.cell(record, field)).is_empty())
}

/// The lines of a row. They are those that have a quantity, in its order.
pub(crate) fn lines(layout: &Layout, record: &ByteRecord) -> Vec<Result<Line, Fault>> {
    let split: Vec<(usize, Vec<Part<'_>>)> = FIELDS
        .into_iter()
        .filter_map(|field| layout.columns.place(field))
        .map(|place| (place, split(record.get(place).unwrap_or_default())))
        .collect();
    let quantity = layout.columns.place(Field::Quantity);
    let numbers = split.iter().find(|(place, parts)| Some(*place) == quantity && !parts.is_empty());
    let numbers = numbers.or_else(|| split.iter().max_by_key(|(_, parts)| parts.len()));
    let numbers: Vec<&[u8]> =
        numbers.map(|(_, parts)| parts.iter().map(|(number, _)| *number).collect()).unwrap_or_default();
    if numbers.len() > MAX_LINES {
        return vec![Err(layout.fault(record, Field::Quantity, ProblemKind::BadNumber))];
    }
    let line_of = |(place, number): (usize, &&[u8])| {
        let mut single = ByteRecord::new();
        for (column, cell) in record.iter().enumerate() {
            let own = match split.iter().find(|(place, _)| *place == column) {
                Some((_, parts)) if !parts.is_empty() => {
                    parts.iter().find(|(part, _)| part == number).map_or(&b""[..], |(_, value)| *value)
                }
                _ => cell,
            };
            single.push_field(own);
        }
        let mut line = line(layout, &single, place)?;
        if layout.columns.place(Field::LineKey).is_none() {
            line.line.line_key = Text::from_utf8_lossy(number);
        }
        Ok(line)
    };
    numbers.iter().enumerate().map(line_of).collect()
}

/// Number and value.
type Part<'c> = (&'c [u8], &'c [u8]);

/// Number and value of each part; nothing for a cell that is not packed. A value may hold `&`: only where
/// `&L<digits>=` follows does the next part begin. No byte of these marks is a part of another character.
fn split(cell: &[u8]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let Some((mut number, mut rest)) = mark(cell) else { return parts };
    loop {
        let next = memchr::memchr_iter(b'&', rest).find_map(|at| Some((at, mark(&rest[at + 1..])?)));
        match next {
            Some((at, (next_number, next_rest))) => {
                parts.push((number, &rest[..at]));
                (number, rest) = (next_number, next_rest);
            }
            None => {
                parts.push((number, rest));
                return parts;
            }
        }
    }
}

/// The digits of `L<digits>=` at the start, and what follows.
fn mark(text: &[u8]) -> Option<Part<'_>> {
    let text = text.strip_prefix(b"L")?;
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    (digits > 0 && text.get(digits) == Some(&b'=')).then(|| (&text[..digits], &text[digits + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_hold_what_parts_are_made_of() {
        let parts = split(b"L1=Salt & Pepper&L2=A&L=B&L3&L10=&L11=x=1");
        let text: Vec<(String, String)> = parts
            .into_iter()
            .map(|(n, v)| (String::from_utf8_lossy(n).into(), String::from_utf8_lossy(v).into()))
            .collect();
        let expected = [("1", "Salt & Pepper"), ("2", "A&L=B&L3"), ("10", ""), ("11", "x=1")];
        assert_eq!(text, expected.map(|(n, v)| (n.to_owned(), v.to_owned())));
        assert!(split(b"Large=1&L2=3").is_empty() && split(b"").is_empty());
    }
}
