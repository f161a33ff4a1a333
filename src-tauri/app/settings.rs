//! The screen 設定: which malls, what they charge, what sending costs; every change can be undone.

use super::catalogue::Catalogue;
use super::clock;
use super::error::Error;
use super::kept::{Held, Kept};
use super::nameless::privacy;
use super::rates::{Definition, Rates, Value, rates};
use super::screens::{
    CostLists, MissingCost, NewSetting, Setting, SettingChange, SettingChoice, SettingStep, SettingUnit, Settings,
};
use super::session::{Session, view_of_everybody};
use super::words;
use crate::insight::rates::{BEGINNING, WHOLE};
use crate::insight::{History, Scope, value};
use crate::ledger::settings as stored;
use crate::shop::{Day, Mall, Yen};
use std::collections::BTreeSet;

/// Items without a cost that are named.
const MISSING_NAMED: usize = 10;

/// The settings as they hold today, as `otokui settings` prints them.
pub fn answer(session: &Session) -> Result<Settings, Error> {
    let rates = rates();
    let changes = session.ledger.setting_changes()?;
    let kept = Kept::of(&changes);
    let history = session.history()?;
    let sold_at: BTreeSet<Mall> = history.items.iter().map(|item| item.mall).collect();
    let asked = Asked { rates: &rates, kept: &kept, catalogue: &session.catalogue, today: session.today };
    let settings: Vec<Setting> = rates.settings.iter().map(|setting| asked.setting(setting, &sold_at)).collect();
    let unconfirmed_count = settings.iter().filter(|setting| is_open(setting)).count() as u32;
    let changes = changes.into_iter().rev().map(|change| asked.change(change)).collect();
    Ok(Settings {
        settings,
        unconfirmed_count,
        cost_lists: cost_lists(session, &history)?,
        changes,
        privacy: privacy(session)?,
    })
}

/// Settings of malls in use that only hold by default.
pub(super) fn unconfirmed(session: &Session) -> Result<u32, Error> {
    let rates = rates();
    let kept = Kept::of(&session.ledger.setting_changes()?);
    let sold_at: BTreeSet<Mall> = session.history()?.items.iter().map(|item| item.mall).collect();
    let asked = Asked { rates: &rates, kept: &kept, catalogue: &session.catalogue, today: session.today };
    Ok(rates.settings.iter().filter(|setting| is_open(&asked.setting(setting, &sold_at))).count() as u32)
}

/// What winning one customer cost, as the owner has typed it, in the middle of a range.
pub(super) fn acquisition_cost(session: &Session) -> Result<Option<Yen>, Error> {
    let rates = rates();
    let kept = Kept::of(&session.ledger.setting_changes()?);
    let amount = rates.setting("acquisition_cost").map(|definition| kept.amount(&rates, definition));
    let amount = amount.as_ref().and_then(|amount| amount.at(session.today));
    Ok(amount.map(|amount| Yen::rounded_half_away((amount.low + amount.high).as_f64() / 2.0)))
}

fn is_open(setting: &Setting) -> bool {
    setting.in_use && setting.step.is_some() && setting.value.is_some() && !setting.confirmed
}

/// Changes settings, all in one change that is undone as one, and answers how they hold then.
pub fn change(session: &mut Session, settings: &[NewSetting]) -> Result<Settings, Error> {
    let rates = rates();
    let kept = Kept::of(&session.ledger.setting_changes()?);
    let mut new: Vec<stored::NewSetting> = Vec::new();
    for setting in settings {
        let definition = rates.setting(&setting.key).ok_or_else(|| Error::BadQuestion(setting.key.clone()))?;
        let bad = |text: &str| Error::BadQuestion(format!("{} {text}", setting.key));
        if new.iter().any(|other| other.setting == setting.key) {
            return Err(bad(""));
        }
        let (value, holds_from) = match (&setting.value, setting.confirm) {
            (Some(text), _) => (Some(definition.read(text).ok_or_else(|| bad(text))?.text()), setting.holds_from),
            (None, true) => match kept.at(&rates, definition, session.today) {
                Some(held) => (Some(held.value.to_owned()), held.from),
                None => continue,
            },
            (None, false) => (None, setting.holds_from),
        };
        new.push(stored::NewSetting { setting: setting.key.clone(), value, holds_from });
    }
    session.ledger.change_settings(&new, clock::now())?;
    answer(session)
}

/// Marks these settings as confirmed as they hold today; all of the malls in use when none is named.
pub fn confirm(session: &mut Session, keys: &[String]) -> Result<Settings, Error> {
    let open: Vec<String> = match keys {
        [] => answer(session)?.settings.into_iter().filter(is_open).map(|setting| setting.key).collect(),
        keys => keys.to_vec(),
    };
    let settings: Vec<NewSetting> =
        open.into_iter().map(|key| NewSetting { key, confirm: true, ..NewSetting::default() }).collect();
    change(session, &settings)
}

/// Takes a change back, the newest when none is named, and answers how the settings hold then.
pub fn undo(session: &mut Session, change_id: Option<i64>) -> Result<Settings, Error> {
    if session.ledger.undo_settings(change_id, clock::now())?.is_none() {
        return Err(Error::NothingToUndo);
    }
    answer(session)
}

/// What an answer is made from.
struct Asked<'a> {
    rates: &'a Rates,
    kept: &'a Kept,
    catalogue: &'a Catalogue,
    today: Day,
}

impl Asked<'_> {
    fn setting(&self, definition: &Definition, sold_at: &BTreeSet<Mall>) -> Setting {
        let held = self.kept.at(self.rates, definition, self.today);
        let published = self.kept.published(self.rates, definition, self.today);
        let in_use = definition.mall.is_none_or(|mall| self.is_used(mall, sold_at));
        let used = definition.key.ends_with(".used").then_some(if in_use { "yes" } else { "no" });
        let value = held.map(|held| held.value).or(used);
        let read = value.and_then(|text| definition.read(text));
        let unit = match &read {
            Some(Value::Rate(_)) => Some(SettingUnit::Rate),
            Some(Value::Yen(_) | Value::PerOrder(_)) => Some(SettingUnit::Yen),
            _ => None,
        };
        let (low, high) = match &read {
            Some(Value::Rate(rate)) => {
                let share = |part: u32| Some(f64::from(part) / f64::from(WHOLE));
                (share(rate.low), share(rate.high))
            }
            Some(Value::Yen(amount) | Value::PerOrder(amount)) => {
                (Some(amount.low.as_f64()), Some(amount.high.as_f64()))
            }
            _ => (None, None),
        };
        let name = place(&definition.key);
        let own = self.kept.own(&definition.key).map(|(_, own)| own.changed_at).max();
        let default_value = published.map(|published| published.value.clone());
        Setting {
            key: definition.key.clone(),
            mall: definition.mall,
            form: definition.form,
            choices: definition
                .choices
                .iter()
                .map(|choice| SettingChoice { value: choice.clone(), label: self.choice(choice) })
                .collect(),
            label: self.catalogue.word(&format!("setting-{name}")),
            explanation: self.catalogue.word(&format!("setting-{name}-why")),
            step: definition.step.map(|step| step.0),
            in_use,
            value_label: self.label(definition, value),
            value: value.map(|text| definition.read(text).map_or_else(|| text.to_owned(), |value| value.text())),
            unit,
            low,
            high,
            holds_from: held.and_then(|held| held.from),
            confirmed: own.is_some(),
            changed_at: own,
            default_label: self.label(definition, default_value.as_deref()),
            default_value,
            source: published.map(|published| published.source.clone()).unwrap_or_default(),
            checked_on: published.map(|published| published.checked_on),
            assumption: published.is_some_and(|published| published.assumption),
            steps: self.steps(definition),
        }
    }

    /// A mall is used when the owner says so, or says nothing and has sold there.
    fn is_used(&self, mall: Mall, sold_at: &BTreeSet<Mall>) -> bool {
        let said = self.kept.own(&format!("{mall}.used")).last().map(|(_, own)| own.value == "yes");
        said.unwrap_or_else(|| sold_at.contains(&mall))
    }

    fn steps(&self, definition: &Definition) -> Vec<SettingStep> {
        let mut steps: Vec<SettingStep> = Vec::new();
        for day in self.kept.days(self.rates, definition) {
            let Some(Held { value, published, .. }) = self.kept.at(self.rates, definition, day) else { continue };
            let step = SettingStep {
                from: (day != BEGINNING).then_some(day),
                value: value.to_owned(),
                label: self.label(definition, Some(value)),
                confirmed: published.is_none(),
            };
            let same = |last: &SettingStep| (&last.value, last.confirmed) == (&step.value, step.confirmed);
            if !steps.last().is_some_and(same) {
                steps.push(step);
            }
        }
        steps
    }

    fn change(&self, change: stored::SettingChange) -> SettingChange {
        let definition = self.rates.setting(&change.setting);
        let value_label = match (&change.value, definition) {
            (None, _) => self.catalogue.word("setting-default"),
            (Some(value), Some(definition)) => self.label(definition, Some(value)),
            (Some(value), None) => value.clone(),
        };
        SettingChange {
            change_id: change.change_id,
            changed_at: change.changed_at,
            label: self.catalogue.word(&format!("setting-{}", place(&change.setting))),
            key: change.setting,
            value_label,
            holds_from: change.holds_from,
            undone_at: change.undone_at,
        }
    }

    fn choice(&self, choice: &str) -> String {
        self.catalogue.word(&format!("setting-choice-{choice}"))
    }

    fn label(&self, definition: &Definition, text: Option<&str>) -> String {
        let Some(value) = text.and_then(|text| definition.read(text)) else {
            return self.catalogue.word("setting-unknown");
        };
        let language = self.catalogue.language;
        match value {
            Value::Choice(word) => self.choice(&word),
            Value::Steps(steps) => steps.map(|step| words::grouped(i64::from(step))).join(" / "),
            Value::Rate(_) => {
                let text = value.text();
                let (low, high) = text.split_once('-').unwrap_or((&text, &text));
                self.range(low, high, &|end| format!("{end}%"))
            }
            Value::Yen(amount) | Value::PerOrder(amount) => {
                let (low, high) = (words::yen(amount.low, language), words::yen(amount.high, language));
                let label = self.range(&low, &high, &str::to_owned);
                match value {
                    Value::PerOrder(_) => self.catalogue.text("setting-per-order", &[("amount", label.into())]),
                    _ => label,
                }
            }
        }
    }

    fn range(&self, low: &str, high: &str, unit: &dyn Fn(&str) -> String) -> String {
        if low == high {
            return unit(low);
        }
        self.catalogue.text("setting-range", &[("low", unit(low).into()), ("high", unit(high).into())])
    }
}

/// A setting's place in the catalogue: `rakuten.payment_fee` → `rakuten-payment-fee`.
fn place(key: &str) -> String {
    key.replace(['.', '_'], "-")
}

fn cost_lists(session: &Session, history: &History) -> Result<CostLists, Error> {
    let costs = session.ledger.item_costs()?;
    let items: BTreeSet<(&str, &str)> = costs.iter().map(|cost| (&*cost.code, &*cost.sku)).collect();
    let view = view_of_everybody(session, history, &Scope::default())?;
    let (known_cost_share, missing) = view.as_ref().map(|view| value::missing_costs(view)).unwrap_or_default();
    let missing = missing.into_iter().take(MISSING_NAMED).map(|(item, goods)| {
        let item = &history.items[item as usize];
        MissingCost { mall: item.mall, item_code: item.code.clone(), item_name: item.name.clone(), goods }
    });
    Ok(CostLists {
        item_count: items.len() as u32,
        known_cost_share,
        needed_share: value::ENOUGH_KNOWN,
        missing: missing.collect(),
    })
}
