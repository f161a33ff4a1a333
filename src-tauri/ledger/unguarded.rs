//! How the ledger is written while a recording lives.

use super::Error;
use super::USUAL_CACHE;
use rusqlite::Connection;

/// Put back when it is dropped.
///
/// References are left unchecked: a recording only refers to rows it has just found or made, and looking each of them up
/// again is a fifth of its time. So are the ranges of its values, which are those of the types they come from. Test builds
/// check references at the end; `tests/drops.rs` looks at the values. Into an empty ledger it writes with the
/// classic journal, as safe as the other: it notes what was there before, which is nothing, while the write-ahead log
/// would hold all there will be, to be copied once more.
pub(super) struct Unguarded<'l> {
    connection: &'l Connection,
    was_logged: bool,
}

impl<'l> Unguarded<'l> {
    pub(super) fn begin(connection: &'l Connection, is_first: bool) -> Result<Unguarded<'l>, Error> {
        connection.pragma_update(None, "foreign_keys", "OFF")?;
        connection.pragma_update(None, "ignore_check_constraints", "ON")?;
        // A file of months touches pages all over a large ledger: each is read and written once.
        connection.pragma_update(None, "cache_size", if is_first { USUAL_CACHE } else { "-98304" })?;
        let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        let was_logged = is_first && mode == "wal";
        if was_logged {
            // Somebody else who reads may prevent it, which does no harm.
            let _ = connection.pragma_update(None, "journal_mode", "DELETE");
        }
        Ok(Unguarded { connection, was_logged })
    }
}

impl Drop for Unguarded<'_> {
    fn drop(&mut self) {
        // Outside a transaction this cannot fail.
        let _ = self.connection.pragma_update(None, "foreign_keys", "ON");
        let _ = self.connection.pragma_update(None, "ignore_check_constraints", "OFF");
        let _ = self.connection.pragma_update(None, "cache_size", USUAL_CACHE);
        if self.was_logged {
            // Nor this, unless somebody else has begun to read; then the next program that opens it does it.
            let _ = self.connection.pragma_update(None, "journal_mode", "WAL");
        }
    }
}
