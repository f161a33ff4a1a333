//! What speaks for liking the shop itself, part by part: the upward axis of the loyalty plane.
//!
//! Each part is a number of the customer's own and a score 0–1: x ÷ (x + half), so that `half` of it is half a score and
//! more never hurts. Attachment is the mean of the parts that can be known; the parts always stand beside it.

use super::category::{Categories, NONE};
use super::dependence::Dependences;
use super::history::View;
use crate::shop::CustomerId;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// How much of each part is half a score.
pub const HALF_FULL_VALUE: f64 = 2.0;
/// Further categories (or items) beside those of the first purchase.
pub const HALF_WIDENED: f64 = 2.0;
/// Gifts sent.
pub const HALF_GIFTS: f64 = 1.0;
/// Reviews written.
pub const HALF_REVIEWS: f64 = 1.0;
/// Days from the first purchase to the last.
pub const HALF_TENURE_DAYS: f64 = 365.0;
/// Gaps it takes to speak of regularity.
const GAPS_NEEDED: usize = 2;
/// Upper edges of the steps of attachment on the plane.
const EDGES: [f64; 4] = [0.15, 0.30, 0.45, 0.60];
/// From this step on somebody counts as attached.
pub const ATTACHED: u32 = 3;

/// What speaks for liking the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Attachment {
    /// Full-value purchases after the first purchase.
    pub full_value_repeats: u32,
    /// Distinct categories of later purchases that the first did not hold; items, where no item file says categories.
    pub categories_widened: u32,
    /// 1 ÷ (1 + standard deviation ÷ mean of the days between purchases): 1 like clockwork; nothing under three
    /// purchases.
    pub regularity: Option<f64>,
    /// Orders sent to somebody else.
    pub gift_count: u32,
    /// Reviews of the customer's orders; nothing when no review file was imported.
    pub review_count: Option<u32>,
    /// Days from the first purchase to the last.
    pub active_days: u32,
    /// Mean of the scores of the parts that are known, 0–1.
    pub score: f64,
}

impl Attachment {
    /// The step on the plane, 1 lowest … 5.
    pub fn level(&self) -> u32 {
        1 + EDGES.iter().filter(|&&edge| self.score >= edge).count() as u32
    }

    fn scored(mut self) -> Attachment {
        // Most have nothing of most parts.
        let part = |x: u32, half: f64| if x == 0 { 0.0 } else { f64::from(x) / (f64::from(x) + half) };
        let parts = [
            Some(part(self.full_value_repeats, HALF_FULL_VALUE)),
            Some(part(self.categories_widened, HALF_WIDENED)),
            self.regularity,
            Some(part(self.gift_count, HALF_GIFTS)),
            self.review_count.map(|count| part(count, HALF_REVIEWS)),
            Some(part(self.active_days, HALF_TENURE_DAYS)),
        ];
        let (sum, known) = parts.iter().flatten().fold((0.0, 0.0), |(sum, known), score| (sum + score, known + 1.0));
        self.score = sum / known;
        self
    }
}

/// Who wrote how many reviews; nothing when no review file was imported.
pub type Reviews = Option<FxHashMap<CustomerId, u32>>;

/// Attachment of every customer, by place.
pub fn attachments(
    view: &View<'_>,
    dependences: &Dependences,
    categories: &Categories,
    reviews: &Reviews,
) -> Vec<Attachment> {
    let (history, held) = (view.history, view.held());
    let labels = categories.labels(history);
    let by_item = labels.iter().all(|&label| label == NONE);
    let count = if by_item { history.items.len() } else { categories.names.len() };
    // Per label who bought it last: with their first purchase, and later without having had it in the first.
    let (mut first_by, mut widened_by) = (vec![usize::MAX; count], vec![usize::MAX; count]);
    let any_gift = history.orders.gift.contains(&true);
    let is_gift = |o: &usize| history.orders.gift[*o] && !history.orders.split[*o];
    let mut gaps: Vec<f64> = Vec::new();
    let one = |place: usize| {
        let purchases = view.purchases_of(place);
        let gifts = |p: usize| view.orders_of(p).filter(is_gift).count() as u32;
        let mut found = Attachment {
            review_count: reviews.as_ref().map(|of| of.get(&view.id(place)).copied().unwrap_or(0)),
            gift_count: if any_gift { purchases.clone().map(gifts).sum() } else { 0 },
            ..Attachment::default()
        };
        // Most buy once: everything else takes a second purchase.
        if purchases.len() == 1 {
            return found.scored();
        }
        gaps.clear();
        let mut last = None;
        for p in purchases.clone() {
            let is_first = p == purchases.start;
            for &item in held.items_of(p) {
                let label = if by_item { item } else { labels[item as usize] };
                if label == NONE {
                    continue;
                }
                let label = label as usize;
                if is_first {
                    first_by[label] = place;
                } else if first_by[label] != place && widened_by[label] != place {
                    widened_by[label] = place;
                    found.categories_widened += 1;
                }
            }
            if !view.purchases.fresh[p] {
                continue;
            }
            let day = view.purchases.day[p];
            if let Some(last) = last {
                gaps.push(f64::from(day - last));
                found.full_value_repeats += u32::from(dependences.reasons[p].full_value == Some(true));
            }
            last = Some(day);
        }
        found.regularity = regularity(&gaps);
        let (start, end) = (view.purchases.day[purchases.start], view.purchases.day[purchases.end - 1]);
        found.active_days = (end - start) as u32;
        found.scored()
    };
    (0..view.customers.len()).map(one).collect()
}

fn regularity(gaps: &[f64]) -> Option<f64> {
    if gaps.len() < GAPS_NEEDED {
        return None;
    }
    let n = gaps.len() as f64;
    let mean = gaps.iter().sum::<f64>() / n;
    let variance = gaps.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / n;
    Some(1.0 / (1.0 + variance.sqrt() / mean))
}
