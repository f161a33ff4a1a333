//! Decisions and notes that an export has brought. They name people by their orders: whoever ordered them in this ledger
//! is meant, as it is now.

use super::brought::{Statement, free};
use super::compare::{OrderName, optional};
use super::decisions::{move_order, order_of};
use super::said::Standing;
use super::{Error, neighbours, people};
use crate::shop::said::{Named, Said, SaidDecision, SaidNote};
use crate::shop::{Mall, customer};
use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Hashes of buyers.
pub(super) type Hashes = BTreeSet<i64>;

/// What has to be looked at again when all is written.
#[derive(Default)]
struct Concerned {
    hashes: Hashes,
    /// An order has become somebody else's, or is so no longer.
    everybody: bool,
}

/// Makes brought decisions and notes follow from these statements; `gone` are those nobody brings any more.
pub(super) fn settle(
    connection: &Connection,
    wanted: &[Statement],
    there: &FxHashMap<String, Standing>,
    gone: &[&Standing],
) -> Result<(), Error> {
    let mut concerned = Concerned::default();
    for one in gone {
        if let Said::Decision(said) = &one.said {
            take_back(connection, one.id, &said.kind, &mut concerned)?;
        }
    }
    let decisions: Vec<(&SaidDecision, Option<&Standing>)> = wanted
        .iter()
        .filter_map(|statement| match &statement.said {
            Said::Decision(said) => Some((said, there.get(&statement.said.key()))),
            _ => None,
        })
        // The owner's own word stays as it is.
        .filter(|(_, stands)| stands.is_none_or(|stands| stands.is_brought))
        .collect();
    // Whose an order is comes before who is who.
    for (said, stands) in decisions.iter().filter(|(said, _)| said.kind == "separate") {
        separate(connection, said, *stands, &mut concerned)?;
    }
    for (said, stands) in decisions.iter().filter(|(said, _)| said.kind != "separate") {
        join_or_part(connection, said, *stands, &mut concerned)?;
    }
    for statement in wanted {
        let Said::Note(said) = &statement.said else { continue };
        let stands = there.get(&statement.said.key());
        if stands.is_none_or(|stands| stands.is_brought) {
            note(connection, said, stands)?;
        }
    }
    if concerned.everybody {
        return people::rebuild(connection);
    }
    let mut of_hash = connection.prepare_cached(
        "select distinct person_key from buyer_rows where
        (buyer_hash = ?1 and is_newer = 0 or buyer_hash = ?1 and is_newer = 1)",
    )?;
    let mut again: Vec<i64> = Vec::new();
    for hash in concerned.hashes {
        again.extend(of_hash.query_map([hash], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?);
    }
    again.sort_unstable();
    again.dedup();
    neighbours::resettle(connection, again)
}

/// Two ledgers may have said different things in the same second, one of each kind. What is said here stays; what is
/// brought is another one of that second, as the next one. Only what is about others is: the same thing may have been
/// changed since, or be named by other orders.
pub(super) fn tell_apart<'s>(
    connection: &Connection,
    wanted: impl Iterator<Item = &'s mut Said>,
    there: &FxHashMap<String, Standing>,
) -> Result<(), Error> {
    let own = |said: &Said| there.get(&said.key()).filter(|stands| !stands.is_brought);
    let mut later: FxHashSet<String> = FxHashSet::default();
    for said in wanted {
        let mut place = match said {
            Said::Decision(said) => said.occurrence,
            Said::Note(said) => said.occurrence,
            _ => continue,
        };
        while later.contains(&said.key())
            || own(said).map_or(Ok(false), |stands| is_another(connection, said, &stands.said))?
        {
            place += 1;
            said.set_occurrence(place);
        }
        later.insert(said.key());
    }
    Ok(())
}

/// Whether two that have one key are surely about different things.
fn is_another(connection: &Connection, said: &Said, stands: &Said) -> Result<bool, Error> {
    let people = |names: &[Named]| hashes(connection, names);
    Ok(match (said, stands) {
        (Said::Decision(said), Said::Decision(stands)) if said.kind == "separate" => {
            match (said.sides[0].first(), stands.sides[0].first()) {
                (Some(Named::Order(mall, store, number)), Some(Named::Order(other, other_store, other_number))) => {
                    key_of_order(connection, *mall, store, number)?.0
                        != key_of_order(connection, *other, other_store, other_number)?.0
                }
                _ => false,
            }
        }
        (Said::Decision(said), Said::Decision(stands)) => {
            let [a, b] = [people(&said.sides[0])?, people(&said.sides[1])?];
            let [c, d] = [people(&stands.sides[0])?, people(&stands.sides[1])?];
            let are_known = ![&a, &b, &c, &d].into_iter().any(Hashes::is_empty);
            let same = |one: &Hashes, other: &Hashes| !one.is_disjoint(other);
            are_known && !(same(&a, &c) && same(&b, &d)) && !(same(&a, &d) && same(&b, &c))
        }
        (Said::Note(said), Said::Note(stands)) => {
            let (about, other) = (people(&said.about)?, people(&stands.about)?);
            let is_first = |note: &SaidNote| note.changed_at == note.written_at;
            let says_otherwise = is_first(said) && is_first(stands) && said.text != stands.text;
            says_otherwise || !about.is_empty() && !other.is_empty() && about.is_disjoint(&other)
        }
        _ => false,
    })
}

fn take_back(connection: &Connection, id: i64, kind: &str, concerned: &mut Concerned) -> Result<(), Error> {
    let order = order_of(connection, id)?;
    concerned.hashes.extend(decided(connection, id)?.into_iter().flatten());
    // Deleted first: an order is set apart as long as any decision says so.
    connection.execute("delete from identity_decisions where decision_id = ?1", [id])?;
    if let (Some(Some((key, number))), "separate") = (order, kind)
        && !is_separated(connection, key)?
    {
        move_order(connection, key, &number, false)?;
        concerned.everybody = true;
    }
    Ok(())
}

fn is_separated(connection: &Connection, order_key: i64) -> Result<bool, Error> {
    let standing = "select exists (select 1 from identity_decisions
        where order_key = ?1 and kind = 'separate' and undone_at is null)";
    Ok(connection.query_row(standing, [order_key], |row| row.get(0))?)
}

fn separate(
    connection: &Connection,
    said: &SaidDecision,
    stands: Option<&Standing>,
    concerned: &mut Concerned,
) -> Result<(), Error> {
    let Some(Named::Order(mall, store, number)) = said.sides[0].first() else { return Ok(()) };
    let (key, number) = key_of_order(connection, *mall, store, number)?;
    if let Some(stands) = stands {
        let of_id = "select order_key from identity_decisions where decision_id = ?1";
        let before: i64 = connection.query_row(of_id, [stands.id], |row| row.get(0))?;
        if before == key {
            return Ok(());
        }
        take_back(connection, stands.id, &said.kind, concerned)?;
    }
    // The owner has spoken of this order here, or another row has.
    let spoken_of = "select exists (select 1 from identity_decisions
        where order_key = ?1 and kind = 'separate' and (is_brought = 0 or undone_at is null))";
    if connection.query_row(spoken_of, [key], |row| row.get(0))? {
        return Ok(());
    }
    connection.execute(
        "insert into identity_decisions (decision_id, decided_at, kind, order_key, order_number, is_brought,
            brought_as) values (?1, ?2, 'separate', ?3, ?4, 1, ?5)",
        params![free_decision(connection, said.number)?, said.decided_at.0, key, number, said.occurrence],
    )?;
    move_order(connection, key, &number, true)?;
    concerned.everybody = true;
    Ok(())
}

fn join_or_part(
    connection: &Connection,
    said: &SaidDecision,
    stands: Option<&Standing>,
    concerned: &mut Concerned,
) -> Result<(), Error> {
    let sides = [hashes(connection, &said.sides[0])?, hashes(connection, &said.sides[1])?];
    let id = match stands {
        Some(stands) => {
            let before = decided(connection, stands.id)?;
            if before == sides {
                return Ok(());
            }
            concerned.hashes.extend(before.into_iter().flatten());
            connection.execute("delete from decided_buyers where decision_id = ?1", [stands.id])?;
            stands.id
        }
        None if is_contradicted(connection, &said.kind, &sides)? => return Ok(()),
        None => {
            let id = free_decision(connection, said.number)?;
            connection.execute(
                "insert into identity_decisions (decision_id, decided_at, kind, is_brought, brought_as)
                 values (?1, ?2, ?3, 1, ?4)",
                params![id, said.decided_at.0, said.kind, said.occurrence],
            )?;
            id
        }
    };
    let mut insert =
        connection.prepare_cached("insert into decided_buyers (decision_id, side, buyer_hash) values (?1, ?2, ?3)")?;
    for (side, of_side) in (1i64..).zip(&sides) {
        for hash in of_side {
            insert.execute([id, side, *hash])?;
        }
    }
    concerned.hashes.extend(sides.into_iter().flatten());
    Ok(())
}

/// Whether the owner has said the contrary of the same two in this ledger.
fn is_contradicted(connection: &Connection, kind: &str, sides: &[Hashes; 2]) -> Result<bool, Error> {
    let mut contrary = connection.prepare_cached(
        "select decision_id from identity_decisions
         where is_brought = 0 and undone_at is null and kind <> ?1 and kind <> 'separate'",
    )?;
    let ids: Vec<i64> = contrary.query_map([kind], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for id in ids {
        let [one, other] = decided(connection, id)?;
        let same = |a: &Hashes, b: &Hashes| !a.is_disjoint(b);
        if (same(&one, &sides[0]) && same(&other, &sides[1])) || (same(&one, &sides[1]) && same(&other, &sides[0])) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn note(connection: &Connection, said: &SaidNote, stands: Option<&Standing>) -> Result<(), Error> {
    let id = match stands {
        Some(stands) => {
            connection.execute(
                "update notes set note = ?2, changed_at = ?3 where note_id = ?1",
                params![stands.id, said.text, said.changed_at.0],
            )?;
            connection.execute("delete from noted_buyers where note_id = ?1", [stands.id])?;
            stands.id
        }
        None => {
            let id = free(
                connection,
                "select exists (select 1 from notes where note_id = ?1)",
                "select coalesce(max(note_id), 0) + 1 from notes",
                said.number,
            )?;
            connection.execute(
                "insert into notes (note_id, written_at, changed_at, note, note_before, is_brought, brought_as)
                 values (?1, ?2, ?3, ?4, '', 1, ?5)",
                params![id, said.written_at.0, said.changed_at.0, said.text, said.occurrence],
            )?;
            id
        }
    };
    let mut insert = connection.prepare_cached("insert into noted_buyers (note_id, buyer_hash) values (?1, ?2)")?;
    for hash in hashes(connection, &said.about)? {
        insert.execute([id, hash])?;
    }
    Ok(())
}

fn free_decision(connection: &Connection, wanted: i64) -> Result<i64, Error> {
    free(
        connection,
        "select exists (select 1 from identity_decisions where decision_id = ?1)",
        "select coalesce(max(decision_id), 0) + 1 from identity_decisions",
        wanted,
    )
}

/// Buyers of both sides of a decision.
fn decided(connection: &Connection, id: i64) -> Result<[Hashes; 2], Error> {
    let mut statement =
        connection.prepare_cached("select side, buyer_hash from decided_buyers where decision_id = ?1")?;
    let (mut rows, mut sides) = (statement.query([id])?, [Hashes::new(), Hashes::new()]);
    while let Some(row) = rows.next()? {
        sides[usize::from(row.get::<_, i64>(0)? == 2)].insert(row.get(1)?);
    }
    Ok(sides)
}

/// The buyers that are named, as far as this ledger has their orders.
pub(super) fn hashes(connection: &Connection, names: &[Named]) -> Result<Hashes, Error> {
    let mut buyer = connection.prepare_cached(
        "select b.buyer_hash from order_rows o join buyer_rows b on b.buyer_id = o.buyer_id
         where o.number = ?2 and o.store_id = ?1 and o.is_current = 1",
    )?;
    let mut found = Hashes::new();
    for name in names {
        match name {
            Named::Hash(hash) => {
                found.insert(*hash);
            }
            Named::Order(mall, store, number) => {
                let (key, number) = key_of_order(connection, *mall, store, number)?;
                if let Some(OrderName { store_id, number }) = OrderName::of_key(connection, key, &number)? {
                    found.extend(optional(buyer.query_row(params![store_id, number], |row| row.get::<_, i64>(0)))?);
                }
            }
        }
    }
    Ok(found)
}

/// The key of an order in this ledger, and its number. One without a store has that of the store that was named since.
fn key_of_order(connection: &Connection, mall: Mall, store: &str, number: &str) -> Result<(i64, String), Error> {
    let key = customer::key(&[mall.word(), store, number]) as i64;
    let is_known = |key: i64, number: &str| Ok::<_, Error>(OrderName::of_key(connection, key, number)?.is_some());
    if mall == Mall::Yahoo && store.is_empty() && !is_known(key, number)? {
        let of_mall = "select store from remembered_stores where mall = ?1";
        let named: Option<String> = optional(connection.query_row(of_mall, [mall.word()], |row| row.get(0)))?;
        if let Some(named) = named {
            let number = format!("{named}-{number}");
            let renamed = customer::key(&[mall.word(), &named, &number]) as i64;
            if is_known(renamed, &number)? {
                return Ok((renamed, number));
            }
        }
    }
    Ok((key, number.to_owned()))
}
