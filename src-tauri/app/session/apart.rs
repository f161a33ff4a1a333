//! Orders that are cancelled, returned or not yet confirmed, and customers who have no others.

use super::Session;
use super::lists::last_or;
use crate::app::error::Error;
use crate::insight::{History, Scope};
use crate::ledger::orders::SetApart;
use crate::shop::{CustomerId, Day, Mall, Moment, OrderStatus};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::sync::Arc;

/// A customer none of whose orders counts as a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct WithoutSale {
    /// Who.
    pub customer_id: CustomerId,
    /// Number of the newest order.
    pub number: String,
    /// Where it was placed.
    pub mall: Mall,
    /// Cancelled or returned.
    pub status: OrderStatus,
    /// When.
    pub ordered_at: Moment,
}

impl Session {
    /// Orders that are cancelled, returned or not yet confirmed, newest first; read once per version.
    pub(in crate::app) fn set_apart(&self) -> Result<Arc<Vec<SetApart>>, Error> {
        last_or(&self.apart, Some(self.ledger.version()?), (), || Ok(self.ledger.orders_set_apart()?))
    }

    /// Customers with orders up to a day, and at a mall if one is named, of which none counts as a sale; newest first.
    pub(in crate::app) fn without_sale(&self, as_of: Day, mall: Option<Mall>) -> Result<Vec<WithoutSale>, Error> {
        let (history, apart) = (self.history()?, self.set_apart()?);
        let before = (as_of + 1).start();
        let mut newest: FxHashMap<CustomerId, &SetApart> = FxHashMap::default();
        let is_meant = |order: &&SetApart| {
            order.ordered_at < before && mall.is_none_or(|mall| order.mall == mall) && !order.status.is_sale()
        };
        for order in apart.iter().filter(is_meant) {
            let kept = newest.entry(order.customer_id).or_insert(order);
            // Of one moment the order that was recorded first.
            if kept.ordered_at == order.ordered_at {
                *kept = order;
            }
        }
        let mut found: Vec<&SetApart> = newest.into_values().collect();
        found.retain(|order| !has_bought(&history, order.customer_id, before, mall));
        found.sort_unstable_by_key(|order| (Reverse(order.ordered_at), order.customer_id));
        let without = |order: &SetApart| WithoutSale {
            customer_id: order.customer_id,
            number: order.number.clone(),
            mall: order.mall,
            status: order.status,
            ordered_at: order.ordered_at,
        };
        Ok(found.into_iter().map(without).collect())
    }
}

/// Whether an order of the customer before a moment, and at a mall if one is named, counts as a sale.
fn has_bought(history: &History, customer: CustomerId, before: Moment, mall: Option<Mall>) -> bool {
    let Ok(place) = history.customers.binary_search(&customer) else { return false };
    let mut orders = history.starts[place] as usize..history.starts[place + 1] as usize;
    let columns = &history.orders;
    orders.any(|o| columns.ordered_at[o] < before && mall.is_none_or(|mall| columns.mall[o] == mall))
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
