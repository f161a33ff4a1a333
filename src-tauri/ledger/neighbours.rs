//! Who is one with whom, looked at only where something has changed.
//!
//! Beginning with the people a file or a decision concerns, everybody who shares a value with them is compared, and
//! whoever is certainly one with them is gone on from. What lies beyond cannot have changed. The work grows with the
//! file, not with the ledger.

use super::Error;
use super::decisions::Standing;
use super::habits::{self, Changes};
use super::heads;
use super::newcomers;
use super::people::{self, RARE, buyer_of_row, insert_likely, row_of};
use super::shaken::{Ranges, Shared};
use crate::shop::identity::closure::{self, Edge, Question};
use crate::shop::identity::evidence::{Comparison, Level, PlaceLevel};
use crate::shop::identity::keys::{CROWDED, Keys, everywhere, mail_key};
use crate::shop::identity::score::{bucket, population_bucket, score};
use crate::shop::identity::{Commonness, Habits, Profile, Profiles, Verdict, Weights};
use rusqlite::{CachedStatement, Connection};
use rustc_hash::{FxHashMap, FxHashSet};

/// Decides anew about these people and all whom that may concern.
pub(super) fn resettle(connection: &Connection, people: Vec<i64>) -> Result<(), Error> {
    settle(connection, people, Known::default())
}

/// What is known beforehand where people have come or gone.
#[derive(Default)]
pub(super) struct Known {
    /// What would have to be read of those who came just now.
    pub(super) newcomers: newcomers::People,
    /// Who shares a value of theirs; where nothing stands they are alone.
    pub(super) shared: FxHashMap<(u64, u64), Shared>,
    /// From what it is learned anew how often one person does what.
    pub(super) changes: Changes,
}

/// The same where some of the people are new or others are gone. When other weights follow from that, about everybody.
pub(super) fn settle(connection: &Connection, people: Vec<i64>, known: Known) -> Result<(), Error> {
    let Known { newcomers, shared, changes } = known;
    if people.is_empty() && changes.is_empty() {
        return Ok(());
    }
    let mut region = Region::new(connection, newcomers, shared)?;
    // Whoever shares an address is loaded to be compared as well.
    let profile = |person| Ok(region.load(person)?.map(|place| region.profiles.get(place)));
    if changes.learn(connection, profile)? {
        return people::decide_again(connection);
    }
    for person in people {
        region.visit(person)?;
    }
    while let Some(place) = region.waiting.pop() {
        region.look_around(place)?;
    }
    region.write()
}

/// How much everything weighs in this ledger, as it is written down.
fn weights(connection: &Connection) -> Result<Weights, Error> {
    let people: i64 = connection.query_row("select people from people_count", [], |row| row.get(0))?;
    Ok(Weights { population: population_bucket(people as u64), habits: Habits::of(&habits::read(connection)?) })
}

struct Region<'c> {
    connection: &'c Connection,
    ranges: Ranges<'c>,
    buyers_of: CachedStatement<'c>,
    weights: Weights,
    standing: Standing,
    /// Whom the owner joined with whom, both ways.
    told: FxHashMap<i64, Vec<i64>>,
    any_given: bool,
    profiles: Profiles,
    keys: Vec<Keys>,
    mails: Vec<Vec<u64>>,
    /// What is known of people who came just now.
    newcomers: newcomers::People,
    /// Buyers of those among the profiles that came just now.
    buyers_of_newcomers: FxHashMap<u32, Vec<i64>>,
    shared: FxHashMap<(u64, u64), Shared>,
    is_inside: Vec<bool>,
    waiting: Vec<u32>,
    sizes: FxHashMap<(u64, u64), u8>,
    /// Ranges with at least as many people as a bucket says, counted no further.
    full: FxHashSet<((u64, u64), u8)>,
    joined: Vec<(u32, u32)>,
    edges: Vec<Edge>,
    likely: Vec<(u32, u32, f64)>,
    compared: FxHashSet<(u32, u32)>,
}

impl<'c> Region<'c> {
    fn new(
        connection: &'c Connection,
        newcomers: newcomers::People,
        shared: FxHashMap<(u64, u64), Shared>,
    ) -> Result<Region<'c>, Error> {
        let standing = Standing::read(connection)?;
        let mut told: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
        for (a, b) in standing.joined() {
            told.entry(a).or_default().push(b);
            told.entry(b).or_default().push(a);
        }
        let any_given = connection.query_row("select exists (select 1 from given_keys)", [], |row| row.get(0))?;
        Ok(Region {
            connection,
            ranges: Ranges::new(connection)?,
            buyers_of: connection.prepare_cached(include_str!("queries/buyers_of_person.sql"))?,
            weights: weights(connection)?,
            standing,
            told,
            any_given,
            profiles: Profiles::default(),
            keys: Vec::new(),
            mails: Vec::new(),
            newcomers,
            buyers_of_newcomers: FxHashMap::default(),
            shared,
            is_inside: Vec::new(),
            waiting: Vec::new(),
            sizes: FxHashMap::default(),
            full: FxHashSet::default(),
            joined: Vec::new(),
            edges: Vec::new(),
            likely: Vec::new(),
            compared: FxHashSet::default(),
        })
    }

    /// Makes the person one of those that are decided about.
    fn visit(&mut self, person: i64) -> Result<(), Error> {
        let is_alone = self.newcomers.get(person).is_some_and(|newcomer| newcomer.is_alone(&self.shared));
        if is_alone && !self.any_given && !self.told.contains_key(&person) {
            return Ok(());
        }
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
        if let Some(place) = self.profiles.place(person) {
            return Ok(Some(place));
        }
        if let Some(newcomer) = self.newcomers.remove(person) {
            let mut mails: Vec<u64> = newcomer.mails().collect();
            mails.sort_unstable();
            mails.dedup();
            let place = self.place(person, newcomer.profile, newcomer.keys, mails);
            self.buyers_of_newcomers.insert(place, newcomer.buyers.iter().map(|(buyer, _)| *buyer).collect());
            return Ok(Some(place));
        }
        let mut rows = self.buyers_of.query([person])?;
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
        drop(rows);
        let Some(found) = found else { return Ok(None) };
        mails.sort_unstable();
        mails.dedup();
        Ok(Some(self.place(person, found.profile, found.keys, mails)))
    }

    fn place(&mut self, person: i64, profile: Profile, keys: Keys, mails: Vec<u64>) -> u32 {
        let place = self.profiles.push(person, &profile);
        self.keys.push(keys);
        self.mails.push(mails);
        self.is_inside.push(false);
        place
    }

    fn look_around(&mut self, place: u32) -> Result<(), Error> {
        let at = place as usize;
        let mut met: FxHashMap<u32, Option<u8>> = FxHashMap::default();
        let Keys { phone, house, name, kana } = self.keys[at];
        for value in [phone, house].into_iter().flatten() {
            self.meet(place, (value, value), CROWDED, false, &mut met)?;
        }
        for value in [name, kana].into_iter().flatten() {
            // Of a rare name those nearby are among those everywhere.
            if !self.meet(place, everywhere(value), RARE, false, &mut met)? {
                self.meet(place, (value, value), CROWDED, false, &mut met)?;
            }
        }
        for mail in self.mails[at].clone() {
            self.meet(place, (mail, mail), CROWDED, true, &mut met)?;
        }
        let mut met: Vec<(u32, Option<u8>)> = met.into_iter().collect();
        met.sort_unstable();
        for (other, mail) in met {
            self.compare(place, other, mail)?;
        }
        self.follow_what_was_said(place)
    }

    /// Adds everybody with a value in this range; nobody, and false, when that is as many as the bucket `limit` says.
    fn meet(
        &mut self,
        place: u32,
        range: (u64, u64),
        limit: u8,
        is_mail: bool,
        met: &mut FxHashMap<u32, Option<u8>>,
    ) -> Result<bool, Error> {
        if self.sizes.get(&range).is_some_and(|size| *size >= limit) || self.full.contains(&(range, limit)) {
            return Ok(false);
        }
        let found = match self.shared.get(&range) {
            Some(shared) if shared.size >= limit => return Ok(false),
            Some(shared) => shared.members.clone(),
            None if self.buyers_of_newcomers.contains_key(&place) => return Ok(true),
            None => {
                let most = 1 << (limit - 1);
                let found = self.ranges.members(range, most)?;
                if found.len() == most {
                    self.full.insert((range, limit));
                    return Ok(false);
                }
                found
            }
        };
        let size = bucket(found.len() as u64);
        self.sizes.insert(range, size);
        let mail = is_mail.then_some(size);
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
        Ok(true)
    }

    fn compare(&mut self, a: u32, b: u32, mail: Option<u8>) -> Result<(), Error> {
        let (a, b) = (a.min(b), a.max(b));
        if !self.compared.insert((a, b)) {
            return Ok(());
        }
        let seen = self.profiles.get(a).compare(&self.profiles.get(b));
        let shared = self.commonness(a, &seen)?.of_both(self.commonness(b, &seen)?, mail);
        let score = score(&seen, &shared, &self.weights);
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
        let person = self.profiles.key(place);
        let mut others = self.told.get(&person).cloned().unwrap_or_default();
        if self.any_given {
            let mut statement = self.connection.prepare_cached(
                "select distinct y.person_key from buyer_rows x
                 join given_keys g on g.buyer_id = x.buyer_id
                 join given_keys h on h.identity_key = g.identity_key
                 join buyer_rows y on y.buyer_id = h.buyer_id
                 where
                     (x.person_key = ?1 and x.is_newer = 0 or x.person_key = ?1 and x.is_newer = 1) and x.is_separated = 0 and y.is_separated = 0",
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

    /// How common the person's values are, of those in which the two agree: nothing else is weighed by it.
    fn commonness(&mut self, place: u32, seen: &Comparison) -> Result<Commonness, Error> {
        let keys = self.keys[place as usize];
        let mut of = |agree: bool, range: Option<(u64, u64)>| match range {
            Some(range) if agree => self.size(range),
            _ => Ok(0),
        };
        Ok(Commonness {
            phone: of(seen.phone == Level::Equal, keys.phone.map(|value| (value, value)))?,
            name: of(
                (seen.family, seen.given) == (Level::Equal, Level::Equal),
                keys.name.or(keys.kana).map(everywhere),
            )?,
            house: of(
                matches!(seen.place, PlaceLevel::Same | PlaceLevel::OtherRoom),
                keys.house.map(|value| (value, value)),
            )?,
            mail: None,
        })
    }

    fn size(&mut self, range: (u64, u64)) -> Result<u8, Error> {
        if let Some(size) = self.sizes.get(&range) {
            return Ok(*size);
        }
        let size = match self.shared.get(&range) {
            Some(shared) => shared.size,
            None => bucket(self.ranges.count(range)?),
        };
        self.sizes.insert(range, size);
        Ok(size)
    }

    fn write(mut self) -> Result<(), Error> {
        self.joined.sort_unstable();
        self.joined.dedup();
        let apart = self.standing.apart_places(|person| self.profiles.place(person));
        let question =
            Question { profiles: &self.profiles, joined: &self.joined, edges: &mut self.edges, apart: &apart };
        let (group, refused) = closure::people(question);
        self.likely.extend(refused.iter().map(|edge| (edge.pair.0, edge.pair.1, edge.score)));
        let mut forget =
            self.connection.prepare_cached("delete from likely_pairs where first_person = ?1 or second_person = ?1")?;
        let mut buyers_of = self.connection.prepare_cached(
            "select buyer_id, customer_id from buyer_rows where
                (person_key = ?1 and is_newer = 0 or person_key = ?1 and is_newer = 1)",
        )?;
        // Each with the person, and the customer as written.
        let mut members: FxHashMap<u32, Vec<(i64, i64, i64)>> = FxHashMap::default();
        for place in 0..self.profiles.len() as u32 {
            if !self.is_inside[place as usize] {
                continue;
            }
            let members = members.entry(group[place as usize]).or_default();
            let person = self.profiles.key(place);
            if let Some(buyers) = self.buyers_of_newcomers.get(&place) {
                members.extend(buyers.iter().map(|buyer| (*buyer, person, *buyer)));
                continue;
            }
            forget.execute([person])?;
            heads::forget(self.connection, person)?;
            let found = buyers_of.query_map([person], |row| Ok((row.get(0)?, person, row.get(1)?)))?;
            members.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        let mut update =
            self.connection.prepare_cached("update buyer_rows set customer_id = ?2 where buyer_id = ?1")?;
        let mut leaders = Vec::new();
        for buyers in members.values() {
            let (customer, leader, _) = buyers.iter().copied().min().unwrap_or_default();
            for (buyer, person, written) in buyers {
                if *written != customer {
                    update.execute([*buyer, customer])?;
                }
                if *person != leader {
                    leaders.push(leader);
                }
            }
        }
        heads::note(self.connection, leaders)?;
        for (a, b, score) in &self.likely {
            if group[*a as usize] != group[*b as usize] {
                insert_likely(self.connection, self.profiles.key(*a), self.profiles.key(*b), *score)?;
            }
        }
        Ok(())
    }
}
