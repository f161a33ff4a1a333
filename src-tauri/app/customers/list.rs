//! Pages of the list of customers.

use super::{name, people_label, selected_places};
use crate::app::error::Error;
use crate::app::screens::{CustomerSort, CustomersPage, CustomersQuery};
use crate::app::session::Session;
use crate::insight::people::CustomerRow;
use crate::shop::{CustomerId, Day, Yen};
use rustc_hash::FxHashSet;
use std::cmp::Ordering;
use std::sync::Arc;

/// Rows of a page.
pub const PAGE_SIZE: u32 = 100;

/// Longest text a search takes, in characters.
const LONGEST_SEARCH: usize = 100;

/// A list as it is asked for, all pages of it; kept until ledger or question change, because pages follow each other.
pub(in crate::app) struct Listed {
    as_of: Option<Day>,
    rows: Arc<Vec<CustomerRow>>,
    /// Places in `rows`, sorted.
    places: Vec<u32>,
    uncertain_share: Option<f64>,
    net_sales: Yen,
    people_label: String,
}

/// A page of the list.
pub fn page(session: &Session, query: &CustomersQuery) -> Result<CustomersPage, Error> {
    let listed = session.listed(query, || listed(session, query))?;
    let from = (query.page.saturating_mul(PAGE_SIZE) as usize).min(listed.places.len());
    let to = (from + PAGE_SIZE as usize).min(listed.places.len());
    let of_page = listed.places[from..to].iter();
    let mut rows: Vec<CustomerRow> = of_page.map(|&place| listed.rows[place as usize].clone()).collect();
    let ids: Vec<CustomerId> = rows.iter().map(|row| row.customer_id).collect();
    name(session, &mut rows, Some(&ids))?;
    Ok(CustomersPage {
        as_of: listed.as_of,
        total: listed.places.len() as u32,
        uncertain_share: listed.uncertain_share,
        net_sales: listed.net_sales,
        page: query.page,
        page_size: PAGE_SIZE,
        people_label: listed.people_label.clone(),
        rows,
    })
}

fn listed(session: &Session, query: &CustomersQuery) -> Result<Listed, Error> {
    let (as_of, rows, mut places) = selected_places(session, &query.scope, query.people.as_deref())?;
    let search = query.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if let Some(text) = search {
        let text: String = text.chars().take(LONGEST_SEARCH).collect();
        let found: FxHashSet<CustomerId> = session.ledger.search(&text)?.into_iter().collect();
        let number: Option<i64> = text.parse().ok();
        let is_found = |id: CustomerId| found.contains(&id) || number == Some(id.0);
        places.retain(|&place| is_found(rows[place as usize].customer_id));
    }
    sort(&rows, &mut places, query.sort, query.descending);
    let row = |&place: &u32| &rows[place as usize];
    let uncertain_share = session.uncertain_among(places.iter().map(row).map(|row| row.customer_id))?.share;
    let net_sales = places.iter().map(row).map(|row| row.net_sales).sum();
    let people_label = match &query.people {
        Some(people) => people_label(session, &query.scope, people)?,
        None => String::new(),
    };
    Ok(Listed { as_of, rows, places, uncertain_share, net_sales, people_label })
}

/// Ascending; what is unknown comes last either way.
fn compare_known(a: Option<f64>, b: Option<f64>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (None, None) => Ordering::Equal,
        (a, _) => {
            if a.is_none() == descending {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
    }
}

fn sort(rows: &[CustomerRow], places: &mut [u32], by: CustomerSort, descending: bool) {
    let compare = |a: &CustomerRow, b: &CustomerRow| -> Ordering {
        match by {
            CustomerSort::Customer => a.customer_id.cmp(&b.customer_id),
            CustomerSort::Group => a.group.cmp(&b.group),
            CustomerSort::OrderCount => a.order_count.cmp(&b.order_count),
            CustomerSort::NetSales => a.net_sales.cmp(&b.net_sales),
            CustomerSort::LastPurchase => a.last_purchase_on.cmp(&b.last_purchase_on),
            CustomerSort::FirstPurchase => a.first_purchase_on.cmp(&b.first_purchase_on),
            CustomerSort::Dependence => compare_known(a.dependence, b.dependence, descending),
            CustomerSort::Lapse => a.lapse_on.cmp(&b.lapse_on),
        }
    };
    places.sort_unstable_by(|&a, &b| {
        let (a, b) = (&rows[a as usize], &rows[b as usize]);
        let order = compare(a, b);
        (if descending { order.reverse() } else { order }).then(a.customer_id.cmp(&b.customer_id))
    });
}
