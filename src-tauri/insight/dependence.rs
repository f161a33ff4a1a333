//! How much more often than others somebody buys on event days.
//!
//! A purchase (customer-day with a fresh decision) is on an event day, outside, or unclear; unclear ones count neither
//! way. What is expected of a purchase is the share of one-time buyers' purchases that were on event days in the same
//! mall and month. Dependence is what the posterior mean of the event share has above that expectation.
//!
//! The prior is a Beta distribution whose mean moves with what is expected: the odds of the expectation times one
//! factor, so that the shop's purchases on event days come out right in total. Its strength, in purchases, is fitted by
//! the method of moments for binomial counts that vary more than chance (Kleinman, "Proportions with extraneous
//! variance", JASA 68, 1973; Williams, "Extra-binomial variation in logistic linear models", Applied Statistics 31,
//! 1982): with μ the prior mean, E(k − nμ)² = nμ(1 − μ)(1 + (n − 1)ρ), and strength = 1 ÷ ρ − 1.

use super::balance::Balance;
use super::calendar::EventDays;
use super::history::View;
use super::incentive::{Occasion, Reasons};
use super::months::Months;
use crate::shop::Mall;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Clear purchases below which nothing is said of somebody (判定保留).
pub const NEEDED: u32 = 2;
/// One-time buyers' purchases below which a month of a mall says less than the mall as a whole, and that less than the
/// whole shop.
const EXPECTATION_NEEDS: u32 = 5;
/// Rows below which the prior is not fitted.
pub const FIT_NEEDS: u32 = 30;
/// Strength of the prior, in purchases, until it can be fitted.
const CAUTIOUS: f64 = 4.0;
/// The weakest and the strongest prior: always worth one purchase, never more than a thousand.
const STRENGTHS: (f64, f64) = (1.0, 1_000.0);
/// The prior is never quite certain.
pub(super) const SUREST: f64 = 0.995;
/// Excess from which somebody leans to one side, and from which mostly.
pub const LEANS: f64 = 0.05;
/// See [`LEANS`].
pub const MOSTLY: f64 = 0.15;

/// Five bands of dependence, and those of whom nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum DependenceBand {
    /// At least 15 points more often on event days than expected.
    EventsMostly,
    /// 5 to 15 points more often.
    EventsLeaning,
    /// Less than 5 points from what is expected.
    Even,
    /// 5 to 15 points less often.
    PlainLeaning,
    /// At least 15 points less often.
    PlainMostly,
    /// Fewer than two clear purchases (判定保留).
    Undecided,
}

impl DependenceBand {
    /// All, most dependent first, `Undecided` last.
    pub const ALL: [DependenceBand; 6] = [
        DependenceBand::EventsMostly,
        DependenceBand::EventsLeaning,
        DependenceBand::Even,
        DependenceBand::PlainLeaning,
        DependenceBand::PlainMostly,
        DependenceBand::Undecided,
    ];

    /// The band of a dependence; nothing is undecided.
    pub fn of(dependence: Option<f64>) -> DependenceBand {
        match dependence {
            None => DependenceBand::Undecided,
            Some(d) if d >= MOSTLY => DependenceBand::EventsMostly,
            Some(d) if d >= LEANS => DependenceBand::EventsLeaning,
            Some(d) if d > -LEANS => DependenceBand::Even,
            Some(d) if d > -MOSTLY => DependenceBand::PlainLeaning,
            Some(_) => DependenceBand::PlainMostly,
        }
    }

    /// As it stands in an address.
    pub const fn word(self) -> &'static str {
        match self {
            DependenceBand::EventsMostly => "events_mostly",
            DependenceBand::EventsLeaning => "events_leaning",
            DependenceBand::Even => "even",
            DependenceBand::PlainLeaning => "plain_leaning",
            DependenceBand::PlainMostly => "plain_mostly",
            DependenceBand::Undecided => "undecided",
        }
    }
}

impl fmt::Display for DependenceBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for DependenceBand {
    type Err = ();
    fn from_str(text: &str) -> Result<DependenceBand, ()> {
        DependenceBand::ALL.into_iter().find(|band| band.word() == text).ok_or(())
    }
}

/// Clear purchases of somebody or something, how many were on event days, and how many were to be expected there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Clear purchases.
    pub purchases: u32,
    /// Of these, on event days.
    pub on_events: u32,
    /// Expected on event days.
    pub expected: f64,
    /// Purchases that count neither way.
    pub unclear: u32,
}

impl Tally {
    /// One purchase; `expected` is what one-time buyers do, nothing where nobody says it. Not by a branch: what kind of day
    /// it was cannot be foreseen.
    pub(crate) fn of(occasion: Occasion, expected: Option<f64>) -> Tally {
        let is_clear = (occasion != Occasion::Unclear) & expected.is_some();
        Tally {
            purchases: u32::from(is_clear),
            on_events: u32::from((occasion == Occasion::Event) & is_clear),
            expected: expected.filter(|_| is_clear).unwrap_or(0.0),
            unclear: u32::from(!is_clear),
        }
    }

    /// One purchase more, as in [`Tally::of`].
    pub fn add(&mut self, occasion: Occasion, expected: Option<f64>) {
        self.join(&Tally::of(occasion, expected));
    }

    /// All of these as well.
    pub(crate) fn join(&mut self, other: &Tally) {
        self.purchases += other.purchases;
        self.on_events += other.on_events;
        self.expected += other.expected;
        self.unclear += other.unclear;
    }

    /// Share of clear purchases on event days, 0–1.
    pub fn share(&self) -> Option<f64> {
        (self.purchases > 0).then(|| f64::from(self.on_events) / f64::from(self.purchases))
    }

    /// Expected share, 0–1.
    pub fn expected_share(&self) -> Option<f64> {
        (self.purchases > 0).then(|| self.expected / f64::from(self.purchases))
    }
}

/// A Beta distribution whose mean moves with what is expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Odds of the mean ÷ odds of the expectation.
    pub odds_ratio: f64,
    /// α + β: how many purchases it is worth.
    pub strength: f64,
    /// Fitted to the shop; else the expectation itself, worth four purchases.
    pub fitted: bool,
    /// Rows it could be fitted to.
    pub rows: u32,
}

impl Prior {
    /// Fits to rows with at least two clear purchases.
    pub fn fit<'t>(rows: impl Iterator<Item = &'t Tally> + Clone) -> Prior {
        let rows = rows.filter(|row| row.purchases >= NEEDED);
        let balance = Balance::of(rows.clone());
        let count = balance.purchases.len() as u32;
        let mut prior = Prior { odds_ratio: 1.0, strength: CAUTIOUS, fitted: count >= FIT_NEEDS, rows: count };
        if !prior.fitted {
            return prior;
        }
        prior.odds_ratio = balance.odds_ratio();
        let (mut spread, mut chance, mut more) = (0.0, 0.0, 0.0);
        for ((row, n), expected) in rows.zip(&balance.purchases).zip(&balance.expected) {
            let mean = prior.mean_at(*expected);
            let variance = mean * (1.0 - mean);
            spread += (f64::from(row.on_events) - n * mean).powi(2);
            chance += n * variance;
            more += n * (n - 1.0) * variance;
        }
        let likeness = if more > 0.0 { (spread - chance) / more } else { 0.0 };
        let strength = if likeness > 0.0 { 1.0 / likeness - 1.0 } else { STRENGTHS.1 };
        prior.strength = strength.clamp(STRENGTHS.0, STRENGTHS.1);
        prior
    }

    /// Its mean for this row's expectation.
    pub fn mean(&self, row: &Tally) -> f64 {
        self.mean_at(row.expected_share().unwrap_or(0.0))
    }

    fn mean_at(&self, expected: f64) -> f64 {
        let odds = self.odds_ratio * expected / (1.0 - expected).max(1e-9);
        (odds / (1.0 + odds)).min(SUREST)
    }

    /// Posterior mean of the event share: between the prior's mean and the row's own share.
    pub fn posterior(&self, row: &Tally) -> f64 {
        self.posterior_at(row, row.expected_share().unwrap_or(0.0))
    }

    fn posterior_at(&self, row: &Tally, expected: f64) -> f64 {
        let n = f64::from(row.purchases);
        (f64::from(row.on_events) + self.strength * self.mean_at(expected)) / (n + self.strength)
    }

    /// Posterior mean above expectation, −1 to 1; nothing under two clear purchases.
    pub fn dependence(&self, row: &Tally) -> Option<f64> {
        let expected = row.expected_share().filter(|_| row.purchases >= NEEDED)?;
        Some(self.posterior_at(row, expected) - expected)
    }
}

/// What one-time buyers do, by mall and month.
struct Expectation {
    months: Months,
    /// Clear purchases and those on events: malls × months, each mall's months and then all of them.
    counts: Vec<(u32, u32)>,
    /// Of the malls that hold events together.
    all: (u32, u32),
}

impl Expectation {
    /// Of customers with exactly one purchase in the view.
    fn of(view: &View<'_>, reasons: &[Reasons]) -> Expectation {
        let months = Months::of(view);
        let width = months.count + 1;
        let mut counts = vec![(0, 0); 3 * width];
        for place in 0..view.customers.len() {
            let purchases = view.purchases_of(place);
            let p = purchases.start;
            if purchases.filter(|&p| view.purchases.fresh[p]).count() != 1 || reasons[p].occasion == Occasion::Unclear {
                continue;
            }
            let on_event = u32::from(reasons[p].occasion == Occasion::Event);
            for at in [months.number(view.purchases.day[p]), months.count] {
                let count = &mut counts[mall_of(view, p) * width + at];
                *count = (count.0 + 1, count.1 + on_event);
            }
        }
        let of_mall = |mall: Mall| counts[mall as usize * width + months.count];
        let (rakuten, yahoo) = (of_mall(Mall::Rakuten), of_mall(Mall::Yahoo));
        let all = (rakuten.0 + yahoo.0, rakuten.1 + yahoo.1);
        Expectation { months, counts, all }
    }

    /// Which mall and month the purchase `p` is of, as a place in [`Expectation::shares`].
    fn cell_of(&self, view: &View<'_>, p: usize) -> u32 {
        (mall_of(view, p) * self.months.count + self.months.number(view.purchases.day[p])) as u32
    }

    /// By mall and month; nothing while nobody bought once. The shop's own list holds no events: nobody is expected there.
    fn shares(&self) -> Vec<Option<f64>> {
        let width = self.months.count + 1;
        let share = |mall: usize, month: usize| {
            if mall == Mall::Own as usize {
                return Some(0.0);
            }
            let enough = [month, self.months.count].map(|at| self.counts[mall * width + at]);
            let found = enough.into_iter().find(|count| count.0 >= EXPECTATION_NEEDS);
            let (n, on_events) = found.or((self.all.0 > 0).then_some(self.all))?;
            Some(f64::from(on_events) / f64::from(n))
        };
        (0..3)
            .flat_map(|mall| (0..self.months.count).map(move |month| (mall, month)))
            .map(|(m, n)| share(m, n))
            .collect()
    }
}

/// The mall of a purchase's first order, as a place.
fn mall_of(view: &View<'_>, p: usize) -> usize {
    view.history.orders.mall[view.purchases.order_from[p] as usize] as usize
}

/// Dependence of every customer of a view.
#[derive(Clone, Debug)]
pub struct Dependences {
    /// By purchase.
    pub reasons: Vec<Reasons>,
    /// By purchase: which of `shares` is expected of it.
    cells: Vec<u32>,
    shares: Vec<Option<f64>>,
    /// By place: fresh purchases.
    pub tallies: Vec<Tally>,
    /// Fitted to everybody with two clear purchases.
    pub prior: Prior,
    /// By place; no number under two clear purchases.
    dependence: Vec<f64>,
}

impl Dependences {
    /// Of the customers of this view, who should be everybody: what is expected and the prior are the shop's.
    pub fn of(view: &View<'_>, events: &EventDays<'_>) -> Dependences {
        let reasons = Reasons::of_all(view, events);
        let expectation = Expectation::of(view, &reasons);
        let shares = expectation.shares();
        let cells: Vec<u32> = (0..reasons.len()).map(|p| expectation.cell_of(view, p)).collect();
        let tally = |place: usize| {
            let mut tally = Tally::default();
            for p in view.purchases_of(place).filter(|&p| view.purchases.fresh[p]) {
                tally.add(reasons[p].occasion, shares[cells[p] as usize]);
            }
            tally
        };
        let tallies: Vec<Tally> = (0..view.customers.len()).map(tally).collect();
        let prior = Prior::fit(tallies.iter());
        let dependence = tallies.iter().map(|tally| prior.dependence(tally).unwrap_or(f64::NAN)).collect();
        Dependences { reasons, cells, shares, tallies, prior, dependence }
    }

    /// What is expected of the purchase `p`, 0–1; nothing where nobody says it.
    pub fn expected(&self, p: usize) -> Option<f64> {
        self.shares[self.cells[p] as usize]
    }

    /// Of the customer at `place`, −1 to 1; nothing under two clear purchases.
    pub fn at(&self, place: usize) -> Option<f64> {
        Some(self.dependence[place]).filter(|dependence| !dependence.is_nan())
    }

    /// The band of the customer at `place`.
    pub fn band(&self, place: usize) -> DependenceBand {
        DependenceBand::of(self.at(place))
    }
}
