//! The settings as they hold: the owner's, and where the owner has said nothing the program's own.

use super::rates::{Definition, Published, Rates, Value};
use crate::insight::rates::{Amount, BEGINNING, Rate, Timeline};
use crate::ledger::settings::SettingChange;
use crate::shop::{Day, Moment};
use std::collections::BTreeMap;

/// A value the owner has set or confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Own {
    pub value: String,
    pub changed_at: Moment,
}

/// All settings of the owner, by key and first day.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    own: BTreeMap<String, BTreeMap<Option<Day>, Own>>,
}

impl Kept {
    /// What counts of these changes, oldest first. A change without value takes what was set for its day back, and
    /// without a day everything that was set before it.
    pub fn of(changes: &[SettingChange]) -> Kept {
        let mut kept = Kept::default();
        for change in changes.iter().filter(|change| change.undone_at.is_none()) {
            let days = kept.own.entry(change.setting.clone()).or_default();
            match (&change.value, change.holds_from) {
                (Some(value), from) => {
                    days.insert(from, Own { value: value.clone(), changed_at: change.changed_at });
                }
                (None, None) => days.clear(),
                (None, from) => {
                    days.remove(&from);
                }
            }
        }
        kept
    }

    /// The owner's values of a setting, by first day.
    pub fn own(&self, key: &str) -> impl Iterator<Item = (Option<Day>, &Own)> {
        self.own.get(key).into_iter().flatten().map(|(from, own)| (*from, own))
    }

    /// What holds on a day: the owner's newest value up to it, else the program's.
    pub fn at<'k>(&'k self, rates: &'k Rates, definition: &'k Definition, day: Day) -> Option<Held<'k>> {
        let own = self.own(&definition.key).filter(|(from, _)| from.unwrap_or(BEGINNING) <= day).last();
        match own {
            Some((from, own)) => Some(Held { value: &own.value, from, published: None }),
            None => self.published(rates, definition, day).map(|p| Held {
                value: &p.value,
                from: p.from,
                published: Some(p),
            }),
        }
    }

    /// The program's own value on a day, for the plan the owner has on it.
    pub fn published<'k>(&'k self, rates: &'k Rates, definition: &'k Definition, day: Day) -> Option<&'k Published> {
        let plan = definition.mall.and_then(|mall| rates.setting(&format!("{mall}.plan")));
        let plan = plan.filter(|plan| plan.key != definition.key);
        let plan = plan.and_then(|plan| self.at(rates, plan, day)).map(|held| held.value);
        definition
            .defaults
            .iter()
            .filter(|p| p.from.unwrap_or(BEGINNING) <= day && (p.plan.is_none() || p.plan.as_deref() == plan))
            .max_by_key(|p| p.from.unwrap_or(BEGINNING))
    }

    /// The days on which a setting, or the plan its default hangs on, may change.
    pub fn days(&self, rates: &Rates, definition: &Definition) -> Vec<Day> {
        let plan = definition.mall.map(|mall| format!("{mall}.plan"));
        let mut days: Vec<Day> = [Some(definition.key.clone()), plan]
            .into_iter()
            .flatten()
            .filter_map(|key| rates.setting(&key))
            .flat_map(|definition| {
                let own = self.own(&definition.key).map(|(from, _)| from);
                own.chain(definition.defaults.iter().map(|p| p.from)).map(|from| from.unwrap_or(BEGINNING))
            })
            .chain([BEGINNING])
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// What holds from which day on, read by `read`.
    fn timeline<T>(&self, rates: &Rates, definition: &Definition, read: impl Fn(Value) -> Option<T>) -> Timeline<T> {
        let days = self.days(rates, definition);
        let held = |day: Day| read(definition.read(self.at(rates, definition, day)?.value)?).map(|value| (day, value));
        Timeline::new(days.into_iter().filter_map(held).collect())
    }

    /// The same, and where nothing holds, that of another setting.
    pub fn rate_or(&self, rates: &Rates, definition: &Definition, other: Option<&Definition>) -> Timeline<Rate> {
        let own = self.rate(rates, definition);
        let Some(other) = other.map(|other| self.rate(rates, other)) else { return own };
        let days: Vec<Day> = own.days().chain(other.days()).collect();
        let held = |day: Day| own.at(day).or(other.at(day)).map(|rate| (day, *rate));
        Timeline::new(days.into_iter().filter_map(held).collect())
    }

    /// A rate with its tax, from which day on.
    pub fn rate(&self, rates: &Rates, definition: &Definition) -> Timeline<Rate> {
        self.timeline(rates, definition, |value| match value {
            Value::Rate(rate) => Some(definition.taxed(rate)),
            _ => None,
        })
    }

    /// An amount with its tax, from which day on.
    pub fn amount(&self, rates: &Rates, definition: &Definition) -> Timeline<Amount> {
        self.timeline(rates, definition, |value| match value {
            Value::Yen(amount) => Some(definition.taxed_yen(amount)),
            _ => None,
        })
    }
}

/// A value that holds on some day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held<'k> {
    pub value: &'k str,
    pub from: Option<Day>,
    /// Where the program's own comes from; nothing for the owner's.
    pub published: Option<&'k Published>,
}

#[cfg(test)]
mod tests {
    use super::super::rates::rates;
    use super::*;

    fn change(change_id: i64, setting: &str, value: Option<&str>, from: Option<&str>) -> SettingChange {
        SettingChange {
            change_id,
            changed_at: Moment(change_id),
            setting: setting.into(),
            value: value.map(str::to_owned),
            holds_from: from.map(|day| day.parse().expect("a day")),
            undone_at: None,
        }
    }

    fn check(changes: &[SettingChange], key: &str, on: &str, expected: Option<&str>) {
        let (rates, kept) = (rates(), Kept::of(changes));
        let definition = rates.setting(key).expect("a setting");
        let held = kept.at(&rates, definition, on.parse().expect("a day")).map(|held| held.value);
        assert_eq!(held, expected, "{key} on {on}");
    }

    #[test]
    fn the_owners_word_counts_from_its_day_and_the_programs_before() {
        let changes = [
            change(1, "rakuten.payment_fee", Some("3"), Some("2025-04-01")),
            change(2, "rakuten.payment_fee", Some("3.2"), Some("2025-10-01")),
        ];
        check(&changes, "rakuten.payment_fee", "2025-03-31", Some("2.5-3.5"));
        check(&changes, "rakuten.payment_fee", "2025-04-01", Some("3"));
        check(&changes, "rakuten.payment_fee", "2026-01-01", Some("3.2"));
        let undone = SettingChange { undone_at: Some(Moment(9)), ..changes[1].clone() };
        check(&[changes[0].clone(), undone], "rakuten.payment_fee", "2026-01-01", Some("3"));
        let back = [&changes[..], &[change(3, "rakuten.payment_fee", None, None)]].concat();
        check(&back, "rakuten.payment_fee", "2026-01-01", Some("2.5-3.5"));
    }

    #[test]
    fn a_plan_changes_the_default_from_its_day() {
        let changes = [change(1, "rakuten.plan", Some("standard"), Some("2025-04-01"))];
        check(&changes, "rakuten.system_fee", "2025-03-31", Some("2.0-7.0"));
        check(&changes, "rakuten.system_fee", "2025-04-01", Some("2.0-4.5"));
        check(&[], "rakuten.coupon_fee", "2024-03-31", Some("0"));
        check(&[], "rakuten.coupon_fee", "2024-04-01", Some("50"));
        check(&[], "postage.hokkaido", "2025-01-01", None);
    }
}
