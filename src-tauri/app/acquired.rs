//! What the screens of cohorts share: what parting customers needs to know, and the parts in words.

use super::catalogue::Catalogue;
use super::error::Error;
use super::item_words;
use super::session::Session;
use super::words;
use crate::insight::History;
use crate::insight::acquired::{By, Known, PartPeople, When};
use crate::insight::calendar::Calendar;
use crate::insight::category::Categories;
use crate::shop::{Day, Month};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The chosen parts of the window: as many lines as are told apart.
pub(super) const COMPARED: usize = 3;

/// How many parts the window lists: the newest of times, the largest of everything else.
pub(super) fn listed(by: By) -> usize {
    match by {
        By::Month | By::Quarter => 30,
        By::Week => 27,
        _ => 15,
    }
}

/// The parts the window lists, as places among so many.
pub(super) fn listed_of(by: By, count: usize) -> std::ops::Range<usize> {
    let listed = listed(by).min(count);
    if by.is_calendar() { count - listed..count } else { 0..listed }
}

/// Events and categories of this ledger.
pub(super) struct Knowledge {
    calendar: Arc<Calendar>,
    categories: Categories,
}

impl Knowledge {
    /// Categories are looked up only where they part.
    pub(super) fn of(session: &Session, history: &History, by: By) -> Result<Knowledge, Error> {
        let categories = match by {
            By::FirstCategory => item_words::categories(session, history)?,
            _ => Categories::default(),
        };
        Ok(Knowledge { calendar: session.calendar()?, categories })
    }

    pub(super) fn known(&self) -> Known<'_> {
        Known { calendar: &self.calendar, categories: &self.categories }
    }
}

/// The parts' names.
pub(super) struct Names<'a> {
    by: By,
    catalogue: &'a Catalogue,
    /// Item names by the key of their part.
    items: FxHashMap<String, String>,
}

impl<'a> Names<'a> {
    pub(super) fn of(history: &History, by: By, catalogue: &'a Catalogue) -> Names<'a> {
        let named = |item: &crate::insight::history::Item| {
            (format!("{}:{}", item.mall, item.code), item_words::short(&item.name, &item.code))
        };
        let items = if by == By::FirstItem { history.items.iter().map(named).collect() } else { FxHashMap::default() };
        Names { by, catalogue, items }
    }

    /// A part in words.
    pub(super) fn name(&self, key: &str) -> String {
        let (catalogue, language) = (self.catalogue, self.catalogue.language);
        match self.by {
            By::Month => key.parse::<Month>().map(|month| words::month(month, language)).unwrap_or_default(),
            By::Quarter => {
                let (year, quarter) = key.split_once("-Q").unwrap_or((key, "1"));
                let first: u32 = quarter.parse::<u32>().unwrap_or(1) * 3 - 2;
                let args = [("year", year.into()), ("from", first.into()), ("to", (first + 2).into())];
                catalogue.text("cohort-quarter", &args)
            }
            By::Week => {
                let day = key.parse::<Day>().map(words::short_day).unwrap_or_default();
                catalogue.text("cohort-week", &[("day", day.into())])
            }
            By::FirstMall => catalogue.word(&format!("mall-{key}")),
            By::FirstItem | By::FirstCategory if key.is_empty() => {
                catalogue.word(if self.by == By::FirstItem { "cohort-no-item" } else { "cohort-no-category" })
            }
            By::FirstItem => self.items.get(key).cloned().unwrap_or_else(|| key.to_owned()),
            By::FirstCategory => key.to_owned(),
            By::Incentive => catalogue.word(&format!("cohort-incentive-{}", key.replace('_', "-"))),
        }
    }
}

/// Which of these keys are looked at beside each other: those asked for; else, where the parts are no times, the first.
pub(super) fn compared(by: By, keys: &[String], asked: &[String]) -> Vec<String> {
    if asked.is_empty() && !by.is_calendar() {
        return keys.iter().take(COMPARED).cloned().collect();
    }
    let asked = &asked[..asked.len().min(COMPARED)];
    keys.iter().filter(|key| asked.contains(key)).cloned().collect()
}

/// 「3か月後」, 「3週間後」.
pub(super) fn period(by: By, period: u32, catalogue: &Catalogue) -> String {
    catalogue.text(unit(by, "period-months", "period-quarters", "period-weeks"), &[("period", period.into())])
}

/// 「か月後」, 「週間後」.
pub(super) fn periods(by: By, catalogue: &Catalogue) -> String {
    catalogue.word(unit(by, "figure-periods", "figure-periods-quarters", "figure-periods-weeks"))
}

fn unit<'k>(by: By, months: &'k str, quarters: &'k str, weeks: &'k str) -> &'k str {
    match by {
        By::Quarter => quarters,
        By::Week => weeks,
        _ => months,
    }
}

/// Who is listed, in words.
pub(super) fn people_label(session: &Session, people: &PartPeople) -> Result<String, Error> {
    let history = session.history()?;
    let catalogue = &session.catalogue;
    let cohort = Names::of(&history, people.by, catalogue).name(&people.key);
    let by = catalogue.word(&format!("cohort-by-{}", people.by.word()));
    let of = catalogue.text("people-part", &[("by", by.into()), ("cohort", cohort.into())]);
    let after = |key: &str, of_period: u32| {
        let when = period(people.by, of_period, catalogue);
        catalogue.text(key, &[("part", of.clone().into()), ("when", when.into())])
    };
    Ok(match people.when {
        When::Ever => of,
        When::In(of_period) => after("people-part-in", of_period),
        When::UpTo(of_period) => after("people-part-up-to", of_period),
    })
}
