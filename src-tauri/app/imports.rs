//! The screen 取り込み: preview, record, undo, history.

use super::clock::now;
use super::draft;
use super::drop::{Drop, Job};
use super::error::Error;
use super::file_answers::{refuse, state_result};
use super::halves::keep_half;
use super::intake_words::{profile_label, sha256_text};
use super::map_offers;
use super::maps;
use super::nameless;
use super::recorded_file::new_file;
use super::relay::{self, IntoLedger, OrdersOnly};
use super::screens::{FileAnswer, FileState, ImportAnswer, Imports, Preview, WaitingHalf};
use super::session::Session;
use super::side_files;
use super::stores;
use super::watch::{Pace, Watch};
use crate::intake::{self, Layouts, ReadError, Tally};
use crate::ledger::stated::{Stated, Stating};
use crate::ledger::{BatchFile, Comparison, Counts, NewBatch};
use crate::shop::nameless::NamelessKey;
use crate::shop::{Moment, Order};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

static NEXT_TOKEN: AtomicU64 = AtomicU64::new(1);

/// All imports and the halves that wait.
pub fn imports(session: &Session) -> Result<Imports, Error> {
    let catalogue = &session.catalogue;
    let imports = session.ledger.batches()?.into_iter().map(|batch| ImportAnswer {
        batch_id: batch.batch_id,
        kind: side_files::kind_of(&batch.profile),
        profile_label: profile_label(&batch.profile, catalogue),
        profile: batch.profile,
        mall: batch.mall,
        from: batch.first_at.map(Moment::day),
        to: batch.last_at.map(Moment::day),
        recorded_at: batch.recorded_at,
        rows: total(&batch.files, |f| f.rows_total),
        used: total(&batch.files, |f| f.rows_used),
        skipped: total(&batch.files, |f| f.rows_skipped),
        problem_rows: total(&batch.files, |f| f.rows_problem),
        named_rows: total(&batch.files, |f| f.rows_named),
        sha256: batch.files.iter().map(|f| sha256_text(&f.sha256)).collect(),
        files: batch.files.into_iter().map(|f| f.file_name).collect(),
        orders_new: batch.counts.orders_new,
        orders_updated: batch.counts.orders_updated,
        orders_unchanged: batch.counts.orders_unchanged,
        entries: batch.entries,
    });
    let waiting = session.ledger.halves()?.into_iter().map(|half| WaitingHalf {
        waiting_id: half.waiting_id,
        file: half.file_name,
        profile_label: profile_label(&half.profile, catalogue),
    });
    Ok(Imports {
        imports: imports.collect(),
        waiting: waiting.collect(),
        exports: super::export::exports(session)?,
        maps: maps::remembered(session)?,
        store: session.store_name.clone(),
        privacy: nameless::privacy(session)?,
    })
}

/// Rows of all files of an import; a damaged ledger may hold any number.
fn total(files: &[BatchFile], rows: impl Fn(&BatchFile) -> u64) -> u64 {
    files.iter().map(rows).fold(0, u64::saturating_add)
}

/// The malls' layouts and the one the description at `path` gives.
pub fn layouts(path: &Path) -> Result<Layouts, Error> {
    let unreadable = |source| intake::Error::Unreadable { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(unreadable)?;
    // What is no UTF-8 is found where a header is not that of the file.
    Layouts::with_map(&String::from_utf8_lossy(&bytes)).map_err(|error| Error::Map { path: path.to_owned(), error })
}

/// Reads the files and says what recording them would do. Writes nothing.
pub fn preview(session: &Session, files: &[PathBuf], watch: &Watch) -> Result<Preview, Error> {
    preview_of(session, &Drop::new(session, files, watch)?, watch)
}

/// The same of files that have been sorted out.
pub(super) fn preview_of(session: &Session, drop: &Drop, watch: &Watch) -> Result<Preview, Error> {
    let mut answers = drop.answers(session);
    let secret = nameless::secret(session)?;
    nameless::refuse_halves(session, drop, &mut answers)?;
    let mut pace = Pace::new(watch, drop.bytes());
    let mut comparison = Comparison::default();
    let mut needs_store = false;
    for job in &drop.jobs {
        let read = relay::read::<Order, std::convert::Infallible>(
            drop.layouts,
            &job.parts(),
            &mut |order| order,
            &mut OrdersOnly(|order: &mut Order| {
                order.name_store(&session.store_name);
                secret.iter().for_each(|secret| secret.take_names(order));
                comparison.add(order);
                Ok(())
            }),
            &|bytes, rows| pace.step(bytes, rows),
        );
        match read {
            Ok(tally) => {
                let newest_at = tally.newest_at.unwrap_or_default();
                let counts = comparison.end_file(&session.ledger, newest_at, tally.saved_ms)?;
                pace.end_file(job.bytes(), tally.files.iter().map(|f| f.rows).sum());
                needs_store |= tally.is_store_unknown() && session.store_name.is_empty();
                state_result(session, &mut answers, job, &tally, counts, FileState::Ready);
            }
            // A preview does not begin again.
            Err(ReadError::Cancelled | ReadError::Scattered) => return Err(Error::Cancelled),
            Err(ReadError::Intake(error)) => {
                comparison.leave_file();
                refuse(session, &mut answers, job, &error);
            }
        }
    }
    finish_preview(session, drop, answers, needs_store, &mut pace)
}

/// What is said of the files without orders, and of those whose owner is asked about them.
pub(super) fn finish_preview(
    session: &Session,
    drop: &Drop,
    mut answers: Vec<FileAnswer>,
    needs_store: bool,
    pace: &mut Pace<'_>,
) -> Result<Preview, Error> {
    for job in &drop.side_jobs {
        if let Some(index) = job.part.index() {
            side_files::preview(session, job, &mut answers[index], pace)?;
        }
    }
    for (index, file) in drop.files.iter().enumerate() {
        map_offers::add_offer(session, (&drop.given, index), file, drop.layouts, &mut answers[index])?;
    }
    let can_record = answers.iter().any(|a| matches!(a.state, FileState::Ready | FileState::WaitingForPair));
    Ok(Preview { token: NEXT_TOKEN.fetch_add(1, Ordering::Relaxed), files: answers, can_record, needs_store })
}

/// Records the files: those with orders in one transaction, in which each file or pair is complete or left out. When the
/// owner stops it, nothing of this call stays. Where their preview has left a draft of just this recording, it is taken.
pub fn record(session: &mut Session, files: &[PathBuf], watch: &Watch) -> Result<Vec<FileAnswer>, Error> {
    if let Some(answers) = draft::take(session, files)? {
        return Ok(answers);
    }
    let drop = Drop::new(session, files, watch)?;
    let mut recorded = Vec::new();
    match record_drop(session, &drop, watch, &mut recorded, &mut |_, _| ()) {
        Ok(answers) => Ok(answers),
        Err(error) => Err(take_back(session, recorded, error)),
    }
}

/// What was read of a file or pair, and what became of its orders.
pub(super) type Read<'r> = Result<(&'r Tally, Counts), &'r intake::Error>;

/// Records files that have been sorted out; adds the batches to `recorded` as they come, whatever happens later, and tells
/// `heard` of each file or pair of orders.
pub(super) fn record_drop(
    session: &mut Session,
    drop: &Drop,
    watch: &Watch,
    recorded: &mut Vec<i64>,
    heard: &mut dyn FnMut(&Job, Read<'_>),
) -> Result<Vec<FileAnswer>, Error> {
    let mut answers = drop.answers(session);
    let secret = nameless::secret(session)?;
    nameless::refuse_halves(session, drop, &mut answers)?;
    let mut pace = Pace::new(watch, drop.bytes());
    for (job, read) in drop.jobs.iter().zip(record_jobs(session, secret.as_ref(), drop, &mut pace)?) {
        match read {
            Ok((tally, batch_id, counts)) => {
                heard(job, Ok((&tally, counts)));
                state_result(session, &mut answers, job, &tally, counts, FileState::Recorded);
                if let Some(batch_id) = batch_id {
                    recorded.push(batch_id);
                    for index in job.indices() {
                        answers[index].batch_id = Some(batch_id);
                    }
                }
            }
            Err(error) => {
                heard(job, Err(&error));
                refuse(session, &mut answers, job, &error);
            }
        }
    }
    for job in &drop.side_jobs {
        let Some(index) = job.part.index() else { continue };
        recorded.extend(side_files::record(session, job, &mut answers[index], &mut pace)?);
    }
    tell_and_keep(session, drop, secret.as_ref(), &mut answers, watch)?;
    maps::remember_given(session, drop, &answers)?;
    Ok(answers)
}

/// Says what is wanted of the owner, and keeps the halves that wait; last, so that an import that was stopped has kept
/// none.
fn tell_and_keep(
    session: &mut Session,
    drop: &Drop,
    secret: Option<&NamelessKey>,
    answers: &mut [FileAnswer],
    watch: &Watch,
) -> Result<(), Error> {
    for (file, answer) in drop.files.iter().zip(&mut *answers) {
        map_offers::ask(session, file, drop.layouts, answer)?;
    }
    for half in drop.waiting.iter().filter(|_| secret.is_none()) {
        keep_half(session, answers, half, watch)?;
    }
    Ok(())
}

/// Takes back what this call has recorded before it failed; answers why it failed.
fn take_back(session: &mut Session, recorded: Vec<i64>, error: Error) -> Error {
    for batch in recorded.into_iter().rev() {
        if let Err(error) = undo(session, batch) {
            return error;
        }
    }
    error
}

pub use super::halves::forget_waiting;
pub use super::problems::{problems, save_problems};
pub use super::side_files::choose_columns;

/// Takes an import back.
pub fn undo(session: &mut Session, batch_id: i64) -> Result<(), Error> {
    session.ledger.undo(batch_id)?;
    session.forget_columns();
    stores::look_again(session)
}

/// What was recorded of a file or pair, under which batch: none when not a single order could be taken.
type Recorded = Result<(Tally, Option<i64>, Counts), intake::Error>;

/// Records the files and pairs with orders, all at once; one that cannot be read is left out.
fn record_jobs(
    session: &mut Session,
    secret: Option<&NamelessKey>,
    drop: &Drop,
    pace: &mut Pace<'_>,
) -> Result<Vec<Recorded>, Error> {
    if drop.jobs.is_empty() {
        return Ok(Vec::new());
    }
    // Malls write the rows of an order together: it is rare that this has to be looked for first.
    match try_jobs(session, secret, drop, pace, true) {
        Err(ReadError::Scattered) => {
            pace.begin_again();
            try_jobs(session, secret, drop, pace, false)
        }
        tried => tried,
    }
    .map_err(|error| match error {
        ReadError::Intake(error) => Error::Intake(error),
        ReadError::Sink(error) => error,
        // Nobody may begin again twice.
        ReadError::Cancelled | ReadError::Scattered => Error::Cancelled,
    })
}

/// The same; when `may_begin_again` a single file may end with [`ReadError::Scattered`], and nothing has happened.
fn try_jobs(
    session: &mut Session,
    secret: Option<&NamelessKey>,
    drop: &Drop,
    pace: &mut Pace<'_>,
    may_begin_again: bool,
) -> Result<Vec<Recorded>, ReadError<Error>> {
    let Session { ledger, store_name, .. } = session;
    let mut recording = ledger.record(drop.jobs.len())?;
    recording.stop_with(pace.stop())?;
    let mut stating = recording.stating();
    let make = |stating: &mut Stating, mut order: Order| {
        order.name_store(store_name);
        secret.iter().for_each(|secret| secret.take_names(&mut order));
        stating.of(order)
    };
    let mut all = Vec::with_capacity(drop.jobs.len());
    for job in &drop.jobs {
        let mut may_begin_again = may_begin_again;
        let read = loop {
            recording.begin(job.profile, job.mall)?;
            let mut taker = IntoLedger { recording: &mut recording, may_begin_again };
            match record_job(&mut taker, job, drop.layouts, pace, &mut |order| make(&mut stating, order)) {
                // Of several files only this one is read again.
                Err(ReadError::Scattered) if drop.jobs.len() > 1 => recording.leave(&mut stating)?,
                read => break read,
            }
            may_begin_again = false;
        };
        all.push(match read {
            Ok((tally, batch)) => {
                pace.end_file(job.bytes(), tally.files.iter().map(|f| f.rows).sum());
                match batch {
                    Some(batch) => {
                        let (batch_id, counts) = recording.end(&batch)?;
                        Ok((tally, Some(batch_id), counts))
                    }
                    None => {
                        recording.leave(&mut stating)?;
                        Ok((tally, None, Counts::default()))
                    }
                }
            }
            Err(ReadError::Intake(error)) => {
                recording.leave(&mut stating)?;
                Err(error)
            }
            Err(error) => return Err(error),
        });
    }
    // Whom it has met is asked no more, and room is wanted.
    std::mem::drop(stating);
    recording.finish()?;
    Ok(all)
}

/// Reads one file or pair into the recording, which has begun it; nothing to record it as when not a single order could be
/// taken.
fn record_job(
    taker: &mut IntoLedger<'_, '_>,
    job: &Job,
    layouts: Layouts,
    pace: &Pace<'_>,
    make: &mut (dyn FnMut(Order) -> Stated + Send),
) -> Result<(Tally, Option<NewBatch>), ReadError<Error>> {
    let (read, digests) = job.digests_meanwhile(pace.watch(), || {
        relay::read(layouts, &job.parts(), make, taker, &|bytes, rows| pace.step(bytes, rows))
    });
    let tally = read.map_err(|error| error.map_sink(Error::from))?;
    if tally.orders == 0 {
        return Ok((tally, None));
    }
    let batch = NewBatch {
        first_at: tally.first_at,
        last_at: tally.last_at,
        newest_at: tally.newest_at.unwrap_or_default(),
        saved_ms: tally.saved_ms,
        recorded_at: now(),
        files: (tally.files.iter().zip(&job.parts).zip(digests.map_err(ReadError::Sink)?))
            .filter(|((_, part), _)| !part.is_recorded)
            .map(|((tally, part), digests)| new_file(tally, part, digests))
            .collect(),
    };
    Ok((tally, Some(batch)))
}
