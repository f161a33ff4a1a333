//! What is said of items, on an invented history of a million orders, beside bare loops over the same lines.
//!
//! `cargo bench --bench items` prints milliseconds of the processor (mean of many runs) and product ÷ floor. The floor is one pass that
//! counts buyers by item, and one that counts which item follows which, in a map: what nobody can do without.
#![allow(clippy::print_stdout)]

use otokui_lib::insight::history::{Scope, View};
use otokui_lib::insight::next_item::{After, next_items};
use otokui_lib::insight::{basket, category, item_gap, items, radar};
use shop::floors::floor_pairs;
use shop::{CUSTOMERS, ITEMS, invented, time};

mod shop;

fn main() {
    let (history, categories) = invented(CUSTOMERS);
    let scope = Scope::default();
    let Some(view) = View::new(&history, &scope) else {
        return;
    };
    let orders = history.orders.order.len();
    println!("{orders} orders, {} lines, {} customers, {ITEMS} items", history.lines.len(), view.customers.len());
    let floor = time("floor buyers by item", || floor_buyers(&view)) + time("floor successions", || floor_pairs(&view));
    let one = After::Item("item-0".to_owned());
    let parts = [
        (
            "items, the 100 of the window",
            time("items, the 100 of the window", || items::items(Some(&view.anew()), &categories, Some(100))),
        ),
        ("next_items of one", time("next_items of one", || next_items(Some(&view.anew()), &categories, Some(&one)))),
        ("next_items, pairs", time("next_items, pairs", || next_items(Some(&view.anew()), &categories, None))),
        ("radar", time("radar", || radar::radar(Some(&view.anew()), &categories, None, |_| true).total)),
    ];
    println!("of which:");
    time("item_gap::item_gaps", || item_gap::item_gaps(&view.anew()).items.len());
    time("basket::pairs", || basket::pairs(&view.anew()).len());
    time("category::involvement", || category::involvement(&view, &categories));
    println!("floor {floor:.1} ms");
    for (name, took) in parts {
        println!("{name} ÷ floor: {:.2}", took / floor);
    }
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
