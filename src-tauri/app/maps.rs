//! Tables no mall writes: the owner says once what their columns mean.
//!
//! What is said is the document of `--map`. It is remembered for the header row, so that the next file with the same
//! headers is known by itself, in the window and on the command line.

use super::clock::now;
use super::drop::Drop;
use super::error::Error;
use super::file_answers::LISTED_PROBLEMS;
use super::intake_words::{described_problem, file_name};
use super::map_offers::{beginning, offer, shown};
use super::screens::{
    FileAnswer, FileState, MapColumn, MapDocument, MapOffer, MapOrder, MapPreview, RememberedMap, StatusWord,
};
use super::session::Session;
use super::watch::Watch;
use crate::intake::{self, Layouts, MapError, Opening};
use crate::ledger::remembered_maps::RememberedMap as Stored;
use crate::shop::{Order, Yen};
use std::path::PathBuf;
use std::sync::Arc;

/// Orders of a preview.
const SHOWN_ORDERS: usize = 20;

/// What a description may measure: entries of each list, characters of each text.
const MAX_ENTRIES: usize = 100;
const MAX_CHARS: usize = 500;

/// The first rows of a file of a drop that was looked at; `files` and place name it.
pub(super) type Looked = (Vec<PathBuf>, usize, Arc<Opening>);

/// Drops whose first rows are kept at hand.
const LOOKED_KEPT: usize = 8;

/// The offer for one file of a preview, with another row as its header.
pub fn table(session: &Session, files: &[PathBuf], file: usize, header_row: usize) -> Result<MapOffer, Error> {
    let opening = opening(session, files, file)?;
    check_row(&opening, header_row)?;
    offer(session, &opening, Some(header_row))
}

/// Reads the first rows of one file of a preview as the description says. Writes nothing.
pub fn preview(
    session: &Session,
    files: &[PathBuf],
    file: usize,
    header_row: usize,
    map: &MapDocument,
) -> Result<MapPreview, Error> {
    check(map)?;
    let opening = opening(session, files, file)?;
    check_row(&opening, header_row)?;
    let layouts = match layouts(map) {
        Ok(layouts) => layouts,
        Err(missing) => return Ok(MapPreview { missing: session.catalogue.word(missing), ..MapPreview::default() }),
    };
    let has_numbers = map.columns.contains_key("order_number");
    let mut orders = Vec::new();
    let tally = opening.read(layouts, &mut |order| {
        if orders.len() < SHOWN_ORDERS {
            orders.push(shown_order(order, has_numbers));
        }
    })?;
    let Some(file) = tally.files.first() else { return Err(Error::Cancelled) };
    Ok(MapPreview {
        missing: String::new(),
        orders,
        order_count: tally.orders,
        rows: file.rows,
        is_whole: opening.is_whole(),
        used: file.used,
        skipped: file.skipped,
        problem_rows: file.problem_rows,
        problems: file
            .problems
            .iter()
            .chain(&file.warnings)
            .take(LISTED_PROBLEMS / 10)
            .map(|p| described_problem(p, &session.catalogue))
            .collect(),
    })
}

/// Remembers what the columns of one file of a preview mean, for every file with the same header row.
pub fn accept(
    session: &mut Session,
    files: &[PathBuf],
    file: usize,
    header_row: usize,
    map: &MapDocument,
) -> Result<(), Error> {
    check(map)?;
    let opening = opening(session, files, file)?;
    check_row(&opening, header_row)?;
    let path = files.first().filter(|_| files.len() == 1).cloned();
    let name = match path {
        Some(path) => file_name(&path),
        None => Drop::new(session, files, &Watch::silent())?
            .files
            .get(file)
            .map(|f| f.file_name.clone())
            .unwrap_or_default(),
    };
    remember(session, &name, opening.headers(header_row), map)
}

/// Remembers the description given now for the header row of each file that was read by it, as if its owner had said so.
pub(super) fn remember_given(session: &mut Session, drop: &Drop, answers: &[FileAnswer]) -> Result<(), Error> {
    for (file, answer) in drop.files.iter().zip(answers) {
        let (Ok(inspection), FileState::Recorded | FileState::AlreadyImported) = (&file.inspection, answer.state)
        else {
            continue;
        };
        if !Layouts::is_described(&inspection.profile.id) || drop.layouts.is_remembered(inspection.profile) {
            continue;
        }
        let headers = &inspection.headers;
        let Some(map) = drop.layouts.description_of(headers).and_then(|json| document(&json)) else { continue };
        let said = session.ledger.remembered_maps()?;
        let is_said = |stored: &Stored| stored.fingerprint == intake::fingerprint(headers) && stored.map == json(&map);
        // What the window would not take is used, and not kept.
        if check(&map).is_ok() && !said.iter().any(is_said) {
            remember(session, &file.file_name, headers, &map)?;
        }
    }
    Ok(())
}

/// Changes what is remembered for this header row. What was recorded with it stays.
pub fn change(session: &mut Session, fingerprint: &str, map: &MapDocument) -> Result<(), Error> {
    check(map)?;
    let stored = session.ledger.remembered_maps()?.into_iter().find(|stored| stored.fingerprint == fingerprint);
    let stored = stored.ok_or_else(|| Error::BadQuestion(shown(fingerprint)))?;
    remember(session, &stored.file_name, &headers(&stored), map)
}

/// Forgets what is remembered for this header row. What was recorded with it stays.
pub fn forget(session: &mut Session, fingerprint: &str) -> Result<(), Error> {
    if session.ledger.forget_map(fingerprint)? { Ok(()) } else { Err(Error::BadQuestion(shown(fingerprint))) }
}

/// Everything the owner has said, the newest first.
pub(super) fn remembered(session: &Session) -> Result<Vec<RememberedMap>, Error> {
    let entry = |stored: Stored| {
        let map = document(&stored.map)?;
        let headers = headers(&stored);
        let words: Vec<StatusWord> = map
            .statuses
            .iter()
            .map(|(word, status)| StatusWord { word: word.clone(), status: Some(*status) })
            .collect();
        let columns = headers.iter().enumerate().map(|(place, header)| MapColumn {
            header: header.clone(),
            is_named: !header.is_empty() && !headers[..place].contains(header),
            dates: Vec::new(),
            words: if map.columns.get("status") == Some(header) { words.clone() } else { Vec::new() },
        });
        let columns = columns.collect();
        let header_rows = vec![beginning(&headers)];
        let offer = MapOffer { header_row: 0, header_rows, columns, rows: Vec::new(), map, is_remembered: true };
        let (fingerprint, remembered_at) = (stored.fingerprint, stored.remembered_at);
        Some(RememberedMap { fingerprint, file: stored.file_name, offer, remembered_at })
    };
    Ok(session.ledger.remembered_maps()?.into_iter().filter_map(entry).collect())
}

/// Keeps the first rows of a file of a drop at hand, while its owner thinks about it.
pub(super) fn keep(session: &Session, files: &[PathBuf], file: usize, opening: Opening) {
    let mut looked = session.looked();
    looked.retain(|(of, place, _)| (&of[..], *place) != (files, file));
    if looked.len() >= LOOKED_KEPT {
        looked.remove(0);
    }
    looked.push((files.to_vec(), file, Arc::new(opening)));
}

fn opening(session: &Session, files: &[PathBuf], file: usize) -> Result<Arc<Opening>, Error> {
    let at_hand = || {
        let looked = session.looked();
        looked.iter().find(|(of, place, _)| (&of[..], *place) == (files, file)).map(|(_, _, opening)| opening.clone())
    };
    if let Some(opening) = at_hand() {
        return Ok(opening);
    }
    let drop = Drop::new(session, files, &Watch::silent())?;
    let path = drop.files.get(file).and_then(|file| file.path.as_deref());
    let opening = path.map(Opening::of).transpose()?.flatten();
    keep(session, files, file, opening.ok_or_else(|| Error::BadQuestion(file.to_string()))?);
    at_hand().ok_or(Error::Cancelled)
}

fn check_row(opening: &Opening, header_row: usize) -> Result<(), Error> {
    if header_row < opening.header_rows() { Ok(()) } else { Err(Error::BadQuestion(header_row.to_string())) }
}

/// Refuses a description longer than any real one.
fn check(map: &MapDocument) -> Result<(), Error> {
    let is_long = |text: &&String| text.chars().count() > MAX_CHARS;
    let texts = map.columns.iter().flat_map(|(key, header)| [key, header]);
    let mut texts = texts.chain(map.statuses.keys()).chain(&map.date_format);
    let too_many = map.columns.len() > MAX_ENTRIES || map.statuses.len() > MAX_ENTRIES;
    match texts.find(is_long) {
        Some(text) => Err(Error::BadQuestion(shown(text))),
        None if too_many => Err(Error::BadQuestion(MAX_ENTRIES.to_string())),
        None => Ok(()),
    }
}

/// Whether the owner could have described tables with these headers so.
pub(super) fn is_acceptable(map: &MapDocument, headers: &[String]) -> bool {
    check(map).is_ok() && layouts(map).is_ok() && map.columns.values().all(|header| headers.contains(header))
}

/// The layouts with this description; what has to be said first, when it describes nothing yet.
fn layouts(map: &MapDocument) -> Result<Layouts, &'static str> {
    Layouts::with_map(&json(map)).map_err(|error| match error {
        MapError::NoDate => "map-missing-date",
        MapError::NoAmount => "map-missing-amount",
        MapError::BadDateFormat { .. } => "map-missing-date-format",
        _ => "map-missing-other",
    })
}

fn remember(session: &mut Session, file: &str, headers: &[String], map: &MapDocument) -> Result<(), Error> {
    layouts(map).map_err(|missing| Error::BadQuestion(session.catalogue.word(missing)))?;
    if let Some(header) = map.columns.values().find(|header| !headers.contains(header)) {
        return Err(Error::BadQuestion(shown(header)));
    }
    let stored = Stored {
        fingerprint: intake::fingerprint(headers),
        file_name: shown(file),
        headers: serde_json::to_string(headers).unwrap_or_default(),
        map: json(map),
        remembered_at: now(),
    };
    Ok(session.ledger.remember_map(&stored)?)
}

fn json(map: &MapDocument) -> String {
    serde_json::to_string(map).unwrap_or_default()
}

/// A stored description; nothing for one of another version.
pub(super) fn document(json: &str) -> Option<MapDocument> {
    serde_json::from_str(json).ok()
}

fn headers(stored: &Stored) -> Vec<String> {
    serde_json::from_str(&stored.headers).unwrap_or_default()
}

fn shown_order(order: Order, has_numbers: bool) -> MapOrder {
    let buyer = &order.buyer;
    let name = format!("{} {}", buyer.family_name, buyer.given_name);
    // The key carries its mall in front.
    let key = order.customer_key.split_once(':').map_or("", |(_, key)| key);
    let customer = [name.trim(), key, &buyer.mail, &buyer.phone].into_iter().find(|text| !text.is_empty());
    let items =
        order.lines.iter().map(|line| if line.item_name.is_empty() { &line.item_code } else { &line.item_name });
    let total: Yen = order.goods();
    MapOrder {
        customer: shown(customer.unwrap_or_default()),
        items: items.filter(|item| !item.is_empty()).map(|item| shown(item)).collect(),
        pieces: order.lines.iter().map(|line| line.quantity).sum(),
        total,
        ordered_at: order.ordered_at,
        time_known: order.time_known,
        status: order.status,
        number: if has_numbers { shown(&order.number) } else { String::new() },
    }
}
