//! What customers buy next: after one item or category, and the commonest successions of the shop.

use super::basket::{self, BasketRow};
use super::category::{Categories, NONE};
use super::gap_table::GapTable;
use super::history::{Held, View};
use super::item_pairs;
use super::item_supply::{self, QuantityRow};
use super::items::{self, ItemName, ItemRow};
use super::stats::{Interval, TooFew};
use crate::shop::Day;
use serde::Serialize;

/// Purchases with a successor below which nothing is said about successors.
pub const FOLLOWED_NEEDED: u32 = 10;
/// Rows of a list.
const ROWS: usize = 30;

/// What comes after an item or a category, or, where neither is asked about, the commonest successions.
///
/// A purchase is a customer-day with a fresh decision; its successor is the same customer's next one. What follows
/// need not be caused by what came before.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NextItems {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// First day of the period that sums and baskets speak of.
    pub from: Option<Day>,
    /// Its last day.
    pub to: Option<Day>,
    /// The items asked about, one per mall that sells the code.
    pub items: Vec<ItemRow>,
    /// The category asked about.
    pub category: Option<String>,
    /// Purchases that hold what is asked about = `again_count` + `other_count` + `none_count`.
    pub purchase_count: u32,
    /// Followed by a purchase that holds it again.
    pub again_count: u32,
    /// Followed by a purchase without it.
    pub other_count: u32,
    /// Not followed by any purchase so far.
    pub none_count: u32,
    /// Instead of `next`, where fewer than 10 purchases have a successor.
    pub too_few: Option<TooFew>,
    /// Items in the next purchase, most often first; ties by item.
    pub next: Vec<NextRow>,
    /// Items in the purchase after the next.
    pub after_next: Vec<NextRow>,
    /// Categories in the next purchase.
    pub next_categories: Vec<NextCategory>,
    /// Days until the same is bought again, scaled to the usual quantity: two bags last twice as long as one.
    pub again: Option<GapTable>,
    /// Days until anything is bought, as they are.
    pub any: Option<GapTable>,
    /// Median pieces of one purchase, which `again` speaks of.
    pub usual_quantity: Option<u32>,
    /// Days until the same is bought again by the pieces bought, as they are.
    pub by_quantity: Vec<QuantityRow>,
    /// What is bought with it on the same day, in the period.
    pub baskets: Vec<BasketRow>,
    /// The commonest successions of different items, at least ten times; only where nothing is asked about.
    pub pairs: Vec<NextPair>,
}

/// One item that follows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NextRow {
    /// It.
    pub item: ItemName,
    /// Successors that hold it.
    pub count: u32,
    /// Customers behind them.
    pub customer_count: u32,
    /// Share of successors that hold it; a successor may hold several items, so that these do not sum to 1.
    pub share: Interval,
    /// Share of all successors of the shop that hold it.
    pub base_share: f64,
    /// `share` ÷ `base_share`, with the range of the share.
    pub lift: Interval,
}

/// One category that follows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NextCategory {
    /// Its name.
    pub category: String,
    /// Successors that hold it.
    pub count: u32,
    /// Customers behind them.
    pub customer_count: u32,
    /// Share of successors that hold it.
    pub share: Interval,
    /// Share of all successors of the shop that hold it.
    pub base_share: f64,
    /// `share` ÷ `base_share`, with the range of the share.
    pub lift: Interval,
}

/// One item after another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NextPair {
    /// Before.
    pub item: ItemName,
    /// In the next purchase.
    pub next: ItemName,
    /// How often.
    pub count: u32,
    /// Share of the successors of `item`.
    pub share: Interval,
    /// Share of all successors of the shop that hold `next`.
    pub base_share: f64,
    /// `share` ÷ `base_share`, with the range of the share.
    pub lift: Interval,
}

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// An item by its code, or by mall and code: `rakuten:beans-200`.
    Item(String),
    /// A category by its name.
    Category(String),
}

/// Per item of the history whether it is meant by this code, or by mall and code (`rakuten:beans-200`).
pub fn items_named(view: &View<'_>, name: &str) -> Vec<bool> {
    view.history.items.iter().map(|item| item.is_named(name)).collect()
}

/// What comes after `after`, or the commonest successions for nothing. Everything but the period's sums and baskets
/// is of all orders up to `as_of`.
pub fn next_items(view: Option<&View<'_>>, categories: &Categories, after: Option<&After>) -> NextItems {
    let Some(view) = view else { return NextItems::default() };
    let found = NextItems { as_of: Some(view.as_of), from: Some(view.from), to: Some(view.to), ..NextItems::default() };
    let labels = categories.labels(view.history);
    let (wanted, category): (Vec<bool>, Option<String>) = match after {
        None => return NextItems { pairs: pairs(view), ..found },
        Some(After::Item(name)) => (items_named(view, name), None),
        Some(After::Category(name)) => {
            let number = categories.number(name);
            (labels.iter().map(|&label| number == Some(label)).collect(), number.map(|_| name.clone()))
        }
    };
    let each_item: Vec<u32> = (0..view.history.items.len() as u32).collect();
    let countings = [
        Counting::of(&each_item, each_item.len(), 1),
        Counting::of(&each_item, each_item.len(), 2),
        Counting::of(&labels, categories.names.len(), 1),
    ];
    let [next, after_next, categories_next] = following(view, &wanted, countings);
    let followed = next.again + next.other;
    let rows = |following: &Following| -> Vec<NextRow> {
        let row = |(label, counted): (u32, Counted)| NextRow {
            item: ItemName::of(view.history, label),
            count: counted.count,
            customer_count: counted.customers,
            share: counted.share,
            base_share: counted.base_share,
            lift: counted.lift,
        };
        following.most_often().into_iter().map(row).collect()
    };
    let of_categories = categories_next.most_often().into_iter();
    let next_categories = of_categories.map(|(label, counted)| NextCategory {
        category: categories.names[label as usize].clone(),
        count: counted.count,
        customer_count: counted.customers,
        share: counted.share,
        base_share: counted.base_share,
        lift: counted.lift,
    });
    let gaps = item_supply::gaps(view, &wanted);
    NextItems {
        items: if category.is_some() { Vec::new() } else { items::rows_of(view, categories, &wanted) },
        category,
        purchase_count: followed + next.none,
        again_count: next.again,
        other_count: next.other,
        none_count: next.none,
        too_few: (followed < FOLLOWED_NEEDED).then_some(TooFew { have: followed, need: FOLLOWED_NEEDED }),
        next: rows(&next),
        after_next: rows(&after_next),
        next_categories: next_categories.collect(),
        again: Some(gaps.again),
        any: Some(gaps.any),
        usual_quantity: gaps.usual_quantity,
        by_quantity: gaps.by_quantity,
        baskets: basket::with(view, &wanted),
        ..found
    }
}

/// Successors of the purchases that hold what is asked about.
struct Following {
    again: u32,
    other: u32,
    none: u32,
    /// Per label: successors that hold it, customers behind them, and successors of any purchase that hold it.
    counts: Vec<(u32, u32, u32)>,
    /// Successors of any purchase.
    all: u32,
}

/// What is said of one label.
struct Counted {
    count: u32,
    customers: u32,
    share: Interval,
    base_share: f64,
    lift: Interval,
}

impl Following {
    /// Most often first; nothing under ten purchases with a successor.
    fn most_often(&self) -> Vec<(u32, Counted)> {
        let followed = self.again + self.other;
        let mut labels: Vec<u32> = (0..self.counts.len() as u32).filter(|&l| self.counts[l as usize].0 > 0).collect();
        labels.sort_by_key(|&label| (std::cmp::Reverse(self.counts[label as usize].0), label));
        labels.truncate(if followed < FOLLOWED_NEEDED { 0 } else { ROWS });
        let counted = |label: u32| {
            let (count, customers, base) = self.counts[label as usize];
            let (share, base_share, lift) = shares(count, followed, base, self.all)?;
            Some((label, Counted { count, customers, share, base_share, lift }))
        };
        labels.into_iter().filter_map(counted).collect()
    }
}

/// Share, base share and lift; nothing without successors.
fn shares(count: u32, followed: u32, base: u32, all: u32) -> Option<(Interval, f64, Interval)> {
    let share = Interval::of_share(count, followed)?;
    let base_share = f64::from(base) / f64::from(all);
    let times = |share: f64| share / base_share;
    Some((
        share,
        base_share,
        Interval { value: times(share.value), low: times(share.low), high: times(share.high), n: followed },
    ))
}

/// What labels are counted, and in which fresh purchase after each one that holds a wanted item.
struct Counting<'a> {
    label_of: &'a [u32],
    step: usize,
    seen_in: Vec<u32>,
    seen_by: Vec<u32>,
    found: Following,
}

impl Counting<'_> {
    fn of(label_of: &[u32], labels: usize, step: usize) -> Counting<'_> {
        let found = Following { again: 0, other: 0, none: 0, counts: vec![(0, 0, 0); labels], all: 0 };
        let (seen_in, seen_by) = (vec![u32::MAX; labels], vec![u32::MAX; labels]);
        Counting { label_of, step, seen_in, seen_by, found }
    }

    /// Adds the customer at `place` with these fresh purchases, each with whether it holds a wanted item.
    fn add(&mut self, held: &Held, place: usize, fresh: &[(usize, bool)]) {
        let found = &mut self.found;
        for (at, &(_, holds)) in fresh.iter().enumerate() {
            let Some(&(next, holds_again)) = fresh.get(at + self.step) else {
                found.none += u32::from(holds);
                continue;
            };
            found.all += 1;
            found.again += u32::from(holds && holds_again);
            found.other += u32::from(holds && !holds_again);
            for &item in held.items_of(next) {
                let label = self.label_of[item as usize];
                if label == NONE || self.seen_in[label as usize] == next as u32 {
                    continue;
                }
                self.seen_in[label as usize] = next as u32;
                let counts = &mut found.counts[label as usize];
                counts.2 += 1;
                if holds {
                    counts.0 += 1;
                    counts.1 += u32::from(self.seen_by[label as usize] != place as u32);
                    self.seen_by[label as usize] = place as u32;
                }
            }
        }
    }
}

/// Counts everything in one pass over the customers.
fn following<const N: usize>(view: &View<'_>, wanted: &[bool], mut countings: [Counting<'_>; N]) -> [Following; N] {
    let held = view.held();
    let mut fresh: Vec<(usize, bool)> = Vec::new();
    for place in 0..view.customers.len() {
        fresh.clear();
        let of_customer = view.purchases_of(place).filter(|&p| view.purchases.fresh[p]);
        fresh.extend(of_customer.map(|p| (p, held.items_of(p).iter().any(|&item| wanted[item as usize]))));
        countings.iter_mut().for_each(|counting| counting.add(held, place, &fresh));
    }
    countings.map(|counting| counting.found)
}

/// Calls `take` with what each fresh purchase of a customer holds and what the next one does.
fn successions(view: &View<'_>, mut take: impl FnMut(&[u32], &[u32])) {
    let held = view.held();
    for place in 0..view.customers.len() {
        let mut fresh = view.purchases_of(place).filter(|&p| view.purchases.fresh[p]);
        let mut last: &[u32] = fresh.next().map_or(&[], |p| held.items_of(p));
        for next in fresh.map(|p| held.items_of(p)) {
            take(last, next);
            last = next;
        }
    }
}

/// The commonest successions of two different items.
fn pairs(view: &View<'_>) -> Vec<NextPair> {
    let count = view.history.items.len();
    // Per item: purchases with a successor that hold it, successors that hold it, items in successors of it.
    let (mut before, mut after, mut all) = (vec![0_u32; count], vec![0_u32; count], 0);
    let mut room = vec![0_u32; count];
    successions(view, |last, next| {
        all += 1;
        for &a in last {
            before[a as usize] += 1;
            room[a as usize] += next.len() as u32;
        }
        next.iter().for_each(|&b| after[b as usize] += 1);
    });
    let mut most = item_pairs::often(FOLLOWED_NEEDED, &room, |pairs| {
        successions(view, |last, next| {
            for &a in last {
                next.iter().filter(|&&b| a != b).for_each(|&b| pairs.add(a, b));
            }
        });
    });
    most.sort_unstable_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
    most.truncate(ROWS);
    let row = |((a, b), count): ((u32, u32), u32)| {
        let (share, base_share, lift) = shares(count, before[a as usize], after[b as usize], all)?;
        let (item, next) = (ItemName::of(view.history, a), ItemName::of(view.history, b));
        Some(NextPair { item, next, count, share, base_share, lift })
    };
    most.into_iter().filter_map(row).collect()
}
