//! What became of those won with an incentive, and of those who came on event days only.

use super::dependence::Dependences;
use super::history::View;
use super::incentive::{Occasion, Reasons};
use super::items::ItemName;
use super::point_people::PointPeople;
use super::stats::{Blocks, Interval, quantile};
use super::value;
use crate::shop::Yen;
use serde::{Deserialize, Serialize};

/// Days within which a second purchase counts, and a way out.
pub const RETURN_DAYS: i32 = 180;
/// Days over which value is summed.
const VALUE_DAYS: i32 = 365;
/// People below which only their number is said.
const FEWEST: u32 = 5;
/// Items named.
const ITEMS: usize = 5;

/// What somebody's first purchase was given for. `Incentive` is any of the three after it; they may overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum FirstOrder {
    /// None of event day, coupon, raised points.
    FullValue,
    /// At least one of them.
    Incentive,
    /// On an event day.
    Event,
    /// With a coupon of shop or mall.
    Coupon,
    /// With a raised multiplier.
    Raised,
    /// Only the time could say it, and it is unclear.
    Unclear,
}

impl FirstOrder {
    /// All, in the order of the table.
    pub const ALL: [FirstOrder; 6] = [
        FirstOrder::FullValue,
        FirstOrder::Incentive,
        FirstOrder::Event,
        FirstOrder::Coupon,
        FirstOrder::Raised,
        FirstOrder::Unclear,
    ];

    /// As it stands in an address.
    pub const fn word(self) -> &'static str {
        match self {
            FirstOrder::FullValue => "full_value",
            FirstOrder::Incentive => "incentive",
            FirstOrder::Event => "event",
            FirstOrder::Coupon => "coupon",
            FirstOrder::Raised => "raised",
            FirstOrder::Unclear => "unclear",
        }
    }

    /// Whether a first purchase is of this kind.
    pub fn is(self, first: &Reasons) -> bool {
        match self {
            FirstOrder::FullValue => first.full_value == Some(true),
            FirstOrder::Incentive => first.full_value == Some(false),
            FirstOrder::Event => first.occasion == Occasion::Event,
            FirstOrder::Coupon => first.coupon,
            FirstOrder::Raised => first.raised,
            FirstOrder::Unclear => first.full_value.is_none(),
        }
    }
}

/// Customers by what their first purchase was given for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FirstOrderRow {
    /// What for.
    pub first: FirstOrder,
    /// Customers.
    pub customer_count: u32,
    /// F2(180) with a 90 % Wilson interval; nothing under 5 people observed that long.
    pub f2_180: Option<Interval>,
    /// LTV(365) with a 90 % bootstrap interval; nothing under 5 people observed that long.
    pub ltv_365: Option<Interval>,
    /// The people behind it.
    pub people: String,
}

/// Those who bought on event days only, and what became of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ExitPath {
    /// Customers whose first two clear purchases were both on event days.
    pub customer_count: u32,
    /// Of them, so far without any purchase outside events.
    pub event_only_count: u32,
    /// Of them, who later placed a full-value order.
    pub left_count: u32,
    /// Of them, the share who placed a full-value order within 180 days of the second purchase, among those observed
    /// that long, with a 90 % Wilson interval; nothing under 5 people.
    pub left_180: Option<Interval>,
    /// Share who have done so by now, whenever; nothing under 5 people.
    pub left_share: Option<Interval>,
    /// Median days from the second purchase to that order; nothing under 5 people.
    pub median_days: Option<f64>,
    /// What those orders held, most often first; ties by item.
    pub items: Vec<ExitItem>,
    /// All of them.
    pub people: String,
    /// Those who placed a full-value order.
    pub left_people: String,
    /// Those still on event days only.
    pub event_only_people: String,
}

/// An item of the first full-value orders.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ExitItem {
    /// It.
    pub item: ItemName,
    /// People whose first full-value order held it.
    pub customer_count: u32,
}

/// How one customer stands to the way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The second purchase on an event day.
    pub second: usize,
    /// The first full-value purchase after it.
    pub left: Option<usize>,
    /// Nothing outside events so far.
    pub event_only: bool,
}

/// The way of the customer at `place`; nothing for whom the first two clear purchases were not both on events.
pub fn way(view: &View<'_>, dependences: &Dependences, place: usize) -> Option<Way> {
    let reasons = |p: usize| dependences.reasons[p];
    let fresh = view.purchases_of(place).filter(|&p| view.purchases.fresh[p]);
    let mut clear = fresh.clone().filter(|&p| reasons(p).occasion != Occasion::Unclear);
    let (first, second) = (clear.next()?, clear.next()?);
    if [first, second].iter().any(|&p| reasons(p).occasion != Occasion::Event) {
        return None;
    }
    let left = fresh.clone().find(|&p| p > second && reasons(p).full_value == Some(true));
    Some(Way { second, left, event_only: clear.all(|p| reasons(p).occasion == Occasion::Event) })
}

/// The exit path of the customers at these places.
pub fn exit_path(view: &View<'_>, dependences: &Dependences, people: &[u32]) -> ExitPath {
    let mut found = ExitPath {
        people: PointPeople::EventStart.to_string(),
        left_people: PointPeople::EventLeft.to_string(),
        event_only_people: PointPeople::EventOnly.to_string(),
        ..ExitPath::default()
    };
    let (mut observed, mut back) = (0, 0);
    let mut days: Vec<f64> = Vec::new();
    let mut items = vec![0_u32; view.history.items.len()];
    let held = view.held();
    for place in people.iter().map(|&place| place as usize) {
        let Some(way) = way(view, dependences, place) else { continue };
        let second_on = view.purchases.day[way.second];
        let took = way.left.map(|p| view.purchases.day[p] - second_on);
        found.customer_count += 1;
        found.event_only_count += u32::from(way.event_only);
        found.left_count += u32::from(took.is_some());
        if view.as_of - second_on >= RETURN_DAYS {
            observed += 1;
            back += u32::from(took.is_some_and(|took| took <= RETURN_DAYS));
        }
        days.extend(took.map(f64::from));
        way.left.iter().flat_map(|&p| held.items_of(p)).for_each(|&item| items[item as usize] += 1);
    }
    let of = |hits: u32, n: u32| Interval::of_share(hits, n).filter(|_| n >= FEWEST);
    found.left_180 = of(back, observed);
    found.left_share = of(found.left_count, found.customer_count);
    days.sort_unstable_by(f64::total_cmp);
    found.median_days = quantile(&days, 0.5).filter(|_| found.left_count >= FEWEST);
    let mut most: Vec<u32> = (0..items.len() as u32).filter(|&item| items[item as usize] > 0).collect();
    most.sort_by_key(|&item| (std::cmp::Reverse(items[item as usize]), item));
    most.truncate(ITEMS);
    let item = |item: u32| ExitItem { item: ItemName::of(view.history, item), customer_count: items[item as usize] };
    found.items = most.into_iter().map(item).collect();
    found
}

/// Customers at these places, by what their first purchase was given for; kinds without people are left out.
pub fn first_orders(view: &View<'_>, dependences: &Dependences, people: &[u32]) -> Vec<FirstOrderRow> {
    let kinds = FirstOrder::ALL;
    let (mut found, mut observed, mut back) = ([0_u32; 6], [0_u32; 6], [0_u32; 6]);
    let values = value::per_purchase(view, value::basis(view));
    let mut blocks = Blocks::new(view.customers.len(), kinds.len());
    for place in people.iter().map(|&place| place as usize) {
        let purchases = view.purchases_of(place);
        let (first, day) = (purchases.start, &view.purchases.day);
        let seen = view.as_of - day[first];
        let second = (first + 1..purchases.end).find(|&p| view.purchases.fresh[p]);
        let returned = second.is_some_and(|p| day[p] - day[first] <= RETURN_DAYS);
        let total: Yen = purchases.clone().take_while(|&p| day[p] - day[first] <= VALUE_DAYS).map(|p| values[p]).sum();
        let (is_observed, is_valued) = (u32::from(seen >= RETURN_DAYS), i64::from(seen >= VALUE_DAYS));
        let is_back = is_observed & u32::from(returned);
        let (sums, counts) = blocks.of(place);
        // Every kind is written, not by a branch: which ones it is cannot be foreseen.
        let is_kind = kinds.map(|kind| kind.is(&dependences.reasons[first]));
        for (at, is_kind) in is_kind.into_iter().enumerate() {
            found[at] += u32::from(is_kind);
            observed[at] += u32::from(is_kind) * is_observed;
            back[at] += u32::from(is_kind) * is_back;
            sums[at] += i64::from(is_kind) * is_valued * total.0;
            counts[at] += i64::from(is_kind) * is_valued;
        }
    }
    let means = blocks.means();
    let row = |at: usize| FirstOrderRow {
        first: kinds[at],
        customer_count: found[at],
        f2_180: Interval::of_share(back[at], observed[at]).filter(|f2| f2.n >= FEWEST),
        ltv_365: means[at].filter(|mean| mean.n >= FEWEST),
        people: PointPeople::First(kinds[at]).to_string(),
    };
    (0..kinds.len()).filter(|&at| found[at] > 0).map(row).collect()
}
