//! Days between purchases, with those who have not come back yet counted as such.
//!
//! Kaplan–Meier curves (Kaplan and Meier 1958) of the days from one fresh purchase to the next, per order step
//! and pooled, and the same per item, where a purchase of two pieces lasts twice as long as one of one piece.
//! Subscription deliveries are no fresh decision and end no gap.

use super::history::View;
use crate::shop::Day;

/// Returns below which a curve is not shown and a step borrows the pooled curve.
pub const RETURNS_NEEDED: u32 = 30;

/// Gaps below which an item has no curve of its own.
pub const ITEM_GAPS_NEEDED: u32 = 10;

/// Steps with a curve of their own; later steps use the pooled curve.
const STEPS: usize = 24;

/// Share of those waiting who have come back by each day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GapCurve {
    /// Days on which somebody came back, ascending, with the share back by then (0–1, rising).
    pub points: Vec<(u32, f64)>,
    /// Gaps that ended in a purchase.
    pub returns: u32,
    /// Gaps in all, those still open at `as_of` included.
    pub starts: u32,
}

impl GapCurve {
    /// Share back by the end of `days`, 0–1.
    pub fn share_by(&self, days: u32) -> f64 {
        let after = self.points.partition_point(|&(day, _)| day <= days);
        if after == 0 { 0.0 } else { self.points[after - 1].1 }
    }

    /// The day by which this share of *those who return at all* had returned; nothing when nobody has.
    ///
    /// "At all" is what the curve has seen so far: its last point counts as everybody.
    pub fn quantile(&self, share: f64) -> Option<u32> {
        let &(last, all) = self.points.last()?;
        let wanted = share * all - 1e-12;
        Some(self.points.iter().find(|&&(_, back)| back >= wanted).map_or(last, |&(day, _)| day))
    }

    /// Median days of those who return.
    pub fn median(&self) -> Option<u32> {
        self.quantile(0.5)
    }

    /// The day by which 80 % of those who return had returned: later than this counts as lapsed.
    pub fn lapse(&self) -> Option<u32> {
        self.quantile(0.8)
    }
}

/// Gap lengths counted by day.
#[derive(Clone, Debug, Default)]
struct Counts {
    returned: Vec<u32>,
    waiting: Vec<u32>,
}

impl Counts {
    fn add(&mut self, days: u32, returned: bool) {
        let column = if returned { &mut self.returned } else { &mut self.waiting };
        let place = days as usize;
        if column.len() <= place {
            column.resize(place + 1, 0);
        }
        column[place] += 1;
    }

    fn append(&mut self, other: &Counts) {
        for (to, from) in [(&mut self.returned, &other.returned), (&mut self.waiting, &other.waiting)] {
            if to.len() < from.len() {
                to.resize(from.len(), 0);
            }
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        }
    }

    fn clear(&mut self) {
        self.returned.clear();
        self.waiting.clear();
    }

    /// Whoever is still waiting on the day of another's return counts as waiting through that day.
    fn curve(&self) -> GapCurve {
        let returns: u32 = self.returned.iter().sum();
        let starts = returns + self.waiting.iter().sum::<u32>();
        let mut points = Vec::new();
        let mut at_risk = f64::from(starts);
        let mut staying = 1.0;
        for (day, &back) in self.returned.iter().enumerate() {
            if back > 0 {
                staying *= 1.0 - f64::from(back) / at_risk;
                points.push((day as u32, 1.0 - staying));
            }
            at_risk -= f64::from(back + self.waiting.get(day).copied().unwrap_or(0));
        }
        GapCurve { points, returns, starts }
    }
}

/// The shop's gap curves by order step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GapCurves {
    /// Curve of step n → n + 1 at place n − 1, its own people only.
    pub steps: Vec<GapCurve>,
    /// All steps together.
    pub pooled: GapCurve,
}

impl GapCurves {
    /// The curve to use for somebody with `purchases` fresh purchases: their step's, or the pooled one where
    /// fewer than 30 have made that step. Nothing while fewer than 30 have come back in all.
    pub fn of(&self, purchases: usize) -> Option<&GapCurve> {
        let own = purchases.checked_sub(1).and_then(|place| self.steps.get(place));
        own.filter(|curve| curve.returns >= RETURNS_NEEDED)
            .or(Some(&self.pooled))
            .filter(|curve| curve.returns >= RETURNS_NEEDED)
    }
}

/// The gap curves of the view, measured at the end of `as_of`.
pub fn curves(view: &View<'_>) -> GapCurves {
    let mut steps: Vec<Counts> = Vec::new();
    let mut later = Counts::default();
    for place in 0..view.customers.len() {
        let mut before: Option<Day> = None;
        let mut step = 0;
        let mut end = |step: usize, days: i32, returned: bool| {
            if step > STEPS {
                later.add(days.max(0) as u32, returned);
                return;
            }
            if steps.len() < step {
                steps.resize_with(step, Counts::default);
            }
            steps[step - 1].add(days.max(0) as u32, returned);
        };
        for p in view.purchases_of(place).filter(|&p| view.purchases.fresh[p]) {
            let day = view.purchases.day[p];
            if let Some(before) = before {
                end(step, day - before, true);
            }
            before = Some(day);
            step += 1;
        }
        if let Some(before) = before {
            end(step, view.as_of - before, false);
        }
    }
    let mut pooled = later;
    steps.iter().for_each(|counts| pooled.append(counts));
    GapCurves { steps: steps.iter().map(Counts::curve).collect(), pooled: pooled.curve() }
}

/// Per place in the view: when the next purchase is expected, first and last day.
///
/// Last fresh purchase + the 25 % and 75 % quantile of those who return, of that customer's order step. The
/// window may lie in the past. Nothing for everybody while fewer than 30 purchases were a coming back.
pub fn expected_windows(view: &View<'_>) -> Vec<Option<(Day, Day)>> {
    let curves = curves(view);
    let quartiles = |purchases: usize| {
        let curve = curves.of(purchases)?;
        Some((curve.quantile(0.25)? as i32, curve.quantile(0.75)? as i32))
    };
    // One entry per step; everybody beyond the last step shares the pooled curve.
    let by_step: Vec<Option<(i32, i32)>> = (0..=STEPS + 1).map(quartiles).collect();
    (0..view.customers.len())
        .map(|place| {
            let fresh = || view.purchases_of(place).filter(|&p| view.purchases.fresh[p]);
            let last = fresh().next_back()?;
            let (from, to) = by_step[fresh().count().min(STEPS + 1)]?;
            let day = view.purchases.day[last];
            Some((day + from, day + to))
        })
        .collect()
}

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
    /// Place of the purchase in `View::purchases`.
    pub purchase: u32,
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
    /// Purchases of the item at place i of `items` are `supplies[starts[i]..starts[i + 1]]`.
    pub starts: Vec<u32>,
    /// By item, then place, then day.
    pub supplies: Vec<Supply>,
}

impl ItemGaps {
    /// Each item with its purchases.
    pub fn with_supplies(&self) -> impl Iterator<Item = (&ItemGap, &[Supply])> {
        let range = |slot: usize| self.starts[slot] as usize..self.starts[slot + 1] as usize;
        self.items.iter().enumerate().map(move |(slot, item)| (item, &self.supplies[range(slot)]))
    }
}

/// How long each item lasts in this shop, per item and mall.
///
/// A gap runs from one purchase of an item to the same customer's next purchase of it; purchases by subscription
/// neither start nor end one.
pub fn item_gaps(view: &View<'_>) -> ItemGaps {
    let (starts, pieces) = pieces_by_item(view);
    let mut gaps = ItemGaps { items: Vec::new(), starts: vec![0], supplies: Vec::with_capacity(pieces.len()) };
    let mut counts = Counts::default();
    for item in 0..starts.len() - 1 {
        let before = gaps.supplies.len();
        let own = &pieces[starts[item] as usize..starts[item + 1] as usize];
        let gap_count = append_supplies(view, own, &mut gaps.supplies);
        if gap_count < ITEM_GAPS_NEEDED {
            gaps.supplies.truncate(before);
            continue;
        }
        let supplies = &gaps.supplies[before..];
        let usual_quantity = median_quantity(supplies);
        counts.clear();
        for supply in supplies.iter().filter(|supply| !supply.subscription && !supply.next_subscription) {
            let days = (supply.next.unwrap_or(view.as_of) - supply.day).max(0) as u32;
            let scaled = if supply.quantity == usual_quantity {
                days
            } else {
                (f64::from(days) * f64::from(usual_quantity) / f64::from(supply.quantity)).round() as u32
            };
            counts.add(scaled, supply.next.is_some());
        }
        gaps.items.push(ItemGap { item: item as u32, usual_quantity, curve: counts.curve() });
        gaps.starts.push(gaps.supplies.len() as u32);
    }
    gaps
}

/// One line of an order in scope.
#[derive(Clone, Copy, Default)]
struct Piece {
    place: u32,
    purchase: u32,
    quantity: u32,
    subscription: bool,
}

/// All lines by item, then place, then day: pieces of item i are `starts[i]..starts[i + 1]`.
fn pieces_by_item(view: &View<'_>) -> (Vec<u32>, Vec<Piece>) {
    let history = view.history;
    let mut starts = vec![0u32; history.items.len() + 1];
    let mut stream: Vec<(u32, Piece)> = Vec::with_capacity(history.lines.len());
    for place in 0..view.customers.len() {
        for purchase in view.purchases_of(place) {
            for order in view.orders_of(purchase) {
                let subscription = history.orders.subscription[order];
                for line in history.lines_of(order).iter().filter(|line| line.quantity > 0) {
                    let (place, purchase, quantity) = (place as u32, purchase as u32, line.quantity);
                    stream.push((line.item, Piece { place, purchase, quantity, subscription }));
                    starts[line.item as usize + 1] += 1;
                }
            }
        }
    }
    for item in 1..starts.len() {
        starts[item] += starts[item - 1];
    }
    // Counting sort: stable, so that place and day stay ascending within an item.
    let mut next = starts.clone();
    let mut pieces = vec![Piece::default(); stream.len()];
    for (item, piece) in stream {
        let to = &mut next[item as usize];
        pieces[*to as usize] = piece;
        *to += 1;
    }
    (starts, pieces)
}

/// Appends the purchases of one item, lines of one day together; the number of gaps that ended.
fn append_supplies(view: &View<'_>, pieces: &[Piece], supplies: &mut Vec<Supply>) -> u32 {
    let first = supplies.len();
    let mut gap_count = 0;
    for piece in pieces {
        let day = view.purchases.day[piece.purchase as usize];
        let before = supplies[first..].last_mut().filter(|before| before.place == piece.place);
        if let Some(before) = before {
            if before.purchase == piece.purchase {
                before.quantity += piece.quantity;
                before.subscription &= piece.subscription;
                continue;
            }
            before.next = Some(day);
            before.next_subscription = piece.subscription;
            gap_count += u32::from(!piece.subscription && !before.subscription);
        }
        supplies.push(Supply {
            place: piece.place,
            purchase: piece.purchase,
            day,
            next: None,
            quantity: piece.quantity,
            subscription: piece.subscription,
            next_subscription: false,
        });
    }
    gap_count
}

fn median_quantity(supplies: &[Supply]) -> u32 {
    let mut quantities: Vec<u32> = supplies.iter().map(|supply| supply.quantity).collect();
    let middle = quantities.len() / 2;
    if quantities.is_empty() { 1 } else { *quantities.select_nth_unstable(middle).1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::history::{History, HistoryBuilder, Item, LineRow, OrderRow, Scope};
    use crate::shop::{CustomerId, Mall, Yen};

    /// Orders as (customer, day number, pieces of item 0); as_of is the last day.
    fn shop(orders: &[(i64, i32, u32)]) -> History {
        let mut builder = HistoryBuilder::default();
        for (number, &(customer, day, quantity)) in orders.iter().enumerate() {
            let row = OrderRow {
                order: number as i64,
                customer: CustomerId(customer),
                ordered_at: Day(20_000 + day).at(12, 0, 0),
                time_known: true,
                mall: Mall::Rakuten,
                goods: Yen(1000),
                net_sales: Yen(1000),
                margin: None,
                shop_coupon: Yen::ZERO,
                paid_by_mall: Yen::ZERO,
                point_multiplier: 1,
                split: false,
                subscription: false,
                gift: false,
            };
            builder.push(row, &[LineRow { item: 0, quantity, goods: Yen(1000) }]);
        }
        builder.finish(vec![Item { mall: Mall::Rakuten, code: "beans".into(), name: "Beans".into() }])
    }

    fn view(history: &History) -> View<'_> {
        View::new(history, &Scope::default()).expect("orders")
    }

    #[test]
    fn those_who_still_wait_are_not_thrown_away() {
        // Five first purchases. Gaps: 10 (back), 20 (back), 15 (waiting), 30 (back), 40 (waiting; as_of = day 40).
        // Day 10: 5 at risk, 1 back: S = 4/5. Day 15: one leaves waiting. Day 20: 3 at risk: S = 4/5·2/3 = 8/15.
        // Day 30: 2 at risk: S = 8/15·1/2 = 4/15. Share back: 1/5, 7/15, 11/15.
        let history = shop(&[
            (1, 0, 1),
            (1, 10, 1),
            (2, 0, 1),
            (2, 20, 1),
            (3, 25, 1),
            (4, 5, 1),
            (4, 35, 1),
            (5, 0, 1),
            (6, 40, 1),
        ]);
        let step = curves(&view(&history)).steps[0].clone();
        // Customer 6 bought on as_of itself: waiting for 0 days, at risk on no day.
        assert_eq!((step.returns, step.starts), (3, 6));
        let expected = [(10, 1.0 / 5.0), (20, 7.0 / 15.0), (30, 11.0 / 15.0)];
        for (point, expected) in step.points.iter().zip(expected) {
            assert_eq!(point.0, expected.0);
            assert!((point.1 - expected.1).abs() < 1e-12, "{point:?}");
        }
        // Of those who return (11/15 = 1): 3/11 by day 10, 7/11 by day 20.
        assert_eq!(step.quantile(0.25), Some(10));
        assert_eq!(step.median(), Some(20));
        assert_eq!(step.lapse(), Some(30));
        assert!((step.share_by(25) - 7.0 / 15.0).abs() < 1e-12);
        assert_eq!(step.share_by(9), 0.0);
    }

    #[test]
    fn too_few_returns_give_no_window() {
        let history = shop(&[(1, 0, 1), (1, 10, 1), (2, 0, 1)]);
        assert_eq!(expected_windows(&view(&history)), [None, None]);
    }

    #[test]
    fn a_step_with_few_returns_borrows_the_pooled_curve() {
        // 30 people come back after 10 days, once; as_of is day 40.
        let mut orders: Vec<(i64, i32, u32)> = (1..=30).flat_map(|c| [(c, 0, 1), (c, 10, 1)]).collect();
        orders.push((31, 40, 1));
        let history = shop(&orders);
        let view = view(&history);
        let windows = expected_windows(&view);
        let last = Day(20_010);
        assert_eq!(windows[0], Some((last + 10, last + 10)), "step 2 has no returns and borrows");
        assert_eq!(windows[30], Some((Day(20_050), Day(20_050))), "step 1 has 30 returns");
        assert_eq!(curves(&view).of(2).map(|curve| curve.returns), Some(30));
    }

    #[test]
    fn two_bags_last_twice_as_long() {
        // Ten people buy one bag and again after 30 days; their second purchase is two bags. as_of = day 60.
        let mut orders: Vec<(i64, i32, u32)> = (1..=10).flat_map(|c| [(c, 0, 1), (c, 30, 1)]).collect();
        orders.extend([(11, 0, 2), (11, 60, 1)]);
        let history = shop(&orders);
        let gaps = item_gaps(&view(&history));
        assert_eq!(gaps.items.len(), 1);
        let beans = &gaps.items[0];
        assert_eq!((beans.usual_quantity, beans.curve.returns), (1, 11));
        // 60 days for two bags are 30 days a bag.
        assert_eq!(beans.quantile(0.5, 1), Some(30));
        assert_eq!(beans.quantile(0.5, 2), Some(60));
        assert_eq!(gaps.supplies.len(), 22);
        assert_eq!(gaps.supplies[0].next, Some(Day(20_030)));
    }
}
