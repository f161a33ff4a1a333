//! How many people of the large table have each name that many have, in one short list: to learn it of the ledger each name
//! would be looked for on a page of its own, and a month's people have names that are mostly there.
//!
//! The list says exactly what the table holds: it is made with the filter, when the table grows, and what is taken out of the
//! table is taken off it. A name that is not in it has to be counted.

use super::Error;
use super::compare::optional;
use crate::shop::identity::keys::{PLACE_BITS, everywhere};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

/// From so many on a name is in the list. Of fewer the people themselves are wanted as well. Tests see both kinds.
const COMMON: u64 = if cfg!(debug_assertions) { 2 } else { 8 };
/// Beyond anything that is counted.
const MOST: u64 = (1 << PLACE_BITS) - 1;

/// Names and how many have them; nothing where no list has been made.
#[derive(Default)]
pub(super) struct CommonNames(Option<Vec<u64>>);

/// A list in the making.
#[derive(Default)]
pub(super) struct Gathering {
    counts: Vec<u64>,
    name: u64,
    count: u64,
}

impl Gathering {
    /// Notes a value of the table; they come in order.
    pub(super) fn add(&mut self, value: u64) {
        let (name, _) = everywhere(value);
        if name != self.name {
            self.end_name();
            self.name = name;
        }
        self.count += 1;
    }

    fn end_name(&mut self) {
        if self.count >= COMMON {
            self.counts.push(self.name | self.count.min(MOST));
        }
        self.count = 0;
    }

    /// The list.
    pub(super) fn finish(mut self) -> CommonNames {
        self.end_name();
        self.counts.sort_unstable();
        CommonNames(Some(self.counts))
    }
}

impl CommonNames {
    /// As it was written.
    pub(super) fn read(connection: &Connection) -> Result<CommonNames, Error> {
        let written = connection.query_row("select counts from common_names", [], |row| {
            let bytes = row.get_ref(0)?.as_blob()?;
            Ok(bytes.as_chunks().0.iter().map(|count| u64::from_le_bytes(*count)).collect())
        });
        Ok(CommonNames(optional(written)?))
    }

    /// Whether no list has been made.
    pub(super) fn is_missing(&self) -> bool {
        self.0.is_none()
    }

    /// How many values of the large table are this name's; nothing when it is not in the list.
    pub(super) fn count(&self, name: u64) -> Option<u64> {
        let (name, last) = everywhere(name);
        let counts = self.0.as_ref()?;
        let place = counts.partition_point(|count| *count < name);
        counts.get(place).filter(|count| **count <= last).map(|count| count & MOST)
    }

    /// Takes the place of the one before.
    pub(super) fn write(&self, connection: &Connection) -> Result<(), Error> {
        let Some(counts) = &self.0 else {
            connection.execute("delete from common_names", [])?;
            return Ok(());
        };
        let bytes: Vec<u8> = counts.iter().flat_map(|count| count.to_le_bytes()).collect();
        connection.execute("insert or replace into common_names (only_row, counts) values (1, ?1)", params![bytes])?;
        Ok(())
    }

    /// Takes off the list what has been taken out of the large table.
    pub(super) fn forget(connection: &Connection, values: &[u64]) -> Result<(), Error> {
        let mut fewer: FxHashMap<u64, u64> = FxHashMap::default();
        for value in values {
            *fewer.entry(everywhere(*value).0).or_default() += 1;
        }
        let mut names = CommonNames::read(connection)?;
        let Some(counts) = names.0.as_mut().filter(|_| !fewer.is_empty()) else { return Ok(()) };
        for count in counts.iter_mut() {
            *count -= fewer.get(&everywhere(*count).0).copied().unwrap_or_default();
        }
        counts.retain(|count| *count & MOST >= COMMON);
        names.write(connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;

    /// A name at a postal code.
    fn at(name: u64, code: u64) -> u64 {
        name << PLACE_BITS | code
    }

    fn gathered(values: &[u64]) -> CommonNames {
        let mut gathering = Gathering::default();
        values.iter().for_each(|value| gathering.add(*value));
        gathering.finish()
    }

    #[test]
    fn a_name_is_counted_wherever_it_lives() {
        // In the order of the ledger: numbers with a sign. The largest 40 bits are negative there and come first.
        let largest = (1 << 40) - 1;
        let names =
            gathered(&[at(largest, 1), at(largest, MOST), at(0, 0), at(0, 7), at(0, 7), at(5, 1), at(6, 2), at(6, 3)]);
        assert_eq!(names.count(at(largest, 12)), Some(2));
        assert_eq!(names.count(at(0, 3)), Some(3));
        assert_eq!(names.count(at(5, 1)), None, "nobody shares it");
        assert_eq!(names.count(at(6, MOST)), Some(2));
        assert_eq!(names.count(at(4, MOST)), None, "nobody has it");
        assert_eq!(CommonNames::default().count(at(6, 2)), None);
    }

    #[test]
    fn what_is_taken_out_is_taken_off() {
        let ledger = Ledger::open_in_memory().expect("memory");
        let connection = &ledger.connection;
        assert!(CommonNames::read(connection).expect("none").is_missing());
        CommonNames::forget(connection, &[at(3, 1)]).expect("there is none");
        gathered(&[at(3, 1), at(3, 1), at(3, 2), at(9, 1), at(9, 2)]).write(connection).expect("written");
        CommonNames::forget(connection, &[at(3, 2), at(9, 1), at(4, 4)]).expect("fewer");
        let names = CommonNames::read(connection).expect("one");
        assert_eq!((names.count(at(3, 0)), names.count(at(9, 0))), (Some(2), None));
        CommonNames::default().write(connection).expect("none again");
        assert!(CommonNames::read(connection).expect("none").is_missing());
    }
}
