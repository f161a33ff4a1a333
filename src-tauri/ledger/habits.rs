//! What the people of this ledger tell of how often one of them moves, changes phone, marries or mistypes, kept up to date
//! with every import and undo: of the holders of a mail address who has come to it or left it.

use super::newcomers::Values;
use super::people::{self, buyer_of_row, row_of};
use super::shaken::{Ranges, Shared};
use super::{Error, Ledger};
use crate::shop::identity::habits::TELLING;
use crate::shop::identity::keys::CROWDED;
use crate::shop::identity::{Habit, Habits, Profile, Tally};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

/// More pairs than there are.
const MOST: i64 = 1 << 40;

/// Of a mail address whose holders are others now, and tell or told something.
pub(super) struct Change {
    before: Vec<i64>,
    now: Vec<i64>,
}

/// What has changed, and the profiles of those who are no longer there.
#[derive(Default)]
pub(super) struct Changes {
    of_mails: Vec<Change>,
    gone: FxHashMap<i64, Profile>,
}

impl Changes {
    /// Whether nothing is to be learned anew.
    pub(super) fn is_empty(&self) -> bool {
        self.of_mails.is_empty()
    }

    /// Of mail addresses to which people have come, before that is written down.
    pub(super) fn of_added(
        connection: &Connection,
        added: &Values,
        shared: &FxHashMap<(u64, u64), Shared>,
    ) -> Result<Changes, Error> {
        let mut ranges = Ranges::new(connection)?;
        let mut changes = Changes::default();
        for new in added.of_mails() {
            let range = (new[0].0 as u64, new[0].0 as u64);
            // Held by one alone it is not there.
            let Some(all) = shared.get(&range) else { continue };
            let before = match all.size < CROWDED {
                true => all.members[..all.members.len() - new.len()].to_vec(),
                false => ranges.members(range, TELLING + 1)?,
            };
            changes.add(before, new, |before, new| Change { now: [&before[..], new].concat(), before });
        }
        Ok(changes)
    }

    /// Of mail addresses that people have no longer, once that is written down; some of them are `gone`.
    pub(super) fn of_removed(
        connection: &Connection,
        removed: &Values,
        gone: FxHashMap<i64, Profile>,
    ) -> Result<Changes, Error> {
        let mut ranges = Ranges::new(connection)?;
        let mut changes = Changes { gone, ..Changes::default() };
        for fewer in removed.of_mails() {
            let range = (fewer[0].0 as u64, fewer[0].0 as u64);
            let now = ranges.members(range, TELLING + 1)?;
            changes.add(now, fewer, |now, gone| Change { before: [&now[..], gone].concat(), now });
        }
        Ok(changes)
    }

    /// Adds what becomes of an address that some hold anyhow and others do not.
    fn add(&mut self, some: Vec<i64>, others: &[(i64, i64)], change: impl FnOnce(Vec<i64>, &[i64]) -> Change) {
        if some.len() <= TELLING && some.len() + others.len() > 1 {
            let others: Vec<i64> = others.iter().map(|(_, person)| *person).collect();
            self.of_mails.push(change(some, &others));
        }
    }

    /// Brings up to date what is learned. True: other weights follow from it, by which everybody is to be decided about.
    pub(super) fn learn(
        &self,
        connection: &Connection,
        mut profile: impl FnMut(i64) -> Result<Option<Profile>, Error>,
    ) -> Result<bool, Error> {
        let before = read(connection)?;
        let mut tally = before;
        let mut known = |person: i64| match self.gone.get(&person) {
            Some(profile) => Ok(Some(*profile)),
            None => profile(person),
        };
        for change in &self.of_mails {
            for (holders, by) in [(&change.before, -1), (&change.now, 1)] {
                if holders.len() > 1 && holders.len() <= TELLING {
                    let profiles = holders.iter().filter_map(|person| known(*person).transpose());
                    tally.count_all(&profiles.collect::<Result<Vec<Profile>, Error>>()?, by);
                }
            }
        }
        if cfg!(debug_assertions) {
            assert_eq!(Some(tally), counted(connection)?.or(Some(tally)), "learned step by step and from everybody");
        }
        if tally != before {
            write(connection, &tally)?;
        }
        Ok(Habits::of(&tally) != Habits::of(&before))
    }
}

/// What is written down; nothing seen where nothing is.
pub(super) fn read(connection: &Connection) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let mut statement = connection.prepare_cached("select field, level, pair_count from habits")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (field, level): (String, String) = (row.get(0)?, row.get(1)?);
        let habit = Habit::ALL.into_iter().find(|habit| habit.field().word() == field && habit.level() == level);
        // A damaged ledger may hold any number.
        tally.put(habit.ok_or(Error::Damaged)?, row.get::<_, i64>(2)?.clamp(0, MOST) as u64);
    }
    Ok(tally)
}

/// Writes it down.
pub(super) fn write(connection: &Connection, tally: &Tally) -> Result<(), Error> {
    let mut put =
        connection.prepare_cached("insert or replace into habits (field, level, pair_count) values (?1, ?2, ?3)")?;
    for habit in Habit::ALL {
        put.execute(params![habit.field().word(), habit.level(), tally.seen(habit) as i64])?;
    }
    Ok(())
}

/// The same from all buyers of a small ledger, without anything that is written down of people; nothing of a large one.
fn counted(connection: &Connection) -> Result<Option<Tally>, Error> {
    const SMALL: i64 = 4_000;
    if connection.query_row("select people from people_count", [], |row| row.get::<_, i64>(0))? > SMALL {
        return Ok(None);
    }
    let mut holders: FxHashMap<u64, FxHashMap<i64, Profile>> = FxHashMap::default();
    let mut statement = connection.prepare_cached(include_str!("queries/buyers_as_people.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let buyer = buyer_of_row(row)?;
        let person = people::Person::of(&row_of(row, &buyer)?);
        if let Some(mail) = person.mail {
            holders.entry(mail).or_default().insert(person.key, person.profile);
        }
    }
    let mut tally = Tally::default();
    for profiles in holders.into_values() {
        tally.count_all(&profiles.into_values().collect::<Vec<_>>(), 1);
    }
    Ok(Some(tally))
}

impl Ledger {
    /// What the people of this ledger tell of how often one of them moves, changes phone, marries or mistypes.
    pub fn habits(&self) -> Result<Tally, Error> {
        read(&self.connection)
    }
}
