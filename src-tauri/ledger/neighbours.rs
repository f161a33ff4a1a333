//! Who is one with whom, looked at only where something has changed.
//!
//! Beginning with the people a file or a decision concerns, everybody who shares a value with them is compared, and
//! whoever is certainly one with them is gone on from. What lies beyond cannot have changed. The work grows with the
//! file, not with the ledger.

use super::decisions::Standing;
use super::people::{self, MANY, RARE, buyer_of_row, insert_likely, row_of};
use super::{Error, compare::optional};
use crate::shop::identity::closure::{self, Edge, Question};
use crate::shop::identity::keys::{CROWDED, Keys, everywhere, mail_key};
use crate::shop::identity::score::{bucket, population_bucket, score};
use crate::shop::identity::{Commonness, Profile, Verdict};
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

/// Decides anew about these people and all whom that may concern.
pub(super) fn resettle(connection: &Connection, people: Vec<i64>) -> Result<(), Error> {
    let count: i64 = connection.query_row("select people from people_count", [], |row| row.get(0))?;
    let mut region = Region::new(connection, count as u64)?;
    for person in people {
        region.visit(person)?;
    }
    while let Some(place) = region.waiting.pop() {
        region.look_around(place)?;
    }
    region.write()
}

/// Everybody who must be looked at again because a value has become common or rare: people of the values of which
/// `added` say how many people were new.
pub(super) fn shaken(connection: &Connection, added: &FxHashMap<u64, u64>) -> Result<Vec<i64>, Error> {
    let mut names: FxHashMap<u64, u64> = FxHashMap::default();
    let mut people = FxHashSet::default();
    let mut members = connection.prepare_cached(MEMBERS)?;
    let mut count = connection.prepare_cached(COUNT)?;
    let mut look = |from: u64, to: u64, new: u64| -> Result<(), Error> {
        let (from, to) = (from as i64, to as i64);
        let now: i64 = count.query_row([from, to, (MANY + new) as i64], |row| row.get(0))?;
        let before = (now as u64).saturating_sub(new);
        if before > 0 && bucket(before.min(MANY)) != bucket((now as u64).min(MANY)) {
            let mut rows = members.query([from, to])?;
            while let Some(row) = rows.next()? {
                people.insert(row.get(0)?);
            }
        }
        Ok(())
    };
    let mut values: Vec<(&u64, &u64)> = added.iter().collect();
    values.sort_unstable();
    for (value, new) in values {
        look(*value, *value, *new)?;
        *names.entry(everywhere(*value).0).or_default() += new;
    }
    // Values that hold no postal code are alone in their range; looking at them twice does no harm.
    for (from, new) in names {
        let (from, to) = everywhere(from);
        look(from, to, new)?;
    }
    let mut people: Vec<i64> = people.into_iter().collect();
    people.sort_unstable();
    Ok(people)
}

const MEMBERS: &str = "select person_key from person_keys where identity_key between ?1 and ?2";
const COUNT: &str = "select count(*) from (select 1 from person_keys where identity_key between ?1 and ?2 limit ?3)";

struct Region<'c> {
    connection: &'c Connection,
    population: u8,
    standing: Standing,
    /// Whom the owner joined with whom, both ways.
    told: FxHashMap<i64, Vec<i64>>,
    any_given: bool,
    profiles: Vec<(i64, Profile)>,
    keys: Vec<Keys>,
    mails: Vec<Vec<u64>>,
    common: Vec<Option<Commonness>>,
    place_of: FxHashMap<i64, u32>,
    is_inside: Vec<bool>,
    waiting: Vec<u32>,
    sizes: FxHashMap<(u64, u64), u8>,
    joined: Vec<(u32, u32)>,
    edges: Vec<Edge>,
    likely: Vec<(u32, u32, f64)>,
    compared: FxHashSet<(u32, u32)>,
}

impl<'c> Region<'c> {
    fn new(connection: &'c Connection, people: u64) -> Result<Region<'c>, Error> {
        let standing = Standing::read(connection)?;
        let mut told: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
        for (a, b) in standing.joined() {
            told.entry(a).or_default().push(b);
            told.entry(b).or_default().push(a);
        }
        let any_given = connection.query_row("select exists (select 1 from given_keys)", [], |row| row.get(0))?;
        Ok(Region {
            connection,
            population: population_bucket(people),
            standing,
            told,
            any_given,
            profiles: Vec::new(),
            keys: Vec::new(),
            mails: Vec::new(),
            common: Vec::new(),
            place_of: FxHashMap::default(),
            is_inside: Vec::new(),
            waiting: Vec::new(),
            sizes: FxHashMap::default(),
            joined: Vec::new(),
            edges: Vec::new(),
            likely: Vec::new(),
            compared: FxHashSet::default(),
        })
    }

    /// Makes the person one of those that are decided about.
    fn visit(&mut self, person: i64) -> Result<(), Error> {
        if let Some(place) = self.load(person)? {
            self.enter(place);
        }
        Ok(())
    }

    fn enter(&mut self, place: u32) {
        if !std::mem::replace(&mut self.is_inside[place as usize], true) {
            self.waiting.push(place);
        }
    }

    /// Reads the person; nothing when no buyer is this person any more.
    fn load(&mut self, person: i64) -> Result<Option<u32>, Error> {
        if let Some(place) = self.place_of.get(&person) {
            return Ok(Some(*place));
        }
        let mut statement = self.connection.prepare_cached(include_str!("queries/buyers_of_person.sql"))?;
        let mut rows = statement.query([person])?;
        let mut found: Option<people::Person> = None;
        let mut mails = Vec::new();
        while let Some(row) = rows.next()? {
            let buyer = buyer_of_row(row)?;
            let of = row_of(row, &buyer)?;
            match &found {
                None => {
                    let read = people::Person::of(&of);
                    mails.extend(read.mail);
                    found = Some(read);
                }
                Some(_) if of.stands_alone => {}
                Some(_) => mails.extend(mail_key(of.mall, &buyer.mail)),
            }
        }
        let Some(found) = found else { return Ok(None) };
        mails.sort_unstable();
        mails.dedup();
        let place = self.profiles.len() as u32;
        self.profiles.push((person, found.profile));
        self.keys.push(found.keys);
        self.mails.push(mails);
        self.common.push(None);
        self.is_inside.push(false);
        self.place_of.insert(person, place);
        Ok(Some(place))
    }

    fn look_around(&mut self, place: u32) -> Result<(), Error> {
        let at = place as usize;
        let mut met: FxHashMap<u32, Option<u8>> = FxHashMap::default();
        let values: Vec<u64> = self.keys[at].iter().collect();
        for value in values {
            if self.size(value, value)? < CROWDED {
                self.meet(place, value, value, None, &mut met)?;
            }
        }
        for mail in self.mails[at].clone() {
            let common = self.size(mail, mail)?;
            if common < CROWDED {
                self.meet(place, mail, mail, Some(common), &mut met)?;
            }
        }
        for name in [self.keys[at].name, self.keys[at].kana].into_iter().flatten() {
            let (from, to) = everywhere(name);
            if self.size(from, to)? < RARE {
                self.meet(place, from, to, None, &mut met)?;
            }
        }
        let mut met: Vec<(u32, Option<u8>)> = met.into_iter().collect();
        met.sort_unstable();
        for (other, mail) in met {
            self.compare(place, other, mail)?;
        }
        self.follow_what_was_said(place)
    }

    /// Adds everybody with a value in this range.
    fn meet(
        &mut self,
        place: u32,
        from: u64,
        to: u64,
        mail: Option<u8>,
        met: &mut FxHashMap<u32, Option<u8>>,
    ) -> Result<(), Error> {
        let found: Vec<i64> = {
            let mut statement = self.connection.prepare_cached(MEMBERS)?;
            statement.query_map([from as i64, to as i64], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?
        };
        for person in found {
            let Some(other) = self.load(person)? else { continue };
            if other != place {
                let known = met.entry(other).or_insert(mail);
                *known = match (*known, mail) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
        }
        Ok(())
    }

    fn compare(&mut self, a: u32, b: u32, mail: Option<u8>) -> Result<(), Error> {
        let (a, b) = (a.min(b), a.max(b));
        if !self.compared.insert((a, b)) {
            return Ok(());
        }
        let shared = self.commonness(a)?.of_both(self.commonness(b)?, mail);
        let seen = self.profiles[a as usize].1.compare(&self.profiles[b as usize].1);
        let score = score(&seen, &shared, self.population);
        match Verdict::of(score) {
            Verdict::Certain => {
                self.edges.push(Edge { score, pair: (a, b) });
                self.enter(a);
                self.enter(b);
            }
            Verdict::Likely => self.likely.push((a, b, score)),
            Verdict::Apart => {}
        }
        Ok(())
    }

    /// Goes on to whom the owner or a file calls the same.
    fn follow_what_was_said(&mut self, place: u32) -> Result<(), Error> {
        let person = self.profiles[place as usize].0;
        let mut others = self.told.get(&person).cloned().unwrap_or_default();
        if self.any_given {
            let mut statement = self.connection.prepare_cached(
                "select distinct y.person_key from buyers x
                 join given_keys g on g.buyer_id = x.buyer_id
                 join given_keys h on h.identity_key = g.identity_key
                 join buyers y on y.buyer_id = h.buyer_id
                 where x.person_key = ?1 and x.is_separated = 0 and y.is_separated = 0",
            )?;
            let found = statement.query_map([person], |row| row.get(0))?;
            others.extend(found.collect::<rusqlite::Result<Vec<i64>>>()?);
        }
        for other in others {
            if let Some(other) = self.load(other)?
                && other != place
            {
                self.joined.push((place.min(other), place.max(other)));
                self.enter(other);
            }
        }
        Ok(())
    }

    fn commonness(&mut self, place: u32) -> Result<Commonness, Error> {
        if let Some(common) = self.common[place as usize] {
            return Ok(common);
        }
        let keys = self.keys[place as usize];
        let mut of = |value: Option<(u64, u64)>| value.map_or(Ok(0), |(from, to)| self.size(from, to));
        let common = Commonness {
            phone: of(keys.phone.map(|value| (value, value)))?,
            name: of(keys.name.or(keys.kana).map(everywhere))?,
            house: of(keys.house.map(|value| (value, value)))?,
            mail: None,
        };
        self.common[place as usize] = Some(common);
        Ok(common)
    }

    fn size(&mut self, from: u64, to: u64) -> Result<u8, Error> {
        if let Some(size) = self.sizes.get(&(from, to)) {
            return Ok(*size);
        }
        let count: Option<i64> = optional(
            self.connection.prepare_cached(COUNT)?.query_row([from as i64, to as i64, MANY as i64], |row| row.get(0)),
        )?;
        let size = bucket(count.unwrap_or(0) as u64);
        self.sizes.insert((from, to), size);
        Ok(size)
    }

    fn write(mut self) -> Result<(), Error> {
        self.joined.sort_unstable();
        self.joined.dedup();
        let apart = self.standing.apart_places(|person| self.place_of.get(&person).copied());
        let question =
            Question { profiles: &self.profiles, joined: &self.joined, edges: &mut self.edges, apart: &apart };
        let (group, refused) = closure::people(question);
        self.likely.extend(refused.iter().map(|edge| (edge.pair.0, edge.pair.1, edge.score)));
        let mut forget =
            self.connection.prepare_cached("delete from likely_pairs where first_person = ?1 or second_person = ?1")?;
        let mut buyers_of =
            self.connection.prepare_cached("select buyer_id, customer_id from buyers where person_key = ?1")?;
        let mut members: FxHashMap<u32, Vec<(i64, i64)>> = FxHashMap::default();
        for (place, (person, _)) in self.profiles.iter().enumerate() {
            if !self.is_inside[place] {
                continue;
            }
            forget.execute([person])?;
            let found = buyers_of.query_map([person], |row| Ok((row.get(0)?, row.get(1)?)))?;
            members.entry(group[place]).or_default().extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        let mut update = self.connection.prepare_cached("update buyers set customer_id = ?2 where buyer_id = ?1")?;
        for buyers in members.values() {
            let customer = buyers.iter().map(|(buyer, _)| *buyer).min().unwrap_or_default();
            for (buyer, written) in buyers {
                if *written != customer {
                    update.execute([*buyer, customer])?;
                }
            }
        }
        for (a, b, score) in &self.likely {
            if group[*a as usize] != group[*b as usize] {
                insert_likely(self.connection, self.profiles[*a as usize].0, self.profiles[*b as usize].0, *score)?;
            }
        }
        Ok(())
    }
}
