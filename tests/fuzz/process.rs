//! A target in a process of its own: what ends it is told from outside, and the rest goes on behind the culprit.

use super::budget::Spent;
use super::mutation::{Form, input};
use super::seeds::corpus;
use super::targets::{ALL, Place, Target, WRONG};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Names the target of a child.
const CHILD: &str = "OTOKUI_FUZZ_CHILD";

/// Failures of a target after which it is left alone.
const ENOUGH: usize = 12;

/// An input that takes this long will not end.
const HANGS_AFTER: Duration = Duration::from_secs(30);

/// Address space of a child, in KiB: an allocation of gigabytes fails there as it does on a small machine.
const ADDRESS_SPACE: u64 = 3 << 20;

/// How much is tried.
pub struct Asked {
    pub seed: u64,
    pub rounds: u64,
    pub seconds: Option<u64>,
}

/// What came of it.
#[derive(Default)]
pub struct Report {
    pub inputs: u64,
    pub took: Duration,
    /// Kind, what happened, and where the input lies.
    pub failures: Vec<String>,
    /// Panics of libraries that were turned into refusals, by place.
    pub contained: BTreeMap<String, u64>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.took.as_secs_f64();
        let contained: u64 = self.contained.values().sum();
        write!(f, "{:>9} inputs, {seconds:>6.1} s, {:>7.0}/s", self.inputs, self.inputs as f64 / seconds.max(0.001))?;
        write!(f, ", {} failures, {contained} panics of libraries refused", self.failures.len())?;
        self.contained.iter().try_for_each(|(place, count)| write!(f, "\n             {count:>6} × {place}"))
    }
}

/// Runs a target in children, each behind the input that ended the one before. `test` is the test that asks.
pub fn run(target: &Target, asked: &Asked, test: &str) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let (notes, current) = (folder.path().join("notes"), folder.path().join("current"));
    let started = Instant::now();
    let mut report = Report::default();
    let mut next = 0;
    loop {
        let left = asked.seconds.map(|seconds| seconds.saturating_sub(started.elapsed().as_secs()));
        let status = limited(&std::env::current_exe().expect("this program"))
            .args([test, "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, target.name)
            .env("OTOKUI_FUZZ_FOLDER", folder.path())
            .env("OTOKUI_FUZZ_NEXT", next.to_string())
            .env("OTOKUI_FUZZ_SEED", asked.seed.to_string())
            .env("OTOKUI_FUZZ_ROUNDS", asked.rounds.to_string())
            .env("OTOKUI_FUZZ_LEFT", left.map(|left| left.to_string()).unwrap_or_default())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("this program once more");
        report.took = started.elapsed();
        read_notes(&notes, &mut report);
        if status.success() || report.failures.len() >= ENOUGH {
            return report;
        }
        let place: u64 = fs::read_to_string(&current).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(next);
        let inputs = Inputs::of(target, asked.seed);
        report.failures.push(format!("crash {status} {}", saved(target, &inputs.nth(place)).display()));
        report.inputs += place + 1 - next;
        next = place + 1;
    }
}

/// The program, with a bound on its memory where the system knows one.
fn limited(program: &Path) -> Command {
    if !cfg!(target_os = "linux") {
        return Command::new(program);
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" \"$@\"")]).arg(program);
    shell
}

fn read_notes(notes: &Path, report: &mut Report) {
    let text = fs::read_to_string(notes).unwrap_or_default();
    for line in text.lines() {
        match line.split_once('\t') {
            Some(("inputs", count)) => report.inputs += count.parse::<u64>().unwrap_or(0),
            Some(("contained", place)) => *report.contained.entry(place.to_owned()).or_default() += 1,
            _ => report.failures.push(line.replace('\t', " ")),
        }
    }
    let _ = fs::remove_file(notes);
}

/// Whether this process is a child.
pub fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// Every input of a target, in a fixed order: corpus, seeds, changed ones.
struct Inputs<'t> {
    target: &'t Target,
    seed: u64,
    as_they_are: Vec<Vec<u8>>,
    /// From here on inputs are changed. Inputs of the corpus are too: where one thing broke, others will.
    from: usize,
}

impl Inputs<'_> {
    fn of(target: &Target, seed: u64) -> Inputs<'_> {
        let corpus = corpus(target.name);
        let from = if target.form == Form::Damage { corpus.len() } else { 0 };
        Inputs { target, seed, as_they_are: corpus.into_iter().chain((target.seeds)()).collect(), from }
    }

    fn stored(&self) -> u64 {
        self.as_they_are.len() as u64
    }

    fn nth(&self, place: u64) -> Vec<u8> {
        match place.checked_sub(self.stored()) {
            Some(round) => input(self.target, &self.as_they_are[self.from..], self.seed, round),
            None => self.as_they_are[place as usize].clone(),
        }
    }
}

/// The panic that happened last, and where: file and line, then what it said.
static LAST: Mutex<Option<(String, String)>> = Mutex::new(None);

/// Runs the inputs of this child's target from the first one asked for.
pub fn child() {
    let wanted = std::env::var(CHILD).expect("a child knows its target");
    let variable = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let folder = PathBuf::from(std::env::var_os("OTOKUI_FUZZ_FOLDER").expect("a child knows its folder"));
    let target = ALL.iter().chain(WRONG).find(|target| target.name == wanted).expect("a target of this program");
    let inputs = Inputs::of(target, variable("OTOKUI_FUZZ_SEED").unwrap_or(1));
    let end = inputs.stored().saturating_add(variable("OTOKUI_FUZZ_ROUNDS").unwrap_or(0));
    let left = variable("OTOKUI_FUZZ_LEFT").map(Duration::from_secs);
    let mut notes = OpenOptions::new().create(true).append(true).open(folder.join("notes")).expect("a folder of ours");
    let mut current = File::create(folder.join("current")).expect("a folder of ours");
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        *LAST.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some((place, panic.to_string()));
    }));
    let place_for_files = Place::new();
    let mut places_seen = Vec::new();
    let beat = std::sync::Arc::new(AtomicU64::new(0));
    watch(beat.clone());
    let started = Instant::now();
    let mut next = variable("OTOKUI_FUZZ_NEXT").unwrap_or(0);
    let mut count = 0;
    while next < end && (next < inputs.stored() || left.is_none_or(|left| started.elapsed() < left)) {
        current.rewind().and_then(|()| write!(current, "{next:<20}")).expect("a folder of ours");
        beat.store(next + 1, Ordering::Relaxed);
        let bytes = inputs.nth(next);
        let spent = Spent::begin();
        let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(&place_for_files, &bytes)));
        let fault = spent.fault();
        let panic = LAST.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        next += 1;
        count += 1;
        let fault = match (ended, panic) {
            (Err(_), panic) => {
                let (place, text) = panic.unwrap_or_default();
                Some((place, format!("panic\t{}", text.replace(['\n', '\r', '\t'], " "))))
            }
            // Of a library a panic may become a refusal; code of ours has no business to panic.
            (Ok(()), Some((place, text))) if place.starts_with("src-tauri") => {
                Some((place, format!("panic\t{} (caught)", text.replace(['\n', '\r', '\t'], " "))))
            }
            (Ok(()), panic) => {
                if let Some((place, _)) = panic {
                    let short = place.rsplit_once("/registry/src/").map_or(&*place, |(_, rest)| rest);
                    writeln!(notes, "contained\t{short}").expect("a folder of ours");
                }
                fault.map(|fault| (fault.split('\t').next().unwrap_or_default().to_owned(), fault))
            }
        };
        if let Some((place, fault)) = fault {
            // One input for each place is enough.
            if !places_seen.contains(&place) {
                writeln!(notes, "{fault}\t{}", saved(target, &bytes).display()).expect("a folder of ours");
                places_seen.push(place);
            }
            if places_seen.len() >= ENOUGH {
                break;
            }
        }
    }
    writeln!(notes, "inputs\t{count}").expect("a folder of ours");
}

/// Ends the process when one input takes too long.
fn watch(beat: std::sync::Arc<AtomicU64>) {
    std::thread::spawn(move || {
        let (mut last, mut since) = (0, Instant::now());
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let now = beat.load(Ordering::Relaxed);
            if now != last {
                (last, since) = (now, Instant::now());
            } else if since.elapsed() > HANGS_AFTER {
                std::process::exit(70);
            }
        }
    });
}

/// Keeps a failing input, so that it can join the corpus.
fn saved(target: &Target, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz").join(target.name);
    fs::create_dir_all(&folder).expect("the target folder");
    let path = folder.join(format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes)));
    fs::write(&path, bytes).expect("the target folder");
    path
}
