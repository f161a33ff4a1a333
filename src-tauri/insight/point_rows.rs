//! Dependence by group, by item and by month of the first purchase.
//!
//! A row's purchases are all clear fresh ones of its people (of an item: those that hold it), one-time buyers' too; its
//! dependence is shrunken as a customer's is, by a prior fitted to the rows of the same list.

use super::dependence::{DependenceBand, Dependences, Prior, Tally};
use super::history::View;
use super::item_people::{ItemKey, ItemPeople};
use super::items::ItemName;
use super::months::Months;
use super::people::People;
use super::rfm::{self, GroupKey};
use super::stats::Interval;
use crate::shop::Month;
use serde::Serialize;

/// People below which only their number is said.
const FEWEST: u32 = 5;
/// People from which a row is put into a band.
const RANKED: u32 = 30;

/// Dependence of one group, item or month.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DependenceRow {
    /// The group's key, `rakuten:beans`, or `2025-01`.
    pub key: String,
    /// The group, in `groups`.
    pub group: Option<GroupKey>,
    /// The item, in `items`.
    pub item: Option<ItemName>,
    /// The month of the first purchase, in `cohorts`.
    pub month: Option<Month>,
    /// Customers.
    pub customer_count: u32,
    /// Clear purchases.
    pub purchase_count: u32,
    /// Of these, on event days.
    pub event_count: u32,
    /// Purchases that count neither way.
    pub unclear_count: u32,
    /// Share on event days with its 90 % Wilson interval; nothing under 5 people.
    pub event_share: Option<Interval>,
    /// What one-time buyers do in the same mall and months; nothing under 5 people.
    pub expected_share: Option<f64>,
    /// Posterior mean share − expected; nothing under 5 people or two clear purchases.
    pub dependence: Option<f64>,
    /// Its band; `undecided` under 30 people: so few are not ranked.
    pub band: DependenceBand,
    /// The people behind it.
    pub people: String,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    customers: u32,
    tally: Tally,
    /// The place last counted, and one.
    last: u32,
}

/// The three lists, of the same purchases.
pub(crate) struct Lists {
    /// Groups with people, best first.
    pub groups: Vec<DependenceRow>,
    /// Items, most purchases first, ties by place.
    pub items: Vec<DependenceRow>,
    /// Months with first purchases, oldest first.
    pub cohorts: Vec<DependenceRow>,
}

/// Of the customers at these places.
pub(crate) fn lists(view: &View<'_>, dependences: &Dependences, people: &[u32]) -> Lists {
    let (scored, held, months) = (rfm::scored(view), view.held(), Months::of(view));
    let columns = &view.purchases;
    let mut of_group = [Sum::default(); GroupKey::ALL.len()];
    let mut of_item = vec![Sum::default(); view.history.items.len()];
    let mut of_month = vec![Sum::default(); months.count];
    for &place in people {
        let purchases = view.purchases_of(place as usize);
        let group = &mut of_group[scored.scores[place as usize].group() as usize];
        let month = &mut of_month[months.number(columns.day[purchases.start])];
        let mut tallies = [group.tally, month.tally];
        let mut bought = 0;
        for p in purchases.filter(|&p| columns.fresh[p]) {
            let added = Tally::of(dependences.reasons[p].occasion, dependences.expected(p));
            bought = 1;
            tallies.iter_mut().for_each(|tally| tally.join(&added));
            for &item in held.items_of(p) {
                let sum = &mut of_item[item as usize];
                sum.tally.join(&added);
                sum.customers += u32::from(sum.last != place + 1);
                sum.last = place + 1;
            }
        }
        for (sum, tally) in [group, month].into_iter().zip(tallies) {
            sum.tally = tally;
            sum.customers += bought;
        }
    }
    Lists { groups: groups(&of_group), items: items(view, &of_item), cohorts: cohorts(&months, &of_month) }
}

fn row(sum: &Sum, prior: &Prior, key: String, people: String) -> DependenceRow {
    let enough = sum.customers >= FEWEST;
    let dependence = prior.dependence(&sum.tally).filter(|_| enough);
    DependenceRow {
        key,
        group: None,
        item: None,
        month: None,
        customer_count: sum.customers,
        purchase_count: sum.tally.purchases,
        event_count: sum.tally.on_events,
        unclear_count: sum.tally.unclear,
        event_share: Interval::of_share(sum.tally.on_events, sum.tally.purchases).filter(|_| enough),
        expected_share: sum.tally.expected_share().filter(|_| enough),
        dependence,
        band: DependenceBand::of(dependence.filter(|_| sum.customers >= RANKED)),
        people,
    }
}

fn groups(sums: &[Sum]) -> Vec<DependenceRow> {
    let prior = Prior::fit(sums.iter().map(|sum| &sum.tally));
    let named = |(group, sum): (GroupKey, &Sum)| DependenceRow {
        group: Some(group),
        ..row(sum, &prior, group.to_string(), People::Group(group).to_string())
    };
    GroupKey::ALL.into_iter().zip(sums).filter(|(_, sum)| sum.customers > 0).map(named).collect()
}

fn items(view: &View<'_>, sums: &[Sum]) -> Vec<DependenceRow> {
    let history = view.history;
    let prior = Prior::fit(sums.iter().map(|sum| &sum.tally));
    let mut most: Vec<usize> = (0..sums.len()).filter(|&item| sums[item].customers > 0).collect();
    most.sort_by_key(|&item| (std::cmp::Reverse(sums[item].tally.purchases), item));
    let named = |item: usize| {
        let known = &history.items[item];
        let key = ItemKey { mall: known.mall, code: known.code.clone() };
        let people = ItemPeople::Ever(key.clone()).to_string();
        DependenceRow {
            item: Some(ItemName::of(history, item as u32)),
            ..row(&sums[item], &prior, key.to_string(), people)
        }
    };
    most.into_iter().map(named).collect()
}

fn cohorts(months: &Months, sums: &[Sum]) -> Vec<DependenceRow> {
    let prior = Prior::fit(sums.iter().map(|sum| &sum.tally));
    let named = |(number, sum): (usize, &Sum)| {
        let month = months.first.plus(number as i32);
        DependenceRow { month: Some(month), ..row(sum, &prior, month.to_string(), People::Cohort(month).to_string()) }
    };
    sums.iter().enumerate().filter(|(_, sum)| sum.customers > 0).map(named).collect()
}
