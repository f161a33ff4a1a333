//! People who have shown interest, entered by the owner, and how many of them have not bought.

use super::clock::now;
use super::customers::nameless;
use super::error::Error;
use super::screens::{Contact, ContactClass, Contacts, NewContactEntry};
use super::session::{Session, WithoutSale};
use crate::insight::prospects::{self, NotBought};
use crate::ledger::contacts::StoredContact;
use crate::shop::{CustomerId, Day, Mall, NewContact};
use rustc_hash::FxHashSet;

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 100;

/// Longest note, in characters.
pub const LONGEST_NOTE: usize = 2_000;

/// Every contact, the newest day first, as `otokui contacts` prints them.
pub fn answer(session: &Session) -> Result<Contacts, Error> {
    let stored = session.ledger.contacts()?;
    let history = session.history()?;
    let has_bought = |id: &CustomerId| history.customers.binary_search(id).is_ok();
    let tied: Vec<CustomerId> = stored.iter().flat_map(|stored| stored.customers.iter().copied()).collect();
    let names = session.ledger.names(Some(&tied))?;
    let name = |id: &CustomerId| {
        let known = names.get(id).filter(|name| !name.is_empty());
        known.cloned().unwrap_or_else(|| nameless(*id, &session.catalogue))
    };
    let contact = |stored: StoredContact| Contact {
        contact_id: stored.contact_id,
        written_at: stored.written_at,
        mall: stored.contact.mall,
        kind: stored.contact.kind,
        contact_on: stored.contact.on,
        name: stored.contact.name,
        note: stored.contact.note,
        customer_name: stored.customers.first().map(name).unwrap_or_default(),
        class: match (stored.customers.iter().any(has_bought), stored.contact.kind.is_interest()) {
            (true, _) => ContactClass::Bought,
            (false, true) => ContactClass::Prospect,
            (false, false) => ContactClass::Other,
        },
        customer_ids: stored.customers,
    };
    let contacts = stored.into_iter().map(contact).collect();
    Ok(Contacts { contacts, names_kept: session.ledger.nameless()?.is_none() })
}

/// Writes a contact down; answers its number. A ledger that keeps no names takes neither name nor note.
pub fn add(session: &mut Session, entry: &NewContactEntry) -> Result<i64, Error> {
    let on = entry.on.unwrap_or(session.today);
    if on > session.today {
        return Err(Error::DayAhead(on));
    }
    let text = |text: &str, longest: usize| -> Result<String, Error> {
        let text = text.trim();
        if text.chars().count() > longest { Err(Error::BadContact) } else { Ok(text.to_owned()) }
    };
    let new = NewContact {
        mall: entry.mall,
        kind: entry.kind,
        on,
        name: text(&entry.name, LONGEST_NAME)?,
        note: text(&entry.note, LONGEST_NOTE)?,
    };
    if session.ledger.nameless()?.is_some() && !(new.name.is_empty() && new.note.is_empty()) {
        return Err(Error::NamelessContact);
    }
    Ok(session.ledger.add_contact(&new, now())?)
}

/// Removes a contact; [`undo`] brings it back.
pub fn remove(session: &mut Session, contact_id: i64) -> Result<(), Error> {
    found(contact_id, session.ledger.remove_contact(contact_id)?)
}

/// A contact is this customer: once they have bought they are no prospect any more.
pub fn tie(session: &mut Session, contact_id: i64, customer: CustomerId) -> Result<(), Error> {
    let tied = session.ledger.tie_contact(contact_id, customer)?;
    found(contact_id, tied.ok_or(Error::NoCustomer(customer.0))?)
}

/// A contact is no customer after all.
pub fn untie(session: &mut Session, contact_id: i64) -> Result<(), Error> {
    found(contact_id, session.ledger.untie_contact(contact_id)?)
}

/// Takes the last change of a contact back: writing it down, removing, tying or untying it.
pub fn undo(session: &mut Session, contact_id: i64) -> Result<(), Error> {
    found(contact_id, session.ledger.undo_contact(contact_id)?)
}

/// How many people are 見込み and その他, with contacts up to a day and at a mall where they are named. `has_bought` says
/// who is in a class of buyers.
pub(super) fn not_bought(
    session: &Session,
    without_sale: &[WithoutSale],
    until: Option<Day>,
    mall: Option<Mall>,
    has_bought: impl Fn(CustomerId) -> bool,
) -> Result<NotBought, Error> {
    let stored = session.ledger.contacts()?;
    let contacts: Vec<prospects::Contact<'_>> = stored
        .iter()
        .map(|stored| prospects::Contact {
            contact_id: stored.contact_id,
            mall: stored.contact.mall,
            kind: stored.contact.kind,
            on: stored.contact.on,
            name: &stored.contact.name,
            // After a decision that two are two, whoever of them has bought is the customer.
            customer: stored.customers.iter().copied().find(|&id| has_bought(id)).or(stored.customers.first().copied()),
        })
        .collect();
    let without_sale: FxHashSet<CustomerId> = without_sale.iter().map(|other| other.customer_id).collect();
    Ok(prospects::not_bought(&contacts, &without_sale, until, mall, has_bought))
}

fn found(contact_id: i64, is_there: bool) -> Result<(), Error> {
    if is_there { Ok(()) } else { Err(Error::NoContact(contact_id)) }
}
