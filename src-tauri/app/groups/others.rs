//! その他: people the ledger knows none of whose orders counts as a sale.

use super::super::customers::nameless;
use super::super::error::Error;
use super::super::session::Session;
use crate::insight::View;
use crate::insight::crowd::CrowdRow;
use crate::insight::rfm::{CustomerClass, Groups, OtherCustomer};
use crate::shop::{CustomerId, Mall};

/// People who are named.
const NAMED: usize = 100;

/// Adds their class and the newest of them.
pub(super) fn fill(session: &Session, view: &View<'_>, mall: Option<Mall>, groups: &mut Groups) -> Result<(), Error> {
    let found = session.without_sale(view.as_of, mall)?;
    groups.classes.push(CrowdRow::without_value(CustomerClass::Other.word(), found.len() as u32));
    let named = &found[..found.len().min(NAMED)];
    let ids: Vec<CustomerId> = named.iter().map(|other| other.customer_id).collect();
    let mut names = session.ledger.names(Some(&ids))?;
    let row = |other: &crate::ledger::customers::WithoutSale| OtherCustomer {
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
