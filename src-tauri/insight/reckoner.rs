//! Works margins out: the steps of each order, and of each of its lines, from the columns of a history.

use super::history::{History, Once};
use super::margin::{Parts, Step};
use super::rates::{Base, Charge, Costs, ONE_PER_CENT, Rate, Settled, WHOLE};
use super::shares::share_into;
use super::stats::Band;
use crate::shop::Yen;
use std::ops::Range;

/// Works margins out, order by order; holds the lists it works in.
pub struct Reckoner<'h> {
    history: &'h History,
    costs: &'h Costs,
    /// Per line of the order, and one more for goods that no line states.
    goods: Vec<i64>,
    nets: Vec<i64>,
    /// Points per line in millionths of a yen, least and most.
    points: Vec<(i64, i64)>,
    cost: Vec<(i64, i64, bool)>,
    /// What tells the lines apart wherever they stand in a file.
    ties: Vec<Tie>,
    shares: Vec<i64>,
}

impl<'h> Reckoner<'h> {
    /// For a history whose costs have been put together; nothing for one without.
    pub fn new(history: &'h History) -> Option<Reckoner<'h>> {
        Some(Reckoner::with(history, history.costs.as_deref()?))
    }

    fn with(history: &'h History, costs: &'h Costs) -> Reckoner<'h> {
        Reckoner {
            history,
            costs,
            goods: Vec::new(),
            nets: Vec::new(),
            points: Vec::new(),
            cost: Vec::new(),
            ties: Vec::new(),
            shares: Vec::new(),
        }
    }

    /// The steps of the order at index `o`.
    pub fn order(&mut self, o: usize) -> Parts {
        let orders = &self.history.orders;
        let input = self.history.inputs.orders[o];
        let (goods, net, coupon) = (orders.goods[o].0, orders.net_sales[o].0, orders.shop_coupon[o].0);
        let (day, mall) = (orders.ordered_at[o].day(), orders.mall[o]);
        self.spread_lines(o);
        let mut parts = Parts::default();
        parts.gain(Step::Goods, goods);
        parts.gain(Step::ShopCoupon, -coupon);
        parts.gain(Step::Refund, -input.refund.0);
        parts.gain(Step::Discount, -(goods - coupon - input.refund.0 - net));
        parts.gain(Step::Charged, input.charged.0);
        let cost = |end: fn(&(i64, i64, bool)) -> i64| self.cost.iter().map(end).sum::<i64>();
        parts.cost(Step::CostOfGoods, cost(|c| c.0), cost(|c| c.1));
        parts.known_goods = Yen(self.cost.iter().zip(&self.goods).map(|(c, g)| if c.2 { *g } else { 0 }).sum());
        let settled = self.settled(o);
        for step in [Step::MallFee, Step::PaymentFee, Step::Points, Step::Affiliate] {
            if let Some(charged) = settled.of(step) {
                parts.cost(step, charged.0, charged.0);
                continue;
            }
            let (mut least, mut most) = (0, 0);
            let is_for = |charge: &&Charge| charge.step == step && charge.which.has(input.payment, input.affiliate);
            for charge in self.costs.charges_of(mall).iter().filter(is_for) {
                // Parts of a split order were paid for once, with the order they were split from.
                if let Some(each) = charge.per_order.at(day).filter(|_| !orders.split[o]) {
                    least += each.low.0 * i64::from(WHOLE);
                    most += each.high.0 * i64::from(WHOLE);
                }
                let Some(&rate) = charge.rates.at(day) else { continue };
                if charge.raised || charge.base == Base::NetSalesBeforeTax {
                    self.spread_points(o, rate, charge.base, charge.raised);
                    least += self.points.iter().map(|p| p.0).sum::<i64>();
                    most += self.points.iter().map(|p| p.1).sum::<i64>();
                } else {
                    let base = if charge.base == Base::Paid { net + input.charged.0 } else { net };
                    least += base.max(0) * i64::from(rate.low);
                    most += base.max(0) * i64::from(rate.high);
                }
            }
            parts.cost(step, to_yen(least), to_yen(most));
        }
        match settled.of(Step::CouponFee) {
            Some(charged) => parts.cost(Step::CouponFee, charged.0, charged.0),
            None if input.coupon_beyond_free => {
                let fee = self.costs.coupon_fee[mall as usize].at(day).copied().unwrap_or_default();
                parts.cost(Step::CouponFee, fee.low.0, fee.high.0);
            }
            None => {}
        }
        parts.cost(Step::Postage, i64::from(input.postage_low), i64::from(input.postage_high));
        parts.sum_up();
        parts
    }

    /// The steps of each line of the order at index `o`, and, after them, of goods that no line states, if there are
    /// any. They add up to those of the order: what belongs to the order as a whole is shared out by net sales, the
    /// shop's coupon, discounts and refunds by goods, points by what each line earns.
    pub fn lines(&mut self, o: usize) -> Vec<Parts> {
        let order = self.order(o);
        let mut lines = vec![Parts::default(); self.goods.len()];
        for (line, (goods, cost)) in lines.iter_mut().zip(self.goods.iter().zip(&self.cost)) {
            line.gain(Step::Goods, *goods);
            line.cost(Step::CostOfGoods, cost.0, cost.1);
            line.known_goods = if cost.2 { Yen(*goods) } else { Yen::ZERO };
        }
        let goods = self.goods.clone();
        for step in [Step::ShopCoupon, Step::Discount, Step::Refund] {
            self.share(&order, step, &goods, &mut lines);
        }
        let nets = self.nets.clone();
        let points: Vec<i64> = self.points.iter().map(|p| p.0 + p.1).collect();
        for step in [Step::Charged, Step::MallFee, Step::PaymentFee, Step::Affiliate, Step::CouponFee, Step::Postage] {
            self.share(&order, step, &nets, &mut lines);
        }
        let by_points = points.len() == nets.len() && points.iter().any(|&p| p > 0);
        self.share(&order, Step::Points, if by_points { &points } else { &nets }, &mut lines);
        lines.iter_mut().for_each(Parts::sum_up);
        lines
    }

    /// Shares the low end of a step out, and then what the high end has more, so that no line's ends cross.
    fn share(&mut self, order: &Parts, step: Step, weights: &[i64], lines: &mut [Parts]) {
        let Band { low, high } = order.of(step);
        share_into(low.0, weights, |place| self.ties[place], &mut self.shares);
        for (line, low) in lines.iter_mut().zip(&self.shares) {
            line.bands[step as usize] = Band { low: Yen(*low), high: Yen(*low) };
        }
        share_into((high - low).0, weights, |place| self.ties[place], &mut self.shares);
        lines.iter_mut().zip(&self.shares).for_each(|(line, more)| line.bands[step as usize].high += Yen(*more));
    }

    fn settled(&self, o: usize) -> Settled {
        let place = self.history.inputs.orders[o].settled as usize;
        place.checked_sub(1).map_or_else(Settled::default, |place| self.costs.settled[place])
    }

    /// Goods and net sales of each line. Net sales: goods less its shares of coupon, discount and refund, exactly as
    /// [`Reckoner::lines`] shares them.
    fn spread_nets(&mut self, o: usize) {
        let orders = &self.history.orders;
        let (goods, net, coupon) = (orders.goods[o].0, orders.net_sales[o].0, orders.shop_coupon[o].0);
        let refund = self.history.inputs.orders[o].refund.0;
        let lines = self.history.lines_of(o);
        self.points.clear();
        self.goods.clear();
        self.goods.extend(lines.iter().map(|line| line.goods.0));
        let rest = goods - self.goods.iter().sum::<i64>();
        if rest != 0 || lines.is_empty() {
            self.goods.push(rest);
        }
        let inputs = &self.history.inputs.lines[self.history.line_range(o)];
        self.ties.clear();
        self.ties.extend(
            lines
                .iter()
                .zip(inputs)
                .map(|(line, input)| (input.product, line.goods.0, line.quantity, input.point_multiplier)),
        );
        self.ties.push((u32::MAX, 0, 0, 0));
        self.nets.clear();
        self.nets.extend_from_slice(&self.goods);
        for part in [coupon, goods - coupon - refund - net, refund].into_iter().filter(|part| *part != 0) {
            share_into(-part, &self.goods, |place| self.ties[place], &mut self.shares);
            self.nets.iter_mut().zip(&self.shares).for_each(|(net, share)| *net += share);
        }
    }

    /// Goods, net sales and cost of each line.
    fn spread_lines(&mut self, o: usize) {
        self.spread_nets(o);
        let (lines, inputs) = (self.history.lines_of(o), &self.history.inputs.lines[self.history.line_range(o)]);
        let day = self.history.orders.ordered_at[o].day();
        self.cost.clear();
        for (place, net) in self.nets.iter().enumerate() {
            let known = lines.get(place).and_then(|line| {
                let input = inputs[place];
                let piece = self.costs.products.get(input.product as usize)?.at(day)?;
                let cost = piece.of(line.quantity, input.tax_permille);
                Some((cost, cost, true))
            });
            let by_rate = || {
                let rate = self.costs.cost_rate.at(day)?;
                let part = |share: u32| to_yen(self.goods[place].max(0) * i64::from(share));
                Some((part(rate.low), part(rate.high), true))
            };
            self.cost.push(known.or_else(by_rate).unwrap_or((0, (*net).max(0), *net <= 0 && self.goods[place] == 0)));
        }
    }

    /// Points of each line at this rate, in millionths of a yen.
    fn spread_points(&mut self, o: usize, rate: Rate, base: Base, raised: bool) {
        let inputs = &self.history.inputs.lines[self.history.line_range(o)];
        self.points.clear();
        for (place, net) in self.nets.iter().enumerate() {
            let input = inputs.get(place);
            let times = input.map_or(1, |input| input.point_multiplier.max(1));
            let more = if raised { u32::from(times - 1).min(100) * ONE_PER_CENT } else { 0 };
            let tax = input.map_or(100, |input| input.tax_permille);
            let earns = |share: u32| {
                let whole = net.max(&0) * i64::from(share.saturating_add(more).min(2 * WHOLE));
                match base {
                    Base::NetSalesBeforeTax => match whole.checked_mul(1000) {
                        Some(thousandfold) => thousandfold / (1000 + i64::from(tax)),
                        None => (i128::from(whole) * 1000 / (1000 + i128::from(tax))) as i64,
                    },
                    Base::NetSales | Base::Paid => whole,
                }
            };
            self.points.push((earns(rate.low), earns(rate.high)));
        }
    }
}

/// Product, goods, quantity and point multiplier: lines that agree in all of them are alike.
type Tie = (u32, i64, u32, u16);

/// Millionths of a yen in whole yen, half a yen up.
fn to_yen(millionths: i64) -> i64 {
    (millionths + i64::from(WHOLE) / 2) / i64::from(WHOLE)
}

/// What raised multipliers cost.
#[derive(Clone, Debug, Default)]
pub(crate) struct Raised {
    /// Every line at a raised multiplier, by order.
    lines: Vec<RaisedLine>,
}

/// A line at a raised multiplier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RaisedLine {
    /// Index of its order.
    pub order: u32,
    /// The multiplier.
    pub times: u16,
    /// What its points above the base cost, in millionths of a yen.
    pub millionths: i64,
}

impl Raised {
    fn of(history: &History) -> Raised {
        let unknown = Costs::default();
        let costs = history.costs.as_deref().unwrap_or(&unknown);
        let mut reckoner = Reckoner::with(history, costs);
        let mut found = Raised::default();
        for o in (0..history.orders.order.len()).filter(|&o| history.orders.point_multiplier[o] > 1) {
            let raised = costs.charges_of(history.orders.mall[o]).iter().find(|charge| charge.raised);
            reckoner.spread_nets(o);
            reckoner.spread_points(o, Rate::default(), raised.map_or(Base::NetSales, |charge| charge.base), true);
            for (place, line) in history.inputs.lines[history.line_range(o)].iter().enumerate() {
                if line.point_multiplier > 1 {
                    let millionths = reckoner.points[place].0;
                    found.lines.push(RaisedLine { order: o as u32, times: line.point_multiplier, millionths });
                }
            }
        }
        found
    }

    /// The lines of these orders, by order.
    pub fn of_orders(&self, orders: Range<u32>) -> &[RaisedLine] {
        let before = |end: u32| self.lines.partition_point(|line| line.order < end);
        &self.lines[before(orders.start)..before(orders.end)]
    }
}

impl History {
    /// What raised multipliers cost in all orders; worked out once. Each time above one is one per cent of what the mall counts
    /// points on. It is what the shop gives if nobody stays away, worked out with the rates, not taken from a settlement.
    pub(crate) fn raised(&self) -> &Raised {
        self.raised.or(|| Raised::of(self))
    }

    /// Fills the margin of every order in, from its costs and inputs; without costs margins stay unknown.
    pub fn work_margins_out(&mut self) {
        let mut margins = std::mem::take(&mut self.orders.margin);
        if let Some(mut reckoner) = Reckoner::new(self) {
            margins.iter_mut().enumerate().for_each(|(o, margin)| *margin = Some(reckoner.order(o).margin()));
        }
        self.orders.margin = margins;
        self.any_cost_known = Once::default();
        self.raised = Once::default();
    }
}
