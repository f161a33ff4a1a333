//! Customers one by one, and the people behind a figure.

use super::acquired::PartPeople;
use super::back_people::BackPeople;
use super::growth_people::GrowthPeople;
use super::history::View;
use super::item_people::ItemPeople;
use super::margin::Step;
use super::months::Months;
use super::point_people::PointPeople;
use super::rfm::{self, GroupKey, RfmScore};
use super::stats::Band;
use super::{gap, standing, stats, value};
use crate::shop::{CustomerId, Day, Mall, Month, Yen};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// The people behind a figure, as it stands in an address: `group:champions`, `cell:5:4`, `cohort:2025-01`,
/// `cohort:2025-01:3`, `cohort:quarter:all:2025-Q1`, `growth:settled`, `month:2025-03`, `month:2025-03:new`, `month:2025-03:existing`, `action:f2_window`, `profit:points`,
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
            People::Profit { step, event: None } => write!(f, "profit:{step}"),
            People::Profit { step, event: Some(event) } => write!(f, "profit:{step}:{event}"),
            People::Items(people) => people.fmt(f),
            People::Back(people) => people.fmt(f),
            People::Part(people) => people.fmt(f),
            People::Growth(people) => people.fmt(f),
            People::Points(people) => people.fmt(f),
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
}

/// Every customer in scope, one row per place in the view; names are left empty.
///
/// `order_count` and the gaps are those of fresh purchases, `last_purchase_on` and the money of all.
pub fn rows(view: &View<'_>) -> Vec<CustomerRow> {
    let (_, scores) = rfm::scores(view);
    let windows = gap::expected_windows(view);
    let mut gaps = Vec::new();
    scores
        .into_iter()
        .zip(windows)
        .enumerate()
        .map(|(place, (score, window))| row(view, place, score, window, &mut gaps))
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
        People::Action(_) | People::Profit { .. } | People::Part(_) | People::Points(_) => {
            vec![false; view.customers.len()]
        }
        People::Items(ref people) => people.select(view),
        People::Back(people) => people.select(view),
        People::Growth(people) => people.select(view),
    }
}

/// More months than any ledger has.
const MONTHS_EVER: i32 = 12 * 1_000;

/// The group of one customer at each month end since the first purchase, oldest first, and at `as_of`.
///
/// Each day is scored with that day's own thresholds, as [`rfm::groups`] does for its previous month end.
/// Thresholds need everybody, scores only one: the purchases are dealt into months once, everybody's value so far is
/// carried on from month to month, and the score of value comes from the number of customers with as much or less.
pub fn group_history(view: &View<'_>, place: usize) -> Vec<(Day, GroupKey)> {
    let values = value::per_purchase(view, value::basis(view));
    let columns = &view.purchases;
    let months = Months::of(view);
    let dealt = Dealt::of(view, &months);
    let own_first = columns.day[view.starts[place] as usize];
    let (mut shop, mut own) = (ShopSoFar::new(view), view.purchases_of(place).start..view.purchases_of(place).start);
    let mut history = Vec::new();
    let last = view.as_of.month();
    for number in 0..=(last.0 - months.first.0) as usize {
        for &(place, p) in dealt.month(number) {
            shop.add(view, &values, place as usize, p as usize);
        }
        let on = months.first.plus(number as i32).last().min(view.as_of);
        if on < own_first {
            continue;
        }
        while own.end < view.purchases_of(place).end && columns.day[own.end] <= on {
            own.end += 1;
        }
        let order_count = own.clone().filter(|&p| columns.fresh[p]).count() as u32;
        let recency_days = on - columns.day[own.end - 1];
        history.push((on, shop.score(place, recency_days, order_count).group()));
    }
    history
}

/// Purchases with their place, by month.
struct Dealt {
    starts: Vec<usize>,
    purchases: Vec<(u32, u32)>,
}

impl Dealt {
    fn of(view: &View<'_>, months: &Months) -> Dealt {
        let day = &view.purchases.day;
        let mut starts = vec![0; months.count + 1];
        day.iter().for_each(|&day| starts[months.number(day) + 1] += 1);
        (0..months.count).for_each(|number| starts[number + 1] += starts[number]);
        let mut next = starts.clone();
        let mut purchases = vec![(0, 0); day.len()];
        for place in 0..view.customers.len() {
            for p in view.purchases_of(place) {
                let at = &mut next[months.number(day[p])];
                purchases[*at] = (place as u32, p as u32);
                *at += 1;
            }
        }
        Dealt { starts, purchases }
    }

    fn month(&self, number: usize) -> &[(u32, u32)] {
        if number + 1 < self.starts.len() { &self.purchases[self.starts[number]..self.starts[number + 1]] } else { &[] }
    }
}

/// What the scores of a day need of everybody.
struct ShopSoFar {
    /// By place; not yet a customer is the largest number, which no value reaches.
    value: Vec<i64>,
    last_fresh: Vec<Day>,
    returned: Vec<bool>,
    customer_count: usize,
    returned_count: u32,
    gaps: Vec<u32>,
}

impl ShopSoFar {
    fn new(view: &View<'_>) -> ShopSoFar {
        let places = view.customers.len();
        ShopSoFar {
            value: vec![i64::MAX; places],
            last_fresh: vec![Day(0); places],
            returned: vec![false; places],
            customer_count: 0,
            returned_count: 0,
            gaps: Vec::new(),
        }
    }

    fn add(&mut self, view: &View<'_>, values: &[Yen], place: usize, p: usize) {
        let day = view.purchases.day[p];
        if self.value[place] == i64::MAX {
            self.customer_count += 1;
            self.value[place] = values[p].0;
            self.last_fresh[place] = day;
            return;
        }
        self.value[place] += values[p].0;
        if view.purchases.fresh[p] {
            standing::count_gap(&mut self.gaps, day - self.last_fresh[place]);
            self.last_fresh[place] = day;
            self.returned_count += u32::from(!self.returned[place]);
            self.returned[place] = true;
        }
    }

    /// The score of a customer who has bought: value starts score 1 + k where more than ⌊n × k ÷ 5⌋ have as much
    /// or less, which is the threshold of [`standing`] without sorting.
    fn score(&self, place: usize, recency_days: i32, order_count: u32) -> RfmScore {
        let own = self.value[place];
        let as_much_or_less = self.value.iter().filter(|&&value| value <= own).count();
        let monetary = 1 + (1..=4).filter(|k| as_much_or_less > self.customer_count * k / 5).count() as u8;
        let thresholds = standing::thresholds(&self.gaps, self.returned_count, [Yen::ZERO; 4]);
        let RfmScore { recency, frequency, .. } = thresholds.score(recency_days, order_count, Yen::ZERO);
        RfmScore::of(recency, frequency, monetary)
    }
}
