//! What one input may cost: a second of the processor and 256 MiB, measured where the system tells (Linux).

use std::fs;
use std::time::{Duration, Instant};

/// Processor time of one input.
const MOST_TIME: Duration = Duration::from_secs(1);

/// Memory of one input, in KiB.
const MOST_MEMORY: u64 = 256 << 10;

/// Where an input began.
pub struct Spent {
    started: Instant,
    busy: Option<Duration>,
    resident: Option<u64>,
}

impl Spent {
    /// Begins to measure; from here on the peak of memory is this input's.
    pub fn begin() -> Spent {
        // 5 forgets the peak so far.
        let forgotten = fs::write("/proc/self/clear_refs", "5").is_ok();
        let resident = if forgotten { status("VmRSS:") } else { None };
        Spent { started: Instant::now(), busy: busy(), resident }
    }

    /// More time than an input may take. Other programs' share of the processor does not count.
    pub fn is_over_time(&self) -> bool {
        match (self.busy, busy()) {
            (Some(before), Some(now)) => now.saturating_sub(before) > MOST_TIME,
            _ => self.started.elapsed() > 10 * MOST_TIME,
        }
    }

    /// What was too much of it; nothing for an input that kept to its budget.
    pub fn fault(&self) -> Option<String> {
        if self.is_over_time() {
            return Some(format!("slow\t{} ms", self.started.elapsed().as_millis()));
        }
        let grown = status("VmHWM:")?.saturating_sub(self.resident?);
        (grown > MOST_MEMORY).then(|| format!("memory\t{} MiB", grown >> 10))
    }
}

/// Time this thread has had the processor.
fn busy() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// A size in KiB the system states of this process.
fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    text.lines().find_map(|line| line.strip_prefix(name))?.trim().trim_end_matches(" kB").parse().ok()
}
