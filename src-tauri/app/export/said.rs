//! The tables of what the owner has told Otokui, written where there is something in them. Their layouts are the
//! profiles `assets/malls/otokui-*.json`; `intake::side` reads them back.

use super::super::error::Error;
use super::super::session::Session;
use super::beside::{Columns, put, table, text};
use super::paper::{Cell, Kind, Paper, Table};
use crate::intake::side::{self, CONTACT_KINDS, DECISIONS, Field, READINGS, RULE_CHANGES, in_table};
use crate::shop::said::{Named, Said, SaidContact, SaidDecision, SaidEvent, SaidNote, SaidSetting, SaidTaken};
use crate::shop::{CustomerId, Moment};
use rustc_hash::FxHashSet;

const SETTINGS: Columns<SaidSetting> = &[
    (Field::ChangeNumber, "change_number", Kind::Number, false, |s| Cell::Number(s.number)),
    (Field::ChangedAt, "changed_at", Kind::Moment, false, |s| Cell::Moment(s.changed_at)),
    (Field::SettingKey, "setting_key", Kind::Text, false, |s| text(&s.setting)),
    (Field::SettingValue, "setting_value", Kind::Text, false, |s| text(s.value.as_deref().unwrap_or_default())),
    (Field::HoldsFrom, "holds_from", Kind::Day, false, |s| Cell::day(s.holds_from)),
    (Field::UndoneAt, "undone_at", Kind::Moment, false, |s| moment(s.undone_at)),
    (Field::Occurrence, "occurrence", Kind::Number, false, |s| Cell::Number(s.occurrence.into())),
];

const EVENTS: Columns<SaidEvent> = &[
    (Field::ChangeNumber, "change_number", Kind::Number, false, |e| Cell::Number(e.number)),
    (Field::ChangedAt, "changed_at", Kind::Moment, false, |e| Cell::Moment(e.changed_at)),
    (Field::RuleKey, "rule_key", Kind::Text, false, |e| text(&e.rule_key)),
    (Field::RuleChange, "rule_change", Kind::Text, false, |e| in_table(RULE_CHANGES, &e.what).into()),
    (Field::Rule, "rule", Kind::Text, false, |e| text(e.rule.as_deref().unwrap_or_default())),
    (Field::UndoneAt, "undone_at", Kind::Moment, false, |e| moment(e.undone_at)),
    (Field::Occurrence, "occurrence", Kind::Number, false, |e| Cell::Number(e.occurrence.into())),
];

const OF_PEOPLE: Columns<SaidDecision> = &[
    (Field::ChangeNumber, "change_number", Kind::Number, false, |d| Cell::Number(d.number)),
    (Field::DecidedAt, "decided_at", Kind::Moment, false, |d| Cell::Moment(d.decided_at)),
    (Field::Decision, "decision", Kind::Text, false, |d| in_table(DECISIONS, &d.kind).into()),
    (Field::OneSide, "one_side", Kind::Text, false, |d| named(&d.sides[0])),
    (Field::OtherSide, "other_side", Kind::Text, false, |d| named(&d.sides[1])),
    (Field::Occurrence, "occurrence", Kind::Number, false, |d| Cell::Number(d.occurrence.into())),
];

/// A note, and the customers it is about by their numbers here, for reading.
type NoteRow = (SaidNote, Vec<CustomerId>);

/// What the owner writes may name people: without names there is no such table.
const NOTES: Columns<NoteRow> = &[
    (Field::CustomerNumbers, "customer_ids", Kind::Text, false, |(_, of)| {
        Cell::Text(of.iter().map(CustomerId::to_string).collect::<Vec<_>>().join("\n"))
    }),
    (Field::ChangeNumber, "change_number", Kind::Number, false, |(n, _)| Cell::Number(n.number)),
    (Field::WrittenAt, "note_written_at", Kind::Moment, false, |(n, _)| Cell::Moment(n.written_at)),
    (Field::ChangedAt, "note_changed_at", Kind::Moment, false, |(n, _)| Cell::Moment(n.changed_at)),
    (Field::NoteText, "customer_note", Kind::Text, true, |(n, _)| text(&n.text)),
    (Field::About, "about", Kind::Text, false, |(n, _)| named(&n.about)),
    (Field::Occurrence, "occurrence", Kind::Number, false, |(n, _)| Cell::Number(n.occurrence.into())),
];

const TAKEN: Columns<SaidTaken> = &[
    (Field::ChangeNumber, "change_number", Kind::Number, false, |t| Cell::Number(t.number)),
    (Field::ChangedAt, "taken_recorded_at", Kind::Moment, false, |t| Cell::Moment(t.recorded_at)),
    (Field::Date, "taken_on", Kind::Day, false, |t| Cell::Day(t.on)),
    (Field::Channel, "channel_key", Kind::Text, false, |t| text(&t.channel)),
    (Field::MallWord, "mall", Kind::Text, false, |t| text(t.mall.map_or("", |mall| mall.word()))),
    (Field::PeopleCount, "taken_people", Kind::Number, false, |t| Cell::Number(t.people_count.into())),
    (Field::Proposal, "proposal", Kind::Text, false, |t| {
        // Plain values always have a JSON form.
        text(&serde_json::to_string(&t.proposed).unwrap_or_default())
    }),
    (Field::PeopleBefore, "people_before", Kind::Number, false, |t| Cell::Number(t.people_before.into())),
    (Field::About, "reached", Kind::Text, false, |t| {
        let person = |names: &Vec<Named>| names.iter().map(Named::text).collect::<Vec<_>>().join("\n");
        Cell::Text(t.people.iter().map(person).collect::<Vec<_>>().join("\n\n"))
    }),
    (Field::Occurrence, "occurrence", Kind::Number, false, |t| Cell::Number(t.occurrence.into())),
];

/// What the owner writes may name people.
const CONTACTS: Columns<SaidContact> = &[
    (Field::ChangeNumber, "change_number", Kind::Number, false, |c| Cell::Number(c.number)),
    (Field::WrittenAt, "contact_written_at", Kind::Moment, false, |c| Cell::Moment(c.written_at)),
    (Field::MallWord, "mall", Kind::Text, false, |c| text(c.mall.word())),
    (Field::ContactKind, "contact_kind", Kind::Text, false, |c| in_table(CONTACT_KINDS, c.kind.word()).into()),
    (Field::Date, "contact_on", Kind::Day, false, |c| Cell::Day(c.on)),
    (Field::Name, "contact_name", Kind::Text, true, |c| text(&c.name)),
    (Field::Note, "contact_note", Kind::Text, true, |c| text(&c.note)),
    (Field::Tied, "tied", Kind::Flag, false, |c| Cell::from(c.is_tied)),
    (Field::About, "who", Kind::Text, false, |c| named(&c.who)),
    (Field::Occurrence, "occurrence", Kind::Number, false, |c| Cell::Number(c.occurrence.into())),
];

const WAYS: Columns<Reading> = &[
    (Field::ReadingKind, "reading_kind", Kind::Text, false, |r| r.kind.into()),
    (Field::Fingerprint, "fingerprint", Kind::Text, false, |r| text(&r.fingerprint)),
    (Field::FileName, "file", Kind::Text, false, |r| text(&r.file_name)),
    (Field::Headers, "headers", Kind::Text, false, |r| text(&r.headers)),
    (Field::Map, "map", Kind::Text, false, |r| text(&r.map)),
    (Field::CodeHeader, "code_header", Kind::Text, false, |r| text(&r.code_header)),
    (Field::CostHeader, "cost_header", Kind::Text, false, |r| text(&r.cost_header)),
    (Field::MallWord, "mall", Kind::Text, false, |r| text(&r.mall)),
    (Field::Store, "store", Kind::Text, false, |r| text(&r.store)),
    (Field::ChangedAt, "remembered_at", Kind::Moment, false, |r| moment(r.remembered_at)),
];

/// How files of one kind are read, as one row of all three kinds.
#[derive(Default)]
struct Reading {
    kind: &'static str,
    fingerprint: String,
    file_name: String,
    headers: String,
    map: String,
    code_header: String,
    cost_header: String,
    mall: String,
    store: String,
    remembered_at: Option<Moment>,
}

/// What is said, kind by kind.
#[derive(Default)]
struct Sorted {
    settings: Vec<SaidSetting>,
    events: Vec<SaidEvent>,
    decisions: Vec<SaidDecision>,
    notes: Vec<SaidNote>,
    taken: Vec<SaidTaken>,
    contacts: Vec<SaidContact>,
    readings: Vec<Reading>,
}

impl Sorted {
    fn of(all: Vec<Said>) -> Sorted {
        let mut sorted = Sorted::default();
        for said in all {
            match said {
                Said::Setting(setting) => sorted.settings.push(setting),
                Said::Event(event) => sorted.events.push(event),
                Said::Decision(decision) => sorted.decisions.push(decision),
                Said::Note(note) => sorted.notes.push(note),
                Said::Taken(taken) => sorted.taken.push(*taken),
                Said::Contact(contact) => sorted.contacts.push(contact),
                Said::Map(map) => sorted.readings.push(Reading {
                    kind: in_table(READINGS, "map"),
                    fingerprint: map.fingerprint,
                    file_name: map.file_name,
                    headers: map.headers,
                    map: map.map,
                    remembered_at: Some(map.remembered_at),
                    ..Reading::default()
                }),
                Said::Columns(columns) => sorted.readings.push(Reading {
                    kind: in_table(READINGS, "columns"),
                    fingerprint: columns.fingerprint,
                    code_header: columns.code_header,
                    cost_header: columns.cost_header,
                    ..Reading::default()
                }),
                Said::Store(store) => sorted.readings.push(Reading {
                    kind: in_table(READINGS, "store"),
                    mall: store.mall.to_string(),
                    store: store.store,
                    ..Reading::default()
                }),
            }
        }
        sorted
    }
}

/// Writes every table that has rows.
pub(super) fn write(session: &Session, with_names: bool, paper: &mut dyn Paper) -> Result<(), Error> {
    let mut said = Sorted::of(session.ledger.everything_said()?);
    if with_names {
        let mut customers = session.ledger.noted_customers()?;
        let of = |note: SaidNote| {
            let of_note = customers.remove(&note.number).unwrap_or_default();
            (note, of_note)
        };
        let notes: Vec<NoteRow> = std::mem::take(&mut said.notes).into_iter().map(of).collect();
        put(session, side::Kind::Notes, NOTES, &notes, true, paper)?;
    } else {
        // A hash is made of what a person is called: without names orders alone name people.
        let is_order = |named: &Named| matches!(named, Named::Order(..));
        said.decisions.iter_mut().flat_map(|decision| &mut decision.sides).for_each(|side| side.retain(is_order));
        said.contacts.iter_mut().for_each(|contact| contact.who.retain(is_order));
        said.taken.iter_mut().flat_map(|taken| &mut taken.people).for_each(|person| person.retain(is_order));
    }
    said.taken.iter_mut().for_each(|taken| taken.people.retain(|person| !person.is_empty()));
    put(session, side::Kind::Decisions, OF_PEOPLE, &said.decisions, with_names, paper)?;
    put(session, side::Kind::SettingChanges, SETTINGS, &said.settings, with_names, paper)?;
    put(session, side::Kind::EventChanges, EVENTS, &said.events, with_names, paper)?;
    put(session, side::Kind::Taken, TAKEN, &said.taken, with_names, paper)?;
    put(session, side::Kind::Contacts, CONTACTS, &said.contacts, with_names, paper)?;
    put(session, side::Kind::Readings, WAYS, &said.readings, with_names, paper)
}

/// Every table, whether it has rows or not.
pub(super) fn tables(session: &Session, with_names: bool) -> Vec<Table> {
    let mut tables = Vec::new();
    if with_names {
        tables.push(table(session, side::Kind::Notes, NOTES, true));
    }
    tables.extend([
        table(session, side::Kind::Decisions, OF_PEOPLE, with_names),
        table(session, side::Kind::SettingChanges, SETTINGS, with_names),
        table(session, side::Kind::EventChanges, EVENTS, with_names),
        table(session, side::Kind::Taken, TAKEN, with_names),
        table(session, side::Kind::Contacts, CONTACTS, with_names),
        table(session, side::Kind::Readings, WAYS, with_names),
    ]);
    tables
}

/// Orders that the owner has said are somebody else's, as their keys stand in the table of orders.
pub(super) fn separated(session: &Session) -> Result<FxHashSet<String>, Error> {
    let of = |said: Said| match said {
        Said::Decision(decision) if decision.kind == "separate" => decision.sides[0].first().map(Named::text),
        _ => None,
    };
    Ok(session.ledger.everything_said()?.into_iter().filter_map(of).collect())
}

fn moment(at: Option<Moment>) -> Cell {
    at.map_or(Cell::Empty, Cell::Moment)
}

/// Buyers by their orders, one in a line.
fn named(names: &[Named]) -> Cell {
    Cell::Text(names.iter().map(Named::text).collect::<Vec<_>>().join("\n"))
}
