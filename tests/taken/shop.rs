//! The shop of `tests/actions.rs` that has one card, as a file: ¥1,000 an order at Rakuten.

use super::shops;
use otokui_lib::app::Session;
use otokui_lib::shop::Day;
use std::path::PathBuf;

/// The last day of the shop, counted from its day 0.
pub const AT: i32 = 400;

pub fn day(number: i32) -> Day {
    Day::from_ymd(2024, 9, 26).expect("a day") + number
}

/// Customers 1–40 bought on day 180 and again 20, 20, 40 or 60 days later, 41–50 on day 180 alone, 51–55 on day 355.
/// Median gap 40 days, lapse day 60 (worked out in `tests/actions.rs`), so that 51–55 are between the two on day 400.
/// One of the first forty comes once more on day 400, so that the ledger ends there.
pub fn orders() -> Vec<(u32, i32)> {
    let mut orders = Vec::new();
    for customer in 1..=40u32 {
        let gap = [20, 20, 40, 60][(customer as usize - 1) / 10];
        orders.extend([(customer, 180), (customer, 180 + gap)]);
    }
    orders.extend((41..=50).map(|customer| (customer, 180)));
    orders.extend((51..=55).map(|customer| (customer, 355)));
    orders.push((56, AT));
    orders
}

/// The shop in a ledger, and its file.
pub fn shop() -> (tempfile::TempDir, Session, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = String::from(
        "\u{feff}注文番号,ステータス,注文日時,商品管理番号,個数,単価,注文者姓,注文者名,注文者電話番号1,注文者郵便番号1,注文者住所それ以降の住所\n",
    );
    for (number, (customer, on)) in orders().into_iter().enumerate() {
        let (year, month, day) = day(on).ymd();
        text += &format!(
            "400001-{year}{month:02}{day:02}-{number:010},700,{year}-{month:02}-{day:02} 12:00:00,item-{customer},1,1000,\
             見本{customer},花子{customer},090-{customer:04}-{:04},{:07},町{customer}-1\n",
            customer * 7 % 10_000,
            1_000_000 + customer * 1_111
        );
    }
    let file = folder.path().join("orders.csv");
    std::fs::write(&file, text).expect("written");
    let mut session = shops::empty();
    session.today = day(AT + 5);
    shops::import(&mut session, std::slice::from_ref(&file));
    (folder, session, file)
}
