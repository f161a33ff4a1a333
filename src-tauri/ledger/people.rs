//! Everybody in memory: who the buyers are as people, and which of them are one customer.
//!
//! The way of the first import, of a file that concerns a large part of the ledger, and of a ledger that has outgrown its
//! weights. Later imports, and taking them back, go by `neighbours`, which looks only at those a file concerns; both
//! decide alike.

use super::batches::text;
use super::decisions::Standing;
use super::digits::{written_mail, written_phone, written_postal_code};
use super::values::{self, Values};
use super::{Error, habits, heads};
use crate::shop::identity::closure::{self, Edge, Question};
use crate::shop::identity::keys::{self, Keys};
use crate::shop::identity::score::{population_bucket, score};
use crate::shop::identity::{Habits, Profile, Profiles, Tally, Verdict, Weights};
use crate::shop::{Buyer, Mall};
use rusqlite::{Connection, params};
use std::panic::resume_unwind;
use std::thread;

/// Counts beyond this are one.
pub(super) const MANY: u64 = 4_096;
/// Names shared by as many as this are not compared for the name alone. As a bucket.
pub(super) const RARE: u8 = 4;

/// The pairs of so many people are held at once: all of a million people's take as much room as their values.
const AT_ONCE: usize = 1 << 18;

/// A buyer as a row of the ledger.
pub(super) struct BuyerRow<'a> {
    pub(super) buyer_id: i64,
    pub(super) buyer_hash: i64,
    /// As the row says now.
    pub(super) customer_id: i64,
    pub(super) mall: Mall,
    pub(super) buyer: &'a Buyer,
    /// Compared with nobody: a separated order's, or named by a list of the shop's own.
    pub(super) stands_alone: bool,
}

/// People and the values they are found by.
#[derive(Default)]
pub(super) struct People {
    pub(super) profiles: Profiles,
    buyers: Vec<i64>,
    /// Of each buyer, the place of the person.
    places: Vec<u32>,
    /// Of each buyer, the customer as written; empty while each is their own.
    customers: Vec<i64>,
    values: Values,
}

/// A person of a buyer, with the values that are new.
pub(super) struct Person {
    pub(super) key: i64,
    pub(super) profile: Profile,
    pub(super) keys: Keys,
    pub(super) mail: Option<u64>,
}

impl Person {
    pub(super) fn of(row: &BuyerRow<'_>) -> Person {
        if row.stands_alone {
            return Person { key: row.buyer_hash, profile: Profile::default(), keys: Keys::default(), mail: None };
        }
        let profile = Profile::of(row.buyer);
        // 0 is kept for what is not yet worked out.
        let key = profile.key().map_or(row.buyer_hash, |key| key as i64);
        Person { key, profile, keys: Keys::of(&profile), mail: keys::mail_key(row.mall, &row.buyer.mail) }
    }
}

/// Who is one, and who may be.
pub(super) struct Outcome {
    /// For each profile one that stands for its customer.
    pub(super) group: Vec<u32>,
    /// Pairs to ask about, with their scores.
    pub(super) likely: Vec<(u32, u32, f64)>,
    /// What was learned on the way.
    pub(super) tally: Tally,
}

/// How far the people are.
#[derive(Default)]
pub(super) struct Mark {
    people: usize,
    buyers: usize,
    values: values::Mark,
}

impl People {
    /// Where they stand now.
    pub(super) fn mark(&self) -> Mark {
        Mark { people: self.profiles.len(), buyers: self.buyers.len(), values: self.values.mark() }
    }

    /// Forgets whoever has come since, and their values; none of this after they have been put in order.
    pub(super) fn forget_since(&mut self, mark: &Mark) {
        self.profiles.truncate(mark.people);
        self.buyers.truncate(mark.buyers);
        self.places.truncate(mark.buyers);
        self.values.forget_since(&mark.values);
    }

    /// Takes a new buyer, a customer of their own so far, and who it is as a person; answers the key of the person.
    pub(super) fn add(&mut self, buyer_id: i64, person: Person) -> i64 {
        let place = self.profiles.place(person.key).unwrap_or_else(|| {
            let place = self.profiles.push(person.key, &person.profile);
            self.values.add(place, &person.keys);
            place
        });
        self.values.add_mail(place, person.mail);
        self.buyers.push(buyer_id);
        self.places.push(place);
        person.key
    }

    /// The same of a buyer who has been written.
    fn add_written(&mut self, buyer_id: i64, customer_id: i64, person: Person) -> i64 {
        self.customers.push(customer_id);
        self.add(buyer_id, person)
    }

    /// Decides who is one and writes it all down; the tables of people must be empty. What is done `meanwhile` runs
    /// while another thread decides.
    pub(super) fn settle(
        self,
        connection: &Connection,
        meanwhile: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.settle_with(connection, Written::Anew, meanwhile)
    }

    fn settle_with(
        mut self,
        connection: &Connection,
        values: Written,
        meanwhile: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let standing = Standing::read(connection)?;
        let mut joined = given(connection, &self)?;
        joined.extend(standing.joined().filter_map(|(a, b)| Some((self.profiles.place(a)?, self.profiles.place(b)?))));
        let apart = standing.apart_places(|person| self.profiles.place(person));
        let (done, outcome) = thread::scope(|scope| {
            let deciding = thread::Builder::new().name("deciding".to_owned()).spawn_scoped(scope, || {
                self.values.sort();
                self.decide(&joined, &apart)
            });
            let deciding = deciding.expect("a system that can begin a thread");
            (meanwhile(), deciding.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        done?;
        if values == Written::Anew {
            std::mem::take(&mut self.values).write(connection, |place| self.profiles.key(place))?;
        }
        connection.execute("update people_count set people = ?1", [self.profiles.len() as i64])?;
        habits::write(connection, &outcome.tally)?;
        self.write_likely(connection, &outcome)?;
        self.write_customers(connection, &outcome)
    }

    fn decide(&self, joined: &[(u32, u32)], apart: &[(Vec<u32>, Vec<u32>)]) -> Outcome {
        let tally = self.tally();
        let population = population_bucket(self.profiles.len() as u64);
        let weights = Weights { population, habits: Habits::of(&tally) };
        let common = self.values.commonness(self.profiles.len());
        let mut edges = Vec::new();
        let mut likely = Vec::new();
        let pairs = (0..self.profiles.len() as u32).step_by(AT_ONCE).flat_map(|first| {
            let until = first.saturating_add(AT_ONCE as u32);
            self.values.pairs(first..until)
        });
        for (a, b, mail) in pairs {
            let (x, y) = (self.profiles.get(a), self.profiles.get(b));
            let shared = common[a as usize].of_both(common[b as usize], (mail > 0).then_some(mail));
            let score = score(&x.compare(&y), &shared, &weights);
            match Verdict::of(score) {
                Verdict::Certain => edges.push(Edge { score, pair: (a, b) }),
                Verdict::Likely => likely.push((a, b, score)),
                Verdict::Apart => {}
            }
        }
        let question = Question { profiles: &self.profiles, joined, edges: &mut edges, apart };
        let (group, refused) = closure::people(question);
        likely.extend(refused.iter().map(|edge| (edge.pair.0, edge.pair.1, edge.score)));
        likely.retain(|(a, b, _)| group[*a as usize] != group[*b as usize]);
        Outcome { group, likely, tally }
    }

    /// What those tell who share a mail address.
    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for holders in self.values.of_telling_mails() {
            tally.count_all(&holders.map(|place| self.profiles.get(place)).collect::<Vec<_>>(), 1);
        }
        tally
    }

    fn write_likely(&self, connection: &Connection, outcome: &Outcome) -> Result<(), Error> {
        for (a, b, score) in &outcome.likely {
            insert_likely(connection, self.profiles.key(*a), self.profiles.key(*b), *score)?;
        }
        Ok(())
    }

    fn write_customers(self, connection: &Connection, outcome: &Outcome) -> Result<(), Error> {
        let mut smallest = vec![i64::MAX; self.profiles.len()];
        let mut heads = vec![u32::MAX; self.profiles.len()];
        let group_of = |place: u32| outcome.group[place as usize] as usize;
        for (buyer_id, place) in self.buyers.iter().zip(&self.places) {
            let group = group_of(*place);
            if *buyer_id < smallest[group] {
                (smallest[group], heads[group]) = (*buyer_id, *place);
            }
        }
        let is_led = |place: &&u32| heads[group_of(**place)] != **place;
        let leaders = self.places.iter().filter(is_led).map(|place| self.profiles.key(heads[group_of(*place)]));
        heads::note(connection, leaders.collect())?;
        let mut update = connection.prepare_cached("update buyer_rows set customer_id = ?2 where buyer_id = ?1")?;
        for (at, (buyer_id, place)) in self.buyers.iter().zip(&self.places).enumerate() {
            let customer = smallest[group_of(*place)];
            if customer != *self.customers.get(at).unwrap_or(buyer_id) {
                update.execute([buyer_id, &customer])?;
            }
        }
        Ok(())
    }
}

/// Whom the files themselves call one, as places.
fn given(connection: &Connection, people: &People) -> Result<Vec<(u32, u32)>, Error> {
    let mut statement = connection.prepare(
        "select g.identity_key, b.person_key from given_keys g join buyer_rows b on b.buyer_id = g.buyer_id
         where b.is_separated = 0 order by 1, 2",
    )?;
    let mut rows = statement.query([])?;
    let mut joined = Vec::new();
    let mut before: Option<(i64, u32)> = None;
    while let Some(row) = rows.next()? {
        let (key, person): (i64, i64) = (row.get(0)?, row.get(1)?);
        let Some(place) = people.profiles.place(person) else { continue };
        match before {
            Some((of, first)) if of == key => joined.push((first, place)),
            _ => before = Some((key, place)),
        }
    }
    Ok(joined)
}

/// Writes down a pair to ask about.
pub(super) fn insert_likely(connection: &Connection, a: i64, b: i64, score: f64) -> Result<(), Error> {
    connection
        .prepare_cached("insert or replace into likely_pairs (first_person, second_person, score) values (?1, ?2, ?3)")?
        .execute(params![a.min(b), a.max(b), score])?;
    Ok(())
}

/// What becomes of the values by which people are found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    /// Written by this.
    Anew,
    /// They are right as they stand: an import writes those of its buyers as it goes.
    Kept,
}

/// Works out everything anew from the buyers.
pub(super) fn rebuild(connection: &Connection) -> Result<(), Error> {
    connection.execute("delete from person_key_runs", [])?;
    connection.execute("delete from newer_person_keys", [])?;
    decide_about_all(connection, Written::Anew)
}

/// Decides anew who is one, among people whose values are written down.
pub(super) fn decide_again(connection: &Connection) -> Result<(), Error> {
    decide_about_all(connection, Written::Kept)
}

fn decide_about_all(connection: &Connection, values: Written) -> Result<(), Error> {
    connection.execute("delete from likely_pairs", [])?;
    heads::forget_all(connection)?;
    let mut people = People::default();
    let mut changed: Vec<(i64, i64)> = Vec::new();
    {
        let mut statement = connection.prepare(include_str!("queries/buyers_as_people.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (buyer, written) = (buyer_of_row(row)?, row.get::<_, i64>(15)?);
            let buyer = row_of(row, &buyer)?;
            let person = people.add_written(buyer.buyer_id, buyer.customer_id, Person::of(&buyer));
            if person != written {
                changed.push((row.get(0)?, person));
            }
        }
    }
    let mut update = connection.prepare_cached("update buyer_rows set person_key = ?2 where buyer_id = ?1")?;
    for (buyer_id, person) in changed {
        update.execute([buyer_id, person])?;
    }
    people.settle_with(connection, values, || Ok(()))
}

/// The buyer of a row of `buyers_as_people` and `buyers_of_person`.
pub(super) fn buyer_of_row(row: &rusqlite::Row<'_>) -> Result<Buyer, Error> {
    Ok(Buyer {
        family_name: text(row, 4)?,
        given_name: text(row, 5)?,
        family_kana: text(row, 6)?,
        given_kana: text(row, 7)?,
        postal_code: written_postal_code(row.get_ref(8)?)?,
        prefecture: text(row, 9)?,
        city: text(row, 10)?,
        street: text(row, 11)?,
        phone: written_phone(row.get_ref(12)?)?,
        mail: written_mail(row.get_ref(13)?, row.get_ref(16)?)?,
    })
}

/// The rest of such a row.
pub(super) fn row_of<'a>(row: &rusqlite::Row<'_>, buyer: &'a Buyer) -> Result<BuyerRow<'a>, Error> {
    Ok(BuyerRow {
        buyer_id: row.get(0)?,
        buyer_hash: row.get(1)?,
        customer_id: row.get(2)?,
        mall: super::batches::mall_of(row.get_ref(3)?.as_str().unwrap_or_default()),
        buyer,
        stands_alone: row.get(14)?,
    })
}
