//! What tells a file's bytes from all others, and whether they were recorded.

use super::error::Error;
use super::session::Session;
use super::watch::Watch;
use crate::intake;
use crate::shop::Moment;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// SHA-256 of a file's bytes.
pub(super) type Fingerprint = [u8; 32];

/// The fingerprint of a file and when its bytes were recorded.
///
/// SHA-256 alone says so: a file that a quicker hash takes for another one would be left out without a word.
pub(super) fn identify(session: &Session, path: &Path, watch: &Watch) -> Result<(Fingerprint, Option<Moment>), Error> {
    let fingerprint = of(path, watch)?;
    Ok((fingerprint, session.ledger.recorded_file(&fingerprint)?))
}

/// The fingerprint of a file; piece by piece, unless the owner stops it.
fn of(path: &Path, watch: &Watch) -> Result<Fingerprint, Error> {
    let unreadable = |source| intake::Error::Unreadable { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unreadable)?;
    let mut sha256 = Sha256::new();
    // Stays in the processor's second cache between reading and hashing.
    let mut piece = vec![0; 256 << 10];
    while !watch.is_cancelled() {
        match file.read(&mut piece).map_err(unreadable)? {
            0 => return Ok(sha256.finalize().into()),
            count => sha256.update(&piece[..count]),
        }
    }
    Err(Error::Cancelled)
}
