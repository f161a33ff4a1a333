//! Tables as CSV: UTF-8 with a mark that Excel understands, every text quoted and never a formula.

use super::super::error::Error;
use super::paper::{Cell, Paper, Stage, Table, unwritable};
use crate::intake::own_export::marked;
use std::fs::File;
use std::io::{BufWriter, Write};

pub(super) struct CsvFiles<'s> {
    stage: &'s mut Stage,
    file: Option<BufWriter<File>>,
    line: String,
}

impl<'s> CsvFiles<'s> {
    pub(super) fn new(stage: &'s mut Stage) -> CsvFiles<'s> {
        CsvFiles { stage, file: None, line: String::new() }
    }

    fn put(&mut self) -> Result<(), Error> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(self.line.as_bytes()).map_err(|source| unwritable(self.stage.newest(), source))
    }
}

impl Paper for CsvFiles<'_> {
    fn table(&mut self, table: &Table) -> Result<(), Error> {
        self.finish()?;
        self.file = Some(self.stage.file(&format!("{}.csv", table.file))?);
        self.line = String::from("\u{feff}");
        for (at, column) in table.columns.iter().enumerate() {
            push(&mut self.line, at, &Cell::from(&*column.head));
        }
        self.line += "\r\n";
        self.put()
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<(), Error> {
        self.line.clear();
        for row in rows {
            for (at, cell) in row.iter().enumerate() {
                push(&mut self.line, at, cell);
            }
            self.line += "\r\n";
        }
        self.put()
    }

    fn finish(&mut self) -> Result<(), Error> {
        if let Some(mut file) = self.file.take() {
            file.flush().map_err(|source| unwritable(self.stage.newest(), source))?;
        }
        Ok(())
    }
}

fn push(line: &mut String, at: usize, cell: &Cell) {
    use std::fmt::Write;
    if at > 0 {
        line.push(',');
    }
    // Writing into a string cannot fail.
    let _ = match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) if text.is_empty() => Ok(()),
        Cell::Text(text) => write!(line, "\"{}\"", marked(text).replace('"', "\"\"")),
        Cell::Number(number) => write!(line, "{number}"),
        Cell::Day(day) => write!(line, "{day}"),
        Cell::Moment(at) => write!(line, "{}", at.to_string().replace('T', " ")),
    };
}
