//! 見込み and その他: people the owner has written down, and those none of whose orders counts as a sale.

use super::super::contacts;
use super::super::customers::nameless;
use super::super::error::Error;
use super::super::session::{Session, WithoutSale, at_period_end};
use crate::insight::crowd::CrowdRow;
use crate::insight::rfm::{CustomerClass, Groups, OtherCustomer};
use crate::insight::{Scope, View};
use crate::shop::CustomerId;

/// People who are named.
const NAMED: usize = 100;

/// Adds their classes and the newest of those with orders.
pub(super) fn fill(session: &Session, view: &View<'_>, scope: &Scope, groups: &mut Groups) -> Result<(), Error> {
    let found = session.without_sale(view.as_of, scope.mall)?;
    let has_bought = |id: CustomerId| {
        let place = view.customers.binary_search_by_key(&id, |&place| view.history.customers[place as usize]);
        place.is_ok()
    };
    let counted = contacts::not_bought(session, &found, at_period_end(scope).as_of, scope.mall, has_bought)?;
    for (class, people) in [(CustomerClass::Prospect, counted.prospects), (CustomerClass::Other, counted.others)] {
        groups.classes.push(CrowdRow::without_value(class.word(), people));
    }
    let named = &found[..found.len().min(NAMED)];
    let ids: Vec<CustomerId> = named.iter().map(|other| other.customer_id).collect();
    let mut names = session.ledger.names(Some(&ids))?;
    let row = |other: &WithoutSale| OtherCustomer {
        customer_id: other.customer_id,
        display_name: names
            .remove(&other.customer_id)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| nameless(other.customer_id, &session.catalogue)),
        mall: other.mall,
        order_number: other.number.clone(),
        ordered_on: other.ordered_at.day(),
        status: other.status,
    };
    groups.others = named.iter().map(row).collect();
    Ok(())
}
