//! The log: when, of which kind and at which place of the program something went wrong, never what it was about.
//!
//! A line is `2026-11-22T10:30:05 0.1.0 linux panic calamine-0.38.0/src/xlsx/mod.rs:1190`. A message may hold a name or
//! an order number, so none is written: neither a panic's nor an error's, here or on the terminal.

use super::clock;
use super::error::Error;
use std::fmt::Debug;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A longer log loses its older half, in bytes; some 800 lines.
const LONGEST: u64 = 64 * 1024;

/// Where lines go; nowhere as long as nobody has named a file.
static FILE: OnceLock<PathBuf> = OnceLock::new();

/// Writes to this file from now on, and that the program has started. Its folder must be there. The first word counts.
pub fn begin(file: PathBuf) {
    if FILE.set(file).is_ok() {
        note("start", std::env::consts::ARCH);
    }
}

/// The file that is written to; nothing before [`begin`].
pub fn file() -> Option<&'static Path> {
    FILE.get().map(PathBuf::as_path)
}

/// From now on a panic on any thread is noted by its place, in the log and on the terminal; its message is not.
pub fn watch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(place).unwrap_or_default();
        note("panic", &place);
        // A program without a terminal has nobody to tell.
        let _ = writeln!(io::stderr(), "otokui: panic {place}");
    }));
}

/// Notes a failure of the application and where it was met.
pub fn error(error: &Error, at: &Location<'_>) {
    failure(&kind(error), at);
}

/// Notes a failure of another kind; the kind is a word of the program.
pub fn failure(kind: &str, at: &Location<'_>) {
    note("failed", &format!("{kind} {}", place(at)));
}

/// Adds a line. A log that cannot be written is no failure of its own.
fn note(what: &str, more: &str) {
    if let Some(file) = file() {
        let line = format!("{} {} {} {what} {more}\n", clock::now(), env!("CARGO_PKG_VERSION"), std::env::consts::OS);
        let _ = append(file, &line);
    }
}

fn append(file: &Path, line: &str) -> io::Result<()> {
    if fs::metadata(file).is_ok_and(|about| about.len() > LONGEST) {
        shorten(file)?;
    }
    // In one piece, so that lines of two threads do not mix.
    OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())
}

/// Keeps the newer half, from the beginning of a line.
fn shorten(file: &Path) -> io::Result<()> {
    let bytes = fs::read(file)?;
    let newer = &bytes[bytes.len() / 2..];
    let from = newer.iter().position(|byte| *byte == b'\n').map_or(newer.len(), |end| end + 1);
    fs::write(file, &newer[from..])
}

/// A place of the program, without the folders of the machine that built it.
fn place(at: &Location<'_>) -> String {
    let parts: Vec<&str> = at.file().split(['/', '\\']).collect();
    // A library lies in `registry/src/<registry>/<name and version>`; our own files begin at `src-tauri`.
    let from = match parts.iter().position(|part| *part == "registry") {
        Some(registry) => (registry + 3).min(parts.len()),
        None => parts.len().saturating_sub(4),
    };
    format!("{}:{}", parts[from..].join("/"), at.line())
}

/// What an error is called in the program, and the numbers of SQLite and of the system behind it.
fn kind(error: &Error) -> String {
    let mut kind = names(error);
    if let Some(number) = error.sqlite_number() {
        kind += &format!(" sqlite {number}");
    }
    let mut behind = std::error::Error::source(error);
    while let Some(source) = behind {
        if let Some(system) = source.downcast_ref::<io::Error>() {
            kind += &format!(" {:?}", system.kind());
            kind += &system.raw_os_error().map(|number| format!(" os {number}")).unwrap_or_default();
        }
        behind = source.source();
    }
    kind
}

/// The names of a value and of what it holds alone, as far as they are names: `Ledger/Sqlite/SqliteFailure`. Texts stand
/// in quotation marks, numbers begin with a digit, fields stand in braces: all of them end it.
fn names(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    let mut names = Vec::new();
    let mut rest = Some(&*text);
    while let Some(inner) = rest {
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        if !inner.starts_with(|c: char| c.is_ascii_uppercase()) {
            break;
        }
        names.push(&inner[..end]);
        rest = inner[end..].strip_prefix('(');
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger;

    /// What no log may hold.
    const CANARY: &str = "Canary山田090";

    #[test]
    fn an_error_is_called_by_its_names_and_numbers_alone() {
        let denied = || io::Error::new(io::ErrorKind::PermissionDenied, CANARY);
        let write = Error::Write { path: CANARY.into(), source: denied() };
        assert_eq!(kind(&write), "Write PermissionDenied");
        // ENOENT is 2 everywhere we run.
        let gone = Error::Write { path: CANARY.into(), source: io::Error::from_raw_os_error(2) };
        assert_eq!(kind(&gone), "Write NotFound os 2");
        assert_eq!(kind(&Error::BadQuestion(CANARY.into())), "BadQuestion");
        assert_eq!(kind(&Error::NoCustomer(412)), "NoCustomer");
        assert_eq!(kind(&Error::Ledger(ledger::Error::Foreign { path: CANARY.into() })), "Ledger/Foreign");
        assert_eq!(kind(&Error::Ledger(ledger::Error::OutOfRange)), "Ledger/OutOfRange");
    }

    #[test]
    fn a_damaged_ledger_is_told_by_sqlites_number() {
        let home = tempfile::tempdir().expect("a folder");
        // A folder in the place of the file: SQLITE_CANTOPEN is 14 in sqlite3.h, and its extended forms end in it.
        let error = ledger::Ledger::open(home.path()).map(|_| ()).map_err(Error::Ledger).expect_err("it is a folder");
        let kind = kind(&error);
        let number = kind.rsplit_once("sqlite ").and_then(|(_, number)| number.parse::<i32>().ok());
        assert_eq!(number.map(|number| number & 0xff), Some(14), "{kind}");
        assert!(kind.starts_with("Ledger/Open") && !kind.contains('.'), "{kind}");
    }

    #[test]
    fn a_place_is_told_without_the_machine() {
        let here = place(Location::caller());
        assert!(here.starts_with("src-tauri/app/log.rs:"), "{here}");
    }

    #[test]
    fn a_long_log_keeps_its_newer_half_from_the_beginning_of_a_line() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("otokui.log");
        // Lines of 16 bytes, as many as just fit.
        let line = |number: u64| format!("{number:015}\n");
        let most = LONGEST / 16;
        for number in 0..=most {
            append(&file, &line(number)).expect("it can be written");
        }
        assert_eq!(
            fs::metadata(&file).map(|about| about.len()).expect("it is there"),
            LONGEST + 16,
            "not yet too long"
        );
        append(&file, "the last\n").expect("it can be written");
        let text = fs::read_to_string(&file).expect("it is text");
        assert!(
            text.len() as u64 <= LONGEST / 2 + 16 && text.ends_with(&(line(most) + "the last\n")),
            "{}",
            text.len()
        );
        // 4,097 lines of 16 bytes are 65,552 bytes; the half begins in line 2,048 (from 0) at its ninth byte, so 2,049 is the first whole one.
        assert!(text.starts_with(&line(2_049)), "{}", &text[..32]);
    }
}
