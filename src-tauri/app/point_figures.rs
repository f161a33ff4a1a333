//! The drawings of the screen ポイント.

use super::catalogue::Catalogue;
use super::points::{band, quarter};
use super::words;
use crate::chart::bars::{self, Bar};
use crate::chart::plane::{self, Words};
use crate::chart::{Canvas, Figure};
use crate::insight::dependence::DependenceBand;
use crate::insight::points::Points;
use std::collections::BTreeMap;

/// Customers of whom something can be said from which they are drawn.
pub(super) const NEEDED: u32 = 30;

/// `plane` and `bands`; nothing while too few people have bought twice.
pub(super) fn figures(answer: &Points, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    if answer.customer_count < NEEDED {
        return figures;
    }
    let count = |count: u32| words::grouped(i64::from(count));
    let words_of_plane = Words {
        bands: DependenceBand::ALL[..5].iter().map(|of| band(*of, catalogue)).collect(),
        levels: (1..=5).map(|level| catalogue.word(&format!("attachment-level-{level}"))).collect(),
        quarter: &|of| quarter(of, catalogue),
        count: &|of| count(of),
        label: &|cell| {
            catalogue.text(
                "region-plane",
                &[
                    ("band", band(cell.band, catalogue).into()),
                    ("level", catalogue.word(&format!("attachment-level-{}", cell.level)).into()),
                    ("people", count(cell.customer_count).into()),
                ],
            )
        },
    };
    figures
        .insert("plane".into(), plane::draw(&answer.plane, &words_of_plane, &Canvas { id: "plane", ..Canvas::WHOLE }));
    let bars: Vec<Bar> = answer
        .bands
        .iter()
        .map(|row| {
            let share = row.share.map_or(String::new(), words::percent);
            let args = [
                ("band", band(row.band, catalogue).into()),
                ("people", count(row.customer_count).into()),
                ("share", share.into()),
            ];
            let key = if row.share.is_some() { "region-band" } else { "region-band-undecided" };
            Bar {
                name: band(row.band, catalogue),
                value: Some(f64::from(row.customer_count)),
                interval: None,
                text: catalogue.text("points-band-people", &args),
                label: catalogue.text(key, &args),
                people: (row.customer_count > 0).then(|| row.people.clone()),
            }
        })
        .collect();
    figures.insert("bands".into(), bars::draw(&bars, &Canvas { id: "bands", ..Canvas::HALF }));
    figures
}
