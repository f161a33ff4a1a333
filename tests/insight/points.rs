//! Events and points: dependence, attachment and the way out, worked by hand.

use super::*;
use otokui_lib::insight::attachment::{Attachment, attachments};
use otokui_lib::insight::calendar::{Calendar, EventRule, Time, When};
use otokui_lib::insight::category::Categories;
use otokui_lib::insight::dependence::{DependenceBand, Dependences, Prior, Tally};
use otokui_lib::insight::exit_path::{FirstOrder, exit_path, first_orders};
use otokui_lib::insight::history::LineRow;
use otokui_lib::insight::margin::{LineInput, OrderInput};
use otokui_lib::insight::people::People;
use otokui_lib::insight::point_people::{PlaneQuarter, PointPeople};
use otokui_lib::insight::points::{Points, Question, points, select};

/// The fifth of every month is an event at Rakuten; so is a night from 20:00 to 01:59 of the next but one day.
fn events() -> Calendar {
    let rule = |key: &str, when| EventRule {
        key: key.into(),
        mall: Mall::Rakuten,
        name: key.into(),
        when,
        from: None,
        until: None,
        gives_way: Vec::new(),
        source: "invented".into(),
        remarks: Vec::new(),
        checked_on: day("2026-01-01"),
    };
    let time = |hour, minute| Time { hour, minute };
    let night =
        When::InMonths { months: vec![12], from_day: 20, from_time: time(20, 0), to_day: 22, to_time: time(1, 59) };
    Calendar { rules: vec![rule("five", When::DaysOfMonth(vec![5])), rule("night", night)] }
}

/// One line per order: customer, day, then any of `coupon`, `mall` (the mall's coupon), `x5` (multiplier 5), `gift`,
/// `dated` (no time of day), an item's number as `#2`. Every order costs 1,100 yen.
pub fn told(lines: &str) -> History {
    let mut builder = HistoryBuilder::default();
    for (number, line) in lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let mut words = line.split_whitespace();
        let customer = words.next().and_then(|word| word.parse().ok()).expect("a customer");
        let on = day(words.next().expect("a day"));
        let mut row = order(number as i64 + 1, customer, on, 1_100);
        let mut item = 0;
        for word in words {
            match word {
                "coupon" => (row.shop_coupon, row.net_sales) = (Yen(100), Yen(1_000)),
                "mall" => (row.mall_coupon, row.paid_by_mall) = (Yen(100), Yen(100)),
                "gift" => row.gift = true,
                "dated" => (row.time_known, row.ordered_at) = (false, on.start()),
                "yahoo" => row.mall = Mall::Yahoo,
                _ => match word.split_at(1) {
                    ("x", times) => row.point_multiplier = times.parse().expect("a multiplier"),
                    (_, number) => item = number.parse().expect("an item"),
                },
            }
        }
        let input = LineInput { point_multiplier: row.point_multiplier, ..LineInput::default() };
        let line = LineRow { item, quantity: 1, goods: row.goods };
        builder.push_costed(row, &[line], OrderInput::default(), &[input]);
    }
    let items = (0..4).map(|item| otokui_lib::insight::history::Item {
        mall: Mall::Rakuten,
        code: format!("item-{item}"),
        name: format!("Item {item}"),
    });
    builder.finish(items.collect())
}

/// Ten one-time buyers in January 2025, five of them on the fifth: half are expected on event days.
fn half() -> String {
    (101..=110).map(|c| format!("{c} 2025-01-{}\n", if c <= 105 { "05" } else { "06" })).collect()
}

fn with<T>(history: &History, as_of: &str, ask: impl Fn(&View<'_>, &Question<'_>) -> T) -> T {
    let view = view(history, as_of);
    let calendar = events();
    let days = calendar.days(history.first_day().expect("orders"), history.last_day().expect("orders"));
    let dependences = Dependences::of(&view, &days);
    let parts = attachments(&view, &dependences, &Categories::default(), &None);
    let question = Question {
        dependences: &dependences,
        attachments: &parts,
        events: &days,
        multiplier: None,
        keep: &|_| true,
        listed: usize::MAX,
    };
    ask(&view, &question)
}

fn everybody(view: &View<'_>) -> Vec<u32> {
    (0..view.customers.len() as u32).collect()
}

pub fn answered(history: &History, as_of: &str) -> Points {
    with(history, as_of, points)
}

#[test]
fn few_customers_are_shrunken_cautiously_towards_what_one_time_buyers_do() {
    // Expected of a January purchase: 5 of 10. Customers 1–3 buy three times in January (1: all on the fifth? no, a day
    // holds one purchase, so February and March come too; there nobody bought once, the mall as a whole says 5 of 10).
    let history = told(
        &(half()
            + "1 2025-01-05\n1 2025-02-05\n1 2025-03-05\n1 2025-04-05\n\
               2 2025-01-06\n2 2025-02-06\n2 2025-03-06\n2 2025-04-06\n\
               3 2025-01-05\n3 2025-02-06\n\
               4 2025-01-05\n4 2025-02-05\n"),
    );
    let found = answered(&history, "2025-04-30");
    assert!(!found.prior.fitted, "four customers are not thirty");
    let row = |customer: i64| found.customers.iter().find(|row| row.customer_id == CustomerId(customer));
    let check = |customer, share, dependence, band| {
        let row = row(customer).expect("two clear purchases");
        close(row.event_share, share);
        close(row.expected_share, 0.5);
        close(row.dependence, dependence);
        assert_eq!(row.band, band, "customer {customer}");
    };
    // (k + 4 × 0.5) ÷ (n + 4) − 0.5: (4 + 2) ÷ 8 = 0.75, (0 + 2) ÷ 8 = 0.25, (1 + 2) ÷ 6 = 0.5, (2 + 2) ÷ 6 = 0.667.
    check(1, 1.0, 0.25, DependenceBand::EventsMostly);
    check(2, 0.0, -0.25, DependenceBand::PlainMostly);
    check(3, 0.5, 0.0, DependenceBand::Even);
    check(4, 1.0, 4.0 / 6.0 - 0.5, DependenceBand::EventsMostly);
    assert_eq!(found.customer_count, 4);
    let undecided = &found.bands[5];
    assert_eq!((undecided.band, undecided.customer_count, undecided.share), (DependenceBand::Undecided, 10, None));
    // Repeat purchases: 1 three on events, 2 three outside, 3 one outside, 4 one on an event: 4 of 8.
    let repeat = found.repeat.expect("clear repeat purchases");
    assert_eq!((repeat.purchase_count, repeat.event_count, repeat.unclear_count), (8, 4, 0));
    close(repeat.excess, 0.0);
}

fn tally(purchases: u32, on_events: u32) -> Tally {
    Tally { purchases, on_events, expected: f64::from(purchases) * 0.5, unclear: 0 }
}

#[test]
fn the_prior_is_fitted_by_moments() {
    // 30 customers, four purchases each, half expected: six with 4, eighteen with 2, six with 0 on events. μ = 60 ÷ 120 =
    // 0.5. Σ(k − 2)² = 6 × 4 + 6 × 4 = 48; Σ nμ(1 − μ) = 30 × 1 = 30; Σ n(n − 1)μ(1 − μ) = 30 × 3 = 90.
    // ρ = (48 − 30) ÷ 90 = 0.2, so the strength is 1 ÷ 0.2 − 1 = 4 and (4 + 2) ÷ 8 = 0.75.
    let rows: Vec<Tally> = (0..30)
        .map(|c| {
            tally(
                4,
                if c < 6 {
                    4
                } else if c < 24 {
                    2
                } else {
                    0
                },
            )
        })
        .collect();
    let prior = Prior::fit(rows.iter());
    assert!(prior.fitted && prior.rows == 30);
    close(prior.strength, 4.0);
    close(prior.posterior(&rows[0]), 0.75);
    close(prior.dependence(&rows[29]).expect("four purchases"), -0.25);
    // All with two of four: less spread than chance. Nobody depends, however they bought.
    let even: Vec<Tally> = (0..30).map(|_| tally(4, 2)).collect();
    let prior = Prior::fit(even.iter());
    close(prior.strength, 1_000.0);
    close(prior.dependence(&tally(2, 2)).expect("two purchases"), 502.0 / 1_002.0 - 0.5);
    // All or nothing: never less than one purchase, so that two of two stay at (2 + 0.5) ÷ 3.
    let split: Vec<Tally> = (0..30).map(|c| tally(4, if c < 15 { 4 } else { 0 })).collect();
    close(Prior::fit(split.iter()).posterior(&tally(2, 2)), 2.5 / 3.0);
    // The mean moves with what is expected: all at 3 of 4 where a half is expected are odds of 3 to 1; where a fifth is
    // expected, 3 × 1/4 = 3/4 to 1, a mean of 3/7.
    let more: Vec<Tally> = (0..30).map(|_| tally(4, 3)).collect();
    let prior = Prior::fit(more.iter());
    close(prior.odds_ratio, 3.0);
    close(prior.mean(&Tally { purchases: 5, on_events: 0, expected: 1.0, unclear: 0 }), 3.0 / 7.0);
}

#[test]
fn an_order_without_a_time_on_the_last_night_counts_neither_way() {
    // From 20 December 20:00 to 22 December 01:59: the 20th and the 22nd are unclear without a time, the 21st is not.
    let history =
        told(&(half() + "1 2024-12-20 dated\n1 2024-12-22 dated\n1 2025-01-05\n2 2024-12-21 dated\n2 2025-01-05\n"));
    let found = answered(&history, "2025-01-31");
    assert_eq!(found.customers.len(), 1, "1 has one clear purchase only: 判定保留");
    assert_eq!((found.customers[0].customer_id, found.customers[0].event_count), (CustomerId(2), 2));
    assert_eq!(found.incentives.unclear_count, 2);
    assert_eq!(found.incentives.full_value_count, 5, "an unclear order is not said to be at full value");
    // A coupon decides it without the time.
    let coupon = told(&(half() + "1 2024-12-22 dated coupon\n"));
    assert_eq!(answered(&coupon, "2025-01-31").first_orders.last().map(|row| row.first), Some(FirstOrder::Coupon));
}

#[test]
fn full_value_is_none_of_event_coupon_and_raised_points() {
    // Six orders of a plain day: none, shop's coupon, mall's coupon, five times the points; and one on the fifth.
    let history = told(
        "1 2025-01-06\n2 2025-01-06 coupon\n3 2025-01-06 mall\n4 2025-01-06 x5\n5 2025-01-05\n6 2025-01-05 coupon x5\n",
    );
    let sums = answered(&history, "2025-01-31").incentives;
    let counts = [sums.order_count, sums.event_count, sums.shop_coupon_count, sums.paid_by_mall_count];
    assert_eq!((counts, sums.raised_count, sums.full_value_count), ([6, 2, 2, 1], 2, 1));
    // Coupons 2 × 100; raised points 4 % of 1,100 and of 1,000: 44 + 40. Goods 6 × 1,100 = 6,600; paid 6,600 − 200.
    assert_eq!(sums.incentives, Yen(284));
    close(sums.incentive_share.expect("goods"), 284.0 / 6_600.0);
    close(sums.own_point_share.expect("paid"), 100.0 / 6_400.0);
    let kinds = |first| select_count(&history, PointPeople::First(first));
    assert_eq!([FirstOrder::FullValue, FirstOrder::Incentive, FirstOrder::Event].map(kinds), [1, 5, 2]);
    assert_eq!([FirstOrder::Coupon, FirstOrder::Raised, FirstOrder::Unclear].map(kinds), [3, 2, 0]);
}

pub fn select_count(history: &History, people: PointPeople) -> usize {
    with(history, "2025-12-31", |view, question| select(view, question, people).into_iter().filter(|is| *is).count())
}

#[test]
fn first_orders_tell_who_came_back_and_what_they_brought() {
    // Ten full-value first orders, three back within 180 days (1–3 on day 30); five on the fifth, one back (11), another
    // after 200 days (12). As of day 400 all are observed. LTV(365): (13 × 1,100) ÷ 10, and 5 + 2 = 7 orders ÷ 5.
    let mut lines = String::new();
    (1..=10).for_each(|c| lines += &format!("{c} 2025-01-06\n"));
    (1..=3).for_each(|c| lines += &format!("{c} 2025-02-05\n"));
    (11..=15).for_each(|c| lines += &format!("{c} 2025-01-05\n"));
    lines += "11 2025-02-04\n12 2025-07-24\n";
    let history = told(&lines);
    let rows =
        with(&history, "2026-02-10", |view, question| first_orders(view, question.dependences, &everybody(view)));
    let kinds: Vec<FirstOrder> = rows.iter().map(|row| row.first).collect();
    assert_eq!(kinds, [FirstOrder::FullValue, FirstOrder::Incentive, FirstOrder::Event]);
    assert_eq!([rows[0].customer_count, rows[1].customer_count], [10, 5]);
    check_interval(rows[0].f2_180, 0.3, 10);
    check_interval(rows[1].f2_180, 0.2, 5);
    check_interval(rows[0].ltv_365, 1_430.0, 10);
    check_interval(rows[1].ltv_365, 1_540.0, 5);
    let young =
        with(&history, "2025-06-01", |view, question| first_orders(view, question.dependences, &everybody(view)));
    assert_eq!((young[0].f2_180, young[0].ltv_365), (None, None), "nobody is observed that long");
}

#[test]
fn the_way_out_begins_with_two_events_and_ends_at_full_value() {
    // 1–6 buy on 5 January and 5 February. 1, 2 at full value on 6 March (29 days), 3 in October (243 days), 4 with a
    // coupon on a plain day: out of events, but not at full value. 5, 6 never leave. 7 begins on a plain day.
    let mut lines = String::new();
    (1..=6).for_each(|c| lines += &format!("{c} 2025-01-05\n{c} 2025-02-05\n"));
    lines += "1 2025-03-06 #2\n2 2025-03-06 #2\n3 2025-10-06 #1\n4 2025-03-06 coupon\n5 2025-04-05\n7 2025-01-06\n7 2025-02-05\n";
    let history = told(&lines);
    let found = with(&history, "2025-12-31", |view, question| exit_path(view, question.dependences, &everybody(view)));
    assert_eq!((found.customer_count, found.event_only_count, found.left_count), (6, 2, 3));
    check_interval(found.left_180, 2.0 / 6.0, 6);
    check_interval(found.left_share, 3.0 / 6.0, 6);
    assert_eq!(found.median_days, None, "three people make no median");
    let items: Vec<(&str, u32)> =
        found.items.iter().map(|row| (row.item.item_code.as_str(), row.customer_count)).collect();
    assert_eq!(items, [("item-2", 2), ("item-1", 1)]);
    let count = |people| select_count(&history, people);
    assert_eq!([PointPeople::EventStart, PointPeople::EventLeft, PointPeople::EventOnly].map(count), [6, 3, 2]);
}

#[test]
fn attachment_is_the_mean_of_its_parts() {
    // Customer 1: 6 January, 5 February (event), 7 March and 6 April at full value, the last a gift; items 0, 1, 1, 2.
    // Full-value repeats 2 → 2 ÷ 4. Widened 2 → 2 ÷ 4. Gaps 30, 30, 30: regularity 1. Gifts 1 → 1 ÷ 2. Reviews unknown.
    // Tenure 90 → 90 ÷ 455. Mean of five: (0.5 + 0.5 + 1 + 0.5 + 0.1978) ÷ 5 = 0.53956: step 4.
    let history = told("1 2025-01-06\n1 2025-02-05 #1\n1 2025-03-07 #1\n1 2025-04-06 #2 gift\n2 2025-01-06\n");
    let of = |reviews| {
        let view = view(&history, "2025-04-30");
        let calendar = events();
        let days = calendar.days(day("2025-01-01"), day("2025-04-30"));
        let dependences = Dependences::of(&view, &days);
        attachments(&view, &dependences, &Categories::default(), &reviews)
    };
    let found: Vec<Attachment> = of(None);
    let first = found[0];
    assert_eq!((first.full_value_repeats, first.categories_widened, first.gift_count), (2, 2, 1));
    assert_eq!((first.regularity, first.review_count, first.active_days), (Some(1.0), None, 90));
    close(first.score, (0.5 + 0.5 + 1.0 + 0.5 + 90.0 / 455.0) / 5.0);
    assert_eq!(first.level(), 4);
    assert_eq!((found[1].regularity, found[1].score, found[1].level()), (None, 0.0, 1));
    // With a review file that has one review of customer 1: a sixth part of 1 ÷ 2; customer 2 wrote none, which is known.
    let reviewed = of(Some([(CustomerId(1), 1)].into_iter().collect()));
    close(reviewed[0].score, (0.5 + 0.5 + 1.0 + 0.5 + 0.5 + 90.0 / 455.0) / 6.0);
    assert_eq!(reviewed[1].review_count, Some(0));
}

#[test]
fn what_is_expected_is_the_month_the_mall_the_shop() {
    // January at Rakuten: six bought once, three on the fifth. February: four, all on the fifth: too few, the mall as a whole
    // says 7 of 10. Yahoo has none who bought once: the shop says 7 of 10 as well, though no event is known there.
    let mut lines = String::new();
    (101..=106).for_each(|c| lines += &format!("{c} 2025-01-{}\n", if c <= 103 { "05" } else { "06" }));
    (107..=110).for_each(|c| lines += &format!("{c} 2025-02-05\n"));
    let history = told(&(lines + "1 2025-01-05\n1 2025-02-05\n2 2025-01-07 yahoo\n2 2025-01-08 yahoo\n"));
    let found = answered(&history, "2025-02-28");
    let of = |customer| found.customers.iter().find(|row| row.customer_id == CustomerId(customer)).expect("judged");
    close(of(1).expected_share, (0.5 + 0.7) / 2.0);
    close(of(2).expected_share, 0.7);
}

#[test]
fn rows_of_groups_items_and_months_need_five_people() {
    // Item 0: ten people on the fifth, item 1: four. Expected is what one-time buyers do, and all are: 14 of 14.
    let mut lines = String::new();
    (1..=10).for_each(|c| lines += &format!("{c} 2025-01-05\n"));
    (11..=14).for_each(|c| lines += &format!("{c} 2025-01-05 #1\n"));
    let found = answered(&told(&lines), "2025-01-31");
    assert_eq!((found.items[0].key.as_str(), found.items[0].customer_count), ("rakuten:item-0", 10));
    check_interval(found.items[0].event_share, 1.0, 10);
    close(found.items[0].dependence.expect("ten people"), (10.0 + 4.0 * 0.995) / 14.0 - 1.0);
    assert_eq!((found.items[1].customer_count, found.items[1].event_share, found.items[1].dependence), (4, None, None));
    assert_eq!(found.items[1].band, DependenceBand::Undecided);
    assert_eq!((found.cohorts.len(), found.cohorts[0].key.as_str()), (1, "2025-01"));
    assert_eq!(found.groups.iter().map(|row| row.customer_count).sum::<u32>(), 14);
}

#[test]
fn people_of_points_are_read_as_they_are_written() {
    let day = |text| day(text);
    let all = [
        PointPeople::Band(DependenceBand::EventsMostly),
        PointPeople::Cell(DependenceBand::Even, 5),
        PointPeople::Quarter(PlaneQuarter::BargainHunters),
        PointPeople::First(FirstOrder::FullValue),
        PointPeople::EventStart,
        PointPeople::EventLeft,
        PointPeople::EventOnly,
        PointPeople::Repeat(day("2025-01-01"), day("2025-12-31")),
        PointPeople::Multiplier(day("2025-01-01"), day("2025-12-31"), 5),
    ];
    for people in all {
        assert_eq!(people.to_string().parse::<People>(), Ok(People::Points(people)), "{people}");
    }
    for wrong in ["dependence:much", "plane:even:6", "plane:even", "multiplier:2025-01-01:x:5", "events_only:1"] {
        assert!(wrong.parse::<People>().is_err(), "{wrong}");
    }
}
