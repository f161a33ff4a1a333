//! One customer's purchases by the years that end with `as_of`, seen in one pass: what the growth map and the table of assets ask.

use super::growth::{Arrow, Stage};
use super::growth_people::{BEST, SETTLED, YEAR, purchases_of};
use super::history::View;
use crate::shop::{Day, Yen};

/// Years that are told apart, the last one first; what lies before them is in none.
pub(crate) const YEARS: usize = 7;

/// What one customer did in each year. A year is 365 days; year 0 ends with `as_of`, year 1 a year before, and so on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// The year of the first purchase, from [`YEARS`] on long ago.
    pub first: usize,
    /// Value by year.
    pub value: [i64; YEARS],
    bought: [bool; YEARS],
    /// Days of the first fresh purchases.
    fresh: [Day; BEST],
    fresh_count: usize,
    /// Fresh purchases up to a year before `as_of`.
    fresh_before: usize,
}

impl Seen {
    /// Of the customer at `place`; `values` are those of `view.purchases`.
    pub fn of(view: &View<'_>, values: &[Yen], place: usize) -> Seen {
        let (day, fresh) = (&view.purchases.day, &view.purchases.fresh);
        let purchases = view.purchases_of(place);
        let year_of = |p: usize| ((view.as_of - day[p]) / YEAR) as usize;
        let mut seen = Seen {
            first: year_of(purchases.start),
            value: [0; YEARS],
            bought: [false; YEARS],
            fresh: [Day(0); BEST],
            fresh_count: 0,
            fresh_before: 0,
        };
        for p in purchases {
            let year = year_of(p);
            if year < YEARS {
                seen.value[year] += values[p].0;
                seen.bought[year] = true;
            }
            if fresh[p] {
                if seen.fresh_count < BEST {
                    seen.fresh[seen.fresh_count] = day[p];
                }
                seen.fresh_count += 1;
                seen.fresh_before += usize::from(year > 0);
            }
        }
        seen
    }

    /// Whether they bought in the year; nothing when they had not bought by its end.
    pub fn active(&self, year: usize) -> Option<bool> {
        if self.bought[year] { Some(true) } else { (self.first > year).then_some(false) }
    }

    /// Day of the n-th fresh purchase, from 1 to [`BEST`].
    pub fn nth(&self, n: usize) -> Option<Day> {
        (n <= self.fresh_count).then(|| self.fresh[n - 1])
    }

    /// Where they stand at `as_of`.
    pub fn stage(&self) -> Stage {
        match (self.active(1), self.active(0)) {
            (Some(false), Some(true)) => Stage::Returned,
            (_, Some(true)) => match self.fresh_count {
                0 | 1 => Stage::New,
                2..SETTLED => Stage::F2,
                SETTLED..BEST => Stage::Settled,
                _ => Stage::Best,
            },
            _ => Stage::Lapsed,
        }
    }

    /// Whether they are one of the best and active at `as_of`.
    pub fn is_best(&self) -> bool {
        self.active(0) == Some(true) && self.fresh_count >= BEST
    }

    /// Whether they took the arrow; nothing for who could not, or has not had a year for it yet.
    pub fn step(&self, arrow: Arrow, as_of: Day) -> Option<bool> {
        if let Some((from, to)) = purchases_of(arrow) {
            let from = self.nth(from)?;
            let made = || self.nth(to).is_some_and(|to| to - from <= YEAR);
            return (as_of - from >= YEAR).then(made);
        }
        let was_best = self.active(1) == Some(true) && self.fresh_before >= BEST;
        match arrow {
            Arrow::Lapsed => was_best.then(|| self.active(0) == Some(false)),
            _ => (self.active(1) == Some(false)).then(|| self.active(0) == Some(true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::gap::tests::{shop, view};
    use super::super::growth_people;
    use super::*;

    /// Gaps of 5 to 900 days in no order, some of them at the ends of years.
    #[test]
    fn one_pass_says_what_looking_up_each_day_says() {
        let mut orders = Vec::new();
        for customer in 0..400_i64 {
            let mut day = (customer * 37 % 2_900) as i32;
            for number in 0..1 + customer % 11 {
                orders.push((customer, day, 1));
                day += [5, 364, 365, 366, 30, 730, 900, 90][((customer + number * 3) % 8) as usize];
                if day > 3_000 {
                    break;
                }
            }
        }
        orders.push((999, 3_000, 1));
        let history = shop(&orders);
        let view = view(&history);
        let values = &view.purchases.net_sales;
        for place in 0..view.customers.len() {
            let seen = Seen::of(&view, values, place);
            assert_eq!(seen.stage(), growth_people::stage(&view, place), "place {place}");
            assert_eq!(seen.is_best(), growth_people::is_best(&view, place, view.as_of), "place {place}");
            for arrow in Arrow::ALL {
                assert_eq!(seen.step(arrow, view.as_of), growth_people::step(&view, place, arrow), "{place} {arrow:?}");
            }
            for year in 0..YEARS {
                let end = view.as_of + -YEAR * year as i32;
                assert_eq!(seen.active(year), growth_people::active_on(&view, place, end), "{place}, year {year}");
            }
        }
    }
}
