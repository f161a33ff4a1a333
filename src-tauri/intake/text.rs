//! Cells become texts: most of the time of reading a row goes here, so nothing is decoded that need not be.

use super::profile::Field;
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::Text;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use xxhash_rust::xxh3::xxh3_64;

/// Cells that were read before, by a hash of their bytes: the bytes, and their texts.
type Known = FxHashMap<u64, (Vec<u8>, Vec<Text>)>;

/// So many are remembered; then all are forgotten.
const MOST_KNOWN: usize = 4_096;

/// Cells that together are longer than this are not remembered.
const LONGEST_KNOWN: usize = 2_048;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

impl Layout {
    /// The text of a field in a row, trimmed; empty when the file or the row does not have it.
    pub(crate) fn text(&self, record: &ByteRecord, field: Field) -> Text {
        self.text_of(self.cell(record, field))
    }

    /// The id of a line or of a parcel.
    pub(crate) fn id_text(&self, record: &ByteRecord, field: Field) -> Text {
        self.text_of(self.id(record, field))
    }

    fn text_of(&self, cell: &[u8]) -> Text {
        match cell {
            [] => Text::default(),
            // Most cells: nothing to decode.
            bytes if bytes.is_ascii() => ascii(bytes),
            bytes => Text::from(self.encoding.text(bytes).trim()),
        }
    }

    /// The texts of several fields, as `text` reads each. They are decoded together, for beginning to decode costs more
    /// than a name does.
    pub(crate) fn texts<const N: usize>(&self, record: &ByteRecord, fields: [Field; N]) -> [Text; N] {
        // No text holds it, and no broken character swallows it: a byte that cannot go on begins anew.
        const BETWEEN: u8 = 0;
        let cells = fields.map(|field| self.cell(record, field));
        let is_plain = cells.map(<[u8]>::is_ascii);
        let mut joined = Vec::with_capacity(256);
        for (cell, _) in cells.iter().zip(is_plain).filter(|(_, is_plain)| !is_plain) {
            joined.extend_from_slice(cell);
            joined.push(BETWEEN);
        }
        let decoded = self.encoding.text(&joined);
        let mut rest = &*decoded;
        let mut place = 0;
        let whole = memchr::memchr_iter(BETWEEN, &joined).count() == is_plain.iter().filter(|plain| !**plain).count();
        cells.map(|cell| {
            place += 1;
            match () {
                () if is_plain[place - 1] => ascii(cell),
                () if !whole => Text::from(self.encoding.text(cell).trim()),
                () => {
                    let end = memchr::memchr(BETWEEN, rest.as_bytes()).unwrap_or(rest.len());
                    let text = &rest[..end];
                    rest = rest.get(end + 1..).unwrap_or_default();
                    Text::from(text.trim())
                }
            }
        })
    }
}

impl Layout {
    /// As `texts`, for what many rows say alike, such as products.
    pub(crate) fn texts_said_often<const N: usize>(&self, record: &ByteRecord, fields: [Field; N]) -> [Text; N] {
        let cells = fields.map(|field| self.cell(record, field));
        let mut said = Vec::with_capacity(512);
        said.push(self.encoding as u8);
        cells.iter().for_each(|cell| said.extend_from_slice(&(cell.len() as u32).to_le_bytes()));
        cells.iter().for_each(|cell| said.extend_from_slice(cell));
        let hash = xxh3_64(&said);
        KNOWN.with_borrow_mut(|known| {
            if let Some((of, texts)) = known.get(&hash)
                && *of == said
            {
                return std::array::from_fn(|place| texts[place].clone());
            }
            let texts = self.texts(record, fields);
            if known.len() == MOST_KNOWN {
                known.clear();
            }
            if said.len() <= LONGEST_KNOWN {
                known.insert(hash, (said, texts.to_vec()));
            }
            texts
        })
    }
}

/// The text of bytes that are ASCII.
fn ascii(bytes: &[u8]) -> Text {
    Text::from(std::str::from_utf8(bytes.trim_ascii()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::encoding::Encoding;
    use super::super::map::Layouts;
    use super::super::table::layout;
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    const FIELDS: [Field; 4] = [Field::ItemName, Field::BuyerCity, Field::SkuText, Field::ItemCode];

    fn of_rakuten(encoding: Encoding) -> Layout {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        let header =
            include_str!("../../assets/sample/rakuten-order-current.txt").lines().collect::<Vec<_>>().join(",");
        file.write_all(header.as_bytes()).expect("a file");
        let mut layout = layout(file.path(), Layouts::default()).expect("an export");
        layout.encoding = encoding;
        layout
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn texts_read_together_are_those_read_alone(
            cells in proptest::collection::vec(proptest::collection::vec(
                proptest::sample::select(b"\x81\x83\x9f\xe3\xfc\\ a\xe6\xb3\xa8\x00\n".to_vec()), 0..8), 4),
            is_utf8 in proptest::bool::ANY,
        ) {
            let layout = of_rakuten(if is_utf8 { Encoding::Utf8 } else { Encoding::Cp932 });
            let places = FIELDS.map(|field| layout.columns.place(field).expect("the layout has it"));
            let mut record = ByteRecord::new();
            for column in 0..layout.columns.headers.len() {
                record.push_field(places.iter().position(|place| *place == column).map_or(b"", |at| &cells[at]));
            }
            let alone = FIELDS.map(|field| layout.text(&record, field));
            prop_assert_eq!(&layout.texts(&record, FIELDS), &alone);
            prop_assert_eq!(&layout.texts_said_often(&record, FIELDS), &alone, "read for the first time");
            prop_assert_eq!(&layout.texts_said_often(&record, FIELDS), &alone, "known");
        }
    }
}
