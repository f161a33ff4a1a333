//! What is left of an order, step by step, and of each of its lines.
//!
//! contribution margin = net sales + postage and cash-on-delivery charged − cost of goods − mall usage fee − payment fee
//! − points the shop funds − affiliate and PR − coupon fee − postage and packing (`insights.md` §2). An unknown cost is
//! never 0: it makes a range. Everything is whole yen, and lines add up to their order in every step.

use super::stats::Band;
use crate::shop::{Payment, Yen};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// One step of the waterfall, from the goods sold to what is left, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Price before the shop coupon × quantity.
    Goods,
    /// The shop's coupons.
    ShopCoupon,
    /// The shop's discounts by hand.
    Discount,
    /// Given back afterwards.
    Refund,
    /// Goods after coupons, discounts and refunds: a sum.
    NetSales,
    /// Postage and cash-on-delivery fees the buyer paid.
    Charged,
    /// What the goods cost the shop.
    CostOfGoods,
    /// What the mall takes for the sale.
    MallFee,
    /// What payment costs.
    PaymentFee,
    /// Points and campaigns the shop funds.
    Points,
    /// Affiliate rewards and advertising charged by sale.
    Affiliate,
    /// Uses of coupons beyond the free ones.
    CouponFee,
    /// Postage and packing the shop pays.
    Postage,
    /// What is left: a sum.
    ContributionMargin,
}

impl Step {
    /// All, in the order of the waterfall.
    pub const ALL: [Step; 14] = [
        Step::Goods,
        Step::ShopCoupon,
        Step::Discount,
        Step::Refund,
        Step::NetSales,
        Step::Charged,
        Step::CostOfGoods,
        Step::MallFee,
        Step::PaymentFee,
        Step::Points,
        Step::Affiliate,
        Step::CouponFee,
        Step::Postage,
        Step::ContributionMargin,
    ];

    /// The word on the wire, in addresses and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Step::Goods => "goods",
            Step::ShopCoupon => "shop_coupon",
            Step::Discount => "discount",
            Step::Refund => "refund",
            Step::NetSales => "net_sales",
            Step::Charged => "charged",
            Step::CostOfGoods => "cost_of_goods",
            Step::MallFee => "mall_fee",
            Step::PaymentFee => "payment_fee",
            Step::Points => "points",
            Step::Affiliate => "affiliate",
            Step::CouponFee => "coupon_fee",
            Step::Postage => "postage",
            Step::ContributionMargin => "contribution_margin",
        }
    }

    /// Whether it is the sum of the steps before it.
    pub fn is_sum(self) -> bool {
        matches!(self, Step::NetSales | Step::ContributionMargin)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Step {
    type Err = ();
    fn from_str(text: &str) -> Result<Step, ()> {
        Step::ALL.into_iter().find(|step| step.word() == text).ok_or(())
    }
}

/// What is left of one order, as the columns of a history keep it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Margin {
    /// At least.
    pub low: Yen,
    /// At most; equal to `low` when every cost is known.
    pub high: Yen,
    /// Goods of the order whose cost is known.
    pub known_goods: Yen,
}

impl Margin {
    /// An order of `goods` of which exactly this is left.
    pub fn exact(goods: Yen, margin: Yen) -> Margin {
        Margin { low: margin, high: margin, known_goods: goods }
    }

    /// The margin, when every cost is known.
    pub fn known(&self) -> Option<Yen> {
        (self.low == self.high).then_some(self.low)
    }

    /// The range.
    pub fn band(&self) -> Band {
        Band { low: self.low, high: self.high }
    }

    /// The middle of the range, half yen away from zero.
    pub fn middle(&self) -> Yen {
        Yen::rounded_half_away((self.low + self.high).as_f64() / 2.0)
    }
}

/// What a margin needs to know of an order besides its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderInput {
    /// Postage and cash on delivery the buyer paid.
    pub charged: Yen,
    /// Given back afterwards; part of goods − net sales.
    pub refund: Yen,
    /// Postage and packing the shop paid in yen, at least.
    pub postage_low: u32,
    /// The same, at most.
    pub postage_high: u32,
    /// A use of the shop's coupon beyond the month's free ones.
    pub coupon_beyond_free: bool,
    /// Place in `Costs::settled` plus one; 0 when no settlement speaks of the order.
    pub settled: u32,
    /// How it was paid; nothing when that is not known.
    pub payment: Option<Payment>,
    /// Whether it came through an affiliate; nothing when that is not known.
    pub affiliate: Option<bool>,
}

/// What a margin needs to know of a line besides its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineInput {
    /// Place in `Costs::products`; between lines that would get the same, the smaller one goes first.
    pub product: u32,
    /// Point multiplier of the line, 1 = none.
    pub point_multiplier: u16,
    /// Consumption tax of the line in thousandths.
    pub tax_permille: u16,
}

impl Default for LineInput {
    /// A line of which nothing is known: no product, no raised points, the usual tax.
    fn default() -> LineInput {
        LineInput { product: u32::MAX, point_multiplier: 1, tax_permille: 100 }
    }
}

/// Both, one entry per order and one per line of a history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Inputs {
    pub orders: Vec<OrderInput>,
    pub lines: Vec<LineInput>,
}

/// The steps of an order or of a line: what each adds to what is left, costs below zero; sums included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    pub(super) bands: [Band; Step::ALL.len()],
    /// Goods whose cost is known.
    pub known_goods: Yen,
}

impl Default for Parts {
    fn default() -> Parts {
        Parts { bands: [Band { low: Yen::ZERO, high: Yen::ZERO }; Step::ALL.len()], known_goods: Yen::ZERO }
    }
}

impl Parts {
    /// What one step adds.
    pub fn of(&self, step: Step) -> Band {
        self.bands[step as usize]
    }

    /// Adds another's steps to these.
    pub fn add(&mut self, other: &Parts) {
        for (band, more) in self.bands.iter_mut().zip(&other.bands) {
            band.low += more.low;
            band.high += more.high;
        }
        self.known_goods += other.known_goods;
    }

    /// What is left.
    pub fn margin(&self) -> Margin {
        let Band { low, high } = self.of(Step::ContributionMargin);
        Margin { low, high, known_goods: self.known_goods }
    }

    pub(super) fn gain(&mut self, step: Step, amount: i64) {
        self.bands[step as usize] = Band { low: Yen(amount), high: Yen(amount) };
    }

    /// A cost between `least` and `most`.
    pub(super) fn cost(&mut self, step: Step, least: i64, most: i64) {
        self.bands[step as usize] = Band { low: Yen(-most), high: Yen(-least) };
    }

    pub(super) fn sum_up(&mut self) {
        let (mut low, mut high) = (Yen::ZERO, Yen::ZERO);
        for step in Step::ALL {
            if step.is_sum() {
                self.bands[step as usize] = Band { low, high };
            } else {
                low += self.of(step).low;
                high += self.of(step).high;
            }
        }
    }
}
