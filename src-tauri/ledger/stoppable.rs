//! A recording can be stopped inside a long statement too, such as the making of an index.

use super::Error;
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Steps of SQLite's machine between two looks at whether to stop: well below a millisecond.
const STEPS: i32 = 10_000;

/// While it lives, every statement of the connection ends with [`Error::Stopped`] as soon as `stop` is true.
pub(super) struct Stoppable<'l>(&'l Connection);

impl<'l> Stoppable<'l> {
    pub(super) fn new(connection: &'l Connection, stop: Arc<AtomicBool>) -> Result<Self, Error> {
        connection.progress_handler(STEPS, Some(move || stop.load(Ordering::Relaxed)))?;
        Ok(Stoppable(connection))
    }
}

impl Drop for Stoppable<'_> {
    fn drop(&mut self) {
        // It fails for connections of somebody else's only.
        let _ = self.0.progress_handler(0, None::<fn() -> bool>);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_statement_ends_when_somebody_says_stop_and_later_ones_run() {
        let connection = Connection::open_in_memory().expect("memory");
        let stop = Arc::new(AtomicBool::new(true));
        let stoppable = Stoppable::new(&connection, stop).expect("our own connection");
        // Would count for hours.
        let endless =
            "with recursive n (i) as (select 1 union all select i + 1 from n where i < 1e12) select max(i) from n";
        let stopped = connection.query_row(endless, [], |row| row.get::<_, i64>(0));
        assert!(matches!(stopped.map_err(Error::from), Err(Error::Stopped)));
        drop(stoppable);
        let hundred_thousand = endless.replace("1e12", "1e5");
        assert_eq!(connection.query_row(&hundred_thousand, [], |row| row.get(0)), Ok(100_000));
    }
}
