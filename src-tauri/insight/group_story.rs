//! Groups of the past: everybody's at every month end, and one customer's.
//!
//! Each month end is scored with its own thresholds, from what was known then; only the choice of what value is, and the
//! owner's rules, stay those of `as_of`.

use super::history::View;
use super::months::Months;
use super::rfm::{GroupCounts, GroupKey, GroupRules, RfmScore, Thresholds};
use super::standing::{self, Standing};
use super::value;
use crate::shop::{Day, Yen};

/// What the month ends say of everybody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupStory {
    /// People of each group at every month end since the first purchase, oldest first, and at `as_of`.
    pub counts: Vec<GroupCounts>,
    /// Per place in the view: the group before the one at `as_of`, and the first of these days in a row on which the
    /// customer was in the present one. Nothing for who has only ever been in one.
    pub changes: Vec<Option<(GroupKey, Day)>>,
}

/// The groups of everybody at every month end.
pub fn story(view: &View<'_>) -> GroupStory {
    const NOBODY: u8 = u8::MAX;
    let values = value::per_purchase(view, value::basis(view));
    let months = Months::of(view);
    let dealt = Dealt::of(view, &months);
    let places = view.customers.len();
    let mut standing = Standing::before(view);
    let mut last_fresh = vec![Day(0); places];
    // Value within 32 bits, which is all there is unless a threshold lies beyond them.
    let mut spent = vec![0_i32; places];
    let mut cells = vec![0_u8; places];
    let group_of: [u8; CELLS + 1] = std::array::from_fn(|cell| match cell {
        CELLS => NOBODY,
        _ => RfmScore::of((cell / 25) as u8 + 1, (cell / 5 % 5) as u8 + 1, (cell % 5) as u8 + 1).group() as u8,
    });
    let (mut group, mut previous, mut since) = (vec![NOBODY; places], vec![NOBODY; places], vec![Day(0); places]);
    let mut counts = Vec::new();
    for number in 0..=(view.as_of.month().0 - months.first.0) as usize {
        for &(place, p) in dealt.month(number) {
            standing.take(view, &values, &mut last_fresh, place as usize, p as usize);
            let place = place as usize;
            spent[place] = standing.value[place].0.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
        }
        standing.on = months.first.plus(number as i32).last().min(view.as_of);
        let thresholds = standing.thresholds();
        let monetary = thresholds.monetary.map(|yen| yen.0);
        match monetary.iter().all(|&yen| i32::try_from(yen).is_ok_and(|yen| yen > i32::MIN)) {
            true => fill(&mut cells, &standing, &thresholds, &spent, monetary.map(|yen| yen as i32)),
            false => fill(&mut cells, &standing, &thresholds, &standing.value, thresholds.monetary),
        }
        let mut people = [0_u32; u8::MAX as usize + 1];
        for (place, &cell) in cells.iter().enumerate() {
            let now = group_of[usize::from(cell)];
            people[usize::from(now)] += 1;
            if group[place] != now {
                (previous[place], since[place]) = (group[place], standing.on);
                group[place] = now;
            }
        }
        let people = people[..GroupKey::ALL.len()].to_vec();
        counts.push(GroupCounts { on: standing.on, customer_count: standing.customer_count as u32, counts: people });
    }
    let change = |place: usize| GroupKey::ALL.get(usize::from(previous[place])).map(|&before| (before, since[place]));
    GroupStory { counts, changes: (0..places).map(change).collect() }
}

/// Scores of recency, frequency and value together.
const CELLS: usize = 125;

/// Per place (recency × 5 + frequency) × 5 + value, each score from 0; [`CELLS`] for who has not bought yet. Without a
/// branch, so that several places are worked out at once.
fn fill<T: Copy + PartialOrd>(
    cells: &mut [u8],
    standing: &Standing,
    thresholds: &Thresholds,
    spent: &[T],
    monetary: [T; 4],
) {
    // Whole days: up to a threshold is up to its whole part.
    let latest = thresholds.recency_days.map(|days| standing.on.0.saturating_sub(days.floor() as i32));
    let least = thresholds.order_count;
    let columns = standing.last_on.iter().zip(&standing.order_count).zip(spent);
    for (cell, ((last_on, &count), &spent)) in cells.iter_mut().zip(columns) {
        let recency: i32 = latest.iter().map(|&latest| i32::from(last_on.0 >= latest)).sum();
        let frequency: i32 = least.iter().map(|&least| i32::from(count >= least)).sum();
        let value: i32 = monetary.iter().map(|&least| i32::from(spent >= least)).sum();
        let of_buyer = (recency * 5 + frequency) * 5 + value;
        *cell = if count > 0 { of_buyer } else { CELLS as i32 } as u8;
    }
}

/// The group of one customer at each month end since the first purchase, oldest first, and at `as_of`.
///
/// Each day is scored with that day's own thresholds.
/// Thresholds need everybody, scores only one: the purchases are dealt into months once, everybody's value so far is
/// carried on from month to month, and the score of value comes from the number of customers with as much or less.
pub fn group_history(view: &View<'_>, place: usize) -> Vec<(Day, GroupKey)> {
    let values = value::per_purchase(view, value::basis(view));
    let columns = &view.purchases;
    let months = Months::of(view);
    let dealt = Dealt::of(view, &months);
    let own_first = columns.day[view.starts[place] as usize];
    let (mut shop, mut own) = (ShopSoFar::new(view), view.purchases_of(place).start..view.purchases_of(place).start);
    let mut history = Vec::new();
    let last = view.as_of.month();
    for number in 0..=(last.0 - months.first.0) as usize {
        for &(place, p) in dealt.month(number) {
            shop.add(view, &values, place as usize, p as usize);
        }
        let on = months.first.plus(number as i32).last().min(view.as_of);
        if on < own_first {
            continue;
        }
        while own.end < view.purchases_of(place).end && columns.day[own.end] <= on {
            own.end += 1;
        }
        let order_count = own.clone().filter(|&p| columns.fresh[p]).count() as u32;
        let recency_days = on - columns.day[own.end - 1];
        history.push((on, shop.score(place, recency_days, order_count).group()));
    }
    history
}

/// Purchases with their place, by month.
struct Dealt {
    starts: Vec<usize>,
    purchases: Vec<(u32, u32)>,
}

impl Dealt {
    fn of(view: &View<'_>, months: &Months) -> Dealt {
        let day = &view.purchases.day;
        let mut starts = vec![0; months.count + 1];
        day.iter().for_each(|&day| starts[months.number(day) + 1] += 1);
        (0..months.count).for_each(|number| starts[number + 1] += starts[number]);
        let mut next = starts.clone();
        let mut purchases = vec![(0, 0); day.len()];
        for place in 0..view.customers.len() {
            for p in view.purchases_of(place) {
                let at = &mut next[months.number(day[p])];
                purchases[*at] = (place as u32, p as u32);
                *at += 1;
            }
        }
        Dealt { starts, purchases }
    }

    fn month(&self, number: usize) -> &[(u32, u32)] {
        if number + 1 < self.starts.len() { &self.purchases[self.starts[number]..self.starts[number + 1]] } else { &[] }
    }
}

/// What the scores of a day need of everybody.
struct ShopSoFar {
    /// By place; not yet a customer is the largest number, which no value reaches.
    value: Vec<i64>,
    last_fresh: Vec<Day>,
    returned: Vec<bool>,
    customer_count: usize,
    returned_count: u32,
    gaps: Vec<u32>,
    rules: GroupRules,
}

impl ShopSoFar {
    fn new(view: &View<'_>) -> ShopSoFar {
        let places = view.customers.len();
        ShopSoFar {
            value: vec![i64::MAX; places],
            last_fresh: vec![Day(0); places],
            returned: vec![false; places],
            customer_count: 0,
            returned_count: 0,
            gaps: Vec::new(),
            rules: view.rules,
        }
    }

    fn add(&mut self, view: &View<'_>, values: &[Yen], place: usize, p: usize) {
        let day = view.purchases.day[p];
        if self.value[place] == i64::MAX {
            self.customer_count += 1;
            self.value[place] = values[p].0;
            self.last_fresh[place] = day;
            return;
        }
        self.value[place] += values[p].0;
        if view.purchases.fresh[p] {
            standing::count_gap(&mut self.gaps, day - self.last_fresh[place]);
            self.last_fresh[place] = day;
            self.returned_count += u32::from(!self.returned[place]);
            self.returned[place] = true;
        }
    }

    /// The score of a customer who has bought: value starts score 1 + k where more than ⌊n × pₖ ÷ 100⌋ have as much
    /// or less, which is the threshold of [`standing`] without sorting.
    fn score(&self, place: usize, recency_days: i32, order_count: u32) -> RfmScore {
        let own = self.value[place];
        let as_much_or_less = self.value.iter().filter(|&&value| value <= own).count();
        let monetary = 1
            + (1..=4)
                .filter(|&k: &usize| {
                    as_much_or_less > self.customer_count * self.rules.monetary_percent[k - 1] as usize / 100
                })
                .count() as u8;
        let thresholds = standing::thresholds(&self.gaps, self.returned_count, [Yen::ZERO; 4], &self.rules);
        let RfmScore { recency, frequency, .. } = thresholds.score(recency_days, order_count, Yen::ZERO);
        RfmScore::of(recency, frequency, monetary)
    }
}
