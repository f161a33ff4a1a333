//! The same five questions of one mall as bare loops over the orders of a history: what no answer to a changed filter can do
//! without.
#![allow(dead_code)]

use otokui_lib::insight::history::History;
use otokui_lib::shop::Mall;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The days on which a customer bought there, customer by customer: who, the day, Σ net sales, and the orders among
/// which those of the day lie.
fn each_day(history: &History, mall: Mall, mut take: impl FnMut(usize, i32, i64, Range<usize>)) {
    let orders = &history.orders;
    for (customer, range) in history.starts.windows(2).enumerate() {
        let mut before: Option<(i32, i64, Range<usize>)> = None;
        for o in (range[0] as usize..range[1] as usize).filter(|&o| orders.mall[o] == mall) {
            let (day, net_sales) = (orders.ordered_at[o].day().0, orders.net_sales[o].0);
            match &mut before {
                Some((of, sum, among)) if *of == day => {
                    *sum += net_sales;
                    among.end = o + 1;
                }
                _ => {
                    if let Some((day, sum, among)) = before.replace((day, net_sales, o..o + 1)) {
                        take(customer, day, sum, among);
                    }
                }
            }
        }
        if let Some((day, sum, among)) = before {
            take(customer, day, sum, among);
        }
    }
}

/// Recency, frequency and money of each customer, and the fifths of money.
pub fn floor_rfm(history: &History, mall: Mall) -> (Vec<i32>, Vec<u32>, Vec<i64>) {
    let n = history.customers.len();
    let (mut last, mut count, mut money) = (vec![0; n], vec![0; n], vec![0; n]);
    each_day(history, mall, |customer, day, net_sales, _| {
        last[customer] = day;
        count[customer] += 1;
        money[customer] += net_sales;
    });
    let mut bought: Vec<i64> = (0..n).filter(|&customer| count[customer] > 0).map(|customer| money[customer]).collect();
    for k in 1..5 {
        let place = bought.len() * k / 5;
        bought.select_nth_unstable(place);
    }
    (last, count, money)
}

/// People and money by month of the first purchase and month.
pub fn floor_cohort(history: &History, mall: Mall) -> (Vec<u32>, Vec<i64>) {
    let (mut people, mut money) = (vec![0; 40 * 40], vec![0; 40 * 40]);
    let start = history.first_day().map_or(0, |day| day.0);
    let (mut of, mut cohort, mut last) = (usize::MAX, 0, -1);
    each_day(history, mall, |customer, day, net_sales, _| {
        let month = (day - start) / 30;
        if of != customer {
            (of, cohort, last) = (customer, month, -1);
        }
        let cell = (cohort * 40 + month) as usize;
        people[cell] += u32::from(month != last);
        money[cell] += net_sales;
        last = month;
    });
    (people, money)
}

/// Who came back within half a year.
pub fn floor_second(history: &History, mall: Mall) -> u32 {
    let (mut of, mut purchases, mut first, mut back) = (usize::MAX, 0, 0, 0);
    each_day(history, mall, |customer, day, _, _| {
        if of != customer {
            (of, purchases, first) = (customer, 0, day);
        }
        purchases += 1;
        back += u32::from(purchases == 2 && day - first <= 180);
    });
    back
}

/// How often each gap occurred.
pub fn floor_gaps(history: &History, mall: Mall) -> Vec<u32> {
    let (mut gaps, mut of, mut last) = (vec![0; 2_000], usize::MAX, 0);
    each_day(history, mall, |customer, day, _, _| {
        if of == customer {
            gaps[(day - last) as usize] += 1;
        }
        (of, last) = (customer, day);
    });
    gaps
}

/// Which item follows which, in a map.
pub fn floor_pairs(history: &History, mall: Mall) -> usize {
    let mut pairs: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let (mut of, mut before) = (usize::MAX, 0..0);
    let orders_of = |among: Range<usize>| among.filter(|&o| history.orders.mall[o] == mall);
    each_day(history, mall, |customer, _, _, among| {
        if of == customer {
            for a in orders_of(before.clone()).flat_map(|o| history.lines_of(o)) {
                for b in orders_of(among.clone()).flat_map(|o| history.lines_of(o)) {
                    *pairs.entry((a.item, b.item)).or_default() += 1;
                }
            }
        }
        (of, before) = (customer, among);
    });
    pairs.len()
}
