//! The screen of people: who may be one, what the owner decides, and what hangs on it.

use super::catalogue::Catalogue;
use super::clock::now;
use super::error::Error;
use super::nameless::privacy;
use super::screens::{
    Identity, IdentityDecision, IdentityEvidence, IdentityHabit, IdentitySensitivity, LikelyPair, PairOrder, PairSide,
    Screen, Spelling,
};
use super::session::{Session, view_of_everybody};
use super::words;
use crate::insight::{Scope, overview, repeat};
use crate::ledger::customers::StoredSpelling;
use crate::ledger::{DecisionKind, StoredDecision, StoredPair};
use crate::shop::identity::{Habit, Habits, Tally, evidence};
use crate::shop::{CustomerId, Yen};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Pairs the window shows at once; deciding about some brings up the next.
pub const SHOWN: usize = 30;

/// Orders of a side that are shown.
const SHOWN_ORDERS: usize = 5;

/// Every pair, as `otokui identity` prints it.
pub fn full_screen(session: &Session) -> Result<Screen<Identity>, Error> {
    screen_of(session, usize::MAX)
}

/// The answer with the first pairs only, and its finding.
pub fn screen(session: &Session) -> Result<Screen<Identity>, Error> {
    screen_of(session, SHOWN)
}

fn screen_of(session: &Session, shown: usize) -> Result<Screen<Identity>, Error> {
    let answer = answer_of(session, shown)?;
    let finding = finding(&answer, &session.catalogue);
    Ok(Screen { answer, figures: BTreeMap::new(), finding })
}

/// The owner says that two customers are one person. Answers the decision's number.
pub fn join(session: &mut Session, a: CustomerId, b: CustomerId) -> Result<i64, Error> {
    two_known(session, a, b)?;
    Ok(session.ledger.join_customers(a, b, now())?)
}

/// The owner says that two customers are two people; they are not asked about again. Answers the decision's number.
pub fn apart(session: &mut Session, a: CustomerId, b: CustomerId) -> Result<i64, Error> {
    two_known(session, a, b)?;
    Ok(session.ledger.keep_customers_apart(a, b, now())?)
}

/// The owner says that an order is somebody else's: it becomes a customer of its own. Answers the decision's number.
pub fn separate(session: &mut Session, order_number: &str) -> Result<i64, Error> {
    let decided = session.ledger.separate_order(order_number.trim(), now())?;
    decided.ok_or_else(|| Error::NoOrder(order_number.trim().to_owned()))
}

/// Takes a decision back.
pub fn undo(session: &mut Session, decision_id: i64) -> Result<(), Error> {
    if session.ledger.undo_decision(decision_id, now())? { Ok(()) } else { Err(Error::NoDecision(decision_id)) }
}

/// The ways a customer is written.
pub(super) fn spellings(session: &Session, customer: CustomerId) -> Result<Vec<Spelling>, Error> {
    let both = |family: &str, given: &str| format!("{family} {given}").trim().to_owned();
    let spelling = |stored: StoredSpelling| {
        let buyer = stored.buyer;
        Spelling {
            mall: stored.mall,
            name: both(&buyer.family_name, &buyer.given_name),
            kana: both(&buyer.family_kana, &buyer.given_kana),
            phone: buyer.phone.into(),
            postal_code: buyer.postal_code.into(),
            address: format!("{}{}{}", buyer.prefecture, buyer.city, buyer.street),
            mail: buyer.mail.into(),
            mail_count: stored.mail_count,
            order_count: stored.order_count,
            first_on: stored.first_at.day(),
            last_on: stored.last_at.day(),
        }
    };
    Ok(session.ledger.spellings(customer)?.into_iter().map(spelling).collect())
}

fn two_known(session: &Session, a: CustomerId, b: CustomerId) -> Result<(), Error> {
    for id in [a, b] {
        if session.ledger.orders(Some(&[id]))?.is_empty() {
            return Err(Error::NoCustomer(id.0));
        }
    }
    if a == b { Err(Error::BadQuestion(a.to_string())) } else { Ok(()) }
}

fn answer_of(session: &Session, shown: usize) -> Result<Identity, Error> {
    let history = session.history()?;
    let uncertain = session.uncertain_among(history.customers.iter().copied())?;
    let customer_count = history.customers.len() as u32;
    let pairs = session.ledger.likely_pairs()?;
    let orders_of = order_counts(session, &pairs)?;
    let pair_count = pairs.len() as u32;
    let mut ranked: Vec<(u32, StoredPair)> = pairs
        .into_iter()
        .map(|pair| (orders_of.get(&pair.a).unwrap_or(&0) + orders_of.get(&pair.b).unwrap_or(&0), pair))
        .collect();
    // Whole bits of score are one step: among equally likely pairs the one with more orders is worth more.
    let step = |pair: &StoredPair| pair.score.floor() as i64;
    ranked.sort_by(|(x, p), (y, q)| step(q).cmp(&step(p)).then(y.cmp(x)).then_with(|| (p.a, p.b).cmp(&(q.a, q.b))));
    ranked.truncate(shown);
    let sides = sides(session, ranked.iter().flat_map(|(_, pair)| [pair.a, pair.b]).collect())?;
    let likely_pairs = ranked
        .into_iter()
        .filter_map(|(orders, pair)| {
            let (left, right) = (sides.get(&pair.a)?.clone(), sides.get(&pair.b)?.clone());
            Some(likely_pair(pair, orders, left, right, &session.catalogue))
        })
        .collect();
    let (tally, nameless) = (session.ledger.habits()?, privacy(session)?.sentence);
    Ok(Identity {
        customer_count,
        pair_count,
        likely_pairs,
        uncertain_count: uncertain.count,
        uncertain_share: uncertain.share,
        sensitivity: sensitivity(session)?,
        decisions: decisions(session)?,
        habits: habits(&tally),
        habits_sentence: habits_sentence(&tally, customer_count > 0 && nameless.is_empty(), &session.catalogue),
        nameless,
    })
}

/// What is assumed of one person, and what the ledger says of it.
fn habits(tally: &Tally) -> Vec<IdentityHabit> {
    let used = Habits::of(tally);
    Habit::ALL
        .into_iter()
        .map(|habit| IdentityHabit {
            field: habit.field().word().to_owned(),
            level: habit.level().to_owned(),
            prior: habit.prior(),
            seen: tally.seen(habit) as u32,
            of: tally.of(habit.field()) as u32,
            used: used.of_one(habit),
        })
        .collect()
}

fn habits_sentence(tally: &Tally, is_weighed: bool, catalogue: &Catalogue) -> String {
    let key = match Habits::of(tally) == Habits::default() {
        _ if !is_weighed => return String::new(),
        true => "identity-habits-usual",
        false => "identity-habits-learned",
    };
    catalogue.text(key, &[("pairs", words::grouped(tally.pairs() as i64).into())])
}

fn order_counts(session: &Session, pairs: &[StoredPair]) -> Result<FxHashMap<CustomerId, u32>, Error> {
    let concerned: FxHashSet<CustomerId> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    let history = session.history()?;
    let mut counts = FxHashMap::default();
    for (place, customer) in history.customers.iter().enumerate() {
        if concerned.contains(customer) {
            counts.insert(*customer, history.starts[place + 1] - history.starts[place]);
        }
    }
    Ok(counts)
}

fn sides(session: &Session, mut customers: Vec<CustomerId>) -> Result<FxHashMap<CustomerId, PairSide>, Error> {
    customers.sort_unstable();
    customers.dedup();
    if customers.is_empty() {
        return Ok(FxHashMap::default());
    }
    let names = session.ledger.names(Some(&customers))?;
    let mut sides: FxHashMap<CustomerId, PairSide> = FxHashMap::default();
    for order in session.ledger.orders(Some(&customers))? {
        let side = sides.entry(order.customer_id).or_insert_with(|| PairSide {
            customer_id: order.customer_id,
            display_name: names.get(&order.customer_id).cloned().unwrap_or_default(),
            malls: Vec::new(),
            order_count: 0,
            net_sales: Yen::ZERO,
            orders: Vec::new(),
        });
        side.order_count += 1;
        if order.status.is_sale() {
            side.net_sales += order.net_sales;
        }
        if !side.malls.contains(&order.mall) {
            side.malls.push(order.mall);
            side.malls.sort_unstable();
        }
        if side.orders.len() < SHOWN_ORDERS {
            side.orders.push(PairOrder {
                order_number: order.number,
                mall: order.mall,
                ordered_on: order.ordered_at.day(),
                goods: order.goods,
                items: order.lines.into_iter().map(|line| line.item_name).collect(),
            });
        }
    }
    Ok(sides)
}

fn likely_pair(pair: StoredPair, orders: u32, left: PairSide, right: PairSide, catalogue: &Catalogue) -> LikelyPair {
    let evidence: Vec<IdentityEvidence> =
        evidence::side_by_side((&pair.left, pair.left_mall), (&pair.right, pair.right_mall))
            .into_iter()
            .map(|row| {
                let (field, level) = (row.field.word(), row.level.word());
                IdentityEvidence {
                    field: field.to_owned(),
                    level: level.to_owned(),
                    left: row.left,
                    right: row.right,
                    words: catalogue.word(&format!("identity-{}-{level}", field.replace('_', "-"))),
                }
            })
            .collect();
    let fields = |levels: &[&str]| {
        let words: Vec<String> = evidence
            .iter()
            .filter(|row| levels.contains(&&*row.level))
            .map(|row| catalogue.word(&format!("identity-field-{}", row.field.replace('_', "-"))))
            .collect();
        words.join(&catalogue.word("identity-field-comma"))
    };
    let (same, other) = (fields(&["equal", "near"]), fields(&["different"]));
    let summary = match (same.is_empty(), other.is_empty()) {
        (_, true) => catalogue.text("identity-summary-same", &[("same", same.into())]),
        (true, false) => catalogue.text("identity-summary-other", &[("other", other.into())]),
        (false, false) => catalogue.text("identity-summary-both", &[("same", same.into()), ("other", other.into())]),
    };
    let odds = pair.score.exp2();
    LikelyPair {
        a: pair.a,
        b: pair.b,
        score: (pair.score * 100.0).round() / 100.0,
        probability: (odds / (1.0 + odds) * 1000.0).round() / 1000.0,
        evidence,
        summary,
        order_count: orders,
        left,
        right,
    }
}

/// What the figures would be if every likely pair were one person.
fn sensitivity(session: &Session) -> Result<IdentitySensitivity, Error> {
    let (now, joined) = (session.history()?, session.history_all_joined()?);
    let scope = Scope::default();
    let figures = |history| -> Result<_, Error> {
        let view = view_of_everybody(session, history, &scope)?;
        let f2_180 = view.as_ref().and_then(|view| repeat::f2(view, 180));
        Ok((overview::overview(view.as_ref()).repeat_share, f2_180))
    };
    let ((share_now, f2_now), (share_joined, f2_joined)) = (figures(&now)?, figures(&joined)?);
    let catalogue = &session.catalogue;
    let sentence = match (share_now, share_joined) {
        (Some(_), Some(_)) if now.customers.len() == joined.customers.len() => {
            catalogue.word("identity-sensitivity-none")
        }
        (Some(a), Some(b)) => catalogue.text(
            "identity-sensitivity",
            &[
                ("now", words::percent(a).into()),
                ("joined", words::percent(b).into()),
                ("fewer", words::grouped((now.customers.len() - joined.customers.len()) as i64).into()),
            ],
        ),
        _ => String::new(),
    };
    Ok(IdentitySensitivity {
        customer_count_now: now.customers.len() as u32,
        customer_count_all_joined: joined.customers.len() as u32,
        repeat_share_now: share_now,
        repeat_share_all_joined: share_joined,
        f2_180_now: f2_now,
        f2_180_all_joined: f2_joined,
        sentence,
    })
}

fn decisions(session: &Session) -> Result<Vec<IdentityDecision>, Error> {
    let stored = session.ledger.decisions()?;
    let catalogue = &session.catalogue;
    let sentence = |decision: &StoredDecision| {
        let side = |side: usize| match (decision.customers[side].first(), &*decision.names[side]) {
            (None, _) => catalogue.word("identity-person-gone"),
            (Some(customer), "") => catalogue.text("identity-person-nameless", &[("customer", customer.0.into())]),
            (Some(customer), name) => {
                catalogue.text("identity-person", &[("name", name.into()), ("customer", customer.0.into())])
            }
        };
        let first = |side: usize| decision.customers[side].first();
        let key = match decision.kind {
            // 「お客様61とお客様61」 would say nothing.
            DecisionKind::Join if decision.names.iter().all(|name| name.is_empty()) && first(0) == first(1) => {
                "identity-decided-join-nameless"
            }
            DecisionKind::Join => "identity-decided-join",
            DecisionKind::Apart => "identity-decided-apart",
            DecisionKind::Separate => "identity-decided-separate",
        };
        let order = decision.order_number.clone().unwrap_or_default();
        catalogue.text(key, &[("a", side(0).into()), ("b", side(1).into()), ("order", order.into())])
    };
    Ok(stored
        .iter()
        .map(|decision| {
            let mut customer_ids = decision.customers.concat();
            customer_ids.sort_unstable();
            customer_ids.dedup();
            IdentityDecision {
                decision_id: decision.decision_id,
                kind: decision.kind.word().to_owned(),
                decided_at: decision.decided_at,
                sentence: sentence(decision),
                customer_ids,
                order_number: decision.order_number.clone(),
            }
        })
        .collect())
}

fn finding(answer: &Identity, catalogue: &Catalogue) -> String {
    match (answer.uncertain_share, answer.pair_count) {
        (None, _) => String::new(),
        (Some(_), 0) => catalogue
            .text("identity-finding-none", &[("people", words::grouped(i64::from(answer.customer_count)).into())]),
        (Some(share), pairs) => catalogue.text(
            "identity-finding",
            &[
                ("pairs", words::grouped(i64::from(pairs)).into()),
                ("people", words::grouped(i64::from(answer.customer_count)).into()),
                ("uncertain", words::grouped(i64::from(answer.uncertain_count)).into()),
                ("share", words::percent(share).into()),
            ],
        ),
    }
}
