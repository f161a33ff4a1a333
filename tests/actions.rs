//! The five rules of the next action on shops small enough to work out by hand, and what always holds.

use otokui_lib::app::catalogue::{Catalogue, Language};
use otokui_lib::app::{actions as cards, events};
use otokui_lib::insight::actions::{Finding, Tariffs, Trigger, findings};
use otokui_lib::insight::calendar::Calendar;
use otokui_lib::insight::history::{History, HistoryBuilder, Item, LineRow, OrderRow, Scope, View};
use otokui_lib::insight::item_gap::item_gaps;
use otokui_lib::insight::people::People;
use otokui_lib::shop::{CustomerId, Day, Mall, Yen};
use std::collections::BTreeSet;

/// Every shop's day 0.
fn day(number: i32) -> Day {
    Day::from_ymd(2024, 9, 26).expect("a day") + number
}

/// An order at noon on Rakuten: customer, day, yen, (item, pieces).
struct Sale(i64, i32, i64, &'static [(u32, u32)]);

fn shop(sales: &[Sale]) -> History {
    let mut builder = HistoryBuilder::default();
    for (number, &Sale(customer, on, yen, lines)) in sales.iter().enumerate() {
        let row = OrderRow {
            order: number as i64,
            customer: CustomerId(customer),
            ordered_at: day(on).at(12, 0, 0),
            time_known: true,
            mall: Mall::Rakuten,
            goods: Yen(yen),
            net_sales: Yen(yen),
            margin: None,
            shop_coupon: Yen::ZERO,
            paid_by_mall: Yen::ZERO,
            mall_coupon: Yen::ZERO,
            point_multiplier: 1,
            split: false,
            subscription: false,
            gift: false,
        };
        let lines: Vec<LineRow> =
            lines.iter().map(|&(item, quantity)| LineRow { item, quantity, goods: Yen(yen) }).collect();
        builder.push(row, &lines);
    }
    let item = |n: u32| Item { mall: Mall::Rakuten, code: format!("item-{n}"), name: format!("品物{n}") };
    builder.finish((0..8).map(item).collect())
}

const R_MAIL: Tariffs = Tariffs { rakuten: Yen(1), yahoo: Yen(0), own: Yen(0) };

fn view(history: &History, as_of: i32) -> View<'_> {
    View::new(history, &Scope { as_of: Some(day(as_of)), ..Scope::default() }).expect("orders")
}

/// The one finding of the shop.
fn only(history: &History, as_of: i32, calendar: &Calendar) -> Finding {
    let found = findings(&view(history, as_of), calendar, &R_MAIL);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().expect("one finding")
}

fn check(finding: &Finding, customers: impl Iterator<Item = i64>, past: (u32, u32), worth: (i64, i64)) {
    assert_eq!(finding.customers, customers.map(CustomerId).collect::<Vec<_>>());
    assert_eq!(finding.base_rate.n, past.1, "comparable people in the past");
    assert!((finding.base_rate.value - f64::from(past.0) / f64::from(past.1)).abs() < 1e-12, "{:?}", finding.base_rate);
    assert_eq!((finding.worth.low.0, finding.worth.high.0), worth);
}

#[test]
fn first_time_buyers_between_the_median_and_the_lapse_day_are_reminded() {
    // Gaps of those who came back: 20 × 20 days, 10 × 40, 10 × 60. Ten bought on day 180 and never again;
    // customers 51–55 bought on day 355. as_of is day 400.
    // Day 20: 55 at risk, 20 back: F = 20/55. Day 40: 35 at risk, 10 back: F = 30/55. Day 45: five leave.
    // Day 60: 20 at risk, 10 back: F = 42.5/55, which is everybody who returns.
    // Median: F ≥ 21.25/55 on day 40. Lapse: F ≥ 34/55 on day 60. Customers 51–55 wait for 45 days: in between.
    let mut sales = Vec::new();
    for customer in 1..=40 {
        let gap = [20, 20, 40, 60][(customer as usize - 1) / 10];
        sales.extend([Sale(customer, 180, 1000, &[]), Sale(customer, 180 + gap, 1000, &[])]);
    }
    sales.extend((41..=50).map(|customer| Sale(customer, 180, 1000, &[])));
    sales.extend((51..=55).map(|customer| Sale(customer, 355, 1000, &[])));
    let history = shop(&sales);
    let finding = only(&history, 400, &Calendar::default());
    // Looks back on days 370, 340, …, 220. On day 220, 40 days after day 180, were waiting: ten with a gap of 60,
    // who came on day 240, and the ten who never did. On day 250 it was 70 days, too late. 10 of 20.
    // Wilson 95 %: 0.2993–0.7007. 5 people × ¥1,000 × 0.2993 × 0.05 = 75, × 0.7007 × 0.20 = 701, less ¥5 of mail.
    check(&finding, 51..=55, (10, 20), (70, 696));
    assert_eq!(finding.trigger, Trigger::F2Window);
    assert_eq!((finding.evidence_days, finding.evidence_count), (40, 40));
    assert_eq!((finding.cost, finding.typical_value), (Yen(5), Yen(1000)));
    assert_eq!(finding.due_on, day(355 + 60), "half the audience has passed its lapse day by then");
}

#[test]
fn whoever_runs_out_within_a_fortnight_is_told() {
    // Twelve bought item 0 on days 210 and 240: a piece lasts 30 days. as_of is day 400.
    // Customers 21–24 bought a piece on day 375 (expected on 405), customer 25 two pieces on day 345 (also 405).
    // Customer 26 bought on day 345 one piece: expected on 375, no longer due. Customer 27's is due on 420: not yet.
    let mut sales = Vec::new();
    for customer in 1..=12 {
        sales.extend([Sale(customer, 210, 2000, &[(0, 1)]), Sale(customer, 240, 2000, &[(0, 1)])]);
    }
    sales.extend((21..=24).map(|customer| Sale(customer, 375, 2000, &[(0, 1)])));
    sales.extend([Sale(25, 345, 2000, &[(0, 2)]), Sale(26, 345, 2000, &[(0, 1)]), Sale(27, 390, 2000, &[(0, 1)])]);
    let history = shop(&sales);
    let finding = only(&history, 400, &Calendar::default());
    // Looks back on days 386, 372, …, 232. Expected on day 240: due at look 232, 12 people, all came.
    // Their second piece, expected on 270: due at look 260, none came. Customer 26, expected on 375: due at look
    // 372, did not come. 12 of 25. Wilson 95 %: 0.3003–0.6650.
    // 5 × ¥2,000 × 0.3003 × 0.05 = 150, × 0.6650 × 0.20 = 1,330, less ¥5.
    assert_eq!(finding.key, "replenishment:rakuten:item-0");
    check(&finding, 21..=25, (12, 25), (145, 1325));
    assert_eq!((finding.evidence_days, finding.evidence_count, finding.window_days), (30, 12, 14));
}

#[test]
fn best_customers_who_stay_away_are_thanked() {
    // Seven bought six times for ¥5,000 up to day 100; customers 5–7 again on day 320. Twenty bought once, ¥1,000.
    // as_of is day 400; under 100 returners the recency limits are 30/90/180/365 days.
    // Customers 1–4: 300 days, R 2; six purchases, F 5; M 5: 離反しそうな優良. Customers 5–7: 80 days, R 4.
    let mut sales = Vec::new();
    for customer in 1..=7 {
        sales.extend((0..6).map(|n| Sale(customer, n * 20, 5000, &[])));
    }
    sales.extend((5..=7).map(|customer| Sale(customer, 320, 5000, &[])));
    sales.extend((11..=30).map(|customer| Sale(customer, 50, 1000, &[])));
    let history = shop(&sales);
    let finding = only(&history, 400, &Calendar::default());
    // Looks back: day 370 and 340, customers 1–4 (270 and 240 days): 8, none came. Day 310 (210 days): all seven,
    // of whom 5–7 came on day 320. Day 280: 180 days is still R 3. 3 of 15.
    // Wilson 95 %: 0.0705–0.4519. 4 × ¥5,000 × 0.0705 × 0.05 = 70, × 0.4519 × 0.20 = 1,807, less ¥4.
    assert_eq!(finding.trigger, Trigger::BestCooling);
    check(&finding, 1..=4, (3, 15), (66, 1803));
    assert_eq!((finding.evidence_days, finding.evidence_count), (180, 7));
}

#[test]
fn buyers_on_event_days_only_are_shown_ordinary_days() {
    // Rakuten's 5th, 15th and 25th. Ten bought on all three in June 2025, three of them again on 8 July, no event.
    // Customers 21–26 bought on all three in October 2025; as_of is 31 October.
    // Gaps: 32 of 10 days, 3 of 13. Day 10: 45 at risk, 32 back: F = 32/45; day 13: F = 35/45 = everybody.
    // Lapse: F ≥ 28/45 on day 10.
    let number = |month: u32, date: u32| Day::from_ymd(2025, month, date).expect("a day") - day(0);
    let mut sales = Vec::new();
    for customer in 1..=10 {
        sales.extend([5, 15, 25].map(|date| Sale(customer, number(6, date), 1000, &[])));
    }
    sales.extend((1..=3).map(|customer| Sale(customer, number(7, 8), 1000, &[])));
    for customer in 21..=26 {
        sales.extend([5, 15, 25].map(|date| Sale(customer, number(10, date), 1000, &[])));
    }
    let history = shop(&sales);
    let finding = only(&history, number(10, 31), &events::calendar());
    // Looks back on 1 October, 1 September, 2 August, 3 July, …: on 3 July the ten were 8 days past their last
    // purchase, all on events; three then bought on an ordinary day. 3 of 10.
    // Wilson 95 %: 0.1078–0.6032. 6 × ¥1,000 × 0.1078 × 0.05 = 32, × 0.6032 × 0.20 = 724, less ¥6.
    assert_eq!(finding.trigger, Trigger::EventOnly);
    check(&finding, 21..=26, (3, 10), (26, 718));
    assert_eq!(finding.evidence_count, 16, "customers with two purchases or more");
}

#[test]
fn keen_customers_see_a_new_item_first() {
    // Twelve come every 10 days from day 0 to 400 = as_of; the first three times for items 0, 1 and 2.
    // Item 3 was first sold on day 295 (to customer 100); customers 1–4 bought it on day 320.
    // Item 4 was first sold on day 380 (to customer 101); customer 1 bought it on day 390.
    const FIRST: [&[(u32, u32)]; 3] = [&[(0, 1)], &[(1, 1)], &[(2, 1)]];
    let mut sales = Vec::new();
    for customer in 1..=12 {
        for n in 0..=40 {
            let (yen, lines): (i64, &[(u32, u32)]) = match (n, customer) {
                (0..=2, _) => (1000, FIRST[n as usize]),
                (32, 1..=4) => (1000, &[(3, 1)]),
                (39, 1) => (3000, &[(4, 1)]),
                _ => (1000, &[]),
            };
            sales.push(Sale(customer, n * 10, yen, lines));
        }
    }
    sales.extend([Sale(100, 295, 1000, &[(3, 1)]), Sale(101, 380, 3000, &[(4, 1)])]);
    let history = shop(&sales);
    let finding = only(&history, 400, &Calendar::default());
    // Looks back: on day 310 item 3 was 15 days old: 12 pairs, 4 bought on day 320. On day 340, 45 days: 8 pairs
    // left, none bought. On day 370 it was 75 days old, not new. 4 of 20.
    // Wilson 95 %: 0.0807–0.4160. 11 × ¥3,000 × 0.0807 × 0.05 = 133, × 0.4160 × 0.20 = 2,746, less ¥11.
    assert_eq!(finding.key, "new_item:rakuten:item-4");
    check(&finding, 2..=12, (4, 20), (122, 2735));
    assert_eq!((finding.evidence_days, finding.evidence_count), (20, 2));
    assert_eq!(finding.due_on, day(440));
}

/// A shop of invented habits, the same for the same seed.
fn invented(seed: u64) -> History {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut builder = HistoryBuilder::default();
    let mut number = 0;
    for customer in 1..=300 {
        let gap = 10 + next(60) as i32;
        let mut on = next(500) as i32;
        let event_fan = next(4) == 0;
        let favourite = next(5) as u32;
        while on < 600 {
            if event_fan {
                on += (0..9).find(|wait| [5, 15, 25].contains(&day(on + wait).ymd().2)).unwrap_or(0);
            }
            let item = if on > 570 && next(3) == 0 {
                7
            } else if next(3) > 0 {
                favourite
            } else {
                next(7) as u32
            };
            let item = if on > 500 && on < 540 && item == 6 { 5 } else { item };
            let yen = 800 + 100 * next(60) as i64;
            let row = OrderRow {
                order: number,
                customer: CustomerId(customer),
                ordered_at: day(on).at(next(24) as u32, 0, 0),
                time_known: next(10) > 0,
                mall: if item < 6 { Mall::Rakuten } else { Mall::Yahoo },
                goods: Yen(yen),
                net_sales: Yen(yen),
                margin: None,
                shop_coupon: Yen::ZERO,
                paid_by_mall: Yen::ZERO,
                mall_coupon: Yen::ZERO,
                point_multiplier: 1,
                split: false,
                subscription: next(30) == 0,
                gift: false,
            };
            builder.push(row, &[LineRow { item, quantity: 1 + next(2) as u32, goods: Yen(yen) }]);
            number += 1;
            if next(4) == 0 {
                break;
            }
            on += gap / 2 + next(gap as u64) as i32;
        }
    }
    let item = |n: u32| Item {
        mall: if n < 6 { Mall::Rakuten } else { Mall::Yahoo },
        code: format!("item-{n}"),
        name: format!("品物{n}"),
    };
    builder.finish((0..8).map(item).collect())
}

#[test]
fn whatever_the_shop_these_things_hold() {
    let calendar = events::calendar();
    let mut seen = BTreeSet::new();
    for seed in 1..=20 {
        let history = invented(seed);
        let view = View::new(&history, &Scope::default()).expect("orders");
        let found = findings(&view, &calendar, &R_MAIL);
        assert_eq!(found, findings(&view, &calendar, &R_MAIL), "the same shop gives the same findings");
        let mut people = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for finding in &found {
            seen.insert(finding.trigger);
            assert!(keys.insert(finding.key.clone()), "{} stands twice", finding.key);
            let address = format!("action:{}", finding.key).parse();
            assert_eq!(address, Ok(People::Action(finding.key.clone())), "a card's people have an address");
            assert!(finding.customers.len() >= 3, "{}", finding.key);
            assert!(finding.customers.is_sorted(), "{}", finding.key);
            assert!(finding.customers.iter().all(|&who| people.insert(who)), "somebody is in two findings");
            assert!(finding.worth.low <= finding.worth.high, "{finding:?}");
            assert!(finding.worth.low.0 + finding.worth.high.0 > 0, "not worth proposing: {finding:?}");
            assert!(finding.due_on >= view.as_of, "{finding:?}");
            assert!(
                finding.base_rate.low <= finding.base_rate.value && finding.base_rate.value <= finding.base_rate.high
            );
            for who in &finding.customers {
                let place = (0..view.customers.len()).find(|&place| view.id(place) == *who).expect("in view");
                already_bought(&view, finding, place);
            }
        }
        let middles: Vec<i64> = found.iter().map(|finding| finding.worth.low.0 + finding.worth.high.0).collect();
        assert!(middles.is_sorted_by(|a, b| a >= b), "ranked by the middle of their worth");
        for language in [Language::Japanese, Language::English] {
            say(&found, &view, language);
        }
    }
    assert!(seen.len() >= 3, "the invented shops try the rules out: {seen:?}");
}

/// Nobody is told to buy what they have just bought.
fn already_bought(view: &View<'_>, finding: &Finding, place: usize) {
    let purchases = view.purchases_of(place);
    match finding.trigger {
        Trigger::F2Window => assert_eq!(purchases.len(), 1, "bought a second time"),
        Trigger::NewItem => {
            let mut orders = purchases.flat_map(|p| view.orders_of(p));
            let mut has = |o: usize| view.history.lines_of(o).iter().any(|line| Some(line.item) == finding.item);
            assert!(!orders.any(&mut has), "bought the new item");
        }
        Trigger::Replenishment => {
            let gaps = item_gaps(view);
            let own = gaps.with_supplies().find(|(item, _)| Some(item.item) == finding.item);
            let (item, mut supplies) = own.expect("an item with gaps");
            let last = supplies.find(|s| s.place as usize == place && s.next.is_none()).expect("bought it once");
            let after = |share| last.day + item.quantile(share, last.quantity).expect("a curve") as i32;
            assert!(!last.subscription, "the next one comes by itself");
            assert!(after(0.25) <= view.as_of + 14 && after(0.75) > view.as_of, "not due: bought on {}", last.day);
        }
        Trigger::BestCooling => {
            let last = view.purchases.day[purchases.end - 1];
            assert!(view.as_of - last > finding.evidence_days as i32, "was there lately");
        }
        Trigger::EventOnly => assert!(purchases.len() >= 2),
    }
}

/// Every card speaks in full, in both languages.
fn say(found: &[Finding], view: &View<'_>, language: Language) {
    let catalogue = Catalogue::new(language);
    let today = Day::from_ymd(2026, 11, 21).expect("a day");
    let cards = cards::cards(found, view, &catalogue, today);
    assert_eq!(cards.len(), found.len());
    assert!(cards.iter().enumerate().all(|(rank, card)| card.this_week == (rank < 3)));
    for card in &cards {
        let mut finished =
            vec![&card.title, &card.why, &card.lift_source, &card.caution, &card.rule_note, &card.whose_job];
        finished.extend(&card.conditions);
        finished.extend(card.channels.iter().flat_map(|channel| [&channel.name, &channel.tariff]));
        for text in &finished {
            assert!(!text.is_empty() && !text.contains(['{', '}', '$']), "{}: {text}", card.key);
        }
        let templates = [&card.words.subject, &card.words.body, &card.words.line, &card.words.insert];
        for text in finished.into_iter().chain(templates) {
            assert!(!text.contains("action-") && !text.contains("{ $") && !text.contains("{$"), "{}: {text}", card.key);
            assert!(!text.contains("channel-") && !text.contains("rule-") && !text.contains("job-"), "{text}");
        }
        assert!(!card.channels.is_empty() && card.channel == card.channels[0].name);
        assert!(card.title.chars().count() < 80 && !card.title.contains('\n'));
    }
}
