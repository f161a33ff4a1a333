//! Pages of the list of customers.

use super::selection::{self, Selection};
use super::{named, people_label};
use crate::app::error::Error;
use crate::app::screens::{CustomerSort, CustomersPage, CustomersQuery};
use crate::app::session::{Made, Session};
use crate::insight::View;
use crate::insight::people::{CustomerRow, Rows};
use crate::shop::{CustomerId, Day, Yen};
use rustc_hash::FxHashSet;
use std::cmp::Ordering;

/// Rows of a page.
pub const PAGE_SIZE: u32 = 100;

/// Longest text a search takes, in characters.
const LONGEST_SEARCH: usize = 100;

/// A list as it is asked for, all pages of it; kept until ledger or question change, because pages follow each other.
pub(in crate::app) struct Listed {
    as_of: Option<Day>,
    /// Sorted.
    selection: Selection,
    uncertain_share: Option<f64>,
    net_sales: Yen,
    people_label: String,
    made: Made<CustomerRow>,
}

/// A page of the list.
pub fn page(session: &Session, query: &CustomersQuery) -> Result<CustomersPage, Error> {
    let listed = session.listed(query, || listed(session, query))?;
    let places = &listed.selection.places;
    let rows = listed.made.page(query.page, PAGE_SIZE, places.len(), |stretch| {
        let mut rows = listed.selection.rows_at(&places[stretch]);
        let ids: Vec<CustomerId> = rows.iter().map(|row| row.customer_id).collect();
        // Who is listed has bought.
        named(&mut rows, session.ledger.names_of_buyers(&ids)?, &session.catalogue);
        Ok(rows)
    })?;
    Ok(CustomersPage {
        as_of: listed.as_of,
        total: places.len() as u32,
        uncertain_share: listed.uncertain_share,
        net_sales: listed.net_sales,
        page: query.page,
        page_size: PAGE_SIZE,
        people_label: listed.people_label.clone(),
        rows,
    })
}

fn listed(session: &Session, query: &CustomersQuery) -> Result<Listed, Error> {
    let mut selection = selection::of(session, &query.scope, query.people.as_deref())?;
    let mut places = std::mem::take(&mut selection.places);
    let (mut as_of, mut uncertain_share, mut net_sales) = (None, None, Yen::ZERO);
    if let Some((view, rows)) = selection.view().zip(selection.rows()) {
        let search = query.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
        if let Some(text) = search {
            let text: String = text.chars().take(LONGEST_SEARCH).collect();
            let found: FxHashSet<CustomerId> = session.ledger.search(&text)?.into_iter().collect();
            let number: Option<i64> = text.parse().ok();
            let is_found = |id: CustomerId| found.contains(&id) || number == Some(id.0);
            places.retain(|&place| is_found(view.id(place as usize)));
        }
        as_of = Some(view.as_of);
        uncertain_share = session.uncertain_among(places.iter().map(|&place| view.id(place as usize)))?.share;
        net_sales = places.iter().map(|&place| spent(&view, place)).sum();
        sort(&view, rows, &mut places, query.sort, query.descending);
    }
    selection.places = places;
    let people_label = match &query.people {
        Some(people) => people_label(session, &query.scope, people)?,
        None => String::new(),
    };
    Ok(Listed { as_of, selection, uncertain_share, net_sales, people_label, made: Made::default() })
}

fn spent(view: &View<'_>, place: u32) -> Yen {
    view.purchases.net_sales[view.purchases_of(place as usize)].iter().copied().sum()
}

/// Sorts places, which ascend with customers, by what is asked for; ties by customer. Dependence that is unknown comes
/// last either way.
fn sort(view: &View<'_>, rows: &Rows, places: &mut [u32], by: CustomerSort, descending: bool) {
    match by {
        CustomerSort::Customer => by_key(places, descending, |place| view.id(place)),
        CustomerSort::Group => by_key(places, descending, |place| rows.group(place)),
        CustomerSort::OrderCount => by_key(places, descending, |place| rows.order_count(place)),
        CustomerSort::NetSales => by_key(places, descending, |place| spent(view, place as u32)),
        CustomerSort::LastPurchase => by_key(places, descending, |place| rows.last_purchase_on(place)),
        CustomerSort::FirstPurchase => {
            by_key(places, descending, |place| view.purchases.day[view.starts[place] as usize]);
        }
        CustomerSort::Lapse => by_key(places, descending, |place| rows.lapse_on(place)),
        CustomerSort::Dependence => by_key(places, descending, |place| {
            let known = rows.dependence(place);
            (known.is_none() != descending, Total(known.unwrap_or_default()))
        }),
    }
}

/// Each key is looked up once.
fn by_key<K: Ord>(places: &mut [u32], descending: bool, key: impl Fn(usize) -> K) {
    let mut keyed: Vec<(K, u32)> = places.iter().map(|&place| (key(place as usize), place)).collect();
    match descending {
        true => keyed.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1))),
        false => keyed.sort_unstable(),
    }
    places.iter_mut().zip(keyed).for_each(|(to, (_, place))| *to = place);
}

/// A number in the order of all numbers.
#[derive(PartialEq)]
struct Total(f64);

impl Eq for Total {}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Total) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Total {
    fn cmp(&self, other: &Total) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}
