//! Every insight on an invented history of a million orders, beside bare loops over the same columns.
//!
//! `cargo bench --bench insights` prints milliseconds of the processor (mean of many runs) and product ÷ floor. The floor is
//! what five questions cost as plain loops: recency, frequency and money; cohort × month; second order; gaps; which item
//! follows which. A change of the filter is measured at 100,000 orders as well.
#![allow(clippy::print_stdout)]

use otokui_lib::insight::acquired::{By, Known};
use otokui_lib::insight::calendar::Calendar;
use otokui_lib::insight::cohort::{self, Measure};
use otokui_lib::insight::history::{Scope, View};
use otokui_lib::insight::lifetime_value::{Asked, Chosen};
use otokui_lib::insight::next_item::{After, next_items};
use otokui_lib::insight::people::{self, People};
use otokui_lib::insight::profit::{self, Question};
use otokui_lib::insight::rfm::GroupKey;
use otokui_lib::insight::{gap, group_story, growth, items, lifetime_value, overview, radar, repeat, rfm};
use otokui_lib::shop::Mall;
use shop::{CUSTOMERS, floor_pairs, invented, time};

mod shop;

fn main() {
    let (history, categories) = invented(CUSTOMERS);
    let scope = Scope::default();
    let Some(view) = View::new(&history, &scope) else {
        return;
    };
    println!("{} orders, {} customers", history.orders.order.len(), view.customers.len());
    let v = Some(&view);
    let calendar = Calendar::default();
    let known = Known { calendar: &calendar, categories: &categories };
    let floor = [
        time("floor rfm", || floor_rfm(&view)),
        time("floor cohort × month", || floor_cohort(&view)),
        time("floor second order", || floor_second(&view)),
        time("floor gaps", || floor_gaps(&view)),
        time("floor successions", || floor_pairs(&view)),
    ];
    let floor: f64 = floor.iter().sum();
    let five = [
        time("rfm::scores", || rfm::scores(&view).1.len()),
        time("cohort::cohorts", || cohort::cohorts(v, Measure::NetSales)),
        time("repeat::f2(180)", || repeat::f2(&view, 180)),
        time("gap::curves", || gap::curves(&view).pooled.returns),
        time("next_items, pairs", || next_items(v, &categories, None)),
    ];
    let one = After::Item("item-0".to_owned());
    let others = [
        time("overview::overview", || overview::overview(v)),
        time("rfm::groups", || rfm::groups(v)),
        time("lifetime_value", || lifetime_value::lifetime_value(v)),
        time("lifetime_value by month", || {
            let asked = Asked { by: Some((By::Month, known)), chosen: Chosen::Keys(&[]), ..Asked::default() };
            lifetime_value::lifetime_value_by(v, &asked)
        }),
        time("cohort by week", || cohort::cohorts_by(v, Measure::NetSales, By::Week, &known)),
        time("cohort by mall", || cohort::cohorts_by(v, Measure::NetSales, By::FirstMall, &known)),
        time("growth_map", || growth::growth_map(v)),
        time("people::rows", || people::rows(&view).len()),
        time("people::select(group)", || people::select(&view, &People::Group(GroupKey::Champions))),
        time("group_story::group_history", || group_story::group_history(&view, 7)),
        time("profit", || profit::profit(v, &Question::default())),
        time("items, the 100 of the window", || items::items(v, &categories, Some(100))),
        time("next_items of one", || next_items(v, &categories, Some(&one))),
        time("radar, a page", || radar::page(v, &categories, None, |_| true, 0..150).total),
    ];
    let (five, others): (f64, f64) = (five.iter().sum(), others.iter().sum());
    println!("floor {floor:.1} ms; five questions ÷ floor: {:.2}", five / floor);
    println!("every insight ÷ floor: {:.2}", (five + others) / floor);

    println!("a change of the filter:");
    let filtered = Scope { mall: Some(Mall::Yahoo), ..Scope::default() };
    time("View::new, everything", || View::new(&history, &scope).map(|v| v.customers.len()));
    time("View::new, one mall", || View::new(&history, &filtered).map(|v| v.customers.len()));
    let (small, _) = invented(CUSTOMERS / 9);
    println!("{} orders:", small.orders.order.len());
    time("View::new, one mall", || View::new(&small, &filtered).map(|v| v.customers.len()));
    time("one mall, then overview", || overview::overview(View::new(&small, &filtered).as_ref()));
    time("one mall, then groups", || rfm::groups(View::new(&small, &filtered).as_ref()));
    time("one mall, then LTV", || lifetime_value::lifetime_value(View::new(&small, &filtered).as_ref()));
}

fn floor_rfm(view: &View<'_>) -> (Vec<i32>, Vec<u32>, Vec<i64>) {
    let n = view.customers.len();
    let (mut recency, mut count, mut money) = (Vec::with_capacity(n), Vec::with_capacity(n), Vec::with_capacity(n));
    for place in 0..n {
        let purchases = view.purchases_of(place);
        recency.push(view.as_of - view.purchases.day[purchases.end - 1]);
        count.push(purchases.len() as u32);
        money.push(view.purchases.net_sales[purchases].iter().map(|yen| yen.0).sum());
    }
    for column in [&mut money.clone()] {
        for k in 1..5 {
            column.select_nth_unstable(n * k / 5);
        }
    }
    (recency, count, money)
}

fn floor_cohort(view: &View<'_>) -> (Vec<u32>, Vec<i64>) {
    let (mut people, mut money) = (vec![0; 40 * 40], vec![0; 40 * 40]);
    let start = view.reaches_back_to.0;
    for place in 0..view.customers.len() {
        let purchases = view.purchases_of(place);
        let cohort = (view.purchases.day[purchases.start].0 - start) / 30;
        let mut last = -1;
        for p in purchases {
            let month = (view.purchases.day[p].0 - start) / 30;
            let cell = (cohort * 40 + month) as usize;
            people[cell] += u32::from(month != last);
            money[cell] += view.purchases.net_sales[p].0;
            last = month;
        }
    }
    (people, money)
}

fn floor_second(view: &View<'_>) -> u32 {
    let mut back = 0;
    for place in 0..view.customers.len() {
        let days = &view.purchases.day[view.purchases_of(place)];
        back += u32::from(days.len() > 1 && days[1] - days[0] <= 180);
    }
    back
}

fn floor_gaps(view: &View<'_>) -> Vec<u32> {
    let mut gaps = vec![0; 2_000];
    for place in 0..view.customers.len() {
        for pair in view.purchases.day[view.purchases_of(place)].windows(2) {
            gaps[(pair[1] - pair[0]) as usize] += 1;
        }
    }
    gaps
}
