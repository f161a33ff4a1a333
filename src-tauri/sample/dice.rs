//! Chance that falls the same way every time.
//!
//! Every person and every order has dice of its own, so that a change in one life does not shuffle the others.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a set of dice decides; keeps the streams of one person apart.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// Who somebody is.
    Person = 1,
    /// When somebody comes, and for what.
    Life = 2,
    /// How one order is paid, sent and written.
    Checkout = 3,
    /// Where a household lives.
    Address = 4,
    /// The masked mail address.
    Mail = 5,
    /// Who receives somebody's gifts.
    Recipient = 6,
    /// Telephone of a household or a person.
    Phone = 7,
}

/// A stream of chance.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of this purpose and this number under this seed.
    pub(crate) fn of(seed: u64, purpose: Purpose, number: u64) -> Dice {
        let mut key = [0_u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = purpose as u8;
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(number);
        Dice(stream)
    }

    /// Any 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// 0 up to, not including, 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// 0 up to, not including, `count`; 0 for a count of 0.
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(count)) >> 64) as u64
    }

    /// `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as u64) as i64
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.fraction() < probability
    }

    /// One of them; the list must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// A place in the list, by weight; the last one when all weights are 0.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let total: f64 = weights.clone().sum();
        let mut left = self.fraction() * total;
        let mut last = 0;
        for (place, weight) in weights.enumerate() {
            last = place;
            if left < weight {
                return place;
            }
            left -= weight;
        }
        last
    }

    /// Standard normal (Box–Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.fraction()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.fraction()).cos()
    }

    /// Log-normal with median 1.
    pub(crate) fn around_one(&mut self, sigma: f64) -> f64 {
        (self.normal() * sigma).exp()
    }

    /// Exponential with mean 1.
    pub(crate) fn exponential(&mut self) -> f64 {
        -(1.0 - self.fraction()).ln()
    }

    /// Gamma with scale 1 (Marsaglia and Tsang, *A simple method for generating gamma variables*, 2000).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let lift = (1.0 - self.fraction()).powf(1.0 / shape);
            return self.gamma(shape + 1.0) * lift;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && (1.0 - self.fraction()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Beta.
    pub(crate) fn beta(&mut self, a: f64, b: f64) -> f64 {
        let x = self.gamma(a);
        let y = self.gamma(b);
        x / (x + y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_dice_fall_the_same_way() {
        let (mut a, mut b) = (Dice::of(7, Purpose::Life, 3), Dice::of(7, Purpose::Life, 3));
        assert_eq!((a.bits(), a.bits()), (b.bits(), b.bits()));
        assert_ne!(Dice::of(7, Purpose::Life, 4).bits(), Dice::of(7, Purpose::Life, 3).bits());
        assert_ne!(Dice::of(7, Purpose::Person, 3).bits(), Dice::of(7, Purpose::Life, 3).bits());
    }

    #[test]
    fn means_are_what_the_books_say() {
        let mut dice = Dice::of(1, Purpose::Life, 0);
        let mean = |draw: &mut dyn FnMut() -> f64| (0..20_000).map(|_| draw()).sum::<f64>() / 20_000.0;
        assert!((mean(&mut || dice.gamma(0.7)) - 0.7).abs() < 0.05);
        assert!((mean(&mut || dice.gamma(2.5)) - 2.5).abs() < 0.1);
        assert!((mean(&mut || dice.beta(0.9, 0.75)) - 0.9 / 1.65).abs() < 0.02);
        assert!((mean(&mut || dice.exponential()) - 1.0).abs() < 0.05);
    }
}
