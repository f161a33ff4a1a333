//! Days to months by looking up, for passes over a million purchases.

use super::history::View;
use crate::shop::{Day, Month};

/// The months between the first and the last purchase of a view, counted from 0.
#[derive(Clone, Debug)]
pub(crate) struct Months {
    /// Month 0.
    pub first: Month,
    /// How many months, at least 1.
    pub count: usize,
    start: i32,
    by_day: Vec<u32>,
}

impl Months {
    /// The months of all purchases in `view`.
    pub fn of(view: &View<'_>) -> Months {
        let (start, end) =
            view.purchases.day.iter().fold((view.as_of, Day(i32::MIN)), |(a, b), &day| (a.min(day), b.max(day)));
        let first = start.month();
        let end = end.max(start);
        let count = (end.month().0 - first.0 + 1) as usize;
        let mut by_day = Vec::with_capacity((end - start + 32) as usize);
        for i in 0..count {
            let month = first.plus(i as i32);
            let days = month.last() - month.first().max(start) + 1;
            by_day.extend(std::iter::repeat_n(i as u32, days.max(0) as usize));
        }
        Months { first, count, start: start.0, by_day }
    }

    /// The number of the month in which a purchase day of the view lies.
    pub fn number(&self, day: Day) -> usize {
        self.by_day[(day.0 - self.start) as usize] as usize
    }

    /// The number of any month, if purchases reach into or over it.
    pub fn number_of(&self, month: Month) -> Option<usize> {
        usize::try_from(month.0 - self.first.0).ok().filter(|&i| i < self.count)
    }
}
