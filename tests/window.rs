//! What the window may do. Reads the sources, so that no window has to be built for it.

use serde_json::Value;
use std::collections::BTreeSet;

const COMMANDS: &str = concat!(
    include_str!("../src-tauri/desktop/commands.rs"),
    include_str!("../src-tauri/desktop/coming_back.rs"),
    include_str!("../src-tauri/desktop/cohorts.rs"),
    include_str!("../src-tauri/desktop/nameless.rs"),
    include_str!("../src-tauri/desktop/points.rs"),
    include_str!("../src-tauri/desktop/story.rs"),
    include_str!("../src-tauri/desktop/taken.rs")
);
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

#[test]
fn the_page_may_only_listen_besides() {
    let foreign: Vec<String> = permissions().into_iter().filter(|name| name.contains(':')).collect();
    assert_eq!(foreign, ["core:event:allow-listen", "core:event:allow-unlisten"]);
}

#[test]
fn the_window_loads_nothing_from_elsewhere() {
    let config = config();
    let security = &config["app"]["security"];
    let policy = security["csp"].as_str().expect("there is a policy");
    assert!(policy.starts_with("default-src 'none';"), "what is not named is forbidden");
    for word in ["unsafe-inline", "unsafe-eval", "*", "https:"] {
        assert!(!policy.contains(word), "the policy must not say {word}");
    }
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["assetProtocol"]["enable"], false);
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(config["build"]["removeUnusedCommands"], true);
    let window = &config["app"]["windows"][0];
    assert_eq!(window["devtools"], false);
    assert_eq!(window["visible"], false, "it is shown when the page has drawn");
    assert_eq!(window["create"], false, "desktop opens it, with its locks on navigation");
}

#[test]
fn no_plugin_but_the_dialogs_and_no_way_to_the_network() {
    let tauri = |line: &&str| line.starts_with("tauri-plugin-");
    let plugins: Vec<&str> = CARGO.lines().filter(tauri).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(plugins, ["tauri-plugin-dialog"]);
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
