//! Which of two statements about one order counts, and what a file would change.

use super::batches::mall_of;
use super::content::{content_hash, coverage, fees_hash, key_of, rank_of_coverage, said_of_fees};
use super::digits::{order_number, order_numbers, written_order_number};
use super::orders::payment_of;
use super::stores::Stores;
use super::{Error, Ledger};
use crate::shop::{Mall, Moment, Order, Text};
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use rustc_hash::{FxHashMap, FxHashSet};

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

/// What an order's statements are found by.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OrderName {
    pub(super) store_id: i64,
    /// As it is kept.
    pub(super) number: Value,
}

impl OrderName {
    /// Of a row that begins with the two.
    pub(super) fn of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<OrderName> {
        Ok(OrderName { store_id: row.get(0)?, number: row.get(1)? })
    }

    /// Of the order with this key, and this number as its mall writes it; nothing when there is none.
    pub(super) fn of_key(connection: &Connection, key: i64, number: &str) -> Result<Option<OrderName>, Error> {
        let mut statement = connection.prepare_cached(
            "select distinct o.store_id, o.number, s.mall, s.account
             from stores s cross join order_rows o on o.store_id = s.store_id where o.number in (?1, ?2, ?3)",
        )?;
        let mut rows = statement.query(order_numbers(number))?;
        while let Some(row) = rows.next()? {
            let (mall, store) = (mall_of(row.get_ref(2)?.as_str().unwrap_or_default()), row.get_ref(3)?);
            let store = store.as_str().unwrap_or_default();
            let written = written_order_number(mall, store, row.get_ref(1)?)?;
            if key_of(mall, store, &written) == key {
                return Ok(Some(OrderName::of_row(row)?));
            }
        }
        Ok(None)
    }
}

/// The key of the first order of this number that is none of these.
pub(super) fn first_of_number(
    connection: &Connection,
    number: &str,
    separated: &FxHashSet<i64>,
) -> Result<Option<i64>, Error> {
    let mut statement = connection.prepare_cached(
        "select s.mall, s.account, o.number from stores s cross join order_rows o on o.store_id = s.store_id
         where o.number in (?1, ?2, ?3) and o.is_current = 1 order by o.order_id",
    )?;
    let mut rows = statement.query(order_numbers(number))?;
    while let Some(row) = rows.next()? {
        let (mall, store) = (mall_of(row.get_ref(0)?.as_str().unwrap_or_default()), row.get_ref(1)?);
        let store = store.as_str().unwrap_or_default();
        let key = key_of(mall, store, number);
        if written_order_number(mall, store, row.get_ref(2)?)? == number && !separated.contains(&key) {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

/// Orders one statement above another; the largest counts, whatever the order of imports.
///
/// An order of a mall that is gone stays gone, however little the export says that says so: this is final at every mall.
/// Else an export that says more wins; then, of an order of no mall, the one in the list that was saved later, for its
/// owner corrects it, a cancellation too; then the one in which the order is further on; then the one in the export that
/// states the newest moment of all its orders, which tells which was downloaded later; then, of lists of orders of a
/// mall, the one in the file that was saved later; then the order's own newest
/// moment (Yahoo empties it when it cancels, so it comes late); then the mall's status number; then how much is said
/// of payment and affiliate, which statements recorded by older programs never say. The content hash only makes the
/// rule total. Statements alike in all but payment and affiliate are as new as the newest of them: that one of them
/// says less of it is no news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub(super) is_gone_for_good: bool,
    /// As [`rank_of_coverage`] has it.
    pub(super) coverage: i64,
    /// [`super::NewBatch::saved_ms`] of an order of no mall; else 0.
    pub(super) own_saved_ms: i64,
    pub(super) phase: i64,
    pub(super) export_newest_at: i64,
    /// [`super::NewBatch::saved_ms`] of an order of a mall; else 0.
    pub(super) mall_saved_ms: i64,
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
            self.rank.own_saved_ms = self.rank.own_saved_ms.max(other.rank.own_saved_ms);
            self.rank.mall_saved_ms = self.rank.mall_saved_ms.max(other.rank.mall_saved_ms);
        }
        self
    }

    /// Of an order of a file that has not ended.
    fn of(order: &Order) -> Ranked {
        let rank = Rank {
            is_gone_for_good: order.phase() == Order::GONE && order.mall != Mall::Own,
            coverage: rank_of_coverage(coverage(order)),
            own_saved_ms: 0,
            phase: i64::from(order.phase()),
            export_newest_at: 0,
            mall_saved_ms: 0,
            order_newest_at: order.newest_at.0,
            status_code: i64::from(order.status_code),
            said_of_fees: said_of_fees(order.payment, order.affiliate),
            content_hash: content_hash(order),
        };
        Ranked { rank, bare_hash: rank.content_hash ^ fees_hash(order.payment, order.affiliate) }
    }
}

const RANKS_OF_ORDER: &str = include_str!("queries/ranks_of_order.sql");
/// The same of the statement that counts alone; none for an unknown order.
const RANK_OF_CURRENT: &str = concat!(include_str!("queries/ranks_of_order.sql"), " and o.is_current = 1");

/// Makes the highest-ranking statement of an order the one that counts; says whether what counts has changed.
pub(super) fn settle(connection: &Connection, order: &OrderName) -> Result<bool, Error> {
    let mut ranks = connection.prepare_cached(RANKS_OF_ORDER)?;
    let mut statements = ranks.query(params![order.store_id, order.number])?;
    let mut stated: Vec<(Ranked, i64)> = Vec::new();
    let mut stood: Option<(i64, i64)> = None;
    while let Some(row) = statements.next()? {
        let ranked = ranked_of_row(row)?;
        let order_id: i64 = row.get(10)?;
        if row.get::<_, bool>(11)? {
            stood = Some((order_id, ranked.rank.content_hash));
        }
        stated.push((ranked, order_id));
    }
    let as_new = |one: &Ranked| stated.iter().fold(*one, |one, (other, _)| one.as_new_as(other)).rank;
    let best = stated.iter().map(|(one, order_id)| (as_new(one), *order_id)).max_by_key(|(rank, _)| *rank);
    let Some((rank, order_id)) = best else { return Ok(stood.is_some()) };
    if stood.is_none_or(|(standing, _)| standing != order_id) {
        let mut choose = connection
            .prepare_cached("update order_rows set is_current = (order_id = ?2) where number = ?3 and store_id = ?1")?;
        choose.execute(params![order.store_id, order_id, order.number])?;
    }
    Ok(stood.is_none_or(|(_, content)| content != rank.content_hash))
}

/// An order of a file, and what it would be ranked by.
struct Stated {
    mall: Mall,
    store: Text,
    number: Text,
    ranked: Ranked,
}

/// Collects what recording a drop of files would change, without writing.
///
/// Files of one drop are compared in turn, each against the ledger with the earlier ones recorded.
#[derive(Default)]
pub struct Comparison {
    /// What would count after the files so far, where it differs from the ledger.
    ahead: FxHashMap<i64, Ranked>,
    /// Orders of the file at hand.
    file: Vec<Stated>,
}

impl Comparison {
    /// Takes one order of the file at hand.
    pub fn add(&mut self, order: &Order) {
        let (mall, store, number) = (order.mall, order.store.clone(), order.number.clone());
        self.file.push(Stated { mall, store, number, ranked: Ranked::of(order) });
    }

    /// Leaves the file at hand out: it will not be recorded.
    pub fn leave_file(&mut self) {
        self.file.clear();
    }

    /// Ends the file; `newest_at` is the newest moment it states, `saved_ms` as [`super::NewBatch`] has it. Answers new,
    /// updated, unchanged.
    pub fn end_file(&mut self, ledger: &Ledger, newest_at: Moment, saved_ms: i64) -> Result<super::Counts, Error> {
        let mut counts = super::Counts::default();
        let mut current = ledger.connection.prepare_cached(RANK_OF_CURRENT)?;
        let mut stores = Stores::default();
        for Stated { mall, store, number, ranked: mut stated } in self.file.drain(..) {
            let key = key_of(mall, &store, &number);
            stated.rank.export_newest_at = newest_at.0;
            (stated.rank.own_saved_ms, stated.rank.mall_saved_ms) = saved_of(mall == Mall::Own, saved_ms);
            let before = match self.ahead.get(&key) {
                Some(ranked) => Some(*ranked),
                None => match stores.id(&ledger.connection, mall, &store)? {
                    Some(store_id) => {
                        let number = order_number(mall, &store, &number);
                        optional(current.query_row(params![store_id, number], ranked_of_row))?
                    }
                    None => None,
                },
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

/// When the list was saved, for an order of no mall and for one of a mall.
fn saved_of(is_own: bool, saved_ms: i64) -> (i64, i64) {
    if is_own { (saved_ms, 0) } else { (0, saved_ms) }
}

fn ranked_of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Ranked> {
    let (payment, affiliate) = (payment_of(row, 7)?, row.get(8)?);
    let (phase, is_own): (i64, bool) = (row.get(1)?, row.get(9)?);
    let (own_saved_ms, mall_saved_ms) = saved_of(is_own, row.get(3)?);
    let rank = Rank {
        is_gone_for_good: phase == i64::from(Order::GONE) && !is_own,
        coverage: rank_of_coverage(row.get(0)?),
        own_saved_ms,
        phase,
        export_newest_at: row.get(2)?,
        mall_saved_ms,
        order_newest_at: row.get(4)?,
        status_code: row.get(5)?,
        said_of_fees: said_of_fees(payment, affiliate),
        content_hash: row.get(6)?,
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
