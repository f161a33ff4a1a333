//! The growth map as short text for a person at a terminal.

use super::summary::{finding, table, yen};
use crate::app::growth_map::{arrow, stage};
use crate::app::screens::Screen;
use crate::app::{Session, words};
use crate::insight::growth::GrowthMap;
use crate::shop::Yen;

pub(super) fn growth_map(session: &Session, screen: &Screen<GrowthMap>) -> String {
    let (answer, catalogue) = (&screen.answer, &session.catalogue);
    let people = |n: u32| words::grouped(i64::from(n));
    let share = |share: Option<crate::insight::Interval>| {
        share.map(|s| format!("{} ({})", words::percent(s.value), people(s.n))).unwrap_or_default()
    };
    let amount = |value: f64| yen(session, Yen::rounded_half_away(value));
    let stages = answer
        .stages
        .iter()
        .map(|row| vec![stage(row.key, catalogue), people(row.customer_count), yen(session, row.year_value)]);
    let arrows = answer.arrows.iter().map(|row| {
        let yen = |interval: Option<crate::insight::Interval>| interval.map(|i| amount(i.value)).unwrap_or_default();
        let mark = if answer.bottleneck == Some(row.key) { "◀" } else { "" };
        vec![arrow(row.key, catalogue), share(row.rate), yen(row.worth), yen(row.gain), mark.to_owned()]
    });
    let years = answer.assets.years.iter().map(|row| {
        let counts = [row.active_count, row.lapsed_count].map(people);
        let day = words::short_day(row.on);
        [&[day][..], &counts, &[share(row.retention), share(row.return_rate), yen(session, row.value)]].concat()
    });
    let ahead = answer.assets.projection.iter().map(|row| {
        let range = format!("{}〜{}", amount(row.value.low), amount(row.value.high));
        vec![words::short_day(row.on), people(row.active.value.round() as u32), amount(row.value.value), range]
    });
    let parts = [stages.collect(), arrows.collect(), years.collect(), ahead.collect()].map(table);
    finding(session, &screen.finding) + "\n" + &parts.join("\n")
}
