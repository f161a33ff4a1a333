//! The owner's settings: every change is a row, the newest that is not undone counts.

use super::compare::optional;
use super::{Error, Ledger};
use crate::shop::{Day, Moment};
use rusqlite::{TransactionBehavior, params};

/// One setting in one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingChange {
    /// The change; settings that were changed together share it.
    pub change_id: i64,
    /// When.
    pub changed_at: Moment,
    /// Which setting.
    pub setting: String,
    /// What it was set to, in its own form; nothing: back to the default.
    pub value: Option<String>,
    /// First day on which it holds; nothing: from the beginning.
    pub holds_from: Option<Day>,
    /// When it was taken back, if it was.
    pub undone_at: Option<Moment>,
}

/// A setting to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSetting {
    /// Which.
    pub setting: String,
    /// To what; nothing: back to the default.
    pub value: Option<String>,
    /// First day on which it holds; nothing: from the beginning.
    pub holds_from: Option<Day>,
}

impl Ledger {
    /// Every change there ever was, undone ones too, oldest first; those made in this ledger after those an export
    /// has brought, which they overrule.
    pub fn setting_changes(&self) -> Result<Vec<SettingChange>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select change_id, changed_at, setting, value, holds_from, undone_at
             from setting_changes order by is_brought desc, change_id, setting",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(SettingChange {
                change_id: row.get(0)?,
                changed_at: Moment(row.get(1)?),
                setting: row.get(2)?,
                value: row.get(3)?,
                holds_from: row.get::<_, Option<i32>>(4)?.map(Day),
                undone_at: row.get::<_, Option<i64>>(5)?.map(Moment),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Records these as one change, each setting once, and answers its number; nothing to change is no change.
    pub fn change_settings(&mut self, settings: &[NewSetting], changed_at: Moment) -> Result<Option<i64>, Error> {
        if settings.is_empty() {
            return Ok(None);
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let change_id: i64 =
            transaction.query_row("select coalesce(max(change_id), 0) + 1 from setting_changes", [], |r| r.get(0))?;
        for new in settings {
            transaction.execute(
                "insert into setting_changes (change_id, changed_at, setting, value, holds_from)
                 values (?1, ?2, ?3, ?4, ?5)",
                params![change_id, changed_at.0, new.setting, new.value, new.holds_from.map(|day| day.0)],
            )?;
        }
        transaction.execute("update ledger_version set version = version + 1", [])?;
        transaction.commit()?;
        Ok(Some(change_id))
    }

    /// Takes a change back, the newest that still counts when none is named. Answers its number; nothing when there
    /// is no such change, or it was taken back already.
    pub fn undo_settings(&mut self, change_id: Option<i64>, undone_at: Moment) -> Result<Option<i64>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: Option<i64> = optional(transaction.query_row(
            "select change_id from setting_changes where undone_at is null and (?1 is null or change_id = ?1)
             order by is_brought, change_id desc limit 1",
            [change_id],
            |row| row.get(0),
        ))?;
        if let Some(change) = found {
            transaction.execute(
                "update setting_changes set undone_at = ?2, is_brought = 0 where change_id = ?1 and undone_at is null",
                params![change, undone_at.0],
            )?;
            transaction.execute("update ledger_version set version = version + 1", [])?;
            transaction.commit()?;
        }
        Ok(found)
    }
}
