//! The line of a figure on a card: the last months at a glance, no axes.

use super::canvas::{Canvas, Figure, Ink, Region};
use super::pencil::{Frame, Plot, figure, finite};

/// One point of the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Nothing leaves a gap in the line.
    pub value: Option<f64>,
    /// Not over yet: drawn dashed.
    pub open: bool,
    /// For its region.
    pub label: String,
    /// The people behind it.
    pub people: Option<String>,
}

/// Draws the points from left to right at equal distances, the last one marked; one region per point.
pub fn draw(points: &[Point], canvas: &Canvas<'_>) -> Figure {
    figure("line", canvas, |pencil| {
        let frame = Frame::new(0.0, 0.0, f64::from(canvas.width), f64::from(canvas.height));
        let inner = Frame::new(6.0, 7.0, frame.right - 6.0, frame.bottom - 7.0);
        let values: Vec<f64> = points.iter().filter_map(|p| p.value).map(finite).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // equal values lie in the middle, and a small wobble is not blown up to the full height
        let least = (high.abs().max(low.abs()) * 0.1).max(1e-9);
        let pad = (least - (high - low)).max(0.0) / 2.0;
        let last_place = points.len().saturating_sub(1);
        let slot = inner.width() / (last_place.max(1)) as f64;
        let plot = Plot::new(inner, (0.0, last_place.max(1) as f64), (finite(low - pad), finite(high + pad)));
        let at = |place: usize, value: f64| plot.at(if last_place == 0 { 1.0 } else { place as f64 }, value);

        // a point between two gaps is a dot
        let stroke = |stretch: &[(f64, f64)]| match stretch {
            [alone] => pencil.dot(*alone, 1.4, Ink::category(0)),
            _ => pencil.line(stretch, Ink::category(0), 1.8),
        };
        let mut stretch: Vec<(f64, f64)> = Vec::new();
        let mut last = None;
        for (place, point) in points.iter().enumerate() {
            let Some(value) = point.value else {
                stroke(&stretch);
                stretch.clear();
                continue;
            };
            let here = at(place, value);
            if point.open {
                stroke(&stretch);
                let before = stretch.last().copied();
                stretch.clear();
                if let Some(before) = before {
                    pencil.line(&[before, here], Ink::category_dashed(0), 1.8);
                }
            }
            stretch.push(here);
            last = Some((here, point.open));
        }
        stroke(&stretch);
        if let Some((here, open)) = last {
            pencil.dot(here, 4.0, Ink::category(0));
            if open {
                pencil.dot(here, 2.2, Ink::PAPER);
            }
        }

        let regions = points.iter().enumerate().map(|(place, point)| {
            let x = at(place, 0.0).0;
            let (left, right) = match points.len() {
                1 => (frame.left, frame.right),
                _ => ((x - slot / 2.0).max(frame.left), (x + slot / 2.0).min(frame.right)),
            };
            let column = Frame::new(left, frame.top, right, frame.bottom);
            Region::of(column, point.label.clone(), point.people.clone())
        });
        regions.collect()
    })
}
