//! The Rakuten order file: current layout, 158 columns, one row for each product of each parcel.
//!
//! Columns and codes after `mall-exports.md` §1. 合計金額 is goods, wrapping and postage; 請求金額 adds the
//! cash-on-delivery fee and takes off coupons and points; the columns by tax rate stand before points.

use super::checkout::Checkout;
use super::sheet::{Encoding, Sheet};
use crate::shop::{Buyer, Moment, Order, Payment, Yen};
use std::io;
use std::path::Path;

/// File name.
pub(crate) const FILE: &str = "rakuten_orders.csv";

/// Column names in file order.
pub(crate) fn header() -> Vec<&'static str> {
    include_str!("../../assets/sample/rakuten-order-current.txt").lines().collect()
}

/// Creates the file, with what is the same in every order already set.
pub(crate) fn create(folder: &Path) -> io::Result<Sheet> {
    let mut sheet = Sheet::create(&folder.join(FILE), Encoding::Cp932, &header())?;
    let zero = [
        "離島フラグ",
        "楽天確認中フラグ",
        "警告表示タイプ",
        "購入履歴修正有無フラグ",
        "消費税合計",
        "送付先消費税合計",
        "メールキャリアコード",
        "あす楽希望フラグ",
        "医薬品受注フラグ",
        "楽天スーパーDEAL商品受注フラグ",
        "メンバーシッププログラム受注タイプ",
        "決済手数料",
        "注文者負担金合計",
        "店舗負担金合計",
        "外税合計",
        "ラッピング税額2",
        "送付先外税合計",
        "10%決済手数料",
        "10%利用ポイント数",
        "8%決済手数料",
        "8%利用ポイント数",
        "0%税率",
        "0%請求金額",
        "0%請求額に対する税額",
        "0%合計金額",
        "0%決済手数料",
        "0%クーポン割引額",
        "0%利用ポイント数",
        "単品配送フラグ",
        "領収書発行回数",
        "代引手数料込別",
    ];
    zero.into_iter().for_each(|column| sheet.set(column, 0));
    for column in ["決済手数料税率", "送付先送料税率", "送付先代引料税率", "10%税率"] {
        sheet.set(column, "0.1");
    }
    for (column, value) in [
        ("配送方法", "宅配便"),
        ("配送区分", "普通"),
        ("楽天会員フラグ", "1"),
        ("納期情報", "1～2日以内に発送予定（店舗休業日を除く）"),
        ("在庫タイプ", "1"),
        ("8%税率", "0.08"),
        ("税込別", "1"),
        ("購入時配送会社", "1001"),
    ] {
        sheet.set(column, value);
    }
    Ok(sheet)
}

/// Writes all rows of one order.
pub(crate) fn write(sheet: &mut Sheet, checkout: &Checkout) -> io::Result<()> {
    let order = &checkout.order;
    order_cells(sheet, checkout);
    money_cells(sheet, order);
    tax_cells(sheet, order);
    person_cells(sheet, &BUYER, &order.buyer);
    for parcel in &order.ship_tos {
        let lines = || order.lines.iter().filter(|line| line.ship_to_key == parcel.ship_to_key);
        let goods: Yen = lines().map(|line| line.goods()).sum();
        person_cells(sheet, &RECIPIENT, &parcel.recipient);
        sheet.set("送付先ID", &parcel.ship_to_key);
        sheet.set("送付先送料", parcel.postage);
        sheet.set("送付先代引料", order.cod_charged);
        sheet.set("送付先商品合計金額", goods);
        sheet.set("送付先合計金額", goods + parcel.postage + order.cod_charged);
        sheet.set("のし", checkout.occasion);
        for (line, item) in order.lines.iter().zip(&checkout.items) {
            if line.ship_to_key != parcel.ship_to_key {
                continue;
            }
            sheet.set("商品明細ID", &line.line_key);
            sheet.set("商品ID", 10_000_001 + item);
            sheet.set("商品名", &line.item_name);
            sheet.set("商品番号", &line.item_code);
            sheet.set("商品管理番号", &line.item_code);
            sheet.set("単価", line.unit_price);
            sheet.set("商品毎税込価格", line.unit_price);
            sheet.set("個数", line.quantity);
            sheet.set("送料込別", u8::from(line.item_name.contains("送料無料") || line.unit_price == Yen(1_000)));
            sheet.set("商品税率", if line.tax_permille == Some(80) { "0.08" } else { "0.1" });
            sheet.set("ポイント倍率", line.point_multiplier);
            sheet.set("項目・選択肢", choices(checkout));
            sheet.set("SKU管理番号", if line.sku.is_empty() { "normal-inventory" } else { &line.sku });
            sheet.set("システム連携用SKU番号", &line.sku);
            sheet.set("SKU情報", &line.variation);
            sheet.write_row()?;
        }
    }
    Ok(())
}

fn order_cells(sheet: &mut Sheet, checkout: &Checkout) {
    let order = &checkout.order;
    let day = order.ordered_on();
    let text = moment(order.ordered_at);
    sheet.set("注文番号", &order.number);
    sheet.set("ステータス", order.status_code);
    sheet.set("注文日", day);
    sheet.set("注文時間", &text[11..]);
    sheet.set("注文日時", text);
    let confirmed = if order.status_code == 100 { String::new() } else { moment(checkout.confirmed_at) };
    sheet.set("注文確認日時", &confirmed);
    sheet.set("注文確定日時", if order.status_code == 200 { "" } else { &confirmed });
    let shipped = checkout.shipped_at.map(moment).unwrap_or_default();
    sheet.set("発送指示日時", checkout.shipped_at.map(|at| moment(at.day().at(8, 30, 0))).unwrap_or_default());
    sheet.set("発送完了報告日時", shipped);
    let (payment, card) = match checkout.order.payment.unwrap_or(Payment::Other) {
        Payment::Card => ("クレジットカード", "一括払い"),
        Payment::CashOnDelivery => ("代金引換", ""),
        Payment::ConvenienceStore => ("セブンイレブン（前払）", ""),
        Payment::Deferred => ("後払い決済", ""),
        Payment::BankTransfer => ("銀行振込", ""),
        Payment::Points => ("ポイント全額払い", ""),
        Payment::PayPay | Payment::Carrier | Payment::Other => ("", ""),
    };
    sheet.set("支払方法名", payment);
    sheet.set("クレジットカード支払い方法", card);
    let is_subscription = order.subscription_delivery > 0;
    sheet.set("注文種別", if is_subscription { 4 } else { 1 });
    sheet.set(
        "申込番号",
        if is_subscription { format!("{}-{:08}-r", order.store, checkout.person) } else { String::new() },
    );
    sheet.set("申込お届け回数", if is_subscription { order.subscription_delivery.to_string() } else { String::new() });
    sheet.set("複数送付先フラグ", u8::from(order.ship_tos.len() > 1));
    sheet.set("送付先一致フラグ", u8::from(!order.is_gift()));
    sheet.set("注文者性別", if checkout.is_woman { "女" } else { "男" });
    sheet.set("ギフト配送希望", u8::from(order.is_gift()));
    sheet.set("コメント", &checkout.comment);
    sheet.set("お届け時間帯", checkout.wished_hours.0);
    sheet.set("お届け日指定", checkout.wished_on.map(|day| day.to_string()).unwrap_or_default());
    sheet.set("利用端末", if checkout.on_phone { 11 + order.ordered_at.0 % 2 } else { 0 });
    sheet.set("店舗発行クーポンコード", &checkout.shop_coupon_code);
    sheet.set("店舗発行クーポン名", &order.shop_coupon_name);
    sheet.set("楽天発行クーポンコード", if order.mall_coupon > Yen::ZERO { "MALL-0000-TEST-CPN0" } else { "" });
    sheet.set("楽天発行クーポン名", checkout.mall_coupon_name);
}

fn money_cells(sheet: &mut Sheet, order: &Order) {
    let goods = order.goods() + order.wrapping_charged;
    sheet.set("商品合計金額", goods);
    sheet.set("送料合計", order.postage_charged);
    sheet.set("代引料合計", order.cod_charged);
    sheet.set("合計金額", goods + order.postage_charged);
    sheet.set("請求金額", order.billed.unwrap_or_default());
    sheet.set("ポイント利用額", order.points_used);
    sheet.set("クーポン利用総額", order.shop_coupon + order.mall_coupon);
    sheet.set("店舗発行クーポン利用額", order.shop_coupon);
    sheet.set("楽天発行クーポン利用額", order.mall_coupon);
    let wrapped = order.wrapping_charged > Yen::ZERO;
    sheet.set("ラッピングタイトル1", if wrapped { "包装紙" } else { "" });
    sheet.set("ラッピング名1", if wrapped { "こもれび柄の包装紙（有料）" } else { "" });
    sheet.set("ラッピング料金1", if wrapped { order.wrapping_charged.to_string() } else { String::new() });
    sheet.set("ラッピング税込別1", if wrapped { "1" } else { "" });
    sheet.set("ラッピング種類1", if wrapped { "1" } else { "" });
    sheet.set("ラッピング税率1", if wrapped { "0.1" } else { "" });
    sheet.set("ラッピング税額1", if wrapped { (order.wrapping_charged.0 / 11).to_string() } else { String::new() });
}

/// Amounts by tax rate, before points; postage, wrapping and fees are taxed at 10 %, coupons shared by goods.
fn tax_cells(sheet: &mut Sheet, order: &Order) {
    let goods_at = |permille: u16| -> i64 {
        order.lines.iter().filter(|line| line.tax_permille == Some(permille)).map(|line| line.goods().0).sum()
    };
    let (goods_8, goods_10) = (goods_at(80), goods_at(100));
    let coupon = (order.shop_coupon + order.mall_coupon).0;
    let coupon_8 = if goods_8 + goods_10 > 0 { coupon * goods_8 / (goods_8 + goods_10) } else { 0 };
    let coupon_10 = coupon - coupon_8;
    let extra = (order.postage_charged + order.wrapping_charged).0;
    let (billed_8, billed_10) = (goods_8 - coupon_8, goods_10 + extra + order.cod_charged.0 - coupon_10);
    sheet.set("10%請求金額", billed_10);
    sheet.set("10%請求額に対する税額", billed_10 * 10 / 110);
    sheet.set("10%合計金額", goods_10 + extra);
    sheet.set("10%クーポン割引額", coupon_10);
    sheet.set("8%請求金額", billed_8);
    sheet.set("8%請求額に対する税額", billed_8 * 8 / 108);
    sheet.set("8%合計金額", goods_8);
    sheet.set("8%クーポン割引額", coupon_8);
}

/// Columns of one person: postal code ×2, address ×3, name ×2, kana ×2, phone ×3.
type Columns = [&'static str; 12];

const BUYER: Columns = [
    "注文者郵便番号1",
    "注文者郵便番号2",
    "注文者住所都道府県",
    "注文者住所郡市区",
    "注文者住所それ以降の住所",
    "注文者姓",
    "注文者名",
    "注文者姓カナ",
    "注文者名カナ",
    "注文者電話番号1",
    "注文者電話番号2",
    "注文者電話番号3",
];
const RECIPIENT: Columns = [
    "送付先郵便番号1",
    "送付先郵便番号2",
    "送付先住所都道府県",
    "送付先住所郡市区",
    "送付先住所それ以降の住所",
    "送付先姓",
    "送付先名",
    "送付先姓カナ",
    "送付先名カナ",
    "送付先電話番号1",
    "送付先電話番号2",
    "送付先電話番号3",
];

fn person_cells(sheet: &mut Sheet, columns: &Columns, person: &Buyer) {
    let (postal_1, postal_2) = person.postal_code.split_at_checked(3).unwrap_or((&person.postal_code, ""));
    let mut phone = person.phone.splitn(3, '-');
    let values = [
        postal_1,
        postal_2,
        &person.prefecture,
        &person.city,
        &person.street,
        &person.family_name,
        &person.given_name,
        &person.family_kana,
        &person.given_kana,
        phone.next().unwrap_or_default(),
        phone.next().unwrap_or_default(),
        phone.next().unwrap_or_default(),
    ];
    for (column, value) in columns.iter().zip(values) {
        sheet.set(column, value);
    }
    if columns == &BUYER {
        sheet.set("注文者メールアドレス", &person.mail);
    }
}

/// What the buyer chose besides the variant, one choice a line.
fn choices(checkout: &Checkout) -> String {
    match checkout.occasion {
        "" if checkout.order.ordered_at.0 % 7 == 0 => "☆ご確認ください☆:了承しました".to_owned(),
        "" => String::new(),
        occasion => format!("のし:{occasion}\n名入れ:{}", checkout.order.buyer.family_name),
    }
}

/// `YYYY-MM-DD HH:MM:SS`.
fn moment(at: Moment) -> String {
    at.to_string().replace('T', " ")
}
