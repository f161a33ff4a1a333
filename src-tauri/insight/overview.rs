//! The shop in one screen: sums of a period, the same period a year before, and its months.

use super::history::View;
use super::months::Months;
use super::rfm::ValueBasis;
use super::stats::{Band, Interval};
use super::{lifetime_value, repeat, value};
use crate::shop::{Day, Month, Yen};
use serde::Serialize;
use std::collections::BTreeMap;

/// Sums of a period, the same period a year before, and the months.
///
/// Without a stated period it is the twelve months that end at `as_of`. Split orders count once.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Overview {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// First day of the period.
    pub from: Option<Day>,
    /// Last day of the period.
    pub to: Option<Day>,
    /// Orders that count as sales.
    pub order_count: u32,
    /// Buyers of the period.
    pub customer_count: u32,
    /// Share of them who may be the same person as another customer, 0–1; `app` fills it in, who knows the pairs.
    pub uncertain_share: Option<f64>,
    /// Goods − shop coupons − discounts − refunds.
    pub net_sales: Yen,
    /// What is left after all costs; a band while some are unknown, nothing while no cost of goods is known.
    pub contribution_margin: Option<Band>,
    /// Share of goods with a known cost, 0–1.
    pub known_cost_share: f64,
    /// Net sales ÷ orders, rounded.
    pub average_order_value: Option<Yen>,
    /// Buyers of the period with an earlier purchase ÷ buyers of the period.
    pub repeat_share: Option<f64>,
    /// The same with its interval.
    pub repeat_share_interval: Option<Interval>,
    /// Keys "90", "180", "365": share of first-timers, first purchase at least that many days before
    /// `as_of`, who bought a second time within that window. Nothing where nobody has matured.
    pub f2: BTreeMap<String, Option<Interval>>,
    /// F2(90) of those who matured by the same day a year before.
    pub f2_90_year_before: Option<Interval>,
    /// What value is in `ltv_12m`.
    pub value_basis: ValueBasis,
    /// Value per customer within 365 days of the first purchase (LTV(365)), with its interval.
    pub ltv_12m: Option<Interval>,
    /// The same of those who had been customers for 365 days by the same day a year before; nothing where nobody had.
    pub ltv_12m_year_before: Option<Interval>,
    /// First-time buyers against those who had bought before.
    pub new_vs_existing: NewVsExisting,
    /// The same sums, twelve months earlier; nothing unless the ledger reaches back over that whole period.
    pub previous_year: Option<Totals>,
    /// Oldest first; the months the period touches, and for the lines on the cards never fewer than the last 13
    /// that the ledger has.
    pub months: Vec<MonthRow>,
}

/// Sums of one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Totals {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Orders that count as sales.
    pub order_count: u32,
    /// Buyers.
    pub customer_count: u32,
    /// Net sales.
    pub net_sales: Yen,
    /// Net sales ÷ orders.
    pub average_order_value: Option<Yen>,
    /// Buyers with an earlier purchase ÷ buyers.
    pub repeat_share: Option<f64>,
    /// What was left after all costs; a range while some are unknown, nothing while no cost of goods is known.
    pub contribution_margin: Option<Band>,
    /// Share of its goods with a known cost, 0–1.
    pub known_cost_share: f64,
}

/// First purchases of the period against later ones.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NewVsExisting {
    /// Orders on the customer's first purchase day.
    pub new: Side,
    /// Orders on any later purchase day.
    pub existing: Side,
}

/// One side of new against existing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Side {
    /// Buyers.
    pub customer_count: u32,
    /// Orders.
    pub order_count: u32,
    /// Net sales.
    pub net_sales: Yen,
    /// Net sales ÷ orders.
    pub average_order_value: Option<Yen>,
}

/// One calendar month.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MonthRow {
    /// Which.
    pub month: Month,
    /// Not over at `as_of`.
    pub open: bool,
    /// Orders that count as sales.
    pub order_count: u32,
    /// Buyers.
    pub customer_count: u32,
    /// Buyers whose first purchase lies in the month.
    pub new_customer_count: u32,
    /// Net sales.
    pub net_sales: Yen,
    /// Net sales on first purchase days.
    pub new_net_sales: Yen,
    /// The rest of net sales.
    pub existing_net_sales: Yen,
    /// Buyers with an earlier purchase ÷ buyers.
    pub repeat_share: Option<f64>,
    /// Net sales of the same month a year before; nothing where the ledger does not cover that whole month.
    pub net_sales_year_before: Option<Yen>,
}

/// The overview of the view's period. An empty ledger gives nothing and empty lists.
///
/// A buyer is a customer with any purchase in the period. A buyer *comes back* (repeat share) with a fresh purchase
/// in the period that has an earlier purchase, inside the period or before it; a subscription delivery alone is
/// money, not coming back. Month rows are whole calendar months, cut only by `as_of`: they add up to the totals
/// when the period begins and ends with a month. Months before the ledger's first order are left out.
pub fn overview(view: Option<&View<'_>>) -> Overview {
    let Some(view) = view else {
        return nothing();
    };
    let period = sums(view, view.from, view.to);
    let (contribution_margin, known_cost_share) = costs(view, view.from, view.to);
    let basis = value::basis(view);
    let before = year_before(view.from, view.to);
    let a_year_ago = view.as_of.plus_months(-12);
    let now = F2_WINDOWS.map(|days| (view.as_of, days));
    let [f2 @ .., f2_90_year_before] = repeat::f2_each(view, [now[0], now[1], now[2], (a_year_ago, F2_WINDOWS[0])]);
    let previous_year = (view.reaches_back_to <= before.0).then(|| totals(view, before.0, before.1));
    Overview {
        as_of: Some(view.as_of),
        from: Some(view.from),
        to: Some(view.to),
        order_count: period.order_count(),
        customer_count: period.customer_count,
        uncertain_share: None,
        net_sales: period.net_sales(),
        contribution_margin,
        known_cost_share,
        average_order_value: period.net_sales().divided_rounded(u64::from(period.order_count())),
        repeat_share: period.repeat_share(),
        repeat_share_interval: Interval::of_share(period.repeat_count, period.customer_count),
        f2: F2_WINDOWS.into_iter().zip(f2).map(|(days, share)| (days.to_string(), share)).collect(),
        f2_90_year_before,
        value_basis: basis,
        ltv_12m: lifetime_value::after_days(view, 365),
        ltv_12m_year_before: lifetime_value::after_days_by(view, 365, basis, |first| a_year_ago - first >= 365),
        new_vs_existing: NewVsExisting { new: period.new.side(), existing: period.existing.side() },
        previous_year,
        months: months(view),
    }
}

const F2_WINDOWS: [u32; 3] = [90, 180, 365];
/// Month rows at least, where the ledger has them.
const LINE_MONTHS: i32 = 13;

/// The same period twelve months earlier; a period that ends with its month does so a year before as well.
pub fn year_before(from: Day, to: Day) -> (Day, Day) {
    let end = to.month();
    let earlier = if to == end.last() { end.plus(-12).last() } else { to.plus_months(-12) };
    (from.plus_months(-12), earlier)
}

/// Sums of purchases on first purchase days, or on later ones.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SideSums {
    pub customer_count: u32,
    pub order_count: u32,
    pub net_sales: Yen,
}

impl SideSums {
    fn side(self) -> Side {
        let SideSums { customer_count, order_count, net_sales } = self;
        let average_order_value = net_sales.divided_rounded(u64::from(order_count));
        Side { customer_count, order_count, net_sales, average_order_value }
    }
}

/// Sums of a period or month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub customer_count: u32,
    /// Buyers who came back.
    pub repeat_count: u32,
    pub new: SideSums,
    pub existing: SideSums,
}

impl Sums {
    pub fn order_count(&self) -> u32 {
        self.new.order_count + self.existing.order_count
    }

    pub fn net_sales(&self) -> Yen {
        self.new.net_sales + self.existing.net_sales
    }

    fn repeat_share(&self) -> Option<f64> {
        (self.customer_count > 0).then(|| f64::from(self.repeat_count) / f64::from(self.customer_count))
    }
}

/// Adds a customer's purchases up, one after the other; a customer counts once in each sum.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    any: bool,
    later: bool,
    fresh_later: bool,
}

impl Seen {
    fn add(&mut self, sums: &mut Sums, is_first: bool, fresh: bool, order_count: u32, net_sales: Yen) {
        sums.customer_count += u32::from(!self.any);
        self.any = true;
        let side = if is_first { &mut sums.new } else { &mut sums.existing };
        side.order_count += order_count;
        side.net_sales += net_sales;
        if is_first {
            side.customer_count += 1;
        } else {
            side.customer_count += u32::from(!self.later);
            self.later = true;
            sums.repeat_count += u32::from(fresh && !self.fresh_later);
            self.fresh_later |= fresh;
        }
    }
}

/// Sums of a period.
pub(super) fn sums(view: &View<'_>, from: Day, to: Day) -> Sums {
    let columns = &view.purchases;
    let mut sums = Sums::default();
    for place in 0..view.customers.len() {
        let purchases = view.purchases_of(place);
        let first = purchases.start;
        let mut seen = Seen::default();
        for p in purchases {
            if columns.day[p] > to {
                break;
            }
            if columns.day[p] >= from {
                seen.add(&mut sums, p == first, columns.fresh[p], columns.order_count[p], columns.net_sales[p]);
            }
        }
    }
    sums
}

fn totals(view: &View<'_>, from: Day, to: Day) -> Totals {
    let sums = sums(view, from, to);
    let (contribution_margin, known_cost_share) = costs(view, from, to);
    Totals {
        from,
        to,
        order_count: sums.order_count(),
        customer_count: sums.customer_count,
        net_sales: sums.net_sales(),
        average_order_value: sums.net_sales().divided_rounded(u64::from(sums.order_count())),
        repeat_share: sums.repeat_share(),
        contribution_margin,
        known_cost_share,
    }
}

/// Margin of a period as a range, and the share of its goods with a known cost.
///
/// No margin while the cost of none of its goods is known: a range from everything to nothing says nothing.
fn costs(view: &View<'_>, from: Day, to: Day) -> (Option<Band>, f64) {
    if !value::any_known(view) {
        return (None, 0.0);
    }
    let columns = &view.history.orders;
    let (start, end) = (from.start(), (to + 1).start());
    let of_period =
        || (0..view.included.len()).filter(|&o| view.included[o] && (start..end).contains(&columns.ordered_at[o]));
    let known = value::known_cost_share(view, of_period());
    let band = of_period().try_fold(Band { low: Yen::ZERO, high: Yen::ZERO }, |sum, o| {
        columns.margin.at(o).map(|margin| Band { low: sum.low + margin.low, high: sum.high + margin.high })
    });
    (band.filter(|_| known > 0.0), known)
}

/// Sums of each month with a purchase.
pub(super) fn sums_by_month(view: &View<'_>) -> (Months, Vec<Sums>) {
    let months = Months::of(view);
    let columns = &view.purchases;
    let mut sums = vec![Sums::default(); months.count];
    for place in 0..view.customers.len() {
        let purchases = view.purchases_of(place);
        let first = purchases.start;
        let (mut seen, mut current) = (Seen::default(), usize::MAX);
        for p in purchases {
            let number = months.number(columns.day[p]);
            if number != current {
                (seen, current) = (Seen::default(), number);
            }
            let (fresh, order_count) = (columns.fresh[p], columns.order_count[p]);
            seen.add(&mut sums[number], p == first, fresh, order_count, columns.net_sales[p]);
        }
    }
    (months, sums)
}

/// The months the period touches, and never fewer than the last 13 that the ledger has.
pub(super) fn months_shown(view: &View<'_>) -> impl Iterator<Item = Month> {
    let last = view.to.month();
    let start = view.from.month().min(last.plus(1 - LINE_MONTHS)).max(view.reaches_back_to.month());
    (start.0..=last.0).map(Month)
}

fn months(view: &View<'_>) -> Vec<MonthRow> {
    let (months, sums) = sums_by_month(view);
    let of = |month: Month| months.number_of(month).map(|number| sums[number]).unwrap_or_default();
    let row = |month: Month| {
        let sums = of(month);
        let year_before = month.plus(-12);
        MonthRow {
            month,
            open: month.last() > view.as_of,
            order_count: sums.order_count(),
            customer_count: sums.customer_count,
            new_customer_count: sums.new.customer_count,
            net_sales: sums.net_sales(),
            new_net_sales: sums.new.net_sales,
            existing_net_sales: sums.existing.net_sales,
            repeat_share: sums.repeat_share(),
            net_sales_year_before: (view.reaches_back_to <= year_before.first()).then(|| of(year_before).net_sales()),
        }
    };
    months_shown(view).map(row).collect()
}

fn nothing() -> Overview {
    let nobody = SideSums::default();
    Overview {
        as_of: None,
        from: None,
        to: None,
        order_count: 0,
        customer_count: 0,
        uncertain_share: None,
        net_sales: Yen::ZERO,
        contribution_margin: None,
        known_cost_share: 0.0,
        average_order_value: None,
        repeat_share: None,
        repeat_share_interval: None,
        f2: F2_WINDOWS.into_iter().map(|days| (days.to_string(), None)).collect(),
        f2_90_year_before: None,
        value_basis: ValueBasis::NetSales,
        ltv_12m: None,
        ltv_12m_year_before: None,
        new_vs_existing: NewVsExisting { new: nobody.side(), existing: nobody.side() },
        previous_year: None,
        months: Vec::new(),
    }
}
