//! One customer's purchases along time.

use super::canvas::{Canvas, Figure, Ink, Region, SMALL, TARGET};
use super::lettering::text_width;
use super::pencil::{Anchor, Frame, Hand, Pencil, Plot, figure, finite};
use crate::shop::{Day, Month, Yen};

/// One purchase day.
#[derive(Clone, Debug, PartialEq)]
pub struct Purchase {
    /// When; earlier ones first.
    pub on: Day,
    /// The day's net sales: the area of the dot.
    pub value: Yen,
    /// On an event day of its mall: ringed. Nothing when unclear.
    pub event: Option<bool>,
    /// For its region: 「2025年3月5日 ¥4,200 お買い物マラソン」.
    pub label: String,
}

/// Something that was sent to the customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// When; earlier ones first.
    pub on: Day,
    /// For its region: 「2025年3月1日に届いた：…」.
    pub label: String,
}

/// What the figure says in words.
pub struct Words<'a> {
    /// Between two dots: 「42日」.
    pub gap: &'a dyn Fn(i32) -> String,
    /// Above a dot where there is room: `4,200円`.
    pub yen: &'a dyn Fn(Yen) -> String,
    /// A month on the axis: `2025/3`.
    pub month: &'a dyn Fn(Month) -> String,
    /// Over the expected window: 「次の見込み」.
    pub window: &'a str,
}

/// Draws the line from the first purchase to `as_of` or the end of the expected window. One region per dot, and one per
/// letter or letters that stand together; they open nobody, since all is one customer.
pub fn draw(
    purchases: &[Purchase],
    letters: &[Letter],
    window: Option<(Day, Day)>,
    as_of: Day,
    words: &Words<'_>,
    canvas: &Canvas<'_>,
) -> Figure {
    figure("timeline", canvas, |pencil| {
        let (width, height) = (f64::from(canvas.width), f64::from(canvas.height));
        let middle = (height * 0.52).round();
        let crowded = (width / purchases.len().max(1) as f64 * 0.45).max(6.0);
        let largest = (middle - 40.0).min(height - middle - 46.0).min(crowded).clamp(6.0, 22.0);
        let frame = Frame::new(largest + 8.0, 22.0, width - largest - 8.0, height - 26.0);
        let Some(first) = purchases.iter().map(|p| p.on).min() else {
            pencil.line(&[(frame.left, middle), (frame.right, middle)], Ink::GRID, 1.0);
            return Vec::new();
        };
        let ends = [
            Some(as_of),
            window.map(|w| w.1),
            purchases.iter().map(|p| p.on).max(),
            letters.iter().map(|l| l.on).max(),
        ];
        let last = ends.into_iter().flatten().max().unwrap_or(first).max(first + 30);
        let plot = Plot::new(frame, (f64::from(first.0), f64::from(last.0)), (0.0, 1.0));
        let x = |day: Day| plot.at(f64::from(day.0), 0.0).0;

        months(pencil, &plot, first, last, words);
        if let Some((from, to)) = window {
            let (left, right) = (x(from.max(first)), x(to));
            let (left, right) = if right - left < 4.0 { (left - 2.0, left + 2.0) } else { (left, right) };
            pencil.rect(Frame::new(left, frame.top, right, frame.bottom), Ink::WINDOW);
            for edge in [left, right] {
                pencil.line(&[(edge, frame.top), (edge, frame.bottom)], Ink::DASHED, 1.0);
            }
            let half = text_width(words.window, SMALL) / 2.0;
            let centre = ((left + right) / 2.0).max(half).min(width - 2.0 - half);
            let hand = Hand { size: SMALL, bold: false };
            pencil.text(words.window, (centre, 11.0), Anchor::Middle, hand, Ink::QUIET);
        }
        let today = x(as_of);
        pencil.line(&[(frame.left, middle), (today.max(x(first)), middle)], Ink::AXIS, 1.5);
        pencil.line(&[(today, middle), (x(last), middle)], Ink::DASHED, 1.0);

        let most = purchases.iter().map(|p| finite(p.value.as_f64())).fold(0.0, f64::max);
        let radius = |p: &Purchase| {
            let share = if most > 0.0 { (p.value.as_f64().max(0.0) / most).sqrt() } else { 0.0 };
            (largest * share).max(3.0)
        };
        // small ones on top of large ones
        let mut by_size: Vec<&Purchase> = purchases.iter().collect();
        by_size.sort_by_key(|p| std::cmp::Reverse(p.value));
        for purchase in by_size {
            let (at, r) = ((x(purchase.on), middle), radius(purchase));
            pencil.dot(at, r + 1.2, Ink::PAPER);
            if purchase.value.0 > 0 {
                pencil.dot(at, r, Ink::category(0));
            } else {
                pencil.ring(at, r, Ink::category(0), 1.5);
            }
            if purchase.event == Some(true) {
                pencil.ring(at, r + 3.5, Ink::TEXT, 1.5);
            }
        }
        gaps(pencil, purchases, &x, (middle + largest + 16.0, width), words);
        values(pencil, purchases, &x, (middle - largest - 13.0, width), words);
        // Flags have a row of their own above the dots' columns.
        let row = if letters.is_empty() { 0.0 } else { TARGET };
        let below = Frame::new(frame.left, frame.top + row, frame.right, frame.bottom);
        let mut regions = regions(purchases, &x, below);
        regions.extend(marks(pencil, letters, &x, (frame, middle), first));
        regions.sort_by(|a, b| a.x.total_cmp(&b.x));
        regions
    })
}

/// A small flag over the day of each letter, from the top down to the line. Letters from before the first purchase stand
/// at its day.
fn marks(
    pencil: &Pencil<'_>,
    letters: &[Letter],
    x: &dyn Fn(Day) -> f64,
    (frame, middle): (Frame, f64),
    first: Day,
) -> Vec<Region> {
    const HALF: f64 = 5.0;
    let mut found: Vec<(f64, String)> = Vec::new();
    for letter in letters {
        let here = x(letter.on.max(first));
        let top = frame.top + 3.0;
        pencil.line(&[(here, top), (here, middle)], Ink::LEADER, 1.0);
        pencil.area(&[(here - HALF, top), (here + HALF, top), (here, top + 2.0 * HALF)], Ink::category(2));
        match found.last_mut() {
            Some((at, label)) if here - *at < TARGET => *label = format!("{label} / {}", letter.label),
            _ => found.push((here, letter.label.clone())),
        }
    }
    let region = |(at, label): (f64, String)| {
        let half = TARGET / 2.0;
        let (left, right) = ((at - half).max(0.0), at + half);
        Region::of(Frame::new(left, frame.top, right, frame.top + TARGET), label, None)
    };
    found.into_iter().map(region).collect()
}

/// Ticks at month starts, as many as have room, with the year's first ones stronger.
fn months(pencil: &Pencil<'_>, plot: &Plot, first: Day, last: Day, words: &Words<'_>) {
    let count = (last.month().0 - first.month().0).max(1);
    let widest = text_width(&(words.month)(last.month()), SMALL) + 18.0;
    let each = plot.frame.width() / f64::from(count);
    let every = [1, 2, 3, 6, 12, 24, 60].into_iter().find(|n| each * f64::from(*n) >= widest).unwrap_or(120);
    let mut month = first.month();
    let hand = Hand { size: SMALL, bold: false };
    while month <= last.month() {
        let start = month.first();
        if start >= first && month.0.rem_euclid(every) == 0 {
            let x = plot.at(f64::from(start.0), 0.0).0;
            pencil.line(&[(x, plot.frame.top), (x, plot.frame.bottom)], Ink::GRID, 1.0);
            pencil.text(&(words.month)(month), (x, plot.frame.bottom + 14.0), Anchor::Middle, hand, Ink::QUIET);
        }
        month = month.plus(1);
    }
}

/// Days between neighbours, below the dots and midway between them, in two rows so that near ones have room as well; left
/// out where they would touch in both.
fn gaps(
    pencil: &Pencil<'_>,
    purchases: &[Purchase],
    x: &dyn Fn(Day) -> f64,
    (y, width): (f64, f64),
    words: &Words<'_>,
) {
    const ROW: f64 = 15.0;
    let mut free_from = [0.0; 2];
    for pair in purchases.windows(2) {
        let text = (words.gap)(pair[1].on - pair[0].on);
        let half = text_width(&text, SMALL) / 2.0;
        let centre = ((x(pair[0].on) + x(pair[1].on)) / 2.0).max(half + 1.0).min(width - half - 1.0);
        let Some(row) = (0..2).find(|&row| centre - half >= free_from[row]) else { continue };
        let at = (centre, y + ROW * row as f64);
        pencil.text(&text, at, Anchor::Middle, Hand { size: SMALL, bold: false }, Ink::QUIET_HALO);
        free_from[row] = centre + half + 6.0;
    }
}

/// Yen above the dots, from left to right where the words do not touch.
fn values(
    pencil: &Pencil<'_>,
    purchases: &[Purchase],
    x: &dyn Fn(Day) -> f64,
    (y, width): (f64, f64),
    words: &Words<'_>,
) {
    let mut free_from = 0.0;
    for purchase in purchases {
        let text = (words.yen)(purchase.value);
        let half = text_width(&text, SMALL) / 2.0;
        let centre = x(purchase.on).max(half + 1.0).min(width - half - 1.0);
        if centre - half >= free_from {
            pencil.text(&text, (centre, y), Anchor::Middle, Hand { size: SMALL, bold: false }, Ink::TEXT_HALO);
            free_from = centre + half + 8.0;
        }
    }
}

/// A column around each dot, as far as the middle between neighbours.
fn regions(purchases: &[Purchase], x: &dyn Fn(Day) -> f64, frame: Frame) -> Vec<Region> {
    let reach = TARGET;
    let region = |(place, purchase): (usize, &Purchase)| {
        let here = x(purchase.on);
        let before = place.checked_sub(1).and_then(|p| purchases.get(p)).map_or(f64::MIN, |p| (x(p.on) + here) / 2.0);
        let after = purchases.get(place + 1).map_or(f64::MAX, |p| (x(p.on) + here) / 2.0);
        let (left, right) = ((here - reach).max(before).max(0.0), (here + reach).min(after));
        Region::of(Frame::new(left, frame.top, right, frame.bottom), purchase.label.clone(), None)
    };
    purchases.iter().enumerate().map(region).collect()
}
