//! People who have shown interest: list, add, tie to a customer, remove, take back.

use super::values::{kind, mall};
use super::{note as tell, print_json, say};
use crate::app::screens::{Contact, ContactClass, NewContactEntry};
use crate::app::{Error, Session, contacts};
use crate::shop::{ContactKind, CustomerId, Day, Mall};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;

/// What may be asked of contacts.
#[derive(Debug, Args)]
pub(super) struct Contacts {
    /// What to change; the list when left out
    #[command(subcommand)]
    change: Option<ContactsChange>,
    /// The ledger
    #[arg(long, global = true)]
    pub(super) ledger: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum ContactsChange {
    /// Write down somebody who asked, reviewed or favourited
    Add {
        /// How they showed interest: asked, reviewed, favourited, other
        #[arg(value_parser = kind)]
        kind: ContactKind,
        /// Where: rakuten, yahoo, own
        #[arg(long, value_parser = mall)]
        mall: Mall,
        /// The day (YYYY-MM-DD); today when left out
        #[arg(long)]
        on: Option<Day>,
        /// A name, or what you call them
        #[arg(long, default_value = "")]
        name: String,
        /// What to remember
        #[arg(long, default_value = "")]
        note: String,
    },
    /// A contact is this customer
    Tie {
        /// contact_id
        contact: i64,
        /// customer_id
        customer: i64,
    },
    /// A contact is no customer after all
    Untie {
        /// contact_id
        contact: i64,
    },
    /// Remove a contact
    Remove {
        /// contact_id
        contact: i64,
    },
    /// Take the last change of a contact back: adding, tying, untying or removing it
    Undo {
        /// contact_id
        contact: i64,
    },
}

/// What a change prints with `--json`.
#[derive(Serialize)]
struct Changed {
    contact_id: i64,
}

/// Answers the list, or does what is asked and answers the contact's number.
pub(super) fn answer(session: &mut Session, asked: &Contacts) -> Result<(), Error> {
    let contact_id = match &asked.change {
        None => {
            let all = contacts::answer(session)?;
            if asked.json {
                print_json(&all)
            } else {
                all.contacts.iter().for_each(|contact| say(&line(session, contact)))
            }
            return Ok(());
        }
        Some(ContactsChange::Add { kind, mall, on, name, note }) => {
            let entry = NewContactEntry { mall: *mall, kind: *kind, on: *on, name: name.clone(), note: note.clone() };
            contacts::add(session, &entry)?
        }
        Some(ContactsChange::Tie { contact, customer }) => {
            contacts::tie(session, *contact, CustomerId(*customer)).map(|()| *contact)?
        }
        Some(ContactsChange::Untie { contact }) => contacts::untie(session, *contact).map(|()| *contact)?,
        Some(ContactsChange::Remove { contact }) => contacts::remove(session, *contact).map(|()| *contact)?,
        Some(ContactsChange::Undo { contact }) => contacts::undo(session, *contact).map(|()| *contact)?,
    };
    if asked.json {
        print_json(&Changed { contact_id });
    } else {
        tell(session, "cli-contact-kept", &[("contact", contact_id.into())]);
    }
    Ok(())
}

/// Number, day, mall, kind, class, name, note.
fn line(session: &Session, contact: &Contact) -> String {
    let word = |key: &str| session.catalogue.word(key);
    let class = match contact.class {
        ContactClass::Prospect => word("class-prospect"),
        ContactClass::Other => word("class-other"),
        ContactClass::Bought => word("class-customer"),
    };
    let mut parts = vec![
        contact.contact_id.to_string(),
        contact.contact_on.to_string(),
        word(&format!("mall-{}", contact.mall)),
        word(&format!("contact-kind-{}", contact.kind)),
        class,
    ];
    parts.extend([&contact.name, &contact.note].into_iter().filter(|text| !text.is_empty()).cloned());
    parts.join("  ")
}
