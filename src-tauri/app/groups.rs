//! The screen グループ.

use super::catalogue::Catalogue;
use super::error::Error;
use super::group_rules;
use super::group_words;
use super::screens::{GroupsQuery, Screen};
use super::session::{Session, at_period_end, view_of_everybody};
use super::words;
use crate::chart::group_map::{self, Shade};
use crate::chart::{Canvas, Figure};
use crate::insight::rfm::{self, CellRow, GroupKey, Groups, ValueBasis};
use crate::insight::{Scope, View};
use std::collections::BTreeMap;

mod flow;
mod others;

/// The ten groups, as `otokui groups` prints them. A group asked for in the scope restricts nothing here;
/// of a stated period they are those of its last day.
pub fn answer(session: &Session, scope: &Scope) -> Result<Groups, Error> {
    asked(session, &GroupsQuery { scope: scope.clone(), ..GroupsQuery::default() })
}

/// [`answer`] with the moves between two months, or with other thresholds tried out, which keeps nothing.
pub fn asked(session: &Session, query: &GroupsQuery) -> Result<Groups, Error> {
    let history = session.history()?;
    let days = match (query.from, query.to) {
        (None, None) => None,
        (Some(from), Some(to)) if from < to => Some((from.last(), to.last())),
        (from, to) => {
            let word = |month: Option<crate::shop::Month>| month.map(|month| month.to_string()).unwrap_or_default();
            return Err(Error::BadQuestion(format!("{} {}", word(from), word(to))));
        }
    };
    let mut view = view_of_everybody(session, &history, &at_period_end(&query.scope))?;
    let kept = view.as_ref().filter(|_| query.rules.is_some()).map(|view| rfm::scores(view).1);
    if let (Some(view), Some(draft)) = (&mut view, &query.rules) {
        view.rules = group_rules::tried(view.rules, draft)?;
    }
    let mut groups = rfm::groups_between(view.as_ref(), days);
    if let Some(view) = &view {
        fill(session, query, view, &mut groups)?;
        let differ = |kept: Vec<rfm::RfmScore>| {
            let tried = rfm::scores(view).1;
            kept.iter().zip(tried).filter(|(kept, tried)| kept.group() != tried.group()).count() as u32
        };
        groups.moved_by_rules = kept.map(differ);
    }
    Ok(groups)
}

/// What insight does not know: names, who may be one person, and the groups of the past, which are kept.
fn fill(session: &Session, query: &GroupsQuery, view: &View<'_>, groups: &mut Groups) -> Result<(), Error> {
    let catalogue = &session.catalogue;
    let everybody = view.customers.iter().map(|&customer| view.history.customers[customer as usize]);
    groups.uncertain_share = session.uncertain_among(everybody)?.share;
    if query.rules.is_none() {
        groups.history = session.story(view, &query.scope)?.counts.clone();
    }
    if query.scope.item.is_none() {
        others::fill(session, view, &query.scope, groups)?;
    }
    for row in &mut groups.groups {
        row.label = label(row.key, catalogue);
    }
    let families =
        [("cpm", &mut groups.cpm.types), ("lapse", &mut groups.lapse.states), ("class", &mut groups.classes)];
    for (family, rows) in families {
        rows.iter_mut().for_each(|row| row.label = group_words::named(family, &row.key, catalogue));
    }
    Ok(())
}

/// The answer with the map twice: shaded by people (`map`) and by value (`map-value`), and the moves as `flow`.
pub fn screen(session: &Session, scope: &Scope) -> Result<Screen<Groups>, Error> {
    drawn(session, &GroupsQuery { scope: scope.clone(), ..GroupsQuery::default() })
}

/// [`screen`] with the moves between two months, or with other thresholds tried out, which keeps nothing.
pub fn drawn(session: &Session, query: &GroupsQuery) -> Result<Screen<Groups>, Error> {
    let answer = asked(session, query)?;
    let catalogue = &session.catalogue;
    let mut figures = figures(&answer, catalogue);
    if let Some(flow) = flow::figure(&answer, catalogue) {
        figures.insert("flow".to_owned(), flow);
    }
    let finding = finding(&answer, catalogue);
    Ok(Screen { answer, figures, finding })
}

/// A group's name in the owner's language.
pub fn label(group: GroupKey, catalogue: &Catalogue) -> String {
    group_words::group(group, catalogue)
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
    let basis = match answer.value_basis {
        ValueBasis::NetSales => "value-net_sales",
        ValueBasis::ContributionMargin => "value-contribution_margin",
    };
    let mut said = Vec::new();
    if let Some(share) = best.filter(|row| row.ranked).and_then(|row| row.value_share) {
        said.push(catalogue.text(
            "finding-groups-best",
            &[
                ("people", words::grouped(i64::from(count(GroupKey::Champions))).into()),
                ("share", words::percent(share).into()),
                ("basis", catalogue.word(basis).into()),
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
