//! The 5 × 5 table of recency against frequency and value, with the ten groups written over it.

use super::canvas::{BODY, Canvas, Figure, Ink, LARGE, Region, SMALL};
use super::lettering::{shortened, text_width, widest, wrapped};
use super::pencil::{Anchor, Frame, Hand, Pencil, Plot, figure, finite};
use crate::insight::people::People;
use crate::insight::rfm::{CellRow, GroupKey};

/// From this cell height on there is room for two lines of a name above a large number, px.
const TALL: f64 = 58.0;

/// What the shade of a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// How many people.
    People,
    /// How much value.
    Value,
}

/// What the figure says in words.
pub struct Words<'a> {
    /// A group's name.
    pub group: &'a dyn Fn(GroupKey) -> String,
    /// Head of a row, recency 5 first: 「30日以内」.
    pub recency: [String; 5],
    /// Head of a column, FM 1 first: 「1」 … 「5」, or a word.
    pub fm: [String; 5],
    /// What stands in a cell: 「120」 or 「12万」.
    pub cell: &'a dyn Fn(&CellRow) -> String,
    /// A region: 「最優良 直近30日以内 120人 ¥1,230,000」.
    pub label: &'a dyn Fn(&CellRow) -> String,
}

/// Draws the table: rows are recency, 5 on top; columns FM, 5 on the right; so the best stand top right. One region
/// per cell in reading order, people `cell:5:4`. Cells that are not given, or all of them when nobody has bought,
/// stay blank.
pub fn draw(cells: &[CellRow], shade: Shade, words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("map", canvas, |pencil| {
        let heads = Hand { size: SMALL, bold: false };
        let left = (widest(&words.recency, SMALL) + 12.0).min(f64::from(canvas.width) * 0.3);
        let frame = Frame::new(left, 2.0, f64::from(canvas.width) - 2.0, f64::from(canvas.height) - 24.0);
        let plot = Plot::new(frame, (1.0, 6.0), (1.0, 6.0));
        let place = |recency: u8, fm: u8| {
            let (recency, fm) = (f64::from(recency), f64::from(fm));
            let ((left, bottom), (right, top)) = (plot.at(fm, recency), plot.at(fm + 1.0, recency + 1.0));
            Frame::new(left, top, right, bottom)
        };
        let amount = |cell: &CellRow| match shade {
            Shade::People => f64::from(cell.customer_count),
            Shade::Value => finite(cell.value.as_f64()).max(0.0),
        };
        let most = cells.iter().map(amount).fold(0.0, f64::max);
        let find = |recency: u8, fm: u8| cells.iter().find(|c| (c.recency, c.fm) == (recency, fm));

        let mut regions = Vec::new();
        for recency in (1..=5).rev() {
            let y = place(recency, 1).middle().1;
            let head = &words.recency[usize::from(5 - recency)];
            let head = shortened(head, left - 10.0, SMALL);
            pencil.text(&head, (left - 10.0, y), Anchor::End, heads, Ink::QUIET);
            for fm in 1..=5 {
                let cell = find(recency, fm);
                let step = cell.filter(|c| c.customer_count > 0).map(|c| step(amount(c), most));
                paint_cell(pencil, place(recency, fm), cell, step, words);
                if let Some(cell) = cell {
                    let people = People::Cell { recency, fm };
                    let people = (cell.customer_count > 0).then(|| people.to_string());
                    regions.push(Region::of(place(recency, fm), (words.label)(cell), people));
                }
            }
        }
        for fm in 1..=5 {
            let frame = place(1, fm);
            let head = shortened(&words.fm[usize::from(fm - 1)], frame.width() - 4.0, SMALL);
            pencil.text(&head, (frame.middle().0, frame.bottom + 14.0), Anchor::Middle, heads, Ink::QUIET);
        }
        borders(pencil, &place);
        if !cells.is_empty() {
            names(pencil, &place, words, &|recency, fm| {
                find(recency, fm).filter(|c| c.customer_count > 0).map(|c| step(amount(c), most))
            });
        }
        regions
    })
}

/// Step of the heat scale, by the square root, so that one crowded cell does not bleach all others.
fn step(amount: f64, most: f64) -> usize {
    if most <= 0.0 { 0 } else { ((amount / most).sqrt() * 7.0).ceil().clamp(1.0, 7.0) as usize - 1 }
}

fn paint_cell(pencil: &Pencil<'_>, frame: Frame, cell: Option<&CellRow>, step: Option<usize>, words: &Words<'_>) {
    pencil.rect(frame.inset(0.5), step.map_or(Ink::BLANK, Ink::heat));
    let Some(cell) = cell else { return };
    let (ink, hand) = match step {
        Some(step) => (Ink::on_heat(step), Hand { size: LARGE, bold: true }),
        None => (Ink::QUIET, Hand { size: LARGE, bold: false }),
    };
    let text = (words.cell)(cell);
    let low = frame.height() < TALL;
    let fits = text_width(&text, LARGE) <= frame.width() - 16.0;
    let hand = Hand { size: if low || !fits { BODY } else { LARGE }, ..hand };
    let text = shortened(&text, frame.width() - 12.0, hand.size);
    let y = frame.bottom - if low { 10.0 } else { 20.0 };
    pencil.text(&text, (frame.right - 10.0, y), Anchor::End, hand, ink);
}

/// A strong line wherever two neighbours belong to different groups, and around the whole.
fn borders(pencil: &Pencil<'_>, place: &dyn Fn(u8, u8) -> Frame) {
    for recency in 1..=5 {
        for fm in 1..=5 {
            let (frame, group) = (place(recency, fm), GroupKey::of_cell(recency, fm));
            if fm < 5 && group != GroupKey::of_cell(recency, fm + 1) {
                pencil.line(&[(frame.right, frame.top), (frame.right, frame.bottom)], Ink::BORDER, 1.5);
            }
            if recency < 5 && group != GroupKey::of_cell(recency + 1, fm) {
                pencil.line(&[(frame.left, frame.top), (frame.right, frame.top)], Ink::BORDER, 1.5);
            }
        }
    }
    let (first, last) = (place(5, 1), place(1, 5));
    pencil.outline(Frame::new(first.left, first.top, last.right, last.bottom), Ink::BORDER, 1.5);
}

/// Each group's name in the top left corner of its region, as wide as the region allows.
fn names(
    pencil: &Pencil<'_>,
    place: &dyn Fn(u8, u8) -> Frame,
    words: &Words<'_>,
    step: &dyn Fn(u8, u8) -> Option<usize>,
) {
    for group in GroupKey::ALL {
        let own = |r: u8, fm: u8| GroupKey::of_cell(r, fm) == group;
        let corner = (1..=5).rev().flat_map(|r| (1..=5).map(move |fm| (r, fm))).find(|(r, fm)| own(*r, *fm));
        let Some((recency, fm)) = corner else { continue };
        let columns = (fm..=5).take_while(|c| own(recency, *c));
        // a name crosses into a neighbour cell only where the same letters can be read on both shades
        let ink = |c: u8| step(recency, c).map_or(Ink::TEXT, Ink::on_heat);
        let columns = columns.take_while(|c| ink(*c) == ink(fm)).count() as f64;
        let cell = place(recency, fm);
        let lines = wrapped(&(words.group)(group), cell.width() * columns - 14.0, SMALL, 2);
        for (line, text) in lines.iter().enumerate() {
            let (first, each) = if cell.height() < TALL { (10.0, 13.0) } else { (14.0, 15.0) };
            let y = cell.top + first + line as f64 * each;
            pencil.text(text, (cell.left + 8.0, y), Anchor::Start, Hand { size: SMALL, bold: false }, ink(fm));
        }
    }
}
