//! New items for customers with high involvement.

use super::actions::{Candidate, Trigger};
use super::history::View;
use super::triggers::{ITEMS, LOOKS, RESULT_DAYS, Shop, median};
use crate::shop::{Day, Moment, Yen};

/// An item counts as new for this long after its first sale.
const NEW_ITEM_DAYS: i32 = 60;
/// An item sold this soon after a mall's first order was there before the ledger, not new.
const LEDGER_START_DAYS: i32 = 90;
/// Later than any sale.
const NEVER: Day = Day(i32::MAX);

/// Per new item: active customers with three purchases and three items or more, who buy at its mall and have
/// not bought it.
///
/// New: first sold within 60 days, and not within the first 90 days of its mall in the ledger. The base rate
/// counts pairs of such a customer and an item new at that time.
pub(crate) fn new_item(shop: &Shop<'_, '_>) -> Vec<Candidate> {
    let view = shop.view;
    let history = view.history;
    let items = history.items.len();
    let mut first_sold = vec![NEVER; items];
    let mut buyers = vec![0u32; items];
    let mut sold: Vec<Vec<Yen>> = vec![Vec::new(); items];
    let (held, days) = (view.held(), &view.purchases.day);
    for (p, &day) in days.iter().enumerate() {
        for &item in held.items_of(p) {
            let first = &mut first_sold[item as usize];
            *first = day.min(*first);
        }
    }
    let mut mall_opened = [Moment(i64::MAX); 3];
    for o in (0..view.included.len()).filter(|&o| view.included[o]) {
        let opened = &mut mall_opened[history.orders.mall[o] as usize];
        *opened = history.orders.ordered_at[o].min(*opened);
    }
    let was_new = |item: usize, on: Day| {
        let (first, opened) = (first_sold[item], mall_opened[history.items[item].mall as usize]);
        if first == NEVER || opened == Moment(i64::MAX) {
            return false;
        }
        first >= opened.day() + LEDGER_START_DAYS && first <= on && on - first < NEW_ITEM_DAYS
    };
    let looks: Vec<Day> = (0..=LOOKS).rev().map(|k| shop.look(k, RESULT_DAYS)).collect();
    let now = looks.len() - 1;
    // Per look and mall, how many items were new.
    let new_counts: Vec<[u32; 3]> = looks
        .iter()
        .map(|&on| {
            let mut counts = [0; 3];
            (0..items).filter(|&item| was_new(item, on)).for_each(|i| counts[history.items[i].mall as usize] += 1);
            counts
        })
        .collect();
    if new_counts[now] == [0; 3] {
        return Vec::new();
    }
    let is_new_now: Vec<bool> = (0..items).map(|item| was_new(item, view.as_of)).collect();
    // Items that were new at some look; everything else is only counted as a distinct item.
    let ever_new: Vec<bool> = (0..items).map(|item| looks.iter().any(|&on| was_new(item, on))).collect();
    // Buyers and typical value of what is new now: only the last days can hold it.
    let mut seen_with = vec![u32::MAX; items];
    let newest = view.as_of - NEW_ITEM_DAYS;
    for place in 0..view.customers.len() {
        for p in view.purchases_of(place).rev().take_while(|&p| shop.day(p) > newest) {
            for line in view.orders_of(p).flat_map(|o| history.lines_of(o)) {
                let item = line.item as usize;
                if is_new_now[item] {
                    sold[item].push(shop.values[p]);
                    buyers[item] += u32::from(seen_with[item] != place as u32);
                    seen_with[item] = place as u32;
                }
            }
        }
    }
    let mut bought_by = vec![u32::MAX; items];
    let longest = shop.longest_lapse();
    let mut eligible: Vec<(u32, [bool; 3])> = Vec::new();
    let (mut comparable, mut bought) = (0u32, 0u32);
    for place in 0..view.customers.len() {
        let (mut distinct, mut days, mut fresh, mut last) = (0, 0, 0, Day::default());
        let mut malls = [false; 3];
        let mut held = [0u32; LOOKS as usize + 1];
        let mut met = [false; LOOKS as usize + 1];
        let mut look = 0;
        let mut range = view.purchases_of(place);
        // Three purchases, and active at one of the looks at least.
        if range.len() < 3 || looks[0] - shop.day(range.end - 1) > longest {
            continue;
        }
        while look <= now {
            let on = looks[look];
            let next = range.start;
            if next < range.end && shop.day(next) <= on {
                let day = shop.day(next);
                days += 1;
                fresh += usize::from(view.purchases.fresh[next]);
                last = day;
                for o in view.orders_of(next) {
                    malls[history.orders.mall[o] as usize] = true;
                    for line in history.lines_of(o) {
                        let item = line.item as usize;
                        if bought_by[item] == place as u32 {
                            continue;
                        }
                        bought_by[item] = place as u32;
                        distinct += 1;
                        if ever_new[item] {
                            (look..=now).filter(|&l| was_new(item, looks[l])).for_each(|l| held[l] += 1);
                            // It lies in the window after the look before this one.
                            let offered = look > 0 && met[look - 1] && was_new(item, looks[look - 1]);
                            bought += u32::from(offered && day > looks[look - 1]);
                        }
                    }
                }
                range.start += 1;
                continue;
            }
            met[look] = days >= 3 && distinct >= 3 && shop.is_active(fresh, last, on);
            if met[look] && look < now {
                let offered: u32 = (0..3).filter(|&mall| malls[mall]).map(|mall| new_counts[look][mall]).sum();
                comparable += offered.saturating_sub(held[look]);
            }
            look += 1;
        }
        if met[now] {
            eligible.push((place as u32, malls));
        }
    }
    let mut new_items: Vec<usize> = (0..items).filter(|&item| is_new_now[item]).collect();
    new_items.sort_by_key(|&item| (std::cmp::Reverse(buyers[item]), item));
    new_items.truncate(ITEMS);
    new_items
        .into_iter()
        .map(|item| {
            let mut found = Candidate::new(Trigger::NewItem, RESULT_DAYS, median(&mut sold[item]));
            let mall = history.items[item].mall;
            found.places = eligible.iter().filter(|(_, malls)| malls[mall as usize]).map(|&(place, _)| place).collect();
            found.places.retain(|&place| !has_bought(view, place as usize, item as u32));
            (found.comparable, found.bought) = (comparable, bought.min(comparable));
            found.item = Some(item as u32);
            let first = first_sold[item];
            found.due_on = (first + NEW_ITEM_DAYS).max(view.as_of);
            found.evidence_days = (view.as_of - first) as u32;
            found.evidence_count = buyers[item];
            found
        })
        .collect()
}

fn has_bought(view: &View<'_>, place: usize, item: u32) -> bool {
    let mut orders = view.purchases_of(place).flat_map(|p| view.orders_of(p));
    orders.any(|o| view.history.lines_of(o).iter().any(|line| line.item == item))
}
