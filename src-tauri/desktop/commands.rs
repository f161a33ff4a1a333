//! What the page may ask for. Each command hands the question to app and the answer back.
//!
//! A new command needs its name in `build.rs` and its `allow-…` in `tauri.conf.json`; `tests/window.rs` says so.

use super::failure::Failure;
use super::state::{Ahead, Desk, on_worker, words};
use super::{cohorts, coming_back, drop, files, nameless, points, show, story, taken};
use crate::app;
use crate::app::comparison::{Comparison, ComparisonQuery};
use crate::app::reconciliation::Reconciliation;
use crate::app::screens::{
    CustomersPage, CustomersQuery, ExportAnswer, ExportFormat, FileAnswer, FilterChoices, GroupsQuery, Identity,
    Imports, MapDocument, MapOffer, MapPreview, NewSetting, Preview, Problems, ProfitOrders, RadarPage, Screen,
    Settings, Start,
};
use crate::insight::Scope;
use crate::insight::items::Items;
use crate::insight::next_item::NextItems;
use crate::insight::overview::Overview;
use crate::insight::profit::Profit;
use crate::insight::rfm::Groups;
use crate::shop::CustomerId;
use tauri::ipc::Invoke;
use tauri::{AppHandle, State};

/// All commands, for the builder.
pub fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        start,
        overview,
        groups,
        cohorts::cohorts,
        cohorts::lifetime_value,
        cohorts::growth_map,
        items,
        next_items,
        radar,
        points::points,
        points::event_rules,
        points::set_event_rule,
        points::switch_event_rule,
        points::undo_event_rule,
        taken::actions,
        customers,
        story::customer,
        imports,
        choose_files,
        choose_columns,
        map_table,
        map_preview,
        accept_map,
        change_map,
        forget_map,
        choose_store,
        nameless::keep_no_names,
        nameless::give_recovery_code,
        nameless::change_recovery_code,
        nameless::recovery_code,
        record,
        drop::forget_drop,
        cancel,
        undo,
        forget_waiting,
        open_sample,
        close_sample,
        write_report,
        export_all,
        problems,
        save_problems,
        reconciliation,
        drawn,
        profit,
        profit_orders,
        filter_choices,
        comparison,
        settings,
        change_settings,
        undo_settings,
        identity,
        identity_join,
        identity_apart,
        identity_separate,
        identity_undo,
        coming_back::gaps,
        story::basis,
        story::orders,
        story::note_add,
        story::note_change,
        story::note_remove,
        story::note_undo,
        taken::taken_record,
        taken::taken_remove,
        taken::taken_undo,
        taken::contacts,
        taken::contact_add,
        taken::contact_tie,
        taken::contact_untie,
        taken::contact_remove,
        taken::contact_undo
    ]
}

#[tauri::command(rename_all = "snake_case")]
async fn start(app: AppHandle) -> Result<Start, Failure> {
    on_worker(app, |desk, _| desk.start()).await
}

#[tauri::command(rename_all = "snake_case")]
async fn overview(app: AppHandle, scope: Scope) -> Result<Screen<Overview>, Failure> {
    on_worker(app, move |desk, _| {
        desk.answer(&scope, |ahead| ahead.overview.take(), |session| app::overview::screen(session, &scope))
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
async fn groups(app: AppHandle, query: GroupsQuery) -> Result<Screen<Groups>, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::groups::drawn(session, &query)?))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn items(app: AppHandle, scope: Scope) -> Result<Screen<Items>, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::items::screen(session, &scope)?))).await
}

/// After the item of the scope, or after a category; the commonest successions where neither is given.
#[tauri::command(rename_all = "snake_case")]
async fn next_items(app: AppHandle, scope: Scope, category: Option<String>) -> Result<Screen<NextItems>, Failure> {
    on_worker(app, move |desk, _| {
        desk.with_session(|session| Ok(app::next_items::screen(session, &scope, category.as_deref())?))
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
async fn radar(app: AppHandle, scope: Scope, page: u32) -> Result<Screen<RadarPage>, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::radar::screen(session, &scope, page)?))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn customers(app: AppHandle, query: CustomersQuery) -> Result<CustomersPage, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::customers::page(session, &query)?))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn imports(app: AppHandle) -> Result<Imports, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::imports::imports(session)?))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn choose_files(app: AppHandle) -> Result<Option<Preview>, Failure> {
    on_worker(app, |desk, app| match files::ask_for_exports(app) {
        Some(paths) => desk.preview(app, paths).map(Some),
        None => Ok(None),
    })
    .await
}

/// Remembers which columns of one file of a preview hold codes and costs, and reads all its files again.
#[tauri::command(rename_all = "snake_case")]
async fn choose_columns(
    app: AppHandle,
    token: u64,
    file: usize,
    code: String,
    cost: String,
) -> Result<Preview, Failure> {
    on_worker(app, move |desk, app| desk.choose_columns(app, token, file, &code, &cost)).await
}

/// The first rows of one file of a preview, with another row as its header.
#[tauri::command(rename_all = "snake_case")]
async fn map_table(app: AppHandle, token: u64, file: usize, header_row: usize) -> Result<MapOffer, Failure> {
    on_worker(app, move |desk, _| {
        desk.with_drop(token, |session, paths| Ok(app::maps::table(session, paths, file, header_row)?))
    })
    .await
}

/// The first orders of one file of a preview, read as the description says. Writes nothing.
#[tauri::command(rename_all = "snake_case")]
async fn map_preview(
    app: AppHandle,
    token: u64,
    file: usize,
    header_row: usize,
    map: MapDocument,
) -> Result<MapPreview, Failure> {
    on_worker(app, move |desk, _| {
        desk.with_drop(token, |session, paths| Ok(app::maps::preview(session, paths, file, header_row, &map)?))
    })
    .await
}

/// Remembers what the columns of one file of a preview mean, and reads all its files again.
#[tauri::command(rename_all = "snake_case")]
async fn accept_map(
    app: AppHandle,
    token: u64,
    file: usize,
    header_row: usize,
    map: MapDocument,
) -> Result<Preview, Failure> {
    on_worker(app, move |desk, app| {
        desk.with_drop(token, |session, paths| Ok(app::maps::accept(session, paths, file, header_row, &map)?))?;
        desk.preview_again(app, token)
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
async fn change_map(app: AppHandle, fingerprint: String, map: MapDocument) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::maps::change(session, &fingerprint, &map)?)))
        .await
}

#[tauri::command(rename_all = "snake_case")]
async fn forget_map(app: AppHandle, fingerprint: String) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::maps::forget(session, &fingerprint)?))).await
}

/// Remembers which Yahoo store files with bare order numbers are of; reads the files of a preview again, if one is named.
#[tauri::command(rename_all = "snake_case")]
async fn choose_store(app: AppHandle, store: String, token: Option<u64>) -> Result<Option<Preview>, Failure> {
    on_worker(app, move |desk, app| {
        desk.with_session(|session| Ok(app::stores::name(session, &store)?))?;
        token.map(|token| desk.preview_again(app, token)).transpose()
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
async fn record(app: AppHandle, token: u64) -> Result<Vec<FileAnswer>, Failure> {
    on_worker(app, move |desk, app| desk.record(app, token)).await
}

/// Runs where it is called, not on a worker: it has to arrive while every worker is busy.
#[tauri::command(rename_all = "snake_case")]
fn cancel(desk: State<'_, Desk>) {
    desk.cancel();
}

#[tauri::command(rename_all = "snake_case")]
async fn undo(app: AppHandle, batch_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::imports::undo(session, batch_id)?))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn forget_waiting(app: AppHandle, waiting_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::imports::forget_waiting(session, waiting_id)?)))
        .await
}

#[tauri::command(rename_all = "snake_case")]
async fn open_sample(app: AppHandle) -> Result<Start, Failure> {
    on_worker(app, |desk, app| desk.open_sample(app)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn close_sample(app: AppHandle) -> Result<Start, Failure> {
    on_worker(app, |desk, _| desk.close_sample()).await
}

/// Answers the name of the folder that now holds the report, not where it is.
#[tauri::command(rename_all = "snake_case")]
async fn write_report(app: AppHandle, scope: Scope) -> Result<Option<String>, Failure> {
    on_worker(app, move |desk, app| {
        let Some(folder) = files::ask_for_folder(app, "desktop-choose-folder") else { return Ok(None) };
        desk.with_session(|session| Ok(app::report::write(session, &scope, &folder)?))?;
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        Ok(Some(name.to_string_lossy().into_owned()))
    })
    .await
}

/// Writes the whole ledger into a new folder inside the one the owner chooses; nothing when they choose none.
#[tauri::command(rename_all = "snake_case")]
async fn export_all(app: AppHandle, format: ExportFormat, with_names: bool) -> Result<Option<ExportAnswer>, Failure> {
    on_worker(app, move |desk, app| {
        let Some(folder) = files::ask_for_folder(app, "desktop-choose-export-folder") else { return Ok(None) };
        desk.export(app, &folder, format, with_names).map(Some)
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
async fn problems(app: AppHandle, batch_id: i64) -> Result<Problems, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::imports::problems(session, batch_id)?))).await
}

/// Answers the name of the file that now holds the list, not where it is.
#[tauri::command(rename_all = "snake_case")]
async fn save_problems(app: AppHandle, batch_id: i64) -> Result<Option<String>, Failure> {
    on_worker(app, move |desk, app| {
        let name = words().text("problems-file", &[("batch", batch_id.into())]);
        let Some(path) = files::ask_where_to_save(app, &name) else { return Ok(None) };
        desk.with_session(|session| Ok(app::imports::save_problems(session, batch_id, &path)?))?;
        Ok(path.file_name().map(|name| name.to_string_lossy().into_owned()))
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
async fn reconciliation(app: AppHandle) -> Result<Reconciliation, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::reconciliation::answer(session)?))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn profit(app: AppHandle, scope: Scope, event: Option<String>) -> Result<Screen<Profit>, Failure> {
    on_worker(app, move |desk, _| {
        let ahead = |ahead: &mut Ahead| ahead.profit.take().filter(|_| event.is_none());
        desk.answer(&scope, ahead, |session| app::profit::screen(session, &scope, event.as_deref()))
    })
    .await
}

/// The orders behind one step of the waterfall.
#[tauri::command(rename_all = "snake_case")]
async fn profit_orders(
    app: AppHandle,
    scope: Scope,
    event: Option<String>,
    step: String,
) -> Result<ProfitOrders, Failure> {
    on_worker(app, move |desk, _| {
        desk.with_session(|session| {
            let step = step.parse().map_err(|()| app::Error::BadQuestion(step.clone()))?;
            Ok(app::profit::orders(session, &scope, event.as_deref(), step)?)
        })
    })
    .await
}

/// Items and categories the filter offers, found by a part of their names.
#[tauri::command(rename_all = "snake_case")]
async fn filter_choices(app: AppHandle, search: String) -> Result<FilterChoices, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::sold_items::choices(session, &search)?))).await
}

/// The scope's period beside another one; nothing where none is asked for.
#[tauri::command(rename_all = "snake_case")]
async fn comparison(app: AppHandle, query: ComparisonQuery) -> Result<Option<Comparison>, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::comparison::answer(session, &query)?))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn settings(app: AppHandle) -> Result<Settings, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::settings::answer(session)?))).await
}

/// Changes these settings in one change, and answers how they hold then.
#[tauri::command(rename_all = "snake_case")]
async fn change_settings(app: AppHandle, settings: Vec<NewSetting>) -> Result<Settings, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::settings::change(session, &settings)?))).await
}

/// Takes a change of settings back, the newest when none is named.
#[tauri::command(rename_all = "snake_case")]
async fn undo_settings(app: AppHandle, change_id: Option<i64>) -> Result<Settings, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::settings::undo(session, change_id)?))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn identity(app: AppHandle) -> Result<Screen<Identity>, Failure> {
    on_worker(app, |desk, _| desk.with_session(|session| Ok(app::identity::screen(session)?))).await
}

/// Two customers are one person. Answers the decision's number.
#[tauri::command(rename_all = "snake_case")]
async fn identity_join(app: AppHandle, a: CustomerId, b: CustomerId) -> Result<i64, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::identity::join(session, a, b)?))).await
}

/// Two customers are two people. Answers the decision's number.
#[tauri::command(rename_all = "snake_case")]
async fn identity_apart(app: AppHandle, a: CustomerId, b: CustomerId) -> Result<i64, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::identity::apart(session, a, b)?))).await
}

/// An order is somebody else's. Answers the decision's number.
#[tauri::command(rename_all = "snake_case")]
async fn identity_separate(app: AppHandle, order_number: String) -> Result<i64, Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::identity::separate(session, &order_number)?)))
        .await
}

/// Takes a decision about who is who back.
#[tauri::command(rename_all = "snake_case")]
async fn identity_undo(app: AppHandle, decision_id: i64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.with_session(|session| Ok(app::identity::undo(session, decision_id)?))).await
}

#[tauri::command(rename_all = "snake_case")]
fn drawn(app: AppHandle, desk: State<'_, Desk>) {
    let files = desk.set_drawn();
    show(&app);
    drop::preview(app, files);
}
