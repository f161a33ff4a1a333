//! The table from which a ledger can be made again: one row per line, one per parcel. Its layout is the profile
//! `assets/malls/otokui-orders.json`; `intake::own_export` reads it back.

use super::super::session::Session;
use super::paper::{Cell, Column, Kind, Table};
use crate::intake::own_export::{LINE_ROW, ORDER_ROW, PARCEL_ROW};
use crate::intake::{Field, Profile};
use crate::shop::{Order, OrderLine, ShipTo, Text, Yen};

/// Field, stable name, kind, whether it is about a person.
pub(super) const COLUMNS: &[(Field, &str, Kind, bool)] = &[
    (Field::OrderKey, "order_key", Kind::Text, false),
    (Field::RowPlace, "row_place", Kind::Number, false),
    (Field::RowCount, "row_count", Kind::Number, false),
    (Field::RowKind, "row_kind", Kind::Text, false),
    (Field::MallWord, "mall", Kind::Text, false),
    (Field::Store, "store", Kind::Text, false),
    (Field::OrderNumber, "order_number", Kind::Text, false),
    (Field::OrderedAt, "ordered_at", Kind::Moment, false),
    (Field::TimeKnown, "time_known", Kind::Flag, false),
    (Field::Status, "status", Kind::Text, false),
    (Field::Provisional, "provisional", Kind::Flag, false),
    (Field::StatusCode, "status_code", Kind::Number, false),
    (Field::NewestAt, "newest_at", Kind::Moment, false),
    (Field::CustomerKey, "customer_key", Kind::Text, false),
    (Field::BuyerFamilyName, "buyer_family_name", Kind::Text, true),
    (Field::BuyerGivenName, "buyer_given_name", Kind::Text, true),
    (Field::BuyerFamilyKana, "buyer_family_kana", Kind::Text, true),
    (Field::BuyerGivenKana, "buyer_given_kana", Kind::Text, true),
    (Field::BuyerPostal1, "buyer_postal_code", Kind::Text, true),
    (Field::BuyerPrefecture, "buyer_prefecture", Kind::Text, true),
    (Field::BuyerCity, "buyer_city", Kind::Text, true),
    (Field::BuyerStreet, "buyer_street", Kind::Text, true),
    (Field::BuyerPhone1, "buyer_phone", Kind::Text, true),
    (Field::BuyerMail, "buyer_mail", Kind::Text, true),
    (Field::ShopCoupon, "shop_coupon", Kind::Yen, false),
    (Field::Discount, "shop_discount", Kind::Yen, false),
    (Field::Refund, "refund", Kind::Yen, false),
    (Field::MallCoupon, "mall_coupon", Kind::Yen, false),
    (Field::PointsUsed, "points_used", Kind::Yen, false),
    (Field::GiftCard, "gift_card", Kind::Yen, false),
    (Field::Postage, "postage_charged", Kind::Yen, false),
    (Field::Cod, "cod_charged", Kind::Yen, false),
    (Field::Wrapping1, "wrapping_charged", Kind::Yen, false),
    (Field::Billed, "billed", Kind::Yen, false),
    (Field::ParentNumber, "parent_number", Kind::Text, false),
    (Field::SubscriptionDelivery, "subscription_delivery", Kind::Number, false),
    (Field::ShopCouponName, "shop_coupon_name", Kind::Text, false),
    (Field::PaymentName, "payment", Kind::Text, false),
    (Field::Affiliate, "affiliate", Kind::Flag, false),
    (Field::MeansKnown, "means_known", Kind::Flag, false),
    (Field::LineKey, "line_key", Kind::Text, false),
    (Field::ItemCode, "item_code", Kind::Text, false),
    (Field::Sku, "sku", Kind::Text, false),
    (Field::ItemName, "item_name", Kind::Text, false),
    (Field::SkuText, "variation", Kind::Text, false),
    (Field::Quantity, "quantity", Kind::Number, false),
    (Field::UnitPrice, "unit_price", Kind::Yen, false),
    (Field::TaxRate, "tax_permille", Kind::Number, false),
    (Field::PointMultiplier, "point_multiplier", Kind::Number, false),
    (Field::ShipToKey, "ship_to_key", Kind::Text, false),
    (Field::SameShipTo, "same_as_buyer", Kind::Flag, false),
    (Field::ShipToPostage, "ship_to_postage", Kind::Yen, false),
    (Field::RecipientFullName, "recipient_name", Kind::Text, true),
    (Field::RecipientFullKana, "recipient_kana", Kind::Text, true),
    (Field::RecipientPostal1, "recipient_postal_code", Kind::Text, true),
    (Field::RecipientPrefecture, "recipient_prefecture", Kind::Text, true),
    (Field::RecipientCity, "recipient_city", Kind::Text, true),
    (Field::RecipientStreet, "recipient_street", Kind::Text, true),
    (Field::RecipientPhone1, "recipient_phone", Kind::Text, true),
];

/// The table; without names its personal columns are left out.
pub(super) fn table(session: &Session, with_names: bool) -> Table {
    let profile = Profile::of_own_export();
    let word = |key: &str| session.catalogue.word(key);
    let suffix = if with_names { word("export-file-personal") } else { String::new() };
    Table {
        file: format!("otokui-orders{suffix}"),
        sheet: word("export-sheet-orders"),
        columns: COLUMNS
            .iter()
            .filter(|(.., personal)| with_names || !personal)
            .map(|(field, id, kind, _)| Column { id, head: profile.header(*field).to_owned(), kind: *kind })
            .collect(),
        personal: with_names,
    }
}

/// The rows of an order: its lines, its parcels, or one row when it has neither.
pub(super) fn rows(order: &Order, with_names: bool) -> Vec<Vec<Cell>> {
    let lines = order.lines.iter().map(Row::Line);
    let mut parts: Vec<Row<'_>> = lines.chain(order.ship_tos.iter().map(Row::Parcel)).collect();
    if parts.is_empty() {
        parts.push(Row::Order);
    }
    let count = parts.len();
    let columns = || COLUMNS.iter().filter(|(.., personal)| with_names || !personal);
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| columns().map(|(field, ..)| cell(order, part, *field, at, count)).collect())
        .collect()
}

/// Names an order: mall, store and number.
pub(super) fn key(order: &Order) -> String {
    format!("{}:{}:{}", order.mall.word(), order.store, order.number)
}

enum Row<'o> {
    Line(&'o OrderLine),
    Parcel(&'o ShipTo),
    Order,
}

fn cell(order: &Order, row: &Row<'_>, field: Field, at: usize, count: usize) -> Cell {
    let text = |text: &Text| Cell::Text(text.to_string());
    let yen = |yen: Yen| Cell::Number(yen.0);
    let buyer = &order.buyer;
    match field {
        Field::OrderKey => key(order).into(),
        Field::RowPlace => Cell::Number(at as i64 + 1),
        Field::RowCount => Cell::Number(count as i64),
        Field::RowKind => match row {
            Row::Line(_) => LINE_ROW.into(),
            Row::Parcel(_) => PARCEL_ROW.into(),
            Row::Order => ORDER_ROW.into(),
        },
        Field::MallWord => order.mall.word().into(),
        Field::Store => text(&order.store),
        Field::OrderNumber => text(&order.number),
        Field::OrderedAt => Cell::Moment(order.ordered_at),
        Field::TimeKnown => order.time_known.into(),
        Field::MeansKnown => order.means_known.into(),
        Field::Status => status_label(order).into(),
        Field::Provisional => order.provisional.into(),
        Field::StatusCode => Cell::Number(i64::from(order.status_code)),
        Field::NewestAt => Cell::Moment(order.newest_at),
        Field::CustomerKey => text(&order.customer_key),
        Field::BuyerFamilyName => text(&buyer.family_name),
        Field::BuyerGivenName => text(&buyer.given_name),
        Field::BuyerFamilyKana => text(&buyer.family_kana),
        Field::BuyerGivenKana => text(&buyer.given_kana),
        Field::BuyerPostal1 => text(&buyer.postal_code),
        Field::BuyerPrefecture => text(&buyer.prefecture),
        Field::BuyerCity => text(&buyer.city),
        Field::BuyerStreet => text(&buyer.street),
        Field::BuyerPhone1 => text(&buyer.phone),
        Field::BuyerMail => text(&buyer.mail),
        Field::ShopCoupon => yen(order.shop_coupon),
        Field::Discount => yen(order.shop_discount),
        Field::Refund => yen(order.refund),
        Field::MallCoupon => yen(order.mall_coupon),
        Field::PointsUsed => yen(order.points_used),
        Field::GiftCard => yen(order.gift_card),
        Field::Postage => yen(order.postage_charged),
        Field::Cod => yen(order.cod_charged),
        Field::Wrapping1 => yen(order.wrapping_charged),
        Field::Billed => order.billed.map_or(Cell::Empty, yen),
        Field::ParentNumber => order.parent_number.as_ref().map_or(Cell::Empty, text),
        Field::SubscriptionDelivery => Cell::Number(i64::from(order.subscription_delivery)),
        Field::ShopCouponName => text(&order.shop_coupon_name),
        Field::PaymentName => payment_label(order).into(),
        Field::Affiliate => order.affiliate.map_or(Cell::Empty, Cell::from),
        _ => match row {
            Row::Line(line) => line_cell(line, field),
            Row::Parcel(parcel) => parcel_cell(parcel, field),
            Row::Order if matches!(kind(field), Kind::Text) => Cell::Text(String::new()),
            Row::Order => Cell::Empty,
        },
    }
}

fn line_cell(line: &OrderLine, field: Field) -> Cell {
    let text = |text: &Text| Cell::Text(text.to_string());
    match field {
        Field::LineKey => text(&line.line_key),
        Field::ShipToKey => text(&line.ship_to_key),
        Field::ItemCode => text(&line.item_code),
        Field::Sku => text(&line.sku),
        Field::ItemName => text(&line.item_name),
        Field::SkuText => text(&line.variation),
        Field::Quantity => Cell::Number(line.quantity),
        Field::UnitPrice => Cell::Number(line.unit_price.0),
        Field::TaxRate => line.tax_permille.map_or(Cell::Empty, |rate| Cell::Number(i64::from(rate))),
        Field::PointMultiplier => Cell::Number(i64::from(line.point_multiplier)),
        _ => Cell::Empty,
    }
}

fn parcel_cell(parcel: &ShipTo, field: Field) -> Cell {
    let to = &parcel.recipient;
    match field {
        Field::ShipToKey => Cell::Text(parcel.ship_to_key.to_string()),
        Field::SameShipTo => parcel.same_as_buyer.into(),
        Field::ShipToPostage => Cell::Number(parcel.postage.0),
        Field::RecipientFullName => to.full_name().into(),
        Field::RecipientFullKana => Cell::Text(to.family_kana.to_string()),
        Field::RecipientPostal1 => Cell::Text(to.postal_code.to_string()),
        Field::RecipientPrefecture => Cell::Text(to.prefecture.to_string()),
        Field::RecipientCity => Cell::Text(to.city.to_string()),
        Field::RecipientStreet => Cell::Text(to.street.to_string()),
        Field::RecipientPhone1 => Cell::Text(to.phone.to_string()),
        _ => Cell::Empty,
    }
}

fn kind(field: Field) -> Kind {
    COLUMNS.iter().find(|(of, ..)| *of == field).map_or(Kind::Text, |(_, _, kind, _)| *kind)
}

fn payment_label(order: &Order) -> &'static str {
    let payments = &Profile::of_own_export().payments;
    let row = payments.iter().find(|row| Some(row.payment) == order.payment);
    row.and_then(|row| row.labels.first()).map_or("", |label| label)
}

fn status_label(order: &Order) -> &'static str {
    let statuses = &Profile::of_own_export().statuses;
    statuses.iter().find(|row| row.status == order.status).map_or("", |row| &row.label)
}
