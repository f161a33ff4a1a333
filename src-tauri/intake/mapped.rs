//! Rows of a table its owner has described become orders.
//!
//! Only a date and an amount are sure to be there. A row without an order number is an order; its number is made of
//! what the row says, so that the same row is the same order in every file it stands in.

use super::FileTally;
use super::assemble::{Assembled, Fault, Row, is_total};
use super::cell::{self, Unreadable};
use super::damage::{is_damaged_code, is_power_of_ten};
use super::differ;
use super::encoding::Encoding;
use super::error::ReadError;
use super::map::Layouts;
use super::number::{rakuten_parts, store_and_digits};
use super::person::{BUYER, person};
use super::problem::ProblemKind;
use super::profile::{Field, MomentForm, Profile, normal_header};
use super::record::ByteRecord;
use super::rows::{Met, TICK_ROWS, Take, stray};
use super::table::{Layout, Table};
use crate::shop::{Mall, Moment, Order, OrderLine, OrderStatus, Text, Yen};
use compact_str::format_compact;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::ops::ControlFlow;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64;

impl Layouts {
    /// What is described now, as the owner of a table with these headers would have said it of them: JSON with the headers
    /// as the table writes them. Nothing when nothing is, or when it is not what the table is read by.
    pub fn description_of(self, headers: &[String]) -> Option<String> {
        let (profile, description) = (self.mapped?, self.description?);
        let mut document: Value = serde_json::from_str(description.trim_start_matches('\u{feff}')).ok()?;
        let document_keys = document.as_object_mut()?;
        document_keys.insert("mall".to_owned(), profile.mall.word().into());
        for named in document_keys.get_mut("columns")?.as_object_mut()?.values_mut() {
            let wanted = normal_header(named.as_str()?);
            *named = headers.iter().find(|header| normal_header(header) == wanted)?.clone().into();
        }
        Some(document.to_string())
    }
}

/// Beyond any amount of one order, and any number of pieces.
const MAX_YEN: i64 = 1_000_000_000;
const MAX_QUANTITY: i64 = 1_000_000;

/// The bytes that name a row's order; nothing for a row of no order.
pub(crate) fn key<'r>(layout: &Layout, record: &'r ByteRecord) -> Option<&'r [u8]> {
    let number = layout.text(record, Field::OrderNumber);
    let is_header = number == layout.columns.header(Field::OrderNumber).trim();
    let is_number = !number.is_empty() && !is_header && !is_total(&number) && !is_power_of_ten(&number);
    is_number.then(|| layout.cell(record, Field::OrderNumber).trim_ascii())
}

/// Whether each row is an order.
pub(crate) fn is_numberless(layout: &Layout) -> bool {
    layout.profile.is_mapped() && layout.columns.place(Field::OrderNumber).is_none()
}

/// Hands over each row as the rows of one order. Counts rows, and rows of no order.
pub(crate) fn each_row<E>(
    path: &Path,
    layout: &Layout,
    file: &mut FileTally,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    take: &mut Take<E>,
) -> Result<(), ReadError<E>> {
    let mut table = Table::open(path, layout)?;
    let mut rows = 0u64;
    let mut at = [Row::default()];
    while let Some(row) = table.next(&mut at[0].record)? {
        rows += 1;
        if rows.is_multiple_of(TICK_ROWS) && tick(table.bytes(), rows).is_break() {
            return Err(ReadError::Cancelled);
        }
        at[0].row = row;
        at[0].flaw = table.flaw(&at[0].record, &layout.columns.headers);
        let record = &at[0].record;
        let first = record.iter().map(<[u8]>::trim_ascii).find(|cell| !cell.is_empty());
        let first = first.map(|cell| layout.encoding.text(cell).trim().to_owned());
        let dated = layout.text(record, Field::OrderedAt);
        match first {
            Some(first) if is_total(&first) => stray(layout, row, record, file),
            Some(_) if dated != layout.columns.header(Field::OrderedAt).trim() => take(Met::Order(&at), file)?,
            // Blank, or the header once more.
            _ => file.skipped += 1,
        }
    }
    file.rows += rows + table.blank();
    file.skipped += table.blank();
    if tick(table.bytes(), rows).is_break() { Err(ReadError::Cancelled) } else { Ok(()) }
}

/// How often the file has held a row that says the same; by what it says.
pub(crate) type Seen = FxHashMap<u64, u32>;

/// The order of these rows; they have one key, or are one.
pub(crate) fn complete(layout: &Layout, rows: &[Row], seen: &mut Seen) -> Assembled {
    let mut number = layout.text(&rows[0].record, Field::OrderNumber);
    let flawed = |(place, row): (usize, &Row)| row.flaw.map(|flaw| (place, layout.flaw(&row.record, flaw)));
    let flawed: Vec<(usize, Fault)> = rows.iter().enumerate().filter_map(flawed).collect();
    let lines = if flawed.is_empty() { lines(layout, rows) } else { Err(flawed) };
    match (head(layout, rows), lines) {
        (Ok(mut order), Ok(lines)) => {
            order.lines = lines;
            if number.is_empty() {
                number = made_number(&order, seen);
            } else {
                order.store = store(order.mall, &number);
            }
            order.number = number;
            let damaged = |row: &&Row| is_damaged_code(&layout.text(&row.record, Field::ItemCode));
            let warning = |row: &Row| {
                let fault = layout.fault(&row.record, Field::ItemCode, ProblemKind::DamagedCode);
                layout.problem(row.row, &fault, &order.number)
            };
            let mut warnings: Vec<_> = rows.iter().filter(damaged).map(warning).collect();
            warnings.extend(differ::within_order(layout, &rows.iter().collect::<Vec<_>>(), &order.number));
            differ::one_a_row(&mut warnings);
            Assembled::Whole { order: Box::new(order), older: 0, contradicted: Vec::new(), warnings }
        }
        (head, lines) => {
            let (head, lines) = (head.err(), lines.err().unwrap_or_default());
            let of_row = |(place, row): (usize, &Row)| {
                let own = lines.iter().find(|(at, _)| *at == place).map(|(_, fault)| fault);
                let other = layout.fault(&row.record, Field::OrderNumber, ProblemKind::OrderIncomplete);
                layout.problem(row.row, own.or(head.as_ref()).unwrap_or(&other), &number)
            };
            Assembled::Withheld { problems: rows.iter().enumerate().map(of_row).collect(), older: 0 }
        }
    }
}

/// What the order states once: from the first row that states it.
fn head(layout: &Layout, rows: &[Row]) -> Result<Order, Fault> {
    let refs: Vec<&Row> = rows.iter().collect();
    let date = |bytes: &[u8]| moment(bytes, layout.encoding, layout.profile);
    let ordered = layout.first(&refs, Field::OrderedAt, ProblemKind::BadDate, date)?;
    let (ordered_at, time_known) =
        ordered.ok_or_else(|| layout.fault(&rows[0].record, Field::OrderedAt, ProblemKind::BadDate))?;
    let yen = |field| {
        let read = |bytes: &[u8]| amount(bytes, layout.encoding);
        layout.first(&refs, field, ProblemKind::BadNumber, read).map(Option::unwrap_or_default)
    };
    // Taken off, whichever sign a table gives it.
    let taken_off = |field| yen(field).map(|yen| Yen(yen.0.abs()));
    let text = |field| rows.iter().map(|row| layout.text(&row.record, field)).find(|text| !text.is_empty());
    let customer = text(Field::CustomerKey).map(|key| normal_text(&key));
    let mall = layout.profile.mall;
    let postage = yen(Field::Postage)?;
    if postage < Yen::ZERO {
        return Err(layout.fault(&rows[0].record, Field::Postage, ProblemKind::BadNumber));
    }
    Ok(Order {
        mall,
        store: Text::default(),
        number: Text::default(),
        ordered_at,
        time_known,
        means_known: layout.states_means(),
        status: status(layout, rows)?,
        provisional: false,
        status_code: 0,
        newest_at: ordered_at,
        buyer: person(layout, &rows[0].record, &BUYER),
        shop_coupon: taken_off(Field::ShopCoupon)?,
        shop_discount: Yen::ZERO,
        refund: Yen::ZERO,
        mall_coupon: Yen::ZERO,
        points_used: taken_off(Field::PointsUsed)?,
        gift_card: Yen::ZERO,
        payment: rows.iter().find_map(|row| layout.payment(&row.record)),
        affiliate: None,
        postage_charged: postage,
        cod_charged: Yen::ZERO,
        wrapping_charged: Yen::ZERO,
        billed: None,
        parent_number: None,
        subscription_delivery: 0,
        shop_coupon_name: Text::default(),
        // The names one shop gives its customers are not those of another mall.
        customer_key: customer.map(|key| format_compact!("{mall}:{key}")).unwrap_or_default(),
        keyed: None,
        lines: Vec::new(),
        ship_tos: Vec::new(),
    })
}

fn status(layout: &Layout, rows: &[Row]) -> Result<OrderStatus, Fault> {
    let stated = rows.iter().find(|row| !layout.text(&row.record, Field::Status).is_empty());
    let Some(row) = stated else { return Ok(OrderStatus::Shipped) };
    let word = normal_header(&layout.text(&row.record, Field::Status)).to_lowercase();
    let known = layout.profile.statuses.iter().find(|known| known.label == word);
    known.map(|known| known.status).ok_or_else(|| layout.fault(&row.record, Field::Status, ProblemKind::UnknownStatus))
}

/// One line a row by unit price or by the row's amount, or one of the whole total; else the rows at fault.
fn lines(layout: &Layout, rows: &[Row]) -> Result<Vec<OrderLine>, Vec<(usize, Fault)>> {
    let states = |field: &Field| rows.iter().any(|row| !layout.text(&row.record, *field).is_empty());
    let of_rows = [Field::UnitPrice, Field::LineTotal].into_iter().find(states);
    let price = of_rows.unwrap_or(Field::OrderTotal);
    let mut read = Vec::with_capacity(rows.len());
    let mut faults = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match priced(layout, &row.record, at, price) {
            Ok(line) => read.push(line),
            Err(fault) => faults.push((at, fault)),
        }
    }
    let missing = |at: usize| {
        let amounts = [Field::OrderTotal, Field::LineTotal, Field::UnitPrice];
        let stated = amounts.into_iter().find(|f| layout.columns.place(*f).is_some());
        let field = of_rows.or(stated).unwrap_or(price);
        (at, layout.fault(&rows[at].record, field, ProblemKind::MissingValue))
    };
    // No pieces cost nothing: that is how cancelled lines are often written.
    let lacks = |(line, yen): &(OrderLine, Option<Yen>)| yen.is_none() && line.quantity > 0;
    if of_rows.is_some() {
        faults.extend(read.iter().enumerate().filter(|(_, read)| lacks(read)).map(|(at, _)| missing(at)));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    match of_rows {
        Some(Field::UnitPrice) => {
            let line =
                |(line, yen): (OrderLine, Option<Yen>)| OrderLine { unit_price: yen.unwrap_or_default(), ..line };
            return Ok(read.into_iter().map(line).collect());
        }
        Some(_) => {
            let line = |(line, yen): (OrderLine, Option<Yen>)| shared_out(line, yen.unwrap_or_default(), true);
            return Ok(read.into_iter().map(line).collect());
        }
        None => {}
    }
    let Some(total) = read.iter().find_map(|(_, yen)| *yen) else {
        let nothing_left = read.iter().all(|read| !lacks(read));
        return if nothing_left { Ok(read.into_iter().map(|(line, _)| line).collect()) } else { Err(vec![missing(0)]) };
    };
    let alone = read.len() == 1;
    let same =
        read.iter().all(|(line, _)| (&line.item_code, &line.item_name) == (&read[0].0.item_code, &read[0].0.item_name));
    let Some((mut line, _)) = read.into_iter().next() else { return Err(vec![missing(0)]) };
    if !same {
        // A total of several items is of none of them.
        (line.item_code, line.item_name) = (Text::default(), Text::default());
    }
    Ok(vec![shared_out(line, total, alone)])
}

/// A line of this amount: each piece its share where that is whole yen, else one piece of all of it. A line without
/// pieces and amount stays one.
fn shared_out(mut line: OrderLine, total: Yen, by_piece: bool) -> OrderLine {
    if by_piece && line.quantity == 0 && total == Yen::ZERO {
        return line;
    }
    if !(by_piece && line.quantity > 0 && total.0 % line.quantity == 0) {
        line.quantity = 1;
    }
    OrderLine { unit_price: Yen(total.0 / line.quantity), ..line }
}

/// A row's line, and the amount in this column, if there is one.
fn priced(layout: &Layout, record: &ByteRecord, at: usize, price: Field) -> Result<(OrderLine, Option<Yen>), Fault> {
    let bad = |field| layout.fault(record, field, ProblemKind::BadNumber);
    let quantity = cell::pieces(layout.cell(record, Field::Quantity), layout.encoding);
    let quantity = quantity.map_err(|_| bad(Field::Quantity))?.unwrap_or(1);
    if !(0..=MAX_QUANTITY).contains(&quantity) {
        return Err(bad(Field::Quantity));
    }
    let yen = amount(layout.cell(record, price), layout.encoding).map_err(|_| bad(price))?;
    if yen.is_some_and(|yen| yen < Yen::ZERO) {
        return Err(bad(price));
    }
    let item_name = layout.text(record, Field::ItemName);
    let code = layout.text(record, Field::ItemCode);
    let line = OrderLine {
        line_key: format_compact!("#{}", at + 1),
        ship_to_key: Text::default(),
        // Items are told apart by code.
        item_code: if code.is_empty() { item_name.clone() } else { code },
        sku: Text::default(),
        item_name,
        variation: Text::default(),
        quantity,
        unit_price: Yen::ZERO,
        tax_permille: None,
        point_multiplier: 1,
    };
    Ok((line, yen))
}

/// A number for an order that has none: its day, what it says, and the how manieth that says so.
///
/// Made of what was read, not of bytes, so that a CSV and a workbook of the same rows have the same numbers; the
/// status is left out because it changes.
fn made_number(order: &Order, seen: &mut Seen) -> Text {
    let mut said = format!("{}\u{1f}{}", order.ordered_at, order.customer_key);
    let buyer = &order.buyer;
    let texts = [&buyer.family_name, &buyer.phone, &buyer.mail, &buyer.postal_code];
    let items = order.lines.iter().flat_map(|line| [&line.item_code, &line.item_name]);
    texts.into_iter().chain(items).for_each(|text| said += &format!("\u{1f}{}", normal_text(text)));
    let lines = order.lines.iter().flat_map(|line| [line.quantity, line.unit_price.0]);
    let amounts = [order.points_used.0, order.shop_coupon.0, order.postage_charged.0];
    lines.chain(amounts).for_each(|number| said += &format!("\u{1f}{number}"));
    let hash = xxh3_64(said.as_bytes());
    let count = seen.entry(hash).or_insert(0);
    *count += 1;
    format_compact!("{}-{hash:016x}-{count}", order.ordered_at.day())
}

/// The store a mall's own order number names.
fn store(mall: Mall, number: &str) -> Text {
    let store = match mall {
        Mall::Rakuten => rakuten_parts(number.as_bytes()).and_then(|(store, _)| std::str::from_utf8(store).ok()),
        Mall::Yahoo => store_and_digits(number.as_bytes()).map(|(store, _)| store),
        Mall::Own => None,
    };
    store.unwrap_or_default().into()
}

pub(crate) fn normal_text(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

/// An amount in whole yen, fractions rounded half away; nothing for an empty cell.
fn amount(bytes: &[u8], encoding: Encoding) -> Result<Option<Yen>, Unreadable> {
    let yen = match cell::whole(bytes, encoding) {
        Ok(yen) => yen,
        Err(Unreadable) => {
            let text = cell::normal(bytes, encoding);
            let (number, fraction) = text.trim_end_matches('円').split_once('.').ok_or(Unreadable)?;
            let first = fraction.bytes().next().filter(|_| fraction.bytes().all(|b| b.is_ascii_digit()));
            let up = i64::from(first.ok_or(Unreadable)? >= b'5');
            // `-0.5` has a sign its whole part cannot carry; it is below zero like any other.
            let sign = if number.starts_with(['-', '−', '▲', '△']) { -1 } else { 1 };
            let whole = cell::whole(number.as_bytes(), Encoding::Utf8)?.ok_or(Unreadable)?;
            Some(sign * (whole.abs() + up))
        }
    };
    match yen {
        Some(yen) if yen.abs() > MAX_YEN => Err(Unreadable),
        yen => Ok(yen.map(Yen)),
    }
}

/// A moment and whether its time of day is stated; nothing for an empty cell.
fn moment(bytes: &[u8], encoding: Encoding, profile: &Profile) -> Result<Option<(Moment, bool)>, Unreadable> {
    let Some(form) = &profile.date_form else { return cell::moment(bytes, encoding, &profile.moments) };
    let text = cell::normal(bytes, encoding);
    if text.is_empty() {
        return Ok(None);
    }
    match form.read(&text) {
        Some(at) => Ok(Some(at)),
        // A day of a workbook comes as 2026-03-01 whatever the cell looked like.
        None if !form.is_year_day_month() => cell::moment(bytes, encoding, &[MomentForm::Separated]),
        None => Err(Unreadable),
    }
}
