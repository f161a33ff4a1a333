//! The people behind the figures of items, as they stand in an address.

use super::history::{Item, View};
use crate::shop::{Day, Mall};
use std::fmt;

/// `item:2025-01-01:2025-12-31:rakuten:beans` (bought it in those days), `item_all:rakuten:beans`,
/// `item_again:rakuten:beans` (on two days or more), `item_first:rakuten:beans` (their first purchase holds it),
/// `next:rakuten:beans,rakuten:cup` (the purchase after one of beans holds the cup),
/// `basket:2025-01-01:2025-12-31:rakuten:beans,rakuten:cup` (both on one of those days).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ItemPeople {
    /// Bought it in a period.
    During(Day, Day, ItemKey),
    /// Ever bought it.
    Ever(ItemKey),
    /// Bought it on two days or more, subscription deliveries aside.
    Again(ItemKey),
    /// Their first purchase holds it.
    First(ItemKey),
    /// The next fresh purchase after one with the first holds the second.
    Next(ItemKey, ItemKey),
    /// A fresh purchase of a period holds both.
    Basket(Day, Day, ItemKey, ItemKey),
}

/// Mall and code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ItemKey {
    /// Where it is sold.
    pub mall: Mall,
    /// The shop's code.
    pub code: String,
}

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.mall, self.code)
    }
}

impl ItemKey {
    fn parse(text: &str) -> Option<ItemKey> {
        let (mall, code) = text.split_once(':')?;
        Some(ItemKey { mall: mall.parse().ok()?, code: code.to_owned() }).filter(|key| !key.code.is_empty())
    }

    /// Two of them; a code may hold a comma, so the second begins at the last comma before the name of a mall.
    fn parse_two(text: &str) -> Option<(ItemKey, ItemKey)> {
        let two = |(at, _): (usize, &str)| Some((ItemKey::parse(&text[..at])?, ItemKey::parse(&text[at + 1..])?));
        text.rmatch_indices(',').find_map(two)
    }

    fn is(&self, item: &Item) -> bool {
        item.mall == self.mall && item.code == self.code
    }
}

impl fmt::Display for ItemPeople {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ItemPeople::During(from, to, key) => write!(f, "item:{from}:{to}:{key}"),
            ItemPeople::Ever(key) => write!(f, "item_all:{key}"),
            ItemPeople::Again(key) => write!(f, "item_again:{key}"),
            ItemPeople::First(key) => write!(f, "item_first:{key}"),
            ItemPeople::Next(key, next) => write!(f, "next:{key},{next}"),
            ItemPeople::Basket(from, to, key, with) => write!(f, "basket:{from}:{to}:{key},{with}"),
        }
    }
}

impl ItemPeople {
    /// What an address says, if it is about items.
    pub(crate) fn parse(text: &str) -> Option<ItemPeople> {
        let (word, rest) = text.split_once(':')?;
        let period = || {
            let mut parts = rest.splitn(3, ':');
            Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?))
        };
        match word {
            "item" => period().and_then(|(from, to, key)| Some(ItemPeople::During(from, to, ItemKey::parse(key)?))),
            "item_all" => ItemKey::parse(rest).map(ItemPeople::Ever),
            "item_again" => ItemKey::parse(rest).map(ItemPeople::Again),
            "item_first" => ItemKey::parse(rest).map(ItemPeople::First),
            "next" => ItemKey::parse_two(rest).map(|(key, next)| ItemPeople::Next(key, next)),
            "basket" => period().and_then(|(from, to, keys)| {
                let (key, with) = ItemKey::parse_two(keys)?;
                Some(ItemPeople::Basket(from, to, key, with))
            }),
            _ => None,
        }
    }

    /// The items it names, in the order of the address.
    pub fn keys(&self) -> Vec<&ItemKey> {
        match self {
            ItemPeople::During(_, _, key) | ItemPeople::Ever(key) | ItemPeople::Again(key) | ItemPeople::First(key) => {
                vec![key]
            }
            ItemPeople::Next(key, other) | ItemPeople::Basket(_, _, key, other) => vec![key, other],
        }
    }

    /// Who is meant, one answer per place in the view.
    pub(crate) fn select(&self, view: &View<'_>) -> Vec<bool> {
        let history = view.history;
        let places: Vec<Option<u32>> =
            self.keys().iter().map(|key| history.items.iter().position(|i| key.is(i)).map(|at| at as u32)).collect();
        let holds = |p: usize, key: usize, deliveries: bool| {
            let orders = view.orders_of(p).filter(|&o| deliveries || !history.orders.subscription[o]);
            orders.flat_map(|o| history.lines_of(o)).any(|line| Some(line.item) == places[key])
        };
        let during = |p: usize, from: Day, to: Day| (from..=to).contains(&view.purchases.day[p]);
        let fresh = |place: usize| view.purchases_of(place).filter(|&p| view.purchases.fresh[p]);
        let is_meant = |place: usize| match self {
            ItemPeople::During(from, to, _) => {
                view.purchases_of(place).any(|p| during(p, *from, *to) && holds(p, 0, true))
            }
            ItemPeople::Ever(_) => view.purchases_of(place).any(|p| holds(p, 0, true)),
            ItemPeople::Again(_) => {
                let mut held = view.purchases_of(place).skip_while(|&p| !holds(p, 0, true)).skip(1);
                held.any(|p| holds(p, 0, false))
            }
            ItemPeople::First(_) => holds(view.purchases_of(place).start, 0, true),
            ItemPeople::Next(..) => {
                fresh(place).zip(fresh(place).skip(1)).any(|(p, next)| holds(p, 0, true) && holds(next, 1, true))
            }
            ItemPeople::Basket(from, to, ..) => {
                fresh(place).any(|p| during(p, *from, *to) && holds(p, 0, true) && holds(p, 1, true))
            }
        };
        (0..view.customers.len()).map(is_meant).collect()
    }
}
