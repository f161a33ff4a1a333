//! What items are: the malls' item files.

use super::batches::mall_of;
use super::beside::Place;
use super::{Error, Ledger};
use crate::shop::Mall;
use crate::shop::beside::CatalogueItem;
use rusqlite::{Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// One item with everything any file says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredItem {
    /// Name; empty when no file has it.
    pub name: String,
    /// The mall's own category number; empty when no file has it.
    pub genre_id: String,
    /// The shop's categories, sorted.
    pub categories: BTreeSet<String>,
    /// Variations by code, with the shop's own code for each (empty when it gave none).
    pub skus: BTreeMap<String, String>,
}

pub(super) fn insert(transaction: &Transaction<'_>, place: &Place, item: &CatalogueItem) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "insert into item_categories (batch_id, row_number, entry_key, content_hash, mall, code, sku, system_sku,
                item_number, name, genre_id, category, price)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            place.batch_id,
            place.row,
            place.key,
            place.content,
            item.mall.word(),
            item.code,
            item.sku,
            item.system_sku,
            item.item_number,
            item.name,
            item.genre_id,
            item.category,
            item.price.map(|yen| yen.0)
        ])?;
    Ok(())
}

impl Ledger {
    /// Every item of the malls' item files by mall and code. Item and variation rows may come from several files
    /// (`…-1.csv`, `…-2.csv`); of name and genre the newest stated one counts, and of categories those of the newest
    /// import that states any.
    pub fn item_catalogue(&self) -> Result<BTreeMap<(Mall, String), StoredItem>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select mall, code, sku, system_sku, name, genre_id, category, batch_id
             from item_categories order by batch_id, row_number",
        )?;
        let mut rows = statement.query([])?;
        let mut items: BTreeMap<(Mall, String), (StoredItem, i64)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let key = (mall_of(row.get_ref(0)?.as_str().unwrap_or_default()), row.get(1)?);
            let (item, categories_of) = items.entry(key).or_default();
            let stated = |index: usize| -> rusqlite::Result<Option<String>> {
                Ok(Some(row.get::<_, String>(index)?).filter(|text| !text.is_empty()))
            };
            if let Some(sku) = stated(2)? {
                item.skus.insert(sku, row.get(3)?);
            }
            if let Some(name) = stated(4)? {
                item.name = name;
            }
            if let Some(genre) = stated(5)? {
                item.genre_id = genre;
            }
            if let Some(category) = stated(6)? {
                let batch_id = row.get(7)?;
                if *categories_of != batch_id {
                    item.categories.clear();
                    *categories_of = batch_id;
                }
                item.categories.insert(category);
            }
        }
        Ok(items.into_iter().map(|(key, (item, _))| (key, item)).collect())
    }
}
