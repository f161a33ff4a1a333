//! Answers as short text for a person at a terminal.

use crate::app::catalogue::Args;
use crate::app::groups::label;
use crate::app::reconciliation::Reconciliation;
use crate::app::screens::{
    Actions, Basis, CustomerPage, Identity, Imports, OrderAnswer, ProfitOrders, Screen, Settings,
};
use crate::app::{Session, words};
use crate::insight::cohort::Cohorts;
use crate::insight::lifetime_value::LifetimeValue;
use crate::insight::overview::Overview;
use crate::insight::people::CustomerRow;
use crate::insight::profit::Profit;
use crate::insight::rfm::ValueBasis;
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

pub(super) fn identity(session: &Session, screen: &Screen<Identity>) -> String {
    let answer = &screen.answer;
    let mut text = finding(session, &screen.finding) + "\n";
    if !answer.nameless.is_empty() {
        text += &(answer.nameless.clone() + "\n");
    }
    if !answer.sensitivity.sentence.is_empty() {
        text += &(answer.sensitivity.sentence.clone() + "\n");
    }
    for pair in &answer.likely_pairs {
        text += &format!(
            "\n{}  {}  {}  {}\n  {}\n",
            pair.a,
            pair.b,
            words::percent(pair.probability),
            pair.left.display_name,
            pair.summary
        );
        for row in pair.evidence.iter().filter(|row| !row.left.is_empty() || !row.right.is_empty()) {
            text += &format!("  {} | {}  {}\n", row.left, row.right, row.words);
        }
    }
    for decision in &answer.decisions {
        text += &format!("\n{}  {}\n", decision.decision_id, decision.sentence);
    }
    text
}

pub(super) fn cohorts(session: &Session, screen: &Screen<Cohorts>) -> String {
    let rate = screen.answer.measure.is_rate();
    let rows = screen.answer.cohorts.iter().map(|row| {
        let mut cells = vec![row.label.clone(), words::grouped(i64::from(row.customer_count))];
        cells.extend(row.cells.iter().map(|cell| match (cell.open, rate) {
            (true, _) => "…".to_owned(),
            (false, true) => words::percent(cell.value),
            (false, false) => format!("{:.2}", cell.value),
        }));
        cells
    });
    // Only one measure has a sentence of its own.
    let said = if screen.answer.as_of.is_some() { screen.finding.clone() } else { finding(session, "") };
    let said = if said.is_empty() { said } else { said + "\n" };
    said + &table(rows.collect())
}

pub(super) fn lifetime_value(session: &Session, screen: &Screen<LifetimeValue>) -> String {
    let rows = screen.answer.curves.iter().take(1).flat_map(|curve| &curve.points).map(|point| {
        let amount = |value: f64| yen(session, Yen::rounded_half_away(value));
        vec![
            session.catalogue.text("figure-days", &[("days", point.day.into())]),
            amount(point.value),
            point
                .low
                .zip(point.high)
                .map(|(low, high)| format!("{}〜{}", amount(low), amount(high)))
                .unwrap_or_default(),
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
    let notes: String = answer.notes.iter().map(|note| format!("{}  {}\n", note.written_at.day(), note.text)).collect();
    format!("{}\n{}\n{notes}{}", answer.customer.display_name, screen.finding, orders(session, &answer.orders))
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

/// What the figures rest on: what is left out, and the definition of value.
pub(super) fn basis(session: &Session, basis: &Basis) -> String {
    let catalogue = &session.catalogue;
    let (Some(as_of), Some(period)) = (basis.as_of, &basis.period) else { return catalogue.word("cli-empty") };
    let text = |key: &str, args: &Args<'_>| catalogue.text(key, args);
    let value = catalogue.word(value_key(basis.value_basis));
    [
        text("cli-basis-as-of", &[("day", words::day(as_of, catalogue.language).into())]),
        text(
            "cli-basis-period",
            &[
                ("from", words::short_day(period.from).into()),
                ("to", words::short_day(period.to).into()),
                ("orders", period.order_count.into()),
                ("people", period.customer_count.into()),
            ],
        ),
        text(
            "cli-basis-left-out",
            &[("cancelled", period.cancelled_count.into()), ("returned", period.returned_count.into())],
        ),
        text(
            "cli-basis-value",
            &[("value", value.into()), ("share", words::percent(basis.known_cost_share.unwrap_or(0.0)).into())],
        ),
    ]
    .join("\n")
}

fn value_key(basis: ValueBasis) -> &'static str {
    match basis {
        ValueBasis::NetSales => "value-net_sales",
        ValueBasis::ContributionMargin => "value-contribution_margin",
    }
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

pub(super) fn profit(session: &Session, screen: &Screen<Profit>) -> String {
    let answer = &screen.answer;
    let rows = answer.steps.iter().map(|step| {
        let share = step.low.as_f64() / answer.net_sales.as_f64();
        let share = if share.is_finite() { words::percent(share) } else { String::new() };
        vec![step.label.clone(), range(session, step.low, step.high), share]
    });
    finding(session, &screen.finding) + "\n" + &table(rows.collect())
}

pub(super) fn profit_orders(session: &Session, answer: &ProfitOrders) -> String {
    let order_count = answer.total - answer.split_count;
    let head = vec![answer.label.clone(), range(session, answer.low, answer.high), words::grouped(order_count.into())];
    let rows = answer.orders.iter().map(|order| {
        let on = words::short_day(order.ordered_at.day());
        vec![order.order_number.clone(), on, range(session, order.low, order.high)]
    });
    table([head].into_iter().chain(rows).collect())
}

fn range(session: &Session, low: Yen, high: Yen) -> String {
    if low == high {
        return yen(session, low);
    }
    let (low, high) = (yen(session, low), yen(session, high));
    session.catalogue.text("setting-range", &[("low", low.into()), ("high", high.into())])
}

pub(super) fn settings(session: &Session, answer: &Settings) -> String {
    let rows = answer.settings.iter().filter(|setting| setting.in_use && setting.value.is_some()).map(|setting| {
        let confirmed = if setting.confirmed { "setting-confirmed" } else { "setting-unconfirmed" };
        vec![
            setting.key.clone(),
            setting.label.clone(),
            setting.value_label.clone(),
            setting.holds_from.map(words::short_day).unwrap_or_default(),
            session.catalogue.word(confirmed),
        ]
    });
    let changes = answer.changes.iter().map(|change| {
        vec![
            change.change_id.to_string(),
            words::short_day(change.changed_at.day()),
            change.key.clone(),
            change.value_label.clone(),
            change.holds_from.map(words::short_day).unwrap_or_default(),
            change.undone_at.map(|_| session.catalogue.word("setting-undone")).unwrap_or_default(),
        ]
    });
    let names = match answer.privacy.names_kept {
        true => session.catalogue.word("nameless-off"),
        false => answer.privacy.sentence.clone(),
    };
    names + "\n\n" + &table(rows.collect()) + "\n" + &table(changes.collect())
}
