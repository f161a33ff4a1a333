//! The owner's changes of the event calendar: every change is a row, those not undone hold in their order.

use super::compare::optional;
use super::{Error, Ledger};
use crate::shop::Moment;
use rusqlite::{TransactionBehavior, params};

/// What a change does to a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventChangeKind {
    /// The rule is as written, in its own form, and on.
    Set(String),
    /// It makes no event days.
    Off,
    /// It does again.
    On,
    /// Back to what the program or the import says.
    Default,
}

/// One change of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventChange {
    /// Ascending in time.
    pub change_id: i64,
    /// When.
    pub changed_at: Moment,
    /// Which rule.
    pub rule_key: String,
    /// What about it.
    pub kind: EventChangeKind,
    /// When it was taken back, if it was.
    pub undone_at: Option<Moment>,
}

impl Ledger {
    /// Every change there ever was, undone ones too, oldest first; those made in this ledger after those an export
    /// has brought, which they overrule.
    pub fn event_changes(&self) -> Result<Vec<EventChange>, Error> {
        let mut statement = self.connection.prepare_cached(
            "select change_id, changed_at, rule_key, what, coalesce(rule, ''), undone_at
             from event_changes order by is_brought desc, change_id",
        )?;
        let rows = statement.query_map([], |row| {
            let kind = match row.get_ref(3)?.as_str()? {
                "set" => EventChangeKind::Set(row.get(4)?),
                "off" => EventChangeKind::Off,
                "on" => EventChangeKind::On,
                _ => EventChangeKind::Default,
            };
            Ok(EventChange {
                change_id: row.get(0)?,
                changed_at: Moment(row.get(1)?),
                rule_key: row.get(2)?,
                kind,
                undone_at: row.get::<_, Option<i64>>(5)?.map(Moment),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Records a change and answers its number.
    pub fn change_event(&mut self, rule_key: &str, kind: &EventChangeKind, changed_at: Moment) -> Result<i64, Error> {
        let (what, rule) = match kind {
            EventChangeKind::Set(rule) => ("set", Some(rule)),
            EventChangeKind::Off => ("off", None),
            EventChangeKind::On => ("on", None),
            EventChangeKind::Default => ("default", None),
        };
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "insert into event_changes (changed_at, rule_key, what, rule) values (?1, ?2, ?3, ?4)",
            params![changed_at.0, rule_key, what, rule],
        )?;
        let change_id = transaction.last_insert_rowid();
        transaction.execute("update ledger_version set version = version + 1", [])?;
        transaction.commit()?;
        Ok(change_id)
    }

    /// Takes a change back, the newest that still counts when none is named. Answers its number; nothing when there
    /// is no such change, or it was taken back already.
    pub fn undo_event(&mut self, change_id: Option<i64>, undone_at: Moment) -> Result<Option<i64>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found: Option<i64> = optional(transaction.query_row(
            "select change_id from event_changes where undone_at is null and (?1 is null or change_id = ?1)
             order by is_brought, change_id desc limit 1",
            [change_id],
            |row| row.get(0),
        ))?;
        if let Some(change) = found {
            transaction.execute(
                "update event_changes set undone_at = ?2, is_brought = 0 where change_id = ?1",
                params![change, undone_at.0],
            )?;
            transaction.execute("update ledger_version set version = version + 1", [])?;
            transaction.commit()?;
        }
        Ok(found)
    }
}
