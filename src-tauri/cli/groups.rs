//! `otokui groups`: the months to compare, thresholds to try out, and the answer as text.

use super::arguments::Asked;
use super::summary::{finding, table};
use crate::app::screens::{GroupsQuery, RulesDraft, Screen};
use crate::app::{Error, Session, words};
use crate::insight::crowd::CrowdRow;
use crate::insight::rfm::Groups;
use crate::shop::Month;
use clap::Args;

/// Options of the groups.
#[derive(Debug, Args)]
pub(super) struct GroupsAsked {
    #[command(flatten)]
    pub(super) asked: Asked,
    /// Moves from the end of this month (YYYY-MM); since the last month end when left out
    #[arg(long, value_name = "MONTH", requires = "moves_to")]
    moves_from: Option<Month>,
    /// Moves to the end of this month (YYYY-MM)
    #[arg(long, value_name = "MONTH", requires = "moves_from")]
    moves_to: Option<Month>,
    /// Try out: most days since the last purchase for the scores 5, 4, 3, 2, such as 30/90/180/365; `own` follows the
    /// shop's gap. Kept with `settings set groups.recency`
    #[arg(long, value_name = "DAYS")]
    recency: Option<String>,
    /// Try out: least purchases for the scores 2, 3, 4, 5, such as 2/3/4/6. Kept with `settings set groups.frequency`
    #[arg(long, value_name = "COUNTS")]
    frequency: Option<String>,
    /// Try out: per cent of customers below the scores 2, 3, 4, 5, such as 20/40/60/80. Kept with `settings set
    /// groups.monetary`
    #[arg(long, value_name = "PERCENT")]
    monetary: Option<String>,
}

impl GroupsAsked {
    pub(super) fn query(&self) -> Result<GroupsQuery, Error> {
        let draft = RulesDraft {
            recency: self.recency.clone(),
            frequency: self.frequency.clone(),
            monetary: self.monetary.clone(),
            cpm: None,
        };
        Ok(GroupsQuery {
            scope: self.asked.scope()?,
            from: self.moves_from,
            to: self.moves_to,
            rules: (draft != RulesDraft::default()).then_some(draft),
        })
    }
}

/// The ten groups, then the CPM types, the lapse states and the classes.
pub(super) fn text(session: &Session, screen: &Screen<Groups>) -> String {
    let count = |people: u32| words::grouped(i64::from(people));
    let days = |days: Option<f64>| {
        let days = days.map(|days| words::grouped(days.round() as i64));
        days.map(|days| session.catalogue.text("figure-days", &[("days", days.into())])).unwrap_or_default()
    };
    let answer = &screen.answer;
    let rows = answer.groups.iter().map(|row| {
        let told = !row.few;
        let share = row.value_share.filter(|_| told).map(words::percent).unwrap_or_default();
        let more = row.previous_count.map(|before| i64::from(row.customer_count) - i64::from(before));
        let more = more.map(|more| format!("{more:+}")).unwrap_or_default();
        vec![row.label.clone(), count(row.customer_count), share, days(row.median_recency_days.filter(|_| told)), more]
    });
    let crowd = |row: &CrowdRow| {
        let share = row.value_share.filter(|_| !row.few && row.customer_count > 0).map(words::percent);
        vec![row.label.clone(), count(row.customer_count), share.unwrap_or_default()]
    };
    let mut text = finding(session, &screen.finding) + "\n" + &table(rows.collect());
    for rows in [&answer.cpm.types, &answer.lapse.states, &answer.classes] {
        if !rows.is_empty() {
            text += &("\n".to_owned() + &table(rows.iter().map(crowd).collect()));
        }
    }
    text
}
