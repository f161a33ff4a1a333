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

    /// The program's own value on a day, for the plan the owner has on it. What it says of one way of paying does not
    /// count where the owner has said something else of all of them.
    pub fn published<'k>(&'k self, rates: &'k Rates, definition: &'k Definition, day: Day) -> Option<&'k Published> {
        let plan = definition.mall.and_then(|mall| rates.setting(&format!("{mall}.plan")));
        let plan = plan.filter(|plan| plan.key != definition.key);
        let plan = plan.and_then(|plan| self.at(rates, plan, day)).map(|held| held.value);
        if self.is_overruled(rates, definition, day) {
            return None;
        }
        definition
            .defaults
            .iter()
            .filter(|p| p.from.unwrap_or(BEGINNING) <= day && (p.plan.is_none() || p.plan.as_deref() == plan))
            .max_by_key(|p| p.from.unwrap_or(BEGINNING))
    }

    /// Whether the owner's own rate of all ways of paying stands before what the program says of this one.
    fn is_overruled(&self, rates: &Rates, definition: &Definition, day: Day) -> bool {
        let Some(general) = rates.of_all_payments(definition) else { return false };
        let own = self.at(rates, general, day).filter(|held| held.published.is_none());
        let published = self.published(rates, general, day).and_then(|published| general.read(&published.value));
        let is_default = |held: &Held<'_>| general.read(held.value) == published;
        own.is_some_and(|held| !is_default(&held))
    }

    /// The days on which a setting, or what its default hangs on, may change: the plan, the rate of all ways of paying.
    pub fn days(&self, rates: &Rates, definition: &Definition) -> Vec<Day> {
        let plan = definition.mall.and_then(|mall| rates.setting(&format!("{mall}.plan")));
        let mut days: Vec<Day> = [Some(definition), plan, rates.of_all_payments(definition)]
            .into_iter()
            .flatten()
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

    /// What holds from which day on, read by `read`; what is charged for one way of paying is, while nothing is said of
    /// it, that of all of them.
    fn timeline<T>(&self, rates: &Rates, definition: &Definition, read: impl Fn(Value) -> Option<T>) -> Timeline<T> {
        let general = rates.of_all_payments(definition);
        let of_days = [Some(definition), general].into_iter().flatten();
        let days: Vec<Day> = of_days.flat_map(|definition| self.days(rates, definition)).collect();
        let held = |day: Day| {
            let held = self.at(rates, definition, day).or(general.and_then(|general| self.at(rates, general, day)))?;
            Some((day, read(definition.read(held.value)?)?))
        };
        Timeline::new(days.into_iter().filter_map(held).collect())
    }

    /// Whether a setting ever has a value of its own.
    pub fn says_anything(&self, rates: &Rates, definition: &Definition) -> bool {
        self.days(rates, definition).into_iter().any(|day| self.at(rates, definition, day).is_some())
    }

    /// A rate with its tax, from which day on; none while it is an amount for each order.
    pub fn rate(&self, rates: &Rates, definition: &Definition) -> Timeline<Rate> {
        self.timeline(rates, definition, |value| match value {
            Value::Rate(rate) => Some(definition.taxed(rate)),
            Value::PerOrder(_) => Some(Rate::default()),
            _ => None,
        })
    }

    /// An amount for each order with its tax, from which day on; none while it is a rate.
    pub fn per_order(&self, rates: &Rates, definition: &Definition) -> Timeline<Amount> {
        let all = self.timeline(rates, definition, |value| match value {
            Value::PerOrder(amount) => Some(definition.taxed_yen(amount)),
            Value::Rate(_) => Some(Amount::default()),
            _ => None,
        });
        let is_any = all.steps().iter().any(|(_, amount)| *amount != Amount::default());
        if is_any { all } else { Timeline::default() }
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

    #[test]
    fn the_owners_rate_of_all_payments_stands_before_the_programs_of_one() {
        let one = "yahoo.payment_fee.card";
        check(&[], one, "2025-01-01", Some("3.0-3.24"));
        let all = |value: &str, from: Option<&str>| change(1, "yahoo.payment_fee", Some(value), from);
        check(&[all("3", None)], one, "2025-01-01", None);
        check(&[all("3", Some("2025-04-01"))], one, "2025-03-31", Some("3.0-3.24"));
        check(&[all("3", Some("2025-04-01"))], one, "2025-04-01", None);
        // To confirm what stands there is no other word, however it is written.
        check(&[all("3.0-4.48", None)], one, "2025-01-01", Some("3.0-3.24"));
        check(&[all("3-4.48", None)], one, "2025-01-01", Some("3.0-3.24"));
        check(&[all("3", None), change(2, one, Some("3.24"), None)], one, "2025-01-01", Some("3.24"));
    }

    #[test]
    fn a_fee_for_each_order_and_a_rate_follow_each_other() {
        let key = "yahoo.payment_fee.convenience_store";
        let changes =
            [change(1, key, Some("2.5"), Some("2025-04-01")), change(2, key, Some("200yen"), Some("2026-01-01"))];
        let (rates, kept) = (rates(), Kept::of(&changes));
        let definition = rates.setting(key).expect("a setting");
        let (share, each) = (kept.rate(&rates, definition), kept.per_order(&rates, definition));
        let check = |on: &str, low: u32, yen: (i64, i64)| {
            let day = on.parse().expect("a day");
            assert_eq!(share.at(day).map(|rate| rate.low), Some(low), "{on}");
            assert_eq!(each.at(day).map(|amount| (amount.low.0, amount.high.0)), Some(yen), "{on}");
        };
        check("2025-03-31", 0, (150, 300));
        check("2025-04-01", 25_000, (0, 0));
        check("2026-01-01", 0, (200, 200));
    }
}
