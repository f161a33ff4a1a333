//! A few named shares or amounts as horizontal bars, with their intervals.

use super::canvas::{BODY, Canvas, Figure, Ink, Region};
use super::lettering::{shortened, text_width, wrapped};
use super::pencil::{Anchor, Frame, Hand, Plot, figure, finite};

/// From this height on a row holds a name of two lines, px.
const TWO_LINES: f64 = 32.0;
/// From one line of a name to the next, px.
const LEADING: f64 = 15.0;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Left of it: 「90日以内」.
    pub name: String,
    /// Nothing when there is too little data; then only `text` stands there.
    pub value: Option<f64>,
    /// Both ends of its interval.
    pub interval: Option<(f64, f64)>,
    /// Right of it: 「18.2%（120人中22人）」.
    pub text: String,
    /// For its region.
    pub label: String,
    /// The people behind it.
    pub people: Option<String>,
}

/// Draws the bars from top to bottom on one scale that starts at zero; one region per bar, over the whole width.
pub fn draw(bars: &[Bar], canvas: &Canvas<'_>) -> Figure {
    figure("bars", canvas, |pencil| {
        let width = f64::from(canvas.width);
        let hand = Hand { size: BODY, bold: false };
        let widest = |words: &dyn Fn(&Bar) -> String| {
            bars.iter().map(|b| text_width(&words(b), BODY)).fold(0.0, f64::max).min(width * 0.34)
        };
        let (names, texts) = (widest(&|b| b.name.clone()), widest(&|b| b.text.clone()));
        let ends = || bars.iter().flat_map(|b| [b.value, b.interval.map(|i| i.0), b.interval.map(|i| i.1)]).flatten();
        let high = ends().map(finite).fold(0.0, f64::max);
        let low = ends().map(finite).fold(0.0, f64::min);
        let frame = Frame::new(names + 12.0, 4.0, width - texts - 14.0, f64::from(canvas.height) - 4.0);
        let row = (frame.height() / bars.len().max(1) as f64).min(44.0);
        let high = if high > low { high } else { low + 1.0 };
        let plot = Plot::new(frame, (low, high), (0.0, 1.0));
        let x = |value: f64| plot.at(value, 0.0).0;

        let mut regions = Vec::new();
        for (place, bar) in bars.iter().enumerate() {
            let top = frame.top + place as f64 * row;
            let middle = top + row / 2.0;
            let half = (row * 0.3).min(9.0);
            let lines = wrapped(&bar.name, names, BODY, if row < TWO_LINES { 1 } else { 2 });
            for (line, name) in lines.iter().enumerate() {
                let y = middle + (line as f64 - (lines.len() as f64 - 1.0) / 2.0) * LEADING;
                pencil.text(name, (frame.left - 12.0, y), Anchor::End, hand, Ink::TEXT);
            }
            let mut end = x(0.0);
            if let Some(value) = bar.value {
                let (left, right) = (x(value).min(x(0.0)), x(value).max(x(0.0)));
                pencil.rect(Frame::new(left, middle - half, right, middle + half), Ink::category(0));
                end = right;
            }
            if let Some((low, high)) = bar.interval {
                let (low, high) = (x(low), x(high));
                for (ink, stroke) in [(Ink::PAPER, 3.5), (Ink::TEXT, 1.5)] {
                    pencil.line(&[(low, middle), (high, middle)], ink, stroke);
                }
                for at in [low, high] {
                    pencil.line(&[(at, middle - 4.0), (at, middle + 4.0)], Ink::TEXT, 1.5);
                }
                end = end.max(high);
            }
            let text = shortened(&bar.text, texts, BODY);
            let ink = if bar.value.is_some() { Ink::TEXT } else { Ink::QUIET };
            pencil.text(&text, (end + 10.0, middle), Anchor::Start, hand, ink);
            let whole = Frame::new(0.0, top, width, top + row);
            regions.push(Region::of(whole, bar.label.clone(), bar.people.clone()));
        }
        if !bars.is_empty() {
            pencil.line(&[(x(0.0), frame.top), (x(0.0), frame.top + bars.len() as f64 * row)], Ink::AXIS, 1.0);
        }
        regions
    })
}
