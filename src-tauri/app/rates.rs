//! The settings there are and the rates the malls publish: `assets/rates.json`, part of the program.
//!
//! A rate is written in per cent and an amount in yen, exactly (`3.5`, `650`) or as a range (`2.5-3.5`, `200-1000`). A fee
//! is either: in per cent, or in yen for each order (`150-300yen`).

use super::screens::SettingForm;
use crate::insight::margin::Step;
use crate::insight::rates::{Amount, Rate, WHOLE};
use crate::shop::money::{plain_range, says_yen};
use crate::shop::{Day, Mall, Payment, Yen};
use serde::Deserialize;

/// What a rate or an amount is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Of {
    NetSales,
    NetSalesBeforeTax,
    Paid,
    CouponUse,
    Parcel,
    Goods,
}

/// A value the program fills in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Published {
    /// First day on which it holds; from the beginning when left out.
    #[serde(default)]
    pub from: Option<Day>,
    /// Only in this plan of the mall.
    #[serde(default)]
    pub plan: Option<String>,
    pub value: String,
    /// Where it was read.
    pub source: String,
    /// Nobody has published it in this form: a cautious assumption of ours.
    #[serde(default)]
    pub assumption: bool,
    /// The day on which somebody last looked there.
    pub checked_on: Day,
}

/// One setting; its name and explanation stand in the catalogue under `setting-<key>`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Definition {
    pub key: String,
    #[serde(default)]
    pub mall: Option<Mall>,
    pub form: SettingForm,
    #[serde(default)]
    pub choices: Vec<String>,
    /// Least and most of the four numbers of steps.
    #[serde(default)]
    pub limits: [u32; 2],
    /// Where it stands in the waterfall, if it does.
    #[serde(default)]
    pub step: Option<StepWord>,
    #[serde(default)]
    pub base: Option<Of>,
    /// How the value is stated; consumption tax is added to what is stated without.
    #[serde(default)]
    pub tax: Tax,
    /// Whether a line's point multiplier raises it.
    #[serde(default)]
    pub raised: bool,
    /// Only of orders paid in this way; without a value those cost what all others do.
    #[serde(default)]
    pub payment: Option<Payment>,
    /// Only of orders that say this of an affiliate.
    #[serde(default)]
    pub affiliate: Option<Affiliate>,
    /// Uses a month that cost nothing.
    #[serde(default)]
    pub free_uses: u32,
    pub defaults: Vec<Published>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Tax {
    #[default]
    Included,
    Added,
}

/// What an order says of an affiliate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Affiliate {
    /// It came through one.
    Yes,
    /// Nothing.
    Unsaid,
}

/// A step by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct StepWord(pub Step);

impl TryFrom<String> for StepWord {
    type Error = String;
    fn try_from(word: String) -> Result<StepWord, String> {
        word.parse().map(StepWord).map_err(|()| format!("no step: {word}"))
    }
}

/// Prefectures that cost the same to send to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Region {
    pub key: String,
    pub prefectures: Vec<String>,
}

/// Words by which lines of a settlement belong into a step; the first that fits counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettlementWords {
    pub mall: Mall,
    pub step: StepWord,
    pub words: Vec<String>,
}

/// All of `assets/rates.json`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rates {
    pub regions: Vec<Region>,
    pub settings: Vec<Definition>,
    pub settlements: Vec<SettlementWords>,
    /// Lines with these words are no cost of an order (monthly fees).
    pub not_in_margin: Vec<String>,
    /// Direction of lines that pay sales out: a settlement pays sales out and takes fees off; only the latter cost.
    pub paid_out: String,
}

/// The rates as they are written down.
pub(super) const TEXT: &str = include_str!("../../assets/rates.json");

/// The program's own table.
pub(super) fn rates() -> Rates {
    serde_json::from_str(TEXT).expect("our own file, read by the test below")
}

impl Rates {
    pub fn setting(&self, key: &str) -> Option<&Definition> {
        self.settings.iter().find(|definition| definition.key == key)
    }

    /// What is charged of all ways of paying, for the setting of one of them.
    pub fn of_all_payments(&self, one: &Definition) -> Option<&Definition> {
        one.payment?;
        let is_it = |all: &&Definition| all.payment.is_none() && all.mall == one.mall && all.step == one.step;
        self.settings.iter().find(is_it)
    }
}

/// A value, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Choice(String),
    /// As stated, without tax added.
    Rate(Rate),
    Yen(Amount),
    /// Yen for each order, where per cent could stand as well.
    PerOrder(Amount),
    /// Four rising numbers.
    Steps([u32; 4]),
}

/// The largest amount that can be set, yen.
const MOST_YEN: i64 = 1_000_000;

impl Definition {
    /// The value a text states; nothing where it states none. Full-width digits, `%`, `円`, commas and 〜 are read.
    pub fn read(&self, text: &str) -> Option<Value> {
        let is_yen = says_yen(text);
        let text = plain_range(text);
        let text = if is_yen { text.to_ascii_lowercase().replace("yen", "") } else { text };
        if self.form == SettingForm::Choice || self.choices.contains(&text) {
            return self.choices.contains(&text).then_some(Value::Choice(text));
        }
        if self.form == SettingForm::Steps {
            return self.steps(&text).map(Value::Steps);
        }
        let (low, high) = text.split_once('-').unwrap_or((&text, &text));
        let rate = || {
            let (low, high) = (millionths(low)?, millionths(high)?);
            (low <= high && high <= WHOLE).then_some(Rate { low, high })
        };
        let amount = || {
            let (low, high): (i64, i64) = (low.parse().ok()?, high.parse().ok()?);
            (0 <= low && low <= high && high <= MOST_YEN).then_some(Amount { low: Yen(low), high: Yen(high) })
        };
        match self.form {
            SettingForm::Rate => rate().map(Value::Rate),
            SettingForm::Fee if is_yen => amount().map(Value::PerOrder),
            SettingForm::Fee => rate().map(Value::Rate),
            _ => amount().map(Value::Yen),
        }
    }

    /// Four numbers within the limits, each larger than the one before: `30/90/180/365`; `・` parts them as well.
    fn steps(&self, text: &str) -> Option<[u32; 4]> {
        let numbers: Option<Vec<u32>> = text.split(['/', '・']).map(|number| number.parse().ok()).collect();
        let steps: [u32; 4] = numbers?.try_into().ok()?;
        let rising = steps.windows(2).all(|pair| pair[0] < pair[1]);
        (rising && self.limits[0] <= steps[0] && steps[3] <= self.limits[1]).then_some(steps)
    }

    /// A rate with its tax.
    pub fn taxed(&self, rate: Rate) -> Rate {
        let add = |part: u32| if self.tax == Tax::Added { (part * 11 + 5) / 10 } else { part };
        Rate { low: add(rate.low), high: add(rate.high) }
    }

    /// An amount with its tax.
    pub fn taxed_yen(&self, amount: Amount) -> Amount {
        let add = |yen: Yen| if self.tax == Tax::Added { Yen((yen.0 * 11 + 5) / 10) } else { yen };
        Amount { low: add(amount.low), high: add(amount.high) }
    }
}

impl Value {
    /// As it is kept and shown to be edited: `3.5`, `2.5-3.5`, `650`, `150-300yen`, `standard`.
    pub fn text(&self) -> String {
        let range = |low: String, high: String| if low == high { low } else { format!("{low}-{high}") };
        match self {
            Value::Choice(word) => word.clone(),
            Value::Rate(rate) => range(per_cent(rate.low), per_cent(rate.high)),
            Value::Yen(amount) => range(amount.low.to_string(), amount.high.to_string()),
            Value::PerOrder(amount) => range(amount.low.to_string(), amount.high.to_string()) + "yen",
            Value::Steps(steps) => steps.map(|step| step.to_string()).join("/"),
        }
    }
}

/// `3.5` → 35,000; at most four decimals.
fn millionths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 4 || !digits(whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<4}").parse().ok()
}

/// 35,000 → `3.5`.
fn per_cent(millionths: u32) -> String {
    let text = format!("{}.{:04}", millionths / 10_000, millionths % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_of_its_setting() {
        let rates = rates();
        for setting in &rates.settings {
            for published in &setting.defaults {
                assert!(setting.read(&published.value).is_some(), "{}: {}", setting.key, published.value);
                let said = !published.source.is_empty() || published.assumption || published.value == "unknown";
                assert!(said, "{} {} has neither a source nor says that it is assumed", setting.key, published.value);
            }
            assert_eq!(setting.step.is_some(), setting.base.is_some(), "{}", setting.key);
        }
        let prefectures: usize = rates.regions.iter().map(|region| region.prefectures.len()).sum();
        assert_eq!(prefectures, 47);
        for region in &rates.regions {
            assert!(rates.setting(&format!("postage.{}", region.key)).is_some(), "{}", region.key);
        }
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        let rates = rates();
        let check = |key: &str, text: &str, expected: Option<&str>| {
            let setting = rates.setting(key).expect("a setting");
            assert_eq!(setting.read(text).map(|value| value.text()).as_deref(), expected, "{key} {text}");
        };
        check("rakuten.payment_fee", "3.50%", Some("3.5"));
        check("rakuten.payment_fee", "２．５〜３．５％", Some("2.5-3.5"));
        check("rakuten.payment_fee", "3.24", Some("3.24"));
        check("rakuten.payment_fee", "3.5-2.5", None);
        check("rakuten.payment_fee", "101", None);
        check("rakuten.payment_fee", "", None);
        check("rakuten.payment_fee", "-1", None);
        check("postage", "1,200円", Some("1200"));
        check("postage", "200-1000", Some("200-1000"));
        check("postage", "12.5", None);
        check("yahoo.payment_fee.convenience_store", "１５０円〜３００円", Some("150-300yen"));
        check("yahoo.payment_fee.convenience_store", "¥1,200", Some("1200yen"));
        check("yahoo.payment_fee.convenience_store", "150 - 300 Yen", Some("150-300yen"));
        check("yahoo.payment_fee.convenience_store", "3.24%", Some("3.24"));
        check("yahoo.payment_fee.convenience_store", "150", None);
        check("yahoo.payment_fee.convenience_store", "150.5円", None);
        check("yahoo.payment_fee", "150円", None);
        check("rakuten.plan", "standard", Some("standard"));
        check("rakuten.plan", "large", None);
        check("groups.recency", "own", Some("own"));
        check("groups.recency", "３０・９０／180 / 365", Some("30/90/180/365"));
        check("groups.recency", "30/90/90/365", None);
        check("groups.recency", "30/90/180", None);
        check("groups.recency", "0/90/180/365", None);
        check("groups.recency", "30/90/180/365/400", None);
        check("groups.frequency", "2/3/4/6", Some("2/3/4/6"));
        check("groups.frequency", "1/2/3/4", None);
        check("groups.frequency", "own", None);
        check("groups.monetary", "20/40/60/100", None);
        check("groups.monetary", "20%/40%/60%/80%", Some("20/40/60/80"));
    }

    #[test]
    fn tax_is_added_where_a_mall_states_its_rate_without() {
        let rates = rates();
        let setting = rates.setting("rakuten.system_fee").expect("a setting");
        // 2.0–4.5 % and a tenth of it.
        assert_eq!(setting.taxed(Rate { low: 20_000, high: 45_000 }), Rate { low: 22_000, high: 49_500 });
        let coupon = rates.setting("rakuten.coupon_fee").expect("a setting");
        assert_eq!(coupon.taxed_yen(Amount { low: Yen(50), high: Yen(50) }).low, Yen(55));
    }
}
