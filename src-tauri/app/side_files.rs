//! Files without orders: what they are, in words, and what recording them does.

use super::drop::{Drop, PartOfJob};
use super::error::Error;
use super::file_answers::LISTED_PROBLEMS;
use super::intake_words::{problem, profile_label};
use super::recorded_file::new_file;
use super::said;
use super::screens::{ColumnChoice, FileAnswer, FileState, ProblemAnswer};
use super::session::Session;
use super::stores;
use super::watch::{Pace, Watch};
use super::words;
use crate::intake::ReadError;
use crate::intake::side::{self, Inspection, Kind, Pointed, SideProfile, SideTally};
use crate::ledger::{BesideCounts, NewBatch};
use crate::shop::{Beside, Day, Mall, Moment};
use std::path::{Path, PathBuf};

/// A file without orders that can be read.
pub(super) struct SideJob {
    /// Where it lies and what its bytes are.
    pub(super) part: PartOfJob,
    /// What it is.
    pub(super) inspection: Inspection,
}

/// What a file is that holds no orders; nothing when it is none that Otokui knows. Why a file cannot be read, the
/// search for orders has said.
pub(super) fn look(session: &Session, path: &Path) -> Option<Inspection> {
    let remembered = |fingerprint: &str| {
        let (code, cost) = session.ledger.remembered_columns(fingerprint).ok()??;
        Some(Pointed { code, cost })
    };
    side::inspect(path, &remembered).ok()?
}

/// The kind of a side file's profile; nothing for an order export.
pub(super) fn kind_of(profile: &str) -> Option<Kind> {
    SideProfile::all().iter().find(|known| known.id == profile).map(|known| known.kind)
}

/// Whether a profile's mall is a mall at all: the owner's list is of none.
pub(super) fn mall_of(profile: &SideProfile) -> Option<Mall> {
    (profile.mall != Mall::Own).then_some(profile.mall)
}

/// Remembers which columns of a list hold codes and costs, for every list with the same header row. `file` is the
/// place of the list in the preview of these files; without it every list that has both columns is meant.
pub fn choose_columns(
    session: &mut Session,
    files: &[PathBuf],
    file: Option<usize>,
    code: &str,
    cost: &str,
) -> Result<(), Error> {
    let pointed = Pointed { code: code.trim().to_owned(), cost: cost.trim().to_owned() };
    let drop = Drop::new(session, files, &Watch::silent())?;
    let mut found = false;
    for (index, dropped) in drop.files.iter().enumerate() {
        let Some(path) = dropped.path.as_deref().filter(|_| file.is_none_or(|file| file == index)) else { continue };
        if let Some(fingerprint) = side::fingerprint_with(path, &pointed)?.filter(|_| pointed.code != pointed.cost) {
            session.ledger.remember_columns(&fingerprint, &pointed.code, &pointed.cost)?;
            found = true;
        }
    }
    if found { Ok(()) } else { Err(Error::BadQuestion(format!("code={code},cost={cost}"))) }
}

/// What an answer says before the file is read: that it was recorded, or which columns are wanted.
pub(super) fn first_words(
    session: &Session,
    inspection: &Inspection,
    recorded_at: Option<Moment>,
) -> (FileState, String) {
    let catalogue = &session.catalogue;
    match recorded_at {
        Some(at) => {
            (FileState::AlreadyImported, catalogue.text("import-same", &[("on", words::short_day(at.day()).into())]))
        }
        None if inspection.profile.kind == Kind::Unused => {
            let hint = catalogue.word(&format!("unused-{}", inspection.profile.id));
            let label = profile_label(&inspection.profile.id, catalogue);
            (FileState::Unused, catalogue.text("side-unused", &[("label", label.into()), ("hint", hint.into())]))
        }
        None if inspection.needs_columns => (FileState::NeedsColumns, catalogue.word("import-needs-columns")),
        None => (FileState::Refused, String::new()),
    }
}

/// The columns to choose from; nothing for a file whose columns are not the owner's to choose.
pub(super) fn columns(inspection: &Inspection) -> Option<ColumnChoice> {
    let pointed = inspection.pointed.as_ref()?;
    Some(ColumnChoice {
        headers: inspection.headers.clone(),
        rows: inspection.first_rows.clone(),
        code: pointed.code.clone(),
        cost: pointed.cost.clone(),
    })
}

/// Reads the file and says what recording it would do.
pub(super) fn preview(
    session: &Session,
    job: &SideJob,
    answer: &mut FileAnswer,
    pace: &mut Pace<'_>,
) -> Result<(), Error> {
    let Some((tally, left_out)) = read(session, job, answer, pace)? else { return Ok(()) };
    let counts = session.ledger.compare_beside(&job.inspection.profile.id, &tally.entries)?;
    state_result(session, answer, job, &tally, counts, FileState::Ready);
    say_left_out(session, answer, left_out);
    Ok(())
}

/// Records the file as one batch; nothing when it has not one usable row.
pub(super) fn record(
    session: &mut Session,
    job: &SideJob,
    answer: &mut FileAnswer,
    pace: &mut Pace<'_>,
) -> Result<Option<i64>, Error> {
    let Some((tally, left_out)) = read(session, job, answer, pace)? else { return Ok(None) };
    if tally.entries.is_empty() {
        state_result(session, answer, job, &tally, BesideCounts::default(), FileState::Refused);
        say_left_out(session, answer, left_out);
        return Ok(None);
    }
    let file = new_file(&tally.file, &job.part, job.part.digests(pace.watch())?);
    let (from, to) = (tally.from.map(Day::start), tally.to.map(Day::start));
    let batch = NewBatch {
        first_at: from,
        last_at: to,
        newest_at: to.unwrap_or_default(),
        saved_ms: 0,
        recorded_at: super::clock::now(),
        files: vec![file],
    };
    let profile = job.inspection.profile;
    let (batch_id, counts) = session.ledger.record_beside(&profile.id, profile.mall, &tally.entries, &batch)?;
    answer.batch_id = Some(batch_id);
    stores::look_again(session)?;
    state_result(session, answer, job, &tally, counts, FileState::Recorded);
    say_left_out(session, answer, left_out);
    Ok(Some(batch_id))
}

/// What the file says, and how many notes a ledger without names leaves out of it.
fn read(
    session: &Session,
    job: &SideJob,
    answer: &mut FileAnswer,
    pace: &mut Pace<'_>,
) -> Result<Option<(SideTally, u64)>, Error> {
    let left_out;
    match side::read(job.part.path(), &job.inspection, &mut |bytes, rows| pace.step(bytes, rows)) {
        Ok(mut tally) => {
            left_out = said::check(session, &job.inspection, &mut tally)?;
            if session.ledger.nameless()?.is_some() {
                tally.entries.iter_mut().for_each(|(_, entry)| entry.take_buyers_words());
            }
            pace.end_file(job.part.bytes(), tally.file.rows);
            Ok(Some((tally, left_out)))
        }
        Err(ReadError::Cancelled | ReadError::Scattered) => Err(Error::Cancelled),
        Err(ReadError::Intake(error)) => {
            answer.state = FileState::Refused;
            answer.message = super::intake_words::refusal(&error, &session.catalogue);
            Ok(None)
        }
        Err(ReadError::Sink(never)) => match never {},
    }
}

/// Says that a ledger without names takes no notes from elsewhere.
fn say_left_out(session: &Session, answer: &mut FileAnswer, notes: u64) {
    if notes > 0 {
        let count = words::grouped(notes as i64);
        let sentence = session.catalogue.text("side-notes-left-out", &[("notes", count.into())]);
        // A file with nothing else in it is no damaged file.
        match answer.entries {
            0 if answer.problem_rows == 0 => answer.message = sentence.trim_start().to_owned(),
            _ => answer.message += &sentence,
        }
    }
}

fn state_result(
    session: &Session,
    answer: &mut FileAnswer,
    job: &SideJob,
    tally: &SideTally,
    counts: BesideCounts,
    done: FileState,
) {
    let catalogue = &session.catalogue;
    let kind = job.inspection.profile.kind;
    (answer.from, answer.to) = (tally.from, tally.to);
    answer.rows = tally.file.rows;
    answer.used = tally.file.used;
    answer.skipped = tally.file.skipped;
    answer.problem_rows = tally.file.problem_rows;
    answer.entries = tally.entries.len() as u64;
    let listed = tally.file.problems.iter().chain(&tally.file.warnings).take(LISTED_PROBLEMS);
    answer.problems = listed.map(|p| problem(p, catalogue)).collect();
    if kind == Kind::Costs {
        answer.problems.iter_mut().for_each(|problem| of_own_list(problem, session));
    }
    answer.state = if tally.entries.is_empty() { FileState::Refused } else { done };
    let number = |count: usize| words::grouped(count as i64);
    let day = |day: Option<Day>| day.map(words::short_day).unwrap_or_default();
    let things = things(tally, kind);
    let unknown = unknown(tally);
    let pointed = job.inspection.pointed.clone().unwrap_or(Pointed { code: String::new(), cost: String::new() });
    let args = [
        ("label", answer.profile_label.clone().into()),
        ("things", number(things).into()),
        ("unknown", number(unknown).into()),
        ("rows", words::grouped(tally.file.rows as i64).into()),
        ("used", words::grouped(tally.file.used as i64).into()),
        ("from", day(tally.from).into()),
        ("to", day(tally.to).into()),
        ("code", pointed.code.into()),
        ("cost", pointed.cost.into()),
        ("new", words::grouped(counts.new as i64).into()),
        ("changed", words::grouped(counts.changed as i64).into()),
        ("unchanged", words::grouped(counts.unchanged as i64).into()),
    ];
    if answer.state == FileState::Refused {
        answer.message = catalogue.text("side-nothing-usable", &args);
        return;
    }
    let own = job.inspection.profile.is_own_export();
    let is_said = tally.entries.iter().any(|(_, entry)| matches!(entry, Beside::Said(_)));
    let period = if tally.from.is_some() { "" } else { "-undated" };
    let period = if matches!(kind, Kind::Favourites) { period } else { "" };
    let mut message = match own {
        true => catalogue.text("side-own", &args),
        false => catalogue.text(&format!("side-{}{period}", kind.word().replace('_', "-")), &args),
    };
    if unknown > 0 && !own {
        message += &catalogue.text(&format!("side-{}-unknown", kind.word().replace('_', "-")), &args);
    }
    message += &catalogue.text(
        match (done == FileState::Recorded, is_said) {
            (true, false) => "side-recorded",
            (false, false) => "side-compared",
            (true, true) => "side-said-recorded",
            (false, true) => "side-said-compared",
        },
        &args,
    );
    if tally.file.problem_rows > 0 {
        let key = if done == FileState::Recorded { "import-recorded-with-problems" } else { "import-with-problems" };
        message += &catalogue.text(key, &[("problems", words::grouped(tally.file.problem_rows as i64).into())]);
    }
    if tally.file.warning_rows > 0 {
        let rows = words::grouped(tally.file.warning_rows as i64);
        message += &catalogue.text("import-to-check", &[("rows", rows.into())]);
    }
    answer.message = message;
}

/// The owner's own list is mended, not downloaded again.
pub(super) fn of_own_list(problem: &mut ProblemAnswer, session: &Session) {
    let key = match problem.kind.as_str() {
        "bad_date" => "own-problem-bad-date",
        "bad_number" => "own-problem-bad-number",
        "missing_value" => "own-problem-missing-value",
        "damaged_code" => "own-problem-damaged-code",
        _ => return,
    };
    problem.message = session.catalogue.text(
        key,
        &[
            ("row", problem.row.into()),
            ("column", problem.column.clone().into()),
            ("found", problem.found.clone().into()),
        ],
    );
}

/// How many of what the file is about: items of a catalogue, not its rows; rows otherwise.
fn things(tally: &SideTally, kind: Kind) -> usize {
    if kind != Kind::Catalogue {
        return tally.entries.len();
    }
    let code = |(_, entry): &(u64, Beside)| match entry {
        Beside::CatalogueItem(item) => Some(item.code.clone()),
        _ => None,
    };
    tally.entries.iter().filter_map(code).collect::<std::collections::BTreeSet<String>>().len()
}

/// Entries whose number is not known: costs left empty, favourites that the mall hides, reviews without an order.
fn unknown(tally: &SideTally) -> usize {
    let is_unknown = |(_, entry): &&(u64, Beside)| match entry {
        Beside::ItemCost(cost) => cost.cost.is_none(),
        Beside::Favourite(favourite) => favourite.total.is_none(),
        Beside::Review(review) => review.order_number.is_empty(),
        _ => false,
    };
    tally.entries.iter().filter(is_unknown).count()
}

/// The answer for a file without orders, before it is read.
pub(super) fn answer(
    session: &Session,
    file: &str,
    inspection: &Inspection,
    recorded_at: Option<Moment>,
) -> FileAnswer {
    let (state, message) = first_words(session, inspection, recorded_at);
    FileAnswer {
        file: file.to_owned(),
        kind: Some(inspection.profile.kind),
        profile: Some(inspection.profile.id.clone()),
        profile_label: profile_label(&inspection.profile.id, &session.catalogue),
        mall: mall_of(inspection.profile),
        columns: columns(inspection).filter(|_| state != FileState::AlreadyImported),
        state,
        message,
        ..FileAnswer::default()
    }
}
