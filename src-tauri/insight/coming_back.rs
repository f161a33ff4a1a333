//! Who comes back: to the second, third, fourth and fifth purchase, when, and how often against new customers.

use super::gap_steps::{self, BinDays, GapStep};
use super::history::View;
use super::new_existing::{self, NewAgainstExisting};
use super::other_definitions::{self, OtherDefinition};
use super::overview;
use super::repeat::{self, Tally};
use super::stats::Interval;
use crate::shop::{Day, Month, Yen};
use serde::Serialize;
use std::collections::BTreeMap;

/// Days people have for the next purchase.
pub const WINDOWS: [u32; 3] = [90, 180, 365];
/// Purchases that are waited for.
pub const STEPS: std::ops::RangeInclusive<u32> = 2..=5;
/// How many these are.
const STEP_COUNT: usize = 4;

/// Everything about coming back.
///
/// Figures of people are of all orders up to `as_of`; months, sums and the definitions of others are of the period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ComingBack {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// First day of the period.
    pub from: Option<Day>,
    /// Last day of the period.
    pub to: Option<Day>,
    /// Keys "f2" … "f5", in each "90", "180", "365".
    pub f: BTreeMap<String, BTreeMap<String, StepShare>>,
    /// The ways to the second, third, fourth and fifth purchase.
    pub steps: Vec<GapStep>,
    /// Days of a bar of their histograms: 5, 10 or 30.
    pub bin_days: u32,
    /// Oldest first; the months the period touches, and never fewer than the last 13 that the ledger has.
    pub months: Vec<RepeatMonth>,
    /// New customers against those who had bought before.
    pub new_vs_existing: NewAgainstExisting,
    /// Ours first, then those of other products, recomputed.
    pub other_definitions: Vec<OtherDefinition>,
}

/// Fn(w): of those whose purchase n − 1 lies at least w days before `as_of`, who made purchase n within w days of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StepShare {
    /// With its 90 % interval and the people who had the time; nothing while nobody has.
    pub share: Option<Interval>,
    /// Of them those who came back within it.
    pub return_count: u32,
    /// People who have not had the time yet; on neither side.
    pub open_count: u32,
    /// The same as it stood on the same day a year before.
    pub year_before: Option<Interval>,
}

/// Who came back in one calendar month.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RepeatMonth {
    /// Which.
    pub month: Month,
    /// Not over at `as_of`.
    pub open: bool,
    /// Buyers.
    pub customer_count: u32,
    /// Of them those with a fresh purchase in the month that is not their first.
    pub return_count: u32,
    /// The one ÷ the other, with its 90 % interval.
    pub repeat_share: Option<Interval>,
    /// The same month a year before; nothing where the ledger does not cover it whole.
    pub share_year_before: Option<Interval>,
    /// Orders.
    pub order_count: u32,
    /// Of them those after the customer's first purchase day.
    pub existing_order_count: u32,
    /// Net sales.
    pub net_sales: Yen,
    /// Of them those after the customer's first purchase day.
    pub existing_net_sales: Yen,
}

/// Everything about coming back in this view; an empty ledger gives nothing and empty lists.
pub fn coming_back(view: Option<&View<'_>>, bins: BinDays) -> ComingBack {
    let bin_days = bins.days();
    let Some(view) = view else {
        return ComingBack {
            as_of: None,
            from: None,
            to: None,
            f: shares(|_, _| StepShare::default()),
            steps: Vec::new(),
            bin_days,
            months: Vec::new(),
            new_vs_existing: NewAgainstExisting::default(),
            other_definitions: Vec::new(),
        };
    };
    let tallies = tallies(view);
    ComingBack {
        as_of: Some(view.as_of),
        from: Some(view.from),
        to: Some(view.to),
        f: shares(|step, window| step_share(tallies[step][window])),
        steps: gap_steps::steps(view, bins),
        bin_days,
        months: months(view),
        new_vs_existing: new_existing::against(view),
        other_definitions: other_definitions::definitions(view),
    }
}

/// One share per step and window.
fn shares(share: impl Fn(usize, usize) -> StepShare) -> BTreeMap<String, BTreeMap<String, StepShare>> {
    let of_step = |(step, purchase): (usize, u32)| {
        let windows = WINDOWS.iter().enumerate().map(|(at, days)| (days.to_string(), share(step, at)));
        (format!("f{purchase}"), windows.collect())
    };
    STEPS.enumerate().map(of_step).collect()
}

/// People of every step and window, now and a year before, in one pass over the customers.
fn tallies(view: &View<'_>) -> [[[Tally; 2]; WINDOWS.len()]; STEP_COUNT] {
    let days_asked = [view.as_of, view.as_of.plus_months(-12)];
    let mut tallies = <[[[Tally; 2]; WINDOWS.len()]; STEP_COUNT]>::default();
    for place in 0..view.customers.len() {
        let mut days = repeat::fresh_days(view, place);
        let mut before = days.next();
        for of_step in &mut tallies {
            let Some(start) = before else { break };
            let next = days.next();
            for (tallies, window) in of_step.iter_mut().zip(WINDOWS) {
                for (tally, on) in tallies.iter_mut().zip(days_asked) {
                    if let Some(standing) = repeat::between(start, next, on, window) {
                        tally.add(standing);
                    }
                }
            }
            before = next;
        }
    }
    tallies
}

fn step_share([now, before]: [Tally; 2]) -> StepShare {
    StepShare {
        share: Interval::of_share(now.returned, now.observed),
        return_count: now.returned,
        open_count: now.open,
        year_before: Interval::of_share(before.returned, before.observed),
    }
}

fn months(view: &View<'_>) -> Vec<RepeatMonth> {
    let (months, sums) = overview::sums_by_month(view);
    let of = |month: Month| months.number_of(month).map(|number| sums[number]).unwrap_or_default();
    let row = |month: Month| {
        let (sums, year_before) = (of(month), month.plus(-12));
        let is_covered = view.reaches_back_to <= year_before.first();
        let before = of(year_before);
        RepeatMonth {
            month,
            open: month.last() > view.as_of,
            customer_count: sums.customer_count,
            return_count: sums.repeat_count,
            repeat_share: Interval::of_share(sums.repeat_count, sums.customer_count),
            share_year_before: Interval::of_share(before.repeat_count, before.customer_count).filter(|_| is_covered),
            order_count: sums.order_count(),
            existing_order_count: sums.existing.order_count,
            net_sales: sums.net_sales(),
            existing_net_sales: sums.existing.net_sales,
        }
    };
    overview::months_shown(view).map(row).collect()
}
