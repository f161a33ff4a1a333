//! The command behind the screen 戻ってきた人.

use super::failure::Failure;
use super::state::on_worker;
use crate::app;
use crate::app::screens::Screen;
use crate::insight::Scope;
use crate::insight::coming_back::ComingBack;
use tauri::AppHandle;

/// With the histogram of the way to purchase `step`, in bars of `bin_days`.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn gaps(
    app: AppHandle,
    scope: Scope,
    step: u32,
    bin_days: u32,
) -> Result<Screen<ComingBack>, Failure> {
    on_worker(app, move |desk, _| {
        desk.with_session(|session| Ok(app::coming_back::screen(session, &scope, step, bin_days)?))
    })
    .await
}
