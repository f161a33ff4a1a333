//! The last list of customers and the last list of orders that were asked for: the order of either is found once, and
//! the rows of a few pages at a time, so that most pages that follow cost no more in a large ledger than in a small one.

use super::Session;
use crate::app::error::Error;
use crate::app::screens::{CustomersQuery, OrdersQuery};
use crate::app::{customers, order_list};
use crate::insight::people::People;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// The last question in one version of the ledger, and its answer.
pub(super) type Last<Q, A> = Mutex<Option<(i64, Q, Arc<A>)>>;

/// Pages whose rows are made together: who reads one reads on, and a page that follows is there already.
const TOGETHER: usize = 4;
/// So many such stretches are kept, to go back to.
const KEPT: usize = 4;

/// Rows of a list that have been made, by where each stretch of them begins; those made last stand last.
pub(in crate::app) struct Made<R>(Mutex<VecDeque<(usize, Vec<R>)>>);

impl<R> Default for Made<R> {
    fn default() -> Made<R> {
        Made(Mutex::default())
    }
}

impl<R: Clone> Made<R> {
    /// The rows of a page of a list of so many rows; those that are not there yet are made with the pages beside it.
    pub fn page(
        &self,
        page: u32,
        page_size: u32,
        total: usize,
        make: impl FnOnce(Range<usize>) -> Result<Vec<R>, Error>,
    ) -> Result<Vec<R>, Error> {
        let begin = (page.saturating_mul(page_size) as usize).min(total);
        let end = (begin + page_size as usize).min(total);
        let length = page_size as usize * TOGETHER;
        let stretch = begin / length * length;
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if made.iter().all(|(of, _)| *of != stretch) {
            let rows = make(stretch..(stretch + length).min(total))?;
            if made.len() == KEPT {
                made.pop_front();
            }
            made.push_back((stretch, rows));
        }
        let found = made.iter().find(|(of, _)| *of == stretch);
        Ok(found.map_or_else(Vec::new, |(_, rows)| {
            let within = |place: usize| (place - stretch).min(rows.len());
            rows[within(begin)..within(end)].to_vec()
        }))
    }
}

impl Session {
    /// The list of customers this page is of.
    pub(in crate::app) fn listed(
        &self,
        query: &CustomersQuery,
        work_out: impl FnOnce() -> Result<customers::Listed, Error>,
    ) -> Result<Arc<customers::Listed>, Error> {
        let question = CustomersQuery { page: 0, ..query.clone() };
        last_or(&self.listed, self.state(query.people.as_deref())?, question, work_out)
    }

    /// The list of orders this page is of.
    pub(in crate::app) fn listed_orders(
        &self,
        query: &OrdersQuery,
        work_out: impl FnOnce() -> Result<order_list::Listed, Error>,
    ) -> Result<Arc<order_list::Listed>, Error> {
        let question = OrdersQuery { page: 0, ..query.clone() };
        last_or(&self.listed_orders, self.state(query.people.as_deref())?, question, work_out)
    }
}

impl Session {
    /// The version a list of these people is good for. Nothing where recorded actions say who they are: those leave the
    /// version as it is, for no figure changes with them.
    fn state(&self, people: Option<&str>) -> Result<Option<i64>, Error> {
        match people.map(str::parse) {
            Some(Ok(People::Action(_) | People::Taken(_))) => Ok(None),
            _ => Ok(Some(self.ledger.version()?)),
        }
    }
}

pub(super) fn last_or<Q: PartialEq, A>(
    last: &Last<Q, A>,
    state: Option<i64>,
    question: Q,
    work_out: impl FnOnce() -> Result<A, Error>,
) -> Result<Arc<A>, Error> {
    let Some(version) = state else { return Ok(Arc::new(work_out()?)) };
    let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, asked, answer)) = &*last
        && *of == version
        && *asked == question
    {
        return Ok(answer.clone());
    }
    let answer = Arc::new(work_out()?);
    *last = Some((version, question, answer.clone()));
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn pages_are_slices_of_rows_made_a_few_pages_at_a_time() {
        // 23 rows, 3 a page: pages 0–3 are rows 0–11, pages 4–7 rows 12–22, page 7 is rows 21 and 22.
        let (made, asked) = (Made::default(), RefCell::new(Vec::new()));
        let page = |page: u32| {
            let make = |stretch: Range<usize>| {
                asked.borrow_mut().push(stretch.clone());
                Ok(stretch.collect())
            };
            made.page(page, 3, 23, make).map_err(|_| "rows are made")
        };
        assert_eq!(page(1), Ok(vec![3, 4, 5]));
        assert_eq!(page(3), Ok(vec![9, 10, 11]));
        assert_eq!(page(7), Ok(vec![21, 22]));
        assert_eq!(page(0), Ok(vec![0, 1, 2]));
        assert_eq!(*asked.borrow(), [0..12, 12..23]);
        // There is no page 8.
        assert_eq!(page(8), Ok(Vec::new()));
        assert_eq!(page(u32::MAX), Ok(Vec::new()));
    }

    #[test]
    fn only_the_last_stretches_are_kept() {
        let made = Made::default();
        let count = RefCell::new(0);
        let page = |page: u32| {
            let make = |stretch: Range<usize>| {
                *count.borrow_mut() += 1;
                Ok(stretch.collect::<Vec<usize>>())
            };
            made.page(page, 1, 100, make).map_err(|_| "rows are made")
        };
        let stretches = [0, 4, 8, 12, 16];
        stretches.iter().for_each(|&of| assert_eq!(page(of), Ok(vec![of as usize])));
        // Five stretches were made, and the first of them is gone; the last one is not.
        assert_eq!((page(16), *count.borrow()), (Ok(vec![16]), 5));
        assert_eq!((page(0), *count.borrow()), (Ok(vec![0]), 6));
    }
}
