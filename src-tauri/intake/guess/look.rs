//! What the values of a column look like.

use super::names;
use crate::intake::cell;
use crate::intake::encoding::Encoding;
use crate::intake::profile::MomentForm;
use crate::shop::{DateForm, Day, Moment};
use std::collections::BTreeSet;

/// Of the filled cells, how many must look alike for a column to look so: a total row or a note may stand between.
const MOST: f64 = 0.8;

const FORMS: [MomentForm; 2] = [MomentForm::Separated, MomentForm::Compact];

/// Days in other forms than the usual ones, and the times that may follow.
const DAY_FORMS: [&str; 12] = [
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m-%d-%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%y/%m/%d",
    "%b %d, %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%d %B %Y",
];
const TIME_FORMS: [&str; 7] = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %H:%M:%S %z", ", %I:%M %p"];

/// One way to read the values of a column as days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateReading {
    /// The form, as strftime writes it; nothing for the usual ones.
    pub form: Option<String>,
    /// A value of the column.
    pub found: String,
    /// What it reads as.
    pub reads_as: Day,
}

/// The look of one column.
pub(super) struct Look {
    filled: usize,
    /// How they can be read as days, the likeliest first.
    pub(super) dates: Vec<DateReading>,
    amounts: usize,
    /// Pieces, or amounts as small as those.
    small: usize,
    phones: usize,
    mails: usize,
    postals: usize,
    codes: usize,
    different: usize,
    /// Amounts with ¥, 円 or a comma.
    marked: usize,
    total: i64,
}

impl Look {
    pub(super) fn of<'v>(values: impl Iterator<Item = &'v str>) -> Look {
        let texts: Vec<String> =
            values.map(|value| cell::normal(value.as_bytes(), Encoding::Utf8).into_owned()).collect();
        let filled: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let count = |is: &dyn Fn(&str) -> bool| filled.iter().filter(|text| is(text)).count();
        Look {
            filled: filled.len(),
            dates: date_readings(&filled),
            amounts: count(&|text| amount(text).is_some()),
            small: count(&|text| amount(text).or_else(|| pieces(text)).is_some_and(|n| (0..100).contains(&n))),
            phones: count(&is_phone),
            mails: count(&is_mail),
            postals: count(&is_postal),
            codes: count(&is_code),
            different: filled.iter().collect::<BTreeSet<_>>().len(),
            marked: count(&|text| amount(text).is_some() && text.contains(['¥', '円', ',', '\\'])),
            total: filled.iter().filter_map(|text| amount(text)).map(|n| n.clamp(0, 1_000_000_000)).sum(),
        }
    }

    fn most(&self, count: usize) -> bool {
        self.filled > 0 && count as f64 >= MOST * self.filled as f64
    }

    /// Whether the values can be of this field at all; a column without values can be of any.
    pub(super) fn allows(&self, field: &str) -> bool {
        self.filled == 0
            || match field {
                "ordered_at" => !self.dates.is_empty(),
                "quantity" => self.most(self.amounts) || self.most(self.small),
                "unit_price" | "line_total" | "order_total" => self.most(self.amounts),
                "points_used" | "shop_coupon" | "postage" => self.most(self.amounts),
                "mail" => self.most(self.mails),
                "phone" => self.most(self.phones),
                "postal_code" => self.most(self.postals),
                "status" | "payment" => self.different <= super::MAX_WORDS && !(field == "payment" && self.is_amount()),
                "order_number" => self.dates.is_empty() && !self.most(self.mails),
                "buyer_name" | "item_name" => self.dates.is_empty() && !self.most(self.amounts),
                _ => true,
            }
    }

    /// What the look alone says for a field: 0 nothing.
    pub(super) fn speaks_for(&self, field: &str, header: &str) -> i32 {
        if self.filled == 0 || names::is_other(field, header) {
            return 0;
        }
        let says = |says: bool, score: i32| if says { score } else { 0 };
        match field {
            "mail" => says(self.most(self.mails), 30),
            "ordered_at" => says(!self.dates.is_empty() && (self.different > 1 || self.filled == 1), 20),
            "phone" => says(self.most(self.phones) && !self.most(self.postals), 25),
            "postal_code" => says(self.most(self.postals) && self.dates.is_empty(), 25),
            "order_total" => says(self.is_amount() && self.most(self.marked), 10),
            // One number for nearly every row, and no word: little else looks so.
            "order_number" => {
                let is_number = self.most(self.codes) && self.dates.is_empty() && !self.most(self.phones);
                says(is_number && !self.most(self.postals) && self.different * 2 > self.filled, 5)
            }
            // `No.`, `1`, `2`, `3` … counts rows.
            "quantity" => says(self.most(self.small) && self.different * 2 < self.filled && self.total > 0, 3),
            _ => 0,
        }
    }

    /// Whether these are amounts of money rather than pieces, numbers or codes.
    pub(super) fn is_amount(&self) -> bool {
        self.most(self.amounts)
            && self.dates.is_empty()
            && !self.most(self.phones)
            && !self.most(self.postals)
            && (self.marked > 0 || !self.most(self.small))
    }

    /// All its amounts together.
    pub(super) fn sum(&self) -> i64 {
        self.total
    }
}

/// Whether a cell is a value rather than the name of a column.
pub(crate) fn is_value(text: &str) -> bool {
    let text = &*cell::normal(text.as_bytes(), Encoding::Utf8);
    amount(text).or_else(|| pieces(text)).is_some() || is_mail(text) || is_phone(text) || usual(text).is_some()
}

fn amount(text: &str) -> Option<i64> {
    let read = |text: &str| cell::whole(text.as_bytes(), Encoding::Utf8).ok().flatten();
    read(text).or_else(|| {
        let (whole, fraction) = text.trim_end_matches('円').split_once('.')?;
        let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
        read(whole).filter(|_| is_fraction)
    })
}

fn pieces(text: &str) -> Option<i64> {
    cell::pieces(text.as_bytes(), Encoding::Utf8).ok().flatten()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn is_phone(text: &str) -> bool {
    let marks = text.chars().all(|c| c.is_ascii_digit() || "-+() ー‐−".contains(c));
    let number = digits(text);
    marks && ((number.starts_with('0') && matches!(number.len(), 10 | 11)) || text.starts_with("+81"))
}

fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(' '))
}

fn is_postal(text: &str) -> bool {
    let text = text.trim_start_matches('〒');
    let marked = text.len() == 8 && text.as_bytes().get(3) == Some(&b'-');
    let number = digits(text);
    number.len() == 7 && (marked || text.len() == 7)
}

fn is_code(text: &str) -> bool {
    text.len() >= 4
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'#'))
}

fn usual(text: &str) -> Option<Moment> {
    cell::moment(text.as_bytes(), Encoding::Utf8, &FORMS).ok().flatten().map(|(at, _)| at)
}

/// The ways in which most of these texts read as days: the usual one alone if it does, else by how many they read and
/// how close together the days are.
fn date_readings(texts: &[&str]) -> Vec<DateReading> {
    let enough = |count: usize| count > 0 && count as f64 >= MOST * texts.len() as f64;
    let reading = |form: Option<&str>, read: &dyn Fn(&str) -> Option<Moment>| {
        let days: Vec<(&str, Day)> = texts.iter().filter_map(|text| Some((*text, read(text)?.day()))).collect();
        let (found, reads_as) = *days.iter().max_by_key(|(_, day)| day.ymd().2)?;
        let span = days.iter().map(|(_, day)| *day).max()? - days.iter().map(|(_, day)| *day).min()?;
        let reading = DateReading { form: form.map(str::to_owned), found: found.to_owned(), reads_as };
        enough(days.len()).then_some((std::cmp::Reverse(days.len()), span, reading))
    };
    if let Some((_, _, reading)) = reading(None, &usual) {
        return vec![reading];
    }
    if !texts.iter().take(3).any(|text| text.bytes().any(|b| b.is_ascii_digit())) {
        return Vec::new();
    }
    let composed = DAY_FORMS.iter().flat_map(|day| TIME_FORMS.iter().map(move |time| format!("{day}{time}")));
    let mut found: Vec<_> = composed
        .filter_map(|form| {
            let known = DateForm::new(&form)?;
            // Nearly every column is no day; one glance says so.
            if !texts.iter().take(3).any(|text| known.read(text).is_some()) {
                return None;
            }
            reading(Some(&form), &|text| known.read(text).map(|(at, _)| at))
        })
        .collect();
    found.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    found.into_iter().map(|(_, _, reading)| reading).collect()
}
