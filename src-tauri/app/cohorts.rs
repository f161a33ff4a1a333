//! The cohort table of the screen LTV.

use super::catalogue::Catalogue;
use super::error::Error;
use super::screens::Screen;
use super::session::{Session, view_of_won};
use super::words;
use crate::chart::{Canvas, Figure, heat};
use crate::insight::Scope;
use crate::insight::cohort::{self, CohortCell, CohortRow, Cohorts, Measure};
use crate::shop::Yen;
use std::collections::BTreeMap;

/// Cohorts the drawing shows; the table has all.
const DRAWN: usize = 30;

/// The cohort table of one measure, as `otokui cohorts` prints it; of a stated period the cohorts won in it.
pub fn answer(session: &Session, scope: &Scope, measure: Measure) -> Result<Cohorts, Error> {
    let history = session.history()?;
    Ok(cohort::cohorts(view_of_won(&history, scope)?.as_ref(), measure))
}

/// The answer with its figure `heat`, the newest cohorts of it.
pub fn screen(session: &Session, scope: &Scope, measure: Measure) -> Result<Screen<Cohorts>, Error> {
    let answer = answer(session, scope, measure)?;
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
    let in_full = |number: f64| match measure {
        _ if measure.is_rate() => words::percent(number),
        _ if measure.is_yen() => words::yen(Yen::rounded_half_away(number), language),
        _ => value(measure, number),
    };
    let words_of_heat = heat::Words {
        cohort: &|row: &CohortRow| words::month(row.key, language),
        count: &|n| catalogue.text("figure-people", &[("people", words::grouped(i64::from(n)).into())]),
        few: &catalogue.word("figure-few"),
        mean: &catalogue.word("figure-mean"),
        periods: &catalogue.word("figure-periods"),
        value: &|number| value(measure, number),
        label: &|row: &CohortRow, cell: &CohortCell| {
            catalogue.text(
                if cell.open { "region-cohort-open" } else { "region-cohort" },
                &[
                    ("month", words::month(row.key, language).into()),
                    ("period", cell.period.into()),
                    ("value", in_full(cell.value).into()),
                    ("people", words::grouped(i64::from(cell.customer_count)).into()),
                    ("n", words::grouped(i64::from(row.customer_count)).into()),
                ],
            )
        },
    };
    let drawn =
        Cohorts { cohorts: answer.cohorts[answer.cohorts.len().saturating_sub(DRAWN)..].to_vec(), ..answer.clone() };
    figures.insert("heat".into(), heat::draw(&drawn, &words_of_heat, &Canvas::WHOLE));
    figures
}

/// How the first months after the first purchase go, over all closed cohorts.
pub(super) fn finding(answer: &Cohorts, catalogue: &Catalogue) -> String {
    let at = |period: u32| answer.weighted_mean.iter().find(|cell| cell.period == period && cell.n >= words::FEW);
    match (answer.measure, at(1), at(6)) {
        (Measure::Retention, Some(first), Some(sixth)) => catalogue.text(
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
