//! Files dropped on the window, or opened with it: the page learns that something hangs over it, then what the files are.

use super::failure::Failure;
use super::state::{Desk, on_worker};
use serde::Serialize;
use std::path::PathBuf;
use tauri::{AppHandle, DragDropEvent, Emitter};

/// The preview of a drop has begun.
#[derive(Clone, Copy, Serialize)]
struct PreviewStarted {
    /// How many files were dropped.
    files: usize,
}

/// Answers a drag over the window. Never waits: the files are read elsewhere.
pub fn answer(app: &AppHandle, event: &DragDropEvent) {
    match event {
        DragDropEvent::Enter { paths, .. } => tell(app, "drop-over", &!paths.is_empty()),
        DragDropEvent::Leave => tell(app, "drop-over", &false),
        DragDropEvent::Drop { paths, .. } => {
            tell(app, "drop-over", &false);
            preview(app.clone(), paths.clone());
        }
        _ => {}
    }
}

/// Reads files and tells the page what they are. None are no preview.
pub fn preview(app: AppHandle, paths: Vec<PathBuf>) {
    if paths.is_empty() {
        return;
    }
    tell(&app, "preview-started", &PreviewStarted { files: paths.len() });
    tauri::async_runtime::spawn(async move {
        let previewed = on_worker(app.clone(), move |desk: &Desk, app| desk.preview(app, paths)).await;
        match previewed {
            Ok(preview) => tell(&app, "preview", &preview),
            Err(failure) => tell(&app, "failed", &failure),
        }
    });
}

/// The owner does not want the files of this preview recorded.
#[tauri::command(rename_all = "snake_case")]
pub async fn forget_drop(app: AppHandle, token: u64) -> Result<(), Failure> {
    on_worker(app, move |desk, _| desk.forget_drop(token)).await
}

/// What the page is told: all of it as one event of the window's library, so that it has to listen to one only.
#[derive(Serialize)]
struct Told<'a, T> {
    event: &'a str,
    payload: &'a T,
}

impl<T> Clone for Told<'_, T> {
    fn clone(&self) -> Self {
        Told { event: self.event, payload: self.payload }
    }
}

/// Tells the page something unasked.
pub fn tell<T: Serialize>(app: &AppHandle, event: &str, payload: &T) {
    // A page that is gone needs no event.
    let _ = app.emit("told", Told { event, payload });
}
