use super::*;
use proptest::prelude::*;

/// Rows with the blank lines before each.
fn rows_in_pieces(text: &[u8], separator: u8, size: usize) -> Vec<(u64, Vec<Vec<u8>>)> {
    let (mut finder, mut record, mut found) = (Finder::new(separator), ByteRecord::new(), Vec::new());
    let (mut at, mut end) = (0, size.min(text.len()));
    loop {
        match finder.next(&text[at..end], end == text.len(), &mut record) {
            Next::Row { length, blank } => {
                at += length;
                found.push((blank, record.iter().map(<[u8]>::to_vec).collect()));
            }
            Next::Cut(done) => (at, end) = (at + done, (end + size).min(text.len())),
            Next::End => return found,
        }
    }
}

fn cells(text: &str) -> Vec<Vec<Vec<u8>>> {
    rows_in_pieces(text.as_bytes(), b',', usize::MAX).into_iter().map(|(_, row)| row).collect()
}

#[test]
fn cells_are_repeated_when_each_is_the_same() {
    let row = |text: &[u8]| {
        let mut record = ByteRecord::new();
        Finder::new(b',').next(text, true, &mut record);
        record
    };
    let plain = row(b"a,\"b\",c,a,\"b\",c,a,b,c,");
    assert!(plain.is_repeated(0, 3, 3) && plain.is_repeated(1, 4, 2));
    assert!(!plain.is_repeated(0, 4, 2), "others");
    assert!(!plain.is_repeated(0, 3, 8), "beyond the row");
    // Written otherwise: whoever asks looks at each.
    assert!(!plain.is_repeated(0, 6, 3));
    // The first is a\" and the third a: their bytes begin alike.
    assert!(!row(b"\"a\"\"\",x,\"a\",x").is_repeated(0, 2, 2));
}

proptest! {
    #[test]
    fn what_is_repeated_is_the_same(text in "[a,\"]{0,24}", from in 0usize..4, again in 0usize..8, count in 1usize..5) {
        let mut record = ByteRecord::new();
        Finder::new(b',').next(text.as_bytes(), true, &mut record);
        if record.is_repeated(from, again, count) {
            for at in 0..count {
                prop_assert_eq!(record.get(from + at), record.get(again + at));
            }
        }
    }
}

#[test]
fn a_row_is_read_however_it_is_written() {
    let two: Vec<Vec<Vec<u8>>> = vec![vec![b"a".to_vec(), b"b".to_vec()], vec![b"c".to_vec(), b"d".to_vec()]];
    for text in ["a,b\nc,d", "a,b\r\nc,d\r\n", "\"a\",b\rc,\"d\"", "\n\na,\"b\"\r\r\n\"c\",\"d\"\n\r"] {
        assert_eq!(cells(text), two, "{text:?}");
    }
    assert_eq!(cells("\"a\"\"b\",\"c\nd\"\n"), [[b"a\"b".to_vec(), b"c\nd".to_vec()]]);
    assert_eq!(cells("\"a\"b\"c,d\"e,"), [[b"ab\"c".to_vec(), b"d\"e".to_vec(), b"".to_vec()]], "broken marks");
    assert_eq!(cells("\"a,b\nc"), [[b"a,b\nc".to_vec()]], "a mark that is never closed");
    assert_eq!(cells("\n\r\n"), Vec::<Vec<Vec<u8>>>::new());
}

#[test]
fn a_number_said_to_be_text_is_that_number() {
    let row = [b"00123".to_vec(), b"a,b".to_vec(), b"".to_vec(), b"=1".to_vec(), b"=\"".to_vec()];
    let text =
        b"=\"00123\",=\"a,b\",=\"\",=1,\"=\"\"\"\r\n\"=\"\"00123\"\"\",\"=\"\"a,b\"\"\",\"=\"\"\"\"\",\"=1\",\"=\"\"\"";
    for size in [1, 3, 7, usize::MAX] {
        let rows: Vec<Vec<Vec<u8>>> = rows_in_pieces(text, b',', size).into_iter().map(|(_, row)| row).collect();
        assert_eq!(rows, [row.to_vec(), row.to_vec()], "{size}");
    }
}

#[test]
fn blank_lines_are_counted_as_a_spreadsheet_shows_them() {
    // Line ends mixed: a, two blank, b, none, c, one blank of each kind, d, and what follows the last row.
    let text = b"a\r\n\n\r\nb\rc\n\r\n\r\n\n\rd\n\n\n";
    let blank: Vec<u64> = rows_in_pieces(text, b',', usize::MAX).into_iter().map(|(blank, _)| blank).collect();
    assert_eq!(blank, [0, 2, 0, 4]);
}

/// What the csv crate makes of a text.
fn by_the_book(text: &[u8], separator: u8) -> Vec<Vec<Vec<u8>>> {
    let mut builder = csv::ReaderBuilder::new();
    let reader = builder.has_headers(false).flexible(true).delimiter(separator).from_reader(text);
    let records = reader.into_byte_records().map(|record| record.expect("bytes in memory"));
    records.map(|record| record.iter().map(<[u8]>::to_vec).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn cells_are_those_the_csv_crate_finds_wherever_the_file_is_cut(
        bytes in proptest::collection::vec(proptest::sample::select(b"\"\"\",,;\n\r\n ab\x81\\".to_vec()), 0..60),
        size in 1usize..70,
        separator in proptest::sample::select(b",;".to_vec()),
    ) {
        let expected = by_the_book(&bytes, separator);
        let whole = rows_in_pieces(&bytes, separator, usize::MAX);
        prop_assert_eq!(whole.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>(), expected);
        prop_assert_eq!(rows_in_pieces(&bytes, separator, size), whole);
    }

    #[test]
    fn long_cells_too(cells in proptest::collection::vec("[ab\"\n,]{0,60}", 1..6)) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(&cells).expect("memory");
        let text = writer.into_inner().expect("memory");
        let found = rows_in_pieces(&text, b',', 7);
        prop_assert_eq!(found, [(0, cells.iter().map(|cell| cell.clone().into_bytes()).collect::<Vec<_>>())]);
    }
}
