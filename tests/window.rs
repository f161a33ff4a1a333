//! What the window may do. Reads the sources, so that no window has to be built for it.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const COMMANDS: &str = concat!(
    include_str!("../src-tauri/desktop/commands.rs"),
    include_str!("../src-tauri/desktop/coming_back.rs"),
    include_str!("../src-tauri/desktop/cohorts.rs"),
    include_str!("../src-tauri/desktop/drop.rs"),
    include_str!("../src-tauri/desktop/nameless.rs"),
    include_str!("../src-tauri/desktop/points.rs"),
    include_str!("../src-tauri/desktop/story.rs"),
    include_str!("../src-tauri/desktop/taken.rs")
);
const DESKTOP: &str = include_str!("../src-tauri/desktop/mod.rs");
const BUILD: &str = include_str!("../src-tauri/build.rs");
const CONFIG: &str = include_str!("../tauri.conf.json");
const CARGO: &str = include_str!("../Cargo.toml");
const LOCK: &str = include_str!("../Cargo.lock");

fn config() -> Value {
    serde_json::from_str(CONFIG).expect("tauri.conf.json is JSON")
}

/// Names of the functions that carry `#[tauri::command]`.
fn commands() -> BTreeSet<String> {
    COMMANDS
        .split("#[tauri::command")
        .skip(1)
        .map(|rest| {
            let function = rest.split_once("fn ").expect("a command is a function").1;
            function.split(['(', '<']).next().expect("a function has a name").to_owned()
        })
        .collect()
}

/// The words between `from` and the next `to`, without marks and the files they are in.
fn listed(source: &str, from: &str, to: char) -> BTreeSet<String> {
    let list = source.split_once(from).expect("the list is there").1.split(to).next().expect("the list ends");
    let word = |name: &str| name.trim().trim_matches('"').rsplit("::").next().unwrap_or_default().to_owned();
    list.split(',').map(word).filter(|name| !name.is_empty()).collect()
}

fn permissions() -> BTreeSet<String> {
    let config = config();
    let capabilities = config["app"]["security"]["capabilities"].as_array().expect("capabilities are listed").clone();
    assert_eq!(capabilities.len(), 1, "one capability, for the one window");
    assert_eq!(capabilities[0]["windows"], serde_json::json!(["main"]));
    let permissions = capabilities[0]["permissions"].as_array().expect("permissions are listed");
    permissions.iter().map(|name| name.as_str().expect("a permission is a name").to_owned()).collect()
}

#[test]
fn every_command_is_offered_named_and_permitted() {
    let commands = commands();
    assert!(commands.len() > 10, "the commands were not found in commands.rs: {commands:?}");
    assert_eq!(listed(COMMANDS, "generate_handler![", ']'), commands, "the handler offers what commands.rs holds");
    assert_eq!(listed(BUILD, "COMMANDS: &[&str] = &[", ']'), commands, "build.rs names what commands.rs holds");
    let ours: BTreeSet<String> = permissions().into_iter().filter(|name| !name.contains(':')).collect();
    let wanted = commands.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect::<BTreeSet<_>>();
    assert_eq!(ours, wanted, "the capability permits our commands and no others");
}

/// The recorded list of this name; rewritten when OTOKUI_BLESS is set.
fn recorded(name: &str, found: &Value) -> Value {
    let path = format!("{}/tests/golden/window/{name}.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("OTOKUI_BLESS").is_some() {
        let text = serde_json::to_string_pretty(found).expect("names are JSON") + "\n";
        std::fs::write(&path, text).expect("the goldens' folder is there");
    }
    let text = std::fs::read_to_string(&path).expect("it is recorded");
    serde_json::from_str(&text).expect("it is JSON")
}

#[test]
fn the_permissions_are_as_recorded() {
    let found = serde_json::json!({ "main": permissions() });
    assert_eq!(recorded("permissions", &found), found, "look at it, then rewrite it with OTOKUI_BLESS=1");
}

/// `commands.json` is what Tauri makes of the permissions; the window's own tests write it. Here it is held against
/// the permissions by their names, so that neither changes alone.
#[test]
fn the_permissions_mean_the_recorded_commands() {
    let path = format!("{}/tests/golden/window/commands.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("it is recorded");
    let resolved: BTreeMap<String, BTreeSet<String>> = serde_json::from_str(&text).expect("it is JSON");
    let meant = permissions().into_iter().map(|name| match name.split_once(":allow-") {
        Some((plugin, command)) => {
            format!("plugin:{}|{}", plugin.trim_start_matches("core:"), command.replace('-', "_"))
        }
        None => name.trim_start_matches("allow-").replace('-', "_"),
    });
    assert_eq!(resolved, BTreeMap::from([("main".to_owned(), meant.collect())]));
}

#[test]
fn the_page_may_do_nothing_besides() {
    let foreign: Vec<String> = permissions().into_iter().filter(|name| name.contains(':')).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

#[test]
fn the_window_loads_nothing_from_elsewhere() {
    let config = config();
    let security = &config["app"]["security"];
    let policy = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src ipc: http://ipc.localhost",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ];
    assert_eq!(security["csp"], policy.join("; "));
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["assetProtocol"]["enable"], false);
    assert!(security.get("dangerousDisableAssetCspModification").is_none());
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(config["app"]["windows"].as_array().map(Vec::len), Some(1));
    let window = &config["app"]["windows"][0];
    assert!(window.get("url").is_none(), "the page that came with the program");
    assert_eq!(window["devtools"], false);
    assert_eq!(window["generalAutofillEnabled"], false, "WebView2 would keep the names that are typed");
    assert_eq!(window["dragDropEnabled"], true, "files are dropped");
    assert_eq!(window["visible"], false, "it is shown when the page has drawn");
    assert_eq!(window["create"], false, "desktop opens it, with its locks on navigation");
}

/// The configuration says so to Tauri's own tool; the scripts build with cargo alone, which hears it from its settings.
#[test]
fn commands_nobody_may_give_are_left_out_of_every_build() {
    assert_eq!(config()["build"]["removeUnusedCommands"], true);
    let line = "REMOVE_UNUSED_COMMANDS = { value = \".\", relative = true }";
    assert!(include_str!("../.cargo/config.toml").lines().any(|other| other == line));
}

#[test]
fn the_window_goes_nowhere_and_opens_no_other() {
    let opened = DESKTOP.split_once("fn open_window").expect("the window is opened").1;
    assert!(opened.contains(".on_navigation(doors::is_ours)"), "its addresses are its own");
    assert!(opened.contains(".on_new_window(|_, _| NewWindowResponse::Deny)"), "it opens no other");
    assert!(DESKTOP.contains(".invoke_handler(doors::guarded(commands::handler()))"), "messages have a size");
    assert_eq!(DESKTOP.matches("invoke_handler").count(), 1);
    assert_eq!(DESKTOP.matches("WebviewWindowBuilder::").count(), 1);
}

/// Every type with fields that the page may send, by its attributes: it comes in and it is written for the page.
#[test]
fn what_the_page_sends_has_no_unknown_fields() {
    let mut sent = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src-tauri")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = std::fs::read_to_string(&path).expect("sources are text");
                sent.extend(types_sent(&source).map(|(name, attributes)| {
                    assert!(attributes.contains("deny_unknown_fields"), "{name} in {} takes any field", path.display());
                    name
                }));
            }
        }
    }
    for name in ["Scope", "CustomersQuery", "OrdersQuery", "GroupsQuery", "MapDocument", "NewSetting", "NewEventRule"] {
        assert!(sent.iter().any(|other| other == name), "{name} was not found among {sent:?}");
    }
}

/// Name and attributes of the types with named fields that are both read from and written for the page.
fn types_sent(source: &str) -> impl Iterator<Item = (String, String)> {
    let lines: Vec<&str> = source.lines().map(str::trim_end).collect();
    (0..lines.len()).filter_map(move |place| {
        let head = lines[place].trim_start().strip_prefix("pub ")?;
        let name = head.strip_prefix("struct ").or_else(|| head.strip_prefix("enum "))?.strip_suffix(" {")?;
        let above =
            lines[..place].iter().rev().take_while(|line| !line.is_empty() && !line.trim().ends_with(['}', ';']));
        let attributes: String = above.filter(|line| line.trim_start().starts_with("#[")).copied().collect();
        let body = lines[place + 1..].iter().take_while(|line| line.trim() != "}");
        // A variant with fields ends in a brace; one without takes none.
        let has_fields = head.starts_with("struct") || body.into_iter().any(|line| line.ends_with(" {"));
        // One that is read from a text has no fields on the way.
        let is_sent = attributes.contains("Deserialize")
            && attributes.contains("ts(export")
            && !attributes.contains("try_from = \"String\"");
        (is_sent && has_fields).then(|| (name.to_owned(), attributes))
    })
}

#[test]
fn no_plugin_but_the_dialogs_and_no_way_to_the_network() {
    let tauri = |line: &&str| line.starts_with("tauri-plugin-");
    let plugins: Vec<&str> = CARGO.lines().filter(tauri).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(plugins, ["tauri-plugin-dialog"]);
    assert!(!include_str!("../ui/package.json").contains("@tauri-apps/plugin-"), "nor in the page");
    // reqwest and hyper stand in the lock file for telephones; what they would need to reach a server does not.
    for name in ["rustls", "native-tls", "openssl", "schannel", "curl", "ureq", "tungstenite"] {
        let line = format!("name = \"{name}\"");
        assert!(!LOCK.lines().any(|other| other == line), "{name} is among the libraries");
    }
}

#[test]
fn tauri_comes_without_developer_tools() {
    let line = CARGO.lines().find(|line| line.starts_with("tauri = ")).expect("tauri is a dependency");
    assert!(line.contains("default-features = false"), "{line}");
    assert!(!line.contains("devtools") && !line.contains("dynamic-acl"), "{line}");
}
