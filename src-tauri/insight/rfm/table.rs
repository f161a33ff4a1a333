//! The ten groups as a table, the cells behind them, and who moved between two days.

use super::super::crowd::{self, Crowd};
use super::super::history::View;
use super::super::standing::Standing;
use super::super::stats::Interval;
use super::super::{cpm, lapse, value};
use super::rules::{FEW, GroupRules};
use super::{CustomerClass, GroupKey, RfmScore, Thresholds, ValueBasis};
use crate::shop::{CustomerId, Day, Mall, OrderStatus, Yen};
use serde::Serialize;

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
    /// The day `moves` start from: as asked, else `previous_on`.
    pub moves_from: Option<Day>,
    /// The day they end on: as asked, else `as_of`.
    pub moves_to: Option<Day>,
    /// People whose group is another one than the kept thresholds say; nothing unless others are tried out. `app` fills
    /// it in.
    pub moved_by_rules: Option<u32>,
    /// From → to between these days, people who stayed and people who came included, empty pairs left out; in group
    /// order, who came last.
    pub moves: Vec<MoveRow>,
    /// People of each group at every month end since the first purchase, oldest first, and at `as_of`; `app` fills it in.
    pub history: Vec<GroupCounts>,
    /// The ten CPM types.
    pub cpm: cpm::CpmTable,
    /// Who is due, late and lapsed.
    pub lapse: lapse::LapseTable,
    /// Wide classes of everybody the ledger knows; `app` adds 見込み and その他.
    pub classes: Vec<crowd::CrowdRow>,
    /// Of その他 those with the newest orders, at most 100; `app` fills it in.
    pub others: Vec<OtherCustomer>,
}

/// A customer none of whose orders counts as a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OtherCustomer {
    /// Who.
    pub customer_id: CustomerId,
    /// Name as last written, or a number when the ledger holds none.
    pub display_name: String,
    /// Where the newest order was placed.
    pub mall: Mall,
    /// Its number.
    pub order_number: String,
    /// Its day.
    pub ordered_on: Day,
    /// Cancelled or returned.
    pub status: OrderStatus,
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
    /// The same with its 90 % interval; only for 5 to 29 people.
    pub value_share_interval: Option<Interval>,
    /// Median days since the last purchase.
    pub median_recency_days: Option<f64>,
    /// The same with its 90 % interval; only for 5 to 29 people.
    pub median_recency_interval: Option<Interval>,
    /// People at `previous_on`; nothing when the ledger does not reach back.
    pub previous_count: Option<u32>,
    /// Fewer than 5 people: screens show the count only.
    pub few: bool,
    /// At least 30 people: may be compared with other groups.
    pub ranked: bool,
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

/// People of each group on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GroupCounts {
    /// A month end, or `as_of`.
    pub on: Day,
    /// Customers in all by then.
    pub customer_count: u32,
    /// Of each of the ten groups, best first.
    pub counts: Vec<u32>,
}

/// People who were in one group and are in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MoveRow {
    /// Then; nothing for who had not bought yet.
    pub from: Option<GroupKey>,
    /// Now.
    pub to: GroupKey,
    /// People.
    pub customer_count: u32,
}

/// The groups at `as_of`, the table behind them, and the moves since the last month end before `as_of`.
///
/// The month end is scored with its own thresholds, from what was known then; only the choice of what value is
/// stays that of `as_of`. An empty ledger gives empty lists.
pub fn groups(view: Option<&View<'_>>) -> Groups {
    groups_between(view, None)
}

/// [`groups`] with the moves between two days asked for, the earlier one first; days after `as_of` are `as_of`.
pub fn groups_between(view: Option<&View<'_>>, days: Option<(Day, Day)>) -> Groups {
    let Some(view) = view else {
        return nothing();
    };
    let value_basis = value::basis(view);
    let values = value::per_purchase(view, value_basis);
    let scored = super::scored(view);
    let (now, scores) = (&scored.standing, &scored.scores);
    let own: Vec<Option<u8>> = scores.iter().map(|score| Some(score.group() as u8)).collect();
    let previous_on = view.as_of.month().first() - 1;
    let before = Some(GroupsOn::at(view, &values, previous_on)).filter(|before| before.customer_count > 0);
    let moves = match (days, &before) {
        (Some((from, to)), _) => {
            let from = GroupsOn::at(view, &values, from.min(view.as_of));
            let to = GroupsOn::at(view, &values, to.min(view.as_of));
            Some((from.on, to.on, moves(&from.group, &to.group)))
        }
        (None, Some(before)) => Some((before.on, view.as_of, moves(&before.group, &own))),
        (None, None) => None,
    };

    let mut cells = [(0, Yen::ZERO); 25];
    for (place, score) in scores.iter().enumerate() {
        let cell = &mut cells[cell_place(score)];
        cell.0 += 1;
        cell.1 += now.value[place];
    }
    let cells: Vec<CellRow> = cells
        .iter()
        .enumerate()
        .map(|(i, &(customer_count, value))| {
            let (recency, fm) = (5 - (i / 5) as u8, 1 + (i % 5) as u8);
            CellRow { recency, fm, group: GroupKey::of_cell(recency, fm), customer_count, value }
        })
        .collect();
    let crowds = crowd::crowds(&own, GroupKey::ALL.len(), now);
    let groups = GroupKey::ALL.into_iter().zip(crowds).map(|(key, crowd)| {
        let counted = |before: &GroupsOn| before.group.iter().filter(|&&group| group == Some(key as u8)).count() as u32;
        group_row(key, crowd, before.as_ref().map(counted))
    });
    let (lapse, dates) = lapse::table(view, now);
    let (moves_from, moves_to, moves) = match moves {
        Some((from, to, rows)) => (Some(from), Some(to), rows),
        None => (None, None, Vec::new()),
    };
    Groups {
        as_of: Some(view.as_of),
        previous_on: before.as_ref().map(|before| before.on),
        customer_count: scores.len() as u32,
        uncertain_share: None,
        value: now.value.iter().copied().sum(),
        value_basis,
        groups: groups.collect(),
        cells,
        moves_from,
        moves_to,
        moved_by_rules: None,
        moves,
        history: Vec::new(),
        cpm: cpm::table(view, now, &lapse, &dates),
        lapse,
        classes: classes(&own, now),
        others: Vec::new(),
        thresholds: scored.thresholds.clone(),
    }
}

/// The group of everybody on one day, by place; nothing for who had not bought yet.
#[derive(Clone, Debug)]
pub(crate) struct GroupsOn {
    pub on: Day,
    pub group: Vec<Option<u8>>,
    pub customer_count: usize,
}

impl GroupsOn {
    /// At the end of `on`.
    pub fn at(view: &View<'_>, values: &[Yen], on: Day) -> GroupsOn {
        let standing = Standing::at(view, values, on);
        let thresholds = standing.thresholds();
        let group = |place| standing.score(place, &thresholds).map(|score| score.group() as u8);
        let group = (0..standing.value.len()).map(group).collect();
        GroupsOn { on, group, customer_count: standing.customer_count }
    }
}

/// Counts who went from where to where; who had not bought by the second day is left out.
fn moves(from: &[Option<u8>], to: &[Option<u8>]) -> Vec<MoveRow> {
    const NOBODY: usize = GroupKey::ALL.len();
    let mut moved = [[0; 10]; NOBODY + 1];
    for (from, to) in from.iter().zip(to) {
        if let Some(to) = to {
            moved[from.map_or(NOBODY, usize::from)][usize::from(*to)] += 1;
        }
    }
    let froms = GroupKey::ALL.into_iter().map(Some).chain([None]);
    let pairs = froms.flat_map(|from| GroupKey::ALL.map(|to| (from, to)));
    pairs
        .map(|(from, to)| {
            let customer_count = moved[from.map_or(NOBODY, |from| from as usize)][to as usize];
            MoveRow { from, to, customer_count }
        })
        .filter(|row| row.customer_count > 0)
        .collect()
}

fn group_row(key: GroupKey, crowd: Crowd, previous_count: Option<u32>) -> GroupRow {
    GroupRow {
        key,
        label: String::new(),
        customer_count: crowd.customer_count,
        value: crowd.value,
        value_share: crowd.value_share,
        value_share_interval: crowd.value_share_interval,
        median_recency_days: crowd.median_recency_days,
        median_recency_interval: crowd.median_recency_interval,
        previous_count,
        few: crowd.customer_count < FEW,
        ranked: crowd.ranked(),
    }
}

fn classes(groups: &[Option<u8>], now: &Standing) -> Vec<crowd::CrowdRow> {
    let class = |group: &Option<u8>| group.map(|group| CustomerClass::of(GroupKey::ALL[usize::from(group)]) as u8);
    let own: Vec<Option<u8>> = groups.iter().map(class).collect();
    let crowds = crowd::crowds(&own, CustomerClass::BUYERS.len(), now);
    CustomerClass::BUYERS.into_iter().zip(crowds).map(|(class, crowd)| crowd.row(class.word())).collect()
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
        thresholds: super::super::standing::thresholds(&[], 0, [Yen::ZERO; 4], &GroupRules::default()),
        groups: Vec::new(),
        cells: Vec::new(),
        moves_from: None,
        moves_to: None,
        moved_by_rules: None,
        moves: Vec::new(),
        history: Vec::new(),
        cpm: cpm::CpmTable::default(),
        lapse: lapse::LapseTable::default(),
        classes: Vec::new(),
        others: Vec::new(),
    }
}
