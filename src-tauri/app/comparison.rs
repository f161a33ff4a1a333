//! A period beside another one: last year's, or any.
//!
//! Both are measured on the same day and through the same filter. What needs time to show (F2, LTV) counts on both sides
//! only customers observed that long, over the same first days. Groups and the growth map are states: each is that of the
//! last day of its period.

mod events;
mod lists;
mod rows;
mod sums;

use super::error::Error;
use super::screens::{OrdersPart, RulesDraft};
use super::session::{Session, view};
use super::words;
use crate::insight::growth_people::YEAR;
use crate::insight::history::Compare;
use crate::insight::overview::year_before;
use crate::insight::people::People;
use crate::insight::{Scope, View};
use crate::shop::{CustomerId, Day};
use serde::{Deserialize, Serialize};

/// The screens that know a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// 概要 and the customer list: sums of the period.
    #[default]
    Overview,
    /// The waterfall, step by step; of one event where the question names it.
    Profit,
    /// The groups on the last day of each period.
    Groups,
    /// Who came back in the period, and who of those won in it has.
    ComingBack,
    /// What those won in each period brought.
    Ltv,
    /// The growth map and the table of assets on the last day of each period.
    GrowthMap,
    /// What was sold of items.
    Items,
    /// One item, or one category: the scope names it.
    Item,
    /// What the orders were given for, and how much of the repeat purchases hangs on events.
    Points,
    /// The sums of a list of orders.
    Orders,
}

/// What is asked to be held against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct ComparisonQuery {
    /// As everywhere; its `compare` says with what.
    pub scope: Scope,
    /// Which figures.
    pub of: Compared,
    /// Of `orders`: whose, as the list is asked; the same people in both periods.
    pub people: Option<String>,
    /// Of `orders`: only this customer's.
    pub customer: Option<CustomerId>,
    /// Of `orders`: which of them.
    pub part: OrdersPart,
    /// Of `profit`: only orders inside this event or campaign.
    pub event: Option<String>,
    /// Of `groups`: thresholds that are only tried out.
    pub rules: Option<RulesDraft>,
    /// Of `ltv`: net sales, whatever costs are known.
    pub net_sales: bool,
}

impl ComparisonQuery {
    /// The plain question of these figures.
    pub fn of(scope: &Scope, of: Compared) -> ComparisonQuery {
        ComparisonQuery { scope: scope.clone(), of, ..ComparisonQuery::default() }
    }
}

/// A period beside another one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Comparison {
    /// First day of the period.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// First day of the other one.
    pub other_from: Day,
    /// Its last day.
    pub other_to: Day,
    /// What the first row says that has a change, in a sentence.
    pub finding: String,
    /// What is to be kept in mind, a sentence each.
    pub notes: Vec<String>,
    /// In the order of the screen; empty where the ledger has nothing of the other period.
    pub rows: Vec<ComparedRow>,
}

/// One figure in both periods.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ComparedRow {
    /// Its name: `net_sales`, `ltv_180`, the key of a step, group, place or arrow, or mall and code of an item.
    pub key: String,
    /// In words.
    pub label: String,
    /// In the period: yen, people, pieces, or a share 0–1; the middle of a range. Nothing where it is not known.
    pub value: Option<f64>,
    /// In the other one.
    pub other: Option<f64>,
    /// Both in words; a share of fewer than 30 as a count.
    pub text: String,
    /// The same of the other one.
    pub other_text: String,
    /// What has changed, in words: `+12.3%`, for shares `+1.2pt`; empty where one side is not known, or is a share of fewer
    /// than 30.
    pub change: String,
}

/// The period of the scope beside what it asks to be compared with; nothing where it asks for nothing, or for an empty ledger.
pub fn answer(session: &Session, query: &ComparisonQuery) -> Result<Option<Comparison>, Error> {
    let scope = &query.scope;
    let Some(compare) = scope.compare else { return Ok(None) };
    let history = session.history()?;
    let Some(view) = view(session, &history, scope)? else { return Ok(None) };
    let [(from, to), (other_from, other_to)] = periods(&view, compare, query.of);
    if other_from > other_to {
        return Err(Error::BadQuestion(format!("{other_from}..{other_to}")));
    }
    let of_days = |from: Day, to: Day| Scope { from: Some(from), to: Some(to), compare: None, ..scope.clone() };
    let asked = Asked { session, view: &view, query, now: of_days(from, to), other: of_days(other_from, other_to) };
    let is_there = view.reaches_back_to <= other_to;
    let rows = if is_there { asked.rows()? } else { Vec::new() };
    let catalogue = &session.catalogue;
    let day = |day: Day| words::day(day, catalogue.language);
    let days = [("from", day(other_from).into()), ("to", day(other_to).into())];
    let when = match compare {
        Compare::PreviousYear => catalogue.text("compare-previous-year", &days),
        Compare::Period { .. } => catalogue.text("compare-period", &days),
    };
    let finding = match rows.iter().find(|row| !row.change.is_empty()).or(rows.first()) {
        None => catalogue.text("compare-none", &[("when", when.into()), ("day", day(view.reaches_back_to).into())]),
        Some(row) => catalogue.text(
            if row.change.is_empty() { "compare-finding-unknown" } else { "compare-finding" },
            &[
                ("when", when.into()),
                ("label", row.label.as_str().into()),
                ("other", row.other_text.as_str().into()),
                ("now", row.text.as_str().into()),
                ("change", row.change.as_str().into()),
            ],
        ),
    };
    let mut notes = Vec::new();
    if is_there && view.reaches_back_to > other_from {
        notes.push(catalogue.text("compare-note-part", &[("day", day(view.reaches_back_to).into())]));
    }
    notes.extend(asked.cautions().into_iter().map(|key| catalogue.word(key)));
    Ok(Some(Comparison { from, to, other_from, other_to, finding, notes, rows }))
}

/// Both periods. A growth map has none: it is that of a day, and looks at the year that ends with it.
fn periods(view: &View<'_>, compare: Compare, of: Compared) -> [(Day, Day); 2] {
    let (from, to) = (view.from, view.to);
    let year = |to: Day| (to + (1 - YEAR), to);
    match (compare, of) {
        (Compare::PreviousYear, Compared::GrowthMap) => [year(view.as_of), year(view.as_of.plus_months(-12))],
        (Compare::Period { to, .. }, Compared::GrowthMap) => [year(view.as_of), year(to.min(view.as_of))],
        (Compare::PreviousYear, _) => [(from, to), year_before(from, to)],
        (Compare::Period { from: other_from, to: other_to }, _) => [(from, to), (other_from, other_to.min(view.as_of))],
    }
}

/// What is asked, twice.
struct Asked<'a, 'h> {
    session: &'a Session,
    /// Measured on the last day of all.
    view: &'a View<'h>,
    query: &'a ComparisonQuery,
    now: Scope,
    other: Scope,
}

impl Asked<'_, '_> {
    fn rows(&self) -> Result<Vec<ComparedRow>, Error> {
        match self.query.of {
            Compared::Overview => self.overview(),
            Compared::Profit => self.profit(),
            Compared::Groups => self.groups(),
            Compared::ComingBack => self.coming_back(),
            Compared::Ltv => Ok(self.won()),
            Compared::GrowthMap => self.growth_map(),
            Compared::Items => Ok(self.items()),
            Compared::Item => self.item(),
            Compared::Points => self.points(),
            Compared::Orders => self.orders(),
        }
    }

    /// What is to be kept in mind, as keys.
    fn cautions(&self) -> Vec<&'static str> {
        let mut cautions = match self.query.of {
            Compared::Ltv | Compared::ComingBack | Compared::Item => vec!["compare-note-age"],
            Compared::GrowthMap => vec!["compare-note-day"],
            _ => Vec::new(),
        };
        if self.query.scope.group.is_some() && self.query.of != Compared::Groups {
            cautions.push("compare-note-group");
        }
        if self.people().is_some_and(|people| !matches!(people, People::Profit { .. })) {
            cautions.push("compare-note-people");
        }
        cautions
    }

    /// Whose orders are asked for.
    fn people(&self) -> Option<People> {
        self.query.people.as_deref().and_then(|text| text.parse().ok())
    }

    /// First and last day of both.
    fn days(&self) -> [(Day, Day); 2] {
        [&self.now, &self.other].map(|scope| (scope.from.unwrap_or(self.view.from), scope.to.unwrap_or(self.view.to)))
    }
}
