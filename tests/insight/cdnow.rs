//! A published shop: what the papers count, counted here.

use super::*;
use otokui_lib::insight::cohort::{Measure, cohorts};
use otokui_lib::insight::overview::overview;
use otokui_lib::insight::rfm::groups;

const SAMPLE: &str = include_str!("../fixtures/shops/cdnow/cdnow_sample.csv");

/// Cents stand for yen.
fn cdnow() -> History {
    let orders = SAMPLE.lines().skip(1).enumerate().map(|(number, line)| {
        let mut fields = line.split(',');
        let mut next = || fields.next().expect("customer,date,amount");
        let customer = next().parse().expect("a customer");
        let on = day(next());
        let dollars: f64 = next().parse().expect("an amount");
        order(number as i64, customer, on, (dollars * 100.0).round() as i64)
    });
    history_of(orders.collect::<Vec<_>>())
}

#[test]
fn the_calibration_period_counts_as_published() {
    let history = cdnow();
    let view = view(&history, "1997-09-30");
    // Fader, Hardie & Lee (2005): 2,357 customers, 946 of them back within the 39 weeks, 2,457 repeat orders.
    assert_eq!(view.customers.len(), 2_357);
    let found = groups(Some(&view));
    assert_eq!(found.thresholds.returned_count, 946);
    assert_eq!(view.purchases.day.len() - view.customers.len(), 2_457);
    assert_eq!(found.groups.iter().map(|row| row.customer_count).sum::<u32>(), 2_357);
}

#[test]
fn the_hold_out_period_counts_as_published() {
    let history = cdnow();
    let scope = Scope { from: Some(day("1997-10-01")), to: Some(day("1998-06-30")), ..Scope::default() };
    let view = View::new(&history, &scope).expect("orders");
    // 1,882 purchase days in the second 39 weeks, all by people who had bought before.
    let days = view.purchases.day.iter().filter(|&&on| on >= day("1997-10-01")).count();
    assert_eq!(days, 1_882);
    let found = overview(Some(&view));
    assert_eq!(found.repeat_share, Some(1.0));
    assert_eq!(found.new_vs_existing.new.order_count, 0);
}

#[test]
fn three_cohorts_hold_everybody() {
    let history = cdnow();
    let view = view(&history, "1998-06-30");
    let found = cohorts(Some(&view), Measure::Retention);
    let keys: Vec<String> = found.cohorts.iter().map(|row| row.key.to_string()).collect();
    assert_eq!(keys, ["1997-01", "1997-02", "1997-03"], "the sample first ordered in January to March 1997");
    assert_eq!(found.cohorts.iter().map(|row| row.customer_count).sum::<u32>(), 2_357);
}
