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
use xxhash_rust::xxh3::Xxh3;

/// What tells a file's bytes from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint {
    pub(super) sha256: [u8; 32],
    /// XXH3 of 128 bits: a sixth of the work, enough to find the same bytes again among files of the same length.
    pub(super) quick: [u8; 16],
    pub(super) bytes: u64,
}

/// The fingerprint of a file and when its bytes were recorded.
///
/// A file that the ledger knows by length and quick hash is not looked at any closer.
pub(super) fn identify(session: &Session, path: &Path, watch: &Watch) -> Result<(Fingerprint, Option<Moment>), Error> {
    let unreadable = |source| intake::Error::Unreadable { path: path.to_owned(), source };
    let bytes = std::fs::metadata(path).map_err(unreadable)?.len();
    let recorded = session.ledger.recorded_with_length(bytes)?;
    if !recorded.is_empty() {
        let mut hash = Xxh3::new();
        each_piece(path, watch, |piece| hash.update(piece))?;
        let quick = hash.digest128().to_be_bytes();
        if let Some(file) = recorded.into_iter().find(|file| file.quick_hash == quick) {
            return Ok((Fingerprint { sha256: file.sha256, quick, bytes }, Some(file.recorded_at)));
        }
    }
    let fingerprint = of(path, watch)?;
    Ok((fingerprint, session.ledger.recorded_file(&fingerprint.sha256)?))
}

/// The fingerprint of a file.
fn of(path: &Path, watch: &Watch) -> Result<Fingerprint, Error> {
    let (mut sha256, mut quick, mut bytes) = (Sha256::new(), Xxh3::new(), 0);
    each_piece(path, watch, |piece| {
        sha256.update(piece);
        quick.update(piece);
        bytes += piece.len() as u64;
    })?;
    Ok(Fingerprint { sha256: sha256.finalize().into(), quick: quick.digest128().to_be_bytes(), bytes })
}

/// Hands all bytes over, piece by piece, unless the owner stops it.
fn each_piece(path: &Path, watch: &Watch, mut take: impl FnMut(&[u8])) -> Result<(), Error> {
    let unreadable = |source| intake::Error::Unreadable { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unreadable)?;
    // Stays in the processor's second cache between reading and hashing.
    let mut piece = vec![0; 256 << 10];
    while !watch.is_cancelled() {
        match file.read(&mut piece).map_err(unreadable)? {
            0 => return Ok(()),
            count => take(&piece[..count]),
        }
    }
    Err(Error::Cancelled)
}
