//! Notes about customers: list, write, change, remove, take back.

use super::{note as tell, print_json, say};
use crate::app::screens::Note;
use crate::app::{Error, Session, notes};
use crate::shop::CustomerId;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;

/// What may be asked of notes.
#[derive(Debug, Args)]
pub(super) struct Notes {
    /// What to change; the list when left out
    #[command(subcommand)]
    change: Option<NotesChange>,
    /// The ledger
    #[arg(long, global = true)]
    pub(super) ledger: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum NotesChange {
    /// Write a note about a customer
    Add {
        /// customer_id
        customer: i64,
        /// What it says, 2,000 characters at most
        text: String,
    },
    /// Change what a note says
    Change {
        /// note_id, from the list or `customer`
        note: i64,
        /// What it says from now on
        text: String,
    },
    /// Remove a note
    Remove {
        /// note_id
        note: i64,
    },
    /// Take the last change of a note back, its removal too
    Undo {
        /// note_id
        note: i64,
    },
}

/// What a change prints with `--json`.
#[derive(Serialize)]
struct Changed {
    note_id: i64,
}

/// Answers the list, or does what is asked and answers the note's number.
pub(super) fn answer(session: &mut Session, asked: &Notes) -> Result<(), Error> {
    let note_id = match &asked.change {
        None => {
            let all = notes::all(session)?;
            if asked.json {
                print_json(&all)
            } else {
                all.iter().for_each(|note| say(&line(note)))
            }
            return Ok(());
        }
        Some(NotesChange::Add { customer, text }) => notes::add(session, CustomerId(*customer), text)?,
        Some(NotesChange::Change { note, text }) => notes::change(session, *note, text).map(|()| *note)?,
        Some(NotesChange::Remove { note }) => notes::remove(session, *note).map(|()| *note)?,
        Some(NotesChange::Undo { note }) => notes::undo(session, *note).map(|()| *note)?,
    };
    if asked.json {
        print_json(&Changed { note_id });
    } else {
        tell(session, "cli-note-kept", &[("note", note_id.into())]);
    }
    Ok(())
}

/// Number, customers, day, text.
fn line(note: &Note) -> String {
    let customers: Vec<String> = note.customer_ids.iter().map(ToString::to_string).collect();
    format!("{}  [{}]  {}  {}", note.note_id, customers.join(", "), note.written_at.day(), note.text)
}
