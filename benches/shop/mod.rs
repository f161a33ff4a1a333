//! An invented history of a million orders, and a watch that counts the processor's time.

use otokui_lib::insight::category::Categories;
use otokui_lib::insight::history::{History, HistoryBuilder, Item, LineRow, OrderRow};
use otokui_lib::shop::{CustomerId, Day, Mall, Moment, Yen};
use std::hint::black_box;
use std::time::Instant;

pub mod changed;
pub mod floors;

/// Customers of the history.
pub const CUSTOMERS: i64 = 300_000;
const DAYS: u64 = 1_096;
/// Its items.
pub const ITEMS: u64 = 2_000;
/// A system may count a thread's time in steps of some milliseconds: so long is measured at least, so often at most.
const ENOUGH_MS: f64 = 400.0;
const ROUNDS: u32 = 200;

/// Milliseconds of one run in the mean: of the processor where the system says them by thread, else of the clock.
/// Nothing is run whose name does not hold `OTOKUI_BENCH_ONLY`.
pub fn time<T>(name: &str, run: impl Fn() -> T) -> f64 {
    if std::env::var("OTOKUI_BENCH_ONLY").is_ok_and(|only| !name.contains(&only)) {
        return f64::NAN;
    }
    black_box(run());
    let (start, begun) = (processor_ms(), Instant::now());
    let mut rounds = 0;
    let mean = loop {
        black_box(run());
        rounds += 1;
        let passed = match (start, processor_ms()) {
            (Some(start), Some(now)) => now - start,
            _ => begun.elapsed().as_secs_f64() * 1e3,
        };
        if passed >= ENOUGH_MS || rounds >= ROUNDS {
            break passed / f64::from(rounds);
        }
    };
    println!("{mean:8.1} ms  {name}");
    mean
}

/// What this thread has had of the processor; nothing where the system does not say it.
fn processor_ms() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(|nanoseconds: f64| nanoseconds / 1e6)
}

/// `customers` of whom a third come once and the others on and on, with gaps of one to six months and one to three
/// lines an order; few items sell often, and customers have favourites.
pub fn invented(customers: i64) -> (History, Categories) {
    let mut builder = HistoryBuilder::default();
    let mut state = 1_u64;
    let mut draw = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let start = Day(19_000);
    let mut order = 0;
    for customer in 1..=customers {
        let mut day = draw(DAYS);
        let mut favourite = draw(ITEMS) * draw(ITEMS) / ITEMS;
        while day < DAYS {
            order += 1;
            let mut lines = Vec::new();
            for _ in 0..1 + draw(5) / 3 {
                let item = if draw(2) == 0 { favourite } else { draw(ITEMS) * draw(ITEMS) / ITEMS };
                lines.push(LineRow {
                    item: item as u32,
                    quantity: 1 + draw(3) as u32,
                    goods: Yen(500 + draw(4_500) as i64),
                });
            }
            if draw(6) == 0 {
                favourite = draw(ITEMS) * draw(ITEMS) / ITEMS;
            }
            let yen = lines.iter().map(|line| line.goods).sum();
            let row = OrderRow {
                order,
                customer: CustomerId(customer),
                ordered_at: Moment((start + day as i32).start().0 + draw(86_400) as i64),
                time_known: true,
                mall: if order % 3 == 0 { Mall::Yahoo } else { Mall::Rakuten },
                goods: yen,
                net_sales: yen,
                margin: None,
                shop_coupon: Yen::ZERO,
                paid_by_mall: Yen::ZERO,
                mall_coupon: Yen::ZERO,
                point_multiplier: 1,
                split: false,
                subscription: draw(50) == 0,
                gift: false,
            };
            builder.push(row, &lines);
            day += if draw(4) == 0 { DAYS } else { 20 + draw(160) };
        }
    }
    let item = |number| Item { mall: Mall::Rakuten, code: format!("item-{number}"), name: format!("Item {number}") };
    let names = (0..40).map(|number| format!("Category {number}")).collect();
    let of_item = (0..ITEMS).map(|item| Some((item % 40) as u32)).collect();
    (builder.finish((0..ITEMS).map(item).collect()), Categories { names, of_item })
}
