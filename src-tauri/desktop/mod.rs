//! The window: `app`'s answers as Tauri commands, dropped files as previews.
//!
//! In come commands of the page, drops of files and files it was opened with; out go app's answers and five events. Long work runs on
//! worker threads, so the window never waits. Paths stay here: the page names a drop by its token.
//! This room computes nothing and keeps no words of its own; it is the only one that names Tauri.

mod cohorts;
mod coming_back;
mod commands;
mod doors;
mod drop;
mod drops;
mod failure;
mod files;
mod nameless;
mod place;
mod points;
mod single;
mod state;
mod story;
mod taken;
mod watchdog;

use crate::app::log;
use single::Turn;
use state::Desk;
use std::panic::Location;
use std::path::PathBuf;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, WebviewWindowBuilder, WindowEvent};

/// The window's name in `tauri.conf.json`.
const WINDOW: &str = "main";

/// Asks what the page asks first, before the page is there to ask.
const FIRST: &str = include_str!("first.js");

/// Opens the window and returns when it is closed.
pub fn run() {
    log::watch_panics();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(doors::guarded(commands::handler()))
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(event) => drop::answer(window.app_handle(), event),
            WindowEvent::Moved(_) | WindowEvent::Resized(_) => window.state::<Desk>().look_at(window),
            WindowEvent::Focused(false) | WindowEvent::CloseRequested { .. } => window.state::<Desk>().keep_place(),
            _ => {}
        })
        .setup(|app| {
            start(app.handle())?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("the window opens");
}

/// Opens the window, unless another one has this ledger: then that one is shown and given the files.
fn start(app: &AppHandle) -> tauri::Result<()> {
    let places = files::Places::find(app)?;
    let opened = opened_with();
    let first = match single::take_turn(&places.window, &opened) {
        Ok(Turn::First(first)) => Some(first),
        Ok(Turn::HandedOver) => std::process::exit(0),
        Ok(Turn::NoAnswer) => {
            watchdog::farewell(app, "desktop-no-answer");
            return Ok(());
        }
        // Where no lock can be had, two windows may stand; that the folder is not writable is said on the screen.
        Err(_) => None,
    };
    log::begin(places.log.clone());
    if tauri::webview_version().is_err() {
        log::failure("no_webview", Location::caller());
        watchdog::farewell(app, "desktop-no-webview");
        return Ok(());
    }
    app.manage(Desk::new(places, first, opened));
    let desk = app.state::<Desk>();
    let version = app.package_info().version.to_string();
    if desk.kept().without_graphics == Some(version) && !watchdog::is_without_graphics() {
        // What cannot be started that way is started the usual one.
        let _ = watchdog::start_without_graphics(&desk);
    }
    let other = app.clone();
    desk.listen(move |files| {
        show(&other);
        if let Some(files) = other.state::<Desk>().arrived(files) {
            drop::preview(other.clone(), files);
        }
    });
    // The page takes its time to come; the answers it asks for first are worked out meanwhile.
    let early = app.clone();
    std::thread::spawn(move || early.state::<Desk>().work_ahead());
    open_window(app)?;
    watchdog::watch(app.clone());
    Ok(())
}

/// The files the program was opened with, as absolute paths.
fn opened_with() -> Vec<PathBuf> {
    let words = std::env::args_os().skip(1).filter(|word| !word.as_encoded_bytes().starts_with(b"-"));
    words.filter_map(|word| std::path::absolute(word).ok()).collect()
}

/// Opens the one window, hidden until its page has drawn; it goes nowhere else, opens no other and fetches no file.
fn open_window(app: &AppHandle) -> tauri::Result<()> {
    let config = app.config().app.windows.first().expect("tauri.conf.json names the window").clone();
    let desk = app.state::<Desk>();
    let mut builder = WebviewWindowBuilder::from_config(app, &config)?
        .initialization_script(FIRST)
        .on_navigation(doors::is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    if cfg!(target_os = "linux") {
        builder = builder.proxy_url(doors::nowhere());
    }
    if cfg!(windows) && watchdog::is_without_graphics() {
        // WebView2 refuses a folder that another one, started otherwise, has not quite let go of.
        builder = builder.data_directory(desk.page_folder());
    }
    let window = builder.build()?;
    desk.kept().put(&window)
}

/// Shows the window and brings it to the front; asking twice does no harm.
fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        // A window that is already closing need not be shown.
        let _ = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    }
}
