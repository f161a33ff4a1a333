//! The filter: parts of a whole add up to it, a filter of everything is none, and periods are compared at the same age.

use super::*;
use otokui_lib::insight::category::Categories;
use otokui_lib::insight::history::{Item, LineRow};
use otokui_lib::insight::items::{items, items_among, sold};
use otokui_lib::insight::overview::{overview, year_before};
use otokui_lib::insight::profit::{Question, profit};
use otokui_lib::insight::rfm::{GroupKey, scores};
use otokui_lib::insight::won::won;
use proptest::prelude::*;

/// Items 0 and 1 are of the first category, 2 of the second, 3 of none; 0 and 2 share a code at two malls.
fn with_items(orders: Vec<(OrderRow, Vec<LineRow>)>) -> History {
    let mut builder = HistoryBuilder::default();
    orders.iter().for_each(|(row, lines)| builder.push(*row, lines));
    let item = |(mall, code): (Mall, &str)| Item { mall, code: code.to_owned(), name: String::new() };
    let items = [(Mall::Rakuten, "a"), (Mall::Rakuten, "b"), (Mall::Yahoo, "a"), (Mall::Yahoo, "c")].map(item);
    let mut history = builder.finish(items.to_vec());
    let names = vec!["tea".to_owned(), "cups".to_owned()];
    history.categories = Categories { names, of_item: vec![Some(0), Some(0), Some(1), None] };
    history
}

/// One or two lines an order, of the two items of its mall; what they cost is the order's goods.
fn orders() -> impl Strategy<Value = Vec<(OrderRow, Vec<LineRow>)>> {
    let one = (1_i64..=9, 0..730, 0_u32..4, proptest::option::of(0_u32..2), 1_i64..3_000);
    proptest::collection::vec(one, 1..60).prop_map(|orders| {
        let row = |(number, (customer, days, item, other, yen)): (usize, (i64, i32, u32, Option<u32>, i64))| {
            let mall = if item < 2 { Mall::Rakuten } else { Mall::Yahoo };
            let line = |item| LineRow { item, quantity: 1, goods: Yen(yen) };
            let other = other.map(|other| other + item / 2 * 2);
            let lines: Vec<LineRow> = [Some(item), other].into_iter().flatten().map(line).collect();
            let goods = lines.iter().map(|line| line.goods).sum::<Yen>();
            let base = order(number as i64, customer, day("2024-01-01") + days, goods.0);
            (OrderRow { mall, ..base }, lines)
        };
        orders.into_iter().enumerate().map(row).collect()
    })
}

fn net_sales(view: Option<&View<'_>>) -> Yen {
    view.map_or(Yen::ZERO, |view| view.purchases.net_sales.iter().copied().sum())
}

fn included(history: &History, scope: &Scope) -> Vec<bool> {
    View::new(history, scope).map_or(vec![false; history.orders.order.len()], |view| view.included.clone())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn malls_and_groups_part_the_orders(orders in orders()) {
        let history = with_items(orders);
        let whole = View::new(&history, &Scope::default()).expect("orders");
        let of = |mall| View::new(&history, &Scope { mall: Some(mall), ..Scope::default() });
        let malls = [Mall::Rakuten, Mall::Yahoo, Mall::Own].map(of);
        prop_assert_eq!(malls.iter().map(|view| net_sales(view.as_ref())).sum::<Yen>(), net_sales(Some(&whole)));
        for o in 0..history.orders.order.len() {
            prop_assert_eq!(malls.iter().flatten().filter(|view| view.included[o]).count(), 1);
        }
        let (_, of_whole) = scores(&whole);
        let groups = GroupKey::ALL.map(|group| whole.only(|place| of_whole[place].group() == group));
        prop_assert_eq!(groups.iter().map(|view| net_sales(Some(view))).sum::<Yen>(), net_sales(Some(&whole)));
        prop_assert_eq!(groups.iter().map(|view| view.customers.len()).sum::<usize>(), whole.customers.len());
    }

    #[test]
    fn an_item_or_category_leaves_the_orders_that_hold_it(orders in orders()) {
        let history = with_items(orders);
        let holds = |o: usize, wanted: &[u32]| history.lines_of(o).iter().any(|line| wanted.contains(&line.item));
        let item = |name: &str| Scope { item: Some(name.to_owned()), ..Scope::default() };
        let category = |name: &str| Scope { category: Some(name.to_owned()), ..Scope::default() };
        let both = Scope { item: Some("a".to_owned()), ..category("tea") };
        let cases: [(Scope, &[u32]); 6] = [
            (item("a"), &[0, 2]), // the code at both malls
            (item("yahoo:a"), &[2]),
            (category("tea"), &[0, 1]),
            (category("cups"), &[2]),
            (category("nothing of the kind"), &[]),
            (both, &[0]),
        ];
        for (scope, wanted) in cases {
            let found = included(&history, &scope);
            for (o, found) in found.into_iter().enumerate() {
                prop_assert_eq!(found, holds(o, wanted), "{:?}", scope);
            }
        }
    }

    #[test]
    fn what_is_sold_of_all_items_is_sold_in_all(orders in orders()) {
        let history = with_items(orders);
        let whole = View::new(&history, &Scope::default()).expect("orders");
        let days = (day("2024-01-01"), day("2026-12-31"));
        let all = sold(&whole, days.0, days.1);
        let goods: Yen = history.orders.goods.iter().sum();
        prop_assert_eq!(all.iter().map(|sold| sold.goods).sum::<Yen>(), goods);
        let names = ["rakuten:a", "rakuten:b", "yahoo:a", "yahoo:c"];
        for (place, name) in names.into_iter().enumerate() {
            let scope = Scope { item: Some(name.to_owned()), ..Scope::default() };
            let of_one = View::new(&history, &scope).map_or(Yen::ZERO, |view| {
                sold(&view, days.0, days.1).iter().map(|sold| sold.goods).sum()
            });
            prop_assert_eq!(of_one, all[place].goods, "{}: only its own lines count", name);
        }
    }

    #[test]
    fn a_filter_of_everything_is_none(orders in orders()) {
        let mut history = with_items(orders);
        // Every item in one category, and every order at hand.
        history.categories = Categories { names: vec!["all".to_owned()], of_item: vec![Some(0); 4] };
        let scope = Scope {
            from: history.first_day(),
            to: history.last_day(),
            as_of: history.last_day(),
            category: Some("all".to_owned()),
            ..Scope::default()
        };
        let (all, none) = (View::new(&history, &scope), View::new(&history, &Scope { category: None, ..scope.clone() }));
        let said = |view: &Option<View<'_>>| {
            let view = view.as_ref();
            let listed = items(view, &history.categories, None);
            format!("{:?}{:?}{listed:?}", overview(view), profit(view, &Question::default()))
        };
        prop_assert_eq!(said(&all), said(&none));
        let everything = vec![true; 4];
        let among = items_among(none.as_ref(), &history.categories, None, Some(&everything));
        prop_assert_eq!(among.items, items(none.as_ref(), &history.categories, None).items);
    }
}

#[test]
fn two_periods_are_compared_at_the_same_age() {
    // As of 2026-03-31. Won in Jan–Mar 2025: 1–6, all back after 60 days; 1–3 once more after 200 days.
    // Won in Jan–Mar 2026: 11–16 on Jan 1 (observed 89 days) of whom 11–13 come back after 30 days.
    let mut lines = String::new();
    (1..=6).for_each(|c| lines += &format!("{c} 2025-01-10 1000\n{c} 2025-03-11 500\n"));
    (1..=3).for_each(|c| lines += &format!("{c} 2025-07-29 2000\n"));
    (11..=16).for_each(|c| lines += &format!("{c} 2026-01-01 1000\n"));
    (11..=13).for_each(|c| lines += &format!("{c} 2026-01-31 700\n"));
    let history = shop(&lines);
    let view = view(&history, "2026-03-31");
    let (old, young) =
        (won(&view, day("2025-01-01"), day("2025-03-31")), won(&view, day("2026-01-01"), day("2026-03-31")));
    assert_eq!((old.customer_count, young.customer_count), (6, 6));
    check_interval(old.f2_90, 1.0, 6);
    assert_eq!(young.f2_90, None, "89 days: nobody has been a customer for 90");
    // 90 days: 1500 each. 365 days: (6 × 1500 + 3 × 2000) ÷ 6 = 2500.
    check_interval(old.ltv[0].1, 1_500.0, 6);
    check_interval(old.ltv[2].1, 2_500.0, 6);
    assert_eq!(young.ltv.map(|(_, value)| value), [None, None, None]);
    // A day later 90 days are over: 6 × 1000 + 3 × 700 = 8100 ÷ 6 = 1350, and 3 of 6 came back.
    let later = super::view(&history, "2026-04-01");
    let young = won(&later, day("2026-01-01"), day("2026-03-31"));
    check_interval(young.ltv[0].1, 1_350.0, 6);
    check_interval(young.f2_90, 0.5, 6);
}

#[test]
fn the_same_time_last_year_keeps_the_ends_of_months() {
    let of = |from, to| year_before(day(from), day(to));
    assert_eq!(of("2025-04-01", "2025-06-30"), (day("2024-04-01"), day("2024-06-30")));
    // A period that ends with its month does so a year before, leap years included.
    assert_eq!(of("2025-02-01", "2025-02-28"), (day("2024-02-01"), day("2024-02-29")));
}
