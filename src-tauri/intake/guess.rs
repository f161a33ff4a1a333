//! What the columns of an unknown table probably mean: by their names, and by the look of their values.
//!
//! A guess is a proposal to the owner, who sees it beside the rows. Names decide first, and only where the values do
//! not contradict; a look alone decides for what can hardly be anything else.

mod look;
mod names;

pub use look::DateReading;
pub(crate) use look::is_value;
pub(crate) use names::is_known_name;

use super::map::usual_status;
use super::number::rakuten_parts;
use crate::shop::{Mall, OrderStatus};
use look::Look;
use std::collections::BTreeMap;

/// Rows that are looked at.
const LOOKED_AT: usize = 200;

/// A column with at most so many different short texts may hold a status.
const MAX_WORDS: usize = 20;

/// The longest word of a status, in characters.
const MAX_WORD_CHARS: usize = 40;

/// What a table probably says.
#[derive(Clone, Debug)]
pub struct Guessed {
    /// Whose orders they are.
    pub mall: Mall,
    /// One per header.
    pub columns: Vec<GuessedColumn>,
}

/// What a column probably means.
#[derive(Clone, Debug, Default)]
pub struct GuessedColumn {
    /// The word of a description (`ordered_at`, `quantity`, …); nothing where there is no idea.
    pub field: Option<&'static str>,
    /// How its values can be read as days, the likeliest first; empty when they are none.
    pub dates: Vec<DateReading>,
    /// Its different values with what they usually mean, when they may be statuses; empty otherwise.
    pub words: Vec<(String, Option<OrderStatus>)>,
}

impl Guessed {
    /// The header's place of a field.
    pub fn place(&self, field: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    /// Whether it has what an order cannot do without: a day and an amount.
    pub fn is_order_like(&self) -> bool {
        let amounts = ["unit_price", "line_total", "order_total"];
        self.place("ordered_at").is_some() && amounts.iter().any(|amount| self.place(amount).is_some())
    }
}

/// What these columns probably mean.
pub(crate) fn guessed(headers: &[String], rows: &[Vec<String>]) -> Guessed {
    let rows = &rows[..rows.len().min(LOOKED_AT)];
    let values = |place: usize| rows.iter().filter_map(move |row| row.get(place)).map(String::as_str);
    let looks: Vec<Look> = (0..headers.len()).map(|place| Look::of(values(place))).collect();
    let mut claims: Vec<(i32, usize, &'static str)> = Vec::new();
    for (place, (header, look)) in headers.iter().zip(&looks).enumerate() {
        // Only a column with a name of its own can be described.
        if header.is_empty() || headers[..place].contains(header) {
            continue;
        }
        for field in names::FIELDS {
            let by_name = names::score(field, header);
            let by_look = if look.allows(field) { look.speaks_for(field, header) } else { -1 };
            if by_look >= 0 && by_name + by_look > 0 {
                claims.push((by_name + by_look, place, field));
            }
        }
    }
    // The strongest claim first; of equal ones the first column.
    claims.sort_by_key(|(score, place, _)| (std::cmp::Reverse(*score), *place));
    let mut fields: BTreeMap<usize, &'static str> = BTreeMap::new();
    for (_, place, field) in claims {
        if !fields.contains_key(&place) && !fields.values().any(|taken| *taken == field) {
            fields.insert(place, field);
        }
    }
    one_amount(&mut fields, headers, &looks, &values);
    let columns = (0..headers.len()).map(|place| GuessedColumn {
        field: fields.get(&place).copied(),
        dates: looks[place].dates.clone(),
        words: words(values(place)),
    });
    let columns: Vec<GuessedColumn> = columns.collect();
    let number = fields.iter().find(|(_, field)| **field == "order_number").map(|(place, _)| *place);
    let is_rakuten = number.is_some_and(|place| {
        let mut filled = values(place).filter(|value| !value.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|value| rakuten_parts(value.as_bytes()).is_some())
    });
    Guessed { mall: if is_rakuten { Mall::Rakuten } else { Mall::Own }, columns }
}

/// Where no name says which column is the amount, the one with the largest sum is; an amount that differs within one
/// order is of a line, not of the order.
fn one_amount<'v, V: Iterator<Item = &'v str>>(
    fields: &mut BTreeMap<usize, &'static str>,
    headers: &[String],
    looks: &[Look],
    values: &dyn Fn(usize) -> V,
) {
    let amounts = ["unit_price", "line_total", "order_total"];
    if !fields.values().any(|field| amounts.contains(field)) {
        let free = |place: &usize| {
            !fields.contains_key(place) && !headers[*place].is_empty() && !headers[..*place].contains(&headers[*place])
        };
        let may = |place: &usize| looks[*place].is_amount() && !names::is_other_amount(&headers[*place]);
        let largest = (0..headers.len()).filter(free).filter(may).max_by_key(|place| looks[*place].sum());
        if let Some(place) = largest {
            fields.insert(place, "order_total");
        }
    }
    let place_of = |wanted: &str| fields.iter().find(|(_, field)| **field == wanted).map(|(place, _)| *place);
    if let (Some(number), Some(total), None) =
        (place_of("order_number"), place_of("order_total"), place_of("line_total"))
    {
        let mut of_order: BTreeMap<&str, &str> = BTreeMap::new();
        let differs = values(number).zip(values(total)).any(|(number, total)| {
            !number.is_empty() && !total.is_empty() && *of_order.entry(number).or_insert(total) != total
        });
        if differs {
            fields.insert(total, "line_total");
        }
    }
}

/// The different values of a column in order of appearance; nothing when they are too many or too long for statuses.
fn words<'v>(values: impl Iterator<Item = &'v str>) -> Vec<(String, Option<OrderStatus>)> {
    let mut words: Vec<&str> = Vec::new();
    for value in values.filter(|value| !value.is_empty()) {
        if !words.contains(&value) {
            words.push(value);
        }
        if words.len() > MAX_WORDS || value.chars().count() > MAX_WORD_CHARS {
            return Vec::new();
        }
    }
    words.into_iter().map(|word| (word.to_owned(), usual_status(word))).collect()
}

#[cfg(test)]
mod tests;
