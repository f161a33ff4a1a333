//! 計算のしかた: what every figure rests on, whatever the screen.

use super::error::Error;
use super::screens::{Basis, Counted};
use super::session::{Session, among, view, view_of_everybody};
use super::settings;
use crate::insight::rfm::ValueBasis;
use crate::insight::{Scope, View, rfm, value};
use crate::shop::{CustomerId, Day, OrderStatus};

/// The definitions in force for this scope, and what was left out, counted.
pub fn answer(session: &Session, scope: &Scope) -> Result<Basis, Error> {
    let history = session.history()?;
    let everybody = view_of_everybody(session, &history, scope)?;
    let of_scope = view(session, &history, scope)?;
    let uncertain = session.uncertain_among((0..).map_while(|place| {
        let view = of_scope.as_ref()?;
        (place < view.customers.len()).then(|| view.id(place))
    }))?;
    let (mut period, mut ever) = (None, None);
    if let Some(view) = &of_scope {
        period = Some(counted(session, view, scope, (view.from, view.to))?);
        ever = Some(counted(session, view, scope, (view.reaches_back_to.min(view.as_of), view.as_of))?);
    }
    Ok(Basis {
        as_of: everybody.as_ref().map(|view| view.as_of),
        period,
        ever,
        value_basis: everybody.as_ref().map_or(ValueBasis::NetSales, value::basis),
        known_cost_share: everybody.as_ref().map(value::known_share),
        unconfirmed_count: settings::unconfirmed(session)?,
        thresholds: everybody.as_ref().map(|view| rfm::scores(view).0),
        uncertain_count: uncertain.count,
        uncertain_share: uncertain.share,
    })
}

fn counted(session: &Session, view: &View<'_>, scope: &Scope, (from, to): (Day, Day)) -> Result<Counted, Error> {
    let orders = &view.history.orders;
    let (start, end) = (from.start(), (to + 1).start());
    let mut sum = Counted {
        from,
        to,
        order_count: 0,
        customer_count: 0,
        cancelled_count: 0,
        returned_count: 0,
        provisional_count: 0,
        split_count: 0,
        subscription_count: 0,
        time_unknown_count: 0,
    };
    // Orders stand by customer.
    let mut last_buyer = None;
    for o in (0..view.included.len()).filter(|&o| view.included[o] && (start..end).contains(&orders.ordered_at[o])) {
        sum.order_count += u32::from(!orders.split[o]);
        sum.split_count += u32::from(orders.split[o]);
        sum.subscription_count += u32::from(orders.subscription[o]);
        sum.time_unknown_count += u32::from(!orders.time_known[o]);
        sum.customer_count += u32::from(last_buyer != Some(orders.customer.at(o)));
        last_buyer = Some(orders.customer.at(o));
    }
    // Without a sale nobody is in a group.
    let customers =
        scope.group.map(|_| (0..view.customers.len()).map(|place| view.id(place)).collect::<Vec<CustomerId>>());
    let is_asked = |id: CustomerId| customers.as_ref().is_none_or(|ids| ids.binary_search(&id).is_ok());
    for order in among(&session.set_apart()?, scope, (from, to), is_asked) {
        match order.status {
            OrderStatus::Cancelled => sum.cancelled_count += 1,
            OrderStatus::Returned => sum.returned_count += 1,
            OrderStatus::Placed | OrderStatus::Shipped => sum.provisional_count += 1,
        }
    }
    Ok(sum)
}
