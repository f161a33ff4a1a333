//! Whoever reads what is printed, and goes away.

use super::shop;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for noun in ["orders", "orders --json", "customers --json"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_otokui"))
            .args(noun.split(' '))
            .arg("--ledger")
            .arg(shop().ledger())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        assert!(!line.is_empty(), "{noun}");
        let mut err = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
        let status = child.wait().expect("it ends");
        assert_eq!((status.code(), &*err), (Some(0), ""), "{noun}");
    }
}
