//! Figures of people who belong together: how many, how much of the value, how long ago they came.

use super::rfm::{FEW, RANKED};
use super::standing::Standing;
use super::stats::{self, Blocks, Interval};
use crate::shop::Yen;
use serde::Serialize;

/// One crowd of customers, in wire form.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CrowdRow {
    /// Its word.
    pub key: String,
    /// Its name in the owner's language; filled in by `app`.
    pub label: String,
    /// People.
    pub customer_count: u32,
    /// Their value so far.
    pub value: Yen,
    /// Share of all value, 0–1; nothing when there is no value.
    pub value_share: Option<f64>,
    /// The same with its 90 % interval; only for 5 to 29 people.
    pub value_share_interval: Option<Interval>,
    /// Median days since the last purchase.
    pub median_recency_days: Option<f64>,
    /// The same with its 90 % interval; only for 5 to 29 people.
    pub median_recency_interval: Option<Interval>,
    /// Fewer than 5 people: screens show the count only.
    pub few: bool,
    /// At least 30 people: may be compared with others.
    pub ranked: bool,
}

/// The figures of one crowd; fields as in [`CrowdRow`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Crowd {
    pub customer_count: u32,
    pub value: Yen,
    pub value_share: Option<f64>,
    pub value_share_interval: Option<Interval>,
    pub median_recency_days: Option<f64>,
    pub median_recency_interval: Option<Interval>,
}

impl CrowdRow {
    /// People who have brought nothing.
    pub fn without_value(key: &str, customer_count: u32) -> CrowdRow {
        Crowd { customer_count, ..Crowd::default() }.row(key)
    }
}

impl Crowd {
    /// Enough people to be compared with others.
    pub fn ranked(&self) -> bool {
        self.customer_count >= RANKED
    }

    /// With its word.
    pub fn row(self, key: &str) -> CrowdRow {
        CrowdRow {
            key: key.to_owned(),
            label: String::new(),
            customer_count: self.customer_count,
            value: self.value,
            value_share: self.value_share,
            value_share_interval: self.value_share_interval,
            median_recency_days: self.median_recency_days,
            median_recency_interval: self.median_recency_interval,
            few: self.customer_count < FEW,
            ranked: self.ranked(),
        }
    }
}

/// Crowds `0..count`, where `of` says by place which one somebody is in, if any. Shares are of all value.
///
/// Crowds of 5 to 29 people get 90 % intervals: the share by resampling customers, the median by its order
/// statistics.
pub(crate) fn crowds(of: &[Option<u8>], count: usize, standing: &Standing) -> Vec<Crowd> {
    let mut crowds = vec![Crowd::default(); count];
    // How often each number of days occurs, crowd by crowd.
    let in_one = (0..of.len()).filter(|&place| of[place].is_some());
    let width = in_one.map(|place| standing.recency_days(place)).max().map_or(0, |most| most as usize + 1);
    let mut recencies = vec![0_u32; count * width];
    for (place, crowd) in of.iter().enumerate() {
        let Some(crowd) = crowd.map(usize::from) else { continue };
        crowds[crowd].customer_count += 1;
        crowds[crowd].value += standing.value[place];
        recencies[crowd * width + standing.recency_days(place) as usize] += 1;
    }
    let total: Yen = standing.value.iter().copied().sum();
    let small = |crowd: &Crowd| (FEW..RANKED).contains(&crowd.customer_count);
    let shares = if crowds.iter().any(small) && total > Yen::ZERO { shares(of, count, standing) } else { Vec::new() };
    for (place, crowd) in crowds.iter_mut().enumerate() {
        let recencies = &recencies[place * width..(place + 1) * width];
        crowd.value_share = (total > Yen::ZERO).then(|| crowd.value.as_f64() / total.as_f64());
        if small(crowd) {
            let n = crowd.customer_count;
            crowd.value_share_interval =
                shares.get(place).copied().flatten().map(|share: Interval| Interval { n, ..share });
            let times = (0..).zip(recencies);
            let days: Vec<i32> = times.flat_map(|(days, &times)| std::iter::repeat_n(days, times as usize)).collect();
            crowd.median_recency_interval = median_interval(&days);
        }
        crowd.median_recency_days = stats::quantile_of_counts(recencies, 0.5);
    }
    crowds
}

/// Each crowd's value ÷ all value, with intervals.
fn shares(of: &[Option<u8>], count: usize, standing: &Standing) -> Vec<Option<Interval>> {
    let mut blocks = Blocks::new(standing.customer_count, count);
    for (ordinal, place) in (0..of.len()).filter(|&place| standing.has(place)).enumerate() {
        let (values, all) = blocks.of(ordinal);
        let value = standing.value[place].0;
        if let Some(crowd) = of[place] {
            values[usize::from(crowd)] += value;
        }
        all.iter_mut().for_each(|all| *all += value);
    }
    blocks.means()
}

/// The median of ascending numbers with its 90 % interval from the sign test: the k-th smallest to the k-th largest, k the largest with
/// P(Bin(n, ½) < k) ≤ 5 %. Fewer than 5 numbers have none.
///
/// Conover, *Practical Nonparametric Statistics* (1999), ch. 3.2.
fn median_interval(numbers: &[i32]) -> Option<Interval> {
    let n = numbers.len();
    let (mut k, mut below, mut term) = (0, 0.0, 0.5_f64.powi(n as i32));
    while below + term <= 0.05 {
        below += term;
        term *= (n - k) as f64 / (k + 1) as f64;
        k += 1;
    }
    let low = *numbers.get(k.checked_sub(1)?)?;
    let high = numbers[n - k];
    let value = (f64::from(numbers[(n - 1) / 2]) + f64::from(numbers[n / 2])) / 2.0;
    Some(Interval { value, low: f64::from(low), high: f64::from(high), n: n as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_of_few_has_a_wide_interval() {
        let check = |numbers: &[i32], expected: Option<(f64, f64, f64)>| {
            let mut ascending = numbers.to_vec();
            ascending.sort_unstable();
            let found = median_interval(&ascending).map(|i| (i.value, i.low, i.high));
            assert_eq!(found, expected, "{numbers:?}");
        };
        // n = 4: P(X = 0) = 1/16 = 6.25 % is too much, so nothing can be said.
        check(&[1, 2, 3, 4], None);
        // n = 5: P(X = 0) = 1/32 = 3.1 %, P(X ≤ 1) = 6/32 = 18.8 %: smallest to largest.
        check(&[50, 10, 40, 20, 30], Some((30.0, 10.0, 50.0)));
        // n = 8: P(X ≤ 1) = 9/256 = 3.5 %, P(X ≤ 2) = 37/256 = 14.5 %: second smallest to second largest.
        check(&[1, 2, 3, 4, 5, 6, 7, 80], Some((4.5, 2.0, 7.0)));
    }
}
