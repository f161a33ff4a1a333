//! The shop's coupon where prices are stated net of it, as Yahoo states them.
//!
//! A line's price is the one before the coupon, and the order's coupon is what was taken off. Files differ in which of
//! the two they state: the price before (`OriginalPrice`), what was taken off each piece (`CouponDiscount`), what was
//! taken off the order (`ItemCouponDiscount`), or only some of these. What is certain is what was charged: goods less
//! coupon are always the sum of the net prices, so a coupon is never taken off twice, nor left on.

use super::assemble::Row;
use super::line::Line;
use super::profile::Field;
use super::table::Layout;
use crate::shop::{Order, OrderLine, Yen};

/// What the lines of an order say of the coupon together.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfLines {
    /// Taken off all of them.
    taken_off: Yen,
    /// Places of lines whose price is known net of the coupon only.
    net: Vec<usize>,
}

impl OfLines {
    /// Hears of the next line, which will stand at this place.
    pub(crate) fn hear(&mut self, line: &Line, place: usize) {
        self.taken_off += line.coupon * line.line.quantity;
        if line.is_net {
            self.net.push(place);
        }
    }

    /// Makes the coupon of the order, which has its lines by now, and the prices of its lines agree. `row` states what
    /// the order says once.
    pub(crate) fn settle(&self, layout: &Layout, row: &Row, order: &mut Order) {
        if !layout.profile.price.unit_price_after_shop_coupon {
            return;
        }
        let Ok(Some(stated)) = layout.amount(&[row], Field::ShopCoupon) else {
            order.shop_coupon = self.taken_off;
            return;
        };
        let missing = Yen(stated.0.abs()) - self.taken_off;
        if missing > Yen::ZERO && !self.net.is_empty() {
            order.shop_coupon = self.taken_off + put_back(missing, &self.net, &mut order.lines);
        }
    }
}

/// Puts a coupon back on the prices of these lines, in proportion to what they cost; answers how much of it. A price is
/// of one piece, so that a few yen may find no place.
fn put_back(coupon: Yen, places: &[usize], lines: &mut [OrderLine]) -> Yen {
    let goods = |line: &OrderLine| i128::from(line.unit_price.0) * i128::from(line.quantity);
    let all: i128 = places.iter().map(|place| goods(&lines[*place])).sum();
    if all <= 0 {
        return Yen::ZERO;
    }
    let mut left = coupon.0;
    for place in places {
        let line = &mut lines[*place];
        let share = i128::from(coupon.0) * goods(line) / all;
        // A share is no more than the coupon, which is an amount of yen.
        let piece = share as i64 / line.quantity.max(1);
        line.unit_price += Yen(piece);
        left -= piece * line.quantity;
    }
    let mut by_quantity: Vec<usize> = places.iter().copied().filter(|place| lines[*place].quantity > 0).collect();
    by_quantity.sort_by_key(|place| lines[*place].quantity);
    for place in by_quantity {
        let line = &mut lines[place];
        let piece = left / line.quantity;
        line.unit_price += Yen(piece);
        left -= piece * line.quantity;
    }
    coupon - Yen(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::Text;

    fn line(unit_price: i64, quantity: i64) -> OrderLine {
        OrderLine {
            line_key: "1".into(),
            ship_to_key: Text::default(),
            item_code: "tea".into(),
            sku: Text::default(),
            item_name: Text::default(),
            variation: Text::default(),
            quantity,
            unit_price: Yen(unit_price),
            tax_permille: None,
            point_multiplier: 1,
        }
    }

    #[test]
    fn a_coupon_finds_its_place_on_net_prices() {
        // 101 over 2 × 900 and 1 × 500: 101 × 1800 ÷ 2300 = 79, 39 a piece; 101 × 500 ÷ 2300 = 21; the 2 left over go to
        // the line of one piece: 2 × 39 + 23 = 101.
        let mut lines = vec![line(900, 2), line(500, 1)];
        assert_eq!(put_back(Yen(101), &[0, 1], &mut lines), Yen(101));
        assert_eq!((lines[0].unit_price, lines[1].unit_price), (Yen(939), Yen(523)));
        // 101 over two pieces: 50 each, and one yen has no place.
        let mut lines = vec![line(900, 2)];
        assert_eq!(put_back(Yen(101), &[0], &mut lines), Yen(100));
        assert_eq!(lines[0].unit_price, Yen(950));
        // Lines without pieces, or for nothing, have no share.
        let mut lines = vec![line(900, 0), line(0, 3)];
        assert_eq!(put_back(Yen(100), &[0, 1], &mut lines), Yen::ZERO);
        assert_eq!((lines[0].unit_price, lines[1].unit_price), (Yen(900), Yen::ZERO));
    }
}
