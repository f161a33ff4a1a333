//! Ledgers that keep no names: switching it on, and the recovery code.

use super::{note, print_json, say};
use crate::app::screens::NamelessBegun;
use crate::app::{Error, Session, nameless};
use clap::Args;
use serde::Serialize;

/// What an import may say of names.
#[derive(Debug, Default, Args)]
pub(super) struct Names {
    /// Keep no names, addresses, phones and mails in this ledger; only while it has no orders. Later imports follow
    #[arg(long)]
    no_names: bool,
    /// Recovery code of a ledger that keeps no names, where the system does not keep the secret; or OTOKUI_RECOVERY_CODE
    #[arg(long, value_name = "CODE")]
    recovery_code: Option<String>,
    /// Give a lost recovery code up: people before and after this import are not linked, figures stay true
    #[arg(long, conflicts_with = "recovery_code")]
    new_key: bool,
}

/// Does what an import says of names, before it reads anything.
pub(super) fn settle(session: &mut Session, names: &Names) -> Result<(), Error> {
    let Names { no_names, recovery_code: code, new_key } = names;
    if nameless::privacy(session)?.names_kept {
        if code.is_some() || *new_key {
            return Err(Error::NamesAreKept);
        }
        if *no_names {
            let begun = nameless::begin(session)?;
            show(session, &begun);
        }
        return Ok(());
    }
    if *new_key {
        let begun = nameless::change_key(session)?;
        note(session, "cli-recovery-code-new", &[("code", begun.recovery_code.into())]);
        return Ok(());
    }
    let of_environment = std::env::var("OTOKUI_RECOVERY_CODE").ok().filter(|code| !code.trim().is_empty());
    match code.clone().or(of_environment) {
        Some(code) => nameless::give_code(session, &code),
        None => Ok(()),
    }
}

/// The only time it is shown where the system does not keep the secret.
fn show(session: &Session, begun: &NamelessBegun) {
    let key = if begun.is_kept_by_system { "cli-recovery-code" } else { "cli-recovery-code-once" };
    note(session, key, &[("code", begun.recovery_code.clone().into())]);
}

/// What `settings recovery-code` prints with `--json`.
#[derive(Serialize)]
struct Code {
    recovery_code: String,
}

pub(super) fn print_code(session: &mut Session, json: bool) -> Result<(), Error> {
    settle(session, &Names::default())?;
    let recovery_code = nameless::recovery_code(session)?;
    if json {
        print_json(&Code { recovery_code });
    } else {
        say(&recovery_code);
    }
    Ok(())
}
