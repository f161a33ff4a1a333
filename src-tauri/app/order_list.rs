//! The screen 受注: the orders behind any figure.

use super::customers;
use super::error::Error;
use super::orders::{OrderWords, order_answer};
use super::profit;
use super::screens::{OrderAnswer, OrdersPage, OrdersPart, OrdersQuery};
use super::session::{Made, Session, among, view};
use crate::insight::people::People;
use crate::insight::{Band, Scope, View};
use crate::shop::{CustomerId, Yen};
use rustc_hash::FxHashSet;

/// Rows of a page.
pub const PAGE_SIZE: u32 = 50;

/// Orders as they are asked for, all pages of them; kept until ledger or question change, because pages follow each other.
pub(super) struct Listed {
    /// Without its rows.
    page: OrdersPage,
    newest_first: Vec<i64>,
    made: Made<OrderAnswer>,
}

/// A page of the orders that are asked for, with the sums of all of them.
pub fn page(session: &Session, query: &OrdersQuery) -> Result<OrdersPage, Error> {
    let listed = session.listed_orders(query, || listed(session, query))?;
    let rows = listed.made.page(query.page, PAGE_SIZE, listed.newest_first.len(), |stretch| {
        let words = OrderWords::new(session)?;
        let rows = session.ledger.orders_named(&listed.newest_first[stretch])?;
        Ok(rows.into_iter().map(|order| order_answer(order, &words)).collect())
    })?;
    Ok(OrdersPage { page: query.page, rows, ..listed.page.clone() })
}

/// What the list comes to in each of these periods, without rows: of the people it is about in the period of `query`.
pub(super) fn compared(session: &Session, query: &OrdersQuery, scopes: &[Scope; 2]) -> Result<[OrdersPage; 2], Error> {
    let history = session.history()?;
    let view = view(session, &history, &query.scope)?;
    let who = Who::of(session, query, view.as_ref())?;
    let sums = |scope: &Scope| -> Result<OrdersPage, Error> {
        let Some(view) = &view else { return Ok(nothing(query, None)) };
        let mut view = view.clone();
        (view.from, view.to) = (scope.from.unwrap_or(view.from), scope.to.unwrap_or(view.to));
        // A step has the orders of its own period.
        let orders = who.orders.as_ref().map(|_| orders_behind(session, query, scope)).transpose()?.flatten();
        let who = Who { customers: who.customers.clone(), orders };
        Ok(added_up(session, &OrdersQuery { scope: scope.clone(), ..query.clone() }, &view, &who)?.page)
    };
    Ok([sums(&scopes[0])?, sums(&scopes[1])?])
}

fn listed(session: &Session, query: &OrdersQuery) -> Result<Listed, Error> {
    let history = session.history()?;
    let view = view(session, &history, &query.scope)?;
    let who = Who::of(session, query, view.as_ref())?;
    let mut listed = match &view {
        Some(view) => added_up(session, query, view, &who)?,
        None => Listed { page: nothing(query, None), newest_first: Vec::new(), made: Made::default() },
    };
    if let Some(people) = &query.people {
        listed.page.people_label = customers::people_label(session, &query.scope, people)?;
    }
    Ok(listed)
}

/// A page of no orders.
fn nothing(query: &OrdersQuery, view: Option<&View<'_>>) -> OrdersPage {
    OrdersPage {
        as_of: view.map(|view| view.as_of),
        from: view.map(|view| view.from),
        to: view.map(|view| view.to),
        part: query.part,
        total: 0,
        split_count: 0,
        customer_count: 0,
        goods: Yen::ZERO,
        net_sales: Yen::ZERO,
        contribution_margin: None,
        left_out_count: 0,
        page: 0,
        page_size: PAGE_SIZE,
        people_label: String::new(),
        rows: Vec::new(),
    }
}

/// The orders of a view's period that are asked for, and what they come to.
fn added_up(session: &Session, query: &OrdersQuery, view: &View<'_>, who: &Who) -> Result<Listed, Error> {
    let mut page = nothing(query, Some(view));
    let apart = set_apart(session, query, view, who)?;
    page.left_out_count = apart.left_out.len() as u32;
    let newest_first = match query.part {
        OrdersPart::LeftOut => {
            let left_out = session.ledger.orders_named(&apart.left_out)?;
            page.customer_count = left_out.iter().map(|order| order.customer_id).collect::<FxHashSet<_>>().len() as u32;
            page.goods = left_out.iter().map(|order| order.goods).sum();
            page.net_sales = left_out.iter().map(|order| order.net_sales).sum();
            apart.left_out
        }
        _ => sales(&mut page, query, view, who, &apart.provisional),
    };
    page.total = newest_first.len() as u32;
    Ok(Listed { page, newest_first, made: Made::default() })
}

/// Whose orders are asked for; nothing for everybody's.
struct Who {
    customers: Option<FxHashSet<CustomerId>>,
    /// The orders themselves, by their place in the history, where the question is about them.
    orders: Option<FxHashSet<usize>>,
}

impl Who {
    fn of(session: &Session, query: &OrdersQuery, view: Option<&View<'_>>) -> Result<Who, Error> {
        let people = match &query.people {
            Some(text) => Some(text.parse::<People>().map_err(|()| Error::BadQuestion(text.clone()))?),
            None => None,
        };
        let mut orders = None;
        let mut customers: Option<FxHashSet<CustomerId>> = match &people {
            None => None,
            Some(People::Profit { .. }) => {
                orders = orders_behind(session, query, &query.scope)?;
                None
            }
            Some(_) => Some(customers::ids(session, &query.scope, query.people.as_deref())?.into_iter().collect()),
        };
        if let Some(one) = query.customer {
            let also = customers.is_none_or(|customers| customers.contains(&one));
            customers = Some(also.then_some(one).into_iter().collect());
        }
        if customers.is_none()
            && query.scope.group.is_some()
            && let Some(view) = view
        {
            customers = Some((0..view.customers.len()).map(|place| view.id(place)).collect());
        }
        Ok(Who { customers, orders })
    }
}

/// The orders behind the step of the waterfall that is asked for, by their place in the history; nothing where none is.
fn orders_behind(session: &Session, query: &OrdersQuery, scope: &Scope) -> Result<Option<FxHashSet<usize>>, Error> {
    match query.people.as_deref().map(str::parse) {
        Some(Ok(People::Profit { step, event })) => Ok(Some(profit::places(session, scope, event.as_deref(), step)?)),
        _ => Ok(None),
    }
}

struct Apart {
    left_out: Vec<i64>,
    provisional: FxHashSet<i64>,
}

fn set_apart(session: &Session, query: &OrdersQuery, view: &View<'_>, who: &Who) -> Result<Apart, Error> {
    let is_asked = |id: CustomerId| who.customers.as_ref().is_none_or(|customers| customers.contains(&id));
    let apart = session.set_apart()?;
    let found = among(&apart, &query.scope, (view.from, view.to), is_asked);
    let (sales, left_out): (Vec<_>, Vec<_>) = found.partition(|order| order.status.is_sale());
    Ok(Apart {
        left_out: left_out.into_iter().map(|order| order.order_id).collect(),
        provisional: sales.into_iter().map(|order| order.order_id).collect(),
    })
}

/// The sales that are asked for, newest first; adds them up.
fn sales(
    page: &mut OrdersPage,
    query: &OrdersQuery,
    view: &View<'_>,
    who: &Who,
    provisional: &FxHashSet<i64>,
) -> Vec<i64> {
    let columns = &view.history.orders;
    let (mut found, mut is_found) = (0_u32, vec![false; view.included.len()]);
    let mut margin = Some(Band { low: Yen::ZERO, high: Yen::ZERO });
    for place in 0..view.customers.len() {
        if !who.customers.as_ref().is_none_or(|customers| customers.contains(&view.id(place))) {
            continue;
        }
        let before = found;
        let purchases = view.purchases_of(place);
        let first = purchases.start;
        for p in purchases.filter(|&p| (view.from..=view.to).contains(&view.purchases.day[p])) {
            for o in view.orders_of(p) {
                let asked = match query.part {
                    OrdersPart::First => p == first,
                    OrdersPart::Later => p != first,
                    OrdersPart::Provisional => provisional.contains(&columns.order.at(o)),
                    OrdersPart::Sales | OrdersPart::LeftOut => true,
                };
                if !asked || !who.orders.as_ref().is_none_or(|orders| orders.contains(&o)) {
                    continue;
                }
                page.split_count += u32::from(columns.split[o]);
                page.goods += columns.goods.at(o);
                page.net_sales += columns.net_sales[o];
                margin = margin
                    .zip(columns.margin.at(o))
                    .map(|(sum, more)| Band { low: sum.low + more.low, high: sum.high + more.high });
                found += 1;
                is_found[o] = true;
            }
        }
        page.customer_count += u32::from(found > before);
    }
    page.contribution_margin = margin;
    let newest_first = view.history.newest_first().iter().map(|&o| o as usize);
    newest_first.filter(|&o| is_found[o]).map(|o| columns.order.at(o)).collect()
}
