//! Rates, means and their honest ranges.

use super::draws::{BLOCKS, DRAWS, Draws, MANY_TOGETHER, TOGETHER, mixed};
use crate::shop::Yen;
use serde::Serialize;

pub(crate) use super::draws::Random;

/// A measured value with its interval and the number of people behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Interval {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// People (or orders) it rests on.
    pub n: u32,
}

/// A range of yen when a single number would pretend to know more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Band {
    /// At least.
    pub low: Yen,
    /// At most.
    pub high: Yen,
}

/// Instead of a number nobody should trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TooFew {
    /// How many there are.
    pub have: u32,
    /// How many it takes.
    pub need: u32,
}

/// Standard normal quantile of a two-sided 90 % interval.
pub(super) const Z_90: f64 = 1.6449;

impl Interval {
    /// The share `hits ÷ n` with its 90 % Wilson interval; nothing for nobody.
    ///
    /// Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    pub fn of_share(hits: u32, n: u32) -> Option<Interval> {
        if n == 0 {
            return None;
        }
        let people = f64::from(n);
        let share = f64::from(hits) / people;
        let spread = Z_90 * Z_90 / people;
        let centre = (share + spread / 2.0) / (1.0 + spread);
        let half = Z_90 * (share * (1.0 - share) / people + spread / (4.0 * people)).sqrt() / (1.0 + spread);
        Some(Interval {
            value: share,
            low: (centre - half).clamp(0.0, share),
            high: (centre + half).clamp(share, 1.0),
            n,
        })
    }
}

/// The quantile `p` (0–1) of ascending numbers, between neighbours in proportion; nothing for none.
///
/// Type 7 of Hyndman & Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996).
pub fn quantile(ascending: &[f64], p: f64) -> Option<f64> {
    let place = p * ascending.len().checked_sub(1)? as f64;
    let below = ascending[place.floor() as usize];
    let above = ascending[place.ceil() as usize];
    Some(below + (above - below) * place.fract())
}

/// The quantiles 0.05 and 0.95 of numbers in any order, which are reordered. As [`quantile`].
fn ends_of(numbers: &mut [f64]) -> Option<(f64, f64)> {
    let last = numbers.len().checked_sub(1)? as f64;
    let between = |numbers: &mut [f64], place: f64, left_out: usize| {
        let of_rest = place.floor() as usize - left_out;
        let (_, &mut below, more) = numbers[left_out..].select_nth_unstable_by(of_rest, f64::total_cmp);
        let next = more.iter().copied().min_by(f64::total_cmp).unwrap_or(below);
        let above = if place.fract() > 0.0 { next } else { below };
        below + (above - below) * place.fract()
    };
    let low = between(numbers, 0.05 * last, 0);
    // What is less stands before it by now.
    Some((low, between(numbers, 0.95 * last, (0.05 * last).floor() as usize)))
}

/// A number from 0 on to the nearest whole one, halves up; quicker than the processor's library for a million of them.
pub(super) fn rounded(number: f64) -> i32 {
    let whole = number as i32;
    whole.saturating_add(i32::from(number - f64::from(whole) >= 0.5))
}

/// The quantile `p` of whole numbers given as counts: `counts[k]` of them are `k`. As [`quantile`].
pub fn quantile_of_counts(counts: &[u32], p: f64) -> Option<f64> {
    let n: u64 = counts.iter().map(|&c| u64::from(c)).sum();
    let place = p * n.checked_sub(1)? as f64;
    let at = |rank: u64| {
        let mut seen = 0;
        counts.iter().position(|&c| {
            seen += u64::from(c);
            seen > rank
        })
    };
    let (below, above) = (at(place.floor() as u64)? as f64, at(place.ceil() as u64)? as f64);
    Some(below + (above - below) * place.fract())
}

/// The median of whole numbers in any order, which are reordered; nothing for none. As [`quantile`].
pub fn median_of(numbers: &mut [i32]) -> Option<f64> {
    let middle = numbers.len() / 2;
    let even = numbers.len().is_multiple_of(2);
    if numbers.is_empty() {
        return None;
    }
    let (lower, &mut above, _) = numbers.select_nth_unstable(middle);
    let below = if even { lower.iter().copied().max().unwrap_or(above) } else { above };
    Some((f64::from(below) + f64::from(above)) / 2.0)
}

/// Customers put into blocks, with sums per block and figure, for intervals of means by resampling.
///
/// Up to 1,000 customers each is a block of its own, which is the ordinary bootstrap over customers. More are
/// dealt by a hash of their place into 400 blocks that are drawn whole. This keeps the variance: customers are
/// independent, so the squared deviations of random blocks from the mean add up, in expectation, to those of
/// the customers in them; the ratio Σ value ÷ Σ people takes out that blocks differ in size. What grows is only
/// the noise of the interval's own width, about 1 ÷ √(2 × 400) = 3.5 %, as much as 1,000 draws leave by themselves. Cost:
/// 1,000 draws × 400 blocks, whatever the number of customers.
///
/// Efron & Tibshirani, *An Introduction to the Bootstrap* (1993), ch. 13 (percentile interval).
#[derive(Clone, Debug)]
pub(crate) struct Blocks {
    customers: usize,
    columns: usize,
    /// Per block one row: Σ value of each figure, then people of each figure.
    rows: Vec<i64>,
}

/// Customers who are each a block of their own, at most.
const EACH: usize = 1_000;

impl Blocks {
    /// Empty blocks for so many customers and so many figures of each.
    pub fn new(customers: usize, columns: usize) -> Blocks {
        let blocks = if customers <= EACH { customers } else { BLOCKS };
        Blocks { customers, columns, rows: vec![0; blocks * columns * 2] }
    }

    /// Σ value and people, one entry per figure each, of the block of the customer who is `ordinal`-th, from 0.
    pub fn of(&mut self, ordinal: usize) -> (&mut [i64], &mut [i64]) {
        let block = if self.customers <= EACH { ordinal } else { (mixed(ordinal as u64) % BLOCKS as u64) as usize };
        let width = self.columns * 2;
        self.rows[block * width..(block + 1) * width].split_at_mut(self.columns)
    }

    /// Turns entries that say what changes from one figure to the next into the figures themselves.
    pub fn accumulate(&mut self) {
        for half in self.rows.chunks_exact_mut(self.columns) {
            let mut sum = 0;
            for entry in half {
                sum += *entry;
                *entry = sum;
            }
        }
    }

    /// Per figure Σ value ÷ Σ people, and people; 0 for nobody.
    pub fn values(&self) -> Vec<(f64, u32)> {
        let sum = |entry: usize| self.rows.chunks_exact(self.columns * 2).map(|row| row[entry]).sum::<i64>();
        let of = |column: usize| (sum(column), sum(self.columns + column));
        (0..self.columns).map(of).map(|(sum, people)| (sum as f64 / people.max(1) as f64, people as u32)).collect()
    }

    /// Per figure Σ value ÷ Σ people, with the 90 % percentile interval of 1,000 draws; nothing for nobody.
    ///
    /// Draws that hold nobody of a figure are left out of it. The same blocks give the same draws for every
    /// figure, so that the intervals of a curve move together.
    pub fn means(&self) -> Vec<Option<Interval>> {
        let width = self.columns * 2;
        let mut totals = vec![0_i64; width];
        for row in self.rows.chunks_exact(width) {
            totals.iter_mut().zip(row).for_each(|(total, entry)| *total += entry);
        }
        // Figures of nobody are not drawn: in a young shop that is most of them.
        let columns: Vec<usize> = (0..self.columns).filter(|&column| totals[self.columns + column] > 0).collect();
        let drawn = self.draws(&columns);
        let mut means = vec![None; self.columns];
        for (column, mut draws) in columns.into_iter().zip(drawn) {
            let people = totals[self.columns + column];
            let value = totals[column] as f64 / people as f64;
            let (low, high) = ends_of(&mut draws).unwrap_or((value, value));
            means[column] = Some(Interval { value, low: low.min(value), high: high.max(value), n: people as u32 });
        }
        means
    }

    /// Σ value ÷ Σ people of each draw, for each of these figures.
    fn draws(&self, columns: &[usize]) -> Vec<Vec<f64>> {
        let draws = Draws::of(self.rows.len() / (self.columns * 2).max(1));
        let shift = self.shift(columns);
        // What a draw holds of places that nobody asks for is added up for nothing.
        let several = |columns: &[usize]| match columns.len() {
            0..=2 => self.drawn::<2>(columns, &draws, shift),
            3..=4 => self.drawn::<4>(columns, &draws, shift),
            5..=TOGETHER => self.drawn::<TOGETHER>(columns, &draws, shift),
            _ => self.drawn::<MANY_TOGETHER>(columns, &draws, shift),
        };
        let together = if draws.are_kept() { TOGETHER } else { MANY_TOGETHER };
        columns.chunks(together).flat_map(several).collect()
    }

    /// By how many bits values are shifted to have the people beside them in one number, where those of every draw have room in
    /// 63 bits.
    fn shift(&self, columns: &[usize]) -> Option<u32> {
        let rows = || self.rows.chunks_exact(self.columns * 2);
        let most = |of: &dyn Fn(&[i64], usize) -> u64| {
            rows().flat_map(|row| columns.iter().map(move |&column| of(row, column))).max().unwrap_or(0)
        };
        let bits = |most: u64| u64::BITS - most.saturating_mul(rows().len() as u64).leading_zeros();
        let shift = bits(most(&|row, column| row[self.columns + column].unsigned_abs()));
        (shift + bits(most(&|row, column| row[column].unsigned_abs())) < i64::BITS - 1).then_some(shift)
    }

    /// At most so many figures.
    fn drawn<const N: usize>(&self, columns: &[usize], draws: &Draws, shift: Option<u32>) -> Vec<Vec<f64>> {
        let mut drawn = vec![Vec::with_capacity(DRAWS); columns.len()];
        let rows = || self.rows.chunks_exact(self.columns * 2);
        let together = |of: &dyn Fn(&[i64], usize) -> i64| -> Vec<[i64; N]> {
            let row = |row| std::array::from_fn(|place| columns.get(place).map_or(0, |&column| of(row, column)));
            rows().map(row).collect()
        };
        let mut take = |sums: &[f64; N], people: &[i64; N]| {
            for (place, draws) in drawn.iter_mut().enumerate().filter(|(place, _)| people[*place] > 0) {
                draws.push(sums[place] / people[place] as f64);
            }
        };
        if let Some(shift) = shift {
            let both = together(&|row, column| (row[column] << shift) + row[self.columns + column]);
            draws.each(&both, |_, sums| {
                take(&sums.map(|sum| (sum >> shift) as f64), &sums.map(|sum| sum & ((1 << shift) - 1)));
            });
        } else {
            let values = together(&|row, column| row[column]);
            let values: Vec<[f64; N]> = values.iter().map(|row| row.map(|value| value as f64)).collect();
            let mut of_values = Vec::with_capacity(DRAWS);
            draws.each(&values, |_, sums| of_values.push(*sums));
            let people = together(&|row, column| row[self.columns + column]);
            draws.each(&people, |draw, people| take(&of_values[draw], people));
        }
        drawn
    }

    /// Calls `of_draw` 1,000 times with the sums of every figure over customers drawn anew (people are not looked at),
    /// and with a source of chance: for what is worked out from several sums together.
    pub fn each_draw(&self, mut of_draw: impl FnMut(&[f64], &mut Random)) {
        let blocks = self.rows.len() / (self.columns * 2).max(1);
        let draws = Draws::of(blocks);
        let mut drawn = vec![0.0; DRAWS * self.columns];
        for from in (0..self.columns).step_by(TOGETHER) {
            let to = (from + TOGETHER).min(self.columns);
            let entry = |row: &[i64], at: usize| if at < to { row[at] as f64 } else { 0.0 };
            let row = |row: &[i64]| std::array::from_fn(|place| entry(row, from + place));
            let figures: Vec<[f64; TOGETHER]> = self.rows.chunks_exact(self.columns * 2).map(row).collect();
            draws.each(&figures, |draw, sums| {
                let of_draw = &mut drawn[draw * self.columns + from..draw * self.columns + to];
                of_draw.copy_from_slice(&sums[..to - from]);
            });
        }
        // A source of its own, so that what `of_draw` takes from it does not change who is drawn.
        let mut chance = Random::beside();
        drawn.chunks_exact(self.columns.max(1)).for_each(|sums| of_draw(sums, &mut chance));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 50,000 values 0 to 999, evenly: σ = √((1000² − 1) ÷ 12) = 288.7, so ±1.645 × 288.7 ÷ √50,000 = ±2.124.
    #[test]
    fn many_blocks_are_as_wide_as_all_customers_one_by_one() {
        let customers = 50_000;
        let mut blocks = Blocks::new(customers, 1);
        for ordinal in 0..customers {
            let (sums, people) = blocks.of(ordinal);
            sums[0] += (mixed(ordinal as u64 ^ 0xabcd) >> 32) as i64 % 1_000;
            people[0] += 1;
        }
        let found = blocks.means()[0].expect("people");
        let half = (found.high - found.low) / 2.0;
        assert!((half - 2.124).abs() < 0.2, "half width {half}");
        assert_eq!(found.n, 50_000);
        assert_eq!(Some(found), blocks.means()[0], "the seed is fixed");
    }

    #[test]
    fn halves_are_rounded_up() {
        for (number, expected) in
            [(0.0, 0), (0.499_999_999_999_999_94, 0), (0.5, 1), (2.5, 3), (2.499_999, 2), (1e12, i32::MAX)]
        {
            assert_eq!(rounded(number), expected, "{number}");
        }
    }

    #[test]
    fn equal_customers_have_no_spread() {
        let mut blocks = Blocks::new(3, 2);
        for ordinal in 0..3 {
            let (sums, people) = blocks.of(ordinal);
            (sums[0], people[0]) = (70, 1);
        }
        let expected = Interval { value: 70.0, low: 70.0, high: 70.0, n: 3 };
        assert_eq!(blocks.means(), [Some(expected), None]);
    }
}
