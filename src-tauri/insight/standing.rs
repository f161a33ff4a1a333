//! Where each customer stands at the end of a day: last purchase, number of purchases, value so far.

use super::history::View;
use super::rfm::{ENOUGH_RETURNED, GAPS, GroupRules, PRESET_DAYS, RfmScore, Thresholds};
use super::{ranks, stats};
use crate::shop::{Day, Yen};

/// Columns by place in the view; customers without a purchase up to `on` have an `order_count` of 0.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// Measured at the end of this day.
    pub on: Day,
    /// Last purchase day, subscription deliveries included.
    pub last_on: Vec<Day>,
    /// Purchase days that were a fresh decision.
    pub order_count: Vec<u32>,
    /// Value so far.
    pub value: Vec<Yen>,
    /// Customers with a purchase up to `on`.
    pub customer_count: usize,
    /// Of these, with at least two fresh purchases.
    pub returned_count: u32,
    /// How often each gap in days between consecutive fresh purchases occurred.
    pub gaps: Vec<u32>,
    /// The owner's rules.
    pub rules: GroupRules,
}

impl Standing {
    /// At the end of `on`; `values` are those of `view.purchases`.
    pub fn at(view: &View<'_>, values: &[Yen], on: Day) -> Standing {
        let places = view.customers.len();
        let mut standing = Standing {
            on,
            last_on: Vec::with_capacity(places),
            order_count: Vec::with_capacity(places),
            value: Vec::with_capacity(places),
            customer_count: 0,
            returned_count: 0,
            gaps: Vec::new(),
            rules: view.rules,
        };
        let (day, fresh) = (&view.purchases.day, &view.purchases.fresh);
        for place in 0..places {
            let (mut last_on, mut last_fresh, mut order_count, mut value) = (Day(0), Day(0), 0, 0);
            for p in view.purchases_of(place) {
                if day[p] > on {
                    break;
                }
                last_on = day[p];
                value += values[p].0;
                if fresh[p] {
                    if order_count > 0 {
                        count_gap(&mut standing.gaps, day[p] - last_fresh);
                    }
                    order_count += 1;
                    last_fresh = day[p];
                }
            }
            standing.last_on.push(last_on);
            standing.order_count.push(order_count);
            standing.value.push(Yen(value));
            standing.customer_count += usize::from(order_count > 0);
            standing.returned_count += u32::from(order_count > 1);
        }
        standing
    }

    /// Whether the customer at `place` had bought by then.
    pub fn has(&self, place: usize) -> bool {
        self.order_count[place] > 0
    }

    /// Days since the last purchase of the customer at `place`, who had bought by then.
    pub fn recency_days(&self, place: usize) -> i32 {
        self.on - self.last_on[place]
    }

    /// The scores' thresholds on that day, from all who had bought by then.
    ///
    /// Value: of n customers ascending by value, score 1 + k starts at the value of number ⌊n × pₖ ÷ 100⌋ from 0,
    /// so that by default at least the best 20 % score 5; who has the same value shares the better score.
    pub fn thresholds(&self) -> Thresholds {
        let n = self.customer_count;
        let monetary = match n {
            0 => [Yen::ZERO; 4],
            // Who has not bought yet stands there with nothing.
            _ => {
                let values = self.value.iter().map(|value| value.0);
                ranks::numbers_at(values, self.value.len() - n, ranks::places(n, &self.rules)).map(Yen)
            }
        };
        thresholds(&self.gaps, self.returned_count, monetary, &self.rules)
    }

    /// Score of the customer at `place`; nothing before the first purchase.
    pub fn score(&self, place: usize, thresholds: &Thresholds) -> Option<RfmScore> {
        self.has(place).then(|| thresholds.score(self.recency_days(place), self.order_count[place], self.value[place]))
    }
}

/// Adds one gap to how often each occurred.
pub(crate) fn count_gap(gaps: &mut Vec<u32>, days: i32) {
    let days = days as usize;
    if days >= gaps.len() {
        gaps.resize(days + 1, 0);
    }
    gaps[days] += 1;
}

/// Thresholds from the shop's gaps, the value thresholds and the owner's rules.
pub(crate) fn thresholds(gaps: &[u32], returned_count: u32, monetary: [Yen; 4], rules: &GroupRules) -> Thresholds {
    let median_gap_days = stats::quantile_of_counts(gaps, 0.5);
    let own = median_gap_days.filter(|_| returned_count >= ENOUGH_RETURNED && rules.recency_days.is_none());
    let typed = rules.recency_days.map(|days| days.map(f64::from));
    Thresholds {
        recency_days: typed.or(own.map(|gap| GAPS.map(|times| times * gap))).unwrap_or(PRESET_DAYS),
        recency_from_own_gap: own.is_some(),
        recency_typed: typed.is_some(),
        median_gap_days,
        returned_count,
        order_count: rules.order_count,
        monetary,
        monetary_percent: rules.monetary_percent,
    }
}
