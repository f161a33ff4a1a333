//! The screen 商品: what each item brings.

use super::catalogue::Catalogue;
use super::error::Error;
use super::item_words::{self, short};
use super::screens::Screen;
use super::session::{Session, view};
use super::words;
use crate::chart::bars::{self, Bar};
use crate::chart::{Canvas, Figure};
use crate::insight::item_people::{ItemKey, ItemPeople};
use crate::insight::items::{self, ItemName, ItemRow, Items};
use crate::insight::{Interval, Scope};
use crate::shop::Yen;
use std::collections::BTreeMap;

/// Items of the window; the command line prints all.
const LISTED: usize = 100;
/// Categories of the window.
const CATEGORIES: usize = 50;
/// Bars of a figure, the whole shop's aside.
const BARS: usize = 6;

/// All items, as `otokui items` prints them; an item asked for is the only one listed.
pub fn answer(session: &Session, scope: &Scope) -> Result<Items, Error> {
    asked(session, scope, None)
}

/// The items that sell best, with the figures `first-f2` and `first-value`.
pub fn screen(session: &Session, scope: &Scope) -> Result<Screen<Items>, Error> {
    let mut answer = asked(session, scope, Some(LISTED))?;
    if let Some(involvement) = &mut answer.involvement {
        involvement.categories.truncate(CATEGORIES);
    }
    let catalogue = &session.catalogue;
    let figures = figures(&answer, catalogue);
    let finding = finding(&answer, catalogue);
    Ok(Screen { answer, figures, finding })
}

/// An answer of the command line with its finding.
pub fn all(session: &Session, scope: &Scope) -> Result<Screen<Items>, Error> {
    let answer = answer(session, scope)?;
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures: BTreeMap::new(), finding })
}

fn asked(session: &Session, scope: &Scope, limit: Option<usize>) -> Result<Items, Error> {
    let history = session.history()?;
    let categories = item_words::categories(session, &history)?;
    // Orders with other items stay: what an item is compared with is the whole shop.
    let view = view(session, &history, &scope.of_all_items())?;
    let wanted = history.wanted(scope);
    Ok(items::items_among(view.as_ref(), &categories, limit, wanted.as_deref()))
}

/// The items that win most customers, for both figures.
fn winners(answer: &Items) -> Vec<&ItemRow> {
    let mut rows: Vec<&ItemRow> = answer.items.iter().filter(|row| row.f2_180.is_some()).collect();
    rows.sort_by(|a, b| {
        b.first_count.cmp(&a.first_count).then_with(|| (a.mall, &a.item_code).cmp(&(b.mall, &b.item_code)))
    });
    rows.truncate(BARS);
    rows
}

fn figures(answer: &Items, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    let winners = winners(answer);
    if winners.is_empty() {
        return figures;
    }
    let named = |row: &&ItemRow| ItemName {
        mall: row.mall,
        item_code: row.item_code.clone(),
        item_name: row.item_name.clone(),
    };
    let named: Vec<ItemName> = winners.iter().map(named).collect();
    let names = item_words::names(named.iter(), catalogue);
    let share = |interval: Interval| share_text(interval, catalogue);
    let yen = |interval: Interval| {
        let amount = words::yen(Yen::rounded_half_away(interval.value), catalogue.language);
        catalogue.text("items-yen", &[("yen", amount.into()), ("n", words::grouped(i64::from(interval.n)).into())])
    };
    type Part<'p> = (&'static str, &'static str, &'p dyn Fn(&ItemRow) -> Option<Interval>, Option<Interval>);
    let parts: [Part<'_>; 2] = [
        ("first-f2", "region-item-first", &|row| row.f2_180, answer.f2_180),
        ("first-value", "region-item-value", &|row| row.ltv_365, answer.ltv_365),
    ];
    for (name, region, value, of_shop) in parts {
        let text = |interval: Interval| if name == "first-f2" { share(interval) } else { yen(interval) };
        let bar = |item: String, interval: Option<Interval>, few: u32, people: Option<String>| {
            let text = match interval {
                Some(interval) => text(interval),
                None => catalogue.text("items-few", &[("n", words::grouped(i64::from(few)).into())]),
            };
            Bar {
                label: catalogue.text(region, &[("item", item.clone().into()), ("text", text.clone().into())]),
                name: item,
                value: interval.map(|interval| interval.value),
                interval: interval.map(|interval| (interval.low, interval.high)),
                text,
                people,
            }
        };
        let whole = bar(catalogue.word("items-shop"), of_shop, 0, None);
        let of_items = winners.iter().zip(&names).map(|(row, name)| {
            let people = ItemPeople::First(ItemKey { mall: row.mall, code: row.item_code.clone() });
            bar(name.clone(), value(row), row.first_count, Some(people.to_string()))
        });
        let bars: Vec<Bar> = of_shop.map(|_| whole).into_iter().chain(of_items).collect();
        if bars.iter().any(|bar| bar.value.is_some()) {
            figures.insert(name.into(), bars::draw(&bars, &Canvas { id: name, ..Canvas::HALF }));
        }
    }
    figures
}

/// A share of people, as a count while they are few.
pub(super) fn share_text(interval: Interval, catalogue: &Catalogue) -> String {
    let n = words::grouped(i64::from(interval.n));
    if interval.n < words::FEW {
        let hits = (interval.value * f64::from(interval.n)).round() as i64;
        return catalogue.text("items-count", &[("n", n.into()), ("hits", hits.into())]);
    }
    catalogue.text("items-share", &[("share", words::percent(interval.value).into()), ("n", n.into())])
}

/// The first item after which most come back, if that is no accident; otherwise what sells.
fn finding(answer: &Items, catalogue: &Catalogue) -> String {
    if answer.as_of.is_none() {
        return String::new();
    }
    let all = answer.f2_180.filter(|all| all.n >= words::FEW);
    let better = |row: &&ItemRow| match (row.f2_180, all) {
        (Some(f2), Some(all)) => f2.n >= words::FEW && f2.low > all.value,
        _ => false,
    };
    let value = |row: &ItemRow| row.f2_180.map_or(0.0, |f2| f2.value);
    let best = answer.items.iter().filter(better).max_by(|a, b| value(a).total_cmp(&value(b)));
    let said = match (best.and_then(|row| Some((row, row.f2_180?))), all) {
        (Some((row, f2)), Some(all)) => catalogue.text(
            "finding-items-best",
            &[
                ("item", short(&row.item_name, &row.item_code).into()),
                ("share", words::percent(f2.value).into()),
                ("n", words::grouped(i64::from(f2.n)).into()),
                ("all", words::percent(all.value).into()),
            ],
        ),
        _ => match answer.items.first().filter(|row| row.customer_count > 0) {
            Some(row) => catalogue.text(
                "finding-items-top",
                &[
                    ("item", short(&row.item_name, &row.item_code).into()),
                    ("people", words::grouped(i64::from(row.customer_count)).into()),
                ],
            ),
            None => String::new(),
        },
    };
    let count =
        catalogue.text("finding-items-count", &[("count", words::grouped(i64::from(answer.item_count)).into())]);
    words::sentences(&[said, count], catalogue.language)
}
