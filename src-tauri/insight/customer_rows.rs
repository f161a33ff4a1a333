//! Customers one by one, as lists show them.

use super::cpm::{self, CpmKey, Stay};
use super::dependence::Dependences;
use super::group_story::{self, Past};
use super::history::{Once, View};
use super::lapse::{LapseDays, LapseState};
use super::rfm::{self, GroupKey, RfmScore, Scored};
use super::stats::{self, Band};
use super::{gap, value};
use crate::shop::{CustomerId, Day, Mall, Yen};
use serde::Serialize;
use std::sync::Arc;

/// One customer, measured at `as_of`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CustomerRow {
    /// Who.
    pub customer_id: CustomerId,
    /// Name as last written, or 「お客様 0412」 when the ledger holds none; filled in by `app`.
    pub display_name: String,
    /// Where they bought, in mall order.
    pub malls: &'static [Mall],
    /// Purchase days.
    pub order_count: u32,
    /// First purchase day.
    pub first_purchase_on: Day,
    /// Last purchase day.
    pub last_purchase_on: Day,
    /// Days from the last purchase to `as_of`.
    pub recency_days: u32,
    /// Σ net sales.
    pub net_sales: Yen,
    /// Σ contribution margin; nothing while a cost is unknown.
    pub contribution_margin: Option<Yen>,
    /// The same as a range; nothing when costs have not been put together.
    pub contribution_margin_band: Option<Band>,
    /// Group at `as_of`.
    pub group: GroupKey,
    /// Scores behind the group.
    pub score: RfmScore,
    /// Median days between their purchases; nothing for one purchase.
    pub median_gap_days: Option<f64>,
    /// When the next purchase is expected: 25–75 % of the shop's gap curve of their order step, from the last
    /// purchase; nothing while too few have come back.
    pub next_purchase_from: Option<Day>,
    /// End of that window.
    pub next_purchase_to: Option<Day>,
    /// How much more often than one-time buyers they buy on event days, −1 to 1; nothing under two purchases (判定保留).
    /// Hangs on the event calendar and is filled in by `app`.
    pub dependence: Option<f64>,
    /// Group before the present one, at the month ends; nothing for who has only ever been in one.
    pub previous_group: Option<GroupKey>,
    /// First month end (or `as_of`) in a row on which the customer was in the present group; nothing without a change.
    pub group_changed_on: Option<Day>,
    /// CPM type; nothing while nobody can be said to have lapsed.
    pub cpm: Option<CpmKey>,
    /// Due, late or lapsed at `as_of`; nothing while too few have come back.
    pub lapse_state: Option<LapseState>,
    /// First day of そろそろ, unless they come before.
    pub soon_on: Option<Day>,
    /// First day of 注意.
    pub attention_on: Option<Day>,
    /// First day of 離脱.
    pub lapse_on: Option<Day>,
}

/// Every customer in scope, one row per place in the view; names and dependence are left empty.
pub fn rows(view: &View<'_>) -> Vec<CustomerRow> {
    Rows::of(view, None).rows(view, 0..view.customers.len())
}

/// What the rows of a view's customers are made from. A row itself is made when it is looked at.
///
/// `order_count` and the gaps are those of fresh purchases, `last_purchase_on` and the money of all.
pub struct Rows {
    scored: Arc<Scored>,
    /// By fresh purchases.
    windows: Vec<Option<(i32, i32)>>,
    lapse: LapseDays,
    /// Sales from which a CPM type is above the line.
    line: Yen,
    dependence: Option<Arc<Dependences>>,
    past: Once<Arc<Past>>,
}

impl Rows {
    /// Of a view; without dependence where that is not known.
    pub fn of(view: &View<'_>, dependence: Option<Arc<Dependences>>) -> Rows {
        let curves = gap::curves(view);
        Rows {
            scored: rfm::scored(view),
            windows: gap::windows(&curves),
            lapse: LapseDays::of(&curves),
            line: cpm::line_of(view),
            dependence,
            past: Once::default(),
        }
    }

    /// Dependence on events of the customer at `place`.
    pub fn dependence(&self, place: usize) -> Option<f64> {
        self.dependence.as_ref()?.at(place)
    }

    /// Group of the customer at `place`.
    pub fn group(&self, place: usize) -> GroupKey {
        self.scored.scores[place].group()
    }

    /// Purchase days.
    pub fn order_count(&self, place: usize) -> u32 {
        self.scored.standing.order_count[place]
    }

    /// Last purchase day.
    pub fn last_purchase_on(&self, place: usize) -> Day {
        self.scored.standing.last_on[place]
    }

    /// First day of 離脱.
    pub fn lapse_on(&self, place: usize) -> Option<Day> {
        let dates = self.lapse.dates(self.order_count(place) as usize, self.last_purchase_on(place));
        dates.map(|dates| dates.lapse_on)
    }

    /// The row of the customer at `place` of the same view; the name is left empty.
    pub fn row(&self, view: &View<'_>, place: usize) -> CustomerRow {
        self.row_by(view, &value::per_purchase(view, value::basis(view)), place, &mut Vec::new())
    }

    /// The rows of the customers at these places of the same view, in their order; names are left empty.
    pub fn rows(&self, view: &View<'_>, places: impl IntoIterator<Item = usize>) -> Vec<CustomerRow> {
        let (values, mut gaps) = (value::per_purchase(view, value::basis(view)), Vec::new());
        places.into_iter().map(|place| self.row_by(view, &values, place, &mut gaps)).collect()
    }

    /// By the value of every purchase; `gaps` is a list to work in.
    fn row_by(&self, view: &View<'_>, values: &[Yen], place: usize, gaps: &mut Vec<i32>) -> CustomerRow {
        let columns = &view.purchases;
        let orders = &view.history.orders;
        let purchases = view.purchases_of(place);
        let (first_purchase_on, last_purchase_on) = (columns.day[purchases.start], columns.day[purchases.end - 1]);
        let (mut net_sales, mut value) = (Yen::ZERO, 0);
        let mut margin = Some(Band { low: Yen::ZERO, high: Yen::ZERO });
        let mut bought_at = 0;
        let (mut order_count, mut last_fresh) = (0, first_purchase_on);
        gaps.clear();
        for p in purchases {
            net_sales += columns.net_sales[p];
            value += values[p].0;
            for o in view.orders_of(p) {
                margin = margin
                    .zip(orders.margin.at(o))
                    .map(|(sum, more)| Band { low: sum.low + more.low, high: sum.high + more.high });
                bought_at |= 1 << orders.mall[o] as usize;
            }
            if columns.fresh[p] {
                if order_count > 0 {
                    gaps.push(columns.day[p] - last_fresh);
                }
                order_count += 1;
                last_fresh = columns.day[p];
            }
        }
        let window = self.windows[(order_count as usize).min(self.windows.len() - 1)];
        let past = self.past.or(|| group_story::past(view));
        let change = past.change_of(view, values, place, (order_count, value));
        let dates = self.lapse.dates(order_count as usize, last_purchase_on);
        let stay = Stay { first: first_purchase_on, last: last_purchase_on, spend: net_sales, fresh: order_count };
        let score = self.scored.scores[place];
        CustomerRow {
            customer_id: view.id(place),
            display_name: String::new(),
            malls: MALLS[bought_at],
            order_count,
            first_purchase_on,
            last_purchase_on,
            recency_days: (view.as_of - last_purchase_on) as u32,
            net_sales,
            contribution_margin: margin.filter(|band| band.low == band.high).map(|band| band.low),
            contribution_margin_band: margin,
            group: score.group(),
            score,
            median_gap_days: stats::median_of(gaps),
            next_purchase_from: window.map(|(from, _)| last_fresh + from),
            next_purchase_to: window.map(|(_, to)| last_fresh + to),
            dependence: self.dependence(place),
            previous_group: change.map(|(before, _)| before),
            group_changed_on: change.map(|(_, since)| since),
            cpm: stay.of_type(view, self.line, dates.as_ref()),
            lapse_state: dates.map(|dates| dates.state(view.as_of)),
            soon_on: dates.map(|dates| dates.soon_on),
            attention_on: dates.map(|dates| dates.attention_on),
            lapse_on: dates.map(|dates| dates.lapse_on),
        }
    }
}

/// By a bit for each mall, the malls in mall order.
const MALLS: [&[Mall]; 8] = [
    &[],
    &[Mall::Rakuten],
    &[Mall::Yahoo],
    &[Mall::Rakuten, Mall::Yahoo],
    &[Mall::Own],
    &[Mall::Rakuten, Mall::Own],
    &[Mall::Yahoo, Mall::Own],
    &[Mall::Rakuten, Mall::Yahoo, Mall::Own],
];
