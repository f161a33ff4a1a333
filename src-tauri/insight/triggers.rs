//! The rules that find an audience (that of new items is in `new_item`), each with what such people did in the shop's own past.
//!
//! A base rate looks back in steps of its window: who would have been in the audience at `as_of` − window,
//! at `as_of` − 2 windows, …, and how many of them bought within the window that followed. One person counts
//! once per look back.

use super::actions::{Candidate, Trigger};
use super::calendar::EventDays;
use super::gap::GapCurves;
use super::history::View;
use super::incentive::{Occasion, Reasons};
use super::rfm::{self, GroupKey, RfmScore, Scored};
use super::stats::rounded;
use super::{gap, item_gap, ranks, value};
use crate::shop::{Day, Yen};
use std::borrow::Cow;
use std::sync::Arc;

/// Days in which an action is judged, and for which a base rate is taken.
pub const RESULT_DAYS: i32 = 30;
/// Days ahead in which an item that runs out is spoken of; also the window of its base rate.
pub const REPLENISH_DAYS: i32 = 14;
/// Days left to act on cards without a nearer end.
const ACT_DAYS: i32 = 14;
/// Prices of an item are those of the last year.
const YEAR_DAYS: i32 = 365;
/// Looks back of [`RESULT_DAYS`] each, and of [`REPLENISH_DAYS`] each: half a year.
pub(crate) const LOOKS: i32 = 6;
const REPLENISH_LOOKS: i32 = 12;
/// Most purchases are of fewer pieces of an item.
const FEW_PIECES: usize = 8;
/// Items per rule that are worth a card.
pub(crate) const ITEMS: usize = 5;

/// What several rules look at, worked out once.
pub(crate) struct Shop<'a, 'h> {
    pub view: &'a View<'h>,
    pub values: Cow<'a, [Yen]>,
    pub scored: Arc<Scored>,
    curves: Arc<GapCurves>,
    /// Median value of one purchase.
    usual_value: Yen,
}

impl<'a, 'h> Shop<'a, 'h> {
    pub fn new(view: &'a View<'h>) -> Shop<'a, 'h> {
        let values = value::per_purchase(view, value::basis(view));
        let middle = ranks::numbers_at(values.iter().map(|value| value.0), 0, [values.len() / 2; 4])[0];
        Shop { view, values, scored: rfm::scored(view), curves: gap::curves(view), usual_value: Yen(middle) }
    }

    /// The look back number `k`, k windows before `as_of`.
    pub fn look(&self, k: i32, window: i32) -> Day {
        self.view.as_of - k * window
    }

    /// Whether somebody with so many fresh purchases, the last on `last`, has not lapsed at the end of `on`.
    pub fn is_active(&self, purchases: usize, last: Day, on: Day) -> bool {
        let lapse = self.curves.of(purchases).and_then(gap::GapCurve::lapse);
        lapse.is_some_and(|lapse| on - last <= lapse as i32)
    }

    /// The longest lapse day of any step.
    pub fn longest_lapse(&self) -> i32 {
        let steps = (0..=self.curves.steps.len() + 1).filter_map(|n| self.curves.of(n)?.lapse());
        steps.max().unwrap_or(0) as i32
    }

    fn fresh_of(&self, place: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.view.purchases_of(place).filter(|&p| self.view.purchases.fresh[p])
    }

    pub fn day(&self, p: usize) -> Day {
        self.view.purchases.day[p]
    }

    /// Values of the last year's purchases, by what they hold: those of item i are `starts[i]..starts[i + 1]`.
    fn spent_by_item(&self) -> (Vec<u32>, Vec<Yen>) {
        let (view, held) = (self.view, self.view.held());
        let last_year = || (0..self.values.len()).filter(|&p| view.as_of - self.day(p) < YEAR_DAYS);
        let items_of = |p: usize| held.pieces_of(p).filter(|(_, pieces)| pieces.quantity() > 0).map(|(item, _)| item);
        let mut starts = vec![0_u32; view.history.items.len() + 1];
        last_year().flat_map(items_of).for_each(|item| starts[item as usize + 1] += 1);
        for item in 1..starts.len() {
            starts[item] += starts[item - 1];
        }
        let mut next = starts.clone();
        let mut spent = vec![Yen::ZERO; starts.last().map_or(0, |&all| all as usize)];
        for p in last_year() {
            for item in items_of(p) {
                spent[next[item as usize] as usize] = self.values[p];
                next[item as usize] += 1;
            }
        }
        (starts, spent)
    }
}

/// Bought once, and between the median and the lapse day of those who come back a second time.
pub(crate) fn f2_window(shop: &Shop<'_, '_>) -> Option<Candidate> {
    let view = shop.view;
    let curve = shop.curves.of(1)?;
    let (median, lapse) = (curve.median()? as i32, curve.lapse()? as i32);
    let open = median..=lapse;
    let mut found = Candidate::new(Trigger::F2Window, RESULT_DAYS, shop.usual_value);
    let mut closes = Vec::new();
    for place in 0..view.customers.len() {
        let range = view.purchases_of(place);
        let first = shop.day(range.start);
        let second = (range.len() > 1).then_some(range.start + 1);
        if second.is_none() && open.contains(&(view.as_of - first)) {
            found.places.push(place as u32);
            closes.push(first + lapse);
        }
        // The looks back on which they were in the audience: the window was open, and they had not come back by then.
        let (ago, back_ago) = (view.as_of - first, second.map(|p| view.as_of - shop.day(p)));
        let before_back = back_ago.map_or(1, |ago| ago.div_euclid(RESULT_DAYS) + 1);
        let nearest = before_back.max(1).max((ago - lapse + RESULT_DAYS - 1).div_euclid(RESULT_DAYS));
        let farthest = (ago - median).div_euclid(RESULT_DAYS).min(LOOKS);
        if nearest <= farthest {
            found.comparable += (farthest - nearest + 1) as u32;
            // They came within the window of the last look before they did.
            let back = second.is_some_and(|p| view.purchases.fresh[p] && nearest == before_back);
            found.bought += u32::from(back);
        }
    }
    let middle = closes.len() / 2;
    let half_closed = if closes.is_empty() { view.as_of } else { *closes.select_nth_unstable(middle).1 };
    found.due_on = half_closed.clamp(view.as_of, view.as_of + RESULT_DAYS);
    found.evidence_days = median as u32;
    found.evidence_count = curve.returns;
    Some(found)
}

/// Per item that is bought again often enough: whose next purchase of it is expected within 14 days.
///
/// The typical value is that of the last year's purchases with the item in them.
pub(crate) fn replenishment(shop: &Shop<'_, '_>) -> Vec<Candidate> {
    let view = shop.view;
    let (gaps, (spent_from, mut spent)) = (item_gap::item_gaps(view), shop.spent_by_item());
    let first_look = shop.look(REPLENISH_LOOKS, REPLENISH_DAYS);
    let mut found = Vec::new();
    for (item, supplies) in gaps.with_supplies() {
        let mut due = Candidate::new(Trigger::Replenishment, REPLENISH_DAYS, Yen::ZERO);
        let curve = &item.curve;
        let (Some(lower), Some(median_days), Some(upper)) =
            (curve.quantile(0.25), curve.median(), curve.quantile(0.75))
        else {
            continue;
        };
        let usual = f64::from(item.usual_quantity);
        let days_of = |quantity: u32| {
            let scale = f64::from(quantity.max(1)) / usual;
            [lower, upper].map(|days| rounded(f64::from(days) * scale))
        };
        let of_few: [[i32; 2]; FEW_PIECES] = std::array::from_fn(|quantity| days_of(quantity as u32));
        for supply in supplies {
            let days = of_few.get(supply.quantity as usize).copied().unwrap_or_else(|| days_of(supply.quantity));
            let [from, to] = days.map(|days| supply.day + days);
            // Used up, or bought again, before the first look back: most of a long past.
            let ends = supply.next.unwrap_or(to).min(to);
            if supply.subscription | (ends <= first_look) {
                continue;
            }
            // The expected window and the coming fortnight share a day.
            let is_due = |on: Day| from <= on + REPLENISH_DAYS && to > on;
            if supply.next.is_none() && is_due(view.as_of) {
                due.places.push(supply.place);
            }
            // Only looks in which it was in use: supply.day ≤ on < next.
            let in_use_until = supply.next.map_or(view.as_of, |next| next - 1);
            let earliest = (view.as_of - in_use_until.min(to - 1)).max(REPLENISH_DAYS);
            let latest = (view.as_of - supply.day.max(from - REPLENISH_DAYS)).min(REPLENISH_LOOKS * REPLENISH_DAYS);
            let nearest = (earliest + REPLENISH_DAYS - 1) / REPLENISH_DAYS;
            let farthest = latest.div_euclid(REPLENISH_DAYS);
            due.comparable += (farthest - nearest + 1).max(0) as u32;
            // They came within the window of the last look before they did.
            let back = supply.next.filter(|_| !supply.next_subscription);
            let before_back = back.map(|next| (view.as_of + REPLENISH_DAYS - next).div_euclid(REPLENISH_DAYS));
            due.bought += before_back.map_or(0, |k| (k.min(farthest) - nearest + 1).max(0) as u32);
        }
        due.item = Some(item.item);
        let of_item = spent_from[item.item as usize] as usize..spent_from[item.item as usize + 1] as usize;
        due.typical_value = median(&mut spent[of_item]);
        due.due_on = view.as_of + REPLENISH_DAYS;
        due.evidence_days = median_days;
        due.evidence_count = curve.returns;
        found.push(due);
    }
    found.sort_by(|a, b| b.gain().total_cmp(&a.gain()).then(a.item.cmp(&b.item)));
    found.truncate(ITEMS);
    found
}

/// 離反しそうな優良 at `as_of`. Looks back use today's thresholds on what had been bought by then.
pub(crate) fn best_cooling(shop: &Shop<'_, '_>) -> Option<Candidate> {
    let view = shop.view;
    let group = GroupKey::CoolingBest;
    let is_cooling = |score: &RfmScore| GroupKey::of_cell(score.recency, score.fm) == group;
    let mut found = Candidate::new(Trigger::BestCooling, RESULT_DAYS, Yen::ZERO);
    let mut theirs = Vec::new();
    let Scored { standing, thresholds, scores } = &*shop.scored;
    // FM 5 takes a frequency of at least 4: fewer purchases need no look.
    let least = thresholds.order_count[2];
    for (place, score) in scores.iter().enumerate() {
        let purchases = view.purchases_of(place);
        if is_cooling(score) {
            found.places.push(place as u32);
            theirs.extend(purchases.clone().map(|p| shop.values[p]));
        }
        let (mut fresh, mut value, mut end) = (standing.order_count[place], standing.value[place], purchases.end);
        for k in 1..=LOOKS {
            let on = shop.look(k, RESULT_DAYS);
            while end > purchases.start && shop.day(end - 1) > on {
                end -= 1;
                fresh -= u32::from(view.purchases.fresh[end]);
                value -= shop.values[end];
            }
            // Who had not bought often enough by then had not before.
            if fresh < least.max(1) {
                break;
            }
            if is_cooling(&thresholds.score(on - shop.day(end - 1), fresh, value)) {
                found.comparable += 1;
                let next = (end..purchases.end).find(|&p| view.purchases.fresh[p]);
                found.bought += u32::from(next.is_some_and(|p| shop.day(p) <= on + RESULT_DAYS));
            }
        }
    }
    found.group = Some(group);
    found.typical_value = median(&mut theirs);
    found.due_on = view.as_of + ACT_DAYS;
    // R 1–2 begins behind the last day of R 3.
    found.evidence_days = thresholds.recency_days[2].floor().max(0.0) as u32;
    found.evidence_count = scores.iter().filter(|score| score.fm == 5).count() as u32;
    Some(found)
}

/// At least two purchases, every one whose time is clear on an event day, and not lapsed.
///
/// Unclear purchases count neither way. The base rate is about full-value purchases: outside events, without
/// coupon and without raised points.
pub(crate) fn event_only(shop: &Shop<'_, '_>, events: &EventDays<'_>) -> Option<Candidate> {
    let view = shop.view;
    let mut found = Candidate::new(Trigger::EventOnly, RESULT_DAYS, shop.usual_value);
    let (earliest, longest) = (shop.look(LOOKS, RESULT_DAYS), shop.longest_lapse());
    // Purchases before the first one outside events: the day, and whether it was an event's.
    let mut before: Vec<(Day, bool)> = Vec::new();
    for place in 0..view.customers.len() {
        if view.purchases_of(place).len() < 2 {
            continue;
        }
        found.evidence_count += 1;
        if earliest - shop.day(view.purchases_of(place).end - 1) > longest {
            continue;
        }
        // Up to the first purchase outside events, if there is one.
        let mut plain: Option<(Day, bool)> = None;
        before.clear();
        for p in shop.fresh_of(place) {
            let reasons = Reasons::of(view, events, p);
            if reasons.occasion == Occasion::Plain {
                plain = Some((shop.day(p), reasons.full_value == Some(true)));
                break;
            }
            before.push((shop.day(p), reasons.occasion == Occasion::Event));
        }
        if before.iter().filter(|(_, is_event)| *is_event).count() < 2 {
            continue;
        }
        let until = plain.map_or(view.as_of, |(day, _)| day - 1);
        for k in 0..=LOOKS {
            let on = shop.look(k, RESULT_DAYS);
            if on > until {
                continue;
            }
            let (mut on_events, mut fresh, mut last) = (0, 0, Day::default());
            for &(day, is_event) in before.iter().take_while(|(day, _)| *day <= on) {
                on_events += u32::from(is_event);
                fresh += 1;
                last = day;
            }
            if on_events < 2 || !shop.is_active(fresh, last, on) {
                continue;
            }
            if k == 0 {
                found.places.push(place as u32);
            } else {
                found.comparable += 1;
                found.bought += u32::from(plain.is_some_and(|(day, full)| full && day <= on + RESULT_DAYS));
            }
        }
    }
    found.due_on = view.as_of + ACT_DAYS;
    found.evidence_days = RESULT_DAYS as u32;
    Some(found)
}

/// Middle value; the larger of the two middle ones of an even number; 0 for none.
pub(crate) fn median(values: &mut [Yen]) -> Yen {
    let middle = values.len() / 2;
    if values.is_empty() { Yen::ZERO } else { *values.select_nth_unstable(middle).1 }
}
