//! Joins orders halves and lines halves on store and number: one of each, or several where an owner has cut a period
//! differently for the two.
//!
//! Either half may state the number with the store in front (`store-10001234`) or alone; a number alone belongs
//! to whatever store the other half names.

use super::assemble::{Fault, Row, head};
use super::copies::{Newness, newest_row, newness, rivals_of};
use super::coupon::OfLines;
use super::course::Looked;
use super::differ;
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
use std::path::{Path, PathBuf};

/// A row of a lines half.
struct LineRow {
    /// Place of its file among the lines halves.
    half: usize,
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

/// One file of a kind, and what is counted of it.
struct Half<'p> {
    path: &'p Path,
    layout: Layout,
    tally: FileTally,
}

pub(crate) fn read<E>(
    orders: &[PathBuf],
    lines: &[PathBuf],
    sink: &mut dyn Sink<E>,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Tally, ReadError<E>> {
    let (mut orders, mut lines) = halves(orders, lines)?;
    let (mut bytes_before, mut rows_before) = (0, 0);
    let mut by_order = Lines::default();
    for (place, half) in lines.iter_mut().enumerate() {
        read_lines(half, place, &mut by_order, &mut |bytes, rows| tick(bytes_before + bytes, rows_before + rows))?;
        bytes_before += half.layout.bytes;
        rows_before += half.tally.rows;
    }
    let lines_before = !by_order.is_empty();

    let mut tally = Tally::of(&orders[0].layout);
    for of in orders[1..].iter().map(|half| Tally::of(&half.layout)) {
        tally.is_status_unknown |= of.is_status_unknown;
        tally.are_means_unknown |= of.are_means_unknown;
    }
    let (mut met, mut unmet) = (0u64, 0u64);
    let newest = newest_halves(&orders, &mut || tick(bytes_before, rows_before))?.ok_or(ReadError::Cancelled)?;
    for (place, half) in orders.iter_mut().enumerate() {
        let Half { path, layout: orders_layout, tally: orders_file } = half;
        let mut later_tick = |bytes, rows| tick(bytes_before + bytes, rows_before + rows);
        let surveyed = Survey::of(path, orders_layout, false, &mut || later_tick(0, 0))?.ok_or(ReadError::Cancelled)?;
        each_order(
            path,
            orders_layout,
            &Looked::Through(&surveyed, &[]),
            orders_file,
            &mut later_tick,
            &mut |found, file| {
                let Met::Order(rows) = found else { return Ok(()) };
                let Some(row) = newest_row(orders_layout, rows) else { return Ok(()) };
                let key = orders_layout.key(&row.record).and_then(store_and_digits);
                let (store, digits) = key.unwrap_or_default();
                let number = full_number(store, digits);
                if newest.get(&number).is_some_and(|(_, newest)| *newest != place) {
                    file.skipped += rows.len() as u64;
                    return Ok(());
                }
                let contradicts = |(row, kept)| differ::between_copies(orders_layout, row, kept, &number);
                let contradicted = rivals_of(orders_layout, rows, row).into_iter().filter_map(contradicts);
                let told = file.problem_rows;
                contradicted.for_each(|problem| file.problem(problem));
                file.skipped += rows.len() as u64 - 1 - (file.problem_rows - told);
                let Some(of_order) = take_lines(&mut by_order, store, digits) else {
                    unmet += 1;
                    file.problem(whole_row(row.row, ProblemKind::OrderWithoutLines, &number));
                    return Ok(());
                };
                met += 1;
                let store = if store.is_empty() { of_order[0].store.clone() } else { Text::from(store) };
                let number = full_number(&store, digits);
                let head = match row.flaw {
                    Some(flaw) => Err(orders_layout.flaw(&row.record, flaw)),
                    None => head(orders_layout, &[row], store, number.clone()),
                };
                match head {
                    Ok(mut order) if of_order.iter().all(|line| line.line.is_ok()) => {
                        file.used += 1;
                        put_lines((orders_layout, row), &mut order, of_order, &mut lines);
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
                            line.tell(&mut lines, ProblemKind::OrderIncomplete, &number);
                        }
                    }
                }
                Ok(())
            },
        )?;
        bytes_before += half.layout.bytes;
        rows_before += half.tally.rows;
    }
    if met == 0 && unmet > 0 && lines_before {
        return Err(Error::NotAPair { orders: orders[0].path.to_owned(), lines: lines[0].path.to_owned() }.into());
    }
    for (digits, rows) in by_order {
        for line in rows {
            let number = full_number(&line.store, &digits);
            line.tell(&mut lines, ProblemKind::LineWithoutOrder, &number);
        }
    }
    tally.files = orders.into_iter().chain(lines).map(|half| half.tally).collect();
    tally.files.iter_mut().for_each(FileTally::finish);
    Ok(tally)
}

/// The orders halves and the lines halves, whichever way round they were given.
fn halves<'p>(orders: &'p [PathBuf], lines: &'p [PathBuf]) -> Result<(Vec<Half<'p>>, Vec<Half<'p>>), Error> {
    let looked = |paths: &'p [PathBuf]| -> Result<Vec<Half<'p>>, Error> {
        let half = |path: &'p PathBuf| {
            let layout = layout(path, Layouts::default())?;
            Ok(Half { path, layout, tally: FileTally::new(path) })
        };
        paths.iter().map(half).collect()
    };
    let (mut orders, mut lines) = (looked(orders)?, looked(lines)?);
    if lines.iter().all(|half| half.layout.profile.part == Part::OrdersHalf) {
        std::mem::swap(&mut orders, &mut lines);
    }
    let other =
        |halves: &[Half<'_>], part| halves.iter().position(|half| half.layout.profile.part != part).unwrap_or(0);
    let first = &orders[other(&orders, Part::OrdersHalf)];
    let second = &lines[other(&lines, Part::LinesHalf)];
    let (first_part, second_part) = (first.layout.profile.part, second.layout.profile.part);
    if (first_part, second_part) != (Part::OrdersHalf, Part::LinesHalf) {
        let (first, second) = (first.path.to_owned(), second.path.to_owned());
        return Err(Error::NotTwoHalves { first, first_part, second, second_part });
    }
    Ok((orders, lines))
}

/// By number, how new the newest copy of an order is, and the half that has it.
type Newest = FxHashMap<Text, (Newness, usize)>;

/// Which half has the newest copy of an order, of equal ones the last. Looks at nothing where one
/// half is all there is; nothing at all when `go_on` said stop.
fn newest_halves(halves: &[Half<'_>], go_on: &mut dyn FnMut() -> ControlFlow<()>) -> Result<Option<Newest>, Error> {
    let mut newest = Newest::default();
    if halves.len() < 2 {
        return Ok(Some(newest));
    }
    let mut at = Row::default();
    for (place, half) in halves.iter().enumerate() {
        let mut table = Table::open(half.path, &half.layout)?;
        while let Some(row) = table.next(&mut at.record)? {
            if row.is_multiple_of(TICK_ROWS) && go_on().is_break() {
                return Ok(None);
            }
            let Some((store, digits)) = half.layout.key(&at.record).and_then(store_and_digits) else { continue };
            let said = (newness(&half.layout, &at), place);
            let best = newest.entry(full_number(store, digits)).or_insert(said);
            *best = (*best).max(said);
        }
    }
    Ok(Some(newest))
}

fn read_lines<E>(
    half: &mut Half<'_>,
    place_of_half: usize,
    lines: &mut Lines,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<(), ReadError<E>> {
    let Half { path, layout, tally: file } = half;
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
        let line = match table.flaw(&record, &layout.columns.headers) {
            Some(flaw) => Err(layout.flaw(&record, flaw)),
            None => line(layout, &record, place),
        };
        let damaged = line.as_ref().ok().and_then(|line| line.damaged);
        let warning = damaged.map(|field| {
            let fault = layout.fault(&record, field, ProblemKind::DamagedCode);
            layout.problem(row, &fault, &full_number(store, digits))
        });
        of_order.push(LineRow { half: place_of_half, row, store: store.into(), line, coupon_code, warning });
    }
    file.rows += table.blank();
    file.skipped += table.blank();
    Ok(())
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
fn put_lines((layout, of): (&Layout, &Row), order: &mut Order, rows: Vec<LineRow>, halves: &mut [Half<'_>]) {
    let mut taken: FxHashMap<Text, (usize, usize)> = FxHashMap::default();
    let mut lines: Vec<Line> = Vec::with_capacity(rows.len());
    for row in rows.into_iter().rev() {
        let Ok(line) = row.line else { continue };
        let Half { layout, tally: file, .. } = &mut halves[row.half];
        if let Some((half, place)) = taken.get(&line.line.line_key) {
            // Of two downloads the later may well say otherwise; one download does not contradict itself.
            let contradicted = Some(&lines[*place]).filter(|_| *half == row.half);
            match contradicted.and_then(|kept| differ::between_lines(layout, &line, kept)) {
                Some(fault) => file.problem(layout.problem(row.row, &fault, &order.number)),
                None => file.skipped += 1,
            }
            continue;
        }
        taken.insert(line.line.line_key.clone(), (row.half, lines.len()));
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
    /// Tells of its own problem if it has one, else of this one.
    fn tell(self, halves: &mut [Half<'_>], kind: ProblemKind, number: &str) {
        let Half { layout, tally, .. } = &mut halves[self.half];
        tally.problem(match &self.line {
            Err(fault) => layout.problem(self.row, fault, number),
            Ok(_) => whole_row(self.row, kind, number),
        });
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
