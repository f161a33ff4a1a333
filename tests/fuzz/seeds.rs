//! What inputs are made from: the fixtures of the layouts, and small documents of every kind.

use super::mutation::zipped;
use super::tables::NEXT_FILE;
use otokui_lib::app::screens::ExportFormat;
use otokui_lib::app::{Language, Session, Watch, export, imports};
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};
use zip::CompressionMethod;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Where inputs lie that once broke something, or that nothing else leads to.
pub fn corpus_folder() -> PathBuf {
    fixtures().join("fuzz")
}

/// Those of one target, by name.
pub fn corpus(target: &str) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(corpus_folder().join(target)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a file of the corpus")).collect()
}

/// The largest fixture that is taken: short inputs are tried more often.
const LARGEST: u64 = 16 << 10;

/// Files of the layouts whose name begins so, by path.
fn layouts(beginning: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let folders = |path: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(path).expect("a folder of fixtures").map(|entry| entry.expect("readable").path()).collect()
    };
    for layout in folders(&fixtures().join("malls")) {
        if layout.file_name().is_some_and(|name| name.to_string_lossy().starts_with(beginning)) {
            found.extend(folders(&layout).iter().flat_map(|case| folders(case)));
        }
    }
    found.retain(|path| {
        path.extension().is_some_and(|end| end != "json") && path.metadata().is_ok_and(|about| about.len() <= LARGEST)
    });
    found.sort();
    found
}

fn bytes(paths: &[PathBuf]) -> Vec<Vec<u8>> {
    paths.iter().map(|path| std::fs::read(path).expect("a fixture")).collect()
}

fn with_end(beginning: &str, end: &str) -> Vec<Vec<u8>> {
    let paths: Vec<PathBuf> =
        layouts(beginning).into_iter().filter(|path| path.extension().is_some_and(|own| own == end)).collect();
    bytes(&paths)
}

pub fn texts() -> Vec<Vec<u8>> {
    let mut texts = with_end("", "csv");
    texts.truncate(24);
    let utf_16: Vec<u8> = "注文番号,ステータス,個数,単価\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    texts.push([&b"\xFF\xFE"[..], &utf_16].concat());
    texts.push("\u{feff}注文番号,ステータス,個数,単価\n500001-20260301-0000000001,700,1,100\n".as_bytes().to_vec());
    texts
}

/// Cells for the comparison with the csv crate; see `tables::cells`.
pub fn cells() -> Vec<Vec<u8>> {
    let text = "名前\u{1f}code-1\u{1f}01\u{1e}a,\"b\"\r\nc\u{1f}\n\u{1f}\u{1e}髙﨑\u{1f};\t\u{1f} x \u{1e}\u{1f}\u{1f}\u{1e}=\"1\"\u{1f}\\\u{1f}9";
    (0..32).map(|form| [&[form], text.as_bytes()].concat()).collect()
}

pub fn orders() -> Vec<Vec<u8>> {
    [with_end("rakuten-order", "csv"), with_end("yahoo-order-packed", "csv")].concat()
}

pub fn packed() -> Vec<Vec<u8>> {
    let mut packed = with_end("yahoo-order-packed", "csv");
    // Five thousand lines in one row: each was compared with each, for minutes.
    let parts = (1..5_000).map(|n| format!("L{n}=1")).collect::<Vec<_>>().join("&");
    let head = "OrderId,OrderStatus,OrderTime,ItemId,Title,UnitPrice,QuantityDetail\n";
    let row = format!("10000001,5,2026/03/01 10:00:00,{parts},{parts},{parts},{parts}\n");
    packed.push([head, &row].concat().into_bytes());
    packed
}

pub fn pairs() -> Vec<Vec<u8>> {
    let halves = layouts("yahoo-order");
    let orders = halves.iter().filter(|path| path.ends_with("orders.csv") && path.with_file_name("lines.csv").exists());
    orders.map(|path| bytes(&[path.clone(), path.with_file_name("lines.csv")]).join(NEXT_FILE)).collect()
}

/// Otokui's own export of a few orders.
pub fn own() -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = Session::in_memory(Language::Japanese).expect("memory");
    imports::record(&mut session, &a_bit_of_everything(), &Watch::silent()).expect("an import");
    let names = [true, false].map(|with_names| {
        let folder = folder.path().join(if with_names { "with" } else { "without" });
        export::write(&mut session, &folder, ExportFormat::Csv, with_names, &Watch::silent()).expect("an export").1
    });
    let is_orders =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().contains("otokui-orders"));
    bytes(&names.concat().into_iter().filter(is_orders).collect::<Vec<_>>())
}

pub fn side() -> Vec<Vec<u8>> {
    let kinds = ["item-costs", "rakuten-dd", "rakuten-item", "rakuten-normal", "rakuten-review", "rakuten-settlement"];
    let yahoo = ["yahoo-item-report", "yahoo-receivable", "yahoo-review"];
    kinds.iter().chain(&yahoo).flat_map(|kind| with_end(kind, "csv")).collect()
}

pub fn maps() -> Vec<Vec<u8>> {
    let full = r#"{"mall": "own", "columns": {"order_number": "Order ID", "ordered_at": "Date", "customer_key": "Customer",
"item_code": "SKU", "item_name": "Name", "quantity": "Qty", "unit_price": "Price", "order_total": "Total", "status": "State",
"phone": "Tel", "points_used": "Points", "postage": "Post"}, "date_format": "%d/%m/%Y %H:%M", "statuses": {"done": "shipped"}}"#;
    let table = "Order ID,Date,Customer,SKU,Name,Qty,Price,Total,State,Tel,Points,Post\n\
        1,31/12/2025 23:59,a@example.jp,s-1,One,2,\"1,000\",2500,done,090-0000-0000,0,500\n\
        1,31/12/2025 23:59,a@example.jp,s-2,Two,1,500,2500,done,090-0000-0000,0,500\n\
        2,01/01/2026 00:00,b,,,,,-300,返品,,,\n";
    let short = r#"{"columns": {"ordered_at": "日付", "order_total": "金額"}}"#;
    let without_numbers = "日付,金額\n2026-03-01,1000\n2026-03-01,1000\n2026/3/2,¥2,000\n合計,4000\n";
    [(full, table), (short, without_numbers)]
        .map(|(map, table)| [map.as_bytes(), table.as_bytes()].join(NEXT_FILE))
        .into()
}

/// A workbook of these rows, as a spreadsheet would hold them.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            let written = match text.parse::<f64>() {
                Ok(number) if row > 0 => sheet.write_number(row as u32, column as u16, number),
                _ => sheet.write_string(row as u32, column as u16, *text),
            };
            written.expect("a cell");
        }
    }
    book.save_to_buffer().expect("memory takes it")
}

pub fn xlsx() -> Vec<Vec<u8>> {
    let orders = workbook(&[
        &["注文番号", "ステータス", "個数", "単価", "注文日時", "商品名"],
        &["500001-20260301-0000000001", "700", "2", "1000", "46082.4166", "茶"],
        &["500001-20260302-0000000002", "900", "1", "1234.5", "2026-03-02 10:00:00", "碗 & 皿"],
    ]);
    let costs = workbook(&[&["商品管理番号", "原価"], &["tea-30", "400"], &["cup-1", ""]]);
    vec![orders, costs]
}

pub fn xlsb() -> Vec<Vec<u8>> {
    with_end("rakuten-order", "xlsb")
}

pub fn xls() -> Vec<Vec<u8>> {
    with_end("rakuten-order", "xls")
}

pub fn ods() -> Vec<Vec<u8>> {
    with_end("rakuten-order", "ods")
}

pub fn archives() -> Vec<Vec<u8>> {
    let named = |name: &str, bytes: Vec<u8>| (name.to_owned(), bytes);
    let text = "注文番号,ステータス,個数,単価\n500001-20260301-0000000001,700,1,100\n".as_bytes().to_vec();
    let inner =
        vec![named("orders.csv", text.clone()), named("日本/b.csv", text), named("book.xlsx", xlsx().remove(0))];
    let nested = vec![named("a.zip", zipped(&inner, CompressionMethod::Stored))];
    vec![
        zipped(&inner, CompressionMethod::Stored),
        zipped(&inner, CompressionMethod::Deflated),
        zipped(&nested, CompressionMethod::Deflated),
    ]
}

pub fn profiles() -> Vec<Vec<u8>> {
    let malls = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/malls");
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut folders = vec![malls];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the layouts are there") {
            let path = entry.expect("readable").path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    bytes(&paths)
}

pub fn money() -> Vec<Vec<u8>> {
    vec![
        "1000\n¥1,234\n1234円\n1234.00\n１２３\n-9999\n-99999\n▲5\n0\n\n999999999\n1000000000\n10%\n0.08\n0.1\n1E+10"
            .into(),
    ]
}

pub fn dates() -> Vec<Vec<u8>> {
    let forms = ["%d/%m/%Y %H:%M:%S", "%Y年%m月%d日", "%s", "%Y-%m-%dT%H:%M:%S%z", "%b %d, %Y", "%G-W%V-%u", "%Y%j"];
    let cells = "2026-03-01 10:00:00\n2026/3/1\n2026年3月1日 1:02\n20260301\n20260301100000\n2026-03-01T10:00:00+09:00\n\
        2026-03-01T01:00:00Z\n2026.3.1 10:00:00.5\n2026-02\n2026-03-01T10:00:00\n31/12/2025 23:59:59\n1772326800\nMar 01, 2026\n2026-W09-7\n2026060";
    forms.map(|form| format!("{form}\n{cells}").into_bytes()).into()
}

pub fn people() -> Vec<Vec<u8>> {
    vec![
        "090-0000-1111\na@example.jp\n髙﨑\n太郎\nタカサキ\nタロウ\n100-0001".into(),
        "０３（0000）1111\n\"A B\"@example.jp\n\nSmith\nｽﾐｽ\n\n1000001\n+81 90 0000 1111\n0120-000-000".into(),
    ]
}

pub fn questions() -> Vec<Vec<u8>> {
    vec![
        br#"{"as_of":"2026-03-01","from":"2026-01-01","to":null,"mall":"rakuten","item":"tea","group":"champions"}"#.to_vec(),
        b"group:champions\ncell:5:4\ncohort:2025-01\ncohort:2025-01:3\nmonth:2025-03:new\nobserved:365\naction:f2_window".to_vec(),
        b"cohort:quarter:3:2025-Q1\ncohort:first_item:all:rakuten:a:b\ncohort:week:to-9:2025-01-06\ngrowth:of:f2\ngrowth:kept:2025-06-30".to_vec(),
    ]
}

/// Not lists of damages: files that are no ledger.
pub fn ledgers() -> Vec<Vec<u8>> {
    let head = b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20\0\0\0\x01\0\0\0\x01".to_vec();
    vec![Vec::new(), head.clone(), [head, vec![0; 600]].concat(), b"cut 4096\n".to_vec(), b"set 0 00\n".to_vec()]
}

pub fn imports() -> Vec<Vec<u8>> {
    let mut all = bytes(&a_bit_of_everything());
    all.extend(archives());
    all
}

/// Files of both malls, orders and others.
pub fn a_bit_of_everything() -> Vec<PathBuf> {
    let malls = fixtures().join("malls");
    [
        "rakuten-order-current/two-ship-tos/export.csv",
        "rakuten-order-current/statuses-and-cancelled/export.csv",
        "yahoo-order-packed/template-with-lines/export.csv",
        "yahoo-order/current-layout/orders.csv",
        "yahoo-order/current-layout/lines.csv",
        "yahoo-order/half-alone/export.csv",
        "item-costs/usual/export.csv",
        "rakuten-review/usual/export.csv",
        "rakuten-settlement-journal/usual/export.csv",
        "rakuten-dd-campaigns/usual/export.csv",
        "rakuten-dd-purchaser-monthly/usual/export.csv",
        "yahoo-item-report/usual/export.csv",
        "rakuten-normal-item/parent-and-skus/export.csv",
    ]
    .map(|path| malls.join(path))
    .into()
}

/// A small file none of the others holds.
pub fn one_more_file() -> PathBuf {
    fixtures().join("malls/rakuten-order-current/subscription/export.csv")
}
