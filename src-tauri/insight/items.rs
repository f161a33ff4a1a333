//! What each item brings: who buys it, who buys it again and when, and what becomes of those it wins.

use super::basket::{self, BasketRow};
use super::category::{self, Categories, Involvement};
use super::history::{History, View};
use super::item_gap;
use super::rfm::ValueBasis;
use super::stats::{Blocks, Interval};
use super::{lifetime_value, repeat, value};
use crate::shop::{Day, Mall, Yen};
use serde::Serialize;
use std::sync::Arc;

/// Window of F2 and of buying an item again.
const RETURN_DAYS: i32 = 180;
/// Window of the value of those an item wins.
const VALUE_DAYS: i32 = 365;
/// Below so many people only counts are given.
pub const FEWEST: u32 = 5;
/// Items whose LTV is drawn together; the draws do not depend on it.
const BATCH: usize = 200;

/// The shop's items, and what goes together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Items {
    /// Everything is measured at the end of this day; nothing for an empty ledger.
    pub as_of: Option<Day>,
    /// First day of the period that sums and baskets speak of.
    pub from: Option<Day>,
    /// Its last day.
    pub to: Option<Day>,
    /// Net sales or contribution margin, in `ltv_365`.
    pub value: ValueBasis,
    /// Items sold up to `as_of`; `items` may be shorter in the window.
    pub item_count: u32,
    /// By goods in the period, most first; ties by mall and code.
    pub items: Vec<ItemRow>,
    /// F2(180) of all first-time buyers, to compare with.
    pub f2_180: Option<Interval>,
    /// LTV(365) of all customers, to compare with.
    pub ltv_365: Option<Interval>,
    /// Pairs most often bought on the same day in the period, at least ten times.
    pub baskets: Vec<BasketRow>,
    /// How widely customers buy; nothing while no item file says the categories.
    pub involvement: Option<Involvement>,
}

/// An item by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ItemName {
    /// Where it is sold.
    pub mall: Mall,
    /// The shop's code.
    pub item_code: String,
    /// Its name, as last seen.
    pub item_name: String,
}

impl ItemName {
    /// The name of the item at this place in `History::items`.
    pub fn of(history: &History, item: u32) -> ItemName {
        let item = &history.items[item as usize];
        ItemName { mall: item.mall, item_code: item.code.clone(), item_name: item.name.clone() }
    }
}

/// One item.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ItemRow {
    /// Where it is sold.
    pub mall: Mall,
    /// The shop's code.
    pub item_code: String,
    /// Its name, as last seen.
    pub item_name: String,
    /// Its category, as far as item files say it.
    pub category: Option<String>,
    /// Price before the shop coupon × quantity, in the period.
    pub goods: Yen,
    /// Pieces in the period.
    pub quantity: u64,
    /// Customers who bought it in the period.
    pub customer_count: u32,
    /// Customers who ever bought it.
    pub buyer_count: u32,
    /// Of them with two purchase days of it or more.
    pub again_count: u32,
    /// Of those who first bought it at least 180 days ago, the share who bought it again within 180 days.
    pub again_180: Option<Interval>,
    /// Median pieces of one purchase, which the next three days speak of; nothing under 10 gaps, like the next three.
    pub usual_quantity: Option<u32>,
    /// Day by which a quarter of those who buy it again have done so; two bags last twice as long as one.
    pub lower_days: Option<u32>,
    /// Half of them.
    pub median_days: Option<u32>,
    /// Three quarters of them.
    pub upper_days: Option<u32>,
    /// Customers whose first purchase day holds it.
    pub first_count: u32,
    /// Of them, as F2(180): only those observed 180 days. Nothing under 5 people.
    pub f2_180: Option<Interval>,
    /// Of them, as LTV(365): only those observed 365 days. Nothing under 5 people.
    pub ltv_365: Option<Interval>,
}

/// Sums of one item; customers are counted while they are walked through.
#[derive(Clone, Copy, Default)]
struct Sums {
    goods: Yen,
    quantity: u64,
    customers: u32,
    buyers: u32,
    again: u32,
    again_people: u32,
    again_back: u32,
    firsts: u32,
    f2_people: u32,
    f2_back: u32,
}

/// The items of this view, at most `limit` of them where one is given.
///
/// Sums, customers and baskets are those of the period; everything that takes time to show is of all orders up to
/// `as_of`. Subscription deliveries are sales, but neither a first nor a repeated decision for an item.
pub fn items(view: Option<&View<'_>>, categories: &Categories, limit: Option<usize>) -> Items {
    items_among(view, categories, limit, None)
}

/// The same with those items alone that `wanted` says yes to; what they are compared with stays the whole shop.
pub fn items_among(
    view: Option<&View<'_>>,
    categories: &Categories,
    limit: Option<usize>,
    wanted: Option<&[bool]>,
) -> Items {
    let Some(view) = view else {
        return Items {
            as_of: None,
            from: None,
            to: None,
            value: ValueBasis::NetSales,
            item_count: 0,
            items: Vec::new(),
            f2_180: None,
            ltv_365: None,
            baskets: Vec::new(),
            involvement: None,
        };
    };
    let history = view.history;
    let sums = sums(view, None);
    let is_wanted = |item: u32| wanted.is_none_or(|wanted| wanted[item as usize]);
    let mut listed: Vec<u32> =
        (0..sums.len() as u32).filter(|&item| sums[item as usize].buyers > 0 && is_wanted(item)).collect();
    let item_count = listed.len() as u32;
    listed.sort_by(|&a, &b| {
        let (one, other) = (&history.items[a as usize], &history.items[b as usize]);
        let goods = |item: u32| sums[item as usize].goods;
        goods(b).cmp(&goods(a)).then_with(|| (one.mall, &one.code).cmp(&(other.mall, &other.code)))
    });
    listed.truncate(limit.unwrap_or(usize::MAX));
    Items {
        as_of: Some(view.as_of),
        from: Some(view.from),
        to: Some(view.to),
        value: value::basis(view),
        item_count,
        items: rows(view, categories, &sums, &listed),
        f2_180: repeat::f2(view, RETURN_DAYS as u32),
        ltv_365: lifetime_value::after_days(view, VALUE_DAYS as u32),
        baskets: wanted.map_or_else(|| basket::pairs(view), |wanted| basket::with(view, wanted)),
        involvement: category::involvement(view, categories),
    }
}

/// The rows of those items among `wanted`, by place.
pub(crate) fn rows_of(view: &View<'_>, categories: &Categories, wanted: &[bool]) -> Vec<ItemRow> {
    let sums = sums(view, Some(wanted));
    let listed: Vec<u32> =
        (0..sums.len() as u32).filter(|&i| wanted[i as usize] && sums[i as usize].buyers > 0).collect();
    rows(view, categories, &sums, &listed)
}

fn rows(view: &View<'_>, categories: &Categories, sums: &[Sums], listed: &[u32]) -> Vec<ItemRow> {
    let labels = categories.labels(view.history);
    let mut is_listed = vec![false; sums.len()];
    listed.iter().for_each(|&item| is_listed[item as usize] = true);
    let gaps = match item_gap::known(view) {
        Some(of_all) => of_all,
        None => Arc::new(item_gap::item_gaps_of(view, |item| is_listed[item as usize])),
    };
    let values = first_values(view, sums, listed);
    let of = |hits: u32, people: u32| Interval::of_share(hits, people).filter(|_| people >= FEWEST);
    let row = |(&item, ltv_365): (&u32, Option<Interval>)| {
        let sums = &sums[item as usize];
        let gap = gaps.items.binary_search_by_key(&item, |gap| gap.item).ok().map(|place| &gaps.items[place]);
        let ItemName { mall, item_code, item_name } = ItemName::of(view.history, item);
        ItemRow {
            mall,
            item_code,
            item_name,
            category: categories.names.get(labels[item as usize] as usize).cloned(),
            goods: sums.goods,
            quantity: sums.quantity,
            customer_count: sums.customers,
            buyer_count: sums.buyers,
            again_count: sums.again,
            again_180: of(sums.again_back, sums.again_people),
            usual_quantity: gap.map(|gap| gap.usual_quantity),
            lower_days: gap.and_then(|gap| gap.curve.quantile(0.25)),
            median_days: gap.and_then(|gap| gap.curve.median()),
            upper_days: gap.and_then(|gap| gap.curve.quantile(0.75)),
            first_count: sums.firsts,
            f2_180: of(sums.f2_back, sums.f2_people),
            ltv_365,
        }
    };
    listed.iter().zip(values).map(row).collect()
}

/// What was sold of one item.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sold {
    /// Price before the shop coupon × quantity.
    pub goods: Yen,
    /// Pieces.
    pub quantity: u64,
}

/// What was sold of each item in these days, by place in `History::items`; of items the view does not ask for nothing.
pub fn sold(view: &View<'_>, from: Day, to: Day) -> Vec<Sold> {
    let history = view.history;
    let mut sold = vec![Sold::default(); history.items.len()];
    let days = from.start()..(to + 1).start();
    let is_wanted = |item: u32| view.wanted.as_ref().is_none_or(|wanted| wanted[item as usize]);
    for o in (0..view.included.len()).filter(|&o| view.included[o] && days.contains(&history.orders.ordered_at[o])) {
        for line in history.lines_of(o).iter().filter(|line| is_wanted(line.item)) {
            let of_item = &mut sold[line.item as usize];
            of_item.goods += line.goods;
            of_item.quantity += u64::from(line.quantity);
        }
    }
    sold
}

/// Who was last seen to buy an item, and what of it.
#[derive(Clone, Copy)]
struct Buyer {
    place: usize,
    first_on: Day,
    again: bool,
    in_period: bool,
}

/// By item; where `wanted` is given, of those items alone.
fn sums(view: &View<'_>, wanted: Option<&[bool]>) -> Vec<Sums> {
    let items = view.history.items.len();
    let mut sums = vec![Sums::default(); items];
    let nobody = Buyer { place: usize::MAX, first_on: Day::default(), again: false, in_period: false };
    let mut buyers = vec![nobody; items];
    let is_wanted = |item: usize| wanted.is_none_or(|wanted| wanted[item]);
    let (held, day, fresh) = (view.held(), &view.purchases.day, &view.purchases.fresh);
    for place in 0..view.customers.len() {
        let purchases = view.purchases_of(place);
        let first_on = day[purchases.start];
        let second_on = (purchases.start + 1..purchases.end).find(|&p| fresh[p]).map(|p| day[p]);
        let observed = view.as_of - first_on >= RETURN_DAYS;
        let returned = second_on.is_some_and(|second| second - first_on <= RETURN_DAYS);
        for p in purchases {
            let (on, in_period) = (day[p], (view.from..=view.to).contains(&day[p]));
            for (item, pieces) in held.pieces_of(p).map(|(item, pieces)| (item as usize, pieces)) {
                if !is_wanted(item) {
                    continue;
                }
                let (sum, buyer) = (&mut sums[item], &mut buyers[item]);
                if buyer.place != place {
                    *buyer = Buyer { place, first_on: on, ..nobody };
                    sum.buyers += 1;
                    sum.again_people += u32::from(view.as_of - on >= RETURN_DAYS);
                    let is_first = u32::from(on == first_on);
                    sum.firsts += is_first;
                    sum.f2_people += is_first * u32::from(observed);
                    sum.f2_back += is_first * u32::from(observed && returned);
                } else if !buyer.again && !pieces.subscription() {
                    buyer.again = true;
                    sum.again += 1;
                    let (old, soon) = (view.as_of - buyer.first_on >= RETURN_DAYS, on - buyer.first_on <= RETURN_DAYS);
                    sum.again_back += u32::from(old && soon);
                }
                if in_period {
                    sum.customers += u32::from(!buyer.in_period);
                    buyer.in_period = true;
                }
            }
            if !in_period {
                continue;
            }
            for line in view.orders_of(p).flat_map(|o| view.history.lines_of(o)) {
                let item = line.item as usize;
                if is_wanted(item) {
                    sums[item].goods += line.goods;
                    sums[item].quantity += u64::from(line.quantity);
                }
            }
        }
    }
    sums
}

/// LTV(365) of those whose first purchase holds each of `listed`; nothing under 5 people.
fn first_values(view: &View<'_>, sums: &[Sums], listed: &[u32]) -> Vec<Option<Interval>> {
    let held = view.held();
    let mut column_of = vec![u32::MAX; sums.len()];
    let mut found = vec![None; listed.len()];
    let columns: Vec<usize> =
        (0..listed.len()).filter(|&place| sums[listed[place] as usize].firsts >= FEWEST).collect();
    let values = value::per_purchase(view, value::basis(view));
    for batch in columns.chunks(BATCH) {
        column_of.fill(u32::MAX);
        (0..).zip(batch).for_each(|(column, &place)| column_of[listed[place] as usize] = column);
        let mut blocks = Blocks::new(view.customers.len(), batch.len());
        let mut wanted: Vec<u32> = Vec::new();
        for place in 0..view.customers.len() {
            let purchases = view.purchases_of(place);
            let first = purchases.start;
            let first_on = view.purchases.day[first];
            if view.as_of - first_on < VALUE_DAYS {
                continue;
            }
            wanted.clear();
            let columns = held.items_of(first).iter().map(|&item| column_of[item as usize]);
            wanted.extend(columns.filter(|&column| column != u32::MAX));
            if wanted.is_empty() {
                continue;
            }
            let within = purchases.take_while(|&p| view.purchases.day[p] - first_on <= VALUE_DAYS);
            let total: i64 = within.map(|p| values[p].0).sum();
            let (values, people) = blocks.of(place);
            for &column in &wanted {
                values[column as usize] += total;
                people[column as usize] += 1;
            }
        }
        for (mean, &place) in blocks.means().into_iter().zip(batch) {
            found[place] = mean.filter(|mean| mean.n >= FEWEST);
        }
    }
    found
}
