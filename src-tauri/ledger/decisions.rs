//! What the owner has decided about who is who. Kept by content, so that no import and no undo loses it.

use super::compare::{OrderName, first_of_number, optional};
use super::content::separated_hash;
use super::leavers;
use super::named_buyers;
use super::neighbours;
use super::people;
use super::{Error, Ledger};
use crate::shop::{CustomerId, Moment};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// Two customers are one person.
    Join,
    /// Two customers are two people.
    Apart,
    /// An order is somebody else's.
    Separate,
}

impl DecisionKind {
    /// The word in the ledger and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            DecisionKind::Join => "join",
            DecisionKind::Apart => "apart",
            DecisionKind::Separate => "separate",
        }
    }

    fn of(word: &str) -> DecisionKind {
        match word {
            "apart" => DecisionKind::Apart,
            "separate" => DecisionKind::Separate,
            _ => DecisionKind::Join,
        }
    }
}

/// A decision that stands.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct StoredDecision {
    pub decision_id: i64,
    pub kind: DecisionKind,
    pub decided_at: Moment,
    /// Customers of both sides, as they are numbered now, ascending.
    pub customers: [Vec<CustomerId>; 2],
    /// A name of each side, family and given name with a space; empty when none is stated.
    pub names: [String; 2],
    /// The order a separation is about.
    pub order_number: Option<String>,
}

/// The decisions that stand, as people.
#[derive(Default)]
pub(super) struct Standing {
    /// People of both sides.
    joins: Vec<[Vec<i64>; 2]>,
    aparts: Vec<[Vec<i64>; 2]>,
}

impl Standing {
    pub(super) fn read(connection: &Connection) -> Result<Standing, Error> {
        let mut standing = Standing::default();
        let mut of: FxHashMap<i64, (String, [Vec<i64>; 2])> = FxHashMap::default();
        let mut statement = connection.prepare_cached(
            "select d.decision_id, d.kind, s.side, b.person_key
             from identity_decisions d
             join decided_buyers s on s.decision_id = d.decision_id
             cross join buyer_rows b
                on (b.buyer_hash = s.buyer_hash and b.is_newer = 0 or b.buyer_hash = s.buyer_hash and b.is_newer = 1)
             where d.undone_at is null",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let side = usize::from(row.get::<_, i64>(2)? == 2);
            let entry = of.entry(row.get(0)?).or_insert((row.get(1)?, Default::default()));
            entry.1[side].push(row.get(3)?);
        }
        let mut ids: Vec<i64> = of.keys().copied().collect();
        ids.sort_unstable();
        for id in ids {
            if let Some((kind, sides)) = of.remove(&id) {
                match DecisionKind::of(&kind) {
                    DecisionKind::Join => standing.joins.push(sides),
                    DecisionKind::Apart => standing.aparts.push(sides),
                    DecisionKind::Separate => {}
                }
            }
        }
        Ok(standing)
    }

    /// Pairs of people that are one: everybody of a decision with its first.
    pub(super) fn joined(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.joins.iter().flat_map(|sides| {
            let mut all = sides.iter().flatten().copied();
            let first = all.next();
            all.filter_map(move |other| Some((first?, other)))
        })
    }

    /// Both sides of what was decided to be two, as places among the people at hand.
    pub(super) fn apart_places(&self, place: impl Fn(i64) -> Option<u32>) -> Vec<(Vec<u32>, Vec<u32>)> {
        let side = |people: &Vec<i64>| -> Vec<u32> {
            let mut places: Vec<u32> = people.iter().filter_map(|person| place(*person)).collect();
            places.sort_unstable();
            places.dedup();
            places
        };
        self.aparts.iter().map(|[left, right]| (side(left), side(right))).collect()
    }
}

/// Orders that the owner has said are somebody else's.
pub(super) fn separated_orders(connection: &Connection) -> Result<FxHashSet<i64>, Error> {
    let mut statement = connection
        .prepare_cached("select order_key from identity_decisions where kind = 'separate' and undone_at is null")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

impl Ledger {
    /// The decisions that stand, newest first.
    pub fn decisions(&self) -> Result<Vec<StoredDecision>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select decision_id, kind, decided_at, order_number, order_key from identity_decisions
             where undone_at is null order by decision_id desc",
        )?;
        let mut sides = self.connection.prepare_cached(
            "select s.side, b.customer_id, trim(b.family_name || ' ' || b.given_name)
             from decided_buyers s cross join buyer_rows b
                on (b.buyer_hash = s.buyer_hash and b.is_newer = 0 or b.buyer_hash = s.buyer_hash and b.is_newer = 1)
             where s.decision_id = ?1 order by 1, 2, b.buyer_id",
        )?;
        let mut of_order = self.connection.prepare_cached(
            "select distinct b.customer_id from order_rows o join buyer_rows b on b.buyer_id = o.buyer_id
             where o.number = ?2 and o.store_id = ?1 and o.is_current = 1",
        )?;
        let mut decisions = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let decision_id: i64 = row.get(0)?;
            let mut customers: [Vec<CustomerId>; 2] = Default::default();
            let mut names: [String; 2] = Default::default();
            let mut of_sides = sides.query([decision_id])?;
            while let Some(row) = of_sides.next()? {
                let side = usize::from(row.get::<_, i64>(0)? == 2);
                let customer = CustomerId(row.get(1)?);
                if customers[side].last() != Some(&customer) {
                    customers[side].push(customer);
                }
                if names[side].is_empty() {
                    names[side] = row.get(2)?;
                }
            }
            if let Some(order_key) = row.get::<_, Option<i64>>(4)? {
                let order =
                    OrderName::of_key(&self.connection, order_key, row.get_ref(3)?.as_str().unwrap_or_default())?;
                if let Some(OrderName { store_id, number }) = order {
                    let found = of_order.query_map(params![store_id, number], |row| row.get(0).map(CustomerId))?;
                    customers[0] = found.collect::<rusqlite::Result<_>>()?;
                }
            }
            decisions.push(StoredDecision {
                decision_id,
                kind: DecisionKind::of(row.get_ref(1)?.as_str().unwrap_or_default()),
                decided_at: Moment(row.get(2)?),
                customers,
                names,
                order_number: row.get(3)?,
            });
        }
        Ok(decisions)
    }

    /// Who the buyers of joined customers' orders would be had the owner joined nobody: by order (mall, store and number
    /// joined by colons) a number of their customer. Writes nothing.
    pub fn unjoined(&self) -> Result<FxHashMap<String, CustomerId>, Error> {
        // Never committed: what is asked for is looked up in a ledger that is not to be.
        let transaction = self.connection.unchecked_transaction()?;
        let mut statement = transaction.prepare_cached(
            "select distinct b.customer_id from identity_decisions d
             join decided_buyers s on s.decision_id = d.decision_id
             cross join buyer_rows b
                on (b.buyer_hash = s.buyer_hash and b.is_newer = 0 or b.buyer_hash = s.buyer_hash and b.is_newer = 1)
             where d.kind = 'join' and d.undone_at is null",
        )?;
        let joined: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        if joined.is_empty() {
            return Ok(FxHashMap::default());
        }
        let mut of_customer = transaction.prepare_cached(
            "select o.order_id, s.mall || ':' || s.account || ':' || o.number from buyers b
             cross join orders o on
                 (o.buyer_id = b.buyer_id and o.order_id < 1073741824
                     or o.buyer_id = b.buyer_id and o.order_id >= 1073741824)
             join stores s on s.store_id = o.store_id
             where
                 (b.buyer_id = ?1 or b.customer_id = ?1 and b.customer_id <> b.buyer_id)
                 and b.customer_id = ?1 and o.is_current = 1",
        )?;
        let (mut orders, mut people): (Vec<(i64, String)>, Vec<i64>) = Default::default();
        for customer in joined {
            let found = of_customer.query_map([customer], |row| Ok((row.get(0)?, row.get(1)?)))?;
            orders.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
            people.extend(people_of(&transaction, CustomerId(customer))?);
        }
        transaction.execute(
            "update identity_decisions set undone_at = decided_at where kind = 'join' and undone_at is null",
            [],
        )?;
        neighbours::resettle(&transaction, people)?;
        let mut now = transaction.prepare_cached(
            "select b.customer_id from orders o join buyers b on b.buyer_id = o.buyer_id where o.order_id = ?1",
        )?;
        let mut unjoined = FxHashMap::default();
        for (order_id, key) in orders {
            unjoined.insert(key, CustomerId(now.query_row([order_id], |row| row.get(0))?));
        }
        Ok(unjoined)
    }

    /// The owner says that two customers are one person. Answers the decision's number.
    pub fn join_customers(&mut self, a: CustomerId, b: CustomerId, at: Moment) -> Result<i64, Error> {
        self.decide(DecisionKind::Join, a, b, at)
    }

    /// The owner says that two customers are two people, whatever speaks for one. Answers the decision's number.
    pub fn keep_customers_apart(&mut self, a: CustomerId, b: CustomerId, at: Moment) -> Result<i64, Error> {
        self.decide(DecisionKind::Apart, a, b, at)
    }

    fn decide(&mut self, kind: DecisionKind, a: CustomerId, b: CustomerId, at: Moment) -> Result<i64, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let people = [people_of(&transaction, a)?, people_of(&transaction, b)?];
        // What was said before about just these two, and is contradicted now, no longer holds.
        transaction.execute(
            "update identity_decisions set undone_at = ?4, is_brought = 0
             where undone_at is null and kind <> ?3 and kind <> 'separate'
                and exists (select 1 from decided_buyers s cross join buyer_rows b
                on (b.buyer_hash = s.buyer_hash and b.is_newer = 0 or b.buyer_hash = s.buyer_hash and b.is_newer = 1)
                    where s.decision_id = identity_decisions.decision_id and b.customer_id = ?1)
                and exists (select 1 from decided_buyers s cross join buyer_rows b
                on (b.buyer_hash = s.buyer_hash and b.is_newer = 0 or b.buyer_hash = s.buyer_hash and b.is_newer = 1)
                    where s.decision_id = identity_decisions.decision_id and b.customer_id = ?2)",
            params![a.0, b.0, kind.word(), at.0],
        )?;
        transaction
            .execute("insert into identity_decisions (decided_at, kind) values (?1, ?2)", params![at.0, kind.word()])?;
        let decision_id = transaction.last_insert_rowid();
        for (side, customer) in [(1, a), (2, b)] {
            transaction.execute(
                "insert or ignore into decided_buyers (decision_id, side, buyer_hash)
                 select ?1, ?2, buyer_hash from buyer_rows where
                     (buyer_id = ?3 or customer_id = ?3 and customer_id <> buyer_id)
                     and customer_id = ?3",
                params![decision_id, side, customer.0],
            )?;
        }
        neighbours::resettle(&transaction, people.concat())?;
        finish(transaction)?;
        Ok(decision_id)
    }

    /// The owner says that an order is somebody else's: it becomes a customer of its own. Answers the decision's number,
    /// nothing when no order has this number or it stands alone already.
    pub fn separate_order(&mut self, number: &str, at: Moment) -> Result<Option<i64>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let order_key = first_of_number(&transaction, number, &separated_orders(&transaction)?)?;
        let Some(order_key) = order_key else { return Ok(None) };
        transaction.execute(
            "insert into identity_decisions (decided_at, kind, order_key, order_number) values (?1, 'separate', ?2, ?3)",
            params![at.0, order_key, number],
        )?;
        let decision_id = transaction.last_insert_rowid();
        move_order(&transaction, order_key, number, true)?;
        people::rebuild(&transaction)?;
        finish(transaction)?;
        Ok(Some(decision_id))
    }

    /// Takes a decision back: who is who is as if it had never been made. False when none of this number stands.
    pub fn undo_decision(&mut self, decision_id: i64, at: Moment) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(order) = order_of(&transaction, decision_id)? else { return Ok(false) };
        transaction.execute(
            "update identity_decisions set undone_at = ?2, is_brought = 0 where decision_id = ?1",
            params![decision_id, at.0],
        )?;
        match order {
            Some((key, number)) => {
                move_order(&transaction, key, &number, false)?;
                people::rebuild(&transaction)?;
            }
            None => {
                let mut statement = transaction.prepare(
                    "select distinct b.person_key from decided_buyers s cross join buyer_rows b
                on (b.buyer_hash = s.buyer_hash and b.is_newer = 0 or b.buyer_hash = s.buyer_hash and b.is_newer = 1)
                     where s.decision_id = ?1",
                )?;
                let people: Vec<i64> =
                    statement.query_map([decision_id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
                drop(statement);
                neighbours::resettle(&transaction, people)?;
            }
        }
        finish(transaction)?;
        Ok(true)
    }
}

fn finish(transaction: Transaction<'_>) -> Result<(), Error> {
    transaction.execute("update ledger_version set version = version + 1", [])?;
    transaction.commit()?;
    Ok(())
}

fn people_of(connection: &Connection, customer: CustomerId) -> Result<Vec<i64>, Error> {
    let mut statement = connection.prepare_cached(
        "select distinct person_key from buyer_rows where
        (buyer_id = ?1 or customer_id = ?1 and customer_id <> buyer_id)
        and customer_id = ?1",
    )?;
    Ok(statement.query_map([customer.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Key and number of the order a standing decision is about, nothing of one about customers; nothing at all when none of this number stands.
pub(super) fn order_of(connection: &Connection, decision_id: i64) -> Result<Option<Option<(i64, String)>>, Error> {
    let of_id = "select order_key, order_number from identity_decisions where decision_id = ?1 and undone_at is null";
    let found = connection.query_row(of_id, [decision_id], |row| {
        let (key, number): (Option<i64>, Option<String>) = (row.get(0)?, row.get(1)?);
        Ok(key.zip(number))
    });
    Ok(optional(found)?)
}

/// Gives every statement of an order a buyer of its own, or the buyer that is written alike.
pub(super) fn move_order(connection: &Connection, key: i64, number: &str, away: bool) -> Result<(), Error> {
    let Some(order) = OrderName::of_key(connection, key, number)? else { return Ok(()) };
    let mut statement = connection.prepare(
        "select distinct o.buyer_id, b.buyer_hash from order_rows o join buyer_rows b on b.buyer_id = o.buyer_id
         where o.number = ?3 and o.store_id = ?1 and b.is_separated <> ?2 order by 1",
    )?;
    let buyers: Vec<(i64, i64)> = statement
        .query_map(params![order.store_id, away, order.number], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut moved = Vec::with_capacity(buyers.len());
    for (buyer_id, old_hash) in buyers {
        let hash = separated_hash(old_hash, key);
        moved.push((old_hash, hash));
        connection.execute(
            "insert into buyer_rows (buyer_hash, person_key, place_id, customer_id, is_separated, is_newer, postal_code,
                phone, mail, mail_end_id, family_name, given_name, family_kana, given_kana, street)
             select ?2, 0, place_id, 0, ?3, 1, postal_code, phone, mail, mail_end_id, family_name, given_name, family_kana,
                given_kana, street
             from buyer_rows where buyer_id = ?1 and not exists (select 1 from buyer_rows where
                 (buyer_hash = ?2 and is_newer = 0 or buyer_hash = ?2 and is_newer = 1))",
            params![buyer_id, hash, away],
        )?;
        let new_id: i64 = connection.query_row(
            "select buyer_id from buyer_rows where
                (buyer_hash = ?1 and is_newer = 0 or buyer_hash = ?1 and is_newer = 1)",
            [hash],
            |row| row.get(0),
        )?;
        connection.execute(
            "insert or ignore into given_keys (batch_id, identity_key, buyer_id)
             select batch_id, identity_key, ?2 from given_keys where buyer_id = ?1",
            params![buyer_id, new_id],
        )?;
        connection.execute(
            "update order_rows set buyer_id = ?2 where number = ?4 and store_id = ?3 and buyer_id = ?1",
            params![buyer_id, new_id, order.store_id, order.number],
        )?;
    }
    leavers::delete_without_order(connection)?;
    for (old_hash, hash) in moved {
        named_buyers::follow(connection, old_hash, hash)?;
    }
    Ok(())
}
