//! The screen ポイント: how much of the repeat purchases hangs on events, with whom, for what, and what follows.

use super::attachment::Attachment;
use super::calendar::EventDays;
use super::dependence::{DependenceBand, Dependences, FIT_NEEDS, Prior, Tally};
use super::exit_path::{self, ExitPath, FirstOrderRow};
use super::history::View;
use super::incentive::Incentives;
use super::plane_rows::Plane;
use super::point_people::{PlaneQuarter, PointPeople};
use super::point_rows::Lists;
use super::rfm::ValueBasis;
use super::stats::{Interval, TooFew};
use super::value;
use super::what_if::{self, WhatIf};
use crate::shop::{CustomerId, Day, Yen};
use serde::Serialize;

pub use super::plane_rows::{BandRow, PlaneCell, QuarterRow};
pub use super::point_rows::DependenceRow;

/// Points and events of everybody in scope.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Points {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// First day of the period that `repeat`, `incentives` and `what_if` speak of.
    pub from: Option<Day>,
    /// Its last day.
    pub to: Option<Day>,
    /// Net sales or contribution margin, in `ltv_365`.
    pub value: ValueBasis,
    /// Repeat purchases of the period; nothing without clear ones.
    pub repeat: Option<RepeatEvents>,
    /// What the period's orders were given for.
    pub incentives: IncentiveSums,
    /// What single customers are shrunken towards.
    pub prior: PriorAnswer,
    /// Customers by band, most dependent first, those of whom nothing can be said last.
    pub bands: Vec<BandRow>,
    /// By group, best first.
    pub groups: Vec<DependenceRow>,
    /// By item, most purchases first.
    pub items: Vec<DependenceRow>,
    /// By month of the first purchase, oldest first.
    pub cohorts: Vec<DependenceRow>,
    /// By what the first purchase was given for.
    pub first_orders: Vec<FirstOrderRow>,
    /// What became of those who came on event days only.
    pub exit: ExitPath,
    /// Customers on the plane of dependence and attachment, bands then steps.
    pub plane: Vec<PlaneCell>,
    /// Its four quarters with the parts of attachment.
    pub quarters: Vec<QuarterRow>,
    /// Lowering a multiplier by one; nothing while the period knows no raised one.
    pub what_if: Option<WhatIf>,
    /// Everybody of whom something can be said, most dependent first; ties by customer.
    pub customers: Vec<PointCustomer>,
    /// How many they are, where only the first are listed.
    pub customer_count: u32,
}

/// Repeat purchases on event days against what one-time buyers do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RepeatEvents {
    /// Clear repeat purchases (customer-days after the first, fresh decisions).
    pub purchase_count: u32,
    /// Of these, on event days.
    pub event_count: u32,
    /// Repeat purchases that count neither way.
    pub unclear_count: u32,
    /// Share on event days, 90 % Wilson interval.
    pub share: Interval,
    /// What one-time buyers do in the same mall and months.
    pub expected_share: f64,
    /// `share` − `expected_share`: what events draw beyond chance.
    pub excess: f64,
    /// Buyers of the repeat purchases on event days.
    pub people: String,
}

/// What the orders of a period were given for; an order may count in several.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct IncentiveSums {
    /// Orders, parts of split ones not counted.
    pub order_count: u32,
    /// On an event day.
    pub event_count: u32,
    /// It is not clear whether on an event day.
    pub unclear_count: u32,
    /// With the shop's coupon.
    pub shop_coupon_count: u32,
    /// With the mall's coupon or points used.
    pub paid_by_mall_count: u32,
    /// With a multiplier above the shop's base.
    pub raised_count: u32,
    /// With none of event day, coupon, raised multiplier.
    pub full_value_count: u32,
    /// The shop's coupons and raised points.
    pub incentives: Yen,
    /// `incentives` ÷ goods; nothing without goods.
    pub incentive_share: Option<f64>,
    /// Points, mall coupons and gift cards ÷ what was paid; nothing without.
    pub own_point_share: Option<f64>,
}

/// The prior in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PriorAnswer {
    /// Customers with two clear purchases, everybody's.
    pub customer_count: u32,
    /// Their prior is fitted; else it is the expectation worth four purchases.
    pub fitted: bool,
    /// α + β, in purchases.
    pub strength: f64,
    /// α at the mean expectation of these customers.
    pub alpha: f64,
    /// β there.
    pub beta: f64,
    /// Until it can be fitted.
    pub too_few: Option<TooFew>,
}

/// One customer with at least two clear purchases.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PointCustomer {
    /// Who.
    pub customer_id: CustomerId,
    /// Filled in by `app`.
    pub display_name: String,
    /// Clear purchases.
    pub purchase_count: u32,
    /// Of these, on event days.
    pub event_count: u32,
    /// `event_count` ÷ `purchase_count`.
    pub event_share: f64,
    /// What one-time buyers do in the same mall and months.
    pub expected_share: f64,
    /// Posterior mean share − `expected_share`.
    pub dependence: f64,
    /// Its band.
    pub band: DependenceBand,
    /// The shop's coupons and raised points ÷ goods; nothing without goods.
    pub incentive_share: Option<f64>,
    /// Points, mall coupons and gift cards ÷ what was paid; nothing without.
    pub own_point_share: Option<f64>,
    /// Purchases with a full-value order.
    pub full_value_count: u32,
    /// The parts of attachment.
    pub attachment: Attachment,
    /// Its quarter of the plane.
    pub quarter: PlaneQuarter,
}

/// What is asked.
pub struct Question<'q> {
    /// Everybody's dependence in this view.
    pub dependences: &'q Dependences,
    /// By place.
    pub attachments: &'q [Attachment],
    /// The calendar, laid out.
    pub events: &'q EventDays<'q>,
    /// The multiplier to lower, where the owner has typed one.
    pub multiplier: Option<u16>,
    /// Whose figures: the expectation and the priors are everybody's.
    pub keep: &'q dyn Fn(usize) -> bool,
    /// How many customers are listed at most.
    pub listed: usize,
}

/// Everything the screen shows. `view` is everybody; nothing in scope gives an empty answer.
pub fn points(view: &View<'_>, question: &Question<'_>) -> Points {
    let Question { dependences, attachments, events, multiplier, keep, listed } = *question;
    let people = &people(view, keep)[..];
    let prior = &dependences.prior;
    // Places ascend with customers.
    let mut most: Vec<(f64, usize)> =
        people.iter().filter_map(|&place| Some((dependences.at(place as usize)?, place as usize))).collect();
    let customer_count = most.len() as u32;
    let more_dependent = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if listed < most.len() {
        most.select_nth_unstable_by(listed, more_dependent);
        most.truncate(listed);
    }
    most.sort_unstable_by(more_dependent);
    let customer = |(_, place)| customer(view, dependences, attachments, place);
    let Lists { groups, items, cohorts } = super::point_rows::lists(view, dependences, people);
    let Plane { bands, cells: plane, quarters } = super::plane_rows::plane(view, dependences, attachments, people);
    let (repeat, incentives) = in_period(view, dependences, events, people);
    Points {
        as_of: Some(view.as_of),
        from: Some(view.from),
        to: Some(view.to),
        value: value::basis(view),
        repeat,
        incentives,
        prior: prior_answer(prior, dependences),
        bands,
        groups,
        items,
        cohorts,
        first_orders: exit_path::first_orders(view, dependences, people),
        exit: exit_path::exit_path(view, dependences, people),
        plane,
        quarters,
        what_if: what_if::what_if(view, events, multiplier, people),
        customer_count,
        customers: most.into_iter().filter_map(customer).collect(),
    }
}

/// The repeat purchases of the view's period and what its orders were given for, of the customers whose place `keep` wants: the part
/// of [`points`] that speaks of a period.
pub fn of_period(
    view: &View<'_>,
    dependences: &Dependences,
    events: &EventDays<'_>,
    keep: &dyn Fn(usize) -> bool,
) -> (Option<RepeatEvents>, IncentiveSums) {
    in_period(view, dependences, events, &people(view, keep))
}

/// The places that `keep` wants, ascending.
fn people(view: &View<'_>, keep: &dyn Fn(usize) -> bool) -> Vec<u32> {
    (0..view.customers.len() as u32).filter(|&place| keep(place as usize)).collect()
}

fn prior_answer(prior: &Prior, dependences: &Dependences) -> PriorAnswer {
    let mut all = Tally::default();
    for tally in dependences.tallies.iter().filter(|tally| tally.purchases >= super::dependence::NEEDED) {
        all.purchases += tally.purchases;
        all.on_events += tally.on_events;
        all.expected += tally.expected;
    }
    let mean = prior.mean(&all);
    PriorAnswer {
        customer_count: prior.rows,
        fitted: prior.fitted,
        strength: prior.strength,
        alpha: prior.strength * mean,
        beta: prior.strength * (1.0 - mean),
        too_few: (!prior.fitted).then_some(TooFew { have: prior.rows, need: FIT_NEEDS }),
    }
}

/// Goods, what the shop gave, what was paid and what of it the malls paid.
#[derive(Clone, Copy, Default)]
struct Given {
    goods: Yen,
    millionths: i64,
    coupon: Yen,
    paid: Yen,
    by_mall: Yen,
}

impl Given {
    /// An order, without what its points cost.
    fn add(&mut self, view: &View<'_>, o: usize) {
        let orders = &view.history.orders;
        self.goods += orders.goods[o];
        self.coupon += orders.shop_coupon[o];
        self.paid += orders.net_sales[o] + view.history.inputs.orders[o].charged;
        self.by_mall += orders.paid_by_mall[o];
    }

    fn incentives(&self) -> Yen {
        self.coupon + Yen((self.millionths + 500_000).div_euclid(1_000_000))
    }

    fn incentive_share(&self) -> Option<f64> {
        (self.goods > Yen::ZERO).then(|| self.incentives().as_f64() / self.goods.as_f64())
    }

    fn own_point_share(&self) -> Option<f64> {
        (self.paid > Yen::ZERO).then(|| (self.by_mall.as_f64() / self.paid.as_f64()).clamp(0.0, 1.0))
    }
}

/// Repeat purchases of the period by the customers at these places, and what their orders of the period were given for.
fn in_period(
    view: &View<'_>,
    dependences: &Dependences,
    events: &EventDays<'_>,
    people: &[u32],
) -> (Option<RepeatEvents>, IncentiveSums) {
    let (orders, purchases) = (&view.history.orders, &view.purchases);
    let (mut sums, mut given, mut tally) = (IncentiveSums::default(), Given::default(), Tally::default());
    for range in people.iter().map(|&place| view.purchases_of(place as usize)) {
        for p in range.clone().filter(|&p| (view.from <= purchases.day[p]) & (purchases.day[p] <= view.to)) {
            let reasons = dependences.reasons[p];
            if p > range.start && purchases.fresh[p] {
                tally.add(reasons.occasion, dependences.expected(p));
            }
            // Most purchases are one order.
            let is_one = purchases.order_to[p] - purchases.order_from[p] == 1;
            for o in view.orders_of(p) {
                given.add(view, o);
                if orders.split[o] {
                    continue;
                }
                let order = if is_one { reasons.of_one_order() } else { Incentives::of(orders, o, events) };
                sums.order_count += 1;
                sums.event_count += u32::from(order.event == Some(true));
                sums.unclear_count += u32::from(order.event.is_none());
                sums.shop_coupon_count += u32::from(orders.shop_coupon[o] != Yen::ZERO);
                sums.paid_by_mall_count += u32::from(orders.paid_by_mall[o] != Yen::ZERO);
                sums.raised_count += u32::from(order.raised);
                sums.full_value_count += u32::from(order.full_value() == Some(true));
            }
        }
    }
    given.millionths = what_if::raised_lines(view, people).map(|line| line.millionths).sum();
    sums.incentives = given.incentives();
    sums.incentive_share = given.incentive_share();
    sums.own_point_share = given.own_point_share();
    (repeat(view, &tally), sums)
}

fn repeat(view: &View<'_>, tally: &Tally) -> Option<RepeatEvents> {
    let share = Interval::of_share(tally.on_events, tally.purchases)?;
    let expected_share = tally.expected_share()?;
    Some(RepeatEvents {
        purchase_count: tally.purchases,
        event_count: tally.on_events,
        unclear_count: tally.unclear,
        share,
        expected_share,
        excess: share.value - expected_share,
        people: PointPeople::Repeat(view.from, view.to).to_string(),
    })
}

fn customer(
    view: &View<'_>,
    dependences: &Dependences,
    attachments: &[Attachment],
    place: usize,
) -> Option<PointCustomer> {
    let dependence = dependences.at(place)?;
    let tally = &dependences.tallies[place];
    let (band, attachment) = (DependenceBand::of(Some(dependence)), attachments[place]);
    let mut given = Given::default();
    view.purchases_of(place).flat_map(|p| view.orders_of(p)).for_each(|o| given.add(view, o));
    let customer = view.customers[place] as usize;
    let raised = view.history.raised().of_orders(view.history.starts[customer]..view.history.starts[customer + 1]);
    given.millionths =
        raised.iter().filter(|line| view.included[line.order as usize]).map(|line| line.millionths).sum();
    let full = view.purchases_of(place).filter(|&p| dependences.reasons[p].full_value == Some(true));
    Some(PointCustomer {
        customer_id: view.id(place),
        display_name: String::new(),
        purchase_count: tally.purchases,
        event_count: tally.on_events,
        event_share: tally.share()?,
        expected_share: tally.expected_share()?,
        dependence,
        band,
        incentive_share: given.incentive_share(),
        own_point_share: given.own_point_share(),
        full_value_count: full.count() as u32,
        attachment,
        quarter: PlaneQuarter::of(band, attachment.level())?,
    })
}

/// Who is meant, one answer per place in the view.
pub fn select(view: &View<'_>, question: &Question<'_>, people: PointPeople) -> Vec<bool> {
    let Question { dependences, attachments, .. } = *question;
    let way = |place: usize| exit_path::way(view, dependences, place);
    let in_days = |p: usize, from: Day, to: Day| (from..=to).contains(&view.purchases.day[p]);
    let wanted = |place: usize| match people {
        PointPeople::Band(band) => dependences.band(place) == band,
        PointPeople::Cell(band, level) => dependences.band(place) == band && attachments[place].level() == level,
        PointPeople::Quarter(quarter) => {
            PlaneQuarter::of(dependences.band(place), attachments[place].level()) == Some(quarter)
        }
        PointPeople::First(first) => first.is(&dependences.reasons[view.purchases_of(place).start]),
        PointPeople::EventStart => way(place).is_some(),
        PointPeople::EventLeft => way(place).is_some_and(|way| way.left.is_some()),
        PointPeople::EventOnly => way(place).is_some_and(|way| way.event_only),
        PointPeople::Repeat(from, to) => view.purchases_of(place).skip(1).any(|p| {
            let is_event = dependences.reasons[p].occasion == super::incentive::Occasion::Event;
            view.purchases.fresh[p] && is_event && dependences.expected(p).is_some() && in_days(p, from, to)
        }),
        PointPeople::Multiplier(from, to, times) => {
            view.purchases_of(place).filter(|&p| in_days(p, from, to)).flat_map(|p| view.orders_of(p)).any(|o| {
                let lines = &view.history.inputs.lines[view.history.line_range(o)];
                lines.iter().any(|line| line.point_multiplier == times)
            })
        }
    };
    (0..view.customers.len()).map(wanted).collect()
}
