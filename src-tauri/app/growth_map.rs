//! The screen 育成マップ: the way to a best customer, and 顧客の資産表.

use super::catalogue::Catalogue;
use super::error::Error;
use super::screens::Screen;
use super::session::{Session, view, view_of_everybody};
use super::words;
use crate::chart::bars::{self, Bar};
use crate::chart::{Canvas, Figure, growth as drawing};
use crate::insight::growth::{self, Arrow, ArrowRow, GrowthMap, Stage, StageRow};
use crate::insight::growth_people::GrowthPeople;
use crate::insight::rfm::ValueBasis;
use crate::insight::{Interval, Scope, View};
use crate::shop::{Day, Yen};
use std::collections::BTreeMap;

/// Below this many people only a count is shown.
const COUNTED: u32 = 5;

/// The growth map and the table of assets, as `otokui growth-map` prints them.
pub fn answer(session: &Session, scope: &Scope) -> Result<GrowthMap, Error> {
    let history = session.history()?;
    Ok(growth::growth_map(view(session, &history, scope)?.as_ref()))
}

/// The same at the end of another day, of the people who are asked for now: who is in a group is decided by today's.
pub(super) fn on(session: &Session, scope: &Scope, day: Day) -> Result<GrowthMap, Error> {
    let history = session.history()?;
    let Some(now) = view(session, &history, scope)? else { return Ok(growth::growth_map(None)) };
    let then = Scope { as_of: Some(day), from: None, to: None, group: None, ..scope.clone() };
    let everybody = view_of_everybody(session, &history, &then)?;
    let of_now = |view: View<'_>| growth::growth_map(Some(&view));
    Ok(match everybody {
        None => growth::growth_map(None),
        Some(view) if scope.group.is_none() => of_now(view),
        Some(view) => {
            let asked = view.only(|place| now.customers.binary_search(&view.customers[place]).is_ok());
            if asked.customers.is_empty() { growth::growth_map(None) } else { of_now(asked) }
        }
    })
}

/// The answer with its figures `growth` and `assets`.
pub fn screen(session: &Session, scope: &Scope) -> Result<Screen<GrowthMap>, Error> {
    let answer = answer(session, scope)?;
    let figures = figures(&answer, &session.catalogue);
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures, finding })
}

/// A place's name.
pub(crate) fn stage(stage: Stage, catalogue: &Catalogue) -> String {
    catalogue.word(&format!("growth-stage-{}", stage.word()))
}

/// An arrow: 「新規 → F2」.
pub(crate) fn arrow(arrow: Arrow, catalogue: &Catalogue) -> String {
    let (from, to) = arrow.ends();
    catalogue.text("growth-arrow-of", &[("from", stage(from, catalogue).into()), ("to", stage(to, catalogue).into())])
}

/// Who is listed, in words.
pub(super) fn people_label(people: GrowthPeople, catalogue: &Catalogue) -> String {
    let day = |key: &str, day| catalogue.text(key, &[("day", words::day(day, catalogue.language).into())]);
    match people {
        GrowthPeople::Stage(of) => catalogue.text("people-growth-stage", &[("stage", stage(of, catalogue).into())]),
        GrowthPeople::Of(of) => catalogue.text("people-growth-of", &[("arrow", arrow(of, catalogue).into())]),
        GrowthPeople::Made(of) => catalogue.text("people-growth-made", &[("arrow", arrow(of, catalogue).into())]),
        GrowthPeople::Active(on) => day("people-growth-active", on),
        GrowthPeople::Lapsed(on) => day("people-growth-lapsed", on),
        GrowthPeople::Kept(on) => day("people-growth-kept", on),
        GrowthPeople::Returned(on) => day("people-growth-returned", on),
    }
}

/// 「残る利益」 or 「売上」.
fn basis(answer: &GrowthMap, catalogue: &Catalogue) -> String {
    catalogue.word(match answer.value {
        ValueBasis::NetSales => "value-net_sales",
        ValueBasis::ContributionMargin => "value-contribution_margin",
    })
}

/// A share as far as its people carry it: a count, a count and a share, a share.
fn rate(row: &ArrowRow, catalogue: &Catalogue) -> String {
    let Some(rate) = row.rate else { return catalogue.word("growth-nobody") };
    let args = [("n", words::grouped(i64::from(rate.n)).into()), ("made", row.made_count.into())];
    match rate.n {
        0..COUNTED => catalogue.text("growth-count", &args),
        _ => words::percent(rate.value),
    }
}

pub(super) fn figures(answer: &GrowthMap, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    if answer.as_of.is_none() {
        return figures;
    }
    let language = catalogue.language;
    let people = |n: u32| catalogue.text("figure-people", &[("people", words::grouped(i64::from(n)).into())]);
    let exact = |value: f64| words::yen(Yen::rounded_half_away(value), language);
    let rough = |value: f64| words::rough_yen(Yen::rounded_half_away(value), language);
    let range = |interval: Interval| {
        let args = [("low", rough(interval.low).into()), ("high", rough(interval.high).into())];
        catalogue.text("setting-range", &args)
    };
    let enough = |interval: Option<Interval>| interval.filter(|interval| interval.n >= COUNTED);
    let words_of_map = drawing::Words {
        stage: &|row: &StageRow| stage(row.key, catalogue),
        meaning: &|row: &StageRow| catalogue.word(&format!("growth-{}-short", row.key.word())),
        people: &people,
        rate: &|row: &ArrowRow| rate(row, catalogue),
        lines: &|row: &ArrowRow| {
            let n = row.rate.map_or(0, |rate| rate.n);
            // A count already stands above the arrow.
            if n < COUNTED {
                return Vec::new();
            }
            let of =
                [("n", words::grouped(i64::from(n)).into()), ("made", words::grouped(row.made_count.into()).into())];
            let mut lines =
                vec![catalogue.text("growth-line-n", &of[..1]), catalogue.text("growth-line-made", &of[1..])];
            lines.extend(
                enough(row.worth).map(|w| catalogue.text("growth-line-worth", &[("yen", rough(w.value).into())])),
            );
            lines.extend(
                enough(row.gain).map(|g| catalogue.text("growth-line-gain", &[("yen", rough(g.value).into())])),
            );
            lines
        },
        bottleneck: &catalogue.word("growth-bottleneck"),
        stage_label: &|row: &StageRow| {
            catalogue.text(
                "region-growth-stage",
                &[
                    ("stage", stage(row.key, catalogue).into()),
                    ("people", people(row.customer_count).into()),
                    ("basis", basis(answer, catalogue).into()),
                    ("yen", words::yen(row.year_value, language).into()),
                ],
            )
        },
        arrow_label: &|row: &ArrowRow| {
            let n = row.rate.map_or(0, |rate| rate.n);
            let args = [
                ("arrow", arrow(row.key, catalogue).into()),
                ("rate", rate(row, catalogue).into()),
                ("n", words::grouped(i64::from(n)).into()),
                ("made", words::grouped(i64::from(row.made_count)).into()),
                ("worth", row.worth.map(|worth| exact(worth.value)).unwrap_or_default().into()),
                ("gain", row.gain.map(range).unwrap_or_default().into()),
            ];
            let known = enough(row.gain).is_some();
            catalogue.text(if known { "region-growth-arrow" } else { "region-growth-arrow-few" }, &args)
        },
    };
    let canvas = Canvas { height: 240, ..Canvas::WHOLE };
    figures.insert("growth".into(), drawing::draw(answer, &words_of_map, &canvas));
    if !answer.assets.projection.is_empty() {
        let bar = |row: &crate::insight::assets::Projected| Bar {
            name: catalogue.text("assets-year", &[("year", row.year.into())]),
            value: Some(row.value.value),
            interval: Some((row.value.low, row.value.high)),
            text: range(row.value),
            label: catalogue.text(
                "region-assets-year",
                &[
                    ("year", row.year.into()),
                    ("yen", rough(row.value.value).into()),
                    ("range", range(row.value).into()),
                    ("people", people(row.active.value.round() as u32).into()),
                ],
            ),
            people: None,
        };
        let bars: Vec<Bar> = answer.assets.projection.iter().map(bar).collect();
        let canvas = Canvas { id: "assets", height: 220, ..Canvas::WHOLE };
        figures.insert("assets".into(), bars::draw(&bars, &canvas));
    }
    figures
}

/// Where a little more would bring the most, and what today's customers are worth.
pub(super) fn finding(answer: &GrowthMap, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    if answer.as_of.is_none() {
        return String::new();
    }
    let rough = |value: f64| words::rough_yen(Yen::rounded_half_away(value), language);
    let row = answer.arrows.iter().find(|row| Some(row.key) == answer.bottleneck);
    let bottleneck = match row.and_then(|row| Some((row, row.rate?, row.gain?))) {
        Some((row, rate, gain)) => catalogue.text(
            if row.key == Arrow::Lapsed { "finding-growth-lapsed" } else { "finding-growth" },
            &[
                ("arrow", arrow(row.key, catalogue).into()),
                ("rate", words::percent(rate.value).into()),
                (
                    "next",
                    words::percent(if row.key == Arrow::Lapsed { rate.value - 0.01 } else { rate.value + 0.01 }).into(),
                ),
                ("n", words::grouped(i64::from(rate.n)).into()),
                ("basis", basis(answer, catalogue).into()),
                ("gain", rough(gain.value).into()),
            ],
        ),
        None => catalogue.word("finding-growth-few"),
    };
    let assets = answer.assets.five_years.map(|total| {
        catalogue.text(
            "finding-assets",
            &[
                ("low", rough(total.low).into()),
                ("high", rough(total.high).into()),
                ("basis", basis(answer, catalogue).into()),
            ],
        )
    });
    words::sentences(&[bottleneck, assets.unwrap_or_default()], language)
}
