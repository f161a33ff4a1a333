//! 育成マップ: six places and the five ways between them, the one where a little more brings the most set apart.

use super::canvas::{BODY, Canvas, Figure, Ink, LARGE, Region, SMALL};
use super::lettering::{shortened, text_width};
use super::pencil::{Anchor, Frame, Hand, Pencil, figure};
use crate::insight::growth::{Arrow, ArrowRow, GrowthMap, StageRow};

/// What the figure says in words.
pub struct Words<'a> {
    /// A place's name: 「定着」.
    pub stage: &'a dyn Fn(&StageRow) -> String,
    /// Under it, what it means: 「3〜5回」.
    pub meaning: &'a dyn Fn(&StageRow) -> String,
    /// Its people: 「182人」.
    pub people: &'a dyn Fn(u32) -> String,
    /// Above an arrow: 「23.4%」, or a count where few are behind it.
    pub rate: &'a dyn Fn(&ArrowRow) -> String,
    /// Under an arrow, at most three short lines.
    pub lines: &'a dyn Fn(&ArrowRow) -> Vec<String>,
    /// Over the bottleneck: 「いちばん効く所」.
    pub bottleneck: &'a str,
    /// The region of a place.
    pub stage_label: &'a dyn Fn(&StageRow) -> String,
    /// The region of an arrow.
    pub arrow_label: &'a dyn Fn(&ArrowRow) -> String,
}

const TOP: f64 = 74.0;
const BOX: f64 = 96.0;

/// Draws the places in a row; one region per place and per arrow, in reading order. The canvas gives the width; 230 px
/// of height hold everything.
pub fn draw(map: &GrowthMap, words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("growth", canvas, |pencil| {
        if map.stages.is_empty() {
            return Vec::new();
        }
        let (count, width) = (map.stages.len() as f64, f64::from(canvas.width));
        let wide = width * 0.093;
        let gap = (width - 2.0 - wide * count) / (count - 1.0).max(1.0);
        let frame = |place: usize| {
            let left = 1.0 + place as f64 * (wide + gap);
            Frame::new(left, TOP, left + wide, TOP + BOX)
        };
        let mut regions = Vec::new();
        for (place, stage) in map.stages.iter().enumerate() {
            let at = frame(place);
            box_of(pencil, at, stage, words);
            regions.push(Region::of(at, (words.stage_label)(stage), Some(stage.people.clone())));
            let Some(arrow) = map.arrows.get(place).filter(|_| place + 1 < map.stages.len()) else { continue };
            let next = frame(place + 1);
            let between = Frame::new(at.right + 1.0, TOP - 36.0, next.left - 1.0, TOP + BOX + 40.0);
            arrow_of(pencil, between, arrow, map.bottleneck, words);
            let people = arrow.rate.map(|_| arrow.made_people.clone()).filter(|_| arrow.made_count > 0);
            regions.push(Region::of(between, (words.arrow_label)(arrow), people));
        }
        regions
    })
}

fn box_of(pencil: &Pencil<'_>, at: Frame, stage: &StageRow, words: &Words<'_>) {
    pencil.rect(at, Ink::heat(0));
    pencil.outline(at, Ink::AXIS, 1.0);
    let (x, _) = at.middle();
    let fit = |text: String, size: f64| shortened(&text, at.width() - 8.0, size);
    let hand = |size, bold| Hand { size, bold };
    pencil.text(&fit((words.stage)(stage), BODY), (x, TOP + 20.0), Anchor::Middle, hand(BODY, true), Ink::ON_LIGHT);
    let people = fit((words.people)(stage.customer_count), LARGE);
    pencil.text(&people, (x, TOP + 48.0), Anchor::Middle, hand(LARGE, true), Ink::ON_LIGHT);
    pencil.text(
        &fit((words.meaning)(stage), SMALL),
        (x, TOP + 76.0),
        Anchor::Middle,
        hand(SMALL, false),
        Ink::ON_LIGHT,
    );
}

/// The rate above, an arrow at the height of the boxes' middle, what it is worth below; thick where it is the bottleneck.
fn arrow_of(pencil: &Pencil<'_>, at: Frame, arrow: &ArrowRow, bottleneck: Option<Arrow>, words: &Words<'_>) {
    let is_bottleneck = bottleneck == Some(arrow.key);
    let (x, y) = (at.middle().0, TOP + BOX / 2.0 - 14.0);
    let (ink, stroke, head) = if is_bottleneck { (Ink::category(3), 5.0, 9.0) } else { (Ink::AXIS, 2.0, 6.0) };
    let tip = at.right - 5.0;
    pencil.line(&[(at.left + 5.0, y), (tip - head, y)], ink, stroke);
    pencil.area(&[(tip, y), (tip - head * 1.5, y - head), (tip - head * 1.5, y + head)], ink);
    let word = if is_bottleneck { Ink::word(3) } else { Ink::TEXT };
    let fit = |text: &str, size: f64| shortened(text, at.width() - 2.0, size);
    let rate = fit(&(words.rate)(arrow), BODY);
    pencil.text(&rate, (x, y - 18.0), Anchor::Middle, Hand { size: BODY, bold: true }, word);
    let ink = if is_bottleneck { word } else { Ink::QUIET };
    for (line, text) in (words.lines)(arrow).iter().take(4).enumerate() {
        let hand = Hand { size: SMALL, bold: is_bottleneck && line + 1 == (words.lines)(arrow).len() };
        pencil.text(&fit(text, SMALL), (x, y + 22.0 + line as f64 * 18.0), Anchor::Middle, hand, ink);
    }
    if is_bottleneck {
        let wide = text_width(words.bottleneck, BODY);
        // Inside the drawing, however near its edge the arrow is.
        let at = x.max(wide / 2.0 + 2.0);
        pencil.line(&[(x, 26.0), (x, y - 30.0)], Ink::category(3), 1.5);
        pencil.text(words.bottleneck, (at, 14.0), Anchor::Middle, Hand { size: BODY, bold: true }, word);
    }
}
