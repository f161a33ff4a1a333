//! Files an owner has besides orders: costs, items, reviews, events, the mall's counts and charges, favourites.
//!
//! Known by their headers like order exports, and counted like them: `rows = used + skipped + problem_rows`. A cost
//! list is free-form; where its columns are not certain the owner points at them once, and says so by headers.

mod own;
mod own_said;
mod profile;
mod read;
mod values;

pub use own_said::{CONTACT_KINDS, DECISIONS, READINGS, RULE_CHANGES, in_table};
pub use profile::{Field, Kind, SideProfile};
pub use read::{SideTally, read};

use super::encoding::{Encoding, Guess, guess_on};
use super::error::Error;
use super::profile::normal_header;
use super::record::{ByteRecord, Records};
use super::table::{HEADER_WITHIN, MAX_BYTES, PIECE};
use profile::Places;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Rows under the header that the owner sees when asked for columns.
const FIRST_ROWS: usize = 5;

/// The columns of a cost list, by header as the file writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// The column of item codes.
    pub code: String,
    /// The column of costs.
    pub cost: String,
}

/// What a file without orders is.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Its layout.
    pub profile: &'static SideProfile,
    /// How it writes text.
    pub encoding: Encoding,
    /// Its size.
    pub bytes: u64,
    /// Its headers in file order, as it writes them.
    pub headers: Vec<String>,
    /// Of a cost list the first rows under the header, for choosing columns; empty otherwise.
    pub first_rows: Vec<Vec<String>>,
    /// Of a cost list the columns that are read, or nearest to it; empty texts where there is no idea.
    pub pointed: Option<Pointed>,
    /// The columns are not certain: the owner has to point at them before the file can be read.
    pub needs_columns: bool,
    places: Places,
    delimiter: u8,
    above: usize,
    /// Cells of the lines above the header.
    preamble: Vec<Vec<String>>,
}

/// A name for this header row, the same for the same headers in the same order.
pub fn fingerprint(headers: &[String]) -> String {
    let normal: Vec<String> = headers.iter().map(|header| normal_header(header)).collect();
    format!("{:016x}", xxh3_64(normal.join("\u{1f}").as_bytes()))
}

/// Finds out what a file without orders is; nothing when it is none that Otokui knows. `remembered` answers what
/// the owner pointed at for a header row with this fingerprint. Reads at most the file's first mebibyte.
pub fn inspect(path: &Path, remembered: &dyn Fn(&str) -> Option<Pointed>) -> Result<Option<Inspection>, Error> {
    let Some(head) = head(path)? else { return Ok(None) };
    // A certain answer anywhere comes before a likely one.
    for certain in [true, false] {
        for (delimiter, rows) in &head.rows {
            for above in 0..rows.len().min(HEADER_WITHIN) {
                if let Some((profile, places, needs_columns)) = fit(&rows[above], certain, remembered) {
                    return Ok(Some(inspection(&head, *delimiter, rows, above, profile, places, needs_columns)));
                }
            }
        }
    }
    Ok(None)
}

/// Which columns under these headers hold days or moments; nothing when they are no header row of ours. Columns
/// that no profile names are the owner's to point at, so they count too: `is_pointed` when they have been.
pub(crate) fn moments(headers: &[String], is_pointed: bool) -> Option<Vec<bool>> {
    let nothing = |_: &str| None;
    let pointed = || is_pointed.then(|| (SideProfile::costs(), SideProfile::costs().places(headers), false));
    let found = fit(headers, true, &nothing).or_else(pointed).or_else(|| fit(headers, false, &nothing));
    let (_, places, _) = found?;
    let of_days = [
        Field::HoldsFrom,
        Field::PostedAt,
        Field::BeginsAt,
        Field::EndsAt,
        Field::Date,
        Field::PeriodFrom,
        Field::PeriodTo,
        Field::ChangedAt,
        Field::UndoneAt,
        Field::WrittenAt,
        Field::DecidedAt,
    ];
    let days: Vec<usize> = of_days.into_iter().filter_map(|field| places.get(field)).collect();
    Some((0..headers.len()).map(|place| days.contains(&place)).collect())
}

/// The fingerprint of the header row that has both columns; nothing when no row near the top has.
pub fn fingerprint_with(path: &Path, pointed: &Pointed) -> Result<Option<String>, Error> {
    let Some(head) = head(path)? else { return Ok(None) };
    let rows = head.rows.iter().flat_map(|(_, rows)| rows.iter().take(HEADER_WITHIN));
    let has = |row: &[String], wanted: &str| row.iter().any(|header| same(header, wanted));
    let mut found = rows.filter(|row| has(row, &pointed.code) && has(row, &pointed.cost));
    Ok(found.next().map(|headers| fingerprint(headers)))
}

/// The beginning of a file, cut at each mark that may part its cells.
struct Head {
    encoding: Encoding,
    bytes: u64,
    rows: Vec<(u8, Vec<Vec<String>>)>,
}

/// Nothing for what is no text.
fn head(path: &Path) -> Result<Option<Head>, Error> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    if bytes > MAX_BYTES {
        return Err(Error::TooLarge { path: path.to_owned(), bytes, limit: MAX_BYTES });
    }
    let mut start = Vec::new();
    file.by_ref().take(PIECE as u64).read_to_end(&mut start).map_err(unreadable)?;
    let guessed = guess_on(&start, start.len() as u64 >= bytes, &mut file).map_err(unreadable)?;
    let Guess::Text(encoding) = guessed else { return Ok(None) };
    let text = &start[encoding.bom_bytes() as usize..];
    let rows = encoding.separators().iter().map(|delimiter| {
        let mut reader = Records::new(text, *delimiter);
        let mut record = ByteRecord::new();
        let mut rows = Vec::new();
        while rows.len() < HEADER_WITHIN + FIRST_ROWS && reader.read(&mut record) {
            rows.push(record.iter().map(|cell| encoding.text(cell).trim().to_owned()).collect());
        }
        (*delimiter, rows)
    });
    Ok(Some(Head { encoding, bytes, rows: rows.collect() }))
}

/// The profile of these headers, where its fields are, and whether the owner must point at columns first.
fn fit(
    headers: &[String],
    certain: bool,
    remembered: &dyn Fn(&str) -> Option<Pointed>,
) -> Option<(&'static SideProfile, Places, bool)> {
    if headers.iter().filter(|header| !header.is_empty()).count() < 2 {
        return None;
    }
    let costs = SideProfile::costs();
    let mut places = costs.places(headers);
    if certain {
        // What Otokui wrote says so itself; its costs would pass for a cost list otherwise.
        let own = SideProfile::all().iter().filter(|profile| profile.is_own_export());
        if let Some(found) = own.map(|profile| (profile, profile.places(headers))).find(|(p, places)| p.is_met(places))
        {
            return Some((found.0, found.1, false));
        }
        if let Some(pointed) = remembered(&fingerprint(headers)) {
            let place = |wanted: &str| headers.iter().position(|header| same(header, wanted));
            if let (Some(code), Some(cost)) = (place(&pointed.code), place(&pointed.cost)) {
                places.set(Field::ItemCode, code);
                places.set(Field::Cost, cost);
                return Some((costs, places, false));
            }
        }
        if costs.is_met(&places) {
            return Some((costs, places, false));
        }
        return SideProfile::all()
            .iter()
            .filter(|profile| profile.id != costs.id)
            .map(|profile| (profile, profile.places(headers)))
            .filter(|(profile, places)| profile.is_met(places))
            .max_by_key(|(_, places)| places.count())
            .map(|(profile, places)| (profile, places, false));
    }
    // A row that begins with a number is no header, whatever it mentions: the list of rows not read does.
    let first = headers.iter().find(|header| !header.is_empty());
    if first.is_some_and(|first| first.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    if places.get(Field::Cost).is_none() {
        // Not named as Otokui knows it, but it looks like a cost, or may be one.
        let cost = match costs.likely_place(headers) {
            Some(cost) => cost,
            None => {
                let (code, cost) = costs.maybe_places(headers)?;
                if places.get(Field::ItemCode).is_none() {
                    places.set(Field::ItemCode, code);
                }
                cost
            }
        };
        places.set(Field::Cost, cost);
    }
    Some((costs, places, true))
}

fn inspection(
    head: &Head,
    delimiter: u8,
    rows: &[Vec<String>],
    above: usize,
    profile: &'static SideProfile,
    places: Places,
    needs_columns: bool,
) -> Inspection {
    let headers = rows[above].clone();
    let is_costs = profile.kind == Kind::Costs && !profile.is_own_export();
    let header = |field| places.get(field).map(|place| headers[place].clone()).unwrap_or_default();
    let pointed = is_costs.then(|| Pointed { code: header(Field::ItemCode), cost: header(Field::Cost) });
    let first_rows = if is_costs { rows[above + 1..].iter().take(FIRST_ROWS).cloned().collect() } else { Vec::new() };
    Inspection {
        profile,
        encoding: head.encoding,
        bytes: head.bytes,
        first_rows,
        pointed,
        needs_columns,
        places,
        delimiter,
        above,
        preamble: rows[..above].to_vec(),
        headers,
    }
}

/// Whether two headers are the same to a reader.
fn same(one: &str, other: &str) -> bool {
    normal_header(one) == normal_header(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_side_profile_is_read_and_says_what_it_requires() {
        for profile in SideProfile::all() {
            for field in profile.required.iter().flatten().chain(profile.only.keys()) {
                assert!(profile.columns.contains_key(field), "{} requires {field:?} without naming it", profile.id);
            }
        }
        assert_eq!(SideProfile::costs().kind, Kind::Costs);
    }

    #[test]
    fn a_header_that_only_looks_like_a_cost_is_asked_about() {
        let none = |_: &str| None;
        let row = |text: &str| -> Vec<String> { text.split(',').map(String::from).collect() };
        let state = |text: &str| {
            let headers = row(text);
            fit(&headers, true, &none)
                .or_else(|| fit(&headers, false, &none))
                .map(|(profile, _, asks)| (&*profile.id, asks))
        };
        assert_eq!(state("商品コード,商品名,原価"), Some(("item-costs", false)));
        assert_eq!(
            state("ＳＹＯＨＩＮ＿ＣＯＤＥ,genka_tnk"),
            Some(("item-costs", false)),
            "width and case do not matter"
        );
        assert_eq!(state("商品コード,商品名,4月からの原価"), Some(("item-costs", true)));
        assert_eq!(state("うちの番号,原価"), Some(("item-costs", true)));
        assert_eq!(state("商品コード,仕入先コード,数量"), None, "a supplier is no cost");
        assert_eq!(state("品,仕入れ値段,売"), Some(("item-costs", true)), "the code is for the owner to point at");
        assert_eq!(state("商品コード,数量"), None);
        assert_eq!(state("コード,値段"), Some(("item-costs", true)));
        // An order manager's list; of its two amounts the selling price is none.
        assert_eq!(state("JAN,管理番号,商品番号,商品名,販売価格,単価,在庫数"), Some(("item-costs", true)));
        assert_eq!(state("商品番号,商品名,販売価格"), None, "a selling price is no cost");
        assert_eq!(state("注文番号,商品番号,単価"), None, "orders");
        assert_eq!(state("3,costs.csv,2,原価,数字ではありません,約500"), None, "a row about a cost list");
        let pointed = |_: &str| Some(Pointed { code: "うちの番号".into(), cost: "値".into() });
        let headers = row("うちの番号,値");
        assert!(fit(&headers, true, &pointed).is_some_and(|(profile, _, asks)| profile.id == "item-costs" && !asks));
    }
}
