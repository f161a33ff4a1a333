//! What the screens 設定 and 利益の滝 send and receive.

use super::privacy::Privacy;
use crate::insight::Band;
use crate::insight::margin::Step;
use crate::shop::{CustomerId, Day, Mall, Moment, Yen};
use serde::{Deserialize, Serialize};

/// How a setting's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum SettingForm {
    /// One of a few words.
    Choice,
    /// Per cent, exactly or from–to: `3.5`, `2.5-3.5`.
    Rate,
    /// Yen, exactly or from–to: `650`, `200-1000`.
    Yen,
    /// Per cent, or yen for each order: `3.24`, `3.0-3.24`, `150yen`, `150-300yen`.
    Fee,
    /// Four rising whole numbers: `30/90/180/365`; or a word, where `choices` has one.
    Steps,
}

/// What the numbers of a setting are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "snake_case")]
pub enum SettingUnit {
    /// Shares, 0–1.
    Rate,
    /// Yen.
    Yen,
}

/// The owner's settings.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Settings {
    /// In the order in which they are asked: the malls one after the other, then postage, goods, customers.
    pub settings: Vec<Setting>,
    /// Rates of malls in use that hold by default and that nobody has confirmed.
    pub unconfirmed_count: u32,
    /// The imported lists of what items cost.
    pub cost_lists: CostLists,
    /// Every change, newest first, undone ones too.
    pub changes: Vec<SettingChange>,
    /// Whether names are kept.
    pub privacy: Privacy,
}

/// One setting as it holds today.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Setting {
    /// Its name in questions: `rakuten.payment_fee`.
    pub key: String,
    /// The mall it is of; nothing for what all malls share.
    pub mall: Option<Mall>,
    /// How its value is written.
    pub form: SettingForm,
    /// What a choice offers.
    pub choices: Vec<SettingChoice>,
    /// Its name in words.
    pub label: String,
    /// What it is and where the owner finds it, in a sentence or two.
    pub explanation: String,
    /// The step of the waterfall it goes into, if any.
    pub step: Option<Step>,
    /// Whether it matters: its mall is in use.
    pub in_use: bool,
    /// What holds today, as it is written; nothing when nobody has said anything.
    pub value: Option<String>,
    /// The same in words: 「2.5〜3.5%」; 「まだ決まっていません」 for nothing.
    pub value_label: String,
    /// What `low` and `high` are; nothing where there are none.
    pub unit: Option<SettingUnit>,
    /// Lower end of a rate (0–1) or an amount (yen); nothing for a choice.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// First day on which it holds; nothing: from the beginning.
    pub holds_from: Option<Day>,
    /// The owner has set or confirmed it; else it is the default.
    pub confirmed: bool,
    /// When the owner did.
    pub changed_at: Option<Moment>,
    /// What the program would fill in today, as it is written.
    pub default_value: Option<String>,
    /// The same in words.
    pub default_label: String,
    /// Where the default was read; empty when it is an assumption.
    pub source: String,
    /// The day on which somebody last looked there.
    pub checked_on: Option<Day>,
    /// Nobody has published the default in this form: a cautious assumption.
    pub assumption: bool,
    /// What has held from which day, oldest first; one entry when it never changed.
    pub steps: Vec<SettingStep>,
}

/// A word a setting may be set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SettingChoice {
    /// As it is sent.
    pub value: String,
    /// In words.
    pub label: String,
}

/// A setting from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SettingStep {
    /// First day; nothing: from the beginning.
    pub from: Option<Day>,
    /// As it is written.
    pub value: String,
    /// In words.
    pub label: String,
    /// The owner's own.
    pub confirmed: bool,
}

/// What is known of what items cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct CostLists {
    /// Items and variations with a cost.
    pub item_count: u32,
    /// Share of the goods of the last twelve months whose cost is known, 0–1.
    pub known_cost_share: f64,
    /// Share from which value is the margin.
    pub needed_share: f64,
    /// Items without a cost that sold most in the last twelve months, at most ten: code and name.
    pub missing: Vec<MissingCost>,
}

/// An item whose cost nobody has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MissingCost {
    /// Where it is sold.
    pub mall: Mall,
    /// The shop's code.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Goods sold without a known cost, yen.
    pub goods: Yen,
}

/// One setting in one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SettingChange {
    /// Number of the change; settings that were changed together share it and are undone together.
    pub change_id: i64,
    /// When.
    pub changed_at: Moment,
    /// Which setting.
    pub key: String,
    /// Its name in words.
    pub label: String,
    /// What it was set to, in words; 「初期値」 for back to the default.
    pub value_label: String,
    /// First day on which it holds; nothing: from the beginning.
    pub holds_from: Option<Day>,
    /// When it was taken back, if it was.
    pub undone_at: Option<Moment>,
}

/// A setting to change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
#[serde(default, deny_unknown_fields)]
pub struct NewSetting {
    /// Which.
    pub key: String,
    /// To what, as it is written; absent: back to the default, or with `confirm` what holds today.
    pub value: Option<String>,
    /// First day on which it holds; from the beginning when absent.
    pub holds_from: Option<Day>,
    /// Keep what holds today and mark it as confirmed.
    pub confirm: bool,
}

/// The orders behind a step of the waterfall.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ProfitOrders {
    /// The step.
    pub step: Step,
    /// Its name in words.
    pub label: String,
    /// Orders in which it is not zero; parts of split orders are rows of their own.
    pub total: u32,
    /// Of them parts of split orders, which count with the order they were split from.
    pub split_count: u32,
    /// Their sum, at least.
    pub low: Yen,
    /// At most.
    pub high: Yen,
    /// The largest, at most 500; of equal ones the newest first.
    pub orders: Vec<ProfitOrder>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ProfitOrder {
    /// Where.
    pub mall: Mall,
    /// The mall's order number.
    pub order_number: String,
    /// When.
    pub ordered_at: Moment,
    /// Who.
    pub customer_id: CustomerId,
    /// Net sales.
    pub net_sales: Yen,
    /// The step, at least.
    pub low: Yen,
    /// At most.
    pub high: Yen,
    /// What is left of the order.
    pub contribution_margin_band: Band,
}
