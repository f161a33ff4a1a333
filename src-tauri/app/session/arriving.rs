//! The columns of a draft are read while its owner looks at the preview, and the figures of all of it worked out; the ledger
//! that takes the draft has them then.

use super::{Session, views};
use crate::app::columns::Columns;
use crate::app::error::Error;
use crate::app::screens::Screen;
use crate::app::{overview, profit};
use crate::insight::overview::Overview;
use crate::insight::profit::Profit;
use crate::insight::{History, Scope};
use crate::ledger::{DraftMemory, Ledger, Stamp};
use std::mem::take;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

/// Reads a draft.
pub(super) type Reading = JoinHandle<Option<Read>>;

/// What was read of a draft.
pub(super) struct Read {
    /// Of which state of the ledger it is.
    of: Stamp,
    history: Arc<History>,
    views: Vec<views::Kept>,
    figures: Option<FirstFigures>,
}

/// What is looked at first in a ledger that has just been filled, with nothing filtered.
pub struct FirstFigures {
    /// The screen of this name.
    pub overview: Screen<Overview>,
    /// What stands on it besides.
    pub profit: Screen<Profit>,
}

impl FirstFigures {
    fn of(session: &Session) -> Result<FirstFigures, Error> {
        let scope = Scope::default();
        Ok(FirstFigures {
            overview: overview::screen(session, &scope)?,
            profit: profit::screen(session, &scope, None)?,
        })
    }
}

impl Read {
    fn all_of(draft: &Session) -> Option<Read> {
        let of = draft.ledger.stamp().ok()?;
        let history = draft.history().ok()?;
        // What cannot be worked out is a failure when it is asked.
        let figures = FirstFigures::of(draft).ok();
        let views = take(&mut *draft.views.lock().unwrap_or_else(PoisonError::into_inner));
        Some(Read { of, history, views, figures })
    }
}

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
            let read = Read::all_of(&beside);
            // Not before it is closed may its memory go.
            drop(beside);
            drop(kept);
            read
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
        let Read { of, history, views, figures } = reading.join().ok()??;
        if self.ledger.stamp().ok()? != of {
            return None;
        }
        if let Some(columns) = beside {
            self.keep(columns.clone(), history.clone());
        }
        *self.views.lock().unwrap_or_else(PoisonError::into_inner) = views;
        *self.first_figures.lock().unwrap_or_else(PoisonError::into_inner) = figures;
        Some(history)
    }

    /// What was worked out of the draft that this ledger has taken, once.
    pub(in crate::app) fn first_figures(&self) -> Option<FirstFigures> {
        self.first_figures.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
