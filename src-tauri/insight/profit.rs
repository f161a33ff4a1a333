//! From the goods sold to what is left: the waterfall, for any part of the history.

use super::calendar::Calendar;
use super::history::View;
use super::margin::{Parts, Step};
use super::reckoner::Reckoner;
use super::stats::Band;
use crate::shop::{Day, Mall, Yen};
use serde::Serialize;

/// The waterfall of a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Profit {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// First day of the period.
    pub from: Option<Day>,
    /// Last day of the period.
    pub to: Option<Day>,
    /// The campaign it is restricted to: key of a rule or window of the event calendar.
    pub event: Option<String>,
    /// Its name; filled in by `app`.
    pub event_name: String,
    /// What it may be restricted to: the events of the period, as the calendar lists them; filled in by `app`.
    pub events: Vec<ProfitEvent>,
    /// Orders that count as sales; of an item those that hold it.
    pub order_count: u32,
    /// Goods − shop coupons − discounts − refunds.
    pub net_sales: Yen,
    /// What is left; a band while some costs are unknown, nothing while no cost of goods is known.
    pub contribution_margin: Option<Band>,
    /// Share of goods with a known cost, 0–1.
    pub known_cost_share: f64,
    /// Share of net sales whose fees are those of an imported settlement, 0–1.
    pub settled_share: f64,
    /// Share of net sales of which it is known how they were paid, 0–1.
    pub payment_known_share: f64,
    /// Share of net sales of which it is known whether they came through an affiliate, 0–1.
    pub affiliate_known_share: f64,
    /// Settings the figures rest on that the owner has not confirmed; filled in by `app`.
    pub unconfirmed_count: u32,
    /// The steps in order; none for an empty ledger.
    pub steps: Vec<ProfitStep>,
}

/// An event of the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ProfitEvent {
    /// What is asked with.
    pub key: String,
    /// Whose event.
    pub mall: Mall,
    /// As the mall writes it.
    pub name: String,
}

/// One row of the waterfall.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ProfitStep {
    /// Which.
    pub key: Step,
    /// Its name; filled in by `app`.
    pub label: String,
    /// The sum of the steps before it.
    pub is_sum: bool,
    /// What it adds to what is left, at least; costs are below zero.
    pub low: Yen,
    /// At most; equal to `low` when it is known.
    pub high: Yen,
    /// Orders in which it is not zero; parts of split orders count with the order they were split from.
    pub order_count: u32,
    /// The people behind it, as `customers?people=` understands them: `profit:points`, `profit:points:rakuten-5-0`.
    pub people: String,
}

/// What is asked besides the view.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'q> {
    /// Only lines of this item code.
    pub item: Option<&'q str>,
    /// Only orders inside this event: its key in the calendar.
    pub event: Option<(&'q Calendar, &'q str)>,
}

/// The waterfall of the view's period. Rows are the sums of [`orders`], to the yen. An empty ledger has no rows, nor
/// has a history whose costs nobody has put together.
pub fn profit(view: Option<&View<'_>>, question: &Question<'_>) -> Profit {
    let mut sum = Parts::default();
    let mut counts = [0_u32; Step::ALL.len()];
    let (mut order_count, mut settled, mut any) = (0, 0, false);
    let (mut payment_known, mut affiliate_known) = (0, 0);
    if let Some(view) = view {
        each_order(view, question, |o, parts| {
            any = true;
            sum.add(parts);
            let is_order = !view.history.orders.split[o];
            order_count += u32::from(is_order);
            for step in Step::ALL {
                counts[step as usize] += u32::from(is_order && is_there(parts, step));
            }
            let (input, net_sales) = (view.history.inputs.order(o), parts.of(Step::NetSales).low.0);
            let where_so = |is_so: bool| if is_so { net_sales } else { 0 };
            settled += where_so(input.settled > 0);
            payment_known += where_so(input.payment.is_some());
            affiliate_known += where_so(input.affiliate.is_some());
        });
    }
    let share = |part: i64, whole: Yen| if whole.0 > 0 { part as f64 / whole.as_f64() } else { 0.0 };
    let net_sales = sum.of(Step::NetSales).low;
    let known_cost_share = share(sum.known_goods.0, sum.of(Step::Goods).low);
    let event = question.event.map(|(_, key)| key.to_owned());
    let ending = event.as_ref().map(|key| format!(":{key}")).unwrap_or_default();
    let row = |key: Step| ProfitStep {
        key,
        label: String::new(),
        is_sum: key.is_sum(),
        low: sum.of(key).low,
        high: sum.of(key).high,
        order_count: counts[key as usize],
        people: format!("profit:{key}{ending}"),
    };
    Profit {
        as_of: view.map(|view| view.as_of),
        from: view.map(|view| view.from),
        to: view.map(|view| view.to),
        event,
        event_name: String::new(),
        events: Vec::new(),
        order_count,
        net_sales,
        contribution_margin: (known_cost_share > 0.0).then(|| sum.of(Step::ContributionMargin)),
        known_cost_share,
        settled_share: share(settled, net_sales),
        payment_known_share: share(payment_known, net_sales),
        affiliate_known_share: share(affiliate_known, net_sales),
        unconfirmed_count: 0,
        steps: if any { Step::ALL.map(row).to_vec() } else { Vec::new() },
    }
}

/// The orders behind a step: places in the history, ascending, with their steps; those in which it is not zero.
pub fn orders(view: &View<'_>, question: &Question<'_>, step: Step) -> Vec<(usize, Parts)> {
    let mut found = Vec::new();
    each_order(view, question, |o, parts| {
        if is_there(parts, step) {
            found.push((o, *parts));
        }
    });
    found
}

fn is_there(parts: &Parts, step: Step) -> bool {
    let Band { low, high } = parts.of(step);
    low != Yen::ZERO || high != Yen::ZERO
}

/// Every order of the period that is asked for, with its steps; of an item the steps of its lines.
fn each_order(view: &View<'_>, question: &Question<'_>, mut take: impl FnMut(usize, &Parts)) {
    let history = view.history;
    let Some(mut reckoner) = Reckoner::new(history) else { return };
    let columns = &history.orders;
    let (start, end) = (view.from.start(), (view.to + 1).start());
    let of_item: Option<Vec<bool>> =
        question.item.map(|name| history.items.iter().map(|item| item.is_named(name)).collect());
    // What the view asks for is narrower than an item, where it asks.
    let wanted = view.wanted.as_ref().or(of_item.as_ref());
    for o in (0..view.included.len()).filter(|&o| view.included[o] && (start..end).contains(&columns.ordered_at[o])) {
        if let Some((calendar, key)) = question.event
            && calendar.is_in(key, columns.mall[o], columns.ordered_at[o], columns.time_known[o]) != Some(true)
        {
            continue;
        }
        match wanted {
            None => take(o, &reckoner.order(o)),
            Some(wanted) => {
                let lines = reckoner.lines(o);
                let mut sum = Parts::default();
                for (line, parts) in history.lines_of(o).iter().zip(&lines) {
                    if wanted[line.item as usize] {
                        sum.add(parts);
                    }
                }
                take(o, &sum);
            }
        }
    }
}
