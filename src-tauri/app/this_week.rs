//! The screen 今週: what to do next.

use super::actions;
use super::catalogue::Catalogue;
use super::changes;
use super::error::Error;
use super::screens::{Actions, Screen, TakenSoFar};
use super::session::{Session, view_of_everybody};
use super::taken;
use super::words;
use crate::insight::rfm::ValueBasis;
use crate::insight::{Scope, value};
use crate::shop::Yen;
use std::collections::BTreeMap;

/// The cards and what changed, as `otokui actions` prints them. A group asked for in the scope restricts nothing here:
/// cards weigh everybody against each other.
pub fn answer(session: &Session, scope: &Scope) -> Result<Actions, Error> {
    let history = session.history()?;
    let Some(view) = view_of_everybody(session, &history, scope)? else {
        let value_basis = ValueBasis::NetSales;
        let so_far = taken::so_far(session, scope)?;
        return Ok(Actions { as_of: None, week_of: None, value_basis, cards: Vec::new(), changes: None, so_far });
    };
    let resting = taken::resting(session, scope, view.as_of)?;
    let findings = actions::found(&view, session.calendar()?.as_ref(), &resting);
    Ok(Actions {
        as_of: Some(view.as_of),
        week_of: Some(actions::week_of(view.as_of)),
        value_basis: value::basis(&view),
        cards: actions::cards(&findings, &view, &session.catalogue, session.today),
        changes: changes::since_last_import(session, &history, &view)?,
        so_far: TakenSoFar { resting_count: resting.len() as u32, ..taken::so_far(session, scope)? },
    })
}

/// The answer; cards need no drawing.
pub fn screen(session: &Session, scope: &Scope) -> Result<Screen<Actions>, Error> {
    let answer = answer(session, scope)?;
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures: BTreeMap::new(), finding })
}

/// How many things are worth doing and what they may bring.
pub(super) fn finding(answer: &Actions, catalogue: &Catalogue) -> String {
    if answer.as_of.is_none() {
        return String::new();
    }
    let this_week: Vec<_> = answer.cards.iter().filter(|card| card.this_week).collect();
    if this_week.is_empty() {
        return catalogue.word("finding-actions-none");
    }
    let sum = |end: fn(&crate::insight::Band) -> Yen| this_week.iter().map(|card| end(&card.worth)).sum::<Yen>();
    let worth = catalogue.text(
        "finding-actions",
        &[
            ("count", this_week.len().into()),
            ("low", words::rough_yen(sum(|worth| worth.low).max(Yen::ZERO), catalogue.language).into()),
            ("high", words::rough_yen(sum(|worth| worth.high), catalogue.language).into()),
        ],
    );
    let of_margin = match answer.value_basis {
        ValueBasis::ContributionMargin => catalogue.word("finding-actions-margin"),
        ValueBasis::NetSales => String::new(),
    };
    words::sentences(&[worth, of_margin], catalogue.language)
}
