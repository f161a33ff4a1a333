//! The curves of the screen LTV.

use super::catalogue::Catalogue;
use super::error::Error;
use super::screens::Screen;
use super::session::{Session, view_of_won};
use super::{settings, words};
use crate::chart::{Canvas, Figure, curves};
use crate::insight::lifetime_value::{self, Curve, LifetimeValue};
use crate::insight::{Interval, Scope};
use crate::shop::Yen;
use std::collections::BTreeMap;

/// Below this many people a mean says more about them than about the shop.
const FEWEST: u32 = 5;

/// Curves, headline and trend, as `otokui ltv` prints them; of a stated period those of the customers
/// won in it.
pub fn answer(session: &Session, scope: &Scope) -> Result<LifetimeValue, Error> {
    let history = session.history()?;
    let answer = lifetime_value::lifetime_value(view_of_won(&history, scope)?.as_ref());
    Ok(answer.paying_back(settings::acquisition_cost(session)?))
}

/// The answer with its figure `curves`.
pub fn screen(session: &Session, scope: &Scope) -> Result<Screen<LifetimeValue>, Error> {
    let answer = answer(session, scope)?;
    let catalogue = &session.catalogue;
    let figures = figures(&answer, catalogue);
    let finding = words::sentences(&[finding(&answer, catalogue), payback(&answer, catalogue)], catalogue.language);
    Ok(Screen { answer, figures, finding })
}

/// When what winning a customer cost is earned back; nothing without a cost.
fn payback(answer: &LifetimeValue, catalogue: &Catalogue) -> String {
    let Some(cost) = answer.acquisition_cost.filter(|_| !answer.curves.is_empty()) else { return String::new() };
    let cost = words::yen(cost, catalogue.language);
    match answer.payback_day {
        Some(day) => catalogue.text("finding-payback", &[("cost", cost.into()), ("days", day.into())]),
        None => catalogue.text("finding-payback-not-yet", &[("cost", cost.into())]),
    }
}

fn curve_name(curve: &Curve, catalogue: &Catalogue) -> String {
    match &*curve.key {
        "all" => catalogue.word("figure-curve-all"),
        year => catalogue.text("figure-curve-year", &[("year", year.into())]),
    }
}

pub(super) fn figures(answer: &LifetimeValue, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    if answer.curves.iter().all(|curve| curve.points.len() < 2) {
        return figures;
    }
    let language = catalogue.language;
    let yen = |value: f64| words::yen(Yen::rounded_half_away(value), language);
    let words_of_curves = curves::Words {
        curve: &|curve| curve_name(curve, catalogue),
        yen: &|value| words::axis_yen(value, language),
        days: &|days| catalogue.text("figure-days", &[("days", days.into())]),
        mark: &|days, value: &Interval| {
            let key = if days == 365 { "figure-mark-12m" } else { "figure-mark-24m" };
            catalogue.text(key, &[("value", yen(value.value).into())])
        },
        label: &|day| {
            let lines: Vec<String> = answer
                .curves
                .iter()
                .take(curves::LINES)
                .filter_map(|curve| {
                    let point = curve.points.iter().find(|point| point.day == day)?;
                    Some(catalogue.text(
                        "region-curve",
                        &[
                            ("curve", curve_name(curve, catalogue).into()),
                            ("value", yen(point.value).into()),
                            ("n", words::grouped(i64::from(point.n)).into()),
                        ],
                    ))
                })
                .collect();
            catalogue.text("region-curves", &[("days", day.into()), ("lines", lines.join(" / ").into())])
        },
    };
    figures.insert("curves".into(), curves::draw(answer, &words_of_curves, &Canvas::WHOLE));
    figures
}

/// What one customer brings within one and two years.
pub(super) fn finding(answer: &LifetimeValue, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    let yen = |value: f64| words::yen(Yen::rounded_half_away(value), language);
    let headline = |key: &str| answer.headline.get(key).copied().flatten().filter(|value| value.n >= FEWEST);
    match (headline("12m"), headline("24m")) {
        (Some(year), Some(two)) => catalogue.text(
            "finding-ltv-both",
            &[
                ("year", yen(year.value).into()),
                ("low", yen(year.low).into()),
                ("high", yen(year.high).into()),
                ("two", yen(two.value).into()),
                ("n", words::grouped(i64::from(year.n)).into()),
            ],
        ),
        (Some(year), None) => catalogue.text(
            "finding-ltv-year",
            &[
                ("year", yen(year.value).into()),
                ("low", yen(year.low).into()),
                ("high", yen(year.high).into()),
                ("n", words::grouped(i64::from(year.n)).into()),
            ],
        ),
        (None, _) if answer.as_of.is_some() => catalogue.word("finding-ltv-short"),
        (None, _) => String::new(),
    }
}
