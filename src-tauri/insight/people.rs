//! Customers one by one, and the people behind a figure.

use super::rfm::{GroupKey, RfmScore};
use crate::shop::{CustomerId, Day, Mall, Month, Yen};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// The people behind a figure, as it stands in an address: `group:champions`, `cell:5:4`, `cohort:2025-01`,
/// `cohort:2025-01:3`, `month:2025-03`, `month:2025-03:new`, `month:2025-03:existing`, `action:f2_window`.
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
        }
    }
}

impl FromStr for People {
    type Err = ();
    fn from_str(text: &str) -> Result<People, ()> {
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
            ["action", key] if !key.is_empty() => Ok(People::Action(key.to_owned())),
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
}
