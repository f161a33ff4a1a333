//! The tables beside the orders from which a ledger can be made again, one per kind and only where there is
//! something in it. Their layouts are the profiles `assets/malls/otokui-*.json`; `intake::side` reads them back.

use super::super::error::Error;
use super::super::session::Session;
use super::paper::{Cell, Column, Kind, Paper, Table};
use crate::intake::side::{self, Field, SideProfile};
use crate::ledger::EverythingBeside;
use crate::shop::Yen;
use crate::shop::beside::{Campaign, CatalogueItem, Favourite, Fee, ItemCost, MallCount, Review};

/// A column: field, stable name, kind, whether it is about a person, what stands in it.
pub(super) type Columns<T> = &'static [(Field, &'static str, Kind, bool, fn(&T) -> Cell)];

const COSTS: Columns<ItemCost> = &[
    (Field::ItemCode, "item_code", Kind::Text, false, |c| text(&c.code)),
    (Field::Sku, "sku", Kind::Text, false, |c| text(&c.sku)),
    (Field::ItemName, "item_name", Kind::Text, false, |c| text(&c.name)),
    (Field::Cost, "cost", Kind::Amount, false, |c| yen(c.cost)),
    (Field::TaxIncluded, "tax_included", Kind::Flag, false, |c| c.tax_included.map_or(Cell::Empty, Cell::from)),
    (Field::HoldsFrom, "holds_from", Kind::Day, false, |c| Cell::day(c.holds_from)),
];

const CATALOGUE: Columns<CatalogueItem> = &[
    (Field::MallWord, "mall", Kind::Text, false, |i| i.mall.word().into()),
    (Field::ItemCode, "item_code", Kind::Text, false, |i| text(&i.code)),
    (Field::Sku, "sku", Kind::Text, false, |i| text(&i.sku)),
    (Field::SystemSku, "system_sku", Kind::Text, false, |i| text(&i.system_sku)),
    (Field::ItemNumber, "item_number", Kind::Text, false, |i| text(&i.item_number)),
    (Field::ItemName, "item_name", Kind::Text, false, |i| text(&i.name)),
    (Field::GenreId, "genre_id", Kind::Text, false, |i| text(&i.genre_id)),
    (Field::Category, "category", Kind::Text, false, |i| text(&i.category)),
    (Field::Price, "price", Kind::Amount, false, |i| yen(i.price)),
];

/// What a buyer wrote may name people.
const REVIEWS: Columns<Review> = &[
    (Field::MallWord, "mall", Kind::Text, false, |r| r.mall.word().into()),
    (Field::OfShop, "of_shop", Kind::Flag, false, |r| r.of_shop.into()),
    (Field::OrderNumber, "order_number", Kind::Text, false, |r| text(&r.order_number)),
    (Field::ItemCode, "item_code", Kind::Text, false, |r| text(&r.item_code)),
    (Field::ItemName, "item_name", Kind::Text, false, |r| text(&r.item_name)),
    (Field::PostedAt, "posted_at", Kind::Moment, false, |r| Cell::Moment(r.posted_at)),
    (Field::TimeKnown, "time_known", Kind::Flag, false, |r| r.time_known.into()),
    (Field::Stars, "stars", Kind::Number, false, |r| number(r.stars)),
    (Field::Title, "review_title", Kind::Text, true, |r| text(&r.title)),
    (Field::Body, "review_body", Kind::Text, true, |r| text(&r.body)),
];

const CAMPAIGNS: Columns<Campaign> = &[
    (Field::MallWord, "mall", Kind::Text, false, |c| c.mall.word().into()),
    (Field::CampaignKind, "campaign_kind", Kind::Text, false, |c| text(&c.kind)),
    (Field::CampaignName, "campaign_name", Kind::Text, false, |c| text(&c.name)),
    (Field::BeginsAt, "begins_at", Kind::Moment, false, |c| Cell::Moment(c.begins_at)),
    (Field::EndsAt, "ends_at", Kind::Moment, false, |c| Cell::Moment(c.ends_at)),
];

const MALL_COUNTS: Columns<MallCount> = &[
    (Field::MallWord, "mall", Kind::Text, false, |c| c.mall.word().into()),
    (Field::Date, "counted_on", Kind::Day, false, |c| Cell::Day(c.from)),
    (Field::OfMonth, "of_month", Kind::Flag, false, |c| c.of_month.into()),
    (Field::Sales, "sales", Kind::Amount, false, |c| yen(c.sales)),
    (Field::Orders, "orders", Kind::Number, false, |c| number(c.orders)),
    (Field::Visitors, "visitors", Kind::Number, false, |c| number(c.visitors)),
    (Field::NewBuyers, "new_buyers", Kind::Number, false, |c| number(c.new_buyers)),
    (Field::RepeatBuyers, "repeat_buyers", Kind::Number, false, |c| number(c.repeat_buyers)),
    (Field::NewSales, "new_sales", Kind::Amount, false, |c| yen(c.new_sales)),
    (Field::RepeatSales, "repeat_sales", Kind::Amount, false, |c| yen(c.repeat_sales)),
    (Field::NewOrders, "new_orders", Kind::Number, false, |c| number(c.new_orders)),
    (Field::RepeatOrders, "repeat_orders", Kind::Number, false, |c| number(c.repeat_orders)),
];

const FEES: Columns<Fee> = &[
    (Field::MallWord, "mall", Kind::Text, false, |f| f.mall.word().into()),
    (Field::Document, "document", Kind::Text, false, |f| text(&f.document)),
    (Field::OrderNumber, "order_number", Kind::Text, false, |f| text(&f.order_number)),
    (Field::PeriodFrom, "from_on", Kind::Day, false, |f| Cell::Day(f.from)),
    (Field::PeriodTo, "to_on", Kind::Day, false, |f| Cell::Day(f.to)),
    (Field::Direction, "direction", Kind::Text, false, |f| text(&f.direction)),
    (Field::Group, "fee_group", Kind::Text, false, |f| text(&f.group)),
    (Field::Name, "fee_name", Kind::Text, false, |f| text(&f.name)),
    (Field::Note, "note", Kind::Text, false, |f| text(&f.note)),
    (Field::Amount, "amount", Kind::Amount, false, |f| yen(Some(f.amount))),
    (Field::Tax, "tax", Kind::Amount, false, |f| yen(f.tax)),
    (Field::AmountWithTax, "amount_with_tax", Kind::Amount, false, |f| yen(f.amount_with_tax)),
    (Field::Occurrence, "occurrence", Kind::Number, false, |f| number(Some(f.occurrence.into()))),
];

const FAVOURITES: Columns<Favourite> = &[
    (Field::MallWord, "mall", Kind::Text, false, |f| f.mall.word().into()),
    (Field::ItemCode, "item_code", Kind::Text, false, |f| text(&f.code)),
    (Field::Sku, "sku", Kind::Text, false, |f| text(&f.sku)),
    (Field::ItemName, "item_name", Kind::Text, false, |f| text(&f.name)),
    (Field::PeriodFrom, "from_on", Kind::Day, false, |f| Cell::day(f.from)),
    (Field::PeriodTo, "to_on", Kind::Day, false, |f| Cell::day(f.to)),
    (Field::FavouritesTotal, "favourites_total", Kind::Number, false, |f| number(f.total)),
    (Field::FavouritesAdded, "favourites_added", Kind::Number, false, |f| number(f.added)),
    (Field::Visitors, "visitors", Kind::Number, false, |f| number(f.visitors)),
];

/// Writes every table that has rows.
pub(super) fn write(session: &Session, with_names: bool, paper: &mut dyn Paper) -> Result<(), Error> {
    let EverythingBeside { costs, catalogue, mut reviews, campaigns, mall_counts, fees, favourites } =
        session.ledger.everything_beside()?;
    if !with_names {
        // Without an order only its text tells a review from others.
        reviews.retain(|review| !review.order_number.is_empty());
    }
    put(session, side::Kind::Costs, COSTS, &costs, with_names, paper)?;
    put(session, side::Kind::Catalogue, CATALOGUE, &catalogue, with_names, paper)?;
    put(session, side::Kind::Reviews, REVIEWS, &reviews, with_names, paper)?;
    put(session, side::Kind::Campaigns, CAMPAIGNS, &campaigns, with_names, paper)?;
    put(session, side::Kind::MallCounts, MALL_COUNTS, &mall_counts, with_names, paper)?;
    put(session, side::Kind::Fees, FEES, &fees, with_names, paper)?;
    put(session, side::Kind::Favourites, FAVOURITES, &favourites, with_names, paper)
}

/// Every table, whether it has rows or not.
pub(super) fn tables(session: &Session, with_names: bool) -> Vec<Table> {
    vec![
        table(session, side::Kind::Costs, COSTS, with_names),
        table(session, side::Kind::Catalogue, CATALOGUE, with_names),
        table(session, side::Kind::Reviews, REVIEWS, with_names),
        table(session, side::Kind::Campaigns, CAMPAIGNS, with_names),
        table(session, side::Kind::MallCounts, MALL_COUNTS, with_names),
        table(session, side::Kind::Fees, FEES, with_names),
        table(session, side::Kind::Favourites, FAVOURITES, with_names),
    ]
}

pub(super) fn table<T>(session: &Session, kind: side::Kind, columns: Columns<T>, with_names: bool) -> Table {
    let profile = SideProfile::of_own_export(kind);
    let word = |key: &str| session.catalogue.word(key);
    let personal = with_names && columns.iter().any(|(.., personal, _)| *personal);
    let suffix = if personal { word("export-file-personal") } else { String::new() };
    let named = Column { id: "own_table", head: profile.header(Field::OwnTable).to_owned(), kind: Kind::Text };
    let others = columns
        .iter()
        .filter(|(.., personal, _)| with_names || !personal)
        .map(|(field, id, kind, ..)| Column { id, head: profile.header(*field).to_owned(), kind: *kind });
    Table {
        file: format!("{}{suffix}", profile.id),
        sheet: word(&format!("export-sheet-{}", kind.word().replace('_', "-"))),
        columns: std::iter::once(named).chain(others).collect(),
        personal,
    }
}

pub(super) fn put<T>(
    session: &Session,
    kind: side::Kind,
    columns: Columns<T>,
    rows: &[T],
    with_names: bool,
    paper: &mut dyn Paper,
) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    paper.table(&table(session, kind, columns, with_names))?;
    let named = Cell::from(SideProfile::of_own_export(kind).own_word());
    for row in rows {
        let cells = columns.iter().filter(|(.., personal, _)| with_names || !personal).map(|(.., cell)| cell(row));
        paper.rows(&[std::iter::once(named.clone()).chain(cells).collect()])?;
    }
    Ok(())
}

pub(super) fn text(text: &str) -> Cell {
    text.into()
}

fn number(number: Option<i64>) -> Cell {
    number.map_or(Cell::Empty, Cell::Number)
}

fn yen(yen: Option<Yen>) -> Cell {
    number(yen.map(|yen| yen.0))
}
