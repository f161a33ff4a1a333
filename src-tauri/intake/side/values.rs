//! One row of a mall's or an owner's file, kind by kind.

use super::Field;
use super::read::Reader;
use crate::intake::problem::{Problem, ProblemKind};
use crate::intake::profile::normal_header;
use crate::shop::beside::{Beside, Campaign, CatalogueItem, Favourite, Fee, ItemCost, Review};
use crate::shop::{Moment, Month, Yen};

impl Reader<'_> {
    pub(super) fn cost(&self) -> Result<Beside, Problem> {
        let header = self.of.pointed.as_ref().map(|pointed| normal_header(&pointed.cost)).unwrap_or_default();
        let tax_included = match () {
            () if header.contains("税込") => Some(true),
            () if header.contains("税抜") || header.contains("税別") => Some(false),
            () => None,
        };
        let same_column = self.of.places.get(Field::Sku) == self.of.places.get(Field::ItemCode);
        Ok(Beside::ItemCost(ItemCost {
            code: self.needed(Field::ItemCode)?,
            sku: if same_column { String::new() } else { self.text(Field::Sku) },
            name: self.text(Field::ItemName),
            cost: self.piece_cost()?,
            tax_included,
            holds_from: self.moment(Field::HoldsFrom)?.map(|(moment, _)| moment.day()),
        }))
    }

    /// Costs are often written with decimals; a negative one is no cost.
    fn piece_cost(&self) -> Result<Option<Yen>, Problem> {
        let text = self.text(Field::Cost);
        if text.is_empty() || self.is_hidden(&text) {
            return Ok(None);
        }
        let digits: String =
            text.trim_end_matches('円').chars().filter(|c| !matches!(c, ',' | '¥' | '\\' | ' ')).collect();
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match digits.parse::<f64>() {
            Ok(cost) if plain && cost <= 1e9 => Ok(Some(Yen::rounded_half_away(cost))),
            _ => Err(self.problem(Field::Cost, ProblemKind::BadNumber)),
        }
    }

    pub(super) fn catalogue_item(&self) -> Result<Beside, Problem> {
        Ok(Beside::CatalogueItem(CatalogueItem {
            mall: self.of.profile.mall,
            code: self.needed(Field::ItemCode)?,
            sku: self.text(Field::Sku),
            system_sku: self.text(Field::SystemSku),
            item_number: self.text(Field::ItemNumber),
            name: self.text(Field::ItemName),
            genre_id: self.text(Field::GenreId),
            category: self.text(Field::Category),
            price: self.yen(Field::Price)?,
        }))
    }

    pub(super) fn review(&self) -> Result<Beside, Problem> {
        let (posted_at, time_known) = self.needed_moment(Field::PostedAt)?;
        Ok(Beside::Review(Review {
            mall: self.of.profile.mall,
            of_shop: self.text(Field::ReviewKind).contains("ショップ"),
            order_number: self.text(Field::OrderNumber),
            item_code: self.text(Field::ItemCode),
            item_name: self.text(Field::ItemName),
            posted_at,
            time_known,
            stars: self.stars()?,
            title: self.raw(Field::Title),
            body: self.raw(Field::Body),
        }))
    }

    pub(super) fn campaign(&self) -> Result<Beside, Problem> {
        let (begins_at, _) = self.needed_moment(Field::BeginsAt)?;
        let (ends_at, time_known) = self.needed_moment(Field::EndsAt)?;
        // 「01:59」 ends with its last second, a day alone with its last one.
        let ends_at = match time_known {
            false => Moment((ends_at.day() + 1).start().0 - 1),
            true if ends_at.second_of_day() % 60 == 0 && self.text(Field::EndsAt).matches(':').count() == 1 => {
                Moment(ends_at.0 + 59)
            }
            true => ends_at,
        };
        let (begins_at, ends_at) = self.window(begins_at, ends_at)?;
        Ok(Beside::Campaign(Campaign {
            mall: self.of.profile.mall,
            kind: self.text(Field::CampaignKind),
            name: self.needed(Field::CampaignName)?,
            begins_at,
            ends_at,
        }))
    }

    pub(super) fn mall_count(&self) -> Result<Beside, Problem> {
        let (from, of_month) = match month(&self.text(Field::Date)) {
            Some(month) => (month.first(), true),
            None => (self.needed_moment(Field::Date)?.0.day(), false),
        };
        self.counts(self.of.profile.mall, from, of_month)
    }

    pub(super) fn fee(&self) -> Result<Beside, Problem> {
        let from = self.needed_moment(Field::PeriodFrom)?.0.day();
        let to = self.moment(Field::PeriodTo)?.map_or(from, |(moment, _)| moment.day());
        let amount = match self.yen(Field::Amount)? {
            Some(amount) => amount,
            None => match self.yen(Field::AmountWithTax)? {
                Some(amount) => amount,
                None => return Err(self.problem(Field::Amount, ProblemKind::MissingValue)),
            },
        };
        let documents = [self.text(Field::Document), self.text(Field::DocumentPart)];
        Ok(Beside::Fee(Fee {
            mall: self.of.profile.mall,
            document: documents.join("-").trim_matches('-').to_owned(),
            order_number: self.text(Field::OrderNumber),
            from,
            to,
            direction: self.text(Field::Direction),
            group: self.text(Field::Group),
            name: self.needed(Field::Name)?,
            note: self.text(Field::Note),
            amount,
            tax: self.yen(Field::Tax)?,
            amount_with_tax: self.yen(Field::AmountWithTax)?,
            occurrence: 0,
        }))
    }

    pub(super) fn favourite(&self) -> Result<Beside, Problem> {
        Ok(Beside::Favourite(Favourite {
            mall: self.of.profile.mall,
            code: self.needed(Field::ItemCode)?,
            sku: self.text(Field::Sku),
            name: self.text(Field::ItemName),
            from: self.period.0,
            to: self.period.1,
            total: self.whole(Field::FavouritesTotal)?,
            added: self.whole(Field::FavouritesAdded)?,
            visitors: self.whole(Field::Visitors)?,
        }))
    }
}

/// 「2024年08月」, `2024-08`, `2024/08`.
fn month(text: &str) -> Option<Month> {
    let (year, month) = text.split_once(['年', '-', '/'])?;
    let month = month.strip_suffix('月').unwrap_or(month);
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !digits(year) || !digits(month) {
        return None;
    }
    Month::from_ym(year.parse().ok()?, month.parse().ok()?)
}
