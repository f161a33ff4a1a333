//! What a shop knows beside its orders: what its items cost and are, what people wrote, when the malls held events,
//! what the malls counted and charged. One value per row of an owner's file.

use super::day::{Day, Moment};
use super::money::Yen;
use super::order::Mall;
use super::said::Said;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// One row of a file that holds no orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// What an item costs the shop.
    ItemCost(ItemCost),
    /// What an item is.
    CatalogueItem(CatalogueItem),
    /// What a buyer wrote.
    Review(Review),
    /// When a mall held an event.
    Campaign(Campaign),
    /// What the mall counted on a day or in a month.
    MallCount(MallCount),
    /// What the mall charged or paid.
    Fee(Fee),
    /// How many people keep an item in mind.
    Favourite(Favourite),
    /// What the owner has told Otokui.
    Said(Said),
}

/// What one piece of an item costs the shop from a day on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ItemCost {
    /// The code as the order files write it.
    pub code: String,
    /// The variation; empty when the cost holds for all of them.
    pub sku: String,
    /// Name in the list.
    pub name: String,
    /// For one piece, rounded half away from zero to whole yen; nothing when the list leaves it empty: unknown, not 0.
    pub cost: Option<Yen>,
    /// Whether tax is in it, where the list's header says so.
    pub tax_included: Option<bool>,
    /// First day, where the list states one.
    pub holds_from: Option<Day>,
}

/// An item or one of its variations, as the mall's item file lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CatalogueItem {
    pub mall: Mall,
    pub code: String,
    /// Empty in the row of the item itself.
    pub sku: String,
    pub system_sku: String,
    pub item_number: String,
    pub name: String,
    /// The mall's own category number.
    pub genre_id: String,
    /// The shop's category, levels as the mall separates them.
    pub category: String,
    pub price: Option<Yen>,
}

/// A review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Review {
    pub mall: Mall,
    /// About the shop, not about an item.
    pub of_shop: bool,
    /// Empty when the mall does not say.
    pub order_number: String,
    pub item_code: String,
    pub item_name: String,
    pub posted_at: Moment,
    pub time_known: bool,
    /// 1–5, 5 best.
    pub stars: Option<i64>,
    pub title: String,
    pub body: String,
}

/// One event of a mall with its exact window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Campaign {
    pub mall: Mall,
    pub kind: String,
    pub name: String,
    /// First second.
    pub begins_at: Moment,
    /// Last second.
    pub ends_at: Moment,
}

/// What the mall itself counted, all devices together. Nothing where its file has no such column or hides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct MallCount {
    pub mall: Mall,
    /// The day, or the first day of the month.
    pub from: Day,
    pub of_month: bool,
    pub sales: Option<Yen>,
    pub orders: Option<i64>,
    pub visitors: Option<i64>,
    pub new_buyers: Option<i64>,
    pub repeat_buyers: Option<i64>,
    pub new_sales: Option<Yen>,
    pub repeat_sales: Option<Yen>,
    pub new_orders: Option<i64>,
    pub repeat_orders: Option<i64>,
}

/// One line of a mall's settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Fee {
    pub mall: Mall,
    /// The settlement it stands in; empty where the mall numbers none.
    pub document: String,
    /// Empty for what is charged for a period.
    pub order_number: String,
    /// First day it is for.
    pub from: Day,
    /// Last day it is for.
    pub to: Day,
    /// 支払 or 相殺, as written.
    pub direction: String,
    pub group: String,
    pub name: String,
    pub note: String,
    /// As stated, before tax where `tax` is stated beside it.
    pub amount: Yen,
    pub tax: Option<Yen>,
    /// Where the file states it.
    pub amount_with_tax: Option<Yen>,
    /// Which one of several equal lines of the file: the first is 0.
    pub occurrence: u32,
}

/// How many people marked an item as a favourite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Favourite {
    pub mall: Mall,
    pub code: String,
    pub sku: String,
    pub name: String,
    /// First day of the file's period, where it states one.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// People who have it marked; nothing when hidden (「2未満」).
    pub total: Option<i64>,
    /// Newly marked in the period; nothing when hidden or not stated.
    pub added: Option<i64>,
    pub visitors: Option<i64>,
}

impl Campaign {
    /// Whether it is one of the events with this name: 「2026年6月楽天スーパーＳＡＬＥ」 is a 「楽天スーパーSALE」. Width, case
    /// and spaces make no difference.
    pub fn is_of(&self, event: &str) -> bool {
        let plain = |name: &str| -> String {
            name.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
        };
        plain(&self.name).contains(&plain(event))
    }
}

impl Beside {
    /// Whether a buyer's own words are in it, or the shop's about a buyer.
    pub fn has_buyers_words(&self) -> bool {
        match self {
            Beside::Review(review) => !(review.title.is_empty() && review.body.is_empty()),
            Beside::Said(Said::Note(_)) => true,
            Beside::Said(Said::Contact(contact)) => !(contact.name.is_empty() && contact.note.is_empty()),
            _ => false,
        }
    }

    /// Takes a buyer's own words out: they may name anybody.
    pub fn take_buyers_words(&mut self) {
        match self {
            Beside::Review(review) => (review.title, review.body) = (String::new(), String::new()),
            Beside::Said(Said::Contact(contact)) => (contact.name, contact.note) = (String::new(), String::new()),
            _ => {}
        }
    }

    /// What it is about. Of several rows with the same key the newest file's counts.
    pub fn key(&self) -> String {
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let parts: Vec<String> = match self {
            Beside::ItemCost(cost) => vec![cost.code.clone(), cost.sku.clone(), day(cost.holds_from)],
            Beside::CatalogueItem(item) => {
                vec![item.mall.to_string(), item.code.clone(), item.sku.clone(), item.category.clone()]
            }
            Beside::Review(review) => vec![
                review.mall.to_string(),
                review.of_shop.to_string(),
                review.order_number.clone(),
                if review.item_code.is_empty() { review.item_name.clone() } else { review.item_code.clone() },
                review.posted_at.to_string(),
                // Without an order nothing else tells two people apart.
                if review.order_number.is_empty() { review.body.clone() } else { String::new() },
            ],
            Beside::Campaign(campaign) => vec![
                campaign.mall.to_string(),
                campaign.kind.clone(),
                campaign.name.clone(),
                campaign.begins_at.to_string(),
            ],
            Beside::MallCount(count) => {
                vec![count.mall.to_string(), count.of_month.to_string(), count.from.to_string()]
            }
            Beside::Fee(fee) => vec![
                fee.mall.to_string(),
                fee.document.clone(),
                fee.order_number.clone(),
                fee.from.to_string(),
                fee.to.to_string(),
                fee.direction.clone(),
                fee.group.clone(),
                fee.name.clone(),
                fee.note.clone(),
                fee.amount.to_string(),
                fee.tax.map(|tax| tax.to_string()).unwrap_or_default(),
                fee.occurrence.to_string(),
            ],
            Beside::Favourite(favourite) => vec![
                favourite.mall.to_string(),
                favourite.code.clone(),
                favourite.sku.clone(),
                day(favourite.from),
                day(favourite.to),
            ],
            Beside::Said(said) => vec![said.key()],
        };
        parts.join("\u{1f}")
    }

    /// The days it is about, first and last; nothing for what has no day.
    pub fn days(&self) -> Option<(Day, Day)> {
        match self {
            Beside::ItemCost(_) | Beside::CatalogueItem(_) | Beside::Said(_) => None,
            Beside::Review(review) => Some((review.posted_at.day(), review.posted_at.day())),
            Beside::Campaign(campaign) => Some((campaign.begins_at.day(), campaign.ends_at.day())),
            Beside::MallCount(count) if count.of_month => Some((count.from, count.from.month().last())),
            Beside::MallCount(count) => Some((count.from, count.from)),
            Beside::Fee(fee) => Some((fee.from, fee.to)),
            Beside::Favourite(favourite) => Some((favourite.from?, favourite.to?)),
        }
    }
}
