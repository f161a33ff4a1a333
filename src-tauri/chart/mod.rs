//! Figures: insight → SVG text, with the regions that answer pointer and keyboard.
//!
//! Every `draw` is total and pure: same input, same bytes. Nothing is computed while drawing; digits, dates
//! and marks stand inside the drawing, sentences stand beside it in HTML.

pub mod canvas;

pub use canvas::{Canvas, Figure, Region, Svg};
