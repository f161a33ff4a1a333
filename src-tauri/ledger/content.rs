//! What an order says, as one number: equal numbers, equal orders.

use crate::shop::{Buyer, Mall, Order, OrderLine, Payment, ShipTo, customer};
use std::cell::Cell;
use xxhash_rust::xxh3::xxh3_64;

thread_local! {
    /// What the last feed was gathered in.
    static GATHERED: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Feeds values with their lengths, so that neighbours cannot run into each other. Hashed at once: many small pieces
/// would cost more than the hash.
struct Feed(Vec<u8>);

impl Feed {
    fn new() -> Feed {
        Feed(GATHERED.take())
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as i64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: i64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn buyer(&mut self, buyer: &Buyer) {
        for text in [
            &buyer.family_name,
            &buyer.given_name,
            &buyer.family_kana,
            &buyer.given_kana,
            &buyer.postal_code,
            &buyer.prefecture,
            &buyer.city,
            &buyer.street,
            &buyer.phone,
            &buyer.mail,
        ] {
            self.text(text);
        }
    }

    fn end(mut self) -> i64 {
        let hash = xxh3_64(&self.0) as i64;
        self.0.clear();
        GATHERED.set(self.0);
        hash
    }
}

/// Names an order in the ledger: mall, store, number.
pub(super) fn order_key(order: &Order) -> i64 {
    key_of(order.mall, &order.store, &order.number)
}

/// The same of its parts.
pub(super) fn key_of(mall: Mall, store: &str, number: &str) -> i64 {
    customer::key(&[mall.word(), store, number]) as i64
}

/// The keys under which an order's buyer is found. What a list of the shop's own calls its customer identifies them
/// by itself: a shared phone or mail address joins nobody there.
pub(super) fn identity_keys(order: &Order) -> Vec<u64> {
    if order.mall == Mall::Own && !order.customer_key.is_empty() {
        return Vec::new();
    }
    order.buyer.identity_keys(order.mall)
}

/// Equal for two buyers written exactly alike at the same mall.
pub(super) fn buyer_hash(order: &Order) -> i64 {
    let mut feed = Feed::new();
    feed.text(order.mall.word());
    if let Some(keyed) = &order.keyed {
        feed.number(keyed.buyer as i64);
        return feed.end();
    }
    feed.buyer(&order.buyer);
    // Nobody is named: nothing says that two such orders are one person's.
    if order.buyer.is_nobody() {
        feed.text(if order.customer_key.is_empty() { &order.number } else { &order.customer_key });
    } else if !order.customer_key.is_empty() && identity_keys(order).is_empty() {
        // A name alone tells nobody apart; what the file calls its customer does.
        feed.text(&order.customer_key);
    }
    feed.end()
}

/// Equal for two lines whose product is written alike.
pub(super) fn product_hash(mall: &str, line: &OrderLine) -> i64 {
    let mut feed = Feed::new();
    for text in [mall, &line.item_code, &line.sku, &line.item_name, &line.variation] {
        feed.text(text);
    }
    feed.end()
}

/// Equal for two orders of which the ledger keeps the same, whatever the order of their rows in the file: what is
/// read back from a ledger has the hash it was recorded with.
pub(super) fn content_hash(order: &Order) -> i64 {
    let mut feed = Feed::new();
    feed.number(order.ordered_at.0);
    feed.number(order.newest_at.0);
    feed.number(i64::from(order.time_known));
    feed.number(order.status as i64);
    feed.number(i64::from(order.status_code));
    feed.number(i64::from(order.provisional));
    feed.buyer(&order.buyer);
    for amount in [
        order.shop_coupon,
        order.shop_discount,
        order.refund,
        order.mall_coupon,
        order.points_used,
        order.gift_card,
        order.postage_charged,
        order.cod_charged,
        order.wrapping_charged,
    ] {
        feed.number(amount.0);
    }
    feed.number(order.billed.map_or(i64::MIN, |yen| yen.0));
    feed.text(order.parent_number.as_deref().unwrap_or(""));
    feed.number(i64::from(order.subscription_delivery));
    // As older programs had it where they are stated, as nearly always.
    if !order.means_known {
        feed.text("means unknown");
    }
    feed.text(&order.shop_coupon_name);
    let mut lines: Vec<&OrderLine> = order.lines.iter().collect();
    lines.sort_by(|a, b| (&a.ship_to_key, &a.line_key).cmp(&(&b.ship_to_key, &b.line_key)));
    for line in lines {
        for text in [&line.line_key, &line.ship_to_key, &line.item_code, &line.sku, &line.item_name, &line.variation] {
            feed.text(text);
        }
        feed.number(line.quantity);
        feed.number(line.unit_price.0);
        feed.number(line.tax_permille.map_or(-1, i64::from));
        feed.number(i64::from(line.point_multiplier));
    }
    let mut parcels: Vec<&ShipTo> = kept_parcels(order).iter().collect();
    parcels.sort_by(|a, b| a.ship_to_key.cmp(&b.ship_to_key));
    for parcel in parcels {
        feed.text(&parcel.ship_to_key);
        feed.number(i64::from(parcel.same_as_buyer));
        feed.number(parcel.postage.0);
        let to = &parcel.recipient;
        feed.text(&to.full_name());
        feed.text(&full_kana(to));
        for text in [&to.postal_code, &to.prefecture, &to.city, &to.street, &to.phone] {
            feed.text(text);
        }
    }
    if let Some(keyed) = &order.keyed {
        feed.number(keyed.content as i64);
    }
    feed.end() ^ fees_hash(order.payment, order.affiliate)
}

/// What payment and affiliate add to the hash of an order: nothing where neither is said, so that it hashes as it did
/// before there was either. Taken off again, it leaves the hash of all else the order says.
pub(super) fn fees_hash(payment: Option<Payment>, affiliate: Option<bool>) -> i64 {
    if payment.is_none() && affiliate.is_none() {
        return 0;
    }
    let mut feed = Feed::new();
    feed.text("payment");
    feed.number(payment.map_or(-1, |payment| i64::from(payment.number())));
    feed.number(affiliate.map_or(-1, i64::from));
    feed.end()
}

/// How much is said of what decides the fees: one each for how it was paid and for the affiliate.
pub(super) fn said_of_fees(payment: Option<Payment>, affiliate: Option<bool>) -> i64 {
    i64::from(payment.is_some()) + i64::from(affiliate.is_some())
}

/// The parcels that are worth a row: the only one of an order, sent to the buyer's own address, says nothing.
pub(super) fn kept_parcels(order: &Order) -> &[ShipTo] {
    match &order.ship_tos[..] {
        [parcel] if parcel.same_as_buyer => &[],
        parcels => parcels,
    }
}

/// Both kana with a space, or whichever is stated.
pub(super) fn full_kana(person: &Buyer) -> String {
    format!("{} {}", person.family_kana, person.given_kana).trim().to_owned()
}

/// Of the coverage: points and coupons.
pub(super) const MEANS: i64 = 4;

/// Of the coverage: what a list of the shop's own calls its customer.
const CALLED: i64 = 8;

/// How one coverage is above another: a buyer and lines are worth more than what the customer is called, and that more than
/// points and coupons.
pub(super) fn rank_of_coverage(coverage: i64) -> i64 {
    4 * (coverage % MEANS) + coverage / MEANS
}

/// How much an export said: 1 a buyer, 2 lines, 4 points and coupons, 8 what a list of the shop's own calls its customer. A
/// template without them never replaces one that has them.
pub(super) fn coverage(order: &Order) -> i64 {
    let said = (!order.buyer.is_nobody(), order.calls_customer());
    let (states_buyer, is_called) =
        order.keyed.as_ref().map_or(said, |keyed| (keyed.states_buyer, keyed.calls_customer));
    i64::from(states_buyer)
        + 2 * i64::from(!order.lines.is_empty())
        + MEANS * i64::from(order.means_known)
        + CALLED * i64::from(is_called)
}

/// The buyer of an order that is somebody else's, from the buyer it would have, and back: applied twice it is the first.
pub(super) fn separated_hash(buyer_hash: i64, order_key: i64) -> i64 {
    let mut feed = Feed::new();
    feed.text("separated");
    feed.number(order_key);
    buyer_hash ^ feed.end()
}
