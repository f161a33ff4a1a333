//! Tauri's build step, only for the window.

fn main() {
    // Without a word about it every file of the package would count, and a changed README build everything anew.
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
    #[cfg(feature = "desktop")]
    desktop();
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
