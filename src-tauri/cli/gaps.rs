//! Who comes back, as a document or as short text for a person at a terminal.

use super::arguments::Asked;
use super::summary::{finding, table};
use crate::app::coming_back::{self, step_name};
use crate::app::comparison::Compared;
use crate::app::screens::Screen;
use crate::app::{Error, Session, words};
use crate::insight::Interval;
use crate::insight::coming_back::{ComingBack, STEPS, StepShare, WINDOWS};
use crate::insight::gap_steps::GapStep;
use clap::Args;

/// What is asked about coming back.
#[derive(Debug, Args)]
pub(super) struct Gaps {
    #[command(flatten)]
    pub(super) asked: Asked,
    /// Days of a bar of the histograms: 5, 10 or 30
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32))]
    bins: u32,
}

impl Gaps {
    /// Prints the answer.
    pub(super) fn print(&self, session: &Session) -> Result<(), Error> {
        let screen = coming_back::all(session, &self.asked.scope()?, self.bins)?;
        super::beside(session, &screen, &self.asked, self.asked.compared(Compared::ComingBack)?, text)
    }
}

/// `32.1% (120)`; `4/7` while they are few; a dash where there is nobody.
fn share(of: Option<Interval>) -> String {
    match of {
        Some(share) if share.n < words::FEW => {
            format!("{}/{}", (share.value * f64::from(share.n)).round(), share.n)
        }
        Some(share) => format!("{} ({})", words::percent(share.value), words::grouped(i64::from(share.n))),
        None => "–".to_owned(),
    }
}

fn text(session: &Session, screen: &Screen<ComingBack>) -> String {
    let answer = &screen.answer;
    if answer.as_of.is_none() {
        return finding(session, &screen.finding);
    }
    let catalogue = &session.catalogue;
    let cell = |row: &StepShare| {
        let mut text = share(row.share);
        if row.year_before.is_some() {
            text += " ";
            text += &catalogue.text("cli-back-year-before", &[("share", share(row.year_before).into())]);
        }
        text
    };
    let head = WINDOWS.map(|days| catalogue.text("cli-back-days", &[("days", days.into())]));
    let mut rows = vec![[vec![String::new()], head.to_vec()].concat()];
    for (step, row) in STEPS.zip(answer.f.values()) {
        let cells = WINDOWS.iter().filter_map(|days| row.get(&days.to_string())).map(cell);
        rows.push([step_name(step, catalogue)].into_iter().chain(cells).collect());
    }
    let gap = |row: &GapStep| {
        let days = |days: Option<u32>| match days {
            Some(days) => catalogue.text("figure-days", &[("days", days.into())]),
            None => "–".to_owned(),
        };
        catalogue.text(
            "cli-back-gaps",
            &[
                ("step", step_name(row.step, catalogue).into()),
                ("median", days(row.median_days).into()),
                ("lower", days(row.lower_days).into()),
                ("upper", days(row.upper_days).into()),
                ("back", words::grouped(i64::from(row.return_count)).into()),
                ("waiting", words::grouped(i64::from(row.waiting_count)).into()),
            ],
        )
    };
    let gaps: Vec<String> = answer.steps.iter().map(gap).collect();
    let others = answer.other_definitions.iter().map(|row| vec![row.label.clone(), share(row.share)]).collect();
    let parts = [finding(session, &screen.finding), table(rows), gaps.join("\n") + "\n", table(others)];
    parts.join("\n")
}
