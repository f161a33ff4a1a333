//! The columns of a draft are read while its owner looks at the preview; the ledger that takes the draft has them then.

use super::Session;
use crate::app::columns::Columns;
use crate::app::error::Error;
use crate::insight::History;
use crate::ledger::{DraftFile, Ledger, Stamp};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

/// Reads the columns of a draft, and says of which state of the ledger they are.
pub(super) type Reading = JoinHandle<Option<(Stamp, Arc<History>)>>;

/// A draft whose columns are being read.
pub(in crate::app) struct Arriving {
    reading: Option<Reading>,
    /// Where it lies; gone when nobody needs it any more.
    pub(in crate::app) file: Arc<DraftFile>,
}

impl Arriving {
    /// Begins to read the columns of the draft in `beside`.
    pub(in crate::app) fn begin(beside: Session, file: Arc<DraftFile>) -> Arriving {
        let kept = Arc::clone(&file);
        let read = move || {
            let found = beside.ledger.stamp().ok().zip(beside.load().ok());
            // Its file is closed before it may be deleted.
            drop(beside);
            drop(kept);
            found.map(|(stamp, history)| (stamp, Arc::new(history)))
        };
        Arriving { reading: Builder::new().name("draft".to_owned()).spawn(read).ok(), file }
    }

    /// Waits until nobody is at the file.
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

    /// The ledger says now what this draft says: its columns are this ledger's, and its file may go.
    pub(in crate::app) fn expect(&mut self, Arriving { reading, file }: Arriving) {
        self.arriving = Mutex::new(reading);
        // Writing over it takes a moment nobody need wait for.
        self.leaving = Builder::new().name("draft".to_owned()).spawn(move || drop(file)).ok();
    }

    /// Waits until the draft that was taken is gone.
    pub(super) fn wait_for_draft(&mut self) {
        let reading = self.arriving.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        reading.map(JoinHandle::join);
        self.leaving.take().map(JoinHandle::join);
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
