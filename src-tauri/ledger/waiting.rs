//! Halves of pairs that wait for the other half.

use super::privacy::is_nameless;
use super::{Error, Ledger};
use rusqlite::params;

/// Half of a pair, kept whole.
#[derive(Clone, Debug)]
pub struct Half {
    /// Its number.
    pub waiting_id: i64,
    /// Without its folder.
    pub file_name: String,
    /// Of its bytes.
    pub sha256: [u8; 32],
    /// Layout.
    pub profile: String,
}

impl Ledger {
    /// Keeps a half, but not where names are not kept: it is a file as the mall wrote it. One with the same bytes is kept once.
    pub fn keep_half(&mut self, file_name: &str, sha256: &[u8; 32], profile: &str, bytes: &[u8]) -> Result<(), Error> {
        let transaction = self.connection.transaction()?;
        if is_nameless(&transaction)? {
            return Err(Error::Names);
        }
        transaction.execute(
            "insert or ignore into waiting_halves (file_name, sha256, profile, bytes) values (?1, ?2, ?3, ?4)",
            params![file_name, sha256, profile, bytes],
        )?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        Ok(transaction.commit()?)
    }

    /// All halves that wait, oldest first.
    pub fn halves(&self) -> Result<Vec<Half>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select waiting_id, file_name, sha256, profile from waiting_halves
                 where batch_id is null order by waiting_id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Half { waiting_id: row.get(0)?, file_name: row.get(1)?, sha256: row.get(2)?, profile: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The bytes of a half.
    pub fn half_bytes(&self, waiting_id: i64) -> Result<Vec<u8>, Error> {
        Ok(self.connection.query_row(
            "select bytes from waiting_halves where waiting_id = ?1",
            [waiting_id],
            |row| row.get(0),
        )?)
    }

    /// Lets a half go.
    pub fn forget_half(&mut self, waiting_id: i64) -> Result<(), Error> {
        let transaction = self.connection.transaction()?;
        transaction.execute("delete from waiting_halves where waiting_id = ?1 and batch_id is null", [waiting_id])?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        Ok(transaction.commit()?)
    }
}
