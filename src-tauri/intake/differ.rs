//! Rows that contradict each other: what an order states once differs between its rows, or two copies of a row that are
//! equally new do not say the same. A file made of two exports or changed by hand is so; no export of a mall is.

use super::assemble::{Fault, Row};
use super::cell;
use super::line::Line;
use super::problem::{Problem, ProblemKind};
use super::profile::Field;
use super::table::Layout;

/// What an order states once and each of its rows repeats.
const OF_ORDER: [Field; 10] = [
    Field::Status,
    Field::Billed,
    Field::OrderTotal,
    Field::PointsUsed,
    Field::CouponTotal,
    Field::ShopCoupon,
    Field::MallCoupon,
    Field::GiftCard,
    Field::Discount,
    Field::Postage,
];

/// What a line is made of.
const OF_LINE: [Field; 5] = [Field::Quantity, Field::Price, Field::UnitPrice, Field::ItemCode, Field::Sku];

/// Of what is told of used rows at most one for each, what was told first.
pub(crate) fn one_a_row(warnings: &mut Vec<Problem>) {
    warnings.sort_by_key(|warning| warning.row);
    warnings.dedup_by_key(|warning| warning.row);
}

/// Rows that state otherwise than a row above what stands once for their order. They are used: the row above counts for
/// the order, their own line stands.
pub(crate) fn within_order(layout: &Layout, rows: &[&Row], number: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    if rows.len() < 2 {
        return found;
    }
    for field in OF_ORDER {
        let Some(place) = layout.columns.place(field) else { continue };
        let states = |row: &&&Row| !row.record.get(place).unwrap_or_default().trim_ascii().is_empty();
        let mut stated = rows.iter().filter(states);
        let Some(first) = stated.next() else { continue };
        for row in stated.filter(|row| says_otherwise(layout, field, first, row)) {
            let fault = layout.fault(&row.record, field, ProblemKind::OrderDiffers);
            found.push(layout.problem(row.row, &fault, number));
        }
    }
    found
}

/// The problem of a row that another takes the place of, where the two are equally new and do not say the same.
pub(crate) fn between_copies(layout: &Layout, left_out: &Row, kept: &Row, number: &str) -> Option<Problem> {
    // An order moves on from one export to the next without being another.
    let mut fields = OF_LINE.iter().chain(&OF_ORDER).filter(|field| **field != Field::Status);
    let field = fields.find(|field| says_otherwise(layout, **field, kept, left_out))?;
    let fault = layout.fault(&left_out.record, *field, ProblemKind::Conflict);
    Some(layout.problem(left_out.row, &fault, number))
}

/// What is wrong with a line that another of the same id takes the place of, where the two do not say the same.
pub(crate) fn between_lines(layout: &Layout, left_out: &Line, kept: &Line) -> Option<Fault> {
    let (out, kept) = (&left_out.line, &kept.line);
    let price = [Field::Price, Field::UnitPrice].into_iter().find(|field| layout.columns.place(*field).is_some());
    let (field, found) = match () {
        () if out.quantity != kept.quantity => (Field::Quantity, out.quantity.to_string()),
        () if out.unit_price != kept.unit_price => (price?, out.unit_price.0.to_string()),
        () if out.item_code != kept.item_code => (Field::ItemCode, out.item_code.to_string()),
        () if out.sku != kept.sku => (Field::Sku, out.sku.to_string()),
        () => return None,
    };
    Some(layout.fault_of(field, ProblemKind::Conflict, &found))
}

/// Whether both state it and not the same: `500` and `500.0` are, and so is what is not fixed yet and any amount.
fn says_otherwise(layout: &Layout, field: Field, a: &Row, b: &Row) -> bool {
    let [a, b] = [a, b].map(|row| layout.cell(&row.record, field).trim_ascii());
    if a == b || a.is_empty() || b.is_empty() {
        return false;
    }
    let read = if field == Field::Quantity { cell::pieces } else { cell::yen };
    match [a, b].map(|cell| read(cell, layout.encoding)) {
        [Ok(a), Ok(b)] => a.zip(b).is_some_and(|(a, b)| a != b),
        _ => cell::normal(a, layout.encoding) != cell::normal(b, layout.encoding),
    }
}
