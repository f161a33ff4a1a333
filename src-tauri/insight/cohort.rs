//! Customers by their first purchase, and what they did in the periods after.

use super::acquired::{By, Known, PartPeople, When, part};
use super::calendar::Calendar;
use super::category::Categories;
use super::history::View;
use super::periods::Periods;
use super::rfm::ValueBasis;
use super::{stats, value};
use crate::shop::{Day, Yen};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What a cell of the cohort table shows, per customer of the cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share who bought in period k after the first, 0–1; period 0 is 1.
    #[default]
    Retention,
    /// Share who bought again at least once in periods 1 to k, 0–1; period 0 is 0.
    CumulativeRetention,
    /// Purchase days in period k, per customer.
    OrdersPerCustomer,
    /// Purchase days in periods 0 to k, per customer.
    CumulativeOrdersPerCustomer,
    /// Net sales in period k, per customer, yen.
    NetSales,
    /// Net sales in periods 0 to k, per customer, yen.
    CumulativeNetSales,
    /// Value in period k, per customer, yen: the margin where enough costs are known, else net sales.
    Value,
    /// Value in periods 0 to k, per customer, yen.
    CumulativeValue,
}

impl Measure {
    /// All, in the order in which they are offered.
    pub const ALL: [Measure; 8] = [
        Measure::Retention,
        Measure::CumulativeRetention,
        Measure::OrdersPerCustomer,
        Measure::CumulativeOrdersPerCustomer,
        Measure::NetSales,
        Measure::CumulativeNetSales,
        Measure::Value,
        Measure::CumulativeValue,
    ];

    /// The word on the wire and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Retention => "retention",
            Measure::CumulativeRetention => "cumulative_retention",
            Measure::OrdersPerCustomer => "orders_per_customer",
            Measure::CumulativeOrdersPerCustomer => "cumulative_orders_per_customer",
            Measure::NetSales => "net_sales",
            Measure::CumulativeNetSales => "cumulative_net_sales",
            Measure::Value => "value",
            Measure::CumulativeValue => "cumulative_value",
        }
    }

    /// Whether the values are yen.
    pub fn is_yen(self) -> bool {
        use Measure::{CumulativeNetSales, CumulativeValue, NetSales, Value};
        matches!(self, NetSales | CumulativeNetSales | Value | CumulativeValue)
    }

    /// Whether the values are rates 0–1.
    pub fn is_rate(self) -> bool {
        matches!(self, Measure::Retention | Measure::CumulativeRetention)
    }
}

impl FromStr for Measure {
    type Err = ();
    fn from_str(text: &str) -> Result<Measure, ()> {
        Measure::ALL.into_iter().find(|m| m.word() == text).ok_or(())
    }
}

/// The cohort table of one measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Cohorts {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// What the cells show.
    pub measure: Measure,
    /// By what customers are parted. Periods are months; quarters and weeks are followed in their own length.
    pub by: By,
    /// What value is in the measures of value.
    pub value_basis: ValueBasis,
    /// Times oldest first, everything else by people, most first; nobody's are left out.
    pub cohorts: Vec<CohortRow>,
    /// Cohorts there are besides those listed; more than 0 only in the window, which lists the newest or largest.
    pub left_out_count: u32,
    /// Per period over the closed cells of all cohorts, weighted by people.
    pub weighted_mean: Vec<MeanCell>,
}

/// One part of the customers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CohortRow {
    /// Which: the month of their first purchase, or as [`By`] says.
    pub key: String,
    /// The same in words; filled in by `app`.
    pub label: String,
    /// How many.
    pub customer_count: u32,
    /// The people, as `customers?people=` understands them.
    pub people: String,
    /// Which of those the owner looks at beside each other, from 0, the colour of its curve; filled in by `app`.
    pub chosen: Option<u8>,
    /// Period 0 (that of the first purchase) up to the period of `as_of`; cohorts that are no stretch of time end with
    /// the last period that is over for any of them.
    pub cells: Vec<CohortCell>,
}

/// One cohort in one period after its first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CohortCell {
    /// Periods after that of the first purchase.
    pub period: u32,
    /// The measure.
    pub value: f64,
    /// People of the cell who bought in this period (retention) or again so far (cumulative retention).
    pub customer_count: u32,
    /// People the value is over: the cohort; where it is no stretch of time, those of it whose period is over.
    pub n: u32,
    /// The period is not over at `as_of`: shown as unfinished, left out of means.
    pub open: bool,
}

/// A mean over cohorts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MeanCell {
    /// Periods after the first.
    pub period: u32,
    /// Weighted by people: Σ of what the closed cells count ÷ Σ of their people.
    pub value: f64,
    /// The median of the closed cells, each cohort once.
    pub median: f64,
    /// People in the closed cells.
    pub n: u32,
    /// Closed cells; cohorts with nobody back count with their 0.
    pub cohort_count: u32,
}

/// The cohort table by month of the first purchase.
pub fn cohorts(view: Option<&View<'_>>, measure: Measure) -> Cohorts {
    let known = Known { calendar: &Calendar::default(), categories: &Categories::default() };
    cohorts_by(view, measure, By::Month, &known)
}

/// The cohort table of one measure. An empty ledger gives empty lists.
///
/// Periods are those of fresh purchases for retention and orders; net sales include subscription deliveries.
/// `customer_count` of a cell: who bought in the period, or again so far where the measure is cumulative.
///
/// A cohort that is a stretch of time is in the same period as a whole, so its last cell may be open. Any other cohort
/// (a mall, an item) wins people up to `as_of`: there a cell holds only those whose own period k is over, numerator and
/// `n` alike, and is therefore never open. Its `n` shrinks with k, so its cumulative values may fall.
pub fn cohorts_by(view: Option<&View<'_>>, measure: Measure, by: By, known: &Known<'_>) -> Cohorts {
    let Some(view) = view else {
        let value_basis = ValueBasis::NetSales;
        let (cohorts, weighted_mean) = (Vec::new(), Vec::new());
        return Cohorts { as_of: None, measure, by, value_basis, cohorts, left_out_count: 0, weighted_mean };
    };
    let value_basis = value::basis(view);
    let of_value = matches!(measure, Measure::Value | Measure::CumulativeValue);
    let yen = value::per_purchase(view, if of_value { value_basis } else { ValueBasis::NetSales });
    let periods = Periods::of(view, by);
    let mut pooled: Vec<Pooled> = Vec::new();
    let mut cohorts = Vec::new();
    for Part { key, customer_count, begin, counts: counted } in parts(view, &periods, by, known, &yen) {
        let over = begin.map_or(usize::MAX, |begin| periods.over.saturating_sub(begin));
        let mut cells = Vec::new();
        let mut so_far = Counts::default();
        for (period, counts) in counted.iter().enumerate() {
            so_far = so_far.plus(*counts);
            let (numerator, customer_count) = measure.of(*counts, so_far, period);
            let n = so_far.people as u32;
            if n == 0 {
                break;
            }
            let (value, open) = (numerator as f64 / f64::from(n), period >= over);
            cells.push(CohortCell { period: period as u32, value, customer_count, n, open });
            if !open {
                pooled.resize_with(pooled.len().max(period + 1), Pooled::default);
                pooled[period].numerator += numerator;
                pooled[period].people += n;
                pooled[period].values.push(value);
            }
        }
        let people = PartPeople { by, when: When::Ever, key: key.clone() }.to_string();
        cohorts.push(CohortRow { key, label: String::new(), customer_count, people, chosen: None, cells });
    }
    let weighted_mean = (0..).zip(pooled).filter(|(_, pooled)| pooled.people > 0);
    let weighted_mean = weighted_mean.map(|(period, pooled)| pooled.mean(period)).collect();
    Cohorts { as_of: Some(view.as_of), measure, by, value_basis, cohorts, left_out_count: 0, weighted_mean }
}

/// The closed cells of one period.
#[derive(Default)]
struct Pooled {
    numerator: i64,
    people: u32,
    values: Vec<f64>,
}

impl Pooled {
    fn mean(mut self, period: u32) -> MeanCell {
        self.values.sort_unstable_by(f64::total_cmp);
        let value = self.numerator as f64 / f64::from(self.people);
        let median = stats::quantile(&self.values, 0.5).unwrap_or(value);
        MeanCell { period, value, median, n: self.people, cohort_count: self.values.len() as u32 }
    }
}

impl Measure {
    /// What is divided by the people of the cell, and who of them it counts.
    fn of(self, now: Counts, so_far: Counts, period: usize) -> (i64, u32) {
        match self {
            Measure::Retention => (now.buyers, now.buyers as u32),
            Measure::CumulativeRetention => (so_far.returned, so_far.returned as u32),
            Measure::OrdersPerCustomer => (now.orders, now.buyers as u32),
            Measure::NetSales | Measure::Value => (now.yen, now.buyers as u32),
            // In period 0 all have bought once and nobody again: the people of the cell are all of them.
            Measure::CumulativeOrdersPerCustomer | Measure::CumulativeNetSales | Measure::CumulativeValue => {
                let people = if period == 0 { now.buyers } else { so_far.returned };
                let cumulative_orders = self == Measure::CumulativeOrdersPerCustomer;
                (if cumulative_orders { so_far.orders_so_far } else { so_far.yen_so_far }, people as u32)
            }
        }
    }
}

/// What one cohort did in one period, by those who are followed in it. The last four say what changes from the period
/// before, because who is no longer followed takes along what was done so far.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    /// Customers with a fresh purchase.
    buyers: i64,
    /// Fresh purchase days.
    orders: i64,
    /// Net sales or value.
    yen: i64,
    /// Customers who are followed.
    people: i64,
    /// Customers who have come back after their first period.
    returned: i64,
    /// Fresh purchase days since the first purchase.
    orders_so_far: i64,
    /// Net sales or value since the first purchase.
    yen_so_far: i64,
}

impl Counts {
    fn plus(self, other: Counts) -> Counts {
        Counts {
            people: self.people + other.people,
            returned: self.returned + other.returned,
            orders_so_far: self.orders_so_far + other.orders_so_far,
            yen_so_far: self.yen_so_far + other.yen_so_far,
            ..other
        }
    }
}

/// One part of the customers, and what they did.
struct Part {
    key: String,
    customer_count: u32,
    /// The period in which all of them began, where it is a stretch of time.
    begin: Option<usize>,
    counts: Vec<Counts>,
}

/// All parts, in the order of the table.
fn parts(view: &View<'_>, periods: &Periods, by: By, known: &Known<'_>, yen: &[Yen]) -> Vec<Part> {
    let begin_of = |place: usize| periods.number(view.purchases.day[view.starts[place] as usize]);
    if by.is_calendar() {
        let mut counts: Vec<Vec<Counts>> = vec![Vec::new(); periods.count];
        for place in 0..view.customers.len() {
            let begin = begin_of(place);
            let (counts, followed) = (&mut counts[begin], periods.count - begin);
            // Only where somebody began: an order of a wrong century makes no table of all of it.
            if counts.is_empty() {
                counts.resize(followed, Counts::default());
            }
            follow(view, periods, yen, place, (begin, followed), counts);
        }
        let parts = counts.into_iter().enumerate().filter(|(_, counts)| !counts.is_empty());
        let part = |(begin, counts): (usize, Vec<Counts>)| {
            Part::of(periods.key(begin), counts[0].people as u32, Some(begin), counts)
        };
        return parts.map(part).collect();
    }
    let parting = part(view, by, known);
    let followed = |place: usize| periods.over.saturating_sub(begin_of(place));
    let mut longest = vec![0; parting.keys.len()];
    for (place, &part) in parting.of.iter().enumerate() {
        let longest = &mut longest[part as usize];
        *longest = followed(place).max(*longest);
    }
    let mut counts: Vec<Vec<Counts>> = longest.iter().map(|longest| vec![Counts::default(); longest + 1]).collect();
    for (place, &part) in parting.of.iter().enumerate() {
        let (counts, followed) = (&mut counts[part as usize], followed(place));
        if followed > 0 {
            let done = follow(view, periods, yen, place, (begin_of(place), followed), counts);
            let end = &mut counts[followed];
            end.people -= 1;
            end.returned -= done.returned;
            end.orders_so_far -= done.orders;
            end.yen_so_far -= done.yen;
        }
    }
    let parts = parting.keys.into_iter().zip(&parting.members).zip(counts).zip(longest);
    let part = |(((key, members), mut counts), longest): (((_, &Vec<u32>), Vec<Counts>), usize)| {
        counts.truncate(longest);
        Part::of(key, members.len() as u32, None, counts)
    };
    parts.map(part).collect()
}

impl Part {
    fn of(key: String, customer_count: u32, begin: Option<usize>, mut counts: Vec<Counts>) -> Part {
        for cell in &mut counts {
            cell.orders_so_far += cell.orders;
            cell.yen_so_far += cell.yen;
        }
        Part { key, customer_count, begin, counts }
    }
}

/// Counts what the customer at `place` did in so many periods from the one in which they began, that one included, in the
/// cells of their part; answers all of it. No step hangs on a purchase by a branch that cannot be foreseen.
fn follow(
    view: &View<'_>,
    periods: &Periods,
    yen: &[Yen],
    place: usize,
    (begin, followed): (usize, usize),
    counts: &mut [Counts],
) -> Counts {
    let columns = &view.purchases;
    let (mut last_bought, mut done) = (usize::MAX, Counts::default());
    for p in view.purchases_of(place) {
        let period = periods.number(columns.day[p]) - begin;
        if period >= followed {
            break;
        }
        let is_fresh = columns.fresh[p];
        let is_buyer = is_fresh & (period != last_bought);
        last_bought = if is_buyer { period } else { last_bought };
        let returned = i64::from(is_buyer & (period > 0)) & (1 - done.returned);
        let cell = &mut counts[period];
        cell.buyers += i64::from(is_buyer);
        cell.orders += i64::from(is_fresh);
        cell.yen += yen[p].0;
        cell.returned += returned;
        done.orders += i64::from(is_fresh);
        done.yen += yen[p].0;
        done.returned += returned;
    }
    counts[0].people += 1;
    done
}
