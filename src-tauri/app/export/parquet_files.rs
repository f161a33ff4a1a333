//! Tables as Parquet, column by column in groups of rows. Text is UTF-8, yen and counts INT64, days DATE, moments
//! TIMESTAMP in milliseconds without a time zone (the Japanese wall clock).

use super::super::error::Error;
use super::paper::{Cell, Kind, Paper, Stage, Table, unwritable};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs::File;
use std::io::{self, BufWriter};
use std::sync::Arc;

/// Rows of a group: enough for good columns, few enough for little memory.
const ROWS_OF_GROUP: usize = 16_384;

pub(super) struct ParquetFiles<'s> {
    stage: &'s mut Stage,
    writer: Option<SerializedFileWriter<BufWriter<File>>>,
    kinds: Vec<Kind>,
    waiting: Vec<Vec<Cell>>,
}

impl<'s> ParquetFiles<'s> {
    pub(super) fn new(stage: &'s mut Stage) -> ParquetFiles<'s> {
        ParquetFiles { stage, writer: None, kinds: Vec::new(), waiting: Vec::new() }
    }

    fn failed(&self, error: ParquetError) -> Error {
        unwritable(self.stage.newest(), io::Error::other(error))
    }

    fn write_group(&mut self) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.waiting);
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if rows.is_empty() {
            return Ok(());
        }
        group(writer, &self.kinds, &rows).map_err(|error| self.failed(error))
    }
}

impl Paper for ParquetFiles<'_> {
    fn table(&mut self, table: &Table) -> Result<(), Error> {
        self.finish()?;
        let file = self.stage.file(&format!("{}.parquet", table.file))?;
        let schema = parse_message_type(&schema(table)).map_err(|error| self.failed(error))?;
        let properties = WriterProperties::builder().build();
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties));
        self.writer = Some(writer.map_err(|error| self.failed(error))?);
        self.kinds = table.columns.iter().map(|column| column.kind).collect();
        Ok(())
    }

    fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<(), Error> {
        self.waiting.extend_from_slice(rows);
        if self.waiting.len() >= ROWS_OF_GROUP { self.write_group() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.write_group()?;
        if let Some(writer) = self.writer.take() {
            writer.close().map_err(|error| self.failed(error))?;
        }
        Ok(())
    }
}

fn schema(table: &Table) -> String {
    let columns = table.columns.iter().map(|column| {
        let (physical, logical) = match column.kind {
            Kind::Text => ("BYTE_ARRAY", " (UTF8)"),
            Kind::Day => ("INT32", " (DATE)"),
            Kind::Moment => ("INT64", " (TIMESTAMP(MILLIS,false))"),
            Kind::Number | Kind::Yen | Kind::Amount | Kind::Flag => ("INT64", ""),
        };
        format!("OPTIONAL {physical} {}{logical};", column.id)
    });
    format!("message otokui {{ {} }}", columns.collect::<Vec<_>>().join(" "))
}

fn group(
    writer: &mut SerializedFileWriter<BufWriter<File>>,
    kinds: &[Kind],
    rows: &[Vec<Cell>],
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for (place, kind) in kinds.iter().enumerate() {
        let Some(mut column) = group.next_column()? else { break };
        let cells = || rows.iter().filter_map(|row| row.get(place));
        let stated: Vec<i16> = cells().map(|cell| i16::from(*cell != Cell::Empty)).collect();
        match kind {
            Kind::Text => {
                let texts = cells().filter_map(|cell| match cell {
                    Cell::Text(text) => Some(ByteArray::from(text.as_str())),
                    _ => None,
                });
                let texts: Vec<ByteArray> = texts.collect();
                column.typed::<ByteArrayType>().write_batch(&texts, Some(&stated), None)?;
            }
            Kind::Day => {
                let days = cells().filter_map(|cell| match cell {
                    Cell::Day(day) => Some(day.0),
                    _ => None,
                });
                let days: Vec<i32> = days.collect();
                column.typed::<Int32Type>().write_batch(&days, Some(&stated), None)?;
            }
            Kind::Number | Kind::Yen | Kind::Amount | Kind::Flag | Kind::Moment => {
                let numbers = cells().filter_map(|cell| match cell {
                    Cell::Number(number) => Some(*number),
                    Cell::Moment(at) => Some(at.0 * 1000),
                    _ => None,
                });
                let numbers: Vec<i64> = numbers.collect();
                column.typed::<Int64Type>().write_batch(&numbers, Some(&stated), None)?;
            }
        }
        column.close()?;
    }
    group.close()?;
    Ok(())
}
