//! 「やった」: actions the owner has carried out, whom they went to, and who is left alone because of them.

use super::actions;
use super::catalogue::Catalogue;
use super::channels;
use super::clock::now;
use super::error::Error;
use super::screens::{NewTakenAction, Proposed, TakenAction, TakenRow, TakenSoFar};
use super::session::{Session, view_of_everybody};
use super::words;
use crate::chart::timeline::Letter;
use crate::insight::actions::{Finding, Trigger};
use crate::insight::rest;
use crate::insight::rfm::ValueBasis;
use crate::insight::{Band, Scope, View, value};
use crate::ledger::taken::{NewTaken, Proposal, StoredTaken};
use crate::shop::{CustomerId, Day, Mall};

/// Recorded actions beside the cards.
const LISTED: usize = 20;

/// A way that is none of a mall's tools.
const OTHER: &str = "other";

/// Every recorded action, the newest day first, as `otokui taken` prints them.
pub fn all(session: &Session) -> Result<Vec<TakenAction>, Error> {
    session.ledger.taken(None)?.into_iter().map(|stored| action(session, stored)).collect()
}

/// Records that a card's action was carried out; answers its number.
pub fn record(session: &mut Session, new: &NewTakenAction) -> Result<i64, Error> {
    let on = new.on.unwrap_or(session.today);
    if on > session.today {
        return Err(Error::DayAhead(on));
    }
    let no_action = || Error::NoAction(new.key.clone());
    let history = session.history()?;
    let view = view_of_everybody(session, &history, &new.scope)?.ok_or_else(no_action)?;
    let resting = resting(session, &new.scope, view.as_of)?;
    let findings = actions::found(&view, session.calendar()?.as_ref(), &resting);
    let finding = findings.into_iter().find(|finding| finding.key == new.key).ok_or_else(no_action)?;
    let customers = reached(new, &finding, &view)?;
    let taken = NewTaken {
        on,
        channel: new.channel.clone().unwrap_or_default(),
        mall: new.mall,
        proposal: proposal(&finding, &view),
    };
    session.ledger.record_taken(&taken, &customers, now())?.ok_or_else(no_action)
}

/// Removes a recorded action: its people may be proposed again. [`undo`] brings it back.
pub fn remove(session: &mut Session, taken_id: i64) -> Result<(), Error> {
    found(taken_id, session.ledger.remove_taken(taken_id)?)
}

/// Takes the last change of a recorded action back, its removal too.
pub fn undo(session: &mut Session, taken_id: i64) -> Result<(), Error> {
    found(taken_id, session.ledger.undo_taken(taken_id)?)
}

/// What stands beside the cards; who rests is left at nobody.
pub(super) fn so_far(session: &Session, scope: &Scope) -> Result<TakenSoFar, Error> {
    let stored = known(session, None, scope)?;
    let taken_count = stored.len() as u32;
    let taken = stored.iter().take(LISTED).map(|stored| row(session, stored)).collect::<Result<_, _>>()?;
    Ok(TakenSoFar { resting_count: 0, taken_count, taken })
}

/// Recorded actions that reached a customer, the newest day first.
pub(super) fn of_customer(session: &Session, customer: CustomerId, scope: &Scope) -> Result<Vec<TakenRow>, Error> {
    known(session, Some(customer), scope)?.iter().map(|stored| row(session, stored)).collect()
}

/// What reached a customer, for the line of their purchases: the earliest first.
pub(super) fn letters(received: &[TakenRow], catalogue: &Catalogue) -> Vec<Letter> {
    let letter = |row: &TakenRow| {
        let (day, title) = (words::day(row.taken_on, catalogue.language), row.title.as_str());
        Letter {
            on: row.taken_on,
            label: catalogue.text("region-letter", &[("day", day.into()), ("title", title.into())]),
        }
    };
    received.iter().rev().map(letter).collect()
}

/// Customers who are on no card at `as_of`, because an action reached them and its window is not over; ascending.
pub(super) fn resting(session: &Session, scope: &Scope, as_of: Day) -> Result<Vec<CustomerId>, Error> {
    let stored = known(session, None, scope)?;
    let holds = |stored: &&StoredTaken| as_of < free_on(stored);
    let mut resting: Vec<CustomerId> =
        stored.iter().filter(holds).flat_map(|stored| stored.customers.iter().copied()).collect();
    resting.sort_unstable();
    resting.dedup();
    Ok(resting)
}

/// One recorded action; nothing where none of this number stands.
pub(super) fn one(session: &Session, taken_id: i64) -> Result<Option<StoredTaken>, Error> {
    Ok(session.ledger.taken(None)?.into_iter().find(|stored| stored.taken_id == taken_id))
}

/// Its people, in words.
pub(super) fn people_label(session: &Session, taken_id: i64) -> Result<String, Error> {
    let catalogue = &session.catalogue;
    let Some(stored) = one(session, taken_id)? else { return Ok(catalogue.word("people-taken-gone")) };
    let row = row(session, &stored)?;
    let day = words::day(row.taken_on, catalogue.language);
    Ok(catalogue.text("people-taken", &[("title", row.title.into()), ("day", day.into())]))
}

/// Those of the ledger that had happened by the day that was asked about. Without one all count: who reads the cards
/// has done them by now, whatever the last order day is.
fn known(session: &Session, customer: Option<CustomerId>, scope: &Scope) -> Result<Vec<StoredTaken>, Error> {
    let mut stored = session.ledger.taken(customer)?;
    stored.retain(|stored| scope.as_of.is_none_or(|as_of| stored.taken.on <= as_of));
    Ok(stored)
}

/// The people of a card it went to, ascending.
fn reached(new: &NewTakenAction, finding: &Finding, view: &View<'_>) -> Result<Vec<CustomerId>, Error> {
    // A tool that is named has a name.
    if let Some(channel) = new.channel.as_deref().filter(|channel| channel.is_empty() || !is_channel(channel, new.mall))
    {
        return Err(Error::BadQuestion(channel.to_owned()));
    }
    let mut people = match new.mall {
        Some(mall) => actions::reached(finding, view, mall),
        None => finding.customers.clone(),
    };
    if let Some(only) = &new.customer_ids {
        if let Some(stranger) = only.iter().find(|id| people.binary_search(id).is_err()) {
            return Err(Error::BadQuestion(stranger.to_string()));
        }
        people.retain(|id| only.contains(id));
    }
    if people.is_empty() {
        return Err(Error::BadQuestion(new.mall.map_or_else(|| new.key.clone(), |mall| mall.to_string())));
    }
    Ok(people)
}

fn proposal(finding: &Finding, view: &View<'_>) -> Proposal {
    let item = finding.item.map(|item| &view.history.items[item as usize]);
    let rate = &finding.base_rate;
    Proposal {
        action_key: finding.key.clone(),
        rule: finding.trigger.word().to_owned(),
        item: item.map(|item| (item.mall, item.code.clone(), item.name.clone())),
        group: finding.group.map(|group| group.word().to_owned()),
        as_of: view.as_of,
        people_count: finding.customers.len() as u32,
        past_count: rate.n,
        past_bought: (rate.value * f64::from(rate.n)).round() as u32,
        window_days: finding.window_days,
        lift: finding.lift,
        value_basis: basis_word(value::basis(view)).to_owned(),
        typical_value: finding.typical_value,
        cost: finding.cost,
        worth: (finding.worth.low, finding.worth.high),
    }
}

/// Whether an action may have been carried out by this tool: one of the malls', another one, or nobody said.
pub(super) fn is_channel(channel: &str, mall: Option<Mall>) -> bool {
    let suits = |tool: &channels::Tool| tool.key == channel && mall.is_none_or(|mall| tool.mall == mall);
    channel.is_empty() || channel == OTHER || channels::tools().iter().any(suits)
}

/// Whether value can have been this.
pub(super) fn is_basis(word: &str) -> bool {
    [ValueBasis::NetSales, ValueBasis::ContributionMargin].into_iter().any(|basis| basis_word(basis) == word)
}

fn basis_word(basis: ValueBasis) -> &'static str {
    match basis {
        ValueBasis::NetSales => "net_sales",
        ValueBasis::ContributionMargin => "contribution_margin",
    }
}

fn free_on(stored: &StoredTaken) -> Day {
    rest::free_on(stored.taken.on, stored.taken.proposal.window_days)
}

fn found(taken_id: i64, is_there: bool) -> Result<(), Error> {
    if is_there { Ok(()) } else { Err(Error::NoTaken(taken_id)) }
}

fn row(session: &Session, stored: &StoredTaken) -> Result<TakenRow, Error> {
    let proposal = &stored.taken.proposal;
    let catalogue = &session.catalogue;
    let trigger = Trigger::of_word(&proposal.rule).ok_or(crate::ledger::Error::Damaged)?;
    let item_name = proposal.item.as_ref().map_or("", |(_, _, name)| name);
    let channel = Some(&stored.taken.channel).filter(|channel| !channel.is_empty());
    Ok(TakenRow {
        taken_id: stored.taken_id,
        recorded_at: stored.recorded_at,
        taken_on: stored.taken.on,
        key: proposal.action_key.clone(),
        trigger,
        title: actions::title(trigger, item_name, catalogue),
        channel: channel.cloned(),
        channel_name: match channel {
            Some(channel) => catalogue.word(&format!("channel-{channel}-name")),
            None => catalogue.word("taken-channel-unsaid"),
        },
        mall: stored.taken.mall,
        people_count: stored.people_count,
        customer_count: stored.customers.len() as u32,
        free_on: free_on(stored),
    })
}

fn action(session: &Session, stored: StoredTaken) -> Result<TakenAction, Error> {
    let row = row(session, &stored)?;
    let proposal = stored.taken.proposal;
    let margin = basis_word(ValueBasis::ContributionMargin);
    Ok(TakenAction {
        row,
        item_code: proposal.item.map(|(_, code, _)| code),
        group: proposal.group.and_then(|group| group.parse().ok()),
        customer_ids: stored.customers,
        proposed: Proposed {
            as_of: proposal.as_of,
            people_count: proposal.people_count,
            past_count: proposal.past_count,
            past_bought: proposal.past_bought,
            window_days: proposal.window_days,
            lift_low: proposal.lift.0,
            lift_high: proposal.lift.1,
            value_basis: if proposal.value_basis == margin {
                ValueBasis::ContributionMargin
            } else {
                ValueBasis::NetSales
            },
            typical_value: proposal.typical_value,
            cost: proposal.cost,
            worth: Band { low: proposal.worth.0, high: proposal.worth.1 },
        },
    })
}
