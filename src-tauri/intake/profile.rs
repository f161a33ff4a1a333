//! Which mall and export, which header means what, what a price includes. Profiles are data:
//! `assets/malls/*.json`, one per layout.

use super::cell::without_zeros;
pub(crate) use super::fit::{Fit, fit};
use super::map::MAPPED;
use crate::shop::{DateForm, Mall, OrderStatus, Payment};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// One layout of one mall's export.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Stable name: `rakuten-order-current`, `rakuten-order-legacy`, `yahoo-order`, `yahoo-order-packed`, `yahoo-item`.
    pub id: String,
    /// Whose export it is.
    pub mall: Mall,
    /// Whether it holds whole orders or half of them.
    pub part: Part,
    /// Where the owner downloads it, and where the names are from.
    pub source: String,
    /// The day the names were last checked, `YYYY-MM-DD`.
    pub checked_on: String,
    /// What the unit price includes.
    pub price: Price,
    /// What an order cannot do without; of each group one field is enough.
    pub required: Vec<Vec<Field>>,
    /// Headers that mean a field, the best first.
    pub columns: BTreeMap<Field, Vec<String>>,
    /// Headers of moments that have happened, as opposed to wishes and deadlines.
    pub events: Vec<String>,
    /// How moments are written, beside the mall's usual form.
    pub moments: Vec<MomentForm>,
    /// The mall's statuses.
    pub statuses: Vec<StatusRow>,
    /// The number a status counts as that is not in the list, where shops could invent their own.
    #[serde(default)]
    pub other_status: Option<u16>,
    /// The mall's words for how an order is paid.
    #[serde(default)]
    pub payments: Vec<PaymentRow>,
    /// How the lines of an order stand in its row.
    #[serde(default)]
    pub lines: LineForm,
    /// How the owner says days are written (strftime); only in a layout the owner has described.
    #[serde(skip)]
    pub date_form: Option<DateForm>,
}

/// How the lines of an order are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineForm {
    /// One row each.
    #[default]
    Rows,
    /// All in one row: each cell of a line's field holds `L1=…&L2=…`.
    Packed,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Orders with their lines.
    Complete,
    /// Orders without lines; needs a `LinesHalf`.
    OrdersHalf,
    /// Lines without their orders; needs an `OrdersHalf`.
    LinesHalf,
}

/// What `Field::UnitPrice` includes. `Field::Price`, where stated, is always tax included and before coupons.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// The shop's coupon is already taken off; `Field::UnitCoupon` gives it back.
    pub unit_price_after_shop_coupon: bool,
    /// Whether tax is in it.
    pub unit_price_tax: UnitPriceTax,
}

/// Whether tax is in a unit price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitPriceTax {
    /// Always.
    Included,
    /// `Field::TaxFlag` 0 says it is not; then `Field::TaxRate` is added, rounded down to the yen.
    ByFlag,
}

/// A way of writing a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MomentForm {
    /// `2026-03-01 10:00:00`, `2026/3/1 10:00`, `2026年3月1日`, ISO 8601 with or without offset.
    Separated,
    /// `20260301`, `20260301100000`.
    Compact,
}

/// One status of a mall.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusRow {
    /// The mall's number.
    pub code: u16,
    /// The mall's word; some order managers export it instead of the number.
    pub label: String,
    /// What it means to us.
    pub status: OrderStatus,
    /// Not yet confirmed.
    #[serde(default)]
    pub provisional: bool,
}

/// One way of paying.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentRow {
    /// What it means to us.
    pub payment: Payment,
    /// The mall's codes.
    #[serde(default)]
    pub codes: Vec<String>,
    /// The mall's words, older ones included.
    #[serde(default)]
    pub labels: Vec<String>,
}

/// What a column means. Names follow `Order`; credit card columns have none, so they are never read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Field {
    OrderKey,
    RowPlace,
    RowCount,
    RowKind,
    MallWord,
    Store,
    TimeKnown,
    MeansKnown,
    Provisional,
    StatusCode,
    NewestAt,
    CustomerKey,
    Refund,
    OrderTotal,
    LineTotal,
    OrderNumber,
    OrderId,
    ParentNumber,
    Status,
    ShipStatus,
    CancelReason,
    OrderedEpoch,
    OrderedAt,
    OrderedOn,
    OrderedTime,
    OrderKind,
    SubscriptionDelivery,
    SameShipTo,
    Billed,
    PointsUsed,
    /// Sales tax on what is priced without it, of the whole order.
    TaxTotal,
    CouponTotal,
    ShopCoupon,
    MallCoupon,
    GiftCard,
    Discount,
    ShopCouponName,
    ShopCouponCode,
    Postage,
    Cod,
    PaymentFee,
    PaymentCode,
    PaymentName,
    Affiliate,
    #[serde(rename = "wrapping_1")]
    Wrapping1,
    #[serde(rename = "wrapping_tax_flag_1")]
    WrappingTaxFlag1,
    #[serde(rename = "wrapping_rate_1")]
    WrappingRate1,
    #[serde(rename = "wrapping_2")]
    Wrapping2,
    #[serde(rename = "wrapping_tax_flag_2")]
    WrappingTaxFlag2,
    #[serde(rename = "wrapping_rate_2")]
    WrappingRate2,
    BuyerFullName,
    BuyerFamilyName,
    BuyerGivenName,
    BuyerFullKana,
    BuyerFamilyKana,
    BuyerGivenKana,
    #[serde(rename = "buyer_postal_1")]
    BuyerPostal1,
    #[serde(rename = "buyer_postal_2")]
    BuyerPostal2,
    BuyerPrefecture,
    BuyerCity,
    BuyerStreet,
    #[serde(rename = "buyer_street_2")]
    BuyerStreet2,
    #[serde(rename = "buyer_phone_1")]
    BuyerPhone1,
    #[serde(rename = "buyer_phone_2")]
    BuyerPhone2,
    #[serde(rename = "buyer_phone_3")]
    BuyerPhone3,
    BuyerMail,
    ShipToKey,
    ShipToPostage,
    RecipientFullName,
    RecipientFamilyName,
    RecipientGivenName,
    RecipientFullKana,
    RecipientFamilyKana,
    RecipientGivenKana,
    #[serde(rename = "recipient_postal_1")]
    RecipientPostal1,
    #[serde(rename = "recipient_postal_2")]
    RecipientPostal2,
    RecipientPrefecture,
    RecipientCity,
    RecipientStreet,
    #[serde(rename = "recipient_street_2")]
    RecipientStreet2,
    #[serde(rename = "recipient_phone_1")]
    RecipientPhone1,
    #[serde(rename = "recipient_phone_2")]
    RecipientPhone2,
    #[serde(rename = "recipient_phone_3")]
    RecipientPhone3,
    LineKey,
    ItemCode,
    ItemNumber,
    ItemUrl,
    ItemId,
    ItemName,
    Sku,
    SystemSku,
    SkuText,
    OptionNames,
    Options,
    Quantity,
    Price,
    UnitPrice,
    UnitCoupon,
    TaxFlag,
    TaxRate,
    PointMultiplier,
}

impl Field {
    /// How many there are.
    const COUNT: usize = Field::PointMultiplier as usize + 1;
}

/// Where a file has a profile's fields.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    places: [Option<u16>; Field::COUNT],
    /// Places of the events.
    pub(crate) events: Vec<usize>,
    /// All headers as the file writes them.
    pub(crate) headers: Vec<String>,
}

impl Columns {
    /// The place of a field, if the file has it.
    pub(crate) fn place(&self, field: Field) -> Option<usize> {
        self.places[field as usize].map(usize::from)
    }

    /// The header of a field as the file writes it; empty when the file does not have it.
    pub(crate) fn header(&self, field: Field) -> &str {
        self.place(field).map_or("", |place| &self.headers[place])
    }

    /// How many fields of the profile the file has.
    pub(super) fn count(&self) -> usize {
        self.places.iter().flatten().count()
    }
}

impl Profile {
    /// Every profile of a file of orders, by name.
    pub fn all() -> &'static [Profile] {
        static ALL: LazyLock<Vec<Profile>> = LazyLock::new(|| layouts(false));
        &ALL
    }

    /// Otokui's own export of a whole ledger.
    pub fn of_own_export() -> &'static Profile {
        Profile::all().iter().find(|profile| profile.is_own_export()).expect("the profile is part of the program")
    }

    pub(crate) fn is_own_export(&self) -> bool {
        self.id == "otokui-orders"
    }

    /// Described by the owner, not a layout of a mall.
    pub fn is_mapped(&self) -> bool {
        self.id == MAPPED
    }

    /// The header of a field, as the layout writes it; empty when the layout does not have it.
    pub fn header(&self, field: Field) -> &str {
        self.columns.get(&field).and_then(|names| names.first()).map_or("", |name| name)
    }

    /// Finds the fields among these headers. Of two equal headers the first counts.
    pub(crate) fn columns(&self, headers: &[String]) -> Columns {
        let normal: Vec<String> = headers.iter().map(|h| normal_header(h)).collect();
        let place_of = |header: &String| {
            let wanted = normal_header(header);
            normal.iter().position(|h| *h == wanted).and_then(|place| u16::try_from(place).ok())
        };
        let mut places = [None; Field::COUNT];
        for (field, names) in &self.columns {
            places[*field as usize] = names.iter().find_map(place_of);
        }
        let events = self.events.iter().filter_map(place_of).map(usize::from).collect();
        Columns { places, events, headers: headers.to_vec() }
    }

    /// Headers to add, one entry for each required group of which these columns have nothing.
    pub(crate) fn missing(&self, columns: &Columns) -> Vec<String> {
        self.required
            .iter()
            .filter(|group| group.iter().all(|field| columns.place(*field).is_none()))
            .map(|group| {
                let names: Vec<&str> =
                    group.iter().filter_map(|f| self.columns.get(f)?.first()).map(|s| &**s).collect();
                names.join(" / ")
            })
            .collect()
    }

    /// The status this text means, by number or by word.
    pub(crate) fn status(&self, text: &str) -> Option<&StatusRow> {
        if let Ok(code) = text.parse::<u16>() {
            return self.statuses.iter().find(|row| row.code == code);
        }
        let text = normal_header(text);
        match without_zeros(&text).parse::<u16>() {
            Ok(code) => self.statuses.iter().find(|row| row.code == code),
            Err(_) => {
                // 発送済 and 発送済み are the same word.
                let stem = |word: &str| word.trim_end_matches('み').to_owned();
                let listed = self.statuses.iter().find(|row| row.label == text || stem(&row.label) == stem(&text));
                listed.or_else(|| self.statuses.iter().find(|row| Some(row.code) == self.other_status))
            }
        }
    }
}

/// A header as headers are compared: NFKC, no spaces. Of a text far longer than any header only the beginning: a file
/// may be one cell of a megabyte, and headers are compared with every layout.
pub(crate) fn normal_header(header: &str) -> String {
    const LONGEST: usize = 1_000;
    header.chars().take(LONGEST).nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\0')).collect()
}

/// Every layout of `assets/malls`, by name: those of files without orders, which have a `kind`, or the others.
pub(super) fn layouts<T: DeserializeOwned>(with_kind: bool) -> Vec<T> {
    #[derive(Deserialize)]
    struct About {
        kind: Option<IgnoredAny>,
    }
    const TEXTS: &[&str] = include!(concat!(env!("OUT_DIR"), "/layouts.rs"));
    const TESTED: &str = "profiles are part of the program and tested";
    let is_wanted = |text: &&&str| serde_json::from_str::<About>(text).expect(TESTED).kind.is_some() == with_kind;
    TEXTS.iter().filter(is_wanted).map(|text| serde_json::from_str(text).expect(TESTED)).collect()
}

#[cfg(test)]
mod tests;
