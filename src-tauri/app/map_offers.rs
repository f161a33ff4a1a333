//! What an owner is shown of a table no mall writes: its first rows, and what its columns probably mean.

use super::drop::DroppedFile;
use super::error::Error;
use super::maps::{document, keep};
use super::screens::{DateChoice, FileAnswer, FileState, MapColumn, MapDocument, MapOffer, StatusWord};
use super::session::Session;
use crate::intake::{self, Guessed, Layouts, Opening, Profile};
use crate::shop::{Mall, OrderStatus};
use std::path::PathBuf;

/// Rows of a table that are shown, and of a very wide one.
const SHOWN_ROWS: usize = 20;
const SHOWN_ROWS_OF_MANY: usize = 8;
const MANY_COLUMNS: usize = 60;

/// Characters of a cell that are shown.
const SHOWN_CHARS: usize = 40;

/// Adds to a file's answer what the owner may say of its columns, when it is a table no mall writes.
pub(super) fn add_offer(
    session: &Session,
    (files, index): (&[PathBuf], usize),
    file: &DroppedFile,
    layouts: Layouts,
    answer: &mut FileAnswer,
) -> Result<(), Error> {
    let may_be_described = match &file.inspection {
        Err(error) => answer.state != FileState::AlreadyImported && is_unknown(error),
        Ok(inspection) => answer.state != FileState::AlreadyImported && layouts.is_remembered(inspection.profile),
    };
    let Some(path) = file.path.as_deref().filter(|_| may_be_described && answer.kind.is_none_or(|_| asks(answer)))
    else {
        return Ok(());
    };
    let Some(opening) = Opening::of(path)? else { return Ok(()) };
    let offer = offer(session, &opening, None)?;
    if let Err(error) = &file.inspection {
        let guess = opening.guess(offer.header_row);
        if asks(answer) && !guess.is_order_like() {
            return Ok(());
        }
        say(session, file, is_of_no_mall(error, &guess), answer);
    } else {
        answer.message += &session.catalogue.word("import-by-memory");
    }
    answer.map = Some(offer);
    keep(session, files, index, opening);
    Ok(())
}

/// Says of a table that is like orders but of no mall what is wanted of its owner, and of one that was read how.
pub(super) fn ask(
    session: &Session,
    file: &DroppedFile,
    layouts: Layouts,
    answer: &mut FileAnswer,
) -> Result<(), Error> {
    let by_memory = file.inspection.as_ref().is_ok_and(|inspection| layouts.is_remembered(inspection.profile));
    if by_memory && answer.state == FileState::Recorded {
        answer.message += &session.catalogue.word("import-by-memory");
    }
    let (Err(error), Some(path), FileState::Refused) = (&file.inspection, &file.path, answer.state) else {
        return Ok(());
    };
    let opening = if is_unknown(error) { Opening::of(path)? } else { None };
    let is_ours = opening.is_some_and(|opening| is_of_no_mall(error, &opening.guess(opening.header_row())));
    say(session, file, is_ours, answer);
    Ok(())
}

fn say(session: &Session, file: &DroppedFile, is_of_no_mall: bool, answer: &mut FileAnswer) {
    if is_of_no_mall && answer.state == FileState::Refused {
        answer.state = FileState::NeedsMap;
        answer.message = session.catalogue.text("import-needs-map", &[("file", file.file_name.clone().into())]);
    }
}

/// Whether this is a list of orders of no mall. One that lacks columns of a mall's export is that export all the same
/// when its order numbers are the mall's, or when nothing tells.
fn is_of_no_mall(error: &intake::Error, guess: &Guessed) -> bool {
    let is_own = match error {
        intake::Error::NotAnExport { .. } => true,
        intake::Error::MissingColumns { profile, .. } => {
            let of_rakuten = Profile::all().iter().any(|known| known.id == *profile && known.mall == Mall::Rakuten);
            of_rakuten && guess.place("order_number").is_some() && guess.mall != Mall::Rakuten
        }
        _ => false,
    };
    is_own && guess.is_order_like()
}

/// Whether a cost list waits for its columns: it may be a list of orders after all.
fn asks(answer: &FileAnswer) -> bool {
    answer.state == FileState::NeedsColumns
}

/// Whether a file is a table no mall writes, or too little of one that a mall writes.
fn is_unknown(error: &intake::Error) -> bool {
    match error {
        intake::Error::NotAnExport { .. } => true,
        intake::Error::MissingColumns { profile, .. } => !Layouts::is_described(profile),
        _ => false,
    }
}

/// What the owner may say of this table.
pub(super) fn offer(session: &Session, opening: &Opening, header_row: Option<usize>) -> Result<MapOffer, Error> {
    let maps = session.ledger.remembered_maps()?;
    let of_row = |row: usize| {
        let fingerprint = opening.fingerprint(row);
        maps.iter().find(|map| map.fingerprint == fingerprint).and_then(|map| document(&map.map))
    };
    let known_row = || (0..opening.header_rows()).find(|row| of_row(*row).is_some());
    let header_row = header_row.or_else(known_row).unwrap_or_else(|| opening.header_row());
    let guess = opening.guess(header_row);
    let headers = opening.headers(header_row);
    let said = of_row(header_row);
    let is_remembered = said.is_some();
    let columns = headers.iter().zip(&guess.columns).enumerate().map(|(place, (header, column))| MapColumn {
        header: header.clone(),
        is_named: !header.is_empty() && !headers[..place].contains(header),
        dates: column
            .dates
            .iter()
            .map(|reading| DateChoice {
                form: reading.form.clone(),
                found: shown(&reading.found),
                reads_as: reading.reads_as,
            })
            .collect(),
        words: column.words.iter().map(|(word, status)| StatusWord { word: word.clone(), status: *status }).collect(),
    });
    let count = if headers.len() > MANY_COLUMNS { SHOWN_ROWS_OF_MANY } else { SHOWN_ROWS };
    let cells = |row: &Vec<String>| row.iter().map(|cell| shown(cell)).collect();
    Ok(MapOffer {
        header_row,
        header_rows: (0..opening.header_rows()).map(|row| beginning(opening.headers(row))).collect(),
        columns: columns.collect(),
        rows: opening.rows(header_row).iter().take(count).map(cells).collect(),
        map: said.unwrap_or_else(|| guessed(&guess, headers)),
        is_remembered,
    })
}

/// The description a guess amounts to.
fn guessed(guess: &Guessed, headers: &[String]) -> MapDocument {
    let fields = guess.columns.iter().zip(headers);
    let columns = fields.filter_map(|(column, header)| Some((column.field?.to_owned(), header.clone()))).collect();
    let dates = guess.place("ordered_at").map(|place| &guess.columns[place].dates);
    let words = guess.place("status").map(|place| &guess.columns[place].words);
    let known = |(word, status): &(String, Option<OrderStatus>)| Some((word.clone(), (*status)?));
    MapDocument {
        mall: guess.mall,
        columns,
        date_format: dates.and_then(|dates| dates.first()).and_then(|reading| reading.form.clone()),
        statuses: words.map(|words| words.iter().filter_map(known).collect()).unwrap_or_default(),
    }
}

/// The first names of a row.
pub(super) fn beginning(cells: &[String]) -> String {
    let filled = cells.iter().filter(|cell| !cell.is_empty()).take(4);
    shown(&filled.map(String::as_str).collect::<Vec<_>>().join(" / "))
}

/// The beginning of a text, and a mark where it goes on.
pub(super) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
