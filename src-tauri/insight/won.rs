//! What became of the customers who were won in a period, so that two periods can be held against each other.

use super::history::View;
use super::repeat::Window;
use super::rfm::ValueBasis;
use super::stats::Interval;
use super::{lifetime_value, repeat, value};
use crate::shop::Day;

/// First days that are summed up.
pub const DAYS: [u32; 3] = [90, 180, 365];
/// Below so many people nothing is said of them.
const FEWEST: u32 = 5;

/// Customers whose first purchase lies in a period. Every figure counts those alone who are observed that long, so that an old
/// and a young period are compared at the same age.
#[derive(Clone, Debug, PartialEq)]
pub struct Won {
    /// How many.
    pub customer_count: u32,
    /// Share with a second purchase within 90 days; nothing under 5 people.
    pub f2_90: Option<Interval>,
    /// Value per customer within so many days, ascending; nothing under 5 people.
    pub ltv: [(u32, Option<Interval>); 3],
}

/// Those won from `from` to `to`, measured at the end of the view's `as_of`.
pub fn won(view: &View<'_>, from: Day, to: Day) -> Won {
    won_by(view, from, to, false)
}

/// The same; with `net_sales` that is what they brought, whatever costs are known. What value is is decided by all of the view, so
/// that two periods are counted alike.
pub fn won_by(view: &View<'_>, from: Day, to: Day, net_sales: bool) -> Won {
    let Some(won) = view.won_in(from, to) else {
        return Won { customer_count: 0, f2_90: None, ltv: DAYS.map(|days| (days, None)) };
    };
    let basis = if net_sales { ValueBasis::NetSales } else { value::basis(view) };
    Won {
        customer_count: won.customers.len() as u32,
        f2_90: enough(repeat::f2(&won, 90)),
        ltv: DAYS.map(|days| (days, enough(lifetime_value::after_days_by(&won, days, basis, |_| true)))),
    }
}

/// Of those won from `from` to `to`, the share who made each of these purchases in time, of those who have had the time; nothing
/// under 5 people.
pub fn back(view: &View<'_>, from: Day, to: Day, windows: &[Window]) -> Vec<Option<Interval>> {
    let Some(won) = view.won_in(from, to) else { return vec![None; windows.len()] };
    let share = |window: &Window| {
        let tally = repeat::tally(&won, won.as_of, *window);
        enough(Interval::of_share(tally.returned, tally.observed))
    };
    windows.iter().map(share).collect()
}

fn enough(interval: Option<Interval>) -> Option<Interval> {
    interval.filter(|interval| interval.n >= FEWEST)
}
