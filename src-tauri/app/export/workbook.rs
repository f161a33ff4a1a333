//! Tables as sheets of one workbook, row by row in constant memory: heads frozen, filters on, texts never formulas.

use super::super::error::Error;
use super::paper::{Cell, Kind, Paper, Stage, Table, unwritable};
use crate::intake::own_export::looks_marked;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// Rows of a sheet under its head.
const ROWS_OF_SHEET: u32 = 1_048_575;

/// Characters of a cell.
const CHARS_OF_CELL: usize = 32_767;

pub(super) struct Book<'s> {
    stage: &'s mut Stage,
    file: String,
    workbook: Workbook,
    /// The sheet at hand and how many rows it has; nothing before the first.
    sheet: Option<(usize, u32)>,
    table: Option<Table>,
    sheets: usize,
    nth: u32,
    personal_note: String,
    formats: Formats,
    rows_of_sheet: u32,
}

struct Formats {
    head: Format,
    yen: Format,
    day: Format,
    moment: Format,
}

impl<'s> Book<'s> {
    /// `file` is the workbook's name without ending; `personal_note` heads every printed page of a personal table.
    pub(super) fn new(stage: &'s mut Stage, file: &str, personal_note: String) -> Book<'s> {
        Book {
            stage,
            file: file.to_owned(),
            workbook: Workbook::new(),
            sheet: None,
            table: None,
            sheets: 0,
            nth: 0,
            personal_note,
            formats: Formats {
                head: Format::new().set_bold(),
                yen: Format::new().set_num_format("#,##0"),
                day: Format::new().set_num_format("yyyy/mm/dd"),
                moment: Format::new().set_num_format("yyyy/mm/dd hh:mm:ss"),
            },
            rows_of_sheet: ROWS_OF_SHEET,
        }
    }

    fn failed(&self, error: XlsxError) -> Error {
        match error {
            XlsxError::IoError(source) => unwritable(&std::path::PathBuf::from(format!("{}.xlsx", self.file)), source),
            error => Error::Workbook(error),
        }
    }

    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let (Some((at, rows)), Some(table)) = (self.sheet.take(), &self.table) else { return Ok(()) };
        let last = table.columns.len() as u16 - 1;
        self.workbook.worksheet_from_index(at)?.autofilter(0, 0, rows.max(1), last)?;
        Ok(())
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.end_sheet()?;
        self.nth += 1;
        let Some(table) = &self.table else { return Ok(()) };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        let name = if self.nth == 1 { table.sheet.clone() } else { format!("{} {}", table.sheet, self.nth) };
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        if table.personal {
            sheet.set_header(format!("&C{}", self.personal_note));
        }
        for (at, column) in (0..).zip(&table.columns) {
            let width = match column.kind {
                Kind::Moment => 20.0,
                Kind::Text => 18.0,
                _ => 12.0,
            };
            sheet.set_column_width(at, width)?;
            sheet.write_string_with_format(0, at, &column.head, &self.formats.head)?;
        }
        self.sheet = Some((self.sheets, 0));
        self.sheets += 1;
        Ok(())
    }

    fn write(&mut self, rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
        // An order whose rows do not fit any more goes to the next sheet whole.
        if self.sheet.is_some_and(|(_, count)| count > 0 && count + rows.len() as u32 > self.rows_of_sheet) {
            self.begin_sheet()?;
        }
        let (Some((at, count)), Some(table)) = (&mut self.sheet, &self.table) else { return Ok(()) };
        let sheet = self.workbook.worksheet_from_index(*at)?;
        for row in rows {
            *count += 1;
            for ((place, column), cell) in (0..).zip(&table.columns).zip(row) {
                put(sheet, *count, place, column.kind, cell, &self.formats)?;
            }
        }
        Ok(())
    }
}

impl Paper for Book<'_> {
    fn table(&mut self, table: &Table) -> Result<(), Error> {
        let begun = self.end_sheet().and_then(|()| {
            self.table = Some(table.clone());
            self.nth = 0;
            self.begin_sheet()
        });
        begun.map_err(|error| self.failed(error))
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<(), Error> {
        self.write(rows).map_err(|error| self.failed(error))
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.end_sheet().map_err(|error| self.failed(error))?;
        let mut file = self.stage.file(&format!("{}.xlsx", self.file))?;
        self.workbook.save_to_writer(&mut file).map_err(|error| self.failed(error))?;
        file.flush().map_err(|source| unwritable(self.stage.newest(), source))
    }
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    kind: Kind,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            // A string stays a string here; only what already looks marked needs another mark to be read back.
            let text = if looks_marked(text) { format!("'{text}") } else { text.clone() };
            let is_cut = text.len() > CHARS_OF_CELL && text.chars().count() > CHARS_OF_CELL;
            let text = if is_cut { text.chars().take(CHARS_OF_CELL - 1).chain(['…']).collect() } else { text };
            sheet.write_string(row, column, text)?;
        }
        Cell::Number(number) if matches!(kind, Kind::Yen | Kind::Amount) => {
            sheet.write_number_with_format(row, column, *number as f64, &formats.yen)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Day(day) => {
            let (year, month, date) = day.ymd();
            let at = ExcelDateTime::from_ymd(year as u16, month as u8, date as u8)?;
            sheet.write_datetime_with_format(row, column, at, &formats.day)?;
        }
        Cell::Moment(moment) => {
            let (year, month, date) = moment.day().ymd();
            let second = moment.second_of_day();
            let at = ExcelDateTime::from_ymd(year as u16, month as u8, date as u8)?.and_hms(
                (second / 3600) as u16,
                (second / 60 % 60) as u8,
                (second % 60) as f64,
            )?;
            sheet.write_datetime_with_format(row, column, at, &formats.moment)?;
        }
    }
    Ok(())
}
