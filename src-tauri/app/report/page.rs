//! The report as one HTML page that prints on A4; nothing in it comes from outside the file.

use super::super::catalogue::Language;
use super::super::words;
use super::Contents;
use crate::chart::Figure;
use crate::shop::Yen;
use std::fmt::Write;

const STYLE: &str = include_str!("../../../assets/report.css");

/// The finished page.
pub(super) fn html(contents: &Contents<'_>) -> String {
    let mut page = String::new();
    let language = contents.session.catalogue.language;
    let code = if language == Language::Japanese { "ja" } else { "en" };
    let title = escaped(&contents.word("report-title"));
    put(
        &mut page,
        format_args!(
            "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{title}</title>\n<style>{STYLE}</style></head>\n<body><main><h1>{title}</h1>\n"
        ),
    );
    if contents.overview.answer.as_of.is_none() {
        put(&mut page, format_args!("<p>{}</p>", escaped(&contents.word("report-empty"))));
    } else {
        put(
            &mut page,
            format_args!(
                "<p class=\"quiet\">{}　{}</p>\n",
                escaped(&super::workbook::period(contents)),
                escaped(&contents.word("report-no-names"))
            ),
        );
        actions(&mut page, contents);
        overview(&mut page, contents);
        profit(&mut page, contents);
        groups(&mut page, contents);
        let drawn = [
            ("report-ltv", &contents.lifetime_value.finding, contents.lifetime_value.figures.get("curves")),
            ("report-cohorts", &contents.cohorts.finding, contents.cohorts.figures.get("heat")),
        ];
        for (key, finding, figure) in drawn {
            put(&mut page, format_args!("<section><h2>{}</h2>", escaped(&contents.word(key))));
            put(&mut page, format_args!("<p class=\"finding\">{}</p>", escaped(finding)));
            figure.into_iter().for_each(|figure| draw(&mut page, figure));
            put(&mut page, format_args!("</section>\n"));
        }
    }
    page += "</main></body></html>\n";
    page
}

fn actions(page: &mut String, contents: &Contents<'_>) {
    let catalogue = &contents.session.catalogue;
    put(page, format_args!("<section><h2>{}</h2>", escaped(&contents.word("report-actions"))));
    put(page, format_args!("<p class=\"finding\">{}</p>", escaped(&contents.actions.finding)));
    for card in contents.actions.answer.cards.iter().filter(|card| card.this_week) {
        let worth = catalogue.text(
            "report-worth",
            &[
                ("low", words::rough_yen(card.worth.low, catalogue.language).into()),
                ("high", words::rough_yen(card.worth.high, catalogue.language).into()),
            ],
        );
        let due = catalogue.text("report-due", &[("day", words::day(card.due_on, catalogue.language).into())]);
        put(
            page,
            format_args!(
                "<article><h3>{}</h3><p>{}</p><p><strong>{}</strong>　{}</p></article>",
                escaped(&card.title),
                escaped(&card.why),
                escaped(&worth),
                escaped(&due)
            ),
        );
    }
    put(page, format_args!("</section>\n"));
}

fn overview(page: &mut String, contents: &Contents<'_>) {
    let answer = &contents.overview.answer;
    let before = answer.previous_year.as_ref();
    let yen = |amount: Option<Yen>| amount.map(|yen| contents.yen(yen)).unwrap_or_default();
    let count = |number: u32| words::grouped(i64::from(number));
    let cards = [
        ("report-net-sales", contents.yen(answer.net_sales), before.map(|b| contents.yen(b.net_sales))),
        ("report-orders", count(answer.order_count), before.map(|b| count(b.order_count))),
        ("report-customers", count(answer.customer_count), before.map(|b| count(b.customer_count))),
        ("report-average-order-value", yen(answer.average_order_value), before.map(|b| yen(b.average_order_value))),
        (
            "report-repeat-share",
            answer.repeat_share.map(words::percent).unwrap_or_default(),
            before.and_then(|b| b.repeat_share).map(words::percent),
        ),
    ];
    put(page, format_args!("<section><h2>{}</h2>", escaped(&contents.word("report-overview"))));
    put(page, format_args!("<p class=\"finding\">{}</p><dl class=\"cards\">", escaped(&contents.overview.finding)));
    for (key, value, before) in cards {
        let before =
            before.map(|value| contents.session.catalogue.text("report-previous-year", &[("value", value.into())]));
        put(
            page,
            format_args!(
                "<div><dt>{}</dt><dd>{}</dd><dd class=\"quiet\">{}</dd></div>",
                escaped(&contents.word(key)),
                escaped(&value),
                escaped(&before.unwrap_or_default())
            ),
        );
    }
    put(page, format_args!("</dl>"));
    contents.overview.figures.get("months").into_iter().for_each(|figure| draw(page, figure));
    put(page, format_args!("</section>\n"));
}

/// Where the money goes. Without any cost the fall would end anywhere: then only the sentence stands there.
fn profit(page: &mut String, contents: &Contents<'_>) {
    let answer = &contents.profit.answer;
    put(page, format_args!("<section><h2>{}</h2>", escaped(&contents.word("report-profit"))));
    put(page, format_args!("<p class=\"finding\">{}</p>", escaped(&contents.profit.finding)));
    if answer.contribution_margin.is_some() {
        contents.profit.figures.get("waterfall").into_iter().for_each(|figure| draw(page, figure));
        put(page, format_args!("<table><thead><tr>"));
        for key in ["report-column-step", "report-column-least", "report-column-most"] {
            put(page, format_args!("<th scope=\"col\">{}</th>", escaped(&contents.word(key))));
        }
        put(page, format_args!("</tr></thead><tbody>"));
        for step in &answer.steps {
            put(
                page,
                format_args!(
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                    escaped(&step.label),
                    contents.yen(step.low),
                    contents.yen(step.high)
                ),
            );
        }
        put(page, format_args!("</tbody></table>"));
    }
    put(page, format_args!("</section>\n"));
}

fn groups(page: &mut String, contents: &Contents<'_>) {
    put(page, format_args!("<section><h2>{}</h2>", escaped(&contents.word("report-groups"))));
    put(page, format_args!("<p class=\"finding\">{}</p>", escaped(&contents.groups.finding)));
    contents.groups.figures.get("map").into_iter().for_each(|figure| draw(page, figure));
    put(page, format_args!("<table><thead><tr>"));
    for key in ["report-column-group", "report-column-people", "report-column-net-sales", "report-column-value-share"] {
        put(page, format_args!("<th scope=\"col\">{}</th>", escaped(&contents.word(key))));
    }
    put(page, format_args!("</tr></thead><tbody>"));
    for row in &contents.groups.answer.groups {
        let (value, share) = match row.few {
            true => (String::new(), String::new()),
            false => (contents.yen(row.value), row.value_share.map(words::percent).unwrap_or_default()),
        };
        put(
            page,
            format_args!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{value}</td><td>{share}</td></tr>",
                escaped(&row.label),
                words::grouped(i64::from(row.customer_count))
            ),
        );
    }
    put(page, format_args!("</tbody></table></section>\n"));
}

fn draw(page: &mut String, figure: &Figure) {
    put(page, format_args!("<figure>{}</figure>", figure.svg.as_str()));
}

/// Writing into a string cannot fail.
fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = page.write_fmt(text);
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
