//! What to do this week, what the owner has carried out, and whom they have written down.

use super::failure::Failure;
use super::state::on_worker;
use crate::app;
use crate::app::screens::{Actions, Contacts, NewContactEntry, NewTakenAction, Screen};
use crate::insight::Scope;
use crate::shop::CustomerId;
use tauri::AppHandle;

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn actions(app: AppHandle, scope: Scope) -> Result<Screen<Actions>, Failure> {
    on_worker(app, move |desk, _| {
        desk.answer(&scope, |ahead| ahead.actions.take(), |session| app::this_week::screen(session, &scope))
    })
    .await
}

/// An action was carried out. Answers its number.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn taken_record(app: AppHandle, taken: NewTakenAction) -> Result<i64, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::taken::record(session, &taken)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn taken_remove(app: AppHandle, taken_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::taken::remove(session, taken_id)?))).await
}

/// Takes the last change of a recorded action back.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn taken_undo(app: AppHandle, taken_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::taken::undo(session, taken_id)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn contacts(app: AppHandle) -> Result<Contacts, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::contacts::answer(session)?))).await
}

/// Writes a contact down. Answers its number.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn contact_add(app: AppHandle, contact: NewContactEntry) -> Result<i64, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::contacts::add(session, &contact)?))).await
}

/// A contact is this customer.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn contact_tie(app: AppHandle, contact_id: i64, customer_id: CustomerId) -> Result<(), Failure> {
    on_worker(app, move |desk, _| {
        desk.with_session(|session| Ok(app::contacts::tie(session, contact_id, customer_id)?))
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn contact_untie(app: AppHandle, contact_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::contacts::untie(session, contact_id)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn contact_remove(app: AppHandle, contact_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::contacts::remove(session, contact_id)?))).await
}

/// Takes the last change of a contact back.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn contact_undo(app: AppHandle, contact_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::contacts::undo(session, contact_id)?))).await
}
