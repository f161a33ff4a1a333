//! Whom it may concern that a value has become more common, and who shares the values of newcomers.

use super::Error;
use super::filter::Filter;
use super::newcomers::Values;
use super::people::{MANY, RARE};
use super::runs::Runs;
use crate::shop::identity::keys::{CROWDED, everywhere};
use crate::shop::identity::score::{bucket, weighs_alike};
use rusqlite::{CachedStatement, Connection};
use rustc_hash::{FxHashMap, FxHashSet};

/// People of a range of values who came later.
const NEWER_MEMBERS: &str = "select person_key from newer_person_keys where identity_key between ?1 and ?2";
/// How many they are, at most [`MANY`]. The limit is no parameter: SQLite plans a statement anew whenever its limit is bound,
/// which took half of an import.
const NEWER_COUNT: &str =
    "select count(*) from (select 1 from newer_person_keys where identity_key between ?1 and ?2 limit 4096)";

/// Who holds a value, once the newcomers do.
pub(super) struct Shared {
    /// How many, as a bucket.
    pub(super) size: u8,
    /// All of them; nobody of a name that is not rare, of another value that is crowded.
    pub(super) members: Vec<i64>,
}

/// What the newcomers' values have in common with others.
#[derive(Default)]
pub(super) struct Around {
    /// A range of values that is not here has one person, or none of the newcomers.
    pub(super) shared: FxHashMap<(u64, u64), Shared>,
    /// Everybody who must be looked at again because a value has become common.
    pub(super) shaken: Vec<i64>,
}

/// Who holds the values of a range.
pub(super) struct Ranges<'c> {
    older: Runs<'c>,
    newer: CachedStatement<'c>,
    newer_count: CachedStatement<'c>,
}

impl<'c> Ranges<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Ranges<'c>, Error> {
        Ok(Ranges {
            older: Runs::new(connection)?,
            newer: connection.prepare_cached(NEWER_MEMBERS)?,
            newer_count: connection.prepare_cached(NEWER_COUNT)?,
        })
    }

    /// How many people, at most [`MANY`].
    pub(super) fn count(&mut self, (from, to): (u64, u64)) -> Result<u64, Error> {
        let older = self.older.people(from as i64, to as i64, MANY as usize)?.len() as u64;
        Ok((older + self.newer_count((from, to))?).min(MANY))
    }

    /// At most so many of them.
    pub(super) fn members(&mut self, (from, to): (u64, u64), most: usize) -> Result<Vec<i64>, Error> {
        let mut members = self.older.people(from as i64, to as i64, most)?;
        members.extend(self.newer((from, to), most - members.len())?);
        Ok(members)
    }

    /// Likewise, of those who came later.
    fn newer_count(&mut self, (from, to): (u64, u64)) -> Result<u64, Error> {
        let count: i64 = self.newer_count.query_row([from as i64, to as i64], |row| row.get(0))?;
        Ok(count as u64)
    }

    /// Likewise.
    fn newer(&mut self, (from, to): (u64, u64), most: usize) -> Result<Vec<i64>, Error> {
        let found = self.newer.query_map([from as i64, to as i64], |row| row.get(0))?;
        Ok(found.take(most).collect::<rusqlite::Result<_>>()?)
    }
}

/// Whether it makes a difference that a value has so many people more, or so many fewer. `weighs`: how many they are is
/// weighed in a score, and does not only tell whether they are compared at all.
pub(super) fn differs(fewer: u64, more: u64, weighs: bool) -> bool {
    let (fewer, more) = (bucket(fewer.min(MANY)), bucket(more.min(MANY)));
    if weighs { !weighs_alike(fewer, more) } else { fewer < CROWDED && more >= CROWDED }
}

/// Looks up the values before they are written down.
///
/// An import only adds people, and the more people share a value, the less it says. So of two whom the file does not
/// name, only a pair that was one customer or in doubt can be decided otherwise now; whoever is neither is left alone.
pub(super) fn around(connection: &Connection, added: &Values, filter: &Filter) -> Result<Around, Error> {
    let mut shaken = Shaken {
        ranges: Ranges::new(connection)?,
        filter,
        beside: connection.prepare_cached(BESIDE)?,
        bound: Bound::new(connection)?,
        decided: connection
            .prepare_cached(
                "select distinct b.person_key from decided_buyers s cross join buyer_rows b
                on
                    (b.buyer_hash = s.buyer_hash and b.is_newer = 0 or b.buyer_hash = s.buyer_hash and b.is_newer = 1)",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?,
        looked_at: FxHashSet::default(),
        around: Around::default(),
    };
    for new in added.exact.chunk_by(|x, y| x.0 == y.0) {
        shaken.look(new, true)?;
    }
    for new in added.names.chunk_by(|x, y| everywhere(x.0 as u64).0 == everywhere(y.0 as u64).0) {
        // Where nobody has the name nobody has it nearby.
        let is_there = shaken.look_everywhere(new)?;
        for nearby in new.chunk_by(|x, y| x.0 == y.0) {
            if is_there {
                shaken.look(nearby, false)?;
            } else {
                shaken.share((nearby[0].0 as u64, nearby[0].0 as u64), 0, CROWDED, Vec::new(), nearby);
            }
        }
    }
    let mut around = shaken.around;
    around.shaken.sort_unstable();
    around.shaken.dedup();
    Ok(around)
}

struct Shaken<'c> {
    ranges: Ranges<'c>,
    filter: &'c Filter,
    beside: CachedStatement<'c>,
    bound: Bound<'c>,
    /// About whom the owner has said something.
    decided: FxHashSet<i64>,
    looked_at: FxHashSet<i64>,
    around: Around,
}

impl Shaken<'_> {
    /// Looks at the people of one value, to which `new` have come.
    fn look(&mut self, new: &[(i64, i64)], weighs: bool) -> Result<(), Error> {
        let value = new[0].0 as u64;
        let range = (value, value);
        let most = 1 << (CROWDED - 1);
        let members = match (self.filter.may_hold(value), self.filter.may_be_newer(value)) {
            (true, _) => self.ranges.members(range, most)?,
            (false, false) => Vec::new(),
            (false, true) => self.ranges.newer(range, most)?,
        };
        debug_assert_eq!(members, self.ranges.members(range, most)?, "a filter says less than there is");
        let before = if members.len() < most { members.len() as u64 } else { self.ranges.count(range)? };
        if before > 0 && differs(before, before + new.len() as u64, weighs) {
            self.shake(range)?;
        }
        self.share(range, before, CROWDED, members, new);
        Ok(())
    }

    /// Looks at everybody of a name, wherever they live. False: nobody had it.
    fn look_everywhere(&mut self, new: &[(i64, i64)]) -> Result<bool, Error> {
        let range = everywhere(new[0].0 as u64);
        let before = self.count_everywhere(range)?;
        let now = before + new.len() as u64;
        if before > 0 && differs(before, now, true) {
            self.shake(range)?;
        }
        let is_rare = before > 0 && bucket(now) < RARE;
        let members = if is_rare { self.ranges.members(range, 1 << (RARE - 1))? } else { Vec::new() };
        self.share(range, before, RARE, members, new);
        Ok(before > 0)
    }

    /// How many have a name, wherever they live.
    fn count_everywhere(&mut self, range: (u64, u64)) -> Result<u64, Error> {
        let Some(older) = self.filter.names.count(range.0) else { return self.ranges.count(range) };
        let newer = if self.filter.may_be_newer(range.1) { self.ranges.newer_count(range)? } else { 0 };
        let count = (older + newer).min(MANY);
        debug_assert_eq!(count, self.ranges.count(range)?, "the list of common names is not that of the table");
        Ok(count)
    }

    /// Remembers who holds a value now, if that is more than one.
    fn share(&mut self, range: (u64, u64), before: u64, limit: u8, mut members: Vec<i64>, new: &[(i64, i64)]) {
        let size = bucket((before + new.len() as u64).min(MANY));
        if size < 2 {
            return;
        }
        match size < limit {
            true => members.extend(new.iter().map(|(_, person)| *person)),
            false => members.clear(),
        }
        self.around.shared.insert(range, Shared { size, members });
    }

    /// Notes whom it concerns that the values of a range have become common.
    fn shake(&mut self, range: (u64, u64)) -> Result<(), Error> {
        for person in self.ranges.members(range, usize::MAX)? {
            if !self.looked_at.insert(person) {
                continue;
            }
            if self.decided.contains(&person) || self.bound.ask(person)? {
                let people = &mut self.around.shaken;
                people.push(person);
                for other in self.beside.query_map([person], |row| row.get(0))? {
                    people.push(other?);
                }
            }
        }
        Ok(())
    }
}

/// Other people of the same customer.
const BESIDE: &str = "
    select y.person_key from buyer_rows x cross join buyer_rows y on
        (y.buyer_id = x.customer_id or y.customer_id = x.customer_id and y.customer_id <> y.buyer_id)
        and y.customer_id = x.customer_id
    where (x.person_key = ?1 and x.is_newer = 0 or x.person_key = ?1 and x.is_newer = 1) and y.person_key <> ?1";

/// Whether the customer of a person is written in several ways, or the person in doubt. May say so of somebody whose customer
/// was: who is looked at in vain is decided about as before.
struct Bound<'c> {
    connection: &'c Connection,
    one: CachedStatement<'c>,
    asked: usize,
    /// All of whom it holds, once many have been asked about.
    all: Option<FxHashSet<i64>>,
}

/// Of so many each is looked for. They are few in a ledger: of more it costs less to read them all.
const FEW_ASKED: usize = if cfg!(debug_assertions) { 4 } else { 2_000 };
const IS_BOUND: &str = "
    select exists (select 1 from buyer_rows indexed by buyers_joined_by_person
            where person_key = ?1 and customer_id <> buyer_id)
        or exists (select 1 from customer_heads where person_key = ?1)
        or exists (select 1 from likely_pairs where first_person = ?1)
        or exists (select 1 from likely_pairs where second_person = ?1)";
const ALL_BOUND: &str = "
    select person_key from buyer_rows indexed by buyers_joined_by_person where customer_id <> buyer_id
    union all select person_key from customer_heads
    union all select first_person from likely_pairs
    union all select second_person from likely_pairs";

impl<'c> Bound<'c> {
    fn new(connection: &'c Connection) -> Result<Bound<'c>, Error> {
        Ok(Bound { connection, one: connection.prepare_cached(IS_BOUND)?, asked: 0, all: None })
    }

    fn ask(&mut self, person: i64) -> Result<bool, Error> {
        if self.all.is_none() {
            self.asked += 1;
            if self.asked <= FEW_ASKED {
                return Ok(self.one.query_row([person], |row| row.get::<_, bool>(0))?);
            }
            let mut all = self.connection.prepare_cached(ALL_BOUND)?;
            self.all = Some(all.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?);
        }
        let is_bound = self.all.as_ref().is_some_and(|all| all.contains(&person));
        if cfg!(debug_assertions) {
            assert_eq!(
                is_bound,
                self.one.query_row([person], |row| row.get::<_, bool>(0))?,
                "all and one are asked alike"
            );
        }
        Ok(is_bound)
    }
}
