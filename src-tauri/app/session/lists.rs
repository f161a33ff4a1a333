//! The last list of customers and the last list of orders that were asked for: the next page of either costs no more
//! in a large ledger than in a small one.

use super::Session;
use crate::app::error::Error;
use crate::app::screens::{CustomersQuery, OrdersQuery};
use crate::app::{customers, order_list};
use crate::insight::people::People;
use std::sync::{Arc, Mutex, PoisonError};

/// The last question in one version of the ledger, and its answer.
pub(super) type Last<Q, A> = Mutex<Option<(i64, Q, Arc<A>)>>;

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
