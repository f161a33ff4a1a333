//! How many came back after how many days, and the share of all of them that was back by then.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL, TARGET};
use super::lettering::{text_width, widest};
use super::pencil::{Anchor, Frame, Hand, Plot, figure, finite, span, ticks};
use crate::insight::back_people::BackPeople;
use crate::insight::gap_steps::{GapBin, GapStep};

/// What the figure says in words.
pub struct Words<'a> {
    /// People on the left axis: `120`.
    pub count: &'a dyn Fn(f64) -> String,
    /// A share on the right axis: `50%`.
    pub share: &'a dyn Fn(f64) -> String,
    /// Days below the axis: 「90日」.
    pub days: &'a dyn Fn(u32) -> String,
    /// At the end of the line: 「合計」.
    pub cumulative: &'a str,
    /// A region: the bars it covers.
    pub label: &'a dyn Fn(&[GapBin]) -> String,
}

/// Draws the bars of one step and the line of the cumulative share, whose axis stands on the right. One region per bar, or
/// per several where a bar is narrower than 24 px; people are those who came back on these days.
pub fn draw(step: &GapStep, words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("gap-histogram", canvas, |pencil| {
        let bins = &step.histogram;
        let small = Hand { size: SMALL, bold: false };
        let high = bins.iter().map(|bin| f64::from(bin.return_count)).fold(0.0, f64::max);
        // people are whole: no line between one and none
        let steps_up: Vec<f64> = ticks(0.0, high, (f64::from(canvas.height) / 64.0).max(2.0))
            .into_iter()
            .filter(|tick| tick.fract() == 0.0)
            .collect();
        let shares = [0.0, 0.25, 0.5, 0.75, 1.0];
        let axis_words: Vec<String> = steps_up.iter().map(|t| (words.count)(*t)).collect();
        let share_words: Vec<String> = shares.iter().map(|s| (words.share)(*s)).collect();
        let frame = Frame::new(
            widest(&axis_words, SMALL) + 14.0,
            28.0,
            f64::from(canvas.width) - widest(&share_words, SMALL) - 18.0,
            f64::from(canvas.height) - 30.0,
        );
        let last_day = f64::from(bins.last().map_or(1, |bin| bin.to_day));
        let plot = Plot::new(frame, (0.0, last_day), span(&steps_up));
        let share_plot = Plot::new(frame, (0.0, last_day), (0.0, 1.0));
        plot.grid(pencil, &steps_up, words.count, small);
        if bins.is_empty() {
            return Vec::new();
        }
        for (share, text) in shares.iter().zip(&share_words) {
            let y = share_plot.at(0.0, *share).1;
            pencil.line(&[(frame.right, y), (frame.right + 5.0, y)], Ink::AXIS, 1.0);
            pencil.text(text, (frame.right + 9.0, y), Anchor::Start, small, Ink::QUIET);
        }
        for bin in bins.iter().filter(|bin| bin.return_count > 0) {
            let (left, top) = plot.at(f64::from(bin.from_day - 1), f64::from(bin.return_count));
            let (right, bottom) = plot.at(f64::from(bin.to_day), 0.0);
            let gap = ((right - left) * 0.12).min(2.0);
            pencil.rect(Frame::new(left + gap, top, right - gap, bottom), Ink::category(0));
        }
        plot.base(pencil);
        let mut line = vec![share_plot.at(0.0, 0.0)];
        line.extend(bins.iter().map(|bin| share_plot.at(f64::from(bin.to_day), finite(bin.cumulative_share))));
        pencil.line(&line, Ink::PAPER, 4.5);
        pencil.line(&line, Ink::category(1), 2.2);
        let end = line.last().copied().unwrap_or_default();
        let half = text_width(words.cumulative, BODY) / 2.0;
        let at = (end.0 - half - 4.0, end.1 - 13.0);
        pencil.text(words.cumulative, at, Anchor::Middle, Hand { size: BODY, bold: false }, Ink::word(1));
        let mut free_from = f64::NEG_INFINITY;
        for day in (0..=last_day as u32).step_by(30) {
            let x = plot.at(f64::from(day), 0.0).0;
            pencil.line(&[(x, frame.bottom), (x, frame.bottom + 5.0)], Ink::AXIS, 1.0);
            let text = (words.days)(day);
            let half = text_width(&text, SMALL) / 2.0 + 5.0;
            if x - half >= free_from {
                pencil.text(&text, (x, frame.bottom + 17.0), Anchor::Middle, small, Ink::QUIET);
                free_from = x + half;
            }
        }
        let each = frame.width() / bins.len() as f64;
        let together = (TARGET / each).ceil().max(1.0) as usize;
        let together = (together..=bins.len()).find(|n| bins.len().is_multiple_of(*n)).unwrap_or(bins.len());
        bins.chunks(together)
            .map(|part| {
                let (from, to) = (part[0].from_day, part[part.len() - 1].to_day);
                let (left, right) = (plot.at(f64::from(from - 1), 0.0).0, plot.at(f64::from(to), 0.0).0);
                let people = part.iter().any(|bin| bin.return_count > 0);
                let people = people.then(|| BackPeople::gap(step.step, from, to).to_string());
                Region::of(Frame::new(left, frame.top, right, frame.bottom), (words.label)(part), people)
            })
            .collect()
    })
}
