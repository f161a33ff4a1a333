//! The commands of a ledger that keeps no names.

use super::failure::Failure;
use super::state::on_worker;
use crate::app;
use crate::app::screens::NamelessBegun;
use tauri::AppHandle;

/// From now on the ledger keeps no names; answers the recovery code.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn keep_no_names(app: AppHandle) -> Result<NamelessBegun, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::nameless::begin(session)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn give_recovery_code(app: AppHandle, code: String) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::nameless::give_code(session, &code)?))).await
}

/// Gives a lost recovery code up for a new one, which it answers.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn change_recovery_code(app: AppHandle) -> Result<NamelessBegun, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::nameless::change_key(session)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn recovery_code(app: AppHandle) -> Result<String, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::nameless::recovery_code(session)?))).await
}
