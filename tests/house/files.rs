//! Names and sizes of files, and what must not stand in any of them.

use super::source::Source;
use super::{Broken, holds};

const FORBIDDEN: [&str; 12] = [
    "utils",
    "util",
    "utilities",
    "common",
    "helper",
    "helpers",
    "manager",
    "service",
    "misc",
    "prelude",
    "shared",
    "stuff",
];

const LARGEST: usize = 400;

fn is_generated(source: &Source) -> bool {
    source.is_under("ui/src/api/generated") || source.path == "src-tauri/ledger/whole.sql"
}

#[test]
fn a_file_is_named_for_a_noun() {
    let rule = |sources: &[Source]| -> Broken {
        let empty = |source: &&Source| {
            source.path.split('/').any(|part| FORBIDDEN.contains(&part.split('.').next().unwrap_or_default()))
        };
        sources.iter().filter(empty).map(|source| source.path.clone()).collect()
    };
    holds(
        "A file is named for the noun it holds; no utils, common, helper, manager, prelude.",
        rule,
        &[("src-tauri/app/utils.rs", ""), ("ui/src/common/a.ts", "")],
    );
}

#[test]
fn a_file_has_at_most_400_lines() {
    let rule = |sources: &[Source]| -> Broken {
        let code = sources.iter().filter(|s| {
            ["rs", "ts", "svelte", "mjs", "py", "sql", "sh"].iter().any(|end| s.is(end))
                && !is_generated(s)
                && !s.is_under("tests/golden")
        });
        code.filter(|s| s.text.lines().count() > LARGEST)
            .map(|s| format!("{}: {} lines", s.path, s.text.lines().count()))
            .collect()
    };
    let long = "x\n".repeat(LARGEST + 1);
    holds("A file past 400 lines is split by noun.", rule, &[("src-tauri/app/a.rs", &long)]);
}

#[test]
fn no_test_is_left_out() {
    // Joined here, so that this file does not offend.
    const RUST: [&str; 1] = [concat!("#[ign", "ore")];
    const SCRIPT: [&str; 4] = [".only(", ".skip(", ".fixme(", ".todo("];
    let rule = |sources: &[Source]| -> Broken {
        let left_out = |s: &&Source| {
            let marks: &[&str] = if s.is("rs") { &RUST } else { &SCRIPT };
            (s.is("rs") || s.is("ts") || s.is("mjs")) && marks.iter().any(|mark| s.text.contains(mark))
        };
        sources.iter().filter(left_out).map(|s| s.path.clone()).collect()
    };
    let offence = format!("{}]\nfn a() {{}}", RUST[0]);
    holds("No ignored tests.", rule, &[("tests/a.rs", &offence), ("ui/src/a.test.ts", "it.only('a', () => {});")]);
}

#[test]
fn no_file_knows_a_machine_or_a_registry() {
    let machines = [concat!("/ho", "me/"), concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];
    let windows = concat!(":\\Us", "ers\\");
    let registries = [
        concat!("registry.npm", "js.org"),
        concat!("static.crates", ".io"),
        concat!("index.crates", ".io"),
        concat!("npm", "mirror."),
        concat!("artifact", "ory"),
        concat!("127.0.0.1:", "8"),
    ];
    let rule = |sources: &[Source]| -> Broken {
        let mut broken = Vec::new();
        for source in sources {
            let is_lock = ["Cargo.lock", "package-lock.json"].iter().any(|name| source.path.ends_with(name));
            for (at, line) in source.text.lines().enumerate() {
                let machine = machines.iter().any(|path| {
                    // `https://example.jp/work/a` is an address, `~/work/` no absolute path.
                    line.match_indices(path)
                        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "./~_-$}".contains(c)))
                });
                let registry = !is_lock && registries.iter().any(|host| line.contains(host));
                if machine || registry || line.contains(windows) {
                    broken.push(format!("{}:{}: {}", source.path, at + 1, line.chars().take(100).collect::<String>()));
                }
            }
        }
        broken
    };
    let path = format!("let a = \"{}me/a\";", machines[0]);
    let host = format!("registry=https://{}/", registries[0]);
    holds(
        "No committed file names a machine's folders or a package registry; that is the machine's own setting.",
        rule,
        &[("src-tauri/app/a.rs", &path), ("ui/.npmrc", &host)],
    );
}

#[test]
fn the_folders_of_the_house_are_those_of_its_map() {
    let known =
        [".cargo", ".ci", ".github", "assets", "benches", "docs", "scripts", "src-tauri", "tests", "ui", "fuzz"];
    let rule = |sources: &[Source]| -> Broken {
        let folders = sources.iter().filter_map(|s| s.path.split_once('/').map(|(folder, _)| folder));
        folders.filter(|folder| !known.contains(folder)).map(str::to_owned).collect()
    };
    holds("At the top stand the folders of ARCHITECTURE.md and plain files.", rule, &[("src/a.rs", "")]);
    let rule = |sources: &[Source]| -> Broken {
        let rooms = ["shop", "intake", "ledger", "insight", "chart", "app", "desktop", "cli", "sample"];
        let plain = ["capabilities", "icons"];
        let folders = sources.iter().filter_map(|s| s.room());
        folders.filter(|room| !rooms.contains(room) && !plain.contains(room)).map(str::to_owned).collect()
    };
    holds("A new room is named in lib.rs and in this house first.", rule, &[("src-tauri/tools/a.rs", "")]);
}
