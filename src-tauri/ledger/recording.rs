//! Recording the files of a drop: one transaction, each file complete or not at all. Who is who is decided once, when all
//! of them are written.

use super::buyers::Buyers;
use super::compare::{OrderName, Outcome};
use super::content::{full_kana, kept_parcels};
use super::digits::{self, Kept, order_number};
use super::indexes::{SetAside, set_aside};
use super::latest::Latest;
use super::privacy::is_nameless;
use super::products::Products;
use super::recorded_files::Before;
use super::rows::Rows;
use super::sightings::Sightings;
use super::stated::{Stated, Stating};
use super::stoppable::Stoppable;
use super::stores::Stores;
use super::stretches::Stretches;
use super::unguarded::Unguarded;
use super::words::Words;
use super::{Error, Ledger};
use crate::shop::{Order, OrderStatus};
use rusqlite::types::Value;
use rusqlite::{Connection, Statement, Transaction, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Orders of a file by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The ledger did not have them.
    pub orders_new: u64,
    /// What counts has changed.
    pub orders_updated: u64,
    /// What counts has not changed.
    pub orders_unchanged: u64,
}

impl Counts {
    pub(super) fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::New => self.orders_new += 1,
            Outcome::Updated => self.orders_updated += 1,
            Outcome::Unchanged => self.orders_unchanged += 1,
        }
    }
}

/// A running import of one file or several. Dropped without [`Recording::finish`], it never happened.
pub struct Recording<'l> {
    // Dropped in this order: the statements, what may stop them, the transaction, and then references are checked again.
    pub(super) statements: Statements<'l>,
    stoppable: Option<Stoppable<'l>>,
    pub(super) transaction: Transaction<'l>,
    pub(super) connection: &'l Connection,
    _unguarded: Unguarded<'l>,
    pub(super) next_order_id: i64,
    /// The ledger had no orders: of the first file none can be known, and the indexes wait.
    is_first: bool,
    /// Keys of all orders so far, where none but those of this recording can be known.
    pub(super) met: Option<FxHashSet<i64>>,
    pub(super) indexes: Option<SetAside>,
    pub(super) buyers: Buyers<'l>,
    pub(super) products: Products,
    pub(super) words: Words,
    /// Only orders without names are taken.
    pub(super) is_nameless: bool,
    /// There may be other files, which stay when one is left out.
    pub(super) is_of_several: bool,
    pub(super) any_recorded: bool,
    /// Of the file at hand.
    pub(super) batch_id: i64,
    pub(super) before: Before,
    pub(super) stores: Stores,
    pub(super) latest: Latest,
    pub(super) contested: Vec<OrderName>,
    pub(super) sightings: Sightings,
    pub(super) stretches: Stretches,
    pub(super) counts: Counts,
}

/// What runs for every order.
pub(super) struct Statements<'l> {
    known: Statement<'l>,
    /// Each written at once: the next one may be the same order.
    order: Rows<'l>,
    pub(super) lines: Rows<'l>,
    parcel: Statement<'l>,
}

/// Orders after those of the first import are numbered from here on. Whose they are is written into an index of their own: the
/// buyers of a few days would touch every page of the other one. A number of queries say so, and the indexes.
const LATER: i64 = 1 << 30;

const INSERT_ORDER: &str = "
    insert or fail into order_rows (order_id, store_id, number, content_hash, is_current, is_set_apart, batch_id, buyer_id,
        ordered_at, newest_after, state_id, goods, shop_coupon, shop_discount, refund, mall_coupon, points_used, gift_card,
        postage_charged, billed_besides, parent_number)";
const INSERT_LINE: &str = "
    insert or fail into order_lines (order_id, position, line_key, ship_to_key, product_id, quantity, unit_price,
        tax_permille, point_multiplier)";
/// Lines are written so many at once.
const LINES: usize = 8;
const INSERT_PARCEL: &str = "
    insert into parcel_rows (order_id, position, ship_to_key, same_as_buyer, postage, place_id, postal_code, phone,
        recipient_name, recipient_kana, street)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

impl Ledger {
    /// Begins an import of at most so many files.
    pub fn record(&mut self, files: usize) -> Result<Recording<'_>, Error> {
        let connection = &self.connection;
        let is_empty = "select not exists (select 1 from order_rows) and not exists (select 1 from buyer_rows)";
        let unguarded = Unguarded::begin(connection, connection.query_row(is_empty, [], |row| row.get(0))?)?;
        // `&mut self` says that there is no other transaction.
        let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let last_order_id: i64 =
            transaction.query_row("select coalesce(max(order_id), 0) from order_rows", [], |row| row.get(0))?;
        let buyers = Buyers::new(connection)?;
        let (is_first, is_of_several) = (last_order_id == 0, files > 1);
        let indexes = match is_first && buyers.is_first {
            true => Some(set_aside(connection, is_of_several)?),
            false => None,
        };
        Ok(Recording {
            statements: Statements {
                known: connection.prepare(
                    "select order_id, content_hash, buyer_id from order_rows where number = ?2 and store_id = ?1",
                )?,
                order: Rows::new(connection, INSERT_ORDER, 21, 1)?,
                lines: Rows::new(connection, INSERT_LINE, 9, LINES)?,
                parcel: connection.prepare(INSERT_PARCEL)?,
            },
            stoppable: None,
            transaction,
            connection,
            _unguarded: unguarded,
            next_order_id: if is_first { 1 } else { LATER.max(last_order_id + 1) },
            is_first,
            met: (is_first && is_of_several).then(FxHashSet::default),
            indexes,
            buyers,
            products: Products::default(),
            words: Words::default(),
            is_nameless: is_nameless(connection)?,
            is_of_several,
            any_recorded: false,
            batch_id: 0,
            before: Before::default(),
            stores: Stores::default(),
            latest: Latest::default(),
            contested: Vec::new(),
            sightings: Sightings::default(),
            stretches: Stretches::default(),
            counts: Counts::default(),
        })
    }
}

impl<'l> Recording<'l> {
    /// From now on it fails with [`Error::Stopped`] once `stop` is true, at whatever it is.
    pub fn stop_with(&mut self, stop: Arc<AtomicBool>) -> Result<(), Error> {
        self.stoppable = Some(Stoppable::new(self.connection, stop)?);
        Ok(())
    }

    /// Whether the ledger had no orders, and no file is recorded so far.
    pub fn is_untouched(&self) -> bool {
        self.is_first && !self.any_recorded
    }

    /// What makes of the orders of all files what [`Recording::add`] takes, on any thread.
    pub fn stating(&self) -> Stating {
        Stating { met: self.buyers.counts_all().then(FxHashMap::default) }
    }

    /// The journal it is written with.
    #[cfg(test)]
    pub(super) fn journal(&self) -> String {
        self.transaction.pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("a pragma")
    }

    /// Takes one complete order; an order comes at most once in a file.
    pub fn add(&mut self, stated: &Stated) -> Result<(), Error> {
        let Stated { ref order, content, .. } = *stated;
        if self.is_nameless != order.keyed.is_some() {
            return Err(Error::Names);
        }
        let mut statements = 0;
        let mut same = None;
        let may_be_known = match &mut self.met {
            Some(met) => !met.insert(stated.key),
            None => !self.is_first,
        };
        let store_id = if may_be_known { self.stores.id(self.connection, order.mall, &order.store)? } else { None };
        let number = order_number(order.mall, &order.store, &order.number);
        let may_be_there = match store_id {
            Some(store_id) => self.latest.may_hold(self.connection, store_id, &number)?,
            None => false,
        };
        if may_be_there {
            let mut rows = self.statements.known.query(params![store_id, number])?;
            while let Some(row) = rows.next()? {
                statements += 1;
                if row.get::<_, i64>(1)? == content {
                    same = Some((row.get::<_, i64>(0)?, row.get::<_, i64>(2)?));
                }
            }
        }
        let (known, said_before) = (statements > 0, same.is_some());
        match same {
            Some((order_id, buyer_id)) => {
                self.buyers.give_key(buyer_id, order);
                self.sightings.add(order_id);
                self.stretches.add(order_id, number);
            }
            None => self.insert(stated, number, !known)?,
        }
        match store_id {
            _ if !known => self.counts.orders_new += 1,
            // The only statement there is counts, whoever repeats it.
            _ if said_before && statements == 1 => self.counts.orders_unchanged += 1,
            Some(store_id) => self.contested.push(OrderName { store_id, number: number.value() }),
            None => {}
        }
        Ok(())
    }

    /// Writes the statement down; `number` is how its order's is kept.
    fn insert(&mut self, stated: &Stated, number: Kept<'_>, is_current: bool) -> Result<(), Error> {
        let transaction = &self.transaction;
        let buyer_id = self.buyers.id(transaction, &mut self.words, stated)?;
        let Stated { ref order, content, ref products, .. } = *stated;
        let store_id = self.stores.made(transaction, order.mall, &order.store)?;
        let state_id = self.words.state(transaction, order)?;
        let is_set_apart = order.provisional || matches!(order.status, OrderStatus::Cancelled | OrderStatus::Returned);
        self.buyers.give_key(buyer_id, order);
        let order_id = self.next_order_id;
        self.next_order_id += 1;
        self.stretches.add(order_id, number);
        let goods = checked_goods(order).ok_or(Error::OutOfRange)?;
        let parent = order.parent_number.as_ref().map(|parent| order_number(order.mall, &order.store, parent));
        self.statements.order.add([
            order_id.into(),
            store_id.into(),
            number.value(),
            content.into(),
            is_current.into(),
            is_set_apart.into(),
            self.batch_id.into(),
            buyer_id.into(),
            order.ordered_at.0.into(),
            (order.newest_at.0 - order.ordered_at.0).into(),
            state_id.into(),
            goods.into(),
            order.shop_coupon.0.into(),
            order.shop_discount.0.into(),
            order.refund.0.into(),
            order.mall_coupon.0.into(),
            order.points_used.0.into(),
            order.gift_card.0.into(),
            order.postage_charged.0.into(),
            order.billed.map(|yen| yen.0 - expected_bill(order, goods)).into(),
            parent.map_or(Value::Null, Kept::value),
        ])?;
        for (position, (line, product)) in order.lines.iter().zip(products).enumerate() {
            let product_id = self.products.id(transaction, order.mall, line, *product)?;
            self.statements.lines.add([
                order_id.into(),
                (position as i64).into(),
                id(&line.line_key),
                id(&line.ship_to_key),
                product_id.into(),
                line.quantity.into(),
                line.unit_price.0.into(),
                line.tax_permille.map_or(Value::Null, |permille| i64::from(permille).into()),
                i64::from(line.point_multiplier).into(),
            ])?;
        }
        for (position, parcel) in kept_parcels(order).iter().enumerate() {
            let to = &parcel.recipient;
            self.statements.parcel.execute(params![
                order_id,
                position as i64,
                id(&parcel.ship_to_key),
                parcel.same_as_buyer,
                parcel.postage.0,
                self.words.place(transaction, order.mall, &to.prefecture, &to.city)?,
                digits::postal_code(&to.postal_code),
                digits::phone(&to.phone),
                to.full_name(),
                full_kana(to),
                to.street.as_str()
            ])?;
        }
        Ok(())
    }
}

/// An id of a mall: kept as a number where it is one, which takes half the room.
fn id(text: &str) -> Value {
    whole(text).map_or_else(|| Value::Text(text.to_owned()), Value::Integer)
}

/// The number a text is, when the number written out is the text again.
fn whole(text: &str) -> Option<i64> {
    let is_plain = (1..16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain && (text == "0" || !text.starts_with('0')) { text.parse().ok() } else { None }
}

/// Σ unit price × quantity, unless it leaves the range that sums of a whole shop stay within.
fn checked_goods(order: &Order) -> Option<i64> {
    const LARGEST: i64 = 1_000_000_000_000;
    let mut sum: i64 = 0;
    for line in &order.lines {
        sum = sum.checked_add(line.unit_price.0.checked_mul(line.quantity)?)?;
    }
    (sum.abs() <= LARGEST).then_some(sum)
}

/// What follows from the other amounts of an order that the buyer still pays: most exports say just that.
fn expected_bill(order: &Order, goods: i64) -> i64 {
    let less = [order.shop_coupon, order.shop_discount, order.mall_coupon, order.points_used, order.gift_card];
    let more = [order.postage_charged, order.cod_charged, order.wrapping_charged];
    goods - less.iter().map(|yen| yen.0).sum::<i64>() + more.iter().map(|yen| yen.0).sum::<i64>()
}
