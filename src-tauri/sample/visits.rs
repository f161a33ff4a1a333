//! Lives: when each person comes to the shop, and what for.

use super::dice::{Dice, Purpose};
use super::events;
use super::items::{ITEMS, Shelf};
use super::people::{Habit, Person};
use crate::shop::{Day, Mall, Moment};

/// One visit that ends in an order. Kept small: one for each order stands in memory until it is written.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    /// When.
    pub(crate) at: Moment,
    /// Who: `Person::number`.
    pub(crate) person: u32,
    /// The n-th order of this person, 1 the first.
    pub(crate) nth: u16,
    /// Where.
    pub(crate) mall: Mall,
    /// Split off the order before it (Yahoo).
    pub(crate) is_split: bool,
    /// Sent to somebody else.
    pub(crate) is_gift: bool,
    /// Place in `ITEMS` and pieces; unused places have 0 pieces.
    pub(crate) basket: [(u8, u8); 3],
}

impl Visit {
    /// What is in the basket: place in `ITEMS`, pieces.
    pub(crate) fn items(&self) -> impl Iterator<Item = (usize, i64)> + '_ {
        self.basket
            .iter()
            .filter(|(_, pieces)| *pieces > 0)
            .map(|(item, pieces)| (usize::from(*item), i64::from(*pieces)))
    }
}

/// The life of one person: their orders, oldest first; at least one.
pub(crate) fn visits(seed: u64, person: &Person, first: Day, last: Day) -> Vec<Visit> {
    let mut dice = Dice::of(seed, Purpose::Life, u64::from(person.number));
    let mut visits: Vec<Visit> = Vec::new();
    let mut day = first_day(person, first, last, &mut dice);
    let mut nth = 0;
    while day <= last && nth < 400 {
        nth += 1;
        let elsewhere = person.on_both_malls && nth > 1 && dice.chance(0.4);
        let mall = match (person.mall, elsewhere) {
            (Mall::Rakuten, true) => Mall::Yahoo,
            (_, true) => Mall::Rakuten,
            (mall, false) => mall,
        };
        let waits_for_event = match person.habit {
            Habit::Bargain => true,
            Habit::Subscriber => false,
            Habit::Everyday | Habit::Browser => nth > 1 && dice.chance(0.22),
            Habit::Giver => false,
        };
        if waits_for_event {
            while !events::has_event(mall, day) && day < last {
                day = day + 1;
            }
        }
        let at = events::shopping_moment(day, mall, waits_for_event, &mut dice);
        let is_gift = match person.habit {
            Habit::Giver => dice.chance(0.85),
            Habit::Subscriber => false,
            _ => events::is_gift_season(day) && dice.chance(0.12),
        };
        let basket = fill(person, nth, day, is_gift, &visits, &mut dice);
        let mut visit = Visit { at, person: person.number, nth, mall, is_split: false, is_gift, basket };
        let split = mall == Mall::Yahoo && visit.basket[1].1 > 0 && dice.chance(0.02);
        if split {
            let late = [visit.basket[1], visit.basket[2], (0, 0)];
            visit.basket = [visit.basket[0], (0, 0), (0, 0)];
            visits.push(visit.clone());
            nth += 1;
            visits.push(Visit { nth, is_split: true, basket: late, ..visit });
        } else {
            visits.push(visit);
        }
        if dice.chance(person.drop_out) {
            break;
        }
        day = next_day(person, day, &visits[visits.len() - 1], &mut dice);
    }
    visits
}

/// Lives that every shop tells, however small: item, pieces, days before the end. Without them a shop of three
/// hundred orders may lack one of the ten groups.
const CAST: [(&str, u8, &[i32]); 6] = [
    // Has just come, with a trial set.
    ("so-006", 1, &[6]),
    ("cf-006", 1, &[13]),
    // Came with a trial set some weeks ago.
    ("cf-006", 1, &[41]),
    // Came twice in spring and summer, and has been quiet since.
    ("cf-001", 2, &[163, 122]),
    // Bought every month for most of a year, then stopped.
    ("cf-002", 2, &[470, 441, 409, 380, 350, 318, 290, 262, 231]),
    ("pt-001", 1, &[520, 478, 430, 387, 345, 300, 252]),
];

/// The people of the cast come first, numbers 1 to this.
pub(crate) fn cast_count() -> u32 {
    CAST.len() as u32
}

/// The life of somebody of the cast, oldest order first; nothing for a number above `cast_count`.
pub(crate) fn cast_visits(seed: u64, person: &Person, last: Day) -> Vec<Visit> {
    let mut dice = Dice::of(seed, Purpose::Life, u64::from(person.number));
    let Some((code, pieces, days)) = CAST.get(person.number as usize - 1) else { return Vec::new() };
    let item = ITEMS.iter().position(|item| item.code == *code).unwrap_or_default() as u8;
    let visit = |(nth, before): (usize, &i32)| Visit {
        at: events::shopping_moment(last - *before, person.mall, false, &mut dice),
        person: person.number,
        nth: nth as u16 + 1,
        mall: person.mall,
        is_split: false,
        is_gift: false,
        basket: [(item, *pieces), (0, 0), (0, 0)],
    };
    days.iter().enumerate().map(visit).collect()
}

/// The day of the first order: more of them the longer the shop is open, in season and on event days.
fn first_day(person: &Person, first: Day, last: Day, dice: &mut Dice) -> Day {
    let span = last - first + 1;
    loop {
        let day = first + dice.below(span as u64) as i32;
        let grown = 0.75 + 0.5 * f64::from(day - first) / f64::from(span);
        let has_event = events::has_event(person.mall, day);
        let drawn = match person.habit {
            Habit::Bargain if !has_event => 0.0,
            Habit::Bargain => 1.0,
            Habit::Giver if events::is_gift_season(day) => 1.6,
            Habit::Giver => 0.12,
            _ if has_event => 1.0,
            _ => 0.75,
        };
        if dice.fraction() * 4.5 < grown * events::season(day) * drawn {
            return day;
        }
    }
}

/// The day on which this person comes again.
fn next_day(person: &Person, day: Day, before: &Visit, dice: &mut Dice) -> Day {
    let away = if dice.chance(0.03) { 5.0 } else { 1.0 };
    let gap = match person.habit {
        Habit::Subscriber => f64::from(ITEMS[usize::from(person.staple)].lasts_days),
        Habit::Everyday => {
            let used_up = before
                .items()
                .map(|(item, pieces)| f64::from(ITEMS[item].lasts_days) * pieces as f64)
                .fold(0.0, f64::max)
                .max(25.0);
            used_up * person.pace * dice.around_one(0.2) * away
        }
        Habit::Browser => 4.0 + person.mean_gap_days * dice.exponential() * away,
        Habit::Bargain => 6.0 + person.mean_gap_days * 0.75 * dice.exponential() * away,
        Habit::Giver => {
            let mut next = day + 40;
            while !events::is_gift_season(next) || !dice.chance(0.06) {
                next = next + 1;
            }
            return next;
        }
    };
    let day = day + (gap.round() as i32).clamp(1, 5_000);
    // A slow month puts some visits off.
    if person.habit != Habit::Subscriber && dice.fraction() > events::season(day) + 0.3 { day + 9 } else { day }
}

/// What goes into the basket on this visit.
fn fill(person: &Person, nth: u16, day: Day, is_gift: bool, past: &[Visit], dice: &mut Dice) -> [(u8, u8); 3] {
    let mut basket = [(0, 0); 3];
    let staple = (person.staple, person.pieces);
    if is_gift {
        basket[0] = (draw(day, dice, |item| if ITEMS[item].shelf == Shelf::Gift { 1.0 } else { 0.0 }), 1);
        if dice.chance(0.3) {
            basket[0].1 = dice.between(2, 3) as u8;
        }
        return basket;
    }
    let anything = |item: usize| if ITEMS[item].shelf == Shelf::Gift { 0.15 } else { 1.0 };
    match person.habit {
        Habit::Subscriber => basket[0] = staple,
        Habit::Everyday => {
            let shelf = ITEMS[usize::from(person.staple)].shelf;
            let is_trial = nth == 1 && dice.chance(0.3);
            let trial =
                ITEMS.iter().position(|item| item.shelf == shelf && item.price == 1_000 && item.lasts_days == 0);
            basket[0] = match trial {
                Some(trial) if is_trial => (trial as u8, 1),
                _ => (staple.0, if dice.chance(0.15) { 1 + staple.1 % 3 } else { staple.1 }),
            };
            // Who stays tries the shelf, then other shelves.
            if dice.chance(0.14 + 0.03 * f64::from(nth.min(8))) {
                let known = nth < 4;
                basket[1] =
                    (draw(day, dice, |item| if known && ITEMS[item].shelf != shelf { 0.2 } else { anything(item) }), 1);
            }
        }
        Habit::Browser => {
            basket[0] = (draw(day, dice, anything), 1);
            if dice.chance(0.45) {
                basket[1] = (draw(day, dice, anything), 1);
            }
            if dice.chance(0.18) {
                basket[2] = (draw(day, dice, anything), 1 + u8::from(dice.chance(0.2)));
            }
        }
        Habit::Bargain => {
            let cheap = |item: usize| if ITEMS[item].price <= 2_000 { 2.0 } else { 0.6 };
            basket[0] = (draw(day, dice, cheap), 1 + u8::from(dice.chance(0.25)));
            if dice.chance(0.3) {
                basket[1] = (draw(day, dice, cheap), 1);
            }
        }
        Habit::Giver => basket[0] = (draw(day, dice, anything), 1),
    }
    // Regulars try what has just come.
    if nth >= 3 && person.habit != Habit::Subscriber && basket[1].1 == 0 && dice.chance(0.22) {
        let tried = |item: usize| past.iter().any(|visit| visit.items().any(|(one, _)| one == item));
        let new = ITEMS.iter().enumerate().rposition(|(place, item)| {
            item.first_day().is_some_and(|first| first <= day && day - first <= 75) && !tried(place)
        });
        if let Some(new) = new {
            basket[1] = (new as u8, 1);
        }
    }
    merge(basket)
}

/// One of the items on sale, by how much it is liked and this weight.
fn draw(day: Day, dice: &mut Dice, weight: impl Fn(usize) -> f64) -> u8 {
    let weights = ITEMS.iter().enumerate().map(
        |(place, item)| {
            if item.is_sold_on(day) { item.liked * weight(place) } else { 0.0 }
        },
    );
    dice.weighted(weights) as u8
}

/// The same item twice becomes one line.
fn merge(mut basket: [(u8, u8); 3]) -> [(u8, u8); 3] {
    for place in 1..3 {
        for before in 0..place {
            if basket[place].1 > 0 && basket[before].1 > 0 && basket[before].0 == basket[place].0 {
                basket[before].1 += basket[place].1;
                basket[place] = (0, 0);
            }
        }
    }
    if basket[1].1 == 0 {
        basket.swap(1, 2);
    }
    basket
}
