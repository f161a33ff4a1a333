//! Exact windows of the malls' events.

use super::batches::mall_of;
use super::beside::Place;
use super::{Error, Ledger};
use crate::shop::Moment;
use crate::shop::beside::Campaign;
use rusqlite::{Transaction, params};

pub(super) fn insert(transaction: &Transaction<'_>, place: &Place, campaign: &Campaign) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "insert into campaigns (batch_id, row_number, entry_key, content_hash, mall, kind, name, begins_at, ends_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            place.batch_id,
            place.row,
            place.key,
            place.content,
            campaign.mall.word(),
            campaign.kind,
            campaign.name,
            campaign.begins_at.0,
            campaign.ends_at.0
        ])?;
    Ok(())
}

impl Ledger {
    /// Every window that counts, oldest first.
    pub fn campaigns(&self) -> Result<Vec<Campaign>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select c.mall, c.kind, c.name, c.begins_at, c.ends_at from campaigns c
             where not exists (
                select 1 from campaigns newer where newer.entry_key = c.entry_key and newer.batch_id > c.batch_id)
             order by c.begins_at, c.ends_at, c.name",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Campaign {
                mall: mall_of(row.get_ref(0)?.as_str().unwrap_or_default()),
                kind: row.get(1)?,
                name: row.get(2)?,
                begins_at: Moment(row.get(3)?),
                ends_at: Moment(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
