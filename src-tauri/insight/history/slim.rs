//! Columns of whole numbers that take no more memory than their largest number needs.

use crate::shop::{CustomerId, Yen};
use std::marker::PhantomData;

/// What a slim column holds: something that is a whole number, and is found again from it.
pub trait Whole: Copy {
    /// As a number.
    fn number(self) -> i64;
    /// What this number stands for; it came from [`Whole::number`].
    fn of(number: i64) -> Self;
}

impl Whole for Yen {
    fn number(self) -> i64 {
        self.0
    }
    fn of(number: i64) -> Yen {
        Yen(number)
    }
}

impl Whole for CustomerId {
    fn number(self) -> i64 {
        self.0
    }
    fn of(number: i64) -> CustomerId {
        CustomerId(number)
    }
}

impl Whole for i64 {
    fn number(self) -> i64 {
        self
    }
    fn of(number: i64) -> i64 {
        number
    }
}

impl Whole for u32 {
    fn number(self) -> i64 {
        i64::from(self)
    }
    fn of(number: i64) -> u32 {
        number as u32
    }
}

impl Whole for u16 {
    fn number(self) -> i64 {
        i64::from(self)
    }
    fn of(number: i64) -> u16 {
        number as u16
    }
}

/// A column of whole numbers, every one of them in as many bytes as the one farthest from 0 needs. Most amounts of an order
/// are none or small: in eight bytes each they would be half of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slim<T> {
    numbers: Numbers,
    of: PhantomData<T>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Numbers {
    One(Vec<i8>),
    Two(Vec<i16>),
    Four(Vec<i32>),
    Eight(Vec<i64>),
}

impl<T> Default for Slim<T> {
    fn default() -> Slim<T> {
        Slim { numbers: Numbers::One(Vec::new()), of: PhantomData }
    }
}

impl<T: Whole> Slim<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.numbers {
            Numbers::One(numbers) => numbers.len(),
            Numbers::Two(numbers) => numbers.len(),
            Numbers::Four(numbers) => numbers.len(),
            Numbers::Eight(numbers) => numbers.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at `place`.
    pub fn at(&self, place: usize) -> T {
        T::of(match &self.numbers {
            Numbers::One(numbers) => i64::from(numbers[place]),
            Numbers::Two(numbers) => i64::from(numbers[place]),
            Numbers::Four(numbers) => i64::from(numbers[place]),
            Numbers::Eight(numbers) => numbers[place],
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        (0..self.len()).map(|place| self.at(place))
    }

    /// One more.
    pub fn push(&mut self, value: T) {
        let number = value.number();
        loop {
            let fits = match &mut self.numbers {
                Numbers::One(numbers) => i8::try_from(number).map(|number| numbers.push(number)).is_ok(),
                Numbers::Two(numbers) => i16::try_from(number).map(|number| numbers.push(number)).is_ok(),
                Numbers::Four(numbers) => i32::try_from(number).map(|number| numbers.push(number)).is_ok(),
                Numbers::Eight(numbers) => {
                    numbers.push(number);
                    true
                }
            };
            if fits {
                return;
            }
            self.widen();
        }
    }

    /// The same numbers with the next width.
    fn widen(&mut self) {
        self.numbers = match &self.numbers {
            Numbers::One(numbers) => Numbers::Two(numbers.iter().map(|&number| number.into()).collect()),
            Numbers::Two(numbers) => Numbers::Four(numbers.iter().map(|&number| number.into()).collect()),
            Numbers::Four(numbers) => Numbers::Eight(numbers.iter().map(|&number| number.into()).collect()),
            Numbers::Eight(numbers) => Numbers::Eight(numbers.clone()),
        };
    }

    /// Those at these places, in their order.
    pub fn gathered(&self, places: &[u32]) -> Slim<T> {
        fn from<N: Copy>(numbers: &[N], places: &[u32]) -> Vec<N> {
            places.iter().map(|&place| numbers[place as usize]).collect()
        }
        let numbers = match &self.numbers {
            Numbers::One(numbers) => Numbers::One(from(numbers, places)),
            Numbers::Two(numbers) => Numbers::Two(from(numbers, places)),
            Numbers::Four(numbers) => Numbers::Four(from(numbers, places)),
            Numbers::Eight(numbers) => Numbers::Eight(from(numbers, places)),
        };
        Slim { numbers, of: PhantomData }
    }
}

impl<T: Whole> FromIterator<T> for Slim<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Slim<T> {
        let numbers: Vec<i64> = values.into_iter().map(T::number).collect();
        // The bits of all of them together, those below zero turned around: the highest says how wide they are.
        let span = numbers.iter().fold(0, |span, number| span | (number ^ (number >> 63)));
        let numbers = match span {
            0..0x80 => Numbers::One(numbers.iter().map(|&number| number as i8).collect()),
            0x80..0x8000 => Numbers::Two(numbers.iter().map(|&number| number as i16).collect()),
            0x8000..0x8000_0000 => Numbers::Four(numbers.iter().map(|&number| number as i32).collect()),
            _ => Numbers::Eight(numbers),
        };
        Slim { numbers, of: PhantomData }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ends of each width, and one beyond.
    const ENDS: [i64; 14] = [
        0,
        127,
        -128,
        128,
        -129,
        32_767,
        -32_768,
        32_768,
        -32_769,
        2_147_483_647,
        -2_147_483_648,
        2_147_483_648,
        i64::MAX,
        i64::MIN,
    ];

    #[test]
    fn every_number_comes_back_however_wide_the_others_are() {
        for end in 1..=ENDS.len() {
            let values: Vec<Yen> = ENDS[..end].iter().map(|&yen| Yen(yen)).collect();
            let at_once: Slim<Yen> = values.iter().copied().collect();
            let mut one_by_one = Slim::default();
            values.iter().for_each(|&yen| one_by_one.push(yen));
            assert_eq!(at_once, one_by_one, "the width hangs on the numbers alone");
            assert_eq!(at_once.iter().collect::<Vec<_>>(), values);
            assert_eq!(at_once.at(end - 1), values[end - 1]);
            assert_eq!((at_once.len(), at_once.is_empty()), (end, false));
        }
    }

    #[test]
    fn a_column_is_as_wide_as_its_widest_number() {
        let bytes = |numbers: &[i64]| match numbers.iter().map(|&yen| Yen(yen)).collect::<Slim<Yen>>().numbers {
            Numbers::One(_) => 1,
            Numbers::Two(_) => 2,
            Numbers::Four(_) => 4,
            Numbers::Eight(_) => 8,
        };
        assert_eq!([bytes(&[]), bytes(&[0, 127, -128])], [1, 1]);
        assert_eq!([bytes(&[128]), bytes(&[-129]), bytes(&[32_767, -32_768])], [2, 2, 2]);
        assert_eq!([bytes(&[32_768]), bytes(&[-32_769]), bytes(&[2_147_483_647])], [4, 4, 4]);
        assert_eq!([bytes(&[2_147_483_648]), bytes(&[i64::MIN])], [8, 8]);
    }

    #[test]
    fn numbers_are_gathered_by_their_places() {
        let column: Slim<u32> = [7, u32::MAX, 0].into_iter().collect();
        assert_eq!(column.gathered(&[1, 1, 2]).iter().collect::<Vec<_>>(), [u32::MAX, u32::MAX, 0]);
        assert!(Slim::<u16>::default().gathered(&[]).is_empty());
    }
}
