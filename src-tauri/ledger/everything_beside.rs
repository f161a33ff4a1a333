//! What counts of everything beside orders, to be written out again and compared with.

use super::batches::mall_of;
use super::{Error, Ledger};
use crate::shop::beside::{Beside, Campaign, CatalogueItem, Favourite, Fee, ItemCost, MallCount, Review};
use crate::shop::{Day, Mall, Yen};
use std::collections::BTreeMap;

/// Profile of a table of costs that Otokui wrote: it says what holds from which day, and from the beginning where it
/// says no day.
pub(super) const OWN_COSTS: &str = "otokui-item-costs";

/// What every profile of a table that Otokui wrote begins with.
const OWN: &str = "otokui-";

/// Days for which a list named an item, and what it says of tax.
type ListedDays = BTreeMap<Option<Day>, Option<bool>>;

/// Code of the variation in the shop's system, item number, price.
type More = (String, String, Option<Yen>);

/// What counts of everything beside orders: one entry per thing, no history. Recorded into an empty ledger it gives
/// the same answers; recorded where it came from it changes none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EverythingBeside {
    /// Costs from their days on, by code, variation and day; without a day from the beginning. Without a cost: no
    /// list states one.
    pub costs: Vec<ItemCost>,
    /// Of each item a row per category (one when it has none), then one per variation.
    pub catalogue: Vec<CatalogueItem>,
    /// Reviews, oldest first.
    pub reviews: Vec<Review>,
    /// Event windows, oldest first.
    pub campaigns: Vec<Campaign>,
    /// The malls' counts: months and days, each oldest first.
    pub mall_counts: Vec<MallCount>,
    /// Settlement lines by mall and day.
    pub fees: Vec<Fee>,
    /// Favourites by mall, item and period.
    pub favourites: Vec<Favourite>,
}

impl EverythingBeside {
    /// All of it in one row.
    pub(super) fn entries(self) -> impl Iterator<Item = Beside> {
        let costs = self.costs.into_iter().map(Beside::ItemCost);
        let costs = costs.chain(self.catalogue.into_iter().map(Beside::CatalogueItem));
        let costs = costs.chain(self.reviews.into_iter().map(Beside::Review));
        let costs = costs.chain(self.campaigns.into_iter().map(Beside::Campaign));
        let costs = costs.chain(self.mall_counts.into_iter().map(Beside::MallCount));
        let costs = costs.chain(self.fees.into_iter().map(Beside::Fee));
        costs.chain(self.favourites.into_iter().map(Beside::Favourite))
    }
}

/// Whether Otokui itself wrote what has this profile.
pub(super) fn is_own(profile: &str) -> bool {
    profile.starts_with(OWN)
}

impl Ledger {
    /// What counts of everything beside orders.
    pub fn everything_beside(&self) -> Result<EverythingBeside, Error> {
        Ok(EverythingBeside {
            costs: self.costs_that_count()?,
            catalogue: self.catalogue_that_counts()?,
            reviews: self.reviews()?.into_iter().map(|stored| stored.review).collect(),
            campaigns: self.campaigns()?,
            mall_counts: self.mall_counts()?,
            fees: self.fees()?.into_iter().map(|stored| stored.fee).collect(),
            favourites: self.favourites()?,
        })
    }

    fn costs_that_count(&self) -> Result<Vec<ItemCost>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select code, sku, name, tax_included, holds_from from item_costs order by batch_id, row_number",
        )?;
        let mut rows = statement.query([])?;
        // By code and variation: the newest name, and the days its lists state.
        let mut listed: BTreeMap<(String, String), (String, ListedDays)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (name, days) = listed.entry((row.get(0)?, row.get(1)?)).or_default();
            let stated: String = row.get(2)?;
            if !stated.is_empty() {
                *name = stated;
            }
            days.insert(row.get::<_, Option<i32>>(4)?.map(Day), row.get(3)?);
        }
        let mut known: BTreeMap<(String, String), Vec<ItemCost>> = BTreeMap::new();
        for cost in self.item_costs()? {
            let of_item = (cost.code.clone(), cost.sku.clone());
            let name = listed.get(&of_item).map(|(name, _)| name.clone()).unwrap_or_default();
            known.entry(of_item).or_default().push(ItemCost {
                code: cost.code,
                sku: cost.sku,
                name,
                cost: Some(cost.cost),
                tax_included: cost.tax_included,
                holds_from: cost.from,
            });
        }
        for ((code, sku), (name, days)) in listed {
            known.entry((code.clone(), sku.clone())).or_insert_with(|| {
                let unknown = |(holds_from, tax_included)| ItemCost {
                    code: code.clone(),
                    sku: sku.clone(),
                    name: name.clone(),
                    cost: None,
                    tax_included,
                    holds_from,
                };
                days.into_iter().map(unknown).collect()
            });
        }
        Ok(known.into_values().flatten().collect())
    }

    fn catalogue_that_counts(&self) -> Result<Vec<CatalogueItem>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select mall, code, sku, system_sku, item_number, price from item_categories order by batch_id, row_number",
        )?;
        let mut rows = statement.query([])?;
        // What `item_catalogue` does not say, by mall, code and variation; the item itself has no variation.
        let mut more: BTreeMap<(Mall, String, String), More> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let key = (mall_of(row.get_ref(0)?.as_str().unwrap_or_default()), row.get(1)?, row.get(2)?);
            let (system_sku, item_number, price) = more.entry(key).or_default();
            *system_sku = row.get(3)?;
            let stated: String = row.get(4)?;
            if !stated.is_empty() {
                *item_number = stated;
            }
            if let Some(yen) = row.get::<_, Option<i64>>(5)? {
                *price = Some(Yen(yen));
            }
        }
        let mut found = Vec::new();
        for ((mall, code), item) in self.item_catalogue()? {
            let row = |sku: &str, category: &str, name: &str, genre_id: &str| {
                let (system_sku, item_number, price) =
                    more.get(&(mall, code.clone(), sku.to_owned())).cloned().unwrap_or_default();
                CatalogueItem {
                    mall,
                    code: code.clone(),
                    sku: sku.to_owned(),
                    system_sku,
                    item_number,
                    name: name.to_owned(),
                    genre_id: genre_id.to_owned(),
                    category: category.to_owned(),
                    price,
                }
            };
            let of_item = more.contains_key(&(mall, code.clone(), String::new()));
            if item.categories.is_empty() && (of_item || !item.name.is_empty() || !item.genre_id.is_empty()) {
                found.push(row("", "", &item.name, &item.genre_id));
            }
            found.extend(item.categories.iter().map(|category| row("", category, &item.name, &item.genre_id)));
            found.extend(item.skus.keys().map(|sku| row(sku, "", "", "")));
        }
        Ok(found)
    }
}
