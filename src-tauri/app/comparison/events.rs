//! Events and points in both periods.

use super::rows::{Said, Unit};
use super::{Asked, ComparedRow};
use crate::app::error::Error;
use crate::app::points::NEEDED;
use crate::app::{points, profit};
use crate::insight::margin::Step;
use crate::insight::points::{IncentiveSums, RepeatEvents};
use crate::insight::profit::ProfitStep;
use crate::insight::{Band, Interval};

type Period = (Option<RepeatEvents>, IncentiveSums);

impl Asked<'_, '_> {
    /// How much of the repeat purchases hangs on events, what the orders were given for, and what the shop paid for it.
    pub(super) fn points(&self) -> Result<Vec<ComparedRow>, Error> {
        let both = [points::of_period(self.session, &self.now)?, points::of_period(self.session, &self.other)?];
        let of_orders = |key: &str, of: &dyn Fn(&IncentiveSums) -> u32| {
            let share = |(_, sums): &Period| Interval::of_share(of(sums), sums.order_count);
            self.share(key, &self.label(key), Unit::Orders, both.each_ref().map(share))
        };
        let repeat = both.each_ref().map(|(repeat, _)| repeat.as_ref().map(|repeat| repeat.share));
        // Of few purchases a difference to what is expected is chance.
        let excess = both.each_ref().map(|(repeat, _)| {
            repeat.as_ref().filter(|repeat| repeat.purchase_count >= NEEDED).map(|repeat| repeat.excess)
        });
        // Likewise a share of the money of few orders.
        let of_money = |key: &str, of: &dyn Fn(&IncentiveSums) -> Option<f64>| {
            let said = |(_, sums): &Period| -> Said {
                self.said(Unit::Share, of(sums).filter(|_| sums.order_count >= NEEDED))
            };
            self.put(key, &self.label(key), Unit::Share, both.each_ref().map(said))
        };
        let mut rows = vec![
            self.share("repeat_events", &self.label("repeat_events"), Unit::Times, repeat),
            self.row("events_excess", Unit::Points, excess),
            of_orders("full_value", &|sums| sums.full_value_count),
            of_orders("event_orders", &|sums| sums.event_count),
            of_orders("raised_orders", &|sums| sums.raised_count),
            of_orders("coupon_orders", &|sums| sums.shop_coupon_count),
            of_orders("paid_by_mall", &|sums| sums.paid_by_mall_count),
            of_money("own_points", &|sums| sums.own_point_share),
            self.row("incentives", Unit::Yen, both.each_ref().map(|(_, sums)| Some(sums.incentives.as_f64()))),
            of_money("incentive_share", &|sums| sums.incentive_share),
        ];
        let [now, other] =
            [profit::answer(self.session, &self.now, None)?, profit::answer(self.session, &self.other, None)?];
        let funded = |steps: &'_ [ProfitStep]| steps.iter().position(|step| step.key == Step::Points);
        if let (Some(here), Some(there)) = (funded(&now.steps), funded(&other.steps)) {
            // What the waterfall takes off is here what was paid.
            let paid = |step: &ProfitStep| self.said_band(Some(Band { low: -step.high, high: -step.low }));
            let both = [paid(&now.steps[here]), paid(&other.steps[there])];
            rows.push(self.put("shop_points", &self.label("shop_points"), Unit::Yen, both));
        }
        Ok(rows)
    }
}
