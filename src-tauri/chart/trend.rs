//! What customers of each month have brought after 90, 180 and 365 days.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL, TARGET};
use super::lettering::{shortened, text_width, widest};
use super::pencil::{Anchor, Frame, Hand, Pencil, Plot, apart, figure, span, ticks};
use crate::insight::lifetime_value::TrendRow;
use crate::insight::people::People;
use crate::shop::Month;

/// A month with fewer people has a hollow dot.
pub const FEW_PEOPLE: u32 = 20;

/// What the figure says in words.
pub struct Words<'a> {
    /// At the ends of the lines: 「90日」, 「180日」, 「365日」.
    pub lines: [&'a str; 3],
    /// An amount on the axis: `1.2万`.
    pub yen: &'a dyn Fn(f64) -> String,
    /// Under the axis: `2025/1`.
    pub month: &'a dyn Fn(Month) -> String,
    /// A region, with the values of a month and its people.
    pub label: &'a dyn Fn(&TrendRow) -> String,
}

/// Draws three lines over the months of acquisition, broken where a month's people are not all observed that long.
/// One region per month (per two, three … where they would be narrower than 24 px), people `cohort:2025-01`.
pub fn draw(rows: &[TrendRow], words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("trend", canvas, |pencil| {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
        let months = f64::from(last.month.0 - first.month.0);
        let values = || rows.iter().flat_map(|row| [row.ltv_90, row.ltv_180, row.ltv_365]).flatten();
        let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let steps = ticks(low, high, (f64::from(canvas.height) / 64.0).max(2.0));
        let axis: Vec<String> = steps.iter().map(|step| (words.yen)(*step)).collect();
        let names_width = words.lines.iter().map(|name| text_width(name, BODY)).fold(0.0, f64::max).min(120.0);
        let frame = Frame::new(
            widest(&axis, SMALL) + 14.0,
            12.0,
            f64::from(canvas.width) - names_width - 26.0,
            f64::from(canvas.height) - 30.0,
        );
        let plot = Plot::new(frame, (-0.5, months + 0.5), span(&steps));
        plot.grid(pencil, &steps, words.yen, Hand { size: SMALL, bold: false });
        plot.base(pencil);
        let x = |row: &TrendRow| f64::from(row.month.0 - first.month.0);
        month_axis(pencil, &plot, first.month, months as i32, words);

        let series =
            |line: usize| rows.iter().filter_map(move |row| Some((row, [row.ltv_90, row.ltv_180, row.ltv_365][line]?)));
        let mut ends: Vec<(usize, (f64, f64))> = Vec::new();
        for line in (0..3).rev() {
            let mut run: Vec<(f64, f64)> = Vec::new();
            let mut before: Option<i32> = None;
            for (row, value) in series(line) {
                if before.is_some_and(|before| row.month.0 > before + 1) {
                    pencil.line(&std::mem::take(&mut run), Ink::category(line), 2.0);
                }
                run.push(plot.at(x(row), value));
                before = Some(row.month.0);
            }
            pencil.line(&run, Ink::category(line), 2.0);
            for (row, value) in series(line) {
                let at = plot.at(x(row), value);
                pencil.dot(at, 3.2, Ink::category(line));
                if row.customer_count < FEW_PEOPLE {
                    pencil.dot(at, 1.6, Ink::PAPER);
                }
            }
            ends.extend(run.last().map(|end| (line, *end)));
        }
        let wanted: Vec<f64> = ends.iter().map(|(_, end)| end.1).collect();
        let heights = apart(&wanted, BODY + 5.0, frame.top, frame.bottom - 6.0);
        for ((line, end), y) in ends.iter().zip(heights) {
            let (edge, name) = (frame.right + 6.0, shortened(words.lines[*line], names_width, BODY));
            pencil.line(&[(end.0 + 6.0, end.1), (edge, end.1), (edge + 8.0, y)], Ink::LEADER, 0.7);
            let hand = Hand { size: BODY, bold: false };
            pencil.text(&name, (edge + 12.0, y), Anchor::Start, hand, Ink::word(*line));
        }

        let each = frame.width() / (months + 1.0);
        let every = (TARGET / each).ceil().max(1.0) as usize;
        let shown = rows.iter().step_by(every);
        let column = |row: &TrendRow| {
            let middle = plot.at(x(row), 0.0).0;
            let left = (middle - each / 2.0).max(0.0);
            Frame::new(left, frame.top, left + each * every as f64, frame.bottom)
        };
        let people = |row: &TrendRow| Some(People::Cohort(row.month).to_string());
        shown.map(|row| Region::of(column(row), (words.label)(row), people(row))).collect()
    })
}

/// As many months as fit, in steps that a year is a multiple of.
fn month_axis(pencil: &Pencil<'_>, plot: &Plot, first: Month, months: i32, words: &Words<'_>) {
    let wide = text_width(&(words.month)(first.plus(11)), SMALL) + 18.0;
    let each = plot.frame.width() / f64::from(months + 1);
    let step = [1, 2, 3, 6, 12].into_iter().find(|step| each * f64::from(*step) >= wide).unwrap_or(24);
    for number in 0..=months {
        let month = first.plus(number);
        if (month.ym().1 as i32 - 1 + 12 * month.ym().0) % step == 0 {
            let (x, y) = (plot.at(f64::from(number), 0.0).0, plot.frame.bottom);
            pencil.line(&[(x, y), (x, y + 5.0)], Ink::AXIS, 1.0);
            let hand = Hand { size: SMALL, bold: false };
            pencil.text(&(words.month)(month), (x, y + 17.0), Anchor::Middle, hand, Ink::QUIET);
        }
    }
}
