//! The weights: how likely two buyers are one person.
//!
//! How common a value is comes from the ledger itself, and so does, where it has enough people of whom that is known, how
//! often one person moves, changes phone, marries or mistypes (`habits`). Every other probability below is a prior, set from
//! what is known of mall orders in Japan and deliberately cautious. The score is log2 of the odds
//! P(seen | one person) P(one) ÷ Σ P(seen | other kind) P(that kind), with P(one) = 1 ÷ people.

use super::evidence::{Comparison, Level};
use super::habits::{Habit, Habits};

/// How common the shared values are: people in the ledger with each, as [`bucket`]s, so that a decision changes only
/// when a count has doubled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Commonness {
    /// With this phone.
    pub phone: u8,
    /// With this full name.
    pub name: u8,
    /// At this house.
    pub house: u8,
    /// With this mail address; nothing when the two share none.
    pub mail: Option<u8>,
}

impl Commonness {
    /// Of what two people share: the rarer of what each says.
    pub fn of_both(self, other: Commonness, mail: Option<u8>) -> Commonness {
        Commonness {
            phone: self.phone.min(other.phone),
            name: self.name.min(other.name),
            house: self.house.min(other.house),
            mail,
        }
    }
}

/// What becomes of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One customer.
    Certain,
    /// The owner is asked.
    Likely,
    /// Two customers.
    Apart,
}

/// From here on a pair is joined: 32 to 1.
pub const CERTAIN: f64 = 5.0;
/// From here on a pair is shown: even odds.
pub const LIKELY: f64 = 0.0;

impl Verdict {
    /// Of a score.
    pub fn of(score: f64) -> Verdict {
        match score {
            _ if score >= CERTAIN => Verdict::Certain,
            _ if score >= LIKELY => Verdict::Likely,
            _ => Verdict::Apart,
        }
    }
}

/// Counts that are treated as one: 0, 1, 2–3, 4–7, 8–15, …
pub fn bucket(count: u64) -> u8 {
    (64 - count.leading_zeros()) as u8
}

/// Whether two buckets are one to a score: the two who are compared hold the value themselves, and with nobody else it
/// is as rare as can be.
pub fn weighs_alike(a: u8, b: u8) -> bool {
    a == b || a.max(b) <= bucket(2)
}

/// The smallest count of a bucket.
fn count_of(bucket: u8) -> f64 {
    if bucket == 0 { 0.0 } else { 2f64.powi(i32::from(bucket) - 1) }
}

/// How common people are, in steps of four, so that a growing ledger seldom looks at everybody again.
pub fn population_bucket(people: u64) -> u8 {
    bucket(people).div_ceil(2)
}

/// People of one household among the customers, for each customer.
const HOUSEHOLD: f64 = 0.15;
/// People of one office among them, for each customer who orders for one.
const OFFICE: f64 = 2.0;

/// Strangers of one name besides the two: a Gamma prior with mean `mean` over names, and what was seen of this one.
fn namesakes(mean: f64, seen: f64) -> f64 {
    const SHAPE: f64 = 0.3;
    (SHAPE + seen) / (SHAPE / mean + 1.0)
}

/// What weighs: how common people are and what they do, in this ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// The [`population_bucket`] of the ledger.
    pub population: u8,
    /// How often one person moves, changes phone, marries or mistypes.
    pub habits: Habits,
}

/// How probable what is seen is if the two are one person, of one household, strangers.
type Odds = (f64, f64, f64);

/// What is not stated says nothing.
const UNSAID: Odds = (1.0, 1.0, 1.0);

/// log2 of the odds that the two are one person.
pub fn score(seen: &Comparison, common: &Commonness, weights: &Weights) -> f64 {
    // Fewer than 64 people say nothing about how common anything is.
    let people = 4f64.powi(i32::from(weights.population.max(4)) - 1);
    let weigh = |habit: Habit| {
        let (household, stranger) = of_others(habit, common, people);
        let one = if seen.is_telling { weights.habits.of_one(habit) } else { habit.prior() };
        (one, household, stranger)
    };
    let name = match (Habit::of_names(seen.family, seen.given), seen.family, seen.given) {
        (Some(habit), _, _) => weigh(habit),
        (None, Level::Missing, _) => UNSAID,
        // Some write the family name only.
        (None, Level::Equal | Level::Alike, Level::Missing) => (0.02, 0.013, 0.02 / 80.0),
        (None, Level::Equal | Level::Alike, Level::Different) => (0.0006, 0.6, 1.0 / 80.0),
        (None, _, _) => (0.0004, 0.35, 0.97),
    };
    let phone = Habit::of_phones(seen.phone).map_or(UNSAID, weigh);
    let place = Habit::of_places(seen.place).map_or(UNSAID, weigh);
    // A mask that differs says nothing.
    let mail = match common.mail {
        None => UNSAID,
        Some(bucket) => (0.8, 0.04, (0.000_5 + others(bucket, 0.005)) / people),
    };
    let together = if seen.office { OFFICE } else { HOUSEHOLD };
    let one = name.0 * phone.0 * place.0 * mail.0 / people;
    let household = name.1 * phone.1 * place.1 * mail.1 * together / people;
    let stranger = name.2 * phone.2 * place.2 * mail.2;
    (one / (household + stranger)).log2()
}

/// Those besides the two who have a value, as far as they count.
fn others(bucket: u8, share: f64) -> f64 {
    (count_of(bucket) - 2.0).max(0.0) * share
}

/// How probable it is that two people of one household, and two strangers, show what one person may.
fn of_others(habit: Habit, common: &Commonness, people: f64) -> (f64, f64) {
    match habit {
        // Two people chosen at random have one full name in 2,000 times: shops have regions, regions have names.
        Habit::SameName => (0.002, namesakes(people / 2_000.0, others(common.name, 0.5)) / people),
        // The same reading in one household is the same person.
        Habit::FamilyAlike => (0.000_3, 1.0 / 5_000.0),
        Habit::GivenAlike => (0.000_8, 1.0 / 5_000.0),
        Habit::GivenNear => (0.02, 1.0 / 20_000.0),
        Habit::FamilyNear => (0.000_5, 1.0 / 20_000.0),
        Habit::OtherFamily => (0.001, 1.0 / 60.0),
        Habit::OtherFamilyGivenAlike => (0.001, 1.0 / 50.0),
        // A number given to somebody else later, or the line of an office.
        Habit::SamePhone => (0.45, (0.03 + others(common.phone, 0.03)) / people),
        Habit::NearPhone => (0.01, 1e-4),
        Habit::OtherPhone => (0.54, 1.0),
        Habit::SamePlace => (0.86, (0.02 + others(common.house, 0.1)) / people),
        Habit::OtherRoom => (0.03, (0.05 + others(common.house, 0.5)) / people),
        Habit::ShorterPlace => (0.03, 5.0 / people.max(500.0)),
        Habit::SameCode => (0.01, 1.0 / 2_000.0),
        Habit::OtherPlace => (0.07, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::PlaceLevel;
    use super::*;

    #[test]
    fn counts_that_weigh_alike_give_one_score_and_others_do_not() {
        let seen = Comparison {
            family: Level::Equal,
            given: Level::Equal,
            phone: Level::Equal,
            place: PlaceLevel::Same,
            office: false,
            is_telling: true,
        };
        let with: [fn(u8) -> Commonness; 4] = [
            |bucket| Commonness { phone: bucket, ..Commonness::default() },
            |bucket| Commonness { name: bucket, ..Commonness::default() },
            |bucket| Commonness { house: bucket, ..Commonness::default() },
            |bucket| Commonness { mail: Some(bucket), ..Commonness::default() },
        ];
        let weights = Weights { population: 8, habits: Habits::default() };
        for of in with {
            for (a, b) in (0..14).flat_map(|a| (0..14).map(move |b| (a, b))) {
                let (x, y) = (score(&seen, &of(a), &weights), score(&seen, &of(b), &weights));
                assert_eq!(x == y, weighs_alike(a, b), "{a} and {b}: {x} and {y}");
            }
        }
    }
}
