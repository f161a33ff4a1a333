//! Customers counted by band of dependence, on the loyalty plane and in its quarters.

use super::attachment::Attachment;
use super::dependence::{DependenceBand, Dependences, Tally};
use super::history::View;
use super::point_people::{PlaneQuarter, PointPeople};
use crate::shop::Yen;
use serde::Serialize;

/// Means are of at least so many people.
const FEWEST: u32 = 5;

/// Customers of one band.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BandRow {
    /// Which.
    pub band: DependenceBand,
    /// Customers.
    pub customer_count: u32,
    /// Share of all customers of whom something can be said; nothing for `undecided`.
    pub share: Option<f64>,
    /// Share of their clear purchases on event days; nothing for nobody.
    pub event_share: Option<f64>,
    /// What was to be expected.
    pub expected_share: Option<f64>,
    /// Σ net sales up to `as_of`.
    pub net_sales: Yen,
    /// The people behind it.
    pub people: String,
}

/// Customers of one band and one step of attachment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PlaneCell {
    /// The band.
    pub band: DependenceBand,
    /// The step of attachment, 1 lowest … 5.
    pub level: u32,
    /// Customers.
    pub customer_count: u32,
    /// The people behind it.
    pub people: String,
}

/// Customers of a quarter of the plane, with the parts of their attachment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct QuarterRow {
    /// Which.
    pub quarter: PlaneQuarter,
    /// Customers.
    pub customer_count: u32,
    /// Σ net sales up to `as_of`.
    pub net_sales: Yen,
    /// Means of the parts; nothing under 5 people.
    pub parts: Option<PartMeans>,
    /// The people behind it.
    pub people: String,
}

/// Means of the parts of attachment over people.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PartMeans {
    /// Full-value purchases after the first.
    pub full_value_repeats: f64,
    /// Further categories or items.
    pub categories_widened: f64,
    /// Regularity of those with three purchases; nothing without any.
    pub regularity: Option<f64>,
    /// Orders sent to somebody else.
    pub gift_count: f64,
    /// Reviews; nothing when no review file was imported.
    pub review_count: Option<f64>,
    /// Days from the first purchase to the last.
    pub active_days: f64,
    /// The score, 0–1.
    pub score: f64,
}

fn spent(view: &View<'_>, place: usize) -> Yen {
    view.purchases_of(place).map(|p| view.purchases.net_sales[p]).sum()
}

/// Customers by how dependent and how attached they are.
pub(crate) struct Plane {
    /// Every band, also empty ones.
    pub bands: Vec<BandRow>,
    /// Cells with people.
    pub cells: Vec<PlaneCell>,
    /// Every quarter, also empty ones.
    pub quarters: Vec<QuarterRow>,
}

/// Of the customers at these places, in one pass over them.
pub(crate) fn plane(view: &View<'_>, dependences: &Dependences, attachments: &[Attachment], people: &[u32]) -> Plane {
    let mut of_band = [(0_u32, Yen::ZERO, Tally::default()); DependenceBand::ALL.len()];
    let mut of_cell = [[0_u32; 5]; 5];
    let mut of_quarter: [(Yen, u32, Parts); PlaneQuarter::ALL.len()] = Default::default();
    for place in people.iter().map(|&place| place as usize) {
        let (band, spent) = (dependences.band(place), spent(view, place));
        let (count, net_sales, tally) = &mut of_band[band as usize];
        *count += 1;
        *net_sales += spent;
        let own = &dependences.tallies[place];
        tally.purchases += own.purchases;
        tally.on_events += own.on_events;
        tally.expected += own.expected;
        let Some(levels) = of_cell.get_mut(band as usize) else { continue };
        let level = attachments[place].level();
        levels[level as usize - 1] += 1;
        if let Some(quarter) = PlaneQuarter::of(band, level) {
            let of = &mut of_quarter[quarter as usize];
            of.0 += spent;
            of.1 += 1;
            of.2.add(&attachments[place]);
        }
    }
    Plane { bands: bands(of_band), cells: cells(of_cell), quarters: quarters(of_quarter) }
}

fn bands(sums: [(u32, Yen, Tally); DependenceBand::ALL.len()]) -> Vec<BandRow> {
    let judged: u32 = sums[..5].iter().map(|sum| sum.0).sum();
    let row = |(band, (customer_count, net_sales, tally)): (DependenceBand, (u32, Yen, Tally))| BandRow {
        band,
        customer_count,
        share: (band != DependenceBand::Undecided && judged > 0).then(|| f64::from(customer_count) / f64::from(judged)),
        event_share: tally.share(),
        expected_share: tally.expected_share(),
        net_sales,
        people: PointPeople::Band(band).to_string(),
    };
    DependenceBand::ALL.into_iter().zip(sums).map(row).collect()
}

fn cells(counts: [[u32; 5]; 5]) -> Vec<PlaneCell> {
    let cell = |band: DependenceBand, level: u32, customer_count: u32| PlaneCell {
        band,
        level,
        customer_count,
        people: PointPeople::Cell(band, level).to_string(),
    };
    let rows = DependenceBand::ALL.into_iter().zip(counts);
    rows.flat_map(|(band, levels)| (1..).zip(levels).map(move |(level, count)| cell(band, level, count)))
        .filter(|cell| cell.customer_count > 0)
        .collect()
}

fn quarters(found: [(Yen, u32, Parts); PlaneQuarter::ALL.len()]) -> Vec<QuarterRow> {
    let row = |(quarter, (net_sales, customer_count, parts)): (PlaneQuarter, (Yen, u32, Parts))| QuarterRow {
        quarter,
        customer_count,
        net_sales,
        parts: (customer_count >= FEWEST).then(|| parts.means()),
        people: PointPeople::Quarter(quarter).to_string(),
    };
    PlaneQuarter::ALL.into_iter().zip(found).map(row).collect()
}

/// Sums of the parts of attachment, and of how many people each is known.
#[derive(Default)]
struct Parts([(f64, f64); 7]);

impl Parts {
    fn add(&mut self, of: &Attachment) {
        let parts = [
            Some(f64::from(of.full_value_repeats)),
            Some(f64::from(of.categories_widened)),
            of.regularity,
            Some(f64::from(of.gift_count)),
            of.review_count.map(f64::from),
            Some(f64::from(of.active_days)),
            Some(of.score),
        ];
        for ((sum, known), part) in self.0.iter_mut().zip(parts) {
            if let Some(part) = part {
                *sum += part;
                *known += 1.0;
            }
        }
    }

    fn means(&self) -> PartMeans {
        let known = |part: usize| {
            let (sum, known) = self.0[part];
            (known > 0.0).then(|| sum / known)
        };
        let mean = |part: usize| known(part).unwrap_or_default();
        PartMeans {
            full_value_repeats: mean(0),
            categories_widened: mean(1),
            regularity: known(2),
            gift_count: mean(3),
            review_count: known(4),
            active_days: mean(5),
            score: mean(6),
        }
    }
}
