//! What a scope asks for, as views of a history.

use super::Session;
use crate::app::error::Error;
use crate::insight::history::KeptView;
use crate::insight::{History, Scope, View, rfm};
use std::sync::PoisonError;

/// Views that are kept: the one looked at, and the one before it to go back to.
const KEPT: usize = 2;

/// The columns of a question about one version of the ledger, whatever its period and group.
pub(super) type Kept = (i64, Scope, KeptView);

/// The view a scope asks for, its group included: who is in the group is decided among everybody.
pub(in crate::app) fn view<'h>(
    session: &Session,
    history: &'h History,
    scope: &Scope,
) -> Result<Option<View<'h>>, Error> {
    let Some(view) = view_of_everybody(session, history, scope)? else { return Ok(None) };
    let Some(group) = scope.group else { return Ok(Some(view)) };
    let (_, scores) = rfm::scores(&view);
    let view = view.only(|place| scores[place].group() == group);
    Ok((!view.customers.is_empty()).then_some(view))
}

/// The view a scope asks for; of a stated period those customers alone whose first purchase lies in it.
pub(in crate::app) fn view_of_won<'h>(
    session: &Session,
    history: &'h History,
    scope: &Scope,
) -> Result<Option<View<'h>>, Error> {
    let Some(view) = view(session, history, scope)? else { return Ok(None) };
    if !scope.has_period() {
        return Ok(Some(view));
    }
    Ok(view.won_in(scope.from.unwrap_or(view.reaches_back_to), view.to))
}

/// The same question measured at the end of its period, where it states one.
pub(in crate::app) fn at_period_end(scope: &Scope) -> Scope {
    Scope { as_of: scope.as_of.or(scope.to), ..scope.clone() }
}

/// The view a scope asks for, its group left aside.
pub(in crate::app) fn view_of_everybody<'h>(
    session: &Session,
    history: &'h History,
    scope: &Scope,
) -> Result<Option<View<'h>>, Error> {
    const DAYS_AHEAD: i32 = 3_660;
    if let (Some(as_of), Some(last_day)) = (scope.as_of, history.last_day())
        && as_of > last_day + DAYS_AHEAD
    {
        // Every month up to `as_of` is laid out; ten years beyond the last order is a slip of the pen.
        return Err(Error::BadQuestion(as_of.to_string()));
    }
    Ok(session.kept_view(history, scope))
}

impl Session {
    /// Lets go what is soon there again: kept views, the ledger's questions and pages. A window that was just opened may stand
    /// for hours with nobody asking for them.
    pub fn rest(&self) {
        self.ledger.rest();
        *self.views.lock().unwrap_or_else(PoisonError::into_inner) = Vec::new();
    }

    /// The view of a scope: one that is kept, else made and kept for the next screen.
    fn kept_view<'h>(&self, history: &'h History, scope: &Scope) -> Option<View<'h>> {
        // Of another history than that of the ledger as it stands nothing is kept.
        let Some(version) = self.version_of(history) else { return View::new(history, scope) };
        let as_of = scope.as_of.or(history.last_day());
        let asked = Scope { as_of, from: None, to: None, group: None, compare: None, ..scope.clone() };
        let mut kept = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, ..)| *of == version);
        if let Some(place) = kept.iter().position(|(_, of, _)| *of == asked) {
            let found = kept.remove(place);
            let view = View::again(history, found.2.clone(), scope);
            kept.push(found);
            return Some(view);
        }
        let view = View::new(history, scope)?;
        if kept.len() == KEPT {
            kept.remove(0);
        }
        // The one before is there to go back to, which may take a moment more where it is about items.
        *kept = kept.drain(..).map(|(version, of, view)| (version, of, view.without_items())).collect();
        kept.push((version, asked, view.keep()));
        Some(view)
    }

    /// The version of the ledger whose history this is, where it is the one at hand.
    fn version_of(&self, history: &History) -> Option<i64> {
        let cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        cached.as_ref().filter(|(_, of)| std::ptr::eq(&**of, history)).map(|(version, _)| *version)
    }
}
