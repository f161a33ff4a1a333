//! The share of a month's buyers who came back, beside the same month a year before, the running month hatched.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL};
use super::lettering::{text_width, widest};
use super::months::month_axis;
use super::pencil::{Anchor, Frame, Hand, Plot, figure, finite, span, ticks};
use crate::insight::Interval;
use crate::insight::back_people::BackPeople;
use crate::insight::coming_back::RepeatMonth;
use crate::shop::Month;

/// Buyers below which a month says more about single people than about the shop: its bar is pale.
pub const FEWEST: u32 = 5;

/// What the figure says in words.
pub struct Words<'a> {
    /// Beside the last mark: 「前年同月」.
    pub year_before: &'a str,
    /// A share on the axis: `40%`.
    pub share: &'a dyn Fn(f64) -> String,
    /// A region: 「2025年3月 41人中12人」.
    pub label: &'a dyn Fn(&RepeatMonth) -> String,
}

/// Draws the months in the order given; one region per month, people `back:2025-03`. A mark across the bar is the year
/// before, where there were enough buyers. A month without buyers has no bar.
pub fn draw(months: &[RepeatMonth], words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("repeat-months", canvas, |pencil| {
        let now = |m: &RepeatMonth| m.repeat_share.map(|share| finite(share.value));
        let enough = |share: &Interval| share.n >= FEWEST;
        let before = |m: &RepeatMonth| m.share_year_before.filter(enough).map(|share| finite(share.value));
        let high = months.iter().flat_map(|m| [now(m), before(m)]).flatten().fold(0.0, f64::max);
        let steps = ticks(0.0, high, (f64::from(canvas.height) / 64.0).max(2.0));
        let axis_words: Vec<String> = steps.iter().map(|t| (words.share)(*t)).collect();
        let last_before = months.last().and_then(before);
        let name_width = last_before.map_or(0.0, |_| text_width(words.year_before, BODY) + 14.0);
        let frame = Frame::new(
            widest(&axis_words, SMALL) + 14.0,
            14.0,
            f64::from(canvas.width) - name_width - 4.0,
            f64::from(canvas.height) - 44.0,
        );
        let plot = Plot::new(frame, (0.0, months.len().max(1) as f64), span(&steps));
        plot.grid(pencil, &steps, words.share, Hand { size: SMALL, bold: false });
        let slot = frame.width() / months.len().max(1) as f64;
        let bar = (slot * 0.68).min(56.0);
        for (place, month) in months.iter().enumerate() {
            let centre = plot.at(place as f64 + 0.5, 0.0).0;
            let y = |share: f64| plot.at(0.0, share).1;
            if let Some(share) = now(month) {
                let ink = match (month.customer_count < FEWEST, month.open) {
                    (true, _) => Ink::FEW,
                    (false, true) => Ink::category_hatched(0),
                    (false, false) => Ink::category(0),
                };
                let column = Frame::new(centre - bar / 2.0, y(share), centre + bar / 2.0, y(0.0));
                if column.height() >= 0.3 {
                    pencil.rect(column, ink);
                }
            }
            if let Some(share) = before(month) {
                let half = (bar / 2.0 + 4.0).min(slot / 2.0 - 1.5);
                let line = [(centre - half, y(share)), (centre + half, y(share))];
                pencil.line(&line, Ink::PAPER, 4.0);
                pencil.line(&line, Ink::TEXT, 2.0);
            }
        }
        if !months.is_empty() {
            plot.base(pencil);
        }
        let numbers: Vec<Month> = months.iter().map(|row| row.month).collect();
        month_axis(pencil, &plot, &numbers, slot);
        if let Some(share) = last_before {
            let at = (frame.right + 8.0, plot.at(0.0, share).1);
            pencil.text(words.year_before, at, Anchor::Start, Hand { size: BODY, bold: false }, Ink::TEXT_HALO);
        }
        let region = |(place, month): (usize, &RepeatMonth)| {
            let (left, right) = (plot.at(place as f64, 0.0).0, plot.at(place as f64 + 1.0, 0.0).0);
            let people = (month.return_count > 0).then(|| BackPeople::Month(month.month).to_string());
            Region::of(Frame::new(left, frame.top, right, frame.bottom), (words.label)(month), people)
        };
        months.iter().enumerate().map(region).collect()
    })
}
