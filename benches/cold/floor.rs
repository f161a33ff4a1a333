//! The floor: the columns that five questions need, read from the product's own ledger with one statement for the orders
//! and one for their lines, sorted by customer and time, and the five questions as bare loops.

use super::Failure;
use rusqlite::{Connection, OpenFlags};
use rustc_hash::FxHashMap;
use std::path::Path;

/// Orders sorted by customer and time, and their items.
pub struct Columns {
    /// Where each customer's orders begin, and where the last one's end.
    starts: Vec<u32>,
    day: Vec<i32>,
    net_sales: Vec<i64>,
    item_starts: Vec<u32>,
    item: Vec<u32>,
}

const ORDERS: &str =
    "select o.order_id, b.customer_id, o.ordered_at, o.goods - o.shop_coupon - o.shop_discount - o.refund
    from order_rows o join order_states t on t.state_id = o.state_id join buyer_rows b on b.buyer_id = o.buyer_id
    where o.is_current = 1 and t.status in ('placed', 'shipped') order by o.order_id";
const LINES: &str = "select order_id, product_id from order_lines order by order_id, position";

/// Reads them.
pub fn read(ledger: &Path) -> Result<Columns, Failure> {
    let connection = Connection::open_with_flags(ledger, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut orders: Vec<(i64, i64, i64, i64, u32, u32)> = Vec::new();
    let mut items: Vec<u32> = Vec::new();
    let (mut of_orders, mut of_lines) = (connection.prepare(ORDERS)?, connection.prepare(LINES)?);
    let (mut of_orders, mut of_lines) = (of_orders.query([])?, of_lines.query([])?);
    let mut numbers: FxHashMap<i64, u32> = FxHashMap::default();
    let mut line =
        of_lines.next()?.map(|row| Ok::<(i64, i64), rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?;
    while let Some(row) = of_orders.next()? {
        let (order, customer, at, net): (i64, i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let from = items.len() as u32;
        while let Some((of, product)) = line.filter(|(of, _)| *of <= order) {
            if of == order {
                let next = numbers.len() as u32;
                items.push(*numbers.entry(product).or_insert(next));
            }
            line = of_lines.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?))).transpose()?;
        }
        orders.push((customer, at, order, net, from, items.len() as u32));
    }
    orders.sort_unstable();
    let (starts, day, net_sales) = (Vec::new(), Vec::new(), Vec::new());
    let mut columns = Columns { starts, day, net_sales, item_starts: vec![0], item: Vec::with_capacity(items.len()) };
    let mut last = None;
    for (customer, at, _, net, from, to) in orders {
        if last != Some(customer) {
            columns.starts.push(columns.day.len() as u32);
            last = Some(customer);
        }
        columns.day.push(at.div_euclid(86_400) as i32);
        columns.net_sales.push(net);
        columns.item.extend_from_slice(&items[from as usize..to as usize]);
        columns.item_starts.push(columns.item.len() as u32);
    }
    columns.starts.push(columns.day.len() as u32);
    Ok(columns)
}

/// The five questions; what is returned only keeps them from being left out.
pub fn five(columns: &Columns) -> (Vec<i64>, Vec<i64>, u32, Vec<u32>, usize) {
    let customers = || columns.starts.windows(2).map(|range| range[0] as usize..range[1] as usize);
    let first_day = columns.day.iter().copied().min().unwrap_or(0);
    let last_day = columns.day.iter().copied().max().unwrap_or(0);
    let months = ((last_day - first_day) / 30 + 1) as usize;
    let mut money: Vec<i64> = customers().map(|range| columns.net_sales[range].iter().sum()).collect();
    let n = money.len();
    for k in 1..5 {
        money.select_nth_unstable(n * k / 5);
    }
    let (mut cells, mut back, mut gaps) = (vec![0; months * months], 0, vec![0; (last_day - first_day) as usize + 1]);
    let mut pairs: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for range in customers() {
        let cohort = ((columns.day[range.start] - first_day) / 30) as usize;
        for o in range.clone() {
            let month = ((columns.day[o] - first_day) / 30) as usize;
            cells[cohort * months + month] += columns.net_sales[o];
        }
        let days = &columns.day[range.clone()];
        back += u32::from(days.len() > 1 && days[1] - days[0] <= 180);
        days.windows(2).for_each(|pair| gaps[(pair[1] - pair[0]) as usize] += 1);
        let items = |o: usize| &columns.item[columns.item_starts[o] as usize..columns.item_starts[o + 1] as usize];
        for o in range.start..range.end - 1 {
            for &a in items(o) {
                items(o + 1).iter().for_each(|&b| *pairs.entry((a, b)).or_default() += 1);
            }
        }
    }
    (money, cells, back, gaps, pairs.len())
}
