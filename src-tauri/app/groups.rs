//! The screen グループ.

use super::catalogue::Catalogue;
use super::error::Error;
use super::screens::Screen;
use super::session::{Session, at_period_end, view_of_everybody};
use super::words;
use crate::chart::group_map::{self, Shade};
use crate::chart::{Canvas, Figure};
use crate::insight::Scope;
use crate::insight::rfm::{self, CellRow, GroupKey, Groups};
use std::collections::BTreeMap;

/// The ten groups, as `otokui groups` prints them. A group asked for in the scope restricts nothing here;
/// of a stated period they are those of its last day.
pub fn answer(session: &Session, scope: &Scope) -> Result<Groups, Error> {
    let history = session.history()?;
    let view = view_of_everybody(&history, &at_period_end(scope))?;
    let mut groups = rfm::groups(view.as_ref());
    if let Some(view) = &view {
        let everybody = view.customers.iter().map(|&customer| history.customers[customer as usize]);
        groups.uncertain_share = session.uncertain_among(everybody)?.share;
    }
    for row in &mut groups.groups {
        row.label = label(row.key, &session.catalogue);
    }
    Ok(groups)
}

/// The answer with the map twice: shaded by people (`map`) and by value (`map-value`).
pub fn screen(session: &Session, scope: &Scope) -> Result<Screen<Groups>, Error> {
    let answer = answer(session, scope)?;
    let catalogue = &session.catalogue;
    let figures = figures(&answer, catalogue);
    let finding = finding(&answer, catalogue);
    Ok(Screen { answer, figures, finding })
}

/// A group's name in the owner's language.
pub fn label(group: GroupKey, catalogue: &Catalogue) -> String {
    catalogue.word(&format!("group-{}", group.word().replace('_', "-")))
}

pub(super) fn figures(answer: &Groups, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    if answer.customer_count == 0 {
        return figures;
    }
    let language = catalogue.language;
    let days = answer.thresholds.recency_days;
    let within = |at: usize| {
        if at < 4 {
            catalogue.text("figure-within-days", &[("days", words::grouped(days[at].floor() as i64).into())])
        } else {
            catalogue.text("figure-beyond-days", &[("days", words::grouped(days[3].floor() as i64).into())])
        }
    };
    for (name, shade) in [("map", Shade::People), ("map-value", Shade::Value)] {
        let words_of_map = group_map::Words {
            group: &|group| label(group, catalogue),
            recency: std::array::from_fn(within),
            fm: std::array::from_fn(|at| catalogue.word(&format!("figure-fm-{}", at + 1))),
            cell: &|cell: &CellRow| match shade {
                Shade::People => words::grouped(i64::from(cell.customer_count)),
                Shade::Value => words::axis_yen(cell.value.as_f64(), language),
            },
            label: &|cell: &CellRow| {
                catalogue.text(
                    "region-cell",
                    &[
                        ("group", label(cell.group, catalogue).into()),
                        ("recency", within(usize::from(5 - cell.recency)).into()),
                        ("fm", cell.fm.into()),
                        ("people", words::grouped(i64::from(cell.customer_count)).into()),
                        ("yen", words::yen(cell.value, language).into()),
                    ],
                )
            },
        };
        let canvas = Canvas { id: name, width: 620, height: 420 };
        figures.insert(name.into(), group_map::draw(&answer.cells, shade, &words_of_map, &canvas));
    }
    figures
}

/// Where the value sits and who is leaving.
pub(super) fn finding(answer: &Groups, catalogue: &Catalogue) -> String {
    if answer.customer_count == 0 {
        return String::new();
    }
    let row = |key: GroupKey| answer.groups.iter().find(|row| row.key == key);
    let count = |key: GroupKey| row(key).map_or(0, |row| row.customer_count);
    let best = row(GroupKey::Champions);
    let mut said = Vec::new();
    if let Some(share) = best.filter(|row| !row.few).and_then(|row| row.value_share) {
        said.push(catalogue.text(
            "finding-groups-best",
            &[
                ("people", words::grouped(i64::from(count(GroupKey::Champions))).into()),
                ("share", words::percent(share).into()),
            ],
        ));
    } else {
        said.push(
            catalogue
                .text("finding-groups-count", &[("people", words::grouped(i64::from(answer.customer_count)).into())]),
        );
    }
    let cooling = count(GroupKey::CoolingBest);
    let risk = count(GroupKey::AtRisk);
    if cooling + risk > 0 {
        said.push(catalogue.text(
            match (cooling, risk) {
                (0, _) => "finding-groups-risk",
                (_, 0) => "finding-groups-cooling",
                _ => "finding-groups-leaving",
            },
            &[("cooling", words::grouped(i64::from(cooling)).into()), ("risk", words::grouped(i64::from(risk)).into())],
        ));
    }
    words::sentences(&said, catalogue.language)
}
