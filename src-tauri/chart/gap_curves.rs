//! When people come back: a line per step, with the numbers still waited for below the axis.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL, TARGET};
use super::curves::name_lines;
use super::lettering::{shortened, text_width, widest};
use super::pencil::{Anchor, Frame, Hand, Pencil, Plot, figure, finite, span, ticks};
use crate::insight::back_people::BackPeople;
use crate::insight::gap_steps::GapStep;

/// At most this many lines are drawn.
pub const LINES: usize = 4;

/// Days that are written on the axis and have numbers below it.
const AXIS_DAYS: usize = 90;
/// Height of a row of numbers, px.
const ROW: f64 = 19.0;
/// Where the name of a row begins, behind its piece of line, px.
const ROW_NAME: f64 = 18.0;

/// What the figure says in words.
pub struct Words<'a> {
    /// A line's name: 「2回目」.
    pub step: &'a dyn Fn(&GapStep) -> String,
    /// A share on the axis: `40%`.
    pub share: &'a dyn Fn(f64) -> String,
    /// A number of days on the axis: 「90日」.
    pub days: &'a dyn Fn(u32) -> String,
    /// A number of people: `1,204`.
    pub count: &'a dyn Fn(u32) -> String,
    /// Above the numbers: 「まだ待っている人」.
    pub at_risk: &'a str,
    /// A region, which lists the values of all lines at that day.
    pub label: &'a dyn Fn(u32) -> String,
}

/// Draws the first four steps, the first strong and with its 90 % range. One region per point (every second, third …
/// where they would be narrower than 24 px); people are those of the first line who came back by that day.
pub fn draw(steps: &[&GapStep], words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("gap-curves", canvas, |pencil| {
        let steps: Vec<&GapStep> = steps.iter().copied().filter(|s| !s.curve.is_empty()).take(LINES).collect();
        let points = || steps.iter().flat_map(|s| &s.curve);
        let last_day = points().map(|p| p.day).max().unwrap_or(0);
        let band = steps.first().into_iter().flat_map(|s| &s.curve).map(|p| finite(p.high));
        let high = points().map(|p| finite(p.share)).chain(band).fold(0.0, f64::max);
        let names: Vec<String> = steps.iter().map(|s| (words.step)(s)).collect();
        let below = ROW * (steps.len() as f64 + 1.0);
        let steps_up = ticks(0.0, high, ((f64::from(canvas.height) - below) / 64.0).max(2.0));
        let axis_words: Vec<String> = steps_up.iter().map(|t| (words.share)(*t)).collect();
        let wide = f64::from(canvas.width) * 0.2;
        let names_width = widest(&names, BODY).min(wide);
        // the numbers under day 0 reach to the left of the axis, up to the names of the rows
        let starts: Vec<String> = steps.iter().map(|s| (words.count)(s.curve[0].at_risk)).collect();
        let left = (widest(&axis_words, SMALL) + 14.0)
            .max(ROW_NAME + widest(&names, SMALL).min(wide) + 10.0 + widest(&starts, SMALL) / 2.0);
        let right = f64::from(canvas.width) - names_width - 26.0;
        let frame = Frame::new(left, 14.0, right, f64::from(canvas.height) - 30.0 - below);
        let plot = Plot::new(frame, (0.0, f64::from(last_day.max(30))), span(&steps_up));
        let small = Hand { size: SMALL, bold: false };
        plot.grid(pencil, &steps_up, words.share, small);
        let Some(first) = steps.first() else { return Vec::new() };
        plot.base(pencil);
        let upper = first.curve.iter().map(|p| plot.at(f64::from(p.day), p.high));
        let lower = first.curve.iter().rev().map(|p| plot.at(f64::from(p.day), p.low));
        pencil.area(&upper.chain(lower).collect::<Vec<_>>(), Ink::BAND);
        let lines: Vec<Vec<(f64, f64)>> =
            steps.iter().map(|s| s.curve.iter().map(|p| plot.at(f64::from(p.day), p.share)).collect()).collect();
        // the first on top of the others
        for (place, line) in lines.iter().enumerate().rev() {
            pencil.line(line, Ink::category(place), if place == 0 { 3.0 } else { 1.6 });
            if let Some(end) = line.last() {
                pencil.dot(*end, if place == 0 { 4.5 } else { 3.5 }, Ink::category(place));
                if place % 2 == 1 {
                    pencil.dot(*end, 1.8, Ink::PAPER);
                }
            }
        }
        name_lines(pencil, &plot, &lines, &names, names_width);
        below_axis(pencil, &plot, &steps, &names, words, last_day);
        regions(&plot, &steps, words)
    })
}

/// The days, and under each the people who were still waited for.
fn below_axis(
    pencil: &Pencil<'_>,
    plot: &Plot,
    steps: &[&GapStep],
    names: &[String],
    words: &Words<'_>,
    last_day: u32,
) {
    let small = Hand { size: SMALL, bold: false };
    let (left, bottom) = (plot.frame.left, plot.frame.bottom);
    let top = bottom + 30.0;
    let row = |place: usize| top + ROW * (place as f64 + 1.5);
    // the title stands at the left edge, over the names
    pencil.text(words.at_risk, (4.0, top + ROW / 2.0), Anchor::Start, small, Ink::QUIET);
    for (place, name) in names.iter().enumerate() {
        pencil.line(&[(4.0, row(place)), (14.0, row(place))], Ink::category(place), if place == 0 { 3.0 } else { 1.6 });
        let start = text_width(&(words.count)(steps[place].curve[0].at_risk), SMALL) / 2.0;
        let name = shortened(name, left - start - 8.0 - ROW_NAME, SMALL);
        pencil.text(&name, (ROW_NAME, row(place)), Anchor::Start, small, Ink::word(place));
    }
    let mut free_from = f64::NEG_INFINITY;
    for day in (0..=last_day).step_by(AXIS_DAYS) {
        let x = plot.at(f64::from(day), 0.0).0;
        let text = (words.days)(day);
        let counts: Vec<Option<String>> =
            steps.iter().map(|s| s.curve.iter().find(|p| p.day == day).map(|p| (words.count)(p.at_risk))).collect();
        let half = widest(counts.iter().flatten().chain([&text]), SMALL).max(text_width("0", SMALL)) / 2.0 + 6.0;
        if x - half < free_from {
            continue;
        }
        free_from = x + half;
        pencil.line(&[(x, bottom), (x, bottom + 5.0)], Ink::AXIS, 1.0);
        pencil.text(&text, (x, bottom + 17.0), Anchor::Middle, small, Ink::QUIET);
        for (place, count) in counts.iter().enumerate() {
            if let Some(count) = count {
                pencil.text(count, (x, row(place)), Anchor::Middle, small, Ink::TEXT);
            }
        }
    }
}

fn regions(plot: &Plot, steps: &[&GapStep], words: &Words<'_>) -> Vec<Region> {
    let mut days: Vec<u32> = steps.iter().flat_map(|s| &s.curve).map(|p| p.day).collect();
    days.sort_unstable();
    days.dedup();
    let x = |day: u32| plot.at(f64::from(day), 0.0).0;
    let (Some(first), Some(last)) = (days.first().copied(), days.last().copied()) else { return Vec::new() };
    let each = (x(last) - x(first)) / (days.len() - 1).max(1) as f64;
    let every = if each > 0.0 { (TARGET / each).ceil().max(1.0) as usize } else { 1 };
    let days: Vec<u32> = days.into_iter().step_by(every).collect();
    let edge = |a: u32, b: u32| (x(a) + x(b)) / 2.0;
    let region = |(place, &day): (usize, &u32)| {
        let half = (each * every as f64 / 2.0).max(TARGET / 2.0);
        let left = if place > 0 { edge(days[place - 1], day) } else { x(day) - half };
        let right = days.get(place + 1).map_or(x(day) + half, |next| edge(day, *next));
        let column = Frame::new(left.max(0.0), plot.frame.top, right, plot.frame.bottom);
        let back =
            steps[0].curve.iter().any(|p| p.day >= day) && steps[0].curve.iter().any(|p| p.day <= day && p.share > 0.0);
        let people = back.then(|| BackPeople::gap(steps[0].step, 1, day).to_string());
        Region::of(column, (words.label)(day), people)
    };
    days.iter().enumerate().map(region).collect()
}
