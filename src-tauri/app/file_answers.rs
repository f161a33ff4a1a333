//! What is said of each file of a drop: before it is read, and of what was read.

use super::drop::{Drop, DroppedFile, Job, Source};
use super::intake_words::{described_problem, problem, profile_label, refusal, waiting_key};
use super::screens::{FileAnswer, FileState};
use super::session::Session;
use super::side_files;
use super::words;
use crate::intake::{self, Layouts, Tally};
use crate::ledger::Counts;
use crate::shop::{Mall, Moment};
use fluent_bundle::FluentValue;

/// Problems an answer lists; all are counted.
pub(super) const LISTED_PROBLEMS: usize = 200;

/// Writes what was read into the answers of the job's files; the first file of a pair carries the orders.
pub(super) fn state_result(
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
        // Of halves the orders half tells of the orders; where that one waited in the ledger, another does.
        let carries_orders = job.teller() == Some(position);
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
                (FileState::Recorded, false) if job.is_orders_half(position) => "import-recorded-more",
                (FileState::Recorded, false) => "import-recorded-half",
                (_, true) => "import-recognised",
                (_, false) if job.is_orders_half(position) => "import-recognised-more",
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
            message += &catalogue.text("import-to-check", &[("rows", rows.into())]);
        }
        // The latest order is the day everything is counted to.
        let ahead = to.filter(|day| *day > session.today + 1 && carries_orders && answer.state != FileState::Refused);
        if let Some(day) = ahead {
            message += &catalogue.text("import-from-the-future", &[("day", words::short_day(day).into())]);
        }
        if carries_orders && tally.is_status_unknown && answer.state != FileState::Refused {
            message += &catalogue.word("import-status-unknown");
        }
        if carries_orders && tally.are_means_unknown && answer.state != FileState::Refused {
            message += &catalogue.word("import-means-unknown");
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

/// Whether a file that was recorded says what the program of then did not read: how orders were paid. A word that is not
/// known today would not be read today either.
fn said_less(session: &Session, drop: &Drop, file: &DroppedFile) -> bool {
    let (Ok(inspection), Some(path), Some(known)) = (&file.inspection, &file.path, file.recorded) else { return false };
    // An answer that cannot be had is no reason to send the owner round once more.
    inspection.says_how_paid()
        && !session.ledger.says_how_paid(known.batch_id).unwrap_or(true)
        && drop.layouts.says_how_paid(path).unwrap_or(false)
}

/// A file or pair that cannot be read.
pub(super) fn refuse(session: &Session, answers: &mut [FileAnswer], job: &Job, error: &intake::Error) {
    for index in job.indices() {
        answers[index].state = FileState::Refused;
        answers[index].message = refusal(error, &session.catalogue);
    }
}

impl Drop {
    /// An answer for every file of the drop, with what is known before reading it.
    pub(super) fn answers(&self, session: &Session) -> Vec<FileAnswer> {
        let catalogue = &session.catalogue;
        self.files
            .iter()
            .map(|file| {
                if let Some(side) = &file.side {
                    let answer =
                        side_files::answer(session, &file.file_name, side, file.recorded.map(|known| known.at));
                    return if file.is_twice { one_of_two(session, answer) } else { answer };
                }
                let (profile, mall) = file
                    .inspection
                    .as_ref()
                    .map_or((None, None), |i| (Some(i.profile.id.clone()), Some(i.profile.mall)));
                let label = profile.as_deref().map(|p| profile_label(p, catalogue)).unwrap_or_default();
                let (state, message) = match (&file.inspection, file.recorded) {
                    (Err(error), _) => (FileState::Refused, refusal(error, catalogue)),
                    (Ok(_), Some(known)) => (
                        FileState::AlreadyImported,
                        catalogue.text(
                            if said_less(session, self, file) { "import-same-said-less" } else { "import-same" },
                            &[("on", words::short_day(known.at.day()).into())],
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
