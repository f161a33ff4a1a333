//! Who ordered and who received: the columns of a person become a `Buyer`.

use super::assemble::{Fault, Row};
use super::cell;
use super::damage::{is_cut_down, is_power_of_ten, phone_parts};
use super::problem::ProblemKind;
use super::profile::{Columns, Field};
use super::record::ByteRecord;
use super::table::Layout;
use crate::shop::{Buyer, Order, ShipTo, Text, Yen};
use compact_str::format_compact;
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

/// What tells the parcels of an order apart: their number, or the cells about them where the layout numbers none.
#[derive(Clone, PartialEq, Eq, Hash)]
enum ParcelName<'r> {
    Number(&'r [u8]),
    Cells(Vec<&'r [u8]>),
}

/// Whether the parcels of an order have numbers: the layout has a column of them, and no spreadsheet has cut one down.
fn are_numbered(layout: &Layout, rows: &[&Row]) -> bool {
    let Some(place) = layout.columns.place(Field::ShipToKey) else { return false };
    rows.iter().all(|row| row.record.get(place).is_none_or(|number| !is_cut_down(number.trim_ascii())))
}

fn parcel_name<'r>(layout: &Layout, record: &'r ByteRecord, is_numbered: bool) -> ParcelName<'r> {
    let cell = |field: &Field| layout.cell(record, *field).trim_ascii();
    if is_numbered {
        return ParcelName::Number(layout.id(record, Field::ShipToKey));
    }
    ParcelName::Cells(RECIPIENT.all().map(cell).chain([cell(&Field::ShipToPostage)]).collect())
}

/// The parcels of an order, each once. Where the layout numbers none, several are numbered from 1 by postal code and
/// name, so that the order of the rows does not matter.
pub(crate) fn ship_tos(layout: &Layout, rows: &[&Row], buyer: &Buyer) -> Result<Vec<ShipTo>, Fault> {
    Ok(named_ship_tos(layout, rows, buyer)?.into_iter().map(|(_, parcel)| parcel).collect())
}

/// Says of each line which parcel it lies in, where they have no numbers and there are several. `lines` stand in the
/// order of `rows`.
pub(crate) fn put_into_parcels(layout: &Layout, rows: &[&Row], order: &mut Order) {
    if are_numbered(layout, rows) {
        return;
    }
    if order.ship_tos.len() < 2 {
        // Of one parcel with and without its number.
        order.lines.iter_mut().for_each(|line| line.ship_to_key = Text::default());
        return;
    }
    // They have been read for the order already, so they can be read.
    let Ok(parcels) = named_ship_tos(layout, rows, &order.buyer) else { return };
    let place: FxHashMap<&ParcelName<'_>, usize> =
        parcels.iter().enumerate().map(|(place, (name, _))| (name, place)).collect();
    for (line, row) in order.lines.iter_mut().zip(rows) {
        if let Some(&place) = place.get(&parcel_name(layout, &row.record, false)) {
            line.ship_to_key.clone_from(&parcels[place].1.ship_to_key);
        }
    }
}

fn named_ship_tos<'r>(
    layout: &Layout,
    rows: &[&'r Row],
    buyer: &Buyer,
) -> Result<Vec<(ParcelName<'r>, ShipTo)>, Fault> {
    // Nearly always one; a parcel is large.
    let mut parcels: Vec<(ParcelName<'r>, ShipTo)> = Vec::with_capacity(1);
    let mut known = FxHashSet::default();
    let is_numbered = are_numbered(layout, rows);
    for row in rows {
        let key = if rows.len() == 1 { ParcelName::Number(b"") } else { parcel_name(layout, &row.record, is_numbered) };
        if rows.len() > 1 && !known.insert(key.clone()) {
            continue;
        }
        let postage = cell::yen(layout.cell(&row.record, Field::ShipToPostage), layout.encoding)
            .map_err(|_| layout.fault(&row.record, Field::ShipToPostage, ProblemKind::BadNumber))?;
        // The buyer is of the first row.
        let recipient = match parcels.is_empty() && is_written_as_buyer(layout, &row.record) {
            true => Buyer { mail: Text::default(), ..buyer.clone() },
            false => person(layout, &row.record, &RECIPIENT),
        };
        let parcel = ShipTo {
            ship_to_key: if is_numbered { layout.id_text(&row.record, Field::ShipToKey) } else { Text::default() },
            same_as_buyer: true,
            recipient,
            postage: Yen(postage.unwrap_or(0)),
        };
        parcels.push((key, parcel));
    }
    let flag = layout.number(rows, Field::SameShipTo).ok().flatten().map(|flag| flag == 1);
    let alone = parcels.len() == 1;
    for (_, parcel) in &mut parcels {
        parcel.same_as_buyer = match flag {
            // The flag speaks of the order; of several parcels one may still go to the buyer.
            Some(same) if alone => same,
            flag if parcel.recipient == Buyer::default() => flag.unwrap_or(true),
            _ => same_person_and_place(&parcel.recipient, buyer),
        };
    }
    if !alone && !is_numbered {
        parcels.sort_by(|(_, a), (_, b)| place_and_name(a).cmp(&place_and_name(b)));
        for (number, (_, parcel)) in (1..).zip(&mut parcels) {
            parcel.ship_to_key = format_compact!("{number}");
        }
    }
    Ok(parcels)
}

fn place_and_name(parcel: &ShipTo) -> ([&str; 7], Yen) {
    let to = &parcel.recipient;
    let texts = [&to.postal_code, &to.family_name, &to.given_name, &to.prefecture, &to.city, &to.street, &to.phone];
    (texts.map(Text::as_str), parcel.postage)
}

fn same_person_and_place(a: &Buyer, b: &Buyer) -> bool {
    let name = |p: &Buyer| {
        p.family_name.chars().chain(p.given_name.chars()).filter(|c| !c.is_whitespace()).collect::<String>()
    };
    name(a) == name(b) && a.postal_code == b.postal_code
}

/// The columns of a person.
pub(crate) struct PersonFields {
    full_name: Field,
    family_name: Field,
    given_name: Field,
    full_kana: Field,
    family_kana: Field,
    given_kana: Field,
    postal: [Field; 2],
    prefecture: Field,
    city: Field,
    street: [Field; 2],
    phone: [Field; 3],
    mail: Option<Field>,
}

impl PersonFields {
    /// Every field, in a fixed order.
    fn all(&self) -> impl Iterator<Item = &Field> {
        let names = [&self.full_name, &self.family_name, &self.given_name];
        let kana = [&self.full_kana, &self.family_kana, &self.given_kana];
        let places = self.postal.iter().chain([&self.prefecture, &self.city]).chain(&self.street);
        names.into_iter().chain(kana).chain(places).chain(&self.phone).chain(&self.mail)
    }
}

pub(crate) const BUYER: PersonFields = PersonFields {
    full_name: Field::BuyerFullName,
    family_name: Field::BuyerFamilyName,
    given_name: Field::BuyerGivenName,
    full_kana: Field::BuyerFullKana,
    family_kana: Field::BuyerFamilyKana,
    given_kana: Field::BuyerGivenKana,
    postal: [Field::BuyerPostal1, Field::BuyerPostal2],
    prefecture: Field::BuyerPrefecture,
    city: Field::BuyerCity,
    street: [Field::BuyerStreet, Field::BuyerStreet2],
    phone: [Field::BuyerPhone1, Field::BuyerPhone2, Field::BuyerPhone3],
    mail: Some(Field::BuyerMail),
};

const RECIPIENT: PersonFields = PersonFields {
    full_name: Field::RecipientFullName,
    family_name: Field::RecipientFamilyName,
    given_name: Field::RecipientGivenName,
    full_kana: Field::RecipientFullKana,
    family_kana: Field::RecipientFamilyKana,
    given_kana: Field::RecipientGivenKana,
    postal: [Field::RecipientPostal1, Field::RecipientPostal2],
    prefecture: Field::RecipientPrefecture,
    city: Field::RecipientCity,
    street: [Field::RecipientStreet, Field::RecipientStreet2],
    phone: [Field::RecipientPhone1, Field::RecipientPhone2, Field::RecipientPhone3],
    mail: None,
};

pub(crate) fn person(layout: &Layout, record: &ByteRecord, fields: &PersonFields) -> Buyer {
    let PersonFields { family_name, given_name, full_name, family_kana, given_kana, full_kana, .. } = *fields;
    let [street, street_2] = fields.street;
    let [mut family_name, given_name, mut family_kana, given_kana, prefecture, city, mut street, street_2] = layout
        .texts(
            record,
            [family_name, given_name, family_kana, given_kana, fields.prefecture, fields.city, street, street_2],
        );
    if family_name.is_empty() && given_name.is_empty() {
        family_name = layout.text(record, full_name);
    }
    if family_kana.is_empty() && given_kana.is_empty() {
        family_kana = layout.text(record, full_kana);
    }
    if !street_2.is_empty() {
        if !street.is_empty() {
            street.push(' ');
        }
        street.push_str(&street_2);
    }
    let text = |field| layout.text(record, field);
    // Digits that are gone must not join people.
    let undamaged = |field| Some(text(field)).filter(|text| !is_power_of_ten(text)).unwrap_or_default();
    Buyer {
        family_name,
        given_name,
        family_kana,
        given_kana,
        postal_code: plain_postal_code(fields.postal.map(|field| layout.cell(record, field)))
            .unwrap_or_else(|| postal_code(&fields.postal.map(undamaged))),
        prefecture,
        city,
        street,
        phone: plain_phone(fields.phone.map(|field| layout.cell(record, field)))
            .unwrap_or_else(|| phone(fields.phone.map(undamaged))),
        mail: fields.mail.map(text).unwrap_or_default(),
    }
}

/// Whether the cells of the recipient are those of the buyer, byte by byte.
fn is_written_as_buyer(layout: &Layout, record: &ByteRecord) -> bool {
    if let Some(Run { buyer, recipient, count }) = layout.person_run
        && record.is_repeated(buyer, recipient, count)
    {
        return true;
    }
    let is_same = |(buyer, recipient)| layout.cell(record, buyer) == layout.cell(record, recipient);
    compared(&BUYER).zip(compared(&RECIPIENT)).all(is_same)
}

/// What a recipient has in common with a buyer.
fn compared(person: &PersonFields) -> impl Iterator<Item = Field> {
    let names = [person.full_name, person.family_name, person.given_name];
    let kana = [person.full_kana, person.family_kana, person.given_kana];
    // What differs most stands first.
    let place = [person.street[0], person.prefecture, person.city, person.street[1]];
    place.into_iter().chain(names).chain(kana).chain(person.postal).chain(person.phone)
}

/// Columns of the buyer beside each other, and those of the recipient in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    buyer: usize,
    recipient: usize,
    count: usize,
}

impl Run {
    /// Where a table has them so, and nothing else of the two.
    pub(crate) fn of(columns: &Columns) -> Option<Run> {
        let places = |person: &PersonFields| compared(person).map(|field| columns.place(field)).collect::<Vec<_>>();
        let (buyer, recipient) = (places(&BUYER), places(&RECIPIENT));
        let first = |places: &[Option<usize>]| places.iter().flatten().min().copied();
        let run = Run { buyer: first(&buyer)?, recipient: first(&recipient)?, count: buyer.iter().flatten().count() };
        let within = |place: usize, from: usize| place.checked_sub(from).filter(|at| *at < run.count);
        let is_run = buyer.iter().zip(&recipient).all(|pair| match pair {
            (Some(buyer), Some(recipient)) => {
                within(*buyer, run.buyer).is_some() && within(*buyer, run.buyer) == within(*recipient, run.recipient)
            }
            (None, None) => true,
            _ => false,
        });
        is_run.then_some(run)
    }
}

/// Three and four digits, as nearly all are written; nothing for any other.
fn plain_postal_code(parts: [&[u8]; 2]) -> Option<Text> {
    let [front, back] = parts.map(digits);
    let (front, back) = (front.filter(|part| part.len() == 3)?, back.filter(|part| part.len() == 4)?);
    Some([front, back].into_iter().collect())
}

/// The digits of a cell that has nothing else.
fn digits(cell: &[u8]) -> Option<&str> {
    let all = !cell.is_empty() && cell.iter().all(u8::is_ascii_digit);
    if all { std::str::from_utf8(cell).ok() } else { None }
}

/// Seven digits from one cell or from 3 + 4; zeros that a spreadsheet took are put back.
fn postal_code(parts: &[Text; 2]) -> Text {
    let digits = |part: &Text| -> Text {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            return part.clone();
        }
        part.nfkc().filter(char::is_ascii_digit).collect()
    };
    let (front, back) = (digits(&parts[0]), digits(&parts[1]));
    match (front.len(), back.len()) {
        (0, 0) => Text::default(),
        (1..=3, 1..=4) => format_compact!("{front:0>3}{back:0>4}"),
        (5..=7, 0) => format_compact!("{front:0>7}"),
        _ => front + &back,
    }
}

/// Three cells of digits with a zero in front, as nearly all are written; nothing for any other.
fn plain_phone(parts: [&[u8]; 3]) -> Option<Text> {
    let [area, middle, end] = parts.map(digits);
    Some([area.filter(|area| area.starts_with('0'))?, "-", middle?, "-", end?].into_iter().collect())
}

/// Puts back the zero a spreadsheet took from the front of a phone number.
fn phone(parts: [Text; 3]) -> Text {
    let parts = phone_parts(parts);
    let parts: Vec<&str> = parts.iter().map(Text::as_str).filter(|part| !part.is_empty()).collect();
    let text = Text::from(parts.join("-"));
    let count = text.chars().filter(char::is_ascii_digit).count();
    if (9..=10).contains(&count) && text.starts_with(|c: char| matches!(c, '1'..='9')) {
        format_compact!("0{text}")
    } else {
        text
    }
}
