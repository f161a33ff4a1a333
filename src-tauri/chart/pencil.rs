//! What every figure draws with: plotters behind one door.

use super::canvas::{Canvas, Figure, Ink, Region, Svg};
use super::press::press;
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::prelude::{DrawingArea, IntoDrawingArea, RGBColor, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont};

/// Drawn pixels per view-box pixel; plotters knows whole pixels only.
pub(super) const FINE: f64 = 10.0;
/// Plotters writes a font's size divided by this.
const FONT_FACTOR: f64 = 1.24;

/// Draws in view-box pixels.
pub(super) struct Pencil<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Which point of a text its place is.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    /// Left edge, middle of the height.
    Start,
    /// Middle.
    Middle,
    /// Right edge, middle of the height.
    End,
}

/// Size and weight of a text.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    /// px.
    pub size: f64,
    /// Bold.
    pub bold: bool,
}

/// A rectangle in view-box pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

/// Draws the figure `kind` and collects its regions.
pub(super) fn figure(kind: &str, canvas: &Canvas<'_>, paint: impl FnOnce(&Pencil<'_>) -> Vec<Region>) -> Figure {
    let mut raw = String::new();
    let size = (canvas.width * FINE as u32, canvas.height * FINE as u32);
    let mut regions = {
        let pencil = Pencil { area: SVGBackend::with_string(&mut raw, size).into_drawing_area() };
        let regions = paint(&pencil);
        // writing to a string does not fail
        let _ = pencil.area.present();
        regions
    };
    regions.iter_mut().for_each(|region| region.settle());
    let name: String =
        [kind, canvas.id].join("-").chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let svg = Svg(press(&raw, name.trim_end_matches('-'), canvas.width, canvas.height));
    Figure { svg, width: canvas.width, height: canvas.height, regions }
}

impl Region {
    /// The region of a frame.
    pub(super) fn of(frame: Frame, label: String, people: Option<String>) -> Region {
        let Frame { left, top, right, bottom } = frame;
        Region { x: left, y: top, width: right - left, height: bottom - top, label, people, choose: None }
    }

    /// The region of a frame that chooses instead of opening.
    pub(super) fn choosing(frame: Frame, label: String, key: String) -> Region {
        Region { choose: Some(key), ..Region::of(frame, label, None) }
    }

    /// Rounds the edges to a tenth, so that neighbours still meet.
    fn settle(&mut self) {
        let tenth = |n: f64| (n * 10.0).round() / 10.0;
        let (right, bottom) = (tenth(self.x + self.width), tenth(self.y + self.height));
        (self.x, self.y) = (tenth(self.x), tenth(self.y));
        (self.width, self.height) = (tenth(right - self.x), tenth(bottom - self.y));
    }
}

impl Frame {
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Frame {
        Frame { left, top, right: right.max(left), bottom: bottom.max(top) }
    }
    pub fn width(self) -> f64 {
        self.right - self.left
    }
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }
    pub fn middle(self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }
    /// Smaller by this much on every side.
    pub fn inset(self, by: f64) -> Frame {
        Frame::new(self.left + by, self.top + by, self.right - by, self.bottom - by)
    }
}

impl Pencil<'_> {
    /// A filled rectangle.
    pub fn rect(&self, frame: Frame, ink: Ink) {
        let corners = [fine(frame.left, frame.top), fine(frame.right, frame.bottom)];
        let _ = self.area.draw(&Rectangle::new(corners, colour(ink).filled()));
    }

    /// A polyline.
    pub fn line(&self, points: &[(f64, f64)], ink: Ink, width: f64) {
        if points.len() > 1 {
            let path: Vec<_> = points.iter().map(|p| fine(p.0, p.1)).collect();
            let _ = self.area.draw(&PathElement::new(path, colour(ink).stroke_width((width * FINE) as u32)));
        }
    }

    /// The outline of a rectangle.
    pub fn outline(&self, frame: Frame, ink: Ink, width: f64) {
        let Frame { left, top, right, bottom } = frame;
        self.line(&[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], ink, width);
    }

    /// A filled polygon.
    pub fn area(&self, points: &[(f64, f64)], ink: Ink) {
        if points.len() > 2 {
            let path: Vec<_> = points.iter().map(|p| fine(p.0, p.1)).collect();
            let _ = self.area.draw(&Polygon::new(path, colour(ink).filled()));
        }
    }

    /// A filled disc.
    pub fn dot(&self, centre: (f64, f64), radius: f64, ink: Ink) {
        let _ = self.area.draw(&Circle::new(fine(centre.0, centre.1), radius * FINE, colour(ink).filled()));
    }

    /// A circle line.
    pub fn ring(&self, centre: (f64, f64), radius: f64, ink: Ink, width: f64) {
        let style = colour(ink).stroke_width((width * FINE) as u32);
        let _ = self.area.draw(&Circle::new(fine(centre.0, centre.1), radius * FINE, style));
    }

    /// One line of text; control characters become spaces, plotters escapes the rest.
    pub fn text(&self, words: &str, at: (f64, f64), anchor: Anchor, hand: Hand, ink: Ink) {
        let clean: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if clean.trim().is_empty() {
            return;
        }
        let place = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let mut font = ("sans-serif", hand.size * FINE * FONT_FACTOR).into_font();
        if hand.bold {
            font = font.style(FontStyle::Bold);
        }
        let style = font.color(&colour(ink)).pos(Pos::new(place, VPos::Center));
        let _ = self.area.draw_text(&clean, &style, fine(at.0, at.1));
    }
}

/// Where values lie in a frame, by plotters' coordinate mapping.
pub(super) struct Plot {
    /// The frame, in view-box pixels.
    pub frame: Frame,
    scale: Cartesian2d<RangedCoordf64, RangedCoordf64>,
}

impl Plot {
    /// x grows to the right, y upwards. An empty span is widened.
    pub fn new(frame: Frame, x: (f64, f64), y: (f64, f64)) -> Plot {
        let ((left, top), (right, bottom)) = (fine(frame.left, frame.top), fine(frame.right, frame.bottom));
        let span = |(low, high): (f64, f64)| if high > low { low..high } else { low..low + 1.0 };
        Plot { frame, scale: Cartesian2d::new(span(x), span(y), (left..right, bottom..top)) }
    }

    /// The view-box pixel of a value.
    pub fn at(&self, x: f64, y: f64) -> (f64, f64) {
        use plotters::coord::CoordTranslate;
        let (x, y) = self.scale.translate(&(finite(x), finite(y)));
        (f64::from(x) / FINE, f64::from(y) / FINE)
    }

    /// Hair lines at these values with their words on the left; the zero line is stronger.
    pub fn grid(&self, pencil: &Pencil<'_>, ticks: &[f64], words: &dyn Fn(f64) -> String, hand: Hand) {
        let height = |tick: &f64| self.at(0.0, *tick).1;
        for tick in ticks.iter().filter(|t| **t != 0.0) {
            let y = height(tick);
            pencil.line(&[(self.frame.left, y), (self.frame.right, y)], Ink::GRID, 1.0);
        }
        for tick in ticks {
            pencil.text(&words(*tick), (self.frame.left - 10.0, height(tick)), Anchor::End, hand, Ink::QUIET);
        }
    }

    /// The line of zero.
    pub fn base(&self, pencil: &Pencil<'_>) {
        let y = self.at(0.0, 0.0).1;
        pencil.line(&[(self.frame.left, y), (self.frame.right, y)], Ink::AXIS, 1.0);
    }
}

/// Round values that hold `low` to `high` and zero, at most `count` and a half steps of 1, 2 or 5 × 10ⁿ.
pub(super) fn ticks(low: f64, high: f64, count: f64) -> Vec<f64> {
    let (low, high) = (finite(low).min(0.0), finite(high).max(0.0));
    if high - low <= 0.0 {
        return vec![0.0];
    }
    let rough = (high - low) / count;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| *s >= rough * 0.999).unwrap_or(rough);
    let (first, last) = ((low / step + 0.001).floor() as i64, (high / step - 0.001).ceil() as i64);
    (first..=last).map(|n| n as f64 * step).collect()
}

/// First and last of ticks; one step apart at least.
pub(super) fn span(ticks: &[f64]) -> (f64, f64) {
    let (low, high) = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
    (low, if high > low { high } else { low + 1.0 })
}

/// Moves heights apart until each is `gap` from the next, inside `low..high`; answers in the order asked.
pub(super) fn apart(heights: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]).then(a.cmp(b)));
    let mut moved = heights.to_vec();
    let mut floor = low;
    for place in &order {
        moved[*place] = moved[*place].max(floor);
        floor = moved[*place] + gap;
    }
    let mut ceiling = high;
    for place in order.iter().rev() {
        moved[*place] = moved[*place].min(ceiling);
        ceiling = moved[*place] - gap;
    }
    moved
}

/// The number, or zero where it is none.
pub(super) fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

fn fine(x: f64, y: f64) -> (i32, i32) {
    ((finite(x) * FINE).round() as i32, (finite(y) * FINE).round() as i32)
}

fn colour(ink: Ink) -> RGBColor {
    RGBColor(0, 0, ink.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_zero() {
        let check = |low, high, expected: &[f64]| assert_eq!(ticks(low, high, 4.0), expected, "{low} to {high}");
        check(0.0, 0.0, &[0.0]);
        check(0.0, 1_540_000.0, &[0.0, 500_000.0, 1_000_000.0, 1_500_000.0, 2_000_000.0]);
        check(3.0, 4.0, &[0.0, 1.0, 2.0, 3.0, 4.0]);
        check(-30.0, 50.0, &[-40.0, -20.0, 0.0, 20.0, 40.0, 60.0]);
        check(f64::NAN, f64::INFINITY, &[0.0]);
    }

    #[test]
    fn names_that_would_touch_move_apart() {
        assert_eq!(apart(&[50.0, 52.0], 10.0, 0.0, 100.0), [50.0, 60.0]);
        assert_eq!(apart(&[98.0, 95.0], 10.0, 0.0, 100.0), [100.0, 90.0], "inside the plot, order kept");
        assert!(apart(&[], 10.0, 0.0, 100.0).is_empty());
    }
}
