//! Five questions as bare loops over the columns: what no answer can do without.
#![allow(dead_code)]

use otokui_lib::insight::history::View;
use rustc_hash::FxHashMap;

/// Recency, frequency and money of each customer, and the fifths of money.
pub fn floor_rfm(view: &View<'_>) -> (Vec<i32>, Vec<u32>, Vec<i64>) {
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

/// People and money by month of the first purchase and month.
pub fn floor_cohort(view: &View<'_>) -> (Vec<u32>, Vec<i64>) {
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

/// Who came back within half a year.
pub fn floor_second(view: &View<'_>) -> u32 {
    let mut back = 0;
    for place in 0..view.customers.len() {
        let days = &view.purchases.day[view.purchases_of(place)];
        back += u32::from(days.len() > 1 && days[1] - days[0] <= 180);
    }
    back
}

/// How often each gap occurred.
pub fn floor_gaps(view: &View<'_>) -> Vec<u32> {
    let mut gaps = vec![0; 2_000];
    for place in 0..view.customers.len() {
        for pair in view.purchases.day[view.purchases_of(place)].windows(2) {
            gaps[(pair[1] - pair[0]) as usize] += 1;
        }
    }
    gaps
}

/// Which item follows which, in a map: what no answer about successions can do without.
pub fn floor_pairs(view: &View<'_>) -> usize {
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
