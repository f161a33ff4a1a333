//! The columns of a draft are read while its owner looks at the preview; the ledger that takes the draft has them then.

use super::Session;
use crate::app::columns::Columns;
use crate::app::error::Error;
use crate::insight::History;
use crate::ledger::{DraftMemory, Ledger, Stamp};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

/// Reads the columns of a draft, and says of which state of the ledger they are.
pub(super) type Reading = JoinHandle<Option<(Stamp, Arc<History>)>>;

/// A draft whose columns are being read.
pub(in crate::app) struct Arriving {
    reading: Option<Reading>,
    /// What it lies in; gone when nobody needs it any more.
    pub(in crate::app) memory: Arc<DraftMemory>,
}

impl Arriving {
    /// Begins to read the columns of the draft in `beside`.
    pub(in crate::app) fn begin(beside: Session, memory: Arc<DraftMemory>) -> Arriving {
        let kept = Arc::clone(&memory);
        let read = move || {
            let found = beside.ledger.stamp().ok().zip(beside.load().ok());
            // Not before it is closed may its memory go.
            drop(beside);
            drop(kept);
            found.map(|(stamp, history)| (stamp, Arc::new(history)))
        };
        Arriving { reading: Builder::new().name("draft".to_owned()).spawn(read).ok(), memory }
    }

    /// Waits until nobody is at it.
    pub(in crate::app) fn wait(self) {
        self.reading.map(JoinHandle::join);
    }
}

impl Session {
    /// The same words, choices and secret over the draft of this ledger.
    pub(in crate::app) fn of_draft(&self, ledger: Ledger) -> Result<Session, Error> {
        let mut beside = Session::with(ledger, self.catalogue.language)?;
        beside.store_name.clone_from(&self.store_name);
        beside.layouts = self.layouts;
        beside.secret.clone_from(&self.secret);
        beside.today = self.today;
        Ok(beside)
    }

    /// The ledger says now what this draft says: its columns are this ledger's.
    pub(in crate::app) fn expect(&mut self, arriving: Arriving) {
        self.arriving = Mutex::new(arriving.reading);
    }

    /// Waits until the draft that was taken is gone.
    pub(super) fn wait_for_draft(&mut self) {
        let reading = self.arriving.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        reading.map(JoinHandle::join);
    }

    /// The columns that were expected, if they are of this state of the ledger; they are kept beside it like others.
    pub(super) fn arrived(&self, beside: Option<&Columns>) -> Option<Arc<History>> {
        let reading = self.arriving.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let (of, history) = reading.join().ok()??;
        if self.ledger.stamp().ok()? != of {
            return None;
        }
        if let Some(columns) = beside {
            self.keep(columns.clone(), history.clone());
        }
        Some(history)
    }
}
