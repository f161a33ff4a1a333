//! Whom it may concern that a value has become more common.

use super::Error;
use super::neighbours::{COUNT, MEMBERS};
use super::people::MANY;
use crate::shop::identity::keys::everywhere;
use crate::shop::identity::score::bucket;
use rusqlite::{CachedStatement, Connection};
use rustc_hash::{FxHashMap, FxHashSet};

/// Everybody who must be looked at again because a value has become common: people of the values of which `added` say
/// how many people were new.
///
/// An import only adds people, and the more people share a value, the less it says. So of two whom the file does not
/// name, only a pair that was one customer or in doubt can be decided otherwise now; whoever is neither is left alone.
pub(super) fn shaken(connection: &Connection, added: &FxHashMap<u64, u64>) -> Result<Vec<i64>, Error> {
    let mut shaken = Shaken {
        count: connection.prepare_cached(COUNT)?,
        members: connection.prepare_cached(MEMBERS)?,
        beside: connection.prepare_cached(BESIDE)?,
        in_doubt: connection.prepare_cached(IN_DOUBT)?,
        decided: connection
            .prepare_cached(
                "select distinct b.person_key from decided_buyers s join buyers b on b.buyer_hash = s.buyer_hash",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?,
        looked_at: FxHashSet::default(),
        people: Vec::new(),
    };
    let mut names: FxHashMap<u64, u64> = FxHashMap::default();
    let mut values: Vec<(u64, u64)> =
        added.iter().filter(|(_, new)| **new > 0).map(|(value, new)| (*value, *new)).collect();
    values.sort_unstable();
    for (value, new) in values {
        shaken.look((value, value), new)?;
        *names.entry(everywhere(value).0).or_default() += new;
    }
    // Values that hold no postal code are alone in their range; looking at them twice does no harm.
    for (from, new) in names {
        shaken.look(everywhere(from), new)?;
    }
    shaken.people.sort_unstable();
    shaken.people.dedup();
    Ok(shaken.people)
}

struct Shaken<'c> {
    count: CachedStatement<'c>,
    members: CachedStatement<'c>,
    beside: CachedStatement<'c>,
    in_doubt: CachedStatement<'c>,
    /// About whom the owner has said something.
    decided: FxHashSet<i64>,
    looked_at: FxHashSet<i64>,
    people: Vec<i64>,
}

impl Shaken<'_> {
    /// Notes whom it concerns that `new` people have come to the values of a range.
    fn look(&mut self, (from, to): (u64, u64), new: u64) -> Result<(), Error> {
        let (from, to) = (from as i64, to as i64);
        let now: i64 = self.count.query_row([from, to, (MANY + new) as i64], |row| row.get(0))?;
        let before = (now as u64).saturating_sub(new);
        if before == 0 || bucket(before.min(MANY)) == bucket((now as u64).min(MANY)) {
            return Ok(());
        }
        let mut rows = self.members.query([from, to, -1])?;
        while let Some(row) = rows.next()? {
            let person: i64 = row.get(0)?;
            if !self.looked_at.insert(person) {
                continue;
            }
            let first = self.people.len();
            for other in self.beside.query_map([person], |row| row.get(0))? {
                self.people.push(other?);
            }
            let is_one_of_many = self.people.len() > first;
            if is_one_of_many
                || self.decided.contains(&person)
                || self.in_doubt.query_row([person], |row| row.get(0))?
            {
                self.people.push(person);
            }
        }
        Ok(())
    }
}

/// Other people of the same customer.
const BESIDE: &str = "
    select y.person_key from buyers x cross join buyers y on y.customer_id = x.customer_id
    where x.person_key = ?1 and y.person_key <> ?1";
const IN_DOUBT: &str = "
    select exists (select 1 from likely_pairs where first_person = ?1)
        or exists (select 1 from likely_pairs where second_person = ?1)";
