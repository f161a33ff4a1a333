//! Groups of the past: everybody's at every month end, and one customer's.
//!
//! Each month end is scored with its own thresholds, from what was known then; only the choice of what value is, and the
//! owner's rules, stay those of `as_of`.

use super::history::View;
use super::month_ends::{MonthEnds, Stretch};
use super::ranks::{BUCKETS, bucket_of};
use super::rfm::{GroupCounts, GroupKey, GroupRules, RfmScore};
use super::value;
use crate::shop::{Day, Yen};
use std::sync::Arc;

/// What the month ends say of everybody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupStory {
    /// People of each group at every month end since the first purchase, oldest first, and at `as_of`.
    pub counts: Vec<GroupCounts>,
}

/// The groups of everybody at every month end.
pub fn story(view: &View<'_>) -> GroupStory {
    let (past, values) = (past(view), value::per_purchase(view, value::basis(view)));
    // By month end and cell: which group a cell is of need not be asked of every customer.
    let mut people = vec![[0_u32; CELLS.next_power_of_two()]; past.ends.on.len()];
    for place in 0..view.customers.len() {
        for stretch in past.ends.stretches(view, &values, place) {
            let ends = people[stretch.ends.clone()].iter_mut().zip(past.cells.of_stretch(&stretch));
            ends.for_each(|(people, cell)| people[usize::from(cell) % CELLS.next_power_of_two()] += 1);
        }
    }
    let of_end = |(people, (&on, &customer_count)): (&[u32; CELLS.next_power_of_two()], (&Day, &u32))| {
        let mut counts = vec![0; GroupKey::ALL.len()];
        past.group_of.iter().zip(people).for_each(|(&group, people)| counts[usize::from(group)] += people);
        GroupCounts { on, customer_count, counts }
    };
    let counts = people.iter().zip(past.ends.on.iter().zip(&past.ends.customer_count)).map(of_end).collect();
    GroupStory { counts }
}

/// The month ends, ready to walk customers through them.
#[derive(Debug)]
pub(crate) struct Past {
    rules: GroupRules,
    ends: MonthEnds,
    cells: Cells,
    group_of: [u8; CELLS],
}

/// The month ends of a view.
pub(crate) fn past(view: &View<'_>) -> Arc<Past> {
    let work_out = || {
        let ends = MonthEnds::of(view, &value::per_purchase(view, value::basis(view)));
        let cells = Cells::of(&ends);
        let group_of = std::array::from_fn(|cell| {
            RfmScore::of((cell / 25) as u8 + 1, (cell / 5 % 5) as u8 + 1, (cell % 5) as u8 + 1).group() as u8
        });
        Arc::new(Past { rules: view.rules, ends, cells, group_of })
    };
    let kept = view.worked_out().past.or(work_out);
    // Other rules may be tried out on the same columns.
    if kept.rules == view.rules { kept.clone() } else { work_out() }
}

impl Past {
    /// Calls `take` with every month end since the first purchase of the customer at `place`, and their group then.
    fn walk(&self, view: &View<'_>, values: &[Yen], place: usize, mut take: impl FnMut(usize, u8)) {
        for stretch in self.ends.stretches(view, values, place) {
            let cells = (stretch.ends.start..).zip(self.cells.of_stretch(&stretch));
            cells.for_each(|(end, cell)| take(end, self.group_of[usize::from(cell)]));
        }
    }

    /// The group before the one at `as_of`, and the first month end (or `as_of`) in a row on which the customer was in the
    /// present one, of one customer, who has made so many fresh purchases of so much value by `as_of`. Nothing for who has
    /// only ever been in one. Looks back no further than to that group.
    pub fn change_of(
        &self,
        view: &View<'_>,
        values: &[Yen],
        place: usize,
        by_now: (u32, i64),
    ) -> Option<(GroupKey, Day)> {
        let mut present = None;
        for stretch in self.ends.stretches_back(view, values, place, by_now) {
            let groups = self.cells.of_stretch(&stretch).map(|cell| self.group_of[usize::from(cell)]);
            for (end, group) in stretch.ends.clone().zip(groups).rev() {
                let present = *present.get_or_insert(group);
                if group != present {
                    return Some((GroupKey::ALL[usize::from(group)], self.ends.on[end + 1]));
                }
            }
        }
        None
    }
}

/// The group of one customer at each month end since the first purchase, oldest first, and at `as_of`.
///
/// Each day is scored with that day's own thresholds.
pub fn group_history(view: &View<'_>, place: usize) -> Vec<(Day, GroupKey)> {
    let (past, values) = (past(view), value::per_purchase(view, value::basis(view)));
    let mut history = Vec::new();
    past.walk(view, &values, place, |end, group| {
        history.push((past.ends.on[end], GroupKey::ALL[usize::from(group)]));
    });
    history
}

/// Scores of recency, frequency and value together: (recency × 5 + frequency) × 5 + value, each from 0.
const CELLS: usize = 125;

/// Scores at every month end, laid out for each day and each value that makes a difference.
#[derive(Debug)]
struct Cells {
    ends: usize,
    first: Day,
    /// By days since the first: which row of `recency`.
    row_of_day: Vec<u32>,
    /// Rows of month ends: recency × 25.
    recency: Vec<u8>,
    /// Every value at which a score begins at some month end, ascending; so many of them are up to a value as its row of
    /// `value` says.
    begins: Vec<i64>,
    /// By bucket of value how many of them stand in lower ones.
    begins_below: Vec<u32>,
    /// Rows of month ends: the score of value.
    value: Vec<u8>,
    order_count: [u32; 4],
}

impl Cells {
    fn of(ends: &MonthEnds) -> Cells {
        // Whole days: up to a threshold is up to its whole part.
        let latest = |end: usize| {
            ends.thresholds[end].recency_days.map(|days| i64::from(ends.on[end].0.saturating_sub(days.floor() as i32)))
        };
        let (days, recency) = rows(ends.on.len(), latest, 25);
        let (begins, value) = rows(ends.on.len(), |end| ends.thresholds[end].monetary.map(|yen| yen.0), 1);
        let (first, last) = (ends.on[0].month().first(), ends.on[ends.on.len() - 1]);
        let row_of_day = (first.0..=last.0).map(|day| row_of(&days, i64::from(day))).collect();
        let order_count = ends.thresholds[0].order_count;
        let mut begins_below = vec![0; BUCKETS + 1];
        begins.iter().for_each(|&begin| begins_below[bucket_of(begin) + 1] += 1);
        (1..=BUCKETS).for_each(|bucket| begins_below[bucket] += begins_below[bucket - 1]);
        Cells { ends: ends.on.len(), first, row_of_day, recency, begins, begins_below, value, order_count }
    }

    /// How many of the values at which a score begins are up to this one: those of lower buckets, and some of its own.
    fn row_of_value(&self, value: i64) -> u32 {
        let bucket = bucket_of(value);
        let [below, own] = [bucket, bucket + 1].map(|bucket| self.begins_below[bucket]);
        below + row_of(&self.begins[below as usize..own as usize], value)
    }

    /// The cells of a customer, one for each month end of the stretch.
    fn of_stretch(&self, stretch: &Stretch) -> impl DoubleEndedIterator<Item = u8> + ExactSizeIterator {
        let part = |row: u32| {
            let begin = row as usize * self.ends;
            begin + stretch.ends.start..begin + stretch.ends.end
        };
        let recency = &self.recency[part(self.row_of_day[(stretch.last_on - self.first) as usize])];
        let value = &self.value[part(self.row_of_value(stretch.value))];
        let frequency = self.order_count.iter().filter(|&&least| stretch.order_count >= least).count() as u8 * 5;
        recency.iter().zip(value).map(move |(recency, value)| recency + frequency + value)
    }
}

/// How many of these are up to the number.
fn row_of(ascending: &[i64], number: i64) -> u32 {
    ascending.partition_point(|&begin| begin <= number) as u32
}

/// Every number at which a score begins at some month end, ascending, and `times` the score at each month end of who has
/// reached none of them, the first, the second, …
fn rows(ends: usize, begins_of: impl Fn(usize) -> [i64; 4], times: u8) -> (Vec<i64>, Vec<u8>) {
    let of_end: Vec<[i64; 4]> = (0..ends).map(begins_of).collect();
    let mut begins: Vec<i64> = of_end.iter().flatten().copied().collect();
    begins.sort_unstable();
    begins.dedup();
    let score = |reached: i64, of_end: &[i64; 4]| of_end.iter().filter(|&&begin| begin <= reached).count() as u8;
    let row = |reached: i64| of_end.iter().map(move |of_end| score(reached, of_end) * times);
    let none = std::iter::repeat_n(0, ends);
    let rows = none.chain(begins.iter().flat_map(|&reached| row(reached))).collect();
    (begins, rows)
}
