//! Tables of Otokui's own export that hold no orders, read back exactly as they were written: nothing is put into
//! another form, nothing is guessed.

use super::read::Reader;
use super::{Field, Kind};
use crate::intake::own_export::unmarked;
use crate::intake::problem::{Problem, ProblemKind};
use crate::shop::beside::{Beside, Campaign, CatalogueItem, Favourite, Fee, ItemCost, Review};
use crate::shop::{Day, Mall, Moment};

impl Reader<'_> {
    /// The value of a row that Otokui wrote.
    pub(super) fn own(&self) -> Result<Option<Beside>, Problem> {
        match self.of.profile.kind {
            Kind::Costs => self.own_cost().map(Some),
            Kind::Catalogue => self.own_item().map(Some),
            Kind::Reviews => self.own_review().map(Some),
            Kind::Campaigns => self.own_campaign().map(Some),
            Kind::MallCounts => self.own_count().map(Some),
            Kind::Fees => self.own_fee().map(Some),
            Kind::Favourites => self.own_favourite().map(Some),
            Kind::SettingChanges
            | Kind::Decisions
            | Kind::Notes
            | Kind::EventChanges
            | Kind::Taken
            | Kind::Contacts
            | Kind::Readings => self.own_said(self.of.profile.kind).map(|said| Some(Beside::Said(said))),
            Kind::Unused => Ok(None),
        }
    }

    fn own_cost(&self) -> Result<Beside, Problem> {
        Ok(Beside::ItemCost(ItemCost {
            code: self.own_needed(Field::ItemCode)?,
            sku: self.own_text(Field::Sku),
            name: self.own_text(Field::ItemName),
            cost: self.yen(Field::Cost)?,
            tax_included: self.own_flag(Field::TaxIncluded)?,
            holds_from: self.own_day(Field::HoldsFrom)?,
        }))
    }

    fn own_item(&self) -> Result<Beside, Problem> {
        Ok(Beside::CatalogueItem(CatalogueItem {
            mall: self.own_mall()?,
            code: self.own_needed(Field::ItemCode)?,
            sku: self.own_text(Field::Sku),
            system_sku: self.own_text(Field::SystemSku),
            item_number: self.own_text(Field::ItemNumber),
            name: self.own_text(Field::ItemName),
            genre_id: self.own_text(Field::GenreId),
            category: self.own_text(Field::Category),
            price: self.yen(Field::Price)?,
        }))
    }

    fn own_review(&self) -> Result<Beside, Problem> {
        Ok(Beside::Review(Review {
            mall: self.own_mall()?,
            of_shop: self.own_flag(Field::OfShop)? == Some(true),
            order_number: self.own_text(Field::OrderNumber),
            item_code: self.own_text(Field::ItemCode),
            item_name: self.own_text(Field::ItemName),
            posted_at: self.own_moment(Field::PostedAt)?,
            time_known: self.own_flag(Field::TimeKnown)? == Some(true),
            stars: self.stars()?,
            title: self.own_text(Field::Title),
            body: self.own_text(Field::Body),
        }))
    }

    fn own_campaign(&self) -> Result<Beside, Problem> {
        let (begins_at, ends_at) = self.window(self.own_moment(Field::BeginsAt)?, self.own_moment(Field::EndsAt)?)?;
        Ok(Beside::Campaign(Campaign {
            mall: self.own_mall()?,
            kind: self.own_text(Field::CampaignKind),
            name: self.own_needed(Field::CampaignName)?,
            begins_at,
            ends_at,
        }))
    }

    fn own_count(&self) -> Result<Beside, Problem> {
        let of_month = self.own_flag(Field::OfMonth)? == Some(true);
        self.counts(self.own_mall()?, self.own_moment(Field::Date)?.day(), of_month)
    }

    fn own_fee(&self) -> Result<Beside, Problem> {
        Ok(Beside::Fee(Fee {
            mall: self.own_mall()?,
            document: self.own_text(Field::Document),
            order_number: self.own_text(Field::OrderNumber),
            from: self.own_moment(Field::PeriodFrom)?.day(),
            to: self.own_moment(Field::PeriodTo)?.day(),
            direction: self.own_text(Field::Direction),
            group: self.own_text(Field::Group),
            name: self.own_needed(Field::Name)?,
            note: self.own_text(Field::Note),
            amount: self.yen(Field::Amount)?.ok_or_else(|| self.problem(Field::Amount, ProblemKind::MissingValue))?,
            tax: self.yen(Field::Tax)?,
            amount_with_tax: self.yen(Field::AmountWithTax)?,
            occurrence: self.own_occurrence()?,
        }))
    }

    fn own_favourite(&self) -> Result<Beside, Problem> {
        Ok(Beside::Favourite(Favourite {
            mall: self.own_mall()?,
            code: self.own_needed(Field::ItemCode)?,
            sku: self.own_text(Field::Sku),
            name: self.own_text(Field::ItemName),
            from: self.own_day(Field::PeriodFrom)?,
            to: self.own_day(Field::PeriodTo)?,
            total: self.whole(Field::FavouritesTotal)?,
            added: self.whole(Field::FavouritesAdded)?,
            visitors: self.whole(Field::Visitors)?,
        }))
    }

    pub(super) fn own_mall(&self) -> Result<Mall, Problem> {
        let word = self.own_text(Field::MallWord);
        word.parse().map_err(|()| self.problem(Field::MallWord, ProblemKind::MissingValue))
    }

    pub(super) fn own_text(&self, field: Field) -> String {
        unmarked(&self.raw(field)).to_owned()
    }

    pub(super) fn own_needed(&self, field: Field) -> Result<String, Problem> {
        let text = self.own_text(field);
        if text.is_empty() { Err(self.problem(field, ProblemKind::MissingValue)) } else { Ok(text) }
    }

    /// 1 or 0; nothing for an empty cell.
    pub(super) fn own_flag(&self, field: Field) -> Result<Option<bool>, Problem> {
        match self.whole(field)? {
            None => Ok(None),
            Some(0) => Ok(Some(false)),
            Some(1) => Ok(Some(true)),
            Some(_) => Err(self.problem(field, ProblemKind::BadNumber)),
        }
    }

    /// Which of several equal things; 0 for an empty cell.
    pub(super) fn own_occurrence(&self) -> Result<u32, Problem> {
        let occurrence = self.whole(Field::Occurrence)?.unwrap_or_default();
        occurrence.try_into().map_err(|_| self.problem(Field::Occurrence, ProblemKind::BadNumber))
    }

    pub(super) fn own_moment_if_any(&self, field: Field) -> Result<Option<Moment>, Problem> {
        Ok(self.moment(field)?.map(|(at, _)| at))
    }

    pub(super) fn own_moment(&self, field: Field) -> Result<Moment, Problem> {
        Ok(self.needed_moment(field)?.0)
    }

    pub(super) fn own_day(&self, field: Field) -> Result<Option<Day>, Problem> {
        Ok(self.moment(field)?.map(|(at, _)| at.day()))
    }
}
