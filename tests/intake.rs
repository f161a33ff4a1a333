//! Every profile on its fixtures, and two shops on their truth.

use otokui_lib::intake::{self, Parts, ReadError, Tally};
use otokui_lib::shop::{Mall, Order, OrderStatus, Yen};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn read(parts: &Parts) -> Result<(Vec<Order>, Tally), intake::Error> {
    let mut orders = Vec::new();
    let mut sink = |order| -> Result<(), Infallible> {
        orders.push(order);
        Ok(())
    };
    match intake::read(parts, &mut sink, &mut |_, _| ControlFlow::Continue(())) {
        Ok(tally) => Ok((orders, tally)),
        Err(ReadError::Intake(error)) => Err(error),
        Err(ReadError::Sink(never)) => match never {},
        Err(ReadError::Cancelled) => unreachable!("nobody cancelled"),
    }
}

/// `rows = used + skipped + problem_rows`, and one kept problem per problem row.
fn assert_no_row_is_lost(tally: &Tally) {
    for file in &tally.files {
        assert_eq!(file.rows, file.used + file.skipped + file.problem_rows, "{file:?}");
        assert_eq!(file.problems.len() as u64, file.problem_rows.min(intake::KEPT_PROBLEMS as u64));
        assert!(file.problems.is_sorted_by_key(|problem| problem.row));
    }
}

/// One order of a truth file, header → cell.
type Truth = BTreeMap<String, String>;

fn truth(folder: &Path) -> BTreeMap<String, Truth> {
    let text = std::fs::read_to_string(folder.join("truth_orders.csv")).expect("the fixture is there");
    let mut lines = text.lines();
    let headers: Vec<&str> = lines.next().expect("a header").split(',').collect();
    lines
        .map(|line| headers.iter().zip(line.split(',')).map(|(h, c)| ((*h).to_owned(), c.to_owned())).collect::<Truth>())
        .map(|row| (row["order_no"].clone(), row))
        .collect()
}

fn yen(row: &Truth, column: &str) -> Yen {
    Yen(row[column].parse().expect("a whole number"))
}

/// What must agree with the truth whatever the day of the export.
///
/// Definitions that are the same: `goods` (after a partial return: both are what is left), `point` = points used,
/// `coupon` = shop coupon + mall coupon, `ship` = postage charged, `billed` = what the export states (请求金額 /
/// TotalPrice), line count.
/// Definitions that differ: the truth's `gross` is goods + ship, and its `net` is `gross`, or 0 when cancelled or
/// returned; ours (`insights.md` §2) is goods − shop coupon − shop's discount − refunds, without postage, and a
/// cancelled order keeps its amounts and is left out by its status instead.
fn assert_agrees(order: &Order, row: &Truth) {
    let number = &order.number;
    assert_eq!(order.mall.word(), row["mall"], "{number}");
    assert_eq!(order.ordered_at.to_string(), row["ordered_at"], "{number}");
    assert!(order.time_known, "{number}");
    assert_eq!(order.goods(), yen(row, "goods"), "{number}: goods");
    assert_eq!(order.points_used, yen(row, "point"), "{number}: points");
    assert_eq!(order.shop_coupon + order.mall_coupon, yen(row, "coupon"), "{number}: coupons");
    assert_eq!(order.postage_charged, yen(row, "ship"), "{number}: postage");
    assert_eq!(order.billed, Some(yen(row, "billed")), "{number}: billed");
    assert_eq!(order.lines.len().to_string(), row["lines"], "{number}: lines");
    let counts = order.status.is_sale();
    let net = if counts { order.goods() + order.postage_charged } else { Yen::ZERO };
    if counts == (row["status"] != "900") {
        assert_eq!(net, yen(row, "net"), "{number}: the truth's net by its own rule");
    }
    assert_eq!(order.net_sales(), order.goods() - order.shop_coupon, "{number}: no discount and no refund here");
    let several = row["multi_dest"] == "1";
    assert_eq!(order.ship_tos.len() > 1, several, "{number}: parcels");
}

fn assert_status(order: &Order, row: &Truth) {
    match order.mall {
        Mall::Yahoo => {
            let expected = match &*row["status"] {
                "900" => OrderStatus::Cancelled,
                _ => OrderStatus::Shipped,
            };
            assert_eq!(order.status, expected, "{}", order.number);
        }
        _ => assert_eq!(order.status_code.to_string(), row["status"], "{}", order.number),
    }
}

#[test]
fn a_shop_in_one_file_reads_as_its_truth() {
    let folder = fixtures().join("shops/one-file");
    let truth = truth(&folder);
    let rakuten = read(&Parts::Complete(folder.join("rakuten_orders.csv"))).expect("an export");
    let pair = Parts::Pair { orders: folder.join("yahoo_order.csv"), lines: folder.join("yahoo_item.csv") };
    let yahoo = read(&pair).expect("a pair");
    for (_, tally) in [&rakuten, &yahoo] {
        assert_no_row_is_lost(tally);
        assert!(tally.files.iter().all(|file| file.problem_rows == 0 && file.skipped == 0), "{tally:?}");
    }
    let orders: Vec<&Order> = rakuten.0.iter().chain(&yahoo.0).collect();
    assert_eq!(orders.len(), truth.len(), "every order, once");
    for order in orders {
        assert_agrees(order, &truth[&order.number]);
        assert_status(order, &truth[&order.number]);
    }
}
