//! The window: `app`'s answers as Tauri commands, dropped files as previews.
//!
//! In come commands of the page and drops of files; out go app's answers and five events. Long work runs on
//! worker threads, so the window never waits. Paths stay here: the page names a drop by its token.
//! This room computes nothing and keeps no words of its own; it is the only one that names Tauri.

mod cohorts;
mod coming_back;
mod commands;
mod drop;
mod failure;
mod files;
mod nameless;
mod points;
mod state;
mod story;

use state::Desk;
use std::time::Duration;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewWindowBuilder, WindowEvent};

/// The window's name in `tauri.conf.json`.
const WINDOW: &str = "main";

/// A page that has not drawn after this long is shown as it is, so that nobody waits for an invisible window.
const SHOW_ANYWAY_AFTER: Duration = Duration::from_secs(10);

/// Opens the window and returns when it is closed.
pub fn run() {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands::handler())
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(event) = event {
                drop::answer(window.app_handle(), event);
            }
        })
        .setup(|app| {
            app.manage(Desk::new(files::Places::find(app.handle())?));
            open_window(app.handle())?;
            show_anyway(app.handle().clone());
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("the window opens");
}

/// Opens the one window, hidden until its page has drawn; it goes nowhere else and opens no other.
fn open_window(app: &AppHandle) -> tauri::Result<()> {
    let config = app.config().app.windows.first().expect("tauri.conf.json names the window").clone();
    WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Whether an address is the page that came with the program (or Vite's, while developing).
fn is_ours(address: &Url) -> bool {
    match (address.scheme(), address.host_str(), address.port()) {
        ("tauri", Some("localhost"), None) => cfg!(not(windows)),
        ("http" | "https", Some("tauri.localhost"), None) => cfg!(windows),
        ("http", Some("localhost"), Some(5173)) => tauri::is_dev(),
        _ => false,
    }
}

/// Shows the window; asking twice does no harm.
fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        // A window that is already closing need not be shown.
        let _ = window.show();
    }
}

fn show_anyway(app: AppHandle) {
    std::thread::spawn(move || {
        std::thread::sleep(SHOW_ANYWAY_AFTER);
        if !app.state::<Desk>().has_drawn() {
            show(&app);
        }
    });
}
