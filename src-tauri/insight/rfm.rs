//! Ten groups of customers by recency, frequency and value.
//!
//! R relative to the shop's own median repurchase gap (until 100 customers have come back: 30/90/180/365
//! days), F in absolute bands 1 / 2 / 3 / 4–5 / 6+ purchase days, M by percentile of value within the shop.
//! FM = (F + M) / 2 rounded half up (after Shopify). A group is a region of the fixed 5 × 5 table R × FM.
//!
//! Subscription deliveries: their money is value and their day keeps a customer recent (who is still delivered to
//! has not gone away), but they are no purchase days of F and make no gap.

use super::history::View;
use super::standing::{self, Standing};
use super::{stats, value};
use crate::shop::{Day, Yen};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The ten groups, best first; each customer is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum GroupKey {
    /// 最優良: R5, FM4–5.
    Champions,
    /// 優良: R3–4, FM4–5.
    Loyal,
    /// 有望: R4–5, FM2–3.
    Promising,
    /// 新規: R5, FM1.
    New,
    /// 育成中: R4, FM1.
    Nurturing,
    /// 要注意: R3, FM3.
    NeedsAttention,
    /// 離反予備: R3, FM1–2.
    AboutToLapse,
    /// 離反しそうな優良: R1–2, FM5.
    CoolingBest,
    /// 離反リスク: R1–2, FM3–4.
    AtRisk,
    /// 休眠: R1–2, FM1–2.
    Dormant,
}

impl GroupKey {
    /// All ten, best first.
    pub const ALL: [GroupKey; 10] = [
        GroupKey::Champions,
        GroupKey::Loyal,
        GroupKey::Promising,
        GroupKey::New,
        GroupKey::Nurturing,
        GroupKey::NeedsAttention,
        GroupKey::AboutToLapse,
        GroupKey::CoolingBest,
        GroupKey::AtRisk,
        GroupKey::Dormant,
    ];

    /// The word on the wire, in addresses and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            GroupKey::Champions => "champions",
            GroupKey::Loyal => "loyal",
            GroupKey::Promising => "promising",
            GroupKey::New => "new",
            GroupKey::Nurturing => "nurturing",
            GroupKey::NeedsAttention => "needs_attention",
            GroupKey::AboutToLapse => "about_to_lapse",
            GroupKey::CoolingBest => "cooling_best",
            GroupKey::AtRisk => "at_risk",
            GroupKey::Dormant => "dormant",
        }
    }

    /// The group of one cell of the table; `recency` and `fm` are 1–5.
    pub fn of_cell(recency: u8, fm: u8) -> GroupKey {
        match (recency, fm) {
            (5, 4 | 5) => GroupKey::Champions,
            (3 | 4, 4 | 5) => GroupKey::Loyal,
            (4 | 5, 2 | 3) => GroupKey::Promising,
            (5, _) => GroupKey::New,
            (4, _) => GroupKey::Nurturing,
            (3, 3) => GroupKey::NeedsAttention,
            (3, _) => GroupKey::AboutToLapse,
            (_, 5) => GroupKey::CoolingBest,
            (_, 3 | 4) => GroupKey::AtRisk,
            _ => GroupKey::Dormant,
        }
    }
}

impl fmt::Display for GroupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for GroupKey {
    type Err = ();
    fn from_str(text: &str) -> Result<GroupKey, ()> {
        GroupKey::ALL.into_iter().find(|g| g.word() == text).ok_or(())
    }
}

/// Recency, frequency, value and their mix, each 1–5, 5 best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RfmScore {
    /// How long ago the last purchase was.
    pub recency: u8,
    /// How many purchase days.
    pub frequency: u8,
    /// How much value.
    pub monetary: u8,
    /// (frequency + monetary) / 2, rounded half up.
    pub fm: u8,
}

/// Where the scores change, in force for this answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Thresholds {
    /// Largest recency_days of scores 5, 4, 3, 2.
    pub recency_days: [f64; 4],
    /// Whether recency follows the shop's own gap (at least 100 customers have come back) or the preset days.
    pub recency_from_own_gap: bool,
    /// The shop's median days between purchases, if anybody came back.
    pub median_gap_days: Option<f64>,
    /// Customers with at least two purchase days.
    pub returned_count: u32,
    /// Smallest purchase-day counts of scores 2, 3, 4, 5.
    pub order_count: [u32; 4],
    /// Smallest value of scores 2, 3, 4, 5.
    pub monetary: [Yen; 4],
}

/// The ten groups, the table they come from, and who moved since the last month end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Groups {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// The month end that `previous_count` and `moves` compare with.
    pub previous_on: Option<Day>,
    /// Customers in all; the groups add up to it.
    pub customer_count: u32,
    /// Share of them who may be the same person as another customer, 0–1; `app` fills it in, who knows the pairs.
    pub uncertain_share: Option<f64>,
    /// Value of all customers; the groups add up to it.
    pub value: Yen,
    /// Whether value is `net_sales` or `contribution_margin`.
    pub value_basis: ValueBasis,
    /// In force.
    pub thresholds: Thresholds,
    /// Always ten rows, best first.
    pub groups: Vec<GroupRow>,
    /// Always 25 cells: recency 5 first, within it fm 1 to 5.
    pub cells: Vec<CellRow>,
    /// From → to between `previous_on` and `as_of`, people who stayed included, empty pairs left out; in group order.
    pub moves: Vec<MoveRow>,
}

/// What "value" is in an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum ValueBasis {
    /// Less than 80 % of goods have a known cost.
    #[default]
    NetSales,
    /// At least 80 % of goods have a known cost.
    ContributionMargin,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GroupRow {
    /// Which.
    pub key: GroupKey,
    /// Its name in the owner's language; filled in by `app`.
    pub label: String,
    /// People.
    pub customer_count: u32,
    /// Their value so far.
    pub value: Yen,
    /// Share of all value, 0–1; nothing when there is no value.
    pub value_share: Option<f64>,
    /// Median days since the last purchase.
    pub median_recency_days: Option<f64>,
    /// People at `previous_on`; nothing when the ledger does not reach back.
    pub previous_count: Option<u32>,
    /// Fewer than 5 people: screens show the count only.
    pub few: bool,
}

/// One cell of the R × FM table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CellRow {
    /// R score 1–5.
    pub recency: u8,
    /// FM score 1–5.
    pub fm: u8,
    /// The group it belongs to.
    pub group: GroupKey,
    /// People.
    pub customer_count: u32,
    /// Their value so far.
    pub value: Yen,
}

/// People who were in one group and are in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MoveRow {
    /// Then.
    pub from: GroupKey,
    /// Now.
    pub to: GroupKey,
    /// People.
    pub customer_count: u32,
}

/// Thresholds in force and the scores, one per place in `view.customers`.
pub fn scores(view: &View<'_>) -> (Thresholds, Vec<RfmScore>) {
    let values = value::per_purchase(view, value::basis(view));
    let now = Standing::at(view, &values, view.as_of);
    let thresholds = now.thresholds();
    let scores = all_scores(&now, &thresholds);
    (thresholds, scores)
}

/// The groups at `as_of`, the table behind them, and the moves since the last month end before `as_of`.
///
/// The month end is scored with its own thresholds, from what was known then; only the choice of what value is
/// stays that of `as_of`. An empty ledger gives empty lists.
pub fn groups(view: Option<&View<'_>>) -> Groups {
    let Some(view) = view else {
        return nothing();
    };
    let value_basis = value::basis(view);
    let values = value::per_purchase(view, value_basis);
    let now = Standing::at(view, &values, view.as_of);
    let thresholds = now.thresholds();
    let scores = all_scores(&now, &thresholds);
    let previous_on = view.as_of.month().first() - 1;
    let before = Some(Standing::at(view, &values, previous_on)).filter(|before| before.customer_count > 0);
    let before = before.map(|before| (before.thresholds(), before));

    let mut cells = [(0, Yen::ZERO); 25];
    let mut recencies: [Vec<i32>; 10] = Default::default();
    let mut moved = [[0; 10]; 10];
    for (place, score) in scores.iter().enumerate() {
        let group = score.group() as usize;
        let cell = &mut cells[cell_place(score)];
        cell.0 += 1;
        cell.1 += now.value[place];
        recencies[group].push(now.recency_days(place));
        let then = before.as_ref().and_then(|(thresholds, before)| before.score(place, thresholds));
        if let Some(then) = then {
            moved[then.group() as usize][group] += 1;
        }
    }
    let cells: Vec<CellRow> = cells
        .iter()
        .enumerate()
        .map(|(i, &(customer_count, value))| {
            let (recency, fm) = (5 - (i / 5) as u8, 1 + (i % 5) as u8);
            CellRow { recency, fm, group: GroupKey::of_cell(recency, fm), customer_count, value }
        })
        .collect();
    let total: Yen = now.value.iter().copied().sum();
    let groups = GroupKey::ALL
        .into_iter()
        .map(|key| {
            let of_group = || cells.iter().filter(|cell| cell.group == key);
            let customer_count = of_group().map(|cell| cell.customer_count).sum();
            let value: Yen = of_group().map(|cell| cell.value).sum();
            GroupRow {
                key,
                label: String::new(),
                customer_count,
                value,
                value_share: (total > Yen::ZERO).then(|| value.as_f64() / total.as_f64()),
                median_recency_days: stats::median_of(&mut recencies[key as usize]),
                previous_count: before.is_some().then(|| moved[key as usize].iter().sum()),
                few: customer_count < FEW,
            }
        })
        .collect();
    let pairs = GroupKey::ALL.into_iter().flat_map(|from| GroupKey::ALL.map(|to| (from, to)));
    let moves = pairs
        .map(|(from, to)| MoveRow { from, to, customer_count: moved[from as usize][to as usize] })
        .filter(|row| row.customer_count > 0)
        .collect();
    Groups {
        as_of: Some(view.as_of),
        previous_on: before.is_some().then_some(previous_on),
        customer_count: scores.len() as u32,
        uncertain_share: None,
        value: total,
        value_basis,
        thresholds,
        groups,
        cells,
        moves,
    }
}

/// Fewer people than this are shown as a count only.
const FEW: u32 = 5;

impl Thresholds {
    /// The score of a customer with these measures.
    pub fn score(&self, recency_days: i32, order_count: u32, value: Yen) -> RfmScore {
        let one_and = |passed: usize| 1 + passed as u8;
        let recency = one_and(self.recency_days.iter().filter(|&&most| f64::from(recency_days) <= most).count());
        let frequency = one_and(self.order_count.iter().filter(|&&least| order_count >= least).count());
        let monetary = one_and(self.monetary.iter().filter(|&&least| value >= least).count());
        RfmScore::of(recency, frequency, monetary)
    }
}

impl RfmScore {
    /// From the three scores, each 1–5.
    pub fn of(recency: u8, frequency: u8, monetary: u8) -> RfmScore {
        RfmScore { recency, frequency, monetary, fm: (frequency + monetary).div_ceil(2) }
    }

    /// The group of its cell.
    pub fn group(&self) -> GroupKey {
        GroupKey::of_cell(self.recency, self.fm)
    }
}

fn all_scores(standing: &Standing, thresholds: &Thresholds) -> Vec<RfmScore> {
    (0..standing.value.len())
        .map(|place| thresholds.score(standing.recency_days(place), standing.order_count[place], standing.value[place]))
        .collect()
}

fn cell_place(score: &RfmScore) -> usize {
    usize::from(5 - score.recency) * 5 + usize::from(score.fm) - 1
}

fn nothing() -> Groups {
    Groups {
        as_of: None,
        previous_on: None,
        customer_count: 0,
        uncertain_share: None,
        value: Yen::ZERO,
        value_basis: ValueBasis::NetSales,
        thresholds: standing::thresholds(&[], 0, [Yen::ZERO; 4]),
        groups: Vec::new(),
        cells: Vec::new(),
        moves: Vec::new(),
    }
}
