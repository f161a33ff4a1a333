//! What tells a file's bytes from all others, and whether they were recorded.

use super::error::Error;
use super::session::Session;
use super::watch::Watch;
use crate::intake;
use crate::ledger::{Digests, RecordedBefore};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Where and when the bytes of a file were recorded; nothing when they were not.
///
/// A file whose length no recorded file has is none of them: it is not read for this. Otherwise BLAKE3 decides, as hard
/// to forge as SHA-256 and several times quicker; a file recorded before it was kept is known by SHA-256.
pub(super) fn recorded(session: &Session, path: &Path, watch: &Watch) -> Result<Option<RecordedBefore>, Error> {
    let ledger = &session.ledger;
    if !ledger.may_hold(length(path)?)? {
        return Ok(None);
    }
    match ledger.recorded_blake3(&blake3_of(path, watch)?)? {
        None if ledger.holds_files_without_blake3()? => Ok(ledger.recorded_sha256(&digests(path, watch)?.sha256)?),
        recorded => Ok(recorded),
    }
}

/// All that names a file's bytes, in one reading.
pub(super) fn digests(path: &Path, watch: &Watch) -> Result<Digests, Error> {
    let (mut sha256, mut blake3, mut bytes) = (Sha256::new(), blake3::Hasher::new(), 0);
    each_piece(path, watch, &mut |piece| {
        sha256.update(piece);
        blake3.update(piece);
        bytes += piece.len() as u64;
    })?;
    Ok(Digests { bytes, sha256: sha256.finalize().into(), blake3: blake3.finalize().into(), of_file: None })
}

/// The files of a drop so far, to find the same bytes given twice. Only files of one length are read for this.
#[derive(Default)]
pub(super) struct Given(Vec<(u64, PathBuf, Option<[u8; 32]>)>);

impl Given {
    /// Adds a file; whether the same bytes were there already.
    pub(super) fn has_or_add(&mut self, path: &Path, watch: &Watch) -> Result<bool, Error> {
        let bytes = length(path)?;
        let mut own = None;
        for (_, other, digest) in self.0.iter_mut().filter(|given| given.0 == bytes) {
            let theirs = match digest {
                Some(digest) => *digest,
                None => *digest.insert(blake3_of(other, watch)?),
            };
            let own = match own {
                Some(own) => own,
                None => *own.insert(blake3_of(path, watch)?),
            };
            if own == theirs {
                return Ok(true);
            }
        }
        self.0.push((bytes, path.to_owned(), own));
        Ok(false)
    }
}

fn length(path: &Path) -> Result<u64, Error> {
    let unreadable = |source| intake::Error::Unreadable { path: path.to_owned(), source };
    Ok(std::fs::metadata(path).map_err(unreadable)?.len())
}

fn blake3_of(path: &Path, watch: &Watch) -> Result<[u8; 32], Error> {
    let mut blake3 = blake3::Hasher::new();
    each_piece(path, watch, &mut |piece| {
        blake3.update(piece);
    })?;
    Ok(blake3.finalize().into())
}

/// Reads a file piece by piece, unless the owner stops it.
fn each_piece(path: &Path, watch: &Watch, take: &mut dyn FnMut(&[u8])) -> Result<(), Error> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_the_published_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, b"abc").expect("a file");
        let found = digests(&path, &Watch::silent()).expect("it can be read");
        let hex = |digest: [u8; 32]| digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(found.bytes, 3);
        // FIPS 180-2, appendix B.1.
        assert_eq!(hex(found.sha256), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        // The BLAKE3 team's b3sum of the same three bytes.
        assert_eq!(hex(found.blake3), "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85");
        assert_eq!(blake3_of(&path, &Watch::silent()).expect("likewise"), found.blake3);
    }

    #[test]
    fn files_of_one_length_are_told_apart_by_their_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("a file");
            path
        };
        let mut given = Given::default();
        let mut is_twice = |path: &Path| given.has_or_add(path, &Watch::silent()).expect("it can be read");
        assert!(!is_twice(&file("a", b"abc")));
        assert!(!is_twice(&file("b", b"abd")));
        assert!(!is_twice(&file("c", b"abcd")));
        assert!(is_twice(&file("d", b"abd")));
        assert!(is_twice(&file("e", b"abc")));
    }
}
