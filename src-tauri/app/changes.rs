//! What the newest import changed.

use super::error::Error;
use super::screens::Changes;
use super::session::Session;
use crate::insight::rfm::{self, GroupKey};
use crate::insight::{History, Scope, View};
use crate::shop::{CustomerId, Moment};
use rustc_hash::FxHashMap;

const AT_RISK: [GroupKey; 4] =
    [GroupKey::NeedsAttention, GroupKey::AboutToLapse, GroupKey::CoolingBest, GroupKey::AtRisk];

/// People who came, came back or moved into a group at risk since the last order day the ledger had before its
/// newest import; nothing before the second import, or when the newest one brought no later day.
pub(super) fn since_last_import(
    session: &Session,
    history: &History,
    now: &View<'_>,
) -> Result<Option<Changes>, Error> {
    let batches = session.ledger.batches()?;
    let Some(since) = batches.iter().skip(1).filter_map(|batch| batch.last_at).max().map(Moment::day) else {
        return Ok(None);
    };
    if since >= now.as_of {
        return Ok(None);
    }
    let Some(before) = View::new(history, &Scope { as_of: Some(since), ..Scope::default() }) else {
        return Ok(None);
    };
    let (_, scores) = rfm::scores(&before);
    let was: FxHashMap<CustomerId, GroupKey> =
        scores.iter().enumerate().map(|(place, score)| (before.id(place), score.group())).collect();
    let (_, scores) = rfm::scores(now);
    let mut changes = Changes { since, new_customers: 0, came_back: 0, became_at_risk: 0 };
    for (place, score) in scores.iter().enumerate() {
        let Some(group_before) = was.get(&now.id(place)) else {
            changes.new_customers += 1;
            continue;
        };
        let days = &now.purchases.day[now.purchases_of(place)];
        changes.came_back += u32::from(days.last().is_some_and(|day| *day > since));
        let risk = |group: &GroupKey| AT_RISK.contains(group);
        changes.became_at_risk += u32::from(risk(&score.group()) && !risk(group_before));
    }
    Ok(Some(changes))
}
