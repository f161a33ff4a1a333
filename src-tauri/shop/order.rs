//! One checkout and the products in it.

use super::Text;
use super::customer::Buyer;
use super::day::{Day, Moment};
use super::money::Yen;
use super::nameless::Keyed;
use super::payment::Payment;
use compact_str::format_compact;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Where it was sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Mall {
    /// Rakuten Ichiba.
    Rakuten,
    /// Yahoo! Shopping.
    Yahoo,
    /// The shop's own list, or a mall Otokui has no profile for.
    Own,
}

impl Mall {
    /// The word on the wire and in the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Mall::Rakuten => "rakuten",
            Mall::Yahoo => "yahoo",
            Mall::Own => "own",
        }
    }
}

impl fmt::Display for Mall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Mall {
    type Err = ();
    fn from_str(text: &str) -> Result<Mall, ()> {
        [Mall::Rakuten, Mall::Yahoo, Mall::Own].into_iter().find(|m| m.word() == text).ok_or(())
    }
}

/// How far an order got. Only `Placed` and `Shipped` are sales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Ordered, not yet sent.
    Placed,
    /// Sent.
    Shipped,
    /// Cancelled, or its cancellation asked for.
    Cancelled,
    /// Sent back completely.
    Returned,
}

impl OrderStatus {
    /// Whether it counts in sales.
    pub fn is_sale(self) -> bool {
        matches!(self, OrderStatus::Placed | OrderStatus::Shipped)
    }
}

/// One checkout, complete with its lines, as one export states it.
///
/// Amounts are tax included. An order is only ever handled whole: an order with an unreadable line is
/// reported, not imported in part.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Where it was sold.
    pub mall: Mall,
    /// The shop at that mall: Rakuten's shop number (prefix of the order number), Yahoo's store account.
    pub store: Text,
    /// The mall's order number as shown to the owner (Rakuten 注文番号; Yahoo `<store>-<number>`).
    pub number: Text,
    /// When it was placed.
    pub ordered_at: Moment,
    /// Whether the export stated the time of day; without it, event windows inside the day are unclear.
    pub time_known: bool,
    /// How far it got.
    pub status: OrderStatus,
    /// Not yet confirmed by the mall (Rakuten 100/200/400, Yahoo 1/2/3); counts as a sale.
    pub provisional: bool,
    /// The mall's own status number, kept for showing and for telling the newer of two exports.
    pub status_code: u16,
    /// The newest moment the export states of this order (ordered, confirmed, shipped, paid …).
    pub newest_at: Moment,
    /// Who ordered; never the ship-to.
    pub buyer: Buyer,
    /// Paid by the shop, taken off the goods.
    pub shop_coupon: Yen,
    /// The shop's manual discount, taken off the goods.
    pub shop_discount: Yen,
    /// Given back to the buyer after the fact.
    pub refund: Yen,
    /// Whether the export has columns for points and for coupons; without them those are 0 because nothing is said.
    pub means_known: bool,
    /// Paid by the mall: a means of payment, not a discount.
    pub mall_coupon: Yen,
    /// Points the buyer used: a means of payment, not a discount.
    pub points_used: Yen,
    /// Gift cards and vouchers of the mall the buyer used: a means of payment.
    pub gift_card: Yen,
    /// What the buyer paid for delivery.
    pub postage_charged: Yen,
    /// What the buyer paid for cash on delivery or another means of payment.
    pub cod_charged: Yen,
    /// What the buyer paid for wrapping.
    pub wrapping_charged: Yen,
    /// How the buyer pays; nothing where the export does not say, or in words that are not known.
    pub payment: Option<Payment>,
    /// Whether it came through an affiliate; nothing where the export does not say.
    pub affiliate: Option<bool>,
    /// What the export says the buyer still pays, if it says so.
    pub billed: Option<Yen>,
    /// The order this one was split from (Yahoo ParentOrderId).
    pub parent_number: Option<Text>,
    /// n of the n-th delivery of a subscription (Rakuten 注文種別 4/5); 0 for an ordinary order.
    pub subscription_delivery: u32,
    /// Code or name of the shop's coupon, if one was used.
    pub shop_coupon_name: Text,
    /// What the file itself calls the customer: whoever has the same is the same person, whatever else is written.
    /// Empty for the malls' exports, which name a person by name, phone and mail.
    pub customer_key: Text,
    /// What stands for the personal text that has been taken out; nothing where it is all there.
    pub keyed: Option<Keyed>,
    /// Products, in file order; at least one, unless the export has no line columns.
    pub lines: Vec<OrderLine>,
    /// Parcels, in file order.
    pub ship_tos: Vec<ShipTo>,
}

/// One product in an order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderLine {
    /// The mall's line id, unique within the order; position when the export has none.
    pub line_key: Text,
    /// Which parcel it went with; empty when not stated.
    pub ship_to_key: Text,
    /// The shop's code of the product (Rakuten 商品管理番号, Yahoo ItemId).
    pub item_code: Text,
    /// The variant (Rakuten SKU管理番号 or システム連携用SKU番号, Yahoo SubCode); may be empty.
    pub sku: Text,
    /// Name as shown in the mall.
    pub item_name: Text,
    /// Chosen options, as text; may be empty.
    pub variation: Text,
    /// Pieces; 0 for a cancelled line.
    pub quantity: i64,
    /// Price of a piece before the shop's coupon.
    pub unit_price: Yen,
    /// Tax rate in thousandths (100 = 10 %), if stated.
    pub tax_permille: Option<u16>,
    /// Point multiplier offered (Rakuten ポイント倍率), 1 when not stated.
    pub point_multiplier: u16,
}

/// One parcel of an order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ShipTo {
    /// The mall's parcel id, unique within the order; empty when there is one parcel without id.
    pub ship_to_key: Text,
    /// Sent to the buyer's own address.
    pub same_as_buyer: bool,
    /// Who received it: a gift's recipient is not the customer.
    pub recipient: Buyer,
    /// Postage of this parcel.
    pub postage: Yen,
}

impl OrderLine {
    /// `unit_price × quantity`.
    pub fn goods(&self) -> Yen {
        self.unit_price * self.quantity
    }
}

impl Order {
    /// Names the store of a Yahoo order whose export states bare numbers, in its own number and in that of its origin. An
    /// empty name changes nothing, nor does any name once there is one.
    pub fn name_store(&mut self, store: &str) {
        if store.is_empty() || !self.store.is_empty() || self.mall != Mall::Yahoo {
            return;
        }
        self.store = store.into();
        self.number = format_compact!("{store}-{}", self.number);
        if let Some(parent) = self.parent_number.take_if(|parent| !parent.contains('-')) {
            self.parent_number = Some(format_compact!("{store}-{parent}"));
        }
    }

    /// Σ lines: price before the shop coupon × quantity.
    pub fn goods(&self) -> Yen {
        self.lines.iter().map(OrderLine::goods).sum()
    }

    /// Goods − shop coupon − shop's discount − refunds. Points used are payment.
    pub fn net_sales(&self) -> Yen {
        self.goods() - self.shop_coupon - self.shop_discount - self.refund
    }

    /// The day it was placed.
    pub fn ordered_on(&self) -> Day {
        self.ordered_at.day()
    }

    /// The phase of an order that is cancelled for good or sent back.
    pub const GONE: u8 = 2;

    /// How far it got, coarsely: 0 open, 1 sent, 2 gone. An order only moves up, so that of two exports the one
    /// further on is the newer. Rakuten's 800 (cancellation asked for) is still open: it can be turned down.
    pub fn phase(&self) -> u8 {
        Order::phase_of(self.mall, self.status, self.status_code)
    }

    /// The same of an order with this status and the mall's number for it.
    pub fn phase_of(mall: Mall, status: OrderStatus, status_code: u16) -> u8 {
        const RAKUTEN_CANCELLATION_ASKED: u16 = 800;
        match status {
            OrderStatus::Placed => 0,
            OrderStatus::Shipped => 1,
            _ if mall == Mall::Rakuten && status_code == RAKUTEN_CANCELLATION_ASKED => 0,
            OrderStatus::Cancelled | OrderStatus::Returned => Order::GONE,
        }
    }

    /// Whether it is of a list of the shop's own that calls its customer something. A table that Otokui wrote has only a
    /// mark of its own there, for all its orders.
    pub fn calls_customer(&self) -> bool {
        let called = self.customer_key.strip_prefix(Mall::Own.word());
        self.mall == Mall::Own && called.is_some_and(|key| key.starts_with(':'))
    }

    /// Whether any parcel went to somebody else.
    pub fn is_gift(&self) -> bool {
        self.ship_tos.iter().any(|parcel| !parcel.same_as_buyer)
    }
}
