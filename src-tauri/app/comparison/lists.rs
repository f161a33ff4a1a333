//! Items of both periods.

use super::rows::Unit;
use super::{Asked, ComparedRow};
use crate::app::error::Error;
use crate::app::{item_words, overview};
use crate::insight::items::{self, ItemName, Sold};
use crate::insight::repeat::Window;

/// Items that are held against each other one by one.
const ITEMS: usize = 10;
/// Within so many days an item is bought again.
const AGAIN: Window = Window { purchase: 2, days: 180 };

/// A sum over items.
fn of_all(sold: &[Sold], of: &dyn Fn(&Sold) -> f64) -> Option<f64> {
    Some(sold.iter().map(of).sum())
}

impl Asked<'_, '_> {
    fn sold(&self) -> [Vec<Sold>; 2] {
        self.days().map(|(from, to)| items::sold(self.view, from, to))
    }

    pub(super) fn items(&self) -> Vec<ComparedRow> {
        let history = self.view.history;
        let both = self.sold();
        let row = |key: &str, unit: Unit, of: &dyn Fn(&Sold) -> f64| {
            self.row(key, unit, both.each_ref().map(|sold| of_all(sold, of)))
        };
        let mut rows = vec![
            row("goods", Unit::Yen, &|sold| sold.goods.as_f64()),
            row("quantity", Unit::Pieces, &|sold| sold.quantity as f64),
            row("items_sold", Unit::Kinds, &|sold| f64::from(u32::from(sold.quantity > 0))),
        ];
        let now = &both[0];
        let mut most: Vec<usize> = (0..now.len()).filter(|&item| now[item].quantity > 0).collect();
        most.sort_by_key(|&item| (-now[item].goods.0, item));
        most.truncate(ITEMS);
        let named: Vec<ItemName> = most.iter().map(|&item| ItemName::of(history, item as u32)).collect();
        let labels = item_words::names(named.iter(), &self.session.catalogue);
        for ((item, named), label) in most.into_iter().zip(&named).zip(labels) {
            let goods = both.each_ref().map(|sold| Some(sold[item].goods.as_f64()));
            rows.push(self.named(&item_words::key(named).to_string(), &label, Unit::Yen, goods));
        }
        rows
    }

    /// One item, or the items of one category: only orders that hold them are looked at, so that "again" is the same item again.
    pub(super) fn item(&self) -> Result<Vec<ComparedRow>, Error> {
        let sold = self.sold();
        let both = [overview::answer(self.session, &self.now)?, overview::answer(self.session, &self.other)?];
        let count = |count: u32| Some(f64::from(count));
        let first = both.each_ref().map(|answer| count(answer.new_vs_existing.new.customer_count));
        let mut rows = vec![
            self.row("goods", Unit::Yen, sold.each_ref().map(|sold| of_all(sold, &|sold| sold.goods.as_f64()))),
            self.row("quantity", Unit::Pieces, sold.each_ref().map(|sold| of_all(sold, &|sold| sold.quantity as f64))),
            self.row("customer_count", Unit::People, both.each_ref().map(|answer| count(answer.customer_count))),
            self.row("item_first", Unit::People, first),
        ];
        let shares = both.each_ref().map(|answer| answer.repeat_share_interval);
        rows.push(self.share("item_repeat_share", &self.label("item_repeat_share"), Unit::People, shares));
        for shares in self.back(&[AGAIN]) {
            rows.push(self.share("item_again_180", &self.label("item_again_180"), Unit::People, shares));
        }
        Ok(rows)
    }
}
