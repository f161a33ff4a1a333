//! How long an item lasts until the same customer buys it again: two pieces last twice as long as one.

use super::gap::{Counts, GapCurve};
use super::history::{Pieces, View};
use super::stats::rounded;
use crate::shop::Day;
use std::ops::Range;
use std::sync::Arc;

/// Gaps below which an item has no curve of its own.
pub const ITEM_GAPS_NEEDED: u32 = 10;

/// How long an item lasts, from those who bought it again.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemGap {
    /// Index into `History::items`.
    pub item: u32,
    /// Median pieces of one purchase of it; the curve speaks of a purchase of this size.
    pub usual_quantity: u32,
    /// Days from one purchase of it to the next, scaled to the usual quantity.
    pub curve: GapCurve,
}

impl ItemGap {
    /// The day after a purchase of `quantity` pieces by which this share of those who return had bought again.
    pub fn quantile(&self, share: f64, quantity: u32) -> Option<u32> {
        let days = f64::from(self.curve.quantile(share)?);
        Some((days * f64::from(quantity.max(1)) / f64::from(self.usual_quantity)).round() as u32)
    }
}

/// One purchase of one item, and when the same customer bought it next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Supply {
    /// Place of the customer in the view.
    pub place: u32,
    /// The day.
    pub day: Day,
    /// The next day on which they bought it or had it delivered; nothing so far.
    pub next: Option<Day>,
    /// Pieces that day.
    pub quantity: u32,
    /// It came by subscription: the next one comes by itself.
    pub subscription: bool,
    /// The next one came by subscription.
    pub next_subscription: bool,
}

/// Replenishment of all items that are bought again often enough.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemGaps {
    /// Items with at least [`ITEM_GAPS_NEEDED`] gaps, ascending by item.
    pub items: Vec<ItemGap>,
    /// Where the pieces of each of `items` lie.
    ranges: Vec<Range<usize>>,
    /// Of all items: by item, then place, then day.
    pieces: Vec<Piece>,
}

impl ItemGaps {
    /// Each item with its purchases by place, then day.
    pub fn with_supplies(&self) -> impl Iterator<Item = (&ItemGap, impl Iterator<Item = Supply>)> {
        let supplies_of = |range: &Range<usize>| supplies(&self.pieces[range.clone()]);
        self.items.iter().zip(&self.ranges).map(move |(item, range)| (item, supplies_of(range)))
    }
}

/// How long each item lasts in this shop, per item and mall.
///
/// A gap runs from one purchase of an item to the same customer's next purchase of it; purchases by subscription
/// neither start nor end one.
pub fn item_gaps(view: &View<'_>) -> Arc<ItemGaps> {
    view.of_items().gaps.or(|| Arc::new(item_gaps_of(view, |_| true))).clone()
}

/// The same where they have been asked for before.
pub(crate) fn known(view: &View<'_>) -> Option<Arc<ItemGaps>> {
    view.of_items().gaps.known().cloned()
}

/// The same of those items alone that `wanted` says yes to.
pub(crate) fn item_gaps_of(view: &View<'_>, wanted: impl Fn(u32) -> bool) -> ItemGaps {
    let (starts, pieces) = pieces_by_item(view, wanted);
    let (mut items, mut ranges) = (Vec::new(), Vec::new());
    let mut counts = Counts::default();
    for item in 0..starts.len() - 1 {
        let range = starts[item] as usize..starts[item + 1] as usize;
        let own = &pieces[range.clone()];
        let is_gap = |pair: &&[Piece]| {
            pair[0].place == pair[1].place && !pair[0].pieces.subscription() && !pair[1].pieces.subscription()
        };
        let enough = ITEM_GAPS_NEEDED as usize;
        if own.windows(2).filter(is_gap).take(enough).count() < enough {
            continue;
        }
        let usual_quantity = median_quantity(own);
        counts.clear();
        // Whether somebody bought it again cannot be foreseen: nothing hangs on it by a branch.
        let mut count = |piece: &Piece, next: &Piece| {
            let is_again = piece.place == next.place;
            if piece.pieces.subscription() | (is_again & next.pieces.subscription()) {
                return;
            }
            let until = if is_again { next.day } else { view.as_of };
            let (days, quantity) = ((until - piece.day).max(0) as u32, piece.pieces.quantity());
            let scaled = if quantity == usual_quantity {
                days
            } else {
                rounded(f64::from(days) * f64::from(usual_quantity) / f64::from(quantity)) as u32
            };
            counts.add(scaled, is_again);
        };
        own.windows(2).for_each(|pair| count(&pair[0], &pair[1]));
        own.last().into_iter().for_each(|last| count(last, &NOBODYS));
        items.push(ItemGap { item: item as u32, usual_quantity, curve: counts.curve() });
        ranges.push(range);
    }
    ItemGaps { items, ranges, pieces }
}

/// One item on one day of one customer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Piece {
    place: u32,
    day: Day,
    pieces: Pieces,
}

const NOBODYS: Piece = Piece { place: u32::MAX, day: Day(0), pieces: Pieces::NONE };

/// What all purchases hold by item, then place, then day: pieces of item i are `starts[i]..starts[i + 1]`.
fn pieces_by_item(view: &View<'_>, wanted: impl Fn(u32) -> bool) -> (Vec<u32>, Vec<Piece>) {
    let held = view.held();
    let counts = |&(item, pieces): &(u32, Pieces)| pieces.quantity() > 0 && wanted(item);
    let mut starts = vec![0u32; view.history.items.len() + 1];
    held.all().filter(counts).for_each(|(item, _)| starts[item as usize + 1] += 1);
    for item in 1..starts.len() {
        starts[item] += starts[item - 1];
    }
    // Counting sort: stable, so that place and day stay ascending within an item.
    let mut next = starts.clone();
    let mut found = vec![Piece::default(); starts.last().map_or(0, |&all| all as usize)];
    for place in 0..view.customers.len() {
        for purchase in view.purchases_of(place) {
            let day = view.purchases.day[purchase];
            for (item, pieces) in held.pieces_of(purchase).filter(counts) {
                let to = &mut next[item as usize];
                found[*to as usize] = Piece { place: place as u32, day, pieces };
                *to += 1;
            }
        }
    }
    (starts, found)
}

/// The purchases of one item, each with the customer's next.
fn supplies(pieces: &[Piece]) -> impl Iterator<Item = Supply> {
    pieces.iter().enumerate().map(move |(i, piece)| {
        let next = pieces.get(i + 1).filter(|next| next.place == piece.place);
        Supply {
            place: piece.place,
            day: piece.day,
            next: next.map(|next| next.day),
            quantity: piece.pieces.quantity(),
            subscription: piece.pieces.subscription(),
            next_subscription: next.is_some_and(|next| next.pieces.subscription()),
        }
    })
}

/// The middle one; the larger of the two middle ones of an even number.
fn median_quantity(pieces: &[Piece]) -> u32 {
    /// Few buy so many pieces at once.
    const MANY: usize = 64;
    let mut counts = [0_usize; MANY];
    for piece in pieces {
        counts[(piece.pieces.quantity() as usize).min(MANY - 1)] += 1;
    }
    let middle = pieces.len() / 2;
    let mut before = 0;
    let holds = |count: &usize| {
        before += count;
        before > middle
    };
    match counts.iter().position(holds) {
        None => 1,
        Some(quantity) if quantity < MANY - 1 => quantity as u32,
        Some(_) => {
            let mut quantities: Vec<u32> = pieces.iter().map(|piece| piece.pieces.quantity()).collect();
            *quantities.select_nth_unstable(middle).1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::gap::tests::{shop, view};

    #[test]
    fn two_bags_last_twice_as_long() {
        // Ten people buy one bag and again after 30 days; their second purchase is two bags. as_of = day 60.
        let mut orders: Vec<(i64, i32, u32)> = (1..=10).flat_map(|c| [(c, 0, 1), (c, 30, 1)]).collect();
        orders.extend([(11, 0, 2), (11, 60, 1)]);
        let history = shop(&orders);
        let view = view(&history);
        let gaps = item_gaps(&view);
        assert_eq!(gaps.items.len(), 1);
        let beans = &gaps.items[0];
        assert_eq!((beans.usual_quantity, beans.curve.returns), (1, 11));
        // 60 days for two bags are 30 days a bag.
        assert_eq!(beans.quantile(0.5, 1), Some(30));
        assert_eq!(beans.quantile(0.5, 2), Some(60));
        let supplies: Vec<Supply> = gaps.with_supplies().flat_map(|(_, supplies)| supplies).collect();
        assert_eq!(supplies.len(), 22);
        assert_eq!((supplies[0].next, supplies[1].next), (Some(Day(20_030)), None));
    }
}
