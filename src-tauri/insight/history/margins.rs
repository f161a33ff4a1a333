//! What is left of each order, and what that is worked out from, as slim columns: they are asked for by few questions, and as
//! rows they would be half of what a history takes.

use super::super::margin::{Inputs, LineInput, Margin, OrderInput};
use super::slim::Slim;
use crate::shop::{Payment, Yen};
use std::ops::Range;

/// The margin of every order, where it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Margins {
    is_known: Vec<bool>,
    low: Slim<Yen>,
    /// From the low end to the high one.
    more: Slim<Yen>,
    known_goods: Slim<Yen>,
}

impl Margins {
    /// Of as many orders as there are.
    pub fn of(is_known: Vec<bool>, low: Slim<Yen>, more: Slim<Yen>, known_goods: Slim<Yen>) -> Margins {
        Margins { is_known, low, more, known_goods }
    }

    /// Of the order at index `o`; nothing until costs have been put together.
    pub fn at(&self, o: usize) -> Option<Margin> {
        let low = self.low.at(o);
        // Right beyond what 64 bits hold too: the difference is taken around.
        let high = Yen(low.0.wrapping_add(self.more.at(o).0));
        self.is_known[o].then(|| Margin { low, high, known_goods: self.known_goods.at(o) })
    }

    /// Of every order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<Margin>> + '_ {
        (0..self.is_known.len()).map(|o| self.at(o))
    }

    /// Of one more order.
    pub fn push(&mut self, margin: Option<Margin>) {
        let Margin { low, high, known_goods } = margin.unwrap_or_default();
        self.is_known.push(margin.is_some());
        self.low.push(low);
        self.more.push(Yen(high.0.wrapping_sub(low.0)));
        self.known_goods.push(known_goods);
    }

    /// Of the orders at these places, in their order.
    pub(super) fn gathered(&self, places: &[u32]) -> Margins {
        Margins {
            is_known: places.iter().map(|&place| self.is_known[place as usize]).collect(),
            low: self.low.gathered(places),
            more: self.more.gathered(places),
            known_goods: self.known_goods.gathered(places),
        }
    }
}

/// What margins are worked out from, order by order and line by line, as [`OrderInput`] and [`LineInput`] say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct SlimInputs {
    pub charged: Slim<Yen>,
    pub refund: Slim<Yen>,
    pub postage_low: Slim<u32>,
    pub postage_high: Slim<u32>,
    pub coupon_beyond_free: Vec<bool>,
    pub settled: Slim<u32>,
    pub payment: Vec<Option<Payment>>,
    pub affiliate: Vec<Option<bool>>,
    pub product: Slim<u32>,
    pub point_multiplier: Slim<u16>,
    pub tax_permille: Slim<u16>,
}

impl SlimInputs {
    /// Of the order at index `o`.
    pub fn order(&self, o: usize) -> OrderInput {
        OrderInput {
            charged: self.charged.at(o),
            refund: self.refund.at(o),
            postage_low: self.postage_low.at(o),
            postage_high: self.postage_high.at(o),
            coupon_beyond_free: self.coupon_beyond_free[o],
            settled: self.settled.at(o),
            payment: self.payment[o],
            affiliate: self.affiliate[o],
        }
    }

    /// Of the line at index `l`.
    pub fn line(&self, l: usize) -> LineInput {
        LineInput {
            product: self.product.at(l),
            point_multiplier: self.point_multiplier.at(l),
            tax_permille: self.tax_permille.at(l),
        }
    }

    /// Of the lines at these places.
    pub fn lines(&self, places: Range<usize>) -> impl ExactSizeIterator<Item = LineInput> + '_ {
        places.map(|l| self.line(l))
    }

    /// As rows, which can be changed one by one.
    pub(super) fn rows(&self) -> Inputs {
        Inputs {
            orders: (0..self.charged.len()).map(|o| self.order(o)).collect(),
            lines: self.lines(0..self.product.len()).collect(),
        }
    }
}

impl From<&Inputs> for SlimInputs {
    fn from(rows: &Inputs) -> SlimInputs {
        let Inputs { orders, lines } = rows;
        SlimInputs {
            charged: orders.iter().map(|input| input.charged).collect(),
            refund: orders.iter().map(|input| input.refund).collect(),
            postage_low: orders.iter().map(|input| input.postage_low).collect(),
            postage_high: orders.iter().map(|input| input.postage_high).collect(),
            coupon_beyond_free: orders.iter().map(|input| input.coupon_beyond_free).collect(),
            settled: orders.iter().map(|input| input.settled).collect(),
            payment: orders.iter().map(|input| input.payment).collect(),
            affiliate: orders.iter().map(|input| input.affiliate).collect(),
            product: lines.iter().map(|input| input.product).collect(),
            point_multiplier: lines.iter().map(|input| input.point_multiplier).collect(),
            tax_permille: lines.iter().map(|input| input.tax_permille).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_margin_comes_back_and_an_unknown_one_stays_unknown() {
        let margin = |low: i64, high: i64| Margin { low: Yen(low), high: Yen(high), known_goods: Yen(3_000) };
        let said = [Some(margin(-70_000, 500)), None, Some(margin(i64::MIN, i64::MAX)), Some(margin(0, 0))];
        let mut margins = Margins::default();
        said.iter().for_each(|&margin| margins.push(margin));
        assert_eq!(margins.iter().collect::<Vec<_>>(), said);
        assert_eq!(margins.gathered(&[2, 1]).iter().collect::<Vec<_>>(), [said[2], None]);
    }

    #[test]
    fn rows_of_inputs_come_back_as_they_were() {
        let order = OrderInput {
            charged: Yen(600),
            refund: Yen(-1),
            postage_low: 700,
            postage_high: u32::MAX,
            coupon_beyond_free: true,
            settled: 3,
            payment: Some(Payment::Card),
            affiliate: Some(false),
        };
        let line = LineInput { product: 70_000, point_multiplier: 10, tax_permille: 80 };
        // A line without a product says so by the largest number there is.
        let rows = Inputs { orders: vec![OrderInput::default(), order], lines: vec![line, LineInput::default()] };
        let slim = SlimInputs::from(&rows);
        assert_eq!(slim.rows(), rows);
        assert_eq!(slim.lines(1..2).collect::<Vec<_>>(), [LineInput::default()]);
    }
}
