//! Buyers as orders write them, and which of them are one customer.

use super::Error;
use super::compare::optional;
use super::content::separated_hash;
use super::decisions::separated_orders;
use super::digits;
use super::filter::Filter;
use super::habits::Changes;
use super::indexes;
use super::neighbours::{self, Known};
use super::newcomers::{HAS_NEWER, Newcomers};
use super::people::{self, BuyerRow, People, Person};
use super::shaken;
use super::stated::Stated;
use super::words::Words;
use crate::shop::identity::score::population_bucket;
use crate::shop::{Mall, Order, customer};
use rusqlite::{Connection, Statement, params};
use rustc_hash::{FxHashMap, FxHashSet};

/// Buyers met in a recording.
pub(super) struct Buyers<'l> {
    statements: Statements<'l>,
    ids: FxHashMap<i64, i64>,
    next_id: i64,
    /// The ledger had nobody: nobody of this file can be known.
    pub(super) is_first: bool,
    /// Orders that the owner has said are somebody else's.
    separated: FxHashSet<i64>,
    /// Which values nobody has who was there before the last move.
    filter: Filter,
    /// Everybody, while the ledger has nobody.
    everybody: People,
    /// People of buyers that are new in a ledger that has some.
    newcomers: Newcomers,
    first_new_id: i64,
    /// People the file gives a key.
    people: FxHashSet<i64>,
    /// Keys the file itself gave to buyers, new or not.
    given_keys: FxHashSet<(i64, i64)>,
}

/// What runs for buyers one by one.
struct Statements<'l> {
    insert: Statement<'l>,
    of_hash: Statement<'l>,
    has_newer: Statement<'l>,
}

/// How far the buyers are.
#[derive(Default)]
pub(super) struct Mark {
    next_id: i64,
    everybody: people::Mark,
}

const INSERT: &str = "
    insert into buyer_rows (buyer_id, buyer_hash, person_key, place_id, customer_id, is_separated, is_newer, postal_code,
        phone, mail, mail_end_id, family_name, given_name, family_kana, given_kana, street)
    values (?1, ?2, ?3, ?4, ?1, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";

/// Either index holds all that is asked for: no row is fetched for it, each of which lies on a page of its own.
const OF_HASH: &str = "
    select buyer_id from buyer_rows where buyer_hash = ?1 and is_newer = 0
    union all
    select buyer_id from buyer_rows where buyer_hash = ?1 and is_newer = 1";

/// Looking around one person costs about as much as going over so many (36 months of a shop one after the other, and a
/// quarter into 70,000 people: 8 took a fifth and two fifths less than 24, 4 no less than 8): a file that concerns more
/// than this part of the ledger is decided with everybody in memory. Both ways decide alike.
const DEARER: u64 = 8;
/// So few are always looked at alone.
const FEW: usize = 500;

impl<'l> Buyers<'l> {
    pub(super) fn new(connection: &'l Connection) -> Result<Buyers<'l>, Error> {
        let next_id: i64 =
            connection.query_row("select coalesce(max(buyer_id), 0) + 1 from buyer_rows", [], |row| row.get(0))?;
        Ok(Buyers {
            statements: Statements {
                insert: connection.prepare(INSERT)?,
                of_hash: connection.prepare(OF_HASH)?,
                has_newer: connection.prepare(HAS_NEWER)?,
            },
            ids: FxHashMap::default(),
            next_id,
            is_first: next_id == 1,
            separated: separated_orders(connection)?,
            filter: if next_id == 1 { Filter::default() } else { Filter::read(connection)? },
            everybody: People::default(),
            newcomers: Newcomers::default(),
            first_new_id: next_id,
            people: FxHashSet::default(),
            given_keys: FxHashSet::default(),
        })
    }

    /// Whether rows are numbered as buyers come: nobody is known, and nobody has been set apart.
    pub(super) fn counts_all(&self) -> bool {
        self.is_first && self.separated.is_empty()
    }

    /// Where they stand now.
    pub(super) fn mark(&self) -> Mark {
        Mark { next_id: self.next_id, everybody: self.everybody.mark() }
    }

    /// Forgets whoever has come since; answers how many have come before.
    pub(super) fn forget_since(&mut self, mark: &Mark) -> u32 {
        self.next_id = mark.next_id;
        self.ids.retain(|_, id| *id < mark.next_id);
        self.everybody.forget_since(&mark.everybody);
        self.newcomers.forget_from(mark.next_id);
        self.given_keys.clear();
        (mark.next_id - self.first_new_id) as u32
    }

    /// The row of this order's buyer, made when it is new.
    pub(super) fn id(&mut self, connection: &Connection, words: &mut Words, stated: &Stated) -> Result<i64, Error> {
        let order = &stated.order;
        let is_separated = !self.separated.is_empty() && self.separated.contains(&stated.key);
        let hash = if is_separated { separated_hash(stated.buyer, stated.key) } else { stated.buyer };
        let place = stated.buyer_place.filter(|_| self.counts_all());
        let id_here = match place {
            Some(place) => Some(self.first_new_id + i64::from(place)).filter(|id| *id < self.next_id),
            None => self.ids.get(&hash).copied(),
        };
        if let Some(id) = id_here {
            return Ok(id);
        }
        let row = BuyerRow {
            buyer_id: self.next_id,
            buyer_hash: hash,
            customer_id: self.next_id,
            mall: order.mall,
            buyer: &order.buyer,
            stands_alone: is_separated || stands_alone(order),
        };
        let person = Person::of(&row);
        let found = if self.is_first { None } else { self.known(&row, &person)? };
        let id = match found {
            Some(id) => id,
            None => {
                let id = self.next_id;
                self.next_id += 1;
                let person = match self.is_first {
                    true => self.everybody.add(id, person),
                    false => self.newcomers.meet(id, person),
                };
                let insert = &mut self.statements.insert;
                insert_row(connection, insert, words, &row, (person, is_separated, !self.is_first))?;
                id
            }
        };
        if place.is_none() {
            self.ids.insert(hash, id);
        }
        Ok(id)
    }

    /// The row of a buyer of an earlier import. Whoever has a value has it written down: where nobody has one of theirs,
    /// the buyer is not there.
    fn known(&mut self, row: &BuyerRow<'_>, person: &Person) -> Result<Option<i64>, Error> {
        let Statements { of_hash, has_newer, .. } = &mut self.statements;
        let is_new = match person.keys.iter().next() {
            Some(value) if self.filter.may_hold(value) => false,
            Some(value) if !self.filter.may_be_newer(value) => true,
            Some(value) => !has_newer.query_row([value as i64, person.key], |row| row.get::<_, bool>(0))?,
            None => false,
        };
        if is_new && !cfg!(debug_assertions) {
            return Ok(None);
        }
        let found = optional(of_hash.query_row([row.buyer_hash], |row| row.get(0)))?;
        assert!(!is_new || found.is_none(), "a buyer is there whose values are not");
        Ok(found)
    }

    /// Notes what the order's file calls its customer, if it calls them anything.
    /// Where names are not kept, what stands for mail, phone and name is given likewise.
    pub(super) fn give_key(&mut self, buyer_id: i64, order: &Order) {
        let people = order.keyed.iter().flat_map(|keyed| &keyed.people);
        self.given_keys.extend(people.map(|key| (*key as i64, buyer_id)));
        if !order.customer_key.is_empty() {
            self.given_keys.insert((customer::key(&["given", &order.customer_key]) as i64, buyer_id));
        }
    }

    /// Keeps whom the file itself calls the same; which batch said so is kept, so that it can be taken back.
    pub(super) fn keep_given(&mut self, connection: &Connection, batch_id: i64) -> Result<(), Error> {
        let mut given: Vec<(i64, i64)> = self.given_keys.drain().collect();
        given.sort_unstable();
        let mut remember = connection
            .prepare_cached("insert into given_keys (batch_id, identity_key, buyer_id) values (?1, ?2, ?3)")?;
        let mut person_of = connection.prepare_cached("select person_key from buyer_rows where buyer_id = ?1")?;
        for (key, buyer_id) in given {
            remember.execute([batch_id, key, buyer_id])?;
            if !self.is_first {
                self.people.insert(person_of.query_row([buyer_id], |row| row.get(0))?);
            }
        }
        Ok(())
    }

    /// Decides who is one among the new buyers and those the ledger has; where the ledger has none, something else is done
    /// `meanwhile`.
    pub(super) fn join(
        &mut self,
        connection: &Connection,
        meanwhile: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        // Nobody is asked for any more, and room is wanted.
        self.ids = FxHashMap::default();
        if self.is_first {
            return std::mem::take(&mut self.everybody).settle(connection, meanwhile);
        }
        meanwhile()?;
        let mut newcomers = std::mem::take(&mut self.newcomers);
        let added = newcomers.look(connection, self.first_new_id, &self.filter)?;
        let before: i64 = connection.query_row("select people from people_count", [], |row| row.get(0))?;
        let (before, now) = (before as u64, before as u64 + newcomers.people.len() as u64);
        if self.filter.is_wanted(now) {
            Filter::make(connection, now)?;
        }
        connection.execute("update people_count set people = ?1", [now as i64])?;
        indexes::gather_newer(connection, now as i64)?;
        let mut concerned: Vec<i64> = newcomers.people.keys().chain(newcomers.known.iter().copied()).collect();
        concerned.extend(self.people.drain());
        if population_bucket(before) != population_bucket(now) || too_many(&mut concerned, now) {
            added.write(connection, now)?;
            return people::decide_again(connection);
        }
        let around = shaken::around(connection, &added, &self.filter)?;
        let changes = Changes::of_added(connection, &added, &around.shared)?;
        added.write(connection, now)?;
        concerned.extend(&around.shaken);
        match too_many(&mut concerned, now) {
            true => people::decide_again(connection),
            false => {
                let known = Known { newcomers: newcomers.people, shared: around.shared, changes };
                neighbours::settle(connection, concerned, known)
            }
        }
    }
}

/// Whether it costs less to decide about everybody than to look around each of these, of whom none stands twice
/// afterwards.
pub(super) fn too_many(concerned: &mut Vec<i64>, people: u64) -> bool {
    concerned.sort_unstable();
    concerned.dedup();
    concerned.len() > FEW && concerned.len() as u64 > people / DEARER
}

/// A list of the shop's own that names its customers: what it calls them identifies them by itself.
pub(super) fn stands_alone(order: &Order) -> bool {
    order.mall == Mall::Own && !order.customer_key.is_empty()
}

fn insert_row(
    connection: &Connection,
    insert: &mut Statement<'_>,
    words: &mut Words,
    row: &BuyerRow<'_>,
    (person, is_separated, is_newer): (i64, bool, bool),
) -> Result<(), Error> {
    let buyer = row.buyer;
    let (mail, end) = digits::mail(&buyer.mail);
    insert.execute(params![
        row.buyer_id,
        row.buyer_hash,
        person,
        words.place(connection, row.mall, &buyer.prefecture, &buyer.city)?,
        is_separated,
        is_newer,
        digits::postal_code(&buyer.postal_code),
        digits::phone(&buyer.phone),
        mail,
        end.map(|end| words.mail_end(connection, end)).transpose()?,
        buyer.family_name.as_str(),
        buyer.given_name.as_str(),
        buyer.family_kana.as_str(),
        buyer.given_kana.as_str(),
        buyer.street.as_str()
    ])?;
    Ok(())
}
