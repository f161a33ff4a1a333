//! Every screen of the window after a change of the filter, drawings and words included, on a ledger of 100,000 orders.
//!
//! `cargo bench --bench screens` imports an invented shop (`OTOKUI_BENCH_ORDERS` for another size), then asks every
//! screen (or those whose name holds `OTOKUI_BENCH_ONLY`) about one scope after the other, so that nothing kept of the
//! question before helps, and prints milliseconds of the processor (median, 95th percentile, most) and the largest answer as
//! it would cross to the window.
#![allow(clippy::print_stdout)]

#[path = "screens/list.rs"]
mod list;

use list::SCREENS;
use otokui_lib::app::{Language, Session, Watch, imports, items};
use otokui_lib::insight::Scope;
use otokui_lib::insight::history::Compare;
use otokui_lib::insight::rfm::GroupKey;
use otokui_lib::shop::Mall;
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let orders = std::env::var("OTOKUI_BENCH_ORDERS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir()?;
    let mut files = otokui_lib::sample::write(orders, 1, folder.path())?;
    files.truncate(3);
    let ledger = folder.path().join("shop.ledger");
    let mut session = Session::open(&ledger, Language::Japanese).map_err(|error| format!("{error:?}"))?;
    imports::record(&mut session, &files, &Watch::silent()).map_err(|error| format!("{error:?}"))?;
    let history = session.history().map_err(|error| format!("{error:?}"))?;
    println!("{} orders, {} customers", history.orders.order.len(), history.customers.len());
    let scopes = scopes(&session)?;
    println!("{:24} {:>8} {:>8} {:>8} {:>8}", "ms", "median", "95 %", "most", "KB");
    let only = std::env::var("OTOKUI_BENCH_ONLY").unwrap_or_default();
    for (name, screen) in SCREENS.into_iter().filter(|(name, _)| name.contains(&only)) {
        let (mut took, mut largest) = (Vec::new(), 0);
        // The first round only warms up.
        for round in 0..4 {
            for scope in &scopes {
                let (start, begun) = (processor_ms(), Instant::now());
                let size = screen(&session, scope).map_err(|error| format!("{name}: {error:?}"))?;
                if round > 0 {
                    took.push(match (start, processor_ms()) {
                        (Some(start), Some(now)) => now - start,
                        _ => begun.elapsed().as_secs_f64() * 1e3,
                    });
                }
                largest = largest.max(size);
            }
        }
        took.sort_by(f64::total_cmp);
        let at = |share: f64| took[((took.len() - 1) as f64 * share).round() as usize];
        println!("{name:24} {:8.1} {:8.1} {:8.1} {:8.1}", at(0.5), at(0.95), at(1.0), largest as f64 / 1024.0);
    }
    Ok(())
}

/// What an owner may look at one after the other.
fn scopes(session: &Session) -> Result<Vec<Scope>, Failure> {
    let listed = items::screen(session, &Scope::default()).map_err(|error| format!("{error:?}"))?.answer;
    let as_of = listed.as_of.ok_or("no orders")?;
    let item = |at: usize| listed.items.get(at).map(|row| format!("{}:{}", row.mall, row.item_code));
    let all = Scope::default;
    Ok(vec![
        all(),
        Scope { mall: Some(Mall::Rakuten), ..all() },
        Scope { mall: Some(Mall::Yahoo), ..all() },
        Scope { from: Some(as_of - 89), ..all() },
        Scope { as_of: Some(as_of - 365), ..all() },
        Scope { group: Some(GroupKey::Loyal), ..all() },
        Scope { group: Some(GroupKey::Dormant), ..all() },
        Scope { item: item(0), ..all() },
        Scope { item: item(9), ..all() },
        Scope { item: item(1), mall: Some(Mall::Rakuten), ..all() },
        Scope { from: Some(as_of - 364), to: Some(as_of), compare: Some(Compare::PreviousYear), ..all() },
        Scope { as_of: Some(as_of - 30), mall: Some(Mall::Rakuten), ..all() },
    ])
}

/// What this thread has had of the processor; nothing where the system does not say it. It is counted up when a thread
/// rests, else every few milliseconds only.
fn processor_ms() -> Option<f64> {
    std::thread::sleep(Duration::from_micros(1));
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(|nanoseconds: f64| nanoseconds / 1e6)
}
