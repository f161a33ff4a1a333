//! The screen 利益の滝: from the goods sold to what is left.

use super::catalogue::Catalogue;
use super::error::Error;
use super::screens::{ProfitOrder, ProfitOrders, Screen};
use super::session::{Session, view};
use super::{settings, words};
use crate::chart::waterfall::{self, Row};
use crate::chart::{Canvas, Figure};
use crate::insight::calendar::{Calendar, EventRule};
use crate::insight::margin::{Parts, Step};
use crate::insight::profit::{self, Profit, ProfitEvent, ProfitStep, Question};
use crate::insight::{Band, Scope};
use crate::shop::{CustomerId, Yen};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Orders of a step that are listed.
const LISTED: usize = 500;

/// The waterfall of the scope's period, as `otokui profit` prints it; of one campaign when `event` names it.
pub fn answer(session: &Session, scope: &Scope, event: Option<&str>) -> Result<Profit, Error> {
    let history = session.history()?;
    let calendar = session.calendar()?;
    let question = question(&calendar, scope, event)?;
    let mut answer = profit::profit(view(session, &history, scope)?.as_ref(), &question);
    let catalogue = &session.catalogue;
    for step in &mut answer.steps {
        step.label = label(step.key, catalogue);
    }
    if let (Some(from), Some(to)) = (answer.from, answer.to) {
        let event = |rule: &EventRule| ProfitEvent { key: rule.key.clone(), mall: rule.mall, name: rule.name.clone() };
        let of_mall = |rule: &&EventRule| scope.mall.is_none_or(|mall| mall == rule.mall);
        answer.events = calendar.between(from, to).filter(of_mall).map(event).collect();
    }
    answer.event_name = event.and_then(|key| name_of(&calendar, key)).unwrap_or_default();
    answer.unconfirmed_count = settings::unconfirmed(session)?;
    Ok(answer)
}

/// The answer with its figures `waterfall`, alone, and `waterfall-half`, to stand beside another; and its finding.
pub fn screen(session: &Session, scope: &Scope, event: Option<&str>) -> Result<Screen<Profit>, Error> {
    let answer = answer(session, scope, event)?;
    let figures = figures(&answer, &session.catalogue);
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures, finding })
}

/// The orders behind a step, the largest first.
pub fn orders(session: &Session, scope: &Scope, event: Option<&str>, step: Step) -> Result<ProfitOrders, Error> {
    let history = session.history()?;
    let calendar = session.calendar()?;
    let question = question(&calendar, scope, event)?;
    let mut found = match view(session, &history, scope)? {
        Some(view) => profit::orders(&view, &question, step),
        None => Vec::new(),
    };
    let total = found.len() as u32;
    let split_count = found.iter().filter(|(o, _)| history.orders.split[*o]).count() as u32;
    let (low, high) = found
        .iter()
        .fold((Yen::ZERO, Yen::ZERO), |(low, high), (_, parts)| (low + parts.of(step).low, high + parts.of(step).high));
    let columns = &history.orders;
    found.sort_by_key(|(o, parts)| {
        let Band { low, high } = parts.of(step);
        (-(low.0 + high.0).abs(), -columns.ordered_at[*o].0, columns.order.at(*o))
    });
    found.truncate(LISTED);
    let ids: Vec<i64> = found.iter().map(|(o, _)| columns.order.at(*o)).collect();
    let mut numbers: FxHashMap<i64, String> = session.ledger.order_numbers(&ids)?.into_iter().collect();
    let row = |(o, parts): (usize, Parts)| ProfitOrder {
        mall: columns.mall[o],
        order_number: numbers.remove(&columns.order.at(o)).unwrap_or_default(),
        ordered_at: columns.ordered_at[o],
        customer_id: columns.customer.at(o),
        net_sales: parts.of(Step::NetSales).low,
        low: parts.of(step).low,
        high: parts.of(step).high,
        contribution_margin_band: parts.of(Step::ContributionMargin),
    };
    let orders = found.into_iter().map(row).collect();
    Ok(ProfitOrders { step, label: label(step, &session.catalogue), total, split_count, low, high, orders })
}

/// Buyers of the orders behind a step.
pub(super) fn buyers(
    session: &Session,
    scope: &Scope,
    event: Option<&str>,
    step: Step,
) -> Result<FxHashSet<CustomerId>, Error> {
    let history = session.history()?;
    Ok(places(session, scope, event, step)?.into_iter().map(|o| history.orders.customer.at(o)).collect())
}

/// The orders behind a step, by their places in the history.
pub(super) fn places(
    session: &Session,
    scope: &Scope,
    event: Option<&str>,
    step: Step,
) -> Result<FxHashSet<usize>, Error> {
    let history = session.history()?;
    let calendar = session.calendar()?;
    let question = question(&calendar, scope, event)?;
    let Some(view) = view(session, &history, scope)? else { return Ok(FxHashSet::default()) };
    Ok(profit::orders(&view, &question, step).into_iter().map(|(o, _)| o).collect())
}

/// A step's name in words.
pub(super) fn label(step: Step, catalogue: &Catalogue) -> String {
    catalogue.word(&format!("step-{}", step.word().replace('_', "-")))
}

/// An event's name, as the mall writes it.
pub(super) fn name_of(calendar: &Calendar, key: &str) -> Option<String> {
    calendar.rules.iter().find(|rule| rule.key == key).map(|rule| rule.name.clone())
}

fn question<'q>(calendar: &'q Calendar, scope: &'q Scope, event: Option<&'q str>) -> Result<Question<'q>, Error> {
    if let Some(key) = event
        && name_of(calendar, key).is_none()
    {
        return Err(Error::BadQuestion(key.to_owned()));
    }
    Ok(Question { item: scope.item.as_deref(), event: event.map(|key| (calendar, key)) })
}

pub(super) fn figures(answer: &Profit, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let rows = answer.steps.iter().filter(|step| is_drawn(step)).count() as u32;
    let canvas = Canvas { height: 60 + 30 * rows, ..Canvas::WHOLE };
    let half = Canvas { id: "half", ..Canvas::HALF };
    let drawn = [("waterfall", canvas), ("waterfall-half", half)];
    let named = |(name, canvas): (&str, Canvas<'_>)| Some((name.to_owned(), fall(answer, catalogue, &canvas)?));
    drawn.into_iter().filter_map(named).collect()
}

pub(super) fn is_drawn(step: &ProfitStep) -> bool {
    // Money may stand on a part of a split order alone.
    step.is_sum || step.key == Step::Goods || step.order_count > 0 || step.low != step.high || step.low != Yen::ZERO
}

/// The waterfall on a canvas; nothing for an empty ledger.
fn fall(answer: &Profit, catalogue: &Catalogue, canvas: &Canvas<'_>) -> Option<Figure> {
    if answer.steps.is_empty() {
        return None;
    }
    let language = catalogue.language;
    // A step nobody took is no step of the fall.
    let rows: Vec<Row> = answer
        .steps
        .iter()
        .filter(|step| is_drawn(step))
        .map(|step| Row {
            name: step.label.clone(),
            low: step.low,
            high: step.high,
            is_sum: step.is_sum || step.key == Step::Goods,
            text: yen_range(step, catalogue),
            label: catalogue.text(
                "region-step",
                &[
                    ("step", step.label.as_str().into()),
                    ("yen", yen_range(step, catalogue).into()),
                    ("orders", words::grouped(i64::from(step.order_count)).into()),
                ],
            ),
            people: Some(step.people.clone()),
        })
        .collect();
    let words_of_fall = waterfall::Words { yen: &|amount| words::axis_yen(amount, language) };
    Some(waterfall::draw(&rows, &words_of_fall, canvas))
}

/// `12,300円`, `1.2万〜1.5万円`.
pub(super) fn yen_range(step: &ProfitStep, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    if step.low == step.high {
        return words::yen(step.low, language);
    }
    // A cost is named by its smaller end first.
    let (first, last) = if step.high <= Yen::ZERO { (step.high, step.low) } else { (step.low, step.high) };
    let [first, last] = [first, last].map(|end| words::short_yen(end, language));
    catalogue.text("setting-range", &[("low", first.into()), ("high", last.into())])
}

/// How much of 100 yen of net sales is left, and what would make it more certain.
pub(super) fn finding(answer: &Profit, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    if answer.as_of.is_none() {
        return String::new();
    }
    if answer.order_count == 0 {
        return catalogue.word("finding-overview-none");
    }
    let Some(Band { low, high }) = answer.contribution_margin else {
        return catalogue.word("finding-profit-unknown");
    };
    let of_hundred = |yen: Yen| (yen.as_f64() / answer.net_sales.as_f64() * 100.0).round() as i64;
    let left = if answer.net_sales <= Yen::ZERO {
        String::new()
    } else if low == high {
        let args = [("left", of_hundred(low).into()), ("yen", words::yen(low, language).into())];
        catalogue.text(if low < Yen::ZERO { "finding-profit-loss" } else { "finding-profit" }, &args)
    } else {
        catalogue.text(
            "finding-profit-range",
            &[
                ("low", of_hundred(low).into()),
                ("high", of_hundred(high).into()),
                ("from", words::rough_yen(low, language).into()),
                ("to", words::rough_yen(high, language).into()),
            ],
        )
    };
    let surer = if answer.known_cost_share < crate::insight::value::ENOUGH_KNOWN {
        catalogue.text("finding-profit-costs", &[("share", words::percent(answer.known_cost_share).into())])
    } else if answer.unconfirmed_count > 0 {
        catalogue.text("finding-profit-unconfirmed", &[("count", answer.unconfirmed_count.into())])
    } else {
        String::new()
    };
    words::sentences(&[left, surer], language)
}
