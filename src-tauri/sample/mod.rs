//! An invented shop of any size, written as the malls write their exports.
//!
//! Comes in: a number of orders and a seed. Goes out: the files an owner would have downloaded, the owner's cost
//! list, and the truth behind them. The same number and seed give the same bytes on the same build; there is no
//! clock, the last order day is 2026-10-31.
//!
//! Nobody in here lives: names are drawn from the country's common ones, town names, house numbers and products are
//! made up, and every telephone number begins after its prefix with a 0, which no line in Japan has.
//!
//! The model, in the order in which it is drawn:
//! 1. *People* (`people.rs`): why they come (use something up, look around, wait for events, send presents,
//!    subscribe), their own rate (gamma) and their own chance of never coming back (beta).
//! 2. *Lives* (`visits.rs`): a first day that follows growth, season and events; then visit after visit by what was
//!    used up, how much of it there was, or their own rate, until they stop or the history ends.
//! 3. *Orders* (`checkout.rs`): coupons, points, wrapping, postage, payment, parcels, cancellations, status by age.
//! 4. *Files* (`rakuten.rs`, `yahoo.rs`, `truth.rs`): those amounts and spellings in each mall's columns.
//!
//! Memory holds people and one small visit for each order; rows go straight to the files.

mod checkout;
mod dice;
mod events;
mod items;
mod names;
mod people;
mod rakuten;
mod sheet;
#[cfg(test)]
mod tests;
mod truth;
mod visits;
mod yahoo;

use crate::shop::{Day, Mall, Month};
use people::Person;
use std::io;
use std::path::{Path, PathBuf};
use visits::Visit;

/// Why the shop could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or the folder could not be written.
    #[error("cannot write the sample shop into {}", folder.display())]
    Write {
        /// Where.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Writes the shop into this folder, which is created if needed; files of the same names are replaced.
///
/// Answers the paths of `rakuten_orders.csv`, `yahoo_order.csv`, `yahoo_item.csv`, `item_costs.csv` and `truth.csv`,
/// in this order. `orders` is the exact number over both malls, about 70 % of it Rakuten's.
pub fn write(orders: u32, seed: u64, out: &Path) -> Result<Vec<PathBuf>, Error> {
    write_files(orders, seed, out).map_err(|source| Error::Write { folder: out.to_owned(), source })?;
    let names = [rakuten::FILE, yahoo::FILES[0], yahoo::FILES[1], truth::COSTS_FILE, truth::FILE];
    Ok(names.iter().map(|name| out.join(name)).collect())
}

fn write_files(orders: u32, seed: u64, out: &Path) -> io::Result<()> {
    std::fs::create_dir_all(out)?;
    let (people, visits) = invent(orders, seed);
    let (_, last) = history(orders);
    let mut rakuten = rakuten::create(out)?;
    let mut yahoo = yahoo::Pair::create(out)?;
    let mut truth = truth::create(out)?;
    let mut numbers = checkout::Numbers::default();
    for visit in &visits {
        let person = &people[visit.person as usize - 1];
        let head = &people[person.household() as usize - 1];
        let checkout = checkout::checkout(seed, visit, person, head, last, &mut numbers);
        match visit.mall {
            Mall::Rakuten => rakuten::write(&mut rakuten, &checkout)?,
            _ => yahoo.write(&checkout)?,
        }
        truth::write(&mut truth, &checkout)?;
    }
    rakuten.finish()?;
    yahoo.finish()?;
    truth.finish()?;
    truth::write_costs(out)
}

/// People, by number from 1, and their visits in order of time: exactly `orders` of them.
fn invent(orders: u32, seed: u64) -> (Vec<Person>, Vec<Visit>) {
    let wanted = orders as usize;
    let (first, last) = history(orders);
    let mut people: Vec<Person> = Vec::new();
    let mut all: Vec<Visit> = Vec::with_capacity(wanted + 400);
    while all.len() < wanted {
        let person = Person::new(seed, people.len() as u32 + 1, first, last);
        all.extend(match person.number {
            number if wanted >= 200 && number <= visits::cast_count() => visits::cast_visits(seed, &person, last),
            _ => visits::visits(seed, &person, first, last),
        });
        people.push(person);
    }
    // The last person's life is cut where the number is full.
    all.truncate(wanted);
    if let Some(newest) = all.iter_mut().max_by_key(|visit| (visit.at, visit.person))
        && newest.at.day() < last
        && !newest.is_split
    {
        newest.at.0 += i64::from(last - newest.at.day()) * 86_400;
    }
    all.sort_by_key(|visit| (visit.at, visit.person, visit.nth));
    (people, all)
}

/// First and last day of a history of this size.
fn history(orders: u32) -> (Day, Day) {
    let months = match orders {
        ..1_000 => 24,
        1_000..50_000 => 30,
        _ => 36,
    };
    let end = Month::from_ym(2026, 10).unwrap_or_default();
    (end.plus(1 - months).first(), end.last())
}
