//! The same answers without a window.
//!
//! `--json` prints one document on stdout and nothing else; everything else goes to stderr. A failure is one
//! sentence and exit code 1, wrong usage 2.

mod arguments;
mod changes;
mod columns;
mod comparing;
mod contacts;
mod document;
mod gaps;
mod groups;
mod growth_summary;
mod item_summary;
mod names;
mod notes;
mod points;
mod summary;
mod taken;
mod values;

use crate::app::catalogue::Args;
use crate::app::comparison::{Compared, ComparisonQuery};
use crate::app::screens::{FileState, NewSetting};
use crate::app::{
    self, Error, Session, Watch, basis, cohorts, customers, export, growth_map, identity, imports, items,
    lifetime_value, next_items, orders, overview, profit, radar, reconciliation, report, settings, stores, this_week,
};
use crate::insight::Scope;
use crate::shop::CustomerId;
use arguments::{Arguments, Noun};
use changes::{IdentityDecision, SettingsChange};
use clap::Parser;
use columns::Columns;
use comparing::beside;
use document::Document;
use serde::Serialize;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs one command.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    app::log::watch_panics();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            // Asking for help is no mistake.
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let language = arguments.language();
    if let Some(why) = comparing::refusal(&arguments.noun) {
        let catalogue = crate::app::catalogue::Catalogue::new(language);
        eprintln!("{}", catalogue.text("cli-compare-refused", &[("why", catalogue.word(why).into())]));
        return ExitCode::from(2);
    }
    if let Noun::Sample { orders, seed, out, json } = &arguments.noun {
        return match crate::sample::write(*orders, *seed, out) {
            Ok(paths) => {
                print_paths(&paths, *json);
                ExitCode::SUCCESS
            }
            Err(error) => fail(&error.to_string()),
        };
    }
    let Some(ledger) = arguments.noun.ledger() else {
        let _ = Arguments::without_ledger().print();
        return ExitCode::from(2);
    };
    let session = match &arguments.noun {
        // A description that describes nothing makes no ledger.
        Noun::Import { map: Some(map), .. } => imports::layouts(map).and_then(|layouts| {
            let mut session = Session::open(ledger, language)?;
            session.layouts = layouts;
            Ok(session)
        }),
        Noun::Import { .. } => Session::open(ledger, language),
        _ => Session::open_existing(ledger, language),
    };
    let mut session = match session {
        Ok(session) => session,
        Err(error) => {
            let catalogue = crate::app::catalogue::Catalogue::new(language);
            return fail(&error.answer(&catalogue).message);
        }
    };
    match answer(&mut session, &arguments.noun) {
        Ok(code) => code,
        Err(error) => fail(&error.answer(&session.catalogue).message),
    }
}

fn answer(session: &mut Session, noun: &Noun) -> Result<ExitCode, Error> {
    match noun {
        Noun::Import { files, columns, store, json, names, .. } => {
            names::settle(session, names)?;
            if let Some(store) = store {
                stores::name(session, store)?;
            }
            return import(session, files, columns.as_ref(), *json);
        }
        Noun::Undo { batch, json, .. } => {
            imports::undo(session, *batch)?;
            if *json {
                print_json(&Undone { batch_id: *batch });
            } else {
                note(session, "cli-undone", &[("batch", (*batch).into())]);
            }
        }
        Noun::Imports { json, .. } => {
            let imports = imports::imports(session)?;
            print(session, &imports, *json, summary::imports);
        }
        Noun::Reconciliation { json, .. } => {
            print(session, &reconciliation::answer(session)?, *json, summary::reconciliation);
        }
        Noun::Overview(asked) => {
            let scope = asked.scope()?;
            let query = asked.compared(Compared::Overview)?;
            beside(session, &overview::screen(session, &scope)?, asked, query, summary::overview)?;
        }
        Noun::Groups(asked) => {
            let question = asked.query()?;
            let query = ComparisonQuery { rules: question.rules.clone(), ..asked.asked.compared(Compared::Groups)? };
            beside(session, &app::groups::drawn(session, &question)?, &asked.asked, query, groups::text)?;
        }
        Noun::Cohorts { asked, measure, by } => {
            let screen = cohorts::all(session, &asked.scope()?, *measure, *by)?;
            beside(session, &screen, asked, asked.compared(Compared::Ltv)?, summary::cohorts)?;
        }
        Noun::Ltv { asked, value, by } => {
            let net_sales = value == "net_sales";
            let screen = lifetime_value::all(session, &asked.scope()?, *by, net_sales)?;
            let query = ComparisonQuery { net_sales, ..asked.compared(Compared::Ltv)? };
            beside(session, &screen, asked, query, summary::lifetime_value)?;
        }
        Noun::Gaps(gaps) => gaps.print(session)?,
        Noun::GrowthMap(asked) => {
            let screen = growth_map::screen(session, &asked.scope()?)?;
            beside(session, &screen, asked, asked.compared(Compared::GrowthMap)?, growth_summary::growth_map)?;
        }
        Noun::Actions(asked) => {
            print(session, &this_week::screen(session, &asked.scope()?)?, asked.json, summary::actions);
        }
        Noun::Items(asked) => {
            let screen = items::all(session, &asked.scope()?)?;
            beside(session, &screen, asked, asked.compared(Compared::Items)?, item_summary::items)?;
        }
        Noun::NextItems(asked) => {
            let screen = next_items::screen(session, &asked.scope()?, None)?;
            let mut query = asked.compared(Compared::Item)?;
            // An item asked for is the answer, whatever its category.
            query.scope.category = query.scope.category.filter(|_| asked.item.is_none());
            beside(session, &screen, asked, query, item_summary::next_items)?;
        }
        Noun::Radar(asked) => {
            print(session, &radar::all(session, &asked.scope()?)?, asked.json, item_summary::radar);
        }
        Noun::Customers { asked, people } => {
            let rows = customers::all(session, &asked.scope()?, people.as_deref())?;
            // Of some people not the shop's sums, but what they bought.
            let of = if people.is_some() { Compared::Orders } else { Compared::Overview };
            let query = ComparisonQuery { people: people.clone(), ..asked.compared(of)? };
            beside(session, &rows, asked, query, |session, rows| summary::customers(session, rows))?;
        }
        Noun::Customer { id, asked } => {
            let screen = customers::customer(session, CustomerId(*id), &asked.scope()?)?;
            print(session, &screen, asked.json, summary::customer);
        }
        Noun::Notes(asked) => notes::answer(session, asked)?,
        Noun::Taken(asked) => taken::answer(session, asked)?,
        Noun::Contacts(asked) => contacts::answer(session, asked)?,
        Noun::Orders(asked) => {
            let rows = orders::asked(session, &asked.scope()?)?;
            let query = asked.compared(Compared::Orders)?;
            beside(session, &rows, asked, query, |session, rows| summary::orders(session, rows))?;
        }
        Noun::Basis(asked) => print_basis(session, &asked.scope()?, asked.json)?,
        Noun::Profit { asked, event, step: None } => {
            let screen = profit::screen(session, &asked.scope()?, event.as_deref())?;
            let query = ComparisonQuery { event: event.clone(), ..asked.compared(Compared::Profit)? };
            beside(session, &screen, asked, query, summary::profit)?;
        }
        Noun::Profit { asked, event, step: Some(step) } => {
            let orders = profit::orders(session, &asked.scope()?, event.as_deref(), *step)?;
            print(session, &orders, asked.json, summary::profit_orders);
        }
        Noun::Settings { json, change: Some(SettingsChange::RecoveryCode), .. } => names::print_code(session, *json)?,
        Noun::Settings { json, change, .. } => {
            let settings = match change {
                None | Some(SettingsChange::RecoveryCode) => settings::answer(session)?,
                Some(SettingsChange::Set { key, value, from }) => {
                    let value = (value != "default").then(|| value.clone());
                    let new = NewSetting { key: key.clone(), value, holds_from: *from, confirm: false };
                    settings::change(session, &[new])?
                }
                Some(SettingsChange::Confirm { keys }) => settings::confirm(session, keys)?,
                Some(SettingsChange::Undo { change }) => settings::undo(session, *change)?,
            };
            print(session, &settings, *json, summary::settings);
        }
        Noun::Points { asked, multiplier } => {
            let screen = crate::app::points::all(session, &asked.scope()?, *multiplier)?;
            beside(session, &screen, asked, asked.compared(Compared::Points)?, points::points)?;
        }
        Noun::Events { json, change, .. } => {
            let rules = points::events(session, change.as_ref())?;
            print(session, &rules, *json, points::rules);
        }
        Noun::Identity { decision: Some(decision), json, .. } => {
            let decided = decide(session, decision)?;
            if *json {
                print_json(&decided);
            } else {
                let key =
                    if matches!(decision, IdentityDecision::Undo { .. }) { "cli-undecided" } else { "cli-decided" };
                note(session, key, &[("decision", decided.decision_id.into())]);
            }
        }
        Noun::Identity { decision: None, json, .. } => {
            print(session, &identity::full_screen(session)?, *json, summary::identity);
        }
        Noun::Report { asked, out } => print_paths(&report::write(session, &asked.scope()?, out)?, asked.json),
        Noun::Export { out, format, no_names, json, .. } => {
            let (answer, paths) = export::write(session, out, *format, !no_names, &watch())?;
            if *json {
                print_json(&answer);
            } else {
                print_paths(&paths, false);
            }
            let orders = crate::app::words::grouped(answer.export.orders as i64);
            note(session, "export-written", &[("orders", orders.into())]);
            if answer.export.with_names {
                note(session, "export-personal", &[]);
            }
        }
        Noun::Problems { batch, json, .. } => {
            let problems = imports::problems(session, *batch)?;
            if *json {
                print_json(&problems);
            } else {
                problems.problems.iter().for_each(|row| say(&format!("{}  {}", row.file, row.problem.message)));
            }
        }
        Noun::Sample { .. } => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Tells a person at a terminal how far it is.
fn watch() -> Watch {
    let shows_progress = std::io::stderr().is_terminal();
    Watch::new(Box::new(move |progress| {
        if shows_progress && progress.total > 0 {
            eprint!("\r{:3}% ", progress.done * 100 / progress.total);
        }
    }))
}

/// What `undo` prints with `--json`.
#[derive(Serialize)]
struct Undone {
    batch_id: i64,
}

/// What a decision about who is who prints with `--json`.
#[derive(Serialize)]
struct Decided {
    decision_id: i64,
}

fn decide(session: &mut Session, decision: &IdentityDecision) -> Result<Decided, Error> {
    let decision_id = match decision {
        IdentityDecision::Join { a, b } => identity::join(session, CustomerId(*a), CustomerId(*b))?,
        IdentityDecision::Apart { a, b } => identity::apart(session, CustomerId(*a), CustomerId(*b))?,
        IdentityDecision::Separate { order } => identity::separate(session, order)?,
        IdentityDecision::Undo { decision } => {
            identity::undo(session, *decision)?;
            *decision
        }
    };
    Ok(Decided { decision_id })
}

/// What `report` and `sample` print with `--json`.
#[derive(Serialize)]
struct Written {
    files: Vec<String>,
}

/// What `import` prints with `--json`.
#[derive(Serialize)]
struct Imported {
    files: Vec<crate::app::screens::FileAnswer>,
}

fn import(session: &mut Session, files: &[PathBuf], columns: Option<&Columns>, json: bool) -> Result<ExitCode, Error> {
    if let Some(columns) = columns {
        imports::choose_columns(session, files, None, &columns.code, &columns.cost)?;
    }
    let files = imports::record(session, files, &watch())?;
    if std::io::stderr().is_terminal() {
        eprint!("\r");
    }
    let is_refused = |state| matches!(state, FileState::Refused | FileState::NeedsColumns | FileState::NeedsMap);
    let refused = files.iter().any(|file| is_refused(file.state));
    for file in &files {
        if is_refused(file.state) || !json {
            let how =
                if file.state == FileState::NeedsMap { session.catalogue.word("cli-needs-map") } else { String::new() };
            let message = file.message.clone() + &how;
            note(session, "cli-imported", &[("file", file.file.clone().into()), ("message", message.into())]);
            file.problems.iter().take(if json { 0 } else { 20 }).for_each(|problem| eprintln!("  {}", problem.message));
        }
    }
    if json {
        print_json(&Imported { files });
    }
    Ok(ExitCode::from(u8::from(refused)))
}

/// What the figures rest on, one fact a line.
fn print_basis(session: &Session, scope: &Scope, json: bool) -> Result<(), Error> {
    let basis = basis::answer(session, scope)?;
    if json {
        print_json(&basis);
    } else {
        say(&summary::basis(session, &basis));
    }
    Ok(())
}

fn print<D: Document>(session: &Session, answer: &D, json: bool, words: impl Fn(&Session, &D) -> String) {
    if json {
        print_json(answer.document());
    } else {
        say(words(session, answer).trim_end());
    }
}

/// Where the files are, one path a line.
fn print_paths(paths: &[PathBuf], json: bool) {
    let files: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    if json {
        print_json(&Written { files });
    } else {
        say(&files.join("\n"));
    }
}

fn print_json(document: &impl Serialize) {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    // A reader that has gone away (`| head`) is no failure of ours.
    let _ = serde_json::to_writer_pretty(&mut out, document);
    let _ = writeln!(out);
}

fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn note(session: &Session, key: &str, args: &Args<'_>) {
    eprintln!("{}", session.catalogue.text(key, args));
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(1)
}

impl arguments::Asked {
    /// The scope these options ask for.
    fn scope(&self) -> Result<Scope, Error> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Error::BadQuestion(format!("--from {from} --to {to}")));
        }
        Ok(Scope {
            as_of: self.as_of,
            from: self.from,
            to: self.to,
            mall: self.mall,
            item: self.item.clone(),
            category: self.category.clone(),
            group: self.group,
            compare: self.compare,
        })
    }

    fn ledger(&self) -> &Path {
        &self.ledger
    }
}
