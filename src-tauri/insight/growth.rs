//! The way from a first purchase to a best customer, out of the shop and back, and where a little more would bring
//! the most. After うちでのこづち's ゴールド顧客育成マップ, made exact.

use super::assets::{self, Assets};
use super::growth_people::{self, GrowthPeople, YEAR};
use super::history::View;
use super::rfm::ValueBasis;
use super::stats::{Blocks, Interval};
use super::value;
use super::years::Seen;
use crate::shop::{Day, Yen};
use serde::Serialize;

/// Where somebody stands at `as_of`. Everybody stands at exactly one place; purchases are fresh ones, a year is 365 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 新規: bought within a year, once so far.
    New,
    /// Bought within a year, twice so far.
    F2,
    /// 定着: bought within a year, three to five times so far (bands 3 and 4 of the score F).
    Settled,
    /// 優良: bought within a year, six times or more so far (band 5 of the score F).
    Best,
    /// 離脱: has not bought for a year.
    Lapsed,
    /// 復帰: bought within a year, but had not in the year before it; whatever the number of purchases.
    Returned,
}

impl Stage {
    /// All, in their order on the map.
    pub const ALL: [Stage; 6] = [Stage::New, Stage::F2, Stage::Settled, Stage::Best, Stage::Lapsed, Stage::Returned];

    /// The word on the wire and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            Stage::New => "new",
            Stage::F2 => "f2",
            Stage::Settled => "settled",
            Stage::Best => "best",
            Stage::Lapsed => "lapsed",
            Stage::Returned => "returned",
        }
    }
}

/// A way from one place to the next, named by where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    /// Of customers whose first purchase lies at least a year before `as_of`, those with a second within a year of it:
    /// F2(365) as everywhere.
    F2,
    /// The same from the second purchase to the third.
    Settled,
    /// The same from the third purchase to the sixth.
    Best,
    /// Of the best customers a year before `as_of`, those who have not bought since. Here less is better.
    Lapsed,
    /// Of all who had lapsed a year before `as_of`, whatever they had been, those who have bought since.
    Returned,
}

impl Arrow {
    /// All, in their order on the map.
    pub const ALL: [Arrow; 5] = [Arrow::F2, Arrow::Settled, Arrow::Best, Arrow::Lapsed, Arrow::Returned];

    /// The word on the wire and in catalogue keys.
    pub fn word(self) -> &'static str {
        self.ends().1.word()
    }

    /// From where to where it leads.
    pub fn ends(self) -> (Stage, Stage) {
        match self {
            Arrow::F2 => (Stage::New, Stage::F2),
            Arrow::Settled => (Stage::F2, Stage::Settled),
            Arrow::Best => (Stage::Settled, Stage::Best),
            Arrow::Lapsed => (Stage::Best, Stage::Lapsed),
            Arrow::Returned => (Stage::Lapsed, Stage::Returned),
        }
    }
}

/// The growth map and the table of assets.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct GrowthMap {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// What is worth and gain: margin where enough costs are known, else net sales.
    pub value: ValueBasis,
    /// Always six, in their order on the map; empty for an empty ledger.
    pub stages: Vec<StageRow>,
    /// Always five, likewise.
    pub arrows: Vec<ArrowRow>,
    /// The arrow with the largest gain, among those whose rate and worth rest on 30 people or more each.
    pub bottleneck: Option<Arrow>,
    /// 顧客の資産表.
    pub assets: Assets,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StageRow {
    /// Which.
    pub key: Stage,
    /// Who stands there.
    pub customer_count: u32,
    /// Their value in the year that ends with `as_of`.
    pub year_value: Yen,
    /// The people, as `customers?people=` understands them.
    pub people: String,
}

/// One arrow.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ArrowRow {
    /// Where it leads.
    pub key: Arrow,
    /// Where it begins.
    pub from: Stage,
    /// Where it leads.
    pub to: Stage,
    /// Share of those who could take it who did, with its 90 % Wilson interval; nothing for nobody.
    pub rate: Option<Interval>,
    /// Who took it.
    pub made_count: u32,
    /// What one person who goes the better way brings in the year after, yen, with its 90 % bootstrap interval: between
    /// purchases the value from the purchase that makes the step (included) to the 365th day after it, over those who
    /// made it at least a year before `as_of`; for `lapsed` the value in the last year of those who did not lapse; for
    /// `returned` that of those who returned. Nobody of the others brings anything in that time, so this is the whole
    /// difference. It goes along with the step; that the step causes it is not shown.
    pub worth: Option<Interval>,
    /// Who comes to the arrow in a year: customers with their first, second, third purchase in the last year; the best
    /// customers of today; those who have lapsed by today.
    pub base_count: u32,
    /// Yen a year if one in a hundred of `base_count` more went the better way: 0.01 × `base_count` × `worth`.
    pub gain: Option<Interval>,
    /// Those behind the rate, as `customers?people=` understands them.
    pub people: String,
    /// Those who took it.
    pub made_people: String,
}

/// Fewer people than this are not ranked.
const RANKED: u32 = 30;
/// One point of a rate.
const POINT: f64 = 0.01;

/// The growth map and the table of assets of this view. An empty ledger gives empty lists.
pub fn growth_map(view: Option<&View<'_>>) -> GrowthMap {
    let Some(view) = view else {
        return GrowthMap {
            as_of: None,
            value: ValueBasis::NetSales,
            stages: Vec::new(),
            arrows: Vec::new(),
            bottleneck: None,
            assets: Assets::default(),
        };
    };
    let basis = value::basis(view);
    let values = value::per_purchase(view, basis);
    let (stages, counted) = count(view, &values);
    let arrows: Vec<ArrowRow> =
        Arrow::ALL.into_iter().zip(counted).map(|(arrow, counted)| row(arrow, counted)).collect();
    GrowthMap {
        as_of: Some(view.as_of),
        value: basis,
        stages,
        bottleneck: bottleneck(&arrows),
        arrows,
        assets: assets::assets(view, &values),
    }
}

/// Σ value of a customer's purchases from one day to another, both included.
pub(crate) fn value_of(view: &View<'_>, values: &[Yen], place: usize, from: Day, to: Day) -> i64 {
    let day = &view.purchases.day;
    view.purchases_of(place).filter(|&p| (from..=to).contains(&day[p])).map(|p| values[p].0).sum()
}

/// Who could take an arrow, who did, and what each of those who went the better way brought.
#[derive(Default)]
struct Counted {
    of: u32,
    made: u32,
    base_count: u32,
    worths: Vec<i64>,
}

fn count(view: &View<'_>, values: &[Yen]) -> (Vec<StageRow>, [Counted; Arrow::ALL.len()]) {
    let mut stages = Stage::ALL.map(|key| StageRow {
        key,
        customer_count: 0,
        year_value: Yen::ZERO,
        people: GrowthPeople::Stage(key).to_string(),
    });
    let mut arrows: [Counted; Arrow::ALL.len()] = Default::default();
    let (now, year_began) = (view.as_of, view.as_of + (1 - YEAR));
    for place in 0..view.customers.len() {
        let seen = Seen::of(view, values, place);
        let stage = &mut stages[seen.stage() as usize];
        stage.customer_count += 1;
        stage.year_value += Yen(seen.value[0]);
        for (arrow, counted) in Arrow::ALL.into_iter().zip(&mut arrows) {
            let between = growth_people::purchases_of(arrow);
            counted.base_count += u32::from(match between {
                Some((from, _)) => seen.nth(from).is_some_and(|on| on >= year_began),
                None if arrow == Arrow::Lapsed => seen.is_best(),
                None => seen.active(0) == Some(false),
            });
            let Some(step) = seen.step(arrow, now) else { continue };
            counted.of += 1;
            counted.made += u32::from(step);
            match between {
                Some((_, to)) if step => {
                    let on = seen.nth(to).filter(|&on| now - on >= YEAR);
                    counted.worths.extend(on.map(|on| value_of(view, values, place, on, on + YEAR)));
                }
                None if step == (arrow == Arrow::Returned) => counted.worths.push(seen.value[0]),
                _ => {}
            }
        }
    }
    (stages.to_vec(), arrows)
}

fn row(arrow: Arrow, counted: Counted) -> ArrowRow {
    let Counted { of, made, base_count, worths } = counted;
    let mut blocks = Blocks::new(worths.len(), 1);
    for (ordinal, worth) in worths.into_iter().enumerate() {
        let (sums, people) = blocks.of(ordinal);
        sums[0] += worth;
        people[0] += 1;
    }
    let worth = blocks.means()[0];
    let yearly = POINT * f64::from(base_count);
    let (from, to) = arrow.ends();
    ArrowRow {
        key: arrow,
        from,
        to,
        rate: Interval::of_share(made, of),
        made_count: made,
        worth,
        base_count,
        gain: worth.map(|worth| Interval {
            value: yearly * worth.value,
            low: yearly * worth.low,
            high: yearly * worth.high,
            n: worth.n,
        }),
        people: GrowthPeople::Of(arrow).to_string(),
        made_people: GrowthPeople::Made(arrow).to_string(),
    }
}

fn bottleneck(arrows: &[ArrowRow]) -> Option<Arrow> {
    let ranked = arrows.iter().filter_map(|row| {
        let gain = row.gain.filter(|gain| gain.n >= RANKED && gain.value > 0.0)?;
        row.rate.filter(|rate| rate.n >= RANKED).map(|_| (gain.value, row.key))
    });
    ranked.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, key)| key)
}
