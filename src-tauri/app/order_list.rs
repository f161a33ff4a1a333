//! The screen 受注: the orders behind any figure.

use super::customers;
use super::error::Error;
use super::orders::{OrderWords, order_answer};
use super::profit;
use super::screens::{OrderAnswer, OrdersPage, OrdersPart, OrdersQuery};
use super::session::{Made, Session, among, view};
use crate::insight::people::People;
use crate::insight::{Band, View};
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

fn listed(session: &Session, query: &OrdersQuery) -> Result<Listed, Error> {
    let history = session.history()?;
    let view = view(session, &history, &query.scope)?;
    let who = Who::of(session, query, view.as_ref())?;
    let mut page = OrdersPage {
        as_of: view.as_ref().map(|view| view.as_of),
        from: view.as_ref().map(|view| view.from),
        to: view.as_ref().map(|view| view.to),
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
        people_label: match &query.people {
            Some(people) => customers::people_label(session, &query.scope, people)?,
            None => String::new(),
        },
        rows: Vec::new(),
    };
    let Some(view) = &view else { return Ok(Listed { page, newest_first: Vec::new(), made: Made::default() }) };
    let apart = set_apart(session, query, view, &who)?;
    page.left_out_count = apart.left_out.len() as u32;
    let newest_first = match query.part {
        OrdersPart::LeftOut => {
            let left_out = session.ledger.orders_named(&apart.left_out)?;
            page.customer_count = left_out.iter().map(|order| order.customer_id).collect::<FxHashSet<_>>().len() as u32;
            page.goods = left_out.iter().map(|order| order.goods).sum();
            page.net_sales = left_out.iter().map(|order| order.net_sales).sum();
            apart.left_out
        }
        _ => sales(&mut page, query, view, &who, &apart.provisional),
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
            Some(People::Profit { step, event }) => {
                orders = Some(profit::places(session, &query.scope, event.as_deref(), *step)?);
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
                    OrdersPart::Provisional => provisional.contains(&columns.order[o]),
                    OrdersPart::Sales | OrdersPart::LeftOut => true,
                };
                if !asked || !who.orders.as_ref().is_none_or(|orders| orders.contains(&o)) {
                    continue;
                }
                page.split_count += u32::from(columns.split[o]);
                page.goods += columns.goods[o];
                page.net_sales += columns.net_sales[o];
                margin = margin
                    .zip(columns.margin[o])
                    .map(|(sum, more)| Band { low: sum.low + more.low, high: sum.high + more.high });
                found += 1;
                is_found[o] = true;
            }
        }
        page.customer_count += u32::from(found > before);
    }
    page.contribution_margin = margin;
    let newest_first = view.history.newest_first().iter().map(|&o| o as usize);
    newest_first.filter(|&o| is_found[o]).map(|o| columns.order[o]).collect()
}
