//! The screen 概要.

use super::catalogue::Catalogue;
use super::error::Error;
use super::screens::Screen;
use super::session::{Session, view};
use super::words;
use crate::chart::line::Point;
use crate::chart::months::Part;
use crate::chart::{Canvas, Figure, line, months};
use crate::insight::overview::{MonthRow, Overview};
use crate::insight::people::People;
use crate::insight::{Scope, overview};
use crate::shop::Yen;
use std::collections::BTreeMap;

/// Months the lines on the cards show: a year and the same month of the year before.
const LINE_MONTHS: usize = 13;

/// The figures of the period, as `otokui overview` prints them.
pub fn answer(session: &Session, scope: &Scope) -> Result<Overview, Error> {
    let history = session.history()?;
    let view = view(session, &history, scope)?;
    let mut answer = overview::overview(view.as_ref());
    if let Some(view) = &view {
        let buyers = (0..view.customers.len()).filter(|&place| {
            view.purchases.day[view.purchases_of(place)].iter().any(|day| (view.from..=view.to).contains(day))
        });
        let buyers = buyers.map(|place| history.customers[view.customers[place] as usize]);
        answer.uncertain_share = session.uncertain_among(buyers)?.share;
    }
    Ok(answer)
}

/// The answer with its figures: `months`, to stand beside another figure, and the lines of the cards `line-sales`, `line-customers`, `line-repeat`.
pub fn screen(session: &Session, scope: &Scope) -> Result<Screen<Overview>, Error> {
    drawn(session, scope, &Canvas::HALF)
}

/// The same with `months` on a canvas of another size.
pub(super) fn drawn(session: &Session, scope: &Scope, canvas: &Canvas<'_>) -> Result<Screen<Overview>, Error> {
    let answer = answer(session, scope)?;
    let catalogue = &session.catalogue;
    let figures = figures(&answer, catalogue, canvas);
    let finding = finding(&answer, catalogue);
    Ok(Screen { answer, figures, finding })
}

pub(super) fn figures(answer: &Overview, catalogue: &Catalogue, canvas: &Canvas<'_>) -> BTreeMap<String, Figure> {
    let mut figures = BTreeMap::new();
    if answer.order_count == 0 {
        return figures;
    }
    let language = catalogue.language;
    let month = |row: &MonthRow| words::month(row.month, language);
    let words_of_months = months::Words {
        new: &catalogue.word("figure-new"),
        existing: &catalogue.word("figure-existing"),
        year_before: &catalogue.word("figure-year-before"),
        yen: &|amount| words::axis_yen(amount, language),
        label: &|row, part| {
            let (key, yen, people) = match part {
                Part::New => ("region-month-new", row.new_net_sales, row.new_customer_count),
                Part::Existing => {
                    ("region-month-existing", row.existing_net_sales, row.customer_count - row.new_customer_count)
                }
            };
            catalogue.text(
                key,
                &[
                    ("month", month(row).into()),
                    ("yen", words::yen(yen, language).into()),
                    ("people", words::grouped(i64::from(people)).into()),
                ],
            )
        },
    };
    figures.insert("months".into(), months::draw(&answer.months, &words_of_months, canvas));
    let mut card = |name: &'static str, key: &str, value: &dyn Fn(&MonthRow) -> (Option<f64>, String)| {
        let from = answer.months.len().saturating_sub(LINE_MONTHS);
        let points: Vec<Point> = answer.months[from..]
            .iter()
            .map(|row| {
                let (value, text) = value(row);
                Point {
                    value,
                    open: row.open,
                    label: catalogue.text(key, &[("month", month(row).into()), ("value", text.into())]),
                    people: Some(People::Month(row.month).to_string()),
                }
            })
            .collect();
        if points.len() > 1 {
            figures.insert(name.into(), line::draw(&points, &Canvas { id: name, ..Canvas::CARD }));
        }
    };
    card("line-sales", "region-month-value", &|row| {
        (Some(row.net_sales.as_f64()), words::yen(row.net_sales, language))
    });
    card("line-customers", "region-month-people", &|row| {
        (Some(f64::from(row.customer_count)), words::grouped(i64::from(row.customer_count)))
    });
    card("line-repeat", "region-month-value", &|row| {
        (row.repeat_share, row.repeat_share.map(words::percent).unwrap_or_default())
    });
    figures
}

/// What the period says, its most telling change first.
pub(super) fn finding(answer: &Overview, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    if answer.as_of.is_none() {
        return String::new();
    }
    if answer.order_count == 0 {
        return catalogue.word("finding-overview-none");
    }
    let sales = match &answer.previous_year {
        Some(before) if before.net_sales > Yen::ZERO => {
            let change = answer.net_sales.as_f64() / before.net_sales.as_f64() - 1.0;
            let key = if change >= 0.0 { "finding-overview-more" } else { "finding-overview-less" };
            catalogue.text(
                key,
                &[
                    ("sales", words::yen(answer.net_sales, language).into()),
                    ("change", words::percent(change.abs()).into()),
                ],
            )
        }
        _ => catalogue.text(
            "finding-overview-sales",
            &[
                ("sales", words::yen(answer.net_sales, language).into()),
                ("people", words::grouped(i64::from(answer.customer_count)).into()),
            ],
        ),
    };
    let f2 = answer.f2.get("90").copied().flatten();
    let coming_back = words::second_purchase(f2, answer.f2_90_year_before, catalogue);
    words::sentences(&[sales, coming_back], language)
}
