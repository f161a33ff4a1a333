//! What a scope asks for, as views of a history.

use crate::app::error::Error;
use crate::insight::{History, Scope, View, rfm};

/// The view a scope asks for, its group included: who is in the group is decided among everybody.
pub(in crate::app) fn view<'h>(history: &'h History, scope: &Scope) -> Result<Option<View<'h>>, Error> {
    let Some(view) = view_of_everybody(history, scope)? else { return Ok(None) };
    let Some(group) = scope.group else { return Ok(Some(view)) };
    let (_, scores) = rfm::scores(&view);
    let view = view.only(|place| scores[place].group() == group);
    Ok((!view.customers.is_empty()).then_some(view))
}

/// The view a scope asks for; of a stated period those customers alone whose first purchase lies in it.
pub(in crate::app) fn view_of_won<'h>(history: &'h History, scope: &Scope) -> Result<Option<View<'h>>, Error> {
    let Some(view) = view(history, scope)? else { return Ok(None) };
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
pub(in crate::app) fn view_of_everybody<'h>(history: &'h History, scope: &Scope) -> Result<Option<View<'h>>, Error> {
    const DAYS_AHEAD: i32 = 3_660;
    if let (Some(as_of), Some(last_day)) = (scope.as_of, history.last_day())
        && as_of > last_day + DAYS_AHEAD
    {
        // Every month up to `as_of` is laid out; ten years beyond the last order is a slip of the pen.
        return Err(Error::BadQuestion(as_of.to_string()));
    }
    Ok(View::new(history, scope))
}
