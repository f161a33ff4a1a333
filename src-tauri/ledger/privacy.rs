//! Whether the ledger keeps names, and how it tells the secret that stands in for them.

use super::{Error, Ledger};
use rusqlite::{Connection, TransactionBehavior, params};

/// What a ledger without names knows of its secret; never the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nameless {
    /// Names the secret in the system's own store.
    pub secret_name: String,
    /// HMAC of a constant.
    pub check_value: [u8; 16],
    /// How often a lost secret was given up: people before and after are not linked.
    pub new_secrets: u32,
}

/// Personal text anywhere; a waiting half is a file as the mall wrote it.
const ANY_NAMES: &str = "
    select exists (
        select 1 from buyers
        where family_name || given_name || family_kana || given_kana || postal_code || city || street || phone || mail <> ''
    )
        or exists (
            select 1 from ship_tos
            where recipient_name || recipient_kana || postal_code || city || street || phone <> ''
        )
        or exists (select 1 from waiting_halves)
        or exists (select 1 from reviews where title || body <> '')
        or exists (select 1 from notes where note || note_before <> '')
        or exists (select 1 from brought where kind = 'note')
        or exists (select 1 from contacts where name || note <> '')
        or exists (select 1 from orders)";

pub(super) fn is_nameless(connection: &Connection) -> Result<bool, Error> {
    Ok(connection.query_row("select names_kept = 0 from privacy", [], |row| row.get(0))?)
}

impl Ledger {
    /// How names are left out; nothing where they are kept.
    pub fn nameless(&self) -> Result<Option<Nameless>, Error> {
        Ok(super::compare::optional(self.connection.query_row(
            "select secret_name, check_value, new_secrets from privacy where names_kept = 0",
            [],
            |row| Ok(Nameless { secret_name: row.get(0)?, check_value: row.get(1)?, new_secrets: row.get(2)? }),
        ))?)
    }

    /// Whether anything in the ledger may be somebody's name: orders, halves that wait, texts of reviews.
    pub fn has_names(&self) -> Result<bool, Error> {
        Ok(!is_nameless(&self.connection)? && self.connection.query_row(ANY_NAMES, [], |row| row.get(0))?)
    }

    /// From now on no names are kept. Nothing is changed, and the answer is no, when there may be some already.
    pub fn keep_no_names(&mut self, secret_name: &str, check_value: &[u8; 16]) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_nameless(&transaction)? || transaction.query_row(ANY_NAMES, [], |row| row.get(0))? {
            return Ok(false);
        }
        transaction.execute("update problems set found = ''", [])?;
        transaction.execute(
            "update privacy set names_kept = 0, secret_name = ?1, check_value = ?2",
            params![secret_name, check_value],
        )?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        transaction.commit()?;
        // What an import left behind that was taken back goes as well.
        self.connection.execute_batch("vacuum")?;
        let _ = self.connection.pragma_update(None, "wal_checkpoint", "TRUNCATE");
        Ok(true)
    }

    /// Gives a lost secret up for a new one.
    pub fn change_secret(&mut self, secret_name: &str, check_value: &[u8; 16]) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "update privacy set secret_name = ?1, check_value = ?2, new_secrets = new_secrets + 1 where names_kept = 0",
            params![secret_name, check_value],
        )?;
        transaction.execute("update ledger_version set version = version + 1", [])?;
        Ok(transaction.commit()?)
    }
}
