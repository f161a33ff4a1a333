//! The tables for people: what each column means, customers, imports, rows that could not be read.

use super::super::customers;
use super::super::error::Error;
use super::super::groups::label;
use super::super::intake_words::{profile_label, sha256_text};
use super::super::kept::Kept;
use super::super::rates::rates;
use super::super::session::Session;
use super::paper::{Cell, Column, Kind, Paper, Table};
use super::{beside, contacted, orders, said};
use crate::insight::Scope;
use crate::shop::Moment;

/// Columns of a list: stable name, kind, whether it is about a person. Its head is `export-head-<name>`.
pub(super) type Columns = &'static [(&'static str, Kind, bool)];

const ABOUT: Columns = &[
    ("table", Kind::Text, false),
    ("column", Kind::Text, false),
    ("name", Kind::Text, false),
    ("kind", Kind::Text, false),
    ("meaning", Kind::Text, false),
];

const CUSTOMERS: Columns = &[
    ("customer_id", Kind::Text, false),
    ("display_name", Kind::Text, true),
    ("malls", Kind::Text, false),
    ("group", Kind::Text, false),
    ("order_count", Kind::Number, false),
    ("first_purchase_on", Kind::Day, false),
    ("last_purchase_on", Kind::Day, false),
    ("net_sales", Kind::Yen, false),
];

const SETTINGS: Columns = &[
    ("setting_key", Kind::Text, false),
    ("setting_name", Kind::Text, false),
    ("setting_value", Kind::Text, false),
    ("setting_from_on", Kind::Day, false),
    ("changed_at", Kind::Moment, false),
];

const IMPORTS: Columns = &[
    ("batch_id", Kind::Text, false),
    ("recorded_at", Kind::Moment, false),
    ("file", Kind::Text, false),
    ("sha256", Kind::Text, false),
    ("profile", Kind::Text, false),
    ("first_on", Kind::Day, false),
    ("last_on", Kind::Day, false),
    ("rows", Kind::Number, false),
    ("used", Kind::Number, false),
    ("skipped", Kind::Number, false),
    ("problem_rows", Kind::Number, false),
    ("orders_new", Kind::Number, false),
    ("orders_updated", Kind::Number, false),
    ("orders_unchanged", Kind::Number, false),
];

const PROBLEMS: Columns = &[
    ("batch_id", Kind::Text, false),
    ("file", Kind::Text, false),
    ("row", Kind::Number, false),
    ("column", Kind::Text, false),
    ("problem", Kind::Text, false),
    ("found", Kind::Text, true),
];

pub(super) fn table(session: &Session, name: &str, columns: Columns, with_names: bool) -> Table {
    let word = |key: String| session.catalogue.word(&key);
    let personal = with_names && columns.iter().any(|(.., personal)| *personal);
    let suffix = if personal { word("export-file-personal".into()) } else { String::new() };
    Table {
        file: format!("lists/{name}{suffix}"),
        sheet: word(format!("export-sheet-{name}")),
        columns: columns
            .iter()
            .filter(|(.., personal)| with_names || !personal)
            .map(|(id, kind, _)| Column {
                id,
                head: word(format!("export-head-{}", id.replace('_', "-"))),
                kind: *kind,
            })
            .collect(),
        personal,
    }
}

/// The first sheet: what is in the export, and every column with its meaning.
pub(super) fn about(session: &Session, with_names: bool, paper: &mut dyn Paper) -> Result<(), Error> {
    paper.table(&table(session, "about", ABOUT, with_names))?;
    let catalogue = &session.catalogue;
    let word = |key: &str| catalogue.word(key);
    let line = |text: String| vec![text.into(), Cell::from(""), "".into(), "".into(), "".into()];
    let note = if with_names { "export-personal" } else { "export-no-names" };
    paper.rows(&[line(word("export-about")), line(word(note)), line(word("export-about-again"))])?;
    for row in schema(session, with_names) {
        paper.rows(&[row.into_iter().map(Cell::from).collect()])?;
    }
    Ok(())
}

/// Every column of every table: table, head, stable name, kind, meaning.
pub(super) fn schema(session: &Session, with_names: bool) -> Vec<[String; 5]> {
    let catalogue = &session.catalogue;
    let mut rows = Vec::new();
    let mut tables = vec![orders::table(session, with_names)];
    tables.extend(beside::tables(session, with_names));
    tables.extend(said::tables(session, with_names));
    tables.push(table(session, "customers", CUSTOMERS, with_names));
    tables.extend(contacted::tables(session, with_names));
    tables.extend([
        table(session, "settings", SETTINGS, with_names),
        table(session, "imports", IMPORTS, with_names),
        table(session, "problems", PROBLEMS, with_names),
    ]);
    for table in tables {
        for column in table.columns {
            let kind = match column.kind {
                Kind::Text => "text",
                Kind::Number => "number",
                Kind::Yen => "yen",
                Kind::Amount => "amount",
                Kind::Flag => "flag",
                Kind::Day => "day",
                Kind::Moment => "moment",
            };
            rows.push([
                table.sheet.clone(),
                column.head,
                column.id.to_owned(),
                catalogue.word(&format!("export-kind-{kind}")),
                catalogue.word(&format!("export-meaning-{}", column.id.replace('_', "-"))),
            ]);
        }
    }
    rows
}

/// Customers with at least one sale, what the owner has set, imports with their files, and rows that could not be read.
pub(super) fn others(session: &Session, with_names: bool, paper: &mut dyn Paper) -> Result<(), Error> {
    customers(session, with_names, paper)?;
    contacted::write(session, with_names, paper)?;
    settings(session, with_names, paper)?;
    let catalogue = &session.catalogue;
    paper.table(&table(session, "imports", IMPORTS, with_names))?;
    let batches = session.ledger.batches()?;
    for batch in batches.iter().rev() {
        for file in &batch.files {
            let count = |count: u64| Cell::Number(count as i64);
            paper.rows(&[vec![
                batch.batch_id.to_string().into(),
                Cell::Moment(batch.recorded_at),
                file.file_name.clone().into(),
                sha256_text(&file.sha256).into(),
                profile_label(&file.profile, catalogue).into(),
                Cell::day(batch.first_at.map(Moment::day)),
                Cell::day(batch.last_at.map(Moment::day)),
                count(file.rows_total),
                count(file.rows_used),
                count(file.rows_skipped),
                count(file.rows_problem),
                count(batch.counts.orders_new),
                count(batch.counts.orders_updated),
                count(batch.counts.orders_unchanged),
            ]])?;
        }
    }
    paper.table(&table(session, "problems", PROBLEMS, with_names))?;
    for batch in batches.iter().rev() {
        for (file, problem) in session.ledger.problems(batch.batch_id, u32::MAX)? {
            let mut row = vec![
                batch.batch_id.to_string().into(),
                file.into(),
                Cell::Number(problem.row_number as i64),
                problem.column_name.into(),
                catalogue.word(&format!("problem-kind-{}", problem.kind.replace('_', "-"))).into(),
            ];
            if with_names {
                row.push(problem.found.into());
            }
            paper.rows(&[row])?;
        }
    }
    Ok(())
}

fn customers(session: &Session, with_names: bool, paper: &mut dyn Paper) -> Result<(), Error> {
    let catalogue = &session.catalogue;
    paper.table(&table(session, "customers", CUSTOMERS, with_names))?;
    for customer in customers::all(session, &Scope::default(), None)? {
        let malls: Vec<String> = customer.malls.iter().map(|mall| catalogue.word(&format!("mall-{mall}"))).collect();
        let mut row: Vec<Cell> = vec![customer.customer_id.to_string().into()];
        if with_names {
            row.push(customer.display_name.into());
        }
        row.extend([
            malls.join(&catalogue.word("list-comma")).into(),
            label(customer.group, catalogue).into(),
            Cell::Number(i64::from(customer.order_count)),
            Cell::Day(customer.first_purchase_on),
            Cell::Day(customer.last_purchase_on),
            Cell::Number(customer.net_sales.0),
        ]);
        paper.rows(&[row])?;
    }
    Ok(())
}

/// Settings as the owner has set them; the table is not written where the owner has set none.
fn settings(session: &Session, with_names: bool, paper: &mut dyn Paper) -> Result<(), Error> {
    let kept = Kept::of(&session.ledger.setting_changes()?);
    let rates = rates();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for setting in &rates.settings {
        for (from, own) in kept.own(&setting.key) {
            rows.push(vec![
                setting.key.as_str().into(),
                session.catalogue.word(&format!("setting-{}", setting.key.replace(['.', '_'], "-"))).into(),
                own.value.as_str().into(),
                Cell::day(from),
                Cell::Moment(own.changed_at),
            ]);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    paper.table(&table(session, "settings", SETTINGS, with_names))?;
    rows.into_iter().try_for_each(|row| paper.rows(&[row]))
}
