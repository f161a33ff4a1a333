//! The lists as CSV: UTF-8 with a mark that Excel understands, every cell quoted.

use super::super::groups::label;
use super::Contents;

/// One row per customer, ascending by number.
pub(super) fn customers(contents: &Contents<'_>) -> String {
    let head = [
        "report-column-customer",
        "report-column-malls",
        "report-column-group",
        "report-column-order-count",
        "report-column-first",
        "report-column-last",
        "report-column-recency",
        "report-column-net-sales",
        "report-column-next-from",
        "report-column-next-to",
    ];
    let rows = contents.customers.iter().map(|row| {
        vec![
            row.customer_id.to_string(),
            contents.malls(row),
            label(row.group, &contents.session.catalogue),
            row.order_count.to_string(),
            contents.day(Some(row.first_purchase_on)),
            contents.day(Some(row.last_purchase_on)),
            row.recency_days.to_string(),
            row.net_sales.to_string(),
            contents.day(row.next_purchase_from),
            contents.day(row.next_purchase_to),
        ]
    });
    csv(head.iter().map(|key| contents.word(key)).collect(), rows)
}

/// One row per action card, best first.
pub(super) fn actions(contents: &Contents<'_>) -> String {
    let head = [
        "report-column-action",
        "report-column-why",
        "report-column-people",
        "report-column-worth-low",
        "report-column-worth-high",
        "report-column-due",
    ];
    let rows = contents.actions.answer.cards.iter().map(|card| {
        vec![
            card.title.clone(),
            card.why.clone(),
            card.customer_ids.len().to_string(),
            card.worth.low.to_string(),
            card.worth.high.to_string(),
            contents.day(Some(card.due_on)),
        ]
    });
    csv(head.iter().map(|key| contents.word(key)).collect(), rows)
}

fn csv(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = String::from("\u{feff}");
    for row in std::iter::once(head).chain(rows) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text += &cells.join(",");
        text += "\r\n";
    }
    text
}

/// A text that a spreadsheet would take for a formula is marked as text; a number stays one.
fn quoted(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    format!("\"{}{}\"", if risky { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_text_never_becomes_a_formula() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("@sum"), "\"'@sum\"");
        assert_eq!(quoted("-500"), "\"-500\"");
        assert_eq!(quoted("a \"b\""), "\"a \"\"b\"\"\"");
    }
}
