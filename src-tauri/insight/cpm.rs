//! Ten types of customers by how long they have stayed and how much they have spent (customer portfolio, after
//! LTV-Lab), each still there or lapsed.
//!
//! 在籍 is the time from the first to the last purchase. 初回: one purchase · よちよち: under 90 days · コツコツ: 90
//! days or more, below the line · 流行: 90 to 209 days, from the line on · 優良: 210 days or more, from the line on.
//! The line is one of sales: seven average orders (Σ net sales ÷ orders, after MakeRepeater), or by the classic preset
//! 70,000 yen. Lapsed is who [`lapse`](super::lapse) says, or by the classic preset who has not bought for 240 days.

use super::crowd::{self, CrowdRow};
use super::history::View;
use super::lapse::{self, LapseDates, LapseState};
use super::rfm::{self, CpmPreset, ValueBasis};
use super::standing::Standing;
use super::stats::TooFew;
use super::value;
use crate::shop::{Day, Yen};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// From these days of 在籍 on, somebody has settled.
const SETTLED_DAYS: i32 = 90;
/// From these days on, the spending is no fashion.
const LASTING_DAYS: i32 = 210;
/// The line in average orders.
const LINE_ORDERS: i64 = 7;
/// The classic line.
const CLASSIC_LINE: Yen = Yen(70_000);
/// Days without a purchase after which somebody has lapsed, by the classic preset.
const CLASSIC_LAPSE_DAYS: i32 = 240;

/// The ten types; each customer is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum CpmKey {
    /// 初回現役.
    FirstActive,
    /// 初回離脱.
    FirstLapsed,
    /// よちよち現役.
    ToddlingActive,
    /// よちよち離脱.
    ToddlingLapsed,
    /// コツコツ現役.
    SteadyActive,
    /// コツコツ離脱.
    SteadyLapsed,
    /// 流行現役.
    FashionActive,
    /// 流行離脱.
    FashionLapsed,
    /// 優良現役.
    ExcellentActive,
    /// 優良離脱.
    ExcellentLapsed,
}

impl CpmKey {
    /// All ten, from the first purchase up, each still there before lapsed.
    pub const ALL: [CpmKey; 10] = [
        CpmKey::FirstActive,
        CpmKey::FirstLapsed,
        CpmKey::ToddlingActive,
        CpmKey::ToddlingLapsed,
        CpmKey::SteadyActive,
        CpmKey::SteadyLapsed,
        CpmKey::FashionActive,
        CpmKey::FashionLapsed,
        CpmKey::ExcellentActive,
        CpmKey::ExcellentLapsed,
    ];

    /// The word on the wire, in addresses and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            CpmKey::FirstActive => "first_active",
            CpmKey::FirstLapsed => "first_lapsed",
            CpmKey::ToddlingActive => "toddling_active",
            CpmKey::ToddlingLapsed => "toddling_lapsed",
            CpmKey::SteadyActive => "steady_active",
            CpmKey::SteadyLapsed => "steady_lapsed",
            CpmKey::FashionActive => "fashion_active",
            CpmKey::FashionLapsed => "fashion_lapsed",
            CpmKey::ExcellentActive => "excellent_active",
            CpmKey::ExcellentLapsed => "excellent_lapsed",
        }
    }

    /// Of a stage (0 初回 … 4 優良), still there or lapsed.
    fn of(stage: usize, lapsed: bool) -> CpmKey {
        CpmKey::ALL[stage * 2 + usize::from(lapsed)]
    }
}

impl fmt::Display for CpmKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for CpmKey {
    type Err = ();
    fn from_str(text: &str) -> Result<CpmKey, ()> {
        CpmKey::ALL.into_iter().find(|key| key.word() == text).ok_or(())
    }
}

/// The ten types and the lines between them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CpmTable {
    /// Which lines.
    pub preset: CpmPreset,
    /// Sales from which somebody is above the line.
    pub line: Yen,
    /// Σ net sales ÷ orders; nothing without orders.
    pub average_order_value: Option<Yen>,
    /// Days after which somebody has lapsed, by the classic preset; nothing: by their order step.
    pub lapse_days: Option<u32>,
    /// Returns there are and the 30 it takes to know who has lapsed, while there are fewer; no types then.
    pub too_few: Option<TooFew>,
    /// The ten types, from the first purchase up.
    pub types: Vec<CrowdRow>,
}

/// Sales from which somebody is above the line, and the average order it comes from, rounded half away from zero.
fn line(view: &View<'_>) -> (Yen, Option<Yen>) {
    let sales: Yen = view.purchases.net_sales.iter().copied().sum();
    let orders: i64 = view.purchases.order_count.iter().map(|&count| i64::from(count)).sum();
    let times = |times: i64| Yen::rounded_half_away(times as f64 * sales.as_f64() / orders as f64);
    let average = (orders > 0).then(|| times(1));
    match view.rules.cpm {
        CpmPreset::Classic => (CLASSIC_LINE, average),
        CpmPreset::Own => (average.map_or(Yen::ZERO, |_| times(LINE_ORDERS)), average),
    }
}

/// The type of everybody, by place; nothing for everybody while nobody can be said to have lapsed.
pub fn types(view: &View<'_>) -> Vec<Option<CpmKey>> {
    types_by(view, &rfm::scored(view).standing, line(view).0, &lapse::dates(view))
}

/// [`types`] with where everybody stands, the line of sales and the lapse dates of everybody.
fn types_by(view: &View<'_>, now: &Standing, line: Yen, dates: &[Option<LapseDates>]) -> Vec<Option<CpmKey>> {
    let columns = &view.purchases;
    let spends_value = value::basis(view) == ValueBasis::NetSales;
    let of_type = |(place, dates): (usize, &Option<LapseDates>)| {
        let stay = Stay {
            first: columns.day[view.starts[place] as usize],
            last: now.last_on[place],
            spend: if spends_value {
                now.value[place]
            } else {
                columns.net_sales[view.purchases_of(place)].iter().copied().sum()
            },
            fresh: now.order_count[place],
        };
        stay.of_type(view, line, dates.as_ref())
    };
    dates.iter().enumerate().map(of_type).collect()
}

/// The line of sales.
pub(crate) fn line_of(view: &View<'_>) -> Yen {
    line(view).0
}

/// How long somebody has stayed, and what they have bought.
pub(crate) struct Stay {
    /// First purchase.
    pub first: Day,
    /// Last purchase.
    pub last: Day,
    /// Σ net sales.
    pub spend: Yen,
    /// Fresh purchases.
    pub fresh: u32,
}

impl Stay {
    /// The type of who has stayed so.
    pub fn of_type(&self, view: &View<'_>, line: Yen, dates: Option<&LapseDates>) -> Option<CpmKey> {
        let stage = match (self.last - self.first, self.spend >= line) {
            _ if self.fresh == 1 => 0,
            (..SETTLED_DAYS, _) => 1,
            (_, false) => 2,
            (..LASTING_DAYS, true) => 3,
            (_, true) => 4,
        };
        let lapsed = match view.rules.cpm {
            CpmPreset::Classic => view.as_of - self.last >= CLASSIC_LAPSE_DAYS,
            CpmPreset::Own => dates?.state(view.as_of) == LapseState::Lapsed,
        };
        Some(CpmKey::of(stage, lapsed))
    }
}

/// The types of everybody and the lines between them.
pub(crate) fn table(
    view: &View<'_>,
    now: &Standing,
    lapse: &lapse::LapseTable,
    dates: &[Option<LapseDates>],
) -> CpmTable {
    let (line, average_order_value) = line(view);
    let classic = view.rules.cpm == CpmPreset::Classic;
    let table = CpmTable {
        preset: view.rules.cpm,
        line,
        average_order_value,
        lapse_days: classic.then_some(CLASSIC_LAPSE_DAYS as u32),
        too_few: lapse.too_few.filter(|_| !classic),
        types: Vec::new(),
    };
    if table.too_few.is_some() {
        return table;
    }
    let of: Vec<Option<u8>> =
        types_by(view, now, line, dates).into_iter().map(|key| key.map(|key| key as u8)).collect();
    let crowds = crowd::crowds(&of, CpmKey::ALL.len(), now);
    let types = CpmKey::ALL.into_iter().zip(crowds).map(|(key, crowd)| crowd.row(key.word()));
    CpmTable { types: types.collect(), ..table }
}
