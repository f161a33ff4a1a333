//! Text: orders, side files, tables their owner describes. No row may be lost, whatever stands in it.

use super::targets::Place;
use csv::{ByteRecord, QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};
use otokui_lib::intake::side::{self, Pointed};
use otokui_lib::intake::{self, Encoding, Error, FileTally, KEPT_PROBLEMS, Layouts, Parts, ReadError, Tally};
use otokui_lib::shop::{Day, Mall, Order};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::Path;

/// Between the two halves of a pair, or a description and its table, of one input.
pub const NEXT_FILE: &[u8] = b"\n=====\n";

/// The two files of an input; the second is empty when there is but one.
pub fn two_files(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.windows(NEXT_FILE.len()).position(|window| window == NEXT_FILE) {
        Some(at) => (&bytes[..at], &bytes[at + NEXT_FILE.len()..]),
        None => (bytes, b""),
    }
}

/// Reads a file and holds the result to what is promised of every result; nothing for a refusal.
pub fn read(layouts: Layouts, parts: &Parts) -> Option<(Vec<Order>, Tally)> {
    let mut orders = Vec::new();
    let mut sink = |order| -> Result<(), Infallible> {
        orders.push(order);
        Ok(())
    };
    match layouts.read(parts, &mut sink, &mut |_, _| ControlFlow::Continue(())) {
        Ok(tally) => {
            assert_eq!(tally.orders, orders.len() as u64, "orders are counted as they are handed out");
            tally.files.iter().for_each(hold_rows);
            orders.iter().for_each(hold_order);
            Some((orders, tally))
        }
        Err(ReadError::Intake(error)) => {
            refused(&error);
            None
        }
        Err(ReadError::Sink(never)) => match never {},
        Err(ReadError::Cancelled | ReadError::Scattered) => panic!("nobody cancelled"),
    }
}

fn refused(error: &Error) {
    assert!(!error.to_string().is_empty(), "a refusal says why");
}

fn hold_rows(file: &FileTally) {
    assert_eq!(file.rows, file.used + file.skipped + file.problem_rows, "no row is lost");
    assert_eq!(file.problems.len() as u64, file.problem_rows.min(KEPT_PROBLEMS as u64), "one problem a row");
    assert!(file.problems.is_sorted_by_key(|problem| problem.row), "problems by row");
    assert!(file.warning_rows <= file.used, "only used rows have warnings");
    for problem in file.problems.iter().chain(&file.warnings) {
        assert!(problem.row > 0 && problem.found.chars().count() <= 200, "shown in a line: {problem:?}");
    }
}

fn hold_order(order: &Order) {
    let year = order.ordered_at.day().ymd().0;
    assert!((1996..=2101).contains(&year), "{}: year {year}", order.number);
    assert!(order.newest_at >= order.ordered_at, "{}: nothing happens before the order", order.number);
    for line in &order.lines {
        assert!(line.quantity >= 0 && line.unit_price.0.abs() <= 2_000_000_000, "{}: {line:?}", order.number);
        assert!(line.point_multiplier > 0, "{}: {line:?}", order.number);
    }
    // Sums of an order and keys of a person are made of every order that is read.
    std::hint::black_box((order.net_sales(), order.is_gift(), order.buyer.identity_keys(order.mall)));
}

/// Which encoding a file has, beside the rule written out once more.
pub fn encoding(place: &Place, bytes: &[u8]) {
    let path = place.file("export.csv", bytes);
    let Ok(inspection) = intake::inspect(&path) else { return };
    let expected = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8Bom,
        // Written out as UTF-8 with its mark: UTF-16, workbooks, archives.
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'P', b'K', ..] | [0xD0, 0xCF, ..] => Encoding::Utf8Bom,
        bytes if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => Encoding::Utf8,
        _ => Encoding::Cp932,
    };
    assert!(inspection.encoding == expected || bytes.starts_with(b"PK"), "{:?}", inspection.encoding);
    assert!(inspection.headers.iter().any(|header| !header.is_empty()), "an export has headers");
    read(Layouts::default(), &Parts::Complete(path));
}

/// A file of whole orders.
pub fn orders(place: &Place, bytes: &[u8]) {
    let path = place.file("export.csv", bytes);
    if let Err(error) = intake::inspect(&path) {
        refused(&error);
    }
    if let Some((_, tally)) = read(Layouts::default(), &Parts::Complete(path.clone())) {
        let inspection = intake::inspect(&path).expect("what can be read can be named");
        assert!(inspection.bytes > 0 && tally.files.len() == 1);
    }
    std::hint::black_box(
        intake::order_keys(&path, &mut || std::ops::ControlFlow::Continue(())).ok().flatten().map(|keys| keys.len()),
    );
}

/// Two halves.
pub fn pair(place: &Place, bytes: &[u8]) {
    let (orders, lines) = two_files(bytes);
    let (orders, lines) = (place.file("orders.csv", orders), place.file("lines.csv", lines));
    let one = read(Layouts::default(), &Parts::Pair { orders: orders.clone(), lines: lines.clone() });
    let other = read(Layouts::default(), &Parts::Pair { orders: lines, lines: orders });
    let numbers = |read: Option<(Vec<Order>, Tally)>| {
        read.map(|(orders, _)| orders.into_iter().map(|order| order.number).collect::<Vec<_>>())
    };
    assert_eq!(numbers(one), numbers(other), "which half is named first makes no difference");
}

/// Files without orders, with columns the owner points at where there is a question.
pub fn side(place: &Place, bytes: &[u8]) {
    let path = place.file("side.csv", bytes);
    hold_side(&path);
}

fn hold_side(path: &Path) {
    let mut asked = None;
    for pointed in [false, true] {
        let remembered = |_: &str| asked.clone().filter(|_| pointed);
        let inspection = match side::inspect(path, &remembered) {
            Ok(Some(inspection)) => inspection,
            Ok(None) => return,
            Err(error) => return refused(&error),
        };
        if inspection.needs_columns {
            let mut headers = inspection.headers.iter().filter(|header| !header.is_empty()).cloned();
            let (Some(code), Some(cost)) = (headers.next(), headers.next_back()) else { return };
            asked = Some(Pointed { code, cost });
            continue;
        }
        match side::read(path, &inspection, &mut |_, _| ControlFlow::Continue(())) {
            Ok(tally) => {
                hold_rows(&tally.file);
                assert_eq!(tally.entries.len() as u64, tally.file.used, "one entry a used row");
                let days = tally.entries.iter().filter_map(|(_, entry)| entry.days());
                assert!(days.into_iter().all(|(from, to)| from <= to), "a period runs forward");
            }
            Err(ReadError::Intake(error)) => refused(&error),
            Err(_) => panic!("nobody cancelled"),
        }
        return;
    }
}

/// A description, and a table that is or is not what it describes.
pub fn map(place: &Place, bytes: &[u8]) {
    let (description, table) = two_files(bytes);
    match Layouts::with_map(&String::from_utf8_lossy(description)) {
        Ok(layouts) => {
            let path = place.file("table.csv", table);
            if let Some((orders, _)) = read(layouts, &Parts::Complete(path)) {
                assert!(orders.iter().all(|order| !order.number.is_empty()), "every order can be named");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty(), "a refusal says why"),
    }
}

/// Any cells, written as a careful program writes them: Otokui must see the cells that the csv crate sees, and count
/// rows as the file has them. The first byte says how it is written; 0x1E ends a row, 0x1F a cell.
pub fn cells(place: &Place, bytes: &[u8]) {
    let Some((form, text)) = bytes.split_first() else { return };
    let delimiter = [b',', b'\t', b';'][usize::from(form % 3)];
    let is_windows = form & 4 == 0;
    let terminator = if is_windows { Terminator::CRLF } else { Terminator::Any(b'\n') };
    let (blank, is_cp932) = (form & 8 != 0, form & 16 != 0);
    let encoded = |text: &str| match is_cp932 {
        true => encoding_rs::SHIFT_JIS.encode(text).0.into_owned(),
        false => text.as_bytes().to_vec(),
    };
    let headers = ["注文番号", "ステータス", "個数", "単価", "商品名", "商品管理番号", "商品明細ID"];
    let mut file = Vec::new();
    let mut expected = Vec::new();
    let mut row = 1;
    for (count, cells) in [&b""[..]].into_iter().chain(text.split(|b| *b == 0x1E).take(200)).enumerate() {
        let mut writer = WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(terminator)
            .quote_style(QuoteStyle::Always)
            .from_writer(Vec::new());
        if count == 0 {
            writer.write_record(headers.map(encoded)).expect("memory takes it");
        } else {
            // NUL says that a file is no text; all else may stand in a cell.
            let clean = |cell: &[u8]| String::from_utf8_lossy(cell).replace('\0', "");
            let mut free = cells.split(|b| *b == 0x1F).map(clean).chain(std::iter::repeat(String::new()));
            let mut own = || encoded(&free.next().unwrap_or_default());
            let (name, code, key) = (own(), own(), own());
            let is_bad = count % 7 == 3;
            let number = format!("500001-20260301-{count:010}");
            let quantity: &[u8] = if is_bad { b"x" } else { b"1" };
            let record: [&[u8]; 7] = [number.as_bytes(), b"700", quantity, b"100", &name, &code, &key];
            writer.write_record(record).expect("memory takes it");
            if blank && count % 3 == 0 {
                file.extend_from_slice(if is_windows { b"\r\n" } else { b"\n" });
                row += 1;
            }
            row += 1;
            expected.push((row, number, is_bad));
        }
        file.extend(writer.into_inner().expect("memory takes it"));
    }
    let path = place.file("cells.csv", &file);
    let (orders, tally) = read(Layouts::default(), &Parts::Complete(path)).expect("a table with the right headers");
    let theirs = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(&*file).into_byte_records();
    let theirs: Vec<ByteRecord> = theirs.map(|record| record.expect("a careful file")).collect();
    let problems: Vec<(u64, &str)> =
        tally.files[0].problems.iter().map(|problem| (problem.row, &*problem.order_number)).collect();
    let bad: Vec<(u64, &str)> = expected.iter().filter(|row| row.2).map(|(row, number, _)| (*row, &**number)).collect();
    assert_eq!(problems, bad, "rows are counted as the file has them");
    assert_eq!(tally.files[0].rows, row - 1, "blank rows are rows");
    let shown = |cell: &[u8]| {
        // What is said to be text is that text.
        let cell = cell.strip_prefix(b"=\"").and_then(|text| text.strip_suffix(b"\"")).unwrap_or(cell);
        let text = if is_cp932 {
            encoding_rs::SHIFT_JIS.decode_without_bom_handling(cell).0
        } else {
            String::from_utf8_lossy(cell)
        };
        if cell.is_ascii() { String::from_utf8_lossy(cell.trim_ascii()).into_owned() } else { text.trim().to_owned() }
    };
    // Orders of which another row might be meant come last, so they are found by number.
    let by_number: BTreeMap<&[u8], &Order> = orders.iter().map(|order| (order.number.as_bytes(), order)).collect();
    let good = theirs.iter().zip(&expected).filter(|(_, row)| !row.2).map(|(record, _)| record);
    let mut count = 0;
    for record in good {
        let order = by_number.get(&record[0]).expect("every good row is an order");
        let line = &order.lines[0];
        assert_eq!(line.item_name, shown(&record[4]), "the name");
        assert_eq!(line.item_code, shown(&record[5]), "the code");
        let key = shown(&record[6]);
        let is_whole = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let key = key.strip_suffix(".0").filter(is_whole).map(str::to_owned).unwrap_or(key);
        let is_none = key.is_empty() || is_power_of_ten(&key);
        assert_eq!(line.line_key, if is_none { "#1".to_owned() } else { key }, "the line's id");
        count += 1;
    }
    assert_eq!((count, orders.len()), (expected.len() - bad.len(), count), "every good row is an order");
}

/// What a spreadsheet leaves of an id of many digits: `1.23E+11`, which names no line.
fn is_power_of_ten(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.to_ascii_uppercase().split_once("E+").is_some_and(|(number, power)| {
        let (one, places) = number.split_once('.').unwrap_or((number, "0"));
        one.len() == 1 && digits(one) && digits(places) && power.len() == 2 && digits(power)
    })
}

/// A day as intake may hand it out, for other targets.
pub fn is_sane_day(day: Day) -> bool {
    (1996..=2101).contains(&day.ymd().0)
}

/// The malls a person can have bought at.
pub const MALLS: [Mall; 3] = [Mall::Rakuten, Mall::Yahoo, Mall::Own];
