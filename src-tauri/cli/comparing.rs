//! `--compare`: a period beside another one.

use super::arguments::{Asked, Noun};
use super::summary::table;
use super::{Document, print, print_json, say};
use crate::app::comparison::{self, Compared, Comparison, ComparisonQuery};
use crate::app::{Error, Session, words};
use crate::insight::history::Compare;
use serde::Serialize;

/// What `--json` prints when a comparison is asked for as well.
#[derive(Serialize)]
struct Both<'a, T> {
    answer: &'a T,
    /// Nothing for an empty ledger.
    comparison: Option<&'a Comparison>,
}

/// An answer, and beside it the comparison the options ask for.
pub(super) fn beside<D: Document>(
    session: &Session,
    answer: &D,
    asked: &Asked,
    query: ComparisonQuery,
    words: impl Fn(&Session, &D) -> String,
) -> Result<(), Error> {
    let comparison = comparison::answer(session, &query)?;
    if asked.json && asked.compare.is_some() {
        print_json(&Both { answer: answer.document(), comparison: comparison.as_ref() });
        return Ok(());
    }
    print(session, answer, asked.json, words);
    if let Some(comparison) = comparison {
        say(summary(session, &comparison).trim_end());
    }
    Ok(())
}

impl Asked {
    /// These options as a question of figures beside those of another period.
    pub(super) fn compared(&self, of: Compared) -> Result<ComparisonQuery, Error> {
        Ok(ComparisonQuery::of(&self.scope()?, of))
    }
}

/// The sentences and the table.
fn summary(session: &Session, comparison: &Comparison) -> String {
    let word = |key: &str| session.catalogue.word(key);
    let days = |from, to| format!("{}-{}", words::short_day(from), words::short_day(to));
    let head = vec![
        String::new(),
        days(comparison.from, comparison.to),
        days(comparison.other_from, comparison.other_to),
        word("compare-change"),
    ];
    let row = |row: &crate::app::comparison::ComparedRow| {
        vec![row.label.clone(), row.text.clone(), row.other_text.clone(), row.change.clone()]
    };
    let mut text = format!("\n{}\n", comparison.finding);
    comparison.notes.iter().for_each(|note| text += &format!("{note}\n"));
    if !comparison.rows.is_empty() {
        text += &table([head].into_iter().chain(comparison.rows.iter().map(row)).collect());
    }
    text
}

/// Why a noun knows no comparison, as a key, where one is asked for: silently left out, it would look like an answer.
pub(super) fn refusal(noun: &Noun) -> Option<&'static str> {
    let (asked, why) = match noun {
        Noun::Actions(asked) => (asked, "cli-compare-actions"),
        Noun::NextItems(asked) if asked.item.is_none() && asked.category.is_none() => (asked, "cli-compare-next-items"),
        Noun::Radar(asked) => (asked, "cli-compare-radar"),
        Noun::Customer { asked, .. } => (asked, "cli-compare-customer"),
        Noun::Basis(asked) => (asked, "cli-compare-basis"),
        Noun::Profit { asked, step: Some(_), .. } => (asked, "cli-compare-step"),
        _ => return None,
    };
    asked.compare.map(|_| why)
}

/// `previous_year`, or two days with two dots between them.
pub(super) fn compare(text: &str) -> Result<Compare, String> {
    if text == "previous_year" {
        return Ok(Compare::PreviousYear);
    }
    let days = text.split_once("..").and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    match days {
        Some((from, to)) if from <= to => Ok(Compare::Period { from, to }),
        _ => Err("previous_year, or FROM..TO like 2024-01-01..2024-03-31".to_owned()),
    }
}
