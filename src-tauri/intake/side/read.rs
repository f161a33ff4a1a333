//! Rows of a file without orders become values.

use super::{Field, Inspection, Kind};
use crate::intake::FileTally;
use crate::intake::cell::{self, Unreadable};
use crate::intake::damage::is_damaged_code;
use crate::intake::error::ReadError;
use crate::intake::flaw::Flaw;
use crate::intake::problem::{Problem, ProblemKind, shown};
use crate::intake::profile::{MomentForm, normal_header};
use crate::intake::record::ByteRecord;
use crate::intake::rows::TICK_ROWS;
use crate::intake::table::Table;
use crate::shop::beside::{Beside, MallCount};
use crate::shop::{Day, Mall, Moment, Yen};
use rustc_hash::FxHashMap;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::Path;

const FORMS: [MomentForm; 2] = [MomentForm::Separated, MomentForm::Compact];

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct SideTally {
    /// Rows of the file.
    pub file: FileTally,
    /// One value per used row, with the row as a spreadsheet counts it, in file order.
    pub entries: Vec<(u64, Beside)>,
    /// First day of the entries or of the file's stated period.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

impl SideTally {
    /// Makes problems of the entries at fault: which column, and what stands there.
    pub fn refuse(&mut self, inspection: &Inspection, fault: &dyn Fn(&Beside) -> Option<(Field, String)>) {
        let file = &mut self.file;
        self.entries.retain(|(row, entry)| {
            let Some((field, found)) = fault(entry) else { return true };
            file.problem(Problem {
                row: *row,
                column: inspection.profile.header(field).to_owned(),
                kind: ProblemKind::NotAsWritten,
                found: shown(&found),
                order_number: String::new(),
            });
            false
        });
        file.used = self.entries.len() as u64;
        file.finish();
    }

    /// Leaves these entries out as rows that are skipped; answers how many they were.
    pub fn skip(&mut self, is_skipped: &dyn Fn(&Beside) -> bool) -> u64 {
        let before = self.entries.len();
        self.entries.retain(|(_, entry)| !is_skipped(entry));
        let skipped = (before - self.entries.len()) as u64;
        self.file.used = self.entries.len() as u64;
        self.file.skipped += skipped;
        skipped
    }
}

/// Reads every row. A row that says the same as an earlier one is skipped; one that says otherwise about the same
/// thing is a problem. `tick` hears bytes and rows about every 4,096 rows and may stop the reading.
pub fn read(
    path: &Path,
    inspection: &Inspection,
    tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<SideTally, ReadError<Infallible>> {
    let mut table = Table::open_under(path, path, inspection.encoding, inspection.delimiter, inspection.above)?;
    let mut reader = Reader { of: inspection, record: ByteRecord::new(), row: 0, period: period(inspection) };
    let mut tally = SideTally { file: FileTally::new(path), ..SideTally::default() };
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let mut rows = 0u64;
    while let Some(row) = table.next(&mut reader.record)? {
        rows += 1;
        if rows.is_multiple_of(TICK_ROWS) && tick(table.bytes(), rows).is_break() {
            return Err(ReadError::Cancelled);
        }
        reader.row = row;
        let flaw = table.flaw(&reader.record, &inspection.headers);
        match (reader.entry(), flaw) {
            (Ok(Some(_)) | Err(_), Some(flaw)) => tally.file.problem(reader.flawed(flaw)),
            (Ok(Some(mut entry)), None) => {
                if matches!(entry, Beside::Fee(_)) && !inspection.profile.is_own_export() {
                    number_equal_lines(&mut entry, &seen);
                }
                match seen.get(&entry.key()) {
                    Some(earlier) if tally.entries[*earlier].1 == entry => tally.file.skipped += 1,
                    Some(_) => tally.file.problem(reader.problem(Field::ItemCode, ProblemKind::Conflict)),
                    None => {
                        reader.warning(&entry).into_iter().for_each(|warning| tally.file.warn(warning));
                        seen.insert(entry.key(), tally.entries.len());
                        tally.entries.push((row, entry));
                    }
                }
            }
            (Ok(None), _) => tally.file.skipped += 1,
            (Err(problem), None) => tally.file.problem(problem),
        }
    }
    if inspection.profile.zero_rows_at_the_end {
        while tally.entries.last().is_some_and(|(_, entry)| has_not_come_yet(entry)) {
            tally.entries.pop();
            tally.file.skipped += 1;
        }
    }
    tally.file.rows = rows + table.blank();
    tally.file.skipped += table.blank();
    tally.file.used = tally.entries.len() as u64;
    tally.file.finish();
    let days: Vec<(Day, Day)> = tally.entries.iter().filter_map(|(_, entry)| entry.days()).collect();
    tally.from = days.iter().map(|(from, _)| *from).min().or(reader.period.0);
    tally.to = days.iter().map(|(_, to)| *to).max().or(reader.period.1);
    if tick(table.bytes(), rows).is_break() { Err(ReadError::Cancelled) } else { Ok(tally) }
}

/// Equal lines of a settlement are several charges, not one charge stated twice.
fn number_equal_lines(entry: &mut Beside, seen: &FxHashMap<String, usize>) {
    while seen.contains_key(&entry.key()) {
        if let Beside::Fee(fee) = entry {
            fee.occurrence += 1;
        }
    }
}

/// A row of the mall's counts in which nothing happened, not even a visit.
fn has_not_come_yet(entry: &Beside) -> bool {
    let Beside::MallCount(count) = entry else { return false };
    let zero = |number: Option<i64>| number.unwrap_or(0) == 0;
    let numbers = [count.orders, count.visitors, count.new_buyers, count.repeat_buyers];
    let sales = [count.sales, count.new_sales, count.repeat_sales];
    numbers.into_iter().all(zero) && sales.into_iter().all(|yen| zero(yen.map(|yen| yen.0)))
}

/// The period that the lines above the header state.
fn period(inspection: &Inspection) -> (Option<Day>, Option<Day>) {
    for line in &inspection.preamble {
        let text = normal_header(&line.concat());
        let Some(rest) = inspection.profile.period.iter().find_map(|word| text.strip_prefix(word.as_str())) else {
            continue;
        };
        let days: Vec<Day> = rest
            .trim_start_matches([':', '「'])
            .split(['~', '〜', '-'])
            .filter_map(|day| cell::moment(day.trim().as_bytes(), crate::intake::Encoding::Utf8, &FORMS).ok()?)
            .map(|(moment, _)| moment.day())
            .collect();
        if let (Some(from), Some(to)) = (days.first(), days.last()) {
            return (Some(*from), Some(*to));
        }
    }
    (None, None)
}

/// One row at a time.
pub(super) struct Reader<'i> {
    pub(super) of: &'i Inspection,
    record: ByteRecord,
    row: u64,
    pub(super) period: (Option<Day>, Option<Day>),
}

impl Reader<'_> {
    /// The value of the row; nothing when the profile says to leave it out.
    fn entry(&self) -> Result<Option<Beside>, Problem> {
        let entry = self.stated()?;
        match entry.as_ref().and_then(Beside::days) {
            Some((from, to)) if to < from => Err(self.problem(Field::PeriodTo, ProblemKind::EndsBeforeBegin)),
            _ => Ok(entry),
        }
    }

    fn stated(&self) -> Result<Option<Beside>, Problem> {
        let profile = self.of.profile;
        if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return Ok(None);
        }
        let first = self.record.get(0).map(|cell| cell::normal(cell, self.of.encoding)).unwrap_or_default();
        if profile.sums.iter().any(|sum| *sum == first) || self.repeats_the_header() {
            return Ok(None);
        }
        let left_out = |(field, values): (&Field, &Vec<String>)| {
            self.of.places.get(*field).is_some() && !values.contains(&self.text(*field))
        };
        if profile.only.iter().any(left_out) {
            return Ok(None);
        }
        if profile.is_own_export() {
            return self.own();
        }
        match profile.kind {
            Kind::Costs => self.cost().map(Some),
            Kind::Catalogue => self.catalogue_item().map(Some),
            Kind::Reviews => self.review().map(Some),
            Kind::Campaigns => self.campaign().map(Some),
            Kind::MallCounts => self.mall_count().map(Some),
            Kind::Fees => self.fee().map(Some),
            Kind::Favourites => self.favourite().map(Some),
            // Only Otokui writes the others.
            _ => Ok(None),
        }
    }

    /// A code of the owner's list that a spreadsheet seems to have changed.
    fn warning(&self, entry: &Beside) -> Option<Problem> {
        let Beside::ItemCost(cost) = entry else { return None };
        let damaged = [(Field::ItemCode, &cost.code), (Field::Sku, &cost.sku)]
            .into_iter()
            .find(|(_, code)| is_damaged_code(code));
        damaged.map(|(field, _)| self.problem(field, ProblemKind::DamagedCode))
    }

    pub(super) fn cell(&self, field: Field) -> &[u8] {
        self.of.places.get(field).and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    pub(super) fn raw(&self, field: Field) -> String {
        self.of.encoding.text(self.cell(field)).trim().to_owned()
    }

    pub(super) fn text(&self, field: Field) -> String {
        cell::normal(self.cell(field), self.of.encoding).into_owned()
    }

    pub(super) fn needed(&self, field: Field) -> Result<String, Problem> {
        let text = self.text(field);
        if text.is_empty() { Err(self.problem(field, ProblemKind::MissingValue)) } else { Ok(text) }
    }

    pub(super) fn whole(&self, field: Field) -> Result<Option<i64>, Problem> {
        self.number(field, cell::whole)
    }

    /// How many stars a review gives, 0 to 5.
    pub(super) fn stars(&self) -> Result<Option<i64>, Problem> {
        match self.whole(Field::Stars)? {
            Some(stars) if !(0..=5).contains(&stars) => Err(self.problem(Field::Stars, ProblemKind::OutOfRange)),
            stars => Ok(stars),
        }
    }

    /// A campaign's window as it is, unless it ends before it begins.
    pub(super) fn window(&self, begins_at: Moment, ends_at: Moment) -> Result<(Moment, Moment), Problem> {
        if ends_at < begins_at {
            return Err(self.problem(Field::EndsAt, ProblemKind::EndsBeforeBegin));
        }
        Ok((begins_at, ends_at))
    }

    /// What a mall counted on a day or in a month.
    pub(super) fn counts(&self, mall: Mall, from: Day, of_month: bool) -> Result<Beside, Problem> {
        Ok(Beside::MallCount(MallCount {
            mall,
            from,
            of_month,
            sales: self.yen(Field::Sales)?,
            orders: self.whole(Field::Orders)?,
            visitors: self.whole(Field::Visitors)?,
            new_buyers: self.whole(Field::NewBuyers)?,
            repeat_buyers: self.whole(Field::RepeatBuyers)?,
            new_sales: self.yen(Field::NewSales)?,
            repeat_sales: self.yen(Field::RepeatSales)?,
            new_orders: self.whole(Field::NewOrders)?,
            repeat_orders: self.whole(Field::RepeatOrders)?,
        }))
    }

    pub(super) fn yen(&self, field: Field) -> Result<Option<Yen>, Problem> {
        // Not `cell::yen`: a settlement line may well be −12,000, which among orders means "not fixed yet".
        match self.number(field, cell::whole)? {
            Some(amount) if amount.abs() > 1_000_000_000_000 => Err(self.problem(field, ProblemKind::BadNumber)),
            amount => Ok(amount.map(Yen)),
        }
    }

    fn number(
        &self,
        field: Field,
        read: fn(&[u8], crate::intake::Encoding) -> Result<Option<i64>, Unreadable>,
    ) -> Result<Option<i64>, Problem> {
        match read(self.cell(field), self.of.encoding) {
            Ok(number) => Ok(number),
            Err(Unreadable) if self.is_hidden(&self.text(field)) => Ok(None),
            Err(Unreadable) => Err(self.problem(field, ProblemKind::BadNumber)),
        }
    }

    pub(super) fn moment(&self, field: Field) -> Result<Option<(Moment, bool)>, Problem> {
        cell::moment(self.cell(field), self.of.encoding, &FORMS)
            .map_err(|Unreadable| self.problem(field, ProblemKind::BadDate))
    }

    pub(super) fn needed_moment(&self, field: Field) -> Result<(Moment, bool), Problem> {
        self.moment(field)?.ok_or_else(|| self.problem(field, ProblemKind::MissingValue))
    }

    pub(super) fn is_hidden(&self, text: &str) -> bool {
        self.of.profile.hidden.iter().any(|hidden| normal_header(hidden) == text)
    }

    fn repeats_the_header(&self) -> bool {
        let headers = &self.of.headers;
        self.record.len() == headers.len()
            && self.record.iter().zip(headers).all(|(cell, header)| self.of.encoding.text(cell).trim() == header)
    }

    /// Of a row that is spoilt as a whole.
    fn flawed(&self, flaw: Flaw) -> Problem {
        let fault = flaw.told(&self.record, &self.of.headers, self.of.encoding);
        Problem {
            row: self.row,
            column: fault.column,
            kind: fault.kind,
            found: fault.found,
            order_number: self.text(Field::OrderNumber),
        }
    }

    pub(super) fn problem(&self, field: Field, kind: ProblemKind) -> Problem {
        let place = self.of.places.get(field);
        Problem {
            row: self.row,
            column: place.map(|place| self.of.headers[place].clone()).unwrap_or_default(),
            kind,
            found: shown(&self.raw(field)),
            order_number: self.text(Field::OrderNumber),
        }
    }
}
