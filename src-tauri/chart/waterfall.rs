//! From the goods sold to what is left: each step hangs where the one before it ended.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL};
use super::lettering::{shortened, text_width};
use super::pencil::{Anchor, Frame, Hand, Plot, figure, span, ticks};
use crate::shop::Yen;

/// One row, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Left of it: 「モールの手数料」.
    pub name: String,
    /// What it adds, at least; of a sum the sum itself.
    pub low: Yen,
    /// At most.
    pub high: Yen,
    /// Stands on the zero line: the first row, and sums of the rows before.
    pub is_sum: bool,
    /// Right of it: 「-12,300円」.
    pub text: String,
    /// For its region.
    pub label: String,
    /// The people behind it.
    pub people: Option<String>,
}

/// What the figure says in words.
pub struct Words<'a> {
    /// An amount on the axis: `120万`.
    pub yen: &'a dyn Fn(f64) -> String,
}

/// The tallest a row gets, px.
const ROW: f64 = 34.0;

/// Draws the rows on one scale that holds zero. Sums stand on the zero line; a step hangs from where the fall stands,
/// in the middle of its range. A line across the end of a bar spans the range of what is left there. In black and white
/// sums are the lighter solid bars, costs the dark ones, gains the hatched ones. One region per row, over the whole width.
pub fn draw(rows: &[Row], words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("waterfall", canvas, |pencil| {
        let width = f64::from(canvas.width);
        let hand = Hand { size: BODY, bold: false };
        let widest = |words: &dyn Fn(&Row) -> &str| {
            rows.iter().map(|row| text_width(words(row), BODY)).fold(0.0, f64::max).min(width * 0.3)
        };
        let (names, texts) = (widest(&|row| &row.name), widest(&|row| &row.text));
        let falls = falls(rows);
        let ends = || falls.iter().flat_map(|fall| [fall.start, fall.low, fall.high]);
        let (low, high) = (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max));
        let steps = ticks(low, high, ((width - names - texts) / 120.0).max(2.0));
        let bottom = f64::from(canvas.height) - 26.0;
        let frame = Frame::new(names + 14.0, 6.0, width - texts - 16.0, bottom);
        let plot = Plot::new(frame, span(&steps), (0.0, 1.0));
        let x = |value: f64| plot.at(value, 0.0).0;
        let row_height = (frame.height() / rows.len().max(1) as f64).min(ROW);
        let end_of_rows = frame.top + rows.len() as f64 * row_height;
        let small = Hand { size: SMALL, bold: false };
        for tick in &steps {
            let at = x(*tick);
            if *tick != 0.0 {
                pencil.line(&[(at, frame.top), (at, end_of_rows)], Ink::GRID, 1.0);
            }
            if !rows.is_empty() {
                pencil.text(&(words.yen)(*tick), (at, end_of_rows + 14.0), Anchor::Middle, small, Ink::QUIET);
            }
        }
        let mut regions = Vec::new();
        for (place, (row, fall)) in rows.iter().zip(&falls).enumerate() {
            let top = frame.top + place as f64 * row_height;
            let middle = top + row_height / 2.0;
            let half = (row_height * 0.32).min(10.0);
            let bold = Hand { bold: row.is_sum, ..hand };
            let name = shortened(&row.name, names, BODY);
            pencil.text(&name, (frame.left - 12.0, middle), Anchor::End, bold, Ink::TEXT);
            let (from, to) = (x(fall.start), x(fall.middle));
            let ink = match row {
                row if row.is_sum => Ink::category(0),
                row if row.low + row.high < Yen::ZERO => Ink::category(1),
                _ => Ink::category_hatched(0),
            };
            if from != to {
                pencil.rect(Frame::new(from.min(to), middle - half, from.max(to), middle + half), ink);
            }
            let (low, high) = (x(fall.low), x(fall.high));
            if high - low >= 1.0 {
                for (ink, stroke) in [(Ink::PAPER, 3.5), (Ink::TEXT, 1.5)] {
                    pencil.line(&[(low, middle), (high, middle)], ink, stroke);
                    for at in [low, high] {
                        pencil.line(&[(at, middle - 5.0), (at, middle + 5.0)], ink, stroke);
                    }
                }
            }
            // Where the next one hangs.
            if place + 1 < rows.len() {
                pencil.line(&[(to, middle + half), (to, middle + row_height - half)], Ink::LEADER, 1.0);
            }
            let text = shortened(&row.text, texts, BODY);
            pencil.text(&text, (width - 4.0, middle), Anchor::End, bold, Ink::TEXT);
            let whole = Frame::new(0.0, top, width, top + row_height);
            regions.push(Region::of(whole, row.label.clone(), row.people.clone()));
        }
        if !rows.is_empty() {
            pencil.line(&[(x(0.0), frame.top), (x(0.0), end_of_rows)], Ink::AXIS, 1.0);
        }
        regions
    })
}

/// Where a row's bar begins, where it ends, and the range of its end.
struct Fall {
    start: f64,
    middle: f64,
    low: f64,
    high: f64,
}

fn falls(rows: &[Row]) -> Vec<Fall> {
    let (mut low, mut high) = (0.0, 0.0);
    let mut falls = Vec::new();
    for row in rows {
        let before = if row.is_sum { (0.0, 0.0) } else { (low, high) };
        (low, high) = (before.0 + row.low.as_f64(), before.1 + row.high.as_f64());
        falls.push(Fall { start: (before.0 + before.1) / 2.0, middle: (low + high) / 2.0, low, high });
    }
    falls
}
