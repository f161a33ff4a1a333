//! Words about who comes back: who is listed, and what each definition counts.

use super::catalogue::Catalogue;
use super::words;
use crate::insight::back_people::BackPeople;
use crate::insight::other_definitions::{Definition, OtherDefinition};
use crate::insight::repeat::Window;
use crate::shop::Day;
use fluent_bundle::FluentValue;

/// Fills in the words of a definition; ours differ from nothing and are explained where they stand.
pub(super) fn describe(row: &mut OtherDefinition, catalogue: &Catalogue) {
    let key = row.key.word().replace('_', "-");
    row.label = label(row.key, catalogue);
    row.definition = catalogue.word(&format!("back-definition-{key}-text"));
    if !matches!(row.key, Definition::OtokuiRepeat | Definition::OtokuiF2) {
        row.difference = catalogue.word(&format!("back-definition-{key}-why"));
        row.source = catalogue.word(&format!("back-definition-{key}-source"));
    }
}

fn label(definition: Definition, catalogue: &Catalogue) -> String {
    catalogue.word(&format!("back-definition-{}", definition.word().replace('_', "-")))
}

/// Who is listed, in words.
pub(super) fn people_label(people: BackPeople, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    let stepped = |key: &str, window: Window, from: u32| {
        let args: [(&str, FluentValue<'_>); 5] = [
            ("before", (window.purchase - 1).into()),
            ("step", window.purchase.into()),
            ("days", window.days.into()),
            ("from", from.into()),
            ("to", window.days.into()),
        ];
        catalogue.text(key, &args)
    };
    let period = |key: &str, from: Day, to: Day| {
        let day = |day: Day| words::day(day, language);
        catalogue.text(key, &[("from", day(from).into()), ("to", day(to).into())])
    };
    match people {
        BackPeople::Back(window) => stepped("people-step-back", window, 0),
        BackPeople::Observed(window) => stepped("people-step-observed", window, 0),
        BackPeople::Open(window) => stepped("people-step-open", window, 0),
        BackPeople::Gap(window, from) => stepped("people-gap", window, from),
        BackPeople::Waiting(window, from) => stepped("people-waiting", window, from),
        BackPeople::Month(month) => {
            catalogue.text("people-back-month", &[("month", words::month(month, language).into())])
        }
        BackPeople::New(from, to) => period("people-new-period", from, to),
        BackPeople::Existing(from, to) => period("people-existing-period", from, to),
        BackPeople::Counted(key, ..) => catalogue.text("people-counted", &[("label", label(key, catalogue).into())]),
        BackPeople::Among(key, ..) => catalogue.text("people-among", &[("label", label(key, catalogue).into())]),
    }
}
