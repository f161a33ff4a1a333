//! Items, what comes next, baskets, categories: small shops worked by hand, and what must hold for any shop.

use super::*;
use otokui_lib::insight::category::{Categories, involvement};
use otokui_lib::insight::history::{Item, LineRow};
use otokui_lib::insight::items::{ItemRow, items};
use otokui_lib::insight::next_item::{After, NextItems, next_items};
use otokui_lib::insight::people::{People, select};
use proptest::prelude::*;

/// Items by letter; `A` is item 0.
const LETTERS: &str = "ABCDEFGH";

/// One line per order: customer, day, items with pieces (`A`, `A2B` is two of A and one of B). A piece costs 100 yen.
/// A line that ends in `*` is a subscription delivery.
pub fn stocked(lines: &str) -> History {
    let mut builder = HistoryBuilder::default();
    for (number, line) in lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let mut words = line.split_whitespace();
        let mut next = || words.next().expect("customer, day, items");
        let (customer, on, bought) = (next().parse().expect("a customer"), day(next()), next());
        let mut sold: Vec<LineRow> = Vec::new();
        for letter in bought.trim_end_matches('*').chars() {
            match (LETTERS.find(letter), letter.to_digit(10)) {
                (Some(item), _) => sold.push(LineRow { item: item as u32, quantity: 1, goods: Yen(100) }),
                (None, Some(pieces)) => {
                    let last = sold.last_mut().expect("pieces stand behind their item");
                    (last.quantity, last.goods) = (pieces, Yen(100 * i64::from(pieces)));
                }
                (None, None) => panic!("not an item: {letter}"),
            }
        }
        let yen = sold.iter().map(|line| line.goods.0).sum();
        let row = OrderRow { subscription: bought.ends_with('*'), ..order(number as i64 + 1, customer, on, yen) };
        builder.push(row, &sold);
    }
    builder.finish(shelf())
}

fn shelf() -> Vec<Item> {
    let item = |letter: char| Item { mall: Mall::Rakuten, code: letter.to_string(), name: format!("Item {letter}") };
    LETTERS.chars().map(item).collect()
}

/// A and B are coffee, C is tea; the others have no category.
pub fn kinds() -> Categories {
    let mut of_item = vec![None; LETTERS.len()];
    (of_item[0], of_item[1], of_item[2]) = (Some(0), Some(0), Some(1));
    Categories { names: vec!["coffee".into(), "tea".into()], of_item }
}

fn row<'r>(rows: &'r [ItemRow], code: &str) -> &'r ItemRow {
    rows.iter().find(|row| row.item_code == code).expect("it was sold")
}

fn after(history: &History, as_of: &str, code: &str) -> NextItems {
    next_items(Some(&view(history, as_of)), &kinds(), Some(&After::Item(code.into())))
}

/// Eight customers. First purchases: 1–5 with A, 6 with A and B, 7 and 8 with C.
const FIRSTS: &str = "
    1 2024-01-01 A
    1 2024-03-01 A
    2 2024-01-10 A
    2 2024-06-30 B
    3 2024-02-01 A
    3 2024-12-01 C
    4 2024-03-01 A
    5 2024-04-01 A2
    5 2024-05-01 A
    6 2024-01-05 AB
    7 2024-01-20 C
    7 2024-02-20 C
    8 2025-01-01 C
";

#[test]
fn an_item_is_judged_by_those_it_wins() {
    let history = stocked(FIRSTS);
    // The period is the twelve months up to 2025-05-01: 2024-05-02 … 2025-05-01.
    let answer = items(Some(&view(&history, "2025-05-01")), &kinds(), None);
    let a = row(&answer.items, "A");
    assert_eq!((a.buyer_count, a.again_count, a.first_count), (6, 2, 6), "1 and 5 bought A on two days");
    // Back within 180 days of the first purchase: 1 (60), 2 (172), 5 (30); not 3 (304), 4, 6.
    check_interval(a.f2_180, 3.0 / 6.0, 6);
    // Bought A again within 180 days: 1 and 5; all six bought it first more than 180 days ago.
    check_interval(a.again_180, 2.0 / 6.0, 6);
    // Within 365 days: 1: 200, 2: 200, 3: 200, 4: 100, 5: 300, 6: 200; all observed 365 days. 1,200 ÷ 6.
    check_interval(a.ltv_365, 200.0, 6);
    // Nothing of A was sold in the period: its last day was 2024-05-01.
    assert_eq!((a.quantity, a.goods, a.customer_count), (0, Yen(0), 0));
    let c = row(&answer.items, "C");
    assert_eq!((c.first_count, c.customer_count, c.quantity), (2, 2, 2), "3 and 8 bought C in the period");
    assert_eq!((c.f2_180, c.ltv_365), (None, None), "under five people only counts are given");
    assert_eq!(c.category.as_deref(), Some("tea"));
    // All eight: 1, 2, 5, 7 of eight; 8 bought only 120 days ago and is not counted.
    check_interval(answer.f2_180, 4.0 / 7.0, 7);
    assert_eq!(answer.item_count, 3);
    // By goods in the period: C 200, B 100, A 0.
    let order: Vec<&str> = answer.items.iter().map(|row| &*row.item_code).collect();
    assert_eq!(order, ["C", "B", "A"]);
}

#[test]
fn a_delivery_is_sold_but_is_neither_a_return_nor_a_decision() {
    let history = stocked("1 2025-01-01 A\n1 2025-02-01 A*\n2 2025-02-01 B");
    let answer = items(Some(&view(&history, "2025-12-31")), &kinds(), None);
    let a = row(&answer.items, "A");
    assert_eq!((a.quantity, a.again_count), (2, 0));
}

#[test]
fn nothing_sold_is_an_empty_answer() {
    let answer = items(None, &kinds(), None);
    assert_eq!((answer.as_of, answer.item_count, answer.items.len()), (None, 0, 0));
    assert_eq!(next_items(None, &kinds(), None), NextItems::default());
}

/// Ten customers buy A. 1–5 next buy B, 6 and 7 next buy A and C, 8 next buys C; 9 and 10 do not come again. 8 and
/// two of those who bought B come a third time. Two more buy C and then B.
fn successions() -> String {
    let mut lines = String::new();
    (1..=10).for_each(|c| lines += &format!("{c} 2025-01-{c:02} A\n"));
    (1..=5).for_each(|c| lines += &format!("{c} 2025-02-{c:02} B\n"));
    (6..=7).for_each(|c| lines += &format!("{c} 2025-02-{c:02} AC\n"));
    lines += "8 2025-02-08 C\n8 2025-03-08 A\n1 2025-03-01 C\n2 2025-03-02 C\n";
    lines += "11 2025-01-01 C\n11 2025-02-01 B\n12 2025-01-01 C\n12 2025-02-01 B\n";
    // Two more who buy A and then B twice, so that ten purchases of A have a successor.
    lines += "13 2025-01-01 A\n13 2025-02-01 B\n14 2025-01-01 A\n14 2025-02-01 B\n";
    lines
}

#[test]
fn what_comes_next_is_a_share_and_a_lift() {
    let history = stocked(&successions());
    let found = after(&history, "2025-04-01", "A");
    // Purchases with A: twelve first ones, 6 and 7 again, 8 on 2025-03-08. Followed: 1–8, 13, 14 (10).
    // Not followed: 9, 10, the second ones of 6 and 7, the third of 8 (5). With A again: 6 and 7.
    assert_eq!((found.purchase_count, found.none_count), (15, 5));
    assert_eq!((found.again_count, found.other_count), (2, 8));
    // Successors of A: B for 1–5, 13, 14 (7 of 10); C for 6, 7, 8 (3); A for 6, 7 (2).
    // Successors of anything: those 10, C → B of 11 and 12, B → C of 1 and 2, C → A of 8: 15. With B: 9. With C: 5.
    let rows: Vec<(&str, u32, u32)> =
        found.next.iter().map(|row| (&*row.item.item_code, row.count, row.customer_count)).collect();
    assert_eq!(rows, [("B", 7, 7), ("C", 3, 3), ("A", 2, 2)]);
    check_interval(Some(found.next[0].share), 0.7, 10);
    close(found.next[0].base_share, 9.0 / 15.0);
    close(found.next[0].lift.value, 0.7 / 0.6);
    close(found.next[1].lift.value, 0.3 / (5.0 / 15.0));
    // Coffee is A and B: 1–5, 13, 14 and 6, 7 make 9 of 10; tea is C.
    let kinds: Vec<(&str, u32)> = found.next_categories.iter().map(|row| (&*row.category, row.count)).collect();
    assert_eq!(kinds, [("coffee", 9), ("tea", 3)]);
    // After the next: 1 and 2 buy C, 8 buys A; three are too few to say.
    assert_eq!(found.after_next, []);
    assert_eq!(found.too_few, None);
}

#[test]
fn under_ten_successors_only_counts_are_given() {
    let history = stocked(&successions());
    let found = after(&history, "2025-04-01", "C");
    // Followed purchases of C: 8, 11, 12.
    assert_eq!(found.too_few.map(|few| (few.have, few.need)), Some((3, 10)));
    assert_eq!(found.next, []);
    assert_eq!(after(&history, "2025-04-01", "no-such-code").items, []);
}

#[test]
fn what_comes_after_a_category_is_asked_by_its_name() {
    let history = stocked(&successions());
    let asked = After::Category("tea".into());
    let found = next_items(Some(&view(&history, "2025-04-01")), &kinds(), Some(&asked));
    assert_eq!(found.category.as_deref(), Some("tea"));
    // As after C.
    assert_eq!((found.again_count, found.other_count, found.purchase_count), (0, 3, 7));
}

#[test]
fn two_bags_last_twice_as_long() {
    // Ten people buy one bag and come for one more after 30 days; ten buy two and come after 60. As of 100 days later.
    let mut lines = String::new();
    (1..=10).for_each(|c| lines += &format!("{c} 2025-01-01 A\n{c} 2025-01-31 B\n"));
    (1..=10).for_each(|c| lines += &format!("{c} 2025-01-31 A\n"));
    (11..=20).for_each(|c| lines += &format!("{c} 2025-01-01 A2\n{c} 2025-03-02 A2\n"));
    let history = stocked(&lines);
    let found = after(&history, "2025-04-11", "A");
    // Of 40 purchases of A, 20 hold one bag and 20 hold two: the upper median is two.
    assert_eq!(found.usual_quantity, Some(2));
    let again = found.again.expect("a table");
    assert_eq!((again.purchase_count, again.return_count, again.median_days), (40, 20, Some(60)));
    // As they are: 30 days after one bag, 60 after two.
    let by: Vec<_> = found.by_quantity.iter().map(|row| (row.quantity, row.return_count, row.median_days)).collect();
    assert_eq!(by, [(1, 10, Some(30)), (2, 10, Some(60))]);
    // Anything at all: ten after 30 days, ten after 60.
    let any = found.any.expect("a table");
    assert_eq!((any.return_count, any.lower_days, any.upper_days), (20, Some(30), Some(60)));
}

/// Twenty purchases in the year: A and B together in ten, A alone in two, B alone in three, C alone in five.
fn baskets() -> String {
    let mut lines = String::new();
    (1..=10).for_each(|c| lines += &format!("{c} 2025-01-{c:02} AB\n"));
    (11..=12).for_each(|c| lines += &format!("{c} 2025-01-{c:02} A\n"));
    (13..=15).for_each(|c| lines += &format!("{c} 2025-01-{c:02} B\n"));
    (16..=20).for_each(|c| lines += &format!("{c} 2025-01-{c:02} C\n"));
    lines
}

#[test]
fn what_goes_together_has_support_confidence_and_lift() {
    let history = stocked(&baskets());
    let answer = items(Some(&view(&history, "2025-02-01")), &kinds(), None);
    assert_eq!(answer.baskets.len(), 1);
    let pair = &answer.baskets[0];
    // B is in 13 purchases, A in 12: B stands first.
    assert_eq!((&*pair.item.item_code, &*pair.with.item_code, pair.basket_count), ("B", "A", 10));
    close(pair.support, 10.0 / 20.0);
    check_interval(Some(pair.confidence), 10.0 / 13.0, 13);
    check_interval(Some(pair.confidence_back), 10.0 / 12.0, 12);
    close(pair.lift, 10.0 * 20.0 / (13.0 * 12.0));
    // Asked about A, the same with A first.
    let with_a = &after(&history, "2025-02-01", "A").baskets[0];
    assert_eq!((&*with_a.item.item_code, &*with_a.with.item_code), ("A", "B"));
    close(with_a.support, pair.support);
    close(with_a.lift, pair.lift);
    close(with_a.confidence.value, pair.confidence_back.value);
}

#[test]
fn nine_times_together_is_left_out() {
    let lines: String = (1..=9).map(|c| format!("{c} 2025-01-{c:02} AB\n")).collect();
    let history = stocked(&lines);
    assert_eq!(items(Some(&view(&history, "2025-02-01")), &kinds(), None).baskets, []);
}

#[test]
fn involvement_says_how_widely_people_buy() {
    // 1: coffee 100 + 100 and tea 100: two kinds, favourite 2/3. 2: coffee 300 and tea 100 on one day: two kinds.
    // 3: tea twice: one kind, favourite 1. 4: D, whose kind nobody knows. 5: coffee 100, then tea 100: a tie.
    let history = stocked(
        "1 2025-01-01 A
         1 2025-01-11 B
         1 2025-01-31 C
         2 2025-01-01 A3C
         3 2025-01-01 C
         3 2025-02-10 C
         4 2025-01-01 D
         5 2025-01-01 A
         5 2025-02-01 C",
    );
    let found = involvement(&view(&history, "2025-03-01"), &kinds()).expect("kinds are known");
    assert_eq!(found.customer_count, 4);
    let by: Vec<(u32, u32)> = found.distinct.iter().map(|row| (row.category_count, row.customer_count)).collect();
    assert_eq!(by, [(1, 1), (2, 3), (3, 0), (4, 0), (5, 0)]);
    // Goods: 1,200 in all, 100 of them D.
    close(found.known_goods_share, 1_100.0 / 1_200.0);
    // With two days or more: 1 (2/3), 3 (1), 5 (1/2). The median is 2/3.
    close(found.favourite_share.expect("three customers"), 2.0 / 3.0);
    assert_eq!(found.favourite_customer_count, 3);
    let coffee = found.categories.iter().find(|row| row.category == "coffee").expect("coffee");
    // 1, 2, 5; the favourite of 1, of 2, and of 5 who bought it first. One return, of 1 after ten days.
    assert_eq!((coffee.customer_count, coffee.favourite_count, coffee.gap.return_count), (3, 3, 1));
    assert_eq!(coffee.goods, Yen(600));
    let tea = found.categories.iter().find(|row| row.category == "tea").expect("tea");
    assert_eq!((tea.customer_count, tea.favourite_count, tea.gap.return_count), (4, 1, 1));
    assert_eq!(involvement(&view(&history, "2025-03-01"), &Categories::default()), None);
}

#[test]
fn people_behind_items() {
    let history = stocked(&successions());
    let check = |people: &str, expected: &[i64]| {
        let view = view(&history, "2025-04-01");
        let parsed: People = people.parse().expect("people");
        assert_eq!(parsed.to_string(), people, "an address is written as it is read");
        let chosen = select(&view, &parsed);
        let ids: Vec<i64> = (0..chosen.len()).filter(|&place| chosen[place]).map(|place| view.id(place).0).collect();
        assert_eq!(ids, expected, "{people}");
    };
    check("item_all:rakuten:C", &[1, 2, 6, 7, 8, 11, 12]);
    check("item:2025-03-01:2025-03-02:rakuten:C", &[1, 2]);
    check("item_again:rakuten:A", &[6, 7, 8]);
    check("item_first:rakuten:C", &[11, 12]);
    check("next:rakuten:A,rakuten:C", &[6, 7, 8]);
    check("basket:2025-01-01:2025-12-31:rakuten:A,rakuten:C", &[6, 7]);
    check("item_all:yahoo:A", &[]);
    for wrong in ["item:A", "item_all:amazon:A", "next:rakuten:A", "item_first:rakuten:", "basket:rakuten:A,rakuten:B"]
    {
        assert!(wrong.parse::<People>().is_err(), "{wrong}");
    }
}

/// Any small shop: (customer, day, item, pieces).
fn any_shop() -> impl Strategy<Value = Vec<(i64, i32, u32, u32)>> {
    prop::collection::vec((1..8i64, 0..400i32, 0..5u32, 1..4u32), 1..150)
}

pub fn of_any(orders: &[(i64, i32, u32, u32)]) -> History {
    let mut builder = HistoryBuilder::default();
    for (number, &(customer, on, item, quantity)) in orders.iter().enumerate() {
        let row = order(number as i64 + 1, customer, day("2024-01-01") + on, 100);
        builder.push(row, &[LineRow { item, quantity, goods: Yen(100) }]);
    }
    builder.finish(shelf())
}

proptest! {
    #[test]
    fn every_purchase_is_followed_by_the_same_by_something_else_or_by_nothing(orders in any_shop()) {
        let history = of_any(&orders);
        let view = View::new(&history, &Scope::default()).expect("orders");
        for code in ["A", "C"] {
            let found = next_items(Some(&view), &kinds(), Some(&After::Item(code.into())));
            prop_assert_eq!(found.again_count + found.other_count + found.none_count, found.purchase_count);
            let followed = found.again_count + found.other_count;
            for row in &found.next {
                prop_assert!(row.count <= followed && row.customer_count <= row.count && row.base_share <= 1.0);
            }
            // Whoever bought it again stands in both the partition and the list.
            let again = found.next.iter().find(|row| row.item.item_code == code).map_or(0, |row| row.count);
            prop_assert!(found.too_few.is_some() || again == found.again_count);
        }
    }

    #[test]
    fn a_pair_goes_together_as_often_either_way_round(orders in any_shop()) {
        let history = of_any(&orders);
        let scope = Scope { from: Some(day("2024-01-01")), ..Scope::default() };
        let view = View::new(&history, &scope).expect("orders");
        for pair in items(Some(&view), &kinds(), None).baskets {
            let (one, other) = (pair.item.item_code.clone(), pair.with.item_code.clone());
            for (code, with) in [(&one, &other), (&other, &one)] {
                let found = next_items(Some(&view), &kinds(), Some(&After::Item(code.clone())));
                let same = found.baskets.iter().find(|row| row.with.item_code == *with).expect("the same pair");
                prop_assert_eq!((same.basket_count, same.support), (pair.basket_count, pair.support));
                prop_assert!((same.lift - pair.lift).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn first_items_and_sums_of_items_agree_with_the_shop(orders in any_shop()) {
        let history = of_any(&orders);
        let scope = Scope { from: Some(day("2024-01-01")), ..Scope::default() };
        let view = View::new(&history, &scope).expect("orders");
        let answer = items(Some(&view), &kinds(), None);
        let goods: i64 = answer.items.iter().map(|row| row.goods.0).sum();
        prop_assert_eq!(goods, orders.len() as i64 * 100);
        let firsts: u32 = answer.items.iter().map(|row| row.first_count).sum();
        prop_assert!(firsts as usize >= view.customers.len(), "everybody began with something");
        for row in &answer.items {
            prop_assert!(row.again_count <= row.buyer_count && row.first_count <= row.buyer_count);
            prop_assert!(row.customer_count <= row.buyer_count);
        }
        let kinds = involvement(&view, &kinds());
        let known = kinds.iter().flat_map(|k| &k.distinct).map(|row| row.customer_count).sum::<u32>();
        let favourites = kinds.iter().flat_map(|k| &k.categories).map(|row| row.favourite_count).sum::<u32>();
        prop_assert_eq!(known, favourites, "everybody has one favourite");
    }
}
