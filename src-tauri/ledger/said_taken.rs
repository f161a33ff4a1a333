//! Recorded actions and contacts of this ledger, to be written out again and compared with.

use super::Error;
use super::batches::mall_of;
use super::brought_taken::{said_contact, said_proposal};
use super::said::{Standing, name_of, number_equals};
use super::taken::of_row;
use crate::shop::said::{Named, Said, SaidTaken};
use crate::shop::{ContactKind, Day, Moment, NewContact};
use rusqlite::{Connection, Statement};

/// People of one part of an action: a cell of a workbook holds 32,767 characters, and an order's key is some forty.
const PEOPLE_OF_A_PART: u32 = 100;

/// Every action, in the order in which they were recorded; the first part of each names its first people, if any.
pub(super) fn actions(connection: &Connection) -> Result<Vec<Standing>, Error> {
    let mut statement = connection.prepare_cached(
        "select taken_id, recorded_at, taken_on, channel, channel_mall, people_count, action_key, rule, item_mall,
            item_code, item_name, customer_group, as_of, proposed_count, past_count, past_bought, window_days, lift_low,
            lift_high, value_basis, typical_value, cost, worth_low, worth_high, removed, is_brought, brought_as
         from taken_actions order by taken_id",
    )?;
    let mut reached = connection
        .prepare_cached("select place, buyer_hash from taken_buyers where taken_id = ?1 order by place, buyer_hash")?;
    let (mut rows, mut found) = (statement.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        let (id, taken) = (row.get(0)?, of_row(row)?);
        let (is_gone, is_brought): (bool, bool) = (row.get(24)?, row.get(25)?);
        let brought_as: Option<u32> = row.get(26)?;
        let whole = SaidTaken {
            number: id,
            recorded_at: Moment(row.get(1)?),
            on: taken.on,
            channel: taken.channel,
            mall: taken.mall,
            people_count: row.get(5)?,
            proposed: said_proposal(taken.proposal),
            people_before: 0,
            people: Vec::new(),
            occurrence: 0,
        };
        for (people_before, people) in parts(connection, &mut reached, id)? {
            let said = Said::Taken(Box::new(SaidTaken { people_before, people, ..whole.clone() }));
            found.push((Standing { said, id, is_brought, is_gone }, brought_as));
        }
    }
    Ok(number_equals(found))
}

/// How many people stand before those of a part, and who they are, each by all their names.
type Part = (u32, Vec<Vec<Named>>);

/// The people of an action in parts, each with how many stand before it; one empty part for an action without any.
fn parts(connection: &Connection, reached: &mut Statement<'_>, taken_id: i64) -> Result<Vec<Part>, Error> {
    let mut parts: Vec<Part> = vec![(0, Vec::new())];
    let (mut rows, mut of) = (reached.query([taken_id])?, None);
    while let Some(row) = rows.next()? {
        let (place, hash): (u32, i64) = (row.get(0)?, row.get(1)?);
        let before = place - place % PEOPLE_OF_A_PART;
        if parts.last().is_none_or(|(of_part, _)| *of_part != before) {
            parts.push((before, Vec::new()));
        }
        let Some((_, people)) = parts.last_mut() else { continue };
        if of != Some(place) {
            of = Some(place);
            people.push(Vec::new());
        }
        let name = name_of(connection, hash)?;
        if let Some(person) = people.last_mut()
            && !person.contains(&name)
        {
            person.push(name);
        }
    }
    Ok(parts)
}

/// Every contact, in the order in which they were written down.
pub(super) fn contacts(connection: &Connection) -> Result<Vec<Standing>, Error> {
    let mut statement = connection.prepare_cached(
        "select contact_id, written_at, mall, kind, contact_on, name, note, tied, removed, is_brought, brought_as
         from contacts order by contact_id",
    )?;
    let mut tied =
        connection.prepare_cached("select buyer_hash from contact_buyers where contact_id = ?1 order by 1")?;
    let (mut rows, mut found) = (statement.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        let (id, is_tied): (i64, bool) = (row.get(0)?, row.get(7)?);
        let contact = NewContact {
            mall: mall_of(row.get_ref(2)?.as_str().unwrap_or_default()),
            kind: row.get_ref(3)?.as_str().unwrap_or_default().parse().unwrap_or(ContactKind::Other),
            on: Day(row.get(4)?),
            name: row.get(5)?,
            note: row.get(6)?,
        };
        let mut said = said_contact(id, Moment(row.get(1)?), contact, is_tied);
        if is_tied {
            let mut hashes = tied.query([id])?;
            while let Some(row) = hashes.next()? {
                said.who.push(name_of(connection, row.get(0)?)?);
            }
            said.who.sort();
            said.who.dedup();
        }
        let (is_gone, is_brought): (bool, bool) = (row.get(8)?, row.get(9)?);
        found.push((Standing { said: Said::Contact(said), id, is_brought, is_gone }, row.get(10)?));
    }
    Ok(number_equals(found))
}
