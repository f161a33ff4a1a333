//! Sheets of an OpenDocument workbook, cell by cell.
//!
//! calamine reads these whole and writes repeated rows out; a small file can then ask for gigabytes.

use super::sheet::{MAX_COLUMNS, Stop};
use super::workbook::{Rows, Take};
use calamine::DataRef;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use zip::ZipArchive;

/// Why the workbook could not be read on.
pub(crate) struct Unreadable;

/// A sheet with rows beyond this is padding to the end of the sheet.
const PADDING_ROWS: u32 = 10_000;

/// Cells that repeated rows may come to; real rows are hardly ever alike.
const MAX_REPEATED_CELLS: u64 = 2_000_000;

/// Takes a sheet by its name.
type Each<'e, E> = dyn FnMut(&str, &mut Rows<'_>) -> Result<ControlFlow<()>, E> + 'e;

/// Hands over each sheet by name.
pub(crate) fn sheets<E>(file: File, each: &mut Each<'_, E>) -> Result<Result<ControlFlow<()>, E>, Unreadable> {
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| Unreadable)?;
    let content = archive.by_name("content.xml").map_err(|_| Unreadable)?;
    let mut xml = quick_xml::Reader::from_reader(BufReader::with_capacity(64 << 10, content));
    xml.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| Unreadable)? {
            Event::Start(start) if start.name() == QName("table:table") => {
                let name = attribute(&start, "table:name").unwrap_or_default();
                let mut failed = false;
                let step = each(&name, &mut |take| {
                    let read = rows(&mut xml, take);
                    failed |= matches!(read, Err(Stop::Damaged));
                    read
                });
                match step {
                    Ok(ControlFlow::Continue(())) if !failed => {}
                    step => return Ok(step),
                }
            }
            Event::Eof => return Ok(Ok(ControlFlow::Continue(()))),
            _ => {}
        }
    }
}

/// Reads to the end of the table, or until it is not wanted any more: the rest of it then passes by as nothing.
fn rows<R: BufRead>(xml: &mut quick_xml::Reader<R>, take: &mut Take<'_>) -> Result<(), Stop> {
    let mut buffer = Vec::new();
    let (mut row, mut repeat) = (0u32, 1u32);
    let mut cells: Vec<(u32, DataRef<'static>)> = Vec::new();
    let mut column = 0u32;
    let mut repeated = 0u64;
    // Cells merged over rows (see `merged`): column, the last row, what stands in it. And those that begin in this row.
    let mut open: Vec<(u32, u32, DataRef<'static>)> = Vec::new();
    let mut begun: Vec<(u32, u32, DataRef<'static>)> = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| Stop::Damaged)? {
            Event::Start(start) if start.name() == QName("table:table-row") => {
                repeat = count(&start, "table:number-rows-repeated");
                column = 0;
                cells.clear();
                begun.clear();
            }
            Event::End(end) if end.name() == QName("table:table-row") => {
                // A row of text that is repeated is that many rows; an empty one is a distance.
                let copies = if cells.is_empty() { 0 } else { repeat };
                open.retain(|(_, last, _)| *last >= row);
                repeated += u64::from(copies.saturating_sub(1)) * (cells.len() + open.len()) as u64;
                if copies > PADDING_ROWS || repeated > MAX_REPEATED_CELLS {
                    return Err(Stop::Damaged);
                }
                for copy in 0..copies {
                    let at = row.saturating_add(copy);
                    for (column, _, value) in open.iter().filter(|(_, last, _)| *last >= at) {
                        take((at, *column), value)?;
                    }
                    for (column, value) in &cells {
                        take((at, *column), value)?;
                    }
                }
                open.append(&mut begun);
                row = row.saturating_add(repeat);
            }
            Event::Start(start)
                if start.name() == QName("table:table-cell") || start.name() == QName("table:covered-table-cell") =>
            {
                let repeat = count(&start, "table:number-columns-repeated");
                let stated = stated(&start);
                let spanned = count(&start, "table:number-rows-spanned");
                let end = start.name().0.to_owned();
                let text = text(xml, &end)?;
                let value = match stated {
                    Some(value) => value,
                    None if text.is_empty() => DataRef::Empty,
                    None => DataRef::String(text),
                };
                if !matches!(value, DataRef::Empty) {
                    if spanned > 1 && column < MAX_COLUMNS {
                        begun.push((column, row.saturating_add(spanned - 1), value.clone()));
                    }
                    // Repeated to the right of the widest table: let the sheet refuse it.
                    for copy in 0..repeat.min(MAX_COLUMNS + 1) {
                        cells.push((column.saturating_add(copy), value.clone()));
                    }
                }
                column = column.saturating_add(repeat);
            }
            Event::End(end) if end.name() == QName("table:table") => return Ok(()),
            Event::Eof => return Err(Stop::Damaged),
            _ => {}
        }
    }
}

/// What the attributes of a cell state; nothing for text.
fn stated(start: &BytesStart<'_>) -> Option<DataRef<'static>> {
    match &*attribute(start, "office:value-type")? {
        "float" | "percentage" | "currency" => {
            Some(DataRef::Float(attribute(start, "office:value")?.parse().ok().filter(|n: &f64| n.is_finite())?))
        }
        "date" => Some(DataRef::String(attribute(start, "office:date-value")?.replace('T', " "))),
        "time" => Some(DataRef::String(time(&attribute(start, "office:time-value")?)?)),
        "boolean" => Some(DataRef::Bool(attribute(start, "office:boolean-value")? == "true")),
        _ => attribute(start, "office:string-value").map(DataRef::String),
    }
}

/// `PT10H05M00S` as `10:05:00`.
fn time(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.split(['S', '.']).next()?;
    Some(format!("{hours:0>2}:{minutes:0>2}:{seconds:0>2}"))
}

/// The paragraphs of a cell, one per line; notes are left out.
fn text<R: BufRead>(xml: &mut quick_xml::Reader<R>, cell: &str) -> Result<String, Stop> {
    let (mut text, mut buffer) = (String::new(), Vec::new());
    let (mut paragraphs, mut inside, mut notes) = (0u32, false, 0u32);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| Stop::Damaged)? {
            Event::Start(start) => match start.name().0 {
                "office:annotation" => notes += 1,
                "text:p" if notes == 0 => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    inside = true;
                }
                "text:s" if inside => (0..count(&start, "text:c").min(1_000)).for_each(|_| text.push(' ')),
                "text:line-break" if inside => text.push('\n'),
                "text:tab" if inside => text.push('\t'),
                _ => {}
            },
            Event::End(end) => match end.name().0 {
                "office:annotation" => notes = notes.saturating_sub(1),
                "text:p" => inside = false,
                name if name == cell => return Ok(text),
                _ => {}
            },
            Event::Text(piece) if inside && notes == 0 => text.push_str(&piece),
            Event::GeneralRef(name) if inside && notes == 0 => match &*name {
                "amp" => text.push('&'),
                "lt" => text.push('<'),
                "gt" => text.push('>'),
                "quot" => text.push('"'),
                "apos" => text.push('\''),
                // Characters by number; entities of one's own are not resolved.
                _ => match name.resolve_char_ref() {
                    Ok(Some(character)) => text.push(character),
                    _ => return Err(Stop::Damaged),
                },
            },
            Event::CData(piece) if inside && notes == 0 => text.push_str(&piece),
            Event::Eof => return Err(Stop::Damaged),
            _ => {}
        }
        if text.len() > 1 << 20 {
            return Err(Stop::Damaged);
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok()??;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// How often something is repeated, at least once.
fn count(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}
