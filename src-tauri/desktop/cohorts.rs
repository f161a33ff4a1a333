//! What the page may ask for about customers since their first purchase.

use super::failure::Failure;
use super::state::on_worker;
use crate::app;
use crate::app::screens::Screen;
use crate::insight::Scope;
use crate::insight::acquired::By;
use crate::insight::cohort::{Cohorts, Measure};
use crate::insight::growth::GrowthMap;
use crate::insight::lifetime_value::LifetimeValue;
use tauri::AppHandle;

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn cohorts(
    app: AppHandle,
    scope: Scope,
    measure: Measure,
    by: By,
    chosen: Vec<String>,
) -> Result<Screen<Cohorts>, Failure> {
    on_worker(app, move |desk, _| {
        desk.with_session(|session| Ok(app::cohorts::screen_by(session, &scope, measure, by, &chosen)?))
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn lifetime_value(
    app: AppHandle,
    scope: Scope,
    by: By,
    chosen: Vec<String>,
) -> Result<Screen<LifetimeValue>, Failure> {
    on_worker(app, move |desk, _| {
        desk.with_session(|session| Ok(app::lifetime_value::screen_by(session, &scope, by, &chosen)?))
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn growth_map(app: AppHandle, scope: Scope) -> Result<Screen<GrowthMap>, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::growth_map::screen(session, &scope)?))).await
}
