//! Orders as lists show them.

use super::customers;
use super::error::Error;
use super::screens::{LineAnswer, OrderAnswer};
use super::session::Session;
use crate::insight::calendar::Calendar;
use crate::insight::incentive::Incentives;
use crate::insight::margin::{Margin, Parts};
use crate::insight::reckoner::Reckoner;
use crate::insight::{History, Scope};
use crate::ledger::orders::StoredOrder;
use crate::shop::{CustomerId, Yen};
use std::sync::Arc;

/// Every order in the ledger, sale or not, newest first.
pub fn all(session: &Session) -> Result<Vec<OrderAnswer>, Error> {
    asked(session, &Scope::default())
}

/// The orders in scope, sale or not, newest first, as `otokui orders` prints them; a scope without a period has all days.
pub fn asked(session: &Session, scope: &Scope) -> Result<Vec<OrderAnswer>, Error> {
    let words = OrderWords::new(session)?;
    let customers: Option<Vec<CustomerId>> = match scope.group {
        Some(_) => Some(customers::ids(session, scope, None)?),
        None => None,
    };
    let last = [scope.as_of, scope.to].into_iter().flatten().min();
    let is_asked = |order: &StoredOrder| {
        let on = order.ordered_at.day();
        scope.mall.is_none_or(|mall| mall == order.mall)
            && scope.from.is_none_or(|from| from <= on)
            && last.is_none_or(|last| on <= last)
            && scope.item.as_ref().is_none_or(|item| order.lines.iter().any(|line| line.item_code == *item))
    };
    let orders = session.ledger.orders(customers.as_deref())?;
    Ok(orders.into_iter().filter(is_asked).map(|order| order_answer(order, &words)).collect())
}

/// What an order's answer draws on besides the order.
pub(super) struct OrderWords {
    calendar: Arc<Calendar>,
    history: Arc<History>,
}

impl OrderWords {
    pub(super) fn new(session: &Session) -> Result<OrderWords, Error> {
        Ok(OrderWords { calendar: session.calendar()?, history: session.history()? })
    }

    /// What is left of an order and of each of its lines that was not cancelled; nothing for what is no sale.
    fn margins(&self, order: &StoredOrder) -> Option<(Margin, Vec<Margin>)> {
        let history = &*self.history;
        let customer = history.customers.binary_search(&order.customer_id).ok()?;
        let mut places = history.starts[customer] as usize..history.starts[customer + 1] as usize;
        let place = places.find(|&place| history.orders.order.at(place) == order.order_id)?;
        let lines = Reckoner::new(history)?.lines(place);
        Some((history.orders.margin.at(place)?, lines.iter().map(Parts::margin).collect()))
    }
}

pub(super) fn order_answer(order: StoredOrder, words: &OrderWords) -> OrderAnswer {
    let event = words.calendar.is_event(order.mall, order.ordered_at, order.time_known);
    let coupon = order.shop_coupon != Yen::ZERO || order.mall_coupon != Yen::ZERO;
    let full_value = Incentives { event, coupon, raised: order.point_multiplier > 1 }.full_value();
    let margins = words.margins(&order);
    let mut of_lines = margins.iter().flat_map(|(_, lines)| lines);
    OrderAnswer {
        mall: order.mall,
        store: order.store,
        order_number: order.number,
        ordered_at: order.ordered_at,
        status: order.status,
        is_sale: order.status.is_sale(),
        provisional: order.provisional,
        customer_id: order.customer_id,
        goods: order.goods,
        net_sales: order.net_sales,
        points_used: order.points_used,
        shop_coupon: order.shop_coupon,
        mall_coupon: order.mall_coupon,
        postage_charged: order.postage_charged,
        payment: order.payment,
        affiliate: order.affiliate,
        contribution_margin: margins.as_ref().and_then(|(margin, _)| margin.known()),
        contribution_margin_band: margins.as_ref().map(|(margin, _)| margin.band()),
        event,
        full_value,
        lines: order
            .lines
            .into_iter()
            .map(|line| LineAnswer {
                goods: line.unit_price * line.quantity,
                item_code: line.item_code,
                sku: line.sku,
                item_name: line.item_name,
                quantity: line.quantity,
                unit_price: line.unit_price,
                contribution_margin_band: if line.quantity > 0 { of_lines.next().map(Margin::band) } else { None },
            })
            .collect(),
    }
}
