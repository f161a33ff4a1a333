//! Where the page may go, and what a message of it may weigh.
//!
//! The page is ours, and says nothing that a hand could not type. Should something else ever speak in its place, it
//! finds these doors: no other address, no message larger than the screens can mean. Which commands there are at all
//! is said in `tauri.conf.json`, and recorded as Tauri understands it in `tests/golden/window/commands.json`.

use super::failure::Failure;
use serde_json::Value;
use tauri::Url;
use tauri::ipc::{Invoke, InvokeBody};

/// The longest text, in characters. The longest that means anything is a note of 2,000.
const LONGEST_TEXT: usize = 4_000;

/// The most values in one message. The largest that means anything, what the columns of a table are, has some 400.
const MOST_VALUES: usize = 2_000;

/// Whether an address is the page that came with the program (or Vite's, while developing).
pub fn is_ours(address: &Url) -> bool {
    match (address.scheme(), address.host_str(), address.port()) {
        ("tauri", Some("localhost"), None) => cfg!(not(windows)),
        ("http" | "https", Some("tauri.localhost"), None) => cfg!(windows),
        ("http", Some("localhost"), Some(5173)) => tauri::is_dev(),
        _ => false,
    }
}

/// Where WebKitGTK is told that the way to the network is: nowhere. It opens a connection as soon as somebody clicks a
/// link, before it asks whether the page may go there; this one is refused by the computer itself.
pub fn nowhere() -> Url {
    Url::parse("http://localhost:9").expect("it is an address")
}

/// Lets a message through to the commands unless it is too large; no command sees one that is.
pub fn guarded(
    commands: impl Fn(Invoke) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    move |invoke| {
        if is_small(invoke.message.payload()) {
            return commands(invoke);
        }
        invoke.resolver.reject(Failure::too_large());
        true
    }
}

/// Whether a message has no text and no number of values beyond what a screen can mean. Bytes are never meant.
fn is_small(message: &InvokeBody) -> bool {
    let InvokeBody::Json(message) = message else { return false };
    let mut left = MOST_VALUES;
    let mut open = vec![message];
    while let Some(value) = open.pop() {
        let Some(fewer) = left.checked_sub(1) else { return false };
        left = fewer;
        match value {
            Value::String(text) if is_long(text) => return false,
            Value::Array(values) => open.extend(values),
            Value::Object(fields) if fields.keys().any(|name| is_long(name)) => return false,
            Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
    true
}

fn is_long(text: &str) -> bool {
    text.chars().nth(LONGEST_TEXT).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::{BTreeMap, BTreeSet};
    use tauri::utils::acl::{ExecutionContext, get_capabilities, manifest::Manifest, resolved::Resolved};
    use tauri::utils::config::Config;
    use tauri::utils::platform::Target;

    /// What Tauri's build step made of its own permissions, the dialogs' and ours.
    const MANIFESTS: &str = include_str!(concat!(env!("OUT_DIR"), "/acl-manifests.json"));

    /// The commands that were left in this program's handler, as Tauri's build step wrote them down for its macro. It
    /// does so when REMOVE_UNUSED_COMMANDS is set, as in `.cargo/config.toml`.
    const LEFT_IN: &str = concat!(env!("OUT_DIR"), "/allowed-commands.json");

    fn small(message: Value) -> bool {
        is_small(&InvokeBody::Json(message))
    }

    #[test]
    fn the_page_goes_nowhere_else() {
        let ours = |address: &str| is_ours(&Url::parse(address).expect("an address"));
        assert_eq!(ours("tauri://localhost/index.html#/customers"), cfg!(not(windows)));
        assert_eq!(ours("http://tauri.localhost/"), cfg!(windows));
        for address in [
            "https://example.jp/",
            "http://localhost/",
            "http://localhost:8080/",
            "http://tauri.localhost:8080/",
            "http://tauri.localhost.example.jp/",
            "tauri://example.jp/",
            "file:///etc/hostname",
            "data:text/html,<p>",
            "javascript:void 0",
            "about:blank",
            "ipc://localhost/start",
        ] {
            assert!(!ours(address), "{address}");
        }
    }

    #[test]
    fn a_message_larger_than_a_screen_can_mean_is_refused() {
        assert!(small(json!({ "customer_id": 1, "text": "あ".repeat(LONGEST_TEXT) })), "characters count, not bytes");
        assert!(!small(json!({ "customer_id": 1, "text": "あ".repeat(LONGEST_TEXT + 1) })));
        assert!(!small(json!({ "query": { "scope": { "item": "x".repeat(LONGEST_TEXT + 1) } } })), "however deep");
        assert!(!small(json!({ "map": { "columns": { "x".repeat(LONGEST_TEXT + 1): "" } } })), "a name as well");
        // The message and its list are values themselves.
        assert!(small(json!({ "settings": vec![1; MOST_VALUES - 2] })));
        assert!(!small(json!({ "settings": vec![1; MOST_VALUES - 1] })));
        assert!(!is_small(&InvokeBody::Raw(Vec::new())), "bytes");
    }

    #[test]
    fn the_largest_description_of_a_table_passes() {
        // As large as app::maps takes it: a hundred columns and a hundred words, 500 characters each.
        let long = |number: usize| format!("{number:0>500}");
        let columns: BTreeMap<String, String> = (0..100).map(|number| (long(number), long(number))).collect();
        let statuses: BTreeMap<String, &str> = (0..100).map(|number| (long(number), "shipped")).collect();
        let map = json!({ "mall": "own", "columns": columns, "date_format": "%Y", "statuses": statuses });
        assert!(small(json!({ "token": 1, "file": 0, "header_row": 0, "map": map })));
    }

    /// Which commands which window may give, as the program that is built decides it.
    fn resolved() -> BTreeMap<String, BTreeSet<String>> {
        let manifests: BTreeMap<String, Manifest> = serde_json::from_str(MANIFESTS).expect("Tauri wrote it");
        let config: Config =
            serde_json::from_str(include_str!("../../tauri.conf.json")).expect("it is a configuration");
        let capabilities = get_capabilities(&config, BTreeMap::new(), None).expect("they stand in the configuration");
        let resolved =
            Resolved::resolve(&manifests, capabilities, Target::current()).expect("every permission is known");
        assert!(resolved.has_app_acl, "our own commands need a permission as well");
        assert!(resolved.global_scope.is_empty() && resolved.command_scope.is_empty(), "nothing is opened wider");
        let mut windows = BTreeMap::<String, BTreeSet<String>>::new();
        for (command, permits) in resolved.allowed_commands {
            for permit in permits {
                assert!(matches!(permit.context, ExecutionContext::Local), "{command} for pages of other places");
                assert!(permit.webviews.is_empty(), "{command} for views within a window");
                for window in permit.windows {
                    windows.entry(window.as_str().to_owned()).or_default().insert(command.clone());
                }
            }
        }
        windows
    }

    #[test]
    fn what_the_window_may_do_is_as_recorded() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/window/commands.json");
        let text = serde_json::to_string_pretty(&resolved()).expect("names are JSON") + "\n";
        if std::env::var_os("OTOKUI_BLESS").is_some() {
            std::fs::write(path, &text).expect("the goldens' folder is there");
        }
        let recorded = std::fs::read_to_string(path).unwrap_or_default();
        assert!(recorded == text, "{path} differs; look at it, then rewrite it with OTOKUI_BLESS=1\n{text}");
    }

    #[test]
    fn commands_nobody_is_permitted_are_not_in_the_program() {
        let left = std::fs::read_to_string(LEFT_IN).expect("commands are removed in every build");
        let left: Value = serde_json::from_str(&left).expect("Tauri wrote it");
        let left: BTreeSet<String> = serde_json::from_value(left["commands"].clone()).expect("names");
        let permitted = resolved().remove("main").expect("the one window");
        let ours: BTreeSet<String> = permitted.into_iter().filter(|name| !name.starts_with("plugin:")).collect();
        assert_eq!(left, ours);
    }
}
