//! The screens: who may know whom, what only one file names, no words in them.

use super::source::{Source, is_japanese, literals};
use super::{Broken, holds};

fn screens(sources: &[Source]) -> impl Iterator<Item = &Source> {
    let script = |s: &&Source| s.is_under("ui/src") && (s.is("ts") || s.is("svelte"));
    sources.iter().filter(script).filter(|s| !s.is_under("ui/src/api/generated") && !s.path.contains(".test."))
}

/// Where a relative import leads, from `ui/src`; nothing for a package.
fn target(source: &Source, import: &str) -> Option<String> {
    if !import.starts_with('.') {
        return None;
    }
    let mut at: Vec<&str> = source.path.split('/').collect();
    at.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => {
                at.pop();
            }
            part => at.push(part),
        }
    }
    at.join("/").strip_prefix("ui/src/").map(str::to_owned)
}

/// Imports of a line: `from '…'`, `import '…'`, `import('…')`.
fn imports(line: &str) -> Vec<String> {
    if !(line.contains("from '") || line.contains("import '") || line.contains("import(") || line.contains("from \"")) {
        return Vec::new();
    }
    literals(line, &['\'', '"']).into_iter().filter(|text| !text.contains(' ')).collect()
}

#[test]
fn a_part_of_the_screens_knows_only_what_it_may() {
    let rule = |sources: &[Source]| -> Broken {
        let mut broken = Vec::new();
        for source in screens(sources) {
            let rest = source.path.strip_prefix("ui/src/").unwrap_or_default();
            let parts: Vec<&str> = rest.split('/').collect();
            let wrong = |line: &str| {
                imports(line).iter().filter_map(|import| target(source, import)).any(|to| match parts[..] {
                    ["screens", own, ..] => {
                        let own = format!("screens/{own}");
                        let mine = to == own || to.starts_with(&format!("{own}/"));
                        !mine && !["api", "parts/", "lib/"].iter().any(|room| to.starts_with(room))
                    }
                    ["parts", ..] => !["api", "parts/", "lib/"].iter().any(|room| to.starts_with(room)),
                    ["lib", ..] => !["api/generated/", "lib/"].iter().any(|room| to.starts_with(room)),
                    ["api", ..] => !["api/", "lib/"].iter().any(|room| to.starts_with(room)),
                    _ => false,
                })
            };
            broken.extend(source.wrong_lines(wrong));
        }
        broken
    };
    holds(
        "Screens know api, parts, lib and themselves, never another screen; parts know no screen; lib knows the types \
         of api; api knows no screen.",
        rule,
        &[
            ("ui/src/screens/groups/index.ts", "import { a } from '../customers';"),
            ("ui/src/parts/A.svelte", "  import B from '../screens/groups/B.svelte';"),
            ("ui/src/lib/a.ts", "import { a } from '../api';"),
            ("ui/src/screens/groups/A.svelte", "import { routes } from '../../routes';"),
        ],
    );
}

fn only_in<'a>(what: &'a str, home: &'a str) -> impl Fn(&[Source]) -> Broken + 'a {
    move |sources| {
        let others = screens(sources).filter(|s| s.path != home);
        others.flat_map(|s| s.wrong_lines(|line| line.contains(what))).collect()
    }
}

#[test]
fn one_file_knows_the_window() {
    holds(
        "Only ui/src/api/window.ts names the window's library.",
        only_in("@tauri-apps/", "ui/src/api/window.ts"),
        &[("ui/src/App.svelte", "import { invoke } from '@tauri-apps/api/core';")],
    );
}

#[test]
fn one_file_writes_html() {
    holds(
        "Only ui/src/parts/Figure.svelte writes HTML, and only a figure made by chart.",
        only_in("{@html", "ui/src/parts/Figure.svelte"),
        &[("ui/src/App.svelte", "<p>{@html text}</p>")],
    );
    for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval("] {
        let offence = format!("node.{way} = a;");
        holds("Nothing else writes HTML.", only_in(way, ""), &[("ui/src/App.svelte", &offence)]);
    }
}

#[test]
fn no_style_is_written_into_a_tag() {
    let rule = |sources: &[Source]| -> Broken {
        let svelte = screens(sources).filter(|s| s.is("svelte"));
        svelte.flat_map(|s| s.wrong_lines(|line| line.contains(" style=\"") || line.contains(" style='"))).collect()
    };
    holds(
        "No literal style attribute: the window's policy would refuse it.",
        rule,
        &[("ui/src/App.svelte", "<p style=\"color: red\">")],
    );
}

#[test]
fn no_words_stand_in_a_screen() {
    let rule = |sources: &[Source]| -> Broken {
        screens(sources).flat_map(|s| s.wrong_lines(|line| line.contains(is_japanese))).collect()
    };
    holds(
        "No words in Svelte or TypeScript; they come from the catalogue.",
        rule,
        &[("ui/src/App.svelte", "<p>取り込む</p>"), ("ui/src/lib/a.ts", "const a = '円';")],
    );
}

#[test]
fn the_screens_keep_nothing_and_call_nobody() {
    let rule = |sources: &[Source]| -> Broken {
        let words = ["fetch(", "XMLHttpRequest", "WebSocket", "indexedDB", "document.cookie"];
        screens(sources)
            .filter(|s| s.path != "ui/src/api/sample.ts")
            .flat_map(|s| s.wrong_lines(|line| words.iter().any(|word| line.contains(word))))
            .collect()
    };
    holds("The screens call nobody and keep no data; Rust does.", rule, &[("ui/src/lib/a.ts", "await fetch('/a');")]);
}
