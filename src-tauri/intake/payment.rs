//! How an order was paid and whether it came through an affiliate, as its file says it.
//!
//! The words stand in the layouts. Each is compared as bytes of the file's encoding first, for nearly every cell is one
//! of a handful; only a word that is not among them is decoded and compared without width and spaces.

use super::encoding::Encoding;
use super::error::Error;
use super::map::Layouts;
use super::profile::{Field, Profile, normal_header};
use super::record::ByteRecord;
use super::table::{Layout, Table, layout};
use crate::shop::Payment;
use std::path::Path;

/// The words of a layout for how an order is paid, in the encoding of the file at hand.
#[derive(Clone, Debug, Default)]
pub(crate) struct PaymentWords(Vec<Word>);

#[derive(Clone, Debug)]
struct Word {
    field: Field,
    bytes: Vec<u8>,
    normal: String,
    payment: Payment,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Unknown,
    Paid(Payment),
}

impl Layouts {
    /// Whether any row of a file says how its order was paid, or of an affiliate, in a word that is known. Reads up to the
    /// first that does.
    pub fn says_how_paid(self, path: &Path) -> Result<bool, Error> {
        let layout = layout(path, self)?;
        let mut table = Table::open(path, &layout)?;
        let mut record = ByteRecord::new();
        while table.next(&mut record)?.is_some() {
            if layout.payment(&record).is_some() || layout.affiliate(&record).is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl PaymentWords {
    pub(crate) fn new(profile: &Profile, encoding: Encoding) -> PaymentWords {
        let of_row = profile.payments.iter().flat_map(|row| {
            let codes = row.codes.iter().map(|word| (Field::PaymentCode, word));
            let labels = row.labels.iter().map(|word| (Field::PaymentName, word));
            codes.chain(labels).map(|(field, word)| Word {
                field,
                bytes: encoding.bytes(word).into_owned(),
                normal: normal(word),
                payment: row.payment,
            })
        });
        PaymentWords(of_row.collect())
    }

    fn said(&self, layout: &Layout, record: &ByteRecord, field: Field) -> Said {
        let cell = layout.cell(record, field).trim_ascii();
        if cell.is_empty() {
            return Said::Nothing;
        }
        let words = || self.0.iter().filter(|word| word.field == field);
        let known = words().find(|word| word.bytes == cell).or_else(|| {
            let said = normal(&layout.encoding.text(cell));
            words().find(|word| word.normal == said)
        });
        known.map_or(Said::Unknown, |word| Said::Paid(word.payment))
    }
}

impl Layout {
    /// How the order of this row was paid, by the mall's code and its word. Nothing when neither is known, and when the
    /// two mean different things.
    pub(crate) fn payment(&self, record: &ByteRecord) -> Option<Payment> {
        let said = |field| self.payments.said(self, record, field);
        match (said(Field::PaymentCode), said(Field::PaymentName)) {
            (Said::Paid(code), Said::Paid(name)) => (code == name).then_some(code),
            (Said::Paid(payment), _) | (_, Said::Paid(payment)) => Some(payment),
            _ => None,
        }
    }

    /// Whether the order of this row came through an affiliate; nothing when it says neither yes nor no: 1 and 0 in exports,
    /// true and false as the order API writes them.
    pub(crate) fn affiliate(&self, record: &ByteRecord) -> Option<bool> {
        match self.cell(record, Field::Affiliate).trim_ascii() {
            b"1" => Some(true),
            b"0" => Some(false),
            word if word.eq_ignore_ascii_case(b"true") => Some(true),
            word if word.eq_ignore_ascii_case(b"false") => Some(false),
            _ => None,
        }
    }
}

/// As words are compared: no width, spaces and case.
fn normal(word: &str) -> String {
    normal_header(word).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_word_of_a_layout_means_two_ways_of_paying() {
        for profile in Profile::all() {
            let mut seen = BTreeMap::new();
            for Word { field, normal, payment, .. } in PaymentWords::new(profile, Encoding::Utf8).0 {
                let before = seen.insert((field, normal.clone()), payment);
                assert_eq!(before, None, "{}: {normal}", profile.id);
            }
            let asks = profile.columns.contains_key(&Field::PaymentName);
            assert_eq!(asks, !profile.payments.is_empty(), "{}: words and their column go together", profile.id);
        }
    }

    #[test]
    fn the_words_of_own_shops_agree_with_those_of_the_malls() {
        let map = r#"{"columns": {"ordered_at": "日", "order_total": "額", "payment": "払"}}"#;
        let layouts = Layouts::with_map(map).expect("a description");
        let own = layouts.mapped.expect("described");
        let words: BTreeMap<String, Payment> =
            PaymentWords::new(own, Encoding::Utf8).0.into_iter().map(|word| (word.normal, word.payment)).collect();
        assert_eq!(words.get("bank transfer".replace(' ', "").as_str()), Some(&Payment::BankTransfer));
        for profile in Profile::all() {
            for word in PaymentWords::new(profile, Encoding::Utf8).0 {
                let own = words.get(&word.normal);
                assert!(own.is_none_or(|own| *own == word.payment), "{}: {}", profile.id, word.normal);
            }
        }
    }

    #[test]
    fn every_word_can_be_written_as_the_malls_write() {
        for profile in Profile::all() {
            for word in PaymentWords::new(profile, Encoding::Cp932).0 {
                let read = Encoding::Cp932.text(&word.bytes).into_owned();
                assert_eq!(normal(&read), word.normal, "{}", profile.id);
            }
        }
    }
}
