//! When the page does not come: a box of the system, which needs no page, and a start without the graphics card.

use super::state::{Desk, words};
use super::{WINDOW, show};
use crate::app::log;
use std::panic::Location;
use std::process::Command;
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};

/// A page that has not drawn after this long is asked about.
const PATIENCE: Duration = Duration::from_secs(10);

/// Tells a program that it was started without the graphics card.
const WITHOUT: &str = "OTOKUI_WITHOUT_GRAPHICS";

/// What the page's engines read: WebKitGTK on Linux, WebView2 on Windows. macOS has no such switch.
const SWITCHES: [(&str, &str); 4] = [
    (WITHOUT, "1"),
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
    ("WEBVIEW2_ADDITIONAL_BROWSER_ARGUMENTS", "--disable-gpu"),
];

/// Whether this program was started without the graphics card.
pub fn is_without_graphics() -> bool {
    std::env::var_os(WITHOUT).is_some()
}

/// Starts the same program with the same files, without the graphics card, and ends this one. Returns only when it
/// could not.
pub fn start_without_graphics(desk: &Desk) -> std::io::Error {
    let started = std::env::current_exe().and_then(|program| {
        // The one that comes must find the place free.
        desk.give_way()?;
        Command::new(program).args(std::env::args_os().skip(1)).envs(SWITCHES).spawn()
    });
    match started {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    }
}

/// Waits for the page; asks the owner what to do when it does not come.
pub fn watch(app: AppHandle) {
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        if !app.state::<Desk>().has_drawn() {
            log::failure("not_drawn", Location::caller());
            show(&app);
            ask(app);
        }
    });
}

fn ask(app: AppHandle) {
    let words = words();
    let key = if is_without_graphics() { "desktop-not-drawn-again" } else { "desktop-not-drawn" };
    let mut dialog = app.dialog().message(words.word(key)).title(words.word("desktop-title"));
    dialog = dialog.kind(MessageDialogKind::Warning);
    if let Some(window) = app.get_webview_window(WINDOW) {
        dialog = dialog.parent(&window);
    }
    let wait = words.word("desktop-wait");
    if is_without_graphics() {
        dialog.buttons(MessageDialogButtons::OkCustom(wait)).show(|_| {});
        return;
    }
    let buttons = MessageDialogButtons::OkCancelCustom(words.word("desktop-start-otherwise"), wait);
    dialog.buttons(buttons).show(move |otherwise| {
        if otherwise {
            let desk = app.state::<Desk>();
            desk.keep(|kept| kept.without_graphics = Some(app.package_info().version.to_string()));
            // What cannot be started again stays as it is: the window is there, and may yet draw.
            let _ = start_without_graphics(&desk);
        }
    });
}

/// Says something in a box and ends when it is closed; for what goes wrong before there is a window.
pub fn farewell(app: &AppHandle, key: &str) {
    let words = words();
    let end = app.clone();
    app.dialog()
        .message(words.word(key))
        .title(words.word("desktop-title"))
        .kind(MessageDialogKind::Error)
        .buttons(MessageDialogButtons::OkCustom(words.word("desktop-close")))
        .show(move |_| end.exit(1));
}
