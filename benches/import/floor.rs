//! The floor: find cells on bytes, decode the kept columns, insert with prepared statements in one durable transaction. Orders once, lines, products, parcels to others, buyers once and customers by exact keys; a unique
//! index on the order. No check of anything, no undo, no report.

use super::Failure;
use encoding_rs::SHIFT_JIS;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

const SCHEMA: &str = "
    create table orders (order_id integer primary key, order_key integer not null, number text not null,
        buyer_id integer not null, ordered_at text not null, status integer not null, billed integer,
        points integer, shop_coupon integer, mall_coupon integer, postage integer, cod integer,
        coupon_name text) strict;
    create unique index orders_by_key on orders (order_key);
    create index orders_of_buyer on orders (buyer_id);
    create table order_lines (order_id integer not null, position integer not null, line_key text, parcel text,
        product_id integer not null, quantity integer, price integer, tax text, multiplier integer,
        primary key (order_id, position)) strict, without rowid;
    create table products (product_id integer primary key, code text, sku text, name text, variation text) strict;
    create table buyers (buyer_id integer primary key, family_name text, given_name text, family_kana text,
        given_kana text, postal_code text, prefecture text, city text, street text, phone text, mail text,
        customer_id integer not null) strict;
    create table ship_tos (order_id integer not null, parcel text not null, family_name text, given_name text,
        family_kana text, given_kana text, postal_code text, prefecture text, city text, street text, phone text,
        primary key (order_id, parcel)) strict, without rowid;";

const ORDER: [&str; 10] = [
    "注文番号",
    "注文日時",
    "ステータス",
    "請求金額",
    "ポイント利用額",
    "店舗発行クーポン利用額",
    "楽天発行クーポン利用額",
    "送料合計",
    "代引料合計",
    "店舗発行クーポン名",
];
const BUYER: [&str; 13] = [
    "注文者姓",
    "注文者名",
    "注文者姓カナ",
    "注文者名カナ",
    "注文者郵便番号1",
    "注文者郵便番号2",
    "注文者住所都道府県",
    "注文者住所郡市区",
    "注文者住所それ以降の住所",
    "注文者電話番号1",
    "注文者電話番号2",
    "注文者電話番号3",
    "注文者メールアドレス",
];
const PARCEL: [&str; 14] = [
    "送付先ID",
    "送付先姓",
    "送付先名",
    "送付先姓カナ",
    "送付先名カナ",
    "送付先郵便番号1",
    "送付先郵便番号2",
    "送付先住所都道府県",
    "送付先住所郡市区",
    "送付先住所それ以降の住所",
    "送付先電話番号1",
    "送付先電話番号2",
    "送付先電話番号3",
    "送付先一致フラグ",
];
const PRODUCT: [&str; 5] = ["商品管理番号", "SKU管理番号", "商品名", "SKU情報", "項目・選択肢"];
const LINE: [&str; 5] = ["商品明細ID", "個数", "商品毎税込価格", "商品税率", "ポイント倍率"];

/// The cells of row after row, found on bytes: quoted as the mall writes them, or plain.
struct Rows {
    file: File,
    piece: Vec<u8>,
    start: usize,
    end: usize,
    cells: Vec<(u32, u32)>,
}

impl Rows {
    fn open(export: &Path) -> Result<Rows, Failure> {
        Ok(Rows { file: File::open(export)?, piece: vec![0; 1 << 20], start: 0, end: 0, cells: Vec::new() })
    }

    /// The next row; whether there was one.
    fn next(&mut self) -> Result<bool, Failure> {
        loop {
            if let Some(length) = find_cells(&self.piece[self.start..self.end], self.start, &mut self.cells) {
                self.start += length;
                return Ok(true);
            }
            self.piece.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            match self.file.read(&mut self.piece[self.end..])? {
                0 => return Ok(false),
                count => self.end += count,
            }
        }
    }

    fn cell(&self, place: usize) -> &[u8] {
        self.cells.get(place).map_or(b"", |(from, to)| &self.piece[*from as usize..*to as usize])
    }
}

/// Where the cells of the first row stand, and how long it is; nothing when its end is not there.
fn find_cells(row: &[u8], base: usize, cells: &mut Vec<(u32, u32)>) -> Option<usize> {
    cells.clear();
    let mut at = 0;
    loop {
        let (from, to) = match row.get(at)? {
            b'"' => {
                let mut close = at + 1 + memchr::memchr(b'"', &row[at + 1..])?;
                while row.get(close + 1) == Some(&b'"') {
                    close += 2 + memchr::memchr(b'"', &row[close + 2..])?;
                }
                (at + 1, close)
            }
            _ => (at, at + memchr::memchr3(b',', b'\r', b'\n', &row[at..])?),
        };
        cells.push(((base + from) as u32, (base + to) as u32));
        at = to + usize::from(row[to] == b'"');
        match row.get(at)? {
            b',' => at += 1,
            b'\r' => return row.get(at + 1).map(|_| at + 2),
            _ => return Some(at + 1),
        }
    }
}

/// Places of columns in the file.
struct Places {
    order: Vec<usize>,
    buyer: Vec<usize>,
    parcel: Vec<usize>,
    product: Vec<usize>,
    line: Vec<usize>,
}

impl Places {
    fn of(header: &Rows) -> Places {
        let headers: Vec<String> = (0..header.cells.len()).map(|place| text(header.cell(place)).into_owned()).collect();
        let places = |names: &[&str]| {
            names.iter().map(|name| headers.iter().position(|header| header == name).unwrap_or(usize::MAX)).collect()
        };
        Places {
            order: places(&ORDER),
            buyer: places(&BUYER),
            parcel: places(&PARCEL),
            product: places(&PRODUCT),
            line: places(&LINE),
        }
    }
}

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    SHIFT_JIS.decode_without_bom_handling(bytes).0
}

fn whole(bytes: &[u8]) -> Option<i64> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

pub(crate) fn import(export: &Path, ledger: &Path) -> Result<(), Failure> {
    let mut connection = Connection::open(ledger)?;
    connection.execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536;")?;
    connection.execute_batch(SCHEMA)?;
    let mut rows = Rows::open(export)?;
    rows.next()?;
    let places = Places::of(&rows);
    let transaction = connection.transaction()?;
    {
        let mut insert_order = transaction
            .prepare("insert into orders values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")?;
        let mut insert_line =
            transaction.prepare("insert into order_lines values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        let mut insert_product = transaction.prepare("insert into products values (?1, ?2, ?3, ?4, ?5)")?;
        let mut insert_buyer =
            transaction.prepare("insert into buyers values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")?;
        let mut insert_parcel = transaction
            .prepare("insert or ignore into ship_tos values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
        let mut orders: FxHashMap<u64, i64> = FxHashMap::default();
        let mut buyers: FxHashMap<u64, i64> = FxHashMap::default();
        let mut products: FxHashMap<u64, i64> = FxHashMap::default();
        let mut customers: FxHashMap<u64, i64> = FxHashMap::default();
        let mut joined = Vec::new();
        let mut last = (0, 0, 0);
        while rows.next()? {
            let cell = |place: usize| rows.cell(place);
            let (order, buyer, product) = (&places.order, &places.buyer, &places.product);
            let key = xxh3_64(cell(order[0]));
            if last.0 != key {
                joined.clear();
                buyer.iter().for_each(|place| joined.extend_from_slice(cell(*place)));
                let hash = xxh3_64(&joined);
                let buyer_id = match buyers.get(&hash) {
                    Some(id) => *id,
                    None => {
                        let id = buyers.len() as i64 + 1;
                        let part = |at: usize| text(cell(buyer[at]));
                        let phone = format!("{}-{}-{}", part(9), part(10), part(11));
                        let by_mail = xxh3_64(cell(buyer[12]));
                        let by_name = xxh3_64(format!("{phone}{}{}", part(0), part(1)).as_bytes());
                        let found = customers.get(&by_mail).or(customers.get(&by_name)).copied();
                        let customer = found.unwrap_or(id);
                        customers.insert(by_mail, customer);
                        customers.insert(by_name, customer);
                        insert_buyer.execute(params![
                            id,
                            part(0),
                            part(1),
                            part(2),
                            part(3),
                            format!("{}{}", part(4), part(5)),
                            part(6),
                            part(7),
                            part(8),
                            phone,
                            part(12),
                            customer
                        ])?;
                        buyers.insert(hash, id);
                        id
                    }
                };
                let id = orders.len() as i64 + 1;
                orders.insert(key, id);
                insert_order.execute(params![
                    id,
                    key as i64,
                    text(cell(order[0])),
                    buyer_id,
                    text(cell(order[1])),
                    whole(cell(order[2])).unwrap_or(0),
                    whole(cell(order[3])),
                    whole(cell(order[4])),
                    whole(cell(order[5])),
                    whole(cell(order[6])),
                    whole(cell(order[7])),
                    whole(cell(order[8])),
                    text(cell(order[9])),
                ])?;
                last = (key, id, 0);
            }
            let parcel = &places.parcel;
            if cell(parcel[13]) != b"1" {
                let part = |at: usize| text(cell(parcel[at]));
                insert_parcel.execute(params![
                    last.1,
                    part(0),
                    part(1),
                    part(2),
                    part(3),
                    part(4),
                    format!("{}{}", part(5), part(6)),
                    part(7),
                    part(8),
                    part(9),
                    format!("{}-{}-{}", part(10), part(11), part(12)),
                ])?;
            }
            joined.clear();
            product.iter().for_each(|place| joined.extend_from_slice(cell(*place)));
            let hash = xxh3_64(&joined);
            let product_id = match products.get(&hash) {
                Some(id) => *id,
                None => {
                    let id = products.len() as i64 + 1;
                    let part = |at: usize| text(cell(product[at]));
                    insert_product.execute(params![
                        id,
                        part(0),
                        part(1),
                        part(2),
                        format!("{}\n{}", part(3), part(4))
                    ])?;
                    products.insert(hash, id);
                    id
                }
            };
            let line = &places.line;
            insert_line.execute(params![
                last.1,
                last.2,
                text(cell(line[0])),
                text(cell(parcel[0])),
                product_id,
                whole(cell(line[1])),
                whole(cell(line[2])),
                text(cell(line[3])),
                whole(cell(line[4]))
            ])?;
            last.2 += 1;
        }
    }
    transaction.commit()?;
    Ok(())
}
