//! Answers about items as short text for a person at a terminal.

use super::summary::{finding, table, yen};
use crate::app::screens::Screen;
use crate::app::{Session, words};
use crate::insight::Interval;
use crate::insight::items::{ItemName, Items};
use crate::insight::next_item::NextItems;
use crate::insight::radar::Radar;
use crate::shop::Yen;

/// `32.1%`, `28.0%〜36.5%`, `120`; `4/7` while they are few; nothing where there is no share.
fn share(interval: Option<Interval>) -> Vec<String> {
    match interval {
        Some(interval) if interval.n < words::FEW => {
            let hits = (interval.value * f64::from(interval.n)).round() as i64;
            vec![format!("{hits}/{}", interval.n), String::new(), String::new()]
        }
        Some(interval) => vec![
            words::percent(interval.value),
            format!("{}〜{}", words::percent(interval.low), words::percent(interval.high)),
            words::grouped(i64::from(interval.n)),
        ],
        None => vec!["–".to_owned(), String::new(), String::new()],
    }
}

fn days(session: &Session, days: Option<u32>) -> String {
    days.map_or_else(|| "–".to_owned(), |days| session.catalogue.text("figure-days", &[("days", days.into())]))
}

fn named(item: &ItemName) -> String {
    format!("{} {}", item.item_code, item.item_name)
}

fn times(lift: Interval) -> String {
    format!("×{:.1}", lift.value)
}

pub(super) fn items(session: &Session, screen: &Screen<Items>) -> String {
    let rows = screen.answer.items.iter().map(|row| {
        let mut cells = vec![
            format!("{} {} {}", row.mall, row.item_code, row.item_name),
            yen(session, row.goods),
            words::grouped(i64::from(row.buyer_count)),
            days(session, row.median_days),
            words::grouped(i64::from(row.first_count)),
        ];
        cells.extend(share(row.f2_180));
        let value = row.ltv_365.map(|ltv| yen(session, Yen::rounded_half_away(ltv.value)));
        cells.push(value.unwrap_or_else(|| "–".to_owned()));
        cells
    });
    let baskets = screen.answer.baskets.iter().map(|row| {
        vec![
            format!("{} + {}", named(&row.item), named(&row.with)),
            words::grouped(i64::from(row.basket_count)),
            words::percent(row.support),
            words::percent(row.confidence.value),
            format!("×{:.1}", row.lift),
        ]
    });
    let (rows, baskets) = (table(rows.collect()), table(baskets.collect()));
    finding(session, &screen.finding) + "\n" + &rows + "\n" + &baskets
}

pub(super) fn next_items(session: &Session, screen: &Screen<NextItems>) -> String {
    let answer = &screen.answer;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &answer.next {
        let mut cells = vec![named(&row.item), words::grouped(i64::from(row.count))];
        cells.extend(share(Some(row.share)));
        cells.push(times(row.lift));
        rows.push(cells);
    }
    for pair in &answer.pairs {
        let name = format!("{} → {}", named(&pair.item), named(&pair.next));
        let mut cells = vec![name, words::grouped(i64::from(pair.count))];
        cells.extend(share(Some(pair.share)));
        cells.push(times(pair.lift));
        rows.push(cells);
    }
    finding(session, &screen.finding) + "\n" + &table(rows)
}

pub(super) fn radar(session: &Session, screen: &Screen<Radar>) -> String {
    let rows = screen.answer.entries.iter().map(|entry| {
        let item = entry.item.as_ref().map(|item| {
            let quantity = words::grouped(i64::from(entry.quantity));
            session.catalogue.text("cli-radar-item", &[("item", named(item).into()), ("quantity", quantity.into())])
        });
        vec![
            format!("{} {}", words::short_day(entry.due_on), entry.display_name),
            item.unwrap_or_default(),
            words::short_day(entry.last_purchase_on),
            format!("{}〜{}", words::short_day(entry.window_from), words::short_day(entry.window_to)),
        ]
    });
    finding(session, &screen.finding) + "\n" + &table(rows.collect())
}
