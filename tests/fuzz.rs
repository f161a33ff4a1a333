//! Every parser on inputs nobody meant: each ends in an answer or in a refusal, within a second and 256 MiB.
//!
//! A target is a plain function of bytes (`fuzz/targets.rs`). Each is run in a process of its own, so that a crash or
//! an endless loop is noticed too: first on what lies in `tests/fixtures/fuzz/<target>/`, then on its seeds as they
//! are, then on changed ones. CONTRIBUTING.md says how to run it for hours.
//!
//! | variable | meaning |
//! | --- | --- |
//! | `OTOKUI_FUZZ_TARGET` | only this target |
//! | `OTOKUI_FUZZ_ROUNDS` | changed inputs of each target |
//! | `OTOKUI_FUZZ_SECONDS` | instead: as many as fit in this time, for each target |
//! | `OTOKUI_FUZZ_SEED` | which changed inputs; 1 when left out |

#[path = "fuzz/books.rs"]
mod books;
#[path = "fuzz/budget.rs"]
mod budget;
#[path = "fuzz/ledgers.rs"]
mod ledgers;
#[path = "fuzz/mutation.rs"]
mod mutation;
#[path = "fuzz/process.rs"]
mod process;
#[path = "fuzz/seeds.rs"]
mod seeds;
#[path = "fuzz/tables.rs"]
mod tables;
#[path = "fuzz/targets.rs"]
mod targets;
#[path = "fuzz/values.rs"]
mod values;

use process::{Asked, Report};
use std::path::Path;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn every_parser_answers_or_refuses() {
    if process::is_child() {
        return process::child();
    }
    let only = std::env::var("OTOKUI_FUZZ_TARGET").ok();
    let mut failures = Vec::new();
    for target in targets::ALL.iter().filter(|target| only.as_deref().is_none_or(|only| only == target.name)) {
        let seconds = number("OTOKUI_FUZZ_SECONDS");
        let rounds = number("OTOKUI_FUZZ_ROUNDS").unwrap_or(if seconds.is_some() { u64::MAX } else { target.rounds });
        let asked = Asked { seed: number("OTOKUI_FUZZ_SEED").unwrap_or(1), rounds, seconds };
        let report = process::run(target, &asked, "every_parser_answers_or_refuses");
        // Where somebody looks on: `--nocapture`.
        eprintln!("{:<10} {report}", target.name);
        failures.extend(report.failures.iter().map(|failure| format!("{}: {failure}", target.name)));
        assert!(report.inputs > 0, "{}: not one input was tried", target.name);
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// The harness itself: what is planted must be found.
#[test]
fn what_a_target_does_wrong_is_noticed() {
    if process::is_child() {
        return process::child();
    }
    let asked = Asked { seed: 1, rounds: 0, seconds: None };
    for (target, expected) in targets::WRONG.iter().zip(["panic", "crash", "slow", "memory"]) {
        let report: Report = process::run(target, &asked, "what_a_target_does_wrong_is_noticed");
        let noticed = report.failures.iter().any(|failure| failure.starts_with(expected));
        // Where the system tells neither time nor memory of a process, only panics and crashes can be seen.
        let blind = !Path::new("/proc/self/status").exists() && matches!(expected, "slow" | "memory");
        assert!(noticed || blind, "{}: {:?}", target.name, report.failures);
    }
}

#[test]
fn the_corpus_belongs_to_targets_and_is_small() {
    if process::is_child() {
        return;
    }
    let mut bytes = 0;
    for folder in std::fs::read_dir(seeds::corpus_folder()).expect("the corpus is there") {
        let folder = folder.expect("readable");
        let name = folder.file_name().to_string_lossy().into_owned();
        assert!(targets::ALL.iter().any(|target| target.name == name), "no target is called {name}");
        for file in std::fs::read_dir(folder.path()).expect("a folder") {
            bytes += file.and_then(|file| file.metadata()).expect("readable").len();
        }
    }
    assert!(bytes <= 200 << 10, "{bytes} bytes: only the shortest form of an input belongs here");
}
