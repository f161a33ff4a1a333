//! The loyalty plane: dependence on events against attachment to the shop, people as discs.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL};
use super::lettering::{shortened, text_width, widest};
use super::pencil::{Anchor, Frame, Hand, Pencil, Plot, figure};
use crate::insight::attachment::ATTACHED;
use crate::insight::dependence::DependenceBand;
use crate::insight::plane_rows::PlaneCell;
use crate::insight::point_people::PlaneQuarter;

/// Bands and steps of attachment.
const STEPS: usize = 5;

/// What the figure says in words.
pub struct Words<'a> {
    /// Heads of the columns, most dependent first, as [`DependenceBand::ALL`] has them.
    pub bands: Vec<String>,
    /// Heads of the rows, the lowest step of attachment first.
    pub levels: Vec<String>,
    /// Name of a quarter.
    pub quarter: &'a dyn Fn(PlaneQuarter) -> String,
    /// A number of people.
    pub count: &'a dyn Fn(u32) -> String,
    /// A region: 「イベント寄り・強い 12人」.
    pub label: &'a dyn Fn(&PlaneCell) -> String,
}

/// Draws one disc per cell with people, its area by their number, which stands beside it. Dependence grows to the right,
/// attachment upwards; a strong line parts the quarters, whose names stand in the outer corners. One region per cell
/// with people, in reading order.
pub fn draw(cells: &[PlaneCell], words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("plane", canvas, |pencil| {
        let heads = Hand { size: SMALL, bold: false };
        let width = f64::from(canvas.width);
        let left = (widest(&words.levels, SMALL) + 14.0).min(width * 0.25);
        let frame = Frame::new(left, 26.0, width - 2.0, f64::from(canvas.height) - 46.0);
        let plot = Plot::new(frame, (0.0, STEPS as f64), (0.0, STEPS as f64));
        // The most dependent band comes first in the list and stands at the right.
        let column = |band: DependenceBand| STEPS.saturating_sub(1 + band as usize);
        let place = |column: usize, level: usize| {
            let (x, y) = (column as f64, level as f64);
            let ((left, bottom), (right, top)) = (plot.at(x, y), plot.at(x + 1.0, y + 1.0));
            Frame::new(left, top, right, bottom)
        };
        for step in 0..STEPS {
            let row = place(0, step);
            let head = words.levels.get(step).map_or("", |head| head);
            pencil.text(
                &shortened(head, left - 12.0, SMALL),
                (left - 10.0, row.middle().1),
                Anchor::End,
                heads,
                Ink::QUIET,
            );
            let head = words.bands.get(STEPS - 1 - step).map_or("", |head| head);
            let at = place(step, 0);
            let head = shortened(head, at.width() - 6.0, SMALL);
            pencil.text(&head, (at.middle().0, frame.bottom + 14.0), Anchor::Middle, heads, Ink::QUIET);
            if step > 0 {
                let (x, y) = (at.left, row.bottom);
                pencil.line(&[(frame.left, y), (frame.right, y)], Ink::GRID, 1.0);
                pencil.line(&[(x, frame.top), (x, frame.bottom)], Ink::GRID, 1.0);
            }
        }
        let dependent = place(column(DependenceBand::EventsLeaning), ATTACHED as usize - 1);
        let (x, y) = (dependent.left, dependent.bottom);
        pencil.line(&[(frame.left, y), (frame.right, y)], Ink::AXIS, 1.5);
        pencil.line(&[(x, frame.top), (x, frame.bottom)], Ink::AXIS, 1.5);
        pencil.outline(frame, Ink::GRID, 1.0);

        let most = cells.iter().map(|cell| cell.customer_count).max().unwrap_or(0);
        let mut regions = Vec::new();
        for level in (0..STEPS).rev() {
            for at in 0..STEPS {
                let is_here = |cell: &&PlaneCell| {
                    cell.customer_count > 0 && column(cell.band) == at && cell.level as usize == level + 1
                };
                let here = cells.iter().find(|cell| cell.band != DependenceBand::Undecided && is_here(cell));
                let Some(cell) = here else { continue };
                let frame = place(at, level);
                disc(pencil, frame, cell, most, words);
                regions.push(Region::of(frame, (words.label)(cell), Some(cell.people.clone())));
            }
        }
        if !cells.is_empty() {
            corners(pencil, frame, x, words);
        }
        regions
    })
}

fn disc(pencil: &Pencil<'_>, frame: Frame, cell: &PlaneCell, most: u32, words: &Words<'_>) {
    let largest = (frame.height() / 2.0 - 3.0).min(frame.width() / 4.0).max(2.0);
    let radius = (largest * (f64::from(cell.customer_count) / f64::from(most.max(1))).sqrt()).max(2.5);
    let text = (words.count)(cell.customer_count);
    let text = shortened(&text, frame.width() - 2.0 * radius - 10.0, BODY);
    // Disc and number together stand in the middle.
    let half = (2.0 * radius + 6.0 + text_width(&text, BODY)) / 2.0;
    let (middle, y) = frame.middle();
    let centre = middle - half + radius;
    pencil.dot((centre, y), radius, Ink::category(0));
    let hand = Hand { size: BODY, bold: false };
    pencil.text(&text, (centre + radius + 6.0, y), Anchor::Start, hand, Ink::TEXT_HALO);
}

/// The quarters' names above the plane and below the heads of its columns.
fn corners(pencil: &Pencil<'_>, frame: Frame, parting: f64, words: &Words<'_>) {
    let hand = Hand { size: SMALL, bold: true };
    let (left, right) = (parting - frame.left - 12.0, frame.right - parting - 12.0);
    let name = |quarter, width| shortened(&(words.quarter)(quarter), width, SMALL);
    let top = frame.top - 12.0;
    pencil.text(&name(PlaneQuarter::Fans, left), (frame.left + 2.0, top), Anchor::Start, hand, Ink::TEXT);
    pencil.text(&name(PlaneQuarter::EventFans, right), (frame.right - 2.0, top), Anchor::End, hand, Ink::TEXT);
    let bottom = frame.bottom + 34.0;
    pencil.text(&name(PlaneQuarter::Loose, left), (frame.left + 2.0, bottom), Anchor::Start, hand, Ink::TEXT);
    pencil.text(&name(PlaneQuarter::BargainHunters, right), (frame.right - 2.0, bottom), Anchor::End, hand, Ink::TEXT);
}
