//! What the screen says about files: what they are, what is wrong in them, and what to do.

use super::catalogue::Catalogue;
use super::screens::ProblemAnswer;
use crate::intake::{self, Layouts, MapError, Part, Problem, ProblemKind};
use std::path::Path;

/// Name of a file without its folder.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// A fingerprint as people compare it.
pub(super) fn sha256_text(sha256: &[u8; 32]) -> String {
    sha256.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a layout is called.
pub(super) fn profile_label(profile: &str, catalogue: &Catalogue) -> String {
    let key = format!("profile-{profile}");
    if catalogue.has(&key) { catalogue.word(&key) } else { profile.to_owned() }
}

/// A problem with place and remedy.
pub(super) fn problem(problem: &Problem, catalogue: &Catalogue) -> ProblemAnswer {
    stored_problem(problem.row, &problem.column, problem.kind.word(), &problem.found, catalogue)
}

/// The same for a problem kept in the ledger.
pub(super) fn stored_problem(row: u64, column: &str, kind: &str, found: &str, catalogue: &Catalogue) -> ProblemAnswer {
    let mut key = format!("problem-{}", kind.replace('_', "-"));
    // What has no column to show stands without an empty quotation.
    let plain = key.clone() + "-plain";
    if found.is_empty() && catalogue.has(&plain) {
        key = plain;
    }
    let message = catalogue.text(&key, &[("row", row.into()), ("column", column.into()), ("found", found.into())]);
    let is_used = ProblemKind::is_of_a_used_row(kind);
    ProblemAnswer { row, column: column.to_owned(), kind: kind.to_owned(), found: found.to_owned(), message, is_used }
}

/// A problem in a table whose columns the owner has named: another reading may mend it, another download cannot.
pub(super) fn described_problem(problem: &Problem, catalogue: &Catalogue) -> ProblemAnswer {
    described_words(problem.row, &problem.column, problem.kind.word(), &problem.found, catalogue)
}

/// The same for a problem kept in the ledger.
pub(super) fn described_words(row: u64, column: &str, kind: &str, found: &str, catalogue: &Catalogue) -> ProblemAnswer {
    let key = format!("mapped-problem-{}", kind.replace('_', "-"));
    let usual = stored_problem(row, column, kind, found, catalogue);
    if !catalogue.has(&key) {
        return usual;
    }
    let message = catalogue.text(&key, &[("row", row.into()), ("column", column.into()), ("found", found.into())]);
    ProblemAnswer { message, ..usual }
}

/// Why a file was not taken, and what to do.
pub(super) fn refusal(error: &intake::Error, catalogue: &Catalogue) -> String {
    use intake::Error;
    let say = |key: &str, path: &Path| catalogue.text(key, &[("file", file_name(path).into())]);
    match error {
        Error::Unreadable { path, .. } if path.is_dir() => say("refused-folder", path),
        Error::Unreadable { path, .. } if path.exists() && !path.is_file() => say("refused-no-file", path),
        Error::Unreadable { path, source } => match source.kind() {
            std::io::ErrorKind::NotFound => say("refused-not-there", path),
            std::io::ErrorKind::PermissionDenied => say("refused-not-permitted", path),
            _ => say("refused-unreadable", path),
        },
        Error::Empty { path } => say("refused-empty", path),
        Error::NotAnExport { path, found } if found.is_empty() => say("refused-no-table", path),
        Error::NotAnExport { path, found } => catalogue
            .text("refused-not-an-export", &[("file", file_name(path).into()), ("found", found.join(" / ").into())]),
        Error::NoHeader { path } => say("refused-no-header", path),
        Error::MissingColumns { path, profile, missing } if Layouts::is_described(profile) => catalogue.text(
            "refused-missing-mapped",
            &[("file", file_name(path).into()), ("missing", missing.join(" / ").into())],
        ),
        Error::MissingColumns { path, profile, missing } => catalogue.text(
            "refused-missing-columns",
            &[
                ("file", file_name(path).into()),
                ("profile", profile_label(profile, catalogue).into()),
                // Of those with a stroke between them one is enough.
                ("missing", missing.join("、").into()),
            ],
        ),
        Error::DamagedNumbers { path, column, found } => catalogue.text(
            "refused-damaged-numbers",
            &[("file", file_name(path).into()), ("column", column.as_str().into()), ("found", found.as_str().into())],
        ),
        Error::DamagedContainer { path } => say("refused-container", path),
        Error::Locked { path } => say("refused-locked", path),
        Error::NestedArchive { path } => say("refused-nested-archive", path),
        Error::SeveralTables { path } => say("refused-several-tables", path),
        Error::TooLarge { path, .. } => say("refused-too-large", path),
        Error::RowTooLong { path, row, column, is_open, .. } => {
            let key = if *is_open { "refused-row-open" } else { "refused-row-too-long" };
            let column = column.as_str().into();
            catalogue.text(key, &[("file", file_name(path).into()), ("row", (*row).into()), ("column", column)])
        }
        Error::HalfAlone { path, part } => say(waiting_key(*part), path),
        Error::NotTwoHalves { first, second, .. } => catalogue.text(
            "refused-not-two-halves",
            &[("first", file_name(first).into()), ("second", file_name(second).into())],
        ),
        Error::NotAPair { orders, lines } => catalogue
            .text("refused-not-a-pair", &[("orders", file_name(orders).into()), ("lines", file_name(lines).into())]),
    }
}

/// What is wrong with a description of a table, where, and what to do.
pub(super) fn map_refusal(path: &Path, error: &MapError, catalogue: &Catalogue) -> String {
    let file = || ("file", file_name(path).into());
    let say = |key: &str, place: &str| catalogue.text(key, &[file(), ("place", place.to_owned().into())]);
    match error {
        MapError::NotJson { line, column } => {
            catalogue.text("error-map-json", &[file(), ("line", (*line).into()), ("column", (*column).into())])
        }
        MapError::NotAnObject { place } if place.is_empty() => say("error-map-document", place),
        MapError::NotAnObject { place } => say("error-map-object", place),
        MapError::NotAText { place } => say("error-map-text", place),
        MapError::UnknownKey { place, known } => catalogue
            .text("error-map-key", &[file(), ("place", place.as_str().into()), ("known", known.join(", ").into())]),
        MapError::UnknownWord { place, found, known } => catalogue.text(
            "error-map-word",
            &[
                file(),
                ("place", place.as_str().into()),
                ("found", found.as_str().into()),
                ("known", known.join(", ").into()),
            ],
        ),
        MapError::NoDate => say("error-map-no-date", ""),
        MapError::NoAmount => say("error-map-no-amount", ""),
        MapError::BadDateFormat { found } => {
            catalogue.text("error-map-date-format", &[file(), ("found", found.as_str().into())])
        }
    }
}

/// The words for a half that waits.
pub(super) fn waiting_key(part: Part) -> &'static str {
    match part {
        Part::LinesHalf => "import-waiting-lines",
        _ => "import-waiting-orders",
    }
}
