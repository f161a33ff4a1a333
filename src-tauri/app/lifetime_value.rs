//! The curves of the screen LTV.

use super::acquired::{self, Knowledge, Names};
use super::catalogue::Catalogue;
use super::error::Error;
use super::screens::Screen;
use super::session::{Session, view_of_won};
use super::{settings, words};
use crate::chart::{Canvas, Figure, curves, trend};
use crate::insight::acquired::By;
use crate::insight::lifetime_value::{self, Asked, Chosen, LifetimeValue, TrendRow};
use crate::insight::rfm::ValueBasis;
use crate::insight::{Interval, Scope};
use crate::shop::Yen;
use std::collections::BTreeMap;

/// Below this many people a mean says more about them than about the shop.
const FEWEST: u32 = 5;
/// Months the trend shows.
const TREND_MONTHS: usize = 36;

/// Curves, headline and trend, as `otokui ltv` prints them; of a stated period those of the customers
/// won in it.
pub fn answer(session: &Session, scope: &Scope) -> Result<LifetimeValue, Error> {
    answer_by(session, scope, None, Chosen::All, false)
}

/// The same with the curves of other cohorts, and of net sales whatever costs are known.
pub fn answer_by(
    session: &Session,
    scope: &Scope,
    by: Option<By>,
    chosen: Chosen<'_>,
    net_sales: bool,
) -> Result<LifetimeValue, Error> {
    let history = session.history()?;
    let of = by.unwrap_or_default();
    let knowledge = Knowledge::of(session, &history, of)?;
    let asked = Asked { net_sales, by: by.map(|by| (by, knowledge.known())), chosen };
    let answer = lifetime_value::lifetime_value_by(view_of_won(session, &history, scope)?.as_ref(), &asked);
    let mut answer = answer.paying_back(settings::acquisition_cost(session)?);
    let catalogue = &session.catalogue;
    let names = Names::of(&history, of, catalogue);
    for (place, curve) in answer.curves.iter_mut().enumerate() {
        curve.label = match by {
            _ if place == 0 => catalogue.word("figure-curve-all"),
            None => catalogue.text("figure-curve-year", &[("year", curve.key.clone().into())]),
            Some(_) => names.name(&curve.key),
        };
    }
    Ok(answer)
}

/// The answer with the curves of the newest years, and its figures.
pub fn screen(session: &Session, scope: &Scope) -> Result<Screen<LifetimeValue>, Error> {
    said(session, answer(session, scope)?)
}

/// Every curve, as `otokui ltv --by …` prints them, with the finding.
pub fn all(session: &Session, scope: &Scope, by: Option<By>, net_sales: bool) -> Result<Screen<LifetimeValue>, Error> {
    said(session, answer_by(session, scope, by, Chosen::All, net_sales)?)
}

/// The curves of the cohorts the window lists, three at most with intervals: those with the keys `chosen`.
pub fn screen_by(session: &Session, scope: &Scope, by: By, chosen: &[String]) -> Result<Screen<LifetimeValue>, Error> {
    let mut answer = answer_by(session, scope, Some(by), Chosen::Keys(chosen), false)?;
    let cohorts = answer.curves.len().saturating_sub(1);
    let listed = acquired::listed_of(by, cohorts);
    answer.left_out_count = (cohorts - listed.len()) as u32;
    let mut place = 0..;
    answer.curves.retain(|_| place.next().is_some_and(|place| place == 0 || listed.contains(&(place - 1))));
    said(session, answer)
}

/// The answer with its figures `curves` and `trend`.
fn said(session: &Session, answer: LifetimeValue) -> Result<Screen<LifetimeValue>, Error> {
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
        Some(0) => catalogue.text("finding-payback-at-once", &[("cost", cost.into())]),
        Some(day) => catalogue.text("finding-payback", &[("cost", cost.into()), ("days", day.into())]),
        None => catalogue.text("finding-payback-not-yet", &[("cost", cost.into())]),
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
        curve: &|curve| curve.label.clone(),
        yen: &|value| words::axis_yen(value, language),
        days: &|days| catalogue.text("figure-days", &[("days", days.into())]),
        mark: &|days, value: &Interval| {
            let key = if days == 365 { "figure-mark-12m" } else { "figure-mark-24m" };
            catalogue.text(key, &[("value", yen(value.value).into())])
        },
        cost: &catalogue
            .text("figure-cost", &[("yen", words::yen(answer.acquisition_cost.unwrap_or_default(), language).into())]),
        label: &|day| {
            let lines: Vec<String> = curves::coloured(answer)
                .filter_map(|curve| {
                    let point = curve.points.iter().find(|point| point.day == day)?;
                    Some(catalogue.text(
                        "region-curve",
                        &[
                            ("curve", curve.label.clone().into()),
                            ("value", yen(point.value).into()),
                            ("n", words::grouped(i64::from(point.n)).into()),
                        ],
                    ))
                })
                .collect();
            catalogue.text("region-curves", &[("days", day.into()), ("lines", lines.join(" / ").into())])
        },
    };
    let mut drawn = answer.clone();
    drawn.headline.values_mut().for_each(|mark| *mark = mark.filter(|mark| mark.n >= FEWEST));
    figures.insert("curves".into(), curves::draw(&drawn, &words_of_curves, &Canvas::WHOLE));
    if let Some(trend) = trend_figure(answer, catalogue) {
        figures.insert("trend".into(), trend);
    }
    figures
}

/// LTV(90), LTV(180), LTV(365) by month; nothing before two months have a value.
fn trend_figure(answer: &LifetimeValue, catalogue: &Catalogue) -> Option<Figure> {
    let language = catalogue.language;
    // Months without any value yet would only be an empty end, and a handful of people is no trend.
    let drawn = |row: &&TrendRow| row.ltv_90.is_some() && row.customer_count >= FEWEST;
    let rows: Vec<TrendRow> = answer.trend.iter().filter(drawn).cloned().collect();
    if rows.len() < 2 {
        return None;
    }
    let rows = &rows[rows.len().saturating_sub(TREND_MONTHS)..];
    let days = [90, 180, 365].map(|days| catalogue.text("figure-days", &[("days", days.into())]));
    let yen = |value: f64| words::yen(Yen::rounded_half_away(value), language);
    let words_of_trend = trend::Words {
        lines: [&days[0], &days[1], &days[2]],
        yen: &|value| words::axis_yen(value, language),
        month: &|month| {
            let (year, month) = month.ym();
            format!("{year}/{month}")
        },
        label: &|row: &TrendRow| {
            let values = [row.ltv_90, row.ltv_180, row.ltv_365];
            let lines = days.iter().zip(values).filter_map(|(days, value)| Some(format!("{days} {}", yen(value?))));
            catalogue.text(
                "region-trend",
                &[
                    ("month", words::month(row.month, language).into()),
                    ("lines", lines.collect::<Vec<_>>().join(" / ").into()),
                    ("people", words::grouped(i64::from(row.customer_count)).into()),
                ],
            )
        },
    };
    Some(trend::draw(rows, &words_of_trend, &Canvas { height: 300, ..Canvas::WHOLE }))
}

/// What one customer brings within one and two years.
pub(super) fn finding(answer: &LifetimeValue, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    let yen = |value: f64| words::yen(Yen::rounded_half_away(value), language);
    let basis = catalogue.word(match answer.value {
        ValueBasis::NetSales => "value-net_sales",
        ValueBasis::ContributionMargin => "value-contribution_margin",
    });
    let headline = |key: &str| answer.headline.get(key).copied().flatten().filter(|value| value.n >= FEWEST);
    match (headline("12m"), headline("24m")) {
        (Some(year), Some(two)) => catalogue.text(
            "finding-ltv-both",
            &[
                ("basis", basis.into()),
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
                ("basis", basis.into()),
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
