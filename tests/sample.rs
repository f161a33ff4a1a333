//! The sample shop through the door of every other shop: written by one room, read by another that knows nothing
//! of it.

use otokui_lib::insight::actions::{self, Tariffs, Trigger};
use otokui_lib::insight::calendar::Calendar;
use otokui_lib::insight::history::{History, HistoryBuilder, Item, LineRow, OrderRow, Scope, View};
use otokui_lib::insight::{repeat, rfm};
use otokui_lib::intake::{self, Parts};
use otokui_lib::sample;
use otokui_lib::shop::{CustomerId, Mall, Order, Payment, Yen};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

fn orders(parts: &Parts) -> Vec<Order> {
    let mut orders = Vec::new();
    let mut sink = |order: Order| {
        orders.push(order);
        Ok::<(), std::convert::Infallible>(())
    };
    let tally = intake::read(parts, &mut sink, &mut |_, _| ControlFlow::Continue(())).expect("the files are read");
    for file in &tally.files {
        assert_eq!(file.problem_rows, 0, "{}: {:?}", file.path.display(), file.problems);
        assert_eq!((file.rows, file.skipped), (file.used, 0), "{}", file.path.display());
    }
    orders
}

/// The truth's row of each order, by number: `mall person ordered_at status goods net_sales points shop mall_coupon`.
fn truth(path: &Path) -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(path).expect("the truth is there");
    let fields =
        |row: &str| -> Vec<String> { row.split(',').map(|field| field.trim_matches('"').to_owned()).collect() };
    text.lines().skip(1).map(fields).map(|row| (row[0].clone(), row[1..].to_vec())).collect()
}

#[test]
fn every_order_of_the_sample_shop_is_read_as_it_was_meant() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<PathBuf> = sample::write(2_000, 1, folder.path()).expect("the shop is written");
    let mut read = orders(&Parts::Complete(paths[0].clone()));
    read.extend(orders(&Parts::Pair { orders: paths[1].clone(), lines: paths[2].clone() }));
    let truth = truth(&paths[4]);
    assert_eq!((read.len(), truth.len()), (2_000, 2_000));
    let mut people: BTreeMap<u64, &str> = BTreeMap::new();
    for order in &read {
        let row = truth.get(order.number.as_str()).unwrap_or_else(|| panic!("no order {}", order.number));
        let status = format!("{:?}", order.status).to_lowercase();
        let said = [
            order.mall.word().to_owned(),
            row[1].clone(),
            order.ordered_at.to_string(),
            status,
            order.goods().to_string(),
            order.net_sales().to_string(),
            order.points_used.to_string(),
            order.shop_coupon.to_string(),
            order.mall_coupon.to_string(),
        ];
        assert_eq!(said[..], row[..9], "{}", order.number);
        let affiliate = order.affiliate.map_or("", |came| if came { "1" } else { "0" });
        assert_eq!([order.payment.map_or("", Payment::word), affiliate], row[11..13], "{}", order.number);
        let owed = order.net_sales() - order.mall_coupon - order.points_used
            + order.postage_charged
            + order.cod_charged
            + order.wrapping_charged;
        assert_eq!(order.billed, Some(owed), "{}", order.number);
        assert!(order.time_known && !order.lines.is_empty(), "{}", order.number);
        for key in order.buyer.identity_keys(order.mall) {
            let before = people.insert(key, &row[1]);
            assert!(before.is_none_or(|person| person == row[1]), "{}: a key of two people", order.number);
        }
    }
    assert!(read.iter().any(Order::is_gift) && read.iter().any(|order| order.parent_number.is_some()));
    assert!(read.iter().any(|order| order.subscription_delivery >= 2));
    let at_yahoo: Vec<&Order> = read.iter().filter(|order| order.mall == Mall::Yahoo).collect();
    let through_affiliates = at_yahoo.iter().filter(|order| order.affiliate == Some(true)).count();
    assert!((1..at_yahoo.len() / 5).contains(&through_affiliates), "{through_affiliates} of {}", at_yahoo.len());
    assert!(read.iter().all(|order| order.payment.is_some()), "everybody says how they pay");
}

/// Orders of a shop and the true person of each, by number.
fn shop(orders_count: u32, seed: u64) -> (Vec<Order>, BTreeMap<String, Vec<String>>) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = sample::write(orders_count, seed, folder.path()).expect("the shop is written");
    let mut read = orders(&Parts::Complete(paths[0].clone()));
    read.extend(orders(&Parts::Pair { orders: paths[1].clone(), lines: paths[2].clone() }));
    (read, truth(&paths[4]))
}

/// The sales as insight sees them, with the true people as customers.
fn history(orders: &[Order], truth: &BTreeMap<String, Vec<String>>) -> History {
    let mut builder = HistoryBuilder::default();
    let mut items: Vec<Item> = Vec::new();
    let mut places: BTreeMap<(Mall, String), u32> = BTreeMap::new();
    for (id, order) in orders.iter().enumerate().filter(|(_, order)| order.status.is_sale()) {
        let mut lines = Vec::new();
        for line in &order.lines {
            let item = *places.entry((order.mall, line.item_code.to_string())).or_insert_with(|| {
                items.push(Item {
                    mall: order.mall,
                    code: line.item_code.to_string(),
                    name: line.item_name.to_string(),
                });
                items.len() as u32 - 1
            });
            lines.push(LineRow { item, quantity: line.quantity as u32, goods: line.goods() });
        }
        let row = OrderRow {
            order: id as i64,
            customer: CustomerId(truth[order.number.as_str()][1].parse().expect("a person")),
            ordered_at: order.ordered_at,
            time_known: order.time_known,
            mall: order.mall,
            goods: order.goods(),
            net_sales: order.net_sales(),
            margin: None,
            shop_coupon: order.shop_coupon,
            paid_by_mall: order.points_used + order.mall_coupon + order.gift_card,
            mall_coupon: order.mall_coupon,
            point_multiplier: order.lines.iter().map(|line| line.point_multiplier).max().unwrap_or(1),
            split: order.parent_number.is_some(),
            subscription: order.subscription_delivery >= 2,
            gift: order.is_gift(),
        };
        builder.push(row, &lines);
    }
    builder.finish(items)
}

fn calendar() -> Calendar {
    serde_json::from_str(include_str!("../assets/events.json")).expect("the built-in calendar")
}

#[test]
fn the_sample_shop_knows_the_same_events_as_the_calendar() {
    let (orders, truth) = shop(2_000, 1);
    let calendar = calendar();
    for order in &orders {
        let is_event = calendar.is_event(order.mall, order.ordered_at, true);
        assert_eq!(is_event, Some(truth[order.number.as_str()][9] == "1"), "{} {}", order.mall, order.ordered_at);
    }
}

#[test]
fn every_group_has_people_however_small_the_shop() {
    for (count, seed) in
        [(300, 1), (300, 2), (300, 3), (300, 4), (300, 5), (300, 6), (2_000, 1), (2_000, 2), (3_000, 1)]
    {
        let (orders, truth) = shop(count, seed);
        let history = history(&orders, &truth);
        let view = View::new(&history, &Scope::default()).expect("a history");
        for row in rfm::groups(Some(&view)).groups {
            assert!(row.customer_count > 0, "{count} orders, seed {seed}: nobody in {:?}", row.key);
        }
        let f2 = repeat::f2(&view, 365).expect("old customers");
        let expected = if count < 1_000 { 0.20..0.45 } else { 0.25..0.37 };
        assert!(expected.contains(&f2.value), "{count} orders, seed {seed}: F2(365) {:?}", f2);
    }
}

#[test]
fn every_trigger_finds_people_in_the_shop_of_the_sample_button() {
    let tariffs = Tariffs { rakuten: Yen(1), yahoo: Yen::ZERO, own: Yen::ZERO };
    for seed in 1..=4 {
        let (orders, truth) = shop(3_000, seed);
        let history = history(&orders, &truth);
        let view = View::new(&history, &Scope::default()).expect("a history");
        let found = actions::findings(&view, &calendar(), &tariffs);
        let triggers: BTreeSet<Trigger> = found.iter().map(|finding| finding.trigger).collect();
        assert_eq!(triggers.len(), Trigger::ALL.len(), "seed {seed}: {triggers:?}");
    }
}
