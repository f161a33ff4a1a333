//! A published shop: what the papers count, counted here.

use super::*;
use otokui_lib::insight::acquired::{By, Known};
use otokui_lib::insight::calendar::Calendar;
use otokui_lib::insight::category::Categories;
use otokui_lib::insight::cohort::{Measure, cohorts, cohorts_by};
use otokui_lib::insight::growth::growth_map;
use otokui_lib::insight::lifetime_value::lifetime_value;
use otokui_lib::insight::overview::overview;
use otokui_lib::insight::repeat;
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

/// Counted a second time from the file by a script in another language that shares nothing with this one.
#[test]
fn a_count_by_other_means_agrees() {
    let history = cdnow();
    let view = view(&history, "1998-06-30");
    for (window, back) in [(90, 687), (180, 887), (365, 1_074)] {
        check_interval(repeat::f2(&view, window), f64::from(back) / 2_357.0, 2_357);
    }

    let found = lifetime_value(Some(&view));
    check_interval(found.headline["12m"], 9_042.708527789562, 2_357);
    let point = |day| found.curves[0].points.iter().find(|point| point.day == day).expect("observed");
    close(point(30).value, 4_438.199830292745);
    close(point(480).value, 10_134.25498652291);
    assert_eq!((point(480).n, point(510).n), (1_855, 937));
    // Normal theory over the customers: 1.6449 × σ ÷ √n = 667.3. A thousand random draws come within a tenth.
    let year = found.headline["12m"].expect("observed");
    let half = (year.high - year.low) / 2.0;
    assert!((half / 667.3 - 1.0).abs() < 0.1, "half width {half}");

    let people = |measure| -> Vec<u32> {
        cohorts(Some(&view), measure).cohorts[0].cells.iter().map(|cell| cell.customer_count).collect()
    };
    assert_eq!(people(Measure::Retention), [781, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45, 47, 63, 37, 37, 33]);
    assert_eq!(
        people(Measure::CumulativeRetention),
        [0, 124, 185, 206, 228, 260, 276, 287, 301, 312, 322, 329, 333, 337, 344, 347, 350, 355]
    );

    let found = groups(Some(&view));
    assert_eq!(found.thresholds.recency_days, [34.0, 51.0, 68.0, 102.0]);
    assert_eq!(found.thresholds.monetary, [Yen(1_536), Yen(3_195), Yen(5_925), Yen(13_049)]);
    let counts: Vec<u32> = found.groups.iter().map(|row| row.customer_count).collect();
    assert_eq!(counts, [140, 79, 22, 0, 0, 3, 1, 225, 710, 1_177], "in the order of the groups, best first");
}

/// Likewise, of the places and ways of the growth map; nobody of this sample was new in its last year, or lapsed before it.
#[test]
fn the_growth_map_agrees_with_a_count_by_other_means() {
    let history = cdnow();
    let found = growth_map(Some(&view(&history, "1998-06-30")));
    let stages: Vec<u32> = found.stages.iter().map(|row| row.customer_count).collect();
    assert_eq!(stages, [0, 176, 363, 273, 1_545, 0], "new, F2, settled, best, lapsed, returned");
    let ways: Vec<_> = found.arrows.iter().map(|row| (row.made_count, row.rate.map_or(0, |rate| rate.n))).collect();
    assert_eq!(ways, [(1_074, 2_357), (562, 805), (195, 373), (10, 68), (0, 0)]);
    assert_eq!(found.arrows.iter().map(|row| row.base_count).collect::<Vec<_>>(), [0, 334, 363, 273, 1_545]);
    let worth = [(15_497.552795031055, 805), (22_225.13672922252, 373), (41_851.720588235294, 68)];
    for (row, (value, n)) in found.arrows.iter().zip(worth) {
        check_interval(row.worth, value, n);
    }
    check_interval(found.arrows[3].worth, 26_723.896551724138, 58);
    let year = found.assets.years.last().expect("a year");
    check_interval(year.retention, 812.0 / 2_357.0, 2_357);
    assert_eq!((year.return_rate, found.assets.returns_unknown), (None, true));
}

/// Likewise, by quarter and by week.
#[test]
fn quarters_and_weeks_agree_with_a_count_by_other_means() {
    let history = cdnow();
    let view = view(&history, "1998-06-30");
    let known = Known { calendar: &Calendar::default(), categories: &Categories::default() };
    let people = |measure, by, key: &str| -> Vec<u32> {
        let found = cohorts_by(Some(&view), measure, by, &known);
        let row = found.cohorts.iter().find(|row| row.key == key).expect("a cohort");
        row.cells.iter().map(|cell| cell.customer_count).collect()
    };
    assert_eq!(people(Measure::Retention, By::Quarter, "1997-Q1"), [2_357, 524, 418, 404, 384, 300]);
    assert_eq!(people(Measure::CumulativeRetention, By::Quarter, "1997-Q1"), [0, 524, 728, 846, 934, 976]);
    let week = people(Measure::CumulativeRetention, By::Week, "1997-01-06");
    assert_eq!((week[10], people(Measure::Retention, By::Week, "1997-01-06")[10]), (51, 5), "of 168");
}
