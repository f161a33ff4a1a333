//! Who is due, who is late and who has gone: by calendar dates, from the shop's own returns.
//!
//! Per order step n → n + 1 the Kaplan–Meier curve of the gap ([`gap`](super::gap)), those still waiting counted as
//! such. そろそろ at the median of those who return, 注意 at 1.25 × that, 離脱 at the day by which 80 % of those who
//! return had returned. Steps with fewer than 30 returns borrow the pooled curve; without 30 in all nobody lapses.
//! Counted from the last purchase; a subscriber who is still delivered to has not gone.

use super::crowd::{self, CrowdRow};
use super::gap::{self, GapCurve, GapCurves, RETURNS_NEEDED};
use super::history::View;
use super::rfm;
use super::standing::Standing;
use super::stats::TooFew;
use crate::shop::Day;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How far somebody has drifted at `as_of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum LapseState {
    /// Not due yet.
    Active,
    /// そろそろ: half of those who return had returned by now.
    Soon,
    /// 注意: 1.25 × that.
    Attention,
    /// 離脱: 80 % of those who return had returned by now.
    Lapsed,
}

impl LapseState {
    /// All four, as they follow each other.
    pub const ALL: [LapseState; 4] = [LapseState::Active, LapseState::Soon, LapseState::Attention, LapseState::Lapsed];

    /// The word on the wire, in addresses and in catalogue keys.
    pub fn word(self) -> &'static str {
        match self {
            LapseState::Active => "active",
            LapseState::Soon => "soon",
            LapseState::Attention => "attention",
            LapseState::Lapsed => "lapsed",
        }
    }
}

impl fmt::Display for LapseState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for LapseState {
    type Err = ();
    fn from_str(text: &str) -> Result<LapseState, ()> {
        LapseState::ALL.into_iter().find(|state| state.word() == text).ok_or(())
    }
}

/// The days on which somebody's state changes unless they come before, never falling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LapseDates {
    /// First day of そろそろ.
    pub soon_on: Day,
    /// First day of 注意.
    pub attention_on: Day,
    /// First day of 離脱.
    pub lapse_on: Day,
}

impl LapseDates {
    /// The state at the end of `on`.
    pub fn state(&self, on: Day) -> LapseState {
        if on >= self.lapse_on {
            LapseState::Lapsed
        } else if on >= self.attention_on {
            LapseState::Attention
        } else if on >= self.soon_on {
            LapseState::Soon
        } else {
            LapseState::Active
        }
    }
}

/// Who is due, late and lapsed, and after how many days.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LapseTable {
    /// Returns there are and the 30 it takes, while there are fewer; the lists are empty then.
    pub too_few: Option<TooFew>,
    /// The four states, from active to lapsed.
    pub states: Vec<CrowdRow>,
    /// Days of each order step with enough returns of its own, then those that all other steps borrow (`step` nothing).
    pub steps: Vec<LapseStep>,
}

/// After how many days somebody with so many purchases is due, late and lapsed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LapseStep {
    /// From this purchase to the next, 1 = first; nothing for the pooled curve.
    pub step: Option<u32>,
    /// Days to そろそろ.
    pub soon_days: u32,
    /// Days to 注意: 1.25 × そろそろ, up to the whole day, never after 離脱.
    pub attention_days: u32,
    /// Days to 離脱.
    pub lapse_days: u32,
    /// Gaps that ended in a purchase.
    pub return_count: u32,
    /// Gaps in all, those still open included.
    pub start_count: u32,
}

/// Days to the three states by a curve; nothing when nobody has returned.
fn days(curve: &GapCurve) -> Option<[u32; 3]> {
    let (soon, lapse) = (curve.median()?, curve.lapse()?);
    Some([soon, (soon * 5).div_ceil(4).min(lapse), lapse])
}

/// Per place in the view; nothing for everybody while fewer than 30 purchases were a coming back.
pub fn dates(view: &View<'_>) -> Vec<Option<LapseDates>> {
    dates_by(&rfm::scored(view).standing, &LapseDays::of(&gap::curves(view)))
}

fn dates_by(now: &Standing, days: &LapseDays) -> Vec<Option<LapseDates>> {
    now.order_count.iter().zip(&now.last_on).map(|(&fresh, &last_on)| days.dates(fresh as usize, last_on)).collect()
}

/// Days to the three states by fresh purchases made so far.
pub(crate) struct LapseDays {
    /// One entry per step with a curve; everybody beyond shares the pooled one.
    by_step: Vec<Option<[u32; 3]>>,
}

impl LapseDays {
    pub fn of(curves: &GapCurves) -> LapseDays {
        let beyond = curves.steps.len() + 1;
        LapseDays { by_step: (0..=beyond).map(|n| days(curves.of(n)?)).collect() }
    }

    /// Of somebody with so many fresh purchases, whose last purchase was on this day.
    pub fn dates(&self, fresh: usize, last_on: Day) -> Option<LapseDates> {
        let step = fresh.min(self.by_step.len() - 1);
        let [soon_on, attention_on, lapse_on] = self.by_step[step]?.map(|days| last_on + days as i32);
        Some(LapseDates { soon_on, attention_on, lapse_on })
    }
}

/// States of everybody and the days behind them, with the [`dates`] they come from.
pub(crate) fn table(view: &View<'_>, now: &Standing) -> (LapseTable, Vec<Option<LapseDates>>) {
    let curves = gap::curves(view);
    let dates = dates_by(now, &LapseDays::of(&curves));
    (table_of(view, now, &curves, &dates), dates)
}

fn table_of(view: &View<'_>, now: &Standing, curves: &GapCurves, dates: &[Option<LapseDates>]) -> LapseTable {
    if curves.pooled.returns < RETURNS_NEEDED {
        let too_few = Some(TooFew { have: curves.pooled.returns, need: RETURNS_NEEDED });
        return LapseTable { too_few, ..LapseTable::default() };
    }
    let state = |dates: &Option<LapseDates>| dates.map(|dates| dates.state(view.as_of) as u8);
    let of: Vec<Option<u8>> = dates.iter().map(state).collect();
    let crowds = crowd::crowds(&of, LapseState::ALL.len(), now);
    let own = curves.steps.iter().zip(1..).filter(|(curve, _)| curve.returns >= RETURNS_NEEDED);
    let own = own.map(|(curve, step)| (Some(step), curve)).chain([(None, &curves.pooled)]);
    let step = |(step, curve): (Option<u32>, &GapCurve)| {
        let [soon_days, attention_days, lapse_days] = days(curve)?;
        let (return_count, start_count) = (curve.returns, curve.starts);
        Some(LapseStep { step, soon_days, attention_days, lapse_days, return_count, start_count })
    };
    LapseTable {
        too_few: None,
        states: LapseState::ALL.into_iter().zip(crowds).map(|(state, crowd)| crowd.row(state.word())).collect(),
        steps: own.filter_map(step).collect(),
    }
}
