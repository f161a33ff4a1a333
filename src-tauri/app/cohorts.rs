//! The cohort table of the screen LTV.

use super::acquired::{self, Knowledge, Names};
use super::catalogue::Catalogue;
use super::error::Error;
use super::screens::Screen;
use super::session::{Session, view_of_won};
use super::words;
use crate::chart::{Canvas, Figure, heat};
use crate::insight::Scope;
use crate::insight::acquired::By;
use crate::insight::cohort::{self, CohortCell, CohortRow, Cohorts, Measure};
use crate::shop::Yen;
use std::collections::BTreeMap;

/// Below this many people a cell shows how many, not which share.
const COUNTED: u32 = 5;
/// Periods the window follows cohorts that are no stretch of time: two years.
const PERIODS: usize = 25;

/// The cohort table of one measure by month, as `otokui cohorts` prints it; of a stated period the cohorts won in it.
pub fn answer(session: &Session, scope: &Scope, measure: Measure) -> Result<Cohorts, Error> {
    answer_by(session, scope, measure, By::Month)
}

/// The same of other cohorts.
pub fn answer_by(session: &Session, scope: &Scope, measure: Measure, by: By) -> Result<Cohorts, Error> {
    let history = session.history()?;
    let knowledge = Knowledge::of(session, &history, by)?;
    let mut answer =
        cohort::cohorts_by(view_of_won(session, &history, scope)?.as_ref(), measure, by, &knowledge.known());
    let names = Names::of(&history, by, &session.catalogue);
    answer.cohorts.iter_mut().for_each(|row| row.label = names.name(&row.key));
    Ok(answer)
}

/// All cohorts, as `otokui cohorts` prints them, with the finding.
pub fn all(session: &Session, scope: &Scope, measure: Measure, by: By) -> Result<Screen<Cohorts>, Error> {
    let answer = answer_by(session, scope, measure, by)?;
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures: BTreeMap::new(), finding })
}

/// The table by month with its figure `heat`.
pub fn screen(session: &Session, scope: &Scope, measure: Measure) -> Result<Screen<Cohorts>, Error> {
    screen_by(session, scope, measure, By::Month, &[])
}

/// The newest (of items, malls …: the largest) cohorts with their figure `heat`; those with the keys `chosen` are marked,
/// three at most.
pub fn screen_by(
    session: &Session,
    scope: &Scope,
    measure: Measure,
    by: By,
    chosen: &[String],
) -> Result<Screen<Cohorts>, Error> {
    let mut answer = answer_by(session, scope, measure, by)?;
    let listed = acquired::listed_of(by, answer.cohorts.len());
    answer.left_out_count = (answer.cohorts.len() - listed.len()) as u32;
    answer.cohorts = answer.cohorts.drain(listed).collect();
    let periods = if by.is_calendar() { acquired::listed(by) } else { PERIODS };
    answer.cohorts.iter_mut().for_each(|row| row.cells.truncate(periods));
    answer.weighted_mean.truncate(periods);
    let keys: Vec<String> = answer.cohorts.iter().map(|row| row.key.clone()).collect();
    let compared = acquired::compared(by, &keys, chosen);
    for row in &mut answer.cohorts {
        row.chosen = compared.iter().position(|key| *key == row.key).map(|place| place as u8);
    }
    let catalogue = &session.catalogue;
    let figures = figures(&answer, catalogue);
    let finding = finding(&answer, catalogue);
    Ok(Screen { answer, figures, finding })
}

fn value(measure: Measure, value: f64) -> String {
    match measure {
        _ if measure.is_yen() => words::grouped(value.round() as i64),
        Measure::OrdersPerCustomer | Measure::CumulativeOrdersPerCustomer => format!("{value:.2}"),
        _ => format!("{:.0}%", value * 100.0),
    }
}

pub(super) fn figures(answer: &Cohorts, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    if answer.cohorts.is_empty() {
        return figures;
    }
    let language = catalogue.language;
    let measure = answer.measure;
    let people = |n: u32| catalogue.text("figure-people", &[("people", words::grouped(i64::from(n)).into())]);
    let words_of_heat = heat::Words {
        cohort: &|row: &CohortRow| row.label.clone(),
        count: &people,
        few: &catalogue.word("figure-few"),
        mean: &catalogue.word("figure-mean"),
        median: &catalogue.word("figure-median"),
        periods: &acquired::periods(answer.by, catalogue),
        value: &|number| value(measure, number),
        cell: &|cell: &CohortCell| match measure.is_rate() && cell.n <= COUNTED {
            true => format!("{}/{}", cell.customer_count, cell.n),
            false => value(measure, cell.value),
        },
        choose: &|row: &CohortRow| {
            let key = if row.chosen.is_some() { "region-cohort-chosen" } else { "region-cohort-choose" };
            let args = [("cohort", row.label.clone().into()), ("people", people(row.customer_count).into())];
            catalogue.text(key, &args)
        },
        label: &|row: &CohortRow, cell: &CohortCell| {
            let in_full = match measure {
                _ if measure.is_rate() => words::percent(cell.value),
                _ if measure.is_yen() => words::yen(Yen::rounded_half_away(cell.value), language),
                _ => value(measure, cell.value),
            };
            let key = match measure.is_rate() {
                true if cell.n < words::FEW => "region-cohort-few",
                true => "region-cohort",
                false => "region-cohort-amount",
            };
            let text = catalogue.text(
                key,
                &[
                    ("cohort", row.label.clone().into()),
                    ("when", acquired::period(answer.by, cell.period, catalogue).into()),
                    ("value", in_full.into()),
                    ("people", words::grouped(i64::from(cell.customer_count)).into()),
                    ("n", words::grouped(i64::from(cell.n)).into()),
                ],
            );
            if cell.open { catalogue.text("region-cohort-open", &[("text", text.into())]) } else { text }
        },
    };
    figures.insert("heat".into(), heat::draw(answer, &words_of_heat, &Canvas::WHOLE));
    figures
}

/// How the first months after the first purchase go, over all closed cohorts.
pub(super) fn finding(answer: &Cohorts, catalogue: &Catalogue) -> String {
    let at = |period: u32| answer.weighted_mean.iter().find(|cell| cell.period == period && cell.n >= words::FEW);
    match (answer.measure, at(1), at(6)) {
        (Measure::Retention, Some(first), Some(sixth)) if answer.by == By::Month => catalogue.text(
            "finding-cohorts",
            &[
                ("first", words::percent(first.value).into()),
                ("sixth", words::percent(sixth.value).into()),
                ("n", words::grouped(i64::from(first.n)).into()),
            ],
        ),
        _ => String::new(),
    }
}
