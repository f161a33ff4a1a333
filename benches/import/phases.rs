//! Where the time of an import goes: its phases on the clock, and what its threads use, told by the names they have. Looked at
//! from a thread beside it every millisecond, so in a run of its own: looking takes time as well.

use super::Failure;
use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// What has been seen of an import.
pub(crate) struct Phases {
    started: Instant,
    /// When the first and the last step of reading was heard of.
    steps: Mutex<Option<(Duration, Duration)>>,
    is_over: AtomicBool,
}

/// Processor time of threads by name, and how long the import waited for nothing but those that decide.
#[derive(Default)]
struct Seen {
    cpu_ms: BTreeMap<String, BTreeMap<String, f64>>,
    waited: Duration,
}

impl Phases {
    pub(crate) fn new() -> Phases {
        Phases { started: Instant::now(), steps: Mutex::new(None), is_over: AtomicBool::new(false) }
    }

    /// A step of reading.
    pub(crate) fn step(&self) {
        let now = self.started.elapsed();
        let mut steps = self.steps.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *steps = Some((steps.map_or(now, |(first, _)| first), now));
    }

    /// Imports, looking on; answers what is to be printed.
    pub(crate) fn of(&self, import: impl FnOnce() -> Result<(), Failure>) -> Result<String, Failure> {
        let main = std::process::id().to_string();
        let (done, seen) = thread::scope(|scope| {
            let looking = scope.spawn(|| {
                let mut seen = Seen::default();
                let mut looked = Instant::now();
                while !self.is_over.load(Ordering::Relaxed) {
                    let now = Instant::now();
                    let decides = seen.look();
                    if decides && is_asleep(&main) {
                        seen.waited += now - looked;
                    }
                    looked = now;
                    thread::sleep(Duration::from_millis(1));
                }
                seen
            });
            let done = import();
            self.is_over.store(true, Ordering::Relaxed);
            (done, looking.join())
        });
        done?;
        let over = self.started.elapsed();
        let seen = seen.map_err(|_| "nobody looked on")?;
        let (first, last) = self.steps.lock().map_err(|_| "no steps")?.ok_or("no steps")?;
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let cpu = |name: &str| seen.cpu_ms.get(name).map_or(0.0, |threads| threads.values().sum());
        Ok(format!(
            "{} {} {} {} {} {} {}",
            ms(first),
            ms(last - first),
            ms(over - last),
            ms(seen.waited),
            cpu("reading"),
            cpu("hashing"),
            cpu("deciding"),
        ))
    }
}

impl Seen {
    /// Looks at all threads; whether one of them decides who is who.
    fn look(&mut self) -> bool {
        let mut decides = false;
        for task in fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
            let read = |name: &str| fs::read_to_string(task.path().join(name)).unwrap_or_default();
            let name = read("comm").trim().to_owned();
            decides |= name == "deciding";
            if let Some(spent) = read("schedstat").split_whitespace().next().and_then(|spent| spent.parse::<f64>().ok())
            {
                let id = task.file_name().to_string_lossy().into_owned();
                self.cpu_ms.entry(name).or_default().insert(id, spent / 1e6);
            }
        }
        decides
    }
}

/// Whether a thread waits for another one.
fn is_asleep(task: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/self/task/{task}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('S'))
}
