//! Buyers as orders write them, and which of them are one customer.

use super::Error;
use super::compare::optional;
use super::content::{buyer_hash, identity_keys};
use crate::shop::{Order, customer};
use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};

/// Buyers met in a recording.
pub(super) struct Buyers {
    ids: FxHashMap<i64, i64>,
    next_id: i64,
    /// The ledger had nobody: nobody of this file can be known.
    pub(super) is_first: bool,
    /// Keys of the buyers that are new in the ledger.
    new_keys: Vec<(i64, i64)>,
    /// Keys the file itself gave to buyers, new or not.
    given_keys: FxHashSet<(i64, i64)>,
}

const INSERT: &str = "
    insert into buyers (buyer_id, buyer_hash, mall, family_name, given_name, family_kana, given_kana, postal_code,
        prefecture, city, street, phone, mail, customer_id)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?1)";

const OF_BUYER: &str = "update buyers set customer_id = ?2 where buyer_id = ?1";
const OF_CUSTOMER: &str = "update buyers set customer_id = ?2 where customer_id = ?1";

impl Buyers {
    pub(super) fn new(connection: &Connection) -> Result<Buyers, Error> {
        let next_id: i64 =
            connection.query_row("select coalesce(max(buyer_id), 0) + 1 from buyers", [], |row| row.get(0))?;
        Ok(Buyers {
            ids: FxHashMap::default(),
            next_id,
            is_first: next_id == 1,
            new_keys: Vec::new(),
            given_keys: FxHashSet::default(),
        })
    }

    /// The row of this order's buyer, made when it is new.
    pub(super) fn id(&mut self, connection: &Connection, order: &Order) -> Result<i64, Error> {
        let hash = buyer_hash(order);
        if let Some(id) = self.ids.get(&hash) {
            return Ok(*id);
        }
        let found = match self.is_first {
            true => None,
            false => optional(
                connection
                    .prepare_cached("select buyer_id from buyers where buyer_hash = ?1")?
                    .query_row([hash], |row| row.get(0)),
            )?,
        };
        let id = match found {
            Some(id) => id,
            None => {
                let id = self.next_id;
                self.next_id += 1;
                let buyer = &order.buyer;
                connection.prepare_cached(INSERT)?.execute(params![
                    id,
                    hash,
                    order.mall.word(),
                    buyer.family_name,
                    buyer.given_name,
                    buyer.family_kana,
                    buyer.given_kana,
                    buyer.postal_code,
                    buyer.prefecture,
                    buyer.city,
                    buyer.street,
                    buyer.phone,
                    buyer.mail
                ])?;
                self.new_keys.extend(identity_keys(order).into_iter().map(|key| (key as i64, id)));
                id
            }
        };
        self.ids.insert(hash, id);
        Ok(id)
    }

    /// Notes what the order's file calls its customer, if it calls them anything.
    pub(super) fn give_key(&mut self, buyer_id: i64, order: &Order) {
        if !order.customer_key.is_empty() {
            self.given_keys.insert((customer::key(&["given", &order.customer_key]) as i64, buyer_id));
        }
    }

    /// Joins whom the file itself calls the same; which batch said so is kept, so that it can be taken back.
    pub(super) fn join_given(&mut self, connection: &Connection, batch_id: i64) -> Result<(), Error> {
        let mut given: Vec<(i64, i64)> = self.given_keys.drain().collect();
        given.sort_unstable();
        let mut groups = Groups::default();
        let mut remember = connection
            .prepare_cached("insert into given_keys (batch_id, identity_key, buyer_id) values (?1, ?2, ?3)")?;
        let mut insert =
            connection.prepare_cached("insert or ignore into buyer_keys (identity_key, buyer_id) values (?1, ?2)")?;
        let mut customer = connection.prepare_cached("select customer_id from buyers where buyer_id = ?1")?;
        let mut known = connection.prepare_cached(
            "select b.customer_id from buyer_keys k join buyers b on b.buyer_id = k.buyer_id
             where k.identity_key = ?1 limit 1",
        )?;
        for (key, buyer_id) in given {
            let customer_id: i64 = customer.query_row([buyer_id], |row| row.get(0))?;
            if let Some(other) = optional(known.query_row([key], |row| row.get(0)))? {
                groups.join(other, customer_id);
            }
            insert.execute([key, buyer_id])?;
            remember.execute([batch_id, key, buyer_id])?;
        }
        groups.write(connection, OF_CUSTOMER)
    }

    /// Joins the new buyers with each other and with the customers the ledger has.
    pub(super) fn join(&mut self, connection: &Connection) -> Result<(), Error> {
        // Sorted, so that the tree of keys is filled from left to right and equal keys stand together.
        self.new_keys.sort_unstable();
        let mut groups = Groups::default();
        let mut insert =
            connection.prepare_cached("insert or ignore into buyer_keys (identity_key, buyer_id) values (?1, ?2)")?;
        // All buyers that share a key are one customer already: any of them will do.
        let mut known = connection.prepare_cached(
            "select b.customer_id from buyer_keys k join buyers b on b.buyer_id = k.buyer_id
             where k.identity_key = ?1 limit 1",
        )?;
        let mut before: Option<(i64, i64)> = None;
        for &(key, buyer_id) in &self.new_keys {
            match before {
                Some((previous, first)) if previous == key => groups.join(first, buyer_id),
                _ => {
                    if !self.is_first
                        && let Some(customer_id) = optional(known.query_row([key], |row| row.get(0)))?
                    {
                        groups.join(customer_id, buyer_id);
                    }
                    before = Some((key, buyer_id));
                }
            }
            insert.execute([key, buyer_id])?;
        }
        self.new_keys.clear();
        // So far each of the first buyers is a customer of the same number; their index may not be there yet.
        groups.write(connection, if self.is_first { OF_BUYER } else { OF_CUSTOMER })
    }
}

/// Which buyers are one customer; the smallest id stands for all.
#[derive(Default)]
struct Groups {
    above: FxHashMap<i64, i64>,
}

impl Groups {
    fn root(&mut self, id: i64) -> i64 {
        let mut root = id;
        while let Some(&next) = self.above.get(&root) {
            root = next;
        }
        let mut at = id;
        while let Some(next) = self.above.get_mut(&at) {
            at = std::mem::replace(next, root);
        }
        root
    }

    fn join(&mut self, a: i64, b: i64) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.above.insert(a.max(b), a.min(b));
        }
    }

    fn write(mut self, connection: &Connection, update: &str) -> Result<(), Error> {
        let mut update = connection.prepare_cached(update)?;
        let mut joined: Vec<i64> = self.above.keys().copied().collect();
        joined.sort_unstable();
        for id in joined {
            update.execute([id, self.root(id)])?;
        }
        Ok(())
    }
}

/// Takes back the keys that only this batch gave, forgets buyers that have no order left, and decides anew who is
/// who among those they were joined with.
pub(super) fn forget(connection: &Connection, batch_id: i64) -> Result<(), Error> {
    let mut statement = connection.prepare(
        "select customer_id from buyers b
         where not exists (select 1 from orders o where o.buyer_id = b.buyer_id)
         union
         select b.customer_id from given_keys g join buyers b on b.buyer_id = g.buyer_id where g.batch_id = ?1",
    )?;
    let customers: Vec<i64> = statement.query_map([batch_id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    connection.execute(
        "delete from buyer_keys where (identity_key, buyer_id) in (
            select mine.identity_key, mine.buyer_id from given_keys mine
            where mine.batch_id = ?1 and not exists (
                select 1 from given_keys other
                where other.identity_key = mine.identity_key and other.buyer_id = mine.buyer_id
                    and other.batch_id <> mine.batch_id))",
        [batch_id],
    )?;
    connection.execute("delete from given_keys where batch_id = ?1", [batch_id])?;
    connection.execute(
        "delete from buyers where not exists (select 1 from orders o where o.buyer_id = buyers.buyer_id)",
        [],
    )?;
    let mut buyers_of = connection.prepare("select buyer_id from buyers where customer_id = ?1")?;
    let mut keys_of = connection.prepare("select identity_key from buyer_keys where buyer_id = ?1")?;
    let mut alone = connection.prepare("update buyers set customer_id = buyer_id where buyer_id = ?1")?;
    let mut groups = Groups::default();
    for customer in customers {
        let buyers: Vec<i64> = buyers_of.query_map([customer], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut first_with: FxHashMap<i64, i64> = FxHashMap::default();
        for &buyer in &buyers {
            let keys: Vec<i64> = keys_of.query_map([buyer], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            for key in keys {
                let first = *first_with.entry(key).or_insert(buyer);
                groups.join(first, buyer);
            }
        }
        for buyer in buyers {
            alone.execute([buyer])?;
        }
    }
    groups.write(connection, OF_CUSTOMER)
}
