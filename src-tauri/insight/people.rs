//! Customers one by one, and the people behind a figure.

use super::acquired::PartPeople;
use super::back_people::BackPeople;
use super::cpm::CpmKey;
use super::group_people::GroupPeople;
use super::group_story::GroupStory;
use super::growth_people::GrowthPeople;
use super::history::View;
use super::item_people::ItemPeople;
use super::lapse::LapseState;
use super::margin::Step;
use super::point_people::PointPeople;
use super::rfm::{self, GroupKey, RfmScore};
use super::stats::Band;
use super::{cpm, gap, group_story, lapse, stats};
use crate::shop::{CustomerId, Day, Mall, Month, Yen};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// The people behind a figure, as it stands in an address: `group:champions`, `cell:5:4`, `cohort:2025-01`,
/// `cohort:2025-01:3`, `cohort:quarter:all:2025-Q1`, `growth:settled`, `month:2025-03`, `month:2025-03:new`, `month:2025-03:existing`, `action:f2_window`, `taken:12`, `profit:points`,
/// `profit:points:rakuten-5-0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum People {
    /// Everybody in a group at `as_of`.
    Group(GroupKey),
    /// Everybody in a cell of the R × FM table.
    Cell {
        /// R score.
        recency: u8,
        /// FM score.
        fm: u8,
    },
    /// Everybody whose first purchase lies in the month.
    Cohort(Month),
    /// Those of a cohort who bought in month `period` after it.
    CohortPeriod(Month, u32),
    /// Customers parted by their first purchase in other ways, and who of them came back.
    Part(PartPeople),
    /// A place on the growth map, or a count of the table of assets.
    Growth(GrowthPeople),
    /// Buyers of a month.
    Month(Month),
    /// Buyers of a month whose first purchase lies in it.
    MonthNew(Month),
    /// Buyers of a month who had bought before.
    MonthExisting(Month),
    /// First purchase at least this many days ago.
    ObservedDays(u32),
    /// The audience of an action card.
    Action(String),
    /// Whom a recorded action went to, by its number.
    Taken(i64),
    /// Buyers of the orders behind a step of the waterfall.
    Profit {
        /// The step.
        step: Step,
        /// The campaign it is restricted to, by its key in the event calendar.
        event: Option<String>,
    },
    /// Buyers of items, as [`ItemPeople`] writes them.
    Items(ItemPeople),
    /// Those who came back, or are waited for, as [`BackPeople`] writes them.
    Back(BackPeople),
    /// As [`PointPeople`] writes them.
    Points(PointPeople),
    /// People by group on a day, CPM type, lapse state or class, as [`GroupPeople`] writes them.
    Groups(GroupPeople),
}

impl fmt::Display for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            People::Group(group) => write!(f, "group:{group}"),
            People::Cell { recency, fm } => write!(f, "cell:{recency}:{fm}"),
            People::Cohort(month) => write!(f, "cohort:{month}"),
            People::CohortPeriod(month, period) => write!(f, "cohort:{month}:{period}"),
            People::Month(month) => write!(f, "month:{month}"),
            People::MonthNew(month) => write!(f, "month:{month}:new"),
            People::MonthExisting(month) => write!(f, "month:{month}:existing"),
            People::ObservedDays(days) => write!(f, "observed:{days}"),
            People::Action(key) => write!(f, "action:{key}"),
            People::Taken(taken_id) => write!(f, "taken:{taken_id}"),
            People::Profit { step, event: None } => write!(f, "profit:{step}"),
            People::Profit { step, event: Some(event) } => write!(f, "profit:{step}:{event}"),
            People::Items(people) => people.fmt(f),
            People::Back(people) => people.fmt(f),
            People::Part(people) => people.fmt(f),
            People::Growth(people) => people.fmt(f),
            People::Points(people) => people.fmt(f),
            People::Groups(people) => people.fmt(f),
        }
    }
}

impl FromStr for People {
    type Err = ();
    fn from_str(text: &str) -> Result<People, ()> {
        // A card's key may hold colons itself: `replenishment:rakuten:beans-200`.
        if let Some(key) = text.strip_prefix("action:") {
            return if key.is_empty() { Err(()) } else { Ok(People::Action(key.to_owned())) };
        }
        // So may an event's: `imported-2026-03-04T20:00:00`.
        if let Some(rest) = text.strip_prefix("profit:") {
            let (step, event) = rest.split_once(':').map_or((rest, None), |(step, event)| (step, Some(event)));
            return match event {
                Some("") => Err(()),
                event => Ok(People::Profit { step: step.parse()?, event: event.map(str::to_owned) }),
            };
        }
        if let Some(people) = ItemPeople::parse(text) {
            return Ok(People::Items(people));
        }
        if let Some(people) = GroupPeople::parse(text) {
            return Ok(People::Groups(people));
        }
        if let Some(people) = BackPeople::parse(text) {
            return Ok(People::Back(people));
        }
        if let Some(people) = PartPeople::parse(text) {
            return Ok(People::Part(people));
        }
        if let Some(people) = GrowthPeople::parse(text) {
            return Ok(People::Growth(people));
        }
        if let Ok(people) = text.parse() {
            return Ok(People::Points(people));
        }
        let parts: Vec<&str> = text.split(':').collect();
        let month = |text: &str| text.parse::<Month>().map_err(|_| ());
        let score = |text: &str| text.parse().ok().filter(|s| (1..=5).contains(s)).ok_or(());
        match parts[..] {
            ["group", group] => group.parse().map(People::Group),
            ["cell", recency, fm] => Ok(People::Cell { recency: score(recency)?, fm: score(fm)? }),
            ["cohort", m] => Ok(People::Cohort(month(m)?)),
            ["cohort", m, period] => Ok(People::CohortPeriod(month(m)?, period.parse().map_err(|_| ())?)),
            ["month", m] => Ok(People::Month(month(m)?)),
            ["month", m, "new"] => Ok(People::MonthNew(month(m)?)),
            ["month", m, "existing"] => Ok(People::MonthExisting(month(m)?)),
            ["taken", taken_id] => taken_id.parse().map(People::Taken).map_err(|_| ()),
            ["observed", days] => days.parse().map(People::ObservedDays).map_err(|_| ()),
            _ => Err(()),
        }
    }
}

/// One customer, measured at `as_of`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CustomerRow {
    /// Who.
    pub customer_id: CustomerId,
    /// Name as last written, or 「お客様 0412」 when the ledger holds none; filled in by `app`.
    pub display_name: String,
    /// Where they bought, in mall order.
    pub malls: Vec<Mall>,
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

/// Every customer in scope, one row per place in the view; names are left empty.
///
/// `order_count` and the gaps are those of fresh purchases, `last_purchase_on` and the money of all.
pub fn rows(view: &View<'_>) -> Vec<CustomerRow> {
    rows_with(view, &group_story::story(view))
}

/// [`rows`] with the groups of the past.
pub fn rows_with(view: &View<'_>, story: &GroupStory) -> Vec<CustomerRow> {
    let (_, scores) = rfm::scores(view);
    let windows = gap::expected_windows(view);
    let dates = lapse::dates(view);
    let types = cpm::types_by(view, &dates);
    let mut gaps = Vec::new();
    (0..view.customers.len())
        .map(|place| {
            let row = row(view, place, scores[place], windows[place], &mut gaps);
            let (change, dates) = (story.changes[place], dates[place]);
            CustomerRow {
                previous_group: change.map(|(before, _)| before),
                group_changed_on: change.map(|(_, since)| since),
                cpm: types[place],
                lapse_state: dates.map(|dates| dates.state(view.as_of)),
                soon_on: dates.map(|dates| dates.soon_on),
                attention_on: dates.map(|dates| dates.attention_on),
                lapse_on: dates.map(|dates| dates.lapse_on),
                ..row
            }
        })
        .collect()
}

/// `gaps` is only a place to work in.
fn row(view: &View<'_>, place: usize, score: RfmScore, window: Option<(Day, Day)>, gaps: &mut Vec<i32>) -> CustomerRow {
    let columns = &view.purchases;
    let orders = &view.history.orders;
    let purchases = view.purchases_of(place);
    let (first_purchase_on, last_purchase_on) = (columns.day[purchases.start], columns.day[purchases.end - 1]);
    let mut net_sales = Yen::ZERO;
    let mut margin = Some(Band { low: Yen::ZERO, high: Yen::ZERO });
    let mut bought_at = [false; MALLS.len()];
    let (mut order_count, mut last_fresh) = (0, first_purchase_on);
    gaps.clear();
    for p in purchases {
        net_sales += columns.net_sales[p];
        for o in view.orders_of(p) {
            margin = margin
                .zip(orders.margin[o])
                .map(|(sum, more)| Band { low: sum.low + more.low, high: sum.high + more.high });
            bought_at[orders.mall[o] as usize] = true;
        }
        if columns.fresh[p] {
            if order_count > 0 {
                gaps.push(columns.day[p] - last_fresh);
            }
            order_count += 1;
            last_fresh = columns.day[p];
        }
    }
    CustomerRow {
        customer_id: view.id(place),
        display_name: String::new(),
        malls: MALLS.into_iter().filter(|&mall| bought_at[mall as usize]).collect(),
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
        next_purchase_from: window.map(|(from, _)| from),
        next_purchase_to: window.map(|(_, to)| to),
        dependence: None,
        previous_group: None,
        group_changed_on: None,
        cpm: None,
        lapse_state: None,
        soon_on: None,
        attention_on: None,
        lapse_on: None,
    }
}

const MALLS: [Mall; 3] = [Mall::Rakuten, Mall::Yahoo, Mall::Own];

/// Who is meant, one answer per place in the view.
///
/// Months of a cohort's later periods are those of fresh purchases, as in the cohort table. The audience of an
/// action, the buyers behind a step of the waterfall, and those parted by what only `app` knows (events, categories)
/// are nobody here: they are not this file's business.
pub fn select(view: &View<'_>, people: &People) -> Vec<bool> {
    let columns = &view.purchases;
    let first = |place: usize| columns.day[view.starts[place] as usize];
    let each = |wanted: &dyn Fn(usize) -> bool| (0..view.customers.len()).map(wanted).collect::<Vec<bool>>();
    let scored = |wanted: &dyn Fn(&RfmScore) -> bool| rfm::scores(view).1.iter().map(wanted).collect::<Vec<bool>>();
    match *people {
        People::Group(group) => scored(&|score| score.group() == group),
        People::Cell { recency, fm } => scored(&|score| score.recency == recency && score.fm == fm),
        People::Cohort(month) | People::MonthNew(month) => {
            let days = month.first()..=month.last();
            each(&|place| days.contains(&first(place)))
        }
        People::CohortPeriod(month, period) => {
            let later = month.plus(i32::try_from(period).unwrap_or(MONTHS_EVER).min(MONTHS_EVER));
            let (days, later) = (month.first()..=month.last(), later.first()..=later.last());
            each(&|place| {
                days.contains(&first(place))
                    && view.purchases_of(place).any(|p| columns.fresh[p] && later.contains(&columns.day[p]))
            })
        }
        People::Month(month) => {
            let days = month.first()..=month.last();
            each(&|place| view.purchases_of(place).any(|p| days.contains(&columns.day[p])))
        }
        People::MonthExisting(month) => {
            let days = month.first()..=month.last();
            each(&|place| view.purchases_of(place).skip(1).any(|p| days.contains(&columns.day[p])))
        }
        People::ObservedDays(days) => each(&|place| i64::from(view.as_of - first(place)) >= i64::from(days)),
        People::Action(_) | People::Taken(_) | People::Profit { .. } | People::Part(_) | People::Points(_) => {
            vec![false; view.customers.len()]
        }
        People::Items(ref people) => people.select(view),
        People::Back(people) => people.select(view),
        People::Growth(people) => people.select(view),
        People::Groups(ref people) => people.select(view),
    }
}

/// More months than any ledger has.
const MONTHS_EVER: i32 = 12 * 1_000;
