//! Why other products show another share of people who come back: their definitions on this shop's orders.
//!
//! Each is told as its maker describes it; what a description leaves open stands at the definition.

use super::history::View;
use super::repeat::{self, Standing, Window};
use super::stats::Interval;
use crate::shop::{Day, Mall};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// A way to count who came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Definition {
    /// Ours: buyers of the period who came back in it, of all buyers of the period.
    OtokuiRepeat,
    /// Ours: first-time buyers of 180 days ago and earlier who bought again within 180 days.
    OtokuiF2,
    /// R-Karte's new and repeat buyers: of a period's buyers at Rakuten those who had bought before the period began.
    ///
    /// RMS does not publish how far it looks back; here it is as far as the ledger goes.
    RKarte,
    /// Store Creator Pro's premium statistics: existing is who ordered at this store within the year before
    /// (Yahoo!ショッピング, manual of 2024-02-09). Judged at the first order of the period.
    StoreCreator,
    /// Futureshop's F2: buyers of two orders or more, of all buyers of the three years that end with the period
    /// (futureshop, manual of the reports on repeat orders). Every delivery of a subscription is an order.
    Futureshop,
    /// Shopify's returning customers: buyers of the period with two orders or more in their whole history, also after
    /// the period (Shopify help, customer reports).
    Shopify,
    /// The repeat rate of handbooks: buyers of the period who had bought before, of all customers so far.
    AllSoFar,
    /// First-time buyers of the period who have bought again by now, whether or not they had the time.
    FirstTimers,
}

impl Definition {
    /// All of them, ours first.
    pub const ALL: [Definition; 8] = [
        Definition::OtokuiRepeat,
        Definition::OtokuiF2,
        Definition::RKarte,
        Definition::StoreCreator,
        Definition::Futureshop,
        Definition::Shopify,
        Definition::AllSoFar,
        Definition::FirstTimers,
    ];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Definition::OtokuiRepeat => "otokui_repeat",
            Definition::OtokuiF2 => "otokui_f2",
            Definition::RKarte => "r_karte",
            Definition::StoreCreator => "store_creator",
            Definition::Futureshop => "futureshop",
            Definition::Shopify => "shopify",
            Definition::AllSoFar => "all_so_far",
            Definition::FirstTimers => "first_timers",
        }
    }

    /// The mall whose orders alone it sees.
    pub fn mall(self) -> Option<Mall> {
        match self {
            Definition::RKarte => Some(Mall::Rakuten),
            Definition::StoreCreator => Some(Mall::Yahoo),
            _ => None,
        }
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Definition {
    type Err = ();
    fn from_str(text: &str) -> Result<Definition, ()> {
        Definition::ALL.into_iter().find(|definition| definition.word() == text).ok_or(())
    }
}

/// One definition and what it comes to here.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OtherDefinition {
    /// Which.
    pub key: Definition,
    /// The mall whose orders alone it sees; nothing when it sees all.
    pub mall: Option<Mall>,
    /// People it counts as having come back.
    pub back_count: u32,
    /// People it counts them among.
    pub customer_count: u32,
    /// One ÷ the other, with its 90 % interval; nothing for nobody.
    pub share: Option<Interval>,
    /// Whose it is and what it is called there; `app` fills in the words.
    pub label: String,
    /// What is counted, in a sentence.
    pub definition: String,
    /// In what it differs from ours, in a sentence; empty for ours.
    pub difference: String,
    /// Where the definition is from, and the day it was looked up.
    pub source: String,
}

/// Every definition on the orders of the view; periods are the view's own.
pub fn definitions(view: &View<'_>) -> Vec<OtherDefinition> {
    let mut counts = [(0, 0); Definition::ALL.len()];
    let begin = view.to.plus_months(-FUTURESHOP_MONTHS);
    for place in 0..view.customers.len() {
        for (counted, (back_count, customer_count)) in judged(view, place, begin).into_iter().zip(&mut counts) {
            *customer_count += u32::from(counted.is_some());
            *back_count += u32::from(counted == Some(true));
        }
    }
    let row = |(key, (back_count, customer_count)): (Definition, (u32, u32))| OtherDefinition {
        key,
        mall: key.mall(),
        back_count,
        customer_count,
        share: Interval::of_share(back_count, customer_count),
        label: String::new(),
        definition: String::new(),
        difference: String::new(),
        source: String::new(),
    };
    Definition::ALL.into_iter().zip(counts).map(row).collect()
}

/// [`judge`] of every definition in the view's own period, in one pass over the customer's purchases; futureshop looks at
/// the days after `begin`.
fn judged(view: &View<'_>, place: usize, begin: Day) -> [Option<bool>; Definition::ALL.len()] {
    let (columns, malls) = (&view.purchases, &view.history.orders.mall);
    let (from, to) = (view.from, view.to);
    let period = from..=to;
    let purchases = view.purchases_of(place);
    let first = columns.day[purchases.start];
    let (mut any, mut later, mut fresh_later) = (false, false, false);
    let (mut count, mut recent_count) = (0, 0);
    // Per mall the last order day before the period, and the first one in it.
    let (mut before, mut within) = ([None; 3], [None; 3]);
    for p in purchases.clone() {
        let day = columns.day[p];
        let (is_in, is_later) = (period.contains(&day), p > purchases.start);
        any |= is_in;
        later |= is_in && is_later;
        fresh_later |= is_in && is_later && columns.fresh[p];
        count += columns.order_count[p];
        recent_count += if day > begin && day <= to { columns.order_count[p] } else { 0 };
        for o in view.orders_of(p).filter(|_| day <= to) {
            let mall = malls[o] as usize;
            if day < from {
                before[mall] = Some(day);
            } else {
                within[mall].get_or_insert(day);
            }
        }
    }
    let before_within = |mall: Mall| within[mall as usize].map(|order: Day| (before[mall as usize], order));
    let one = |definition: Definition| match definition {
        Definition::OtokuiRepeat => any.then_some(fresh_later),
        Definition::OtokuiF2 => judge(view, place, definition, from, to),
        Definition::RKarte => before_within(Mall::Rakuten).map(|(before, _)| before.is_some()),
        Definition::StoreCreator => before_within(Mall::Yahoo)
            .map(|(before, order)| before.is_some_and(|before| before >= order.plus_months(-YEAR_MONTHS))),
        Definition::Futureshop => (recent_count > 0).then_some(recent_count > 1),
        Definition::Shopify => any.then_some(count > 1),
        Definition::AllSoFar => (first <= to).then_some(later),
        Definition::FirstTimers => period.contains(&first).then_some(purchases.len() > 1),
    };
    Definition::ALL.map(one)
}

const YEAR_MONTHS: i32 = 12;
const FUTURESHOP_MONTHS: i32 = 36;

/// Whether a definition counts the customer at `place` as having come back; nothing when it does not count them at all.
pub(super) fn judge(view: &View<'_>, place: usize, definition: Definition, from: Day, to: Day) -> Option<bool> {
    let columns = &view.purchases;
    let during = |day: &Day| (from..=to).contains(day);
    let days = || view.purchases_of(place).map(|p| columns.day[p]);
    let first = columns.day[view.purchases_of(place).start];
    match definition {
        Definition::OtokuiRepeat => {
            let later = || view.purchases_of(place).skip(1).filter(|&p| columns.fresh[p]);
            days().any(|day| during(&day)).then(|| later().any(|p| during(&columns.day[p])))
        }
        Definition::OtokuiF2 => match repeat::standing(view, place, view.as_of, Window { purchase: 2, days: 180 })? {
            Standing::Open => None,
            standing => Some(standing == Standing::Returned),
        },
        Definition::RKarte => {
            let at_mall = || orders(view, place, Mall::Rakuten);
            at_mall().any(|day| during(&day)).then(|| at_mall().any(|day| day < from))
        }
        Definition::StoreCreator => {
            let at_mall = || orders(view, place, Mall::Yahoo);
            let order = at_mall().find(during)?;
            let year = order.plus_months(-YEAR_MONTHS)..order;
            // Nothing lies between the period's begin and its first order.
            Some(at_mall().any(|day| year.contains(&day)))
        }
        Definition::Futureshop => {
            let begin = to.plus_months(-FUTURESHOP_MONTHS);
            let inside = view.purchases_of(place).filter(|&p| columns.day[p] > begin && columns.day[p] <= to);
            let count: u32 = inside.map(|p| columns.order_count[p]).sum();
            (count > 0).then_some(count > 1)
        }
        Definition::Shopify => {
            let count: u32 = view.purchases_of(place).map(|p| columns.order_count[p]).sum();
            days().any(|day| during(&day)).then_some(count > 1)
        }
        Definition::AllSoFar => (first <= to).then(|| days().skip(1).any(|day| during(&day))),
        Definition::FirstTimers => during(&first).then(|| days().nth(1).is_some()),
    }
}

/// The days of the orders of the customer at `place` at one mall, ascending.
fn orders(view: &View<'_>, place: usize, mall: Mall) -> impl Iterator<Item = Day> {
    let columns = &view.history.orders;
    let of_customer = view.purchases_of(place).flat_map(|p| view.orders_of(p));
    of_customer.filter(move |&o| columns.mall[o] == mall).map(|o| columns.ordered_at[o].day())
}
