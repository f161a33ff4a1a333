//! The Yahoo order pair: one row an order, one row a product, joined by OrderId and Id.
//!
//! Columns and signs after `mall-exports.md` §4: UnitPrice stands after the store's coupon, the mall's coupon and
//! the manual discount are negative, TotalPrice is what the buyer still pays.

use super::checkout::Checkout;
use super::sheet::{Encoding, Sheet};
use crate::shop::{Buyer, Moment, Payment, Yen};
use std::io;
use std::path::Path;

/// File names: orders, products.
pub(crate) const FILES: [&str; 2] = ["yahoo_order.csv", "yahoo_item.csv"];

/// Column names of the order file, in file order.
pub(crate) fn order_header() -> Vec<&'static str> {
    include_str!("../../assets/sample/yahoo-order.txt").lines().collect()
}

/// Column names of the product file, in file order.
pub(crate) fn item_header() -> Vec<&'static str> {
    include_str!("../../assets/sample/yahoo-item.txt").lines().collect()
}

/// Both files.
pub(crate) struct Pair {
    orders: Sheet,
    items: Sheet,
}

impl Pair {
    /// Creates both files, with what is the same in every order already set.
    pub(crate) fn create(folder: &Path) -> io::Result<Pair> {
        let mut orders = Sheet::create(&folder.join(FILES[0]), Encoding::Cp932, &order_header())?;
        let mut items = Sheet::create(&folder.join(FILES[1]), Encoding::Cp932, &item_header())?;
        for column in ["IsShippingCoupon", "ArriveType", "NeedBillSlip", "NeedDetailedSlip", "NeedReceipt"] {
            orders.set(column, 0);
        }
        for column in ["StoreStatus", "ShippingCouponDiscount", "UsePointType"] {
            orders.set(column, 0);
        }
        orders.set("ShipMethod", "postage1");
        orders.set("ShipMethodName", "宅配便");
        items.set("Condition", 0);
        items.set("IsGetPointFix", 1);
        Ok(Pair { orders, items })
    }

    /// Writes the rows of one order into both files.
    pub(crate) fn write(&mut self, checkout: &Checkout) -> io::Result<()> {
        self.order_row(checkout)?;
        self.item_rows(checkout)
    }

    /// Writes what is still in memory.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.orders.finish()?;
        self.items.finish()
    }

    fn order_row(&mut self, checkout: &Checkout) -> io::Result<()> {
        let (order, sheet) = (&checkout.order, &mut self.orders);
        sheet.set("Id", &order.number);
        sheet.set("OrderId", bare(&order.number));
        sheet.set("ParentOrderId", order.parent_number.as_deref().map(bare).unwrap_or_default());
        sheet.set("DeviceType", if checkout.on_phone { 3 } else { 1 });
        sheet.set("OrderTime", slashes(order.ordered_at));
        // Japan is nine hours ahead of the epoch's clock.
        sheet.set("OrderTimeUnixEpoch", order.ordered_at.0 - 9 * 3_600);
        sheet.set("OrderStatus", order.status_code);
        sheet.set("IsItemCoupon", u8::from(order.shop_coupon > Yen::ZERO));
        person_cells(sheet, &BILL, &order.buyer);
        sheet.set("BillMailAddress", &order.buyer.mail);
        if let Some(parcel) = order.ship_tos.first() {
            person_cells(sheet, &SHIP, &parcel.recipient);
        }
        let day = |at: Moment| slashes(at)[..10].to_owned();
        sheet.set("ShipDate", checkout.shipped_at.map(day).unwrap_or_default());
        sheet.set("PayDate", if order.status_code == 5 { day(checkout.confirmed_at) } else { String::new() });
        let wished = checkout.wished_on.map(|on| on.to_string().replace('-', "/"));
        sheet.set("ShipRequestDate", wished.unwrap_or_else(|| "お届け日指定なし".to_owned()));
        sheet.set("ShipRequestTime", checkout.wished_hours.1);
        sheet.set("GiftWrapPaperType", checkout.occasion);
        let (code, name, kind) = match order.payment.unwrap_or(Payment::Other) {
            Payment::Card => ("payment_a1", "クレジットカード決済", 0),
            Payment::CashOnDelivery => ("payment_d1", "商品代引", 4),
            Payment::ConvenienceStore => ("payment_a7", "コンビニ決済", 5),
            Payment::Deferred => ("payment_a19", "PayPayクレジット", 6),
            Payment::PayPay => ("payment_a17", "PayPay残高等", 6),
            Payment::Points => ("payment_z1", "ポイント全額払い", 6),
            Payment::BankTransfer | Payment::Carrier | Payment::Other => ("", "", 6),
        };
        sheet.set("IsAffiliate", u8::from(order.affiliate == Some(true)));
        sheet.set("PayMethod", code);
        sheet.set("PayMethodName", name);
        sheet.set("PayKind", kind);
        sheet.set("SettleStatus", if order.status_code == 5 { 5 } else { 1 });
        sheet.set("BuyerComments", &checkout.comment);
        let pieces: Vec<String> =
            order.lines.iter().enumerate().map(|(n, line)| format!("L{}={}", n + 1, line.quantity)).collect();
        sheet.set("QuantityDetail", pieces.join("&"));
        sheet.set("ShipCharge", order.postage_charged);
        sheet.set("PayCharge", order.cod_charged);
        sheet.set("GiftWrapCharge", order.wrapping_charged);
        sheet.set("Discount", -order.shop_discount);
        sheet.set("UsePoint", order.points_used);
        sheet.set("GetPoint", granted(checkout).into_iter().sum::<i64>());
        sheet.set("Total", order.billed.unwrap_or_default());
        sheet.set("TotalPrice", order.billed.unwrap_or_default());
        sheet.set("ItemCouponDiscount", order.shop_coupon);
        sheet.set("TotalMallCouponDiscount", -order.mall_coupon);
        sheet.write_row()
    }

    fn item_rows(&mut self, checkout: &Checkout) -> io::Result<()> {
        let (order, sheet) = (&checkout.order, &mut self.items);
        sheet.set("Id", &order.number);
        sheet.set("OrderId", bare(&order.number));
        let rows = order.lines.iter().zip(&checkout.piece_coupons).zip(granted(checkout)).enumerate();
        for (place, ((line, coupon), points)) in rows {
            let unit_price = line.unit_price - *coupon;
            sheet.set("LineId", place + 1);
            sheet.set("Quantity", line.quantity);
            sheet.set("ItemId", &line.item_code);
            sheet.set("SubCode", &line.sku);
            sheet.set("Title", &line.item_name);
            sheet.set("SubCodeOption", line.variation.replace('\n', ";"));
            let (option, value) = match checkout.occasion {
                "" => (String::new(), String::new()),
                occasion => ("のし;名入れ".to_owned(), format!("{occasion};{}", order.buyer.family_name)),
            };
            sheet.set("ItemOptionName", option);
            sheet.set("ItemOptionValue", value);
            sheet.set("UnitPrice", unit_price);
            sheet.set("UnitGetPoint", if line.quantity > 0 { points / line.quantity } else { 0 });
            sheet.set("LineSubTotal", unit_price * line.quantity);
            sheet.set("LineGetPoint", points);
            sheet.set("CouponId", if *coupon > Yen::ZERO { &checkout.shop_coupon_code } else { "" });
            sheet.set("CouponDiscount", *coupon);
            sheet.set("OriginalPrice", line.unit_price);
            sheet.write_row()?;
        }
        Ok(())
    }
}

/// Points granted, for each line: one for a hundred yen, times the multiplier.
fn granted(checkout: &Checkout) -> Vec<i64> {
    let lines = checkout.order.lines.iter().zip(&checkout.piece_coupons);
    lines
        .map(|(line, coupon)| (line.unit_price - *coupon).0 / 100 * i64::from(line.point_multiplier) * line.quantity)
        .collect()
}

/// Columns of one person: name, given, family, kana ×3, postal code, prefecture, city, address ×2, phone.
type Columns = [&'static str; 12];

const BILL: Columns = [
    "BillName",
    "BillFirstName",
    "BillLastName",
    "BillNameKana",
    "BillFirstNameKana",
    "BillLastNameKana",
    "BillZipCode",
    "BillPrefecture",
    "BillCity",
    "BillAddress1",
    "BillAddress2",
    "BillPhoneNumber",
];
const SHIP: Columns = [
    "ShipName",
    "ShipFirstName",
    "ShipLastName",
    "ShipNameKana",
    "ShipFirstNameKana",
    "ShipLastNameKana",
    "ShipZipCode",
    "ShipPrefecture",
    "ShipCity",
    "ShipAddress1",
    "ShipAddress2",
    "ShipPhoneNumber",
];

fn person_cells(sheet: &mut Sheet, columns: &Columns, person: &Buyer) {
    let (street, house) = person.street.split_once(['\u{3000}', ' ']).unwrap_or((&person.street, ""));
    let name = person.full_name();
    let kana = format!("{} {}", person.family_kana, person.given_kana);
    let values: [&str; 12] = [
        &name,
        &person.given_name,
        &person.family_name,
        &kana,
        &person.given_kana,
        &person.family_kana,
        &person.postal_code,
        &person.prefecture,
        &person.city,
        street,
        house,
        &person.phone,
    ];
    for (column, value) in columns.iter().zip(values) {
        sheet.set(column, value);
    }
}

/// The number without the store account.
fn bare(number: &str) -> &str {
    number.rsplit('-').next().unwrap_or(number)
}

/// `YYYY/MM/DD HH:MM:SS`.
fn slashes(at: Moment) -> String {
    at.to_string().replace('-', "/").replace('T', " ")
}
