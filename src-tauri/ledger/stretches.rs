//! Stretches of exports that are known again by their bytes, and the statements they are.

use super::Error;
use super::compare::{OrderName, optional};
use super::digits::Kept;
use super::recording::Recording;
use super::sightings::Sightings;
use crate::shop::{Moment, Stretch, StretchHash, Text};
use rusqlite::{Connection, params};

/// Statements by number: the first of a run and how many follow each other.
type Runs = Vec<(i64, i64)>;

/// The stretches of one file: those that are known, and what was recorded of the one at hand.
#[derive(Default)]
pub(super) struct Stretches {
    /// The ledger has none that another program read.
    is_read_alike: bool,
    /// As they were asked about.
    asked: Vec<Option<Known>>,
    /// The statements since the stretch at hand began, with the smallest and the largest number.
    at_hand: Option<Runs>,
    numbers: Option<(i64, i64)>,
}

struct Known {
    runs: Runs,
    numbers: (i64, i64),
}

impl Stretches {
    /// Forgets those that another program read, once for a recording.
    fn read_as(&mut self, connection: &Connection, reading: &str) -> Result<(), Error> {
        if !std::mem::replace(&mut self.is_read_alike, true) {
            read_as(connection, reading)?;
        }
        Ok(())
    }

    /// What is known of these.
    pub(super) fn known(
        &mut self,
        connection: &Connection,
        hashes: &[StretchHash],
    ) -> Result<Vec<Option<Stretch>>, Error> {
        let mut find = connection.prepare(
            "select orders, row_count, number_from, number_to, store, first_at, last_after, newest_after
             from stretches where stretch_hash = ?1",
        )?;
        let mut answers = Vec::with_capacity(hashes.len());
        self.asked = Vec::with_capacity(hashes.len());
        for hash in hashes {
            let found = optional(find.query_row(params![hash], |row| {
                let runs = unpacked(row.get_ref(0)?.as_blob()?);
                let first_at: i64 = row.get(5)?;
                let stretch = Stretch {
                    rows: row.get::<_, i64>(1)?.unsigned_abs(),
                    orders: runs.iter().map(|(_, count)| count.unsigned_abs()).sum(),
                    store: Text::from(row.get_ref(4)?.as_str()?),
                    first_at: Moment(first_at),
                    last_at: Moment(first_at + row.get::<_, i64>(6)?),
                    newest_at: Moment(first_at + row.get::<_, i64>(7)?),
                };
                Ok((Known { runs, numbers: (row.get(2)?, row.get(3)?) }, stretch))
            }))?;
            let is_sound = |(known, _): &(Known, Stretch)| known.runs.iter().all(is_sound) && !known.runs.is_empty();
            let (known, stretch) = found.filter(is_sound).unzip();
            self.asked.push(known);
            answers.push(stretch);
        }
        Ok(answers)
    }

    /// The stretch asked about at this place stands in the file: notes its statements as seen. Answers how many orders have
    /// no other statement, and the others.
    pub(super) fn repeat(
        &self,
        connection: &Connection,
        place: usize,
        sightings: &mut Sightings,
    ) -> Result<(u64, Vec<OrderName>), Error> {
        let Some(known) = self.asked.get(place).and_then(Option::as_ref) else { return Ok((0, Vec::new())) };
        known.runs.iter().for_each(|run| sightings.add_run(*run));
        let orders: i64 = known.runs.iter().map(|(_, count)| count).sum();
        let (from, to) = known.numbers;
        let any_superseded: bool = connection
            .prepare_cached(
                "select exists (select 1 from order_rows where is_current = 0 and number between ?1 and ?2)",
            )?
            .query_row([from, to], |row| row.get(0))?;
        let mut contested = Vec::new();
        if any_superseded {
            let mut of_run = connection.prepare_cached(
                "select o.store_id, o.number from order_rows o
                 where o.order_id between ?1 and ?2 and exists (
                    select 1 from order_rows s
                    where s.number = o.number and s.store_id = o.store_id and s.order_id <> o.order_id)",
            )?;
            for (first, count) in &known.runs {
                let names = of_run.query_map([*first, first + count - 1], OrderName::of_row)?;
                contested.extend(names.collect::<rusqlite::Result<Vec<_>>>()?);
            }
        }
        Ok((orders.unsigned_abs() - contested.len() as u64, contested))
    }

    /// What comes from here on is one stretch.
    pub(super) fn begin(&mut self) {
        (self.at_hand, self.numbers) = (Some(Runs::new()), None);
    }

    /// An order of the file, whose number is kept so, is this statement.
    pub(super) fn add(&mut self, order_id: i64, number: Kept<'_>) {
        let Some(runs) = &mut self.at_hand else { return };
        let Some(number) = number.whole() else {
            // What is not kept as a number is in no range of numbers.
            self.at_hand = None;
            return;
        };
        match runs.last_mut() {
            Some((first, count)) if *first + *count == order_id => *count += 1,
            _ => runs.push((order_id, 1)),
        }
        let (from, to) = self.numbers.unwrap_or((number, number));
        self.numbers = Some((from.min(number), to.max(number)));
    }

    /// The orders since `begin` were all of this stretch: it is kept as the batch's.
    pub(super) fn end(
        &mut self,
        connection: &Connection,
        batch_id: i64,
        (hash, stretch): (&StretchHash, &Stretch),
    ) -> Result<(), Error> {
        let (Some(runs), Some((from, to))) = (self.at_hand.take(), self.numbers) else { return Ok(()) };
        if runs.iter().map(|(_, count)| count.unsigned_abs()).sum::<u64>() != stretch.orders {
            return Ok(());
        }
        connection
            .prepare_cached(
                "insert or ignore into stretches (stretch_hash, batch_id, orders, row_count, number_from, number_to,
                    store, first_at, last_after, newest_after) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                hash,
                batch_id,
                packed(&runs),
                stretch.rows as i64,
                from,
                to,
                stretch.store.as_str(),
                stretch.first_at.0,
                stretch.last_at.0 - stretch.first_at.0,
                stretch.newest_at.0 - stretch.first_at.0
            ])?;
        Ok(())
    }
}

impl Recording<'_> {
    /// Whether stretches of the file are worth looking for: a hash of rows is one of names, so without those none is kept.
    pub fn keeps_stretches(&self) -> bool {
        !self.is_nameless
    }

    /// What is known of these stretches of the file; `reading` names how this program reads files.
    pub fn known(&mut self, reading: &str, stretches: &[StretchHash]) -> Result<Vec<Option<Stretch>>, Error> {
        self.stretches.read_as(self.connection, reading)?;
        self.stretches.known(self.connection, stretches)
    }

    /// Takes the stretch at this place of [`Recording::known`] as the file's: each of its orders comes at most once too.
    pub fn repeat(&mut self, place: usize) -> Result<(), Error> {
        let (unchanged, contested) = self.stretches.repeat(self.connection, place, &mut self.sightings)?;
        self.counts.orders_unchanged += unchanged;
        self.contested.extend(contested);
        Ok(())
    }

    /// What is added from here on is one stretch; `reading` as for [`Recording::known`].
    pub fn begin_stretch(&mut self, reading: &str) -> Result<(), Error> {
        self.stretches.read_as(self.connection, reading)?;
        self.stretches.begin();
        Ok(())
    }

    /// What has been added since was all of this stretch.
    pub fn end_stretch(&mut self, hash: &StretchHash, stretch: &Stretch) -> Result<(), Error> {
        self.stretches.end(self.connection, self.batch_id, (hash, stretch))
    }
}

/// Whether a run may be one: a damaged ledger may hold any numbers.
fn is_sound((first, count): &(i64, i64)) -> bool {
    const MOST: i64 = 1 << 20;
    (1..=i64::MAX - MOST).contains(first) && (1..=MOST).contains(count)
}

/// Forgets stretches that were read by a program which may read the same bytes otherwise.
pub(super) fn read_as(connection: &Connection, reading: &str) -> Result<(), Error> {
    if connection.execute("update stretch_reading set reading = ?1 where reading <> ?1", [reading])? > 0 {
        connection.execute("delete from stretches", [])?;
    }
    Ok(())
}

/// Takes back what the batch was the first to hold. The statements of the others stay: their batches say them.
pub(super) fn forget(connection: &Connection, batch_id: i64) -> Result<(), Error> {
    connection.execute("delete from stretches where batch_id = ?1", [batch_id])?;
    Ok(())
}

/// Each run as its distance from the end of the one before, twice, odd where it lies before that, and its length; seven
/// bits to a byte, the highest says that more follow.
fn packed(runs: &[(i64, i64)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut end = 0;
    for (first, count) in runs {
        let away = first - end;
        for mut number in [((away << 1) ^ (away >> 63)) as u64, *count as u64] {
            while number >= 128 {
                bytes.push(number as u8 | 128);
                number >>= 7;
            }
            bytes.push(number as u8);
        }
        end = first + count;
    }
    bytes
}

/// The runs again; none of what is damaged.
fn unpacked(bytes: &[u8]) -> Runs {
    let mut numbers = Vec::new();
    let (mut number, mut shift) = (0u64, 0);
    for byte in bytes {
        number |= u64::from(byte & 127).checked_shl(shift).unwrap_or(0);
        shift += 7;
        if byte & 128 == 0 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    let mut end = 0i64;
    let runs = numbers.chunks_exact(2).map(|pair| {
        let away = (pair[0] >> 1) as i64 ^ -((pair[0] & 1) as i64);
        let run = (end.wrapping_add(away), pair[1] as i64);
        end = run.0.wrapping_add(run.1);
        run
    });
    runs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_read_as_they_were_written() {
        // Forwards, side by side, backwards, far away.
        let runs = vec![(1, 31), (40, 1), (41, 200), (7, 3), (1 << 40, 128)];
        assert_eq!(unpacked(&packed(&runs)), runs);
        assert_eq!(packed(&[(1, 31)]), [2, 31], "one forwards, thirty-one of them");
        assert_eq!(packed(&[(5, 1), (3, 1)]), [10, 1, 5, 1], "from 6 back to 3 is three: 2 × 3 - 1");
        assert_eq!(unpacked(&[]), []);
    }
}
