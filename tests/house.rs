//! The rules of the house, read off its sources.
//!
//! Each test names a sentence of the house, looks for places that break it, and then shows that it would find one:
//! the same rule is run on a made-up file that offends.

#[path = "house/catalogue.rs"]
mod catalogue;
#[path = "house/files.rs"]
mod files;
#[path = "house/rooms.rs"]
mod rooms;
#[path = "house/screens.rs"]
mod screens;
#[path = "house/source.rs"]
mod source;
#[path = "house/sql.rs"]
mod sql;

use source::{Source, sources};

/// Places that break a rule, as `path: what stands there`.
type Broken = Vec<String>;

/// Fails with the sentence when the house breaks it, and when an offence would not be noticed.
#[track_caller]
fn holds(sentence: &str, rule: impl Fn(&[Source]) -> Broken, offences: &[(&str, &str)]) {
    let broken = rule(&sources());
    assert!(broken.is_empty(), "{sentence}\n  {}", broken.join("\n  "));
    for (path, text) in offences {
        let offence = Source::new(path, text);
        assert!(!rule(std::slice::from_ref(&offence)).is_empty(), "this rule overlooks an offence: {sentence}\n{text}");
    }
}
