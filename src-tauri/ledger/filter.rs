//! Which values nobody of the large table has, told without looking there: a later file's people are mostly new, and each
//! of their values would be looked for on a page of its own.
//!
//! A Bloom filter in blocks of a cache line. It may hold values that have gone, never lack one that is there: the large
//! table grows only where the filter is made anew. Without one everything may be there.

use super::Error;
use super::common_names::{CommonNames, Gathering};
use super::compare::optional;
use super::runs;
use crate::shop::identity::keys::everywhere;
use rusqlite::{Connection, params};
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a block.
const BLOCK: usize = 64;
/// Bits of a value, of which so many are set: about one value in eighty is taken for another one. With six bits and four of
/// them set it was one in fifteen, which made three of five looks into the large table vain.
const BITS: usize = 10;
const SET: u32 = 6;
/// Upper bits of a value that choose the part of the filter, some thousand bytes in a large one.
const PART_BITS: u32 = 8;
/// A ledger of fewer people is small enough to be looked at. Tests see both kinds.
const WORTH_IT: u64 = if cfg!(debug_assertions) { 12 } else { 2_000 };

/// Values of people who came later are put into a filter of their own while they are so few that reading them costs less
/// than looking for those of a small file.
const FEW_NEWER: usize = 16_384;

/// What may be among the values of `person_key_runs`, and among those of people who came later.
#[derive(Default)]
pub(super) struct Filter {
    /// Empty: anything.
    bytes: Vec<u8>,
    /// Likewise, of `newer_person_keys`, and of their names wherever they live; as it was when the filter was read.
    newer: Vec<u8>,
    /// How many have each common name; made of the same values.
    pub(super) names: CommonNames,
    gathering: Gathering,
}

impl Filter {
    /// An empty one for so many values.
    pub(super) fn sized(values: usize) -> Filter {
        Filter { bytes: room(values), ..Filter::default() }
    }

    /// As it was written.
    pub(super) fn read(connection: &Connection) -> Result<Filter, Error> {
        let written = connection.query_row("select bits from person_filter", [], |row| row.get::<_, Vec<u8>>(0));
        let bytes = optional(written)?.filter(|bytes| bytes.len() % BLOCK == 0).unwrap_or_default();
        let names = CommonNames::read(connection)?;
        Ok(Filter { bytes, newer: newer(connection)?, names, gathering: Gathering::default() })
    }

    /// Makes it of all that is in the large table, if it is missing or no longer says everything.
    pub(super) fn make(connection: &Connection, people: u64) -> Result<(), Error> {
        if people < WORTH_IT {
            connection.execute("delete from person_filter", [])?;
            return CommonNames::default().write(connection);
        }
        let mut count = 0;
        runs::each(connection, |_, _| count += 1)?;
        let mut filter = Filter::sized(count);
        runs::each(connection, |value, _| filter.add(value as u64))?;
        filter.write(connection)
    }

    /// Whether there is none, though it would be of use.
    pub(super) fn is_wanted(&self, people: u64) -> bool {
        (self.bytes.is_empty() || self.names.is_missing()) && people >= WORTH_IT
    }

    /// Takes the place of the one before.
    pub(super) fn write(self, connection: &Connection) -> Result<(), Error> {
        connection
            .execute("insert or replace into person_filter (only_row, bits) values (1, ?1)", params![self.bytes])?;
        self.gathering.finish().write(connection)
    }

    /// Notes a value; they come in the order of the table.
    pub(super) fn add(&mut self, value: u64) {
        self.gathering.add(value);
        set(&mut self.bytes, value);
    }

    /// Whether the large table may have the value.
    pub(super) fn may_hold(&self, value: u64) -> bool {
        may_be_set(&self.bytes, value)
    }

    /// Whether somebody who came later may have the value; the last value of a name's range stands for all of it.
    pub(super) fn may_be_newer(&self, value: u64) -> bool {
        may_be_set(&self.newer, value)
    }
}

/// Room for so many values.
fn room(values: usize) -> Vec<u8> {
    vec![0; (values * BITS / 8).div_ceil(BLOCK).max(1) * BLOCK]
}

/// The filter of the values of people who came later; nothing, which may hold anything, where they are many.
fn newer(connection: &Connection) -> Result<Vec<u8>, Error> {
    let mut statement =
        connection.prepare_cached(&format!("select identity_key from newer_person_keys limit {}", FEW_NEWER + 1))?;
    let values = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    if values.len() > FEW_NEWER {
        return Ok(Vec::new());
    }
    let mut bytes = room(2 * values.len());
    for value in values {
        set(&mut bytes, value as u64);
        set(&mut bytes, everywhere(value as u64).1);
    }
    Ok(bytes)
}

fn set(bytes: &mut [u8], value: u64) {
    let (block, bits) = place(bytes, value);
    for bit in bits {
        bytes[block + bit / 8] |= 1 << (bit % 8);
    }
}

fn may_be_set(bytes: &[u8], value: u64) -> bool {
    if bytes.is_empty() {
        return true;
    }
    let (block, mut bits) = place(bytes, value);
    bits.all(|bit| bytes[block + bit / 8] & 1 << (bit % 8) != 0)
}

/// Where a value's block begins, and its bits there.
fn place(bytes: &[u8], value: u64) -> (usize, impl Iterator<Item = usize> + use<>) {
    let hash = xxh3_64(&value.to_le_bytes());
    // The upper bits of the value choose the part of the filter, so that values in order are looked for near each other, and
    // those of its hash the block there: many people of one name have the same upper bits. The bits are nine each of what
    // the whole is mixed to.
    let blocks = (bytes.len() / BLOCK) as u64;
    let block = ((value >> (64 - PART_BITS) << (32 - PART_BITS) | hash >> (32 + PART_BITS)) * blocks) >> 32;
    let mixed = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (block as usize * BLOCK, (0..SET).map(move |at| (mixed >> (10 + 9 * at) & 511) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;

    #[test]
    fn what_was_added_may_be_there_and_little_else() {
        let mut filter = Filter::sized(10_000);
        // Some as random as hashes, and keys of names, eight of each, which differ in a few bits.
        let random = |at: u64| at.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let value = |at: u64| if at.is_multiple_of(2) { random(at) } else { random(at >> 4 << 4) << 24 | at & 15 };
        (0..10_000).for_each(|at| filter.add(value(at)));
        assert!((0..10_000).all(|at| filter.may_hold(value(at))));
        let wrong = (10_000..110_000).filter(|at| filter.may_hold(value(*at))).count();
        assert!(wrong < 2_000, "{wrong} of 100,000 are taken for another");
        assert!(Filter::default().may_hold(1), "without one anything may be there");
    }

    #[test]
    fn it_is_kept_with_the_ledger() {
        let ledger = Ledger::open_in_memory().expect("memory");
        let connection = &ledger.connection;
        assert!(Filter::read(connection).expect("none").is_wanted(WORTH_IT));
        runs::gather(connection, vec![(-8, 1), (7, 1), (7, 2)]).expect("values");
        Filter::make(connection, WORTH_IT).expect("made");
        let filter = Filter::read(connection).expect("one");
        assert!(!filter.is_wanted(WORTH_IT) && filter.may_hold(7) && filter.may_hold(-8i64 as u64));
        assert_eq!((filter.names.count(7), filter.names.count(1 << 40)), (Some(2), None));
        assert!((100..200).any(|value| !filter.may_hold(value)), "it tells something");
        // Who came later has a filter of their own, with the name wherever it is.
        assert!(!filter.may_be_newer(5 << 24) && !filter.may_be_newer(everywhere(5 << 24).1), "nobody came later");
        connection.execute_batch("insert into newer_person_keys values (5 << 24, 3)").expect("somebody later");
        let filter = Filter::read(connection).expect("one");
        assert!(filter.may_be_newer(5 << 24) && filter.may_be_newer(everywhere(5 << 24 | 7).1));
        assert!((100..200).any(|value| !filter.may_be_newer(value)), "it tells something");
        let many = "with recursive n (i) as (values (1) union all select i + 1 from n where i < ?1)
            insert into newer_person_keys select i, i from n";
        connection.execute(many, [FEW_NEWER as i64]).expect("many");
        assert!(Filter::read(connection).expect("none").may_be_newer(everywhere(9 << 24).1), "it may be anybody's");
        Filter::make(connection, WORTH_IT - 1).expect("given up");
        assert!(Filter::read(connection).expect("none").may_hold(100));
    }
}
