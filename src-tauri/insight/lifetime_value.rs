//! What a customer brings within t days of the first purchase.

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
    /// First "all", then up to three recent acquisition years, newest first (keys "2025", "2024", …).
    pub curves: Vec<Curve>,
    /// Keys "12m" (LTV(365)) and "24m" (LTV(730)); nothing where nobody is observed that long.
    pub headline: BTreeMap<String, Option<Interval>>,
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
    /// "all", or the acquisition year.
    pub key: String,
    /// Customers in the curve at day 0.
    pub customer_count: u32,
    /// By day; "all" ends where fewer than 5 customers are observed, a year where fewer than 30 are.
    pub points: Vec<CurvePoint>,
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CurvePoint {
    /// Days since the first purchase.
    pub day: u32,
    /// Yen per customer.
    pub value: f64,
    /// 90 % interval.
    pub low: f64,
    /// 90 % interval.
    pub high: f64,
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

const CURVE_STEP: u32 = 30;
const CURVE_END: u32 = 720;
const HEADLINE: [(&str, u32); 2] = [("12m", 365), ("24m", 730)];
const TREND_DAYS: [u32; 3] = [90, 180, 365];
/// A curve ends where fewer are observed.
const FEWEST: u32 = 5;
/// Lines that are compared with each other end where fewer people are observed: their last points would say more
/// about single people than about the year.
const FEWEST_COMPARED: u32 = 30;
const YEARS: usize = 3;

/// The curves, headline and trend of this view. An empty ledger gives empty lists and nothing as headline.
///
/// Subscription deliveries are money of the customer and count in full.
pub fn lifetime_value(view: Option<&View<'_>>) -> LifetimeValue {
    let Some(view) = view else {
        let headline = HEADLINE.iter().map(|&(key, _)| (key.to_owned(), None)).collect();
        return LifetimeValue {
            as_of: None,
            value: ValueBasis::NetSales,
            curves: Vec::new(),
            headline,
            trend: Vec::new(),
            acquisition_cost: None,
            payback_day: None,
        };
    };
    let basis = value::basis(view);
    let values = value::per_purchase(view, basis);
    let curve_days: Vec<u32> = (0..=CURVE_END).step_by(CURVE_STEP as usize).collect();
    let mut days = [&curve_days[..], &HEADLINE.map(|(_, day)| day)].concat();
    days.sort_unstable();

    let all = blocks(view, &values, &days, |_| true).means();
    let mean_of = |day: u32| days.iter().position(|&d| d == day).and_then(|place| all[place]);
    let headline = HEADLINE.iter().map(|&(key, day)| (key.to_owned(), mean_of(day))).collect();
    let mut curves = vec![curve("all".to_owned(), view.customers.len() as u32, &days, &all, FEWEST)];
    for (year, customer_count) in newest_years(view) {
        let ends = [Month::from_ym(year, 1), Month::from_ym(year, 12)].map(Option::unwrap_or_default);
        let (from, to) = (ends[0].first(), ends[1].last());
        let of_year = blocks(view, &values, &curve_days, |first| (from..=to).contains(&first)).means();
        curves.push(curve(year.to_string(), customer_count, &curve_days, &of_year, FEWEST_COMPARED));
    }
    LifetimeValue {
        as_of: Some(view.as_of),
        value: basis,
        curves,
        headline,
        trend: trend(view, &values),
        acquisition_cost: None,
        payback_day: None,
    }
}

impl LifetimeValue {
    /// The same with what winning one customer cost, and when it is earned back.
    pub fn paying_back(mut self, acquisition_cost: Option<Yen>) -> LifetimeValue {
        let earned = |point: &&CurvePoint| acquisition_cost.is_some_and(|cost| point.value >= cost.as_f64());
        self.payback_day = self.curves.first().and_then(|all| all.points.iter().find(earned)).map(|point| point.day);
        self.acquisition_cost = acquisition_cost;
        self
    }
}

/// LTV(`day`) of all customers, as on the curve; nothing where nobody is observed that long.
pub fn after_days(view: &View<'_>, day: u32) -> Option<Interval> {
    let values = value::per_purchase(view, value::basis(view));
    blocks(view, &values, &[day], |_| true).means()[0]
}

/// Value and people per day of `days` (ascending), of customers whose first purchase day is kept.
fn blocks(view: &View<'_>, values: &[Yen], days: &[u32], keep: impl Fn(Day) -> bool) -> Blocks {
    let day = &view.purchases.day;
    let firsts = || view.starts[..view.customers.len()].iter().map(|&start| day[start as usize]);
    let mut blocks = Blocks::new(firsts().filter(|&first| keep(first)).count(), days.len());
    // By days since the first purchase: how many of `days` lie before, and how many are reached.
    let end = days.last().map_or(0, |&last| last as usize + 2);
    let before: Vec<u8> = (0..=end).map(|d| days.iter().filter(|&&day| (day as usize) < d).count() as u8).collect();
    let place_of = |offset: i32| usize::from(before[(offset as usize).min(end)]);
    let mut ordinal = 0;
    for (place, first) in firsts().enumerate() {
        if !keep(first) {
            continue;
        }
        let reached = place_of(view.as_of - first + 1);
        let (sums, people) = blocks.of(ordinal);
        ordinal += 1;
        if reached == 0 {
            continue;
        }
        // Only what changes from one day to the next is written; accumulating gives the curves.
        let mut total = 0;
        for p in view.purchases_of(place) {
            let from = place_of(day[p] - first);
            if from >= reached {
                break;
            }
            sums[from] += values[p].0;
            total += values[p].0;
        }
        people[0] += 1;
        if reached < days.len() {
            sums[reached] -= total;
            people[reached] -= 1;
        }
    }
    blocks.accumulate();
    blocks
}

fn curve(key: String, customer_count: u32, days: &[u32], means: &[Option<Interval>], fewest: u32) -> Curve {
    let points = days
        .iter()
        .zip(means)
        .filter(|(day, _)| day.is_multiple_of(CURVE_STEP) && **day <= CURVE_END)
        .map_while(|(&day, mean)| mean.filter(|mean| mean.n >= fewest).map(|mean| (day, mean)))
        .map(|(day, mean)| CurvePoint { day, value: mean.value, low: mean.low, high: mean.high, n: mean.n })
        .collect();
    Curve { key, customer_count, points }
}

/// The newest years in which customers were won, newest first, with their number.
fn newest_years(view: &View<'_>) -> Vec<(i32, u32)> {
    let months = Months::of(view);
    let mut years: BTreeMap<i32, u32> = BTreeMap::new();
    for (number, count) in firsts_by_month(view, &months).into_iter().enumerate().filter(|(_, count)| *count > 0) {
        *years.entry(months.first.plus(number as i32).ym().0).or_default() += count;
    }
    years.into_iter().rev().take(YEARS).collect()
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
