//! What the owner has said elsewhere, brought by Otokui's own export: what holds of it here follows from the rows of
//! `brought` and from the owner's own word in this ledger, which counts more.
//!
//! It is worked out anew after an import and after its undo, so that neither their order nor their number matters: what
//! nobody brings any more goes, what is new comes, and what the owner has said or changed here stays as it is.

use super::beside::Place;
use super::said::{Standing, standing};
use super::{Error, Ledger};
use super::{brought_people, brought_taken};
use crate::shop::said::{Said, SaidEvent, SaidSetting};
use rusqlite::{Connection, Transaction, params};
use rustc_hash::{FxHashMap, FxHashSet};

/// What the newest row about something says, and in which batch it stands.
pub(super) struct Statement {
    pub(super) said: Said,
    pub(super) batch_id: i64,
    /// What its rows are found by.
    entry_key: i64,
}

pub(super) fn insert(transaction: &Transaction<'_>, place: &Place, said: &Said) -> Result<(), Error> {
    transaction
        .prepare_cached(
            "insert into brought (batch_id, row_number, entry_key, content_hash, kind, said)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            place.batch_id,
            place.row,
            place.key,
            place.content,
            kind_of(said),
            // Plain values always have a JSON form.
            serde_json::to_string(said).unwrap_or_default()
        ])?;
    Ok(())
}

fn kind_of(said: &Said) -> &'static str {
    match said {
        Said::Setting(_) => "setting",
        Said::Event(_) => "event",
        Said::Decision(_) => "decision",
        Said::Note(_) => "note",
        Said::Taken(_) => "taken",
        Said::Contact(_) => "contact",
        Said::Map(_) => "map",
        Said::Columns(_) => "columns",
        Said::Store(_) => "store",
    }
}

impl Ledger {
    /// What the ledger says of each thing, by its key, and whether an export brought it. `new` get the keys they would
    /// have beside it.
    pub(super) fn said_by_key(&self, new: &mut [Said]) -> Result<FxHashMap<String, (Said, bool)>, Error> {
        let there: FxHashMap<String, Standing> =
            standing(&self.connection)?.into_iter().map(|one| (one.said.key(), one)).collect();
        brought_people::tell_apart(&self.connection, new.iter_mut(), &there)?;
        Ok(there.into_iter().map(|(key, one)| (key, (one.said, one.is_brought))).collect())
    }
}

/// Makes everything brought follow from what is there now.
pub(super) fn settle(connection: &Connection) -> Result<(), Error> {
    let any: bool = connection.query_row(
        "select exists (select 1 from brought)
            or exists (select 1 from setting_changes where is_brought = 1)
            or exists (select 1 from event_changes where is_brought = 1)
            or exists (select 1 from identity_decisions where is_brought = 1)
            or exists (select 1 from notes where is_brought = 1)
            or exists (select 1 from taken_actions where is_brought = 1)
            or exists (select 1 from contacts where is_brought = 1)
            or exists (select 1 from remembered_maps where is_brought = 1)
            or exists (select 1 from remembered_columns where is_brought = 1)
            or exists (select 1 from remembered_stores where is_brought = 1)",
        [],
        |row| row.get(0),
    )?;
    if !any {
        return Ok(());
    }
    let there: FxHashMap<String, Standing> =
        standing(connection)?.into_iter().map(|one| (one.said.key(), one)).collect();
    let mut wanted = statements(connection)?;
    brought_people::tell_apart(connection, wanted.iter_mut().map(|statement| &mut statement.said), &there)?;
    let wanted_keys: FxHashSet<String> = wanted.iter().map(|statement| statement.said.key()).collect();
    let mut gone: Vec<&Standing> =
        there.iter().filter(|(key, one)| one.is_brought && !wanted_keys.contains(*key)).map(|(_, one)| one).collect();
    gone.sort_by_key(|one| one.id);
    for one in &gone {
        forget(connection, one)?;
    }
    let mut groups: FxHashMap<(i64, i64), i64> = FxHashMap::default();
    for Statement { said, batch_id, .. } in &wanted {
        let stands = there.get(&said.key());
        match (said, stands) {
            // The owner's own word.
            (_, Some(stands)) if !stands.is_brought => {}
            (Said::Setting(said), stands) => {
                setting(connection, said, stands, groups.entry((*batch_id, said.number)).or_default())?;
            }
            (Said::Event(said), stands) => event(connection, said, stands)?,
            (Said::Decision(_) | Said::Note(_) | Said::Taken(_) | Said::Contact(_), _) => {}
            (said, stands) => reading(connection, said, stands)?,
        }
    }
    brought_people::settle(connection, &wanted, &there, &gone)?;
    brought_taken::settle(connection, &wanted, &there)
}

/// Whom brought decisions, notes, actions and contacts are about, again: an import may have changed whose an order is.
pub(super) fn settle_people(connection: &Connection) -> Result<(), Error> {
    let any: bool = connection.query_row(
        "select exists (select 1 from brought where kind in ('decision', 'note', 'taken', 'contact'))",
        [],
        |row| row.get(0),
    )?;
    if any { settle(connection) } else { Ok(()) }
}

/// The owner has changed a brought note: what the export said of it is forgotten, so that a text that was removed is gone.
pub(super) fn let_go(connection: &Connection, note_id: i64) -> Result<(), Error> {
    let there: FxHashMap<String, Standing> =
        standing(connection)?.into_iter().map(|one| (one.said.key(), one)).collect();
    let is_it = |one: &&Standing| matches!(one.said, Said::Note(_)) && one.id == note_id && one.is_brought;
    let Some(note) = there.values().find(is_it) else { return Ok(()) };
    let mut wanted = statements(connection)?;
    brought_people::tell_apart(connection, wanted.iter_mut().map(|statement| &mut statement.said), &there)?;
    for statement in wanted.iter().filter(|statement| statement.said.key() == note.said.key()) {
        connection.execute("delete from brought where entry_key = ?1", [statement.entry_key])?;
    }
    connection.execute("update notes set is_brought = 0 where note_id = ?1", [note_id])?;
    Ok(())
}

/// The newest row about each thing, in the order of batches and rows.
fn statements(connection: &Connection) -> Result<Vec<Statement>, Error> {
    let mut statement = connection.prepare_cached(
        "select b.batch_id, b.said, b.entry_key from brought b
         where not exists (
            select 1 from brought newer where newer.entry_key = b.entry_key and newer.batch_id > b.batch_id)
         order by b.batch_id, b.row_number",
    )?;
    let (mut rows, mut found) = (statement.query([])?, Vec::<Statement>::new());
    while let Some(row) = rows.next()? {
        let said: String = row.get(1)?;
        let said = serde_json::from_str(&said).map_err(|_| Error::Damaged)?;
        found.push(Statement { said, batch_id: row.get(0)?, entry_key: row.get(2)? });
    }
    fill_words(connection, &mut found)?;
    Ok(found)
}

/// An export without names says nothing of whom a contact was with: what another one says of it holds on.
fn fill_words(connection: &Connection, found: &mut [Statement]) -> Result<(), Error> {
    let mut others = connection
        .prepare_cached("select said from brought where entry_key = ?1 and batch_id <> ?2 order by batch_id desc")?;
    for Statement { said, batch_id, entry_key } in found {
        let Said::Contact(contact) = said else { continue };
        if !(contact.name.is_empty() && contact.note.is_empty()) {
            continue;
        }
        let texts = others.query_map([*entry_key, *batch_id], |row| row.get::<_, String>(0))?;
        for text in texts.collect::<rusqlite::Result<Vec<_>>>()? {
            if let Ok(Said::Contact(other)) = serde_json::from_str(&text)
                && !(other.name.is_empty() && other.note.is_empty())
            {
                (contact.name, contact.note) = (other.name, other.note);
                break;
            }
        }
    }
    Ok(())
}

fn forget(connection: &Connection, one: &Standing) -> Result<(), Error> {
    match &one.said {
        Said::Setting(said) => connection.execute(
            "delete from setting_changes where change_id = ?1 and setting = ?2",
            params![one.id, said.setting],
        )?,
        Said::Event(_) => connection.execute("delete from event_changes where change_id = ?1", [one.id])?,
        Said::Note(_) => connection.execute("delete from notes where note_id = ?1", [one.id])?,
        Said::Map(said) => {
            connection.execute("delete from remembered_maps where fingerprint = ?1", [&said.fingerprint])?
        }
        Said::Columns(said) => {
            connection.execute("delete from remembered_columns where fingerprint = ?1", [&said.fingerprint])?
        }
        Said::Store(said) => connection.execute("delete from remembered_stores where mall = ?1", [said.mall.word()])?,
        // The people of its other parts are written anew.
        Said::Taken(said) if said.people_before > 0 => 0,
        Said::Taken(_) => {
            connection.execute("delete from taken_buyers where taken_id = ?1", [one.id])?;
            connection.execute("delete from taken_actions where taken_id = ?1", [one.id])?
        }
        Said::Contact(_) => {
            connection.execute("delete from contact_buyers where contact_id = ?1", [one.id])?;
            connection.execute("delete from contacts where contact_id = ?1", [one.id])?
        }
        // Who is who has to be decided again; see `brought_people`.
        Said::Decision(_) => 0,
    };
    Ok(())
}

/// `number` is that of the change in this ledger, 0 as long as it has none: changed together, they share it.
fn setting(
    connection: &Connection,
    said: &SaidSetting,
    stands: Option<&Standing>,
    number: &mut i64,
) -> Result<(), Error> {
    if let Some(stands) = stands {
        *number = stands.id;
        connection.execute(
            "update setting_changes set value = ?3, holds_from = ?4, undone_at = ?5
             where change_id = ?1 and setting = ?2",
            params![
                stands.id,
                said.setting,
                said.value,
                said.holds_from.map(|day| day.0),
                said.undone_at.map(|at| at.0)
            ],
        )?;
        return Ok(());
    }
    let is_taken = "select exists (select 1 from setting_changes where change_id = ?1 and setting = ?2)";
    if *number == 0 || connection.query_row(is_taken, params![*number, said.setting], |row| row.get(0))? {
        *number = free(
            connection,
            "select exists (select 1 from setting_changes where change_id = ?1)",
            "select coalesce(max(change_id), 0) + 1 from setting_changes",
            said.number,
        )?;
    }
    connection.execute(
        "insert into setting_changes (change_id, changed_at, setting, value, holds_from, undone_at, is_brought, brought_as)
         values (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7)",
        params![
            *number,
            said.changed_at.0,
            said.setting,
            said.value,
            said.holds_from.map(|day| day.0),
            said.undone_at.map(|at| at.0),
            said.occurrence
        ],
    )?;
    Ok(())
}

fn event(connection: &Connection, said: &SaidEvent, stands: Option<&Standing>) -> Result<(), Error> {
    let undone_at = said.undone_at.map(|at| at.0);
    if let Some(stands) = stands {
        connection.execute(
            "update event_changes set what = ?2, rule = ?3, undone_at = ?4 where change_id = ?1",
            params![stands.id, said.what, said.rule, undone_at],
        )?;
        return Ok(());
    }
    let number = free(
        connection,
        "select exists (select 1 from event_changes where change_id = ?1)",
        "select coalesce(max(change_id), 0) + 1 from event_changes",
        said.number,
    )?;
    connection.execute(
        "insert into event_changes (change_id, changed_at, rule_key, what, rule, undone_at, is_brought, brought_as)
         values (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7)",
        params![number, said.changed_at.0, said.rule_key, said.what, said.rule, undone_at, said.occurrence],
    )?;
    Ok(())
}

fn reading(connection: &Connection, said: &Said, stands: Option<&Standing>) -> Result<(), Error> {
    if stands.is_some_and(|stands| stands.said == *said) {
        return Ok(());
    }
    match said {
        Said::Map(map) => connection.execute(
            "insert or replace into remembered_maps (fingerprint, file_name, headers, map, remembered_at, is_brought)
             values (?1, ?2, ?3, ?4, ?5, 1)",
            params![map.fingerprint, map.file_name, map.headers, map.map, map.remembered_at.0],
        )?,
        Said::Columns(columns) => connection.execute(
            "insert or replace into remembered_columns (fingerprint, code_header, cost_header, is_brought)
             values (?1, ?2, ?3, 1)",
            params![columns.fingerprint, columns.code_header, columns.cost_header],
        )?,
        // Orders without a store get the owner's word only: they are renamed by it, and no undo renames them back.
        Said::Store(of) => connection.execute(
            "insert or replace into remembered_stores (mall, store, is_brought)
             select ?1, ?2, 1 where not exists (select 1 from stores where mall = ?1 and account = '')",
            params![of.mall.word(), of.store],
        )?,
        _ => 0,
    };
    Ok(())
}

/// The number wanted where it is free, the next one otherwise.
pub(super) fn free(connection: &Connection, is_taken: &str, next: &str, wanted: i64) -> Result<i64, Error> {
    let is_taken: bool = connection.query_row(is_taken, [wanted], |row| row.get(0))?;
    if !is_taken {
        return Ok(wanted);
    }
    Ok(connection.query_row(next, [], |row| row.get(0))?)
}
