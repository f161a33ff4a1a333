//! How often one person is written alike, moves, changes phone, marries or mistypes: priors, and how far the people of a
//! ledger depart from them.
//!
//! A mail address that few share makes its holders one person, or nearly, whatever else they write. Two profiles that are
//! equal in everything are one and never make a pair, so of a field only those pairs tell that differ in another one, and
//! one that changes for reasons of its own: the line at home goes with the home, and who marries moves. So only numbers
//! tell that are carried about: of the place, that it stays though the number changes; of the number, that it stays though
//! the place changes; of the name, that it stays in one place though the number changes. Offices tell nothing, and
//! neither does what is not stated.
//!
//! With a prior m, n pairs that tell of a field and o of them seen in this way, the ratio of what is seen to what was to be
//! expected is (o + 8) ÷ (n m + 8): the mean of a Gamma(8, 8) prior after a Poisson count, the form of Norén, Hopstadius and
//! Bate, *Shrinkage observed-to-expected ratios for robust and transparent large-scale pattern discovery* (2013), with 8
//! instead of their ½. Rounded to whole doublings, and at most two of them, it seldom changes; three pairs change nothing, and
//! what none of them shows is held for rarer only once 3.3 were to be expected. Where what changes and what stays hang
//! together after all, both changes are held for more frequent than they are, as ever where marked and recaptured are counted.

use super::evidence::{Comparison, Field, Level, PlaceLevel, Profile};

/// What two profiles of one person show of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// The full name is the same.
    SameName,
    /// 齊藤 for 斎藤.
    FamilyAlike,
    /// The given name is read alike.
    GivenAlike,
    /// A slip in the given name.
    GivenNear,
    /// A slip in the family name.
    FamilyNear,
    /// Marriage: another family name, the given name stays.
    OtherFamily,
    /// The same, and the given name is read alike only.
    OtherFamilyGivenAlike,
    /// The same telephone.
    SamePhone,
    /// A slip in the number.
    NearPhone,
    /// Another telephone.
    OtherPhone,
    /// The same home.
    SamePlace,
    /// The same house, another room.
    OtherRoom,
    /// The last numbers are left out.
    ShorterPlace,
    /// The same postal code, other numbers.
    SameCode,
    /// Elsewhere.
    OtherPlace,
}

/// How many habits there are.
const COUNT: usize = Habit::ALL.len();

/// A Gamma prior of this shape and rate: as much is held for the prior as that many expected pairs say.
const HELD: f64 = 8.0;

/// At most so many doublings more or less.
const MOST: i8 = 2;

/// So many people share a mail address that still tells who they are.
pub const TELLING: usize = 4;

impl Habit {
    /// All, field by field.
    pub const ALL: [Habit; 15] = [
        Habit::SameName,
        Habit::FamilyAlike,
        Habit::GivenAlike,
        Habit::GivenNear,
        Habit::FamilyNear,
        Habit::OtherFamily,
        Habit::OtherFamilyGivenAlike,
        Habit::SamePhone,
        Habit::NearPhone,
        Habit::OtherPhone,
        Habit::SamePlace,
        Habit::OtherRoom,
        Habit::ShorterPlace,
        Habit::SameCode,
        Habit::OtherPlace,
    ];

    /// What is known of it beforehand: its field, its level within that field as written in a ledger and on the wire, and
    /// how probable it is for one person. Set from what is known of mall orders in Japan.
    fn known(self) -> (Field, &'static str, f64) {
        match self {
            Habit::SameName => (Field::Name, "equal", 0.93),
            Habit::FamilyAlike => (Field::Name, "family_alike", 0.035),
            Habit::GivenAlike => (Field::Name, "given_alike", 0.01),
            Habit::GivenNear => (Field::Name, "given_near", 0.03),
            Habit::FamilyNear => (Field::Name, "family_near", 0.03),
            Habit::OtherFamily => (Field::Name, "family_different", 0.03),
            Habit::OtherFamilyGivenAlike => (Field::Name, "family_different_given_alike", 0.002),
            Habit::SamePhone => (Field::Phone, "equal", 0.82),
            Habit::NearPhone => (Field::Phone, "near", 0.03),
            Habit::OtherPhone => (Field::Phone, "different", 0.15),
            Habit::SamePlace => (Field::Address, "equal", 0.8),
            Habit::OtherRoom => (Field::Address, "other_room", 0.02),
            Habit::ShorterPlace => (Field::Address, "shorter", 0.04),
            Habit::SameCode => (Field::Address, "same_postal_code", 0.02),
            Habit::OtherPlace => (Field::Address, "different", 0.12),
        }
    }

    /// The field.
    pub fn field(self) -> Field {
        self.known().0
    }

    /// The level within the field, as written in a ledger and on the wire.
    pub fn level(self) -> &'static str {
        self.known().1
    }

    /// How probable it is for one person before the ledger is asked. Those of a name do not add up to 1: they are
    /// cautious, and some ways of writing one are left out.
    pub fn prior(self) -> f64 {
        self.known().2
    }

    /// What two names show; nothing where the ledger is not asked how often one person does so.
    pub fn of_names(family: Level, given: Level) -> Option<Habit> {
        match (family, given) {
            (Level::Equal, Level::Equal) => Some(Habit::SameName),
            (Level::Alike, Level::Equal) => Some(Habit::FamilyAlike),
            (Level::Equal | Level::Alike, Level::Alike) => Some(Habit::GivenAlike),
            (Level::Equal | Level::Alike, Level::Near) => Some(Habit::GivenNear),
            (Level::Near, Level::Equal | Level::Alike) => Some(Habit::FamilyNear),
            (Level::Different, Level::Equal) => Some(Habit::OtherFamily),
            (Level::Different, Level::Alike) => Some(Habit::OtherFamilyGivenAlike),
            _ => None,
        }
    }

    /// What two telephones show; nothing when one is missing.
    pub fn of_phones(phone: Level) -> Option<Habit> {
        match phone {
            Level::Missing => None,
            Level::Equal => Some(Habit::SamePhone),
            Level::Alike | Level::Near => Some(Habit::NearPhone),
            Level::Different => Some(Habit::OtherPhone),
        }
    }

    /// What two places show; nothing when one is missing.
    pub fn of_places(place: PlaceLevel) -> Option<Habit> {
        match place {
            PlaceLevel::Missing => None,
            PlaceLevel::Same => Some(Habit::SamePlace),
            PlaceLevel::OtherRoom => Some(Habit::OtherRoom),
            PlaceLevel::Shorter => Some(Habit::ShorterPlace),
            PlaceLevel::SameCode => Some(Habit::SameCode),
            PlaceLevel::Different => Some(Habit::OtherPlace),
        }
    }
}

/// How often each habit is seen among pairs that tell of its field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    seen: [u64; COUNT],
}

impl Tally {
    /// Adds what a pair of profiles with one mail address tells, `by` times: −1 takes it back.
    pub fn count(&mut self, a: &Profile, b: &Profile, by: i64) {
        for habit in told(&a.compare(b)).into_iter().flatten() {
            let seen = &mut self.seen[habit as usize];
            *seen = seen.saturating_add_signed(by);
        }
    }

    /// Adds what all pairs among the holders of one mail address tell; nothing when they are too many, or one.
    pub fn count_all(&mut self, holders: &[Profile], by: i64) {
        if holders.len() <= TELLING {
            for (at, a) in holders.iter().enumerate() {
                holders[at + 1..].iter().for_each(|b| self.count(a, b, by));
            }
        }
    }

    /// Takes a count over, as it was written down.
    pub fn put(&mut self, habit: Habit, seen: u64) {
        self.seen[habit as usize] = seen;
    }

    /// How many pairs show it.
    pub fn seen(&self, habit: Habit) -> u64 {
        self.seen[habit as usize]
    }

    /// How many pairs tell of a field.
    pub fn of(&self, field: Field) -> u64 {
        Habit::ALL.into_iter().filter(|habit| habit.field() == field).map(|habit| self.seen(habit)).sum()
    }

    /// How many pairs tell of anything. Who tells of a place tells of a telephone as well, but for those who live there
    /// still; and who tells of a name of that place, but for those who have another one.
    pub fn pairs(&self) -> u64 {
        let renamed = self.of(Field::Name) - self.seen(Habit::SameName);
        self.of(Field::Phone) + self.seen(Habit::SamePlace) + renamed
    }
}

/// What a pair that shares a mail address tells: of the name, the telephone and the place.
fn told(seen: &Comparison) -> [Option<Habit>; 3] {
    if !seen.is_telling {
        return [None; 3];
    }
    let name = Habit::of_names(seen.family, seen.given);
    let (phone, place) = (Habit::of_phones(seen.phone), Habit::of_places(seen.place));
    let is_named_alike = name == Some(Habit::SameName);
    let is_elsewhere = place.is_some_and(|place| place != Habit::SamePlace);
    let is_called_otherwise = phone.is_some_and(|phone| phone != Habit::SamePhone);
    [
        name.filter(|_| place == Some(Habit::SamePlace) && is_called_otherwise),
        phone.filter(|_| is_named_alike && is_elsewhere),
        place.filter(|_| is_named_alike && is_called_otherwise),
    ]
}

/// How far the people of a ledger depart from the priors: doublings, of each habit. None where little is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    doublings: [i8; COUNT],
}

impl Habits {
    /// What a tally tells.
    pub fn of(tally: &Tally) -> Habits {
        let mut habits = Habits::default();
        for field in [Field::Name, Field::Phone, Field::Address] {
            let of_field = || Habit::ALL.into_iter().filter(|habit| habit.field() == field);
            let all: f64 = of_field().map(Habit::prior).sum();
            for habit in of_field() {
                let expected = tally.of(field) as f64 * habit.prior() / all;
                habits.doublings[habit as usize] = doublings((tally.seen(habit) as f64 + HELD) / (expected + HELD));
            }
        }
        habits
    }

    /// How probable it is that two profiles of one person show this.
    pub fn of_one(&self, habit: Habit) -> f64 {
        habit.prior() * 2f64.powi(i32::from(self.doublings[habit as usize]))
    }
}

/// log2 of a ratio, rounded and at most [`MOST`] either way; by multiplication alone, which is the same everywhere.
fn doublings(ratio: f64) -> i8 {
    let square = ratio * ratio;
    (0..MOST)
        .map(|step| 2f64.powi(2 * i32::from(step) + 1))
        .map(|border| i8::from(square >= border) - i8::from(square * border <= 1.0))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_rounded_to_doublings() {
        // The borders are √2 = 1.41421…, √8 = 2.82842…, and one part of them.
        let cases = [(1.0, 0), (1.414, 0), (1.415, 1), (2.828, 1), (2.829, 2), (1e9, 2)];
        for (ratio, expected) in cases {
            assert_eq!((doublings(ratio), doublings(1.0 / ratio)), (expected, -expected), "{ratio}");
        }
    }

    #[test]
    fn what_is_seen_is_held_against_the_prior() {
        let used = |said: &[(Habit, u64)], of: Habit| {
            let mut tally = Tally::default();
            said.iter().for_each(|(habit, seen)| tally.put(*habit, *seen));
            Habits::of(&tally).of_one(of) / of.prior()
        };
        let of_phones = |same, other, of| used(&[(Habit::SamePhone, same), (Habit::OtherPhone, other)], of);
        // (50 + 8) ÷ (100 × 0.15 + 8) = 2.52 and 58 ÷ 90 = 0.64.
        assert_eq!((of_phones(50, 50, Habit::OtherPhone), of_phones(50, 50, Habit::SamePhone)), (2.0, 0.5));
        // As expected: 23 ÷ 23.
        assert_eq!((of_phones(85, 15, Habit::OtherPhone), of_phones(85, 15, Habit::SamePhone)), (1.0, 1.0));
        // 8 ÷ (22 × 0.15 + 8) = 0.708, 8 ÷ (23 × 0.15 + 8) = 0.699, 8 ÷ (98 × 0.15 + 8) = 0.352.
        assert_eq!([22, 23, 98].map(|same| of_phones(same, 0, Habit::OtherPhone)), [1.0, 0.5, 0.25]);
        // The names' priors come to 1.067: 30 ÷ (200 × 0.03 ÷ 1.067 + 8) = 2.20.
        let named = [(Habit::SameName, 178), (Habit::OtherFamily, 22)];
        assert_eq!(used(&named, Habit::OtherFamily), 2.0);
        // Three pairs say nothing, whatever they show: at most 11 ÷ 8 = 1.375, at least 8 ÷ (3 × 0.93 ÷ 1.067 + 8) = 0.75.
        for shown in Habit::ALL {
            assert!(Habit::ALL.iter().all(|habit| used(&[(shown, 3)], *habit) == 1.0), "{shown:?}");
        }
    }

    #[test]
    fn nothing_becomes_more_than_certain() {
        for shown in Habit::ALL {
            let mut tally = Tally::default();
            tally.put(shown, 1_000_000);
            assert!(Habits::of(&tally).of_one(shown) <= 1.0, "{shown:?}");
        }
    }
}
