//! The catalogue of words: `assets/locales/<language>/*.ftl`, the same files the screens read.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

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

/// One language's words.
pub struct Catalogue {
    bundle: FluentBundle<FluentResource>,
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
    /// Reads the words of a language; they are part of the program.
    pub fn new(language: Language) -> Catalogue {
        let (name, sources) = match language {
            Language::Japanese => ("ja", JAPANESE),
            Language::English => ("en", ENGLISH),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![name.parse().expect("a language name of ours")]);
        bundle.set_use_isolating(false);
        // The name is a function's, and stands once.
        let _ = bundle.add_function("COUNT", count);
        for source in sources {
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
            // A key that stands twice is caught by the test below, not by the owner.
            let _ = bundle.add_resource(resource);
        }
        Catalogue { bundle, language }
    }

    /// The words at `key` with `args` in their places; the key itself where there are none (a test looks for that).
    pub fn text(&self, key: &str, args: &Args<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// Words without places.
    pub fn word(&self, key: &str) -> String {
        self.text(key, &[])
    }

    /// Whether there are words at `key`.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
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
}
