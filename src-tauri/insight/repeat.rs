//! How many first-time buyers come back.
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
    let (day, fresh) = (&view.purchases.day, &view.purchases.fresh);
    let window = window_days as i32;
    let (mut people, mut returned) = (0, 0);
    for place in 0..view.customers.len() {
        let purchases = view.purchases_of(place);
        let first = day[purchases.start];
        if on - first < window {
            continue;
        }
        people += 1;
        let second = (purchases.start + 1..purchases.end).find(|&p| fresh[p]);
        returned += u32::from(second.is_some_and(|p| day[p] - first <= window));
    }
    Interval::of_share(returned, people)
}
