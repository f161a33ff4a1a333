//! What is bought together on one day.

use super::history::View;
use super::item_pairs;
use super::items::ItemName;
use super::stats::Interval;
use serde::Serialize;

/// Pairs bought together less often than this are left out.
pub const PAIRS_NEEDED: u32 = 10;
/// Rows of a list.
const ROWS: usize = 50;

/// Two items bought by the same customer on the same day.
///
/// Support, confidence and lift after Agrawal, Imieliński & Swami, "Mining association rules", SIGMOD 1993, and
/// Brin et al., "Dynamic itemset counting", SIGMOD 1997. What goes together need not cause each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct BasketRow {
    /// One item: the one asked about, or the one in more purchases.
    pub item: ItemName,
    /// The other.
    pub with: ItemName,
    /// Purchases that hold both.
    pub basket_count: u32,
    /// `basket_count` ÷ all purchases of the period, 0–1; the same in both directions.
    pub support: f64,
    /// Of purchases with `item`, the share that also holds `with`.
    pub confidence: Interval,
    /// Of purchases with `with`, the share that also holds `item`.
    pub confidence_back: Interval,
    /// How many times more often than if they were bought independently; the same in both directions.
    pub lift: f64,
}

/// Calls `take` with the distinct items of each fresh purchase of the period, ascending.
fn baskets(view: &View<'_>, mut take: impl FnMut(&[u32])) {
    let (held, days) = (view.held(), view.from..=view.to);
    let is_asked = |&p: &usize| view.purchases.fresh[p] && days.contains(&view.purchases.day[p]);
    let baskets = (0..view.purchases.day.len()).filter(is_asked).map(|p| held.items_of(p));
    baskets.filter(|items| !items.is_empty()).for_each(&mut take);
}

/// The pairs most often bought together in the period, at least ten times; ties by item.
pub fn pairs(view: &View<'_>) -> Vec<BasketRow> {
    let (mut all, mut of_item) = (0, vec![0_u32; view.history.items.len()]);
    let mut room = of_item.clone();
    baskets(view, |items| {
        all += 1;
        for (more, &item) in (0..).zip(items.iter().rev()) {
            of_item[item as usize] += 1;
            room[item as usize] += more;
        }
    });
    let often = item_pairs::often(PAIRS_NEEDED, &room, |pairs| {
        baskets(view, |items| {
            for (place, &a) in items.iter().enumerate() {
                items[place + 1..].iter().for_each(|&b| pairs.add(a, b));
            }
        });
    });
    let more_often_first = |(a, b): (u32, u32)| if of_item[b as usize] > of_item[a as usize] { (b, a) } else { (a, b) };
    rows(view, all, &of_item, often.into_iter().map(|(pair, count)| (more_often_first(pair), count)).collect())
}

/// The same of the items in `wanted`, each pair with one of them first. Other variants of the same ask aside.
pub(crate) fn with(view: &View<'_>, wanted: &[bool]) -> Vec<BasketRow> {
    let (mut all, mut of_item) = (0, vec![0_u32; view.history.items.len()]);
    let mut room = of_item.clone();
    let is_wanted = |item: &&u32| wanted[**item as usize];
    baskets(view, |items| {
        all += 1;
        items.iter().for_each(|&item| of_item[item as usize] += 1);
        let others = items.iter().filter(|item| !is_wanted(item)).count() as u32;
        items.iter().filter(is_wanted).for_each(|&item| room[item as usize] += others);
    });
    let often = item_pairs::often(PAIRS_NEEDED, &room, |pairs| {
        baskets(view, |items| {
            for &a in items.iter().filter(is_wanted) {
                items.iter().filter(|item| !is_wanted(item)).for_each(|&b| pairs.add(a, b));
            }
        });
    });
    rows(view, all, &of_item, often)
}

fn rows(view: &View<'_>, all: u32, of_item: &[u32], mut together: Vec<((u32, u32), u32)>) -> Vec<BasketRow> {
    together.sort_unstable_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
    together.truncate(ROWS);
    let row = |((a, b), count): ((u32, u32), u32)| {
        let (of_a, of_b) = (of_item[a as usize], of_item[b as usize]);
        Some(BasketRow {
            item: ItemName::of(view.history, a),
            with: ItemName::of(view.history, b),
            basket_count: count,
            support: f64::from(count) / f64::from(all),
            confidence: Interval::of_share(count, of_a)?,
            confidence_back: Interval::of_share(count, of_b)?,
            lift: f64::from(count) * f64::from(all) / (f64::from(of_a) * f64::from(of_b)),
        })
    };
    together.into_iter().filter_map(row).collect()
}
