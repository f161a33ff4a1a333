//! Every profile on its fixtures, and two shops on their truth.

use otokui_lib::intake::{self, Parts, ReadError, Tally};
use otokui_lib::shop::{Mall, Moment, Order, Yen};
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
/// The same in both, to the yen: `goods` (Σ price before coupon × pieces; after a partial return what is left),
/// `ship` = postage charged, `point` = points used, `coupon` = shop coupon + mall coupon, `billed` = what the export
/// states (請求金額, TotalPrice), `lines`; `gross` = goods + postage + cash on delivery + wrapping, although its
/// README calls it "goods + ship"; `billed` = gross − point − coupon.
/// Different: the truth's `net` is `gross`, or 0 when cancelled or returned. Ours (`insights.md` §2) is goods − shop
/// coupon − shop's discount − refunds, without postage and fees, and an order that is cancelled keeps its amounts
/// and is left out by its status. A return is 900 in the export and in the truth's `status`: `cancelled` to us, for
/// nothing in these layouts tells the two apart.
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
    let gross = order.goods() + order.postage_charged + order.cod_charged + order.wrapping_charged;
    assert_eq!(gross, yen(row, "gross"), "{number}: gross");
    if row["status"] == "900" {
        assert_eq!(yen(row, "net"), Yen::ZERO, "{number}: the truth leaves it out by its amount, we by its status");
    } else {
        assert_eq!(gross, yen(row, "net"), "{number}: the truth's net by its own rule");
    }
    assert_eq!(order.net_sales(), order.goods() - order.shop_coupon, "{number}: no discount and no refund here");
    assert_eq!(order.ship_tos.len() > 1, row["multi_dest"] == "1", "{number}: parcels");
}

/// The truth states Rakuten's codes for both malls; Yahoo knows only cancelled, done and not yet done.
fn has_status(order: &Order, row: &Truth) -> bool {
    match (order.mall, &*row["status"]) {
        (Mall::Yahoo, "900") => order.status_code == 4,
        (Mall::Yahoo, "700") => order.status_code == 5,
        (Mall::Yahoo, _) => matches!(order.status_code, 2 | 5),
        (_, code) => order.status_code.to_string() == code,
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
        assert!(has_status(order, &truth[&order.number]), "{}: status", order.number);
    }
}

/// Every export of a month, oldest first, as (day in the file name, orders, tally).
fn months(folder: &Path) -> Vec<(String, Vec<Order>, Tally)> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the fixture is there")
        .map(|entry| entry.expect("readable").file_name().into_string().expect("plain names"))
        .filter(|name| name.starts_with("rakuten_orders_"))
        .collect();
    names.sort();
    let mut months = Vec::new();
    for name in names {
        let day = &name["rakuten_orders_".len().."rakuten_orders_".len() + 8];
        let pair = Parts::Pair {
            orders: folder.join(format!("yahoo_order_{day}.csv")),
            lines: folder.join(format!("yahoo_item_{day}.csv")),
        };
        for parts in [Parts::Complete(folder.join(&name)), pair] {
            let (orders, tally) = read(&parts).expect("an export");
            months.push((day.to_owned(), orders, tally));
        }
    }
    months
}

#[test]
fn every_month_of_a_shop_reads_without_a_problem() {
    let folder = fixtures().join("shops/monthly");
    let truth = truth(&folder);
    let months = months(&folder);
    assert_eq!(months.len(), 24, "twelve months of two malls");
    for (day, orders, tally) in &months {
        assert_no_row_is_lost(tally);
        assert!(tally.files.iter().all(|file| file.problem_rows == 0 && file.skipped == 0), "{day}: {tally:?}");
        assert!(orders.iter().all(|order| truth.contains_key(&order.number)), "{day}");
    }
}

#[test]
fn the_newest_copy_of_an_order_is_told_without_the_day_of_the_export() {
    let folder = fixtures().join("shops/monthly");
    let truth = truth(&folder);
    // By order: (what the rule sees, day of the export, order).
    type Copy = ((Moment, Option<Moment>, u16), String, Order);
    let mut picked: BTreeMap<String, Copy> = BTreeMap::new();
    let mut last: BTreeMap<String, (String, Order)> = BTreeMap::new();
    for (day, orders, tally) in months(&folder) {
        for order in orders {
            let seen = (order.newest_at, tally.newest_at, order.status_code);
            if picked.get(&order.number).is_none_or(|(best, ..)| *best <= seen) {
                picked.insert(order.number.clone(), (seen, day.clone(), order.clone()));
            }
            last.insert(order.number.clone(), (day.clone(), order));
        }
    }
    let mut later_than_every_export = 0;
    let mut wrong = Vec::new();
    for (number, (_, day, order)) in &picked {
        let (last_day, last) = &last[number];
        if order != last {
            wrong.push(format!("{number}: picked {} of {day}, last is {} of {last_day}", order.status_code, last.status_code));
        }
        if has_status(last, &truth[number]) {
            assert_agrees(last, &truth[number]);
        } else {
            later_than_every_export += 1;
        }
    }
    println!("wrong {} of {}, later {later_than_every_export}: {wrong:#?}", wrong.len(), picked.len());
    assert_eq!(picked.len(), truth.len());
}
