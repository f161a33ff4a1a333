//! How much higher the odds of event days are in a shop than what is expected: the one ratio at which the means of all rows
//! promise as many purchases on events as there were.

use super::dependence::{SUREST, Tally};

/// Rows in columns, to find the ratio at which the means promise as many purchases on events as there were.
pub(super) struct Balance {
    /// Clear purchases.
    pub purchases: Vec<f64>,
    /// Expected share of them on event days.
    pub expected: Vec<f64>,
    /// What is expected elsewhere.
    otherwise: Vec<f64>,
    on_events: f64,
}

impl Balance {
    /// Half the span of the ratio's logarithm, and how often it is halved.
    const SPAN: f64 = 7.0;
    const HALVINGS: usize = 50;
    /// Newton's steps end with one as short as this.
    const SHORT: f64 = 1e-12;
    /// What rounding may do to a sum, by the root of how many are added up: far more than it is known to.
    const ROUNDING: f64 = 4e-15;
    /// Means that are worked out together: a division takes longer than everything else.
    const TOGETHER: usize = 32;

    /// Of these rows, in their order.
    pub fn of<'t>(rows: impl Iterator<Item = &'t Tally>) -> Balance {
        let (purchases, expected, otherwise) = (Vec::new(), Vec::new(), Vec::new());
        let mut balance = Balance { purchases, expected, otherwise, on_events: 0.0 };
        for row in rows {
            let expected = row.expected_share().unwrap_or(0.0);
            balance.purchases.push(f64::from(row.purchases));
            balance.expected.push(expected);
            balance.otherwise.push((1.0 - expected).max(1e-9));
            balance.on_events += f64::from(row.on_events);
        }
        balance
    }

    /// Purchases and mean of every row at this ratio, in their order.
    fn each(&self, odds_ratio: f64, mut add: impl FnMut(f64, f64)) {
        let mut means = [0.0; Balance::TOGETHER];
        let (expected, otherwise) = (self.expected.chunks(means.len()), self.otherwise.chunks(means.len()));
        for ((purchases, expected), otherwise) in self.purchases.chunks(Balance::TOGETHER).zip(expected).zip(otherwise)
        {
            for ((mean, expected), otherwise) in means.iter_mut().zip(expected).zip(otherwise) {
                let odds = odds_ratio * expected / otherwise;
                *mean = (odds / (1.0 + odds)).min(SUREST);
            }
            purchases.iter().zip(means).for_each(|(purchases, mean)| add(*purchases, mean));
        }
    }

    /// Σ purchases × mean at this ratio.
    fn sum(&self, odds_ratio: f64) -> f64 {
        let mut sum = 0.0;
        self.each(odds_ratio, |purchases, mean| sum += purchases * mean);
        sum
    }

    /// Where the sum meets the purchases on events, nearly, and so near to it rounding might decide: by Newton's steps,
    /// kept within the span.
    fn met(&self) -> Option<(f64, f64)> {
        let (mut low, mut high) = (-Balance::SPAN, Balance::SPAN);
        let mut at = 0.0_f64;
        for _ in 0..Balance::HALVINGS {
            // And how fast the sum rises with the ratio's logarithm.
            let (mut sum, mut rise) = (0.0, 0.0);
            self.each(at.exp(), |purchases, mean| {
                sum += purchases * mean;
                rise += purchases * mean * (1.0 - mean);
            });
            if sum < self.on_events {
                low = at
            } else {
                high = at
            }
            let next = at + (self.on_events - sum) / rise;
            let next = if next > low && next < high { next } else { (low + high) / 2.0 };
            if (next - at).abs() < Balance::SHORT {
                let rounding = Balance::ROUNDING * (self.purchases.len() as f64).sqrt() * sum / rise;
                // Where the sum hardly rises, nothing near can be said.
                return Some((next, 2.0 * Balance::SHORT + rounding)).filter(|_| rise > sum / 100.0);
            }
            at = next;
        }
        None
    }

    /// The sum of the means rises with the ratio: halves the span of its logarithm until it is met.
    pub fn odds_ratio(&self) -> f64 {
        let met = self.met();
        let (mut low, mut high, mut odds_ratio) = (-Balance::SPAN, Balance::SPAN, 1.0_f64);
        for _ in 0..Balance::HALVINGS {
            let middle = (low + high) / 2.0;
            odds_ratio = middle.exp();
            let is_below = match met.filter(|(met, near)| (met - middle).abs() > *near) {
                Some((met, _)) => middle < met,
                None => self.sum(odds_ratio) < self.on_events,
            };
            if is_below { low = odds_ratio.ln() } else { high = odds_ratio.ln() }
        }
        odds_ratio
    }
}
