//! What the window knows before any screen.

use super::error::Error;
use super::screens::Start;
use super::session::Session;

/// Whether there is something to show, and how far it reaches. `is_sample` is the caller's to know.
pub fn start(session: &Session) -> Result<Start, Error> {
    let reach = session.reach()?;
    Ok(Start {
        empty: reach.order_count == 0,
        is_sample: false,
        last_day: reach.last_day,
        first_day: reach.first_day,
        malls: reach.malls,
        ledger_version: session.ledger.version()?,
        log_file: super::log::file().map(|file| file.display().to_string()),
    })
}
