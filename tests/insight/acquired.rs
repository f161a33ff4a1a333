//! Six customers parted by their first purchase in seven ways, seen on 2025-03-15, a Saturday.

use super::*;
use otokui_lib::insight::acquired::{By, Known, PartPeople, part};
use otokui_lib::insight::calendar::{Calendar, EventRule, When};
use otokui_lib::insight::category::Categories;
use otokui_lib::insight::cohort::{Cohorts, Measure, cohorts_by};
use otokui_lib::insight::history::{Item, LineRow};
use otokui_lib::insight::lifetime_value::{Asked, Chosen, lifetime_value_by};
use otokui_lib::insight::people::People;

/// On Rakuten the 5th is an event day. Items: 0 tea at Rakuten and 2 tea at Yahoo are お茶, 1 a cup is nothing.
fn six() -> History {
    let line = |item: u32, yen: i64| LineRow { item, quantity: 1, goods: Yen(yen) };
    let mut builder = HistoryBuilder::default();
    let mut push = |row: OrderRow, lines: &[LineRow]| builder.push(row, lines);
    // 1: on the event day, mostly tea; back in February.
    push(order(1, 1, day("2025-01-05"), 1_000), &[line(1, 400), line(0, 600)]);
    push(order(2, 1, day("2025-02-10"), 200), &[line(1, 200)]);
    // 2: a coupon on a plain day; cup and tea cost the same, the cup stands first.
    push(OrderRow { shop_coupon: Yen(50), ..order(3, 2, day("2025-01-06"), 1_000) }, &[line(1, 500), line(0, 500)]);
    // 3: Yahoo, where the 5th is no event; back in March.
    push(OrderRow { mall: Mall::Yahoo, ..order(4, 3, day("2025-01-12"), 300) }, &[line(2, 300)]);
    push(OrderRow { mall: Mall::Yahoo, ..order(5, 3, day("2025-03-01"), 300) }, &[line(2, 300)]);
    // 4: event day and coupon; 5: a raised multiplier alone.
    push(OrderRow { shop_coupon: Yen(5), ..order(6, 4, day("2025-02-05"), 100) }, &[line(0, 100)]);
    push(OrderRow { point_multiplier: 5, ..order(7, 5, day("2025-02-07"), 100) }, &[line(0, 100)]);
    // 6: the shop's own list, without lines.
    push(OrderRow { mall: Mall::Own, ..order(8, 6, day("2025-03-10"), 900) }, &[]);
    let item = |mall, code: &str| Item { mall, code: code.into(), name: String::new() };
    builder.finish(vec![item(Mall::Rakuten, "tea"), item(Mall::Rakuten, "cup"), item(Mall::Yahoo, "tea")])
}

fn calendar() -> Calendar {
    let rule = EventRule {
        key: "five".into(),
        mall: Mall::Rakuten,
        name: "Five".into(),
        when: When::DaysOfMonth(vec![5]),
        from: None,
        until: None,
        gives_way: Vec::new(),
        source: "invented".into(),
        remarks: Vec::new(),
        checked_on: day("2025-01-01"),
    };
    Calendar { rules: vec![rule] }
}

fn categories() -> Categories {
    Categories { names: vec!["お茶".into()], of_item: vec![Some(0), None, Some(0)] }
}

fn parts(by: By) -> Vec<(String, Vec<i64>)> {
    let (history, calendar, categories) = (six(), calendar(), categories());
    let view = view(&history, "2025-03-15");
    let found = part(&view, by, &Known { calendar: &calendar, categories: &categories });
    let ids = |places: &Vec<u32>| places.iter().map(|&place| view.id(place as usize).0).collect();
    found.keys.iter().cloned().zip(found.members.iter().map(ids)).collect()
}

fn check(by: By, expected: &[(&str, &[i64])]) {
    let expected: Vec<_> = expected.iter().map(|(key, ids)| ((*key).to_owned(), ids.to_vec())).collect();
    assert_eq!(parts(by), expected, "by {}", by.word());
}

#[test]
fn times_come_oldest_first() {
    check(By::Month, &[("2025-01", &[1, 2, 3]), ("2025-02", &[4, 5]), ("2025-03", &[6])]);
    check(By::Quarter, &[("2025-Q1", &[1, 2, 3, 4, 5, 6])]);
    // 2025-01-05 was a Sunday, the last day of the week that began in the old year.
    check(By::Week, &[("2024-12-30", &[1]), ("2025-01-06", &[2, 3]), ("2025-02-03", &[4, 5]), ("2025-03-10", &[6])]);
}

#[test]
fn everything_else_comes_by_people_then_by_key() {
    check(By::FirstMall, &[("rakuten", &[1, 2, 4, 5]), ("own", &[6]), ("yahoo", &[3])]);
    check(By::FirstItem, &[("rakuten:tea", &[1, 4, 5]), ("", &[6]), ("rakuten:cup", &[2]), ("yahoo:tea", &[3])]);
    check(By::FirstCategory, &[("お茶", &[1, 3, 4, 5]), ("", &[2, 6])]);
    check(By::Incentive, &[("event", &[1, 4]), ("full_value", &[3, 6]), ("coupon", &[2]), ("points", &[5])]);
}

#[test]
fn a_time_of_day_nobody_knows_decides_nothing() {
    let mut calendar = calendar();
    calendar.rules[0].when = When::InMonths {
        months: vec![1],
        from_day: 5,
        from_time: "20:00".to_owned().try_into().expect("a time"),
        to_day: 5,
        to_time: "23:59".to_owned().try_into().expect("a time"),
    };
    let unknown = |number, customer| OrderRow { time_known: false, ..order(number, customer, day("2025-01-05"), 100) };
    // A coupon decides whatever the hour was.
    let history = history_of([unknown(1, 1), OrderRow { shop_coupon: Yen(1), ..unknown(2, 2) }]);
    let view = view(&history, "2025-01-31");
    let found = part(&view, By::Incentive, &Known { calendar: &calendar, categories: &Categories::default() });
    assert_eq!(found.keys, ["coupon", "unclear"]);
}

fn table(by: By, measure: Measure) -> Cohorts {
    let (history, calendar, categories) = (six(), calendar(), categories());
    let view = view(&history, "2025-03-15");
    cohorts_by(Some(&view), measure, by, &Known { calendar: &calendar, categories: &categories })
}

/// Value and people of each cell of a row.
fn cells(table: &Cohorts, key: &str) -> Vec<(f64, u32, u32, bool)> {
    let row = table.cohorts.iter().find(|row| row.key == key).expect("a cohort");
    row.cells.iter().map(|cell| (cell.value, cell.customer_count, cell.n, cell.open)).collect()
}

#[test]
fn a_mall_is_followed_as_far_as_each_of_its_people_can_be() {
    // January and February are over. Rakuten: 1 and 2 began in January and are followed for two months, 4 and 5 for one.
    let retention = table(By::FirstMall, Measure::Retention);
    assert_eq!(cells(&retention, "rakuten"), [(1.0, 4, 4, false), (0.5, 1, 2, false)], "1 came back in February");
    assert_eq!(cells(&retention, "yahoo"), [(1.0, 1, 1, false), (0.0, 0, 1, false)], "3 came back in a month not over");
    assert_eq!(cells(&retention, "own"), [], "6 began in a month not over");
    // Period 0: 4 + 1 people; period 1: 1 of 2 + 1.
    let means: Vec<_> = retention.weighted_mean.iter().map(|m| (m.value, m.median, m.n, m.cohort_count)).collect();
    assert_eq!(means, [(1.0, 1.0, 5, 2), (1.0 / 3.0, 0.25, 3, 2)], "the median of one half and nobody is a quarter");
    // (1,000 + 1,000 + 100 + 100) ÷ 4, then 200 ÷ 2; so far (1,000 + 200 + 1,000) ÷ 2 of the two still followed.
    let by_month = cells(&table(By::FirstMall, Measure::NetSales), "rakuten");
    assert_eq!(by_month, [(550.0, 4, 4, false), (100.0, 1, 2, false)]);
    let so_far = cells(&table(By::FirstMall, Measure::CumulativeNetSales), "rakuten");
    assert_eq!(so_far, [(550.0, 4, 4, false), (1_100.0, 1, 2, false)]);
    let orders = cells(&table(By::FirstMall, Measure::CumulativeOrdersPerCustomer), "rakuten");
    assert_eq!(orders, [(1.0, 4, 4, false), (1.5, 1, 2, false)]);
}

#[test]
fn quarters_and_weeks_are_followed_in_their_own_length() {
    let quarter = table(By::Quarter, Measure::OrdersPerCustomer);
    assert_eq!(cells(&quarter, "2025-Q1"), [(8.0 / 6.0, 6, 6, true)], "eight purchases of six, the quarter not over");
    assert_eq!(quarter.weighted_mean, [], "what is open is in no mean");
    // 3's second purchase, 2025-03-01, lies seven weeks after the week of 2025-01-06; the week of 03-10 is the ninth.
    let week = cells(&table(By::Week, Measure::CumulativeRetention), "2025-01-06");
    assert_eq!(week.len(), 10);
    assert_eq!((week[6].0, week[7].0, week[9].3, week[8].3), (0.0, 0.5, true, false));
}

#[test]
fn people_of_a_cell_are_those_it_counts() {
    let (history, calendar, categories) = (six(), calendar(), categories());
    let view = view(&history, "2025-03-15");
    let check = |text: &str, expected: &[i64]| {
        let Ok(People::Part(people)) = text.parse::<People>() else { panic!("{text} names people") };
        assert_eq!(people.to_string(), text);
        let chosen = people.select(&view, &Known { calendar: &calendar, categories: &categories });
        let ids: Vec<i64> = (0..chosen.len()).filter(|&place| chosen[place]).map(|place| view.id(place).0).collect();
        assert_eq!(ids, expected, "{text}");
    };
    check("cohort:first_mall:all:rakuten", &[1, 2, 4, 5]);
    check("cohort:first_mall:1:rakuten", &[1]);
    check("cohort:first_mall:to-1:rakuten", &[1]);
    check("cohort:first_mall:1:yahoo", &[]);
    check("cohort:week:7:2025-01-06", &[3]);
    check("cohort:month:to-2:2025-01", &[1, 3]);
    check("cohort:first_category:all:", &[2, 6]);
    check("cohort:first_item:all:yahoo:tea", &[3]);
    check("cohort:incentive:all:never", &[]);
}

#[test]
fn curves_of_parts_have_intervals_where_they_were_chosen() {
    // Seven people a month, each 100 at once and 60 more after 40 days; February's are 100 all of them.
    let people = (1..=14).flat_map(|customer: i64| {
        let first = if customer <= 7 { day("2024-01-10") } else { day("2024-02-10") };
        let again = (customer <= 7).then(|| order(100 + customer, customer, first + 40, 60));
        std::iter::once(order(customer, customer, first, 100)).chain(again)
    });
    let history = history_of(people);
    let view = view(&history, "2024-04-30");
    let known = Known { calendar: &Calendar::default(), categories: &Categories::default() };
    let keys = ["2024-02".to_owned()];
    let asked = Asked { by: Some((By::Month, known)), chosen: Chosen::Keys(&keys), ..Asked::default() };
    let found = lifetime_value_by(Some(&view), &asked);
    let keys: Vec<_> = found.curves.iter().map(|curve| (&*curve.key, curve.customer_count, curve.chosen)).collect();
    assert_eq!(keys, [("all", 14, true), ("2024-01", 7, false), ("2024-02", 7, true)]);
    let values = |place: usize| found.curves[place].points.iter().map(|point| point.value).collect::<Vec<_>>();
    // January's are 111 days old, February's 80: days 0, 30, 60, 90 and 0, 30, 60.
    assert_eq!(values(1), [100.0, 100.0, 160.0, 160.0]);
    assert_eq!(values(2), [100.0, 100.0, 100.0]);
    assert_eq!(values(0), [100.0, 100.0, 130.0, 160.0], "after 90 days January alone is observed");
    let ends = |place: usize| found.curves[place].points.iter().map(|p| (p.low, p.high)).collect::<Vec<_>>();
    assert!(ends(1).iter().all(|ends| *ends == (None, None)), "nobody asked for January's");
    assert!(ends(2).iter().all(|ends| *ends == (Some(100.0), Some(100.0))), "equal customers have no spread");
    let paid = found.paying_back(Some(Yen(130)));
    let days: Vec<_> = paid.curves.iter().map(|curve| curve.payback_day).collect();
    assert_eq!(days, [Some(60), Some(60), None], "February's do not bring it back");
    assert_eq!(paid.payback_day, Some(60));
}

#[test]
fn the_middle_customer_stands_beside_the_mean() {
    // Within a year 100, 100, 100 and 5,700 yen: mean 1,500, the middle 100. The fifth is not a year old.
    let history = shop(
        "1 2024-01-01 100\n 2 2024-01-02 100\n 3 2024-01-03 100\n 4 2024-01-04 5000\n 4 2024-06-01 700\n 5 2024-12-01 9",
    );
    let view = view(&history, "2025-01-31");
    let found = lifetime_value_by(Some(&view), &Asked::default());
    assert_eq!((found.headline["12m"].map(|mean| mean.value), found.median["12m"]), (Some(1_500.0), Some(100.0)));
    assert_eq!((found.headline["24m"], found.median["24m"]), (None, None), "nobody is two years old");
}

#[test]
fn the_long_form_of_an_address_is_refused_when_it_is_none() {
    for text in ["cohort:", "cohort:month", "cohort:month:all", "cohort:planet:all:x", "cohort:week:to-x:2025-01-06"] {
        assert!(text.parse::<People>().is_err(), "{text}");
    }
    let people = PartPeople { by: By::Month, when: otokui_lib::insight::acquired::When::Ever, key: "2025-01".into() };
    assert_eq!(people.to_string(), "cohort:2025-01", "months keep their short form");
}
