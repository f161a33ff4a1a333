//! Five questions of a program that has just been started, beside a bare one that reads the columns from SQLite.
//!
//! `cargo bench --bench cold` imports an invented shop of 100,000 orders (`OTOKUI_BENCH_ORDERS` for another size,
//! `OTOKUI_BENCH_ROUNDS` for more than seven rounds), then runs floor, product without the columns beside the ledger and
//! product with them in turn, each in a process of its own, and prints medians of processor time (user and system), time
//! on the clock, peak memory, and product ÷ floor. Beside it: the first answer of the window (`start`) for this ledger and
//! for one of 1,000 orders, pages of the lists in both, and what a session holds that has been asked every screen (`OTOKUI_BENCH_ONLY=pages`: the lists alone). It asks bash
//! for processor time, so it says something on Linux only.
#![allow(clippy::print_stdout)]

#[path = "cold/floor.rs"]
mod floor;
#[path = "screens/list.rs"]
mod list;
#[path = "cold/process.rs"]
mod process;

use list::{SCREENS, bytes};
use otokui_lib::app::screens::{CustomerSort, CustomersQuery, OrdersQuery};
use otokui_lib::app::{Language, Session, Watch, columns, customers, imports, order_list, start};
use otokui_lib::insight::cohort::{self, Measure};
use otokui_lib::insight::next_item::next_items;
use otokui_lib::insight::{Scope, View, gap, repeat, rfm};
use otokui_lib::shop::Mall;
use process::{Failure, Used, child, median, processor_ms};
use std::hint::black_box;
use std::path::{Path, PathBuf};

/// Bytes of one page of a list in one of several orders.
type List<'l> = &'l dyn Fn(&Session, u32, u32) -> Result<usize, otokui_lib::app::Error>;

/// How often a list is asked for in another order.
const ORDERS_OF_LIST: u32 = 30;
const SORTS: [CustomerSort; 5] = [
    CustomerSort::NetSales,
    CustomerSort::LastPurchase,
    CustomerSort::Dependence,
    CustomerSort::OrderCount,
    CustomerSort::FirstPurchase,
];

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [flag, what, ledger] if flag == "--one" => process::one(|| one(what, Path::new(ledger))),
        _ => compare(),
    }
}

fn compare() -> Result<(), Failure> {
    let number = |name: &str, usual: u32| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (orders, rounds) = (number("OTOKUI_BENCH_ORDERS", 100_000), number("OTOKUI_BENCH_ROUNDS", 7));
    let folder = tempfile::tempdir()?;
    let large = ledger(folder.path(), "large", orders)?;
    let small = ledger(folder.path(), "small", 1_000)?;
    for ledger in [&large, &small] {
        child("with", ledger)?;
    }
    let size = |path: &Path| std::fs::metadata(path).map(|about| about.len() as f64 / 1e6);
    let (of_ledger, of_columns) = (size(&large)?, size(&columns::path_of(&large))?);
    if std::env::var("OTOKUI_BENCH_ONLY").is_ok_and(|only| only == "pages") {
        return pages(&small, &large);
    }
    println!("{orders} orders, ledger {of_ledger:.1} MB, columns {of_columns:.1} MB; medians of {rounds} rounds");
    let mut used: [Vec<Used>; 6] = Default::default();
    for _ in 0..rounds {
        used[0].push(child("floor", &large)?);
        used[1].push(child("read", &large)?);
        columns::remove(&large);
        used[2].push(child("with", &large)?);
        used[3].push(child("with", &large)?);
        used[4].push(child("start", &small)?);
        used[5].push(child("start", &large)?);
    }
    let used = used.map(median);
    let names = [
        "floor, from SQLite",
        "of which reading",
        "without columns, which are left",
        "with columns",
        "start, 1,000 orders",
        "start",
    ];
    for (name, used) in names.iter().zip(&used) {
        println!("  {name:32} {:7.1} ms CPU {:7.1} ms {:6.0} MiB peak", used.cpu_ms, used.wall_ms, used.peak_mib);
    }
    let [floor, read, without, with, small_start, start] = used;
    println!(
        "  with columns ÷ floor from SQLite     {:.2} (CPU), {:.2} (clock)",
        with.cpu_ms / floor.cpu_ms,
        with.wall_ms / floor.wall_ms
    );
    println!("  with columns ÷ only reading SQLite   {:.2}", with.cpu_ms / read.cpu_ms);
    println!("  with columns ÷ without               {:.2}", with.cpu_ms / without.cpu_ms);
    println!(
        "  start ÷ start with 1,000 orders      {:.2} (CPU), {:.2} (clock)",
        start.cpu_ms / small_start.cpu_ms,
        start.wall_ms / small_start.wall_ms
    );
    pages(&small, &large)?;
    let [few, many] = [child("screens", &small)?, child("screens", &large)?];
    println!(
        "  asked every screen of two scopes: {:.0} MiB with 1,000 orders, {:.0} MiB, {:.0} MiB at most; {:.0} bytes an order",
        few.rest_mib,
        many.rest_mib,
        many.peak_mib,
        (many.rest_mib - few.rest_mib) * 1024.0 * 1024.0 / f64::from(orders)
    );
    Ok(())
}

/// The pages of both lists after the first one, in the large ledger ÷ in the small one: each page for the first time, as
/// who reads on asks for them, and then once more, as who goes back does.
fn pages(small: &Path, large: &Path) -> Result<(), Failure> {
    let open = |ledger: &Path| Session::open_existing(ledger, Language::Japanese).map_err(|error| format!("{error:?}"));
    let (small, large) = (open(small)?, open(large)?);
    let of_customers = |session: &Session, order: u32, page: u32| {
        let sort = SORTS[order as usize % SORTS.len()];
        let query = CustomersQuery { sort, descending: order % 2 == 1, page, ..CustomersQuery::default() };
        customers::page(session, &query).map(|page| bytes(&page))
    };
    let of_orders = |session: &Session, order: u32, page: u32| {
        let mall = [None, Some(Mall::Rakuten), Some(Mall::Yahoo)][order as usize % 3];
        let query = OrdersQuery { scope: Scope { mall, ..Scope::default() }, page, ..OrdersQuery::default() };
        order_list::page(session, &query).map(|page| bytes(&page))
    };
    let lists: [(&str, List<'_>); 2] = [("customers", &of_customers), ("orders", &of_orders)];
    for (name, list) in lists {
        let mut took: [[Vec<f64>; 2]; 3] = Default::default();
        let mut on = Vec::new();
        let timed = |session: &Session, order: u32, page: u32| -> Result<f64, Failure> {
            let begun = processor_ms();
            black_box(list(session, order, page).map_err(|error| format!("{error:?}"))?);
            Ok(processor_ms() - begun)
        };
        for order in 0..ORDERS_OF_LIST {
            for (kind, page) in [(0, 0), (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)] {
                // In turn, so that what else the machine does falls on both.
                for (took, session) in took[kind].iter_mut().zip([&small, &large]) {
                    took.push(timed(session, order, page)?);
                }
            }
            for page in 4..20 {
                on.push(timed(&large, order, page)?);
            }
        }
        let mean = |took: &[f64]| took.iter().sum::<f64>() / took.len() as f64;
        for (what, took) in ["the first page", "the three after it", "the same once more"].iter().zip(&took) {
            let [small, large] = [mean(&took[0]), mean(&took[1])];
            println!("  {name}, {what}: {small:.3} ms CPU with 1,000 orders, {large:.3} ms; {:.2}", large / small);
        }
        on.sort_by(f64::total_cmp);
        println!("  {name}, reading on: {:.3} ms in the mean, {:.3} ms in the middle", mean(&on), on[on.len() / 2]);
    }
    Ok(())
}

/// A ledger of about this many orders of an invented shop.
fn ledger(folder: &Path, name: &str, orders: u32) -> Result<PathBuf, Failure> {
    let exports = folder.join(name);
    let mut files = otokui_lib::sample::write(orders, 1, &exports)?;
    files.truncate(3);
    let ledger = folder.join(format!("{name}.ledger"));
    let mut session = Session::open(&ledger, Language::Japanese).map_err(|error| format!("{error:?}"))?;
    imports::record(&mut session, &files, &Watch::silent()).map_err(|error| format!("{error:?}"))?;
    drop(session);
    std::fs::remove_dir_all(exports)?;
    Ok(ledger)
}

/// Answers; the session that stays open, where what it holds is asked.
fn one(what: &str, ledger: &Path) -> Result<Option<Session>, Failure> {
    let open = || Session::open_existing(ledger, Language::Japanese).map_err(|error| format!("{error:?}"));
    match what {
        "floor" => drop(black_box(floor::five(&floor::read(ledger)?))),
        "read" => drop(black_box(floor::read(ledger)?)),
        "screens" => {
            let session = open()?;
            screens(&session)?;
            return Ok(Some(session));
        }
        "start" => drop(black_box(start::start(&open()?).map_err(|error| format!("{error:?}"))?)),
        _ => five(&open()?)?,
    }
    Ok(None)
}

/// Every screen, of everything and of one mall.
fn screens(session: &Session) -> Result<(), Failure> {
    for scope in [Scope::default(), Scope { mall: Some(Mall::Rakuten), ..Scope::default() }] {
        for (name, screen) in SCREENS {
            black_box(screen(session, &scope).map_err(|error| format!("{name}: {error:?}"))?);
        }
    }
    Ok(())
}

fn five(session: &Session) -> Result<(), Failure> {
    let history = session.history().map_err(|error| format!("{error:?}"))?;
    let view = View::new(&history, &Scope::default()).ok_or("no orders")?;
    black_box(rfm::scores(&view));
    black_box(cohort::cohorts(Some(&view), Measure::NetSales));
    black_box(repeat::f2(&view, 180));
    black_box(gap::curves(&view));
    black_box(next_items(Some(&view), &history.categories, None));
    Ok(())
}
