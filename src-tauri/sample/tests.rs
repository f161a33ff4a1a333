//! What the files say, read back.

use super::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;

type Row = HashMap<String, String>;

struct Shop {
    rakuten: Vec<Row>,
    yahoo: Vec<Row>,
    items: Vec<Row>,
    truth: Vec<Row>,
}

fn written(orders: u32, seed: u64) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = write(orders, seed, folder.path()).expect("the shop is written");
    (folder, paths)
}

fn shop(orders: u32, seed: u64) -> Shop {
    let (_folder, paths) = written(orders, seed);
    let read = |place: usize| rows(&text(&paths[place])).1;
    Shop { rakuten: read(0), yahoo: read(1), items: read(2), truth: read(4) }
}

/// Mall files are CP932 without a single replacement, the others UTF-8.
fn text(path: &Path) -> String {
    let bytes = fs::read(path).expect("the file is there");
    let name = path.file_name().expect("a name").to_string_lossy();
    if name.starts_with("rakuten") || name.starts_with("yahoo") {
        let (text, _, damaged) = encoding_rs::SHIFT_JIS.decode(&bytes);
        assert!(!damaged && !text.contains("&#"), "{name} has characters CP932 cannot write");
        text.into_owned()
    } else {
        String::from_utf8(bytes).expect("UTF-8").trim_start_matches('\u{feff}').to_owned()
    }
}

/// Header and rows of a file in which every field is quoted and every line ends in CRLF.
fn rows(text: &str) -> (Vec<String>, Vec<Row>) {
    let mut records = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let record = records.last_mut().expect("a record");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                record.last_mut().expect("a field").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\r' if !quoted => assert_eq!(chars.next(), Some('\n'), "lines end in CRLF"),
            '\n' if !quoted => panic!("a bare line feed outside quotes"),
            c => record.last_mut().expect("a field").push(c),
        }
        if c == '\r' && !quoted {
            records.push(vec![String::new()]);
        }
    }
    records.pop();
    let header = records.remove(0);
    let row = |fields: Vec<String>| {
        assert_eq!(fields.len(), header.len(), "every row has all columns: {fields:?}");
        header.iter().cloned().zip(fields).collect()
    };
    (header.clone(), records.into_iter().map(row).collect())
}

fn yen(row: &Row, column: &str) -> i64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is no number: {:?}", row[column]))
}

/// Rows of each order, by number.
fn by_order<'a>(rows: &'a [Row], key: &str) -> BTreeMap<&'a str, Vec<&'a Row>> {
    let mut orders: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        orders.entry(&row[key]).or_default().push(row);
    }
    orders
}

#[test]
fn the_same_seed_writes_the_same_bytes() {
    let (_a, first) = written(400, 11);
    let (_b, second) = written(400, 11);
    let (_c, other) = written(400, 12);
    for (one, two) in first.iter().zip(&second) {
        assert_eq!(fs::read(one).expect("a file"), fs::read(two).expect("a file"), "{}", one.display());
    }
    assert_ne!(fs::read(&first[0]).expect("a file"), fs::read(&other[0]).expect("a file"));
}

#[test]
fn the_number_of_orders_is_exact() {
    for (orders, seed) in [(0, 1), (1, 1), (7, 2), (300, 3), (1_000, 4), (2_000, 5)] {
        let shop = shop(orders, seed);
        let rakuten = by_order(&shop.rakuten, "注文番号").len();
        let yahoo = by_order(&shop.yahoo, "Id").len();
        assert_eq!(rakuten + yahoo, orders as usize);
        assert_eq!(shop.truth.len(), orders as usize);
        assert_eq!(by_order(&shop.truth, "order_number").len(), orders as usize, "numbers are used once");
        assert_eq!(by_order(&shop.items, "Id").len(), yahoo, "every Yahoo order has its products");
        if orders >= 300 {
            let share = rakuten as f64 / f64::from(orders);
            assert!((0.6..0.8).contains(&share), "Rakuten has {share:.2} of {orders} orders");
            assert_eq!(&shop.truth[shop.truth.len() - 1]["ordered_at"][..10], "2026-10-31");
        }
    }
}

#[test]
fn headers_are_the_malls_own() {
    let (_folder, paths) = written(20, 1);
    let read = |place: usize| rows(&text(&paths[place])).0;
    assert_eq!(read(0), rakuten::header());
    assert_eq!(read(0).len(), 158);
    assert_eq!(read(1), yahoo::order_header());
    assert_eq!((read(1).len(), read(2).len()), (106, 27));
    assert_eq!(read(2), yahoo::item_header());
    assert_eq!(read(3), ["商品コード", "商品名", "原価"]);
}

#[test]
fn what_a_rakuten_buyer_pays_is_the_sum_of_its_parts() {
    for (number, rows) in by_order(&shop(2_000, 1).rakuten, "注文番号") {
        let head = rows[0];
        let goods: i64 = rows.iter().map(|row| yen(row, "商品毎税込価格") * yen(row, "個数")).sum();
        let wrapping = if head["ラッピング料金1"].is_empty() { 0 } else { yen(head, "ラッピング料金1") };
        let (postage, cod, points) = (yen(head, "送料合計"), yen(head, "代引料合計"), yen(head, "ポイント利用額"));
        let coupon = yen(head, "クーポン利用総額");
        assert_eq!(coupon, yen(head, "店舗発行クーポン利用額") + yen(head, "楽天発行クーポン利用額"), "{number}");
        assert_eq!(yen(head, "商品合計金額"), goods + wrapping, "{number}");
        assert_eq!(yen(head, "合計金額"), goods + wrapping + postage, "{number}");
        let billed = goods + wrapping + postage + cod - coupon - points;
        assert_eq!(yen(head, "請求金額"), billed, "{number}");
        assert!(billed >= 0, "{number}");
        let by_rate = yen(head, "10%請求金額") + yen(head, "8%請求金額");
        assert_eq!(by_rate, billed + points, "{number}: the columns by rate stand before points");
        let mut parcels = BTreeMap::new();
        for row in &rows {
            parcels.insert(&row["送付先ID"], yen(row, "送付先送料"));
            let repeated = ["請求金額", "注文日時", "ステータス", "注文者姓", "10%請求金額"];
            assert!(repeated.iter().all(|column| row[*column] == head[*column]), "{number} repeats itself");
        }
        assert_eq!(parcels.values().sum::<i64>(), postage, "{number}");
        assert_eq!(head["複数送付先フラグ"] == "1", parcels.len() > 1, "{number}");
    }
}

#[test]
fn what_a_yahoo_buyer_pays_is_the_sum_of_its_parts() {
    let shop = shop(2_000, 1);
    let items = by_order(&shop.items, "Id");
    for order in &shop.yahoo {
        let number = &order["Id"];
        let (mut net, mut coupon) = (0, 0);
        for line in &items[number.as_str()] {
            assert_eq!(yen(line, "OriginalPrice"), yen(line, "UnitPrice") + yen(line, "CouponDiscount"), "{number}");
            assert_eq!(yen(line, "LineSubTotal"), yen(line, "UnitPrice") * yen(line, "Quantity"), "{number}");
            net += yen(line, "LineSubTotal");
            coupon += yen(line, "CouponDiscount") * yen(line, "Quantity");
        }
        assert_eq!(yen(order, "ItemCouponDiscount"), coupon, "{number}");
        assert!(yen(order, "TotalMallCouponDiscount") <= 0 && yen(order, "Discount") <= 0, "{number}");
        let parts = ["ShipCharge", "PayCharge", "GiftWrapCharge", "Discount", "TotalMallCouponDiscount"];
        let owed = net + parts.iter().map(|column| yen(order, column)).sum::<i64>() - yen(order, "UsePoint");
        assert_eq!(yen(order, "TotalPrice"), owed, "{number}");
        assert!(owed >= 0, "{number}");
    }
}

#[test]
fn the_truth_agrees_with_the_files() {
    let shop = shop(2_000, 9);
    let (rakuten, yahoo) = (by_order(&shop.rakuten, "注文番号"), by_order(&shop.yahoo, "Id"));
    let items = by_order(&shop.items, "Id");
    for truth in &shop.truth {
        let number = truth["order_number"].as_str();
        let (goods, shop_coupon, discount, points, mall_coupon, cancelled) = if let Some(rows) = rakuten.get(number) {
            let goods: i64 = rows.iter().map(|row| yen(row, "単価") * yen(row, "個数")).sum();
            let cancelled = matches!(rows[0]["ステータス"].as_str(), "800" | "900");
            assert_eq!(truth["ordered_at"].replace('T', " "), rows[0]["注文日時"]);
            let money = |column| yen(rows[0], column);
            (
                goods,
                money("店舗発行クーポン利用額"),
                0,
                money("ポイント利用額"),
                money("楽天発行クーポン利用額"),
                cancelled,
            )
        } else {
            let row = yahoo[number][0];
            let goods = items[number].iter().map(|line| yen(line, "OriginalPrice") * yen(line, "Quantity")).sum();
            assert_eq!(truth["ordered_at"].replace('T', " ").replace('-', "/"), row["OrderTime"]);
            let money = |column| yen(row, column);
            (
                goods,
                money("ItemCouponDiscount"),
                -money("Discount"),
                money("UsePoint"),
                -money("TotalMallCouponDiscount"),
                row["OrderStatus"] == "4",
            )
        };
        assert_eq!(yen(truth, "goods"), goods, "{number}");
        assert_eq!(yen(truth, "net_sales"), goods - shop_coupon - discount, "{number}");
        assert_eq!(yen(truth, "points_used"), points, "{number}");
        assert_eq!((yen(truth, "shop_coupon"), yen(truth, "mall_coupon")), (shop_coupon, mall_coupon), "{number}");
        assert_eq!(truth["status"] == "cancelled", cancelled, "{number}");
        assert!(truth["event"] == "0" || truth["full_value"] == "0", "{number}: an event is no full value");
    }
}

#[test]
fn a_shop_of_two_thousand_orders_has_all_kinds_of_people() {
    let shop = shop(2_000, 1);
    let mut malls: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut events: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for truth in &shop.truth {
        malls.entry(&truth["person"]).or_default().insert(&truth["mall"]);
        *counts.entry(&truth["person"]).or_default() += 1;
        let seen = events.entry(&truth["person"]).or_default();
        *seen = (seen.0 + 1, seen.1 + u32::from(truth["event"] == "1"));
    }
    let people = counts.len() as f64;
    let once = counts.values().filter(|count| **count == 1).count() as f64 / people;
    assert!((0.58..0.75).contains(&once), "{once:.2} of the people bought once");
    assert!(counts.values().filter(|count| **count >= 6).count() >= 20, "regulars");
    assert!(malls.values().filter(|malls| malls.len() == 2).count() >= 10, "people on both malls");
    assert!(events.values().filter(|(all, event)| *all >= 2 && all == event).count() >= 20, "event-only buyers");

    let of = |column: &str, value: &str| shop.rakuten.iter().filter(|row| row[column] == value).count();
    for status in ["100", "300", "500", "600", "700", "900"] {
        assert!(of("ステータス", status) > 0, "status {status}");
    }
    assert!(of("送付先一致フラグ", "0") > 30, "presents");
    assert!(of("複数送付先フラグ", "1") > 0, "several parcels");
    assert!(of("注文種別", "4") > 0, "subscriptions");
    assert!(shop.rakuten.iter().any(|row| row["SKU情報"].contains('\n') && row["SKU管理番号"] != "normal-inventory"));
    assert!(shop.rakuten.iter().any(|row| row["コメント"].contains('\n')));
    assert!(shop.rakuten.iter().any(|row| row["注文者姓"].contains('髙')));
    assert!(shop.rakuten.iter().all(|row| row["注文者メールアドレス"].ends_with("s1@pc.fw.rakuten.ne.jp")));
    let yahoo = |column: &str, value: &str| shop.yahoo.iter().filter(|row| row[column] == value).count();
    assert!(yahoo("OrderStatus", "4") > 0 && yahoo("OrderStatus", "2") > 0 && yahoo("OrderStatus", "5") > 300);
    assert!(shop.items.iter().any(|row| row["Quantity"] == "0"), "cancelled lines");
    let parents: BTreeSet<&str> = shop.yahoo.iter().map(|row| row["OrderId"].as_str()).collect();
    let split: Vec<&Row> = shop.yahoo.iter().filter(|row| !row["ParentOrderId"].is_empty()).collect();
    assert!(!split.is_empty(), "split orders");
    assert!(split.iter().all(|row| parents.contains(row["ParentOrderId"].as_str())), "their parents are there");
}

#[test]
fn a_small_shop_too_has_people_who_come_back() {
    for seed in 1..=5 {
        let shop = shop(300, seed);
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        shop.truth.iter().for_each(|truth| *counts.entry(&truth["person"]).or_default() += 1);
        assert!(counts.len() >= 100, "seed {seed}: {} people", counts.len());
        assert!(counts.values().filter(|count| **count >= 4).count() >= 8, "seed {seed}: regulars");
    }
}

#[test]
fn nothing_is_sold_before_its_first_day() {
    let shop = shop(2_000, 1);
    let first = |code: &str| items::ITEMS.iter().find(|item| item.code == code).and_then(items::Item::first_day);
    for row in &shop.rakuten {
        let day: Day = row["注文日"].parse().expect("a day");
        assert!(first(&row["商品管理番号"]).is_none_or(|first| first <= day), "{} on {day}", row["商品管理番号"]);
    }
    let newest = shop.rakuten.iter().filter(|row| matches!(row["商品管理番号"].as_str(), "pt-007" | "sn-006")).count();
    assert!(newest >= 5, "{newest} lines of the two newest products");
}
