//! Cells of a sheet become the text of a CSV: the same rows at the same places, cells nobody reads left empty.

use super::cell::serial_moment;
use super::map::Layouts;
use super::number::is_rakuten_number;
use super::profile::{Columns, Field, Fit, Profile, fit};
use super::record::said_as_text;
use super::table::HEADER_WITHIN;
use super::unfold::UTF_8_MARK;
use crate::shop::{Day, Moment};
use calamine::{DataRef, ExcelDateTime};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// Columns of the widest table that is read.
pub(crate) const MAX_COLUMNS: u32 = 300;

/// Rows of the longest table that is read.
pub(crate) const MAX_ROWS: u32 = 2_000_000;

/// Rows written of a sheet without the header of an export, so that its owner can say what its columns are.
pub(crate) const OPENING_ROWS: usize = 500;

/// The longest cell: what a spreadsheet allows (32,767 characters), in bytes.
const MAX_CELL_BYTES: usize = 128 << 10;

/// Why a sheet is not read to its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The first rows hold no header of an export, and enough of them are written.
    NoHeader,
    /// Beyond the caps, or rows that run backwards.
    Damaged,
    /// The table could not be written.
    Unwritable(io::Error),
}

/// What a column is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Not read.
    Nothing,
    Text,
    /// A day, or a day and a time.
    Moment,
    /// A time of day.
    Time,
}

/// The text of one sheet while its cells come in, row by row.
pub(crate) struct Sheet {
    out: BufWriter<File>,
    layouts: Layouts,
    /// The workbook counts its days from 1904.
    from_1904: bool,
    /// Columns; empty until the header has been found.
    uses: Vec<Use>,
    /// The columns that name an order, once the header of orders has been found.
    keys: Vec<usize>,
    /// A row under it has something, and nothing there.
    has_gaps: bool,
    /// Rows read so far that are not blank, as long as the header has not been found.
    above: usize,
    /// The row at hand, from 0.
    row: u32,
    /// Rows written.
    written: u32,
    text: String,
    /// Where in `text` the cell of a column stands.
    places: Vec<(usize, usize)>,
    has_text: bool,
    /// Bytes that may still be written.
    room: u64,
}

impl Sheet {
    pub(crate) fn new(file: File, from_1904: bool, layouts: Layouts, room: u64) -> Result<Sheet, Stop> {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        out.write_all(UTF_8_MARK).map_err(Stop::Unwritable)?;
        let (text, places) = (String::with_capacity(16 << 10), Vec::with_capacity(256));
        Ok(Sheet {
            out,
            layouts,
            from_1904,
            uses: Vec::new(),
            keys: Vec::new(),
            has_gaps: false,
            above: 0,
            row: 0,
            written: 0,
            text,
            places,
            has_text: false,
            room,
        })
    }

    /// Takes the next cell; rows come in order, columns as they like.
    pub(crate) fn cell(&mut self, row: u32, column: u32, value: &DataRef<'_>) -> Result<(), Stop> {
        if matches!(value, DataRef::Empty) {
            return Ok(());
        }
        if row != self.row {
            if row < self.row || row >= MAX_ROWS {
                return Err(Stop::Damaged);
            }
            self.end_row()?;
            self.row = row;
        }
        let place = column as usize;
        let kind = match self.uses.get(place) {
            Some(kind) => *kind,
            None if self.uses.is_empty() => Use::Text,
            None => Use::Nothing,
        };
        // The first text of a row is kept in any case: it may say 合計, and a row with text is not blank.
        if kind == Use::Nothing && self.has_text {
            return Ok(());
        }
        let start = self.text.len();
        push(&mut self.text, value, kind, self.from_1904);
        let length = self.text.len() - start;
        if length == 0 {
            return Ok(());
        }
        let is_blank = self.text[start..].trim().is_empty();
        if column >= MAX_COLUMNS && is_blank {
            self.text.truncate(start);
            return Ok(());
        }
        if column >= MAX_COLUMNS || length > MAX_CELL_BYTES {
            return Err(Stop::Damaged);
        }
        self.has_text |= !is_blank;
        if self.places.len() <= place {
            self.places.resize(place + 1, (0, 0));
        }
        self.places[place] = (start, self.text.len());
        Ok(())
    }

    /// Writes the last row. What has been written can then be read, with or without a header.
    /// With it comes how many bytes other sheets may still take.
    pub(crate) fn finish(mut self) -> Result<(Ended, u64), Stop> {
        let ended = match self.end_row() {
            Err(Stop::NoHeader) => Ended::WithoutHeader { rows: self.above },
            Ok(()) if self.uses.is_empty() => Ended::WithoutHeader { rows: self.above },
            Ok(()) => Ended::WithHeader { has_gaps: self.has_gaps },
            Err(stop) => return Err(stop),
        };
        self.out.flush().map_err(Stop::Unwritable)?;
        Ok((ended, self.room))
    }

    fn end_row(&mut self) -> Result<(), Stop> {
        if self.has_text {
            let bytes = self.text.len() + self.places.len() + (self.row - self.written) as usize;
            self.room = self.room.checked_sub(bytes as u64).ok_or(Stop::Damaged)?;
            self.write_row().map_err(Stop::Unwritable)?;
            let is_blank = |place: &usize| self.places.get(*place).is_none_or(|(start, end)| start == end);
            self.has_gaps |= !self.keys.is_empty() && self.keys.iter().all(is_blank);
        }
        let searching = self.has_text && self.uses.is_empty();
        let looked = if searching { self.look_for_header() } else { Ok(()) };
        self.text.clear();
        self.places.clear();
        self.has_text = false;
        looked
    }

    fn write_row(&mut self) -> io::Result<()> {
        // Rows that are not there are blank rows.
        for _ in self.written..self.row {
            self.out.write_all(b"\n")?;
        }
        for (place, (start, end)) in self.places.iter().enumerate() {
            if place > 0 {
                self.out.write_all(b",")?;
            }
            let cell = &self.text[*start..*end];
            if memchr::memchr3(b',', b'"', b'\n', cell.as_bytes()).is_none() && !cell.contains('\r') {
                self.out.write_all(cell.as_bytes())?;
            } else {
                let (before, behind) =
                    if said_as_text(cell.as_bytes()).is_some() { ("=\"\"", "\"\"") } else { ("", "") };
                write!(self.out, "\"{before}{}{behind}\"", cell.replace('"', "\"\""))?;
            }
        }
        self.written = self.row + 1;
        self.out.write_all(b"\n")
    }

    fn look_for_header(&mut self) -> Result<(), Stop> {
        if self.above >= HEADER_WITHIN {
            self.above += 1;
            return if self.above >= OPENING_ROWS { Err(Stop::NoHeader) } else { Ok(()) };
        }
        let cells: Vec<String> =
            self.places.iter().map(|(start, end)| self.text[*start..*end].trim().to_owned()).collect();
        if let Fit::Is(profile, columns) = fit(&cells, self.layouts) {
            self.uses = uses(profile, &columns);
            let keys = [Field::OrderNumber, Field::OrderId].into_iter();
            self.keys = keys.filter_map(|field| columns.place(field)).collect();
            return Ok(());
        }
        if let Some(moments) = super::side::moments(&cells, self.layouts.is_pointed(&cells)) {
            self.uses = moments.into_iter().map(|is_moment| if is_moment { Use::Moment } else { Use::Text }).collect();
            return Ok(());
        }
        self.above += 1;
        let is_order = cells.iter().any(|cell| is_rakuten_number(cell.as_bytes()));
        if is_order { Err(Stop::NoHeader) } else { Ok(()) }
    }
}

/// How a sheet ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Whether rows name no order.
    WithHeader { has_gaps: bool },
    /// And this many rows that are not blank were written.
    WithoutHeader { rows: usize },
}

fn uses(profile: &Profile, columns: &Columns) -> Vec<Use> {
    // What the owner has said of a table may be changed, so the other columns stay.
    let other = if profile.is_mapped() { Use::Text } else { Use::Nothing };
    let mut uses = vec![other; columns.headers.len().max(1)];
    for field in profile.columns.keys() {
        let kind = match field {
            Field::OrderedAt | Field::OrderedOn | Field::NewestAt => Use::Moment,
            Field::OrderedTime => Use::Time,
            _ => Use::Text,
        };
        if let Some(place) = columns.place(*field) {
            uses[place] = kind;
        }
    }
    columns.events.iter().for_each(|place| uses[*place] = Use::Moment);
    uses
}

fn push(text: &mut String, value: &DataRef<'_>, kind: Use, from_1904: bool) {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let _ = match value {
        DataRef::SharedString(stated) => {
            text.push_str(stated);
            Ok(())
        }
        DataRef::String(stated) | DataRef::DateTimeIso(stated) | DataRef::DurationIso(stated) => {
            text.push_str(stated);
            Ok(())
        }
        DataRef::Int(number) if kind == Use::Text => write!(text, "{number}"),
        DataRef::Int(number) => push_number(text, *number as f64, kind, from_1904),
        DataRef::Float(number) => push_number(text, *number, kind, from_1904),
        DataRef::DateTime(at) => push_moment(text, *at),
        DataRef::Bool(flag) => text.write_str(if *flag { "1" } else { "0" }),
        DataRef::Error(error) => write!(text, "{error}"),
        DataRef::Empty => Ok(()),
    };
}

/// A number as its digits, without exponent; in a column of moments the number of a day.
fn push_number(text: &mut String, number: f64, kind: Use, from_1904: bool) -> std::fmt::Result {
    use std::fmt::Write;
    let whole = number.fract() == 0.0 && number.abs() < 1e15;
    match kind {
        // 1982 to 2173: what is no day of an order stays a number, such as 20260301.
        Use::Moment if (30_000.0..100_000.0).contains(&number) => match serial_moment(number, from_1904) {
            Some(at) => push_clock(text, at),
            None => write!(text, "{number}"),
        },
        Use::Time if (0.0..1.0).contains(&number) => push_time(text, (number * 86_400.0).round() as i64),
        _ if whole => write!(text, "{}", number as i64),
        // Binary fractions such as 0.07999999999999999 are what 0.08 became.
        _ => write!(text, "{}", (number * 1e9).round() / 1e9),
    }
}

fn push_moment(text: &mut String, at: ExcelDateTime) -> std::fmt::Result {
    if at.as_f64() < 1.0 {
        return push_time(text, (at.as_f64().max(0.0) * 86_400.0).round() as i64);
    }
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    match Day::from_ymd(i32::from(year), u32::from(month), u32::from(day)) {
        Some(day) => {
            let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
            push_clock(text, Moment(day.start().0 + seconds + i64::from(milli >= 500)))
        }
        None => {
            use std::fmt::Write;
            write!(text, "{}", at.as_f64())
        }
    }
}

/// The day, and the time unless it is midnight: a spreadsheet keeps a day as its midnight.
fn push_clock(text: &mut String, at: Moment) -> std::fmt::Result {
    use std::fmt::Write;
    write!(text, "{}", at.day())?;
    match at.second_of_day() {
        0 => Ok(()),
        second => {
            text.push(' ');
            push_time(text, i64::from(second))
        }
    }
}

fn push_time(text: &mut String, second: i64) -> std::fmt::Result {
    use std::fmt::Write;
    write!(text, "{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}
