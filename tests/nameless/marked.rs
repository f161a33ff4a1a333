//! Exports of every kind whose personal cells all hold a mark that stands nowhere else.

use super::shops;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// In every text: seven letters that no other file of ours holds, however it is folded.
pub const TEXT: &str = "Qx9Wvkj";
/// In the digits of every telephone number, and every postal code.
pub const PHONE: &str = "0809753146";
pub const POSTAL: &str = "9875312";

/// What may not be found, in any of the forms in which it may be written; compared without regard to case.
pub fn marks() -> Vec<String> {
    let texts = [TEXT, PHONE, POSTAL, "080-9753-146", "987-5312"];
    // Full width, as a normaliser might leave it, and the kana of a mark's letters do not occur: marks are plain ASCII.
    texts.map(str::to_lowercase).to_vec()
}

/// How many of the marks the bytes hold, in UTF-8 and in UTF-16 of either order, or as the ledger keeps them.
pub fn hits(bytes: &[u8]) -> usize {
    let bytes = bytes.to_ascii_lowercase();
    let holds = |needle: &[u8]| memchr::memmem::find(&bytes, needle).is_some();
    marks()
        .iter()
        .filter(|mark| {
            let wide = |order: fn(u16) -> [u8; 2]| mark.encode_utf16().flat_map(order).collect::<Vec<u8>>();
            let mut forms = vec![mark.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
            if *mark == PHONE {
                forms.extend(kept_phones());
            }
            forms.iter().any(|needle| holds(needle))
        })
        .count()
}

/// Telephone numbers of eleven digits that begin with the mark, whole and as 3-4-4 digits, as six bytes: digits of the
/// first group × 10 + digits of the second, × 2, + 1 for eleven digits, and behind that the number (docs/ledger.md). A postal
/// code is kept as three bytes, which may stand anywhere: `nobody_is_reached_by` asks for those.
fn kept_phones() -> Vec<Vec<u8>> {
    let first = PHONE.parse::<i64>().expect("digits") * 10;
    let numbers =
        (first..first + 10).flat_map(|number| [1, (3 * 10 + 4) * 2 + 1].map(|form| form * 100_000_000_000 + number));
    numbers.map(|kept| kept.to_be_bytes()[2..].to_ascii_lowercase()).collect()
}

/// Fails where a ledger holds what a person is reached by, as it keeps it.
#[track_caller]
pub fn nobody_is_reached_by(ledger: &Path) {
    assert_eq!(reached(ledger), 0, "somebody is reached by what {} holds", ledger.display());
}

/// How many buyers and parcels of a ledger have a postal code, telephone or mail address.
pub fn reached(ledger: &Path) -> i64 {
    let connection = rusqlite::Connection::open(ledger).expect("the ledger");
    let sql = "select (select count(*) from buyer_rows
            where postal_code <> '' or phone <> '' or mail <> '' or mail_end_id is not null)
        + (select count(*) from parcel_rows where postal_code <> '' or phone <> '') + (select count(*) from mail_ends)";
    connection.query_row(sql, [], |row| row.get(0)).expect("a count")
}

/// Every file under the folder with what it holds; a workbook or archive with what lies in it as well.
pub fn all_bytes(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        found.push((path.clone(), path.to_string_lossy().as_bytes().to_vec()));
        if path.is_dir() {
            found.extend(all_bytes(&path));
            continue;
        }
        let bytes = std::fs::read(&path).expect("readable");
        if bytes.starts_with(b"PK") {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("an archive");
            for place in 0..archive.len() {
                let mut content = Vec::new();
                std::io::copy(&mut archive.by_index(place).expect("a part"), &mut content).expect("its bytes");
                found.push((path.clone(), content));
            }
        }
        found.push((path, bytes));
    }
    found
}

/// Marks the cells of a table whose header `is_personal`; as UTF-8 with its mark, which every mall's reader takes.
fn marked(from: &str, to: &Path, is_personal: impl Fn(&str) -> Option<Kind>) -> PathBuf {
    let bytes = std::fs::read(shops::fixtures().join(from)).expect("a fixture");
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    let kinds: Vec<Option<Kind>> = rows[0].iter().map(is_personal).collect();
    assert!(kinds.iter().flatten().count() > 0, "{from} has no personal column");
    let mut out = Vec::from("\u{feff}".as_bytes());
    {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(&mut out);
        writer.write_record(&rows[0]).expect("written");
        for (row, record) in rows.iter().enumerate().skip(1) {
            let cells =
                record.iter().zip(&kinds).map(|(cell, kind)| kind.map_or(cell.to_owned(), |kind| kind.mark(cell, row)));
            writer.write_record(cells).expect("written");
        }
    }
    let mut file = std::fs::File::create(to).expect("a folder to write to");
    file.write_all(&out).expect("written");
    to.to_owned()
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// Only in the third row: a column that slipped.
    Slipped,
    Mail,
    /// The whole number in one cell, or its first part and its parts behind.
    Phone,
    PhonePart(usize),
    Postal,
    PostalPart(usize),
}

impl Kind {
    /// Two rows after each other are one person.
    fn mark(self, cell: &str, row: usize) -> String {
        let who = row / 2 % 10;
        match self {
            Kind::Slipped if row != 3 => cell.to_owned(),
            Kind::Text | Kind::Slipped => format!("{TEXT}{who}"),
            Kind::Mail => format!("{TEXT}{who}@example.jp"),
            Kind::Phone => format!("080-9753-146{who}"),
            Kind::PhonePart(0) => "080".to_owned(),
            Kind::PhonePart(1) => "9753".to_owned(),
            Kind::PhonePart(_) => format!("146{who}"),
            Kind::Postal => "987-5312".to_owned(),
            Kind::PostalPart(0) => "987".to_owned(),
            Kind::PostalPart(_) => "5312".to_owned(),
        }
    }
}

/// What a Rakuten header holds of a person, or of words a buyer or the shop writes freely.
fn of_rakuten(header: &str) -> Option<Kind> {
    let header = header.trim_matches('"');
    let is_of = |word: &str| ["注文者", "送付先"].iter().any(|who| header.starts_with(who)) && header.contains(word);
    let part = || header.chars().last().and_then(|c| c.to_digit(10)).map_or(0, |at| at as usize - 1);
    const FREE: [&str; 9] = [
        "項目・選択肢",
        "のし",
        "担当者",
        "ひとことメモ",
        "コメント",
        "ラッピング名",
        "メール差込文",
        "カード決済番号",
        "名義",
    ];
    if is_of("メールアドレス") {
        Some(Kind::Mail)
    } else if is_of("電話番号") {
        Some(Kind::PhonePart(part()))
    } else if is_of("郵便番号") {
        Some(Kind::PostalPart(part()))
    } else if is_of("姓")
        || is_of("名字")
        || is_of("名前")
        || is_of("フリガナ")
        || is_of("郡市区")
        || is_of("都市区")
        || is_of("それ以降")
        || is_of("町以降")
        || ["注文者名", "送付先名", "注文者名カナ", "送付先名カナ"].contains(&header)
        || FREE.iter().any(|word| header.starts_with(word))
    {
        Some(Kind::Text)
    } else {
        None
    }
}

fn of_yahoo(header: &str) -> Option<Kind> {
    const PLACES: [&str; 6] = ["Address1", "Address2", "City", "Name", "NameKana", "LastName"];
    let is_of = |word: &str| {
        header.starts_with("Ship") && header.contains(word) || header.starts_with("Bill") && header.contains(word)
    };
    const FREE: [&str; 10] = [
        "ItemOptionValue",
        "InscriptionValue",
        "GiftWrapMessage",
        "GiftWrapName",
        "ShipNotes",
        "BuyerComments",
        "Option1Value",
        "Option2Value",
        "BillSection1Value",
        "ShipSection1Value",
    ];
    if header == "ShipMethodName" || header == "ShipMethod" {
        None
    } else if header.contains("PhoneNumber") {
        Some(Kind::Phone)
    } else if header.ends_with("ZipCode") {
        Some(Kind::Postal)
    } else if header.ends_with("MailAddress") {
        Some(Kind::Mail)
    } else {
        (PLACES.iter().any(|word| is_of(word)) || FREE.contains(&header)).then_some(Kind::Text)
    }
}

fn of_cart(header: &str) -> Option<Kind> {
    match header {
        "注文者氏名" | "お届け先氏名" | "備考" => Some(Kind::Text),
        "注文者電話番号" => Some(Kind::Phone),
        "注文者メールアドレス" => Some(Kind::Mail),
        "注文者郵便番号" => Some(Kind::Postal),
        _ => None,
    }
}

/// Marked files: those recorded one by one or in pairs, and what describes the last one.
pub struct Files {
    pub together: Vec<Vec<PathBuf>>,
    pub own: PathBuf,
    pub map: PathBuf,
}

pub fn files(folder: &Path) -> Files {
    let at = |name: &str| folder.join(name);
    let current = marked("shops/one-file/rakuten_orders.csv", &at("rakuten.csv"), of_rakuten);
    let legacy = marked("malls/rakuten-order-legacy/several-ship-tos/export.csv", &at("legacy.csv"), of_rakuten);
    let orders = marked("shops/one-file/yahoo_order.csv", &at("yahoo_order.csv"), of_yahoo);
    let lines = marked("shops/one-file/yahoo_item.csv", &at("yahoo_item.csv"), of_yahoo);
    let own = marked("shops/own-cart/orders.csv", &at("cart.csv"), of_cart);
    let review = marked("malls/rakuten-review/usual/export.csv", &at("review.csv"), |header| {
        ["タイトル", "レビュー本文"].contains(&header).then_some(Kind::Text)
    });
    let damaged = marked("shops/one-file/rakuten_orders.csv", &at("damaged.csv"), |header| {
        if header == "注文日時" { Some(Kind::Slipped) } else { of_rakuten(header) }
    });
    let map = at("map.json");
    // Without its numbers: one is made of what each order says.
    let columns = r#"{"columns": {"ordered_at": "注文日時", "customer_key": "注文者メールアドレス",
        "buyer_name": "注文者氏名", "phone": "注文者電話番号", "item_code": "商品コード", "item_name": "商品名",
        "quantity": "数量", "unit_price": "販売単価"}}"#;
    std::fs::write(&map, columns).expect("written");
    let book = workbook(&legacy, &at("book.xlsx"));
    Files {
        together: vec![vec![current], vec![legacy], vec![orders, lines], vec![review], vec![damaged], vec![book]],
        own,
        map,
    }
}

/// The table as a workbook, one row less, so that it says something new.
fn workbook(table: &Path, to: &Path) -> PathBuf {
    let bytes = std::fs::read(table).expect("just written");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, record) in rows.records().enumerate() {
        for (column, cell) in record.expect("a row").iter().enumerate() {
            sheet.write_string(row as u32, column as u16, cell).expect("a cell");
        }
    }
    book.save(to).expect("a workbook");
    to.to_owned()
}
