//! How many buyers come back, and a second, third, fourth time.
//!
//! Coming back is a fresh decision: subscription deliveries are money, not a second purchase.

use super::history::View;
use super::stats::Interval;
use crate::shop::Day;

/// Of customers whose first purchase lies at least `window_days` before `as_of`, the share with a second
/// purchase within `window_days` of the first, with its 90 % Wilson interval.
///
/// Nothing while nobody has been a customer that long.
pub fn f2(view: &View<'_>, window_days: u32) -> Option<Interval> {
    f2_at(view, view.as_of, window_days)
}

/// [`f2`] as it would have been measured at the end of the day `on`, `as_of` or earlier.
pub fn f2_at(view: &View<'_>, on: Day, window_days: u32) -> Option<Interval> {
    let tally = tally(view, on, Window { purchase: 2, days: window_days });
    Interval::of_share(tally.returned, tally.observed)
}

/// [`f2_at`] of several days and windows, in one pass over the customers.
pub(super) fn f2_each<const N: usize>(view: &View<'_>, asked: [(Day, u32); N]) -> [Option<Interval>; N] {
    let mut tallies = [Tally::default(); N];
    for place in 0..view.customers.len() {
        let mut days = fresh_days(view, place);
        let Some(first) = days.next() else { continue };
        let second = days.next();
        for (tally, (on, window)) in tallies.iter_mut().zip(asked) {
            if let Some(standing) = between(first, second, on, window) {
                tally.add(standing);
            }
        }
    }
    tallies.map(|tally| Interval::of_share(tally.returned, tally.observed))
}

/// Which purchase, and how soon after the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The purchase that is waited for, 2 or more: F2, F3, …
    pub purchase: u32,
    /// Days the customer has for it, from the purchase before.
    pub days: u32,
}

/// Where one customer stands with a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Had the time and came back within it.
    Returned,
    /// Had the time and did not come back within it, maybe later.
    Missed,
    /// Has not had the time yet: counted on neither side, come back or not.
    Open,
}

/// People of a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Had the time and came back within it.
    pub returned: u32,
    /// Had the time.
    pub observed: u32,
    /// Have not had it yet.
    pub open: u32,
}

impl Tally {
    /// Adds one customer.
    pub fn add(&mut self, standing: Standing) {
        self.open += u32::from(standing == Standing::Open);
        self.observed += u32::from(standing != Standing::Open);
        self.returned += u32::from(standing == Standing::Returned);
    }
}

/// Counts everybody who made the purchase before the one that is waited for, at the end of the day `on`.
pub fn tally(view: &View<'_>, on: Day, window: Window) -> Tally {
    let mut tally = Tally::default();
    (0..view.customers.len()).filter_map(|place| standing(view, place, on, window)).for_each(|s| tally.add(s));
    tally
}

/// Where the customer at `place` stood at the end of the day `on`; nothing before the purchase it starts from.
pub fn standing(view: &View<'_>, place: usize, on: Day, window: Window) -> Option<Standing> {
    let mut days = fresh_days(view, place);
    let before = days.nth(window.purchase.checked_sub(2)? as usize)?;
    between(before, days.next(), on, window.days)
}

/// The days on which the customer at `place` decided to buy, oldest first.
pub(super) fn fresh_days(view: &View<'_>, place: usize) -> impl Iterator<Item = Day> {
    let (day, fresh) = (&view.purchases.day, &view.purchases.fresh);
    view.purchases_of(place).filter(|&p| fresh[p]).map(|p| day[p])
}

/// Where somebody stood with a window of so many days who bought on `before` and `next`; nothing before they bought.
pub(super) fn between(before: Day, next: Option<Day>, on: Day, days: u32) -> Option<Standing> {
    if before > on {
        return None;
    }
    let days = i32::try_from(days).unwrap_or(i32::MAX);
    if on - before < days {
        return Some(Standing::Open);
    }
    let is_in_time = next.is_some_and(|next| next - before <= days);
    Some(if is_in_time { Standing::Returned } else { Standing::Missed })
}
