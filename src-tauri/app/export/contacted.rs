//! Two tables for reading: actions that were carried out with whom they went to, and people the owner has written down.

use super::super::contacts;
use super::super::error::Error;
use super::super::session::Session;
use super::super::taken;
use super::lists::{Columns, table};
use super::paper::{Cell, Kind, Paper, Table};
use crate::shop::CustomerId;

const TAKEN: Columns = &[
    ("taken_id", Kind::Text, false),
    ("taken_on", Kind::Day, false),
    ("action_key", Kind::Text, false),
    ("action_title", Kind::Text, false),
    ("taken_channel", Kind::Text, false),
    ("taken_mall", Kind::Text, false),
    ("customer_id", Kind::Text, false),
    ("taken_people", Kind::Number, false),
    ("proposed_as_of", Kind::Day, false),
    ("proposed_people", Kind::Number, false),
    ("past_people", Kind::Number, false),
    ("past_buyers", Kind::Number, false),
    ("window_days", Kind::Number, false),
    ("action_cost", Kind::Amount, false),
    ("worth_low", Kind::Amount, false),
    ("worth_high", Kind::Amount, false),
];

/// What the owner writes may name people.
const CONTACTS: Columns = &[
    ("contact_id", Kind::Text, false),
    ("contact_on", Kind::Day, false),
    ("contact_mall", Kind::Text, false),
    ("contact_kind", Kind::Text, false),
    ("contact_name", Kind::Text, true),
    ("contact_note", Kind::Text, true),
    ("customer_id", Kind::Text, false),
];

/// Both tables, whether they have rows or not.
pub(super) fn tables(session: &Session, with_names: bool) -> [Table; 2] {
    [table(session, "taken", TAKEN, with_names), table(session, "contacts", CONTACTS, with_names)]
}

/// Writes the tables that have rows: one per action and customer it reached, one per contact and customer it is; without a
/// customer where there is none now.
pub(super) fn write(session: &Session, with_names: bool, paper: &mut dyn Paper) -> Result<(), Error> {
    let catalogue = &session.catalogue;
    let [taken_table, contacts_table] = tables(session, with_names);
    let taken = taken::all(session)?;
    if !taken.is_empty() {
        paper.table(&taken_table)?;
    }
    for action in taken {
        let (row, proposed) = (action.row, action.proposed);
        let number = |count: u32| Cell::Number(i64::from(count));
        for customer in customers(&action.customer_ids) {
            paper.rows(&[vec![
                row.taken_id.to_string().into(),
                Cell::Day(row.taken_on),
                row.key.as_str().into(),
                row.title.as_str().into(),
                row.channel_name.as_str().into(),
                row.mall.map_or(Cell::Empty, |mall| catalogue.word(&format!("mall-{mall}")).into()),
                customer,
                number(row.people_count),
                Cell::Day(proposed.as_of),
                number(proposed.people_count),
                number(proposed.past_count),
                number(proposed.past_bought),
                number(proposed.window_days),
                Cell::Number(proposed.cost.0),
                Cell::Number(proposed.worth.low.0),
                Cell::Number(proposed.worth.high.0),
            ]])?;
        }
    }
    let contacts = contacts::answer(session)?.contacts;
    if !contacts.is_empty() {
        paper.table(&contacts_table)?;
    }
    for contact in contacts {
        for customer in customers(&contact.customer_ids) {
            let mut cells: Vec<Cell> = vec![
                contact.contact_id.to_string().into(),
                Cell::Day(contact.contact_on),
                catalogue.word(&format!("mall-{}", contact.mall)).into(),
                catalogue.word(&format!("contact-kind-{}", contact.kind)).into(),
            ];
            if with_names {
                cells.extend([contact.name.as_str().into(), contact.note.as_str().into()]);
            }
            cells.push(customer);
            paper.rows(&[cells])?;
        }
    }
    Ok(())
}

fn customers(ids: &[CustomerId]) -> Vec<Cell> {
    if ids.is_empty() { vec![Cell::Empty] } else { ids.iter().map(|id| id.to_string().into()).collect() }
}
