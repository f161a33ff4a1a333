//! Figures: insight → SVG text, with the regions that answer pointer and keyboard.
//!
//! Every `draw` is total and pure: same input, same bytes; nothing to show gives an empty plotting area and no
//! regions. Nothing is computed while drawing; digits, dates and marks stand inside the drawing, sentences stand
//! beside it in HTML. Words come from `app` through functions, so that no list of them can be one too short.

pub mod bars;
pub mod canvas;
pub mod curves;
pub mod flow;
pub mod gap_curves;
pub mod gap_histogram;
pub mod group_map;
pub mod growth;
pub mod heat;
mod lettering;
pub mod line;
pub mod months;
mod pencil;
pub mod plane;
mod press;
pub mod repeat_months;
pub mod timeline;
pub mod trend;
pub mod waterfall;

pub use canvas::{Canvas, Figure, Region, Svg};
