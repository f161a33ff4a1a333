//! Cells: amounts, moments, people; and the small documents of the program.

use super::tables::{MALLS, is_sane_day, read};
use super::targets::Place;
use otokui_lib::insight::Scope;
use otokui_lib::insight::people::People;
use otokui_lib::insight::rfm::GroupKey;
use otokui_lib::intake::side::SideProfile;
use otokui_lib::intake::{Layouts, Parts, Profile};
use otokui_lib::shop::{Buyer, DateForm, Day, Moment, Month, Order, Text, Yen};

/// The layout of a mall: a profile or an error, and it is the malls' business what stands in it.
pub fn profile(_: &Place, bytes: &[u8]) {
    if let Ok(profile) = serde_json::from_slice::<Profile>(bytes) {
        for field in profile.columns.keys() {
            std::hint::black_box(profile.header(*field));
        }
        assert!(!format!("{profile:?}").is_empty());
    }
    let _ = std::hint::black_box(serde_json::from_slice::<SideProfile>(bytes));
}

/// A Rakuten export in which one column holds these cells, one order each.
fn column(place: &Place, header: &str, cells: &[&[u8]]) -> Option<Vec<Order>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headers = ["注文番号", "ステータス", "個数", "単価", header];
    // Cells decide how the file is written: what is no UTF-8 is taken for the malls' encoding.
    let is_utf_8 = cells.iter().all(|cell| std::str::from_utf8(cell).is_ok());
    let encoded = |text: &str| if is_utf_8 { text.into() } else { encoding_rs::SHIFT_JIS.encode(text).0.into_owned() };
    writer.write_record(headers.map(encoded)).expect("memory takes it");
    for (place, cell) in cells.iter().enumerate() {
        let number = format!("500001-20260301-{place:010}");
        // A column named twice is read where it stands first.
        let (count, price): (&[u8], &[u8]) = match header {
            "個数" => (cell, b"100"),
            "単価" => (b"1", cell),
            _ => (b"1", b"100"),
        };
        writer.write_record([number.as_bytes(), b"700", count, price, cell]).expect("memory takes it");
    }
    let path = place.file("column.csv", &writer.into_inner().expect("memory takes it"));
    read(Layouts::default(), &Parts::Complete(path)).map(|(orders, _)| orders)
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split(|b| *b == b'\n').take(300).collect()
}

/// The order of a cell, found by the number it was given.
fn of(orders: &[Order], place: usize) -> Option<&Order> {
    let number = format!("500001-20260301-{place:010}");
    orders.iter().find(|order| order.number == number)
}

/// Amounts, counts and rates, one a line. What is plainly a whole number must be read as that number.
pub fn money(place: &Place, bytes: &[u8]) {
    let cells = lines(bytes);
    for header in ["単価", "個数", "送料合計", "税率", "ポイント倍率", "請求金額"] {
        let Some(orders) = column(place, header, &cells) else { continue };
        if header != "単価" {
            continue;
        }
        for (place, cell) in cells.iter().enumerate() {
            let plain = std::str::from_utf8(cell).ok().filter(|text| text.len() <= 9 && !text.starts_with(['+', '-']));
            if let Some(amount) = plain.and_then(|text| text.parse::<i64>().ok()) {
                let read = of(&orders, place).map(|order| order.lines[0].unit_price);
                assert_eq!(read, Some(Yen(amount)), "{:?}", String::from_utf8_lossy(cell));
            }
        }
    }
    for cell in cells {
        if let Ok(yen) = serde_json::from_slice::<Yen>(cell) {
            assert_eq!(serde_json::to_string(&yen).expect("a number").parse::<i64>().ok(), Some(yen.0));
        }
    }
}

/// Days and moments, one a line; and forms a day can be written in.
pub fn dates(place: &Place, bytes: &[u8]) {
    let cells = lines(bytes);
    if let Some(orders) = column(place, "注文日時", &cells) {
        for (place, cell) in cells.iter().enumerate() {
            let Some(order) = of(&orders, place) else { continue };
            assert!(is_sane_day(order.ordered_at.day()), "{order:?}");
            // As the mall writes it: to be read as it stands.
            let usual = std::str::from_utf8(cell).ok().filter(|text| text.len() == 19 && text.as_bytes()[10] == b' ');
            if let Some(at) = usual.and_then(|text| text.replace(' ', "T").parse::<Moment>().ok()) {
                assert_eq!(order.ordered_at, at);
            }
        }
    }
    let texts: Vec<String> = cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    for text in &texts {
        if let Ok(day) = text.parse::<Day>() {
            assert_eq!(day.to_string().parse::<Day>(), Ok(day), "{text}");
            std::hint::black_box((day.plus_months(-1), day.weekday(), day.month().last()));
        }
        if let Ok(month) = text.parse::<Month>() {
            assert_eq!(month.to_string().parse::<Month>(), Ok(month), "{text}");
        }
        if let Ok(moment) = text.parse::<Moment>() {
            assert_eq!(moment.to_string().parse::<Moment>(), Ok(moment), "{text}");
        }
    }
    // The first line is a form of days, the others are to be read by it.
    if let Some(form) = texts.first().and_then(|text| DateForm::new(text)) {
        std::hint::black_box(form.is_year_day_month());
        for (moment, _) in texts[1..].iter().filter_map(|text| form.read(text)) {
            assert!(is_sane_day(moment.day()), "{texts:?}");
        }
    }
}

/// A person, a field a line: the same keys however often they are asked for, and whatever stands around a field.
pub fn people(place: &Place, bytes: &[u8]) {
    let texts: Vec<Text> = lines(bytes).into_iter().map(Text::from_utf8_lossy).collect();
    let text = |place: usize| texts.get(place).cloned().unwrap_or_default();
    let buyer = Buyer {
        phone: text(0),
        mail: text(1),
        family_name: text(2),
        given_name: text(3),
        family_kana: text(4),
        given_kana: text(5),
        postal_code: text(6),
        ..Buyer::default()
    };
    let padded =
        Buyer { phone: format!(" {} ", buyer.phone).into(), mail: format!(" {} ", buyer.mail).into(), ..buyer.clone() };
    for mall in MALLS {
        let keys = buyer.identity_keys(mall);
        assert!(keys.len() <= 3, "{keys:?}");
        assert_eq!(keys, padded.identity_keys(mall), "blanks around a field say nothing");
    }
    let cells = lines(bytes);
    for header in ["注文者電話番号1", "注文者電話番号2", "注文者電話番号3", "注文者郵便番号1", "注文者メールアドレス"]
    {
        column(place, header, &cells);
    }
}

/// What the page and the command line send: JSON of a question, or its words.
pub fn questions(_: &Place, bytes: &[u8]) {
    if let Ok(scope) = serde_json::from_slice::<Scope>(bytes) {
        let written = serde_json::to_string(&scope).expect("a question can be written");
        assert_eq!(serde_json::from_str::<Scope>(&written).expect("and read"), scope);
    }
    for line in lines(bytes) {
        let text = String::from_utf8_lossy(line);
        let _ = std::hint::black_box(text.parse::<People>());
        let _ = std::hint::black_box(text.parse::<GroupKey>());
    }
}
