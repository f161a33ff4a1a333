//! Customers parted by their first purchase: by when it was, where, of what, and with which incentive.
//!
//! Every customer is in exactly one part. The first order is the earliest of the first purchase day in scope.

use super::calendar::Calendar;
use super::category::Categories;
use super::history::View;
use super::periods::{Periods, Unit};
use crate::shop::Yen;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// By what customers are parted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Month of the first purchase; keys `2025-01`.
    #[default]
    Month,
    /// Quarter of the calendar year; keys `2025-Q1`.
    Quarter,
    /// Week from Monday to Sunday; keys are its Monday, `2025-01-06`.
    Week,
    /// Mall of the first order; keys `rakuten`, `yahoo`, `own`.
    FirstMall,
    /// The item with most goods in the first order, of equal ones the first line; keys `rakuten:beans-200`, empty for
    /// an order without lines.
    FirstItem,
    /// That item's category; keys are its name, empty where item files name none.
    FirstCategory,
    /// What went with the first order: [`Incentive`]'s words.
    Incentive,
}

impl By {
    /// All, in the order in which they are offered.
    pub const ALL: [By; 7] =
        [By::Month, By::Quarter, By::Week, By::FirstMall, By::FirstItem, By::FirstCategory, By::Incentive];

    /// The word on the wire and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            By::Month => "month",
            By::Quarter => "quarter",
            By::Week => "week",
            By::FirstMall => "first_mall",
            By::FirstItem => "first_item",
            By::FirstCategory => "first_category",
            By::Incentive => "incentive",
        }
    }

    /// Whether a part is a stretch of time, so that all its people are about as old.
    pub fn is_calendar(self) -> bool {
        matches!(self, By::Month | By::Quarter | By::Week)
    }

    /// The length of the periods in which a part is followed: its own, else months.
    pub(super) fn unit(self) -> Unit {
        match self {
            By::Quarter => Unit::Quarter,
            By::Week => Unit::Week,
            _ => Unit::Month,
        }
    }
}

impl FromStr for By {
    type Err = ();
    fn from_str(text: &str) -> Result<By, ()> {
        By::ALL.into_iter().find(|by| by.word() == text).ok_or(())
    }
}

/// What went with an order; the first of these that is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Incentive {
    /// On an event day of its mall.
    Event,
    /// A coupon of the shop, no event day. The mall's coupon and points are how a buyer pays: one number in these
    /// columns, so they decide nothing here.
    Coupon,
    /// A raised point multiplier, no event day and no coupon.
    Points,
    /// None of these: bought at full value.
    FullValue,
    /// The export tells no time of day, and only part of the day was an event.
    Unclear,
}

impl Incentive {
    /// The word on the wire and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Incentive::Event => "event",
            Incentive::Coupon => "coupon",
            Incentive::Points => "points",
            Incentive::FullValue => "full_value",
            Incentive::Unclear => "unclear",
        }
    }
}

/// What parting needs to know besides the orders.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The malls' events.
    pub calendar: &'a Calendar,
    /// The items' categories.
    pub categories: &'a Categories,
}

/// The parts of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Parting {
    /// By what.
    pub by: By,
    /// Times oldest first, everything else by people, most first, ties by key; none is without people.
    pub keys: Vec<String>,
    /// Per place of the view its part.
    pub of: Vec<u32>,
    /// Per part its places, ascending.
    pub members: Vec<Vec<u32>>,
}

/// Parts the customers of a view.
pub fn part(view: &View<'_>, by: By, known: &Known<'_>) -> Parting {
    let orders = &view.history.orders;
    let places = 0..view.customers.len();
    let first_day = |place: usize| view.purchases.day[view.starts[place] as usize];
    // Orders of a customer stand by moment and order number, so the first in scope is the earliest.
    let first_order = |place: usize| view.orders_of(view.starts[place] as usize).next();
    let item = |place: usize| {
        let lines = view.history.lines_of(first_order(place)?).iter().enumerate();
        lines.max_by_key(|(at, line)| (line.goods, std::cmp::Reverse(*at))).map(|(_, line)| line.item)
    };
    match by {
        By::Month | By::Quarter | By::Week => {
            let periods = Periods::of(view, by);
            let number = |place: usize| periods.number(first_day(place));
            Parting::of(by, places.map(number), |number| periods.key(number))
        }
        By::FirstMall => {
            let mall = |place: usize| first_order(place).map(|o| orders.mall[o]);
            Parting::of(by, places.map(mall), |mall| mall.map_or_else(String::new, |mall| mall.to_string()))
        }
        By::FirstItem => Parting::of(by, places.map(item), |item| {
            let item = item.map(|item| &view.history.items[item as usize]);
            item.map_or_else(String::new, |item| format!("{}:{}", item.mall, item.code))
        }),
        By::FirstCategory => {
            let category = |place: usize| known.categories.of_item.get(item(place)? as usize).copied().flatten();
            let name = |category: u32| known.categories.names.get(category as usize).cloned();
            Parting::of(by, places.map(category), |category| category.and_then(name).unwrap_or_default())
        }
        By::Incentive => {
            let days = known.calendar.days(view.reaches_back_to, view.as_of);
            let incentive = |o: usize| match days.is_event(orders.mall[o], orders.ordered_at[o], orders.time_known[o]) {
                Some(true) => Incentive::Event,
                _ if orders.shop_coupon.at(o) != Yen::ZERO => Incentive::Coupon,
                _ if orders.point_multiplier[o] > 1 => Incentive::Points,
                Some(false) => Incentive::FullValue,
                None => Incentive::Unclear,
            };
            let of = |place: usize| first_order(place).map_or(Incentive::Unclear, incentive);
            Parting::of(by, places.map(of), |incentive| incentive.word().to_owned())
        }
    }
}

impl Parting {
    fn of<T: Copy + Eq + std::hash::Hash + Ord>(
        by: By,
        values: impl Iterator<Item = T>,
        key: impl Fn(T) -> String,
    ) -> Parting {
        let mut numbers: FxHashMap<T, u32> = FxHashMap::default();
        let mut found: Vec<(T, Vec<u32>)> = Vec::new();
        for (place, value) in values.enumerate() {
            let number = *numbers.entry(value).or_insert_with(|| {
                found.push((value, Vec::new()));
                found.len() as u32 - 1
            });
            found[number as usize].1.push(place as u32);
        }
        let mut parts: Vec<(T, String, Vec<u32>)> =
            found.into_iter().map(|(value, members)| (value, key(value), members)).collect();
        match by.is_calendar() {
            true => parts.sort_by_key(|(value, ..)| *value),
            false => parts.sort_by(|a, b| b.2.len().cmp(&a.2.len()).then_with(|| a.1.cmp(&b.1))),
        }
        let mut of = vec![0; parts.iter().map(|part| part.2.len()).sum()];
        for (number, (_, _, members)) in (0..).zip(&parts) {
            members.iter().for_each(|&place| of[place as usize] = number);
        }
        let (keys, members) = parts.into_iter().map(|(_, key, members)| (key, members)).unzip();
        Parting { by, keys, of, members }
    }

    /// The part of this key.
    pub fn number(&self, key: &str) -> Option<usize> {
        self.keys.iter().position(|known| known == key)
    }
}

/// Which customers of a part, as it stands behind `cohort:` in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// All of them.
    Ever,
    /// Who bought in period k after the first.
    In(u32),
    /// Who bought again in periods 1 to k.
    UpTo(u32),
}

/// People of a part: `cohort:2025-01`, `cohort:2025-01:3`, `cohort:quarter:3:2025-Q1`,
/// `cohort:first_item:all:rakuten:beans-200`, `cohort:month:to-3:2025-01`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartPeople {
    /// By what customers are parted.
    pub by: By,
    /// Which of them.
    pub when: When,
    /// Which part.
    pub key: String,
}

impl fmt::Display for PartPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PartPeople { by, when, key } = self;
        match (by, when) {
            (By::Month, When::Ever) => write!(f, "cohort:{key}"),
            (By::Month, When::In(period)) => write!(f, "cohort:{key}:{period}"),
            (_, When::Ever) => write!(f, "cohort:{}:all:{key}", by.word()),
            (_, When::In(period)) => write!(f, "cohort:{}:{period}:{key}", by.word()),
            (_, When::UpTo(period)) => write!(f, "cohort:{}:to-{period}:{key}", by.word()),
        }
    }
}

impl PartPeople {
    /// What an address says, if it is about a part in this long form.
    pub(crate) fn parse(text: &str) -> Option<PartPeople> {
        let mut parts = text.strip_prefix("cohort:")?.splitn(3, ':');
        let by = parts.next()?.parse().ok()?;
        let when = match parts.next()? {
            "all" => When::Ever,
            when => match when.strip_prefix("to-") {
                Some(period) => When::UpTo(period.parse().ok()?),
                None => When::In(when.parse().ok()?),
            },
        };
        Some(PartPeople { by, when, key: parts.next()?.to_owned() })
    }

    /// Who is meant, one answer per place in the view; as in the cohort table, of fresh purchases and of periods that
    /// are over or, for parts of the calendar, begun.
    pub fn select(&self, view: &View<'_>, known: &Known<'_>) -> Vec<bool> {
        let parting = part(view, self.by, known);
        let Some(number) = parting.number(&self.key) else { return vec![false; view.customers.len()] };
        let periods = Periods::of(view, self.by);
        let mut chosen = vec![false; view.customers.len()];
        for &place in &parting.members[number] {
            let place = place as usize;
            let followed = periods.followed(view.purchases.day[view.starts[place] as usize], self.by);
            let begin = periods.number(view.purchases.day[view.starts[place] as usize]);
            let bought = |wanted: std::ops::RangeInclusive<usize>| {
                view.purchases_of(place).any(|p| {
                    let period = periods.number(view.purchases.day[p]) - begin;
                    view.purchases.fresh[p] && period < followed && wanted.contains(&period)
                })
            };
            chosen[place] = match self.when {
                When::Ever => true,
                When::In(period) => bought(period as usize..=period as usize),
                When::UpTo(period) => (period as usize) < followed && bought(1..=period as usize),
            };
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_a_part_read_what_they_write() {
        for text in [
            "cohort:quarter:3:2025-Q1",
            "cohort:month:to-3:2025-01",
            "cohort:first_item:all:rakuten:beans:200",
            "cohort:first_category:all:",
        ] {
            assert_eq!(PartPeople::parse(text).map(|people| people.to_string()).as_deref(), Some(text));
        }
        assert_eq!(PartPeople::parse("cohort:2025-01:3"), None, "the short form is of months");
        assert_eq!(PartPeople::parse("cohort:week:soon:2025-01-06"), None);
    }
}
