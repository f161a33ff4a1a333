//! Who is asked for, among everybody of a view.

use crate::app::acquired::Knowledge;
use crate::app::error::Error;
use crate::app::session::{Session, at_period_end, view_of_everybody};
use crate::app::{points, profit, taken, this_week};
use crate::insight::history::KeptView;
use crate::insight::people::{self, CustomerRow, People, Rows};
use crate::insight::{History, Scope, View};
use std::sync::Arc;

/// Some of a view's customers, with all it takes to make their rows.
pub(super) struct Selection {
    /// Places in the view, ascending unless they have been sorted.
    pub places: Vec<u32>,
    /// Nothing where nobody has bought.
    of: Option<Of>,
}

struct Of {
    history: Arc<History>,
    kept: KeptView,
    measured: Scope,
    rows: Arc<Rows>,
}

impl Selection {
    /// Everybody.
    pub fn view(&self) -> Option<View<'_>> {
        let of = self.of.as_ref()?;
        Some(View::again(&of.history, of.kept.clone(), &of.measured))
    }

    /// What their rows are made from.
    pub fn rows(&self) -> Option<&Rows> {
        self.of.as_ref().map(|of| &*of.rows)
    }

    /// The rows at some of the places.
    pub fn rows_at(&self, places: &[u32]) -> Vec<CustomerRow> {
        let Some((view, rows)) = self.view().zip(self.rows()) else { return Vec::new() };
        rows.rows(&view, places.iter().map(|&place| place as usize))
    }

    /// The rows of all of them.
    pub fn all_rows(&self) -> Vec<CustomerRow> {
        self.rows_at(&self.places)
    }
}

/// Those a scope and people in it ask for.
pub(super) fn of(session: &Session, scope: &Scope, people: Option<&str>) -> Result<Selection, Error> {
    let people =
        people.map(|text| text.parse::<People>().map_err(|()| Error::BadQuestion(text.to_owned()))).transpose()?;
    let history = session.history()?;
    // The list and the groups are those of the period's last day; other figures name their own days.
    let ends = matches!(people, None | Some(People::Group(_) | People::Cell { .. }));
    let measured = match people {
        _ if ends => at_period_end(scope),
        // The people of an item are those of the whole shop's orders, as its list counts them.
        Some(People::Items(_)) => scope.of_all_items(),
        _ => scope.clone(),
    };
    // Groups are decided among everybody; the group asked for then picks rows.
    let Some(view) = view_of_everybody(session, &history, &measured)? else {
        return Ok(Selection { places: Vec::new(), of: None });
    };
    let of_rows = Scope { group: None, from: None, to: None, compare: None, ..measured.clone() };
    let rows = session.rows(&view, &of_rows)?;
    let everybody = 0..view.customers.len() as u32;
    let chosen = |chosen: &[bool]| (0..).zip(chosen).filter(|(_, chosen)| **chosen).map(|(place, _)| place).collect();
    let whose = |is_meant: &dyn Fn(usize) -> bool| everybody.clone().filter(|&at| is_meant(at as usize)).collect();
    let mut places: Vec<u32> = match people {
        None if scope.has_period() => {
            let from = scope.from.unwrap_or(view.reaches_back_to);
            let days = |place: usize| &view.purchases.day[view.purchases_of(place)];
            whose(&|place| days(place).iter().any(|day| (from..=view.to).contains(day)))
        }
        None => everybody.clone().collect(),
        Some(People::Action(key)) => {
            let cards = this_week::screen(session, scope)?.answer.cards;
            let ids = cards.into_iter().find(|card| card.key == key).map(|card| card.customer_ids).unwrap_or_default();
            whose(&|place| ids.binary_search(&view.id(place)).is_ok())
        }
        Some(People::Taken(taken_id)) => {
            let ids = taken::one(session, taken_id)?.map(|taken| taken.customers).unwrap_or_default();
            whose(&|place| ids.binary_search(&view.id(place)).is_ok())
        }
        Some(People::Profit { step, event }) => {
            let buyers = profit::buyers(session, scope, event.as_deref(), step)?;
            whose(&|place| buyers.contains(&view.id(place)))
        }
        Some(People::Part(people)) => {
            let knowledge = Knowledge::of(session, &history, people.by)?;
            chosen(&people.select(&view, &knowledge.known()))
        }
        Some(People::Points(people)) => chosen(&points::select(session, &view, people)?),
        Some(people) => chosen(&people::select(&view, &people)),
    };
    if let Some(group) = scope.group {
        places.retain(|&place| rows.group(place as usize) == group);
    }
    let kept = view.keep().without_items();
    Ok(Selection { places, of: Some(Of { history: history.clone(), kept, measured, rows }) })
}
