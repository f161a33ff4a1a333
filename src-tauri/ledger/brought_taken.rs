//! Recorded actions and contacts that an export has brought. They name people by their orders, as decisions do.

use super::Error;
use super::brought::{Statement, free};
use super::brought_people::hashes;
use super::said::Standing;
use super::taken::{NewTaken, Proposal, insert_action};
use crate::shop::NewContact;
use crate::shop::said::{Said, SaidContact, SaidProposal, SaidTaken};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

/// Millionths of one.
const MILLION: f64 = 1e6;

/// Makes brought actions and contacts follow from these statements. What is said here stays as it is.
pub(super) fn settle(
    connection: &Connection,
    wanted: &[Statement],
    there: &FxHashMap<String, Standing>,
) -> Result<(), Error> {
    // The parts of an action, by that of its first people.
    let mut actions: FxHashMap<String, i64> = FxHashMap::default();
    for Statement { said, .. } in wanted {
        let stands = there.get(&said.key());
        if stands.is_some_and(|stands| !stands.is_brought) {
            continue;
        }
        match said {
            Said::Taken(said) => {
                let action = key_of_action(said);
                let id = match actions.get(&action) {
                    Some(id) => *id,
                    None => action_of(connection, said, there)?,
                };
                // Parts of the owner's own action that it does not have: it was recorded for fewer then.
                if id > 0 {
                    people(connection, said, id)?;
                }
                actions.insert(action, id);
            }
            Said::Contact(said) => contact(connection, said, stands)?,
            _ => {}
        }
    }
    Ok(())
}

fn key_of_action(said: &SaidTaken) -> String {
    Said::Taken(Box::new(SaidTaken { people_before: 0, people: Vec::new(), ..said.clone() })).key()
}

/// The number of the action in this ledger, without anybody it went to; 0 when it is the owner's own.
fn action_of(connection: &Connection, said: &SaidTaken, there: &FxHashMap<String, Standing>) -> Result<i64, Error> {
    if let Some(stands) = there.get(&key_of_action(said)) {
        if !stands.is_brought {
            return Ok(0);
        }
        connection.execute("delete from taken_buyers where taken_id = ?1", [stands.id])?;
        let is_there = "select exists (select 1 from taken_actions where taken_id = ?1)";
        if connection.query_row(is_there, [stands.id], |row| row.get(0))? {
            return Ok(stands.id);
        }
    }
    let id = free(
        connection,
        "select exists (select 1 from taken_actions where taken_id = ?1)",
        "select coalesce(max(taken_id), 0) + 1 from taken_actions",
        said.number,
    )?;
    let taken =
        NewTaken { on: said.on, channel: said.channel.clone(), mall: said.mall, proposal: proposal(&said.proposed) };
    insert_action(connection, Some(id), &taken, said.people_count, said.recorded_at)?;
    let brought = "update taken_actions set is_brought = 1, brought_as = ?2 where taken_id = ?1";
    connection.execute(brought, params![id, said.occurrence])?;
    Ok(id)
}

fn people(connection: &Connection, said: &SaidTaken, id: i64) -> Result<(), Error> {
    let mut insert = connection
        .prepare_cached("insert or ignore into taken_buyers (taken_id, place, buyer_hash) values (?1, ?2, ?3)")?;
    for (place, names) in (i64::from(said.people_before)..).zip(&said.people) {
        for hash in hashes(connection, names)? {
            insert.execute([id, place, hash])?;
        }
    }
    Ok(())
}

fn contact(connection: &Connection, said: &SaidContact, stands: Option<&Standing>) -> Result<(), Error> {
    let id = match stands {
        Some(stands) => {
            connection.execute(
                "update contacts set name = ?2, note = ?3, tied = ?4 where contact_id = ?1",
                params![stands.id, said.name, said.note, said.is_tied],
            )?;
            connection.execute("delete from contact_buyers where contact_id = ?1", [stands.id])?;
            stands.id
        }
        None => {
            let id = free(
                connection,
                "select exists (select 1 from contacts where contact_id = ?1)",
                "select coalesce(max(contact_id), 0) + 1 from contacts",
                said.number,
            )?;
            connection.execute(
                "insert into contacts (contact_id, written_at, mall, kind, contact_on, name, note, removed,
                    removed_before, tied, tied_before, is_brought, brought_as)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 1, ?8, 0, 1, ?9)",
                params![
                    id,
                    said.written_at.0,
                    said.mall.word(),
                    said.kind.word(),
                    said.on.0,
                    said.name,
                    said.note,
                    said.is_tied,
                    said.occurrence
                ],
            )?;
            id
        }
    };
    let mut insert =
        connection.prepare_cached("insert into contact_buyers (contact_id, buyer_hash) values (?1, ?2)")?;
    for hash in hashes(connection, &said.who)? {
        insert.execute([id, hash])?;
    }
    Ok(())
}

/// As an export says it.
pub(super) fn said_proposal(of: Proposal) -> SaidProposal {
    let millionths = |lift: f64| (lift * MILLION).round() as u32;
    SaidProposal {
        action_key: of.action_key,
        rule: of.rule,
        item: of.item,
        group: of.group,
        as_of: of.as_of,
        people_count: of.people_count,
        past_count: of.past_count,
        past_bought: of.past_bought,
        window_days: of.window_days,
        lift_millionths: (millionths(of.lift.0), millionths(of.lift.1)),
        value_basis: of.value_basis,
        typical_value: of.typical_value,
        cost: of.cost,
        worth: of.worth,
    }
}

fn proposal(said: &SaidProposal) -> Proposal {
    let lift = |millionths: u32| f64::from(millionths) / MILLION;
    Proposal {
        action_key: said.action_key.clone(),
        rule: said.rule.clone(),
        item: said.item.clone(),
        group: said.group.clone(),
        as_of: said.as_of,
        people_count: said.people_count,
        past_count: said.past_count,
        past_bought: said.past_bought,
        window_days: said.window_days,
        lift: (lift(said.lift_millionths.0), lift(said.lift_millionths.1)),
        value_basis: said.value_basis.clone(),
        typical_value: said.typical_value,
        cost: said.cost,
        worth: said.worth,
    }
}

/// As an export says it; whom it names is added.
pub(super) fn said_contact(number: i64, written_at: crate::shop::Moment, of: NewContact, is_tied: bool) -> SaidContact {
    let NewContact { mall, kind, on, name, note } = of;
    SaidContact { number, written_at, mall, kind, on, name, note, is_tied, who: Vec::new(), occurrence: 0 }
}
