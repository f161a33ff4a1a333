//! Yen.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};
use unicode_normalization::UnicodeNormalization;

/// An amount in whole yen; may be negative. On the wire a plain integer. Sums beyond what 64 bits hold stay at their
/// end: a damaged or made-up file ends neither in a panic nor in a wrong sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, type = "number"))]
#[serde(transparent)]
pub struct Yen(pub i64);

impl Yen {
    /// No money.
    pub const ZERO: Yen = Yen(0);

    /// The amount as a fraction-bearing number, for means and ratios.
    pub fn as_f64(self) -> f64 {
        self.0 as f64
    }

    /// Rounds half away from zero to whole yen.
    pub fn rounded_half_away(amount: f64) -> Yen {
        Yen(amount.round() as i64)
    }

    /// `self ÷ divisor`, rounded half away from zero; nothing for a divisor of zero.
    pub fn divided_rounded(self, divisor: u64) -> Option<Yen> {
        (divisor > 0).then(|| Yen::rounded_half_away(self.as_f64() / divisor as f64))
    }
}

impl Add for Yen {
    type Output = Yen;
    fn add(self, other: Yen) -> Yen {
        Yen(self.0.saturating_add(other.0))
    }
}

impl Sub for Yen {
    type Output = Yen;
    fn sub(self, other: Yen) -> Yen {
        Yen(self.0.saturating_sub(other.0))
    }
}

impl Neg for Yen {
    type Output = Yen;
    fn neg(self) -> Yen {
        Yen(self.0.saturating_neg())
    }
}

impl Mul<i64> for Yen {
    type Output = Yen;
    fn mul(self, count: i64) -> Yen {
        Yen(self.0.saturating_mul(count))
    }
}

impl AddAssign for Yen {
    fn add_assign(&mut self, other: Yen) {
        *self = *self + other;
    }
}

impl SubAssign for Yen {
    fn sub_assign(&mut self, other: Yen) {
        *self = *self - other;
    }
}

impl Sum for Yen {
    fn sum<I: Iterator<Item = Yen>>(amounts: I) -> Yen {
        amounts.fold(Yen::ZERO, Add::add)
    }
}

impl fmt::Display for Yen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A number or a range as somebody wrote it, made plain: `２．５〜３．５％` → `2.5-3.5`, `¥1,200` → `1200`. Width, spaces,
/// thousands separators and the marks of yen and per cent go; every dash and wave that means "to" is `-`.
pub fn plain_range(written: &str) -> String {
    let plain = |c: char| match c {
        '~' | '〜' | '–' | '−' | '‐' => Some('-'),
        '%' | '円' | ',' | '¥' => None,
        c => (!c.is_whitespace()).then_some(c),
    };
    written.nfkc().filter_map(plain).collect()
}

/// Whether somebody wrote that it is yen: `200円`, `¥200`, `200 yen`.
pub fn says_yen(written: &str) -> bool {
    let plain = written.nfkc().collect::<String>().to_ascii_lowercase();
    plain.contains(['円', '¥']) || plain.contains("yen")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_made_plain() {
        let check = |written: &str, expected: &str| assert_eq!(plain_range(written), expected, "{written}");
        check("２．５〜３．５％", "2.5-3.5");
        check(" ¥1,200 ", "1200");
        check("200 – 1,000円", "200-1000");
        check("", "");
    }

    #[test]
    fn yen_is_told_from_a_bare_number() {
        for written in ["200円", "￥200", "¥1,200", "150-300 Yen", "１５０ｙｅｎ"] {
            assert!(says_yen(written), "{written}");
        }
        for written in ["200", "3.24%", ""] {
            assert!(!says_yen(written), "{written}");
        }
    }
}
