//! What the window knows before any screen.

use super::error::Error;
use super::screens::Start;
use super::session::Session;

/// Whether there is something to show, and how far it reaches. `is_sample` is the caller's to know.
pub fn start(session: &Session) -> Result<Start, Error> {
    let history = session.history()?;
    let mut malls = history.orders.mall.clone();
    malls.sort_unstable();
    malls.dedup();
    Ok(Start {
        empty: history.orders.order.is_empty(),
        is_sample: false,
        last_day: history.last_day(),
        first_day: history.first_day(),
        malls,
        ledger_version: session.ledger.version()?,
    })
}
