//! A period beside another one: last year's, or any.
//!
//! Both are measured on the same day and through the same filter. What needs time to show (F2, LTV) counts on both sides
//! only customers observed that long, over the same first days.

use super::error::Error;
use super::session::{Session, view};
use super::{groups, item_words, overview, profit, words};
use crate::insight::history::Compare;
use crate::insight::items::{self, ItemName, Sold};
use crate::insight::overview::{Overview, year_before};
use crate::insight::won::{self, Won};
use crate::insight::{Interval, Scope, View};
use crate::shop::{Day, Yen};
use serde::{Deserialize, Serialize};

/// Items that are held against each other one by one.
const ITEMS: usize = 10;

/// The screens that know a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// 概要 and the customer list: sums of the period.
    Overview,
    /// The waterfall, step by step.
    Profit,
    /// The groups on the last day of each period.
    Groups,
    /// What those won in each period brought.
    Ltv,
    /// What was sold of items.
    Items,
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
    /// What the first row says, in a sentence.
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
    /// Its name: `net_sales`, `ltv_180`, the key of a step or group, or mall and code of an item.
    pub key: String,
    /// In words.
    pub label: String,
    /// In the period: yen, people, pieces, or a share 0–1; the middle of a range. Nothing where it is not known.
    pub value: Option<f64>,
    /// In the other one.
    pub other: Option<f64>,
    /// Both in words.
    pub text: String,
    /// The same of the other one.
    pub other_text: String,
    /// What has changed, in words: `+12.3%`, for shares `+1.2pt`; empty where one side is not known.
    pub change: String,
}

/// How a figure is written.
#[derive(Clone, Copy)]
enum Unit {
    Yen,
    People,
    Orders,
    Pieces,
    Kinds,
    Share,
}

/// The period of the scope beside what it asks to be compared with; nothing where it asks for nothing, or for an empty ledger.
pub fn answer(session: &Session, scope: &Scope, of: Compared) -> Result<Option<Comparison>, Error> {
    let Some(compare) = scope.compare else { return Ok(None) };
    let history = session.history()?;
    let Some(view) = view(session, &history, scope)? else { return Ok(None) };
    let (from, to) = (view.from, view.to);
    let (other_from, other_to) = match compare {
        Compare::PreviousYear => year_before(from, to),
        Compare::Period { from, to } => (from, to.min(view.as_of)),
    };
    if other_from > other_to {
        return Err(Error::BadQuestion(format!("{other_from}..{other_to}")));
    }
    let of_days = |from: Day, to: Day| Scope { from: Some(from), to: Some(to), compare: None, ..scope.clone() };
    let asked = Asked { session, view: &view, now: of_days(from, to), other: of_days(other_from, other_to) };
    let is_there = view.reaches_back_to <= other_to;
    let rows = if !is_there {
        Vec::new()
    } else {
        match of {
            Compared::Overview => asked.overview()?,
            Compared::Profit => asked.profit()?,
            Compared::Groups => asked.groups()?,
            Compared::Ltv => asked.won(),
            Compared::Items => asked.items(),
        }
    };
    let catalogue = &session.catalogue;
    let day = |day: Day| words::day(day, catalogue.language);
    let days = [("from", day(other_from).into()), ("to", day(other_to).into())];
    let when = match compare {
        Compare::PreviousYear => catalogue.text("compare-previous-year", &days),
        Compare::Period { .. } => catalogue.text("compare-period", &days),
    };
    let finding = match rows.first() {
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
    if of == Compared::Ltv {
        notes.push(catalogue.word("compare-note-age"));
    }
    if scope.group.is_some() && of != Compared::Groups {
        notes.push(catalogue.word("compare-note-group"));
    }
    Ok(Some(Comparison { from, to, other_from, other_to, finding, notes, rows }))
}

/// What is asked, twice.
struct Asked<'a, 'h> {
    session: &'a Session,
    /// Measured on the last day of all.
    view: &'a View<'h>,
    now: Scope,
    other: Scope,
}

impl Asked<'_, '_> {
    fn overview(&self) -> Result<Vec<ComparedRow>, Error> {
        let [now, other] = [overview::answer(self.session, &self.now)?, overview::answer(self.session, &self.other)?];
        let row = |key: &str, unit: Unit, of: &dyn Fn(&Overview) -> Option<f64>| {
            self.row(key, &self.label(key), unit, of(&now), of(&other))
        };
        let mut rows = vec![
            row("net_sales", Unit::Yen, &|o| Some(o.net_sales.as_f64())),
            row("order_count", Unit::Orders, &|o| Some(f64::from(o.order_count))),
            row("customer_count", Unit::People, &|o| Some(f64::from(o.customer_count))),
            row("new_customer_count", Unit::People, &|o| Some(f64::from(o.new_vs_existing.new.customer_count))),
            row("average_order_value", Unit::Yen, &|o| o.average_order_value.map(Yen::as_f64)),
            row("repeat_share", Unit::Share, &|o| o.repeat_share),
        ];
        let [now, other] = self.both_won();
        rows.push(self.row("f2_90", &self.label("f2_90"), Unit::Share, share(now.f2_90), share(other.f2_90)));
        Ok(rows)
    }

    fn profit(&self) -> Result<Vec<ComparedRow>, Error> {
        let [now, other] =
            [profit::answer(self.session, &self.now, None)?, profit::answer(self.session, &self.other, None)?];
        let steps = now.steps.iter().zip(&other.steps).filter(|(a, b)| profit::is_drawn(a) || profit::is_drawn(b));
        let middle = |step: &crate::insight::profit::ProfitStep| (step.low.as_f64() + step.high.as_f64()) / 2.0;
        let rows = steps.map(|(now, other)| ComparedRow {
            text: profit::yen_range(now, &self.session.catalogue),
            other_text: profit::yen_range(other, &self.session.catalogue),
            ..self.row(now.key.word(), &now.label, Unit::Yen, Some(middle(now)), Some(middle(other)))
        });
        Ok(rows.collect())
    }

    fn groups(&self) -> Result<Vec<ComparedRow>, Error> {
        let [now, other] = [groups::answer(self.session, &self.now)?, groups::answer(self.session, &self.other)?];
        let count = |count: u32| Some(f64::from(count));
        let all = self.row(
            "customer_count",
            &self.label("customers_so_far"),
            Unit::People,
            count(now.customer_count),
            count(other.customer_count),
        );
        let of_group = |(now, other): (&crate::insight::rfm::GroupRow, &crate::insight::rfm::GroupRow)| {
            self.row(now.key.word(), &now.label, Unit::People, count(now.customer_count), count(other.customer_count))
        };
        Ok([all].into_iter().chain(now.groups.iter().zip(&other.groups).map(of_group)).collect())
    }

    fn both_won(&self) -> [Won; 2] {
        let days = |scope: &Scope| (scope.from.unwrap_or(self.view.from), scope.to.unwrap_or(self.view.to));
        [&self.now, &self.other].map(|scope| won::won(self.view, days(scope).0, days(scope).1))
    }

    fn won(&self) -> Vec<ComparedRow> {
        let [now, other] = self.both_won();
        let count = |won: &Won| Some(f64::from(won.customer_count));
        let mut rows: Vec<ComparedRow> = now
            .ltv
            .iter()
            .zip(&other.ltv)
            .map(|((days, now), (_, other))| {
                let key = format!("ltv_{days}");
                self.row(&key, &self.label(&key), Unit::Yen, share(*now), share(*other))
            })
            .collect();
        // The longest window both sides have seen says most: it stands first.
        rows.reverse();
        rows.sort_by_key(|row| row.change.is_empty());
        rows.push(self.row("won", &self.label("won"), Unit::People, count(&now), count(&other)));
        rows.push(self.row("f2_90", &self.label("f2_90"), Unit::Share, share(now.f2_90), share(other.f2_90)));
        rows
    }

    fn items(&self) -> Vec<ComparedRow> {
        let history = self.view.history;
        let days = |scope: &Scope| (scope.from.unwrap_or(self.view.from), scope.to.unwrap_or(self.view.to));
        let [now, other] = [&self.now, &self.other].map(|scope| items::sold(self.view, days(scope).0, days(scope).1));
        let of_all = |sold: &[Sold], of: &dyn Fn(&Sold) -> f64| Some(sold.iter().map(of).sum::<f64>());
        let row = |key: &str, unit: Unit, of: &dyn Fn(&Sold) -> f64| {
            self.row(key, &self.label(key), unit, of_all(&now, of), of_all(&other, of))
        };
        let mut rows = vec![
            row("goods", Unit::Yen, &|sold| sold.goods.as_f64()),
            row("quantity", Unit::Pieces, &|sold| sold.quantity as f64),
            row("items_sold", Unit::Kinds, &|sold| f64::from(u32::from(sold.quantity > 0))),
        ];
        let mut most: Vec<usize> = (0..now.len()).filter(|&item| now[item].quantity > 0).collect();
        most.sort_by_key(|&item| (-now[item].goods.0, item));
        most.truncate(ITEMS);
        let named: Vec<ItemName> = most.iter().map(|&item| ItemName::of(history, item as u32)).collect();
        let labels = item_words::names(named.iter(), &self.session.catalogue);
        for ((item, named), label) in most.into_iter().zip(&named).zip(labels) {
            let goods = |sold: &[Sold]| Some(sold[item].goods.as_f64());
            let key = item_words::key(named).to_string();
            rows.push(self.row(&key, &label, Unit::Yen, goods(&now), goods(&other)));
        }
        rows
    }

    fn label(&self, key: &str) -> String {
        self.session.catalogue.word(&format!("compare-{}", key.replace('_', "-")))
    }

    fn row(&self, key: &str, label: &str, unit: Unit, value: Option<f64>, other: Option<f64>) -> ComparedRow {
        let catalogue = &self.session.catalogue;
        let counted =
            |key: &str, count: f64| catalogue.text(key, &[("count", words::grouped(count.round() as i64).into())]);
        let text = |value: Option<f64>| match (value, unit) {
            (None, _) => catalogue.word("compare-unknown"),
            (Some(yen), Unit::Yen) => words::yen(Yen::rounded_half_away(yen), catalogue.language),
            (Some(count), Unit::People) => counted("format-people", count),
            (Some(count), Unit::Orders) => counted("format-orders", count),
            (Some(count), Unit::Pieces) => counted("format-pieces", count),
            (Some(count), Unit::Kinds) => counted("format-kinds", count),
            (Some(share), Unit::Share) => words::percent(share),
        };
        let change = match (value, other, unit) {
            (Some(value), Some(other), Unit::Share) => format!("{:+.1}pt", (value - other) * 100.0),
            // Of nothing, and of less than nothing, there is no percentage.
            (Some(value), Some(other), _) if other > 0.0 => format!("{:+.1}%", (value / other - 1.0) * 100.0),
            _ => String::new(),
        };
        ComparedRow {
            key: key.to_owned(),
            label: label.to_owned(),
            value,
            other,
            text: text(value),
            other_text: text(other),
            change,
        }
    }
}

fn share(interval: Option<Interval>) -> Option<f64> {
    interval.map(|interval| interval.value)
}
