//! Rows of one file, or of two joined, become orders with their lines.
//!
//! What an order states once is repeated on each of its rows, so it is taken from the first row where it can be read.
//! What a line states is on one row only: if it cannot be read, the whole order is withheld.

use super::cell::{self, Unreadable};
use super::copies::{Copies, newest_copy, newest_event, newest_row, rivals_of};
use super::coupon::OfLines;
use super::damage::is_power_of_ten;
use super::differ;
use super::flaw::Flaw;
use super::line::{Line, line};
use super::mapped;
use super::number::{
    bare, full_number, is_rakuten_number, parent_number, rakuten_parts, store_and_digits, whole_id, yahoo_key,
};
use super::ordered::{ordered_at, unread_time};
use super::packed;
use super::person::{BUYER, person, put_into_parcels, ship_tos};
use super::problem::{Problem, ProblemKind, shown};
use super::profile::{Field, LineForm};
use super::record::ByteRecord;
use super::table::Layout;
use super::tax::{add_by_total, tax};
use crate::shop::{Mall, Moment, Order, OrderStatus, Text, Yen};

/// Yahoo CancelReason 110: sent back.
const SENT_BACK: i64 = 110;

/// A row that belongs to an order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// As a spreadsheet counts it.
    pub(crate) row: u64,
    pub(crate) record: ByteRecord,
    /// What spoils all of it.
    pub(crate) flaw: Option<Flaw>,
}

/// Why an order cannot be read: a cell of it.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) column: String,
    pub(crate) kind: ProblemKind,
    pub(crate) found: String,
}

/// What became of the rows of one order.
pub(crate) enum Assembled {
    /// An order, and how many of its rows were older copies.
    Whole {
        /// The order.
        order: Box<Order>,
        /// Rows that are older copies.
        older: u64,
        /// Rows left out that contradict the ones that count, of which none is the newer.
        contradicted: Vec<Problem>,
        /// What is damaged or doubtful in it, at most one for each row.
        warnings: Vec<Problem>,
    },
    /// One problem for each row that is no older copy.
    Withheld { problems: Vec<Problem>, older: u64 },
}

impl Layout {
    /// Whether this is a mall's table that was downloaded without the column for the status.
    pub(super) fn states_no_status(&self) -> bool {
        !self.profile.is_mapped() && self.columns.place(Field::Status).is_none()
    }

    /// Whether it has columns for points and for coupons of some kind.
    pub(super) fn states_means(&self) -> bool {
        let has = |field| self.columns.place(field).is_some();
        has(Field::PointsUsed) && (has(Field::ShopCoupon) || has(Field::MallCoupon) || has(Field::CouponTotal))
    }

    /// The bytes of a field in a row; empty when the file or the row does not have it.
    pub(crate) fn cell<'r>(&self, record: &'r ByteRecord, field: Field) -> &'r [u8] {
        self.columns.place(field).and_then(|place| record.get(place)).unwrap_or_default()
    }

    /// The id of a line or of a parcel: `1.0` is what a program makes of 1.
    pub(crate) fn id<'r>(&self, record: &'r ByteRecord, field: Field) -> &'r [u8] {
        whole_id(self.cell(record, field).trim_ascii())
    }

    /// The bytes that name a row's order within the file; nothing for a row of no order.
    pub(crate) fn key<'r>(&self, record: &'r ByteRecord) -> Option<&'r [u8]> {
        if self.profile.is_own_export() {
            return Some(self.cell(record, Field::OrderKey).trim_ascii()).filter(|key| !key.is_empty());
        }
        if self.profile.is_mapped() {
            return mapped::key(self, record);
        }
        let number = self.cell(record, Field::OrderNumber).trim_ascii();
        if self.profile.mall == Mall::Rakuten {
            let either = |number: &'r [u8]| is_rakuten_number(number).then_some(number);
            return either(number).or_else(|| either(bare(number)));
        }
        // With the store in front if either column has it so.
        let id = self.cell(record, Field::OrderId).trim_ascii();
        let stated =
            [(number, true), (id, false)].into_iter().filter_map(|(key, is_first)| Some((yahoo_key(key)?, is_first)));
        stated.max_by_key(|(key, is_first)| (key.contains(&b'-'), *is_first)).map(|(key, _)| key)
    }

    /// What kind of problem a row of no order is; nothing when it is left out without a word.
    pub(crate) fn stray(&self, row: u64, record: &ByteRecord) -> Option<Problem> {
        let mut stated = record.iter().map(<[u8]>::trim_ascii).filter(|cell| !cell.is_empty());
        let first = self.encoding.text(stated.next()?);
        let field = [Field::OrderNumber, Field::OrderId].into_iter().find(|field| self.columns.place(*field).is_some());
        let field = field.unwrap_or(Field::OrderNumber);
        let found = self.text(record, field);
        let header = self.columns.header(field).trim();
        if !header.is_empty() && self.encoding.text(bare(self.cell(record, field))) == header {
            return None;
        }
        if let Some(flaw) = Flaw::of(record, self.encoding) {
            return Some(self.problem(row, &self.flaw(record, flaw), ""));
        }
        let kind = match () {
            () if is_total(first.trim()) || is_total(&found) => ProblemKind::TotalRow,
            () if found.is_empty() => ProblemKind::MissingOrderNumber,
            () if is_power_of_ten(&found) => ProblemKind::DamagedOrderNumber,
            () => ProblemKind::BadOrderNumber,
        };
        let found = if kind == ProblemKind::TotalRow { shown(first.trim()) } else { shown(&found) };
        Some(Problem { row, column: self.columns.header(field).to_owned(), kind, found, order_number: String::new() })
    }

    pub(crate) fn fault(&self, record: &ByteRecord, field: Field, kind: ProblemKind) -> Fault {
        self.fault_of(field, kind, &self.text(record, field))
    }

    pub(crate) fn fault_of(&self, field: Field, kind: ProblemKind, found: &str) -> Fault {
        Fault { column: self.columns.header(field).to_owned(), kind, found: shown(found) }
    }

    /// The problem of one row.
    pub(crate) fn problem(&self, row: u64, fault: &Fault, order_number: &str) -> Problem {
        Problem {
            row,
            column: fault.column.clone(),
            kind: fault.kind,
            found: fault.found.clone(),
            order_number: order_number.to_owned(),
        }
    }

    /// The first readable value among the rows; nothing when all cells are empty.
    pub(crate) fn first<T>(
        &self,
        rows: &[&Row],
        field: Field,
        kind: ProblemKind,
        read: impl Fn(&[u8]) -> Result<Option<T>, Unreadable>,
    ) -> Result<Option<T>, Fault> {
        let Some(place) = self.columns.place(field) else { return Ok(None) };
        let mut unreadable = None;
        for row in rows {
            match row.record.get(place).map_or(Ok(None), &read) {
                Ok(Some(value)) => return Ok(Some(value)),
                Ok(None) => {}
                Err(Unreadable) => unreadable = unreadable.or(Some(*row)),
            }
        }
        match unreadable {
            Some(row) => Err(self.fault(&row.record, field, kind)),
            None => Ok(None),
        }
    }

    pub(crate) fn amount(&self, rows: &[&Row], field: Field) -> Result<Option<Yen>, Fault> {
        let read = |bytes: &[u8]| cell::yen(bytes, self.encoding);
        Ok(self.first(rows, field, ProblemKind::BadNumber, read)?.map(Yen))
    }

    pub(crate) fn number(&self, rows: &[&Row], field: Field) -> Result<Option<i64>, Fault> {
        self.first(rows, field, ProblemKind::BadNumber, |bytes| cell::whole(bytes, self.encoding))
    }

    pub(crate) fn moment(&self, rows: &[&Row], field: Field) -> Result<Option<(Moment, bool)>, Fault> {
        let read = |bytes: &[u8]| cell::moment(bytes, self.encoding, &self.profile.moments);
        self.first(rows, field, ProblemKind::BadDate, read)
    }
}

/// Whether a row's first word says that it sums up those above.
pub(crate) fn is_total(text: &str) -> bool {
    ["合計", "総計", "小計", "総合計"].iter().any(|word| text.starts_with(word))
        || text == "計"
        || text.eq_ignore_ascii_case("total")
}

/// The order of these rows of a file of whole orders. `rows` have one order number and are at least one.
pub(crate) fn complete(layout: &Layout, rows: &[Row]) -> Assembled {
    if layout.profile.is_own_export() {
        return super::own_export::complete(layout, rows);
    }
    let key = rows.first().and_then(|row| layout.key(&row.record)).unwrap_or_default();
    let newest = (layout.profile.lines == LineForm::Packed).then(|| newest_row(layout, rows)).flatten();
    let packed = newest.filter(|row| packed::is_packed(layout, &row.record));
    let Copies { kept, rivals } = match packed {
        Some(row) => Copies { kept: vec![row], rivals: rivals_of(layout, rows, row) },
        None => newest_copy(layout, rows),
    };
    let older = (rows.len() - kept.len()) as u64;
    // Each line with the place of its row.
    let mut read: Vec<(usize, Result<Line, Fault>)> = match packed {
        Some(row) => match row.flaw {
            Some(flaw) => vec![(0, Err(layout.flaw(&row.record, flaw)))],
            None => packed::lines(layout, &row.record).into_iter().map(|line| (0, line)).collect(),
        },
        None => kept.iter().enumerate().map(|(place, row)| (place, line_of(layout, row, place))).collect(),
    };
    let (store, number) = store_and_number(layout.profile.mall, key);
    let head = head(layout, &kept, store, number);
    match head {
        Ok(mut order) if read.iter().all(|(_, line)| line.is_ok()) => {
            let contradicts = |(row, kept)| differ::between_copies(layout, row, kept, &order.number);
            let contradicted: Vec<Problem> = rivals.into_iter().filter_map(contradicts).collect();
            let mut warnings = differ::within_order(layout, &kept, &order.number);
            warnings.extend(unread_time(layout, &kept, &order));
            if read.iter().any(|(_, line)| line.as_ref().is_ok_and(|line| line.is_without_tax)) {
                let mut lines: Vec<&mut Line> = read.iter_mut().filter_map(|(_, line)| line.as_mut().ok()).collect();
                let total = layout.amount(&kept, Field::TaxTotal).ok().flatten();
                add_by_total(&mut lines, total);
            }
            let mut coupon = OfLines::default();
            order.lines.reserve_exact(read.len());
            for (place, line) in read {
                let Ok(line) = line else { continue };
                let damaged = line.damaged.map(|field| (field, ProblemKind::DamagedCode));
                let doubtful = line.is_without_tax.then_some((Field::TaxFlag, ProblemKind::TaxUnknown));
                if let Some((field, kind)) = damaged.or(doubtful) {
                    let fault = layout.fault(&kept[place].record, field, kind);
                    warnings.push(layout.problem(kept[place].row, &fault, &order.number));
                }
                coupon.hear(&line, order.lines.len());
                order.lines.push(line.line);
            }
            differ::one_a_row(&mut warnings);
            put_into_parcels(layout, &kept, &mut order);
            coupon.settle(layout, packed.unwrap_or(kept[0]), &mut order);
            let older = older - contradicted.len() as u64;
            Assembled::Whole { order: Box::new(order), older, contradicted, warnings }
        }
        head => {
            let head = head.err();
            let (_, number) = store_and_number(layout.profile.mall, key);
            let incomplete = layout.fault(&rows[0].record, Field::OrderNumber, ProblemKind::OrderIncomplete);
            let incomplete = Fault { found: number.to_string(), ..incomplete };
            let of_row = |(place, row): (usize, &&Row)| {
                let own = match packed {
                    Some(_) => read.iter().find_map(|(_, line)| line.as_ref().err()),
                    // One line a row, in the order of the rows.
                    None => read.get(place).and_then(|(_, line)| line.as_ref().err()),
                };
                layout.problem(row.row, own.or(head.as_ref()).unwrap_or(&incomplete), &number)
            };
            Assembled::Withheld { problems: kept.iter().enumerate().map(of_row).collect(), older }
        }
    }
}

fn line_of(layout: &Layout, row: &Row, place: usize) -> Result<Line, Fault> {
    match row.flaw {
        Some(flaw) => Err(layout.flaw(&row.record, flaw)),
        None => line(layout, &row.record, place),
    }
}

/// The store an order number names, and the number as it is shown.
fn store_and_number(mall: Mall, key: &[u8]) -> (Text, Text) {
    if mall == Mall::Yahoo {
        let (store, digits) = store_and_digits(key).unwrap_or_default();
        return (Text::from(store), full_number(store, digits));
    }
    let store = rakuten_parts(key).map_or("", |(store, _)| std::str::from_utf8(store).unwrap_or(""));
    (Text::from(store), Text::from_utf8_lossy(key))
}

/// What an order states once: everything but its lines.
pub(crate) fn head(layout: &Layout, rows: &[&Row], store: Text, number: Text) -> Result<Order, Fault> {
    let record = &rows[0].record;
    let (ordered_at, time_known) = ordered_at(layout, rows, &store, &number)?;
    let (status, provisional, status_code) = status(layout, rows)?;
    let magnitude = |field| layout.amount(rows, field).map(|amount| amount.map(|yen| Yen(yen.0.abs())));
    let charged = |field| layout.amount(rows, field).map(Option::unwrap_or_default);

    let coupon_total = magnitude(Field::CouponTotal)?;
    let (shop, mall) = (magnitude(Field::ShopCoupon)?, magnitude(Field::MallCoupon)?);
    // A total alone counts as the shop's: sales are then too low rather than too high.
    let rest_of_total =
        |known: Option<Yen>| coupon_total.map(|total| (total - known.unwrap_or_default()).max(Yen::ZERO));
    let shop_coupon = shop.or_else(|| rest_of_total(mall)).unwrap_or_default();
    let mall_coupon = mall.or_else(|| shop.and_then(|shop| rest_of_total(Some(shop)))).unwrap_or_default();

    let kind = layout.number(rows, Field::OrderKind)?;
    let delivery = layout.number(rows, Field::SubscriptionDelivery)?.and_then(|n| u32::try_from(n).ok());
    let subscription_delivery = match (layout.columns.place(Field::OrderKind), kind) {
        // Rakuten: 4 定期購入, 5 頒布会.
        (Some(_), Some(4 | 5)) => delivery.unwrap_or(1).max(1),
        (Some(_), _) => 0,
        (None, _) => delivery.unwrap_or(0),
    };

    let buyer = person(layout, record, &BUYER);
    let ship_tos = ship_tos(layout, rows, &buyer)?;
    let coupon_name = layout.text(record, Field::ShopCouponName);
    let parent = layout.text(record, Field::ParentNumber);
    Ok(Order {
        mall: layout.profile.mall,
        ordered_at,
        time_known,
        status,
        provisional,
        status_code,
        newest_at: newest_event(layout, record).map_or(ordered_at, |at| at.max(ordered_at)),
        buyer,
        shop_coupon,
        shop_discount: magnitude(Field::Discount)?.unwrap_or_default(),
        refund: Yen::ZERO,
        means_known: layout.states_means(),
        mall_coupon,
        points_used: magnitude(Field::PointsUsed)?.unwrap_or_default(),
        gift_card: magnitude(Field::GiftCard)?.unwrap_or_default(),
        payment: layout.payment(record),
        affiliate: layout.affiliate(record),
        postage_charged: charged(Field::Postage)?,
        cod_charged: charged(Field::Cod)? + charged(Field::PaymentFee)?,
        wrapping_charged: wrapping(layout, rows, Field::Wrapping1, Field::WrappingTaxFlag1, Field::WrappingRate1)?
            + wrapping(layout, rows, Field::Wrapping2, Field::WrappingTaxFlag2, Field::WrappingRate2)?,
        billed: layout.amount(rows, Field::Billed)?,
        parent_number: parent_number(&parent, &store, &number),
        subscription_delivery,
        shop_coupon_name: if coupon_name.is_empty() { layout.text(record, Field::ShopCouponCode) } else { coupon_name },
        customer_key: Text::default(),
        keyed: None,
        lines: Vec::new(),
        ship_tos,
        store,
        number,
    })
}

pub(crate) fn status(layout: &Layout, rows: &[&Row]) -> Result<(OrderStatus, bool, u16), Fault> {
    let whole = |field| layout.number(rows, field).ok().flatten();
    // Yahoo ShipStatus: 3 sent, 4 arrived.
    let is_sent = || matches!(whole(Field::ShipStatus), Some(3 | 4));
    if layout.states_no_status() {
        return Ok((if is_sent() { OrderStatus::Shipped } else { OrderStatus::Placed }, false, 0));
    }
    let known = rows.iter().find_map(|row| {
        let bytes = layout.cell(&row.record, Field::Status);
        if bytes.is_empty() { None } else { layout.profile.status(&layout.encoding.text(bytes)) }
    });
    let known = known.ok_or_else(|| {
        let is_empty = layout.text(&rows[0].record, Field::Status).is_empty();
        let kind = if is_empty { ProblemKind::MissingValue } else { ProblemKind::UnknownStatus };
        layout.fault(&rows[0].record, Field::Status, kind)
    })?;
    let status = match known.status {
        OrderStatus::Placed if is_sent() => OrderStatus::Shipped,
        OrderStatus::Cancelled if whole(Field::CancelReason) == Some(SENT_BACK) => OrderStatus::Returned,
        status => status,
    };
    Ok((status, known.provisional, known.code))
}

fn wrapping(layout: &Layout, rows: &[&Row], price: Field, flag: Field, rate: Field) -> Result<Yen, Fault> {
    let Some(yen) = layout.amount(rows, price)? else { return Ok(Yen::ZERO) };
    Ok(tax(layout, &rows[0].record, flag, rate).on(yen))
}
