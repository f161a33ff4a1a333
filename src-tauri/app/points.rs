//! The screen ポイント: events and points, how much of the repeat purchases hangs on them, and what follows.

use super::catalogue::Catalogue;
use super::customers::nameless;
use super::error::Error;
use super::item_words;
use super::point_figures;
use super::screens::Screen;
use super::session::{Session, view_of_everybody};
use super::words;
use crate::insight::attachment::{self, Attachment, Reviews};
use crate::insight::calendar::{Calendar, EventDays};
use crate::insight::dependence::{DependenceBand, Dependences};
use crate::insight::point_people::{PlaneQuarter, PointPeople};
use crate::insight::points::{self, IncentiveSums, Points, Question, RepeatEvents};
use crate::insight::{History, Scope, View, rfm};
use crate::shop::CustomerId;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Customers, items and months the window lists; the command line prints all.
const CUSTOMERS: usize = 20;
const ITEMS: usize = 30;
const MONTHS: usize = 24;
/// Repeat purchases from which a share is spoken of.
pub(super) const NEEDED: u32 = 30;

/// Everything, as `otokui points` prints it; `multiplier` is the one to lower.
pub fn all(session: &Session, scope: &Scope, multiplier: Option<u16>) -> Result<Screen<Points>, Error> {
    let mut answer = found(session, scope, multiplier, usize::MAX)?;
    name(session, &mut answer)?;
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures: BTreeMap::new(), finding })
}

/// What the window shows, with the figures `plane` and `bands`.
pub fn screen(session: &Session, scope: &Scope, multiplier: Option<u16>) -> Result<Screen<Points>, Error> {
    let mut answer = found(session, scope, multiplier, CUSTOMERS)?;
    answer.items.truncate(ITEMS);
    answer.cohorts.drain(..answer.cohorts.len().saturating_sub(MONTHS));
    name(session, &mut answer)?;
    let figures = point_figures::figures(&answer, &session.catalogue);
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures, finding })
}

fn found(session: &Session, scope: &Scope, multiplier: Option<u16>, listed: usize) -> Result<Points, Error> {
    let history = session.history()?;
    // What is expected of somebody is everybody's; the group asked for picks people.
    let Some(view) = view_of_everybody(session, &history, scope)? else { return Ok(Points::default()) };
    let in_group: Option<Vec<bool>> =
        scope.group.map(|group| rfm::scores(&view).1.iter().map(|score| score.group() == group).collect());
    let keep = |place: usize| in_group.as_ref().is_none_or(|in_group| in_group[place]);
    if !(0..view.customers.len()).any(keep) {
        return Ok(Points::default());
    }
    let known = Known::of(session, &view)?;
    let events = known.events(&history);
    let measured = Measured::of(session, &view, &known)?;
    Ok(points::points(&view, &Question { listed, ..measured.question(&events, multiplier, &keep) }))
}

/// The part that speaks of a period, for the group's people where one is asked for.
pub(super) fn of_period(session: &Session, scope: &Scope) -> Result<(Option<RepeatEvents>, IncentiveSums), Error> {
    let history = session.history()?;
    let Some(view) = view_of_everybody(session, &history, scope)? else { return Ok((None, IncentiveSums::default())) };
    let in_group: Option<Vec<bool>> =
        scope.group.map(|group| rfm::scores(&view).1.iter().map(|score| score.group() == group).collect());
    let keep = |place: usize| in_group.as_ref().is_none_or(|in_group| in_group[place]);
    let calendar = session.calendar()?;
    let dependences = session.dependences(&view)?;
    Ok(points::of_period(&view, &dependences, &laid_out(&calendar, &history), &keep))
}

/// What the ledger knows besides the orders.
struct Known {
    calendar: Arc<Calendar>,
    categories: crate::insight::category::Categories,
    reviews: Reviews,
}

impl Known {
    fn of(session: &Session, view: &View<'_>) -> Result<Known, Error> {
        let mut written: FxHashMap<CustomerId, u32> = FxHashMap::default();
        let reviews = session.ledger.reviews()?;
        let is_known = !reviews.is_empty();
        for review in reviews.iter().filter(|review| review.review.posted_at.day() <= view.as_of) {
            if let Some(customer) = review.customer_id {
                *written.entry(customer).or_default() += 1;
            }
        }
        Ok(Known {
            calendar: session.calendar()?,
            categories: item_words::categories(session, view.history)?,
            reviews: is_known.then_some(written),
        })
    }

    fn events(&self, history: &History) -> EventDays<'_> {
        laid_out(&self.calendar, history)
    }
}

fn laid_out<'c>(calendar: &'c Calendar, history: &History) -> EventDays<'c> {
    calendar.days(history.first_day().unwrap_or_default(), history.last_day().unwrap_or_default())
}

struct Measured {
    dependences: Arc<Dependences>,
    attachments: Vec<Attachment>,
}

impl Measured {
    fn of(session: &Session, view: &View<'_>, known: &Known) -> Result<Measured, Error> {
        let dependences = session.dependences(view)?;
        let attachments = attachment::attachments(view, &dependences, &known.categories, &known.reviews);
        Ok(Measured { dependences, attachments })
    }

    fn question<'q>(
        &'q self,
        events: &'q EventDays<'q>,
        multiplier: Option<u16>,
        keep: &'q dyn Fn(usize) -> bool,
    ) -> Question<'q> {
        let (dependences, attachments) = (&self.dependences, &self.attachments[..]);
        Question { dependences, attachments, events, multiplier, keep, listed: usize::MAX }
    }
}

/// Dependence on events of everybody in the view.
pub(super) fn dependences(session: &Session, view: &View<'_>) -> Result<Dependences, Error> {
    let calendar = session.calendar()?;
    Ok(Dependences::of(view, &laid_out(&calendar, view.history)))
}

/// Who is meant, one answer per place of the view.
pub(super) fn select(session: &Session, view: &View<'_>, people: PointPeople) -> Result<Vec<bool>, Error> {
    let known = Known::of(session, view)?;
    let events = known.events(view.history);
    let measured = Measured::of(session, view, &known)?;
    Ok(points::select(view, &measured.question(&events, None, &|_| true), people))
}

/// A band's name.
pub(super) fn band(band: DependenceBand, catalogue: &Catalogue) -> String {
    catalogue.word(&format!("dependence-{}", band.word().replace('_', "-")))
}

/// A quarter's name.
pub(super) fn quarter(quarter: PlaneQuarter, catalogue: &Catalogue) -> String {
    catalogue.word(&format!("plane-{}", quarter.word().replace('_', "-")))
}

/// Who is listed, in words.
pub(super) fn people_label(people: &PointPeople, catalogue: &Catalogue) -> String {
    let day = |day| words::day(day, catalogue.language);
    match people {
        PointPeople::Band(of) => catalogue.text("people-dependence", &[("band", band(*of, catalogue).into())]),
        PointPeople::Cell(of, level) => {
            catalogue.text("people-plane", &[("band", band(*of, catalogue).into()), ("level", (*level).into())])
        }
        PointPeople::Quarter(of) => catalogue.text("people-plane-part", &[("part", quarter(*of, catalogue).into())]),
        PointPeople::First(first) => {
            let first = catalogue.word(&format!("first-order-{}", first.word().replace('_', "-")));
            catalogue.text("people-first-order", &[("first", first.into())])
        }
        PointPeople::EventStart => catalogue.word("people-events-first"),
        PointPeople::EventLeft => catalogue.word("people-events-left"),
        PointPeople::EventOnly => catalogue.word("people-events-only"),
        PointPeople::Repeat(from, to) => {
            catalogue.text("people-repeat-events", &[("from", day(*from).into()), ("to", day(*to).into())])
        }
        PointPeople::Multiplier(from, to, times) => catalogue.text(
            "people-multiplier",
            &[("from", day(*from).into()), ("to", day(*to).into()), ("times", (*times).into())],
        ),
    }
}

fn name(session: &Session, answer: &mut Points) -> Result<(), Error> {
    let mut ids: Vec<CustomerId> = answer.customers.iter().map(|row| row.customer_id).collect();
    ids.sort_unstable();
    let names = session.ledger.names(Some(&ids))?;
    for row in &mut answer.customers {
        let known = names.get(&row.customer_id).cloned();
        row.display_name = known.unwrap_or_else(|| nameless(row.customer_id, &session.catalogue));
    }
    Ok(())
}

/// What share of the repeat purchases was on event days, against those who bought once, and what to do about it.
fn finding(answer: &Points, catalogue: &Catalogue) -> String {
    if answer.as_of.is_none() {
        return String::new();
    }
    let count = |count: u32| words::grouped(i64::from(count));
    let Some(repeat) = &answer.repeat else { return catalogue.word("finding-points-none") };
    if repeat.purchase_count < NEEDED {
        let args = [
            ("count", count(repeat.purchase_count).into()),
            ("hits", count(repeat.event_count).into()),
            ("need", NEEDED.into()),
        ];
        return catalogue.text("finding-points-few", &args);
    }
    let points = (repeat.excess.abs() * 100.0).round() as i64;
    // Less than chance can make is no difference.
    let differs = (repeat.share.low > repeat.expected_share || repeat.share.high < repeat.expected_share) && points > 0;
    let key = match (differs, repeat.excess > 0.0) {
        (false, _) => "finding-points-even",
        (true, true) => "finding-points-more",
        (true, false) => "finding-points-less",
    };
    let said = catalogue.text(
        key,
        &[
            ("count", count(repeat.purchase_count).into()),
            ("share", words::percent(repeat.share.value).into()),
            ("expected", words::percent(repeat.expected_share).into()),
            ("points", points.into()),
        ],
    );
    let hunters = answer.quarters.iter().find(|row| row.quarter == PlaneQuarter::BargainHunters);
    let dependent = hunters.map_or(0, |row| row.customer_count);
    let todo = if dependent > 0 {
        catalogue.text("finding-points-hunters", &[("people", count(dependent).into())])
    } else {
        catalogue.word("finding-points-keep")
    };
    words::sentences(&[said, todo], catalogue.language)
}
