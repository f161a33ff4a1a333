//! LTV(t): what a customer has brought by each day after the first purchase.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL, TARGET};
use super::lettering::{shortened, text_width, widest};
use super::pencil::{Anchor, Frame, Hand, Pencil, Plot, apart, figure, finite, span, ticks};
use crate::insight::Interval;
use crate::insight::lifetime_value::{Curve, LifetimeValue};
use crate::insight::people::People;

/// At most this many lines are drawn.
pub const LINES: usize = 4;

/// What the figure says in words.
pub struct Words<'a> {
    /// At the end of a line: 「すべて」, 「2025年」.
    pub curve: &'a dyn Fn(&Curve) -> String,
    /// An amount on the axis: `1.2万円`.
    pub yen: &'a dyn Fn(f64) -> String,
    /// A number of days on the axis: 「90日」, 「12か月」.
    pub days: &'a dyn Fn(u32) -> String,
    /// At a headline mark, given its days (365 or 730) and value: 「12か月 ¥8,200」.
    pub mark: &'a dyn Fn(u32, &Interval) -> String,
    /// At the line of the acquisition cost: 「獲得費用 3,000円」.
    pub cost: &'a str,
    /// A region, which lists the values of all lines at that day.
    pub label: &'a dyn Fn(u32) -> String,
}

/// Which curves have a colour: the first and, of the others, those chosen, four in all.
pub fn coloured(answer: &LifetimeValue) -> impl Iterator<Item = &Curve> {
    let curves = answer.curves.iter().filter(|c| !c.points.is_empty()).enumerate();
    curves.filter(|(place, curve)| *place == 0 || curve.chosen).map(|(_, curve)| curve).take(LINES)
}

/// Draws the first curve strong and with its 90 % band, the chosen ones in colour, all others as thin quiet lines behind;
/// marks the 12- and 24-month values, and what winning a customer cost with the day on which it is earned back.
/// One region per 30 days (per 60, 90 … where they would be narrower than 24 px), people `observed:90`.
pub fn draw(answer: &LifetimeValue, words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("curves", canvas, |pencil| {
        let curves: Vec<&Curve> = coloured(answer).collect();
        let quiet = || answer.curves.iter().skip(1).filter(|c| !c.chosen && c.points.len() > 1);
        let cost = answer.acquisition_cost.filter(|_| !curves.is_empty()).map(|cost| cost.as_f64());
        let marks: Vec<(u32, Interval)> = [("12m", 365), ("24m", 730)]
            .into_iter()
            .filter_map(|(key, days)| answer.headline.get(key).copied().flatten().map(|i| (days, i)))
            .filter(|_| !curves.is_empty())
            .collect();
        let points = || curves.iter().copied().chain(quiet()).flat_map(|c| &c.points);
        let last_day = points().map(|p| p.day).chain(marks.iter().map(|m| m.0)).max().unwrap_or(0);
        let band = curves.first().into_iter().flat_map(|c| &c.points).flat_map(|p| [p.low, p.high]).flatten();
        let marked = marks.iter().flat_map(|m| [m.1.value, m.1.high]);
        let values: Vec<f64> = points().map(|p| p.value).chain(band).chain(marked).chain(cost).map(finite).collect();
        let low = values.iter().copied().fold(0.0, f64::min);
        let high = values.iter().copied().fold(0.0, f64::max);
        let steps = ticks(low, high, (f64::from(canvas.height) / 64.0).max(2.0));
        let axis_words: Vec<String> = steps.iter().map(|t| (words.yen)(*t)).collect();
        let names: Vec<String> = curves.iter().map(|c| (words.curve)(c)).collect();
        let names_width = widest(&names, BODY).min(f64::from(canvas.width) * 0.25);
        let frame = Frame::new(
            widest(&axis_words, SMALL) + 14.0,
            26.0,
            f64::from(canvas.width) - names_width - 22.0,
            f64::from(canvas.height) - 30.0,
        );
        let plot = Plot::new(frame, (0.0, f64::from(last_day.max(30))), span(&steps));
        plot.grid(pencil, &steps, words.yen, Hand { size: SMALL, bold: false });
        if curves.is_empty() {
            return Vec::new();
        }
        plot.base(pencil);
        day_axis(pencil, &plot, last_day, words);

        for curve in quiet() {
            let path: Vec<_> = curve.points.iter().map(|p| plot.at(f64::from(p.day), p.value)).collect();
            pencil.line(&path, Ink::LEADER, 0.6);
        }
        if let Some(first) = curves.first() {
            let upper = first.points.iter().filter_map(|p| Some(plot.at(f64::from(p.day), p.high?)));
            let lower = first.points.iter().rev().filter_map(|p| Some(plot.at(f64::from(p.day), p.low?)));
            pencil.area(&upper.chain(lower).collect::<Vec<_>>(), Ink::BAND);
        }
        if let Some(cost) = cost {
            let y = plot.at(0.0, cost).1;
            pencil.line(&[(plot.frame.left, y), (plot.frame.right, y)], Ink::DASHED, 1.2);
        }
        // the first on top of the others
        for (place, curve) in curves.iter().enumerate().rev() {
            let mut path: Vec<_> = curve.points.iter().map(|p| plot.at(f64::from(p.day), p.value)).collect();
            // the first line runs on to a mark a few days behind its last point, which then needs no dot
            let mut ahead = marks.iter().map(|m| plot.at(f64::from(m.0), m.1.value));
            let near = |end: &(f64, f64), mark: &(f64, f64)| place == 0 && (mark.0 - end.0).abs() < 16.0;
            let mark = path.last().copied().and_then(|end| ahead.find(|mark| near(&end, mark)));
            path.extend(mark);
            pencil.line(&path, Ink::category(place), if place == 0 { 3.0 } else { 1.6 });
            if let Some(end) = path.last().filter(|_| mark.is_none()) {
                pencil.dot(*end, if place == 0 { 4.5 } else { 3.5 }, Ink::category(place));
                if place % 2 == 1 {
                    pencil.dot(*end, 1.8, Ink::PAPER);
                }
            }
        }
        let ends: Vec<Vec<_>> =
            curves.iter().map(|c| c.points.iter().map(|p| plot.at(f64::from(p.day), p.value)).collect()).collect();
        name_lines(pencil, &plot, &ends, &names, names_width);
        headline_marks(pencil, &plot, &marks, words);
        if let Some(cost) = cost {
            payback(pencil, &plot, answer, cost, words);
        }
        regions(&plot, &curves, words)
    })
}

fn day_axis(pencil: &Pencil<'_>, plot: &Plot, last_day: u32, words: &Words<'_>) {
    let hand = Hand { size: SMALL, bold: false };
    // years first, then halves and quarters where all of them fit
    let mut shown: Vec<(f64, f64, String)> = Vec::new();
    for tier in [&[0, 365, 730][..], &[180, 540], &[90, 270, 450, 630], &[30, 60]] {
        let tier = tier.iter().filter(|days| **days <= last_day.max(30)).map(|days| {
            let text = (words.days)(*days);
            (plot.at(f64::from(*days), 0.0).0, text_width(&text, SMALL) / 2.0 + 9.0, text)
        });
        let tier: Vec<_> = tier.collect();
        let free = |x: f64, half: f64| shown.iter().all(|s| (s.0 - x).abs() >= s.1 + half);
        let close = tier.windows(2).any(|pair| pair[1].0 - pair[0].0 < pair[0].1 + pair[1].1);
        if !close && tier.iter().all(|(x, half, _)| free(*x, *half)) {
            shown.extend(tier);
        }
    }
    for (x, _, text) in shown {
        let y = plot.frame.bottom;
        pencil.line(&[(x, y), (x, y + 5.0)], Ink::AXIS, 1.0);
        pencil.text(&text, (x, y + 17.0), Anchor::Middle, hand, Ink::QUIET);
    }
}

/// Names at the ends of the lines: right of the plot where a line reaches it, otherwise right where it ends.
pub(super) fn name_lines(pencil: &Pencil<'_>, plot: &Plot, lines: &[Vec<(f64, f64)>], names: &[String], width: f64) {
    let edge = plot.frame.right;
    let end = |place: usize| lines[place].last().copied().unwrap_or_default();
    let name = |place: usize| names.get(place).map(|n| shortened(n, width, BODY)).unwrap_or_default();
    let hand = |place: usize| Hand { size: BODY, bold: place == 0 };
    let (full, early): (Vec<usize>, Vec<usize>) =
        (0..lines.len()).partition(|place| end(*place).0 + text_width(&name(*place), BODY) + 16.0 > edge);
    for place in early {
        let (x, y) = end(place);
        // above the first line or below it, whichever side the end is on
        let first = lines[0].iter().find(|p| p.0 >= x).map(|p| p.1);
        let aside = match first {
            Some(first) if place > 0 && first < y => 11.0,
            Some(_) if place > 0 => -11.0,
            _ => 0.0,
        };
        pencil.text(&name(place), (x + 7.0, y + aside), Anchor::Start, hand(place), Ink::word(place));
    }
    let ends: Vec<f64> = full.iter().map(|place| end(*place).1).collect();
    let heights = apart(&ends, BODY + 5.0, plot.frame.top, plot.frame.bottom - 6.0);
    for (place, y) in full.into_iter().zip(heights) {
        let (from, x) = (end(place), edge + 16.0);
        if (y - from.1).abs() > 4.0 {
            pencil.line(&[(from.0 + 6.0, from.1), (edge + 5.0, from.1), (x - 2.0, y)], Ink::LEADER, 0.7);
        }
        pencil.text(&name(place), (x, y), Anchor::Start, hand(place), Ink::word(place));
    }
}

/// The value at 12 and 24 months with its interval.
fn headline_marks(pencil: &Pencil<'_>, plot: &Plot, marks: &[(u32, Interval)], words: &Words<'_>) {
    for (days, interval) in marks {
        let at = |value| plot.at(f64::from(*days), value);
        let ((x, y), low, high) = (at(interval.value), at(interval.low).1, at(interval.high).1);
        pencil.line(&[(x, low), (x, high)], Ink::TEXT, 1.5);
        for end in [low, high] {
            pencil.line(&[(x - 4.0, end), (x + 4.0, end)], Ink::TEXT, 1.5);
        }
        pencil.dot((x, y), 5.5, Ink::TEXT);
        pencil.dot((x, y), 3.5, Ink::PAPER);
        let text = (words.mark)(*days, interval);
        let hand = Hand { size: BODY, bold: true };
        let half = text_width(&text, BODY) / 2.0;
        let x = x.max(plot.frame.left + half + 4.0).min(plot.frame.right + 8.0 - half);
        pencil.text(&text, (x, (high - 14.0).max(9.0)), Anchor::Middle, hand, Ink::TEXT_HALO);
    }
}

/// The words at the line of the cost, and a ring where the first curve reaches it.
fn payback(pencil: &Pencil<'_>, plot: &Plot, answer: &LifetimeValue, cost: f64, words: &Words<'_>) {
    let hand = Hand { size: SMALL, bold: false };
    let y = plot.at(0.0, cost).1;
    // Right of the earliest purchases, where the lines have left the height of the cost or not yet reached it.
    let x = plot.frame.right - 8.0;
    let y = if y - 12.0 < plot.frame.top { y + 11.0 } else { y - 10.0 };
    pencil.text(words.cost, (x, y), Anchor::End, hand, Ink::QUIET_HALO);
    let reached = answer.curves.first().and_then(|all| all.points.iter().find(|p| Some(p.day) == answer.payback_day));
    if let Some(point) = reached {
        let at = plot.at(f64::from(point.day), point.value);
        pencil.dot(at, 5.5, Ink::PAPER);
        pencil.ring(at, 5.5, Ink::TEXT, 1.8);
    }
}

fn regions(plot: &Plot, curves: &[&Curve], words: &Words<'_>) -> Vec<Region> {
    let mut days: Vec<u32> = curves.iter().flat_map(|c| &c.points).map(|p| p.day).collect();
    days.sort_unstable();
    days.dedup();
    let x = |day: u32| plot.at(f64::from(day), 0.0).0;
    let (Some(first), Some(last)) = (days.first().copied(), days.last().copied()) else { return Vec::new() };
    let each = (x(last) - x(first)) / (days.len() - 1).max(1) as f64;
    let every = if each > 0.0 { (TARGET / each).ceil().max(1.0) as usize } else { 1 };
    let days: Vec<u32> = days.into_iter().step_by(every).collect();
    let edge = |a: u32, b: u32| (x(a) + x(b)) / 2.0;
    let column = |place: usize| {
        let here = days[place];
        let half = (each * every as f64 / 2.0).max(TARGET / 2.0);
        let left = if place > 0 { edge(days[place - 1], here) } else { x(here) - half };
        let right = days.get(place + 1).map_or(x(here) + half, |next| edge(here, *next));
        Frame::new(left.max(0.0), plot.frame.top, right, plot.frame.bottom)
    };
    let observed = |day: u32| curves.iter().flat_map(|c| &c.points).any(|p| p.day == day && p.n > 0);
    let region = |(place, day): (usize, &u32)| {
        let people = observed(*day).then(|| People::ObservedDays(*day).to_string());
        Region::of(column(place), (words.label)(*day), people)
    };
    days.iter().enumerate().map(region).collect()
}
