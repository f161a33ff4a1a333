//! The people behind the figures of coming back, as they stand in an address.

use super::history::View;
use super::other_definitions::{self, Definition};
use super::repeat::{self, Standing, Window};
use crate::shop::{Day, Month};
use std::fmt;

/// `step:2:90:back` (came for the second time within 90 days of the first), `step:2:90:observed` (had these 90 days),
/// `step:2:90:open` (have not had them yet), `gap:2:1:10` (came for the second time 1 to 10 days after the first),
/// `waiting:2:41:98` (bought once, 41 to 98 days ago), `back:2025-03` (buyers of a month who came back in it),
/// `new:2025-01-01:2025-12-31` and `existing:…` (bought for the first time in these days, or again),
/// `counted:futureshop:2025-01-01:2025-12-31` (came back by another definition), `among:futureshop:…` (whom it counts them among).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BackPeople {
    /// Had the time a window gives, and came back within it.
    Back(Window),
    /// Had the time.
    Observed(Window),
    /// Have not had it yet.
    Open(Window),
    /// Made the purchase that many days after the one before.
    Gap(Window, u32),
    /// Made the purchase before it that many days ago, and not yet this one.
    Waiting(Window, u32),
    /// Buyers of the month with a fresh purchase in it that is not their first.
    Month(Month),
    /// First purchase in these days.
    New(Day, Day),
    /// A later purchase in these days.
    Existing(Day, Day),
    /// Came back in the sense of a definition.
    Counted(Definition, Day, Day),
    /// Whom a definition counts them among.
    Among(Definition, Day, Day),
}

impl BackPeople {
    /// Came with purchase `step` between `from` and `to` days after the one before.
    pub fn gap(step: u32, from: u32, to: u32) -> BackPeople {
        BackPeople::Gap(Window { purchase: step, days: to }, from)
    }

    /// What an address says, if it is about coming back.
    pub(crate) fn parse(text: &str) -> Option<BackPeople> {
        let parts: Vec<&str> = text.split(':').collect();
        let window = |purchase: &str, days: &str| {
            let purchase = purchase.parse().ok().filter(|&purchase| purchase >= 2)?;
            Some(Window { purchase, days: days.parse().ok()? })
        };
        let days = |from: &str, to: &str| Some((from.parse().ok()?, to.parse().ok()?));
        match parts[..] {
            ["step", step, days, "back"] => window(step, days).map(BackPeople::Back),
            ["step", step, days, "observed"] => window(step, days).map(BackPeople::Observed),
            ["step", step, days, "open"] => window(step, days).map(BackPeople::Open),
            ["gap", step, from, to] => Some(BackPeople::Gap(window(step, to)?, from.parse().ok()?)),
            ["waiting", step, from, to] => Some(BackPeople::Waiting(window(step, to)?, from.parse().ok()?)),
            ["back", month] => month.parse().ok().map(BackPeople::Month),
            ["new", from, to] => days(from, to).map(|(from, to)| BackPeople::New(from, to)),
            ["existing", from, to] => days(from, to).map(|(from, to)| BackPeople::Existing(from, to)),
            [word @ ("counted" | "among"), key, from, to] => {
                let ((from, to), key) = (days(from, to)?, key.parse().ok()?);
                Some(if word == "among" {
                    BackPeople::Among(key, from, to)
                } else {
                    BackPeople::Counted(key, from, to)
                })
            }
            _ => None,
        }
    }

    /// Who is meant, one answer per place in the view.
    pub(crate) fn select(self, view: &View<'_>) -> Vec<bool> {
        let (day, fresh) = (&view.purchases.day, &view.purchases.fresh);
        let stands = |place: usize, window: Window| repeat::standing(view, place, view.as_of, window);
        // Days from the purchase before to this one, or to `as_of` as long as it is waited for.
        let gap = |place: usize, purchase: u32| {
            let mut days = repeat::fresh_days(view, place);
            let before = days.nth(purchase as usize - 2)?;
            let next = days.next();
            Some(((next.unwrap_or(view.as_of) - before).max(0) as u32, next.is_some()))
        };
        let is_meant = |place: usize| match self {
            BackPeople::Back(window) => stands(place, window) == Some(Standing::Returned),
            BackPeople::Observed(window) => {
                matches!(stands(place, window), Some(Standing::Returned | Standing::Missed))
            }
            BackPeople::Open(window) => stands(place, window) == Some(Standing::Open),
            BackPeople::Gap(window, from) => {
                gap(place, window.purchase).is_some_and(|(days, back)| back && (from..=window.days).contains(&days))
            }
            BackPeople::Waiting(window, from) => {
                gap(place, window.purchase).is_some_and(|(days, back)| !back && (from..=window.days).contains(&days))
            }
            BackPeople::Month(month) => {
                let later = view.purchases_of(place).skip(1).filter(|&p| fresh[p]);
                later.map(|p| day[p]).any(|on| (month.first()..=month.last()).contains(&on))
            }
            BackPeople::New(from, to) => (from..=to).contains(&day[view.purchases_of(place).start]),
            BackPeople::Existing(from, to) => view.purchases_of(place).skip(1).any(|p| (from..=to).contains(&day[p])),
            BackPeople::Counted(key, from, to) => other_definitions::judge(view, place, key, from, to) == Some(true),
            BackPeople::Among(key, from, to) => other_definitions::judge(view, place, key, from, to).is_some(),
        };
        (0..view.customers.len()).map(is_meant).collect()
    }
}

impl fmt::Display for BackPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackPeople::Back(window) => write!(f, "step:{}:{}:back", window.purchase, window.days),
            BackPeople::Observed(window) => write!(f, "step:{}:{}:observed", window.purchase, window.days),
            BackPeople::Open(window) => write!(f, "step:{}:{}:open", window.purchase, window.days),
            BackPeople::Gap(window, from) => write!(f, "gap:{}:{from}:{}", window.purchase, window.days),
            BackPeople::Waiting(window, from) => write!(f, "waiting:{}:{from}:{}", window.purchase, window.days),
            BackPeople::Month(month) => write!(f, "back:{month}"),
            BackPeople::New(from, to) => write!(f, "new:{from}:{to}"),
            BackPeople::Existing(from, to) => write!(f, "existing:{from}:{to}"),
            BackPeople::Counted(key, from, to) => write!(f, "counted:{key}:{from}:{to}"),
            BackPeople::Among(key, from, to) => write!(f, "among:{key}:{from}:{to}"),
        }
    }
}
