//! The command `otokui` as a script meets it: the real program, temporary folders, exit codes, one JSON document.

#[path = "command_line/answers.rs"]
mod answers;
#[path = "command_line/back.rs"]
mod back;
#[path = "command_line/contradictions.rs"]
mod contradictions;
#[path = "command_line/damaged.rs"]
mod damaged;
#[path = "command_line/files.rs"]
mod files;
#[path = "command_line/filter.rs"]
mod filter;
#[path = "command_line/groups.rs"]
mod groups;
#[path = "command_line/identity.rs"]
mod identity;
#[path = "command_line/items.rs"]
mod items;
#[path = "command_line/maps.rs"]
mod maps;
#[path = "command_line/names.rs"]
mod names;
#[path = "command_line/notes.rs"]
mod notes;
#[path = "command_line/points.rs"]
mod points;
#[path = "command_line/profit.rs"]
mod profit;
#[path = "command_line/reader.rs"]
mod reader;
#[path = "command_line/refusals.rs"]
mod refusals;
#[path = "command_line/taken.rs"]
mod taken;
#[path = "command_line/written.rs"]
mod written;

use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// What one call did.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    /// Its one JSON document; anything else on stdout fails.
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("not one JSON document: {error}\n{self:?}"))
    }

    #[track_caller]
    fn succeeded(self) -> Ran {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// Exit code 1, nothing on stdout, one line of words on stderr that holds `part`.
    #[track_caller]
    fn failed_saying(self, part: &str) -> Ran {
        assert_eq!((self.code, &*self.out), (1, ""), "a failure is exit code 1 and an empty stdout\n{self:?}");
        assert_eq!(self.err.lines().count(), 1, "one sentence\n{self:?}");
        assert!(self.err.contains(part), "{part} is missing\n{self:?}");
        for inside in ["panicked", "Error {", "Some(", "Err(", "Os {", "error-"] {
            assert!(!self.err.contains(inside), "{inside} is no word for an owner\n{self:?}");
        }
        self
    }
}

/// A call, with the words of `line` and then `paths`; `L` stands for the ledger.
fn otokui(line: &str, ledger: &Path, paths: &[&Path]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_otokui"));
    for word in line.split_whitespace() {
        command.arg(if word == "L" { ledger.as_os_str() } else { OsStr::new(word) });
    }
    let output = command.args(paths).stdin(Stdio::null()).output().expect("the program starts");
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

/// A sample shop's files and a ledger that holds them, made once.
struct Shop {
    folder: TempDir,
    imported: Ran,
}

impl Shop {
    fn ledger(&self) -> PathBuf {
        self.folder.path().join("shop.ledger")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn files(&self) -> [PathBuf; 3] {
        ["rakuten_orders.csv", "yahoo_order.csv", "yahoo_item.csv"].map(|name| self.file(name))
    }

    /// The answer to `line`, which ends with `--ledger L --json`.
    #[track_caller]
    fn ask(&self, line: &str) -> Value {
        otokui(&format!("{line} --ledger L --json"), &self.ledger(), &[]).succeeded().json()
    }
}

/// The shop that only questions are asked of.
fn shop() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let nowhere = Path::new("");
        otokui("sample --orders 900 --seed 3 --out", nowhere, &[folder.path()]).succeeded();
        let mut shop = Shop { folder, imported: Ran { code: 0, out: String::new(), err: String::new() } };
        let files = shop.files();
        let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        shop.imported = otokui("import --ledger L --json", &shop.ledger(), &paths).succeeded();
        shop
    })
}

/// Fails unless every field is there with its type: `int`, `number`, `rate`, `text`, `day`, `moment`, `bool`, `list`,
/// `object`, `interval`, `band`; with `?` it may be null.
#[track_caller]
fn has(value: &Value, fields: &[(&str, &str)]) {
    for (name, kind) in fields {
        let field = value.get(name).unwrap_or_else(|| panic!("`{name}` is missing in {value}"));
        let (kind, optional) = kind.strip_suffix('?').map_or((*kind, false), |kind| (kind, true));
        assert!((optional && field.is_null()) || is(field, kind), "`{name}` is no {kind}: {field}");
    }
}

fn is(value: &Value, kind: &str) -> bool {
    let all = |names: &[&str]| names.iter().all(|name| value.get(name).is_some_and(Value::is_number));
    let shaped = |shape: &str| {
        value.as_str().is_some_and(|text| {
            text.len() == shape.len()
                && text.chars().zip(shape.chars()).all(|(c, s)| if s == '0' { c.is_ascii_digit() } else { c == s })
        })
    };
    match kind {
        "int" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "rate" => value.as_f64().is_some_and(|rate| (0.0..=1.0).contains(&rate)),
        "text" => value.is_string(),
        "day" => shaped("0000-00-00"),
        "month" => shaped("0000-00"),
        "moment" => shaped("0000-00-00T00:00:00"),
        "bool" => value.is_boolean(),
        "null" => value.is_null(),
        "list" => value.is_array(),
        "object" => value.is_object(),
        "interval" => all(&["value", "low", "high", "n"]),
        "band" => all(&["low", "high"]),
        other => panic!("no such kind: {other}"),
    }
}

#[track_caller]
fn list<'v>(value: &'v Value, name: &str) -> &'v Vec<Value> {
    let list = if name.is_empty() { value } else { &value[name] };
    list.as_array().unwrap_or_else(|| panic!("`{name}` is no list in {value}"))
}

fn int(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("no whole number: {value}"))
}
