//! Finds the malls' layouts, names how this program reads files, and, for the window, is Tauri's build step.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// What decides which orders a file is: a program in which any of it differs may read the same bytes otherwise.
const READING: [&str; 3] = ["assets/malls", "src-tauri/intake", "src-tauri/shop"];

fn main() {
    // Without a word about it every file of the package would count, and a changed README build everything anew.
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
    let mut read = BTreeMap::new();
    for folder in READING {
        println!("cargo:rerun-if-changed={folder}");
        files(Path::new(folder), &mut read);
    }
    let mut hasher = DefaultHasher::new();
    for (name, bytes) in &read {
        hasher.write_usize(name.len());
        hasher.write(name.as_bytes());
        hasher.write_usize(bytes.len());
        hasher.write(bytes);
    }
    println!("cargo:rustc-env=OTOKUI_READING={:016x}", hasher.finish());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder")).join("layouts.rs");
    std::fs::write(out, layouts(read.keys())).expect("the folder can be written");
    #[cfg(feature = "desktop")]
    desktop();
}

/// Every file of a folder and its folders, by its name as written on any system.
fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("the folder is part of the package") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            files(&path, found);
        } else {
            let name = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            found.insert(name, std::fs::read(&path).expect("readable"));
        }
    }
}

/// The texts of all layouts, so that a new one is a file and nothing else.
fn layouts<'n>(names: impl Iterator<Item = &'n String>) -> String {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo names the folder");
    let mut list = String::from("&[\n");
    for name in names.filter(|name| name.starts_with("assets/malls/") && name.ends_with(".json")) {
        writeln!(list, "    include_str!({:?}),", format!("{root}/{name}")).expect("memory");
    }
    list + "]\n"
}

/// The commands of `desktop/commands.rs`. A command that is not named here is open to every page;
/// one that is named needs its `allow-…` in the capability of `tauri.conf.json`. `tests/window.rs` compares the three.
#[cfg(feature = "desktop")]
const COMMANDS: &[&str] = &[
    "start",
    "overview",
    "groups",
    "cohorts",
    "lifetime_value",
    "growth_map",
    "items",
    "next_items",
    "radar",
    "points",
    "event_rules",
    "set_event_rule",
    "switch_event_rule",
    "undo_event_rule",
    "actions",
    "customers",
    "customer",
    "imports",
    "choose_files",
    "choose_columns",
    "map_table",
    "map_preview",
    "accept_map",
    "change_map",
    "forget_map",
    "choose_store",
    "keep_no_names",
    "give_recovery_code",
    "change_recovery_code",
    "recovery_code",
    "record",
    "forget_drop",
    "cancel",
    "undo",
    "forget_waiting",
    "open_sample",
    "close_sample",
    "write_report",
    "export_all",
    "problems",
    "save_problems",
    "reconciliation",
    "drawn",
    "profit",
    "profit_orders",
    "filter_choices",
    "comparison",
    "settings",
    "change_settings",
    "undo_settings",
    "identity",
    "identity_join",
    "identity_apart",
    "identity_separate",
    "identity_undo",
    "gaps",
    "basis",
    "orders",
    "note_add",
    "note_change",
    "note_remove",
    "note_undo",
    "taken_record",
    "taken_remove",
    "taken_undo",
    "contacts",
    "contact_add",
    "contact_tie",
    "contact_untie",
    "contact_remove",
    "contact_undo",
];

#[cfg(feature = "desktop")]
fn desktop() {
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))
        .expect("the window's configuration is sound");
}
