//! Importing a Rakuten export, beside the bare loop that does only the unavoidable.
//!
//! `cargo bench --bench import` writes an invented shop's export (about 100,000 lines; `OTOKUI_BENCH_LINES` for
//! another size, `OTOKUI_BENCH_ROUNDS` for more than five rounds), then runs reading, floor and product in turn, each in
//! a process of its own, and prints medians of processor time (user and system), time on the clock, peak memory, and
//! product ÷ floor. Beside the first import it measures the same file again, a file of other bytes with the same rows,
//! and a month (a 36th of the orders, others) into this ledger and into an empty one, and then other orders of the same
//! people: what the month took beyond that is for its new people; and one month of the same size into ledgers of both
//! sizes, which tells whether its work grows with the ledger. Those months' orders are of all the years the shop has;
//! the export's own last month and its last three days go into a ledger of all that came before, as an owner has it, and into
//! empty ones; the month is then taken back. Then 36 downloads of two months each, of which every next
//! one repeats a month of the one before, into a ledger of their own, for their share of bytes. Where the time of the first import
//! goes is looked at in runs of its own: phases on the clock, processor time of threads, and what deciding who is who beyond
//! what is written alike takes and how long everything else waits for it. It reads `/proc` and asks
//! bash for processor time, so it says something on Linux only.
#![allow(clippy::print_stdout)]

#[path = "import/floor.rs"]
mod floor;
#[path = "import/phases.rs"]
mod phases;

use otokui_lib::app::{Language, Session, Watch, imports};
use phases::Phases;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

type Failure = Box<dyn std::error::Error>;

/// What a process used.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
    cpu_ms: f64,
    wall_ms: f64,
    peak_mib: f64,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [flag, what, export, ledger] if flag == "--one" => one(what, Path::new(export), Path::new(ledger)),
        _ => compare(),
    }
}

fn compare() -> Result<(), Failure> {
    let number = |name: &str, usual: u32| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (lines, rounds) = (number("OTOKUI_BENCH_LINES", 100_000), number("OTOKUI_BENCH_ROUNDS", 5));
    let month = lines / 36;
    let (small, small_month, small_lines) = size(lines, rounds, month)?;
    let (large, large_month, large_lines) = size(lines * 3, rounds.div_ceil(2), month)?;
    println!(
        "growth of the product from {small_lines} to {large_lines} lines: {:.2} for {:.2} × the lines, memory {:.2}",
        large.cpu_ms / small.cpu_ms,
        large_lines as f64 / small_lines as f64,
        large.peak_mib / small.peak_mib
    );
    println!(
        "growth of one month, of the same size, into a ledger of {small_lines} and of {large_lines} lines: {:.2}",
        large_month.cpu_ms / small_month.cpu_ms
    );
    Ok(())
}

/// Medians of the product for an export of about this many lines and for a month of so many orders into its ledger, and
/// how many lines the export has.
fn size(lines: u32, rounds: u32, month_orders: u32) -> Result<(Used, Used, u64), Failure> {
    let folder = tempfile::tempdir()?;
    // As many orders over both malls as lines: about 0.7 of them are Rakuten's, of 1.4 lines each.
    otokui_lib::sample::write(lines, 1, folder.path())?;
    let export = folder.path().join("rakuten_orders.csv");
    let rows = csv::ReaderBuilder::new().from_path(&export)?.into_byte_records().count() as u64;
    let bytes = std::fs::metadata(&export)?.len();
    println!("\n{rows} lines, {} MB; medians of {rounds} rounds", bytes / 1_000_000);
    // The same rows in other bytes.
    let other = folder.path().join("other.csv");
    let mut text = std::fs::read(&export)?;
    text.extend_from_slice(b"\r\n");
    std::fs::write(&other, text)?;
    let month = folder.path().join("month");
    otokui_lib::sample::write((lines / 36).max(1), 2, &month)?;
    let month = month.join("rakuten_orders.csv");
    other_shop(&month, b"999902")?;
    let same_people = folder.path().join("same_people.csv");
    otokui_lib::sample::write((lines / 36).max(1), 2, &folder.path().join("same"))?;
    std::fs::rename(folder.path().join("same").join("rakuten_orders.csv"), &same_people)?;
    other_shop(&same_people, b"999903")?;
    let one_month = folder.path().join("one_month.csv");
    otokui_lib::sample::write(month_orders.max(1), 3, &folder.path().join("one"))?;
    std::fs::rename(folder.path().join("one").join("rakuten_orders.csv"), &one_month)?;
    other_shop(&one_month, b"999904")?;
    let overlapping = folder.path().join("months");
    let by_day = Days::of(&export)?;
    let overlapping_bytes = overlapping_months(&by_day, &overlapping)?;
    let [before, days, last] = ["before.csv", "days.csv", "last.csv"].map(|name| folder.path().join(name));
    last_days(&by_day, [&before, &days, &last])?;
    drop(by_day);
    let [ledger, small, bare, monthly] =
        ["shop.ledger", "small.ledger", "bare.db", "monthly.ledger"].map(|name| folder.path().join(name));
    let mut used: [Vec<Used>; 15] = Default::default();
    let mut size = 0.0;
    let mut phases: Vec<Vec<f64>> = Vec::new();
    for _ in 0..rounds {
        remove(&ledger);
        phases.push(phases_of(&export, &ledger)?);
        [&ledger, &small, &bare, &monthly].into_iter().for_each(|path| remove(path));
        used[0].push(child("read", &export, &bare)?);
        used[1].push(child("floor", &export, &bare)?);
        used[2].push(child("product", &export, &ledger)?);
        size = std::fs::metadata(&ledger)?.len() as f64;
        used[3].push(child("product", &export, &ledger)?);
        used[4].push(child("product", &other, &ledger)?);
        used[5].push(child("product", &month, &small)?);
        used[6].push(child("product", &month, &ledger)?);
        used[7].push(child("product", &same_people, &ledger)?);
        used[8].push(child("product", &overlapping, &monthly)?);
        used[9].push(child("product", &one_month, &ledger)?);
        for (at, part) in [(10, &days), (12, &last)] {
            remove(&ledger);
            remove(&small);
            child("product", &before, &ledger)?;
            used[at].push(child("product", part, &small)?);
            used[at + 1].push(child("product", part, &ledger)?);
        }
        used[14].push(child("undo", &last, &ledger)?);
    }
    let bare = std::fs::metadata(&bare)?.len() as f64;
    let used = used.map(median);
    let names = [
        "read",
        "floor",
        "product",
        "again",
        "other bytes",
        "month alone",
        "month into it",
        "same people",
        "36 files",
        "one month",
        "days alone",
        "days into it",
        "last alone",
        "last into it",
        "its undo",
    ];
    for (name, used) in names.iter().zip(&used) {
        println!("  {name:13} {:8.0} ms CPU {:8.0} ms {:6.0} MiB peak", used.cpu_ms, used.wall_ms, used.peak_mib);
    }
    let [read, floor, product, again, other, alone, into, same_people, months, one_month, rest @ ..] = used;
    let [days_alone, days_into, last_alone, last_into, undo] = rest;
    println!("  product ÷ floor         {:.2}", product.cpu_ms / floor.cpu_ms);
    println!("  on the clock            {:.2}", product.wall_ms / floor.wall_ms);
    let phase = |at: usize| {
        let mut values: Vec<f64> = phases.iter().map(|phases| phases[at]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!("    until reading {:.0} ms, reading {:.0} ms, after it {:.0} ms", phase(0), phase(1), phase(2));
    println!("    CPU of reading {:.0} ms, of hashing {:.0} ms, of deciding {:.0} ms", phase(4), phase(5), phase(6));
    let (waited, deciding) = (phase(3), phase(6));
    println!(
        "  without deciding        {:.2}, on the clock {:.2}; deciding ÷ floor {:.3}, waited for {waited:.0} ms",
        (product.cpu_ms - deciding) / floor.cpu_ms,
        (product.wall_ms - waited) / floor.wall_ms,
        deciding / floor.cpu_ms
    );
    println!("  same file again ÷ read  {:.2}", again.cpu_ms / read.cpu_ms);
    println!("  other bytes ÷ first     {:.2}", other.cpu_ms / product.cpu_ms);
    println!("  month into it ÷ alone   {:.2}", into.cpu_ms / alone.cpu_ms);
    println!("  last month ÷ alone      {:.2}", last_into.cpu_ms / last_alone.cpu_ms);
    println!("  its undo ÷ it           {:.2}", undo.cpu_ms / last_into.cpu_ms);
    println!("  last days ÷ alone       {:.2}", days_into.cpu_ms / days_alone.cpu_ms);
    println!("  of known people ÷ alone {:.2}", same_people.cpu_ms / alone.cpu_ms);
    println!("  for its new people      {:.0} ms", into.cpu_ms - same_people.cpu_ms);
    let share = product.cpu_ms * overlapping_bytes as f64 / bytes as f64;
    println!("  36 files ÷ their share  {:.2}", months.cpu_ms / share);
    println!("  ledger ÷ export         {:.3} (floor {:.3})", size / bytes as f64, bare / bytes as f64);
    Ok((product, one_month, rows))
}

/// The header of an export, and its rows by the day of their orders.
struct Days {
    head: Vec<u8>,
    days: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Days {
    fn of(export: &Path) -> Result<Days, Failure> {
        let text = std::fs::read(export)?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&text[..]);
        let mut record = csv::ByteRecord::new();
        let mut starts: Vec<(Vec<u8>, usize)> = Vec::new();
        while reader.read_byte_record(&mut record)? {
            let start = record.position().map_or(0, |position| position.byte()) as usize;
            // 999901-20231101-0000100003
            starts.push((record.get(0).and_then(|number| number.get(7..15)).unwrap_or_default().to_owned(), start));
        }
        let end_of = |at: usize| starts.get(at + 1).map_or(text.len(), |(_, start)| *start);
        let mut days: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        for (at, (day, start)) in starts.iter().enumerate().skip(1) {
            days.entry(day.clone()).or_default().extend_from_slice(&text[*start..end_of(at)]);
        }
        Ok(Days { head: text[..end_of(0)].to_owned(), days })
    }

    /// An export of the days of which this holds; answers how many bytes it has.
    fn write(&self, path: &Path, which: impl Fn(&[u8]) -> bool) -> Result<u64, Failure> {
        let days = self.days.iter().filter(|(day, _)| which(day)).map(|(_, rows)| &rows[..]);
        let file: Vec<u8> = std::iter::once(&self.head[..]).chain(days).flatten().copied().collect();
        std::fs::write(path, &file)?;
        Ok(file.len() as u64)
    }
}

/// Downloads of two months each, one for every month of the export; answers how many bytes they have together.
fn overlapping_months(days: &Days, folder: &Path) -> Result<u64, Failure> {
    std::fs::create_dir(folder)?;
    let mut months: Vec<&[u8]> = days.days.keys().map(|day| &day[..6]).collect();
    months.dedup();
    let mut bytes = 0;
    for (at, month) in months.iter().enumerate() {
        let before = months[at.saturating_sub(1)];
        let is_either = |day: &[u8]| day.starts_with(before) || day.starts_with(month);
        bytes += days.write(&folder.join(format!("{at:02}.csv")), is_either)?;
    }
    Ok(bytes)
}

/// What came before the last month, the last three days, and the last month.
fn last_days(days: &Days, [before, three, last]: [&Path; 3]) -> Result<(), Failure> {
    let newest: Vec<&Vec<u8>> = days.days.keys().rev().take(3).collect();
    let (Some(first_of_three), Some(month)) = (newest.last(), newest.first().map(|day| &day[..6])) else {
        return Err("an export without days".into());
    };
    days.write(before, |day| !day.starts_with(month))?;
    days.write(three, |day| day >= &first_of_three[..])?;
    days.write(last, |day| day.starts_with(month))?;
    Ok(())
}

/// Takes a ledger away.
fn remove(ledger: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut path = ledger.to_owned().into_os_string();
        path.push(end);
        let _ = std::fs::remove_file(path);
    }
}

/// Gives the orders of an export the numbers of another shop, so that none of them is known.
fn other_shop(export: &Path, shop: &[u8; 6]) -> Result<(), Failure> {
    let mut text = std::fs::read(export)?;
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&text[at..], b"\"999901-") {
        at += found + 1;
        text[at..at + 6].copy_from_slice(shop);
    }
    Ok(std::fs::write(export, text)?)
}

/// Runs one of them in a process of its own. What `/proc` says of threads that have ended is exact to 10 ms only; the
/// shell is told to the millisecond.
fn child(what: &str, export: &Path, ledger: &Path) -> Result<Used, Failure> {
    let output = Command::new("bash")
        .args(["-c", "TIMEFORMAT='%3U %3S'; time \"$@\"", "bash"])
        .arg(std::env::current_exe()?)
        .args(["--one", what])
        .args([export, ledger])
        .output()?;
    let (said, asked) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let numbers = |text: &str| -> Vec<f64> { text.split_whitespace().filter_map(|word| word.parse().ok()).collect() };
    match (&numbers(&said)[..], &numbers(asked.lines().last().unwrap_or_default())[..]) {
        ([wall_ms, peak_mib], [user, system]) if output.status.success() => {
            Ok(Used { cpu_ms: (user + system) * 1e3, wall_ms: *wall_ms, peak_mib: *peak_mib })
        }
        _ => Err(format!("{what}: {said}{asked}").into()),
    }
}

/// As [`Phases::of`] has them: until reading, reading, after it and waiting on the clock, then what threads used.
fn phases_of(export: &Path, ledger: &Path) -> Result<Vec<f64>, Failure> {
    let output = Command::new(std::env::current_exe()?).args(["--one", "phases"]).args([export, ledger]).output()?;
    let numbers: Vec<f64> =
        String::from_utf8_lossy(&output.stdout).split_whitespace().filter_map(|word| word.parse().ok()).collect();
    if numbers.len() == 7 { Ok(numbers) } else { Err(String::from_utf8_lossy(&output.stderr).into()) }
}

fn one(what: &str, export: &Path, ledger: &Path) -> Result<(), Failure> {
    if what == "phases" {
        let phases = Arc::new(Phases::new());
        let heard = Arc::clone(&phases);
        let watch = Watch::new(Box::new(move |_| heard.step()));
        println!("{}", phases.of(|| product(export, ledger, &watch))?);
        return Ok(());
    }
    let started = std::time::Instant::now();
    match what {
        "read" => read(export)?,
        "floor" => floor::import(export, ledger)?,
        "undo" => undo(ledger)?,
        _ => product(export, ledger, &Watch::silent())?,
    }
    println!("{} {}", started.elapsed().as_secs_f64() * 1e3, peak_mib()?);
    Ok(())
}

fn product(export: &Path, ledger: &Path, watch: &Watch) -> Result<(), Failure> {
    let mut session = Session::open(ledger, Language::Japanese).map_err(|error| format!("{error:?}"))?;
    let mut files: Vec<PathBuf> = match export.is_dir() {
        true => std::fs::read_dir(export)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?,
        false => vec![export.to_owned()],
    };
    files.sort();
    let answers = imports::record(&mut session, &files, watch).map_err(|error| format!("{error:?}"))?;
    match answers.iter().all(|answer| answer.problem_rows == 0) {
        true => Ok(()),
        false => Err("the sample has problems".into()),
    }
}

/// Takes the newest import back.
fn undo(ledger: &Path) -> Result<(), Failure> {
    let mut session = Session::open(ledger, Language::Japanese).map_err(|error| format!("{error:?}"))?;
    let imports = imports::imports(&session).map_err(|error| format!("{error:?}"))?.imports;
    let newest = imports.first().ok_or("a ledger without imports")?.batch_id;
    imports::undo(&mut session, newest).map_err(|error| format!("{error:?}").into())
}

fn read(export: &Path) -> Result<(), Failure> {
    let mut file = File::open(export)?;
    let mut piece = vec![0u8; 1 << 20];
    while file.read(&mut piece)? > 0 {}
    Ok(())
}

fn peak_mib() -> Result<f64, Failure> {
    let about = std::fs::read_to_string("/proc/self/status")?;
    let line = about.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

fn median(used: Vec<Used>) -> Used {
    let middle = |of: fn(&Used) -> f64| {
        let mut values: Vec<f64> = used.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Used {
        cpu_ms: middle(|used| used.cpu_ms),
        wall_ms: middle(|used| used.wall_ms),
        peak_mib: middle(|used| used.peak_mib),
    }
}
