//! What is told of a panic. The hook belongs to a whole process, so the panic happens in a process of its own.

use otokui_lib::app::log;
use std::process::Command;

/// Names the log to the child, and that it is one.
const CHILD: &str = "OTOKUI_LOG_CHILD";

/// A name that is cut in the middle of a character: the panic's own message quotes all of it.
fn cut(name: &str) -> &str {
    &name[..1]
}

#[test]
fn a_panic_is_told_by_its_place_and_not_by_its_words() {
    if let Some(file) = std::env::var_os(CHILD) {
        log::begin(file.into());
        log::watch_panics();
        let name = std::env::var("OTOKUI_LOG_NAME").expect("the parent names somebody");
        panic!("nothing of this either: {}", cut(&name));
    }
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("otokui.log");
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "a_panic_is_told_by_its_place_and_not_by_its_words", "--nocapture"])
        .env(CHILD, &file)
        .env("OTOKUI_LOG_NAME", "山田Canary太郎")
        .output()
        .expect("it runs again");
    assert!(!child.status.success(), "the child panicked");
    let log = std::fs::read_to_string(&file).expect("the log was written");
    let lines: Vec<&str> = log.lines().collect();
    let [start, panic] = lines[..] else { panic!("two lines: {log}") };
    assert!(start.contains(&format!(" {} {} start ", env!("CARGO_PKG_VERSION"), std::env::consts::OS)), "{start}");
    // The line that cuts.
    assert!(panic.contains(" panic tests/log.rs:11") || panic.contains(" panic tests\\log.rs:11"), "{panic}");
    // 2026-11-22T10:30:05 has 19 characters.
    assert_eq!(panic.find(' '), Some(19), "{panic}");
    let (out, err) = (String::from_utf8_lossy(&child.stdout), String::from_utf8_lossy(&child.stderr));
    assert!(err.contains("otokui: panic tests/log.rs:11") || cfg!(windows), "{err}");
    for told in [&*log, &*out, &*err] {
        assert!(!told.contains("Canary") && !told.contains("of this either"), "{told}");
    }
}
