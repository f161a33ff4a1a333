//! Orders as lists show them.

use super::error::Error;
use super::screens::{LineAnswer, OrderAnswer};
use super::session::Session;
use crate::insight::calendar::Calendar;
use crate::ledger::orders::StoredOrder;
use crate::shop::Yen;

/// Every order in the ledger, sale or not, newest first, as `otokui orders` prints them.
pub fn all(session: &Session) -> Result<Vec<OrderAnswer>, Error> {
    let words = OrderWords::new(session);
    Ok(session.ledger.orders(None)?.into_iter().map(|order| order_answer(order, &words)).collect())
}

/// What an order's answer draws on besides the order.
pub(super) struct OrderWords<'s> {
    calendar: &'s Calendar,
}

impl<'s> OrderWords<'s> {
    pub(super) fn new(session: &'s Session) -> OrderWords<'s> {
        OrderWords { calendar: &session.calendar }
    }
}

pub(super) fn order_answer(order: StoredOrder, words: &OrderWords<'_>) -> OrderAnswer {
    let event = words.calendar.is_event(order.mall, order.ordered_at, order.time_known);
    // One reason against is enough, whether or not the event is clear.
    let incentive = order.shop_coupon != Yen::ZERO || order.mall_coupon != Yen::ZERO || order.point_multiplier > 1;
    let full_value = if incentive { Some(false) } else { event.map(|on_event| !on_event) };
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
        contribution_margin: None,
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
            })
            .collect(),
    }
}
