//! From where to where people went between two days: two columns of bars, and bands between them.

use super::canvas::{BODY, Canvas, Figure, Ink, Region, SMALL, TARGET};
use super::lettering::{shortened, text_width};
use super::pencil::{Anchor, Frame, Hand, Pencil, apart, figure};

/// A place people are in, first best.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Its name: 「顧客」.
    pub name: String,
    /// People on the first day.
    pub before: u32,
    /// People on the second day.
    pub after: u32,
    /// Of these, who were nowhere on the first day.
    pub came: u32,
    /// Under the name at the left: 「120人」.
    pub before_text: String,
    /// Under the name at the right.
    pub after_text: String,
    /// Beside the part of those who came: 「新しく12人」.
    pub came_text: String,
    /// For the bar at the left.
    pub before_label: String,
    /// For the bar at the right.
    pub after_label: String,
    /// For those who came.
    pub came_label: String,
    /// Who was there on the first day, on the second, and who came, as the customer list understands them.
    pub people: [Option<String>; 3],
}

/// People who went from one place to another, or stayed.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Place in the list of nodes.
    pub from: usize,
    /// The same on the second day.
    pub to: usize,
    /// People.
    pub count: u32,
    /// At its left end: 「12人」.
    pub text: String,
    /// For its region.
    pub label: String,
    /// The people behind it.
    pub people: Option<String>,
}

/// Heads of the columns, the two days.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// Over the left column.
    pub before: &'a str,
    /// Over the right column.
    pub after: &'a str,
}

/// Width of a bar, px.
const BAR: f64 = 16.0;
/// Between two bars, px.
const GAP: f64 = 22.0;
/// Height of the heads, px.
const HEAD: f64 = 26.0;
/// Points of a band's edge.
const POINTS: usize = 24;

/// Draws a bar per place and day on one scale of people, first on top, and a band per pair with people in it. Bands of
/// those who stayed are plain, of those who rose (to an earlier place) blue, of those who fell hatched; those who came
/// are a hatched part of the bar at the right. Regions: the bars at the left, the bands, those who came, the bars at the
/// right. Bands to places that are not there, or of nobody, are left out.
pub fn draw(nodes: &[Node], bands: &[Band], words: &Words<'_>, canvas: &Canvas<'_>) -> Figure {
    figure("flow", canvas, |pencil| {
        let width = f64::from(canvas.width);
        let names = nodes.iter().flat_map(|node| {
            [text_width(&node.name, BODY), text_width(&node.before_text, SMALL), text_width(&node.after_text, SMALL)]
        });
        let heads = text_width(words.before, SMALL).max(text_width(words.after, SMALL)) - BAR - 8.0;
        let side = names.fold(heads, f64::max).min(width * 0.25) + 12.0;
        let frame = Frame::new(side, HEAD, width - side, f64::from(canvas.height) - 4.0);
        let quiet = Hand { size: SMALL, bold: false };
        if !nodes.is_empty() {
            pencil.text(words.before, (frame.left + BAR, HEAD / 2.0), Anchor::End, quiet, Ink::QUIET);
            pencil.text(words.after, (frame.right - BAR, HEAD / 2.0), Anchor::Start, quiet, Ink::QUIET);
        }
        let (lefts, rights) = columns(nodes, frame);
        let bands: Vec<&Band> =
            bands.iter().filter(|band| band.count > 0 && band.from < nodes.len() && band.to < nodes.len()).collect();
        let laid = laid(&bands, nodes, &lefts, &rights);
        // Who stayed lies under who moved, and who fell, the news, on top.
        for kind in [Kind::Stayed, Kind::Rose, Kind::Fell] {
            for (band, ends) in bands.iter().zip(&laid).filter(|(band, _)| Kind::of(band) == kind) {
                paint(pencil, ends, (frame.left + BAR, frame.right - BAR), Kind::of(band).ink());
            }
        }
        let mut regions = Vec::new();
        bars(pencil, nodes, &lefts, frame.left, width, &mut regions);
        let middles: Vec<f64> = laid.iter().map(|ends| (ends.left.0 + ends.left.1) / 2.0).collect();
        let spread = apart(&middles, TARGET, frame.top + TARGET / 2.0, frame.bottom - TARGET / 2.0);
        for (band, y) in bands.iter().zip(spread) {
            let left = frame.left + BAR + 4.0;
            let text = shortened(&band.text, width * 0.2, SMALL);
            let plate = Frame::new(left, y - 10.0, left + text_width(&text, SMALL) + 8.0, y + 10.0);
            pencil.rect(plate, Ink::PAPER);
            pencil.text(&text, (left + 4.0, y), Anchor::Start, quiet, Ink::TEXT);
            let right = left + (text_width(&text, SMALL) + 12.0).max(72.0).min(frame.width() / 3.0);
            let frame = Frame::new(left, y - TARGET / 2.0, right, y + TARGET / 2.0);
            regions.push(Region::of(frame, band.label.clone(), band.people.clone()));
        }
        came(pencil, nodes, &rights, frame, &mut regions);
        bars(pencil, nodes, &rights, frame.right - BAR, width, &mut regions);
        regions
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Stayed,
    Rose,
    Fell,
}

impl Kind {
    fn of(band: &Band) -> Kind {
        match band.to.cmp(&band.from) {
            std::cmp::Ordering::Equal => Kind::Stayed,
            std::cmp::Ordering::Less => Kind::Rose,
            std::cmp::Ordering::Greater => Kind::Fell,
        }
    }

    fn ink(self) -> Ink {
        match self {
            Kind::Stayed => Ink::FEW,
            Kind::Rose => Ink::heat(2),
            Kind::Fell => Ink::category_hatched(1),
        }
    }
}

/// Top and bottom.
type Span = (f64, f64);

/// Top and bottom of a band at both ends.
struct Ends {
    left: Span,
    right: Span,
}

/// Tops and bottoms of the bars at the left and at the right, on one scale.
fn columns(nodes: &[Node], frame: Frame) -> (Vec<Span>, Vec<Span>) {
    let total = |of: &dyn Fn(&Node) -> u32| nodes.iter().map(|node| f64::from(of(node))).sum::<f64>();
    let most = total(&|node| node.before).max(total(&|node| node.after)).max(1.0);
    let room = (frame.height() - GAP * nodes.len().saturating_sub(1) as f64).max(0.0);
    let column = |of: &dyn Fn(&Node) -> u32| {
        let mut top = frame.top;
        let place = |node: &Node| {
            let bottom = top + f64::from(of(node)) / most * room;
            let bar = (top, bottom);
            top = bottom + GAP;
            bar
        };
        nodes.iter().map(place).collect::<Vec<_>>()
    };
    (column(&|node| node.before), column(&|node| node.after))
}

/// Where each band begins and ends: at a bar in the order of the other side's places, those who came last.
fn laid(bands: &[&Band], nodes: &[Node], lefts: &[(f64, f64)], rights: &[(f64, f64)]) -> Vec<Ends> {
    let share = |count: u32, of: u32, bar: (f64, f64)| f64::from(count) / f64::from(of.max(1)) * (bar.1 - bar.0);
    let end = |band: &Band, left: bool| {
        let own = if left { (band.from, band.to) } else { (band.to, band.from) };
        let (bar, of) = if left { (lefts[own.0], nodes[own.0].before) } else { (rights[own.0], nodes[own.0].after) };
        let is_above = |other: &&&Band| {
            let theirs = if left { (other.from, other.to) } else { (other.to, other.from) };
            theirs.0 == own.0 && theirs.1 < own.1
        };
        let above: u32 = bands.iter().filter(is_above).map(|other| other.count).sum();
        let top = bar.0 + share(above, of, bar);
        (top, top + share(band.count, of, bar))
    };
    bands.iter().map(|band| Ends { left: end(band, true), right: end(band, false) }).collect()
}

/// A band as a smooth ribbon, at least a hair wide.
fn paint(pencil: &Pencil<'_>, ends: &Ends, (left, right): (f64, f64), ink: Ink) {
    let edge = |from: f64, to: f64| {
        (0..=POINTS).map(move |point| {
            let t = point as f64 / POINTS as f64;
            (left + (right - left) * t, from + (to - from) * t * t * (3.0 - 2.0 * t))
        })
    };
    let low = |(top, bottom): (f64, f64)| bottom.max(top + 1.0);
    let upper: Vec<_> = edge(ends.left.0, ends.right.0).collect();
    let lower: Vec<_> = edge(low(ends.left), low(ends.right)).collect();
    let ribbon: Vec<_> = upper.iter().copied().chain(lower.into_iter().rev()).collect();
    pencil.area(&ribbon, ink);
}

/// The bars of one day with their names outside.
fn bars(pencil: &Pencil<'_>, nodes: &[Node], bars: &[(f64, f64)], x: f64, width: f64, regions: &mut Vec<Region>) {
    let is_left = x < width / 2.0;
    let middles: Vec<f64> = bars.iter().map(|(top, bottom)| (top + bottom) / 2.0).collect();
    let (first, last) = (bars.first().map_or(0.0, |bar| bar.0), bars.last().map_or(0.0, |bar| bar.1));
    let spread = apart(&middles, 34.0, first + 16.0, last.max(first + 34.0 * nodes.len() as f64) - 16.0);
    for ((node, &(top, bottom)), y) in nodes.iter().zip(bars).zip(spread) {
        pencil.rect(Frame::new(x, top, x + BAR, bottom.max(top + 1.0)), Ink::AXIS);
        let (at, anchor) = if is_left { (x - 8.0, Anchor::End) } else { (x + BAR + 8.0, Anchor::Start) };
        let room = if is_left { at } else { width - at };
        let text = if is_left { &node.before_text } else { &node.after_text };
        let fits = |words: &str, size: f64| shortened(words, room, size);
        pencil.text(&fits(&node.name, BODY), (at, y - 8.0), anchor, Hand { size: BODY, bold: true }, Ink::TEXT);
        pencil.text(&fits(text, SMALL), (at, y + 9.0), anchor, Hand { size: SMALL, bold: false }, Ink::QUIET);
        let label = if is_left { &node.before_label } else { &node.after_label };
        let (left, right) = if is_left { (0.0, x + BAR) } else { (x, width) };
        let frame = Frame::new(left, y - 17.0, right, y + 17.0);
        regions.push(Region::of(frame, label.clone(), node.people[usize::from(!is_left)].clone()));
    }
}

/// The part of each bar at the right that holds who came.
fn came(pencil: &Pencil<'_>, nodes: &[Node], rights: &[(f64, f64)], frame: Frame, regions: &mut Vec<Region>) {
    let x = frame.right - BAR;
    let with = || nodes.iter().zip(rights).filter(|(node, _)| node.came > 0);
    let part = |node: &Node, (top, bottom): (f64, f64)| {
        let share = f64::from(node.came) / f64::from(node.after.max(1));
        (bottom - share * (bottom - top), bottom)
    };
    let parts: Vec<(f64, f64)> = with().map(|(node, bar)| part(node, *bar)).collect();
    let middles: Vec<f64> = parts.iter().map(|(top, bottom)| (top + bottom) / 2.0).collect();
    let spread = apart(&middles, TARGET, frame.top + TARGET / 2.0, frame.bottom - TARGET / 2.0);
    for (((node, _), (top, bottom)), y) in with().zip(parts).zip(spread) {
        pencil.rect(Frame::new(x - 6.0, top, x, bottom.max(top + 1.0)), Ink::category(2));
        let text = shortened(&node.came_text, frame.width() * 0.25, SMALL);
        let hand = Hand { size: SMALL, bold: false };
        pencil.rect(Frame::new(x - 16.0 - text_width(&text, SMALL), y - 10.0, x - 8.0, y + 10.0), Ink::PAPER);
        pencil.text(&text, (x - 12.0, y), Anchor::End, hand, Ink::TEXT);
        let left = x - 12.0 - text_width(&text, SMALL).max(TARGET);
        let frame = Frame::new(left, y - TARGET / 2.0, x - 4.0, y + TARGET / 2.0);
        regions.push(Region::of(frame, node.came_label.clone(), node.people[2].clone()));
    }
}
