//! Migrations and queries.

use super::source::{Source, sources};
use super::{Broken, holds};

const MIGRATIONS: &str = "src-tauri/ledger/migrations";
const QUERIES: &str = "src-tauri/ledger/queries";

fn sql<'a>(sources: &'a [Source], folder: &'a str) -> impl Iterator<Item = &'a Source> {
    sources.iter().filter(move |s| s.is_under(folder) && s.is("sql"))
}

#[test]
fn migrations_are_numbered_without_holes() {
    let rule = |sources: &[Source]| -> Broken {
        let numbered = sql(sources, MIGRATIONS).enumerate();
        let wrong = numbered.filter(|(at, s)| !s.stem().starts_with(&format!("{:04}_", at + 1)));
        wrong.map(|(_, s)| s.path.clone()).collect()
    };
    holds("Migrations are numbered without holes.", rule, &[("src-tauri/ledger/migrations/0003_a.sql", "")]);
}

#[test]
fn every_sql_file_is_used() {
    let named: String =
        sources().into_iter().filter(|s| s.room() == Some("ledger") && s.is("rs")).map(|s| s.text).collect();
    let rule = |sources: &[Source]| -> Broken {
        let files = sql(sources, MIGRATIONS).chain(sql(sources, QUERIES));
        files.filter(|s| !named.contains(&format!("/{}.sql\"", s.stem()))).map(|s| s.path.clone()).collect()
    };
    holds("Every SQL file is used.", rule, &[("src-tauri/ledger/queries/nobody_asks.sql", "")]);
}

#[test]
fn a_query_says_its_name_and_grain_first() {
    let rule = |sources: &[Source]| -> Broken {
        let silent = |s: &&Source| {
            let first = s.text.lines().next().unwrap_or_default();
            first.strip_prefix(&format!("-- {}: ", s.stem())).is_none_or(|grain| grain.len() <= 8)
        };
        sql(sources, QUERIES).filter(silent).map(|s| s.path.clone()).collect()
    };
    holds(
        "A query begins with its name and its grain: `-- sales: one row per …`.",
        rule,
        &[
            ("src-tauri/ledger/queries/a.sql", "select 1"),
            ("src-tauri/ledger/queries/a.sql", "-- b: one row per order\n"),
        ],
    );
}

#[test]
fn no_query_takes_every_column() {
    let star = |text: &str| {
        let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        text.contains("select *") || text.contains(".*,") || text.contains("select distinct *")
    };
    let rule = |sources: &[Source]| -> Broken {
        let files = sources.iter().filter(|s| s.room() == Some("ledger"));
        files.filter(|s| star(&s.text)).map(|s| s.path.clone()).collect()
    };
    holds("No `select *`.", rule, &[("src-tauri/ledger/queries/a.sql", "-- a: one row\nselect\n    *\nfrom orders")]);
}

#[test]
fn every_query_prepares_on_the_migrated_schema() {
    let all = sources();
    let ledger = || {
        let connection = rusqlite::Connection::open_in_memory().expect("memory");
        for migration in sql(&all, MIGRATIONS) {
            connection.execute_batch(&migration.text).unwrap_or_else(|error| panic!("{}: {error}", migration.path));
        }
        connection
    };
    let rule = |sources: &[Source]| -> Broken {
        let connection = ledger();
        let failure = |s: &Source| connection.prepare(&s.text).err().map(|error| format!("{}: {error}", s.path));
        sql(sources, QUERIES).filter_map(failure).collect()
    };
    holds(
        "Every query prepares on the migrated schema.",
        rule,
        &[("src-tauri/ledger/queries/a.sql", "-- a: one row\nselect no_such_column from orders")],
    );
}

#[test]
fn every_table_is_strict() {
    let rule = |sources: &[Source]| -> Broken {
        let mut broken = Vec::new();
        for source in sql(sources, MIGRATIONS) {
            let lines = source.text.lines().filter(|line| !line.trim_start().starts_with("--"));
            let statements = lines.collect::<Vec<_>>().join("\n");
            for table in statements.split("create table ").skip(1) {
                if !table.split(';').next().unwrap_or_default().contains("strict") {
                    broken.push(format!("{}: {}", source.path, table.lines().next().unwrap_or_default()));
                }
            }
        }
        broken
    };
    holds("Tables are strict.", rule, &[("src-tauri/ledger/migrations/0001_a.sql", "create table a (b text);")]);
}
