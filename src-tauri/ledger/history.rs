//! Everything that counts as a sale, read once, order by order.

use super::batches::mall_of;
use super::content::key_of;
use super::digits::written_order_number;
use super::orders::payment_of;
use super::{DraftMemory, Error, Ledger};
use crate::shop::{CustomerId, Mall, Moment, Payment, Yen};
use rusqlite::OpenFlags;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

const LINES: &str = include_str!("queries/sale_lines.sql");

/// Lines that are handed from thread to thread together.
const PIECE: usize = 4_096;
/// Such pieces that may wait to be taken.
const PIECES: usize = 8;

/// Lines by their orders.
type Piece = Result<Vec<(i64, SaleLine)>, Error>;

/// One order that counts as a sale.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Sale {
    pub order_id: i64,
    pub customer_id: CustomerId,
    pub ordered_at: Moment,
    pub time_known: bool,
    pub mall: Mall,
    pub goods: Yen,
    pub net_sales: Yen,
    pub shop_coupon: Yen,
    pub paid_by_mall: Yen,
    pub point_multiplier: u16,
    pub split: bool,
    pub subscription: bool,
    pub gift: bool,
    /// Hash of mall, store and number: the same whatever was imported first.
    pub order_key: i64,
    pub store_id: i64,
    pub refund: Yen,
    pub postage_charged: Yen,
    pub cod_charged: Yen,
    pub mall_coupon: Yen,
    pub payment: Option<Payment>,
    pub affiliate: Option<bool>,
}

/// One product of such an order; `product` is an index into what [`Ledger::products`] answers.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct SaleLine {
    pub product_id: i64,
    pub quantity: i64,
    pub goods: Yen,
    pub point_multiplier: u16,
    pub tax_permille: Option<u16>,
}

/// A product as it was last written.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Product {
    pub product_id: i64,
    /// Of how it was written: the same whatever was imported first.
    pub product_hash: i64,
    pub mall: Mall,
    pub code: String,
    pub sku: String,
    pub name: String,
}

impl Ledger {
    /// Hands every sale with its lines and its buyer's prefecture to `take`, in the order of recording.
    ///
    /// In a draft a thread of its own reads the lines, by another connection: nobody writes there any more, so that both see
    /// the same, and somebody is about to say yes.
    pub fn sales(&self, take: impl FnMut(Sale, &[SaleLine], &str)) -> Result<(), Error> {
        let Some(memory) = &self.memory else {
            let mut lines = self.connection.prepare_cached(LINES)?;
            let mut lines = lines.query([])?;
            return self.sales_with(|| lines.next()?.map(line_of_row).transpose(), take);
        };
        thread::scope(|scope| {
            let (send, receive) = sync_channel(PIECES);
            thread::Builder::new()
                .name("lines".to_owned())
                .spawn_scoped(scope, move || {
                    if let Err(error) = memory.send_lines(&send) {
                        // Whoever reads no further has a failure of its own.
                        let _ = send.send(Err(error));
                    }
                })
                .expect("a system that can begin a thread");
            let mut piece = Vec::new().into_iter();
            let next = || loop {
                match piece.next() {
                    Some(line) => return Ok(Some(line)),
                    None => match receive.recv() {
                        Ok(more) => piece = Vec::into_iter(more?),
                        Err(_) => return Ok(None),
                    },
                }
            };
            self.sales_with(next, take)
        })
    }

    /// The same with the lines as they come, by order.
    fn sales_with(
        &self,
        mut next_line: impl FnMut() -> Result<Option<(i64, SaleLine)>, Error>,
        mut take: impl FnMut(Sale, &[SaleLine], &str),
    ) -> Result<(), Error> {
        let mut orders = self.connection.prepare_cached(include_str!("queries/sales.sql"))?;
        let mut orders = orders.query([])?;
        let mut of_order: Vec<SaleLine> = Vec::new();
        let mut next = next_line()?;
        while let Some(row) = orders.next()? {
            let sale = sale_of_row(row)?;
            if !is_possible(&sale) {
                return Err(Error::OutOfRange);
            }
            of_order.clear();
            while let Some((order_id, line)) = next {
                if order_id > sale.order_id {
                    break;
                }
                if order_id == sale.order_id {
                    of_order.push(line);
                }
                next = next_line()?;
            }
            take(sale, &of_order, row.get_ref(18)?.as_str().unwrap_or_default());
        }
        Ok(())
    }

    /// Where the parcels of sales went: order and prefecture, empty where the order's parcels do not say it, by order.
    /// An order with a single parcel to the buyer's own address has none here; its prefecture is the buyer's.
    pub fn parcels_of_sales(&self) -> Result<Vec<(i64, String)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select r.order_id, p.prefecture from parcel_rows r left join places p on p.place_id = r.place_id
             order by r.order_id, r.position",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// All products, by id.
    pub fn products(&self) -> Result<Vec<Product>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select product_id, mall, code, sku, name, product_hash from products order by product_id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Product {
                product_id: row.get(0)?,
                mall: mall_of(row.get_ref(1)?.as_str()?),
                code: row.get(2)?,
                sku: row.get(3)?,
                name: row.get(4)?,
                product_hash: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl DraftMemory {
    /// Reads the lines of all orders, and hands them over in pieces as long as somebody takes them.
    fn send_lines(&self, taker: &SyncSender<Piece>) -> Result<(), Error> {
        let connection = self.open(OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut lines = connection.prepare(LINES)?;
        let mut lines = lines.query([])?;
        let mut piece = Vec::with_capacity(PIECE);
        while let Some(row) = lines.next()? {
            piece.push(line_of_row(row)?);
            if piece.len() == PIECE && taker.send(Ok(std::mem::replace(&mut piece, Vec::with_capacity(PIECE)))).is_err()
            {
                return Ok(());
            }
        }
        // Nobody there to take it needs it.
        let _ = taker.send(Ok(piece));
        Ok(())
    }
}

/// What a recording could have written: of anything else sums would leave their range, and months would be without
/// number. Only a damaged file holds it.
fn is_possible(sale: &Sale) -> bool {
    const LARGEST: i64 = 10_000_000_000_000;
    // 1970 to 2103, in seconds.
    const MOMENTS: std::ops::Range<i64> = 0..4_200_000_000;
    let amounts = [sale.goods, sale.net_sales, sale.shop_coupon, sale.paid_by_mall, sale.mall_coupon];
    amounts.iter().all(|amount| (-LARGEST..=LARGEST).contains(&amount.0)) && MOMENTS.contains(&sale.ordered_at.0)
}

fn sale_of_row(row: &rusqlite::Row<'_>) -> Result<Sale, Error> {
    let mall = mall_of(row.get_ref(4)?.as_str().unwrap_or_default());
    let store = row.get_ref(13)?.as_str().unwrap_or_default();
    Ok(Sale {
        order_id: row.get(0)?,
        customer_id: CustomerId(row.get(1)?),
        ordered_at: Moment(row.get(2)?),
        time_known: row.get(3)?,
        mall,
        goods: Yen(row.get(5)?),
        net_sales: Yen(row.get(6)?),
        shop_coupon: Yen(row.get(7)?),
        paid_by_mall: Yen(row.get(8)?),
        point_multiplier: row.get(9)?,
        split: row.get(10)?,
        subscription: row.get(11)?,
        gift: row.get(12)?,
        order_key: key_of(mall, store, &written_order_number(mall, store, row.get_ref(22)?)?),
        store_id: row.get(14)?,
        refund: Yen(row.get(15)?),
        postage_charged: Yen(row.get(16)?),
        cod_charged: Yen(row.get(17)?),
        mall_coupon: Yen(row.get(19)?),
        payment: payment_of(row, 20)?,
        affiliate: row.get(21)?,
    })
}

fn line_of_row(row: &rusqlite::Row<'_>) -> Result<(i64, SaleLine), Error> {
    let line = SaleLine {
        product_id: row.get(1)?,
        quantity: row.get(2)?,
        goods: Yen(row.get(3)?),
        point_multiplier: row.get(4)?,
        tax_permille: row.get(5)?,
    };
    Ok((row.get(0)?, line))
}
