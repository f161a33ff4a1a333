//! Which layout the headers of a file are.

use super::map::Layouts;
use super::profile::{Columns, Profile};

/// How well a header row fits the profiles.
pub(crate) enum Fit {
    /// It is this profile.
    Is(&'static Profile, Box<Columns>),
    /// It is nearly this profile; these headers are missing.
    Nearly(&'static Profile, Vec<String>),
    /// It is none.
    None,
}

/// The profile these headers belong to: a mall's if there is one, else the one the owner has described, now or once for
/// this header row.
pub(crate) fn fit(headers: &[String], layouts: Layouts) -> Fit {
    let known = fit_known(headers);
    if matches!(known, Fit::Is(..)) {
        return known;
    }
    if let Some(profile) = layouts.described(headers) {
        return Fit::Is(profile, Box::new(profile.columns(headers)));
    }
    let Some(mapped) = layouts.mapped else { return known };
    let columns = mapped.columns(headers);
    let missing = mapped.missing(&columns);
    match known {
        Fit::Nearly(..) if missing.len() * 2 > mapped.required.len() => known,
        _ if columns.count() > 0 => Fit::Nearly(mapped, missing),
        known => known,
    }
}

/// The profile of a mall: the one with most known columns among those that have all they require.
fn fit_known(headers: &[String]) -> Fit {
    let tried = Profile::all().iter().map(|profile| (profile, profile.columns(headers)));
    let (full, part): (Vec<_>, Vec<_>) = tried.partition(|(profile, columns)| profile.missing(columns).is_empty());
    if let Some((profile, columns)) = full.into_iter().max_by_key(|(_, columns)| columns.count()) {
        return Fit::Is(profile, Box::new(columns));
    }
    match part.into_iter().max_by_key(|(_, columns)| columns.count()) {
        // An order number and two thirds of what is needed is an export cut too thin; less is another table.
        Some((profile, columns))
            if profile.missing(&columns).len() * 2 <= profile.required.len() && columns.count() > 2 =>
        {
            Fit::Nearly(profile, profile.missing(&columns))
        }
        _ => Fit::None,
    }
}
