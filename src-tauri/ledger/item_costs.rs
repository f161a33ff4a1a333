//! What items cost the shop, and from which day on.

use super::beside::Place;
use super::everything_beside::OWN_COSTS;
use super::{Error, Ledger};
use crate::shop::beside::ItemCost;
use crate::shop::{Day, Moment, Yen};
use rusqlite::{Transaction, params};
use std::collections::BTreeMap;

/// The cost of one item or variation from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCost {
    /// The item's code.
    pub code: String,
    /// The variation; empty: all of them.
    pub sku: String,
    /// For one piece.
    pub cost: Yen,
    /// Whether tax is in it, where the list says so.
    pub tax_included: Option<bool>,
    /// First day on which it holds; nothing: from the beginning.
    pub from: Option<Day>,
    /// The import it is from.
    pub batch_id: i64,
    /// Its row in the file.
    pub row: u64,
}

pub(super) fn insert(transaction: &Transaction<'_>, place: &Place, cost: &ItemCost) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "insert into item_costs (batch_id, row_number, entry_key, content_hash, code, sku, name, cost,
                tax_included, holds_from) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            place.batch_id,
            place.row,
            place.key,
            place.content,
            cost.code,
            cost.sku,
            cost.name,
            cost.cost.map(|yen| yen.0),
            cost.tax_included,
            cost.holds_from.map(|day| day.0)
        ])?;
    Ok(())
}

impl Ledger {
    /// Every known cost, by code, variation and day.
    ///
    /// A cost holds from the day its list states. Without one it holds from the beginning when it is the first cost
    /// of its item, and from the day of its import when an earlier import has one: an owner who brings a new list
    /// says what things cost now. What Otokui wrote out says what held, so there no day is the beginning. Of two for the same day the newer import counts. An empty cost says nothing.
    pub fn item_costs(&self) -> Result<Vec<StoredCost>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select c.code, c.sku, c.cost, c.tax_included, c.holds_from, c.batch_id, c.row_number, b.recorded_at, b.profile
             from item_costs c join batches b on b.batch_id = c.batch_id
             where c.cost is not null order by c.code, c.sku, c.batch_id, c.holds_from",
        )?;
        let mut rows = statement.query([])?;
        let mut costs: BTreeMap<(String, String, Option<Day>), StoredCost> = BTreeMap::new();
        // Items are sorted, so one look back tells whether an earlier batch knew this one.
        let mut first: Option<(String, String, i64)> = None;
        while let Some(row) = rows.next()? {
            let (code, sku): (String, String) = (row.get(0)?, row.get(1)?);
            let batch_id: i64 = row.get(5)?;
            if first.as_ref().is_none_or(|(c, s, _)| (c, s) != (&code, &sku)) {
                first = Some((code.clone(), sku.clone(), batch_id));
            }
            let known_before = first.as_ref().is_some_and(|(_, _, earliest)| *earliest < batch_id);
            let from = match row.get::<_, Option<i32>>(4)? {
                Some(day) => Some(Day(day)),
                None if known_before && row.get_ref(8)?.as_str().unwrap_or_default() != OWN_COSTS => {
                    Some(Moment(row.get(7)?).day())
                }
                None => None,
            };
            let cost = StoredCost {
                code: code.clone(),
                sku: sku.clone(),
                cost: Yen(row.get(2)?),
                tax_included: row.get(3)?,
                from,
                batch_id,
                row: row.get::<_, i64>(6)? as u64,
            };
            costs.insert((code, sku, from), cost);
        }
        let mut said: Vec<StoredCost> = costs.into_values().collect();
        // A list that repeats what held already starts nothing new.
        said.dedup_by(|later, earlier| {
            (&later.code, &later.sku, later.cost, later.tax_included)
                == (&earlier.code, &earlier.sku, earlier.cost, earlier.tax_included)
        });
        Ok(said)
    }
}
