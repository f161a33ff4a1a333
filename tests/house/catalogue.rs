//! The words: both languages complete, every key that is asked for there.

use super::source::{Source, is_japanese, literals};
use super::{Broken, holds};
use std::collections::{BTreeMap, BTreeSet};

/// Keys of one language with the names of their places.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn keys(sources: &[Source], language: &str) -> Keys {
    let mut keys = Keys::new();
    let folder = format!("assets/locales/{language}");
    for source in sources.iter().filter(|s| s.is_under(&folder) && s.is("ftl")) {
        let mut at = String::new();
        for line in source.text.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase())
                && let Some((key, _)) = line.split_once(" =")
            {
                at = key.to_owned();
            }
            if !at.is_empty() && !line.starts_with('#') {
                let places = line.split('$').skip(1).map(|rest| {
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '-').collect::<String>()
                });
                keys.entry(at.clone()).or_default().extend(places);
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys_and_places() {
    let rule = |sources: &[Source]| -> Broken {
        let (ja, en) = (keys(sources, "ja"), keys(sources, "en"));
        let all: BTreeSet<&String> = ja.keys().chain(en.keys()).collect();
        // How a number or a date is written is the language's own matter.
        let own = |key: &str| key.starts_with("format-") && ja.contains_key(key) && en.contains_key(key);
        let differ = all.into_iter().filter(|key| ja.get(*key) != en.get(*key) && !own(key));
        differ.map(|key| format!("{key}: ja {:?}, en {:?}", ja.get(key), en.get(key))).collect()
    };
    holds(
        "Both languages have the same keys, with the same places in their words.",
        rule,
        &[("assets/locales/ja/app.ftl", "a-title = 題\n"), ("assets/locales/en/app.ftl", "b = { $n }\n")],
    );
}

/// Whether a text looks like a key, or a pattern of keys with `{…}` in it.
fn is_key(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let mut in_place = false;
    let shape = text.chars().all(|c| {
        let is_mark = matches!(c, '{' | '}' | '$');
        in_place = if is_mark { c == '{' } else { in_place };
        is_mark || in_place || plain(c)
    });
    shape && text.contains('-') && text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-')
}

/// Whether a pattern such as `group-{word}` fits a key.
fn fits(pattern: &str, key: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('{') else { return pattern == key };
    let Some(tail) = key.strip_prefix(before.trim_end_matches('$')) else { return false };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    (1..=tail.len()).any(|at| tail.is_char_boundary(at) && fits(after, &tail[at..]))
}

/// Names with a hyphen in the rooms that ask for words, which are none: file names, events, markup.
const NO_KEYS: [&str; 0] = [];

#[test]
fn every_key_that_is_asked_for_has_words() {
    let catalogue = keys(&super::sources(), "ja");
    let rule = |sources: &[Source]| -> Broken {
        let mut broken = Vec::new();
        for source in sources {
            let rust = source.room().is_some_and(|room| ["app", "cli", "desktop"].contains(&room)) && source.is("rs");
            let screen = source.is_under("ui/src") && (source.is("ts") || source.is("svelte"));
            if !rust && !screen {
                continue;
            }
            let marks: &[char] = if rust { &['"'] } else { &['\'', '`'] };
            let program = source.program();
            for (at, (number, line)) in program.iter().enumerate() {
                let before = at.checked_sub(1).map_or("", |before| program[before].1.trim_end());
                let asks = |text: &str| {
                    let openings = ["text(", "word(", "note(", "session, ", "text(&format!(", "word(&format!(", "t("];
                    let ends = |opening: &&str| {
                        line.split(text)
                            .next()
                            .unwrap_or_default()
                            .trim_end_matches(['"', '\'', '`'])
                            .ends_with(*opening)
                            || (line.trim_start().trim_start_matches(['"', '\'', '`']).starts_with(text)
                                && before.ends_with(opening.trim_end()))
                    };
                    openings.iter().any(ends)
                };
                for text in literals(line, marks) {
                    // Asked for here, or named like a key that is there.
                    let named =
                        is_key(&text) && !NO_KEYS.contains(&&*text) && (asks(&text) || kin(&catalogue, &text, rust));
                    if named && !catalogue.keys().any(|key| fits(&text, key)) {
                        broken.push(format!("{}:{number}: {text}", source.path));
                    }
                }
            }
        }
        broken
    };
    holds(
        "Every key that is asked for has words.",
        rule,
        &[
            ("src-tauri/app/a.rs", "catalogue.word(\"nobody-knows-this\")"),
            ("src-tauri/app/a.rs", "catalogue.text(\n    \"nobody-knows-this\",\n    &args)"),
            ("src-tauri/cli/a.rs", "note(session, \"cli-nobody\", &[])"),
            ("src-tauri/app/a.rs", "let key = match a { _ => \"refused-nobody\" };"),
            ("ui/src/App.svelte", "<p>{t('nobody-knows-this')}</p>"),
        ],
    );
    assert!(
        fits("group-{}", "group-champions") && !fits("group-{}", "groups-title") && fits("{a}-title", "groups-title")
    );
}

/// Whether keys of the catalogue begin with the same word, in a room that names keys away from where it asks.
fn kin(catalogue: &Keys, text: &str, rust: bool) -> bool {
    const KINDS: [&str; 9] =
        ["refused-", "error-", "problem-", "import-", "finding-", "region-", "cli-", "people-", "action-"];
    rust && KINDS.iter().any(|kind| text.starts_with(kind) && catalogue.keys().any(|key| key.starts_with(kind)))
}

#[test]
fn no_words_stand_in_the_program() {
    // Numbers and dates as they are written in a sentence, the one place in Rust.
    const NUMBERS: &str = "src-tauri/app/words.rs";
    let rule = |sources: &[Source]| -> Broken {
        let rooms = ["insight", "chart", "ledger", "app", "cli", "desktop"];
        let silent =
            |s: &&Source| s.is("rs") && s.room().is_some_and(|room| rooms.contains(&room)) && s.path != NUMBERS;
        sources.iter().filter(silent).flat_map(|s| s.wrong_lines(|line| line.contains(is_japanese))).collect()
    };
    holds(
        "No words in Rust; they come from the catalogue. intake knows headers, sample names, shop ways of writing.",
        rule,
        &[("src-tauri/app/a.rs", "let a = \"取り込みました\";")],
    );
}
