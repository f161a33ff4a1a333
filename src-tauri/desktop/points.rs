//! The commands of points and of the event calendar.

use super::failure::Failure;
use super::state::on_worker;
use crate::app;
use crate::app::screens::{EventRules, EventSwitch, NewEventRule, Screen};
use crate::insight::Scope;
use crate::insight::points::Points;
use tauri::AppHandle;

/// `multiplier` is the one to lower by one; the commonest raised one without.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn points(app: AppHandle, scope: Scope, multiplier: Option<u16>) -> Result<Screen<Points>, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::points::screen(session, &scope, multiplier)?)))
        .await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn event_rules(app: AppHandle) -> Result<EventRules, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::event_calendar::answer(session)?))).await
}

/// Adds a rule, or changes the one it names, and answers how the rules hold then.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn set_event_rule(app: AppHandle, rule: NewEventRule) -> Result<EventRules, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::event_calendar::set(session, &rule)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn switch_event_rule(app: AppHandle, key: String, to: EventSwitch) -> Result<EventRules, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::event_calendar::switch(session, &key, to)?)))
        .await
}

/// Takes a change of the calendar back, the newest when none is named.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn undo_event_rule(app: AppHandle, change_id: Option<i64>) -> Result<EventRules, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::event_calendar::undo(session, change_id)?))).await
}
