//! Net sales per month: existing customers below, first purchases on top, the running month hatched.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL, TARGET};
use super::lettering::{text_width, widest};
use super::pencil::{Anchor, Frame, Hand, Pencil, Plot, apart, figure, span, ticks};
use crate::insight::overview::MonthRow;
use crate::insight::people::People;
use crate::shop::{Month, Yen};

/// A part of a month's bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// First purchases.
    New,
    /// Purchases of those who had bought before.
    Existing,
}

/// What the figure says in words.
pub struct Words<'a> {
    /// Beside the last bar: 「新規」.
    pub new: &'a str,
    /// Beside the last bar: 「既存」.
    pub existing: &'a str,
    /// Beside the last mark: 「前年同月」.
    pub year_before: &'a str,
    /// An amount on the axis: `120万円`, `¥1,200,000`.
    pub yen: &'a dyn Fn(f64) -> String,
    /// A region: 「2025年3月 新規 ¥123,000（41人）」.
    pub label: &'a dyn Fn(&MonthRow, Part) -> String,
}

/// Draws the months in the order given. Two regions per month, the column above and below the border between its
/// parts; people `month:2025-03:new` and `month:2025-03:existing`. A mark across the bar is the year before.
pub fn draw(months: &[MonthRow], words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("months", canvas, |pencil| {
        let parts = |m: &MonthRow| [m.existing_net_sales.as_f64(), m.new_net_sales.as_f64()];
        let before = |m: &MonthRow| m.net_sales_year_before.map_or(0.0, |y| y.as_f64());
        // gains stack up from zero, losses down
        let top = |m: &MonthRow| parts(m).iter().map(|p| p.max(0.0)).sum::<f64>();
        let bottom = |m: &MonthRow| parts(m).iter().map(|p| p.min(0.0)).sum::<f64>();
        let high = months.iter().map(|m| top(m).max(before(m))).fold(0.0, f64::max);
        let low = months.iter().map(|m| bottom(m).min(before(m))).fold(0.0, f64::min);
        let steps = ticks(low, high, (f64::from(canvas.height) / 64.0).max(2.0));
        let small = Hand { size: SMALL, bold: false };
        let axis_words: Vec<String> = steps.iter().map(|t| (words.yen)(*t)).collect();
        let names = [words.new, words.existing, words.year_before].map(|n| text_width(n, BODY));
        let names_width = if months.is_empty() { 0.0 } else { names.into_iter().fold(0.0, f64::max) + 14.0 };
        let frame = Frame::new(
            widest(&axis_words, SMALL) + 14.0,
            14.0,
            f64::from(canvas.width) - names_width - 4.0,
            f64::from(canvas.height) - 44.0,
        );
        let plot = Plot::new(frame, (0.0, months.len().max(1) as f64), span(&steps));
        plot.grid(pencil, &steps, words.yen, small);

        let slot = frame.width() / months.len().max(1) as f64;
        let bar = (slot * 0.68).min(56.0);
        for (place, month) in months.iter().enumerate() {
            let centre = plot.at(place as f64 + 0.5, 0.0).0;
            let (mut up, mut down) = (0.0, 0.0);
            for (series, value) in parts(month).into_iter().enumerate() {
                let start = if value < 0.0 { &mut down } else { &mut up };
                let (from, to) = (plot.at(0.0, *start).1, plot.at(0.0, *start + value).1);
                *start += value;
                let ink = if month.open { Ink::category_hatched(series) } else { Ink::category(series) };
                let part = Frame::new(centre - bar / 2.0, from.min(to), centre + bar / 2.0, from.max(to));
                if part.height() >= 0.3 {
                    pencil.rect(part, ink);
                }
            }
            // a gap of paper between the parts, so that they stay two without colours
            if month.existing_net_sales.0.signum() * month.new_net_sales.0.signum() > 0 {
                let y = plot.at(0.0, month.existing_net_sales.as_f64()).1;
                pencil.line(&[(centre - bar / 2.0, y), (centre + bar / 2.0, y)], Ink::PAPER, 1.5);
            }
            if month.net_sales_year_before.is_some() {
                let y = plot.at(0.0, before(month)).1;
                let half = (bar / 2.0 + 4.0).min(slot / 2.0 - 1.5);
                pencil.line(&[(centre - half, y), (centre + half, y)], Ink::PAPER, 4.0);
                pencil.line(&[(centre - half, y), (centre + half, y)], Ink::TEXT, 2.0);
            }
        }
        if !months.is_empty() {
            plot.base(pencil);
        }
        let numbers: Vec<Month> = months.iter().map(|row| row.month).collect();
        month_axis(pencil, &plot, &numbers, slot);
        name_parts(pencil, &plot, months, words);
        months.iter().enumerate().flat_map(|(place, month)| regions(&plot, place, month, words)).collect()
    })
}

/// Month numbers under the bars, the year under the first and each January.
pub(super) fn month_axis(pencil: &Pencil<'_>, plot: &Plot, months: &[Month], slot: f64) {
    let hand = Hand { size: SMALL, bold: false };
    // every month, or every second, third, sixth where they would touch
    let every = [1, 2, 3, 6, 12].into_iter().find(|n| slot * f64::from(*n) >= 20.0).unwrap_or(12) as u32;
    let mut free_from = f64::NEG_INFINITY;
    for (place, at) in months.iter().enumerate() {
        let (year, month) = at.ym();
        let x = plot.at(place as f64 + 0.5, 0.0).0;
        if (month - 1).is_multiple_of(every) {
            let at = (x, plot.frame.bottom + 15.0);
            pencil.text(&month.to_string(), at, Anchor::Middle, hand, Ink::QUIET);
        }
        let new_year = place == 0 || month == 1;
        let next_january = (13 - month) as f64 * slot;
        let roomy = place > 0 || months.len() as f64 * slot <= next_january || next_january >= 40.0;
        if new_year && roomy && x - slot / 2.0 >= free_from {
            let left = x - slot / 2.0 + 2.0;
            if place > 0 {
                let x = x - slot / 2.0;
                let ends = (plot.frame.bottom + 6.0, plot.frame.bottom + 38.0);
                pencil.line(&[(x, ends.0), (x, ends.1)], Ink::GRID, 1.0);
            }
            pencil.text(
                &year.to_string(),
                (left + 4.0, plot.frame.bottom + 33.0),
                Anchor::Start,
                Hand { size: SMALL, bold: true },
                Ink::QUIET,
            );
            free_from = left + 36.0;
        }
    }
}

/// The parts' names beside the last bar.
fn name_parts(pencil: &Pencil<'_>, plot: &Plot, months: &[MonthRow], words: &Words<'_>) {
    let Some(last) = months.last() else { return };
    let (existing, new) = (last.existing_net_sales.as_f64(), last.new_net_sales.as_f64());
    let height = |value: f64| plot.at(0.0, value).1;
    let any = |part: fn(&MonthRow) -> Yen| months.iter().any(|m| part(m) != Yen::ZERO);
    let mut names = Vec::new();
    if any(|m| m.existing_net_sales) {
        names.push((height(existing / 2.0), words.existing, Ink::word(0)));
    }
    if any(|m| m.new_net_sales) {
        let start = if existing * new > 0.0 { existing } else { 0.0 };
        names.push((height(start + new / 2.0), words.new, Ink::word(1)));
    }
    if let Some(before) = last.net_sales_year_before {
        names.push((height(before.as_f64()), words.year_before, Ink::TEXT_HALO));
    }
    let heights: Vec<f64> = names.iter().map(|n| n.0).collect();
    let heights = apart(&heights, BODY + 5.0, plot.frame.top, plot.frame.bottom - 6.0);
    for ((_, name, ink), y) in names.iter().zip(heights) {
        pencil.text(name, (plot.frame.right + 8.0, y), Anchor::Start, Hand { size: BODY, bold: false }, *ink);
    }
}

fn regions(plot: &Plot, place: usize, month: &MonthRow, words: &Words<'_>) -> [Region; 2] {
    let Frame { top, bottom, .. } = plot.frame;
    let (left, right) = (plot.at(place as f64, 0.0).0, plot.at(place as f64 + 1.0, 0.0).0);
    let border = plot.at(0.0, month.existing_net_sales.as_f64().max(0.0)).1;
    let border = border.max(top + TARGET).min((bottom - TARGET).max(top));
    let existing_count = month.customer_count.saturating_sub(month.new_customer_count);
    let part = |part, count, top, bottom, people: People| {
        let people = (count > 0).then(|| people.to_string());
        Region::of(Frame::new(left, top, right, bottom), (words.label)(month, part), people)
    };
    [
        part(Part::New, month.new_customer_count, top, border, People::MonthNew(month.month)),
        part(Part::Existing, existing_count, border, bottom, People::MonthExisting(month.month)),
    ]
}
