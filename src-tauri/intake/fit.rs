//! Which layout the headers of a file are.

use super::map::Layouts;
use super::number::is_number_of;
use super::profile::{Columns, Field, Profile};
use super::record::{ByteRecord, Records};
use super::table::LOOKED_AT;
use crate::shop::Mall;
use std::cmp::Reverse;

/// How well a header row fits the profiles.
pub(crate) enum Fit {
    /// It is this profile.
    Is(&'static Profile, Box<Columns>),
    /// It is nearly this profile; these headers are missing.
    Nearly(&'static Profile, Vec<String>),
    /// It has several of this profile's columns, and few of those an order cannot do without; these headers are missing.
    /// Whether it is one, the numbers of its orders must tell.
    Thin(&'static Profile, Box<Columns>, Vec<String>),
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
    match part.iter().max_by_key(|(_, columns)| columns.count()) {
        // An order number and two thirds of what is needed is an export cut too thin; less may be another table.
        Some((profile, columns))
            if profile.missing(columns).len() * 2 <= profile.required.len() && columns.count() > 2 =>
        {
            Fit::Nearly(profile, profile.missing(columns))
        }
        _ => thin(part),
    }
}

/// The mall's profile of which these headers have most, and the number of an order with them: a template of order columns
/// alone, say. Of Yahoo's only the names count that no other shop system has.
fn thin(tried: Vec<(&'static Profile, Columns)>) -> Fit {
    const ENOUGH: usize = 4;
    let own = |profile: &Profile, columns: &Columns| match profile.mall {
        Mall::Yahoo => {
            let headers = profile.columns.keys().map(|field| columns.header(*field));
            headers.filter(|header| !header.is_empty() && header.is_ascii()).count()
        }
        _ => columns.count(),
    };
    let numbered = |columns: &Columns| [Field::OrderNumber, Field::OrderId].iter().any(|f| columns.place(*f).is_some());
    let found = tried
        .into_iter()
        .filter(|(profile, columns)| !profile.is_own_export() && numbered(columns))
        .map(|(profile, columns)| (own(profile, &columns), profile.missing(&columns), profile, columns))
        .filter(|(count, ..)| *count >= ENOUGH)
        .max_by_key(|(count, missing, ..)| (*count, Reverse(missing.len())));
    found.map_or(Fit::None, |(_, missing, profile, columns)| Fit::Thin(profile, Box::new(columns), missing))
}

/// Whether these rows name orders as this mall does; likewise where there are none.
pub(crate) fn names_orders(profile: &Profile, columns: &Columns, rows: &Records<'_>) -> bool {
    let (mut rows, mut record, mut has_rows) = (rows.clone(), ByteRecord::new(), false);
    for _ in 0..LOOKED_AT {
        if !rows.read(&mut record) {
            break;
        }
        let places = [Field::OrderNumber, Field::OrderId].into_iter().filter_map(|field| columns.place(field));
        let numbers = places.filter_map(|place| record.get(place)).map(<[u8]>::trim_ascii);
        if numbers.into_iter().any(|number| is_number_of(profile.mall, number)) {
            return true;
        }
        has_rows = true;
    }
    !has_rows
}
