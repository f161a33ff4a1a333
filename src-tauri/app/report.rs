//! The report: one HTML page with the figures, a workbook and CSV files with the lists. No names in any of them.

use super::comparison::{self, Compared, ComparisonQuery};
use super::error::Error;
use super::session::Session;
use super::words;
use super::{cohorts, customers, groups, lifetime_value, overview, profit, this_week};
use crate::chart::Canvas;
use crate::insight::Scope;
use crate::insight::cohort::Measure;
use crate::insight::people::CustomerRow;
use crate::shop::{Day, Yen};
use std::path::{Path, PathBuf};

mod lists;
mod page;
mod workbook;

/// Everything the report says, asked once.
struct Contents<'s> {
    session: &'s Session,
    overview: super::screens::Screen<crate::insight::overview::Overview>,
    profit: super::screens::Screen<crate::insight::profit::Profit>,
    groups: super::screens::Screen<crate::insight::rfm::Groups>,
    lifetime_value: super::screens::Screen<crate::insight::lifetime_value::LifetimeValue>,
    cohorts: super::screens::Screen<crate::insight::cohort::Cohorts>,
    actions: super::screens::Screen<super::screens::Actions>,
    customers: Vec<CustomerRow>,
    /// What it is restricted to, and the period beside another one, in words; empty without either.
    asked: String,
}

/// Writes `otokui-report.html`, `otokui-report.xlsx`, `customers.csv` and `actions.csv` into `out`, which is made
/// when it is not there; answers the paths. An existing report of the same name is replaced whole.
pub fn write(session: &Session, scope: &Scope, out: &Path) -> Result<Vec<PathBuf>, Error> {
    let contents = Contents {
        session,
        overview: overview::drawn(session, scope, &Canvas::WHOLE)?,
        profit: profit::screen(session, scope, None)?,
        groups: groups::screen(session, scope)?,
        lifetime_value: lifetime_value::screen(session, scope)?,
        cohorts: cohorts::screen(session, scope, Measure::Retention)?,
        actions: this_week::screen(session, scope)?,
        customers: customers::all(session, scope, None)?,
        asked: asked(session, scope)?,
    };
    std::fs::create_dir_all(out).map_err(|source| unwritable(out, source))?;
    let page = out.join("otokui-report.html");
    put(&page, page::html(&contents).as_bytes())?;
    let workbook = out.join("otokui-report.xlsx");
    put(&workbook, &workbook::bytes(&contents)?)?;
    let customers = out.join("customers.csv");
    put(&customers, lists::customers(&contents).as_bytes())?;
    let actions = out.join("actions.csv");
    put(&actions, lists::actions(&contents).as_bytes())?;
    Ok(vec![page, workbook, customers, actions])
}

/// The filters that are set, and what the comparison says.
fn asked(session: &Session, scope: &Scope) -> Result<String, Error> {
    let catalogue = &session.catalogue;
    let set: Vec<String> = [
        scope.mall.map(|mall| catalogue.word(&format!("mall-{mall}"))),
        scope.item.clone(),
        scope.category.clone(),
        scope.group.map(|group| groups::label(group, catalogue)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let filters = match set.is_empty() {
        true => String::new(),
        false => catalogue.text("report-filters", &[("filters", set.join(&catalogue.word("filter-and")).into())]),
    };
    let beside = comparison::answer(session, &ComparisonQuery::of(scope, Compared::Overview))?;
    let beside = beside.map(|found| found.finding).unwrap_or_default();
    Ok(words::sentences(&[filters, beside], catalogue.language))
}

/// Writes beside and renames, so that a half-written report never stands under its name.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let beside = path.with_extension("part");
    std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::rename(&beside, path))
        .map_err(|source| unwritable(path, source))
}

fn unwritable(path: &Path, source: std::io::Error) -> Error {
    Error::Write { path: path.display().to_string(), source }
}

impl Contents<'_> {
    fn word(&self, key: &str) -> String {
        self.session.catalogue.word(key)
    }

    fn yen(&self, amount: Yen) -> String {
        words::yen(amount, self.session.catalogue.language)
    }

    fn day(&self, day: Option<Day>) -> String {
        day.map(words::short_day).unwrap_or_default()
    }

    fn malls(&self, row: &CustomerRow) -> String {
        let names: Vec<String> = row.malls.iter().map(|mall| self.word(&format!("mall-{mall}"))).collect();
        names.join("・")
    }
}
