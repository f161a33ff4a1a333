//! Customers by month of first purchase, and what they did in the months after.

use super::history::View;
use super::months::Months;
use super::rfm::ValueBasis;
use super::value;
use crate::shop::{Day, Month, Yen};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What a cell of the cohort table shows, per customer of the cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Share who bought in month k after the first, 0–1; month 0 is 1.
    #[default]
    Retention,
    /// Share who bought again at least once in months 1 to k, 0–1; month 0 is 0.
    CumulativeRetention,
    /// Purchase days in month k, per customer.
    OrdersPerCustomer,
    /// Purchase days in months 0 to k, per customer.
    CumulativeOrdersPerCustomer,
    /// Net sales in month k, per customer, yen.
    NetSales,
    /// Net sales in months 0 to k, per customer, yen.
    CumulativeNetSales,
    /// Value in month k, per customer, yen: the margin where enough costs are known, else net sales.
    Value,
    /// Value in months 0 to k, per customer, yen.
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
    /// What value is in the measures of value.
    pub value_basis: ValueBasis,
    /// Oldest first; months without first purchases are left out.
    pub cohorts: Vec<CohortRow>,
    /// Per period over the closed cells, weighted by people.
    pub weighted_mean: Vec<MeanCell>,
}

/// One month's first-time buyers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CohortRow {
    /// The month of their first purchase.
    pub key: Month,
    /// How many.
    pub customer_count: u32,
    /// Period 0 (the first month) up to the month of `as_of`.
    pub cells: Vec<CohortCell>,
}

/// One cohort in one month after its first.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CohortCell {
    /// Months after the month of the first purchase.
    pub period: u32,
    /// The measure.
    pub value: f64,
    /// People of the cohort who bought in this month (retention) or again so far (cumulative retention).
    pub customer_count: u32,
    /// The month is not over at `as_of`: shown as unfinished, left out of means.
    pub open: bool,
}

/// A mean over cohorts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MeanCell {
    /// Months after the first.
    pub period: u32,
    /// Weighted by people.
    pub value: f64,
    /// People in the closed cells.
    pub n: u32,
}

/// The cohort table of one measure. An empty ledger gives empty lists.
///
/// Months are those of fresh purchases for retention and orders; net sales include subscription deliveries.
/// `customer_count` of a cell: who bought in the month, or again so far where the measure is cumulative.
pub fn cohorts(view: Option<&View<'_>>, measure: Measure) -> Cohorts {
    let Some(view) = view else {
        let value_basis = ValueBasis::NetSales;
        return Cohorts { as_of: None, measure, value_basis, cohorts: Vec::new(), weighted_mean: Vec::new() };
    };
    let months = Months::of(view);
    let value_basis = value::basis(view);
    let of_value = matches!(measure, Measure::Value | Measure::CumulativeValue);
    let yen = value::per_purchase(view, if of_value { value_basis } else { ValueBasis::NetSales });
    let table = Table::of(view, &months, &yen);
    let last = view.as_of.month();
    let mut cohorts = Vec::new();
    // Per period: Σ numerator and people of the closed cells.
    let mut pooled: Vec<(i64, u32)> = Vec::new();
    for number in (0..months.count).filter(|&number| table.people[number] > 0) {
        let key = months.first.plus(number as i32);
        let people = table.people[number];
        let mut cells = Vec::new();
        let mut sums = Counts::default();
        for period in 0..=(last.0 - key.0) as usize {
            let month = table.counts(number, period);
            sums = sums.plus(month);
            let (numerator, customer_count) = measure.of(month, sums, period);
            let open = key.plus(period as i32).last() > view.as_of;
            cells.push(CohortCell {
                period: period as u32,
                value: numerator as f64 / f64::from(people),
                customer_count,
                open,
            });
            if !open {
                pooled.resize(pooled.len().max(period + 1), (0, 0));
                pooled[period].0 += numerator;
                pooled[period].1 += people;
            }
        }
        cohorts.push(CohortRow { key, customer_count: people, cells });
    }
    let weighted_mean = (0..)
        .zip(&pooled)
        .filter(|(_, (_, n))| *n > 0)
        .map(|(period, &(numerator, n))| MeanCell { period, value: numerator as f64 / f64::from(n), n })
        .collect();
    Cohorts { as_of: Some(view.as_of), measure, value_basis, cohorts, weighted_mean }
}

impl Measure {
    /// What is divided by the people of the cohort, and the people of the cell.
    fn of(self, month: Counts, so_far: Counts, period: usize) -> (i64, u32) {
        match self {
            Measure::Retention => (i64::from(month.buyers), month.buyers),
            Measure::CumulativeRetention => (i64::from(so_far.first_returns), so_far.first_returns),
            Measure::OrdersPerCustomer => (i64::from(month.orders), month.buyers),
            Measure::NetSales | Measure::Value => (month.yen, month.buyers),
            // In month 0 all have bought once and nobody again: the people of the cell are all of them.
            Measure::CumulativeOrdersPerCustomer | Measure::CumulativeNetSales | Measure::CumulativeValue => {
                let people = if period == 0 { month.buyers } else { so_far.first_returns };
                let cumulative_orders = self == Measure::CumulativeOrdersPerCustomer;
                (if cumulative_orders { i64::from(so_far.orders) } else { so_far.yen }, people)
            }
        }
    }
}

/// What one cohort did in one month.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    /// Customers with a fresh purchase.
    buyers: u32,
    /// Customers who came back for the first time after their first month.
    first_returns: u32,
    /// Fresh purchase days.
    orders: u32,
    /// Net sales or value.
    yen: i64,
}

impl Counts {
    fn plus(self, other: Counts) -> Counts {
        Counts {
            buyers: self.buyers + other.buyers,
            first_returns: self.first_returns + other.first_returns,
            orders: self.orders + other.orders,
            yen: self.yen + other.yen,
        }
    }
}

/// Counts by cohort and period, up to the month of the last purchase.
struct Table {
    months: usize,
    people: Vec<u32>,
    counts: Vec<Counts>,
}

impl Table {
    fn of(view: &View<'_>, months: &Months, yen: &[Yen]) -> Table {
        let count = months.count;
        let mut table = Table { months: count, people: vec![0; count], counts: vec![Counts::default(); count * count] };
        let columns = &view.purchases;
        for place in 0..view.customers.len() {
            let purchases = view.purchases_of(place);
            let cohort = months.number(columns.day[purchases.start]);
            table.people[cohort] += 1;
            let row = &mut table.counts[cohort * count..(cohort + 1) * count];
            let (mut last_bought, mut returned) = (usize::MAX, false);
            for p in purchases {
                let period = months.number(columns.day[p]) - cohort;
                let cell = &mut row[period];
                cell.yen += yen[p].0;
                if columns.fresh[p] {
                    cell.orders += 1;
                    if period != last_bought {
                        cell.buyers += 1;
                        last_bought = period;
                        if period > 0 && !returned {
                            cell.first_returns += 1;
                            returned = true;
                        }
                    }
                }
            }
        }
        table
    }

    fn counts(&self, cohort: usize, period: usize) -> Counts {
        if cohort + period < self.months { self.counts[cohort * self.months + period] } else { Counts::default() }
    }
}
