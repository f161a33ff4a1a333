//! Buyers who go when an import is taken back, and whom that concerns.
//!
//! What fewer people share says more: where a value has become rarer, everybody who has it is looked at again, and so is
//! whoever was one customer with somebody who goes. Nobody else can be decided otherwise.

use super::buyers::too_many;
use super::compare::optional;
use super::habits::Changes;
use super::marks::Marks;
use super::neighbours::{self, Known};
use super::newcomers::Values;
use super::people::{self, Person, buyer_of_row, row_of};
use super::shaken::{Ranges, differs};
use super::{Error, heads};
use crate::shop::identity::Profile;
use crate::shop::identity::keys::everywhere;
use crate::shop::identity::score::population_bucket;
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

/// A person some of whose buyers go, and the mail addresses of those.
struct Leaver {
    person: Person,
    mails: Vec<u64>,
}

/// Holds of the rows `b` of buyers without an order. Orders of the first import and later ones have an index each.
const WITHOUT_ORDER: &str = "
    not exists (select 1 from order_rows o where o.buyer_id = b.buyer_id and o.order_id < 1073741824)
    and not exists (select 1 from order_rows o where o.buyer_id = b.buyer_id and o.order_id >= 1073741824)";

/// Deletes buyers that have no order left; who is who has to be decided anew.
pub(super) fn delete_without_order(connection: &Connection) -> Result<(), Error> {
    connection.execute(&format!("delete from buyer_rows as b where {WITHOUT_ORDER}"), [])?;
    Marks::forget_all(connection)
}

/// Forgets those of these buyers that have no order left and what only this batch called them, and decides anew who is who.
pub(super) fn forget(connection: &Connection, batch_id: i64, buyers: Vec<i64>) -> Result<(), Error> {
    // A list of the shop's own says who its buyers are as people: without it they may be others.
    let any_of_own: bool = connection.query_row(
        "select exists (select 1 from given_keys g join buyers b on b.buyer_id = g.buyer_id
            where g.batch_id = ?1 and b.mall = 'own')",
        [batch_id],
        |row| row.get(0),
    )?;
    let mut customers: FxHashSet<i64> = connection
        .prepare(
            "select distinct b.customer_id from given_keys g join buyers b on b.buyer_id = g.buyer_id
             where g.batch_id = ?1",
        )?
        .query_map([batch_id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let (gone, leavers) = leavers(connection, buyers, &mut customers)?;
    if customers.is_empty() {
        return Ok(());
    }
    let mut concerned = Vec::new();
    let mut of_customer = connection.prepare_cached(
        "select person_key from buyer_rows where
        (buyer_id = ?1 or customer_id = ?1 and customer_id <> buyer_id)
        and customer_id = ?1",
    )?;
    for customer in customers {
        concerned.extend(of_customer.query_map([customer], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?);
    }
    connection.execute("delete from given_keys where batch_id = ?1", [batch_id])?;
    let mut delete = connection.prepare_cached("delete from buyer_rows where buyer_id = ?1")?;
    for buyer in gone {
        delete.execute([buyer])?;
    }
    if any_of_own { people::rebuild(connection) } else { decide(connection, leavers, concerned) }
}

/// Those of these buyers who have no order, and who they are as people; their customers are added.
fn leavers(
    connection: &Connection,
    buyers: Vec<i64>,
    customers: &mut FxHashSet<i64>,
) -> Result<(Vec<i64>, FxHashMap<i64, Leaver>), Error> {
    let without_order = format!("select b.buyer_id, b.person_key from buyer_rows b where {WITHOUT_ORDER}");
    let mut is_without = connection.prepare(&format!("{without_order} and b.buyer_id = ?1"))?;
    let mut gone: Vec<(i64, i64)> = Vec::new();
    for buyer in buyers {
        gone.extend(optional(is_without.query_row([buyer], |row| Ok((row.get(0)?, row.get(1)?))))?);
    }
    if cfg!(debug_assertions) {
        let all: i64 =
            connection.query_row(&format!("select count(*) from ({without_order})"), [], |row| row.get(0))?;
        assert_eq!(gone.len() as i64, all, "a buyer without an order is none of the import's");
    }
    let ids: FxHashSet<i64> = gone.iter().map(|(buyer, _)| *buyer).collect();
    let mut people: Vec<i64> = gone.iter().map(|(_, person)| *person).collect();
    people.sort_unstable();
    people.dedup();
    let mut leavers: FxHashMap<i64, Leaver> = FxHashMap::default();
    let mut buyers_of = connection.prepare_cached(include_str!("queries/buyers_of_person.sql"))?;
    for key in people {
        let mut rows = buyers_of.query([key])?;
        while let Some(row) = rows.next()? {
            let buyer = buyer_of_row(row)?;
            let of = row_of(row, &buyer)?;
            if ids.contains(&of.buyer_id) {
                customers.insert(of.customer_id);
                let person = Person::of(&of);
                let mail = person.mail;
                leavers.entry(key).or_insert_with(|| Leaver { person, mails: Vec::new() }).mails.extend(mail);
            }
        }
    }
    Ok((gone.into_iter().map(|(buyer, _)| buyer).collect(), leavers))
}

/// Takes the values of those away who are gone, and decides about whom that concerns.
fn decide(connection: &Connection, leavers: FxHashMap<i64, Leaver>, mut concerned: Vec<i64>) -> Result<(), Error> {
    let mut removed = Values::default();
    let mut gone: FxHashMap<i64, Profile> = FxHashMap::default();
    let mut buyers_of = connection.prepare_cached(include_str!("queries/buyers_of_person.sql"))?;
    for (key, Leaver { person, mails }) in leavers {
        let mut kept: FxHashSet<u64> = FxHashSet::default();
        let mut is_gone = true;
        let mut rows = buyers_of.query([key])?;
        while let Some(row) = rows.next()? {
            is_gone = false;
            let buyer = buyer_of_row(row)?;
            kept.extend(Person::of(&row_of(row, &buyer)?).mail);
        }
        if is_gone {
            gone.insert(key, person.profile);
            removed.add(key, &person.keys);
        }
        mails.iter().filter(|mail| !kept.contains(mail)).for_each(|mail| removed.add_mail(key, *mail));
    }
    removed.sort();
    removed.delete(connection)?;
    let mut forget =
        connection.prepare_cached("delete from likely_pairs where first_person = ?1 or second_person = ?1")?;
    for person in gone.keys() {
        forget.execute([person])?;
        heads::forget(connection, *person)?;
    }
    let before: i64 = connection.query_row("select people from people_count", [], |row| row.get(0))?;
    let (before, now) = (before as u64, before as u64 - gone.len() as u64);
    connection.execute("update people_count set people = ?1", [now as i64])?;
    if population_bucket(before) != population_bucket(now) {
        return people::decide_again(connection);
    }
    concerned.extend(unsettled(connection, &removed)?);
    concerned.retain(|person| !gone.contains_key(person));
    let changes = Changes::of_removed(connection, &removed, gone)?;
    match too_many(&mut concerned, now) {
        true => people::decide_again(connection),
        false => neighbours::settle(connection, concerned, Known { changes, ..Known::default() }),
    }
}

/// Everybody with a value that has become rarer by so much that it makes a difference.
fn unsettled(connection: &Connection, removed: &Values) -> Result<Vec<i64>, Error> {
    let mut ranges = Ranges::new(connection)?;
    let mut people = Vec::new();
    let mut look = |range: (u64, u64), fewer: &[(i64, i64)], weighs: bool| -> Result<(), Error> {
        let now = ranges.count(range)?;
        if now > 0 && differs(now, now + fewer.len() as u64, weighs) {
            people.extend(ranges.members(range, usize::MAX)?);
        }
        Ok(())
    };
    for fewer in removed.exact.chunk_by(|x, y| x.0 == y.0) {
        look((fewer[0].0 as u64, fewer[0].0 as u64), fewer, true)?;
    }
    for fewer in removed.names.chunk_by(|x, y| everywhere(x.0 as u64).0 == everywhere(y.0 as u64).0) {
        look(everywhere(fewer[0].0 as u64), fewer, true)?;
        for nearby in fewer.chunk_by(|x, y| x.0 == y.0) {
            look((nearby[0].0 as u64, nearby[0].0 as u64), nearby, false)?;
        }
    }
    Ok(people)
}
