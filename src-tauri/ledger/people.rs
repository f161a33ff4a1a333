//! Everybody in memory: who the buyers are as people, and which of them are one customer.
//!
//! The way of the first import, of a file that concerns a large part of the ledger, and of a ledger that has outgrown its
//! weights. Later imports, and taking them back, go by `neighbours`, which looks only at those a file concerns; both
//! decide alike.

use super::Error;
use super::batches::text;
use super::decisions::Standing;
use super::rows::Rows;
use crate::shop::identity::closure::{self, Edge, Question};
use crate::shop::identity::keys::{self, CROWDED, Keys};
use crate::shop::identity::score::{bucket, population_bucket, score};
use crate::shop::identity::{Commonness, Profile, Verdict};
use crate::shop::{Buyer, Mall};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::panic::resume_unwind;
use std::thread;

/// Counts beyond this are one.
pub(super) const MANY: u64 = 4_096;
/// Names shared by as many as this are not compared for the name alone. As a bucket.
pub(super) const RARE: u8 = 4;

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
    pub(super) profiles: Vec<(i64, Profile)>,
    place_of: FxHashMap<i64, u32>,
    /// Buyer, place of the person, customer as written.
    buyers: Vec<(i64, u32, i64)>,
    /// Value, and place of a person with the kind of the value; a profile's own four.
    values: Vec<(u64, Holder)>,
    mails: Vec<(u64, u32)>,
}

/// A place of a person and which of a profile's four values is meant, in one number: there are millions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holder(u32);

impl Holder {
    const PHONE: u32 = 0;
    const HOUSE: u32 = 1;
    const NAME: u32 = 2;
    const KANA: u32 = 3;

    fn place(self) -> u32 {
        self.0 >> 2
    }

    fn kind(self) -> u32 {
        self.0 & 3
    }
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
}

impl People {
    /// Takes a buyer and who it is as a person; answers the key of the person.
    pub(super) fn add(&mut self, buyer_id: i64, customer_id: i64, person: Person) -> i64 {
        let next = self.profiles.len() as u32;
        let place = *self.place_of.entry(person.key).or_insert(next);
        if place == next {
            self.profiles.push((person.key, person.profile));
            let Keys { phone, house, name, kana } = person.keys;
            for (value, kind) in
                [(phone, Holder::PHONE), (house, Holder::HOUSE), (name, Holder::NAME), (kana, Holder::KANA)]
            {
                self.values.extend(value.map(|value| (value, Holder(place << 2 | kind))));
            }
        }
        self.mails.extend(person.mail.map(|mail| (mail, place)));
        self.buyers.push((buyer_id, place, customer_id));
        person.key
    }

    pub(super) fn place(&self, person: i64) -> Option<u32> {
        self.place_of.get(&person).copied()
    }

    /// Decides who is one and writes it all down; the tables of people must be empty. What is done `meanwhile` runs
    /// while another thread decides.
    pub(super) fn settle(
        self,
        connection: &Connection,
        meanwhile: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.settle_with(connection, Values::Anew, meanwhile)
    }

    fn settle_with(
        mut self,
        connection: &Connection,
        values: Values,
        meanwhile: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let standing = Standing::read(connection)?;
        let mut joined = given(connection, &self)?;
        joined.extend(standing.joined().filter_map(|(a, b)| Some((self.place(a)?, self.place(b)?))));
        let apart = standing.apart_places(|person| self.place(person));
        let (done, outcome) = thread::scope(|scope| {
            let deciding = scope.spawn(|| {
                self.values.sort_unstable();
                self.mails.sort_unstable();
                self.mails.dedup();
                self.decide(&joined, &apart)
            });
            (meanwhile(), deciding.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        done?;
        if values == Values::Anew {
            self.write_values(connection)?;
        }
        connection.execute("update people_count set people = ?1", [self.profiles.len() as i64])?;
        self.write_likely(connection, &outcome)?;
        self.write_customers(connection, &outcome)
    }

    fn decide(&self, joined: &[(u32, u32)], apart: &[(Vec<u32>, Vec<u32>)]) -> Outcome {
        let population = population_bucket(self.profiles.len() as u64);
        let common = self.commonness();
        let pairs = self.pairs();
        let mut edges = Vec::new();
        let mut likely = Vec::new();
        for &(a, b, mail) in &pairs {
            let ((_, x), (_, y)) = (&self.profiles[a as usize], &self.profiles[b as usize]);
            let shared = common[a as usize].of_both(common[b as usize], (mail > 0).then_some(mail));
            let score = score(&x.compare(y), &shared, population);
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
        Outcome { group, likely }
    }

    /// How many people share each one's phone, name and house. The values must be sorted.
    fn commonness(&self) -> Vec<Commonness> {
        let mut common = vec![Commonness::default(); self.profiles.len()];
        let size = |members: usize| bucket((members as u64).min(MANY));
        for members in self.values.chunk_by(|x, y| x.0 == y.0) {
            for (_, holder) in members {
                let common = &mut common[holder.place() as usize];
                match holder.kind() {
                    Holder::PHONE => common.phone = size(members.len()),
                    Holder::HOUSE => common.house = size(members.len()),
                    _ => {}
                }
            }
        }
        for members in self.of_one_name() {
            for (_, holder) in members {
                let common = &mut common[holder.place() as usize];
                // The reading counts only where no kanji are stated.
                if holder.kind() == Holder::NAME || (holder.kind() == Holder::KANA && common.name == 0) {
                    common.name = size(members.len());
                }
            }
        }
        common
    }

    /// Holders of one name or reading, wherever they live. Phones stand among them alone.
    fn of_one_name(&self) -> impl Iterator<Item = &[(u64, Holder)]> {
        self.values.chunk_by(|x, y| keys::everywhere(x.0).0 == keys::everywhere(y.0).0)
    }

    /// Everybody who shares a value that is not crowded: two places, and how common the mail they share is, 0 for none.
    fn pairs(&self) -> Vec<(u32, u32, u8)> {
        let mut pairs: Vec<(u32, u32, u8)> = Vec::new();
        let mut all = |members: &mut dyn Iterator<Item = u32>, mail: u8| {
            let members: Vec<u32> = members.collect();
            for (at, a) in members.iter().enumerate() {
                let others = members[at + 1..].iter().filter(|b| *b != a);
                pairs.extend(others.map(|b| (*a.min(b), *a.max(b), mail)));
            }
        };
        for members in self.values.chunk_by(|x, y| x.0 == y.0) {
            if members.len() > 1 && bucket(members.len() as u64) < CROWDED {
                all(&mut members.iter().map(|(_, holder)| holder.place()), 0);
            }
        }
        for members in self.mails.chunk_by(|x, y| x.0 == y.0) {
            let common = bucket(members.len() as u64);
            if members.len() > 1 && common < CROWDED {
                all(&mut members.iter().map(|(_, place)| *place), common);
            }
        }
        for members in self.of_one_name() {
            if members.len() > 1 && bucket(members.len() as u64) < RARE && members[0].1.kind() >= Holder::NAME {
                all(&mut members.iter().map(|(_, holder)| holder.place()), 0);
            }
        }
        // Of the same two, the one with the rarest mail stands first.
        pairs.sort_unstable_by_key(|(a, b, mail)| (*a, *b, mail.wrapping_sub(1)));
        pairs.dedup_by_key(|(a, b, _)| (*a, *b));
        pairs
    }

    fn write_values(&mut self, connection: &Connection) -> Result<(), Error> {
        let insert = "insert or ignore into person_keys (identity_key, person_key)";
        let mut written = Rows::new(connection, insert, 2, 32)?;
        // Sorted as they are, the tree is filled from left to right.
        let values = std::mem::take(&mut self.values).into_iter().map(|(value, holder)| (value, holder.place()));
        for (value, place) in values.chain(std::mem::take(&mut self.mails)) {
            written.add([(value as i64).into(), self.profiles[place as usize].0.into()])?;
        }
        written.write()?;
        Ok(())
    }

    fn write_likely(&self, connection: &Connection, outcome: &Outcome) -> Result<(), Error> {
        for (a, b, score) in &outcome.likely {
            insert_likely(connection, self.profiles[*a as usize].0, self.profiles[*b as usize].0, *score)?;
        }
        Ok(())
    }

    fn write_customers(self, connection: &Connection, outcome: &Outcome) -> Result<(), Error> {
        let mut smallest = vec![i64::MAX; self.profiles.len()];
        for (buyer_id, place, _) in &self.buyers {
            let customer = &mut smallest[outcome.group[*place as usize] as usize];
            *customer = (*customer).min(*buyer_id);
        }
        let mut update = connection.prepare_cached("update buyers set customer_id = ?2 where buyer_id = ?1")?;
        for (buyer_id, place, written) in &self.buyers {
            let customer = smallest[outcome.group[*place as usize] as usize];
            if customer != *written {
                update.execute([buyer_id, &customer])?;
            }
        }
        Ok(())
    }
}

/// Whom the files themselves call one, as places.
fn given(connection: &Connection, people: &People) -> Result<Vec<(u32, u32)>, Error> {
    let mut statement = connection.prepare(
        "select g.identity_key, b.person_key from given_keys g join buyers b on b.buyer_id = g.buyer_id
         where b.is_separated = 0 order by 1, 2",
    )?;
    let mut rows = statement.query([])?;
    let mut joined = Vec::new();
    let mut before: Option<(i64, u32)> = None;
    while let Some(row) = rows.next()? {
        let (key, person): (i64, i64) = (row.get(0)?, row.get(1)?);
        let Some(place) = people.place(person) else { continue };
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
enum Values {
    /// Written by this.
    Anew,
    /// They are right as they stand: an import writes those of its buyers as it goes.
    Kept,
}

/// Works out everything anew from the buyers.
pub(super) fn rebuild(connection: &Connection) -> Result<(), Error> {
    connection.execute("delete from person_keys", [])?;
    connection.execute("delete from newer_person_keys", [])?;
    decide_about_all(connection, Values::Anew)
}

/// Decides anew who is one, among people whose values are written down.
pub(super) fn decide_again(connection: &Connection) -> Result<(), Error> {
    decide_about_all(connection, Values::Kept)
}

fn decide_about_all(connection: &Connection, values: Values) -> Result<(), Error> {
    connection.execute("delete from likely_pairs", [])?;
    let mut people = People::default();
    let mut changed: Vec<(i64, i64)> = Vec::new();
    {
        let mut statement = connection.prepare(include_str!("queries/buyers_as_people.sql"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (buyer, written) = (buyer_of_row(row)?, row.get::<_, i64>(15)?);
            let buyer = row_of(row, &buyer)?;
            let person = people.add(buyer.buyer_id, buyer.customer_id, Person::of(&buyer));
            if person != written {
                changed.push((row.get(0)?, person));
            }
        }
    }
    let mut update = connection.prepare_cached("update buyers set person_key = ?2 where buyer_id = ?1")?;
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
        postal_code: text(row, 8)?,
        prefecture: text(row, 9)?,
        city: text(row, 10)?,
        street: text(row, 11)?,
        phone: text(row, 12)?,
        mail: text(row, 13)?,
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
