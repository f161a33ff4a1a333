//! One question in a process of its own, and what it used.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

pub type Failure = Box<dyn std::error::Error>;

/// What a process used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used {
    pub cpu_ms: f64,
    pub wall_ms: f64,
    pub peak_mib: f64,
    /// Held at the end.
    pub rest_mib: f64,
}

/// Runs this program again for one question. What `/proc` says of threads that have ended is exact to 10 ms only; the
/// shell is told to the millisecond.
pub fn child(what: &str, ledger: &Path) -> Result<Used, Failure> {
    let output = Command::new("bash")
        .args(["-c", "TIMEFORMAT='%3U %3S'; time \"$@\"", "bash"])
        .arg(std::env::current_exe()?)
        .args(["--one", what])
        .arg(ledger)
        .output()?;
    let (said, asked) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let numbers = |text: &str| -> Vec<f64> { text.split_whitespace().filter_map(|word| word.parse().ok()).collect() };
    match (&numbers(&said)[..], &numbers(asked.lines().last().unwrap_or_default())[..]) {
        (&[wall_ms, peak_mib, rest_mib], [user, system]) if output.status.success() => {
            Ok(Used { cpu_ms: (user + system) * 1e3, wall_ms, peak_mib, rest_mib })
        }
        _ => Err(format!("{what}: {said}{asked}").into()),
    }
}

/// In that process: answers and says how long it took, how much memory there was at most, and how much while the answer
/// is there.
pub fn one<T>(answer: impl FnOnce() -> Result<T, Failure>) -> Result<(), Failure> {
    let begun = Instant::now();
    let kept = answer()?;
    println!("{} {} {}", begun.elapsed().as_secs_f64() * 1e3, mib("VmHWM:")?, mib("VmRSS:")?);
    drop(kept);
    Ok(())
}

fn mib(what: &str) -> Result<f64, Failure> {
    let about = std::fs::read_to_string("/proc/self/status")?;
    let line = about.lines().find_map(|line| line.strip_prefix(what)).unwrap_or_default();
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

/// What this thread has had of the processor. It is counted up when a thread rests, else every few milliseconds only.
pub fn processor_ms() -> f64 {
    std::thread::sleep(Duration::from_micros(1));
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse::<f64>().ok()).map_or(0.0, |nanoseconds| nanoseconds / 1e6)
}

/// Of each measure the middle one.
pub fn median(used: Vec<Used>) -> Used {
    let middle = |of: fn(&Used) -> f64| {
        let mut values: Vec<f64> = used.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Used {
        cpu_ms: middle(|used| used.cpu_ms),
        wall_ms: middle(|used| used.wall_ms),
        peak_mib: middle(|used| used.peak_mib),
        rest_mib: middle(|used| used.rest_mib),
    }
}
