//! The screen 再購入レーダー: who is due in the coming week.

use super::catalogue::Catalogue;
use super::customers::nameless;
use super::error::Error;
use super::item_words;
use super::screens::{RadarPage, Screen};
use super::session::{Session, view_of_everybody};
use super::words;
use crate::chart::bars::{self, Bar};
use crate::chart::{Canvas, Figure};
use crate::insight::radar::{self, AHEAD_DAYS, Radar};
use crate::insight::{Scope, rfm};
use crate::shop::CustomerId;
use std::collections::BTreeMap;
use std::ops::Range;

/// Rows of a page.
pub const PAGE_SIZE: u32 = 150;
/// Bars of the figure of items.
const BARS: usize = 7;

/// Everybody who is due, as `otokui radar` prints them, with their names.
pub fn all(session: &Session, scope: &Scope) -> Result<Screen<Radar>, Error> {
    let mut answer = found(session, scope, 0..usize::MAX)?;
    let to = answer.entries.len();
    name(session, &mut answer, 0..to)?;
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures: BTreeMap::new(), finding })
}

/// One page of them, with the figures `days` and `due`.
pub fn screen(session: &Session, scope: &Scope, page: u32) -> Result<Screen<RadarPage>, Error> {
    let from = page.saturating_mul(PAGE_SIZE) as usize;
    let mut radar = found(session, scope, from..from.saturating_add(PAGE_SIZE as usize))?;
    let catalogue = &session.catalogue;
    let figures = figures(&radar, catalogue);
    let finding = finding(&radar, catalogue);
    let rows = 0..radar.entries.len();
    name(session, &mut radar, rows)?;
    Ok(Screen { answer: RadarPage { page, page_size: PAGE_SIZE, radar }, figures, finding })
}

fn found(session: &Session, scope: &Scope, rows: Range<usize>) -> Result<Radar, Error> {
    let history = session.history()?;
    let categories = item_words::categories(session, &history)?;
    // Curves are everybody's; the group and the item asked for pick rows.
    let view = view_of_everybody(session, &history, &scope.of_all_items())?;
    let in_group: Option<Vec<bool>> = match (&view, scope.group) {
        (Some(view), Some(group)) => Some(rfm::scores(view).1.iter().map(|score| score.group() == group).collect()),
        _ => None,
    };
    let keep = |place: usize| in_group.as_ref().is_none_or(|in_group| in_group[place]);
    Ok(radar::page(view.as_ref(), &categories, history.wanted(scope), keep, rows))
}

fn name(session: &Session, radar: &mut Radar, rows: std::ops::Range<usize>) -> Result<(), Error> {
    let entries = &mut radar.entries[rows];
    let mut ids: Vec<CustomerId> = entries.iter().map(|entry| entry.customer_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = session.ledger.names(Some(&ids))?;
    for entry in entries {
        let known = names.get(&entry.customer_id).cloned();
        entry.display_name = known.unwrap_or_else(|| nameless(entry.customer_id, &session.catalogue));
    }
    Ok(())
}

fn figures(radar: &Radar, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    if radar.total == 0 {
        return figures;
    }
    let bar = |day: &radar::RadarDay| {
        let count = |count: u32| words::grouped(i64::from(count));
        Bar {
            name: words::short_day(day.on),
            value: Some(f64::from(day.due_count)),
            interval: None,
            text: catalogue.text("items-days-count", &[("count", count(day.due_count).into())]),
            label: catalogue.text(
                "region-radar-day",
                &[
                    ("day", words::day(day.on, catalogue.language).into()),
                    ("due", count(day.due_count).into()),
                    ("new", count(day.new_count).into()),
                ],
            ),
            people: None,
        }
    };
    let bars: Vec<Bar> = radar.days.iter().map(bar).collect();
    let names = item_words::names(radar.items.iter().take(BARS).map(|row| &row.item), catalogue);
    let due = radar.items.iter().zip(names).map(|(row, name)| {
        let people = words::grouped(i64::from(row.customer_count));
        let quantity = words::grouped(i64::from(row.quantity));
        let args = [("people", people.into()), ("quantity", quantity.into()), ("item", name.clone().into())];
        Bar {
            name,
            value: Some(f64::from(row.customer_count)),
            interval: None,
            text: catalogue.text("items-pieces", &args),
            label: catalogue.text("region-radar-item", &args),
            people: None,
        }
    });
    let due: Vec<Bar> = due.collect();
    if !due.is_empty() {
        figures.insert("due".into(), bars::draw(&due, &Canvas { id: "due", ..Canvas::HALF }));
    }
    figures.insert("days".into(), bars::draw(&bars, &Canvas { id: "days", ..Canvas::HALF }));
    figures
}

fn finding(radar: &Radar, catalogue: &Catalogue) -> String {
    let Some(as_of) = radar.as_of else { return String::new() };
    let language = catalogue.language;
    let count = |count: u32| words::grouped(i64::from(count));
    let week =
        [("from", words::day(as_of + 1, language).into()), ("to", words::day(as_of + AHEAD_DAYS, language).into())];
    if radar.curve_count == 0 {
        return catalogue.word("finding-radar-short");
    }
    if radar.total == 0 {
        return catalogue.text("finding-radar-none", &week);
    }
    let first = radar.days.first().map_or(0, |day| day.due_count);
    let mut args = week.to_vec();
    args.extend([
        ("people", count(radar.customer_count).into()),
        ("count", count(radar.total).into()),
        ("first", count(first).into()),
    ]);
    let most = radar.items.first().map(|row| {
        let item = item_words::short_name(&row.item);
        catalogue.text("finding-radar-item", &[("item", item.into()), ("people", count(row.customer_count).into())])
    });
    words::sentences(&[catalogue.text("finding-radar", &args), most.unwrap_or_default()], language)
}
