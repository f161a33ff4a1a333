//! Where each customer stands at the end of a day: last purchase, number of purchases, value so far.

use super::history::View;
use super::rfm::{ENOUGH_RETURNED, GAPS, GroupRules, PRESET_DAYS, RfmScore, Thresholds};
use super::stats;
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

    /// Before anybody had bought; [`Standing::take`] lets days go by.
    pub fn before(view: &View<'_>) -> Standing {
        let places = view.customers.len();
        Standing {
            on: view.as_of,
            last_on: vec![Day(0); places],
            order_count: vec![0; places],
            value: vec![Yen::ZERO; places],
            customer_count: 0,
            returned_count: 0,
            gaps: Vec::new(),
            rules: view.rules,
        }
    }

    /// One more purchase of the customer at `place`, later than those before; `last_fresh` is kept for it, by place.
    pub fn take(&mut self, view: &View<'_>, values: &[Yen], last_fresh: &mut [Day], place: usize, p: usize) {
        let day = view.purchases.day[p];
        self.last_on[place] = day;
        self.value[place] += values[p];
        if !view.purchases.fresh[p] {
            return;
        }
        match self.order_count[place] {
            0 => self.customer_count += 1,
            before => {
                count_gap(&mut self.gaps, day - last_fresh[place]);
                self.returned_count += u32::from(before == 1);
            }
        }
        self.order_count[place] += 1;
        last_fresh[place] = day;
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
        let mut ranks = self.rules.monetary_percent.map(|percent| n * percent as usize / 100);
        // A lower score never begins above a higher one.
        let mut most = n.saturating_sub(1);
        for rank in ranks.iter_mut().rev() {
            most = most.min(*rank);
            *rank = most;
        }
        let monetary = match n {
            0 => [Yen::ZERO; 4],
            // Who has not bought yet stands there with nothing.
            _ => at_ranks(self.value.iter().map(|value| value.0), self.value.len() - n, ranks).map(Yen),
        };
        thresholds(&self.gaps, self.returned_count, monetary, &self.rules)
    }

    /// Score of the customer at `place`; nothing before the first purchase.
    pub fn score(&self, place: usize, thresholds: &Thresholds) -> Option<RfmScore> {
        self.has(place).then(|| thresholds.score(self.recency_days(place), self.order_count[place], self.value[place]))
    }
}

/// The numbers at these places, from 0, of their ascending order, when so many zeros are left out; each place must be below
/// how many there are then.
///
/// They are counted in buckets that are a 32nd of their numbers wide: only the buckets of the places need sorting. Small
/// numbers have each their own, so zeros stand alone. No step hangs on the number by a branch that cannot be foreseen.
fn at_ranks(numbers: impl Iterator<Item = i64> + Clone, zeros: usize, ranks: [usize; 4]) -> [i64; 4] {
    /// Below 0 all are in the first one; then 64 to 63, and for each further power of two the upper half of 64.
    const BUCKETS: usize = 1 + 64 * 58;
    let bucket_of = |number: i64| {
        let shift = 58 - ((number as u64) | 63).leading_zeros().min(58);
        let bucket = 1 + 64 * shift as usize + ((number as u64) >> shift & 63) as usize;
        if number < 0 { 0 } else { bucket }
    };
    let mut counts = vec![0_u32; BUCKETS + 64];
    numbers.clone().for_each(|number| counts[bucket_of(number)] += 1);
    counts[bucket_of(0)] -= zeros as u32;
    let of_rank = ranks.map(|rank| {
        let mut before = 0;
        let holds = |count: &u32| {
            before += *count as usize;
            before > rank
        };
        let bucket = counts.iter().position(holds).unwrap_or(0);
        (bucket, rank - (before - counts[bucket] as usize))
    });
    let mut list_of = vec![u8::MAX; counts.len()];
    (0..).zip(&of_rank).for_each(|(list, (bucket, _))| list_of[*bucket] = list);
    let mut lists: [Vec<i64>; 4] = Default::default();
    for number in numbers {
        if let Some(list) = lists.get_mut(usize::from(list_of[bucket_of(number)])) {
            list.push(number);
        }
    }
    of_rank.map(|(bucket, rank)| *lists[usize::from(list_of[bucket])].select_nth_unstable(rank).1)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_ranks_are_those_of_the_sorted_list() {
        let mut state = 7_u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 20) as i64
        };
        let many: Vec<i64> = (0..5_000).map(|_| draw() >> (draw() % 44) as u32).collect();
        let cases = [vec![5], vec![-3, -3, 0, i64::MAX, i64::MIN], vec![63, 64, 65, 127, 128, 129], many];
        for numbers in cases {
            let mut sorted = numbers.clone();
            sorted.sort_unstable();
            let n = numbers.len();
            for ranks in [[0, n / 5, n / 2, n - 1], [n - 1; 4], [n * 2 / 5, n / 5, 0, n * 3 / 5]] {
                assert_eq!(at_ranks(numbers.iter().copied(), 0, ranks), ranks.map(|rank| sorted[rank]));
                let with_zeros = numbers.iter().copied().chain([0; 7]);
                assert_eq!(at_ranks(with_zeros, 7, ranks), ranks.map(|rank| sorted[rank]), "zeros left out");
            }
        }
    }
}
