//! Sizes, palette, number formats; the finished figure.

use serde::Serialize;

/// SVG text made by this room only; every text from an export in it is escaped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "string"))]
#[serde(transparent)]
pub struct Svg(pub(crate) String);

/// How large, in CSS pixels, and whose words stand on axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canvas {
    /// Width.
    pub width: u32,
    /// Height: 280 beside another figure, 360 alone.
    pub height: u32,
}

/// A finished drawing and what lies where in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Figure {
    /// The drawing, `viewBox` 0 0 width height, no scripts, no outside references, `aria-hidden`.
    pub svg: Svg,
    /// Width of the view box.
    pub width: u32,
    /// Height of the view box.
    pub height: u32,
    /// In reading order; they do not overlap.
    pub regions: Vec<Region>,
}

/// A place in a figure that shows its value on hover and focus, and opens the people behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Region {
    /// Left edge in view-box pixels.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width; where the figure allows it at least 24.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What it shows, as a sentence fragment with value and n: 「2025年3月 ¥123,000（41人）」.
    pub label: String,
    /// The people behind it, as `customers?people=` understands them; nothing where there are none.
    pub people: Option<String>,
}
