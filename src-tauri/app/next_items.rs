//! One item's page: when it is bought again, what comes next, what goes with it.

use super::catalogue::Catalogue;
use super::error::Error;
use super::item_words::{self, key, short, short_name};
use super::screens::Screen;
use super::session::{Session, view};
use super::words;
use crate::chart::bars::{self, Bar};
use crate::chart::{Canvas, Figure, curves};
use crate::insight::gap_table::GapTable;
use crate::insight::item_people::{ItemKey, ItemPeople};
use crate::insight::items::ItemRow;
use crate::insight::lifetime_value::{Curve, CurvePoint, LifetimeValue};
use crate::insight::next_item::{self, After, NextItems};
use crate::insight::rfm::ValueBasis;
use crate::insight::{Interval, Scope};
use std::collections::BTreeMap;

/// Bars of the figure.
const BARS: usize = 7;
/// Times an item follows before the finding names it.
const TOLD: u32 = 5;

/// What comes after an item (`scope.item`, a code or mall and code) or after a category; the commonest successions
/// where neither is given. With the figures `gap` and `next`.
pub fn screen(session: &Session, scope: &Scope, category: Option<&str>) -> Result<Screen<NextItems>, Error> {
    let history = session.history()?;
    let categories = item_words::categories(session, &history)?;
    // Orders without the item stay: they are what comes next.
    let view = view(session, &history, &scope.of_all_items())?;
    let after = match (category, &scope.item, &scope.category) {
        (Some(name), ..) => Some(After::Category(name.to_owned())),
        (None, Some(code), _) => Some(After::Item(code.clone())),
        (None, None, Some(name)) => Some(After::Category(name.clone())),
        (None, None, None) => None,
    };
    let answer = next_item::next_items(view.as_ref(), &categories, after.as_ref());
    let catalogue = &session.catalogue;
    let figures = figures(&answer, catalogue);
    let finding = finding(&answer, after.is_some(), catalogue);
    Ok(Screen { answer, figures, finding })
}

/// The name of what was asked about.
fn name(answer: &NextItems) -> Option<String> {
    let item = answer.items.first().map(|row| short(&row.item_name, &row.item_code));
    answer.category.clone().or(item)
}

fn figures(answer: &NextItems, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    let asked = answer.items.first().map(|row| ItemKey { mall: row.mall, code: row.item_code.clone() });
    if let Some(figure) = gap_figure(answer, asked.as_ref(), catalogue) {
        figures.insert("gap".into(), figure);
    }
    let names = item_words::names(answer.next.iter().take(BARS).map(|row| &row.item), catalogue);
    let bars: Vec<Bar> = answer
        .next
        .iter()
        .zip(names)
        .map(|(row, item)| {
            let text = share_text(row.share, row.count, catalogue);
            let lift = format!("{:.1}", row.lift.value);
            let args = [("item", item.clone().into()), ("text", text.clone().into()), ("lift", lift.into())];
            // One key names one item; a code sold at several malls has several.
            let one = asked.as_ref().filter(|_| answer.items.len() == 1);
            Bar {
                label: catalogue.text("region-item-next", &args),
                name: item,
                value: Some(row.share.value),
                interval: Some((row.share.low, row.share.high)),
                text,
                people: one.map(|one| ItemPeople::Next(one.clone(), key(&row.item)).to_string()),
            }
        })
        .collect();
    if !bars.is_empty() {
        figures.insert("next".into(), bars::draw(&bars, &Canvas { id: "next", ..Canvas::HALF }));
    }
    figures
}

/// A share of purchases, as a count while they are few.
fn share_text(share: Interval, count: u32, catalogue: &Catalogue) -> String {
    catalogue.text(
        "items-share-purchases",
        &[
            ("share", words::percent(share.value).into()),
            ("n", words::grouped(i64::from(share.n)).into()),
            ("hits", words::grouped(i64::from(count)).into()),
        ],
    )
}

/// Both gap curves in the drawing of the LTV curves, with shares where that has yen.
fn gap_figure(answer: &NextItems, asked: Option<&ItemKey>, catalogue: &Catalogue) -> Option<Figure> {
    let curve = |key: &str, table: &GapTable| Curve {
        key: key.to_owned(),
        label: String::new(),
        customer_count: table.purchase_count,
        people: None,
        chosen: true,
        payback_day: None,
        points: table
            .points
            .iter()
            .map(|p| CurvePoint { day: p.day, value: p.share, low: Some(p.low), high: Some(p.high), n: p.at_risk })
            .collect(),
    };
    let (again, any) = (answer.again.as_ref()?, answer.any.as_ref()?);
    if again.points.len() < 2 && any.points.len() < 2 {
        return None;
    }
    let drawn = LifetimeValue {
        acquisition_cost: None,
        payback_day: None,
        as_of: answer.as_of,
        value: ValueBasis::NetSales,
        by: None,
        left_out_count: 0,
        median: BTreeMap::new(),
        curves: vec![curve("again", again), curve("any", any)],
        headline: BTreeMap::new(),
        trend: Vec::new(),
    };
    let name = |curve: &Curve| match &*curve.key {
        "again" => catalogue.word("items-curve-again"),
        _ => catalogue.word("items-curve-any"),
    };
    let words_of_curves = curves::Words {
        curve: &name,
        yen: &|share| format!("{:.0}%", share * 100.0),
        days: &|days| catalogue.text("figure-days", &[("days", days.into())]),
        mark: &|_, _| String::new(),
        cost: "",
        label: &|day| {
            let line = |curve: &Curve| {
                let point = curve.points.iter().find(|point| point.day == day)?;
                Some(catalogue.text(
                    "region-item-gap-line",
                    &[
                        ("curve", name(curve).into()),
                        ("share", words::percent(point.value).into()),
                        ("n", words::grouped(i64::from(point.n)).into()),
                    ],
                ))
            };
            let lines: Vec<String> = drawn.curves.iter().filter_map(line).collect();
            catalogue.text("region-item-gap", &[("days", day.into()), ("lines", lines.join(" / ").into())])
        },
    };
    let mut figure = curves::draw(&drawn, &words_of_curves, &Canvas { id: "gap", ..Canvas::HALF });
    let people = asked.map(|asked| ItemPeople::Again(asked.clone()).to_string());
    figure.regions.iter_mut().for_each(|region| region.people.clone_from(&people));
    Some(figure)
}

fn finding(answer: &NextItems, is_asked: bool, catalogue: &Catalogue) -> String {
    if answer.as_of.is_none() {
        return String::new();
    }
    if !is_asked {
        return match answer.pairs.first() {
            Some(pair) => catalogue.text(
                "finding-next-pairs",
                &[
                    ("item", short_name(&pair.item).into()),
                    ("next", short_name(&pair.next).into()),
                    ("hits", words::grouped(i64::from(pair.count)).into()),
                ],
            ),
            None => catalogue.word("finding-next-none"),
        };
    }
    let Some(item) = name(answer) else { return catalogue.word("finding-next-unknown") };
    let again = answer.again.as_ref();
    let gap = again.and_then(|again| Some((again.median_days?, again.return_count))).map(|(days, returns)| {
        catalogue.text(
            "finding-next-gap",
            &[
                ("item", item.clone().into()),
                ("days", words::grouped(i64::from(days)).into()),
                ("n", words::grouped(i64::from(returns)).into()),
            ],
        )
    });
    let is_asked = |row: &ItemRow, other: &crate::insight::items::ItemName| {
        row.mall == other.mall && row.item_code == other.item_code
    };
    // Only what follows more often than chance would have it.
    let other = answer.next.iter().find(|row| {
        row.count >= TOLD && row.lift.low > 1.0 && !answer.items.iter().any(|asked| is_asked(asked, &row.item))
    });
    let next = match (&answer.too_few, other) {
        (Some(few), _) => catalogue
            .text("finding-next-few", &[("item", item.into()), ("have", few.have.into()), ("need", few.need.into())]),
        (None, Some(row)) => catalogue.text(
            "finding-next-item",
            &[
                ("next", short_name(&row.item).into()),
                ("hits", words::grouped(i64::from(row.count)).into()),
                ("n", words::grouped(i64::from(row.share.n)).into()),
                ("lift", format!("{:.1}", row.lift.value).into()),
            ],
        ),
        (None, None) => String::new(),
    };
    words::sentences(&[gap.unwrap_or_default(), next], catalogue.language)
}
