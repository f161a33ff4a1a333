//! Files dropped on the window, or opened with it: the page learns that something hangs over it, then what the files are.

use super::WINDOW;
use super::failure::Failure;
use super::state::{Desk, on_worker};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::PathBuf;
use tauri::{AppHandle, DragDropEvent, Manager};

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

/// Tells the page something unasked.
///
/// Tauri's own events would be listened to by a message before the window may be shown, which runs a script in the page; WebKitGTK
/// then keeps an engine of its own in this process for what the script answers, some 5 MiB. So the page is called when
/// there is something to say, by the one function it has for that (`ui/src/api/window.ts`).
pub fn tell<T: Serialize>(app: &AppHandle, event: &str, payload: &T) {
    // A page that is gone, or not there yet, needs no event.
    if let (Some(window), Ok(script)) = (app.get_webview_window(WINDOW), called(event, payload)) {
        let _ = window.eval(script);
    }
}

/// The call of the page's function. What is said goes as text, which the page reads as JSON: data is never a script.
fn called<T: Serialize>(event: &str, payload: &T) -> serde_json::Result<String> {
    let told = Value::from(serde_json::to_string(&json!({ "event": event, "payload": payload }))?);
    Ok(format!("window.otokuiTold?.({told})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_one_text_in_the_call() {
        let name = "\"); alert('1月\\\u{2028}</script>.csv";
        let script = called("preview", &json!({ "file": name })).expect("it is JSON");
        let text = script.strip_prefix("window.otokuiTold?.(").and_then(|rest| rest.strip_suffix(')'));
        // A string of JSON is one of JavaScript: nothing of the name stands outside it.
        let text: String = serde_json::from_str(text.expect("the call")).expect("one text");
        let told: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(told, json!({ "event": "preview", "payload": { "file": name } }));
    }
}
