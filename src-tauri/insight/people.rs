//! Customers one by one, and the people behind a figure.

use super::acquired::PartPeople;
use super::back_people::BackPeople;
use super::group_people::GroupPeople;
use super::growth_people::GrowthPeople;
use super::history::View;
use super::item_people::ItemPeople;
use super::margin::Step;
use super::point_people::PointPeople;
use super::rfm::{self, GroupKey, RfmScore};
use crate::shop::Month;
use std::fmt;
use std::str::FromStr;

pub use super::customer_rows::{CustomerRow, Rows, rows};

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
