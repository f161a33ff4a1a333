//! The screen 戻ってきた人: who comes back, when, and why other products say something else.

use super::back_words;
use super::catalogue::Catalogue;
use super::error::Error;
use super::items::share_text;
use super::screens::Screen;
use super::session::{Session, view};
use super::words;
use crate::chart::bars::{self, Bar};
use crate::chart::{Canvas, Figure, gap_curves, gap_histogram, repeat_months};
use crate::insight::back_people::BackPeople;
use crate::insight::coming_back::{self, ComingBack, STEPS, WINDOWS};
use crate::insight::gap::RETURNS_NEEDED;
use crate::insight::gap_steps::{BinDays, GapStep};
use crate::insight::repeat::Window;
use crate::insight::{Interval, Scope};
use std::collections::BTreeMap;

/// The bars: every window of the second purchase, the middle one of the others.
const BARS: [(u32, u32); 6] = [(2, 90), (2, 180), (2, 365), (3, 180), (4, 180), (5, 180)];
/// People it takes before a share is drawn, or drawn as more than a hint.
const FEWEST: u32 = repeat_months::FEWEST;
/// Months with so many buyers it takes before months are drawn.
const MONTHS: usize = 2;
/// The curves, with their rows of numbers below.
const CURVES: Canvas<'static> = Canvas { id: "", width: 1080, height: 440 };
/// The histogram below them.
const HISTOGRAM: Canvas<'static> = Canvas { id: "", width: 1080, height: 300 };

/// Who comes back, as `otokui gaps` prints it; `bin_days` is 5, 10 or 30.
pub fn answer(session: &Session, scope: &Scope, bin_days: u32) -> Result<ComingBack, Error> {
    let bins = BinDays::of(bin_days).ok_or_else(|| Error::BadQuestion(bin_days.to_string()))?;
    let history = session.history()?;
    let view = view(session, &history, scope)?;
    let mut answer = coming_back::coming_back(view.as_ref(), bins);
    answer.other_definitions.iter_mut().for_each(|row| back_words::describe(row, &session.catalogue));
    Ok(answer)
}

/// The answer with the figures `f`, `months`, `curves` and `histogram`, the latter of the way to purchase `step` (2 to 5).
pub fn screen(session: &Session, scope: &Scope, step: u32, bin_days: u32) -> Result<Screen<ComingBack>, Error> {
    if !STEPS.contains(&step) {
        return Err(Error::BadQuestion(step.to_string()));
    }
    let answer = answer(session, scope, bin_days)?;
    let catalogue = &session.catalogue;
    let figures = figures(&answer, step, catalogue);
    let finding = finding(&answer, catalogue);
    Ok(Screen { answer, figures, finding })
}

/// An answer of the command line with its finding.
pub fn all(session: &Session, scope: &Scope, bin_days: u32) -> Result<Screen<ComingBack>, Error> {
    let answer = answer(session, scope, bin_days)?;
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures: BTreeMap::new(), finding })
}

/// 「2回目へ」.
pub fn step_name(step: u32, catalogue: &Catalogue) -> String {
    catalogue.text("back-step", &[("step", step.into())])
}

fn figures(answer: &ComingBack, step: u32, catalogue: &Catalogue) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    figures.extend(bars_figure(answer, catalogue).map(|figure| ("f".to_owned(), figure)));
    figures.extend(months_figure(answer, catalogue).map(|figure| ("months".to_owned(), figure)));
    figures.extend(curves_figure(answer, catalogue).map(|figure| ("curves".to_owned(), figure)));
    let asked = answer.steps.iter().find(|row| row.step == step && row.return_count >= RETURNS_NEEDED);
    figures.extend(asked.map(|row| ("histogram".to_owned(), histogram_figure(row, catalogue))));
    figures
}

fn bars_figure(answer: &ComingBack, catalogue: &Catalogue) -> Option<Figure> {
    let bar = |(purchase, days): (u32, u32)| {
        let row = answer.f.get(&format!("f{purchase}"))?.get(&days.to_string())?;
        let text = row
            .share
            .map_or_else(|| catalogue.text("items-few", &[("n", 0.into())]), |share| share_text(share, catalogue));
        let share = row.share.filter(|share| share.n >= FEWEST);
        let name = catalogue
            .text("back-step-within", &[("step", step_name(purchase, catalogue).into()), ("days", days.into())]);
        let people = BackPeople::Back(Window { purchase, days });
        Some(Bar {
            label: catalogue.text("region-back-step", &[("step", name.clone().into()), ("text", text.clone().into())]),
            name,
            value: share.map(|share| share.value),
            interval: share.map(|share| (share.low, share.high)),
            text,
            people: (row.return_count > 0).then(|| people.to_string()),
        })
    };
    let bars: Vec<Bar> = BARS.into_iter().filter_map(bar).collect();
    let canvas = Canvas { id: "steps", ..Canvas::HALF };
    bars.iter().any(|bar| bar.value.is_some()).then(|| bars::draw(&bars, &canvas))
}

fn months_figure(answer: &ComingBack, catalogue: &Catalogue) -> Option<Figure> {
    let share = |share: Option<Interval>| share.map_or_else(String::new, |share| words::percent(share.value));
    let label = |row: &coming_back::RepeatMonth| {
        let key = if row.share_year_before.is_some() { "region-back-month-year" } else { "region-back-month" };
        catalogue.text(
            key,
            &[
                ("month", words::month(row.month, catalogue.language).into()),
                ("people", words::grouped(i64::from(row.customer_count)).into()),
                ("back", words::grouped(i64::from(row.return_count)).into()),
                ("share", share(row.repeat_share).into()),
                ("before", share(row.share_year_before).into()),
            ],
        )
    };
    let year_before = catalogue.word("figure-year-before");
    let words = repeat_months::Words { year_before: &year_before, share: &whole_percent, label: &label };
    let enough = answer.months.iter().filter(|row| row.customer_count >= FEWEST).count();
    (enough >= MONTHS).then(|| repeat_months::draw(&answer.months, &words, &Canvas::HALF))
}

fn curves_figure(answer: &ComingBack, catalogue: &Catalogue) -> Option<Figure> {
    let steps: Vec<&GapStep> = answer.steps.iter().filter(|row| row.return_count >= RETURNS_NEEDED).collect();
    let label = |day: u32| {
        let line = |row: &&GapStep| {
            let point = row.curve.iter().find(|point| point.day == day)?;
            Some(catalogue.text(
                "region-back-line",
                &[
                    ("step", step_name(row.step, catalogue).into()),
                    ("share", words::percent(point.share).into()),
                    ("n", words::grouped(i64::from(point.at_risk)).into()),
                ],
            ))
        };
        let lines: Vec<String> = steps.iter().filter_map(line).collect();
        catalogue.text("region-back-curve", &[("days", day.into()), ("lines", lines.join(" / ").into())])
    };
    let words_of_curves = gap_curves::Words {
        step: &|row| step_name(row.step, catalogue),
        share: &whole_percent,
        days: &|days| catalogue.text("figure-days", &[("days", days.into())]),
        count: &|count| words::grouped(i64::from(count)),
        at_risk: &catalogue.word("back-at-risk"),
        label: &label,
    };
    (!steps.is_empty()).then(|| gap_curves::draw(&steps, &words_of_curves, &CURVES))
}

fn histogram_figure(row: &GapStep, catalogue: &Catalogue) -> Figure {
    let words_of_bars = gap_histogram::Words {
        count: &|count| words::grouped(count.round() as i64),
        share: &whole_percent,
        days: &|days| catalogue.text("figure-days", &[("days", days.into())]),
        cumulative: &catalogue.word("back-cumulative"),
        label: &|bins| {
            let (Some(first), Some(last)) = (bins.first(), bins.last()) else { return String::new() };
            let people: u32 = bins.iter().map(|bin| bin.return_count).sum();
            catalogue.text(
                "region-back-bins",
                &[
                    ("from", first.from_day.into()),
                    ("to", last.to_day.into()),
                    ("people", words::grouped(i64::from(people)).into()),
                    ("share", words::percent(last.cumulative_share).into()),
                ],
            )
        },
    };
    gap_histogram::draw(row, &words_of_bars, &HISTOGRAM)
}

fn whole_percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// How many come back against a year before, and whom to write to now; while there is nobody, by when people come back.
fn finding(answer: &ComingBack, catalogue: &Catalogue) -> String {
    if answer.as_of.is_none() {
        return String::new();
    }
    let f2 = answer.f.get("f2").and_then(|windows| windows.get(&WINDOWS[0].to_string()));
    let share = f2.map(|row| words::second_purchase(row.share, row.year_before, catalogue)).unwrap_or_default();
    let step = answer.steps.first();
    let due = step.and_then(|row| row.due);
    let next = match (due, step) {
        (Some(due), _) if due.customer_count > 0 => catalogue.text(
            "finding-back-due",
            &[
                ("from", due.from_day.into()),
                ("to", due.to_day.into()),
                ("people", words::grouped(i64::from(due.customer_count)).into()),
            ],
        ),
        (Some(due), _) => {
            catalogue.text("finding-back-gap", &[("median", due.from_day.into()), ("lapse", due.to_day.into())])
        }
        (None, Some(row)) => {
            catalogue.text("finding-back-few", &[("have", row.return_count.into()), ("need", RETURNS_NEEDED.into())])
        }
        (None, None) => String::new(),
    };
    words::sentences(&[share, next], catalogue.language)
}
