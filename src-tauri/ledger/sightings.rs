//! Which orders a file has said once more exactly as they were recorded, thirty-two to a row.

use super::Error;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

/// Sightings of one batch, gathered before they are written.
#[derive(Default)]
pub(super) struct Sightings(FxHashMap<i64, i64>);

impl Sightings {
    /// The batch says this statement too.
    pub(super) fn add(&mut self, order_id: i64) {
        *self.0.entry(order_id >> 5).or_default() |= bit(order_id);
    }

    /// Statements with numbers that follow each other.
    pub(super) fn add_run(&mut self, (first, count): (i64, i64)) {
        let (mut at, end) = (first, first + count);
        while at < end {
            let block_end = ((at >> 5) + 1) << 5;
            let many = end.min(block_end) - at;
            *self.0.entry(at >> 5).or_default() |= ((1i64 << many) - 1) << (at & 31);
            at += many;
        }
    }

    /// Writes them down; none are left to be written.
    pub(super) fn write(&mut self, connection: &Connection, batch_id: i64) -> Result<(), Error> {
        let mut gathered: Vec<(i64, i64)> = self.0.drain().collect();
        gathered.sort_unstable();
        let mut insert = connection.prepare_cached(
            "insert into sightings (block, batch_id, orders) values (?1, ?2, ?3)
             on conflict do update set orders = orders | excluded.orders",
        )?;
        for (block, orders) in gathered {
            insert.execute([block, batch_id, orders])?;
        }
        Ok(())
    }
}

/// The batch at hand says this statement too.
pub(super) fn witness(connection: &Connection, batch_id: i64, order_id: i64) -> Result<(), Error> {
    let mut one = Sightings::default();
    one.add(order_id);
    one.write(connection, batch_id)
}

/// The batch says this statement no more.
pub(super) fn forget(connection: &Connection, batch_id: i64, order_id: i64) -> Result<(), Error> {
    let (block, bit) = (order_id >> 5, bit(order_id));
    let of_block = "block = ?1 and batch_id = ?2";
    let last = format!("delete from sightings where {of_block} and orders = ?3");
    if connection.prepare_cached(&last)?.execute([block, batch_id, bit])? == 0 {
        let one = format!("update sightings set orders = orders & ~?3 where {of_block}");
        connection.prepare_cached(&one)?.execute([block, batch_id, bit])?;
    }
    Ok(())
}

/// The batches that say this statement besides its own.
pub(super) fn witnesses(connection: &Connection, order_id: i64) -> Result<Vec<i64>, Error> {
    let mut statement = connection
        .prepare_cached("select batch_id from sightings where block = ?1 and orders & ?2 <> 0 order by batch_id")?;
    let batches = statement.query_map(params![order_id >> 5, bit(order_id)], |row| row.get(0))?;
    Ok(batches.collect::<rusqlite::Result<_>>()?)
}

fn bit(order_id: i64) -> i64 {
    1 << (order_id & 31)
}
