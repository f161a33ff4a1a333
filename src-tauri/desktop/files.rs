//! Where the window keeps its ledgers, and the dialogs that ask for files.

use super::failure::Failure;
use super::{WINDOW, state};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

/// Points the window at another ledger, for tests and for trying things out.
const LEDGER_VARIABLE: &str = "OTOKUI_LEDGER";

/// The window's own files.
#[derive(Debug)]
pub struct Places {
    /// The owner's ledger.
    pub ledger: PathBuf,
    /// The ledger of the invented shop.
    pub sample_ledger: PathBuf,
    /// The invented shop's export files, while they are read.
    pub sample_exports: PathBuf,
    /// What went wrong, by place and kind.
    pub log: PathBuf,
    /// What belongs to the window alone: its lock, the letters of other starts, and where it stood.
    pub window: PathBuf,
}

impl Places {
    /// `otokui.ledger` in the local data folder of the user, or what `OTOKUI_LEDGER` names; the sample beside it.
    pub fn find(app: &AppHandle) -> tauri::Result<Places> {
        let ledger = match std::env::var_os(LEDGER_VARIABLE) {
            Some(path) => PathBuf::from(path),
            None => app.path().app_local_data_dir()?.join("otokui.ledger"),
        };
        Ok(Places {
            sample_ledger: ledger.with_file_name("sample.ledger"),
            sample_exports: ledger.with_file_name("sample-exports"),
            log: ledger.with_file_name("otokui.log"),
            window: ledger.with_file_name("window"),
            ledger,
        })
    }
}

/// Makes the folder in which `file` will stand.
pub fn make_folder_of(file: &Path) -> Result<(), Failure> {
    let folder = file.parent().ok_or_else(Failure::no_place)?;
    std::fs::create_dir_all(folder).map_err(|_| Failure::no_place())
}

/// Deletes a ledger with the files kept beside it. One that is not there is no failure.
pub fn delete_ledger(ledger: &Path) -> Result<(), Failure> {
    crate::app::columns::remove(ledger);
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = ledger.as_os_str().to_owned();
        name.push(ending);
        match std::fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Failure::no_place()),
            _ => {}
        }
    }
    Ok(())
}

/// Asks for export files. Nothing when the owner thinks better of it. Not for the main thread: it waits.
pub fn ask_for_exports(app: &AppHandle) -> Option<Vec<PathBuf>> {
    let words = state::words();
    let chosen = dialog(app, &words.word("desktop-choose-files"))
        .add_filter(
            words.word("desktop-export-files"),
            &["csv", "CSV", "txt", "tsv", "xlsx", "xlsm", "xls", "xlsb", "ods", "zip"],
        )
        .add_filter(words.word("desktop-all-files"), &["*"])
        .blocking_pick_files()?;
    let paths: Vec<PathBuf> = chosen.into_iter().filter_map(|file| file.into_path().ok()).collect();
    (!paths.is_empty()).then_some(paths)
}

/// Asks for a folder to write to, under this title of the catalogue. Nothing when the owner thinks better of it. Not
/// for the main thread: it waits.
pub fn ask_for_folder(app: &AppHandle, title: &str) -> Option<PathBuf> {
    let title = state::words().word(title);
    dialog(app, &title).set_can_create_directories(true).blocking_pick_folder()?.into_path().ok()
}

/// Asks where to save the list of rows that could not be read. Not for the main thread: it waits.
pub fn ask_where_to_save(app: &AppHandle, name: &str) -> Option<PathBuf> {
    let words = state::words();
    dialog(app, &words.word("desktop-save-problems"))
        .add_filter(words.word("desktop-csv"), &["csv"])
        .set_file_name(name)
        .blocking_save_file()?
        .into_path()
        .ok()
}

fn dialog(app: &AppHandle, title: &str) -> FileDialogBuilder<tauri::Wry> {
    let dialog = app.dialog().file().set_title(title);
    match app.get_webview_window(WINDOW) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}
