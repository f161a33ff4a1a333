//! Where a customer stands on the way from the first purchase to a best customer, and the people of each place.

use super::growth::{Arrow, Stage};
use super::history::View;
use crate::shop::Day;
use std::fmt;
use std::str::FromStr;

/// A year in days, as everywhere where LTV(365) or F2(365) is meant.
pub(crate) const YEAR: i32 = 365;
/// Purchases from which somebody has settled, and from which they are a best customer: the lower ends of the bands 3
/// and 5 of the score F.
pub(crate) const SETTLED: usize = 3;
/// See [`SETTLED`].
pub(crate) const BEST: usize = 6;

/// People of the growth map, as in an address: `growth:stage:settled`, `growth:of:f2` (who could take the arrow),
/// `growth:made:f2` (who did), `growth:active:2025-06-30` (bought in the year up to that day), `growth:lapsed:…` (had bought,
/// but not in that year), `growth:kept:…` (active then and the year before), `growth:returned:…` (active then, lapsed a
/// year before).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrowthPeople {
    /// Who stands there at `as_of`.
    Stage(Stage),
    /// Behind the rate of an arrow.
    Of(Arrow),
    /// Who of them took it.
    Made(Arrow),
    /// Bought within the year that ends with the day.
    Active(Day),
    /// Had bought by then, but not within that year.
    Lapsed(Day),
    /// Active on the day and a year before.
    Kept(Day),
    /// Active on the day, lapsed a year before.
    Returned(Day),
}

impl fmt::Display for GrowthPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GrowthPeople::Stage(stage) => write!(f, "growth:stage:{}", stage.word()),
            GrowthPeople::Of(arrow) => write!(f, "growth:of:{}", arrow.word()),
            GrowthPeople::Made(arrow) => write!(f, "growth:made:{}", arrow.word()),
            GrowthPeople::Active(day) => write!(f, "growth:active:{day}"),
            GrowthPeople::Lapsed(day) => write!(f, "growth:lapsed:{day}"),
            GrowthPeople::Kept(day) => write!(f, "growth:kept:{day}"),
            GrowthPeople::Returned(day) => write!(f, "growth:returned:{day}"),
        }
    }
}

impl GrowthPeople {
    /// What an address says, if it is about the growth map.
    pub(crate) fn parse(text: &str) -> Option<GrowthPeople> {
        let (word, rest) = text.strip_prefix("growth:")?.split_once(':')?;
        let day = || Day::from_str(rest).ok();
        match word {
            "stage" => Stage::ALL.into_iter().find(|stage| stage.word() == rest).map(GrowthPeople::Stage),
            "of" => Arrow::ALL.into_iter().find(|arrow| arrow.word() == rest).map(GrowthPeople::Of),
            "made" => Arrow::ALL.into_iter().find(|arrow| arrow.word() == rest).map(GrowthPeople::Made),
            "active" => day().map(GrowthPeople::Active),
            "lapsed" => day().map(GrowthPeople::Lapsed),
            "kept" => day().map(GrowthPeople::Kept),
            "returned" => day().map(GrowthPeople::Returned),
            _ => None,
        }
    }

    /// Who is meant, one answer per place in the view.
    pub(crate) fn select(self, view: &View<'_>) -> Vec<bool> {
        let is_meant = |place: usize| match self {
            GrowthPeople::Stage(wanted) => stage(view, place) == wanted,
            GrowthPeople::Of(arrow) => step(view, place, arrow).is_some(),
            GrowthPeople::Made(arrow) => step(view, place, arrow) == Some(true),
            GrowthPeople::Active(day) => active_on(view, place, day) == Some(true),
            GrowthPeople::Lapsed(day) => active_on(view, place, day) == Some(false),
            GrowthPeople::Kept(day) => was_and_is(view, place, day, true),
            GrowthPeople::Returned(day) => was_and_is(view, place, day, false),
        };
        (0..view.customers.len()).map(is_meant).collect()
    }
}

/// Whether active on the day, and active or lapsed (`was_active`) a year before.
fn was_and_is(view: &View<'_>, place: usize, day: Day, was_active: bool) -> bool {
    active_on(view, place, day + -YEAR) == Some(was_active) && active_on(view, place, day) == Some(true)
}

/// Whether the customer bought on one of the 365 days that end with `day`; nothing before the first purchase.
/// Subscription deliveries count: who receives them is a customer.
pub(crate) fn active_on(view: &View<'_>, place: usize, day: Day) -> Option<bool> {
    let bought = &view.purchases.day[view.purchases_of(place)];
    let last = bought[..bought.partition_point(|&on| on <= day)].last()?;
    Some(day - *last < YEAR)
}

/// Day of the n-th fresh purchase, from 1.
pub(crate) fn nth(view: &View<'_>, place: usize, n: usize) -> Option<Day> {
    view.purchases_of(place).filter(|&p| view.purchases.fresh[p]).nth(n - 1).map(|p| view.purchases.day[p])
}

/// Fresh purchases up to the day.
fn count_by(view: &View<'_>, place: usize, day: Day) -> usize {
    let until = view.purchases_of(place).take_while(|&p| view.purchases.day[p] <= day);
    until.filter(|&p| view.purchases.fresh[p]).count()
}

/// Whether the customer is one of the best and active on the day.
pub(crate) fn is_best(view: &View<'_>, place: usize, day: Day) -> bool {
    active_on(view, place, day) == Some(true) && count_by(view, place, day) >= BEST
}

/// Where the customer stands at `as_of`; everybody stands somewhere.
pub(crate) fn stage(view: &View<'_>, place: usize) -> Stage {
    let now = view.as_of;
    match (active_on(view, place, now + -YEAR), active_on(view, place, now)) {
        (Some(false), Some(true)) => Stage::Returned,
        (_, Some(true)) => match count_by(view, place, now) {
            0 | 1 => Stage::New,
            2..SETTLED => Stage::F2,
            SETTLED..BEST => Stage::Settled,
            _ => Stage::Best,
        },
        _ => Stage::Lapsed,
    }
}

/// From which purchase to which an arrow between purchases leads.
pub(crate) fn purchases_of(arrow: Arrow) -> Option<(usize, usize)> {
    match arrow {
        Arrow::F2 => Some((1, 2)),
        Arrow::Settled => Some((2, SETTLED)),
        Arrow::Best => Some((SETTLED, BEST)),
        Arrow::Lapsed | Arrow::Returned => None,
    }
}

/// Whether the customer took the arrow; nothing for who could not, or has not had a year for it yet.
pub(crate) fn step(view: &View<'_>, place: usize, arrow: Arrow) -> Option<bool> {
    let (now, before) = (view.as_of, view.as_of + -YEAR);
    if let Some((from, to)) = purchases_of(arrow) {
        let from = nth(view, place, from)?;
        let made = || nth(view, place, to).is_some_and(|to| to - from <= YEAR);
        return (now - from >= YEAR).then(made);
    }
    match arrow {
        Arrow::Lapsed => is_best(view, place, before).then(|| active_on(view, place, now) == Some(false)),
        _ => (active_on(view, place, before) == Some(false)).then(|| active_on(view, place, now) == Some(true)),
    }
}
