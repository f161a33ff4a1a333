//! Who may know whom, and what only one room names.

use super::source::Source;
use super::{Broken, holds};

/// A room and the rooms it may use.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("shop", &[]),
    ("intake", &["shop"]),
    ("ledger", &["shop"]),
    ("insight", &["shop"]),
    ("chart", &["insight", "shop"]),
    ("app", &["shop", "intake", "ledger", "insight", "chart"]),
    ("desktop", &["app", "sample"]),
    ("cli", &["app", "sample"]),
    ("sample", &["shop"]),
];

/// Rooms whose types the window and the command line pass through without calling a function of theirs.
const PASSED_THROUGH: [&str; 2] = ["insight", "shop"];

/// A package, or a part of the standard library, and the rooms that may name it.
const NAMED_ONLY_IN: [(&str, &[&str]); 35] = [
    ("csv::", &[]),
    ("calamine::", &["intake"]),
    // The sample writes as the malls write.
    ("encoding_rs::", &["intake", "sample"]),
    ("unicode_normalization::", &["shop", "intake"]),
    ("rusqlite::", &["ledger"]),
    ("rusqlite_migration::", &["ledger"]),
    ("plotters::", &["chart"]),
    ("tauri::", &["desktop"]),
    ("tauri_plugin_dialog::", &["desktop"]),
    ("clap::", &["cli"]),
    ("fluent_bundle::", &["app"]),
    ("unic_langid::", &["app"]),
    ("rust_xlsxwriter::", &["app"]),
    // Tables that lay inside a workbook or an archive are written out to be read.
    ("tempfile::", &["app", "intake"]),
    ("zip::", &["intake"]),
    ("quick_xml::", &["intake"]),
    ("sha2::", &["app", "shop"]),
    ("hmac::", &["shop"]),
    ("getrandom::", &["app"]),
    ("keyring_core::", &["app"]),
    ("windows_native_keyring_store::", &["app"]),
    ("apple_native_keyring_store::", &["app"]),
    ("chrono::", &["shop"]),
    ("rand::", &["sample"]),
    ("rand_chacha::", &["sample"]),
    // When a file was saved is no clock.
    ("std::time::", &["app", "desktop", "intake"]),
    ("std::time::SystemTime", &["app", "desktop"]),
    ("SystemTime", &["app", "desktop"]),
    ("std::time::Instant", &["app", "desktop"]),
    ("Instant", &["app", "desktop"]),
    ("std::fs", &["intake", "ledger", "app", "desktop", "sample"]),
    ("std::net", &[]),
    ("std::env", &["cli", "app", "desktop"]),
    ("std::process", &["cli", "desktop"]),
    ("std::thread", &["app", "desktop", "ledger"]),
];

/// Places in `line` where `word` stands and no longer name does.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

/// Rooms a line of another room mentions, each with the path behind it.
fn uses(source: &Source, line: &str) -> Vec<(&'static str, String)> {
    let mut roots = vec!["crate::"];
    // In a room's mod.rs the parent is the crate.
    if source.path.ends_with("/mod.rs") {
        roots.push("super::");
    }
    let mut found = Vec::new();
    for (room, _) in MAY_USE {
        for root in &roots {
            let path = format!("{root}{room}");
            for (at, _) in line.match_indices(&path) {
                let rest = &line[at + path.len()..];
                if !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
                    found.push((room, rest.to_owned()));
                }
            }
        }
    }
    found
}

/// Whether a path such as `::rfm::{Groups, GroupKey}` ends in types only.
fn is_type(path: &str) -> bool {
    let end = path.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_'))).unwrap_or(path.len());
    let (path, rest) = path.split_at(end);
    match rest.strip_prefix('{') {
        Some(list) => {
            let list = list.split('}').next().unwrap_or_default();
            list.split(',').all(|name| name.trim().starts_with(|c: char| c.is_uppercase()))
        }
        None => path.split("::").any(|name| name.starts_with(|c: char| c.is_uppercase())),
    }
}

fn strangers(sources: &[Source]) -> Broken {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is("rs")) {
        let Some((room, allowed)) = MAY_USE.iter().find(|(room, _)| source.room() == Some(room)) else { continue };
        let passes_through = ["desktop", "cli"].contains(room);
        broken.extend(source.wrong_lines(|line| {
            line.contains("crate::{")
                || uses(source, line).iter().any(|(used, path)| {
                    let passed = passes_through && PASSED_THROUGH.contains(used) && is_type(path);
                    used != room && !allowed.contains(used) && !passed
                })
        }));
    }
    broken
}

fn foreign_names(sources: &[Source]) -> Broken {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.is("rs")) {
        let Some(room) = source.room() else { continue };
        for (name, rooms) in NAMED_ONLY_IN {
            if !rooms.contains(&room) {
                broken.extend(source.wrong_lines(|line| {
                    names(line, name) || names(line, &format!("use {};", name.trim_end_matches("::")))
                }));
            }
        }
    }
    broken
}

#[test]
fn a_room_uses_only_the_rooms_it_may_know() {
    holds(
        "A room uses only the rooms of its row in ARCHITECTURE.md, one room in a `use` line; the window and the \
         command line pass types of shop and insight through and call nothing of them.",
        strangers,
        &[
            ("src-tauri/insight/a.rs", "use crate::ledger::Ledger;"),
            ("src-tauri/shop/a.rs", "fn a() { crate::app::b() }"),
            ("src-tauri/ledger/mod.rs", "use super::intake::Parts;"),
            ("src-tauri/intake/a.rs", "use crate::{ledger, shop};"),
            ("src-tauri/cli/a.rs", "use crate::insight::rfm;"),
            ("src-tauri/desktop/a.rs", "let a = crate::insight::rfm::groups(None);"),
            ("src-tauri/chart/a.rs", "use crate::app::words;"),
        ],
    );
    assert!(is_type("::rfm::{Groups, GroupKey};") && is_type("::Yen;") && !is_type("::rfm::{self, Groups};"));
}

#[test]
fn only_one_room_names_a_package() {
    holds(
        "A package is named by the rooms it was taken in for, so that it can be replaced there; only app and desktop \
         know a clock.",
        foreign_names,
        &[
            ("src-tauri/app/a.rs", "use rusqlite::Connection;"),
            ("src-tauri/insight/a.rs", "let now = std::time::SystemTime::now();"),
            ("src-tauri/intake/a.rs", "let now = std::time::SystemTime::now();"),
            ("src-tauri/intake/a.rs", "use std::time::{Duration, Instant};"),
            ("src-tauri/cli/a.rs", "use tauri::AppHandle;"),
            ("src-tauri/ledger/a.rs", "use csv;"),
            ("src-tauri/chart/a.rs", "let a = std::fs::read(path);"),
        ],
    );
}

#[test]
fn only_the_ledger_speaks_sql() {
    let speaks = |line: &str| {
        let line = line.to_lowercase();
        ["\"select ", "\"insert into ", "\"update ", "\"delete from ", "\"create table", "\"pragma "]
            .iter()
            .any(|start| line.contains(start))
    };
    let rule = |sources: &[Source]| {
        let others = sources.iter().filter(|s| s.is("rs") && s.room().is_some_and(|room| room != "ledger"));
        others.flat_map(|source| source.wrong_lines(speaks)).collect()
    };
    holds("Only the ledger speaks SQL.", rule, &[("src-tauri/app/a.rs", "let a = \"select 1 from orders\";")]);
}

#[test]
fn nothing_below_the_window_is_async() {
    let rule = |sources: &[Source]| {
        let others = sources.iter().filter(|s| s.is("rs") && s.room().is_some_and(|room| room != "desktop"));
        others.flat_map(|s| s.wrong_lines(|line| line.contains("async fn") || line.contains(".await"))).collect()
    };
    holds("No `async` below `desktop`.", rule, &[("src-tauri/app/a.rs", "async fn a() {}")]);
}

#[test]
fn nothing_panics_by_convenience() {
    let rule = |sources: &[Source]| {
        let rust = sources.iter().filter(|s| s.is("rs"));
        let short = [".unwrap()", "todo!", "unimplemented!", "dbg!"];
        rust.flat_map(|s| s.wrong_lines(|line| short.iter().any(|word| line.contains(word)))).collect()
    };
    holds(
        "No `unwrap()`, `todo!`, `unimplemented!` or `dbg!`; `expect(\"why it cannot be\")` where it cannot.",
        rule,
        &[("src-tauri/app/a.rs", "let a = b.unwrap();"), ("src-tauri/app/a.rs", "fn a() { todo!() }")],
    );
}

#[test]
fn only_the_command_line_prints() {
    let rule = |sources: &[Source]| {
        let quiet = sources.iter().filter(|s| s.is("rs") && s.room().is_some_and(|room| room != "cli"));
        quiet.flat_map(|s| s.wrong_lines(|line| ["println!", "print!("].iter().any(|p| line.contains(p)))).collect()
    };
    holds("Only the command line prints.", rule, &[("src-tauri/app/a.rs", "    eprintln!(\"a\");")]);
}

#[test]
fn a_room_says_what_each_use_takes() {
    let rule = |sources: &[Source]| {
        let rust = sources.iter().filter(|s| s.is("rs") && s.room().is_some());
        let glob =
            |line: &str| line.trim_start().trim_start_matches("pub ").starts_with("use ") && line.contains("::*");
        rust.flat_map(|s| s.wrong_lines(glob)).collect()
    };
    holds("No glob imports or re-exports.", rule, &[("src-tauri/app/a.rs", "pub use screens::*;")]);
}
