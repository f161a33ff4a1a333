//! A table no mall writes, described by its owner: which header means what. The description (`--map`) becomes a
//! `Profile` like any other, only that it is made while the program runs.

use super::mapped;
use super::profile::{
    Field, LineForm, MomentForm, Part, PaymentRow, Price, Profile, StatusRow, UnitPriceTax, normal_header,
};
use super::sink::{Orders, Sink};
use super::{Inspection, Parts, ReadError, Tally, error::Error, pair, rows, side, unfold};
use crate::shop::{DateForm, Mall, Order, OrderStatus};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::slice::from_ref;
use std::sync::{Mutex, PoisonError};

/// Id of every profile made from a description.
pub(crate) const MAPPED: &str = "mapped";

/// What may stand under `columns`.
const COLUMNS: [(&str, Field); 18] = [
    ("order_number", Field::OrderNumber),
    ("ordered_at", Field::OrderedAt),
    ("customer_key", Field::CustomerKey),
    ("item_code", Field::ItemCode),
    ("item_name", Field::ItemName),
    ("quantity", Field::Quantity),
    ("unit_price", Field::UnitPrice),
    ("line_total", Field::LineTotal),
    ("order_total", Field::OrderTotal),
    ("status", Field::Status),
    ("buyer_name", Field::BuyerFullName),
    ("phone", Field::BuyerPhone1),
    ("mail", Field::BuyerMail),
    ("postal_code", Field::BuyerPostal1),
    ("points_used", Field::PointsUsed),
    ("shop_coupon", Field::ShopCoupon),
    ("postage", Field::Postage),
    ("payment", Field::PaymentName),
];

/// What may stand beside `columns`.
const KEYS: [&str; 4] = ["mall", "columns", "date_format", "statuses"];

/// What a status can mean.
const STATUSES: [(&str, OrderStatus); 4] = [
    ("placed", OrderStatus::Placed),
    ("shipped", OrderStatus::Shipped),
    ("cancelled", OrderStatus::Cancelled),
    ("returned", OrderStatus::Returned),
];

/// Words for a status that need no description.
const USUAL_STATUSES: [(&str, OrderStatus); 31] = [
    ("新規", OrderStatus::Placed),
    ("新規受付", OrderStatus::Placed),
    ("受付", OrderStatus::Placed),
    ("未発送", OrderStatus::Placed),
    ("発送待ち", OrderStatus::Placed),
    ("入金待ち", OrderStatus::Placed),
    ("処理中", OrderStatus::Placed),
    ("placed", OrderStatus::Placed),
    ("pending", OrderStatus::Placed),
    ("processing", OrderStatus::Placed),
    ("unshipped", OrderStatus::Placed),
    ("発送済", OrderStatus::Shipped),
    ("発送済み", OrderStatus::Shipped),
    ("出荷済", OrderStatus::Shipped),
    ("出荷済み", OrderStatus::Shipped),
    ("完了", OrderStatus::Shipped),
    ("shipped", OrderStatus::Shipped),
    ("completed", OrderStatus::Shipped),
    ("complete", OrderStatus::Shipped),
    ("delivered", OrderStatus::Shipped),
    ("paid", OrderStatus::Shipped),
    ("キャンセル", OrderStatus::Cancelled),
    ("キャンセル済み", OrderStatus::Cancelled),
    ("取消", OrderStatus::Cancelled),
    ("取り消し", OrderStatus::Cancelled),
    ("cancelled", OrderStatus::Cancelled),
    ("canceled", OrderStatus::Cancelled),
    ("返品", OrderStatus::Returned),
    ("返品済み", OrderStatus::Returned),
    ("returned", OrderStatus::Returned),
    ("refunded", OrderStatus::Returned),
];

/// What is wrong with a description.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// No JSON from here on.
    #[error("no JSON at line {line}, column {column}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Character of the line, from 1.
        column: usize,
    },
    /// Something else where `{…}` must stand; empty for the whole document.
    #[error("no object: {place}")]
    NotAnObject {
        /// Key, such as `columns`.
        place: String,
    },
    /// Something else where a text must stand, or an empty one.
    #[error("no text: {place}")]
    NotAText {
        /// Key, such as `columns.quantity`.
        place: String,
    },
    /// A key Otokui does not know.
    #[error("unknown key: {place}")]
    UnknownKey {
        /// The key, such as `columns.qty`.
        place: String,
        /// Keys that may stand there.
        known: Vec<&'static str>,
    },
    /// A word Otokui does not know.
    #[error("unknown word at {place}: {found}")]
    UnknownWord {
        /// Key, such as `mall`.
        place: String,
        /// What stands there.
        found: String,
        /// Words that may.
        known: Vec<&'static str>,
    },
    /// No column for the date.
    #[error("no column for ordered_at")]
    NoDate,
    /// No column for an amount.
    #[error("no column for order_total, line_total or unit_price")]
    NoAmount,
    /// A form from which no day can be read.
    #[error("no date format: {found}")]
    BadDateFormat {
        /// What stands there.
        found: String,
    },
}

/// The layouts files are compared with: those of the malls, the one the owner describes now, if there is one, and those
/// the owner has described before, each for one header row. An export of a mall is read as such in any case.
#[derive(Clone, Copy, Debug, Default)]
pub struct Layouts {
    pub(crate) mapped: Option<&'static Profile>,
    /// The description `mapped` was made of.
    pub(crate) description: Option<&'static str>,
    remembered: Option<&'static Remembered>,
}

/// What an owner has said of header rows, by fingerprint.
#[derive(Debug)]
struct Remembered {
    /// What it was made of, so that the same is made once.
    said: (Vec<(String, String)>, Vec<String>),
    maps: FxHashMap<String, &'static Profile>,
    lists: FxHashSet<String>,
}

impl Layouts {
    /// The malls' layouts and the one this JSON describes. What it describes stays in memory as long as the program
    /// runs, as the malls' layouts do: a few hundred bytes, once for the same JSON.
    pub fn with_map(json: &str) -> Result<Layouts, MapError> {
        let (description, mapped) = described(json)?;
        Ok(Layouts { mapped: Some(mapped), description: Some(description), remembered: None })
    }

    /// These layouts and what the owner has said before: descriptions by the fingerprint of their header row, and
    /// fingerprints of the header rows of lists whose columns were pointed at. A description that describes nothing
    /// (of another version) is left out.
    pub fn remembering(self, maps: Vec<(String, String)>, lists: Vec<String>) -> Layouts {
        static ALL: Mutex<Vec<&'static Remembered>> = Mutex::new(Vec::new());
        if maps.is_empty() && lists.is_empty() {
            return Layouts { remembered: None, ..self };
        }
        let said = (maps, lists);
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.iter().find(|known| known.said == said).copied();
        let remembered = known.unwrap_or_else(|| {
            let read = |(fingerprint, json): &(String, String)| Some((fingerprint.clone(), described(json).ok()?.1));
            let maps = said.0.iter().filter_map(read).collect();
            let lists = said.1.iter().cloned().collect();
            let new: &'static Remembered = Box::leak(Box::new(Remembered { said, maps, lists }));
            all.push(new);
            new
        });
        Layouts { remembered: Some(remembered), ..self }
    }

    /// The layout the owner has described for tables with exactly these headers, now or before.
    pub(crate) fn described(self, headers: &[String]) -> Option<&'static Profile> {
        let fits = |profile: &&'static Profile| profile.missing(&profile.columns(headers)).is_empty();
        let remembered = || self.remembered?.maps.get(&fingerprint(headers)).copied().filter(fits);
        self.mapped.filter(fits).or_else(remembered)
    }

    /// Whether a file of this layout was read as the owner has said before, not now.
    pub fn is_remembered(self, profile: &Profile) -> bool {
        profile.is_mapped() && !self.mapped.is_some_and(|mapped| std::ptr::eq(mapped, profile))
    }

    /// Whether the owner has pointed at columns of lists with these headers.
    pub(crate) fn is_pointed(self, headers: &[String]) -> bool {
        self.remembered.is_some_and(|remembered| remembered.lists.contains(&side::fingerprint(headers)))
    }

    /// Whether this is the id of a layout an owner has described.
    pub fn is_described(profile: &str) -> bool {
        profile == MAPPED
    }

    /// `intake::inspect` with these layouts.
    pub fn inspect(self, path: &Path) -> Result<Inspection, Error> {
        super::inspect_as(path, self)
    }

    /// `intake::tables` with these layouts.
    pub fn tables(
        self,
        path: &Path,
        folder: &Path,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Option<Vec<Result<unfold::Table, unfold::Refused>>> {
        unfold::tables_as(path, folder, self, go_on)
    }

    /// `intake::read` with these layouts.
    pub fn read<E>(
        self,
        parts: &Parts,
        sink: &mut dyn FnMut(Order) -> Result<(), E>,
        tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Tally, ReadError<E>> {
        self.read_into(parts, &mut Orders(sink), tick)
    }

    /// The same for a sink that may know some of it already. Own tables, halves and what Otokui wrote are read whole.
    pub fn read_into<E>(
        self,
        parts: &Parts,
        sink: &mut dyn Sink<E>,
        tick: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Tally, ReadError<E>> {
        match parts {
            Parts::Complete(path) => rows::read(path, self, sink, tick),
            Parts::Pair { orders, lines } => pair::read(from_ref(orders), from_ref(lines), sink, tick),
            Parts::Halves { orders, lines } => pair::read(orders, lines, sink, tick),
        }
    }
}

/// A name for this header row, the same for the same headers in the same order; blank ones at the end do not count.
pub fn fingerprint(headers: &[String]) -> String {
    let end = headers.iter().rposition(|header| !header.trim().is_empty()).map_or(0, |last| last + 1);
    side::fingerprint(&headers[..end])
}

/// What this word means as a status, without a description; nothing for another word.
pub fn usual_status(word: &str) -> Option<OrderStatus> {
    let word = normal_header(word).to_lowercase();
    USUAL_STATUSES.iter().find(|(usual, _)| *usual == word).map(|(_, status)| *status)
}

/// The profile of this description, made once, and the description.
fn described(json: &str) -> Result<(&'static str, &'static Profile), MapError> {
    static ALL: Mutex<BTreeMap<&'static str, &'static Profile>> = Mutex::new(BTreeMap::new());
    let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((json, known)) = all.get_key_value(json) {
        return Ok((json, known));
    }
    let new: &'static Profile = Box::leak(Box::new(profile(json)?));
    let json: &'static str = Box::leak(Box::from(json));
    all.insert(json, new);
    Ok((json, new))
}

fn profile(json: &str) -> Result<Profile, MapError> {
    let document: Value = serde_json::from_str(json.trim_start_matches('\u{feff}'))
        .map_err(|error| MapError::NotJson { line: error.line(), column: error.column() })?;
    let document = object(&document, "")?;
    for key in document.keys() {
        if !KEYS.contains(&&**key) {
            return Err(MapError::UnknownKey { place: key.clone(), known: KEYS.to_vec() });
        }
    }
    let mall = match document.get("mall") {
        None => Mall::Own,
        Some(word) => {
            let found = text(word, "mall")?;
            let known = vec![Mall::Own.word(), Mall::Rakuten.word(), Mall::Yahoo.word()];
            found.parse().map_err(|()| MapError::UnknownWord { place: "mall".into(), found, known })?
        }
    };
    let mut columns: BTreeMap<Field, Vec<String>> = BTreeMap::new();
    for (key, header) in
        document.get("columns").map(|columns| object(columns, "columns")).transpose()?.into_iter().flatten()
    {
        let place = format!("columns.{key}");
        let Some((_, field)) = COLUMNS.iter().find(|(word, _)| word == key) else {
            return Err(MapError::UnknownKey { place, known: COLUMNS.map(|(word, _)| word).to_vec() });
        };
        columns.insert(*field, vec![text(header, &place)?]);
    }
    if !columns.contains_key(&Field::OrderedAt) {
        return Err(MapError::NoDate);
    }
    if ![Field::OrderTotal, Field::LineTotal, Field::UnitPrice].iter().any(|amount| columns.contains_key(amount)) {
        return Err(MapError::NoAmount);
    }
    let date_form = match document.get("date_format").map(|format| text(format, "date_format")).transpose()? {
        None => None,
        Some(found) => {
            let form = DateForm::new(&mapped::normal_text(&found));
            Some(form.ok_or(MapError::BadDateFormat { found })?)
        }
    };
    let row = |label: &str, status| StatusRow {
        code: 0,
        label: normal_header(label).to_lowercase(),
        status,
        provisional: false,
    };
    let mut statuses = Vec::new();
    for (label, word) in
        document.get("statuses").map(|words| object(words, "statuses")).transpose()?.into_iter().flatten()
    {
        let place = format!("statuses.{label}");
        let found = text(word, &place)?;
        match STATUSES.iter().find(|(word, _)| *word == found) {
            Some((_, status)) => statuses.push(row(label, *status)),
            None => {
                return Err(MapError::UnknownWord { place, found, known: STATUSES.map(|(word, _)| word).to_vec() });
            }
        }
    }
    statuses.extend(USUAL_STATUSES.iter().map(|(label, status)| row(label, *status)));
    Ok(Profile {
        id: MAPPED.to_owned(),
        mall,
        part: Part::Complete,
        source: String::new(),
        checked_on: String::new(),
        price: Price { unit_price_after_shop_coupon: false, unit_price_tax: UnitPriceTax::Included },
        // Whatever the owner names must be there: a slip of the pen would otherwise read as "not stated".
        required: columns.keys().map(|field| vec![*field]).collect(),
        columns,
        events: Vec::new(),
        moments: vec![MomentForm::Separated, MomentForm::Compact],
        statuses,
        other_status: None,
        payments: usual_payments(),
        lines: LineForm::Rows,
        date_form,
    })
}

/// The words an own shop has for how an order is paid; those of the malls stand in their layouts.
fn usual_payments() -> Vec<PaymentRow> {
    serde_json::from_str(include_str!("../../assets/payments.json")).expect("our own file, read by the tests")
}

fn object<'v>(value: &'v Value, place: &str) -> Result<&'v Map<String, Value>, MapError> {
    value.as_object().ok_or_else(|| MapError::NotAnObject { place: place.to_owned() })
}

fn text(value: &Value, place: &str) -> Result<String, MapError> {
    let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| MapError::NotAText { place: place.to_owned() })
}
