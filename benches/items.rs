//! What is said of items, on an invented history of a million orders, beside bare loops over the same lines.
//!
//! `cargo bench --bench items` prints milliseconds (best of five) and product ÷ floor. The floor is one pass that
//! counts buyers by item, and one that counts which item follows which, in a map: what nobody can do without.
#![allow(clippy::print_stdout)]

use otokui_lib::insight::category::Categories;
use otokui_lib::insight::history::{History, HistoryBuilder, Item, LineRow, OrderRow, Scope, View};
use otokui_lib::insight::next_item::{After, next_items};
use otokui_lib::insight::{basket, category, item_gap, items, radar};
use otokui_lib::shop::{CustomerId, Day, Mall, Moment, Yen};
use rustc_hash::FxHashMap;
use std::hint::black_box;
use std::time::Instant;

const CUSTOMERS: i64 = 300_000;
const DAYS: u64 = 1_096;
const ITEMS: u64 = 2_000;

fn main() {
    let (history, categories) = invented();
    let scope = Scope::default();
    let Some(view) = View::new(&history, &scope) else {
        return;
    };
    let orders = history.orders.order.len();
    println!("{orders} orders, {} lines, {} customers, {ITEMS} items", history.lines.len(), view.customers.len());
    let v = Some(&view);
    let floor = time("floor buyers by item", || floor_buyers(&view)) + time("floor successions", || floor_pairs(&view));
    let one = After::Item("item-0".to_owned());
    let parts = [
        (
            "items, the 100 of the window",
            time("items, the 100 of the window", || items::items(v, &categories, Some(100))),
        ),
        ("next_items of one", time("next_items of one", || next_items(v, &categories, Some(&one)))),
        ("next_items, pairs", time("next_items, pairs", || next_items(v, &categories, None))),
        ("radar", time("radar", || radar::radar(v, &categories, None, |_| true).total)),
    ];
    println!("of which:");
    time("item_gap::item_gaps", || item_gap::item_gaps(&view).items.len());
    time("basket::pairs", || basket::pairs(&view).len());
    time("category::involvement", || category::involvement(&view, &categories));
    println!("floor {floor:.1} ms");
    for (name, took) in parts {
        println!("{name} ÷ floor: {:.2}", took / floor);
    }
}

/// Milliseconds of the best of five runs.
fn time<T>(name: &str, run: impl Fn() -> T) -> f64 {
    let once = || {
        let start = Instant::now();
        black_box(run());
        start.elapsed().as_secs_f64() * 1e3
    };
    let best = (0..5).map(|_| once()).fold(f64::INFINITY, f64::min);
    println!("{best:8.1} ms  {name}");
    best
}

/// As in `insights`, with one to three lines an order; few items sell often, and customers have favourites.
fn invented() -> (History, Categories) {
    let mut builder = HistoryBuilder::default();
    let mut state = 1_u64;
    let mut draw = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let start = Day(19_000);
    let mut order = 0;
    for customer in 1..=CUSTOMERS {
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
                mall: Mall::Rakuten,
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

fn floor_buyers(view: &View<'_>) -> Vec<u32> {
    let (mut buyers, mut seen) = (vec![0; view.history.items.len()], vec![u32::MAX; view.history.items.len()]);
    for place in 0..view.customers.len() {
        for line in view.purchases_of(place).flat_map(|p| view.orders_of(p)).flat_map(|o| view.history.lines_of(o)) {
            let item = line.item as usize;
            buyers[item] += u32::from(seen[item] != place as u32);
            seen[item] = place as u32;
        }
    }
    buyers
}

fn floor_pairs(view: &View<'_>) -> usize {
    let mut pairs: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for place in 0..view.customers.len() {
        let purchases = view.purchases_of(place);
        for p in purchases.start..purchases.end - 1 {
            for a in view.orders_of(p).flat_map(|o| view.history.lines_of(o)) {
                for b in view.orders_of(p + 1).flat_map(|o| view.history.lines_of(o)) {
                    *pairs.entry((a.item, b.item)).or_default() += 1;
                }
            }
        }
    }
    pairs.len()
}
