//! Recording the rows of a file without orders: one transaction, complete or not at all.

use super::batches::{NewBatch, insert_files};
use super::compare::optional;
use super::everything_beside::is_own;
use super::privacy::is_nameless;
use super::{Error, Ledger, brought, campaigns, favourites, fees, item_categories, item_costs, mall_counts, reviews};
use crate::shop::beside::Review;
use crate::shop::said::Said;
use crate::shop::{Beside, Mall};
use rusqlite::{Transaction, TransactionBehavior, params};
use rustc_hash::FxHashMap;
use std::mem::{Discriminant, discriminant};
use xxhash_rust::xxh3::xxh3_64;

/// Rows of a file by what they do to what counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BesideCounts {
    /// About something the ledger does not have.
    pub new: u64,
    /// They say otherwise than what counts now.
    pub changed: u64,
    /// They say what counts now.
    pub unchanged: u64,
}

/// Where a row of one of the side tables stands, and what tells it from others.
pub(super) struct Place {
    pub(super) batch_id: i64,
    pub(super) row: i64,
    pub(super) key: i64,
    pub(super) content: i64,
}

impl Ledger {
    /// What recording these rows would do; writes nothing. What Otokui wrote out is compared with what it would write
    /// out now, everything else with the newest row about the same thing.
    pub fn compare_beside(&self, profile: &str, entries: &[(u64, Beside)]) -> Result<BesideCounts, Error> {
        let mut counts = BesideCounts::default();
        if is_own(profile) {
            let mut all_said: Vec<Said> = entries.iter().filter_map(|(_, entry)| said_of(entry)).cloned().collect();
            let said = self.said_by_key(&mut all_said)?;
            let mut all_said = all_said.iter();
            let now: FxHashMap<_, Beside> =
                self.everything_beside()?.entries().map(|entry| (kind_and_key(&entry), entry)).collect();
            for (_, entry) in entries {
                if said_of(entry).is_some()
                    && let Some(new) = all_said.next()
                {
                    match said.get(&new.key()) {
                        None => counts.new += 1,
                        // Of what the owner has said here the export changes nothing.
                        Some((stands, is_brought)) if *is_brought && !new.says_the_same(stands) => counts.changed += 1,
                        Some(_) => counts.unchanged += 1,
                    }
                    continue;
                }
                match now.get(&kind_and_key(entry)) {
                    None => counts.new += 1,
                    Some(stands) if says_no_more(entry, stands) => counts.unchanged += 1,
                    Some(_) => counts.changed += 1,
                }
            }
            return Ok(counts);
        }
        for (_, entry) in entries {
            let stands: Option<i64> = optional(
                self.connection.prepare_cached(current_content(entry))?.query_row([key_hash(entry)], |row| row.get(0)),
            )?;
            match stands {
                None => counts.new += 1,
                Some(content) if content == content_hash(entry) => counts.unchanged += 1,
                Some(_) => counts.changed += 1,
            }
        }
        Ok(counts)
    }

    /// Records the rows as one batch; answers its number and what became of them.
    pub fn record_beside(
        &mut self,
        profile: &str,
        mall: Mall,
        entries: &[(u64, Beside)],
        batch: &NewBatch,
    ) -> Result<(i64, BesideCounts), Error> {
        let counts = self.compare_beside(profile, entries)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "insert into batches (profile, mall, recorded_at, first_at, last_at, newest_at, orders_new,
                orders_updated, orders_unchanged, entries) values (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0, ?7)",
            params![
                profile,
                mall.word(),
                batch.recorded_at.0,
                batch.first_at.map(|at| at.0),
                batch.last_at.map(|at| at.0),
                batch.newest_at.0,
                entries.len() as i64
            ],
        )?;
        let batch_id = transaction.last_insert_rowid();
        let keeps_names = !is_nameless(&transaction)?;
        for (row, entry) in entries {
            if !keeps_names && entry.has_buyers_words() {
                return Err(Error::Names);
            }
            let place = Place { batch_id, row: *row as i64, key: key_hash(entry), content: content_hash(entry) };
            insert(&transaction, &place, entry)?;
        }
        if entries.iter().any(|(_, entry)| matches!(entry, Beside::Said(_))) {
            brought::settle(&transaction)?;
        }
        insert_files(&transaction, batch_id, &batch.files)?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        transaction.commit()?;
        Ok((batch_id, counts))
    }
}

fn insert(transaction: &Transaction<'_>, place: &Place, entry: &Beside) -> Result<(), Error> {
    match entry {
        Beside::ItemCost(cost) => item_costs::insert(transaction, place, cost),
        Beside::CatalogueItem(item) => item_categories::insert(transaction, place, item),
        Beside::Review(review) => reviews::insert(transaction, place, review),
        Beside::Campaign(campaign) => campaigns::insert(transaction, place, campaign),
        Beside::MallCount(count) => mall_counts::insert(transaction, place, count),
        Beside::Fee(fee) => fees::insert(transaction, place, fee),
        Beside::Favourite(favourite) => favourites::insert(transaction, place, favourite),
        Beside::Said(said) => brought::insert(transaction, place, said),
    }
}

fn current_content(entry: &Beside) -> &'static str {
    match entry {
        Beside::ItemCost(_) => {
            "select content_hash from item_costs where entry_key = ?1 order by batch_id desc limit 1"
        }
        Beside::CatalogueItem(_) => {
            "select content_hash from item_categories where entry_key = ?1 order by batch_id desc limit 1"
        }
        Beside::Review(_) => "select content_hash from reviews where entry_key = ?1 order by batch_id desc limit 1",
        Beside::Campaign(_) => "select content_hash from campaigns where entry_key = ?1 order by batch_id desc limit 1",
        Beside::MallCount(_) => {
            "select content_hash from mall_counts where entry_key = ?1 order by batch_id desc limit 1"
        }
        Beside::Fee(_) => "select content_hash from fees where entry_key = ?1 order by batch_id desc limit 1",
        Beside::Favourite(_) => {
            "select content_hash from favourites where entry_key = ?1 order by batch_id desc limit 1"
        }
        Beside::Said(_) => "select content_hash from brought where entry_key = ?1 order by batch_id desc limit 1",
    }
}

fn said_of(entry: &Beside) -> Option<&Said> {
    match entry {
        Beside::Said(said) => Some(said),
        _ => None,
    }
}

fn kind_and_key(entry: &Beside) -> (Discriminant<Beside>, String) {
    (discriminant(entry), entry.key())
}

/// Whether an entry of an own export says what stands; a review written out without its text says it too.
fn says_no_more(entry: &Beside, stands: &Beside) -> bool {
    match (entry, stands) {
        (Beside::Review(said), Beside::Review(stands)) if said.title.is_empty() && said.body.is_empty() => {
            let bare = Review { title: String::new(), body: String::new(), ..stands.clone() };
            *said == bare
        }
        _ => entry == stands,
    }
}

fn key_hash(entry: &Beside) -> i64 {
    hash_of_key(&entry.key())
}

/// What a thing is found by among the rows about it.
pub(super) fn hash_of_key(key: &str) -> i64 {
    xxh3_64(key.as_bytes()) as i64
}

fn content_hash(entry: &Beside) -> i64 {
    // Plain values always have a JSON form; the debug form would change with the compiler.
    xxh3_64(serde_json::to_string(entry).unwrap_or_default().as_bytes()) as i64
}
