//! Actions the owner has carried out: list, record, remove, take back.

use super::values::mall;
use super::{note as tell, print_json, say};
use crate::app::screens::{NewTakenAction, TakenAction};
use crate::app::{Error, Session, taken, words};
use crate::insight::Scope;
use crate::shop::{CustomerId, Day, Mall};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;

/// What may be asked of actions that were carried out.
#[derive(Debug, Args)]
pub(super) struct Taken {
    /// What to change; the list when left out
    #[command(subcommand)]
    change: Option<TakenChange>,
    /// The ledger
    #[arg(long, global = true)]
    pub(super) ledger: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum TakenChange {
    /// A card's action was carried out: its people are on no card until its window is over
    Record {
        /// key of the card, from `actions`
        action: String,
        /// The day (YYYY-MM-DD); today when left out
        #[arg(long)]
        on: Option<Day>,
        /// By which tool: the key of one of the card's channels, or other
        #[arg(long)]
        channel: Option<String>,
        /// Only the people of the card this mall's tools reach
        #[arg(long, value_parser = mall)]
        mall: Option<Mall>,
        /// Only these people of the card: customer_ids with commas between
        #[arg(long, value_name = "IDS", value_delimiter = ',')]
        customers: Option<Vec<i64>>,
    },
    /// Remove a recorded action
    Remove {
        /// taken_id
        taken: i64,
    },
    /// Take the last change of a recorded action back: recording it or removing it
    Undo {
        /// taken_id
        taken: i64,
    },
}

/// What a change prints with `--json`.
#[derive(Serialize)]
struct Changed {
    taken_id: i64,
}

/// Answers the list, or does what is asked and answers the number.
pub(super) fn answer(session: &mut Session, asked: &Taken) -> Result<(), Error> {
    let taken_id = match &asked.change {
        None => {
            let all = taken::all(session)?;
            if asked.json {
                print_json(&all)
            } else {
                all.iter().for_each(|taken| say(&line(session, taken)))
            }
            return Ok(());
        }
        Some(TakenChange::Record { action, on, channel, mall, customers }) => {
            let customer_ids = customers.as_ref().map(|ids| ids.iter().copied().map(CustomerId).collect());
            let new = NewTakenAction {
                scope: Scope::default(),
                key: action.clone(),
                on: *on,
                channel: channel.clone(),
                mall: *mall,
                customer_ids,
            };
            taken::record(session, &new)?
        }
        Some(TakenChange::Remove { taken }) => taken::remove(session, *taken).map(|()| *taken)?,
        Some(TakenChange::Undo { taken }) => taken::undo(session, *taken).map(|()| *taken)?,
    };
    if asked.json {
        print_json(&Changed { taken_id });
    } else {
        tell(session, "cli-taken-kept", &[("taken", taken_id.into())]);
    }
    Ok(())
}

/// Number, day, title, people, tool.
fn line(session: &Session, taken: &TakenAction) -> String {
    let row = &taken.row;
    let people = words::grouped(i64::from(row.people_count));
    let people = session.catalogue.text("cli-taken-people", &[("people", people.into())]);
    format!("{}  {}  {}  {}  {}", row.taken_id, row.taken_on, row.title, people, row.channel_name)
}
