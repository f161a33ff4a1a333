//! The screens お客様: the list, and one customer's page.

use super::acquired;
use super::back_words;
use super::catalogue::Catalogue;
use super::error::Error;
use super::group_words;
use super::groups;
use super::growth_map;
use super::identity;
use super::item_words;
use super::notes;
use super::orders::{OrderWords, order_answer};
use super::points;
use super::profit;
use super::screens::{CardName, CustomerMore, CustomerPage, CustomerReview, GroupAt, OrderAnswer, Screen, TakenRow};
use super::session::{Session, view_of_everybody};
use super::taken;
use super::this_week;
use super::words;
use crate::chart::timeline::{self, Purchase};
use crate::chart::{Canvas, Figure};
use crate::insight::group_story;
use crate::insight::one_customer::{self, DueWindow};
use crate::insight::people::{CustomerRow, People};
use crate::insight::{Scope, View};
use crate::shop::{CustomerId, Day, Month, Yen};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

mod list;
mod selection;

pub(super) use list::Listed;
pub use list::{PAGE_SIZE, page};

/// Everybody in scope, of a stated period those who bought in it, ascending by id, as `otokui customers` prints them.
pub fn all(session: &Session, scope: &Scope, people: Option<&str>) -> Result<Vec<CustomerRow>, Error> {
    let mut rows = selection::of(session, scope, people)?.all_rows();
    name(session, &mut rows, None)?;
    Ok(rows)
}

/// One customer's page, with the figure `timeline`.
pub fn customer(session: &Session, id: CustomerId, scope: &Scope) -> Result<Screen<CustomerPage>, Error> {
    let history = session.history()?;
    // One person's story is told whole: only the day it is told on comes from the scope.
    let scope = Scope { as_of: scope.as_of, ..Scope::default() };
    let view = view_of_everybody(session, &history, &scope)?.ok_or(Error::NoCustomer(id.0))?;
    let place = (0..view.customers.len()).find(|&place| view.id(place) == id).ok_or(Error::NoCustomer(id.0))?;
    let mut rows = vec![session.rows(&view, &scope)?.row(&view, place)];
    name(session, &mut rows, Some(&[id]))?;
    let customer = rows.remove(0);
    let stored = session.ledger.orders(Some(&[id]))?;
    let words_of_orders = OrderWords::new(session)?;
    let prefecture = stored.iter().find(|o| !o.prefecture.is_empty()).map(|o| o.prefecture.clone()).unwrap_or_default();
    let orders: Vec<OrderAnswer> = stored
        .into_iter()
        .filter(|order| order.ordered_at.day() <= view.as_of)
        .map(|order| order_answer(order, &words_of_orders))
        .collect();
    let group_history =
        group_story::group_history(&view, place).into_iter().map(|(on, group)| GroupAt { on, group }).collect();
    let cards = this_week::screen(session, &scope)?.answer.cards;
    let actions = cards
        .into_iter()
        .filter(|card| card.customer_ids.binary_search(&id).is_ok())
        .map(|card| CardName { key: card.key, title: card.title })
        .collect();
    let catalogue = &session.catalogue;
    let categories = item_words::categories(session, &history)?;
    let known = one_customer::one_customer(&view, &categories, place);
    let window = known.next.as_ref().map(|next| (next.from, next.to));
    let received = taken::of_customer(session, id, &scope)?;
    let figures = figures(window, &orders, &received, &view, catalogue);
    let finding = finding(&customer, known.next.as_ref(), view.as_of, catalogue);
    let more = CustomerMore {
        items: known.items,
        next: known.next,
        known_cost_share: known.known_cost_share,
        reviews: reviews(session, id, view.as_of)?,
        taken: received,
        names_kept: session.ledger.nameless()?.is_none(),
    };
    let answer = CustomerPage {
        as_of: view.as_of,
        customer,
        prefecture,
        orders,
        spellings: identity::spellings(session, id)?,
        group_history,
        actions,
        notes: notes::of_customer(session, id)?,
        more,
    };
    Ok(Screen { answer, figures, finding })
}

/// The reviews of a customer's orders up to a day, the newest first.
fn reviews(session: &Session, customer: CustomerId, as_of: Day) -> Result<Vec<CustomerReview>, Error> {
    let of_them = session.ledger.reviews()?.into_iter().filter(|stored| stored.customer_id == Some(customer));
    let mut reviews: Vec<CustomerReview> = of_them
        .map(|stored| stored.review)
        .filter(|review| review.posted_at.day() <= as_of)
        .map(|review| CustomerReview {
            mall: review.mall,
            of_shop: review.of_shop,
            order_number: review.order_number,
            item_name: review.item_name,
            posted_at: review.posted_at,
            stars: review.stars,
            title: review.title,
            body: review.body,
        })
        .collect();
    reviews.reverse();
    Ok(reviews)
}

/// Who is asked for, ascending.
pub(super) fn ids(session: &Session, scope: &Scope, people: Option<&str>) -> Result<Vec<CustomerId>, Error> {
    let selection = selection::of(session, scope, people)?;
    Ok(selection
        .view()
        .map(|view| selection.places.iter().map(|&place| view.id(place as usize)).collect())
        .unwrap_or_default())
}

fn name(session: &Session, rows: &mut [CustomerRow], ids: Option<&[CustomerId]>) -> Result<(), Error> {
    named(rows, session.ledger.names(ids)?, &session.catalogue);
    Ok(())
}

fn named(rows: &mut [CustomerRow], mut names: FxHashMap<CustomerId, String>, catalogue: &Catalogue) {
    for row in rows {
        row.display_name = names.remove(&row.customer_id).unwrap_or_else(|| nameless(row.customer_id, catalogue));
    }
}

/// 「お客様 0412」.
pub(super) fn nameless(id: CustomerId, catalogue: &Catalogue) -> String {
    catalogue.text("customer-nameless", &[("number", format!("{:04}", id.0).into())])
}

/// Who is listed, in words.
pub(super) fn people_label(session: &Session, scope: &Scope, text: &str) -> Result<String, Error> {
    let catalogue = &session.catalogue;
    let language = catalogue.language;
    let people: People = text.parse().map_err(|()| Error::BadQuestion(text.to_owned()))?;
    let month = |month: Month| words::month(month, language);
    Ok(match people {
        People::Group(group) => catalogue.text("people-group", &[("group", groups::label(group, catalogue).into())]),
        People::Cell { recency, fm } => catalogue.text(
            "people-cell",
            &[
                ("group", groups::label(crate::insight::rfm::GroupKey::of_cell(recency, fm), catalogue).into()),
                ("recency", recency.into()),
                ("fm", fm.into()),
            ],
        ),
        People::Cohort(m) => catalogue.text("people-cohort", &[("month", month(m).into())]),
        People::CohortPeriod(m, period) => {
            catalogue.text("people-cohort-period", &[("month", month(m).into()), ("period", period.into())])
        }
        People::Month(m) => catalogue.text("people-month", &[("month", month(m).into())]),
        People::MonthNew(m) => catalogue.text("people-month-new", &[("month", month(m).into())]),
        People::MonthExisting(m) => catalogue.text("people-month-existing", &[("month", month(m).into())]),
        People::ObservedDays(days) => catalogue.text("people-observed", &[("days", days.into())]),
        People::Profit { step, event } => {
            let step = profit::label(step, catalogue);
            let calendar = session.calendar()?;
            match event.and_then(|key| profit::name_of(&calendar, &key)) {
                Some(event) => catalogue.text("people-profit-event", &[("step", step.into()), ("event", event.into())]),
                None => catalogue.text("people-profit", &[("step", step.into())]),
            }
        }
        People::Items(people) => item_words::people_label(session, &people)?,
        People::Groups(people) => group_words::people_label(&people, catalogue),
        People::Back(people) => back_words::people_label(people, catalogue),
        People::Part(people) => acquired::people_label(session, &people)?,
        People::Growth(people) => growth_map::people_label(people, catalogue),
        People::Points(people) => points::people_label(&people, catalogue),
        People::Taken(taken_id) => taken::people_label(session, taken_id)?,
        People::Action(key) => {
            let cards = this_week::screen(session, scope)?.answer.cards;
            let title = cards.into_iter().find(|card| card.key == key).map(|card| card.title);
            match title {
                Some(title) => catalogue.text("people-action", &[("title", title.into())]),
                None => catalogue.word("people-action-gone"),
            }
        }
    })
}

fn figures(
    window: Option<(Day, Day)>,
    orders: &[OrderAnswer],
    received: &[TakenRow],
    view: &View<'_>,
    catalogue: &Catalogue,
) -> BTreeMap<String, Figure> {
    let language = catalogue.language;
    let mut purchases: Vec<Purchase> = Vec::new();
    for order in orders.iter().rev().filter(|order| order.is_sale) {
        let on = order.ordered_at.day();
        match purchases.last_mut() {
            Some(last) if last.on == on => {
                last.value += order.net_sales;
                last.event = last.event.or(order.event).map(|e| e || order.event == Some(true));
            }
            _ => purchases.push(Purchase { on, value: order.net_sales, event: order.event, label: String::new() }),
        }
    }
    for purchase in &mut purchases {
        let key = if purchase.event == Some(true) { "region-purchase-event" } else { "region-purchase" };
        purchase.label = catalogue.text(
            key,
            &[("day", words::day(purchase.on, language).into()), ("yen", words::yen(purchase.value, language).into())],
        );
    }
    let letters = taken::letters(received, catalogue);
    let words_of_timeline = timeline::Words {
        gap: &|days| catalogue.text("figure-days", &[("days", days.into())]),
        yen: &|yen: Yen| words::yen(yen, language),
        month: &|month| {
            let (year, month) = month.ym();
            format!("{year}/{month}")
        },
        window: &catalogue.word("figure-window"),
    };
    let canvas = Canvas { id: "", width: 1080, height: 200 };
    BTreeMap::from([(
        "timeline".to_owned(),
        timeline::draw(&purchases, &letters, window, view.as_of, &words_of_timeline, &canvas),
    )])
}

/// When this person last came and when they are expected.
fn finding(customer: &CustomerRow, next: Option<&DueWindow>, as_of: Day, catalogue: &Catalogue) -> String {
    let language = catalogue.language;
    let last = catalogue.text(
        "finding-customer",
        &[
            ("count", customer.order_count.into()),
            ("yen", words::yen(customer.net_sales, language).into()),
            ("days", words::grouped(i64::from(customer.recency_days)).into()),
            ("group", groups::label(customer.group, catalogue).into()),
        ],
    );
    let next = match next {
        Some(next) => {
            let what = next.item.as_ref().map(item_words::short_name).or(next.category.clone());
            let key = match (next.to < as_of, what.is_some()) {
                (true, false) => "finding-customer-late",
                (true, true) => "finding-customer-late-item",
                (false, false) => "finding-customer-next",
                (false, true) => "finding-customer-next-item",
            };
            let mut args =
                vec![("from", words::day(next.from, language).into()), ("to", words::day(next.to, language).into())];
            args.extend(what.map(|what| ("item", what.into())));
            catalogue.text(key, &args)
        }
        None => String::new(),
    };
    words::sentences(&[last, next], language)
}
