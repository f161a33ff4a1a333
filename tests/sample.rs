//! The sample shop through the door of every other shop: written by one room, read by another that knows nothing
//! of it.

use otokui_lib::intake::{self, Parts};
use otokui_lib::sample;
use otokui_lib::shop::Order;
use std::collections::BTreeMap;
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
        let row = truth.get(&order.number).unwrap_or_else(|| panic!("no order {}", order.number));
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
}
