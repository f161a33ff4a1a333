//! What a customer brings within t days of the first purchase.

use super::acquired::{By, Known, PartPeople, Parting, When, part};
use super::history::View;
use super::months::Months;
use super::rfm::ValueBasis;
use super::stats::{Blocks, Interval};
use super::value;
use crate::shop::{Day, Month, Yen};
use serde::Serialize;
use std::collections::BTreeMap;

/// LTV(t) curves, the headline values and their trend.
///
/// LTV(t) = Σ value within t days of the first purchase ÷ customers, over customers observed ≥ t days only;
/// t = 0, 30, … 720. Intervals: bootstrap over customers, 1,000 draws, fixed seed, 90 %.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LifetimeValue {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// Net sales or contribution margin.
    pub value: ValueBasis,
    /// By what the curves after the first part the customers; nothing: by the three newest acquisition years.
    pub by: Option<By>,
    /// First "all", then those of the parts: up to three recent acquisition years, newest first (keys "2025", "2024", …),
    /// or every cohort in the order of the cohort table.
    pub curves: Vec<Curve>,
    /// Curves there are besides those listed; more than 0 only in the window.
    pub left_out_count: u32,
    /// Keys "12m" (LTV(365)) and "24m" (LTV(730)); nothing where nobody is observed that long.
    pub headline: BTreeMap<String, Option<Interval>>,
    /// The same of the customer in the middle: half of those observed that long brought less. Beside a mean that few
    /// large customers can lift.
    pub median: BTreeMap<String, Option<f64>>,
    /// LTV(90), LTV(180), LTV(365) by acquisition month, oldest first.
    pub trend: Vec<TrendRow>,
    /// What winning one customer cost, as the owner has typed it; filled in by `app`.
    pub acquisition_cost: Option<Yen>,
    /// First day of the curve "all" on which LTV reaches that cost; nothing while it does not, or without a cost.
    pub payback_day: Option<u32>,
}

/// One curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Curve {
    /// "all", the acquisition year, or the key of the cohort.
    pub key: String,
    /// The same in words; filled in by `app`.
    pub label: String,
    /// Customers in the curve at day 0.
    pub customer_count: u32,
    /// The people, as `customers?people=` understands them; nothing where no list has them.
    pub people: Option<String>,
    /// Drawn in a colour of its own, with its intervals worked out.
    pub chosen: bool,
    /// By day. "all" ends where fewer than 5 customers are observed. A month, quarter or week ends where not all of its
    /// people are observed, or fewer than 5: every point is over the same people, so a curve falls only by refunds. Years,
    /// malls, items … win people all the time and end where fewer than 30 are observed.
    pub points: Vec<CurvePoint>,
    /// First of these days on which the acquisition cost is reached.
    pub payback_day: Option<u32>,
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CurvePoint {
    /// Days since the first purchase.
    pub day: u32,
    /// Yen per customer.
    pub value: f64,
    /// 90 % interval; nothing where nobody asked for the curve.
    pub low: Option<f64>,
    /// 90 % interval.
    pub high: Option<f64>,
    /// Customers observed that long.
    pub n: u32,
}

/// LTV of one acquisition month; each value only once all of the month's customers are observed that long.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct TrendRow {
    /// The month of the first purchase.
    pub month: Month,
    /// Customers acquired.
    pub customer_count: u32,
    /// LTV(90).
    pub ltv_90: Option<f64>,
    /// LTV(180).
    pub ltv_180: Option<f64>,
    /// LTV(365).
    pub ltv_365: Option<f64>,
}

/// What is asked of the curves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// Net sales whatever is known; else the margin where at least 80 % of goods have a known cost.
    pub net_sales: bool,
    /// By what customers are parted, with what that needs to know; by years when absent.
    pub by: Option<(By, Known<'a>)>,
    /// Which curves get their intervals.
    pub chosen: Chosen<'a>,
}

/// Which of the cohorts' curves get their intervals: the draws are what takes time.
#[derive(Clone, Copy, Debug, Default)]
pub enum Chosen<'a> {
    /// All.
    #[default]
    All,
    /// Those with these keys, the first three at most; when there are none, the three largest, but no time.
    Keys(&'a [String]),
}

const CURVE_STEP: u32 = 30;
const CURVE_END: u32 = 720;
const HEADLINE: [(&str, u32); 2] = [("12m", 365), ("24m", 730)];
const TREND_DAYS: [u32; 3] = [90, 180, 365];
/// A curve ends where fewer are observed.
const FEWEST: u32 = 5;
/// Lines that are compared with each other end where fewer people are observed: their last points would say more
/// about single people than about the year.
const FEWEST_COMPARED: u32 = 30;
/// Curves beside "all" that are looked at together.
const COMPARED: usize = 3;

/// The curves of all and of the newest years, headline and trend of this view. An empty ledger gives empty lists and
/// nothing as headline.
///
/// Subscription deliveries are money of the customer and count in full.
pub fn lifetime_value(view: Option<&View<'_>>) -> LifetimeValue {
    lifetime_value_by(view, &Asked::default())
}

/// The same with other curves.
pub fn lifetime_value_by(view: Option<&View<'_>>, asked: &Asked<'_>) -> LifetimeValue {
    let by = asked.by.map(|(by, _)| by);
    let Some(view) = view else {
        return LifetimeValue {
            as_of: None,
            value: ValueBasis::NetSales,
            by,
            curves: Vec::new(),
            left_out_count: 0,
            headline: HEADLINE.iter().map(|&(key, _)| (key.to_owned(), None)).collect(),
            median: HEADLINE.iter().map(|&(key, _)| (key.to_owned(), None)).collect(),
            trend: Vec::new(),
            acquisition_cost: None,
            payback_day: None,
        };
    };
    let basis = if asked.net_sales { ValueBasis::NetSales } else { value::basis(view) };
    let values = value::per_purchase(view, basis);
    let curve_days: Vec<u32> = (0..=CURVE_END).step_by(CURVE_STEP as usize).collect();
    let mut days = [&curve_days[..], &HEADLINE.map(|(_, day)| day)].concat();
    days.sort_unstable();

    let everybody: Vec<u32> = (0..view.customers.len() as u32).collect();
    let all = blocks(view, &values, &days, &everybody).means();
    let mean_of = |day: u32| days.iter().position(|&d| d == day).and_then(|place| all[place]);
    let of_all = Curve::of("all".to_owned(), None, everybody.len(), true, points(&days, all.iter().copied(), FEWEST));
    let mut curves = vec![of_all];
    match &asked.by {
        None => {
            for (year, members) in newest_years(view) {
                let means = blocks(view, &values, &curve_days, &members).means();
                let points = points(&curve_days, means, FEWEST_COMPARED);
                curves.push(Curve::of(year.to_string(), None, members.len(), true, points));
            }
        }
        Some((by, known)) => {
            let parting = part(view, *by, known);
            let plain = plain_values(view, &values, &curve_days, &parting);
            for (number, (key, members)) in parting.keys.iter().zip(&parting.members).enumerate() {
                let whole = (members.len() as u32).max(FEWEST);
                let fewest = if by.is_calendar() { whole } else { FEWEST_COMPARED };
                let chosen = match asked.chosen {
                    Chosen::All => true,
                    Chosen::Keys([]) => !by.is_calendar() && number < COMPARED,
                    Chosen::Keys(keys) => keys.iter().take(COMPARED).any(|chosen| chosen == key),
                };
                let points = match chosen {
                    true => points(&curve_days, blocks(view, &values, &curve_days, members).means(), fewest),
                    false => plain_points(&curve_days, &plain[number], fewest),
                };
                let people = PartPeople { by: *by, when: When::Ever, key: key.clone() }.to_string();
                curves.push(Curve::of(key.clone(), Some(people), members.len(), chosen, points));
            }
        }
    }
    LifetimeValue {
        as_of: Some(view.as_of),
        value: basis,
        by,
        curves,
        left_out_count: 0,
        headline: HEADLINE.iter().map(|&(key, day)| (key.to_owned(), mean_of(day))).collect(),
        median: HEADLINE.iter().map(|&(key, day)| (key.to_owned(), median(view, &values, day))).collect(),
        trend: trend(view, &values),
        acquisition_cost: None,
        payback_day: None,
    }
}

impl LifetimeValue {
    /// The same with what winning one customer cost, and when it is earned back: the first day of a curve, in steps of
    /// 30, with LTV(t) ≥ cost.
    pub fn paying_back(mut self, acquisition_cost: Option<Yen>) -> LifetimeValue {
        let earned = |point: &&CurvePoint| acquisition_cost.is_some_and(|cost| point.value >= cost.as_f64());
        for curve in &mut self.curves {
            curve.payback_day = curve.points.iter().find(earned).map(|point| point.day);
        }
        self.payback_day = self.curves.first().and_then(|all| all.payback_day);
        self.acquisition_cost = acquisition_cost;
        self
    }
}

impl Curve {
    fn of(key: String, people: Option<String>, customers: usize, chosen: bool, points: Vec<CurvePoint>) -> Curve {
        let customer_count = customers as u32;
        Curve { key, label: String::new(), customer_count, people, chosen, points, payback_day: None }
    }
}

/// LTV(`day`) of all customers, as on the curve; nothing where nobody is observed that long.
pub fn after_days(view: &View<'_>, day: u32) -> Option<Interval> {
    after_days_by(view, day, value::basis(view), |_| true)
}

/// The same of this value, of those alone who were `won` on a day that counts.
pub(super) fn after_days_by(view: &View<'_>, day: u32, of: ValueBasis, won: impl Fn(Day) -> bool) -> Option<Interval> {
    let values = value::per_purchase(view, of);
    let is_meant = |&place: &u32| won(view.purchases.day[view.starts[place as usize] as usize]);
    let members: Vec<u32> = (0..view.customers.len() as u32).filter(is_meant).collect();
    blocks(view, &values, &[day], &members).means()[0]
}

/// Value within `day` days of the customer in the middle of those observed that long; nothing for nobody.
fn median(view: &View<'_>, values: &[Yen], day: u32) -> Option<f64> {
    let on = &view.purchases.day;
    let of = |place: usize| {
        let purchases = view.purchases_of(place);
        let first = on[purchases.start];
        (view.as_of - first >= day as i32).then(|| {
            let within = purchases.take_while(|&p| on[p] - first <= day as i32);
            within.map(|p| values[p].0).sum::<i64>() as f64
        })
    };
    let mut sums: Vec<f64> = (0..view.customers.len()).filter_map(of).collect();
    let n = sums.len();
    let (below, above) = (n.checked_sub(1)? / 2, n / 2);
    let mut at = |place: usize| *sums.select_nth_unstable_by(place, f64::total_cmp).1;
    Some((at(below) + at(above)) / 2.0)
}

/// Value and people per day of `days` (ascending), of the customers at these places.
fn blocks(view: &View<'_>, values: &[Yen], days: &[u32], members: &[u32]) -> Blocks {
    let mut blocks = Blocks::new(members.len(), days.len());
    let followed = Followed::new(view, values, days);
    for (ordinal, &place) in members.iter().enumerate() {
        let (sums, people) = blocks.of(ordinal);
        followed.add(place as usize, sums, people);
    }
    blocks.accumulate();
    blocks
}

/// Per part of everybody Σ value ÷ people and people, by day of `days`.
fn plain_values(view: &View<'_>, values: &[Yen], days: &[u32], parting: &Parting) -> Vec<Vec<(f64, u32)>> {
    let followed = Followed::new(view, values, days);
    let mut parts: Vec<Blocks> = parting.keys.iter().map(|_| Blocks::new(1, days.len())).collect();
    for (place, &part) in parting.of.iter().enumerate() {
        let (sums, people) = parts[part as usize].of(0);
        followed.add(place, sums, people);
    }
    let of_part = |mut part: Blocks| {
        part.accumulate();
        part.values()
    };
    parts.into_iter().map(of_part).collect()
}

/// Customers followed from their first purchase on, over some days.
struct Followed<'a, 'h> {
    view: &'a View<'h>,
    values: &'a [Yen],
    days: usize,
    /// By days since the first purchase: how many of the days lie before.
    before: Vec<u8>,
}

impl<'a, 'h> Followed<'a, 'h> {
    fn new(view: &'a View<'h>, values: &'a [Yen], days: &[u32]) -> Followed<'a, 'h> {
        let end = days.last().map_or(0, |&last| last as usize + 2);
        let before = (0..=end).map(|d| days.iter().filter(|&&day| (day as usize) < d).count() as u8).collect();
        Followed { view, values, days: days.len(), before }
    }

    fn place_of(&self, offset: i32) -> usize {
        usize::from(self.before[(offset as usize).min(self.before.len() - 1)])
    }

    /// Writes what the customer at `place` changes from one day to the next; accumulating gives the curves.
    fn add(&self, place: usize, sums: &mut [i64], people: &mut [i64]) {
        let day = &self.view.purchases.day;
        let purchases = self.view.purchases_of(place);
        let first = day[purchases.start];
        let reached = self.place_of(self.view.as_of - first + 1);
        if reached == 0 {
            return;
        }
        let mut total = 0;
        for p in purchases {
            let from = self.place_of(day[p] - first);
            if from >= reached {
                break;
            }
            sums[from] += self.values[p].0;
            total += self.values[p].0;
        }
        people[0] += 1;
        if reached < self.days {
            sums[reached] -= total;
            people[reached] -= 1;
        }
    }
}

fn points(days: &[u32], means: impl IntoIterator<Item = Option<Interval>>, fewest: u32) -> Vec<CurvePoint> {
    let on_curve = |(&day, mean): (&u32, Option<Interval>)| {
        (day.is_multiple_of(CURVE_STEP) && day <= CURVE_END).then_some((day, mean))
    };
    let means = days.iter().zip(means).filter_map(on_curve);
    means
        .map_while(|(day, mean)| mean.filter(|mean| mean.n >= fewest).map(|mean| (day, mean)))
        .map(|(day, mean)| CurvePoint { day, value: mean.value, low: Some(mean.low), high: Some(mean.high), n: mean.n })
        .collect()
}

/// The same without intervals.
fn plain_points(days: &[u32], values: &[(f64, u32)], fewest: u32) -> Vec<CurvePoint> {
    let observed = days.iter().zip(values).take_while(|(_, (_, n))| *n >= fewest);
    observed.map(|(&day, &(value, n))| CurvePoint { day, value, low: None, high: None, n }).collect()
}

/// The newest years in which customers were won, newest first, with their places.
fn newest_years(view: &View<'_>) -> Vec<(i32, Vec<u32>)> {
    let mut years: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
    for (place, &start) in (0..).zip(&view.starts[..view.customers.len()]) {
        years.entry(view.purchases.day[start as usize].ymd().0).or_default().push(place);
    }
    years.into_iter().rev().take(COMPARED).collect()
}

fn firsts_by_month(view: &View<'_>, months: &Months) -> Vec<u32> {
    let mut counts = vec![0; months.count];
    for place in 0..view.customers.len() {
        counts[months.number(view.purchases.day[view.starts[place] as usize])] += 1;
    }
    counts
}

fn trend(view: &View<'_>, values: &[Yen]) -> Vec<TrendRow> {
    let months = Months::of(view);
    let day = &view.purchases.day;
    let mut sums = vec![[0_i64; TREND_DAYS.len()]; months.count];
    let mut latest = vec![Day(i32::MIN); months.count];
    for place in 0..view.customers.len() {
        let purchases = view.purchases_of(place);
        let first = day[purchases.start];
        let number = months.number(first);
        latest[number] = latest[number].max(first);
        for p in purchases {
            let offset = (day[p] - first) as u32;
            if offset > TREND_DAYS[2] {
                break;
            }
            for (sum, days) in sums[number].iter_mut().zip(TREND_DAYS) {
                *sum += if offset <= days { values[p].0 } else { 0 };
            }
        }
    }
    let row = |(number, customer_count): (usize, u32)| {
        let observed_days = view.as_of - latest[number];
        let mean = |i: usize| {
            (observed_days >= TREND_DAYS[i] as i32).then(|| sums[number][i] as f64 / f64::from(customer_count))
        };
        let month = months.first.plus(number as i32);
        TrendRow { month, customer_count, ltv_90: mean(0), ltv_180: mean(1), ltv_365: mean(2) }
    };
    firsts_by_month(view, &months).into_iter().enumerate().filter(|(_, count)| *count > 0).map(row).collect()
}
