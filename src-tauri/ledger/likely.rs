//! Pairs that may be one person, for the owner to decide about.

use super::batches::mall_of;
use super::people::buyer_of_row;
use super::{DecisionKind, Error, Ledger};
use crate::shop::{Buyer, CustomerId, Mall};
use rustc_hash::{FxHashMap, FxHashSet};

/// Two customers who may be one, and the two ways of writing that speak most for it.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct StoredPair {
    /// The smaller number.
    pub a: CustomerId,
    pub b: CustomerId,
    /// log2 of the odds.
    pub score: f64,
    pub left: Buyer,
    pub left_mall: Mall,
    pub right: Buyer,
    pub right_mall: Mall,
}

/// Customers of a pair with its score and, for reading the rest, the two people.
struct Found {
    a: i64,
    b: i64,
    score: f64,
    people: (i64, i64),
}

impl Ledger {
    /// Pairs the owner has not decided about, by score, the highest first; each pair of customers once.
    pub fn likely_pairs(&self) -> Result<Vec<StoredPair>, Error> {
        let mut of_person = self.connection.prepare_cached(include_str!("queries/buyers_of_person.sql"))?;
        let mut first = |person: i64| -> Result<(Buyer, Mall), Error> {
            let mut rows = of_person.query([person])?;
            match rows.next()? {
                Some(row) => Ok((buyer_of_row(row)?, mall_of(row.get_ref(3)?.as_str().unwrap_or_default()))),
                None => Ok((Buyer::default(), Mall::Own)),
            }
        };
        let mut pairs = Vec::new();
        for found in self.found_pairs()? {
            let ((left, left_mall), (right, right_mall)) = (first(found.people.0)?, first(found.people.1)?);
            let (a, b) = (CustomerId(found.a), CustomerId(found.b));
            pairs.push(StoredPair { a, b, score: found.score, left, left_mall, right, right_mall });
        }
        Ok(pairs)
    }

    /// The two customers of every such pair, the same pairs in the same order.
    pub fn likely_customers(&self) -> Result<Vec<(CustomerId, CustomerId)>, Error> {
        Ok(self.found_pairs()?.into_iter().map(|found| (CustomerId(found.a), CustomerId(found.b))).collect())
    }

    fn found_pairs(&self) -> Result<Vec<Found>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/likely_pairs.sql"))?;
        let mut best: FxHashMap<(i64, i64), Found> = FxHashMap::default();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (x, y): (i64, i64) = (row.get(0)?, row.get(1)?);
            let (p, q): (i64, i64) = (row.get(2)?, row.get(3)?);
            let score: f64 = row.get(4)?;
            let (a, b, people) = if x < y { (x, y, (p, q)) } else { (y, x, (q, p)) };
            // Rows come by score: the first of a pair is its best.
            best.entry((a, b)).or_insert(Found { a, b, score, people });
        }
        let mut apart = FxHashSet::default();
        for decision in self.decisions()?.iter().filter(|decision| decision.kind == DecisionKind::Apart) {
            for left in &decision.customers[0] {
                for right in &decision.customers[1] {
                    apart.insert((left.0.min(right.0), left.0.max(right.0)));
                }
            }
        }
        let mut found: Vec<Found> = best.into_values().filter(|found| !apart.contains(&(found.a, found.b))).collect();
        found.sort_unstable_by(|x, y| y.score.total_cmp(&x.score).then_with(|| (x.a, x.b).cmp(&(y.a, y.b))));
        Ok(found)
    }
}
