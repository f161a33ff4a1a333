//! Values of people in runs: some hundred to a row, in order, each as what it is more than the one before.
//!
//! In rows of their own they would take nearly twice the room and, written at once, several times the work. They change
//! seldom: later people wait elsewhere until they are many.

use super::Error;
use super::compare::optional;
use rusqlite::{CachedStatement, Connection, params};

/// Bytes of a run: one to a page of the ledger. Tests see several of them.
const FULL: usize = if cfg!(debug_assertions) { 96 } else { 4_040 };
/// Bytes a value may take: what it is more than the one before, seven bits to a byte, and who has it.
const LARGEST: usize = 10 + 8;

/// Values and their people, out of a run; what is damaged ends it.
struct Entries<'a> {
    before: i64,
    bytes: &'a [u8],
}

impl Iterator for Entries<'_> {
    type Item = (i64, i64);

    fn next(&mut self) -> Option<(i64, i64)> {
        let mut more = 0u64;
        let mut shift = 0;
        loop {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            more |= u64::from(byte & 127).checked_shl(shift)?;
            if byte & 128 == 0 {
                break;
            }
            shift += 7;
        }
        let (person, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        self.before = self.before.wrapping_add(more as i64);
        Some((self.before, i64::from_le_bytes(*person)))
    }
}

/// Those of a row of a run: its first value, its entries.
fn entries_of<'a>(row: &'a rusqlite::Row<'_>) -> rusqlite::Result<Entries<'a>> {
    Ok(Entries { before: row.get(0)?, bytes: row.get_ref(1)?.as_blob()? })
}

/// Writes values in the order of the ledger, where no run has them nor lies between them.
pub(super) struct Writing<'c> {
    insert: CachedStatement<'c>,
    first: i64,
    last: i64,
    bytes: Vec<u8>,
    /// People of the value that came last. They stand in one run, however many they are.
    value: i64,
    people: Vec<i64>,
}

impl<'c> Writing<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Writing<'c>, Error> {
        let insert = connection.prepare_cached("insert into person_key_runs (first_key, entries) values (?1, ?2)")?;
        Ok(Writing { insert, first: 0, last: 0, bytes: Vec::with_capacity(FULL), value: 0, people: Vec::new() })
    }

    /// Adds who has a value; the same may come again.
    pub(super) fn add(&mut self, (value, person): (i64, i64)) -> Result<(), Error> {
        if value != self.value {
            self.end_value()?;
            self.value = value;
        }
        self.people.push(person);
        Ok(())
    }

    fn end_value(&mut self) -> Result<(), Error> {
        self.people.sort_unstable();
        self.people.dedup();
        if !self.bytes.is_empty() && self.bytes.len() + self.people.len() * 9 + LARGEST > FULL {
            self.write()?;
        }
        for person in self.people.drain(..) {
            if self.bytes.is_empty() {
                (self.first, self.last) = (self.value, self.value);
            }
            append(&mut self.bytes, &mut self.last, (self.value, person));
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), Error> {
        if !self.bytes.is_empty() {
            self.insert.execute(params![self.first, self.bytes])?;
            self.bytes.clear();
        }
        Ok(())
    }

    /// Writes what is left.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.end_value()?;
        self.write()
    }
}

fn append(bytes: &mut Vec<u8>, last: &mut i64, (value, person): (i64, i64)) {
    let mut more = value.wrapping_sub(*last) as u64;
    while more > 127 {
        bytes.push(more as u8 | 128);
        more >>= 7;
    }
    bytes.push(more as u8);
    bytes.extend_from_slice(&person.to_le_bytes());
    *last = value;
}

/// Looks values up. The run looked at last is kept: values that are asked for in order stand in it, too.
pub(super) struct Runs<'c> {
    find: CachedStatement<'c>,
    at_hand: Vec<(i64, i64)>,
}

impl<'c> Runs<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Runs<'c>, Error> {
        let find = connection.prepare_cached(
            "select first_key, entries from person_key_runs
             where first_key between coalesce((select max(first_key) from person_key_runs where first_key <= ?1), ?1) and ?2
             order by first_key",
        )?;
        Ok(Runs { find, at_hand: Vec::new() })
    }

    /// Who has a value from `from` to `to`, at most so many.
    pub(super) fn people(&mut self, from: i64, to: i64, most: usize) -> Result<Vec<i64>, Error> {
        let mut people = Vec::new();
        let (first, last) = (self.at_hand.first(), self.at_hand.last());
        if first.is_some_and(|(first, _)| *first <= from) && last.is_some_and(|(last, _)| to <= *last) {
            people.extend(between(&self.at_hand, from, to).take(most));
            return Ok(people);
        }
        let mut rows = self.find.query([from, to])?;
        while let Some(row) = rows.next()? {
            self.at_hand.clear();
            self.at_hand.extend(entries_of(row)?);
            people.extend(between(&self.at_hand, from, to).take(most - people.len()));
            if people.len() == most {
                break;
            }
        }
        Ok(people)
    }
}

/// Who has a value from `from` to `to` in a run.
fn between(run: &[(i64, i64)], from: i64, to: i64) -> impl Iterator<Item = i64> {
    let start = run.partition_point(|(value, _)| *value < from);
    run[start..].iter().take_while(move |(value, _)| *value <= to).map(|(_, person)| *person)
}

/// Calls `take` for every value and person, in order.
pub(super) fn each(connection: &Connection, mut take: impl FnMut(i64, i64)) -> Result<(), Error> {
    let mut statement =
        connection.prepare_cached("select first_key, entries from person_key_runs order by first_key")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let entries = entries_of(row)?;
        entries.for_each(|(value, person)| take(value, person));
    }
    Ok(())
}

/// Adds these, which are in order; every run is written anew.
pub(super) fn gather(connection: &Connection, values: Vec<(i64, i64)>) -> Result<(), Error> {
    let mut next = connection.prepare_cached(
        "select first_key, entries from person_key_runs where first_key >= ?1 order by first_key limit 1",
    )?;
    let mut delete = connection.prepare_cached("delete from person_key_runs where first_key = ?1")?;
    let mut values = values.into_iter().peekable();
    let mut writing = Writing::new(connection)?;
    let mut from = Some(i64::MIN);
    // What has been written lies before what is still to be read: a run is read before anything beyond the one before is added.
    while let Some(at) = from
        && let Some((first, bytes)) =
            optional(next.query_row([at], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))))?
    {
        delete.execute([first])?;
        let mut last = first;
        for entry in (Entries { before: first, bytes: &bytes }) {
            while let Some(value) = values.next_if(|value| *value < entry) {
                writing.add(value)?;
            }
            writing.add(entry)?;
            last = entry.0;
        }
        from = last.checked_add(1);
    }
    values.try_for_each(|value| writing.add(value))?;
    writing.finish()
}

/// Takes these away, which are in order; answers the values of those that were there.
pub(super) fn remove(connection: &Connection, values: &[(i64, i64)]) -> Result<Vec<u64>, Error> {
    let mut run = connection.prepare_cached(
        "select first_key, entries, (select min(n.first_key) from person_key_runs n where n.first_key > r.first_key)
         from person_key_runs r where first_key <= ?1 order by first_key desc limit 1",
    )?;
    let mut update = connection.prepare_cached("update person_key_runs set entries = ?2 where first_key = ?1")?;
    let mut delete = connection.prepare_cached("delete from person_key_runs where first_key = ?1")?;
    let mut gone = Vec::new();
    let mut rest = values;
    while let Some((value, _)) = rest.first() {
        let found = run.query_row([value], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Option<i64>>(2)?))
        });
        let Some((first, bytes, next)) = optional(found)? else {
            rest = &rest[1..];
            continue;
        };
        let within = rest.partition_point(|(value, _)| next.is_none_or(|next| *value < next));
        let (here, beyond) = rest.split_at(within);
        let (mut kept, mut last, before) = (Vec::with_capacity(bytes.len()), first, gone.len());
        for entry in (Entries { before: first, bytes: &bytes }) {
            match here.binary_search(&entry) {
                Ok(_) => gone.push(entry.0 as u64),
                Err(_) => append(&mut kept, &mut last, entry),
            }
        }
        if kept.is_empty() {
            delete.execute([first])?;
        } else if gone.len() > before {
            update.execute(params![first, kept])?;
        }
        rest = beyond;
    }
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;

    fn all(connection: &Connection) -> Vec<(i64, i64)> {
        let mut all = Vec::new();
        each(connection, |value, person| all.push((value, person))).expect("runs");
        all
    }

    fn count(connection: &Connection) -> i64 {
        connection.query_row("select count(*) from person_key_runs", [], |row| row.get(0)).expect("a count")
    }

    #[test]
    fn values_come_back_whichever_way_they_went_in_and_out() {
        let ledger = Ledger::open_in_memory().expect("memory");
        let connection = &ledger.connection;
        // From end to end, some of them shared by several, one by more than a run holds.
        let mut values: Vec<(i64, i64)> = (0..200i64)
            .map(|at| (at.wrapping_mul(0x1E37_79B9_7F4A_7C15), at - 100))
            .chain([(i64::MIN, 1), (i64::MIN, 2), (i64::MAX, -1), (i64::MAX, i64::MIN)])
            .chain((0..40).map(|person| (77, person)))
            .collect();
        values.sort_unstable();
        let (mut even, mut odd) = (Vec::new(), Vec::new());
        for (at, value) in values.iter().enumerate() {
            if at % 2 == 0 { even.push(*value) } else { odd.push(*value) }
        }
        let mut writing = Writing::new(connection).expect("a table");
        even.iter().chain(even.last()).for_each(|value| writing.add(*value).expect("in order, the last one twice"));
        writing.finish().expect("the rest");
        assert_eq!(all(connection), even);
        assert!(count(connection) > 10, "several runs");
        gather(connection, odd.clone()).expect("the others");
        assert_eq!(all(connection), values);

        let mut runs = Runs::new(connection).expect("a table");
        for (at, (value, person)) in values.iter().enumerate() {
            assert!(runs.people(*value, *value, 100).expect("a look").contains(person));
            let to = values[(at + 30).min(values.len() - 1)].0;
            let between: Vec<i64> =
                values.iter().filter(|(of, _)| (*value..=to).contains(of)).map(|(_, person)| *person).collect();
            assert_eq!(runs.people(*value, to, 100).expect("a look"), between);
            assert_eq!(runs.people(*value, to, 2).expect("a look"), between[..between.len().min(2)]);
        }
        assert!(runs.people(78, 78, 9).expect("a look").is_empty(), "nobody has it");

        let mut asked = odd.clone();
        asked.extend([(78, 1), (i64::MIN, 0)]);
        asked.sort_unstable();
        let gone: Vec<u64> = odd.iter().map(|(value, _)| *value as u64).collect();
        assert_eq!(remove(connection, &asked).expect("removed"), gone, "those that were there");
        assert_eq!(all(connection), even);
        remove(connection, &even).expect("removed");
        assert_eq!(count(connection), 0);
        assert!(remove(connection, &even).expect("nothing there").is_empty());
        gather(connection, odd.clone()).expect("into none");
        assert_eq!(all(connection), odd);
    }

    #[test]
    fn a_damaged_run_ends() {
        let entries = |bytes| Entries { before: 5, bytes }.collect::<Vec<_>>();
        assert_eq!(entries(&[2, 1, 0, 0, 0, 0, 0, 0, 0, 128]), [(7, 1)]);
        assert_eq!(entries(&[2, 1, 0, 0]), []);
        assert_eq!(entries(&[255; 40]), []);
    }
}
