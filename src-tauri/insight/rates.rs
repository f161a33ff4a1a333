//! What selling costs: rates and amounts, each with the day from which it holds, as the owner or the program says.
//!
//! Everything here is a value that `app` puts together; nothing is looked up and nothing is a default.

use super::margin::Step;
use crate::shop::{Day, Mall, Payment, Yen};

/// A share of an amount in millionths (35,000 = 3.5 %), tax included: at least and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// At least.
    pub low: u32,
    /// At most.
    pub high: u32,
}

/// Millionths of the whole: 1 = 100 %.
pub const WHOLE: u32 = 1_000_000;

/// An amount in yen, tax included: at least and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// At least.
    pub low: Yen,
    /// At most.
    pub high: Yen,
}

/// What holds from which day on. Before its first day nothing is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline<T> {
    /// Ascending by day, each day once.
    steps: Vec<(Day, T)>,
}

/// Before every day of a ledger.
pub const BEGINNING: Day = Day(i32::MIN);

impl<T> Default for Timeline<T> {
    fn default() -> Timeline<T> {
        Timeline { steps: Vec::new() }
    }
}

impl<T> Timeline<T> {
    /// Of these steps in any order; of two for one day the later one in the list counts.
    pub fn new(mut steps: Vec<(Day, T)>) -> Timeline<T> {
        steps.reverse();
        steps.sort_by_key(|(day, _)| *day);
        steps.dedup_by_key(|(day, _)| *day);
        Timeline { steps }
    }

    /// The same from the beginning on.
    pub fn always(value: T) -> Timeline<T> {
        Timeline { steps: vec![(BEGINNING, value)] }
    }

    /// Whether nothing is ever said.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// What holds on this day.
    pub fn at(&self, day: Day) -> Option<&T> {
        let after = self.steps.partition_point(|(from, _)| *from <= day);
        self.steps[..after].last().map(|(_, value)| value)
    }

    /// Each day on which it changes with what holds from then on, ascending.
    pub fn steps(&self) -> &[(Day, T)] {
        &self.steps
    }

    /// The days on which it changes, ascending.
    pub fn days(&self) -> impl Iterator<Item = Day> + '_ {
        self.steps.iter().map(|(day, _)| *day)
    }
}

/// What a rate is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Net sales.
    NetSales,
    /// Net sales without the consumption tax of each line.
    NetSalesBeforeTax,
    /// Net sales and what the buyer paid for postage and cash on delivery.
    Paid,
}

/// One thing a mall charges for an order: a share of it, or so much for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Where it stands in the waterfall.
    pub step: Step,
    /// Of what.
    pub base: Base,
    /// Whether a line's point multiplier raises it: each time above one adds one per cent of the base.
    pub raised: bool,
    /// Of which orders.
    pub which: Which,
    /// How much of it.
    pub rates: Timeline<Rate>,
    /// And how much for each order, whatever its size; parts of a split order are one.
    pub per_order: Timeline<Amount>,
}

/// Which orders a charge is for: by how they were paid, and by whether they came through an affiliate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// A bit for what is not said, and one for each number of [`Payment`].
    payments: u16,
    /// Bits for what is not said, no and yes.
    affiliates: u8,
}

impl Which {
    /// Every order.
    pub const ALL: Which = Which { payments: u16::MAX, affiliates: u8::MAX };

    /// Of these only those paid in this way.
    pub fn paid(self, how: Payment) -> Which {
        Which { payments: self.payments & payment_bit(Some(how)), ..self }
    }

    /// Of these those not paid in this way; where it is not said, it may have been.
    pub fn not_paid(self, how: Payment) -> Which {
        Which { payments: self.payments & !payment_bit(Some(how)), ..self }
    }

    /// Of these only those that say this of an affiliate; nothing: that do not say it.
    pub fn affiliate(self, said: Option<bool>) -> Which {
        Which { affiliates: self.affiliates & affiliate_bit(said), ..self }
    }

    /// As one number, and back.
    pub fn number(self) -> u32 {
        u32::from(self.payments) << 8 | u32::from(self.affiliates)
    }

    /// Of [`Which::number`].
    pub fn of_number(number: u32) -> Which {
        Which { payments: (number >> 8) as u16, affiliates: number as u8 }
    }

    /// Whether an order that says this is one of them.
    pub fn has(self, payment: Option<Payment>, affiliate: Option<bool>) -> bool {
        self.payments & payment_bit(payment) != 0 && self.affiliates & affiliate_bit(affiliate) != 0
    }
}

fn payment_bit(payment: Option<Payment>) -> u16 {
    1 << payment.map_or(0, Payment::number)
}

fn affiliate_bit(said: Option<bool>) -> u8 {
    1 << said.map_or(0, |came| 1 + u8::from(came))
}

/// One per cent, which each further point multiplier adds.
pub(super) const ONE_PER_CENT: u32 = WHOLE / 100;

/// What one piece of a product costs the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As the list states it.
    pub cost: Yen,
    /// Consumption tax comes on top.
    pub before_tax: bool,
}

impl Piece {
    /// What so many pieces cost with tax, rounded half a yen up.
    pub(super) fn of(self, quantity: u32, tax_permille: u16) -> i64 {
        let cost = self.cost.0 * i64::from(quantity);
        if self.before_tax { (cost * (1000 + i64::from(tax_permille)) + 500).div_euclid(1000) } else { cost }
    }
}

/// Everything a margin is worked out with, for one version of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// By mall, in the order of [`Mall`].
    pub charges: [Vec<Charge>; 3],
    /// What one use of the shop's coupon costs beyond the free ones, by mall.
    pub coupon_fee: [Timeline<Amount>; 3],
    /// What one piece costs, by product as lines point at it; nothing where no cost is known on the day.
    pub products: Vec<Timeline<Piece>>,
    /// What goods without a cost of their own cost, as a share of their price, where the owner has said so.
    pub cost_rate: Timeline<Rate>,
    /// What settlement files say an order was charged; orders point here.
    pub settled: Vec<Settled>,
}

impl Costs {
    /// The charges of a mall.
    pub fn charges_of(&self, mall: Mall) -> &[Charge] {
        &self.charges[mall as usize]
    }
}

/// Steps that settlement files may state.
pub const SETTLED_STEPS: [Step; 5] = [Step::MallFee, Step::PaymentFee, Step::Points, Step::Affiliate, Step::CouponFee];

/// What was really charged for an order, by [`SETTLED_STEPS`]; nothing where no file says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled(pub [Option<Yen>; 5]);

impl Settled {
    /// What was charged for a step.
    pub fn of(&self, step: Step) -> Option<Yen> {
        SETTLED_STEPS.iter().position(|s| *s == step).and_then(|place| self.0[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_is_for_the_orders_that_say_so() {
        let card = Which::ALL.paid(Payment::Card);
        let rest = Which::ALL.not_paid(Payment::Card);
        for payment in Payment::ALL.map(Some).into_iter().chain([None]) {
            assert!(card.has(payment, None) != rest.has(payment, None), "one of the two: {payment:?}");
            assert_eq!(card.has(payment, None), payment == Some(Payment::Card));
        }
        let of = |said| [None, Some(false), Some(true)].map(|order| Which::ALL.affiliate(said).has(None, order));
        assert_eq!(of(Some(true)), [false, false, true]);
        assert_eq!(of(None), [true, false, false], "what says no is charged by neither");
    }

    #[test]
    fn a_rate_holds_from_its_day_on() {
        let line = Timeline::new(vec![(Day(100), 'b'), (BEGINNING, 'a'), (Day(200), 'c'), (Day(200), 'd')]);
        let check = |day, expected| assert_eq!(line.at(Day(day)), Some(&expected), "day {day}");
        check(-5, 'a');
        check(99, 'a');
        check(100, 'b');
        check(200, 'd');
        assert_eq!(Timeline::new(vec![(Day(100), 'b')]).at(Day(99)), None, "before its day nothing is said");
    }
}
