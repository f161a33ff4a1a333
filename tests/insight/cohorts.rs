//! Cohorts of a shop of five, seen on 2025-03-15: March is not over.

use super::*;
use otokui_lib::insight::cohort::{CohortCell, Cohorts, Measure, cohorts};

const SHOP: &str = "
    1 2025-01-05 100
    1 2025-01-20 50
    1 2025-02-10 200
    2 2025-01-31 300
    2 2025-03-01 400
    3 2025-01-02 500
    4 2025-02-15 600
    4 2025-03-10 700
    5 2025-03-15 800";

fn table(measure: Measure) -> Cohorts {
    let history = shop(SHOP);
    let view = view(&history, "2025-03-15");
    cohorts(Some(&view), measure)
}

/// January's three people, by hand, and the means of periods 0 and 1.
fn check(measure: Measure, january: [f64; 3], people: [u32; 3], means: [f64; 2]) {
    let found = table(measure);
    assert_eq!(found.cohorts[0].customer_count, 3);
    for (period, cell) in found.cohorts[0].cells.iter().enumerate() {
        close(cell.value, january[period]);
        assert_eq!(cell.customer_count, people[period], "{measure:?}, period {period}");
        assert_eq!(cell.open, period == 2, "March is open");
    }
    // Period 0: January and February, 3 + 1 people; period 1: January alone, as February's is March.
    assert_eq!(found.weighted_mean.iter().map(|mean| mean.n).collect::<Vec<_>>(), [4, 3]);
    close(found.weighted_mean[0].value, means[0]);
    close(found.weighted_mean[1].value, means[1]);
}

#[test]
fn retention() {
    // February: customer 1 of three; March: customer 2.
    check(Measure::Retention, [1.0, 1.0 / 3.0, 1.0 / 3.0], [3, 1, 1], [1.0, 1.0 / 3.0]);
}

#[test]
fn cumulative_retention() {
    // A second purchase in January is not yet a return; then customer 1, then 1 and 2.
    check(Measure::CumulativeRetention, [0.0, 1.0 / 3.0, 2.0 / 3.0], [0, 1, 2], [0.0, 1.0 / 3.0]);
}

#[test]
fn orders_per_customer() {
    // January: four purchase days; February's cohort: one. (4 + 1) ÷ 4.
    check(Measure::OrdersPerCustomer, [4.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], [3, 1, 1], [1.25, 1.0 / 3.0]);
    check(Measure::CumulativeOrdersPerCustomer, [4.0 / 3.0, 5.0 / 3.0, 2.0], [3, 1, 2], [1.25, 5.0 / 3.0]);
}

#[test]
fn net_sales_per_customer() {
    // 100 + 50 + 300 + 500 = 950, then 200, then 400. Mean of period 0: (950 + 600) ÷ 4.
    let by_month = [950.0 / 3.0, 200.0 / 3.0, 400.0 / 3.0];
    check(Measure::NetSales, by_month, [3, 1, 1], [387.5, 200.0 / 3.0]);
    let so_far = [950.0 / 3.0, 1150.0 / 3.0, 1550.0 / 3.0];
    check(Measure::CumulativeNetSales, so_far, [3, 1, 2], [387.5, 1150.0 / 3.0]);
}

#[test]
fn every_cohort_ends_with_the_month_of_as_of() {
    let found = table(Measure::Retention);
    let lengths: Vec<_> = found.cohorts.iter().map(|row| (row.key.to_string(), row.cells.len())).collect();
    assert_eq!(lengths, [("2025-01".to_owned(), 3), ("2025-02".to_owned(), 2), ("2025-03".to_owned(), 1)]);
    assert_eq!(
        found.cohorts[1].cells[1],
        CohortCell { period: 1, value: 1.0, customer_count: 1, n: 1, open: true },
        "customer 4 came back in March"
    );
}

#[test]
fn a_cohort_with_nobody_back_counts_as_zero() {
    let history = shop("1 2025-01-05 100\n 2 2025-02-05 100\n 2 2025-03-05 100");
    let view = view(&history, "2025-03-31");
    let found = cohorts(Some(&view), Measure::Retention);
    close(found.weighted_mean[1].value, 0.5);
}

#[test]
fn a_subscription_delivery_is_money_in_its_month_and_no_retention() {
    let delivery = OrderRow { subscription: true, ..order(2, 1, day("2025-02-01"), 900) };
    let history = history_of([order(1, 1, day("2025-01-01"), 1_000), delivery]);
    let view = view(&history, "2025-02-28");
    assert_eq!(cohorts(Some(&view), Measure::Retention).cohorts[0].cells[1].value, 0.0);
    assert_eq!(cohorts(Some(&view), Measure::OrdersPerCustomer).cohorts[0].cells[1].value, 0.0);
    assert_eq!(cohorts(Some(&view), Measure::NetSales).cohorts[0].cells[1].value, 900.0);
}

#[test]
fn an_empty_ledger_has_no_cohorts() {
    let found = cohorts(None, Measure::Retention);
    assert!(found.as_of.is_none() && found.cohorts.is_empty() && found.weighted_mean.is_empty());
}
