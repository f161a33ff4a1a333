//! Sums that must agree, for any shop.

use super::*;
use otokui_lib::insight::acquired::{By, Known, PartPeople, When, part};
use otokui_lib::insight::calendar::Calendar;
use otokui_lib::insight::category::Categories;
use otokui_lib::insight::cohort::{Measure, cohorts, cohorts_by};
use otokui_lib::insight::group_story::{group_history, story};
use otokui_lib::insight::growth::growth_map;
use otokui_lib::insight::lifetime_value::lifetime_value;
use otokui_lib::insight::overview::overview;
use otokui_lib::insight::people::{People, rows, select};
use otokui_lib::insight::rfm::{CpmPreset, GroupKey, groups, groups_between, scores};
use otokui_lib::insight::{History, repeat};
use proptest::prelude::*;

/// Up to 80 orders of up to 12 people within two years; some split, some deliveries.
pub fn orders() -> impl Strategy<Value = Vec<OrderRow>> {
    let one = (1_i64..=12, 0..730, 0_i64..5_000, 0..10);
    proptest::collection::vec(one, 1..80).prop_map(|orders| {
        let row = |(number, (customer, days, yen, kind)): (usize, (i64, i32, i64, i32))| OrderRow {
            split: kind == 0,
            subscription: kind == 1,
            mall: if kind < 4 { Mall::Yahoo } else { Mall::Rakuten },
            ..order(number as i64, customer, day("2024-01-01") + days, yen)
        };
        orders.into_iter().enumerate().map(row).collect()
    })
}

fn everything(history: &History) -> String {
    let view = View::new(history, &Scope::default());
    let view = view.as_ref();
    let tables: Vec<_> = Measure::ALL.into_iter().map(|measure| cohorts(view, measure)).collect();
    let rows = view.map(rows);
    format!("{:?}{:?}{tables:?}{:?}{rows:?}{:?}", overview(view), groups(view), lifetime_value(view), growth_map(view))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn groups_part_the_customers_and_their_value(orders in orders()) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let found = groups(Some(&view));
        prop_assert_eq!(found.groups.iter().map(|row| row.customer_count).sum::<u32>(), found.customer_count);
        prop_assert_eq!(found.groups.iter().map(|row| row.value).sum::<Yen>(), found.value);
        prop_assert_eq!(found.cells.iter().map(|row| row.value).sum::<Yen>(), found.value);
        let all: Yen = view.purchases.net_sales.iter().copied().sum();
        prop_assert_eq!(found.value, all);
        let mut times = vec![0; view.customers.len()];
        for group in GroupKey::ALL {
            let chosen = select(&view, &People::Group(group));
            let people = chosen.iter().filter(|&&yes| yes).count() as u32;
            prop_assert_eq!(people, found.groups[group as usize].customer_count);
            chosen.iter().zip(&mut times).for_each(|(&yes, times)| *times += i32::from(yes));
        }
        prop_assert!(times.iter().all(|&times| times == 1));
    }

    #[test]
    fn groups_of_the_past_are_those_that_stood_then(orders in orders()) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let now = groups(Some(&view));
        for place in 0..view.customers.len() {
            for (on, group) in group_history(&view, place) {
                let then = View::new(&history, &Scope { as_of: Some(on), ..Scope::default() }).expect("orders");
                let place = then.customers.binary_search(&view.customers[place]).expect("had bought");
                prop_assert_eq!(scores(&then).1[place].group(), group);
            }
        }
        if let Some(on) = now.previous_on {
            let then = View::new(&history, &Scope { as_of: Some(on), ..Scope::default() }).expect("orders");
            for row in groups(Some(&then)).groups {
                prop_assert_eq!(Some(row.customer_count), now.groups[row.key as usize].previous_count);
            }
            let stayed: u32 = now.moves.iter().map(|row| row.customer_count).sum();
            let came: u32 = now.moves.iter().filter(|row| row.from.is_none()).map(|row| row.customer_count).sum();
            prop_assert_eq!((stayed - came) as usize, then.customers.len());
        }
    }

    #[test]
    fn moves_add_up_to_the_groups_at_both_month_ends(orders in orders(), first in 0..23, more in 1..24) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let days = (month("2024-01").plus(first).last(), month("2024-01").plus(first + more).last());
        let found = groups_between(Some(&view), Some(days));
        for (on, from) in [(days.0.min(view.as_of), true), (days.1.min(view.as_of), false)] {
            let then = View::new(&history, &Scope { as_of: Some(on), ..Scope::default() });
            let then = groups(then.as_ref()).groups;
            for group in GroupKey::ALL {
                let wanted = |row: &&otokui_lib::insight::rfm::MoveRow| if from { row.from == Some(group) } else { row.to == group };
                let people: u32 = found.moves.iter().filter(wanted).map(|row| row.customer_count).sum();
                prop_assert_eq!(people, then.get(group as usize).map_or(0, |row| row.customer_count), "{} {}", on, group);
            }
        }
        for row in &found.moves {
            let people = format!("moved:{}:{}:{}:{}", days.0, days.1, row.from.map_or("none", GroupKey::word), row.to);
            let chosen = select(&view, &people.parse().expect("people"));
            prop_assert_eq!(chosen.iter().filter(|&&yes| yes).count() as u32, row.customer_count);
        }
    }

    #[test]
    fn the_kept_month_ends_are_the_groups_of_those_days(orders in orders()) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let story = story(&view);
        for row in &story.counts {
            let then = View::new(&history, &Scope { as_of: Some(row.on), ..Scope::default() }).expect("orders");
            let found: Vec<u32> = groups(Some(&then)).groups.iter().map(|row| row.customer_count).collect();
            prop_assert_eq!(&found, &row.counts);
            prop_assert_eq!(found.iter().sum::<u32>(), row.customer_count);
        }
        let (now, rows) = (scores(&view).1, rows(&view));
        for (place, score) in now.iter().enumerate() {
            let past = group_history(&view, place);
            let since = past.iter().rposition(|(_, group)| *group != score.group());
            let expected = since.map(|before| (past[before].1, past[before + 1].0));
            let row = &rows[place];
            prop_assert_eq!(row.previous_group.zip(row.group_changed_on), expected);
        }
    }

    #[test]
    fn types_states_and_classes_part_the_customers(orders in orders(), classic in any::<bool>()) {
        let history = history_of(orders);
        let mut view = View::new(&history, &Scope::default()).expect("orders");
        view.rules.cpm = if classic { CpmPreset::Classic } else { CpmPreset::Own };
        let found = groups(Some(&view));
        let people = |rows: &[otokui_lib::insight::crowd::CrowdRow]| rows.iter().map(|row| row.customer_count).sum::<u32>();
        let value = |rows: &[otokui_lib::insight::crowd::CrowdRow]| rows.iter().map(|row| row.value).sum::<Yen>();
        prop_assert_eq!((people(&found.classes), value(&found.classes)), (found.customer_count, found.value));
        if found.cpm.too_few.is_none() {
            prop_assert_eq!((people(&found.cpm.types), value(&found.cpm.types)), (found.customer_count, found.value));
        }
        if found.lapse.too_few.is_none() {
            prop_assert_eq!((people(&found.lapse.states), value(&found.lapse.states)), (found.customer_count, found.value));
            for step in &found.lapse.steps {
                prop_assert!(step.soon_days <= step.attention_days && step.attention_days <= step.lapse_days);
            }
        }
        for row in rows(&view) {
            prop_assert_eq!(row.lapse_on.is_some(), found.lapse.too_few.is_none());
            prop_assert!(row.soon_on <= row.attention_on && row.attention_on <= row.lapse_on);
        }
    }

    #[test]
    fn a_weighted_mean_is_the_mean_of_all(orders in orders()) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        for measure in Measure::ALL {
            let found = cohorts(Some(&view), measure);
            for mean in &found.weighted_mean {
                let closed = || {
                    let cell = |row: &otokui_lib::insight::cohort::CohortRow| {
                        let cell = row.cells.get(mean.period as usize).filter(|cell| !cell.open)?;
                        Some((f64::from(row.customer_count), cell.value))
                    };
                    found.cohorts.iter().filter_map(cell).collect::<Vec<_>>()
                };
                let people: f64 = closed().iter().map(|(n, _)| n).sum();
                let sum: f64 = closed().iter().map(|(n, value)| n * value).sum();
                prop_assert_eq!(people, f64::from(mean.n));
                prop_assert!((sum / people - mean.value).abs() < 1e-6);
            }
        }
        // Everything bought is in some cell, open or not.
        let found = cohorts(Some(&view), Measure::NetSales);
        let per_row = |row: &otokui_lib::insight::cohort::CohortRow| {
            row.cells.iter().map(|cell| cell.value).sum::<f64>() * f64::from(row.customer_count)
        };
        let all: Yen = view.purchases.net_sales.iter().copied().sum();
        prop_assert!((found.cohorts.iter().map(per_row).sum::<f64>() - all.as_f64()).abs() < 1e-3);
    }

    #[test]
    fn parts_part_the_customers_and_their_means_are_pooled(orders in orders()) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let known = Known { calendar: &Calendar::default(), categories: &Categories::default() };
        for by in By::ALL {
            let parting = part(&view, by, &known);
            let mut places: Vec<u32> = parting.members.concat();
            places.sort_unstable();
            prop_assert_eq!(places, (0..view.customers.len() as u32).collect::<Vec<_>>(), "each is in one part");
            prop_assert!(parting.members.iter().all(|members| !members.is_empty()));
            for measure in Measure::ALL {
                let found = cohorts_by(Some(&view), measure, by, &known);
                prop_assert_eq!(&found.cohorts.iter().map(|row| row.key.clone()).collect::<Vec<_>>(), &parting.keys);
                for mean in &found.weighted_mean {
                    let cells = found.cohorts.iter().filter_map(|row| row.cells.get(mean.period as usize));
                    let closed: Vec<_> = cells.filter(|cell| !cell.open).collect();
                    let sum: f64 = closed.iter().map(|cell| f64::from(cell.n) * cell.value).sum();
                    prop_assert_eq!(closed.iter().map(|cell| cell.n).sum::<u32>(), mean.n);
                    prop_assert_eq!(closed.len() as u32, mean.cohort_count);
                    prop_assert!((sum / f64::from(mean.n) - mean.value).abs() < 1e-6);
                    let below = closed.iter().filter(|cell| cell.value <= mean.median + 1e-9).count();
                    prop_assert!(2 * below >= closed.len(), "half of the cohorts lie at or below the median");
                }
                for row in &found.cohorts {
                    if measure == Measure::CumulativeRetention && by.is_calendar() {
                        prop_assert!(row.cells.is_sorted_by(|a, b| a.value <= b.value), "who is back stays back");
                    }
                    prop_assert!(row.cells.is_sorted_by(|a, b| a.n >= b.n) && row.cells.iter().all(|c| c.n <= row.customer_count));
                }
            }
            for (measure, when) in [(Measure::Retention, When::In as fn(u32) -> When), (Measure::CumulativeRetention, When::UpTo)] {
                let found = cohorts_by(Some(&view), measure, by, &known);
                let row = &found.cohorts[0];
                for cell in &row.cells {
                    let people = PartPeople { by, when: when(cell.period), key: row.key.clone() };
                    let chosen = people.select(&view, &known).into_iter().filter(|&yes| yes).count();
                    prop_assert_eq!(chosen as u32, cell.customer_count, "{}", people);
                }
            }
        }
    }

    #[test]
    fn the_growth_map_and_the_assets_lose_nobody(orders in orders()) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let found = growth_map(Some(&view));
        prop_assert_eq!(found.stages.iter().map(|row| row.customer_count).sum::<u32>(), view.customers.len() as u32);
        prop_assert_eq!(found.arrows[0].rate, repeat::f2(&view, 365));
        let count = |text: &str| {
            select(&view, &text.parse().expect("people")).into_iter().filter(|&yes| yes).count() as u32
        };
        for row in &found.stages {
            prop_assert_eq!(count(&row.people), row.customer_count);
        }
        for row in &found.arrows {
            prop_assert_eq!(count(&row.made_people), row.made_count);
            prop_assert_eq!(count(&row.people), row.rate.map_or(0, |rate| rate.n));
        }
        let made = |interval: Option<Interval>| interval.map_or(0.0, |i| i.value * f64::from(i.n)).round() as u32;
        for (before, year) in found.assets.years.iter().zip(found.assets.years.iter().skip(1)) {
            prop_assert_eq!(year.retention.map_or(0, |rate| rate.n), before.active_count);
            prop_assert_eq!(year.return_rate.map_or(0, |rate| rate.n), before.lapsed_count);
            prop_assert_eq!(made(year.retention) + made(year.return_rate) + year.new_count, year.active_count);
            prop_assert_eq!(made(year.new_retention) + made(year.old_retention), made(year.retention));
            let everybody = before.active_count + before.lapsed_count + year.new_count;
            prop_assert_eq!(year.active_count + year.lapsed_count, everybody);
        }
    }

    #[test]
    fn months_add_up_to_a_period_of_whole_months(orders in orders(), first in 0..18, more in 0..18) {
        let history = history_of(orders);
        let (from, to) = (month("2024-01").plus(first), month("2024-01").plus(first + more));
        let scope = Scope {
            as_of: Some(day("2027-01-31")),
            from: Some(from.first()),
            to: Some(to.last()),
            ..Scope::default()
        };
        let view = View::new(&history, &scope).expect("orders");
        let found = overview(Some(&view));
        let rows = || found.months.iter().filter(|row| (from..=to).contains(&row.month));
        prop_assert_eq!(rows().map(|row| row.order_count).sum::<u32>(), found.order_count);
        prop_assert_eq!(rows().map(|row| row.net_sales).sum::<Yen>(), found.net_sales);
        let new = &found.new_vs_existing.new;
        let existing = &found.new_vs_existing.existing;
        prop_assert_eq!(rows().map(|row| row.new_customer_count).sum::<u32>(), new.customer_count);
        prop_assert_eq!(rows().map(|row| row.new_net_sales).sum::<Yen>(), new.net_sales);
        prop_assert_eq!(rows().map(|row| row.existing_net_sales).sum::<Yen>(), existing.net_sales);
        prop_assert_eq!(new.order_count + existing.order_count, found.order_count);
        for row in &found.months {
            let people = |people| select(&view, &people).iter().filter(|&&yes| yes).count() as u32;
            prop_assert_eq!(people(People::Month(row.month)), row.customer_count);
            prop_assert_eq!(people(People::MonthNew(row.month)), row.new_customer_count);
            prop_assert!(row.repeat_share.is_none_or(|share| (0.0..=1.0).contains(&share)));
        }
        prop_assert!(found.repeat_share.is_none_or(|share| (0.0..=1.0).contains(&share)));
    }

    #[test]
    fn lifetime_value_of_the_same_people_never_falls(orders in orders()) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let found = lifetime_value(Some(&view));
        for row in &found.trend {
            let known: Vec<f64> = [row.ltv_90, row.ltv_180, row.ltv_365].into_iter().flatten().collect();
            prop_assert!(known.is_sorted(), "{:?}", row);
        }
        for curve in &found.curves {
            for pair in curve.points.windows(2) {
                prop_assert!(pair[0].n >= pair[1].n);
                prop_assert!(pair[0].n > pair[1].n || pair[0].value <= pair[1].value + 1e-9);
            }
            prop_assert!(curve.points.iter().all(|p| p.low <= Some(p.value) && Some(p.value) <= p.high));
        }
    }

    #[test]
    fn f2_rests_on_everybody_who_had_the_time(orders in orders(), window in 1_u32..400) {
        let history = history_of(orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let had_time = select(&view, &People::ObservedDays(window)).iter().filter(|&&yes| yes).count() as u32;
        let found = repeat::f2(&view, window);
        prop_assert_eq!(found.map_or(0, |rate| rate.n), had_time);
        prop_assert!(found.is_none_or(|r| 0.0 <= r.low && r.low <= r.value && r.value <= r.high && r.high <= 1.0));
    }

    #[test]
    fn the_order_in_which_orders_come_in_makes_no_difference(orders in orders(), turn in 0_usize..80) {
        let mut turned = orders.clone();
        turned.rotate_left(turn % orders.len());
        turned.reverse();
        prop_assert_eq!(everything(&history_of(orders)), everything(&history_of(turned)));
    }
}
