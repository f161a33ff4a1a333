//! The command `otokui`.

use std::process::ExitCode;

fn main() -> ExitCode {
    otokui_lib::cli::run(std::env::args_os())
}
