//! The catalogue of words: `assets/locales/<language>/*.ftl`, the same files the screens read.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::{LazyLock, Mutex, PoisonError};

/// A language Otokui speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Japanese, the first.
    #[default]
    Japanese,
    /// English.
    English,
}

/// What stands in the places of words, by name.
pub type Args<'a> = [(&'a str, FluentValue<'a>)];

/// One language's words. They are read when they are asked for: of two thousand an answer wants some ten.
pub struct Catalogue {
    /// What stands at each key, key and all, by key.
    unread: &'static [&'static str],
    /// Those that have been asked for.
    read: Mutex<FluentBundle<FluentResource>>,
    /// Which language.
    pub language: Language,
}

const JAPANESE: [&str; 13] = [
    include_str!("../../assets/locales/ja/ui.ftl"),
    include_str!("../../assets/locales/ja/app.ftl"),
    include_str!("../../assets/locales/ja/actions.ftl"),
    include_str!("../../assets/locales/ja/desktop.ftl"),
    include_str!("../../assets/locales/ja/export.ftl"),
    include_str!("../../assets/locales/ja/profit.ftl"),
    include_str!("../../assets/locales/ja/items.ftl"),
    include_str!("../../assets/locales/ja/nameless.ftl"),
    include_str!("../../assets/locales/ja/back.ftl"),
    include_str!("../../assets/locales/ja/filter.ftl"),
    include_str!("../../assets/locales/ja/points.ftl"),
    include_str!("../../assets/locales/ja/how.ftl"),
    include_str!("../../assets/locales/ja/taken.ftl"),
];
const ENGLISH: [&str; 13] = [
    include_str!("../../assets/locales/en/ui.ftl"),
    include_str!("../../assets/locales/en/app.ftl"),
    include_str!("../../assets/locales/en/actions.ftl"),
    include_str!("../../assets/locales/en/desktop.ftl"),
    include_str!("../../assets/locales/en/export.ftl"),
    include_str!("../../assets/locales/en/profit.ftl"),
    include_str!("../../assets/locales/en/items.ftl"),
    include_str!("../../assets/locales/en/nameless.ftl"),
    include_str!("../../assets/locales/en/back.ftl"),
    include_str!("../../assets/locales/en/filter.ftl"),
    include_str!("../../assets/locales/en/points.ftl"),
    include_str!("../../assets/locales/en/how.ftl"),
    include_str!("../../assets/locales/en/taken.ftl"),
];

impl Catalogue {
    /// The words of a language; they are part of the program.
    pub fn new(language: Language) -> Catalogue {
        static IN_JAPANESE: LazyLock<Vec<&str>> = LazyLock::new(|| by_key(&JAPANESE));
        static IN_ENGLISH: LazyLock<Vec<&str>> = LazyLock::new(|| by_key(&ENGLISH));
        let unread = match language {
            Language::Japanese => &IN_JAPANESE,
            Language::English => &IN_ENGLISH,
        };
        Catalogue { unread, read: Mutex::new(bundle(language)), language }
    }

    /// The words at `key` with `args` in their places; the key itself where there are none (a test looks for that).
    pub fn text(&self, key: &str, args: &Args<'_>) -> String {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if !read.has_message(key)
            && let Some(words) = self.unread(key)
        {
            let resource = FluentResource::try_new(words.to_owned()).unwrap_or_else(|(resource, _)| resource);
            // A key that stands twice is caught by the test below, not by the owner.
            let _ = read.add_resource(resource);
        }
        let Some(pattern) = read.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        read.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// Words without places.
    pub fn word(&self, key: &str) -> String {
        self.text(key, &[])
    }

    /// Whether there are words at `key`.
    pub fn has(&self, key: &str) -> bool {
        self.unread(key).is_some()
    }

    fn unread(&self, key: &str) -> Option<&'static str> {
        let place = self.unread.binary_search_by_key(&key, |words| key_of(words)).ok()?;
        Some(self.unread[place])
    }
}

/// Nothing has been read yet.
fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let name = match language {
        Language::Japanese => "ja",
        Language::English => "en",
    };
    let mut bundle = FluentBundle::new_concurrent(vec![name.parse().expect("a language name of ours")]);
    bundle.set_use_isolating(false);
    // The name is a function's, and stands once.
    let _ = bundle.add_function("COUNT", count);
    bundle
}

/// The key that words begin with.
fn key_of(words: &str) -> &str {
    words.split_once(' ').map_or(words, |(key, _)| key)
}

/// What stands at each key, in the order of keys. Whatever follows a key is indented, or a remark.
fn by_key(sources: &[&'static str]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for source in sources {
        let mut from = None;
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                found.extend(from.map(|from: usize| &source[from..at]));
                from = Some(at);
            }
            at += line.len();
        }
        found.extend(from.map(|from: usize| &source[from..]));
    }
    found.sort_unstable_by_key(|words| key_of(words));
    found
}

/// `COUNT($people, one: "person has", other: "people have")` in the words: the number, and what it counts. Numbers come
/// as numbers or as an owner writes them (`1,234`).
fn count<'a>(numbers: &[FluentValue<'a>], nouns: &FluentArgs<'_>) -> FluentValue<'a> {
    let number = match numbers {
        [FluentValue::String(text)] => text.to_string(),
        [FluentValue::Number(number)] => number.as_string().into_owned(),
        _ => return FluentValue::Error,
    };
    let noun = match nouns.get(if number == "1" { "one" } else { "other" }) {
        Some(FluentValue::String(noun)) => noun,
        _ => return FluentValue::Error,
    };
    format!("{number} {noun}").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(sources: &[&str]) -> Vec<String> {
        sources
            .iter()
            .flat_map(|source| {
                FluentResource::try_new((*source).to_owned())
                    .unwrap_or_else(|(_, errors)| panic!("the catalogue does not parse: {errors:?}"))
                    .source()
                    .lines()
                    .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
                    .filter_map(|line| line.split_once(" ="))
                    .map(|(key, _)| key.to_owned())
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_once() {
        let (japanese, english) = (keys(&JAPANESE), keys(&ENGLISH));
        let set = |keys: &[String]| keys.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(set(&japanese), set(&english), "a key is missing in one language");
        assert_eq!(set(&japanese).len(), japanese.len(), "a key stands twice");
        assert_eq!(set(&english).len(), english.len(), "a key stands twice");
    }

    #[test]
    fn what_is_counted_is_one_or_many() {
        let english = Catalogue::new(Language::English);
        let told = |people: FluentValue<'static>| english.text("finding-groups-count", &[("people", people)]);
        assert_eq!(told("1".into()), "You have 1 customer.");
        assert_eq!(told(1.into()), "You have 1 customer.");
        assert_eq!(told("1,001".into()), "You have 1,001 customers.");
        assert_eq!(told(0.into()), "You have 0 customers.");
    }

    /// What is read by itself says what it says among all others: nothing refers to another key.
    #[test]
    fn every_key_is_read_by_itself_as_among_all() {
        for (language, sources) in [(Language::Japanese, JAPANESE), (Language::English, ENGLISH)] {
            let catalogue = Catalogue::new(language);
            let mut all = bundle(language);
            for source in sources {
                all.add_resource(FluentResource::try_new(source.to_owned()).expect("it parses")).expect("a new key");
            }
            let args: [(&str, FluentValue<'_>); 1] = [("count", 3.into())];
            let said: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
            for key in keys(&sources) {
                let pattern = all.get_message(&key).and_then(|message| message.value()).expect("words");
                let text = all.format_pattern(pattern, Some(&said), &mut Vec::new()).into_owned();
                assert!(catalogue.has(&key), "{key}");
                assert_eq!(catalogue.text(&key, &args), text, "{key}");
                assert_eq!(catalogue.text(&key, &args), text, "{key} once more");
            }
            assert!(!catalogue.has("no-such-key") && !catalogue.has(""));
            assert_eq!(catalogue.word("no-such-key"), "no-such-key");
        }
    }
}
