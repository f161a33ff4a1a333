//! Which of two statements about one order counts, and what a file would change.

use super::content::{content_hash, coverage, fees_hash, order_key, said_of_fees};
use super::orders::payment_of;
use super::{Error, Ledger};
use crate::shop::{Moment, Order};
use rusqlite::Connection;
use rustc_hash::FxHashMap;

/// What a file does to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The ledger does not have it.
    New,
    /// What counts changes.
    Updated,
    /// What counts stays.
    Unchanged,
}

/// Orders one statement above another; the largest counts, whatever the order of imports.
///
/// An export that says more wins; then the one in which the order is further on; then the one in the export that
/// states the newest moment of all its orders, which tells which was downloaded later; then the order's own newest
/// moment (Yahoo empties it when it cancels, so it comes late); then the mall's status number; then how much is said
/// of payment and affiliate, which statements recorded by older programs never say. The content hash only makes the
/// rule total. Statements alike in all but payment and affiliate are as new as the newest of them: that one of them
/// says less of it is no news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub(super) coverage: i64,
    pub(super) phase: i64,
    pub(super) export_newest_at: i64,
    pub(super) order_newest_at: i64,
    pub(super) status_code: i64,
    pub(super) said_of_fees: i64,
    pub(super) content_hash: i64,
}

/// A rank, and the hash of all that is said but payment and affiliate.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    rank: Rank,
    bare_hash: i64,
}

impl Ranked {
    /// Both are as new as the newer one where they are alike but for payment and affiliate.
    fn as_new_as(mut self, other: &Ranked) -> Ranked {
        if self.bare_hash == other.bare_hash {
            self.rank.export_newest_at = self.rank.export_newest_at.max(other.rank.export_newest_at);
        }
        self
    }

    fn of(order: &Order, export_newest_at: i64) -> Ranked {
        let rank = Rank {
            coverage: coverage(order),
            phase: i64::from(order.phase()),
            export_newest_at,
            order_newest_at: order.newest_at.0,
            status_code: i64::from(order.status_code),
            said_of_fees: said_of_fees(order.payment, order.affiliate),
            content_hash: content_hash(order),
        };
        Ranked { rank, bare_hash: rank.content_hash ^ fees_hash(order.payment, order.affiliate) }
    }
}

const RANK_OF_CURRENT: &str = include_str!("queries/rank_of_current.sql");
const RANKS_OF_ORDER: &str = include_str!("queries/ranks_of_order.sql");

/// Makes the highest-ranking statement of an order the one that counts; says whether what counts has changed.
pub(super) fn settle(connection: &Connection, order_key: i64) -> Result<bool, Error> {
    let mut ranks = connection.prepare_cached(RANKS_OF_ORDER)?;
    let mut statements = ranks.query([order_key])?;
    let mut stated: Vec<(Ranked, i64)> = Vec::new();
    let mut stood: Option<(i64, i64)> = None;
    while let Some(row) = statements.next()? {
        let ranked = ranked_of_row(row)?;
        let order_id: i64 = row.get(8)?;
        if row.get::<_, bool>(9)? {
            stood = Some((order_id, ranked.rank.content_hash));
        }
        stated.push((ranked, order_id));
    }
    let as_new = |one: &Ranked| stated.iter().fold(*one, |one, (other, _)| one.as_new_as(other)).rank;
    let best = stated.iter().map(|(one, order_id)| (as_new(one), *order_id)).max_by_key(|(rank, _)| *rank);
    let Some((rank, order_id)) = best else { return Ok(stood.is_some()) };
    if stood.is_none_or(|(standing, _)| standing != order_id) {
        let mut choose =
            connection.prepare_cached("update orders set is_current = (order_id = ?2) where order_key = ?1")?;
        choose.execute([order_key, order_id])?;
    }
    Ok(stood.is_none_or(|(_, content)| content != rank.content_hash))
}

/// Collects what recording a drop of files would change, without writing.
///
/// Files of one drop are compared in turn, each against the ledger with the earlier ones recorded.
#[derive(Default)]
pub struct Comparison {
    /// What would count after the files so far, where it differs from the ledger.
    ahead: FxHashMap<i64, Ranked>,
    /// Orders of the file at hand.
    file: Vec<(i64, Ranked)>,
}

impl Comparison {
    /// Takes one order of the file at hand.
    pub fn add(&mut self, order: &Order) {
        self.file.push((order_key(order), Ranked::of(order, 0)));
    }

    /// Leaves the file at hand out: it will not be recorded.
    pub fn leave_file(&mut self) {
        self.file.clear();
    }

    /// Ends the file; `newest_at` is the newest moment it states. Answers new, updated, unchanged.
    pub fn end_file(&mut self, ledger: &Ledger, newest_at: Moment) -> Result<super::Counts, Error> {
        let mut counts = super::Counts::default();
        let mut current = ledger.connection.prepare_cached(RANK_OF_CURRENT)?;
        // An empty ledger need not be asked for each of a hundred thousand orders.
        let knows_any: bool =
            ledger.connection.query_row("select exists (select 1 from orders)", [], |row| row.get(0))?;
        for (key, mut stated) in self.file.drain(..) {
            stated.rank.export_newest_at = newest_at.0;
            let before = match self.ahead.get(&key) {
                Some(ranked) => Some(*ranked),
                None if !knows_any => None,
                None => optional(current.query_row([key], ranked_of_row))?,
            };
            let outcome = match before {
                None => {
                    self.ahead.insert(key, stated);
                    Outcome::New
                }
                Some(before) => {
                    let (rank, stands) = (stated.as_new_as(&before).rank, before.as_new_as(&stated));
                    if rank > stands.rank {
                        self.ahead.insert(key, Ranked { rank, ..stated });
                    } else if stands.rank != before.rank {
                        self.ahead.insert(key, stands);
                    }
                    let is_news = rank > stands.rank && rank.content_hash != stands.rank.content_hash;
                    if is_news { Outcome::Updated } else { Outcome::Unchanged }
                }
            };
            counts.add(outcome);
        }
        Ok(counts)
    }
}

fn ranked_of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Ranked> {
    let (payment, affiliate) = (payment_of(row, 6)?, row.get(7)?);
    let rank = Rank {
        coverage: row.get(0)?,
        phase: row.get(1)?,
        export_newest_at: row.get(2)?,
        order_newest_at: row.get(3)?,
        status_code: row.get(4)?,
        said_of_fees: said_of_fees(payment, affiliate),
        content_hash: row.get(5)?,
    };
    Ok(Ranked { rank, bare_hash: rank.content_hash ^ fees_hash(payment, affiliate) })
}

/// No row is no failure.
pub(super) fn optional<T>(answer: rusqlite::Result<T>) -> rusqlite::Result<Option<T>> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
        Err(error) => Err(error),
    }
}
