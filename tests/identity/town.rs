//! A town of people who are hard to tell apart or to recognise, written as both malls write them.
//!
//! Habits are those the public shops are said to have (masked addresses that change, moves, marriages, families on one
//! line, namesakes, couples with one mailbox, reused mobile numbers, filler numbers, switchboards, guests who mistype, other phones
//! on the second mall, kana in half width or hiragana or missing, one address written six ways), more frequent
//! than in life. Nobody of it exists.

mod names;

use names::{COMPANIES, FAMILY, MEN, TOWNS, WOMEN, half, hiragana};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
    fn chance(&mut self, share: f64) -> bool {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64 <= share
    }
    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }
    /// The first of the list more often than the last.
    fn common<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let (a, b) = (self.below(list.len() as u64), self.below(list.len() as u64));
        &list[a.min(b) as usize]
    }
}

#[derive(Clone)]
struct Home {
    town: usize,
    code: String,
    numbers: [u64; 3],
    building: Option<(&'static str, u64)>,
    line: String,
}

#[derive(Clone)]
struct Person {
    number: usize,
    family: usize,
    married_to: Option<usize>,
    given: (&'static str, &'static str),
    home: Home,
    next_home: Option<Home>,
    /// Day, of 700, of the change.
    changes_on: u64,
    phone: String,
    next_phone: Option<String>,
    other_phone: Option<String>,
    mask: u64,
    next_mask: Option<u64>,
    address: String,
    company: Option<usize>,
    at_both: bool,
    on_rakuten: bool,
    guest: bool,
    style: u64,
    kana: u64,
    orders: u64,
    line_user: bool,
}

fn home(dice: &mut Dice) -> Home {
    let town = dice.below(TOWNS.len() as u64) as usize;
    Home {
        town,
        code: format!("{:03}{:04}", 100 + town * 37, dice.below(300)),
        numbers: [1 + dice.below(7), 1 + dice.below(28), 1 + dice.below(28)],
        building: dice.chance(0.4).then(|| {
            (
                *dice.of(&["ハイツ若葉", "コーポ桜", "メゾンⅡ", "グランドハイム中央"]),
                100 * (1 + dice.below(11)) + 1 + dice.below(8),
            )
        }),
        line: format!("03-0{:03}-{:04}", dice.below(1_000), dice.below(10_000)),
    }
}

fn mobile(dice: &mut Dice) -> String {
    format!("{}-0{:03}-{:04}", dice.of(&["090", "080", "070"]), dice.below(1_000), dice.below(10_000))
}

fn people(dice: &mut Dice, count: usize) -> Vec<Person> {
    let mut all: Vec<Person> = Vec::new();
    let mut freed: Vec<String> = Vec::new();
    while all.len() < count {
        let relative = (!all.is_empty() && dice.chance(0.12)).then(|| all[all.len() - 1].clone());
        let woman = dice.chance(0.6);
        let given = if woman { *dice.common(WOMEN) } else { *dice.common(MEN) };
        let own = (0..FAMILY.len()).collect::<Vec<_>>();
        let mut person = Person {
            number: all.len() + 1,
            family: *dice.common(&own),
            married_to: None,
            given,
            home: home(dice),
            next_home: dice.chance(0.08).then(|| home(dice)),
            changes_on: 150 + dice.below(400),
            phone: String::new(),
            next_phone: None,
            other_phone: None,
            mask: dice.next(),
            next_mask: dice.chance(0.10).then(|| dice.next()),
            address: String::new(),
            company: None,
            at_both: dice.chance(0.15),
            on_rakuten: dice.chance(0.7),
            guest: dice.chance(0.08),
            style: dice.below(5),
            kana: dice.below(12),
            orders: 1,
            line_user: dice.chance(0.2),
        };
        person.address = format!("u{}.{}@example.jp", dice.below(1_000_000), person.number);
        person.phone = if person.line_user { person.home.line.clone() } else { mobile(dice) };
        if let Some(relative) = relative.filter(|other| {
            let at_home = all.iter().rev().take(9).filter(|one| one.home.line == other.home.line);
            other.company.is_none() && at_home.clone().all(|one| one.given.1 != given.1)
        }) {
            (person.family, person.home) = (relative.family, relative.home);
            person.next_home = relative.next_home;
            person.changes_on = relative.changes_on;
            person.at_both = false;
            person.on_rakuten = relative.on_rakuten;
            if dice.chance(0.4) {
                person.phone = relative.phone.clone();
            } else if person.line_user {
                person.phone = person.home.line.clone();
            }
            if dice.chance(0.15) {
                (person.mask, person.address, person.next_mask) = (relative.mask, relative.address, None);
            }
        } else if dice.chance(0.03) {
            person.company = Some(dice.below(COMPANIES.len() as u64) as usize);
        } else if let Some(other) = all.last().filter(|other| other.company.is_some() && !all.len().is_multiple_of(3)) {
            (person.company, person.home, person.phone) = (other.company, other.home.clone(), other.phone.clone());
            person.next_home = None;
        } else if woman && dice.chance(0.05) {
            person.married_to = Some(*dice.common(&own)).filter(|family| *family != person.family);
            person.next_home = dice.chance(0.6).then(|| home(dice));
        } else if dice.chance(0.05) {
            person.next_phone = Some(mobile(dice));
            if dice.chance(0.4) {
                freed.push(person.phone.clone());
            }
        } else if dice.chance(0.1)
            && let Some(phone) = freed.pop()
        {
            person.phone = phone;
        }
        if person.at_both && dice.chance(0.15) {
            person.other_phone = Some(mobile(dice));
        }
        while dice.chance(0.68) && person.orders < 25 {
            person.orders += 1;
        }
        if person.at_both {
            person.orders += 2;
        }
        all.push(person);
    }
    all
}

fn street(home: &Home, style: u64) -> String {
    let [a, b, c] = home.numbers;
    let town = TOWNS[home.town].2;
    let wide = |text: String| -> String {
        text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32('０' as u32 + d)).unwrap_or(c)).collect()
    };
    let numbers = match style % 6 {
        0 => format!("{town}{a}-{b}-{c}"),
        1 => wide(format!("{town}{a}－{b}－{c}")),
        2 => format!("{town}{a}丁目{b}番{c}号"),
        3 => format!("{}{a}丁目{b}-{c}", town.replace(['ケ', 'ヶ'], "が")),
        4 => format!("{town}{a}ー{b}ー{c}"),
        _ => format!("大字{town}{a}丁目{b}番地{c}"),
    };
    match (home.building, style % 3) {
        (None, _) => numbers,
        (Some((name, room)), 0) => format!("{numbers}\u{3000}{name}{room}"),
        (Some((name, room)), 1) => format!("{numbers} {name} {}", wide(room.to_string())),
        (Some((_, room)), _) if matches!(style % 6, 0 | 4) => format!("{numbers}-{room}"),
        (Some((name, room)), _) => format!("{numbers}{name}{room}号室"),
    }
}

/// One order's buyer: family, given, kana of both, code, prefecture, city, street, phone, mail.
fn written(person: &Person, rakuten: bool, day: u64, dice: &mut Dice) -> [String; 10] {
    let later = day >= person.changes_on;
    let home = person.next_home.as_ref().filter(|_| later).unwrap_or(&person.home);
    let family = person.married_to.filter(|_| later).unwrap_or(person.family);
    let second = person.at_both && rakuten != person.on_rakuten;
    let is_guest = person.guest && rakuten && dice.chance(0.5);
    let slips = |dice: &mut Dice| is_guest && dice.chance(0.12);
    let (kanji, typed, kana) = FAMILY[family];
    let mut family_name = if second || is_guest { typed } else { kanji }.to_owned();
    let mut given_name = person.given.0.to_owned();
    let (mut family_kana, mut given_kana) = (kana.to_owned(), person.given.1.to_owned());
    match (person.kana + u64::from(second)) % 12 {
        0 => (family_kana, given_kana) = (half(&family_kana), half(&given_kana)),
        1 => (family_kana, given_kana) = (hiragana(&family_kana), hiragana(&given_kana)),
        2 if !second => (family_kana, given_kana) = Default::default(),
        _ => {}
    }
    if let Some(company) = person.company {
        family_name = format!("{}\u{3000}{family_name}", COMPANIES[company]);
    }
    if is_guest && dice.chance(0.3) && person.company.is_none() {
        family_name += &std::mem::take(&mut given_name);
        family_kana += &std::mem::take(&mut given_kana);
    }
    let mut phone = person.next_phone.clone().filter(|_| later).unwrap_or_else(|| person.phone.clone());
    if person.line_user && later && person.next_home.is_some() && person.company.is_none() {
        phone = home.line.clone();
    }
    if let Some(other) = person.other_phone.as_ref().filter(|_| second) {
        phone = other.clone();
    }
    if slips(dice) {
        phone.pop();
        let _ = write!(phone, "{}", dice.below(10));
    }
    if dice.chance(0.015) {
        phone = (*dice.of(&["000-0000-0000", "999-9999-9999", "090-1111-1111", "012-3456-7890"])).to_owned();
    }
    if !rakuten {
        phone.retain(|c| c != '-');
    }
    let mut code = home.code.clone();
    if slips(dice) {
        code.pop();
        let _ = write!(code, "{}", dice.below(10));
    }
    if slips(dice) && !given_kana.is_empty() {
        given_kana.pop();
    }
    let (prefecture, city, _) = TOWNS[home.town];
    let style = if is_guest { dice.below(6) } else { person.style + u64::from(second) };
    let mail = if !rakuten {
        person.address.clone()
    } else {
        let mask = if is_guest { dice.next() } else { person.next_mask.filter(|_| later).unwrap_or(person.mask) };
        format!("{mask:032x}s1@pc.fw.rakuten.ne.jp")
    };
    let (prefecture, city) = (prefecture.to_owned(), city.to_owned());
    [family_name, given_name, family_kana, given_kana, code, prefecture, city, street(home, style), phone, mail]
}

/// Writes the town's exports and its truth.
pub fn write(seed: u64, count: usize, folder: &Path) -> (Vec<PathBuf>, PathBuf) {
    let mut dice = Dice(seed);
    let people = people(&mut dice, count);
    let create = |name: &str, header: &[&str]| {
        let mut writer = csv::Writer::from_path(folder.join(name)).expect("a folder to write to");
        let mut first: Vec<String> = header.iter().map(|cell| (*cell).to_owned()).collect();
        first[0].insert(0, '\u{feff}');
        writer.write_record(&first).expect("written");
        writer
    };
    let mut rakuten = create(
        "rakuten.csv",
        &[
            "注文番号",
            "ステータス",
            "注文日時",
            "商品管理番号",
            "商品名",
            "個数",
            "単価",
            "注文者姓",
            "注文者名",
            "注文者姓カナ",
            "注文者名カナ",
            "注文者郵便番号1",
            "注文者郵便番号2",
            "注文者住所都道府県",
            "注文者住所郡市区",
            "注文者住所それ以降の住所",
            "注文者電話番号1",
            "注文者電話番号2",
            "注文者電話番号3",
            "注文者メールアドレス",
        ],
    );
    let mut yahoo = create(
        "yahoo_order.csv",
        &[
            "Id",
            "OrderTime",
            "OrderStatus",
            "BillLastName",
            "BillFirstName",
            "BillLastNameKana",
            "BillFirstNameKana",
            "BillZipCode",
            "BillPrefecture",
            "BillCity",
            "BillAddress1",
            "BillPhoneNumber",
            "BillMailAddress",
        ],
    );
    let mut items = create("yahoo_item.csv", &["Id", "LineId", "ItemId", "Title", "Quantity", "UnitPrice"]);
    let mut truth = csv::Writer::from_path(folder.join("truth.csv")).expect("a folder to write to");
    truth.write_record(["order_number", "person"]).expect("written");
    let mut number = 0;
    for person in &people {
        for nth in 0..person.orders {
            number += 1;
            let day = dice.below(700);
            let other = person.at_both && (nth < 1 || (nth > 1 && dice.chance(0.4)));
            let on_rakuten = person.on_rakuten != other;
            let [family, given, family_kana, given_kana, code, prefecture, city, street, phone, mail] =
                written(person, on_rakuten, day, &mut dice);
            let date = format!("{:04}-{:02}-{:02}", 2024 + day / 360, 1 + day % 360 / 30, 1 + day % 28);
            if on_rakuten {
                let id = format!("400001-{}-{number:010}", date.replace('-', ""));
                let at = format!("{date} 10:00:00");
                let mut parts = phone.splitn(3, '-').map(str::to_owned);
                let mut part = || parts.next().unwrap_or_default();
                let (one, two, three) = (part(), part(), part());
                rakuten
                    .write_record([
                        &id,
                        "700",
                        &at,
                        "a",
                        "a",
                        "1",
                        "1000",
                        &family,
                        &given,
                        &family_kana,
                        &given_kana,
                        &code[..3],
                        &code[3..],
                        &prefecture,
                        &city,
                        &street,
                        &one,
                        &two,
                        &three,
                        &mail,
                    ])
                    .expect("written");
                truth.write_record([&id, &person.number.to_string()]).expect("written");
            } else {
                let id = format!("shop-{}", 20_000_000 + number);
                let at = format!("{} 10:00:00", date.replace('-', "/"));
                yahoo
                    .write_record([
                        &id,
                        &at,
                        "5",
                        &family,
                        &given,
                        &family_kana,
                        &given_kana,
                        &code,
                        &prefecture,
                        &city,
                        &street,
                        &phone,
                        &mail,
                    ])
                    .expect("written");
                items.write_record([id.as_str(), "1", "a", "a", "1", "1000"]).expect("written");
                truth.write_record([&id, &person.number.to_string()]).expect("written");
            }
        }
    }
    for writer in [&mut rakuten, &mut yahoo, &mut items, &mut truth] {
        writer.flush().expect("written");
    }
    let files = ["rakuten.csv", "yahoo_order.csv", "yahoo_item.csv"].map(|name| folder.join(name)).to_vec();
    (files, folder.join("truth.csv"))
}
