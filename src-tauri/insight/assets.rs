//! 顧客の資産表: how many customers are active, how many stay and come back from year to year, and what those of today
//! will bring if nobody new is won.

use super::growth_people::{GrowthPeople, YEAR};
use super::history::View;
use super::stats::{self, Blocks, Interval, Random, TooFew};
use super::years::Seen;
use crate::shop::{Day, Yen};
use serde::Serialize;

/// Years are 365 days; the last ends with `as_of`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Assets {
    /// Up to five years, oldest first; none that begins before the first order of the ledger but the one it lies in.
    pub years: Vec<AssetYear>,
    /// The five years after `as_of`, if nobody new is won; empty while too few were active a year ago.
    pub projection: Vec<Projected>,
    /// Σ value of the five years.
    pub five_years: Option<Interval>,
    /// Instead of a projection.
    pub too_few: Option<TooFew>,
    /// Fewer than 30 of those active a year ago were no longer new then, so the projection has one retention for all.
    /// It is then too low from the second year on, for who has stayed once stays more often.
    pub one_retention: bool,
    /// Nobody had lapsed a year ago, so how many return is not known: the projection leaves returns out.
    pub returns_unknown: bool,
    /// What the same calculation would have said a year ago; nothing while too few were active two years ago.
    pub backtest: Option<Backtest>,
}

/// One year.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct AssetYear {
    /// Its last day.
    pub on: Day,
    /// 稼働: customers who bought within the year.
    pub active_count: u32,
    /// Customers who had bought before, but not within the year.
    pub lapsed_count: u32,
    /// Of the active ones, whose first purchase lies in the year.
    pub new_count: u32,
    /// 維持率: of those active a year before, the share active again; 90 % Wilson interval; nothing for nobody.
    pub retention: Option<Interval>,
    /// The same of those of them who were new then: their first purchase lay in that year.
    pub new_retention: Option<Interval>,
    /// The same of the others.
    pub old_retention: Option<Interval>,
    /// 復帰率: of those lapsed a year before, the share active again.
    pub return_rate: Option<Interval>,
    /// Σ value of the year.
    pub value: Yen,
    /// Of it, by customers who had bought before the year.
    pub existing_value: Yen,
    /// The active ones, as `customers?people=` understands them.
    pub people: String,
    /// The lapsed ones.
    pub lapsed_people: String,
    /// Behind 維持率: those who stayed.
    pub kept_people: String,
    /// Behind 復帰率: those who returned.
    pub returned_people: String,
}

/// One year of the projection.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Projected {
    /// 1 to 5.
    pub year: u32,
    /// Its last day.
    pub on: Day,
    /// Active customers, with a 90 % range.
    pub active: Interval,
    /// Their value in the year, with a 90 % range.
    pub value: Interval,
}

/// A projection of a year that is over, beside what happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Backtest {
    /// The day on which it would have been made.
    pub cut_on: Day,
    /// Active customers it would have said for `as_of`.
    pub predicted_active: Interval,
    /// Active ones at `as_of` who had bought by then.
    pub actual_active: u32,
    /// Their value it would have said.
    pub predicted_value: Interval,
    /// Their value.
    pub actual_value: Yen,
}

/// Years that are looked back at, and ahead to.
const YEARS: usize = 5;
/// Fewer active customers than this are not projected.
const FEWEST: u32 = 30;

/// The table and the projection.
///
/// From one year to the next `active' = new_retention × new + old_retention × old + return_rate × lapsed`, everybody else
/// is `lapsed'`, and nobody is new any more; the rates are those of the last year and stay. Two retentions, because who
/// has bought in two years stays far more often than who has just come: one rate for both would lose the faithful with
/// the many who bought once. A year's value is `active'` × the last year's value per customer who was active
/// in it and had bought before it: the first purchases of new customers do not come again. The range is that of 1,000
/// draws: the customers of a year ago are drawn anew, which moves the rates and the value per head together, and in
/// every year chance decides once more how many stay and return (normal, with the variance of the binomials). What
/// it does not hold is that the years to come may be unlike the last.
pub(crate) fn assets(view: &View<'_>, values: &[Yen]) -> Assets {
    let day = |back: usize| view.as_of + -YEAR * back as i32;
    let first = view.purchases.day.iter().copied().fold(view.as_of, Day::min);
    let reached = (0..YEARS).take_while(|&back| day(back) >= first).count();
    let (counted, [last, before]) = count(view, values);
    let years: Vec<AssetYear> = (0..reached).rev().map(|back| year(day(back), &counted[back])).collect();
    let last = Flow::of(last, counted[0].flow);
    let sums = last.total;
    let active = sums[NEW] + sums[OLD];
    let mut assets = Assets { years, ..Assets::default() };
    if active < i64::from(FEWEST) {
        assets.too_few = Some(TooFew { have: active as u32, need: FEWEST });
        return assets;
    }
    assets.returns_unknown = sums[LAPSED] == 0;
    assets.one_retention = last.has_one_retention();
    let now = assets
        .years
        .last()
        .map_or([0, 0, 0], |year| [year.new_count, year.active_count - year.new_count, year.lapsed_count]);
    let (rows, total) = last.project(now.map(f64::from), YEARS);
    let on = |year: u32| view.as_of + YEAR * year as i32;
    let projected =
        |(year, (active, value)): (u32, (Interval, Interval))| Projected { year, on: on(year), active, value };
    assets.projection = (1..).zip(rows).map(projected).collect();
    assets.five_years = Some(total);
    let before = Flow::of(before, counted[1].flow);
    if before.total[NEW] + before.total[OLD] >= i64::from(FEWEST) {
        let (rows, _) = before.project([sums[NEW], sums[OLD], sums[LAPSED]].map(|people| people as f64), 1);
        assets.backtest = rows.first().map(|&(predicted_active, predicted_value)| Backtest {
            cut_on: day(1),
            predicted_active,
            actual_active: last.active_again() as u32,
            predicted_value,
            actual_value: Yen(sums[VALUE]),
        });
    }
    assets
}

/// What everybody did in one year.
#[derive(Clone, Copy, Default)]
struct Year {
    active_count: u32,
    lapsed_count: u32,
    new_count: u32,
    value: i64,
    /// Of those who had bought before it, as in [`Flow::total`].
    flow: [i64; 7],
}

/// One customer who had bought before the year: where from, whether active at its end, and the value of it.
type Known = (u8, bool, i64);

/// The years from the last one back, and who had bought before the last one and the one before that.
fn count(view: &View<'_>, values: &[Yen]) -> ([Year; YEARS], [Vec<Known>; 2]) {
    let mut years = [Year::default(); YEARS];
    let mut known: [Vec<Known>; 2] = Default::default();
    for place in 0..view.customers.len() {
        let seen = Seen::of(view, values, place);
        for (back, year) in years.iter_mut().enumerate() {
            let Some(is_active) = seen.active(back) else { continue };
            year.active_count += u32::from(is_active);
            year.lapsed_count += u32::from(!is_active);
            year.new_count += u32::from(seen.first == back);
            year.value += seen.value[back];
            let from = match seen.active(back + 1) {
                None => continue,
                Some(true) if seen.first == back + 1 => NEW,
                Some(true) => OLD,
                Some(false) => LAPSED,
            };
            year.flow[from] += 1;
            year.flow[from + 1] += i64::from(is_active);
            year.flow[VALUE] += seen.value[back];
            if let Some(known) = known.get_mut(back) {
                known.push((from as u8, is_active, seen.value[back]));
            }
        }
    }
    (years, known)
}

fn year(on: Day, year: &Year) -> AssetYear {
    let Year { active_count, lapsed_count, new_count, value, flow: sums } = *year;
    let share = |part: i64, of: i64| Interval::of_share(part as u32, of as u32);
    AssetYear {
        on,
        active_count,
        lapsed_count,
        new_count,
        retention: share(sums[NEW + 1] + sums[OLD + 1], sums[NEW] + sums[OLD]),
        new_retention: share(sums[NEW + 1], sums[NEW]),
        old_retention: share(sums[OLD + 1], sums[OLD]),
        return_rate: share(sums[LAPSED + 1], sums[LAPSED]),
        value: Yen(value),
        existing_value: Yen(sums[VALUE]),
        people: GrowthPeople::Active(on).to_string(),
        lapsed_people: GrowthPeople::Lapsed(on).to_string(),
        kept_people: GrowthPeople::Kept(on).to_string(),
        returned_people: GrowthPeople::Returned(on).to_string(),
    }
}

/// What those who had bought before a year did in it.
struct Flow {
    blocks: Blocks,
    /// People at [`NEW`], [`OLD`] and [`LAPSED`], behind each those of them active at the end; [`VALUE`].
    total: [i64; 7],
}

/// Active when the year began, with their first purchase in the year before.
const NEW: usize = 0;
/// Active when it began, customers for longer.
const OLD: usize = 2;
/// Lapsed when it began.
const LAPSED: usize = 4;
/// Value of the year.
const VALUE: usize = 6;

impl Flow {
    fn of(known: Vec<Known>, total: [i64; 7]) -> Flow {
        let mut blocks = Blocks::new(known.len(), 7);
        for (ordinal, (from, is_active, value)) in known.into_iter().enumerate() {
            let (sums, _) = blocks.of(ordinal);
            sums[usize::from(from)] += 1;
            sums[usize::from(from) + 1] += i64::from(is_active);
            sums[VALUE] += value;
        }
        Flow { blocks, total }
    }

    /// Those of the people who are active at the end.
    fn active_again(&self) -> i64 {
        [NEW, OLD, LAPSED].map(|from| self.total[from + 1]).iter().sum()
    }

    fn has_one_retention(&self) -> bool {
        self.total[OLD] < i64::from(FEWEST)
    }

    /// Active customers and value of so many years, and Σ value of them all, beginning with so many new, old and lapsed
    /// customers.
    fn project(&self, people: [f64; 3], years: usize) -> (Vec<(Interval, Interval)>, Interval) {
        let one = self.has_one_retention();
        let expected = years_of(&self.total.map(|sum| sum as f64), one, people, years, None);
        let mut draws: Vec<Vec<f64>> = vec![Vec::new(); years * 2 + 1];
        self.blocks.each_draw(|sums, chance| {
            let drawn = years_of(sums, one, people, years, Some(chance));
            for (year, (active, value)) in drawn.iter().enumerate() {
                draws[year * 2].push(*active);
                draws[year * 2 + 1].push(*value);
            }
            draws[years * 2].push(drawn.iter().map(|year| year.1).sum());
        });
        let n = people.iter().sum::<f64>() as u32;
        let mut range = |at: usize, value: f64| {
            draws[at].sort_unstable_by(f64::total_cmp);
            let end = |p| stats::quantile(&draws[at], p).unwrap_or(value);
            Interval { value, low: end(0.05).min(value), high: end(0.95).max(value), n }
        };
        let total = range(years * 2, expected.iter().map(|year| year.1).sum());
        let rows = expected.iter().enumerate();
        (rows.map(|(year, at)| (range(year * 2, at.0), range(year * 2 + 1, at.1))).collect(), total)
    }
}

/// Active customers and value year by year, by the rates that these sums give; chance decides again where it is given.
fn years_of(
    sums: &[f64],
    one_retention: bool,
    people: [f64; 3],
    years: usize,
    mut chance: Option<&mut Random>,
) -> Vec<(f64, f64)> {
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let mut rates = [NEW, OLD, LAPSED].map(|from| share(sums[from + 1], sums[from]));
    if one_retention {
        let both = share(sums[NEW + 1] + sums[OLD + 1], sums[NEW] + sums[OLD]);
        (rates[0], rates[1]) = (both, both);
    }
    let per_head = share(sums[VALUE], sums[NEW + 1] + sums[OLD + 1] + sums[LAPSED + 1]);
    let all: f64 = people.iter().sum();
    let mut people = people;
    let mut rows = Vec::with_capacity(years);
    for _ in 0..years {
        let mut active: f64 = people.iter().zip(rates).map(|(people, rate)| people * rate).sum();
        if let Some(chance) = chance.as_deref_mut() {
            let variance: f64 = people.iter().zip(rates).map(|(people, rate)| people * rate * (1.0 - rate)).sum();
            active += chance.normal() * variance.max(0.0).sqrt();
        }
        active = active.clamp(0.0, all);
        people = [0.0, active, all - active];
        rows.push((active, active * per_head));
    }
    rows
}
