//! What no mall knows: the true person of each order, and the figures an import must arrive at.
//! And the owner's own list of costs.

use super::checkout::Checkout;
use super::items::ITEMS;
use super::sheet::{Encoding, Sheet};
use crate::shop::{OrderStatus, Payment};
use std::io;
use std::path::Path;

/// File name of the truth.
pub(crate) const FILE: &str = "truth.csv";
/// File name of the cost list.
pub(crate) const COSTS_FILE: &str = "item_costs.csv";

const HEADER: [&str; 14] = [
    "order_number",
    "mall",
    "person",
    "ordered_at",
    "status",
    "goods",
    "net_sales",
    "points_used",
    "shop_coupon",
    "mall_coupon",
    "event",
    "full_value",
    "payment",
    "affiliate",
];

/// Creates the truth file: one row an order, in order of time. Amounts are those of the order's lines, also when it
/// is cancelled; `status` says whether they count.
pub(crate) fn create(folder: &Path) -> io::Result<Sheet> {
    Sheet::create(&folder.join(FILE), Encoding::Utf8, &HEADER)
}

/// Writes the row of one order.
pub(crate) fn write(sheet: &mut Sheet, checkout: &Checkout) -> io::Result<()> {
    let order = &checkout.order;
    sheet.set("order_number", &order.number);
    sheet.set("mall", order.mall);
    sheet.set("person", checkout.person);
    sheet.set("ordered_at", order.ordered_at);
    sheet.set(
        "status",
        match order.status {
            OrderStatus::Placed => "placed",
            OrderStatus::Shipped => "shipped",
            OrderStatus::Cancelled => "cancelled",
            OrderStatus::Returned => "returned",
        },
    );
    sheet.set("goods", order.goods());
    sheet.set("net_sales", order.net_sales());
    sheet.set("points_used", order.points_used);
    sheet.set("shop_coupon", order.shop_coupon);
    sheet.set("mall_coupon", order.mall_coupon);
    sheet.set("event", u8::from(checkout.is_event));
    sheet.set("full_value", u8::from(checkout.is_full_value));
    sheet.set("payment", order.payment.map_or("", Payment::word));
    sheet.set("affiliate", order.affiliate.map_or("", |came| if came { "1" } else { "0" }));
    sheet.write_row()
}

/// Writes the cost list: one row a product, the newest ones without a cost.
pub(crate) fn write_costs(folder: &Path) -> io::Result<()> {
    let header = ["商品コード", "商品名", "原価"];
    let mut sheet = Sheet::create(&folder.join(COSTS_FILE), Encoding::Utf8WithMark, &header)?;
    for item in ITEMS {
        sheet.set("商品コード", item.code);
        sheet.set("商品名", item.name);
        sheet.set("原価", item.cost.map(|cost| cost.to_string()).unwrap_or_default());
        sheet.write_row()?;
    }
    sheet.finish()
}
