//! Otokui's own export of a whole ledger, read back exactly as it was written.
//!
//! One row per line, one per parcel, one for an order that has neither. What belongs to the order stands on each of
//! its rows; every row says its place among them and how many there are, so that a lost row is noticed and a file
//! made of two exports holds nothing twice. Nothing is repaired here: the file is our own.

use super::assemble::{Assembled, Fault, Row};
use super::cell;
use super::problem::{Problem, ProblemKind};
use super::profile::Field;
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::{Buyer, Mall, Moment, Order, OrderLine, ShipTo, Text, Yen};
use rustc_hash::FxHashSet;
use std::ops::RangeInclusive;

/// Pieces and prices beyond those of any export that is read; a price may hold tax and a coupon besides.
const MAX_QUANTITY: i64 = 1_000_000;
const MAX_UNIT_PRICE: i64 = 4_000_000_000;

/// A row that holds a line.
pub const LINE_ROW: &str = "明細";
/// A row that holds a parcel.
pub const PARCEL_ROW: &str = "送付先";
/// The row of an order without lines and parcels.
pub const ORDER_ROW: &str = "受注";

/// What a spreadsheet would take for a formula.
fn begins_a_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r')
}

/// Whether the text carries the mark `'` that [`unmarked`] takes off, or looks as if it did.
pub fn looks_marked(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('\'') && chars.next().is_some_and(|c| begins_a_formula(c) || c == '\'')
}

/// The text as a CSV holds it: what a spreadsheet would take for a formula gets a leading `'`.
pub fn marked(text: &str) -> String {
    let mark = text.starts_with(begins_a_formula) || looks_marked(text);
    format!("{}{text}", if mark { "'" } else { "" })
}

/// The text that was written, from a file with or without marks.
pub fn unmarked(text: &str) -> &str {
    if looks_marked(text) { &text[1..] } else { text }
}

/// The order of these rows; they have one key and are at least one.
pub(crate) fn complete(layout: &Layout, rows: &[Row]) -> Assembled {
    let number = text(layout, &rows[0].record, Field::OrderNumber);
    // Of two copies of a row the later counts.
    let mut taken = FxHashSet::default();
    let mut kept: Vec<&Row> =
        rows.iter().rev().filter(|row| taken.insert(text(layout, &row.record, Field::RowPlace))).collect();
    kept.reverse();
    let older = (rows.len() - kept.len()) as u64;
    match order(layout, &kept) {
        Ok(order) => Assembled::Whole { order: Box::new(order), older, contradicted: Vec::new(), warnings: Vec::new() },
        Err((at, fault)) => {
            let incomplete = layout.fault(&kept[at].record, Field::OrderNumber, ProblemKind::OrderIncomplete);
            let of_row = |(place, row): (usize, &&Row)| -> Problem {
                layout.problem(row.row, if place == at { &fault } else { &incomplete }, &number)
            };
            Assembled::Withheld { problems: kept.iter().enumerate().map(of_row).collect(), older }
        }
    }
}

/// The order, or which row is at fault.
fn order(layout: &Layout, rows: &[&Row]) -> Result<Order, (usize, Fault)> {
    let mut order = head(layout, &rows[0].record).map_err(|fault| (0, fault))?;
    for (at, row) in rows.iter().enumerate() {
        let record = &row.record;
        let failed = |fault| (at, fault);
        if let Some(flaw) = row.flaw {
            return Err((at, layout.flaw(record, flaw)));
        }
        if whole(layout, record, Field::RowCount).map_err(failed)? != Some(rows.len() as i64) {
            return Err((at, layout.fault(record, Field::RowCount, ProblemKind::OrderIncomplete)));
        }
        match text(layout, record, Field::RowKind).as_str() {
            LINE_ROW => order.lines.push(line(layout, record).map_err(failed)?),
            PARCEL_ROW => order.ship_tos.push(parcel(layout, record).map_err(failed)?),
            ORDER_ROW => {}
            _ => return Err((at, layout.fault(record, Field::RowKind, ProblemKind::MissingValue))),
        }
    }
    Ok(order)
}

fn head(layout: &Layout, record: &ByteRecord) -> Result<Order, Fault> {
    let text = |field| text(layout, record, field);
    let yen = |field| Ok(Yen(whole(layout, record, field)?.unwrap_or(0)));
    let flag = |field| Ok(whole(layout, record, field)? == Some(1));
    let status = layout.profile.status(&text(Field::Status));
    let parent = text(Field::ParentNumber);
    let ordered_at = moment(layout, record, Field::OrderedAt)?;
    Ok(Order {
        mall: text(Field::MallWord)
            .parse::<Mall>()
            .map_err(|()| layout.fault(record, Field::MallWord, ProblemKind::MissingValue))?,
        store: text(Field::Store),
        number: text(Field::OrderNumber),
        ordered_at,
        means_known: layout.columns.place(Field::MeansKnown).is_none() || flag(Field::MeansKnown)?,
        time_known: layout.columns.place(Field::TimeKnown).is_none() || flag(Field::TimeKnown)?,
        status: status.ok_or_else(|| layout.fault(record, Field::Status, ProblemKind::UnknownStatus))?.status,
        provisional: flag(Field::Provisional)?,
        status_code: small(layout, record, Field::StatusCode)?.unwrap_or(0),
        newest_at: moment(layout, record, Field::NewestAt)?.max(ordered_at),
        buyer: Buyer {
            family_name: text(Field::BuyerFamilyName),
            given_name: text(Field::BuyerGivenName),
            family_kana: text(Field::BuyerFamilyKana),
            given_kana: text(Field::BuyerGivenKana),
            postal_code: text(Field::BuyerPostal1),
            prefecture: text(Field::BuyerPrefecture),
            city: text(Field::BuyerCity),
            street: text(Field::BuyerStreet),
            phone: text(Field::BuyerPhone1),
            mail: text(Field::BuyerMail),
        },
        shop_coupon: yen(Field::ShopCoupon)?,
        shop_discount: yen(Field::Discount)?,
        refund: yen(Field::Refund)?,
        mall_coupon: yen(Field::MallCoupon)?,
        points_used: yen(Field::PointsUsed)?,
        gift_card: yen(Field::GiftCard)?,
        payment: layout.payment(record),
        affiliate: layout.affiliate(record),
        postage_charged: yen(Field::Postage)?,
        cod_charged: yen(Field::Cod)?,
        wrapping_charged: yen(Field::Wrapping1)?,
        billed: whole(layout, record, Field::Billed)?.map(Yen),
        parent_number: (!parent.is_empty()).then_some(parent),
        subscription_delivery: small(layout, record, Field::SubscriptionDelivery)?.unwrap_or(0),
        shop_coupon_name: text(Field::ShopCouponName),
        customer_key: text(Field::CustomerKey),
        keyed: None,
        lines: Vec::new(),
        ship_tos: Vec::new(),
    })
}

fn line(layout: &Layout, record: &ByteRecord) -> Result<OrderLine, Fault> {
    let text = |field| text(layout, record, field);
    let missing = |field| layout.fault(record, field, ProblemKind::MissingValue);
    Ok(OrderLine {
        line_key: text(Field::LineKey),
        ship_to_key: text(Field::ShipToKey),
        item_code: text(Field::ItemCode),
        sku: text(Field::Sku),
        item_name: text(Field::ItemName),
        variation: text(Field::SkuText),
        quantity: within(layout, record, Field::Quantity, 0..=MAX_QUANTITY)?.ok_or_else(|| missing(Field::Quantity))?,
        unit_price: within(layout, record, Field::UnitPrice, -MAX_UNIT_PRICE..=MAX_UNIT_PRICE)?
            .map(Yen)
            .ok_or_else(|| missing(Field::UnitPrice))?,
        tax_permille: small(layout, record, Field::TaxRate)?,
        point_multiplier: small(layout, record, Field::PointMultiplier)?.unwrap_or(1).max(1),
    })
}

fn parcel(layout: &Layout, record: &ByteRecord) -> Result<ShipTo, Fault> {
    let text = |field| text(layout, record, field);
    Ok(ShipTo {
        ship_to_key: text(Field::ShipToKey),
        same_as_buyer: whole(layout, record, Field::SameShipTo)? == Some(1),
        postage: Yen(whole(layout, record, Field::ShipToPostage)?.unwrap_or(0)),
        recipient: Buyer {
            family_name: text(Field::RecipientFullName),
            family_kana: text(Field::RecipientFullKana),
            postal_code: text(Field::RecipientPostal1),
            prefecture: text(Field::RecipientPrefecture),
            city: text(Field::RecipientCity),
            street: text(Field::RecipientStreet),
            phone: text(Field::RecipientPhone1),
            ..Buyer::default()
        },
    })
}

fn text(layout: &Layout, record: &ByteRecord, field: Field) -> Text {
    unmarked(&layout.text(record, field)).into()
}

fn whole(layout: &Layout, record: &ByteRecord, field: Field) -> Result<Option<i64>, Fault> {
    cell::whole(layout.cell(record, field), layout.encoding)
        .map_err(|_| layout.fault(record, field, ProblemKind::BadNumber))
}

/// A number no ledger would have written is no number of ours: somebody has edited the file.
fn within(
    layout: &Layout,
    record: &ByteRecord,
    field: Field,
    range: RangeInclusive<i64>,
) -> Result<Option<i64>, Fault> {
    match whole(layout, record, field)? {
        Some(number) if !range.contains(&number) => Err(layout.fault(record, field, ProblemKind::BadNumber)),
        number => Ok(number),
    }
}

fn small<T: TryFrom<i64>>(layout: &Layout, record: &ByteRecord, field: Field) -> Result<Option<T>, Fault> {
    let number = whole(layout, record, field)?;
    number.map(T::try_from).transpose().map_err(|_| layout.fault(record, field, ProblemKind::BadNumber))
}

fn moment(layout: &Layout, record: &ByteRecord, field: Field) -> Result<Moment, Fault> {
    let read = cell::moment(layout.cell(record, field), layout.encoding, &layout.profile.moments);
    let read = read.ok().flatten().map(|(at, _)| at);
    read.ok_or_else(|| layout.fault(record, field, ProblemKind::BadDate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_text_is_the_text_again() {
        for text in ["", "=1+1", "-500", "+81", "@sum", "'", "''", "'=1", "''=1", "'a", "plain", "\tx", "'-"] {
            assert_eq!(unmarked(&marked(text)), text);
            assert!(!marked(text).starts_with(begins_a_formula), "{text}");
        }
        assert_eq!(marked("=1+1"), "'=1+1");
    }
}
