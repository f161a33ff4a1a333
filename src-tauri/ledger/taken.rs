//! Actions the owner has carried out. Each names the buyers it went to by content, person by person, so that no
//! import, no undo and no decision about who is who loses whom it reached.

use super::batches::mall_of;
use super::customers::json_list;
use super::{Error, Ledger};
use crate::shop::{CustomerId, Day, Mall, Moment, Yen};
use rusqlite::{Connection, Row, TransactionBehavior, params};

/// What a card proposed, kept so that what came of it can be measured later. Words are those of the rules and groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The card's stable name.
    pub action_key: String,
    /// The rule that found it.
    pub rule: String,
    /// The item it was about, if any: mall, code, name.
    pub item: Option<(Mall, String, String)>,
    /// The group most of them were in, if the rule is about one.
    pub group: Option<String>,
    /// The last day it knew of.
    pub as_of: Day,
    /// People on the card.
    pub people_count: u32,
    /// People like these in the past.
    pub past_count: u32,
    /// Those of them who bought within the window without any action.
    pub past_bought: u32,
    /// Days in which the result shows.
    pub window_days: u32,
    /// Relative lift assumed, low and high.
    pub lift: (f64, f64),
    /// What value was: `net_sales` or `contribution_margin`.
    pub value_basis: String,
    /// Typical value of one purchase.
    pub typical_value: Yen,
    /// Cost of reaching everybody on the card once.
    pub cost: Yen,
    /// What it was thought to bring, low and high.
    pub worth: (Yen, Yen),
}

/// An action as it is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTaken {
    /// The day it was carried out.
    pub on: Day,
    /// By which tool; empty when it was not said.
    pub channel: String,
    /// The mall of the tool, if it is one's.
    pub mall: Option<Mall>,
    /// What was proposed.
    pub proposal: Proposal,
}

/// A recorded action that stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTaken {
    /// Its number.
    pub taken_id: i64,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// What was recorded.
    pub taken: NewTaken,
    /// People it went to, as they were counted then.
    pub people_count: u32,
    /// Who they are now, ascending: fewer than then after a decision that two are one, or while an import is taken back.
    pub customers: Vec<CustomerId>,
}

impl Ledger {
    /// Recorded actions that reached this customer, the newest day first; all of them when `customer` is nothing.
    pub fn taken(&self, customer: Option<CustomerId>) -> Result<Vec<StoredTaken>, Error> {
        let mut statement = self.connection.prepare_cached(include_str!("queries/taken.sql"))?;
        let mut reached = self.connection.prepare_cached(
            "select distinct b.customer_id from taken_buyers t cross join buyer_rows b
                on (b.buyer_hash = t.buyer_hash and b.is_newer = 0 or b.buyer_hash = t.buyer_hash and b.is_newer = 1)
             where t.taken_id = ?1 order by 1",
        )?;
        let mut rows = statement.query([customer.map(|id| id.0)])?;
        let mut taken = Vec::new();
        while let Some(row) = rows.next()? {
            let taken_id: i64 = row.get(0)?;
            taken.push(StoredTaken {
                taken_id,
                recorded_at: Moment(row.get(1)?),
                people_count: row.get(5)?,
                taken: of_row(row)?,
                customers: reached
                    .query_map([taken_id], |row| row.get(0).map(CustomerId))?
                    .collect::<rusqlite::Result<_>>()?,
            });
        }
        Ok(taken)
    }

    /// Records an action for these customers. Answers its number; nothing when one of them, or anybody, is not there.
    pub fn record_taken(&mut self, new: &NewTaken, customers: &[CustomerId], at: Moment) -> Result<Option<i64>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if customers.is_empty() {
            return Ok(None);
        }
        insert_action(&transaction, None, new, customers.len() as u32, at)?;
        let taken_id = transaction.last_insert_rowid();
        transaction.execute(
            "insert into taken_buyers (taken_id, place, buyer_hash)
             select ?1, person.key, b.buyer_hash from json_each(?2) person cross join buyer_rows b
                on
                    (b.buyer_id = person.value or b.customer_id = person.value and b.customer_id <> b.buyer_id)
                    and b.customer_id = person.value",
            params![taken_id, json_list(customers)],
        )?;
        let found: i64 = transaction.query_row(
            "select count(distinct place) from taken_buyers where taken_id = ?1",
            [taken_id],
            |row| row.get(0),
        )?;
        if found != customers.len() as i64 {
            return Ok(None);
        }
        transaction.commit()?;
        Ok(Some(taken_id))
    }

    /// Removes a recorded action; [`undo_taken`](Ledger::undo_taken) brings it back. False when none of this number stands.
    pub fn remove_taken(&mut self, taken_id: i64) -> Result<bool, Error> {
        let sql = "update taken_actions set removed = 1, is_brought = 0 where taken_id = ?1 and removed = 0";
        Ok(self.connection.execute(sql, [taken_id])? > 0)
    }

    /// Takes the last change of a recorded action back: recording it or removing it. False when there is none.
    pub fn undo_taken(&mut self, taken_id: i64) -> Result<bool, Error> {
        let sql = "update taken_actions set removed = 1 - removed, is_brought = 0 where taken_id = ?1";
        Ok(self.connection.execute(sql, [taken_id])? > 0)
    }
}

/// Writes an action without the people it went to; under this number, if one is named.
pub(super) fn insert_action(
    connection: &Connection,
    taken_id: Option<i64>,
    new: &NewTaken,
    people_count: u32,
    at: Moment,
) -> Result<(), Error> {
    let proposal = &new.proposal;
    let (item_mall, item_code, item_name) =
        proposal.item.as_ref().map_or(("", "", ""), |(mall, code, name)| (mall.word(), code, name));
    connection.execute(
        "insert into taken_actions (taken_id, recorded_at, taken_on, channel, channel_mall, people_count, action_key,
            rule, item_mall, item_code, item_name, customer_group, as_of, proposed_count, past_count, past_bought,
            window_days, lift_low, lift_high, value_basis, typical_value, cost, worth_low, worth_high, removed)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
            ?23, ?24, 0)",
        params![
            taken_id,
            at.0,
            new.on.0,
            new.channel,
            new.mall.map_or("", Mall::word),
            people_count,
            proposal.action_key,
            proposal.rule,
            item_mall,
            item_code,
            item_name,
            proposal.group.as_deref().unwrap_or_default(),
            proposal.as_of.0,
            proposal.people_count,
            proposal.past_count,
            proposal.past_bought,
            proposal.window_days,
            proposal.lift.0,
            proposal.lift.1,
            proposal.value_basis,
            proposal.typical_value.0,
            proposal.cost.0,
            proposal.worth.0.0,
            proposal.worth.1.0,
        ],
    )?;
    Ok(())
}

pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<NewTaken> {
    let text = |at: usize| row.get::<_, String>(at);
    let some = |word: String| (!word.is_empty()).then_some(word);
    let yen = |at: usize| row.get(at).map(Yen);
    Ok(NewTaken {
        on: Day(row.get(2)?),
        channel: text(3)?,
        mall: some(text(4)?).map(|word| mall_of(&word)),
        proposal: Proposal {
            action_key: text(6)?,
            rule: text(7)?,
            item: match some(text(8)?) {
                Some(mall) => Some((mall_of(&mall), text(9)?, text(10)?)),
                None => None,
            },
            group: some(text(11)?),
            as_of: Day(row.get(12)?),
            people_count: row.get(13)?,
            past_count: row.get(14)?,
            past_bought: row.get(15)?,
            window_days: row.get(16)?,
            lift: (row.get(17)?, row.get(18)?),
            value_basis: text(19)?,
            typical_value: yen(20)?,
            cost: yen(21)?,
            worth: (yen(22)?, yen(23)?),
        },
    })
}
