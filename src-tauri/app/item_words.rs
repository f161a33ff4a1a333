//! What the screens of items share: names short enough for a figure, people in words, the category of each item.

use super::catalogue::Catalogue;
use super::error::Error;
use super::session::Session;
use super::words;
use crate::insight::History;
use crate::insight::category::Categories;
use crate::insight::history::Item;
use crate::insight::item_people::{ItemKey, ItemPeople};
use crate::insight::items::ItemName;
use std::collections::BTreeMap;

/// Letters of a name that fit into a sentence.
const SHORT: usize = 24;

/// An item's name as a sentence can take it; its code where it has none.
pub(super) fn short(name: &str, code: &str) -> String {
    let name = if name.trim().is_empty() { code } else { name.trim() };
    if name.chars().count() <= SHORT {
        return name.to_owned();
    }
    name.chars().take(SHORT - 1).collect::<String>().trim_end().to_owned() + "…"
}

/// [`short`] of a named item.
pub(super) fn short_name(item: &ItemName) -> String {
    short(&item.item_name, &item.item_code)
}

/// The names of several items for one figure; where two are the same, with the mall behind.
pub(super) fn names<'i>(items: impl Iterator<Item = &'i ItemName>, catalogue: &Catalogue) -> Vec<String> {
    let items: Vec<&ItemName> = items.collect();
    let twice = |name: &str| items.iter().filter(|other| short_name(other) == name).count() > 1;
    let named = |item: &&ItemName| {
        let name = short_name(item);
        if !twice(&name) {
            return name;
        }
        let mall = catalogue.word(&format!("mall-short-{}", item.mall));
        catalogue.text("items-of-mall", &[("mall", mall.into()), ("item", name.into())])
    };
    items.iter().map(named).collect()
}

/// The key an address names an item by.
pub(super) fn key(item: &ItemName) -> ItemKey {
    ItemKey { mall: item.mall, code: item.item_code.clone() }
}

/// Who is listed, in words.
pub(super) fn people_label(session: &Session, people: &ItemPeople) -> Result<String, Error> {
    let history = session.history()?;
    let catalogue = &session.catalogue;
    let is = |key: &ItemKey, item: &Item| item.mall == key.mall && item.code == key.code;
    let name = |key: &ItemKey| {
        let known = history.items.iter().find(|item| is(key, item));
        short(known.map_or("", |item| &item.name), &key.code)
    };
    let day = |day| words::day(day, catalogue.language);
    Ok(match people {
        ItemPeople::During(from, to, key) => catalogue
            .text("people-item", &[("from", day(*from).into()), ("to", day(*to).into()), ("item", name(key).into())]),
        ItemPeople::Ever(key) => catalogue.text("people-item-all", &[("item", name(key).into())]),
        ItemPeople::Again(key) => catalogue.text("people-item-again", &[("item", name(key).into())]),
        ItemPeople::First(key) => catalogue.text("people-item-first", &[("item", name(key).into())]),
        ItemPeople::Next(key, other) => {
            catalogue.text("people-next", &[("item", name(key).into()), ("other", name(other).into())])
        }
        ItemPeople::Basket(from, to, key, other) => catalogue.text(
            "people-basket",
            &[
                ("from", day(*from).into()),
                ("to", day(*to).into()),
                ("item", name(key).into()),
                ("other", name(other).into()),
            ],
        ),
    })
}

/// The one category of each item, from the malls' item files.
///
/// An item may stand in several of the shop's categories (「新着」 and 「コーヒー豆」): the one with most of the shop's
/// items counts, but one that holds more than half of them (「すべての商品」) only where there is no other; ties by name.
/// Items without a category of the shop go by the mall's genre number.
pub(super) fn categories_of(session: &Session, history: &History) -> Result<Categories, Error> {
    let known = session.ledger.item_catalogue()?;
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for category in known.values().flat_map(|item| &item.categories) {
        *sizes.entry(category).or_default() += 1;
    }
    let named: Vec<Option<String>> = history
        .items
        .iter()
        .map(|item| {
            let stored = known.get(&(item.mall, item.code.clone()))?;
            let rank = |name: &&String| {
                let size = sizes.get(name.as_str()).copied().unwrap_or(0);
                (size * 2 > known.len(), std::cmp::Reverse(size), name.as_str().to_owned())
            };
            let of_shop = stored.categories.iter().min_by_key(rank).cloned();
            of_shop.or_else(|| genre(&stored.genre_id, &session.catalogue))
        })
        .collect();
    let mut names: Vec<String> = named.iter().flatten().cloned().collect();
    names.sort_unstable();
    names.dedup();
    let number = |name: &String| names.binary_search(name).ok().map(|place| place as u32);
    let of_item = named.iter().map(|name| name.as_ref().and_then(number)).collect();
    Ok(Categories { names, of_item })
}

/// The category of each item, as the history has read it.
pub(super) fn categories(_: &Session, history: &History) -> Result<Categories, Error> {
    Ok(history.categories.clone())
}

fn genre(number: &str, catalogue: &Catalogue) -> Option<String> {
    (!number.is_empty()).then(|| catalogue.text("items-genre", &[("number", number.into())]))
}
