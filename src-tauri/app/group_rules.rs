//! How customers are put into groups: from the settings, or as the owner tries it out.

use super::error::Error;
use super::kept::Kept;
use super::rates::{Rates, Value, rates};
use super::screens::RulesDraft;
use crate::insight::rfm::{CpmPreset, GroupRules};
use crate::ledger::settings::SettingChange;
use crate::shop::Day;

/// The settings, by the part of the rules they are.
const RECENCY: &str = "groups.recency";
const FREQUENCY: &str = "groups.frequency";
const MONETARY: &str = "groups.monetary";
const CPM: &str = "cpm.preset";

/// The word of a setting that says: the classic preset.
const CLASSIC: &str = "classic";

/// The rules that hold today.
pub(super) fn kept(changes: &[SettingChange], today: Day) -> GroupRules {
    let (rates, kept) = (rates(), Kept::of(changes));
    let held = |key: &str| {
        let definition = rates.setting(key)?;
        definition.read(kept.at(&rates, definition, today)?.value)
    };
    let default = GroupRules::default();
    let steps = |key: &str| held(key).and_then(steps);
    GroupRules {
        recency_days: steps(RECENCY),
        order_count: steps(FREQUENCY).unwrap_or(default.order_count),
        monetary_percent: steps(MONETARY).unwrap_or(default.monetary_percent),
        cpm: match held(CPM) {
            Some(Value::Choice(word)) if word == CLASSIC => CpmPreset::Classic,
            _ => CpmPreset::Own,
        },
    }
}

/// The kept rules with what is tried out in their place. What is no threshold is a bad question.
pub(super) fn tried(kept: GroupRules, draft: &RulesDraft) -> Result<GroupRules, Error> {
    let rates = rates();
    let read = |key: &str, text: &Option<String>| -> Result<Option<Value>, Error> {
        text.as_deref().map(|text| value(&rates, key, text)).transpose()
    };
    Ok(GroupRules {
        recency_days: read(RECENCY, &draft.recency)?.map_or(kept.recency_days, steps),
        order_count: read(FREQUENCY, &draft.frequency)?.and_then(steps).unwrap_or(kept.order_count),
        monetary_percent: read(MONETARY, &draft.monetary)?.and_then(steps).unwrap_or(kept.monetary_percent),
        cpm: draft.cpm.unwrap_or(kept.cpm),
    })
}

fn value(rates: &Rates, key: &str, text: &str) -> Result<Value, Error> {
    let bad = || Error::BadQuestion(format!("{key} {text}"));
    rates.setting(key).and_then(|definition| definition.read(text)).ok_or_else(bad)
}

/// Four typed numbers; a word, which says that the program's own rule holds, is none.
fn steps(value: Value) -> Option<[u32; 4]> {
    match value {
        Value::Steps(steps) => Some(steps),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_begin_as_the_rules_do() {
        assert_eq!(kept(&[], Day(20_000)), GroupRules::default());
    }

    #[test]
    fn what_is_tried_out_takes_the_place_of_what_is_kept() {
        let typed = GroupRules { recency_days: Some([10, 20, 30, 40]), ..GroupRules::default() };
        let draft = |recency: &str| RulesDraft { recency: Some(recency.to_owned()), ..RulesDraft::default() };
        assert_eq!(tried(typed, &RulesDraft::default()).ok(), Some(typed));
        assert_eq!(tried(typed, &draft("own")).map(|rules| rules.recency_days).ok(), Some(None));
        let found = tried(typed, &draft("7/14/21/28")).map(|rules| rules.recency_days).ok();
        assert_eq!(found, Some(Some([7, 14, 21, 28])));
        assert!(matches!(tried(typed, &draft("28/21/14/7")), Err(Error::BadQuestion(_))));
    }
}
