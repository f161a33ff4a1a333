//! What an order was given for: an event day, a coupon, raised points; and the order that needed none of them.
//!
//! The shop's base multiplier is 1, which the malls ask of every shop; whatever is above it the shop pays of its own
//! will. Points the buyer used are a way to pay: they are counted, but make no order less than full value.

use super::calendar::EventDays;
use super::history::{Orders, View};
use crate::shop::{Day, Yen};

/// What one order was given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incentives {
    /// On an event day of its mall; nothing when the time is unclear.
    pub event: Option<bool>,
    /// The shop's coupon or the mall's.
    pub coupon: bool,
    /// A point multiplier above the shop's base.
    pub raised: bool,
}

impl Incentives {
    /// Those of the order at index `o`.
    pub fn of(orders: &Orders, o: usize, events: &EventDays<'_>) -> Incentives {
        Incentives::on(orders, o, orders.ordered_at[o].day(), events)
    }

    /// The same of an order whose day is known.
    #[inline]
    fn on(orders: &Orders, o: usize, day: Day, events: &EventDays<'_>) -> Incentives {
        Incentives {
            event: events.is_event_on(orders.mall[o], day, || (orders.ordered_at[o], orders.time_known[o])),
            coupon: (orders.shop_coupon[o] != Yen::ZERO) | (orders.mall_coupon[o] != Yen::ZERO),
            raised: orders.point_multiplier[o] > 1,
        }
    }

    /// None of event day, coupon and raised multiplier. One reason against is enough, whether or not the event is
    /// clear; nothing when only the event could decide it and is unclear.
    pub fn full_value(self) -> Option<bool> {
        if self.coupon | self.raised { Some(false) } else { self.event.map(|on_event| !on_event) }
    }
}

/// What kind of day a purchase was made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Every order of it on an event.
    Event,
    /// An order of it outside events.
    Plain,
    /// No order is known to be outside events, and one is unclear.
    Unclear,
}

/// One purchase, all its orders in scope together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasons {
    /// The kind of day.
    pub occasion: Occasion,
    /// An order of it was a full-value one; nothing when that is unclear.
    pub full_value: Option<bool>,
    /// An order of it had a coupon.
    pub coupon: bool,
    /// An order of it had raised points.
    pub raised: bool,
}

impl Reasons {
    /// Of the purchase at place `p`.
    #[inline]
    pub fn of(view: &View<'_>, events: &EventDays<'_>, p: usize) -> Reasons {
        let (from, to) = (view.purchases.order_from[p], view.purchases.order_to[p]);
        // Most purchases are one order.
        if to - from == 1 {
            let order = Incentives::on(&view.history.orders, from as usize, view.purchases.day[p], events);
            let occasion = match order.event {
                Some(true) => Occasion::Event,
                Some(false) => Occasion::Plain,
                None => Occasion::Unclear,
            };
            return Reasons { occasion, full_value: order.full_value(), coupon: order.coupon, raised: order.raised };
        }
        let mut found = Reasons { occasion: Occasion::Event, full_value: Some(false), coupon: false, raised: false };
        for o in view.orders_of(p) {
            let order = Incentives::of(&view.history.orders, o, events);
            found.occasion = match (found.occasion, order.event) {
                (Occasion::Plain, _) | (_, Some(false)) => Occasion::Plain,
                (Occasion::Unclear, _) | (_, None) => Occasion::Unclear,
                (Occasion::Event, Some(true)) => Occasion::Event,
            };
            found.full_value = match (found.full_value, order.full_value()) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (None, _) | (_, None) => None,
                (Some(false), Some(false)) => Some(false),
            };
            found.coupon |= order.coupon;
            found.raised |= order.raised;
        }
        found
    }

    /// What its order was given for, where it is of one order alone.
    pub(crate) fn of_one_order(self) -> Incentives {
        let event = match self.occasion {
            Occasion::Event => Some(true),
            Occasion::Plain => Some(false),
            Occasion::Unclear => None,
        };
        Incentives { event, coupon: self.coupon, raised: self.raised }
    }

    /// Of every purchase of the view.
    pub fn of_all(view: &View<'_>, events: &EventDays<'_>) -> Vec<Reasons> {
        (0..view.purchases.day.len()).map(|p| Reasons::of(view, events, p)).collect()
    }
}
