//! What kinds of things a customer buys: how many, the favourite one, and how often they come round to each.

use super::gap::{Counts, GapCurve, RETURNS_NEEDED};
use super::gap_table::{self, GapTable};
use super::history::{History, View};
use super::stats;
use crate::shop::{Day, Yen};
use serde::Serialize;
use std::sync::Arc;

/// Place of items without a category.
pub(crate) const NONE: u32 = u32::MAX;

/// The one category each item of the history is in, as far as item files say it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Categories {
    /// Names; the place is the category's number.
    pub names: Vec<String>,
    /// Per item of the history its category.
    pub of_item: Vec<Option<u32>>,
}

impl Categories {
    /// The number of each item's category, [`NONE`] where it has none.
    pub(crate) fn labels(&self, history: &History) -> Vec<u32> {
        (0..history.items.len()).map(|item| self.of_item.get(item).copied().flatten().unwrap_or(NONE)).collect()
    }

    /// The number of the category of this name.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.names.iter().position(|known| known == name).map(|place| place as u32)
    }
}

/// How widely customers buy. Subscription deliveries are money, but no fresh decision: they do not count here.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Involvement {
    /// Goods of items whose category is known ÷ all goods, 0–1.
    pub known_goods_share: f64,
    /// Customers who bought something whose category is known.
    pub customer_count: u32,
    /// Customers by number of distinct categories: 1, 2, 3, 4, and 5 or more.
    pub distinct: Vec<DistinctRow>,
    /// Of customers with two purchase days or more, the median share of goods that their favourite category has.
    pub favourite_share: Option<f64>,
    /// Customers behind `favourite_share`.
    pub favourite_customer_count: u32,
    /// By customers, most first; ties by name.
    pub categories: Vec<CategoryRow>,
}

/// Customers with so many categories.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DistinctRow {
    /// Distinct categories; 5 stands for five or more.
    pub category_count: u32,
    /// Customers.
    pub customer_count: u32,
    /// Their purchase days per customer; nothing under 5 customers.
    pub orders_per_customer: Option<f64>,
    /// Their goods per customer; nothing under 5 customers.
    pub goods_per_customer: Option<f64>,
}

/// One category.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CategoryRow {
    /// Its name in the item files.
    pub category: String,
    /// Customers who bought from it.
    pub customer_count: u32,
    /// Customers who spend most in it; ties go to the one bought first.
    pub favourite_count: u32,
    /// Price before the shop coupon × quantity.
    pub goods: Yen,
    /// 買い回り周期: days from one purchase out of it to the same customer's next.
    pub gap: GapTable,
}

const DISTINCT: usize = 5;
const FEWEST: u32 = 5;

/// Who bought out of a category, when last, and for how much.
#[derive(Clone, Copy)]
struct Own {
    place: usize,
    last_on: Day,
    goods: Yen,
}

/// Category involvement in this view, up to `as_of`; nothing while no category is known.
pub fn involvement(view: &View<'_>, categories: &Categories) -> Option<Involvement> {
    let labels = categories.labels(view.history);
    if labels.iter().all(|&label| label == NONE) {
        return None;
    }
    let count = categories.names.len();
    let mut rows = vec![(0_u32, 0_u32, Yen::ZERO); count];
    let mut gaps = vec![Counts::default(); count];
    let mut distinct = [(0_u32, 0_u32, Yen::ZERO); DISTINCT];
    let mut favourite_shares: Vec<f64> = Vec::new();
    let (mut all, mut known) = (Yen::ZERO, Yen::ZERO);
    // Per category who was last seen to buy out of it.
    let mut own = vec![Own { place: usize::MAX, last_on: Day::default(), goods: Yen::ZERO }; count];
    let mut seen: Vec<usize> = Vec::new();
    for place in 0..view.customers.len() {
        let mut days = 0;
        for p in view.purchases_of(place).filter(|&p| view.purchases.fresh[p]) {
            let (on, mut any) = (view.purchases.day[p], false);
            for o in view.orders_of(p).filter(|&o| !view.history.orders.subscription[o]) {
                for line in view.history.lines_of(o) {
                    all += line.goods;
                    let category = labels[line.item as usize];
                    if category == NONE {
                        continue;
                    }
                    any = true;
                    let category = category as usize;
                    let own = &mut own[category];
                    if own.place != place {
                        *own = Own { place, last_on: on, goods: Yen::ZERO };
                        seen.push(category);
                    } else if own.last_on < on {
                        gaps[category].add((on - own.last_on) as u32, true);
                        own.last_on = on;
                    }
                    own.goods += line.goods;
                }
            }
            days += u32::from(any);
        }
        let Some(&first) = seen.first() else { continue };
        // Of equal ones the one bought first, else the first by number.
        let rank = |category: usize| (own[category].goods, category == first, std::cmp::Reverse(category));
        let favourite = seen.iter().copied().max_by_key(|&category| rank(category)).unwrap_or(first);
        let mut total = Yen::ZERO;
        for &category in &seen {
            let Own { goods, last_on, .. } = own[category];
            total += goods;
            rows[category].0 += 1;
            rows[category].2 += goods;
            gaps[category].add((view.as_of - last_on).max(0) as u32, false);
        }
        known += total;
        rows[favourite].1 += 1;
        let of_kinds = &mut distinct[seen.len().min(DISTINCT) - 1];
        *of_kinds = (of_kinds.0 + 1, of_kinds.1 + days, of_kinds.2 + total);
        if days >= 2 && total > Yen::ZERO {
            favourite_shares.push(own[favourite].goods.as_f64() / total.as_f64());
        }
        seen.clear();
    }
    favourite_shares.sort_unstable_by(f64::total_cmp);
    let mut listed: Vec<CategoryRow> = (0..count)
        .filter(|&category| rows[category].0 > 0)
        .map(|category| CategoryRow {
            category: categories.names[category].clone(),
            customer_count: rows[category].0,
            favourite_count: rows[category].1,
            goods: rows[category].2,
            gap: GapTable { points: Vec::new(), ..gap_table::table(&gaps[category]) },
        })
        .collect();
    listed.sort_by(|a, b| b.customer_count.cmp(&a.customer_count).then_with(|| a.category.cmp(&b.category)));
    let distinct = (1..).zip(distinct).map(|(category_count, (customer_count, days, goods))| {
        let per_customer = |sum: f64| (customer_count >= FEWEST).then(|| sum / f64::from(customer_count));
        DistinctRow {
            category_count,
            customer_count,
            orders_per_customer: per_customer(f64::from(days)),
            goods_per_customer: per_customer(goods.as_f64()),
        }
    });
    let distinct: Vec<DistinctRow> = distinct.collect();
    Some(Involvement {
        known_goods_share: if all > Yen::ZERO { known.as_f64() / all.as_f64() } else { 0.0 },
        customer_count: distinct.iter().map(|row| row.customer_count).sum(),
        distinct,
        favourite_share: stats::quantile(&favourite_shares, 0.5),
        favourite_customer_count: favourite_shares.len() as u32,
        categories: listed,
    })
}

/// The gap curve of each category, by the label of every item.
#[derive(Debug, PartialEq)]
pub(crate) struct CategoryCurves {
    labels: Vec<u32>,
    /// Nothing under 30 returns.
    pub curves: Vec<Option<GapCurve>>,
}

/// Days from one purchase out of each category to the same customer's next; nothing under 30 returns. Where `bought` is
/// given and not all of them are known yet, of the categories of those items alone.
pub(crate) fn curves(view: &View<'_>, labels: &[u32], count: usize, bought: Option<&[bool]>) -> Arc<CategoryCurves> {
    let of = |bought| {
        let curves = curves_of(view, labels, count, bought);
        Arc::new(CategoryCurves { labels: labels.to_vec(), curves })
    };
    let kept = match (view.of_items().categories.known(), bought) {
        (None, Some(_)) => return of(bought),
        (Some(kept), _) => kept,
        (None, None) => view.of_items().categories.or(|| of(None)),
    };
    let is_kept = kept.labels == labels && kept.curves.len() == count;
    if is_kept { kept.clone() } else { of(bought) }
}

fn curves_of(view: &View<'_>, labels: &[u32], count: usize, bought: Option<&[bool]>) -> Vec<Option<GapCurve>> {
    let mut is_wanted = vec![bought.is_none(); count];
    for (&label, _) in
        labels.iter().zip(bought.unwrap_or_default()).filter(|(label, bought)| **label != NONE && **bought)
    {
        is_wanted[label as usize] = true;
    }
    let wanted = |&label: &u32| if label != NONE && is_wanted[label as usize] { label } else { NONE };
    let labels: Vec<u32> = labels.iter().map(wanted).collect();
    let mut counts = vec![Counts::default(); count];
    if count == 0 {
        return Vec::new();
    }
    let held = view.held();
    // Per category who was last seen to buy out of it, and when.
    let mut last = vec![(usize::MAX, Day::default()); count];
    let mut seen: Vec<usize> = Vec::new();
    for place in 0..view.customers.len() {
        for p in view.purchases_of(place) {
            let day = view.purchases.day[p];
            for (item, _) in held.pieces_of(p).filter(|(_, pieces)| !pieces.subscription()) {
                let category = labels[item as usize];
                if category == NONE {
                    continue;
                }
                let category = category as usize;
                let (buyer, before) = std::mem::replace(&mut last[category], (place, day));
                if buyer != place {
                    seen.push(category);
                } else if before < day {
                    counts[category].add((day - before) as u32, true);
                }
            }
        }
        for category in seen.drain(..) {
            counts[category].add((view.as_of - last[category].1).max(0) as u32, false);
        }
    }
    counts.iter().map(|counts| Some(counts.curve()).filter(|curve| curve.returns >= RETURNS_NEEDED)).collect()
}
