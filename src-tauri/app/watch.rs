//! A long action: how far it is, and the owner's 中断.

use super::screens::Progress;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Hears of progress and may stop the action; shared with the thread that runs it.
pub struct Watch {
    cancelled: Arc<AtomicBool>,
    on_progress: Box<dyn Fn(Progress) + Send + Sync>,
}

impl Watch {
    /// Calls `on_progress` at every step the action makes known, some thousand rows each.
    pub fn new(on_progress: Box<dyn Fn(Progress) + Send + Sync>) -> Watch {
        Watch { cancelled: Arc::new(AtomicBool::new(false)), on_progress }
    }

    /// Nobody looks.
    pub fn silent() -> Watch {
        Watch::new(Box::new(|_| ()))
    }

    /// Stops the action at its next step; it leaves nothing behind.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// What the action is told when it asks whether to go on.
    pub(super) fn go_on(&self) -> ControlFlow<()> {
        if self.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Becomes true when it is stopped; for what runs without a step, such as a long statement of the ledger.
    pub(super) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }

    /// Whether it was stopped.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// Adds up the steps of an action over several files.
pub(super) struct Pace<'w> {
    watch: &'w Watch,
    started: Instant,
    total: u64,
    bytes_before: u64,
    rows_before: u64,
}

impl<'w> Pace<'w> {
    pub(super) fn new(watch: &'w Watch, total: u64) -> Pace<'w> {
        Pace { watch, started: Instant::now(), total, bytes_before: 0, rows_before: 0 }
    }

    /// One step inside the file at hand.
    pub(super) fn step(&self, bytes: u64, rows: u64) -> ControlFlow<()> {
        let done = (self.bytes_before + bytes).min(self.total);
        let spent = self.started.elapsed().as_secs_f64();
        let seconds_left = (spent > 1.0 && done > 0)
            .then(|| (spent / done as f64 * (self.total - done) as f64).ceil().min(f64::from(u32::MAX)) as u32);
        (self.watch.on_progress)(Progress { done, total: self.total, rows: self.rows_before + rows, seconds_left });
        self.watch.go_on()
    }

    /// Who hears of it and may stop it.
    pub(super) fn watch(&self) -> &'w Watch {
        self.watch
    }

    /// As [`Watch::stop`].
    pub(super) fn stop(&self) -> Arc<AtomicBool> {
        self.watch.stop()
    }

    /// All files are read once more.
    pub(super) fn begin_again(&mut self) {
        (self.bytes_before, self.rows_before) = (0, 0);
    }

    /// The file at hand is over.
    pub(super) fn end_file(&mut self, bytes: u64, rows: u64) {
        self.bytes_before += bytes;
        self.rows_before += rows;
    }
}
