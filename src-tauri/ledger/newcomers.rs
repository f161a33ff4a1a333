//! People whom a file names first, in a ledger that has some. Their values are looked up and written down all at once and
//! in order, so that every page of the ledger is fetched once; what was read meanwhile is not asked for again.

use super::Error;
use super::people::{BuyerRow, Person};
use super::rows::Rows;
use crate::shop::identity::{Keys, Profile};
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

/// Somebody of whom no buyer was there before.
pub(super) struct Newcomer {
    pub(super) profile: Profile,
    pub(super) keys: Keys,
    /// Of all buyers.
    pub(super) mails: Vec<u64>,
    /// Each its own customer, until it is decided whose it is.
    pub(super) buyers: Vec<i64>,
}

/// People of buyers that are new in a ledger that has some.
#[derive(Default)]
pub(super) struct Newcomers {
    pub(super) people: FxHashMap<i64, Newcomer>,
    /// People who were there before and have a new buyer.
    pub(super) known: FxHashSet<i64>,
}

/// Values that people had not before, each with the person, in the order of the ledger.
pub(super) struct Added {
    /// Phone, house, mail: who has just this one.
    pub(super) exact: Vec<(i64, i64)>,
    /// Names and readings, which count wherever their people live.
    pub(super) names: Vec<(i64, i64)>,
}

impl Newcomers {
    /// Notes a new buyer; answers the key of the person.
    pub(super) fn meet(&mut self, row: &BuyerRow<'_>) -> i64 {
        let Person { key, profile, keys, mail } = Person::of(row);
        let newcomer =
            self.people.entry(key).or_insert_with(|| Newcomer { profile, keys, mails: Vec::new(), buyers: Vec::new() });
        newcomer.mails.extend(mail);
        newcomer.buyers.push(row.buyer_id);
        key
    }

    /// Finds out who was there before the buyers from `first_new_id` on, and which values are new.
    pub(super) fn look(&mut self, connection: &Connection, first_new_id: i64) -> Result<Added, Error> {
        let mut people: Vec<i64> = self.people.keys().copied().collect();
        people.sort_unstable();
        let mut was_there = connection
            .prepare_cached("select exists (select 1 from buyers where person_key = ?1 and buyer_id < ?2)")?;
        let mut has_value = connection
            .prepare_cached("select exists (select 1 from person_keys where identity_key = ?1 and person_key = ?2)")?;
        let mut added = Added { exact: Vec::new(), names: Vec::new() };
        for key in people {
            if was_there.query_row([key, first_new_id], |row| row.get(0))? {
                self.known.insert(key);
                for mail in self.people.remove(&key).into_iter().flat_map(|person| person.mails) {
                    if !has_value.query_row([mail as i64, key], |row| row.get(0))? {
                        added.exact.push((mail as i64, key));
                    }
                }
            } else if let Some(person) = self.people.get_mut(&key) {
                person.mails.sort_unstable();
                person.mails.dedup();
                let Keys { phone, house, name, kana } = person.keys;
                let exact = [phone, house].into_iter().flatten().chain(person.mails.iter().copied());
                added.exact.extend(exact.map(|value| (value as i64, key)));
                added.names.extend([name, kana].into_iter().flatten().map(|value| (value as i64, key)));
            }
        }
        for values in [&mut added.exact, &mut added.names] {
            values.sort_unstable();
            values.dedup();
        }
        Ok(added)
    }
}

impl Added {
    /// Writes them all down.
    pub(super) fn write(&self, connection: &Connection) -> Result<(), Error> {
        let mut all: Vec<&(i64, i64)> = self.exact.iter().chain(&self.names).collect();
        all.sort_unstable();
        let insert = "insert or ignore into person_keys (identity_key, person_key)";
        let mut rows = Rows::new(connection, insert, 2, 32)?;
        for (value, person) in all {
            rows.add([(*value).into(), (*person).into()])?;
        }
        rows.write()
    }
}
