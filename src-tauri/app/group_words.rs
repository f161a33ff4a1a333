//! Names of groups, CPM types, lapse states and classes.

use super::catalogue::Catalogue;
use super::words;
use crate::insight::group_people::GroupPeople;
use crate::insight::rfm::{CustomerClass, GroupKey};
use crate::shop::Day;

/// A group's name in the owner's language.
pub(super) fn group(group: GroupKey, catalogue: &Catalogue) -> String {
    named("group", group.word(), catalogue)
}

/// The name of a CPM type (`cpm`), a lapse state (`lapse`) or a class (`class`) by its word.
pub(super) fn named(family: &str, word: &str, catalogue: &Catalogue) -> String {
    catalogue.word(&format!("{family}-{}", word.replace('_', "-")))
}

/// Who is listed, in words.
pub(super) fn people_label(people: &GroupPeople, catalogue: &Catalogue) -> String {
    let day = |on: Day| words::day(on, catalogue.language);
    match *people {
        GroupPeople::At(on, key) => {
            catalogue.text("people-group-at", &[("day", day(on).into()), ("group", group(key, catalogue).into())])
        }
        GroupPeople::Moved { from_on, to_on, from: Some(from), to } => catalogue.text(
            "people-moved",
            &[
                ("from_day", day(from_on).into()),
                ("to_day", day(to_on).into()),
                ("from", group(from, catalogue).into()),
                ("to", group(to, catalogue).into()),
            ],
        ),
        GroupPeople::Moved { from_on, to_on, from: None, to } => catalogue.text(
            "people-came",
            &[("from_day", day(from_on).into()), ("to_day", day(to_on).into()), ("to", group(to, catalogue).into())],
        ),
        GroupPeople::MovedClass { from_on, to_on, from, to, came } => {
            let class = |class: Option<CustomerClass>| match class {
                Some(class) => named("class", class.word(), catalogue),
                None => catalogue.word("people-any-class"),
            };
            let args = [
                ("from_day", day(from_on).into()),
                ("to_day", day(to_on).into()),
                ("from", class(from).into()),
                ("to", class(to).into()),
            ];
            catalogue.text(if came { "people-came" } else { "people-moved" }, &args)
        }
        GroupPeople::Cpm(key) => catalogue.text("people-cpm", &[("type", named("cpm", key.word(), catalogue).into())]),
        GroupPeople::Lapse(state) => {
            catalogue.text("people-lapse", &[("state", named("lapse", state.word(), catalogue).into())])
        }
        GroupPeople::Class(class) => {
            catalogue.text("people-class", &[("class", named("class", class.word(), catalogue).into())])
        }
    }
}
