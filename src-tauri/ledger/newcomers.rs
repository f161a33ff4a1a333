//! People whom a file names first, in a ledger that has some. Their values are looked up and written down all at once and
//! in order, so that every page of the ledger is fetched once; what was read meanwhile is not asked for again.

use super::Error;
use super::common_names::CommonNames;
use super::filter::Filter;
use super::people::{Person, RARE};
use super::rows::Rows;
use super::runs::{self, Runs};
use super::shaken::Shared;
use crate::shop::identity::keys::{CROWDED, everywhere};
use crate::shop::identity::{Keys, Profile};
use rusqlite::{CachedStatement, Connection};
use rustc_hash::{FxHashMap, FxHashSet};

/// Somebody of whom no buyer was there before.
pub(super) struct Newcomer {
    key: i64,
    pub(super) profile: Profile,
    pub(super) keys: Keys,
    /// Each its own customer, until it is decided whose it is; with the mail address.
    pub(super) buyers: Vec<(i64, Option<u64>)>,
}

impl Newcomer {
    /// Mail addresses of all buyers; the same one may come again.
    pub(super) fn mails(&self) -> impl Iterator<Item = u64> {
        self.buyers.iter().filter_map(|(_, mail)| *mail)
    }

    /// Whether nothing about them is to be decided: with one buyer, written as its own customer, they share no value with
    /// anybody they would be compared with.
    pub(super) fn is_alone(&self, shared: &FxHashMap<(u64, u64), Shared>) -> bool {
        let is_met = |range: (u64, u64), limit| shared.get(&range).is_some_and(|shared| shared.size < limit);
        let Keys { phone, house, name, kana } = self.keys;
        let mut exact = [phone, house, name, kana].into_iter().flatten().chain(self.mails());
        let mut names = [name, kana].into_iter().flatten();
        self.buyers.len() == 1
            && !exact.any(|value| is_met((value, value), CROWDED))
            && !names.any(|value| is_met(everywhere(value), RARE))
    }
}

/// People of buyers that are new in a ledger that has some.
#[derive(Default)]
pub(super) struct Newcomers {
    /// Those of whom no buyer was there before.
    pub(super) people: People,
    /// People who were there before and have a new buyer.
    pub(super) known: FxHashSet<i64>,
}

/// Newcomers by key. They stand beside the map, which would copy them as it grows.
#[derive(Default)]
pub(super) struct People {
    places: FxHashMap<i64, u32>,
    people: Vec<Option<Newcomer>>,
}

impl People {
    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Their keys.
    pub(super) fn keys(&self) -> impl Iterator<Item = i64> {
        self.places.keys().copied()
    }

    pub(super) fn get(&self, key: i64) -> Option<&Newcomer> {
        self.people[*self.places.get(&key)? as usize].as_ref()
    }

    /// Takes a person out.
    pub(super) fn remove(&mut self, key: i64) -> Option<Newcomer> {
        self.people[self.places.remove(&key)? as usize].take()
    }

    /// The person with this key, who is made when there is none.
    fn get_or_insert(&mut self, key: i64, make: impl FnOnce() -> Newcomer) -> &mut Newcomer {
        let place = *self.places.entry(key).or_insert(self.people.len() as u32) as usize;
        if place == self.people.len() {
            self.people.push(None);
        }
        self.people[place].get_or_insert_with(make)
    }

    /// All of them, each with the value they are looked up by, in the order of the ledger.
    fn by_value(&self) -> Vec<(Option<i64>, i64)> {
        let value = |person: &Newcomer| person.keys.iter().next().map(|value| value as i64);
        let mut all: Vec<_> = self.people.iter().flatten().map(|person| (value(person), person.key)).collect();
        all.sort_unstable();
        all
    }
}

/// Values that people had not before, or have no longer, each with the person, in the order of the ledger.
#[derive(Default)]
pub(super) struct Values {
    /// Phone, house, mail: who has just this one.
    pub(super) exact: Vec<(i64, i64)>,
    /// Names and readings, which count wherever their people live.
    pub(super) names: Vec<(i64, i64)>,
    /// Which of the exact ones are mail addresses.
    mails: FxHashSet<i64>,
}

/// So few values of people who came later stay by themselves however small the ledger is. A person has four or five: half as
/// many as there are people are a tenth of all.
const FEW_NEWER: u64 = if cfg!(debug_assertions) { 1 } else { 16_384 };

/// Whether a person who came later has a value.
pub(super) const HAS_NEWER: &str =
    "select exists (select 1 from newer_person_keys where identity_key = ?1 and person_key = ?2)";

/// Whether a person has a value.
struct HasValue<'c> {
    filter: &'c Filter,
    older: Runs<'c>,
    newer: CachedStatement<'c>,
}

impl<'c> HasValue<'c> {
    fn new(connection: &'c Connection, filter: &'c Filter) -> Result<HasValue<'c>, Error> {
        let newer = connection.prepare_cached(HAS_NEWER)?;
        Ok(HasValue { filter, older: Runs::new(connection)?, newer })
    }

    fn ask(&mut self, value: u64, person: i64) -> Result<bool, Error> {
        let is_older =
            self.filter.may_hold(value) && self.older.people(value as i64, value as i64, usize::MAX)?.contains(&person);
        if is_older || !self.filter.may_be_newer(value) {
            return Ok(is_older);
        }
        Ok(self.newer.query_row([value as i64, person], |row| row.get(0))?)
    }
}

impl Newcomers {
    /// Notes a new buyer; answers the key of the person.
    pub(super) fn meet(&mut self, buyer_id: i64, person: Person) -> i64 {
        let Person { key, profile, keys, mail } = person;
        let newcomer = self.people.get_or_insert(key, || Newcomer { key, profile, keys, buyers: Vec::new() });
        newcomer.buyers.push((buyer_id, mail));
        key
    }

    /// Forgets the buyers from this one on.
    pub(super) fn forget_from(&mut self, buyer_id: i64) {
        let People { places, people } = &mut self.people;
        for entry in people {
            let Some(person) = entry else { continue };
            person.buyers.retain(|(buyer, _)| *buyer < buyer_id);
            if person.buyers.is_empty() {
                places.remove(&person.key);
                *entry = None;
            }
        }
    }

    /// Finds out who was there before the buyers from `first_new_id` on, and which values are new.
    pub(super) fn look(
        &mut self,
        connection: &Connection,
        first_new_id: i64,
        filter: &Filter,
    ) -> Result<Values, Error> {
        let mut was_there = connection.prepare_cached(
            "select exists (select 1 from buyer_rows where
                (person_key = ?1 and is_newer = 0 or person_key = ?1 and is_newer = 1) and buyer_id < ?2)",
        )?;
        let mut has_value = HasValue::new(connection, filter)?;
        let mut added = Values::default();
        // Whoever has a value has it written down, on a page that is looked at anyhow.
        for (value, key) in self.people.by_value() {
            let is_known = match value {
                Some(value) => has_value.ask(value as u64, key)?,
                None => was_there.query_row([key, first_new_id], |row| row.get(0))?,
            };
            if cfg!(debug_assertions) {
                let was_there: bool = was_there.query_row([key, first_new_id], |row| row.get(0))?;
                assert_eq!(is_known, was_there, "a person is there without their values, or values without the person");
            }
            if is_known {
                self.known.insert(key);
                for mail in self.people.remove(key).iter().flat_map(Newcomer::mails) {
                    if !has_value.ask(mail, key)? {
                        added.add_mail(key, mail);
                    }
                }
            } else if let Some(person) = self.people.get(key) {
                added.add(key, &person.keys);
                person.mails().for_each(|mail| added.add_mail(key, mail));
            }
        }
        added.sort();
        Ok(added)
    }
}

impl Values {
    /// Adds what a person is found by, but for mail.
    pub(super) fn add(&mut self, person: i64, keys: &Keys) {
        let Keys { phone, house, name, kana } = *keys;
        self.exact.extend([phone, house].into_iter().flatten().map(|value| (value as i64, person)));
        self.names.extend([name, kana].into_iter().flatten().map(|value| (value as i64, person)));
    }

    /// Adds a mail address.
    pub(super) fn add_mail(&mut self, person: i64, mail: u64) {
        self.exact.push((mail as i64, person));
        self.mails.insert(mail as i64);
    }

    /// Mail addresses in order, each with its people.
    pub(super) fn of_mails(&self) -> impl Iterator<Item = &[(i64, i64)]> {
        self.exact.chunk_by(|x, y| x.0 == y.0).filter(|people| self.mails.contains(&people[0].0))
    }

    /// Puts them in order; each stands once.
    pub(super) fn sort(&mut self) {
        for values in [&mut self.exact, &mut self.names] {
            values.sort_unstable();
            values.dedup();
        }
    }

    /// Both kinds.
    fn all(&self) -> Vec<(i64, i64)> {
        let mut all: Vec<(i64, i64)> = self.exact.iter().chain(&self.names).copied().collect();
        // Two parts in order: only such a sort merges them.
        all.sort();
        all
    }

    /// Writes them all down: nobody of these people has such a value yet. `people` is how many there are now.
    pub(super) fn write(&self, connection: &Connection, people: u64) -> Result<(), Error> {
        let mut rows = Rows::new(connection, "insert into newer_person_keys (identity_key, person_key)", 2, 32)?;
        for (value, person) in self.all() {
            rows.add([value.into(), person.into()])?;
        }
        rows.write()?;
        let newer: i64 = connection.query_row("select count(*) from newer_person_keys", [], |row| row.get(0))?;
        if newer as u64 > FEW_NEWER.max(people / 2) {
            let mut all =
                connection.prepare_cached("select identity_key, person_key from newer_person_keys order by 1, 2")?;
            let all = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            connection.execute("delete from newer_person_keys", [])?;
            runs::gather(connection, all)?;
            Filter::make(connection, people)?;
        }
        Ok(())
    }

    /// Takes them all away.
    pub(super) fn delete(&self, connection: &Connection) -> Result<(), Error> {
        let mut newer =
            connection.prepare_cached("delete from newer_person_keys where identity_key = ?1 and person_key = ?2")?;
        let mut older = Vec::new();
        for (value, person) in self.all() {
            // It stands in one of them.
            if newer.execute([value, person])? == 0 {
                older.push((value, person));
            }
        }
        CommonNames::forget(connection, &runs::remove(connection, &older)?)
    }
}
