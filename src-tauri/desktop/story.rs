//! What lies behind a number, one customer, and what the owner notes about a customer.

use super::failure::Failure;
use super::state::on_worker;
use crate::app;
use crate::app::screens::{Basis, CustomerPage, OrdersPage, OrdersQuery, Screen};
use crate::insight::Scope;
use crate::shop::CustomerId;
use tauri::AppHandle;

/// What every figure rests on.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn basis(app: AppHandle, scope: Scope) -> Result<Basis, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::basis::answer(session, &scope)?))).await
}

/// The orders behind a figure.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn orders(app: AppHandle, query: OrdersQuery) -> Result<OrdersPage, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::order_list::page(session, &query)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn customer(
    app: AppHandle,
    customer_id: CustomerId,
    scope: Scope,
) -> Result<Screen<CustomerPage>, Failure> {
    on_worker(app, move |desk, _| {
        desk.with_session(|session| Ok(app::customers::customer(session, customer_id, &scope)?))
    })
    .await
}

/// Writes a note about a customer. Answers its number.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn note_add(app: AppHandle, customer_id: CustomerId, text: String) -> Result<i64, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::notes::add(session, customer_id, &text)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn note_change(app: AppHandle, note_id: i64, text: String) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::notes::change(session, note_id, &text)?))).await
}

#[tauri::command(rename_all = "snake_case")]
pub(super) async fn note_remove(app: AppHandle, note_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::notes::remove(session, note_id)?))).await
}

/// Takes the last change of a note back.
#[tauri::command(rename_all = "snake_case")]
pub(super) async fn note_undo(app: AppHandle, note_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::notes::undo(session, note_id)?))).await
}
