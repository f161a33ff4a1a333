//! Joins an orders half and a lines half on store and number.
//!
//! Either half may state the number with the store in front (`store-10001234`) or alone; a number alone belongs
//! to whatever store the other half names.

use super::assemble::{Fault, Row, head, newest_row};
use super::coupon::OfLines;
use super::course::Looked;
use super::error::{Error, ReadError};
use super::line::{Line, line};
use super::map::Layouts;
use super::number::{full_number, store_and_digits};
use super::problem::{Problem, ProblemKind};
use super::profile::{Field, Part};
use super::record::ByteRecord;
use super::rows::{Met, TICK_ROWS, each_order, stray};
use super::sink::Sink;
use super::survey::{Survey, number_hash};
use super::table::{Layout, Table, layout};
use super::{FileTally, Tally};
use crate::shop::{Order, Text};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::ControlFlow;
use std::path::Path;

/// A row of the lines half.
struct LineRow {
    row: u64,
    /// Empty when the row states the number alone.
    store: Text,
    line: Result<Line, Fault>,
    /// Code of the shop's coupon.
    coupon_code: Text,
    /// What is damaged in it.
    warning: Option<Problem>,
}

/// Rows of the lines half by the digits of their order.
type Lines = FxHashMap<String, Vec<LineRow>>;

pub(crate) fn read<E>(
    orders: &Path,
    lines: &Path,
    sink: &mut dyn Sink<E>,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Tally, ReadError<E>> {
    let (first, second) = (layout(orders, Layouts::default())?, layout(lines, Layouts::default())?);
    let (orders, orders_layout, lines, lines_layout) = match (first.profile.part, second.profile.part) {
        (Part::OrdersHalf, Part::LinesHalf) => (orders, first, lines, second),
        (Part::LinesHalf, Part::OrdersHalf) => (lines, second, orders, first),
        (first_part, second_part) => {
            let (first, second) = (orders.to_owned(), lines.to_owned());
            return Err(Error::NotTwoHalves { first, first_part, second, second_part }.into());
        }
    };
    let mut lines_file = FileTally::new(lines);
    let mut by_order = read_lines(lines, &lines_layout, &mut lines_file, tick)?;
    let lines_before = !by_order.is_empty();
    let line_rows = lines_file.rows;

    let mut tally = Tally::of(&orders_layout);
    let mut orders_file = FileTally::new(orders);
    let (mut met, mut unmet) = (0u64, 0u64);
    let mut later_tick = |bytes, rows| tick(lines_layout.bytes + bytes, line_rows + rows);
    let surveyed = Survey::of(orders, &orders_layout, false, &mut || later_tick(0, 0))?.ok_or(ReadError::Cancelled)?;
    each_order(
        orders,
        &orders_layout,
        &Looked::Through(&surveyed, &[]),
        &mut orders_file,
        &mut later_tick,
        &mut |found, file| {
            let Met::Order(rows) = found else { return Ok(()) };
            let Some(row) = newest_row(&orders_layout, rows) else { return Ok(()) };
            file.skipped += rows.len() as u64 - 1;
            let key = orders_layout.key(&row.record).and_then(store_and_digits);
            let (store, digits) = key.unwrap_or_default();
            let Some(of_order) = take_lines(&mut by_order, store, digits) else {
                unmet += 1;
                let number = full_number(store, digits);
                file.problem(whole_row(row.row, ProblemKind::OrderWithoutLines, &number));
                return Ok(());
            };
            met += 1;
            let store = if store.is_empty() { of_order[0].store.clone() } else { Text::from(store) };
            let number = full_number(&store, digits);
            match head(&orders_layout, &[row], store, number.clone()) {
                Ok(mut order) if of_order.iter().all(|line| line.line.is_ok()) => {
                    file.used += 1;
                    put_lines((&orders_layout, row), &mut order, of_order, &mut lines_file);
                    tally.count(&order);
                    sink.take(order).map_err(ReadError::Sink)?;
                }
                head => {
                    let problem = match &head {
                        Err(fault) => orders_layout.problem(row.row, fault, &number),
                        Ok(_) => whole_row(row.row, ProblemKind::OrderIncomplete, &number),
                    };
                    file.problem(problem);
                    for line in of_order {
                        lines_file.problem(line.problem(&lines_layout, ProblemKind::OrderIncomplete, &number));
                    }
                }
            }
            Ok(())
        },
    )?;
    if met == 0 && unmet > 0 && lines_before {
        return Err(Error::NotAPair { orders: orders.to_owned(), lines: lines.to_owned() }.into());
    }
    for (digits, rows) in by_order {
        for line in rows {
            let number = full_number(&line.store, &digits);
            lines_file.problem(line.problem(&lines_layout, ProblemKind::LineWithoutOrder, &number));
        }
    }
    orders_file.finish();
    lines_file.finish();
    tally.files = vec![orders_file, lines_file];
    Ok(tally)
}

fn read_lines<E>(
    path: &Path,
    layout: &Layout,
    file: &mut FileTally,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Lines, ReadError<E>> {
    let mut lines = Lines::default();
    let mut table = Table::open(path, layout)?;
    let mut record = ByteRecord::new();
    while let Some(row) = table.next(&mut record)? {
        file.rows += 1;
        if file.rows.is_multiple_of(TICK_ROWS) && tick(table.bytes(), file.rows).is_break() {
            return Err(ReadError::Cancelled);
        }
        let Some((store, digits)) = layout.key(&record).and_then(store_and_digits) else {
            stray(layout, row, &record, file);
            continue;
        };
        let of_order = lines.entry(digits.to_owned()).or_default();
        let place = of_order.len();
        let coupon_code = layout.encoding.text(layout.cell(&record, Field::ShopCouponCode)).trim().into();
        let line = line(layout, &record, place);
        let damaged = line.as_ref().ok().and_then(|line| line.damaged);
        let warning = damaged.map(|field| {
            let fault = layout.fault(&record, field, ProblemKind::DamagedCode);
            layout.problem(row, &fault, &full_number(store, digits))
        });
        of_order.push(LineRow { row, store: store.into(), line, coupon_code, warning });
    }
    file.rows += table.blank();
    file.skipped += table.blank();
    Ok(lines)
}

/// Takes the lines of an order out of the map.
fn take_lines(lines: &mut Lines, store: &str, digits: &str) -> Option<Vec<LineRow>> {
    let found = lines.get_mut(digits)?;
    let is_of = |line: &LineRow| line.store == store || line.store.is_empty() || store.is_empty();
    if found.iter().all(is_of) {
        return lines.remove(digits);
    }
    // Two stores with the same number.
    let (of_order, others): (Vec<LineRow>, Vec<LineRow>) = std::mem::take(found).into_iter().partition(is_of);
    *found = others;
    Some(of_order).filter(|lines| !lines.is_empty())
}

/// Puts the lines into their order. A line id that repeats is the same line of a later export: the last counts.
fn put_lines((layout, of): (&Layout, &Row), order: &mut Order, rows: Vec<LineRow>, file: &mut FileTally) {
    let mut taken = FxHashSet::default();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows.into_iter().rev() {
        let Ok(line) = row.line else { continue };
        if !taken.insert(line.line.line_key.clone()) {
            file.skipped += 1;
            continue;
        }
        file.used += 1;
        if let Some(warning) = row.warning {
            file.warn(warning);
        }
        if order.shop_coupon_name.is_empty() {
            order.shop_coupon_name = row.coupon_code;
        }
        lines.push(line);
    }
    let mut coupon = OfLines::default();
    for (place, line) in lines.into_iter().rev().enumerate() {
        coupon.hear(&line, place);
        order.lines.push(line.line);
    }
    coupon.settle(layout, of, order);
}

fn whole_row(row: u64, kind: ProblemKind, number: &str) -> Problem {
    Problem { row, column: String::new(), kind, found: number.to_owned(), order_number: number.to_owned() }
}

impl LineRow {
    /// Its own problem if it has one, else this one.
    fn problem(&self, layout: &Layout, kind: ProblemKind, number: &str) -> Problem {
        match &self.line {
            Err(fault) => layout.problem(self.row, fault, number),
            Ok(_) => whole_row(self.row, kind, number),
        }
    }
}

/// Which orders a half holds, as hashes of their numbers without the store: halves of one pair share them. `go_on` is
/// asked about every 4,096 rows; nothing when it said stop.
pub fn order_keys(path: &Path, go_on: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<FxHashSet<u64>>, Error> {
    let layout = layout(path, Layouts::default())?;
    let mut table = Table::open(path, &layout)?;
    let mut record = ByteRecord::new();
    let mut keys = FxHashSet::default();
    let mut rows = 0u64;
    while table.next(&mut record)?.is_some() {
        rows += 1;
        if rows.is_multiple_of(TICK_ROWS) && go_on().is_break() {
            return Ok(None);
        }
        if let Some((_, digits)) = layout.key(&record).and_then(store_and_digits) {
            keys.insert(number_hash(digits.as_bytes()));
        }
    }
    Ok(Some(keys))
}
