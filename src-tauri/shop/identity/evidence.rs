//! What one buyer says of themselves, and how two of them compare field by field.

use super::keys::Said;
use super::normal;
use super::person::{Part, PersonName, letters};
use super::place::Place;
use crate::shop::{Buyer, Mall};

/// A buyer in the form in which buyers are compared; the mail address stands beside it, because one person has many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Profile {
    /// Who.
    pub name: PersonName,
    /// As dialled, a one in front; 0 when none is usable.
    pub phone: u64,
    /// Where.
    pub place: Place,
}

/// How a field of two buyers compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// One of them states nothing.
    Missing,
    /// The same after normalisation.
    Equal,
    /// Read alike, written otherwise.
    Alike,
    /// A slip of the finger away.
    Near,
    /// Not the same.
    Different,
}

/// The fields that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Kanji.
    Name,
    /// Kana.
    Kana,
    /// Telephone.
    Phone,
    /// Mail address; different means nothing.
    Mail,
    /// Postal code.
    PostalCode,
    /// Town, numbers, room.
    Address,
}

impl Field {
    /// The word in a ledger and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Kana => "kana",
            Field::Phone => "phone",
            Field::Mail => "mail",
            Field::PostalCode => "postal_code",
            Field::Address => "address",
        }
    }
}

/// How two places compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceLevel {
    /// One of them states nothing.
    Missing,
    /// Same house, and the same room or none said.
    Same,
    /// Same house, another room.
    OtherRoom,
    /// One leaves out the last numbers.
    Shorter,
    /// Same postal code, other numbers.
    SameCode,
    /// Elsewhere.
    Different,
}

/// A field of two buyers, for people to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBySide {
    /// Which.
    pub field: Field,
    /// How it compares.
    pub level: Seen,
    /// As the one writes it.
    pub left: String,
    /// As the other does.
    pub right: String,
}

/// How a field compares, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The same, however it is written.
    Equal,
    /// Close enough to be a slip.
    Near,
    /// Not the same.
    Different,
    /// Not the same, and that says nothing: masked addresses change.
    Nothing,
    /// Not stated on one side.
    Missing,
}

impl Seen {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Seen::Equal => "equal",
            Seen::Near => "near",
            Seen::Different => "different",
            Seen::Nothing => "nothing",
            Seen::Missing => "missing",
        }
    }
}

/// All fields of two buyers in the order in which people look at them.
pub fn side_by_side(a: (&Buyer, Mall), b: (&Buyer, Mall)) -> Vec<SideBySide> {
    let ((a, a_mall), (b, b_mall)) = (a, b);
    let (x, y) = (Profile::of(a), Profile::of(b));
    let of_levels = |family: Level, given: Level| match (family, given) {
        (Level::Missing, Level::Missing) => Seen::Missing,
        (Level::Equal, Level::Equal | Level::Missing) => Seen::Equal,
        (Level::Different, Level::Different) => Seen::Different,
        (Level::Different, _) | (_, Level::Different) => Seen::Different,
        _ => Seen::Near,
    };
    let only = |name: &PersonName, kana: bool| match kana {
        true => PersonName { family: Part::default(), given: Part::default(), ..*name },
        false => PersonName { family_kana: Part::default(), given_kana: Part::default(), ..*name },
    };
    let named = |kana: bool| {
        let (family, given) = compare_names(&only(&x.name, kana), &only(&y.name, kana));
        of_levels(family, given)
    };
    let (mail_a, mail_b) = (normal::mail(&a.mail), normal::mail(&b.mail));
    let mail = match (mail_a.is_empty() || mail_b.is_empty(), mail_a == mail_b) {
        (true, _) => Seen::Missing,
        (false, true) => Seen::Equal,
        (false, false) => Seen::Nothing,
    };
    let mail = if mail == Seen::Equal && a_mall != b_mall { Seen::Near } else { mail };
    let code = match (x.place.postal_code, y.place.postal_code) {
        (0, _) | (_, 0) => Seen::Missing,
        (a, b) if a == b => Seen::Equal,
        _ => Seen::Different,
    };
    let seen = x.compare(&y);
    let phone = match seen.phone {
        Level::Missing => Seen::Missing,
        Level::Equal => Seen::Equal,
        Level::Alike | Level::Near => Seen::Near,
        Level::Different => Seen::Different,
    };
    let address = match seen.place {
        _ if a.street.is_empty() || b.street.is_empty() => Seen::Missing,
        PlaceLevel::Missing => Seen::Missing,
        PlaceLevel::Same => Seen::Equal,
        PlaceLevel::OtherRoom | PlaceLevel::Shorter => Seen::Near,
        PlaceLevel::SameCode | PlaceLevel::Different => Seen::Different,
    };
    let kana = |buyer: &Buyer| format!("{} {}", buyer.family_kana, buyer.given_kana).trim().to_owned();
    let at = |buyer: &Buyer| format!("{}{}{}", buyer.prefecture, buyer.city, buyer.street);
    let row = |field, level, left: &str, right: &str| SideBySide {
        field,
        level,
        left: left.to_owned(),
        right: right.to_owned(),
    };
    vec![
        row(Field::Name, named(false), &a.full_name(), &b.full_name()),
        row(Field::Kana, named(true), &kana(a), &kana(b)),
        row(Field::Phone, phone, &a.phone, &b.phone),
        row(Field::PostalCode, code, &a.postal_code, &b.postal_code),
        row(Field::Address, address, &at(a), &at(b)),
        row(Field::Mail, mail, &a.mail, &b.mail),
    ]
}

/// Two buyers, field by field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// 姓.
    pub family: Level,
    /// 名.
    pub given: Level,
    /// Telephone.
    pub phone: Level,
    /// Address.
    pub place: PlaceLevel,
    /// Both order for a company.
    pub office: bool,
    /// Neither orders for a company, and both telephones go with their owners, not with a home: of such pairs a ledger may
    /// tell how often one person does what (`habits`), and only of them.
    pub is_telling: bool,
}

impl Profile {
    /// The buyer as compared.
    pub fn of(buyer: &Buyer) -> Profile {
        Profile {
            name: PersonName::read(&buyer.family_name, &buyer.given_name, &buyer.family_kana, &buyer.given_kana),
            phone: normal::number(&buyer.phone).unwrap_or(0),
            place: Place::read(&buyer.postal_code, &buyer.city, &buyer.street),
        }
    }

    /// Names this profile; equal for two that are compared alike. Nothing when it says too little to be somebody:
    /// a name alone, or a phone alone, may be anybody's.
    pub fn key(&self) -> Option<u64> {
        let named = self.name.whole().count() > 1 || self.name.whole_kana().count() > 1;
        if !named || (self.phone == 0 && !(self.place.postal_code > 0 && self.place.numbers[0] > 0)) {
            return None;
        }
        let mut said = Said::default();
        for part in [&self.name.family, &self.name.given, &self.name.family_kana, &self.name.given_kana] {
            part.iter().for_each(|letter| said.add(&letter.to_le_bytes()));
        }
        said.add(&[u8::from(self.name.of_company)]);
        said.add(&self.phone.to_le_bytes());
        said.add(&self.place.postal_code.to_le_bytes());
        said.add(&self.place.town.to_le_bytes());
        for number in self.place.numbers {
            said.add(&number.to_le_bytes());
        }
        said.add(&self.place.room.to_le_bytes());
        Some(said.hash())
    }

    /// How the two compare.
    pub fn compare(&self, other: &Profile) -> Comparison {
        let (family, given) = compare_names(&self.name, &other.name);
        Comparison {
            family,
            given,
            phone: compare_phones(self.phone, other.phone),
            place: compare_places(&self.place, &other.place),
            office: self.name.of_company && other.name.of_company,
            is_telling: [self, other].iter().all(|one| !one.name.of_company && normal::is_carried(one.phone)),
        }
    }
}

/// Family and given name of two people.
pub fn compare_names(a: &PersonName, b: &PersonName) -> (Level, Level) {
    let states = |name: &PersonName| name.family[0] != 0 || name.given[0] != 0;
    let states_kana = |name: &PersonName| name.family_kana[0] != 0 || name.given_kana[0] != 0;
    if states(a) && states(b) {
        if a.whole().eq(b.whole()) {
            return (Level::Equal, Level::Equal);
        }
    } else if !(states_kana(a) && states_kana(b)) {
        return (Level::Missing, Level::Missing);
    } else if a.whole_kana().eq(b.whole_kana()) {
        return (Level::Equal, Level::Equal);
    }
    // 花子 in the cell of the family name, 見本 in that of the given name.
    if a.family[0] != 0 && a.given[0] != 0 && a.family == b.given && a.given == b.family {
        return (Level::Alike, Level::Alike);
    }
    let (a, b) = (&divided_like(a, b), &divided_like(b, a));
    let family = compare_part((&a.family, &a.family_kana), (&b.family, &b.family_kana), 2);
    // 健一 and 健二, one kanji apart, are brothers.
    let given = compare_part((&a.given, &a.given_kana), (&b.given, &b.given_kana), 3);
    (family, given)
}

/// The name divided where the other one is, when it is not divided itself.
fn divided_like(name: &PersonName, other: &PersonName) -> PersonName {
    let mut name = *name;
    for (family, given, of) in [
        (&mut name.family, &mut name.given, (&other.family, &other.given)),
        (&mut name.family_kana, &mut name.given_kana, (&other.family_kana, &other.given_kana)),
    ] {
        if given[0] != 0 || of.1[0] == 0 {
            continue;
        }
        let whole: Vec<u16> = letters(family).collect();
        let (first, last): (Vec<u16>, Vec<u16>) = (letters(of.0).collect(), letters(of.1).collect());
        let at = if !first.is_empty() && whole.starts_with(&first) && whole.len() > first.len() {
            first.len()
        } else if whole.ends_with(&last) && whole.len() > last.len() {
            whole.len() - last.len()
        } else {
            continue;
        };
        *family = cut(&whole[..at]);
        *given = cut(&whole[at..]);
    }
    name
}

fn cut(letters: &[u16]) -> Part {
    let mut part = Part::default();
    for (slot, letter) in part.iter_mut().zip(letters) {
        *slot = *letter;
    }
    part
}

/// One part of a name, from kanji and kana together. Of at least so many kanji one may be a slip without kana to say so.
fn compare_part(a: (&Part, &Part), b: (&Part, &Part), kanji_of_a_slip: usize) -> Level {
    let kanji = compare_letters(a.0, b.0);
    let kana = compare_letters(a.1, b.1);
    match (kanji, kana) {
        (Level::Equal, _) => Level::Equal,
        (Level::Missing, kana) => kana,
        (_, Level::Equal) => Level::Alike,
        // 花子 ハナコ and 花代 ハナヨ: who slips does so in one of the two, who writes both otherwise is called otherwise.
        (Level::Near, Level::Missing) if letters(a.0).count() >= kanji_of_a_slip => Level::Near,
        _ => Level::Different,
    }
}

fn compare_letters(a: &Part, b: &Part) -> Level {
    match (a[0], b[0]) {
        (0, _) | (_, 0) => Level::Missing,
        _ if a == b => Level::Equal,
        _ if one_slip(a, b) => Level::Near,
        _ => Level::Different,
    }
}

/// One letter more, less or other, or two neighbours exchanged; of names of one letter that would be anything.
fn one_slip(a: &Part, b: &Part) -> bool {
    let (a, b): (Vec<u16>, Vec<u16>) = (letters(a).collect(), letters(b).collect());
    let (long, short) = if a.len() >= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 2 || long.len() > short.len() + 1 {
        return false;
    }
    let same = long.iter().zip(short.iter()).take_while(|(x, y)| x == y).count();
    if long.len() > short.len() {
        return long[same + 1..] == short[same..];
    }
    long[same + 1..] == short[same + 1..]
        || (same + 1 < long.len()
            && long[same] == short[same + 1]
            && long[same + 1] == short[same]
            && long[same + 2..] == short[same + 2..])
}

fn compare_phones(a: u64, b: u64) -> Level {
    if a == 0 || b == 0 {
        return Level::Missing;
    }
    if a == b {
        return Level::Equal;
    }
    let digits = |mut number: u64| {
        let mut digits = [10u8; 12];
        for slot in digits.iter_mut().rev() {
            if number == 0 {
                break;
            }
            *slot = (number % 10) as u8;
            number /= 10;
        }
        digits
    };
    let (x, y) = (digits(a), digits(b));
    let differing: Vec<usize> = (0..12).filter(|&at| x[at] != y[at]).collect();
    let near = match differing[..] {
        [_] => true,
        [i, j] => j == i + 1 && x[i] == y[j] && x[j] == y[i],
        _ => false,
    };
    if near { Level::Near } else { Level::Different }
}

fn compare_places(a: &Place, b: &Place) -> PlaceLevel {
    if !a.is_stated() || !b.is_stated() {
        return PlaceLevel::Missing;
    }
    let (same_code, same_town) = (a.postal_code > 0 && a.postal_code == b.postal_code, a.town > 0 && a.town == b.town);
    let no_code = a.postal_code == 0 || b.postal_code == 0;
    let somewhere_near = same_code || same_town;
    if a.numbers[0] > 0 && a.numbers == b.numbers && somewhere_near {
        let rooms_differ = a.room > 0 && b.room > 0 && a.room != b.room;
        return if rooms_differ { PlaceLevel::OtherRoom } else { PlaceLevel::Same };
    }
    if a.numbers[0] == 0 && b.numbers[0] == 0 && same_town && (same_code || no_code) {
        return PlaceLevel::Same;
    }
    let shorter = |a: &Place, b: &Place| {
        let stated = a.numbers.iter().take_while(|n| **n > 0).count();
        stated > 0 && a.numbers[..stated] == b.numbers[..stated]
    };
    if somewhere_near && (shorter(a, b) || shorter(b, a)) {
        return PlaceLevel::Shorter;
    }
    if same_code { PlaceLevel::SameCode } else { PlaceLevel::Different }
}
