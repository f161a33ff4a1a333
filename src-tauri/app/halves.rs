//! A half of a pair waits in the ledger until its other half comes.

use super::drop::{PartOfJob, Source};
use super::error::Error;
use super::screens::{FileAnswer, FileState};
use super::session::Session;
use super::watch::Watch;
use crate::intake;

/// Keeps a half whole in the ledger until its other half comes.
pub(super) fn keep_half(
    session: &mut Session,
    answers: &mut [FileAnswer],
    half: &PartOfJob,
    watch: &Watch,
) -> Result<(), Error> {
    /// What the ledger holds of a file in one cell; a real half of a month has a thousandth of it.
    const LARGEST_HALF: u64 = 256 << 20;
    let Source::File { index, path, .. } = &half.source else { return Ok(()) };
    if half.bytes > LARGEST_HALF {
        answers[*index].state = FileState::Refused;
        let file = answers[*index].file.clone();
        answers[*index].message = session.catalogue.text("refused-large-half", &[("file", file.into())]);
        return Ok(());
    }
    let bytes = std::fs::read(path).map_err(|source| intake::Error::Unreadable { path: path.clone(), source })?;
    Ok(session.ledger.keep_half(&answers[*index].file, &half.digests(watch)?.sha256, half.profile, &bytes)?)
}

/// Lets a half go that waits for its pair.
pub fn forget_waiting(session: &mut Session, waiting_id: i64) -> Result<(), Error> {
    Ok(session.ledger.forget_half(waiting_id)?)
}
