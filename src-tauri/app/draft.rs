//! A first import is written while its owner looks at the preview: into a draft in memory, which the yes copies over the
//! ledger, and which goes with a no, another drop or the end of the program. What the preview says comes of the same recording.
//!
//! A draft only saves time. Whatever speaks against one, or changes before the yes, the preview reads the files without
//! writing and the import reads them once more.

use super::clock::now;
use super::drop::Drop as Dropped;
use super::error::Error;
use super::file_answers::{refuse, state_result};
use super::imports::{finish_preview, preview_of, record_drop};
use super::nameless;
use super::screens::{FileAnswer, FileState, Preview};
use super::session::{Arriving, FirstFigures, Session};
use super::stores;
use super::watch::{Pace, Watch};
use crate::ledger::Contents;
use std::path::PathBuf;
use std::time::SystemTime;

/// Drops larger than this are not drafted: a draft takes about a fifth of their bytes.
const MOST_BYTES: u64 = 256 << 20;

/// A recording that waits for a yes.
pub(super) struct Draft {
    /// What was recorded, and the reading of its columns, which began at once.
    recorded: Option<Arriving>,
    /// What the ledger said.
    made_of: Contents,
    /// The files as they were before they were read.
    files: Vec<Look>,
    store_name: String,
    /// Of the recording.
    answers: Vec<FileAnswer>,
    batches: Vec<i64>,
}

/// What a file is known by without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Look {
    path: PathBuf,
    bytes: u64,
    modified: SystemTime,
    /// Where the system says: the file's own number and when anything of it changed.
    own: (u64, i64, i64),
}

/// Reads the files and says what recording them would do, as [`super::imports::preview`] does, and keeps what it would
/// have recorded where the ledger has no orders yet. Nothing is written into the ledger. The draft of an earlier preview
/// goes.
pub fn preview(session: &mut Session, files: &[PathBuf], watch: &Watch) -> Result<Preview, Error> {
    forget(session);
    let looks = looks(files);
    let drop = Dropped::new(session, files, watch)?;
    let drafted = match looks {
        Some(looks) => drafted(session, &drop, looks, watch),
        None => Ok(None),
    };
    match drafted {
        Ok(Some((preview, draft))) => {
            session.draft = Some(draft).filter(|_| preview.can_record && !preview.needs_store);
            Ok(preview)
        }
        Err(Error::Cancelled) => Err(Error::Cancelled),
        // Too little memory: nothing of it is the preview's matter.
        Ok(None) | Err(_) => preview_of(session, &drop, watch),
    }
}

/// Lets the draft of the last preview go, if there is one.
pub fn forget(session: &mut Session) {
    session.draft = None;
}

/// What was worked out of the draft that the last recording took, for the state the ledger is in since then; once.
pub fn figures(session: &Session) -> Result<Option<FirstFigures>, Error> {
    session.history()?;
    Ok(session.first_figures())
}

/// By which SQLite finds the draft of the last preview within this program; nothing when there is none.
pub fn name(session: &Session) -> Option<&str> {
    session.draft.as_ref()?.recorded.as_ref().map(|recorded| recorded.memory.name())
}

/// Records what is in the draft, if it is of these files and nothing has changed since; nothing when there is none to be
/// taken. The draft is gone afterwards.
pub(super) fn take(session: &mut Session, files: &[PathBuf]) -> Result<Option<Vec<FileAnswer>>, Error> {
    let Some(mut draft) = session.draft.take() else { return Ok(None) };
    let is_same = draft.store_name == session.store_name && looks(files).as_ref() == Some(&draft.files);
    let Some(recorded) = draft.recorded.take().filter(|_| is_same) else { return Ok(None) };
    let taken = session.ledger.take_draft(&recorded.memory, draft.made_of, &draft.batches, now());
    // If the disk is full, the recording that follows says so.
    if !matches!(taken, Ok(true)) {
        return Ok(None);
    }
    stores::look_again(session)?;
    session.expect(recorded);
    Ok(Some(std::mem::take(&mut draft.answers)))
}

fn drafted(
    session: &Session,
    drop: &Dropped,
    files: Vec<Look>,
    watch: &Watch,
) -> Result<Option<(Preview, Draft)>, Error> {
    if drop.jobs.is_empty() || drop.bytes() > MOST_BYTES || session.ledger.path().is_none() {
        return Ok(None);
    }
    let Some((ledger, memory, made_of)) = session.ledger.draft()? else { return Ok(None) };
    let mut beside = session.of_draft(ledger)?;
    let mut previewed = drop.answers(session);
    nameless::refuse_halves(session, drop, &mut previewed)?;
    let (mut needs_store, mut batches) = (false, Vec::new());
    let answers = record_drop(&mut beside, drop, watch, &mut batches, &mut |job, read| match read {
        Ok((tally, counts)) => {
            needs_store |= tally.is_store_unknown() && session.store_name.is_empty();
            state_result(session, &mut previewed, job, tally, counts, FileState::Ready);
        }
        Err(error) => refuse(session, &mut previewed, job, error),
    })?;
    let mut pace = Pace::new(watch, drop.bytes());
    pace.end_file(drop.bytes(), 0);
    let preview = finish_preview(session, drop, previewed, needs_store, &mut pace)?;
    let store_name = session.store_name.clone();
    let recorded = Some(Arriving::begin(beside, memory));
    Ok(Some((preview, Draft { recorded, made_of, files, store_name, answers, batches })))
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Who lets a draft go may expect that it is gone.
        if let Some(recorded) = self.recorded.take() {
            recorded.wait();
        }
    }
}

fn looks(files: &[PathBuf]) -> Option<Vec<Look>> {
    let look = |path: &PathBuf| {
        let known = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        #[cfg(unix)]
        let own = {
            use std::os::unix::fs::MetadataExt;
            (known.ino(), known.ctime(), known.ctime_nsec())
        };
        #[cfg(not(unix))]
        let own = (0, 0, 0);
        Some(Look { path: path.clone(), bytes: known.len(), modified: known.modified().ok()?, own })
    };
    files.iter().map(look).collect()
}
