//! The screen 取り込み: preview, record, undo, history.

use super::clock::now;
use super::drop::{Drop, DroppedFile, Job, Source};
use super::error::Error;
use super::halves::keep_half;
use super::intake_words::{described_problem, problem, profile_label, refusal, sha256_text, waiting_key};
use super::map_offers;
use super::maps;
use super::nameless;
use super::recorded_file::new_file;
use super::relay::{self, OrdersOnly};
use super::screens::{FileAnswer, FileState, ImportAnswer, Imports, Preview, WaitingHalf};
use super::session::Session;
use super::side_files;
use super::stores;
use super::watch::{Pace, Watch};
use super::words;
use crate::intake::{self, Layouts, ReadError, Tally};
use crate::ledger::{BatchFile, Comparison, Counts, NewBatch};
use crate::shop::nameless::NamelessKey;
use crate::shop::{Mall, Moment, Order};
use fluent_bundle::FluentValue;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Problems an answer lists; all are counted.
pub(super) const LISTED_PROBLEMS: usize = 200;

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
    let drop = Drop::new(session, files, watch)?;
    let mut answers = drop.answers(session);
    let secret = nameless::secret(session)?;
    nameless::refuse_halves(session, &drop, &mut answers)?;
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
                let counts = comparison.end_file(&session.ledger, newest_at)?;
                pace.end_file(job.bytes(), tally.files.iter().map(|f| f.rows).sum());
                needs_store |= tally.is_store_unknown() && session.store_name.is_empty();
                state_result(session, &mut answers, job, &tally, counts, FileState::Ready);
            }
            Err(ReadError::Cancelled) => return Err(Error::Cancelled),
            Err(ReadError::Intake(error)) => {
                comparison.leave_file();
                refuse(session, &mut answers, job, &error);
            }
        }
    }
    for job in &drop.side_jobs {
        if let Some(index) = job.part.index() {
            side_files::preview(session, job, &mut answers[index], &mut pace)?;
        }
    }
    for (index, file) in drop.files.iter().enumerate() {
        map_offers::add_offer(session, (files, index), file, drop.layouts, &mut answers[index])?;
    }
    let can_record = answers.iter().any(|a| matches!(a.state, FileState::Ready | FileState::WaitingForPair));
    Ok(Preview { token: NEXT_TOKEN.fetch_add(1, Ordering::Relaxed), files: answers, can_record, needs_store })
}

/// Records the files, each file or pair in one transaction. When the owner stops it, nothing of this call stays.
pub fn record(session: &mut Session, files: &[PathBuf], watch: &Watch) -> Result<Vec<FileAnswer>, Error> {
    let drop = Drop::new(session, files, watch)?;
    let mut answers = drop.answers(session);
    let secret = nameless::secret(session)?;
    nameless::refuse_halves(session, &drop, &mut answers)?;
    let mut pace = Pace::new(watch, drop.bytes());
    let mut recorded = Vec::new();
    for job in &drop.jobs {
        match record_job(session, secret.as_ref(), drop.layouts, job, &pace) {
            Ok((tally, batch_id, counts)) => {
                pace.end_file(job.bytes(), tally.files.iter().map(|f| f.rows).sum());
                state_result(session, &mut answers, job, &tally, counts, FileState::Recorded);
                if let Some(batch_id) = batch_id {
                    recorded.push(batch_id);
                    for index in job.indices() {
                        answers[index].batch_id = Some(batch_id);
                    }
                }
            }
            Err(Error::Intake(error)) => refuse(session, &mut answers, job, &error),
            Err(error) => return Err(take_back(session, recorded, error)),
        }
    }
    for job in &drop.side_jobs {
        let Some(index) = job.part.index() else { continue };
        match side_files::record(session, job, &mut answers[index], &mut pace) {
            Ok(batch_id) => recorded.extend(batch_id),
            Err(error) => return Err(take_back(session, recorded, error)),
        }
    }
    match tell_and_keep(session, &drop, secret.as_ref(), &mut answers, watch) {
        Ok(()) => Ok(answers),
        Err(error) => Err(take_back(session, recorded, error)),
    }
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

/// Records one file or pair; no batch when not a single order could be taken.
fn record_job(
    session: &mut Session,
    secret: Option<&NamelessKey>,
    layouts: Layouts,
    job: &Job,
    pace: &Pace<'_>,
) -> Result<(Tally, Option<i64>, Counts), Error> {
    let store_name = session.store_name.clone();
    let mut recording = session.ledger.record(job.profile, job.mall)?;
    recording.stop_with(pace.stop())?;
    let mut stating = recording.stating();
    let mut make = |mut order: Order| {
        order.name_store(&store_name);
        secret.iter().for_each(|secret| secret.take_names(&mut order));
        stating.of(order)
    };
    let (read, digests) = job.digests_meanwhile(pace.watch(), || {
        relay::read(layouts, &job.parts(), &mut make, &mut recording, &|bytes, rows| pace.step(bytes, rows))
    });
    // Whom it has met is asked no more, and room is wanted.
    drop(stating);
    let tally = match read {
        Ok(tally) => tally,
        Err(ReadError::Cancelled) => return Err(Error::Cancelled),
        Err(ReadError::Intake(error)) => return Err(Error::Intake(error)),
        Err(ReadError::Sink(error)) => return Err(error.into()),
    };
    if tally.orders == 0 {
        return Ok((tally, None, Counts::default()));
    }
    let batch = NewBatch {
        first_at: tally.first_at,
        last_at: tally.last_at,
        newest_at: tally.newest_at.unwrap_or_default(),
        recorded_at: now(),
        files: (tally.files.iter().zip(&job.parts).zip(digests?))
            .map(|((tally, part), digests)| new_file(tally, part, digests))
            .collect(),
    };
    let (batch_id, counts) = recording.finish(&batch)?;
    Ok((tally, Some(batch_id), counts))
}

/// Writes what was read into the answers of the job's files; the first file of a pair carries the orders.
fn state_result(
    session: &Session,
    answers: &mut [FileAnswer],
    job: &Job,
    tally: &Tally,
    counts: Counts,
    done: FileState,
) {
    let catalogue = &session.catalogue;
    let (from, to) = (tally.first_at.map(Moment::day), tally.last_at.map(Moment::day));
    for (position, (file, part)) in tally.files.iter().zip(&job.parts).enumerate() {
        let Source::File { index, .. } = part.source else { continue };
        let answer = &mut answers[index];
        answer.from = from;
        answer.to = to;
        answer.rows = file.rows;
        answer.used = file.used;
        answer.skipped = file.skipped;
        answer.problem_rows = file.problem_rows;
        let listed = file.problems.iter().chain(&file.warnings).take(LISTED_PROBLEMS);
        let is_described = Layouts::is_described(job.profile);
        let worded = |p| if is_described { described_problem(p, catalogue) } else { problem(p, catalogue) };
        answer.problems = listed.map(worded).collect();
        // Of a pair the orders half tells of the orders; where that one waited in the ledger, the other does.
        let carries_orders = position == 0 || matches!(job.parts[0].source, Source::Waiting { .. });
        if carries_orders {
            answer.orders_new = counts.orders_new;
            answer.orders_updated = counts.orders_updated;
            answer.orders_unchanged = counts.orders_unchanged;
        }
        answer.state = if tally.orders == 0 { FileState::Refused } else { done };
        let day = |day: Option<crate::shop::Day>| day.map(words::short_day).unwrap_or_default();
        let args: [(&str, FluentValue<'_>); 8] = [
            ("label", answer.profile_label.clone().into()),
            ("from", day(from).into()),
            ("to", day(to).into()),
            ("rows", words::grouped(file.rows as i64).into()),
            ("orders", words::grouped(tally.orders as i64).into()),
            ("new", words::grouped(counts.orders_new as i64).into()),
            ("updated", words::grouped(counts.orders_updated as i64).into()),
            ("unchanged", words::grouped(counts.orders_unchanged as i64).into()),
        ];
        let recorded = answer.state == FileState::Recorded;
        let mut message = catalogue.text(
            match (answer.state, carries_orders) {
                (FileState::Refused, _) if file.problem_rows == 0 => "import-without-orders",
                (FileState::Refused, _) => "import-nothing-usable",
                (FileState::Recorded, true) => "import-recorded",
                (FileState::Recorded, false) => "import-recorded-half",
                (_, true) => "import-recognised",
                (_, false) => "import-recognised-half",
            },
            &args,
        );
        if file.problem_rows > 0 && answer.state != FileState::Refused {
            let key = if recorded { "import-recorded-with-problems" } else { "import-with-problems" };
            message += &catalogue.text(key, &[("problems", words::grouped(file.problem_rows as i64).into())]);
        }
        if file.warning_rows > 0 && answer.state != FileState::Refused {
            let rows = words::grouped(file.warning_rows as i64);
            message += &catalogue.text("import-damaged-codes", &[("rows", rows.into())]);
        }
        if carries_orders && tally.is_status_unknown && answer.state != FileState::Refused {
            message += &catalogue.word("import-status-unknown");
        }
        if carries_orders && tally.is_store_unknown() {
            let store = session.store_name.as_str();
            message += &match store {
                "" if recorded => catalogue.word("import-store-unnamed"),
                "" => catalogue.word("import-store-unknown"),
                store => catalogue.text("import-store-named", &[("store", store.into())]),
            };
        }
        answer.message = message;
    }
}

/// The answer for bytes that stand twice in a drop; for the second of them, unless they were recorded before.
fn one_of_two(session: &Session, answer: FileAnswer) -> FileAnswer {
    if answer.state == FileState::AlreadyImported {
        return answer;
    }
    let message = session.catalogue.text("import-twice", &[("file", answer.file.clone().into())]);
    FileAnswer { state: FileState::AlreadyImported, message, columns: None, ..answer }
}

/// Whether a file that was recorded has columns which the program of then did not read.
fn said_less(session: &Session, file: &DroppedFile) -> bool {
    let (Ok(inspection), Some(at)) = (&file.inspection, file.recorded_at) else { return false };
    // An answer that cannot be had is no reason to send the owner round once more.
    inspection.says_how_paid() && !session.ledger.says_how_paid(&file.file_name, at).unwrap_or(true)
}

fn refuse(session: &Session, answers: &mut [FileAnswer], job: &Job, error: &intake::Error) {
    for index in job.indices() {
        answers[index].state = FileState::Refused;
        answers[index].message = refusal(error, &session.catalogue);
    }
}

impl Drop {
    /// An answer for every file of the drop, with what is known before reading it.
    fn answers(&self, session: &Session) -> Vec<FileAnswer> {
        let catalogue = &session.catalogue;
        self.files
            .iter()
            .map(|file| {
                if let Some(side) = &file.side {
                    let answer = side_files::answer(session, &file.file_name, side, file.recorded_at);
                    return if file.is_twice { one_of_two(session, answer) } else { answer };
                }
                let (profile, mall) = file
                    .inspection
                    .as_ref()
                    .map_or((None, None), |i| (Some(i.profile.id.clone()), Some(i.profile.mall)));
                let label = profile.as_deref().map(|p| profile_label(p, catalogue)).unwrap_or_default();
                let (state, message) = match (&file.inspection, file.recorded_at) {
                    (Err(error), _) => (FileState::Refused, refusal(error, catalogue)),
                    (Ok(_), Some(at)) => (
                        FileState::AlreadyImported,
                        catalogue.text(
                            if said_less(session, file) { "import-same-said-less" } else { "import-same" },
                            &[("on", words::short_day(at.day()).into())],
                        ),
                    ),
                    (Ok(inspection), None) => (
                        FileState::WaitingForPair,
                        catalogue.text(waiting_key(inspection.part), &[("file", file.file_name.clone().into())]),
                    ),
                };
                let answer = FileAnswer {
                    file: file.file_name.clone(),
                    profile,
                    profile_label: label,
                    mall: mall as Option<Mall>,
                    state,
                    message,
                    ..FileAnswer::default()
                };
                if file.is_twice { one_of_two(session, answer) } else { answer }
            })
            .collect()
    }
}
