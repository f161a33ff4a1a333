//! Answers as short text for a person at a terminal.

use crate::app::groups::label;
use crate::app::reconciliation::Reconciliation;
use crate::app::screens::{Actions, CustomerPage, Imports, OrderAnswer, Screen};
use crate::app::{Session, words};
use crate::insight::cohort::Cohorts;
use crate::insight::lifetime_value::LifetimeValue;
use crate::insight::overview::Overview;
use crate::insight::people::CustomerRow;
use crate::insight::rfm::Groups;
use crate::shop::Yen;

pub(super) fn yen(session: &Session, amount: Yen) -> String {
    words::yen(amount, session.catalogue.language)
}

pub(super) fn table(rows: Vec<Vec<String>>) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let space = " ".repeat(widths[at] - width(cell));
            // The first column names the row, the others are numbers.
            text += &if at == 0 { format!("{cell}{space}") } else { format!("  {space}{cell}") };
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

pub(super) fn finding(session: &Session, text: &str) -> String {
    if text.is_empty() { session.catalogue.word("cli-empty") } else { text.to_owned() }
}

pub(super) fn overview(session: &Session, screen: &Screen<Overview>) -> String {
    let answer = &screen.answer;
    let word = |key: &str| session.catalogue.word(key);
    let mut text = finding(session, &screen.finding) + "\n";
    if answer.as_of.is_none() {
        return text;
    }
    text += &table(vec![
        vec![word("report-net-sales"), yen(session, answer.net_sales)],
        vec![word("report-orders"), words::grouped(i64::from(answer.order_count))],
        vec![word("report-customers"), words::grouped(i64::from(answer.customer_count))],
        vec![
            word("report-average-order-value"),
            answer.average_order_value.map(|amount| yen(session, amount)).unwrap_or_default(),
        ],
        vec![word("report-repeat-share"), answer.repeat_share.map(words::percent).unwrap_or_default()],
    ]);
    text
}

pub(super) fn groups(session: &Session, screen: &Screen<Groups>) -> String {
    let rows = screen.answer.groups.iter().map(|row| {
        let share = row.value_share.filter(|_| !row.few).map(words::percent).unwrap_or_default();
        vec![row.label.clone(), words::grouped(i64::from(row.customer_count)), share]
    });
    finding(session, &screen.finding) + "\n" + &table(rows.collect())
}

pub(super) fn cohorts(session: &Session, screen: &Screen<Cohorts>) -> String {
    let rate = screen.answer.measure.is_rate();
    let rows = screen.answer.cohorts.iter().map(|row| {
        let mut cells = vec![row.key.to_string(), words::grouped(i64::from(row.customer_count))];
        cells.extend(row.cells.iter().map(|cell| match (cell.open, rate) {
            (true, _) => "…".to_owned(),
            (false, true) => words::percent(cell.value),
            (false, false) => format!("{:.2}", cell.value),
        }));
        cells
    });
    finding(session, &screen.finding) + "\n" + &table(rows.collect())
}

pub(super) fn lifetime_value(session: &Session, screen: &Screen<LifetimeValue>) -> String {
    let rows = screen.answer.curves.iter().take(1).flat_map(|curve| &curve.points).map(|point| {
        let amount = |value: f64| yen(session, Yen::rounded_half_away(value));
        vec![
            session.catalogue.text("figure-days", &[("days", point.day.into())]),
            amount(point.value),
            format!("{}〜{}", amount(point.low), amount(point.high)),
            words::grouped(i64::from(point.n)),
        ]
    });
    finding(session, &screen.finding) + "\n" + &table(rows.collect())
}

pub(super) fn actions(session: &Session, screen: &Screen<Actions>) -> String {
    let language = session.catalogue.language;
    let mut text = finding(session, &screen.finding) + "\n";
    for card in &screen.answer.cards {
        let rough = |amount| words::rough_yen(amount, language);
        text += &format!(
            "\n■ {}\n  {}\n  {}〜{}  {}\n",
            card.title,
            card.why,
            rough(card.worth.low),
            rough(card.worth.high),
            words::short_day(card.due_on)
        );
    }
    text
}

pub(super) fn customers(session: &Session, rows: &[CustomerRow]) -> String {
    table(
        rows.iter()
            .map(|row| {
                vec![
                    format!("{} {}", row.customer_id, row.display_name),
                    words::grouped(i64::from(row.order_count)),
                    yen(session, row.net_sales),
                    words::short_day(row.last_purchase_on),
                    label(row.group, &session.catalogue),
                ]
            })
            .collect(),
    )
}

pub(super) fn customer(session: &Session, screen: &Screen<CustomerPage>) -> String {
    let answer = &screen.answer;
    format!("{}\n{}\n{}", answer.customer.display_name, screen.finding, orders(session, &answer.orders))
}

pub(super) fn orders(session: &Session, rows: &[OrderAnswer]) -> String {
    table(
        rows.iter()
            .map(|order| {
                let status = session.catalogue.word(&format!("status-{}", status_word(order)));
                vec![
                    order.order_number.clone(),
                    order.ordered_at.to_string().replace('T', " "),
                    yen(session, order.net_sales),
                    status,
                ]
            })
            .collect(),
    )
}

fn status_word(order: &OrderAnswer) -> &'static str {
    use crate::shop::OrderStatus;
    match order.status {
        OrderStatus::Placed => "placed",
        OrderStatus::Shipped => "shipped",
        OrderStatus::Cancelled => "cancelled",
        OrderStatus::Returned => "returned",
    }
}

pub(super) fn imports(session: &Session, imports: &Imports) -> String {
    let mut rows: Vec<Vec<String>> = imports
        .imports
        .iter()
        .map(|import| {
            vec![
                format!("{} {}", import.batch_id, import.files.join(" + ")),
                import.recorded_at.to_string().replace('T', " "),
                words::grouped((import.orders_new + import.entries) as i64),
                words::grouped(import.orders_updated as i64),
                words::grouped(import.orders_unchanged as i64),
            ]
        })
        .collect();
    rows.extend(imports.waiting.iter().map(|half| vec![format!("… {} ({})", half.file, half.profile_label)]));
    if rows.is_empty() { session.catalogue.word("cli-empty") } else { table(rows) }
}

pub(super) fn reconciliation(_: &Session, answer: &Reconciliation) -> String {
    let number = |count: Option<i64>| count.map_or_else(|| "–".to_owned(), words::grouped);
    let mut text = format!("{}\n", answer.finding);
    for row in &answer.months {
        text += &format!(
            "{} {}  {} / {}  {} / {}  {}\n",
            row.mall,
            row.month,
            number(row.mall_new_count),
            number(row.mall_repeat_count),
            row.new_customer_count,
            row.repeat_customer_count,
            row.explanation
        );
    }
    text
}
