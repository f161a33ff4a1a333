//! The columns beside the ledger of a session: read, written while answers are worked out, and deleted.

use super::Session;
use crate::app::columns::{self, Columns};
use crate::insight::History;
use std::sync::{Arc, PoisonError};

impl Session {
    /// The columns beside this ledger in its present state; nothing for a ledger in memory, or one
    /// that does not say its state.
    pub(super) fn columns(&self) -> Option<Columns> {
        Some(Columns::of(self.ledger.path()?, &self.ledger.stamp().ok()?))
    }

    /// Writes the columns while the answer is worked out; where they cannot be written they are made anew next time.
    pub(super) fn keep(&self, columns: Columns, history: Arc<History>) {
        if history.orders.order.is_empty() {
            return;
        }
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = writing.take() {
            let _ = before.join();
        }
        let write = move || drop(columns.write(&history));
        *writing = std::thread::Builder::new().name("columns".to_owned()).spawn(write).ok();
    }

    /// What stood in the ledger shall stand nowhere else: deletes its columns, and the draft of the last preview.
    pub(in crate::app) fn forget_columns(&mut self) {
        self.draft = None;
        self.wait_for_draft();
        self.wait_for_columns();
        if let Some(path) = self.ledger.path() {
            columns::remove(path);
        }
    }

    fn wait_for_columns(&self) {
        if let Some(writing) = self.writing.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = writing.join();
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.draft = None;
        self.wait_for_draft();
        self.wait_for_columns();
    }
}
