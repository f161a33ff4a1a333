//! Every insight on an invented history of a million orders, beside bare loops over the same columns.
//!
//! `cargo bench --bench insights` prints milliseconds (best of five) and product ÷ floor. The floor is what the five
//! questions cost as plain loops: recency, frequency and money; cohort × month; second order; gaps.
#![allow(clippy::print_stdout)]

use otokui_lib::insight::cohort::{self, Measure};
use otokui_lib::insight::history::{History, HistoryBuilder, OrderRow, Scope, View};
use otokui_lib::insight::people::{self, People};
use otokui_lib::insight::rfm::GroupKey;
use otokui_lib::insight::{lifetime_value, overview, repeat, rfm};
use otokui_lib::shop::{CustomerId, Day, Mall, Moment, Yen};
use std::hint::black_box;
use std::time::Instant;

const CUSTOMERS: i64 = 300_000;
const DAYS: u64 = 1_096;

fn main() {
    let history = invented();
    let scope = Scope::default();
    let Some(view) = View::new(&history, &scope) else {
        return;
    };
    println!("{} orders, {} customers", history.orders.order.len(), view.customers.len());
    let v = Some(&view);
    let floor = [
        time("floor rfm", || floor_rfm(&view)),
        time("floor cohort × month", || floor_cohort(&view)),
        time("floor second order", || floor_second(&view)),
        time("floor gaps", || floor_gaps(&view)),
    ];
    let floor: f64 = floor.iter().sum();
    time("View::new", || View::new(&history, &scope).map(|v| v.customers.len()));
    let product = [
        time("rfm::scores", || rfm::scores(&view).1.len()),
        time("cohort::cohorts", || cohort::cohorts(v, Measure::NetSales)),
        time("repeat::f2(180)", || repeat::f2(&view, 180)),
    ];
    let all = [
        time("overview::overview", || overview::overview(v)),
        time("rfm::groups", || rfm::groups(v)),
        time("lifetime_value", || lifetime_value::lifetime_value(v)),
        time("people::rows", || people::rows(&view).len()),
        time("lifetime_value::after_days", || lifetime_value::after_days(&view, 365)),
        time("people::select(group)", || people::select(&view, &People::Group(GroupKey::Champions))),
        time("people::group_history", || people::group_history(&view, 7)),
    ];
    println!("floor {floor:.1} ms; scores + cohorts + f2 ÷ floor: {:.2}", product.iter().sum::<f64>() / floor);
    println!("every insight ÷ floor: {:.2}", (product.iter().sum::<f64>() + all.iter().sum::<f64>()) / floor);
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

/// A third of the customers come once; the others on and on, with gaps of one to six months.
fn invented() -> History {
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
        while day < DAYS {
            order += 1;
            let yen = Yen(500 + draw(9_500) as i64);
            let row = OrderRow {
                order,
                customer: CustomerId(customer),
                ordered_at: Moment((start + day as i32).start().0 + draw(86_400) as i64),
                time_known: true,
                mall: if draw(3) == 0 { Mall::Yahoo } else { Mall::Rakuten },
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
            builder.push(row, &[]);
            day += if draw(4) == 0 { DAYS } else { 20 + draw(160) };
        }
    }
    builder.finish(Vec::new())
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
