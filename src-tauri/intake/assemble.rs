//! Rows of one file, or of two joined, become orders with their lines.
//!
//! What an order states once is repeated on each of its rows, so it is taken from the first row where it can be read.
//! What a line states is on one row only: if it cannot be read, the whole order is withheld.

use super::cell::{self, Unreadable};
use super::problem::{Problem, ProblemKind, shown};
use super::profile::{Field, UnitPriceTax};
use super::table::{Layout, is_rakuten_number, rakuten_parts};
use crate::shop::{Buyer, Mall, Moment, Order, OrderLine, OrderStatus, ShipTo, Yen};
use csv::ByteRecord;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

/// Pieces beyond any order.
const MAX_QUANTITY: i64 = 1_000_000;

/// Yahoo CancelReason 110: sent back.
const SENT_BACK: i64 = 110;

/// A row that belongs to an order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// As a spreadsheet counts it.
    pub(crate) row: u64,
    pub(crate) record: ByteRecord,
}

/// Why an order cannot be read: a cell of it.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    field: Field,
    kind: ProblemKind,
    found: String,
}

/// A line as read, with what its row says of the shop's coupon (each piece).
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) line: OrderLine,
    pub(crate) coupon: Yen,
}

/// What became of the rows of one order.
pub(crate) enum Assembled {
    /// An order, and how many of its rows were older copies.
    Whole { order: Box<Order>, older: u64 },
    /// One problem for each row that is no older copy.
    Withheld { problems: Vec<Problem>, older: u64 },
}

impl Layout {
    /// The bytes of a field in a row; empty when the file or the row does not have it.
    pub(crate) fn cell<'r>(&self, record: &'r ByteRecord, field: Field) -> &'r [u8] {
        self.columns.place(field).and_then(|place| record.get(place)).unwrap_or_default()
    }

    /// The bytes that name a row's order within the file; nothing for a row of no order.
    pub(crate) fn key<'r>(&self, record: &'r ByteRecord) -> Option<&'r [u8]> {
        let number = self.cell(record, Field::OrderNumber).trim_ascii();
        if self.profile.mall == Mall::Rakuten {
            return Some(number).filter(|number| is_rakuten_number(number));
        }
        // With the store in front if either column has it so.
        let id = self.cell(record, Field::OrderId).trim_ascii();
        let stated = [number, id].into_iter().filter(|key| store_and_digits(key).is_some());
        stated.max_by_key(|key| (key.contains(&b'-'), std::ptr::eq(*key, number)))
    }

    /// What kind of problem a row of no order is; nothing when it is left out without a word.
    pub(crate) fn stray(&self, row: u64, record: &ByteRecord) -> Option<Problem> {
        let mut stated = record.iter().map(<[u8]>::trim_ascii).filter(|cell| !cell.is_empty());
        let first = self.encoding.text(stated.next()?);
        let field = [Field::OrderNumber, Field::OrderId].into_iter().find(|field| self.columns.place(*field).is_some());
        let field = field.unwrap_or(Field::OrderNumber);
        let found = self.text(record, field);
        if !found.is_empty() && found == self.columns.header(field).trim() {
            return None;
        }
        let is_total = |text: &str| {
            ["合計", "総計", "小計", "総合計"].iter().any(|word| text.starts_with(word))
                || text == "計"
                || text.eq_ignore_ascii_case("total")
        };
        let kind = match () {
            () if is_total(first.trim()) || is_total(&found) => ProblemKind::TotalRow,
            () if found.is_empty() => ProblemKind::MissingOrderNumber,
            () => ProblemKind::BadOrderNumber,
        };
        let found = if kind == ProblemKind::TotalRow { shown(first.trim()) } else { shown(&found) };
        Some(Problem { row, column: self.columns.header(field).to_owned(), kind, found, order_number: String::new() })
    }

    fn text(&self, record: &ByteRecord, field: Field) -> String {
        match self.cell(record, field) {
            [] => String::new(),
            // Most cells: nothing to decode.
            bytes if bytes.is_ascii() => String::from_utf8_lossy(bytes.trim_ascii()).into_owned(),
            bytes => self.encoding.text(bytes).trim().to_owned(),
        }
    }

    fn fault(&self, record: &ByteRecord, field: Field, kind: ProblemKind) -> Fault {
        Fault { field, kind, found: shown(&self.text(record, field)) }
    }

    /// The problem of one row.
    pub(crate) fn problem(&self, row: u64, fault: &Fault, order_number: &str) -> Problem {
        Problem {
            row,
            column: self.columns.header(fault.field).to_owned(),
            kind: fault.kind,
            found: fault.found.clone(),
            order_number: order_number.to_owned(),
        }
    }

    /// The first readable value among the rows; nothing when all cells are empty.
    fn first<T>(
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

    fn amount(&self, rows: &[&Row], field: Field) -> Result<Option<Yen>, Fault> {
        let read = |bytes: &[u8]| cell::yen(bytes, self.encoding);
        Ok(self.first(rows, field, ProblemKind::BadNumber, read)?.map(Yen))
    }

    fn number(&self, rows: &[&Row], field: Field) -> Result<Option<i64>, Fault> {
        self.first(rows, field, ProblemKind::BadNumber, |bytes| cell::whole(bytes, self.encoding))
    }

    fn moment(&self, rows: &[&Row], field: Field) -> Result<Option<(Moment, bool)>, Fault> {
        let read = |bytes: &[u8]| cell::moment(bytes, self.encoding, &self.profile.moments);
        self.first(rows, field, ProblemKind::BadDate, read)
    }
}

/// The order of these rows of a file of whole orders. `rows` have one order number and are at least one.
pub(crate) fn complete(layout: &Layout, rows: &[Row]) -> Assembled {
    let number = rows.first().and_then(|row| layout.key(&row.record)).unwrap_or_default();
    let number = String::from_utf8_lossy(number).into_owned();
    let kept = newest_copy(layout, rows);
    let older = (rows.len() - kept.len()) as u64;
    let read: Vec<Result<Line, Fault>> =
        kept.iter().enumerate().map(|(place, row)| line(layout, &row.record, place)).collect();
    let store = rakuten_parts(number.as_bytes()).map_or("", |(store, _)| std::str::from_utf8(store).unwrap_or(""));
    let head = head(layout, &kept, store.to_owned(), number.clone());
    match head {
        Ok(mut order) if read.iter().all(Result::is_ok) => {
            order.lines = read.into_iter().flatten().map(|line| line.line).collect();
            Assembled::Whole { order: Box::new(order), older }
        }
        head => {
            let head = head.err();
            let incomplete =
                Fault { field: Field::OrderNumber, kind: ProblemKind::OrderIncomplete, found: number.clone() };
            let of_row = |(row, line): (&&Row, &Result<Line, Fault>)| {
                let fault = line.as_ref().err().or(head.as_ref()).unwrap_or(&incomplete);
                layout.problem(row.row, fault, &number)
            };
            Assembled::Withheld { problems: kept.iter().zip(&read).map(of_row).collect(), older }
        }
    }
}

/// The rows of the newest copy of the order.
///
/// A file made of two exports holds an order twice; its line ids then repeat. The copy with the newest event
/// counts, of equal ones the last. Without line ids every row is a line.
fn newest_copy<'r>(layout: &Layout, rows: &'r [Row]) -> Vec<&'r Row> {
    let mut seen = FxHashSet::default();
    let key = |row: &'r Row| {
        (layout.cell(&row.record, Field::LineKey).trim_ascii(), layout.cell(&row.record, Field::ShipToKey))
    };
    if rows.len() < 2 || rows.iter().all(|row| key(row).0.is_empty() || seen.insert(key(row))) {
        return rows.iter().collect();
    }
    let newest: Vec<Option<Moment>> = rows.iter().map(|row| newest_event(layout, &row.record)).collect();
    let latest = newest.iter().max().copied().flatten();
    let mut taken = FxHashSet::default();
    let of_latest = rows.iter().zip(&newest).filter(|(_, at)| **at == latest).map(|(row, _)| row);
    let mut kept: Vec<&Row> = of_latest.rev().filter(|row| key(row).0.is_empty() || taken.insert(key(row))).collect();
    kept.reverse();
    kept
}

/// The newest row among several of one order in an orders half; of equal ones the last.
pub(crate) fn newest_row<'r>(layout: &Layout, rows: &'r [Row]) -> Option<&'r Row> {
    match rows {
        [row] => Some(row),
        rows => rows.iter().max_by_key(|row| newest_event(layout, &row.record)),
    }
}

fn newest_event(layout: &Layout, record: &ByteRecord) -> Option<Moment> {
    let cells = layout.columns.events.iter().filter_map(|place| record.get(*place));
    let read = |bytes: &[u8]| cell::moment(bytes, layout.encoding, &layout.profile.moments).ok().flatten();
    cells.filter_map(read).map(|(at, _)| at).max()
}

/// What an order states once: everything but its lines.
pub(crate) fn head(layout: &Layout, rows: &[&Row], store: String, number: String) -> Result<Order, Fault> {
    let record = &rows[0].record;
    let (ordered_at, time_known) = ordered_at(layout, rows, &number)?;
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
        mall_coupon,
        points_used: magnitude(Field::PointsUsed)?.unwrap_or_default(),
        gift_card: magnitude(Field::GiftCard)?.unwrap_or_default(),
        postage_charged: charged(Field::Postage)?,
        cod_charged: charged(Field::Cod)? + charged(Field::PaymentFee)?,
        wrapping_charged: wrapping(layout, rows, Field::Wrapping1, Field::WrappingTaxFlag1, Field::WrappingRate1)?
            + wrapping(layout, rows, Field::Wrapping2, Field::WrappingTaxFlag2, Field::WrappingRate2)?,
        billed: layout.amount(rows, Field::Billed)?,
        parent_number: parent_number(&parent, &store, &number),
        subscription_delivery,
        shop_coupon_name: if coupon_name.is_empty() { layout.text(record, Field::ShopCouponCode) } else { coupon_name },
        lines: Vec::new(),
        ship_tos,
        store,
        number,
    })
}

/// When it was ordered, and whether the time of day is stated.
///
/// The best column that states something counts. A text in it that is no date is a fault: what stands there was
/// damaged, and a date taken from elsewhere would hide it. The date inside a Rakuten order number serves where no
/// column states one.
fn ordered_at(layout: &Layout, rows: &[&Row], number: &str) -> Result<(Moment, bool), Fault> {
    if let Ok(Some(seconds)) = layout.number(rows, Field::OrderedEpoch)
        && let Some(at) = cell::epoch(seconds)
    {
        return Ok((at, true));
    }
    let time = || {
        let place = layout.columns.place(Field::OrderedTime)?;
        rows.iter().filter_map(|row| row.record.get(place)).find_map(|bytes| cell::time_of_day(bytes, layout.encoding))
    };
    for field in [Field::OrderedAt, Field::OrderedOn] {
        match layout.moment(rows, field)? {
            Some((at, true)) => return Ok((at, true)),
            Some((at, false)) => {
                return Ok(time().map_or((at, false), |seconds| (Moment(at.day().start().0 + seconds), true)));
            }
            None => {}
        }
    }
    let in_number = rakuten_parts(number.as_bytes()).and_then(|(_, date)| {
        cell::moment(date, layout.encoding, &[super::profile::MomentForm::Compact]).ok().flatten()
    });
    let stated = [Field::OrderedAt, Field::OrderedEpoch, Field::OrderedOn];
    let field = stated.into_iter().find(|f| layout.columns.place(*f).is_some()).unwrap_or(Field::OrderNumber);
    in_number.ok_or_else(|| layout.fault(&rows[0].record, field, ProblemKind::BadDate))
}

fn status(layout: &Layout, rows: &[&Row]) -> Result<(OrderStatus, bool, u16), Fault> {
    let known = rows.iter().find_map(|row| {
        let bytes = layout.cell(&row.record, Field::Status);
        if bytes.is_empty() { None } else { layout.profile.status(&layout.encoding.text(bytes)) }
    });
    let known = known.ok_or_else(|| layout.fault(&rows[0].record, Field::Status, ProblemKind::UnknownStatus))?;
    let whole = |field| layout.number(rows, field).ok().flatten();
    let status = match known.status {
        // Yahoo ShipStatus: 3 sent, 4 arrived.
        OrderStatus::Placed if matches!(whole(Field::ShipStatus), Some(3 | 4)) => OrderStatus::Shipped,
        OrderStatus::Cancelled if whole(Field::CancelReason) == Some(SENT_BACK) => OrderStatus::Returned,
        status => status,
    };
    Ok((status, known.provisional, known.code))
}

fn wrapping(layout: &Layout, rows: &[&Row], price: Field, flag: Field, rate: Field) -> Result<Yen, Fault> {
    let Some(yen) = layout.amount(rows, price)? else { return Ok(Yen::ZERO) };
    Ok(taxed(layout, &rows[0].record, yen, flag, rate))
}

/// The amount with tax, rounded down, where the flag says that it is not in it and a rate is stated.
fn taxed(layout: &Layout, record: &ByteRecord, yen: Yen, flag: Field, rate: Field) -> Yen {
    if cell::whole(layout.cell(record, flag), layout.encoding) != Ok(Some(0)) {
        return yen;
    }
    match cell::permille(layout.cell(record, rate), layout.encoding) {
        Ok(Some(permille)) => Yen((yen.0 * (1000 + i64::from(permille))).div_euclid(1000)),
        _ => yen,
    }
}

/// The line of a row. `place` counts from 0 and names lines of a file without line ids.
pub(crate) fn line(layout: &Layout, record: &ByteRecord, place: usize) -> Result<Line, Fault> {
    let bad = |field| layout.fault(record, field, ProblemKind::BadNumber);
    let yen = |field| cell::yen(layout.cell(record, field), layout.encoding).map_err(|_| bad(field));
    let quantity = cell::whole(layout.cell(record, Field::Quantity), layout.encoding)
        .map_err(|_| bad(Field::Quantity))?
        .ok_or_else(|| layout.fault(record, Field::Quantity, ProblemKind::MissingValue))?;
    if !(0..=MAX_QUANTITY).contains(&quantity) {
        return Err(bad(Field::Quantity));
    }
    let tax_permille =
        cell::permille(layout.cell(record, Field::TaxRate), layout.encoding).map_err(|_| bad(Field::TaxRate))?;
    let coupon = Yen(yen(Field::UnitCoupon)?.unwrap_or(0).abs());
    let unit_price = match (yen(Field::Price)?, yen(Field::UnitPrice)?) {
        (Some(price), _) => Yen(price),
        (None, Some(price)) => {
            let price = match layout.profile.price.unit_price_tax {
                UnitPriceTax::Included => Yen(price),
                UnitPriceTax::ByFlag => taxed(layout, record, Yen(price), Field::TaxFlag, Field::TaxRate),
            };
            if layout.profile.price.unit_price_after_shop_coupon { price + coupon } else { price }
        }
        // Stated, but not fixed yet: nothing so far.
        (None, None)
            if [Field::Price, Field::UnitPrice].iter().any(|f| !layout.cell(record, *f).trim_ascii().is_empty()) =>
        {
            Yen::ZERO
        }
        (None, None) => {
            let stated = [Field::Price, Field::UnitPrice].into_iter().find(|f| layout.columns.place(*f).is_some());
            return Err(layout.fault(record, stated.unwrap_or(Field::Price), ProblemKind::MissingValue));
        }
    };
    let text = |field| layout.text(record, field);
    let or = |first: Field, second: Field| {
        let stated = text(first);
        if stated.is_empty() { text(second) } else { stated }
    };
    let item_code = or(Field::ItemCode, Field::ItemNumber);
    let line_key = text(Field::LineKey);
    let multiplier = cell::whole(layout.cell(record, Field::PointMultiplier), layout.encoding).ok().flatten();
    let line = OrderLine {
        line_key: if line_key.is_empty() { format!("#{}", place + 1) } else { line_key },
        ship_to_key: text(Field::ShipToKey),
        item_code: if item_code.is_empty() { text(Field::ItemId) } else { item_code },
        sku: or(Field::Sku, Field::SystemSku),
        item_name: text(Field::ItemName),
        variation: variation(&text(Field::SkuText), &text(Field::OptionNames), &text(Field::Options)),
        quantity,
        unit_price,
        tax_permille,
        point_multiplier: multiplier.and_then(|n| u16::try_from(n).ok()).unwrap_or(1).max(1),
    };
    Ok(Line { line, coupon })
}

/// Variant and options, one per line. Yahoo packs names and values with `;` into two cells.
fn variation(sku_text: &str, names: &str, options: &str) -> String {
    let (names, values): (Vec<&str>, Vec<&str>) = (names.split(';').collect(), options.split(';').collect());
    let paired = names.len() == values.len() && names.iter().all(|name| !name.is_empty());
    let options = match paired {
        true => names.iter().zip(values).map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>().join("\n"),
        false => options.to_owned(),
    };
    let parts = [sku_text, &options].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n").replace("\r\n", "\n").replace('\r', "\n")
}

/// The parcels of an order, each once.
fn ship_tos(layout: &Layout, rows: &[&Row], buyer: &Buyer) -> Result<Vec<ShipTo>, Fault> {
    let mut parcels: Vec<(&[u8], ShipTo)> = Vec::new();
    for row in rows {
        let key = layout.cell(&row.record, Field::ShipToKey).trim_ascii();
        if parcels.iter().any(|(known, _)| *known == key) {
            continue;
        }
        let postage = cell::yen(layout.cell(&row.record, Field::ShipToPostage), layout.encoding)
            .map_err(|_| layout.fault(&row.record, Field::ShipToPostage, ProblemKind::BadNumber))?;
        let recipient = person(layout, &row.record, &RECIPIENT);
        let parcel = ShipTo {
            ship_to_key: layout.text(&row.record, Field::ShipToKey),
            same_as_buyer: true,
            recipient,
            postage: Yen(postage.unwrap_or(0)),
        };
        parcels.push((key, parcel));
    }
    let flag = layout.number(rows, Field::SameShipTo).ok().flatten().map(|flag| flag == 1);
    let alone = parcels.len() == 1;
    let mut parcels: Vec<ShipTo> = parcels.into_iter().map(|(_, parcel)| parcel).collect();
    for parcel in &mut parcels {
        parcel.same_as_buyer = match flag {
            // The flag speaks of the order; of several parcels one may still go to the buyer.
            Some(same) if alone => same,
            flag if parcel.recipient == Buyer::default() => flag.unwrap_or(true),
            _ => same_person_and_place(&parcel.recipient, buyer),
        };
    }
    Ok(parcels)
}

fn same_person_and_place(a: &Buyer, b: &Buyer) -> bool {
    let name = |p: &Buyer| {
        p.family_name.chars().chain(p.given_name.chars()).filter(|c| !c.is_whitespace()).collect::<String>()
    };
    name(a) == name(b) && a.postal_code == b.postal_code
}

/// The columns of a person.
struct PersonFields {
    full_name: Field,
    family_name: Field,
    given_name: Field,
    full_kana: Field,
    family_kana: Field,
    given_kana: Field,
    postal: [Field; 2],
    prefecture: Field,
    city: Field,
    street: [Field; 2],
    phone: [Field; 3],
    mail: Option<Field>,
}

const BUYER: PersonFields = PersonFields {
    full_name: Field::BuyerFullName,
    family_name: Field::BuyerFamilyName,
    given_name: Field::BuyerGivenName,
    full_kana: Field::BuyerFullKana,
    family_kana: Field::BuyerFamilyKana,
    given_kana: Field::BuyerGivenKana,
    postal: [Field::BuyerPostal1, Field::BuyerPostal2],
    prefecture: Field::BuyerPrefecture,
    city: Field::BuyerCity,
    street: [Field::BuyerStreet, Field::BuyerStreet2],
    phone: [Field::BuyerPhone1, Field::BuyerPhone2, Field::BuyerPhone3],
    mail: Some(Field::BuyerMail),
};

const RECIPIENT: PersonFields = PersonFields {
    full_name: Field::RecipientFullName,
    family_name: Field::RecipientFamilyName,
    given_name: Field::RecipientGivenName,
    full_kana: Field::RecipientFullKana,
    family_kana: Field::RecipientFamilyKana,
    given_kana: Field::RecipientGivenKana,
    postal: [Field::RecipientPostal1, Field::RecipientPostal2],
    prefecture: Field::RecipientPrefecture,
    city: Field::RecipientCity,
    street: [Field::RecipientStreet, Field::RecipientStreet2],
    phone: [Field::RecipientPhone1, Field::RecipientPhone2, Field::RecipientPhone3],
    mail: None,
};

fn person(layout: &Layout, record: &ByteRecord, fields: &PersonFields) -> Buyer {
    let text = |field| layout.text(record, field);
    let (mut family_name, given_name) = (text(fields.family_name), text(fields.given_name));
    if family_name.is_empty() && given_name.is_empty() {
        family_name = text(fields.full_name);
    }
    let (mut family_kana, given_kana) = (text(fields.family_kana), text(fields.given_kana));
    if family_kana.is_empty() && given_kana.is_empty() {
        family_kana = text(fields.full_kana);
    }
    let joined = |fields: &[Field], mark: &str| {
        let parts = fields.iter().map(|field| text(*field)).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(mark)
    };
    Buyer {
        family_name,
        given_name,
        family_kana,
        given_kana,
        postal_code: postal_code(&fields.postal.map(text)),
        prefecture: text(fields.prefecture),
        city: text(fields.city),
        street: joined(&fields.street, " "),
        phone: phone(joined(&fields.phone, "-")),
        mail: fields.mail.map(text).unwrap_or_default(),
    }
}

/// Seven digits from one cell or from 3 + 4; zeros that a spreadsheet took are put back.
fn postal_code(parts: &[String; 2]) -> String {
    let digits = |part: &String| -> String {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            return part.clone();
        }
        part.nfkc().filter(char::is_ascii_digit).collect()
    };
    let (front, back) = (digits(&parts[0]), digits(&parts[1]));
    match (front.len(), back.len()) {
        (0, 0) => String::new(),
        (1..=3, 1..=4) => format!("{front:0>3}{back:0>4}"),
        (5..=7, 0) => format!("{front:0>7}"),
        _ => front + &back,
    }
}

/// Puts back the zero a spreadsheet took from the front of a phone number.
fn phone(text: String) -> String {
    let count = text.chars().filter(char::is_ascii_digit).count();
    if (9..=10).contains(&count) && text.starts_with(|c: char| matches!(c, '1'..='9')) {
        format!("0{text}")
    } else {
        text
    }
}

/// Store and digits of a Yahoo order id: `store-10001234`, or the digits alone with an empty store.
pub(crate) fn store_and_digits(id: &[u8]) -> Option<(&str, &str)> {
    let id = std::str::from_utf8(id).ok().filter(|id| id.len() <= 64)?;
    let (store, digits) = id.rsplit_once('-').unwrap_or(("", id));
    let plain = store.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let numbered = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (plain && numbered && !id.starts_with('-')).then_some((store, digits))
}

/// A Yahoo order number as shown: with its store where the store is known.
pub(crate) fn full_number(store: &str, digits: &str) -> String {
    if store.is_empty() { digits.to_owned() } else { format!("{store}-{digits}") }
}

/// The order this one was split from, in the form of our own numbers; nothing when it names itself.
fn parent_number(stated: &str, store: &str, own: &str) -> Option<String> {
    let (parent_store, digits) = store_and_digits(stated.as_bytes())?;
    let number = full_number(if parent_store.is_empty() { store } else { parent_store }, digits);
    (number != own).then_some(number)
}
