//! The last list of customers and the last list of orders that were asked for: the next page of either costs no more
//! in a large ledger than in a small one.

use super::Session;
use crate::app::error::Error;
use crate::app::screens::{CustomersQuery, OrdersQuery};
use crate::app::{customers, order_list};
use crate::insight::Scope;
use crate::insight::people::People;
use crate::ledger::orders::SetApart;
use crate::shop::{CustomerId, Day};
use std::sync::{Arc, Mutex, PoisonError};

/// The last question in one version of the ledger, and its answer.
type Last<Q, A> = Mutex<Option<(i64, Q, Arc<A>)>>;

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
    /// Orders that are cancelled, returned or not yet confirmed, newest first; read once per version.
    pub(in crate::app) fn set_apart(&self) -> Result<Arc<Vec<SetApart>>, Error> {
        last_or(&self.apart, Some(self.ledger.version()?), (), || Ok(self.ledger.orders_set_apart()?))
    }

    /// The version a list of these people is good for. Nothing where recorded actions say who they are: those leave the
    /// version as it is, for no figure changes with them.
    fn state(&self, people: Option<&str>) -> Result<Option<i64>, Error> {
        match people.map(str::parse) {
            Some(Ok(People::Action(_) | People::Taken(_))) => Ok(None),
            _ => Ok(Some(self.ledger.version()?)),
        }
    }
}

fn last_or<Q: PartialEq, A>(
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

/// Those of the orders set apart that lie in these days and in the scope, of people whom `is_asked` says yes to.
pub(in crate::app) fn among<'a>(
    apart: &'a [SetApart],
    scope: &'a Scope,
    (from, to): (Day, Day),
    is_asked: impl Fn(CustomerId) -> bool + 'a,
) -> impl Iterator<Item = &'a SetApart> {
    let days = from.start()..(to + 1).start();
    apart.iter().filter(move |order| {
        days.contains(&order.ordered_at)
            && scope.mall.is_none_or(|mall| order.mall == mall)
            && scope.item.as_ref().is_none_or(|item| order.item_codes.contains(item))
            && is_asked(order.customer_id)
    })
}
